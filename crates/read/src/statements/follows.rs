//! ## Reads
//! A quotation without a cue that follows a speaker's previous one.
//!
//! ## Matters because
//! Long quotations are split into sentences and only the first has a cue.
//!
//! ## Example
//! "\"The road is shut,\" Ivo Brand said. \"Nobody can pass.\""
//!
//! ## Misses
//! Scare quotes as long as a sentence.

use truce_model::CueClass;
use truce_syntax::Upos;

use super::cues::Realm;
use super::{Draft, Speaker};
use crate::prepared::Prepared;

/// Statements looked at before a quotation; keeps long pages linear.
const DRAFTS_BACK_MAX: usize = 48;

/// Words below which a quotation is taken for scare quotes.
const WORDS_MIN: usize = 3;

/// Adds the quotations nobody claimed, in reading order.
pub(super) fn read(prepared: &Prepared<'_>, drafts: &mut Vec<Draft>) {
    let mut added = Vec::new();
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|it| drafts[*it].content.start);
    for (at, quote) in prepared.quotes.iter().enumerate().filter(|it| it.1.depth == 0) {
        let Some(number) = prepared.sentence_at(quote.span.start as usize) else { continue };
        let next = order.partition_point(|it| drafts[*it].content.start < quote.span.end);
        let around = || order[next.saturating_sub(DRAFTS_BACK_MAX)..next].iter().map(|it| &drafts[*it]);
        let taken = around().any(|it| it.content.overlap(quote.span) * 2 > quote.span.len());
        if taken {
            continue;
        }
        let ctx = &prepared.sentences[number];
        let Some(first) = ctx.parsed.tokens.iter().position(|it| it.span.start >= quote.span.start) else {
            continue;
        };
        let words = quote.inner.of(&prepared.article.text).unwrap_or("");
        let long = words.split_whitespace().count() >= WORDS_MIN;
        let stands_alone = first == 0
            || matches!(ctx.word(first - 1), "." | "!" | "?")
            || at > 0
                && prepared.quotes[at - 1].span.end <= quote.span.start
                && quote.span.start - prepared.quotes[at - 1].span.end <= 1;
        let sentence = words.trim_end().ends_with(['.', '!', '?', ',', '…'])
            && ctx
                .parsed
                .tokens
                .iter()
                .any(|it| quote.span.contains(it.span) && matches!(it.upos, Upos::Verb | Upos::Aux));
        if !(long && stands_alone && sentence) {
            continue;
        }
        // The speaker must be in this paragraph or the one before.
        let known = around().any(|it| {
            let other = &prepared.sentences[it.sentence];
            it.content.start < quote.span.start && other.paragraph + 1 >= ctx.paragraph
        });
        if known {
            added.push(Draft {
                sentence: number,
                speaker: Speaker::Previous,
                cue: None,
                content: quote.span,
                class: CueClass::Say,
                realm: Realm::Speech,
                addressee: None,
                rule: "statement/quotation-follows",
            });
        }
    }
    drafts.extend(added);
}
