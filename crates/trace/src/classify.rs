//! What was changed between two prints of one sentence.
//!
//! ## Reads
//! The stretches of an alignment.
//!
//! ## Matters because
//! A word changed inside quotation marks puts other words into a mouth; a
//! clause replaced, added or dropped changes who says or answers what.
//!
//! ## Example
//! `"… with every salvo"` and `"… with each barrage"`: a quote variant.
//! `Northland denied it.` and `Northland denied it, but offered no proof.`:
//! a framing swap.
//!
//! ## Misses
//! A clause of fewer than four words that reports nothing passes for an edit;
//! a change of one reporting word (`said`, `claimed`) is an edit.

use truce_model::{Article, Change, Evidence, ReuseKind, Span};
use truce_text::normalise::Word;

use crate::compare::{Run, Shared, span_at, words_at};
use crate::lexicon::{is_date_word, is_reporting_word};

/// A dropped or added stretch of this many words is a clause or what stands
/// for one ("for want of permits").
const CLAUSE_WORDS_MIN: usize = 4;
/// Words that carry matter in such a stretch.
const CLAUSE_CONTENT_MIN: usize = 2;
/// Below this share (per cent) of the sentence with fewer words, and without a
/// long shared run, two sentences are one in substance at most.
const PARAPHRASE_SHARE_MAX: usize = 50;
/// A shared run with this many words that carry matter was copied.
const COPIED_RUN_MIN: usize = 6;

/// One sentence with its article.
pub struct Side<'t> {
    /// The article.
    pub article: &'t Article,
    /// The sentence.
    pub span: Span,
    /// Its words.
    pub words: &'t [Word],
}

impl Side<'_> {
    fn text(&self) -> &str {
        &self.article.text
    }
}

/// The kind of a pair and its changes.
pub fn classify(a: &Side, b: &Side, runs: &[Run], shared: Shared) -> (ReuseKind, Vec<Change>) {
    let changed: Vec<&Run> = runs.iter().filter(|it| !it.equal).collect();
    if changed.is_empty() {
        let changes = surface_changes(a, b, runs);
        let kind = if changes.is_empty() { ReuseKind::Verbatim } else { ReuseKind::Edited };
        return (kind, changes);
    }
    let mut changes = Vec::new();
    for run in &changed {
        changes.extend(change(a, b, run));
    }
    changes.extend(surface_changes(a, b, runs));
    let position = |it: &Change| {
        let a = it.a.as_ref().map(|it| it.span().start);
        let b = it.b.as_ref().map(|it| it.span().start);
        (a.or(b), b)
    };
    changes.sort_by_key(position);
    let kind = if is_quote_variant(a, b, runs) {
        ReuseKind::QuoteVariant
    } else if shared.of_shorter() < PARAPHRASE_SHARE_MAX
        && shared.run_content < COPIED_RUN_MIN
        && shared.run < 8
    {
        ReuseKind::Paraphrase
    } else if changed.iter().any(|it| is_clause(a, b, it)) || names_exchanged(a, b, &changed) {
        ReuseKind::FramingSwap
    } else {
        ReuseKind::Edited
    };
    (kind, changes)
}

fn change(a: &Side, b: &Side, run: &Run) -> Option<Change> {
    let cite =
        |side: &Side, range| span_at(side.words, range).and_then(|it| Evidence::cite(side.article, it));
    let (a, b) = (cite(a, &run.a), cite(b, &run.b));
    (a.is_some() || b.is_some()).then_some(Change { a, b, in_quotation: run.in_quotation })
}

/// Differences of spelling and punctuation inside stretches of equal words.
fn surface_changes(a: &Side, b: &Side, runs: &[Run]) -> Vec<Change> {
    let mut out: Vec<(usize, usize, Change)> = Vec::new();
    for run in runs.iter().filter(|it| it.equal) {
        if run.a.len() != run.b.len() {
            out.extend(change(a, b, run).map(|it| (run.a.end, run.b.end, it)));
            continue;
        }
        for (i, j) in run.a.clone().zip(run.b.clone()) {
            let (x, y) = (printed(a, i), printed(b, j));
            if same_print(x.of(a.text()), y.of(b.text())) {
                continue;
            }
            let in_quotation = a.words[i].quoted && b.words[j].quoted;
            // Neighbouring differences are one.
            if let Some((at, bt, last)) = out.last_mut().filter(|it| (it.0, it.1) == (i, j)) {
                let join = |last: &Option<Evidence>, span: Span, side: &Side| {
                    Evidence::cite(side.article, last.as_ref()?.span().cover(span))
                };
                let joined = (join(&last.a, x, a), join(&last.b, y, b));
                let in_quotation = last.in_quotation && in_quotation;
                *last = Change { a: joined.0, b: joined.1, in_quotation };
                (*at, *bt) = (i + 1, j + 1);
                continue;
            }
            let change =
                Change { a: Evidence::cite(a.article, x), b: Evidence::cite(b.article, y), in_quotation };
            out.push((i + 1, j + 1, change));
        }
    }
    out.into_iter().map(|it| it.2).collect()
}

