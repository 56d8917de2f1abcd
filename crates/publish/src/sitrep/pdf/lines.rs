//! Paragraphs to lines: shaping, breaking, and the order in which runs of
//! both directions stand.

use unicode_bidi::{BidiInfo, Level};

use super::faces::{self, fonts};
use crate::view::Cite;

/// What a piece of text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Ink,
    Dim,
    Accent,
    /// Fine rules.
    Hair,
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(super) struct Piece<'r> {
    pub text: String,
    pub bold: bool,
    pub tone: Tone,
    /// In points.
    pub size: f32,
    /// The source words it leads to.
    pub link: Option<Cite<'r>>,
}

/// A glyph on a line, in points.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub id: u16,
    pub advance: f32,
    pub dx: f32,
    pub dy: f32,
    /// The characters it stands for; empty for all but the first of several.
    pub text: String,
}

/// Glyphs of one look, side by side.
#[derive(Clone, Debug)]
pub(super) struct Stretch<'r> {
    pub font: usize,
    pub size: f32,
    pub tone: Tone,
    pub link: Option<Cite<'r>>,
    pub x: f32,
    pub width: f32,
    pub glyphs: Vec<Glyph>,
}

/// A line, its stretches from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line<'r> {
    pub stretches: Vec<Stretch<'r>>,
    /// The largest size on it.
    pub size: f32,
}

/// Glyphs of one font, look and direction.
struct Run<'p, 'r> {
    start: usize,
    end: usize,
    font: usize,
    rtl: bool,
    piece: &'p Piece<'r>,
    glyphs: Vec<faces::Shaped>,
}

/// Breaks pieces into lines of a width in points.
pub(super) fn lay<'r>(pieces: &[Piece<'r>], width: f32) -> Vec<Line<'r>> {
    let mut text = String::new();
    let mut starts = Vec::new();
    for piece in pieces {
        starts.push(text.len());
        text.extend(piece.text.chars().map(drawable));
    }
    if text.is_empty() {
        return Vec::new();
    }
    let bidi = BidiInfo::new(&text, Some(Level::ltr()));
    let Some(paragraph) = bidi.paragraphs.first() else { return Vec::new() };
    let runs = runs(&text, pieces, &starts, &bidi.levels);
    // Width of everything before each byte.
    let mut before = vec![0.0f32; text.len() + 1];
    for run in &runs {
        for it in &run.glyphs {
            before[run.start + it.cluster + 1] += it.advance * run.piece.size;
        }
    }
    for n in 1..before.len() {
        before[n] += before[n - 1];
    }
    let size_of = |from: usize, to: usize| {
        let inside = runs.iter().filter(|it| it.start < to && it.end > from);
        inside.map(|it| it.piece.size).fold(0.0, f32::max)
    };
    let line = |(from, to): (usize, usize)| {
        let (levels, order) = bidi.visual_runs(paragraph, from..to);
        let mut out = Line { stretches: Vec::new(), size: size_of(from, to) };
        let mut x = 0.0;
        for visual in order {
            let rtl = levels[visual.start].is_rtl();
            let inside = |it: &&Run| it.start < visual.end && it.end > visual.start;
            let mut parts: Vec<&Run> = runs.iter().filter(inside).collect();
            if rtl {
                parts.reverse();
            }
            for run in parts {
                let span = (run.start.max(visual.start), run.end.min(visual.end));
                let it = stretch(&text, run, span, x);
                x += it.width;
                out.stretches.push(it);
            }
        }
        out
    };
    breaks(&text, &before, width).into_iter().map(line).collect()
}

/// Line ends and tabs are spaces; what no font has is U+FFFD.
fn drawable(ch: char) -> char {
    match ch {
        _ if ch.is_control() || matches!(ch, '\u{2028}' | '\u{2029}') => ' ',
        _ if faces::choose(ch, false, None).is_none() => '\u{FFFD}',
        _ => ch,
    }
}

fn runs<'p, 'r>(text: &str, pieces: &'p [Piece<'r>], starts: &[usize], levels: &[Level]) -> Vec<Run<'p, 'r>> {
    let mut out: Vec<Run> = Vec::new();
    let mut number = 0;
    for (at, ch) in text.char_indices() {
        while starts.get(number + 1).is_some_and(|it| *it <= at) {
            number += 1;
        }
        let piece = &pieces[number];
        let rtl = levels[at].is_rtl();
        let before = out.last().map(|it| it.font);
        let font = faces::choose(ch, piece.bold, before).unwrap_or(0);
        match out.last_mut() {
            Some(last) if last.font == font && last.rtl == rtl && std::ptr::eq(last.piece, piece) => {
                last.end = at + ch.len_utf8();
            }
            _ => out.push(Run { start: at, end: at + ch.len_utf8(), font, rtl, piece, glyphs: Vec::new() }),
        }
    }
    for run in &mut out {
        run.glyphs = fonts()[run.font].shape(&text[run.start..run.end], run.rtl);
    }
    out
}

