//! ## Reads
//! Charges that go both ways in a noun: *Northland and Rivermark traded
//! accusations of shelling*, *the two sides swapped blame over the fire*.
//!
//! ## Matters because
//! One sentence holds two charges, one each way, and names nobody as the
//! charged.
//!
//! ## Example
//! "Northland and Rivermark traded accusations on Sunday of firing first."
//!
//! ## Misses
//! Mutual charges told in two clauses ("one blames the guns, the other the
//! drones").

use truce_model::CueClass;
use truce_syntax::{Deprel, Upos};

use super::clause::{self, dependents};
use super::cues::Realm;
use super::{Draft, Speaker};
use crate::prepared::Prepared;

/// Words between the accusations and what they are of: a day, a place.
const GAP_WORDS_MAX: usize = 6;

/// Reads the sentence's traded accusations.
pub(super) fn read(prepared: &Prepared<'_>, number: usize, out: &mut Vec<Draft>) {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    for at in 0..ctx.lower.len() {
        if !matches!(ctx.lemma(at), "trade" | "exchange" | "swap" | "hurl") || ctx.quote[at].is_some() {
            continue;
        }
        let blame = |it: &usize| {
            matches!(
                ctx.lemma(*it),
                "accusation"
                    | "blame"
                    | "charge"
                    | "allegation"
                    | "recrimination"
                    | "claim"
                    | "insult"
                    | "barb"
            )
        };
        let Some(noun) = (at + 1..(at + 4).min(tokens.len())).find(blame) else { continue };
        let opens = |it: &usize| matches!(ctx.word(*it), "of" | "over" | "for" | "about" | "that" | "after");
        let until = (noun + 1 + GAP_WORDS_MAX).min(tokens.len());
        let first = (noun + 1..until)
            .take_while(|it| !matches!(tokens[*it].upos, Upos::Verb | Upos::Punct))
            .find(opens)
            .filter(|it| ctx.word(*it) != "after");
        let Some(first) = first else { continue };
        let speaker = clause::speaker_of(ctx, number, at).or_else(|| {
            let subject = dependents(ctx, at, &[Deprel::Compound, Deprel::Dep, Deprel::Amod]).next()?;
            Some(clause::phrase(ctx, number, subject))
        });
        let Some(speaker) = speaker.filter(|it| it.last < at) else { continue };
        let end = clause::reach(ctx, at).max(first);
        let last = clause::complement_end(ctx, at, first, end);
        out.push(Draft {
            sentence: number,
            speaker: Speaker::Words(speaker),
            cue: Some(ctx.span_of(at, noun)),
            content: clause::grown(prepared, number, first, last),
            class: CueClass::Accuse,
            realm: Realm::Speech,
            addressee: None,
            rule: "statement/mutual",
        });
    }
}
