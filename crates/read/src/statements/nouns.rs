//! ## Reads
//! Nouns that report: *Northland's accusation that …*, *a Rivermark
//! allegation that …*, *a warning by the mission that …*.
//!
//! ## Matters because
//! A charge is often known only from the sentence that rejects it.
//!
//! ## Example
//! "Rivermark's claim that shells fell on Alder Pass was dismissed."
//!
//! ## Misses
//! Nouns whose owner stands in another sentence.

use truce_syntax::{Deprel, Upos};

use super::clause::{self, dependents};
use super::cues::{self, Realm};
use super::{Breadth, Draft, Speaker, Tokens};
use crate::prepared::{MentionKind, Prepared, SentenceCtx};

/// Reads the sentence's reporting nouns.
pub(super) fn read(prepared: &Prepared<'_>, number: usize, breadth: Breadth, out: &mut Vec<Draft>) {
    let ctx = &prepared.sentences[number];
    for at in 0..ctx.lower.len() {
        if ctx.parsed.tokens[at].upos != Upos::Noun || ctx.quote[at].is_some() {
            continue;
        }
        let rows = cues::cues().nouns.get(ctx.lemma(at)).into_iter().flatten();
        for cue in rows
            .filter(|it| !it.frames.turns && (it.realm != Realm::Thought || breadth == Breadth::Attributed))
        {
            let clause = dependents(ctx, at, &[Deprel::Acl, Deprel::Ccomp, Deprel::AclRelcl]).find(|it| {
                let marked = |word: &str| ctx.tree.children(*it).any(|it| ctx.word(it) == word && it > at);
                *it > at
                    && (marked("that") && ctx.word(at + 1) != "which"
                        || cue.frames.infinitive && marked("to"))
            });
            let Some(clause_head) = clause else {
                if let Some(draft) = by_words(prepared, number, at, cue) {
                    out.push(draft);
                    break;
                }
                continue;
            };
            let Some(source) = owner(prepared, number, at) else { continue };
            let (first, end) = ctx.tree.bounds(clause_head);
            let first = first.max(at + 1);
            let last = before_main_verb(ctx, first, clause::complement_end(ctx, at, first, end));
            out.push(Draft {
                sentence: number,
                speaker: Speaker::Words(source),
                cue: Some(ctx.span_of(at, at)),
                content: clause::grown(prepared, number, first, last),
                class: cue.class,
                realm: cue.realm,
                addressee: None,
                rule: "statement/noun",
            });
            break;
        }
    }
}

/// Whose word the noun at `at` is: its possessor, the adjective before it,
/// *by* or *from* somebody after it.
pub(super) fn owner(prepared: &Prepared<'_>, number: usize, at: usize) -> Option<Tokens> {
    let ctx = &prepared.sentences[number];
    if let Some(poss) = dependents(ctx, at, &[Deprel::NmodPoss]).next() {
        let (first, _) = ctx.tree.bounds(poss);
        return Some(Tokens { sentence: number, first, last: poss, head: poss });
    }
    for it in dependents(ctx, at, &[Deprel::Nmod]) {
        let case = ctx.tree.children(it).find(|it| ctx.parsed.tokens[*it].deprel == Deprel::Case);
        if case.is_some_and(|it| matches!(ctx.word(it), "by" | "from" | "of")) {
            let named = prepared.mention_at(number, it).is_some_and(|it| it.actor.is_some());
            if named {
                return Some(clause::phrase(ctx, number, it));
            }
        }
    }
    let adjective = prepared
        .mentions_in(number)
        .iter()
        .find(|it| it.kind == MentionKind::Demonym && it.tokens.1 < at && it.tokens.1 + 3 > at);
    adjective.map(|it| Tokens { sentence: number, first: it.tokens.0, last: it.tokens.1, head: it.head })
}

/// The end of a noun's clause where the tree runs on into the sentence's main
/// verb: "the claim that shells fell on the road | was dismissed". A second
/// finite verb that nothing joins to the first is the main one.
fn before_main_verb(ctx: &SentenceCtx, first: usize, last: usize) -> usize {
    let tokens = &ctx.parsed.tokens;
    let finite = |it: usize| {
        let feats = tokens[it].feats;
        ctx.quote[it].is_none()
            && (tokens[it].upos == Upos::Aux && !matches!(ctx.word(it), "be" | "been" | "being" | "having")
                || tokens[it].upos == Upos::Verb && (feats.past || feats.present) && !feats.participle_past)
    };
    let Some(one) = (first..=last).find(|it| finite(*it)) else { return last };
    let group = |it: &usize| {
        matches!(tokens[*it].upos, Upos::Aux | Upos::Verb | Upos::Adv | Upos::Part)
            && ctx.quote[*it].is_none()
    };
    let from = (one..=last).take_while(group).last().unwrap_or(one) + 1;
    let joins = |it: &usize| {
        matches!(tokens[*it].upos, Upos::Cconj | Upos::Sconj)
            || matches!(
                ctx.word(*it),
                "," | ":" | "who" | "which" | "that" | "whose" | "where" | "when" | "what" | "how" | "why"
            )
    };
    let two =
        (from..=last).take_while(|it| !joins(it)).find(|it| finite(*it) && tokens[*it].upos == Upos::Aux);
    two.filter(|it| *it > from).map_or(last, |it| it - 1)
}

/// Words between the noun and its "that": "an accusation by the mission that".
const OWNER_WORDS_MAX: usize = 7;

/// The noun's "that" clause where the tree hangs it elsewhere: up to the main
/// verb, or to where the outlet goes on.
fn by_words(prepared: &Prepared<'_>, number: usize, at: usize, cue: &cues::Cue) -> Option<Draft> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let owned = matches!(ctx.word(at + 1), "by" | "from");
    let that = (at + 1..tokens.len().min(at + 2 + OWNER_WORDS_MAX))
        .take_while(|it| owned || *it == at + 1)
        .find(|it| ctx.word(*it) == "that")?;
    let source = if owned {
        let mention = prepared
            .mentions_in(number)
            .iter()
            .find(|it| it.tokens.0 > at + 1 && it.tokens.1 < that && it.actor.is_some())?;
        Tokens { sentence: number, first: at + 2, last: that - 1, head: mention.head }
    } else {
        owner(prepared, number, at)?
    };
    let main = ctx.parsed.root().filter(|it| *it > that + 1);
    let before_main = main.and_then(|it| {
        let helper =
            dependents(ctx, it, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).next().unwrap_or(it).min(it);
        (helper > that + 2).then(|| helper - 1)
    });
    let last = before_main.unwrap_or_else(|| clause::clause_end(ctx, at, that, that));
    if !(that + 1..=last).any(|it| matches!(tokens[it].upos, Upos::Verb | Upos::Aux)) {
        return None;
    }
    Some(Draft {
        sentence: number,
        speaker: Speaker::Words(source),
        cue: Some(ctx.span_of(at, at)),
        content: clause::grown(prepared, number, that, last),
        class: cue.class,
        realm: cue.realm,
        addressee: None,
        rule: "statement/noun",
    })
}
