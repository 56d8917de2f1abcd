//! The source reader: where exactly does it say that?

use maud::html;
use truce_publish::desk::{Fragment, outside};
use truce_store::{Role, Want};

use crate::app::Ctx;
use crate::forms::encoded;
use crate::layout::{article_link, csrf, file, ledger_table, n, page as frame, part};
use crate::reply::{Fail, Reply};

/// Passages marked besides those of claims.
const MARKS_MAX: usize = 20;

fn marks(ctx: &Ctx<'_>) -> Vec<(usize, usize)> {
    let pairs = ctx.query.all("mark").filter_map(|it| it.split_once('-'));
    pairs.filter_map(|it| Some((it.0.parse().ok()?, it.1.parse().ok()?))).take(MARKS_MAX).collect()
}

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let id = ctx.part(0);
    let row = store.article_row(id)?.ok_or(Fail::NotFound)?;
    let read = store.articles_read()?;
    let record =
        ctx.slice(&store, Want { articles: vec![id.to_owned()], whole_articles: true, ..Want::default() })?;
    let versions = store.versions(id)?;
    let problems = store.problems_of(id)?;
    let pairs = store.pairs_page(Some(id), 12)?;
    let trail: Vec<_> = store.trail(id)?;
    let title = row.title.clone().unwrap_or_else(|| file(&row.path).to_owned());
    let mut others = Vec::new();
    for (a, b, count, altered, swapped) in pairs {
        let other = if a == id { b } else { a };
        others.extend(store.article_row(&other)?.map(|it| (it, count, altered, swapped)));
    }
    let body = html! {
        @if let Some(reason) = &row.retracted { p.banner.bad { "Retracted: " (outside(reason)) ". It counts in nothing; its bytes and its trail stay." } }
        @if !row.current { p.banner { "A newer version of this report is there: " @if let Some(it) = versions.first() { a href={ "/articles/" (encoded(&it.id)) } { "version " (it.version) } } "." } }
        dl.facts.custody {
            div { dt { "Received" } dd { (outside(&row.received)) @if row.seen > 1 { ", " (n(row.seen, "time", "times")) } } }
            div { dt { "Published" } dd { (outside(row.published.as_deref().unwrap_or("unknown"))) " (" (outside(&row.basis)) ")" } }
            div { dt { "Read by" } dd { (outside(row.engine.as_deref().unwrap_or("waiting to be read"))) } }
            div { dt { "Original bytes" } dd { a href={ "/articles/" (encoded(id)) "/source" } { "Download" } } }
        }
        (part(ctx, &record, read, Fragment::Reader(&marks(ctx))))
        @if !others.is_empty() {
            section aria-labelledby="h-shared" {
                h2 #h-shared { "Shares text with" }
                ul.plain { @for (it, count, altered, swapped) in &others { li {
                    (article_link(it)) " · " a href={ "/compare/" (encoded(id)) "/" (encoded(&it.id)) } { (n(*count, "passage", "passages")) }
                    @if *altered > 0 { " " span.alert { (n(*altered, "altered quotation", "altered quotations")) } }
                    @if *swapped > 0 { " " span.swap { (n(*swapped, "swapped clause", "swapped clauses")) } }
                } } }
            }
        }
        @if versions.len() > 1 {
            section aria-labelledby="h-versions" { h2 #h-versions { "Versions of this address" }
                ul.plain { @for it in &versions { li { a href={ "/articles/" (encoded(&it.id)) } { "Version " (it.version) } " · received " (outside(&it.received)) } } }
            }
        }
        @if !problems.is_empty() {
            section aria-labelledby="h-problems" { h2 #h-problems { "Problems" } ul.problems { @for it in &problems { li { span.stage { (outside(&it.stage)) } " " (outside(&it.what)) } } } }
        }
        section aria-labelledby="h-custody" { h2 #h-custody { "Custody" } (ledger_table(&trail)) }
        @if ctx.may(Role::Reviewer) && row.retracted.is_none() {
            details.act { summary { "Retract this report" }
                form.row method="post" action={ "/articles/" (encoded(id)) "/retract" } {
                    (csrf(ctx)) label { "Reason " input name="reason" required maxlength="500"; } button type="submit" { "Retract" }
                }
                p.dim { "Its claims leave the record. The report, its bytes and this reason stay on the desk." }
            }
        }
    };
    Ok(frame(ctx, &title, "/intake", body))
}

/// The bytes as they came, as a download that no browser runs.
pub(crate) fn source(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    if !ctx.app.masker().is_empty() && !ctx.may(Role::Administrator) {
        return Err(Fail::Denied(
            "Names are masked on this desk, and original bytes cannot be covered. An administrator can fetch them.",
        ));
    }
    let bytes = ctx.app.read().source(ctx.part(0))?.ok_or(Fail::NotFound)?;
    let name: String = ctx.part(0).chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    Ok(Reply::new(200, "application/octet-stream", bytes)
        .with("Content-Disposition", format!("attachment; filename=\"{name}.bin\"")))
}

pub(crate) fn retract(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let reason = ctx.form.get("reason").ok_or_else(|| Fail::Bad("A retraction needs a reason.".into()))?;
    ctx.app.write().retract(ctx.part(0), &ctx.who()?.person.id, reason)?;
    ctx.app.wrote();
    Ok(Reply::see(format!("/articles/{}", encoded(ctx.part(0)))))
}
