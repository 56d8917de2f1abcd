//! ## Reads
//! Attitudes told by others, at the wider breadth only: adjectives (*is
//! worried that …*, *critical of …*), nouns with a preposition (*support for
//! …*, *criticism of …*), and what only seems or is expected (*is expected to
//! leave*, *appears to be over*), which nobody is named for.
//!
//! ## Matters because
//! Attribution corpora count them, and a desk that asks "who holds what"
//! wants them; they are no statements, so no claim rests on them.
//!
//! ## Example
//! "Rivermark is worried that the road will close."
//!
//! ## Misses
//! Attitudes shown by conduct ("walked out on the plan").

use truce_model::CueClass;
use truce_syntax::{Deprel, Upos};

use super::clause::{self, dependents};
use super::cues::{self, Cue, Realm};
use super::{Draft, Speaker, nouns};
use crate::prepared::{Prepared, SentenceCtx};

/// Reads the sentence's attitudes.
pub(super) fn read(prepared: &Prepared<'_>, number: usize, out: &mut Vec<Draft>) {
    let ctx = &prepared.sentences[number];
    for at in 0..ctx.lower.len() {
        if ctx.quote[at].is_some() {
            continue;
        }
        let found = match ctx.parsed.tokens[at].upos {
            Upos::Adj | Upos::Verb if cues::cues().adjectives.contains_key(ctx.word(at)) => cues::cues()
                .adjectives[ctx.word(at)]
            .iter()
            .find_map(|it| adjective(prepared, number, at, it)),
            Upos::Noun => {
                let rows = cues::cues().nouns.get(ctx.lemma(at)).into_iter().flatten();
                rows.filter(|it| it.frames.preposition).find_map(|it| noun(prepared, number, at, it))
            }
            Upos::Verb => impersonal(prepared, number, at),
            _ => None,
        };
        out.extend(found);
    }
}

/// "is worried that …", "reluctant to …", "critical of …".
fn adjective(prepared: &Prepared<'_>, number: usize, at: usize, cue: &Cue) -> Option<Draft> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let head = dependents(ctx, at, &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl, Deprel::Obl])
        .find(|it| *it > at && (cue.frames.preposition || tokens[*it].deprel != Deprel::Obl))?;
    let (from, to) = ctx.tree.bounds(head);
    let mut first = from.max(at + 1);
    let mut last_cue = at;
    if tokens[head].deprel == Deprel::Obl {
        if tokens[first].upos != Upos::Adp || first != at + 1 {
            return None;
        }
        last_cue = first;
        first += 1;
    } else if first != at + 1 {
        return None;
    }
    let speaker = clause::speaker_of(ctx, number, at)?;
    let last = clause::complement_end(ctx, at, first, to);
    (first <= last).then(|| Draft {
        sentence: number,
        speaker: Speaker::Words(speaker),
        cue: Some(ctx.span_of(at, last_cue)),
        content: clause::grown(prepared, number, first, last),
        class: cue.class,
        realm: Realm::Thought,
        addressee: None,
        rule: "statement/adjective",
    })
}

/// "support for …", "criticism of …": what follows the preposition.
fn noun(prepared: &Prepared<'_>, number: usize, at: usize, cue: &Cue) -> Option<Draft> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let preposition = at + 1;
    if !matches!(ctx.word(preposition), "of" | "for" | "about" | "on" | "to" | "against" | "over") {
        return None;
    }
    let head = dependents(ctx, at, &[Deprel::Nmod, Deprel::Acl, Deprel::Obl])
        .find(|it| *it > preposition && ctx.tree.bounds(*it).0 == preposition)?;
    let (_, to) = ctx.tree.bounds(head);
    let first = preposition + 1;
    if first >= tokens.len() {
        return None;
    }
    let last = clause::complement_end(ctx, at, first, to);
    let speaker = nouns::owner(prepared, number, at);
    (first <= last).then(|| Draft {
        sentence: number,
        speaker: speaker.map_or(Speaker::Nobody, Speaker::Words),
        cue: Some(ctx.span_of(at, preposition)),
        content: clause::grown(prepared, number, first, last),
        class: cue.class,
        realm: Realm::Thought,
        addressee: None,
        rule: "statement/noun-preposition",
    })
}

/// "is expected to …", "seems to …": from the subject to the complement's end.
fn impersonal(prepared: &Prepared<'_>, number: usize, at: usize) -> Option<Draft> {
    let ctx = &prepared.sentences[number];
    if !is_impersonal(ctx, at) {
        return None;
    }
    let complement = dependents(ctx, at, &[Deprel::Xcomp, Deprel::Ccomp]).find(|it| *it > at)?;
    let subject = dependents(
        ctx,
        at,
        &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::NsubjOuter, Deprel::Csubj],
    )
    .next()?;
    let (mut first, _) = ctx.tree.bounds(subject);
    if matches!(ctx.word(subject), "it" | "there") && ctx.parsed.tokens[complement].deprel == Deprel::Ccomp {
        first = at + 1;
    }
    let (_, to) = ctx.tree.bounds(complement);
    let last = clause::complement_end(ctx, at, at + 1, to);
    let helper = dependents(ctx, at, &[Deprel::AuxPass, Deprel::Aux]).next().unwrap_or(at).min(at);
    Some(Draft {
        sentence: number,
        speaker: Speaker::Nobody,
        cue: Some(ctx.span_of(if helper > first { helper } else { at }, at)),
        content: clause::grown(prepared, number, first, last),
        class: CueClass::Other,
        realm: Realm::Thought,
        addressee: None,
        rule: "statement/impersonal",
    })
}

/// Whether the verb tells what is held by nobody named.
pub(super) fn is_impersonal(ctx: &SentenceCtx, at: usize) -> bool {
    let held = || {
        matches!(
            ctx.lemma(at),
            "expect" | "believe" | "think" | "say" | "know" | "suppose" | "rumor" | "presume" | "assume"
        )
    };
    matches!(ctx.lemma(at), "seem" | "appear") || held() && clause::is_passive(ctx, at)
}
