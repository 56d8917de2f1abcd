//! Which expression of time belongs to which predicate.
//!
//! Plain positions and marks only, so that it works with and without a tree:
//! an expression belongs to the nearest predicate of its clause, before it or
//! after it; one that opens the sentence belongs to the first predicate after
//! it. A predicate may have several, an expression only one.

use truce_model::Span;

/// An expression and its predicate, by their places in the lists given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Which expression.
    pub time: usize,
    /// Which predicate.
    pub predicate: usize,
}

/// Expressions and predicates of one sentence that are looked at; what has
/// more is no sentence.
const PER_SENTENCE_MAX: usize = 200;

/// Words that begin a new clause.
const CLAUSE_WORDS: &[&str] = &[
    "that", "which", "who", "whom", "where", "when", "while", "because", "after", "before", "as", "but",
    "although", "though", "whose", "if", "since",
];

/// Attaches each of `times` to at most one of `predicates` (verbs or nouns of
/// action) of `text[sentence]`. Sorted by expression.
pub fn attach(text: &str, sentence: Span, times: &[Span], predicates: &[Span]) -> Vec<Attachment> {
    let times = &times[..times.len().min(PER_SENTENCE_MAX)];
    let predicates = &predicates[..predicates.len().min(PER_SENTENCE_MAX)];
    let bounds = clause_bounds(text, sentence, times);
    let clause = |at: u32| bounds.partition_point(|it| *it <= at);
    let mut out = Vec::new();
    for (time, span) in times.iter().enumerate() {
        if !sentence.contains(*span) {
            continue;
        }
        let home = clause(span.start);
        let best = predicates
            .iter()
            .enumerate()
            .filter(|(_, it)| sentence.contains(**it) && !it.overlaps(*span))
            .map(|(n, it)| {
                let distance = if it.end <= span.start { span.start - it.end } else { it.start - span.end };
                // A clause away counts as far as any distance within one.
                let clauses = clause(it.start).abs_diff(home) as u64;
                (clauses * u64::from(u32::MAX) + u64::from(distance), n)
            })
            .min();
        if let Some((_, predicate)) = best {
            out.push(Attachment { time, predicate });
        }
    }
    out
}

/// Where clauses begin: after `;`, `:`, dashes, quotation marks, before words
/// that open a clause, and at commas that do not merely set off a time.
fn clause_bounds(text: &str, sentence: Span, times: &[Span]) -> Vec<u32> {
    let Some(words) = sentence.of(text) else { return Vec::new() };
    let base = sentence.start;
    let inside = |at: u32| times.iter().any(|it| it.start <= at && at < it.end);
    let touches =
        |at: u32| times.iter().any(|it| it.end == at || it.start.saturating_sub(12) <= at && at < it.start);
    let mut out = Vec::new();
    let mut word_start: Option<usize> = None;
    for (at, ch) in words.char_indices().chain(std::iter::once((words.len(), ' '))) {
        let place = base + at as u32;
        if ch.is_alphanumeric() {
            word_start.get_or_insert(at);
            continue;
        }
        if let Some(from) = word_start.take() {
            let word = &words[from..at];
            let place = base + from as u32;
            if from > 0 && CLAUSE_WORDS.iter().any(|it| it.eq_ignore_ascii_case(word)) && !inside(place) {
                out.push(place);
            }
        }
        match ch {
            ';' | ':' | '—' | '"' | '“' | '”' if !inside(place) => out.push(place + 1),
            ',' if !inside(place) && !touches(place) => out.push(place + 1),
            _ => {}
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, times: &[&str], predicates: &[&str], expected: &[(&str, &str)]) {
        let find = |it: &&str| {
            let at = text.find(*it).unwrap();
            Span::new(at, at + it.len())
        };
        let time_spans: Vec<Span> = times.iter().map(find).collect();
        let predicate_spans: Vec<Span> = predicates.iter().map(find).collect();
        let got: Vec<(&str, &str)> = attach(text, Span::new(0, text.len()), &time_spans, &predicate_spans)
            .into_iter()
            .map(|it| (times[it.time], predicates[it.predicate]))
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn nearest_in_the_clause() {
        check(
            "Northland said on Monday that Rivermark shelled the pass on Sunday.",
            &["Monday", "Sunday"],
            &["said", "shelled"],
            &[("Monday", "said"), ("Sunday", "shelled")],
        );
        check("On Sunday, a post was set up.", &["Sunday"], &["set up"], &[("Sunday", "set up")]);
        check(
            "Rivermark has blocked the road since December, Northland said on Monday.",
            &["since December", "Monday"],
            &["blocked", "said"],
            &[("since December", "blocked"), ("Monday", "said")],
        );
    }

    #[test]
    fn nothing_to_attach_to() {
        check("On Sunday.", &["Sunday"], &[], &[]);
    }
}
