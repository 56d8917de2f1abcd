//! The body: headings, sentences, tables, and the sources with bookmarks at
//! the words.

use std::collections::BTreeSet;

use super::super::{Block, Report, Row, has_words, number};
use super::xml::{self, escape, isolated, run};
use crate::say::{Grounds, Part};
use crate::strings as s;
use crate::view::{Cite, View};

/// Width of the text on A4 with margins of 2 cm, in twentieths of a point.
const TEXT_WIDTH: usize = 9638;

pub(super) fn document<'r>(view: &View<'r>, report: &Report<'r>) -> String {
    let mut out = format!("{}<w:document xmlns:w=\"{}\"><w:body>", super::DECLARATION, xml::WORD);
    out += &paragraph("Title", &parts(&report.title));
    out += &paragraph(
        "Lead",
        &format!("{}{}", run(s::MONITORS, "<w:b/>"), run(&format!(" {}", s::NOTHING_DECIDED), "")),
    );
    let mut cited: BTreeSet<Cite<'r>> = BTreeSet::new();
    for section in &report.sections {
        out += &paragraph("Heading1", &run(section.title, ""));
        for block in &section.blocks {
            out += &self::block(block, &mut cited);
        }
    }
    sources(view, &cited, &mut out);
    out += "<w:sectPr><w:footerReference xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>";
    out
}

fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

fn block<'r>(block: &Block<'r>, cited: &mut BTreeSet<Cite<'r>>) -> String {
    match block {
        Block::Heading(it) => paragraph("Heading2", &parts(it)),
        Block::Note(it) => paragraph("Note", &parts(it)),
        Block::Said(it) => {
            paragraph("Said", &format!("{}{}{}", parts(&it.parts), run(" ", ""), refs(&it.grounds, cited)))
        }
        Block::Table { head, rows } => table(head, rows, cited),
    }
}

fn table<'r>(head: &[&str], rows: &[Row<'r>], cited: &mut BTreeSet<Cite<'r>>) -> String {
    let words = has_words(rows);
    let columns = head.len() + usize::from(words);
    // The first column holds the obligation's text and is the widest.
    let rest = TEXT_WIDTH * 3 / 5 / (columns - 1).max(1);
    let width = |n: usize| if n == 0 { TEXT_WIDTH - rest * (columns - 1) } else { rest };
    let cell = |n: usize, style: &str, runs: &str| {
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
            width(n),
            paragraph(style, runs)
        )
    };
    let grid: String = (0..columns).map(|n| format!("<w:gridCol w:w=\"{}\"/>", width(n))).collect();
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Report\"/><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    );
    let titles = head.iter().copied().chain(words.then_some(s::SOURCE_WORDS));
    let titles: String = titles.enumerate().map(|(n, it)| cell(n, "Cell", &run(it, "<w:b/>"))).collect();
    out += &format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{titles}</w:tr>");
    for row in rows {
        let mut cells: String =
            row.cells.iter().enumerate().map(|(n, it)| cell(n, "Cell", &parts(it))).collect();
        if words {
            let refs = row.grounds.as_ref().map_or(String::new(), |it| refs(it, cited));
            cells += &cell(columns - 1, "Cell", &refs);
        }
        out += &format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>");
    }
    out + "</w:tbl>" + &paragraph("Note", "")
}

fn parts(all: &[Part]) -> String {
    let one = |it: &Part| match it {
        Part::Ours(it) => run(it, ""),
        Part::Theirs(it) => isolated(it, ""),
    };
    all.iter().map(one).collect()
}

/// Links to the words, by article and code points.
fn refs<'r>(grounds: &Grounds<'r>, cited: &mut BTreeSet<Cite<'r>>) -> String {
    let mut out = String::new();
    for it in grounds.cites() {
        cited.insert(it);
        out += &format!(
            "<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{}</w:hyperlink>{}",
            bookmark(it),
            run(&super::super::label(it), "<w:rStyle w:val=\"Source\"/>"),
            run(" ", "")
        );
    }
    out
}

/// The name of a bookmark: letters, digits, underscores, at most 40.
fn bookmark(it: Cite) -> String {
    it.anchor().replace('-', "_")
}

fn sources<'r>(view: &View<'r>, cited: &BTreeSet<Cite<'r>>, out: &mut String) {
    *out += &paragraph("Heading1", &run(s::SITREP_SOURCES, ""));
    let mut bookmarks = 0usize;
    for (n, it) in view.record.articles.iter().enumerate() {
        let title = it.title.as_deref().unwrap_or("");
        let published = it.published.value.as_deref().unwrap_or(s::UNKNOWN);
        let runs = [
            run(&format!("{}. ", number(n)), "<w:b/>"),
            isolated(view.label(n), "<w:b/>"),
            run(", “", ""),
            isolated(title, ""),
            run("”, ", ""),
            isolated(published, ""),
            run(&format!(" ({}). ", it.published.basis), ""),
            isolated(it.url.as_deref().unwrap_or(&it.path), ""),
            run(&format!(" SHA-256 {}", it.sha256), "<w:sz w:val=\"14\"/>"),
        ];
        *out += &paragraph("Source1", &runs.concat());
        for cite in cited.iter().filter(|it| it.article() == n) {
            bookmarks += 1;
            let words = [
                format!("<w:bookmarkStart w:id=\"{bookmarks}\" w:name=\"{}\"/>", escape(&bookmark(*cite))),
                run(&format!("{} ", super::super::label(*cite)), "<w:b/>"),
                run("“", ""),
                isolated(cite.exact(), ""),
                run("”", ""),
                format!("<w:bookmarkEnd w:id=\"{bookmarks}\"/>"),
            ];
            *out += &paragraph("Words", &words.concat());
        }
    }
}
