//! The whole record as pages that need no server: they open from a folder or
//! a stick, and lead to each other and to the data.
//!
//! The sections are those of the brief, with nothing left out. They link to
//! ids as if they stood on one page; which page an id stands on is found
//! afterwards, so that a section need not know.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use truce_model::Agreement;
use truce_record::{Incident, Record};

use super::{
    SCRIPT, STYLE, coverage, frame, incidents, key, limits, lineages, masthead, matrix, obligations, places,
    reader, timeline,
};
use crate::export::{ExportError, Format, export};
use crate::hash::{sha256_base64, sha256_hex};
use crate::say::{Outside, Plain};
use crate::strings as s;
use crate::view::View;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Where it belongs, below the site's folder, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A page before its links are settled.
struct Page {
    file: String,
    title: String,
    body: Markup,
}

/// Builds the site. The same record gives the same bytes.
///
/// # Errors
/// If a data file cannot be made: see [`ExportError`].
pub fn site(record: &Record, agreement: Option<&Agreement>) -> Result<Vec<SiteFile>, ExportError> {
    let view = View::whole(record, agreement);
    let data = data(record, agreement)?;
    let mut pages = vec![
        page(
            "index",
            s::SITE_HOME,
            titled(&[(s::KEY, key::section(&view)), (s::LIMITS, limits::section(&view))]),
        ),
        page("obligations", s::OBLIGATIONS.1, titled(&[(s::OBLIGATIONS, obligations::section(&view))])),
        page(
            "incidents",
            s::INCIDENTS.1,
            titled(&[(s::INCIDENTS, list(&view)), (s::CONFLICTS, incidents::conflicts(&view))]),
        ),
        page(
            "claims",
            s::SITE_CLAIMS,
            titled(&[(s::MATRIX, matrix::section(&view)), (s::POSITIONS, matrix::positions(&view))]),
        ),
        page(
            "dates",
            s::SITE_DATES,
            titled(&[(s::TIMELINE, timeline::section(&view)), (s::PLACES, places::section(&view))]),
        ),
        page("shared", s::LINEAGES.1, titled(&[(s::LINEAGES, lineages::section(&view))])),
        page("coverage", s::COVERAGE.1, titled(&[(s::COVERAGE, coverage::section(&view))])),
    ];
    let by_day = view.incidents_by_day();
    for (at, (n, incident)) in by_day.iter().enumerate() {
        let title = format!("{} {}", s::INCIDENTS.1, n + 1);
        let before = at.checked_sub(1).and_then(|it| by_day.get(it)).map(|it| it.0);
        let after = by_day.get(at + 1).map(|it| it.0);
        let body = html! { section { (incidents::one(&view, *n, incident)) (beside(before, after)) } };
        pages.push(page(&format!("incident-{}", n + 1), &title, body));
    }
    pages.push(page("reports", s::SITE_REPORTS, titled(&[(s::SOURCES, reports(&view))])));
    pages.push(page("data", s::SITE_DATA, html! { section { h2 { (s::SITE_DATA) } (listed(&data)) } }));
    // The reports come last: they mark what the other pages link to.
    for (n, body) in reader::each(&view).into_iter().enumerate() {
        pages.push(page(&format!("report-{}", n + 1), view.label(n), html! { section { (body) } }));
    }
    let homes = homes(&pages);
    let mut out: Vec<SiteFile> = pages
        .iter()
        .map(|it| SiteFile {
            path: it.file.clone(),
            bytes: settle(&whole(&view, it), it, &homes).into_bytes(),
        })
        .collect();
    out.extend(data);
    Ok(out)
}

fn page(name: &str, title: &str, body: Markup) -> Page {
    Page { file: format!("{name}.html"), title: title.to_owned(), body }
}

fn titled(sections: &[((&str, &str), Markup)]) -> Markup {
    html! {
        @for ((id, title), body) in sections {
            section id=(id) aria-labelledby={ "h-" (id) } { h2 id={ "h-" (id) } { (title) } (body) }
        }
    }
}

/// All incidents, a line each.
fn list(view: &View) -> Markup {
    html! {
        p.lead { (s::INCIDENTS_LEAD) }
        @if view.record.incidents.is_empty() { p.none { (s::NO_INCIDENTS) } }
        @else {
            div.scroll tabindex="0" role="group" aria-label=(s::INCIDENTS.1) {
                table {
                    thead { tr { @for it in [s::WHEN, s::CONDUCT, s::CONDUCT_OF, s::WHERE, s::STANDING, s::CHARGES, s::ANSWERS] { th scope="col" { (it) } } } }
                    tbody { @for (n, it) in view.incidents_by_day() { (row(view, n, it)) } }
                }
            }
        }
    }
}

fn row<'r>(view: &View<'r>, n: usize, it: &'r Incident) -> Markup {
    html! {
        tr {
            td { (Outside(&it.time.as_ref().map_or(s::DATE_UNKNOWN.to_owned(), |it| s::when(&it.value)))) }
            td { a href={ "#i" (n + 1) } { (s::kind(it.kind.as_deref())) } }
            td { (Outside(view.who(it.accused.as_deref(), s::NOBODY_ACCUSED))) }
            td { (Outside(it.place.as_ref().map_or(s::PLACE_UNKNOWN, |it| view.place(it)))) }
            td { (frame::standing(&it.standing)) }
            td { (it.claims.len()) }
            td { (view.answers(it).len()) }
        }
    }
}

