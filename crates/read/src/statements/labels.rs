//! ## Reads
//! A speaker before a colon: the answers of an interview, headlines.
//!
//! ## Matters because
//! In a transcript there are no cues at all; the label is the source.
//!
//! ## Example
//! "Ivo Brand: The road has been shut since May."
//!
//! ## Misses
//! Labels by initials alone.

use truce_model::{CueClass, SegmentKind};
use truce_syntax::Upos;

use super::cues::Realm;
use super::{Breadth, Draft, Speaker, Tokens, clause};
use crate::prepared::Prepared;

/// Words of a label.
const LABEL_WORDS_MAX: usize = 7;

/// Reads a label at the start of the paragraph's first sentence.
pub(super) fn read(prepared: &Prepared<'_>, number: usize, breadth: Breadth, out: &mut Vec<Draft>) {
    let ctx = &prepared.sentences[number];
    let opens = number == 0 || prepared.sentences[number - 1].paragraph != ctx.paragraph;
    if !opens {
        return;
    }
    let headline = matches!(ctx.segment, SegmentKind::Headline | SegmentKind::Subhead);
    let Some(colon) = (1..ctx.lower.len().min(LABEL_WORDS_MAX + 1)).find(|it| ctx.word(*it) == ":") else {
        return;
    };
    let tokens = &ctx.parsed.tokens;
    let is_name = tokens[..colon].iter().all(|it| {
        matches!(
            it.upos,
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Num | Upos::Punct | Upos::Part | Upos::X
        )
    });
    let known = prepared
        .mentions_in(number)
        .iter()
        .any(|it| it.tokens.1 < colon && it.head < colon && it.actor.is_some());
    let known = known || (!headline && is_repeated(prepared, number, colon));
    if !is_name || colon + 1 >= ctx.lower.len() || ctx.quote[0].is_some() || !(known || headline) {
        return;
    }
    if headline && !known {
        return;
    }
    let (_, last) = clause::whole(ctx);
    if colon + 1 > last || (!headline && asks(prepared, number, colon)) {
        return;
    }
    let head = prepared
        .mentions_in(number)
        .iter()
        .filter(|it| it.tokens.1 < colon)
        .map(|it| it.head)
        .next_back()
        .unwrap_or(colon - 1);
    out.push(Draft {
        sentence: number,
        speaker: Speaker::Words(Tokens { sentence: number, first: 0, last: colon - 1, head }),
        // The codebook has no cue here, attribution corpora take the mark.
        cue: (breadth == Breadth::Attributed).then(|| ctx.span_of(colon, colon)),
        content: if headline {
            clause::grown(prepared, number, colon + 1, last)
        } else {
            answer(prepared, number, colon + 1)
        },
        class: CueClass::Say,
        realm: Realm::Speech,
        addressee: None,
        rule: if headline { "statement/headline-colon" } else { "statement/speaker-label" },
    });
}

/// The whole answer: to the end of the paragraph.
fn answer(prepared: &Prepared<'_>, number: usize, first: usize) -> truce_model::Span {
    let start = prepared.sentences[number].parsed.tokens[first].span;
    let paragraph = prepared.paragraphs[prepared.sentences[number].paragraph].span;
    truce_model::Span::new(start.start as usize, paragraph.end.max(start.end) as usize)
}

/// Paragraphs looked at for labels of the same speaker.
const PARAGRAPHS_MAX: usize = 200;

/// The paragraphs near `number`'s that begin with the same label.
fn alike<'p>(prepared: &'p Prepared<'_>, number: usize, colon: usize) -> impl Iterator<Item = &'p str> {
    let own = prepared.sentences[number].span_of(0, colon).of(&prepared.article.text).unwrap_or("");
    let at = prepared.sentences[number].paragraph;
    prepared
        .paragraphs
        .iter()
        .skip(at.saturating_sub(PARAGRAPHS_MAX / 2))
        .take(PARAGRAPHS_MAX)
        .map(|it| prepared.article.words(it.span))
        .filter(move |it| it.starts_with(own))
}

/// Whether the label's speaker is the one who asks: a question under it.
fn asks(prepared: &Prepared<'_>, number: usize, colon: usize) -> bool {
    alike(prepared, number, colon).any(|it| it.trim_end().ends_with('?'))
}

/// Whether other paragraphs begin with the same label: an interview.
fn is_repeated(prepared: &Prepared<'_>, number: usize, colon: usize) -> bool {
    let own = prepared.sentences[number].span_of(0, colon).of(&prepared.article.text).unwrap_or("");
    own.starts_with(char::is_uppercase) && alike(prepared, number, colon).count() > 1
}
