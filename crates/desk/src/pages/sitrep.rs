//! The situation report: what do I send? What was sent stays in the ledger,
//! byte for byte, with who sent it and where the record stood.

use maud::html;
use truce_publish::SitrepFormat;
use truce_publish::desk::{limits, outside};
use truce_record::MadeBy;
use truce_store::Role;

use crate::app::Ctx;
use crate::layout::{csrf, ledger_table, page as frame};
use crate::reply::{Fail, HTML, Reply, TEXT};
use crate::work::{PROGRAM, record_as_of};

pub(crate) fn made_by() -> MadeBy {
    MadeBy { models: truce_pipeline::models(), program: PROGRAM.name.into(), version: PROGRAM.version.into() }
}

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let sent = store.ledger_page(None, 50, Some("sitrep"), None)?;
    let it = store.overview()?;
    let body = html! {
        p.lead { "A report of the record as it stands, every sentence with its sources, with its limits in a box. The desk keeps each one that was published, byte for byte." }
        @if ctx.may(Role::Reviewer) {
            form.filters method="post" action="/sitrep" {
                (csrf(ctx))
                label { "Form " select name="format" { option value="html" { "HTML page" } option value="md" { "Markdown" } } }
                label { "Compare with the record of " input type="date" name="previous"; }
                button type="submit" disabled[it.generation == 0] { "Publish" }
            }
            @if it.waiting > 0 { p.dim { (it.waiting) " claims were proposed by the machine and looked at by nobody; the report says so by its method note." } }
        }
        section aria-labelledby="h-sent" {
            h2 #h-sent { "Published" }
            @if sent.is_empty() { p.none { "None yet." } }
            ul.plain { @for row in &sent { li { a href={ "/sitrep/" (row.line.seq) } { (outside(row.line.at.as_deref().unwrap_or(""))) } " by " (outside(&row.line.who)) } } }
            @if !sent.is_empty() { (ledger_table(&sent)) }
        }
        section aria-labelledby="h-limits" { h2 #h-limits { "Limits" } div.limits { ul { @for it in limits() { li { (it) } } } } }
    };
    Ok(frame(ctx, "Situation report", "/sitrep", body))
}

pub(crate) fn publish(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let format = match ctx.form.get("format") {
        Some("md") => SitrepFormat::Markdown,
        _ => SitrepFormat::Html,
    };
    let masker = ctx.app.masker();
    let (record, previous) = {
        let store = ctx.app.read();
        let previous = match ctx.form.get("previous") {
            Some(day) => Some(
                record_as_of(&store, day, &truce_pipeline::Silent).map_err(|it| Fail::Bad(it.to_string()))?,
            ),
            None => None,
        };
        (masker.cover(store.record(made_by())?)?, previous.map(|it| masker.cover(it)).transpose()?)
    };
    let text = truce_publish::sitrep(&record, Some(&ctx.app.agreement), previous.as_ref(), format)
        .map_err(|it| Fail::Bad(it.to_string()))?;
    let store = ctx.app.write();
    let head = store.head()?;
    let kind = if format == SitrepFormat::Html { "html" } else { "md" };
    let what =
        format!("a situation report ({kind}) was published from entry {}, hash {}", head.entries, head.hash);
    let seq = store.note(Some(&ctx.who()?.person.id), "sitrep", &what, text.as_bytes())?;
    drop(store);
    ctx.app.wrote();
    Ok(Reply::see(format!("/sitrep/{seq}")))
}

pub(crate) fn published(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let seq = ctx.part(0).parse().map_err(|_| Fail::NotFound)?;
    let row = store.entry(seq)?.filter(|it| it.subject == "sitrep").ok_or(Fail::NotFound)?;
    let bytes = store.payload(&row.line.payload_sha256)?.ok_or(Fail::NotFound)?;
    let (kind, name) = if row.line.what.contains("(html)") { (HTML, "html") } else { (TEXT, "md") };
    // A page of its own, with a style of its own: it is saved, not shown here.
    Ok(Reply::new(200, kind, bytes)
        .with("Content-Disposition", format!("attachment; filename=\"sitrep-{seq}.{name}\"")))
}
