//! A situation report as PDF: typeset here, with fonts that are part of the
//! program (Noto Sans; Latin, Cyrillic, Greek, Armenian, Georgian, Arabic,
//! Hebrew). What none of them has is printed as U+FFFD and said so.

mod faces;
mod file;
mod flow;
mod lines;
mod subset;

use std::collections::BTreeSet;

use super::{Block, Report, label, number};
use crate::say::{Grounds, Part};
use crate::strings as s;
use crate::view::{Cite, View};
use flow::{Flow, Look};
use lines::{Piece, Tone};

/// Sizes in points.
const BODY: f32 = 9.6;
const SMALL: f32 = 8.2;
const TINY: f32 = 6.6;

pub(super) fn write<'r>(view: &View<'r>, report: &Report<'r>) -> Vec<u8> {
    let mut flow = Flow::new();
    flow.paragraph(&[ours(s::PROGRAM, true, Tone::Ink, 10.0)], Look { below: 8.0, ..Look::default() }, None);
    flow.heading(s::SITREP.to_owned(), 0);
    flow.paragraph(
        &parts(&report.title, true, Tone::Ink, 19.0),
        Look { below: 10.0, ..Look::default() },
        None,
    );
    let lead = [
        ours(s::MONITORS, true, Tone::Ink, BODY),
        ours(&format!(" {}", s::NOTHING_DECIDED), false, Tone::Ink, BODY),
    ];
    flow.paragraph(&lead, Look { indent: 9.0, below: 6.0, bar: Some(Tone::Accent), ..Look::default() }, None);
    let mut cited = BTreeSet::new();
    for section in &report.sections {
        title(&mut flow, section.title);
        for block in &section.blocks {
            self::block(&mut flow, block, &mut cited);
        }
    }
    sources(view, &mut flow, &cited);
    if lacks_letters(report, &cited) {
        let it = ours(s::NO_FONT, false, Tone::Dim, SMALL);
        flow.paragraph(&[it], Look { above: 8.0, ..Look::default() }, None);
    }
    flow.feet(|page, count| {
        vec![ours(&format!("{}   ·   {page} / {count}", s::MONITORS), false, Tone::Dim, 7.4)]
    });
    let made_by = &view.record.made_by;
    file::write(&flow, &super::plain(&report.title), &format!("{} {}", made_by.program, made_by.version))
}

fn title(flow: &mut Flow, title: &str) {
    flow.space(16.0);
    flow.need(90.0);
    flow.rule(Tone::Ink, 1.6);
    flow.heading(title.to_owned(), 0);
    flow.paragraph(
        &[ours(title, true, Tone::Ink, 13.5)],
        Look { above: 5.0, below: 5.0, ..Look::default() },
        None,
    );
}

fn block<'r>(flow: &mut Flow<'r>, block: &Block<'r>, cited: &mut BTreeSet<Cite<'r>>) {
    match block {
        Block::Heading(it) => {
            flow.need(64.0);
            flow.space(9.0);
            flow.heading(super::plain(it), 1);
            flow.paragraph(
                &parts(it, true, Tone::Ink, 10.6),
                Look { below: 3.0, keep: 26.0, ..Look::default() },
                None,
            );
        }
        Block::Note(it) => {
            flow.paragraph(&parts(it, false, Tone::Dim, SMALL), Look { below: 2.5, ..Look::default() }, None);
        }
        Block::Said(it) => {
            let mut pieces = parts(&it.parts, false, Tone::Ink, BODY);
            pieces.push(ours(" ", false, Tone::Ink, BODY));
            pieces.extend(refs(&it.grounds, cited));
            flow.paragraph(
                &pieces,
                Look { indent: 9.0, below: 3.5, bar: Some(Tone::Hair), ..Look::default() },
                None,
            );
        }
        Block::Table { head, rows } => {
            let mut shares = vec![2.2];
            shares.resize(head.len(), 1.2);
            let words = super::has_words(rows);
            shares.extend(words.then_some(1.1));
            let titles = head.iter().copied().chain(words.then_some(s::SOURCE_WORDS));
            let head: Vec<Vec<Piece>> = titles.map(|it| vec![ours(it, true, Tone::Ink, SMALL)]).collect();
            let rows: Vec<Vec<Vec<Piece>>> = rows
                .iter()
                .map(|row| {
                    let mut cells: Vec<Vec<Piece>> =
                        row.cells.iter().map(|it| parts(it, false, Tone::Ink, SMALL)).collect();
                    if words {
                        cells.push(row.grounds.as_ref().map_or(Vec::new(), |it| refs(it, cited)));
                    }
                    cells
                })
                .collect();
            flow.table(&shares, &head, &rows);
        }
    }
}