/// Where lines begin and end; a word wider than a line is cut.
fn breaks(text: &str, before: &[f32], width: f32) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, _) in unicode_linebreak::linebreaks(text) {
        let end = start + text[start..at].trim_end().len();
        if before[end] - before[start] > width && last > start {
            out.push((start, last));
            start = last;
        }
        // Cut inside a word, at characters.
        loop {
            let end = start + text[start..at].trim_end().len();
            if before[end] - before[start] <= width {
                break;
            }
            let fits = |it: &usize| before[start + it] - before[start] <= width;
            let ends = text[start..end].char_indices().map(|(n, ch)| n + ch.len_utf8());
            let first = text[start..end].chars().next().map_or(1, char::len_utf8);
            let cut = start + ends.take_while(fits).last().unwrap_or(first);
            if cut >= end {
                break;
            }
            out.push((start, cut));
            start = cut;
        }
        last = at;
    }
    if start < text.len() {
        out.push((start, text.len()));
    }
    out
}

/// The glyphs of a run that stand for a part of it.
fn stretch<'r>(text: &str, run: &Run<'_, 'r>, (from, to): (usize, usize), x: f32) -> Stretch<'r> {
    let size = run.piece.size;
    let inside: Vec<&faces::Shaped> =
        run.glyphs.iter().filter(|it| (from..to).contains(&(run.start + it.cluster))).collect();
    let mut clusters: Vec<usize> = inside.iter().map(|it| it.cluster).collect();
    clusters.sort_unstable();
    clusters.dedup();
    let mut told = std::collections::BTreeSet::new();
    let glyphs: Vec<Glyph> = inside
        .iter()
        .map(|it| {
            let next = clusters.iter().find(|n| **n > it.cluster).map_or(to, |n| run.start + n);
            let words = if told.insert(it.cluster) { &text[run.start + it.cluster..next] } else { "" };
            Glyph {
                id: it.id,
                advance: it.advance * size,
                dx: it.dx * size,
                dy: it.dy * size,
                text: words.chars().filter(|it| !faces::is_unseen(*it)).collect(),
            }
        })
        .collect();
    let width = glyphs.iter().map(|it| it.advance).sum();
    Stretch { font: run.font, size, tone: run.piece.tone, link: run.piece.link, x, width, glyphs }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f32) -> Vec<Line<'static>> {
        lay(&[Piece { text: text.to_owned(), bold: false, tone: Tone::Ink, size: 10.0, link: None }], width)
    }

    fn widths(all: &[Line]) -> Vec<f32> {
        all.iter().map(|it| it.stretches.iter().map(|it| it.width).sum()).collect()
    }

    #[test]
    fn lines_are_as_wide_as_they_may_be() {
        let all = lines(&"The pass was closed on Sunday. ".repeat(20), 200.0);
        assert!(all.len() > 10);
        // A space at the end of a line may stand out.
        assert!(widths(&all).iter().all(|it| *it <= 203.0), "{:?}", widths(&all));
        let cut = lines(&"a".repeat(500), 100.0);
        assert!(cut.len() > 20 && widths(&cut).iter().all(|it| *it <= 100.0), "{:?}", widths(&cut));
        assert!(lines("", 100.0).is_empty());
        assert_eq!(lines("mm", 1.0).len(), 2);
    }

    #[test]
    fn words_from_right_to_left_stand_in_their_order() {
        let line = &lines("say \u{2068}שלום עולם\u{2069} now", 500.0)[0];
        let text: String =
            line.stretches.iter().flat_map(|it| it.glyphs.iter().map(|it| it.text.as_str())).collect();
        assert_eq!(text, "say םלוע םולש now");
        let mut ends = 0.0;
        for it in &line.stretches {
            assert!((it.x - ends).abs() < 0.01, "stretches touch");
            ends = it.x + it.width;
        }
    }

    #[test]
    fn no_text_is_lost_in_any_script() {
        for text in
            ["Հայաստան", "საქართველო", "العربية", "Привет, мир", "fi ffl ư", "漢字", "a\u{301}\u{200f}b"]
        {
            let all = lines(text, 30.0);
            let glyphs = all.iter().flat_map(|it| &it.stretches).flat_map(|it| &it.glyphs);
            let mut back: Vec<char> = glyphs.flat_map(|it| it.text.chars()).collect();
            let mut given: Vec<char> =
                text.chars().map(drawable).filter(|it| !faces::is_unseen(*it)).collect();
            back.sort_unstable();
            given.sort_unstable();
            assert_eq!(back, given, "{text}");
        }
    }
}
