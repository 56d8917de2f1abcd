//! Today: what changed since I looked? Nothing is ranked by alarm.

use maud::{Markup, html};
use truce_publish::desk::{kind_name, outside};
use truce_store::{Change, Role, Store};

use crate::app::Ctx;
use crate::forms::encoded;
use crate::layout::{article_link, csrf, ledger_table, more, n, page as frame};
use crate::reply::{Fail, Reply};

const CHANGES: usize = 40;
const ARTICLES: usize = 8;
const DECISIONS: usize = 6;

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let seen = ctx.who()?.person.seen;
    let it = store.overview()?;
    let before = ctx.query.number("before").unwrap_or(u64::MAX);
    let changes = store.changes_page(before, CHANGES)?;
    let last = store.last_change()?;
    let fresh = changes.iter().filter(|it| it.n > seen).count();
    let articles = store.articles_page(None, ARTICLES, None)?;
    let decisions: Vec<_> = store
        .ledger_page(None, 200, None, None)?
        .into_iter()
        .filter(|it| it.line.what.starts_with("reviewed ") || it.line.what.starts_with("undid "))
        .take(DECISIONS)
        .collect();
    let decided: usize = it.claims.iter().filter(|it| it.0 != "proposed").map(|it| it.1).sum();
    let body = html! {
        ul.tiles.five {
            li { a href="/intake" { b { (it.articles) } span { (if it.articles == 1 { "report" } else { "reports" }) } small { (it.read) " read" @if it.unread > 0 { ", " (it.unread) " waiting" } } } }
            li { a href="/review" { b { (it.waiting) } span { "claims to review" } small { (decided) " decided" } } }
            li { a href="/incidents" { b { (it.incidents) } span { "incidents" } small { "as reported" } } }
            li { a href="/incidents?show=conflicts" { b { (it.conflicts) } span { "conflicts" } small { "sources that contradict each other" } } }
            li { a href="/log" { b { (it.entries) } span { "ledger entries" } small { @match &it.assessed { Some(at) => { "assessed " (outside(at)) }, None => { "not assessed yet" } } } } }
        }
        @if it.generation == 0 {
            p.lead { "Nothing has been assessed yet. " a href="/intake" { "Take reports in" } ", or wait for the work to end." }
        }
        section aria-labelledby="h-changes" {
            h2 #h-changes { "What changed" @if fresh > 0 { " " span.pill { (fresh) " new to you" } } }
            @if changes.is_empty() { p.none { "Nothing has changed since the first assessment." } }
            @else {
                ol.changes { @for it in &changes { (change(&store, it, it.n > seen)?) } }
                @if fresh > 0 {
                    form method="post" action="/seen" { (csrf(ctx)) input type="hidden" name="last" value=(last); button type="submit" { "Mark all as seen" } }
                }
            }
            (more(changes.last().filter(|_| changes.len() == CHANGES).map(|it| format!("/?before={}", it.n))))
        }
        div.two {
            section aria-labelledby="h-new" {
                h2 #h-new { "Latest reports" }
                ul.plain { @for it in &articles { li { (article_link(it)) @if it.version > 1 { " " span.pill { "version " (it.version) } } } } }
            }
            section aria-labelledby="h-decided" {
                h2 #h-decided { "Latest decisions" }
                @if decisions.is_empty() {
                    p.none { "Nobody has decided anything yet." @if ctx.may(Role::Coder) { " " a href="/review" { (n(it.waiting, "claim waits", "claims wait")) "." } } }
                } @else { (ledger_table(&decisions)) }
            }
        }
    };
    Ok(frame(ctx, "Today", "/", body))
}

fn change(store: &Store, it: &Change, fresh: bool) -> Result<Markup, Fail> {
    let incident = if it.id.is_empty() { None } else { store.incident(&it.id)?.map(|it| it.incident) };
    Ok(html! {
        li.fresh[fresh] {
            span.when { (outside(&it.at.replace('T', " ").replace('Z', ""))) }
            span.what { (it.what) }
            span {
                @match &incident {
                    Some(incident) => a href={ "/incidents/" (encoded(&incident.id)) } {
                        (kind_name(incident.kind.as_deref())) ", " (outside(incident.accused.as_deref().unwrap_or("nobody named")))
                    },
                    None => @if !it.id.is_empty() { code { (outside(&it.id)) } },
                }
                " " (outside(&it.detail))
                @if fresh { " " span.pill { "new" } }
            }
        }
    })
}

pub(crate) fn seen(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let last = ctx.form.number("last").unwrap_or(0);
    ctx.app.write().mark_seen(&ctx.who()?.person.id, last)?;
    Ok(Reply::see("/"))
}