fn ours<'r>(text: &str, bold: bool, tone: Tone, size: f32) -> Piece<'r> {
    Piece { text: text.to_owned(), bold, tone, size, link: None }
}

/// Their words are isolated, so that their direction cannot reorder ours.
fn parts<'r>(all: &[Part], bold: bool, tone: Tone, size: f32) -> Vec<Piece<'r>> {
    let one = |it: &Part| match it {
        Part::Ours(it) => ours(it, bold, tone, size),
        Part::Theirs(it) => ours(&isolated(it), bold, tone, size),
    };
    all.iter().map(one).collect()
}

fn isolated(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { format!("\u{2068}{text}\u{2069}") }
}

fn refs<'r>(grounds: &Grounds<'r>, cited: &mut BTreeSet<Cite<'r>>) -> Vec<Piece<'r>> {
    let mut out = Vec::new();
    for it in grounds.cites() {
        cited.insert(it);
        // A reference is not cut at its colon or dash.
        let text = label(it).replace(':', ":\u{2060}").replace('–', "\u{2060}–\u{2060}");
        out.push(Piece { text, bold: false, tone: Tone::Accent, size: TINY, link: Some(it) });
        out.push(ours("  ", false, Tone::Accent, TINY));
    }
    out
}

fn sources<'r>(view: &View<'r>, flow: &mut Flow<'r>, cited: &BTreeSet<Cite<'r>>) {
    title(flow, s::SITREP_SOURCES);
    for (n, it) in view.record.articles.iter().enumerate() {
        let plain = |text: &str| ours(text, false, Tone::Ink, SMALL);
        let pieces = [
            ours(&format!("{}. ", number(n)), true, Tone::Ink, SMALL),
            ours(&isolated(view.label(n)), true, Tone::Ink, SMALL),
            plain(", “"),
            plain(&isolated(it.title.as_deref().unwrap_or(""))),
            plain("”, "),
            plain(&isolated(it.published.value.as_deref().unwrap_or(s::UNKNOWN))),
            plain(&format!(" ({}). ", it.published.basis)),
            plain(&isolated(it.url.as_deref().unwrap_or(&it.path))),
            ours(&format!("  SHA-256 {}", it.sha256), false, Tone::Dim, 6.0),
        ];
        flow.paragraph(&pieces, Look { above: 5.0, below: 1.5, keep: 14.0, ..Look::default() }, None);
        for cite in cited.iter().filter(|it| it.article() == n) {
            let pieces = [
                ours(&format!("{}  ", label(*cite)), true, Tone::Dim, TINY),
                ours("“", false, Tone::Dim, SMALL),
                ours(&isolated(cite.exact()), false, Tone::Dim, SMALL),
                ours("”", false, Tone::Dim, SMALL),
            ];
            flow.paragraph(&pieces, Look { indent: 16.0, below: 1.5, ..Look::default() }, Some(*cite));
        }
    }
}

/// Whether some words are in letters that the fonts lack.
fn lacks_letters(report: &Report, cited: &BTreeSet<Cite>) -> bool {
    let lacks = |text: &str| {
        !text.is_ascii()
            && text.chars().any(|it| !it.is_control() && faces::choose(it, false, None).is_none())
    };
    lacks(&super::plain(&report.title)) || cited.iter().any(|it| lacks(it.exact()))
}
