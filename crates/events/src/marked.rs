//! Sentences with the doer and the other party marked, as the sets that
//! coders are compared on give them.

use std::ops::RangeInclusive;

use truce_syntax::{Engine, Sentence};
use truce_text::Span;

/// A parsed sentence with its two parties.
#[derive(Clone, Debug)]
pub struct Marked {
    /// The sentence that holds the doer, parsed.
    pub sentence: Sentence,
    /// Tokens of the doer.
    pub doer: RangeInclusive<usize>,
    /// Tokens of the other party, where it stands in the same sentence.
    pub other: Option<RangeInclusive<usize>>,
}

/// Parses `text`, in which bytes `doer` and `other` name the parties. `None`
/// if the doer's bytes hold no word.
pub fn parse_marked(text: &str, doer: Span, other: Option<Span>) -> Option<Marked> {
    let sentences = Engine::embedded().parse(text, 0);
    let (sentence, doer) =
        sentences.into_iter().find_map(|it| tokens_in(&it, doer).map(|range| (it, range)))?;
    let other = other.and_then(|it| tokens_in(&sentence, it));
    Some(Marked { sentence, doer, other })
}

fn tokens_in(sentence: &Sentence, span: Span) -> Option<RangeInclusive<usize>> {
    let inside = |it: &truce_syntax::Token| it.span.start < span.end && span.start < it.span.end;
    let first = sentence.tokens.iter().position(inside)?;
    let last = sentence.tokens.iter().rposition(inside)?;
    Some(first..=last)
}
