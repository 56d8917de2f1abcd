//! ## Reads
//! *According to*, *in the words of*, *as told by*, *on the word of*: a
//! preposition names the speaker, and the clause it stands in is what he says.
//!
//! ## Matters because
//! Counts of dead and of breaches are printed this way more than any other.
//!
//! ## Example
//! "Two farmers were killed near Alder Pass, according to the civil defence."
//!
//! ## Misses
//! A clause that ends before the preposition's sentence does ("He left, and,
//! according to Northland, never came back" takes the whole sentence).

use truce_model::CueClass;
use truce_syntax::Upos;

use super::cues::Realm;
use super::{Draft, Speaker, Tokens, clause};
use crate::prepared::Prepared;

const PHRASES: &[&[&str]] = &[
    &["according", "to"],
    &["in", "the", "words", "of"],
    &["in", "the", "view", "of"],
    &["in", "the", "opinion", "of"],
    &["in", "the", "account", "of"],
    &["on", "the", "faith", "of"],
    &["on", "the", "word", "of"],
    &["as", "reported", "by"],
    &["as", "told", "by"],
    &["as", "claimed", "by"],
];

/// Reads the sentence's *according to*.
pub(super) fn read(prepared: &Prepared<'_>, number: usize, out: &mut Vec<Draft>) {
    let ctx = &prepared.sentences[number];
    let count = ctx.lower.len();
    for at in 0..count {
        let Some(phrase) =
            PHRASES.iter().find(|it| it.iter().enumerate().all(|(n, word)| ctx.word(at + n) == *word))
        else {
            continue;
        };
        let to = at + phrase.len() - 1;
        if ctx.quote[at].is_some() || to + 1 >= count {
            continue;
        }
        let Some(source) = noun_phrase(prepared, number, to + 1) else { continue };
        let (first, last) = clause::whole(ctx);
        let range = if at <= first + 1 {
            // "According to X, …": the rest, after the comma.
            let start =
                (source.last + 1..=last).find(|it| ctx.word(*it) == ",").map_or(source.last + 1, |it| it + 1);
            (start, last)
        } else {
            let mut end = at - 1;
            while end > first && matches!(ctx.word(end), "," | "–" | "—" | "(" | "-") {
                end -= 1;
            }
            let next = source.last + 1;
            let complete = ctx.parsed.tokens[end].upos != Upos::Aux
                && (first..=end).any(|it| {
                    let token = &ctx.parsed.tokens[it];
                    token.upos == Upos::Aux
                        || token.upos == Upos::Verb && (token.feats.past || token.feats.present)
                });
            let goes_on = ctx.word(next) == "," && next < last && !complete;
            let start = clause_start(ctx, first, end);
            (start, if goes_on { last } else { end })
        };
        if range.0 > range.1 || range.1 >= count {
            continue;
        }
        out.push(Draft {
            sentence: number,
            speaker: Speaker::Words(source),
            cue: Some(ctx.span_of(at, to)),
            content: clause::grown(prepared, number, range.0, range.1),
            class: CueClass::Say,
            realm: Realm::Speech,
            addressee: None,
            rule: "statement/according-to",
        });
    }
}

/// Where the clause that ends at `end` begins: after a semicolon or a colon.
fn clause_start(ctx: &crate::prepared::SentenceCtx, first: usize, end: usize) -> usize {
    (first..end).rev().find(|it| matches!(ctx.word(*it), ";")).map_or(first, |it| it + 1)
}

/// The noun phrase that begins at `first`, by the words: up to a comma, a
/// verb or the end.
pub(super) fn noun_phrase(prepared: &Prepared<'_>, number: usize, first: usize) -> Option<Tokens> {
    let ctx = &prepared.sentences[number];
    let mention = prepared.mentions_in(number).iter().filter(|it| {
        it.tokens.0 >= first
            && it.tokens.0 <= first + 3
            && !(first..it.tokens.0).any(|at| ctx.word(at) == ",")
    });
    let mention = mention.max_by_key(|it| (std::cmp::Reverse(it.tokens.0), it.tokens.1));
    let mut last = first;
    while last + 1 < ctx.lower.len() {
        let next = &ctx.parsed.tokens[last + 1];
        let participle = next.upos == Upos::Verb && next.deprel == truce_syntax::Deprel::Amod;
        let stops = !participle
            && matches!(next.upos, Upos::Punct | Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj)
            && !matches!(ctx.word(last + 1), "-" | "'s" | "'" | "and" | "of")
            || matches!(ctx.word(last + 1), "who" | "which" | "that" | "on" | "after");
        if stops && mention.is_none_or(|it| it.tokens.1 <= last) {
            break;
        }
        last += 1;
    }
    if ctx.parsed.tokens[first].upos == Upos::Punct {
        return None;
    }
    let head = mention.filter(|it| it.head <= last).map_or_else(
        || {
            (first..=last)
                .rev()
                .find(|it| matches!(ctx.parsed.tokens[*it].upos, Upos::Noun | Upos::Propn | Upos::Pron))
                .unwrap_or(last)
        },
        |it| it.head,
    );
    Some(Tokens { sentence: number, first, last, head })
}
