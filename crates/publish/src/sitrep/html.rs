//! A situation report as one page, without script.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Block, Report, has_words, label};
use crate::hash::sha256_base64;
use crate::say::{Grounds, Outside, Part, Plain};
use crate::strings as s;
use crate::view::View;

const STYLE: &str = include_str!("style.css");

pub(super) fn write<'r>(view: &View<'r>, report: &Report<'r>) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        sha256_base64(STYLE.as_bytes())
    );
    let body = html! {
        @for section in &report.sections {
            section { h2 { (section.title) } @for it in &section.blocks { (block(view, it)) } }
        }
    };
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (s::SITREP) " · " (Plain(crate::brief::subject(view))) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { p.brand { (s::PROGRAM) } h1 { (parts(&report.title)) }
                    p.monitors { strong { (s::MONITORS) } " " (s::NOTHING_DECIDED) } }
                main { (body) (sources(view)) }
            }
        }
    }
    .into_string()
}

fn block<'r>(view: &View<'r>, it: &Block<'r>) -> Markup {
    html! {
        @match it {
            Block::Heading(it) => h3 { (parts(it)) },
            Block::Note(it) => p.note { (parts(it)) },
            Block::Said(it) => p.item { span.said { (parts(&it.parts)) " " (refs(view, &it.grounds)) } },
            Block::Table { head, rows } => div.scroll {
                table {
                    thead { tr { @for it in head { th scope="col" { (it) } } @if has_words(rows) { th scope="col" { (s::SOURCE_WORDS) } } } }
                    tbody {
                        @for row in rows {
                            tr {
                                @for it in &row.cells { td { (parts(it)) } }
                                @if has_words(rows) { td { @if let Some(it) = &row.grounds { (refs(view, it)) } } }
                            }
                        }
                    }
                }
            },
        }
    }
}

fn sources<'r>(view: &View<'r>) -> Markup {
    html! {
        section {
            h2 { (s::SITREP_SOURCES) }
            ol.sources {
                @for (n, it) in view.record.articles.iter().enumerate() {
                    li id={ "art" (n + 1) } {
                        (Outside(view.label(n))) ", “" (Outside(it.title.as_deref().unwrap_or(""))) "”, "
                        (Outside(it.published.value.as_deref().unwrap_or(s::UNKNOWN))) " (" (Outside(&it.published.basis)) "). "
                        (Outside(&it.path)) " SHA-256 " code { (Outside(&it.sha256)) }
                        @let words = view.linked_in(n);
                        @if !words.is_empty() {
                            ul { @for it in words { li id=(it.anchor()) { (label(it)) " " q { (Outside(it.exact())) } } } }
                        }
                    }
                }
            }
        }
    }
}

fn refs<'r>(view: &View<'r>, grounds: &Grounds<'r>) -> Markup {
    html! { @for it in grounds.cites() { a.src href=(view.link(it)) { (label(it)) } " " } }
}

fn parts(all: &[Part]) -> Markup {
    html! {
        @for it in all { @match it { Part::Ours(it) => (it), Part::Theirs(it) => (Outside(it)) } }
    }
}