/// The word with the punctuation around it, up to white space; inside the sentence.
fn printed(side: &Side, at: usize) -> Span {
    let word = side.words[at].span;
    let from = match at.checked_sub(1) {
        Some(before) => side.words[before].span.end.min(word.start),
        None => side.span.start.min(word.start),
    };
    let until = side.words.get(at + 1).map_or(side.span.end, |it| it.span.start).max(word.end);
    let lead = Span { start: from, end: word.start }.of(side.text()).unwrap_or("");
    let tail = Span { start: word.end, end: until }.of(side.text()).unwrap_or("");
    let lead = lead.len()
        - lead
            .rfind(char::is_whitespace)
            .map_or(0, |it| it + lead[it..].chars().next().map_or(1, char::len_utf8));
    let tail = tail.find(char::is_whitespace).unwrap_or(tail.len());
    Span { start: word.start - lead as u32, end: word.end + tail as u32 }
}

/// White space of any width is no difference.
fn same_print(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b || a.split_whitespace().eq(b.split_whitespace()),
        _ => true,
    }
}

/// Whether words differ inside one quotation that both sides print.
fn is_quote_variant(a: &Side, b: &Side, runs: &[Run]) -> bool {
    let quoted =
        |words: &[Word], range: &std::ops::Range<usize>| words[range.clone()].iter().any(|it| it.quoted);
    // The last word of the stretch before and the first of the stretch after.
    let held = |run: Option<&Run>, last: bool| {
        run.is_some_and(|it| {
            let at = |range: &std::ops::Range<usize>| if last { range.end - 1 } else { range.start };
            it.equal && a.words[at(&it.a)].quoted && b.words[at(&it.b)].quoted
        })
    };
    runs.iter().enumerate().filter(|it| !it.1.equal).any(|(n, run)| {
        let (in_a, in_b) = (quoted(a.words, &run.a), quoted(b.words, &run.b));
        let beside = held(n.checked_sub(1).and_then(|it| runs.get(it)), true) || held(runs.get(n + 1), false);
        match (run.a.is_empty(), run.b.is_empty()) {
            // One quotation put for another, whatever stands around it.
            (false, false) => in_a && in_b,
            (false, true) => beside && first_or_last_quoted(a.words, &run.a) && !whole_quotation(a, &run.a),
            (true, false) => beside && first_or_last_quoted(b.words, &run.b) && !whole_quotation(b, &run.b),
            (true, true) => false,
        }
    })
}

fn first_or_last_quoted(words: &[Word], range: &std::ops::Range<usize>) -> bool {
    words[range.start].quoted || words[range.end - 1].quoted
}

/// Whether the stretch begins and ends with the marks: a second quotation.
fn whole_quotation(side: &Side, range: &std::ops::Range<usize>) -> bool {
    let is_mark = |it: char| matches!(it, '"' | '“' | '‘' | '„' | '«' | '\'');
    let before = side.text()[..side.words[range.start].span.start as usize].chars().next_back();
    before.is_some_and(is_mark)
}

/// Whether a changed stretch adds, drops or replaces a clause.
fn is_clause(a: &Side, b: &Side, run: &Run) -> bool {
    let (x, y) = (&a.words[run.a.clone()], &b.words[run.b.clone()]);
    let content = |words: &[Word]| words.iter().filter(|it| !it.function).count();
    let long = |words: &[Word]| words.len() >= CLAUSE_WORDS_MIN && content(words) >= CLAUSE_CONTENT_MIN;
    if long(x) || long(y) {
        return true;
    }
    let reports = |side: &Side, words: &[Word]| {
        words.iter().any(|it| is_reporting_word(it.span.of(side.text()).unwrap_or("")))
    };
    // Who says it was named on one side only ("in what it called").
    x.len().abs_diff(y.len()) >= 2 && reports(a, x) != reports(b, y)
}

/// Whether a name left its place and stands at another: roles exchanged.
fn names_exchanged(a: &Side, b: &Side, changed: &[&Run]) -> bool {
    changed.iter().any(|gone| {
        a.words[gone.a.clone()].iter().any(|word| {
            word.capital
                && !word.function
                && !is_date_word(word.span.of(a.text()).unwrap_or(""))
                && changed
                    .iter()
                    .any(|new| new.a != gone.a && b.words[new.b.clone()].iter().any(|it| it.key == word.key))
        })
    })
}

/// The changed words of a pair, as they are printed, for messages and tests.
pub fn in_words(a: &Side, b: &Side, run: &Run) -> (String, String) {
    (words_at(a.words, &run.a, a.text()).to_owned(), words_at(b.words, &run.b, b.text()).to_owned())
}
