//! Two sentences side by side: what they share and what differs.
//!
//! ## Reads
//! Two sentences as words with their bytes.
//!
//! ## Matters because
//! Whether a sentence was reprinted, and whether its quotation or a clause of
//! it was changed on the way, is decided here and shown to people.
//!
//! ## Example
//! "We will stay," the ministry said. / "We shall never leave," the ministry
//! said.: words differ inside the quotation marks.
//!
//! ## Misses
//! A sentence rewritten with other words (a paraphrase) shares too little.

use std::ops::Range;

use truce_text::Span;
use truce_text::normalise::{Word, joined, letters};

use crate::align::{Pairs, align, runs};

/// One stretch of an alignment. Ranges are word numbers; one may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Words on the one side.
    pub a: Range<usize>,
    /// Words on the other side.
    pub b: Range<usize>,
    /// Whether both sides are the same words.
    pub equal: bool,
    /// Whether the words stand inside quotation marks (on either side).
    pub in_quotation: bool,
}

/// How much two sentences share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Shared words that carry matter.
    pub content: usize,
    /// Those of them outside quotation marks on both sides.
    pub content_unquoted: usize,
    /// Those of `content` that are printed without a capital: two stories that
    /// share the full name of a minister share no text.
    pub plain: usize,
    /// Words of the longest shared run.
    pub run: usize,
    /// Words that carry matter in that run.
    pub run_content: usize,
    /// Figures among the shared words.
    pub figures: usize,
    /// Figures in the sentence with fewer of them.
    pub of_figures: usize,
    /// Words that carry matter in the one sentence.
    pub of_a: usize,
    /// Words that carry matter in the other.
    pub of_b: usize,
}

impl Shared {
    /// Shared part of the sentence with fewer words, in per cent.
    pub fn of_shorter(self) -> usize {
        percent(self.content, self.of_a.min(self.of_b))
    }

    /// Shared part of the sentence with more words, in per cent.
    pub fn of_longer(self) -> usize {
        percent(self.content, self.of_a.max(self.of_b))
    }

    /// Whether the two look like one form filled in twice: "fired on 14
    /// positions with 62 rounds" of one day and of the next. A reprint keeps
    /// its figures; a form keeps its words and changes them.
    pub fn is_form(self) -> bool {
        const FIGURES_MIN: usize = 2;
        self.of_figures >= FIGURES_MIN && self.figures * 2 < self.of_figures
    }
}

fn percent(part: usize, whole: usize) -> usize {
    (100 * part).checked_div(whole).unwrap_or(0)
}

/// Measures an alignment.
pub fn shared(a: &[Word], b: &[Word], pairs: &[(usize, usize)]) -> Shared {
    let content = |words: &[Word]| words.iter().filter(|it| !it.function).count();
    let figures = |words: &[Word]| words.iter().filter(|it| it.figure).count();
    let of_figures = figures(a).min(figures(b));
    let mut out = Shared { of_a: content(a), of_b: content(b), of_figures, ..Shared::default() };
    for run in runs(pairs) {
        let matter = run.iter().filter(|it| !a[it.0].function).count();
        out.content += matter;
        out.figures += run.iter().filter(|it| a[it.0].figure).count();
        out.plain +=
            run.iter().filter(|it| !a[it.0].function && !a[it.0].capital && !b[it.1].capital).count();
        out.content_unquoted +=
            run.iter().filter(|it| !a[it.0].function && !a[it.0].quoted && !b[it.1].quoted).count();
        if (matter, run.len()) > (out.run_content, out.run) {
            (out.run_content, out.run) = (matter, run.len());
        }
    }
    out
}

/// Aligns two sentences by their keys alone.
pub fn align_keys(a: &[Word], b: &[Word]) -> Pairs {
    align(a, b, |i, j| a[i].key == b[j].key)
}