/// The incidents before and after, by day.
fn beside(before: Option<usize>, after: Option<usize>) -> Markup {
    html! {
        p.rule {
            @if let Some(n) = before { a href={ "#i" (n + 1) } { "← " (s::SITE_PREVIOUS) } " " }
            @if let Some(n) = after { a href={ "#i" (n + 1) } { (s::SITE_NEXT) " →" } }
        }
    }
}

/// All reports, a line each.
fn reports(view: &View) -> Markup {
    html! {
        (reader::legend())
        div.scroll tabindex="0" role="group" aria-label=(s::SITE_REPORTS) {
            table {
                thead { tr { @for it in [s::OUTLET, s::ARTICLE, s::PUBLISHED, s::LANGUAGE] { th scope="col" { (it) } } } }
                tbody {
                    @for (n, it) in view.record.articles.iter().enumerate() {
                        tr {
                            td { (Outside(view.outlet(n))) }
                            td { a href={ "#art" (n + 1) } { (Outside(it.title.as_deref().unwrap_or(&it.path))) } }
                            td { (Outside(it.published.value.as_deref().unwrap_or(s::UNKNOWN))) }
                            td { (Outside(it.language.as_deref().unwrap_or(s::UNKNOWN))) @if it.read.sentences == 0 { " · " (s::NOT_READ) } }
                        }
                    }
                }
            }
        }
    }
}

/// The record and its exports, below `data/`.
fn data(record: &Record, agreement: Option<&Agreement>) -> Result<Vec<SiteFile>, ExportError> {
    let mut out = vec![SiteFile { path: "data/record.json".into(), bytes: record.to_json().into_bytes() }];
    for format in Format::ALL {
        let bytes = match export(record, agreement, *format) {
            Ok(bytes) => bytes,
            // What does not fit on a sheet is there as csv.
            Err(ExportError::TooManyRows { .. }) => continue,
            Err(other) => return Err(other),
        };
        out.push(SiteFile { path: format!("data/{}.{}", format.name(), format.ending()), bytes });
    }
    Ok(out)
}

fn listed(data: &[SiteFile]) -> Markup {
    html! {
        p.lead { (s::SITE_DATA_LEAD) }
        div.scroll tabindex="0" role="group" aria-label=(s::SITE_DATA) {
            table {
                thead { tr { th scope="col" { (s::FILE) } th scope="col" { (s::BYTES) } th scope="col" { "SHA-256" } } }
                tbody {
                    @for it in data {
                        tr {
                            td { a href=(it.path) { (it.path.trim_start_matches("data/")) }
                                @if it.path == "data/record.json" { " · " (s::SITE_RECORD) } }
                            td { (it.bytes.len()) }
                            td { code { (sha256_hex(&it.bytes)) } }
                        }
                    }
                }
            }
        }
    }
}

fn whole(view: &View, page: &Page) -> String {
    const MENU: [(&str, &str); 9] = [
        ("index.html", s::SITE_HOME),
        ("obligations.html", s::OBLIGATIONS.1),
        ("incidents.html", s::INCIDENTS.1),
        ("claims.html", s::SITE_CLAIMS),
        ("dates.html", s::SITE_DATES),
        ("shared.html", s::LINEAGES.1),
        ("coverage.html", s::COVERAGE.1),
        ("reports.html", s::SITE_REPORTS),
        ("data.html", s::SITE_DATA),
    ];
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        sha256_base64(STYLE.as_bytes()),
        sha256_base64(SCRIPT.as_bytes())
    );
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (Plain(&page.title)) " · " (Plain(super::subject(view))) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                @if page.file == "index.html" { (masthead(view)) }
                nav.toc aria-label=(s::CONTENTS) {
                    ol {
                        @for (file, title) in MENU {
                            li { @if file == page.file { a href=(file) aria-current="page" { (title) } } @else { a href=(file) { (title) } } }
                        }
                    }
                }
                main { (page.body) }
                footer { p { (s::MONITORS) " " (s::NOTHING_DECIDED) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// The page each id stands on.
fn homes(pages: &[Page]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for page in pages {
        for rest in page.body.0.split(" id=\"").skip(1) {
            if let Some((id, _)) = rest.split_once('"') {
                out.entry(id.to_owned()).or_insert_with(|| page.file.clone());
            }
        }
    }
    out
}

/// Turns links to ids of other pages into links to those pages. Quotation
/// marks of outside text are escaped, so only our own attributes are met.
fn settle(html: &str, page: &Page, homes: &BTreeMap<String, String>) -> String {
    const MARK: &str = " href=\"#";
    let mut out = String::with_capacity(html.len() + 1024);
    let mut rest = html;
    while let Some(at) = rest.find(MARK) {
        let (before, after) = rest.split_at(at);
        let after = &after[MARK.len()..];
        let id = after.split('"').next().unwrap_or("");
        out.push_str(before);
        out.push_str(" href=\"");
        if let Some(file) = homes.get(id).filter(|it| **it != page.file) {
            out.push_str(file);
        }
        out.push('#');
        rest = after;
    }
    out.push_str(rest);
    out
}
