//! Method and log: why should I believe this? And any past day again.

use maud::html;
use truce_publish::desk::{limits, outside, plain};
use truce_store::Role;

use crate::app::Ctx;
use crate::forms::{address, encoded};
use crate::layout::{ledger_table, more, page as frame, short};
use crate::reply::{Fail, HTML, Reply};
use crate::work::{engine, record_as_of};

const ROWS: usize = 100;
/// Of a payload shown on a page.
const PAYLOAD_CHARS_MAX: usize = 20_000;

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let who = ctx.query.get("who");
    let rows = store.ledger_page(ctx.query.number("before"), ROWS, None, who)?;
    let head = store.head()?;
    let audit = if ctx.may(Role::Administrator) { store.audit_page(60)? } else { Vec::new() };
    let next = rows.last().filter(|it| it.line.seq > 0).map(|it| {
        let before = it.line.seq.to_string();
        address("/log", &[("who", who), ("before", Some(&before))])
    });
    let body = html! {
        section aria-labelledby="h-method" {
            h2 #h-method { "Method" }
            p.lead { "Statements, claims and their dates and places are read by rules and a small language model, without the network. People review them. Claims about the same conduct are joined; text shared between outlets counts once. Incidents and findings follow from that and from nothing else." }
            dl.made { div { dt { "Reads" } dd { (outside(&engine())) } } div { dt { "Agreement pack, SHA-256" } dd { code { (ctx.app.agreement.sha256) } } }
                div { dt { "Ledger" } dd { (head.entries) " entries, last hash " code { (head.hash) } } } div { dt { "Desk" } dd { code { (store.meta("desk")?.unwrap_or_default()) } } } }
            div.limits { ul { @for it in limits() { li { (it) } } } }
        }
        section aria-labelledby="h-past" {
            h2 #h-past { "A past day" }
            form.filters method="get" action="/past" { label { "The record as it stood at the end of " input type="date" name="day" required; } button type="submit" { "Show" } }
            p.dim { "Replayed from the ledger: what was there by then, as people had left it by then." }
        }
        section aria-labelledby="h-ledger" {
            h2 #h-ledger { "Ledger" }
            p.dim { "Append-only: each entry holds the hash of the one before. " code { "trucewatch desk check" } " verifies all of them." }
            (ledger_table(&rows))
            (more(next))
        }
        @if !audit.is_empty() {
            section aria-labelledby="h-audit" { h2 #h-audit { "Sign-ins and people" }
                div.scroll tabindex="0" role="group" aria-label="Audit" { table.rows { thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "From" } } }
                    tbody { @for it in &audit { tr { td.nowrap { (outside(&it.at)) } td { (outside(&it.who)) } td { (outside(&it.what)) } td { (outside(it.address.as_deref().unwrap_or(""))) } } } } } }
            }
        }
    };
    Ok(frame(ctx, "Method and log", "/log", body))
}

pub(crate) fn entry(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let seq: u64 = ctx.part(0).parse().map_err(|_| Fail::NotFound)?;
    let row = store.entry(seq)?.ok_or(Fail::NotFound)?;
    let payload = store.payload(&row.line.payload_sha256)?.unwrap_or_default();
    let holds = truce_holds(&row.line, &payload);
    let text = match serde_json::from_slice::<serde_json::Value>(&payload) {
        // Covered before it is written out: an escaped line break would hide
        // where a name begins.
        Ok(mut it) => {
            ctx.app.masker().json(&mut it);
            format!("{it:#}")
        }
        Err(_) => ctx.app.masker().text(&String::from_utf8_lossy(&payload)),
    };
    let text = short(&text, PAYLOAD_CHARS_MAX);
    let about = match row.subject.as_str() {
        it if it.starts_with("c-") => Some(format!("/claims/{}", encoded(it))),
        it if it.starts_with("i-") => Some(format!("/incidents/{}", encoded(it))),
        "sitrep" => Some(format!("/sitrep/{seq}")),
        it if store.article_row(it)?.is_some() => Some(format!("/articles/{}", encoded(it))),
        _ => None,
    };
    let title = format!("Entry {seq}");
    let body = html! {
        p.lead { (outside(&row.line.what)) }
        dl.made {
            div { dt { "When" } dd { (outside(row.line.at.as_deref().unwrap_or("not stated"))) } }
            div { dt { "Who" } dd { (outside(&row.line.who)) } }
            div { dt { "About" } dd { @match about { Some(to) => a href=(to) { (outside(&row.subject)) }, None => (outside(&row.subject)) } } }
            div { dt { "Payload, SHA-256" } dd { code { (row.line.payload_sha256) } } }
            div { dt { "Hash of the entry before" } dd { code { (row.line.previous) } } }
            div { dt { "Hash" } dd { code { (row.line.hash) } " " @if holds { "holds" } @else { strong.gone { "does not hold" } } } }
        }
        @if !text.is_empty() { h2 { "What it concerns" } pre.payload tabindex="0" { (plain(&text)) } }
        nav.row { @if seq > 0 { a rel="prev" href={ "/log/" (seq - 1) } { "Before" } } a rel="next" href={ "/log/" (seq + 1) } { "Next" } }
    };
    Ok(frame(ctx, &title, "/log", body))
}

fn truce_holds(line: &truce_store::Line, payload: &[u8]) -> bool {
    line.hash == line.expected_hash() && truce_store::sha256_hex(payload) == line.payload_sha256
}

/// The brief of a past day, as a page of its own to be saved.
pub(crate) fn past(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let day = ctx.query.get("day").ok_or_else(|| Fail::Bad("Choose a day.".into()))?;
    let record = {
        let store = ctx.app.read();
        record_as_of(&store, day, &truce_pipeline::Silent).map_err(|it| Fail::Bad(it.to_string()))?
    };
    let record = ctx.app.masker().cover(record)?;
    let page = truce_publish::brief_html(&record, Some(&ctx.app.agreement));
    let name: String = day.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').take(20).collect();
    Ok(Reply::new(200, HTML, page)
        .with("Content-Disposition", format!("attachment; filename=\"brief-{name}.html\"")))
}
