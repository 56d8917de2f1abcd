//! The frame that every page stands in, and small pieces that many show.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use truce_publish::desk::{outside, plain};
use truce_record::Record;
use truce_store::{ArticleRow, LedgerRow, Role};

use crate::app::{App, Ctx};
use crate::forms::encoded;
use crate::reply::Reply;

pub(crate) const MONITORS: &str = "Trucewatch monitors reports; it does not verify events.";
const NOTHING_DECIDED: &str =
    "It never decides who is right. What the reports do not say is shown as unknown.";

/// The screens, with the role they need.
const NAV: &[(&str, &str, Role)] = &[
    ("/", "Today", Role::Reader),
    ("/agreement", "Agreement", Role::Reader),
    ("/incidents", "Incidents", Role::Reader),
    ("/matrix", "Who says what", Role::Reader),
    ("/statements", "Statements", Role::Reader),
    ("/timeline", "Timeline", Role::Reader),
    ("/passage", "Roads", Role::Reader),
    ("/mediation", "Mediation", Role::Reader),
    ("/compare", "Compare", Role::Reader),
    ("/actors", "Actors", Role::Reader),
    ("/coverage", "Coverage", Role::Reader),
    ("/search", "Search", Role::Reader),
    ("/review", "Review", Role::Coder),
    ("/coders", "Coders", Role::Coder),
    ("/intake", "Intake", Role::Reader),
    ("/sitrep", "Report", Role::Reader),
    ("/log", "Method and log", Role::Reader),
    ("/people", "People", Role::Administrator),
];

/// A page of the desk.
pub(crate) fn page(ctx: &Ctx<'_>, title: &str, at: &str, body: Markup) -> Reply {
    let session = ctx.session.as_ref();
    let nav = html! {
        nav.toc aria-label="Screens" {
            ol {
                @for (path, name, least) in NAV {
                    @if ctx.may(*least) {
                        li { a href=(path) aria-current=[(*path == at).then_some("page")] { (name) } }
                    }
                }
            }
        }
    };
    let progress = ctx.app.progress();
    let top = html! {
        div.desk-bar {
            p.brand { span.glyph aria-hidden="true" {} "Trucewatch" span.kind { (outside(&ctx.app.agreement.title)) } }
            @if let Some(session) = session {
                form.find action="/search" method="get" role="search" {
                    label.vh for="find" { "Search the desk" }
                    input #find type="search" name="q" placeholder="Search" value=[ctx.query.get("q").filter(|_| at == "/search")];
                }
                div.me {
                    a href="/me" { (outside(&session.person.id)) } span.dim { " · " (session.person.role.as_str()) }
                    form.inline method="post" action="/sign-out" { (csrf(ctx)) button type="submit" { "Sign out" } }
                }
            }
        }
        @if let Some(older) = &ctx.app.older { p.banner.bad role="status" { (older) } }
        @if progress.running {
            p.banner role="status" {
                "Work goes on: " b { (progress.stage) } " "
                @if progress.total > 0 { progress max=(progress.total) value=(progress.done.min(progress.total)) {} " " (progress.done) " of " (progress.total) }
                @if ctx.may(Role::Reviewer) {
                    form.inline method="post" action="/work/stop" { (csrf(ctx)) button type="submit" { "Stop" } }
                }
            }
        }
    };
    Reply::html(200, frame(title, html! { (top) @if session.is_some() { (nav) } }, body))
}

/// A page for somebody who is not signed in.
pub(crate) fn outer(title: &str, body: Markup) -> Markup {
    let top = html! { div.desk-bar { p.brand { span.glyph aria-hidden="true" {} "Trucewatch" span.kind { "desk" } } } };
    frame(title, top, body)
}

fn frame(title: &str, top: Markup, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (plain(title)) " · Trucewatch" }
                link rel="stylesheet" href="/static/brief.css";
                link rel="stylesheet" href="/static/desk.css";
                script src="/static/desk.js" defer {}
            }
            body.desk {
                a.skip href="#main" { "Skip to the page" }
                header { (top) }
                main #main {
                    h1 { (plain(title)) }
                    (body)
                }
                footer { p { strong { (MONITORS) } " " (NOTHING_DECIDED) } }
            }
        }
    }
}

/// A page that says why there is none.
pub(crate) fn failure(_: &App, status: u16, words: &str) -> Reply {
    let title = match status {
        401 | 403 => "Not allowed",
        404 => "Not found",
        429 => "Too many requests",
        409 => "Not done",
        _ => "This did not work",
    };
    Reply::html(
        status,
        outer(title, html! { p.lead { (outside(words)) } p { a href="/" { "To the first screen" } } }),
    )
}

/// The hidden word that a form must bring back.
pub(crate) fn csrf(ctx: &Ctx<'_>) -> Markup {
    html! { @if let Some(it) = &ctx.session { input type="hidden" name="csrf" value=(it.csrf); } }
}

/// HTML made by `truce-publish` from a slice of the record.
pub(crate) fn part(
    ctx: &Ctx<'_>,
    record: &Record,
    read: usize,
    part: truce_publish::desk::Fragment<'_>,
) -> Markup {
    PreEscaped(truce_publish::desk::fragment(record, Some(&ctx.app.agreement), read, part))
}

/// A link to an article, by outlet and headline.
pub(crate) fn article_link(it: &ArticleRow) -> Markup {
    html! {
        a href={ "/articles/" (encoded(&it.id)) } { (outside(it.outlet.as_deref().unwrap_or_else(|| file(&it.path)))) }
        @if let Some(title) = &it.title { " " span.dim { (outside(&short(title, 140))) } }
    }
}

/// The last part of a path.
pub(crate) fn file(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|it| !it.is_empty()).unwrap_or("outlet not stated")
}

/// The first characters of a text; lists stay lists whatever a title holds.
pub(crate) fn short(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// Lines of the ledger as a table.
pub(crate) fn ledger_table(rows: &[LedgerRow]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Ledger entries" {
            table.ledger {
                thead { tr { th scope="col" { "Entry" } th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Hash" } } }
                tbody {
                    @for it in rows {
                        tr {
                            td { a href={ "/log/" (it.line.seq) } { (it.line.seq) } }
                            td.nowrap { (outside(it.line.at.as_deref().unwrap_or(""))) }
                            td { (outside(&it.line.who)) }
                            td { (outside(&short(&it.line.what, 400))) }
                            td { code { (short(&it.line.hash, 12)) } }
                        }
                    }
                }
            }
        }
        @if rows.is_empty() { p.none { "No entries." } }
    }
}

/// A link to the next page of a list.
pub(crate) fn more(address: Option<String>) -> Markup {
    html! { @if let Some(to) = address { p.more-link { a rel="next" href=(to) { "More" } } } }
}

/// `1 claim`, `2 claims`.
pub(crate) fn n(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}