/// Aligns two sentences, names also by their spelling (`Huthi`, `Houthi`).
pub fn align_names(a: &[Word], text_a: &str, b: &[Word], text_b: &str) -> Pairs {
    let names = |words: &[Word], text: &str| -> Vec<Vec<u8>> {
        words
            .iter()
            .map(|it| match it.capital && !it.function {
                true => letters(it.span.of(text).unwrap_or("")).into_bytes(),
                false => Vec::new(),
            })
            .collect()
    };
    let (names_a, names_b) = (names(a, text_a), names(b, text_b));
    align(a, b, |i, j| a[i].key == b[j].key || same_name(&names_a[i], &names_b[j]))
}

/// Names shorter than this are never the same unless equal: `Iran`, `Iraq`.
const NAME_LETTERS_MIN: usize = 5;
/// Names at least this long may differ in two letters.
const NAME_LETTERS_LONG: usize = 10;

/// Whether two names are one name in two transliterations.
fn same_name(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < NAME_LETTERS_MIN || short[0] != long[0] || long.len() - short.len() > 2 {
        return false;
    }
    let allowed = if short.len() >= NAME_LETTERS_LONG { 2 } else { 1 };
    distance_at_most(short, long, allowed)
}

/// Whether `a` becomes `b` by at most `allowed` insertions, deletions and
/// replacements of a letter.
fn distance_at_most(a: &[u8], b: &[u8], allowed: usize) -> bool {
    let equal = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[equal..], &b[equal..]);
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len()) <= allowed;
    }
    allowed > 0
        && (distance_at_most(&a[1..], b, allowed - 1)
            || distance_at_most(a, &b[1..], allowed - 1)
            || distance_at_most(&a[1..], &b[1..], allowed - 1))
}

/// The stretches of an alignment, equal and changed, in order, without gaps.
pub fn stretches(a: &[Word], text_a: &str, b: &[Word], text_b: &str, pairs: &[(usize, usize)]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let mut add = |a_range: Range<usize>, b_range: Range<usize>, equal: bool| {
        let quoted = |words: &[Word], range: &Range<usize>| words[range.clone()].iter().any(|it| it.quoted);
        if !a_range.is_empty() || !b_range.is_empty() {
            let in_quotation = quoted(a, &a_range) || quoted(b, &b_range);
            out.push(Run { a: a_range, b: b_range, equal, in_quotation });
        }
    };
    for run in runs(pairs) {
        let (first, last) = (run[0], run[run.len() - 1]);
        changed(i..first.0, j..first.1, a, text_a, b, text_b, &mut add);
        add(first.0..last.0 + 1, first.1..last.1 + 1, true);
        (i, j) = (last.0 + 1, last.1 + 1);
    }
    changed(i..a.len(), j..b.len(), a, text_a, b, text_b, &mut add);
    out
}

/// Adds a changed stretch, unless it is the same letters divided otherwise.
fn changed(
    at_a: Range<usize>,
    at_b: Range<usize>,
    a: &[Word],
    text_a: &str,
    b: &[Word],
    text_b: &str,
    add: &mut impl FnMut(Range<usize>, Range<usize>, bool),
) {
    let equal = !at_a.is_empty()
        && !at_b.is_empty()
        && at_a.len() + at_b.len() <= 6
        && joined(words_at(a, &at_a, text_a), words_at(b, &at_b, text_b));
    add(at_a, at_b, equal);
}

/// The bytes from the first to the last word of `range`.
pub fn words_at<'t>(words: &[Word], range: &Range<usize>, text: &'t str) -> &'t str {
    span_at(words, range).and_then(|it| it.of(text)).unwrap_or("")
}

/// The span from the first to the last word of `range`.
pub fn span_at(words: &[Word], range: &Range<usize>) -> Option<Span> {
    Some(words.get(range.start)?.span.cover(words[..range.end].last()?.span)).filter(|_| !range.is_empty())
}

#[cfg(test)]
mod tests {
    use super::same_name;

    #[test]
    fn names_in_two_transliterations() {
        for (a, b) in [("huthi", "houthi"), ("hodeida", "hodeidah"), ("abdulrahman", "abdelrahmen")] {
            assert!(same_name(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
        for (a, b) in [("iran", "iraq"), ("austria", "australia"), ("gambia", "zambia"), ("sunday", "monday")]
        {
            assert!(!same_name(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
    }
}
