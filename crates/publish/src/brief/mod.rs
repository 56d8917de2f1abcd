//! The brief: one page that opens offline, prints, and is read by eyes,
//! screen readers and phones alike.
//!
//! It asks nothing of the network: a content security policy forbids it, and
//! lets in only the style and the script that are part of the page, by hash.

mod axis;
mod coverage;
mod fragment;
mod frame;
mod incidents;
mod key;
mod limits;
mod lineages;
mod matrix;
mod obligations;
mod places;
mod reader;
mod site;
mod timeline;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use truce_model::Agreement;
use truce_record::Record;

pub use fragment::{
    Fragment, cited_address, fragment, kind_name, limits, outside, plain, standing_meaning, style,
};

use crate::hash::sha256_base64;
use crate::say::{Outside, Plain};
use crate::strings as s;
use crate::view::View;

pub use site::{SiteFile, site};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Builds the brief. The same record gives the same bytes.
pub fn brief_html(record: &Record, agreement: Option<&Agreement>) -> String {
    let view = View::new(record, agreement);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        sha256_base64(STYLE.as_bytes()),
        sha256_base64(SCRIPT.as_bytes())
    );
    // The reader comes last: it marks what the other sections link to.
    let sections: Vec<(&(&str, &str), Markup)> = vec![
        (&s::KEY, key::section(&view)),
        (&s::OBLIGATIONS, obligations::section(&view)),
        (&s::INCIDENTS, incidents::section(&view)),
        (&s::CONFLICTS, incidents::conflicts(&view)),
        (&s::POSITIONS, matrix::positions(&view)),
        (&s::MATRIX, matrix::section(&view)),
        (&s::TIMELINE, timeline::section(&view)),
        (&s::PLACES, places::section(&view)),
        (&s::LINEAGES, lineages::section(&view)),
        (&s::COVERAGE, coverage::section(&view)),
        (&s::LIMITS, limits::section(&view)),
    ];
    let reader = reader::section(&view);
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (s::TITLE) " · " (Plain(subject(&view))) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#key" { (s::SKIP) }
                (masthead(&view))
                nav.toc aria-label=(s::CONTENTS) {
                    ol {
                        @for ((id, title), _) in &sections {
                            li { a href={ "#" (id) } { (title) } }
                        }
                        li { a href={ "#" (s::SOURCES.0) } { (s::SOURCES.1) } }
                    }
                }
                main {
                    @for ((id, title), body) in &sections {
                        section id=(id) aria-labelledby={ "h-" (id) } {
                            h2 id={ "h-" (id) } { (title) }
                            (body)
                        }
                    }
                    section id=(s::SOURCES.0) aria-labelledby={ "h-" (s::SOURCES.0) } {
                        h2 id={ "h-" (s::SOURCES.0) } { (s::SOURCES.1) }
                        (reader)
                    }
                }
                footer { p { (s::MONITORS) " " (s::NOTHING_DECIDED) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// What the brief is about: the agreement's title, else its id.
pub(crate) fn subject<'v>(view: &'v View<'_>) -> &'v str {
    view.agreement
        .map(|it| it.title.as_str())
        .or(view.record.agreement.as_ref().map(|it| it.id.as_str()))
        .unwrap_or(s::NO_PACK)
}

fn masthead(view: &View) -> Markup {
    let period = view.period();
    html! {
        header.mast {
            p.brand { span.glyph aria-hidden="true" {} (s::PROGRAM) span.kind { (s::TITLE) } }
            h1 { (Outside(subject(view))) }
            p.period {
                @match period {
                    Some((first, last)) if first == last => { "Reports of " (frame::date(first)) },
                    Some((first, last)) => { "Reports of " (frame::date(first)) " to " (frame::date(last)) },
                    None => { "No report has a date" },
                }
                @if let Some(it) = view.agreement {
                    " · signed " (Outside(it.signed.as_str()))
                }
            }
            p.monitors { strong { (s::MONITORS) } " " (s::NOTHING_DECIDED) }
        }
    }
}
