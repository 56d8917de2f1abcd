//! ## Reads
//! What a verb reports as a thing: its object (*denied the charge*,
//! *condemned the raid*), an object and its fault (*accused X of …*), the
//! subject of a passive, the noun a relative clause hangs on, what follows a
//! preposition (*called for calm*).
//!
//! ## Matters because
//! Denials and charges name the act in a noun far more often than in a clause.
//!
//! ## Example
//! "The charge was rejected by Northland."
//!
//! ## Misses
//! Objects taken up by a pronoun that the tree hangs elsewhere.

use truce_syntax::{Deprel, Upos};

use super::Tokens;
use super::clause::{self, dependents};
use super::verbs::{Content, Found, content, is_noun_part, other_verb_between};
use crate::prepared::{Prepared, SentenceCtx};

/// "called for calm": what follows the preposition.
pub(super) fn after_preposition(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let first = found.to + 1;
    let token = ctx.parsed.tokens.get(first)?;
    if token.upos == Upos::Punct && ctx.quote[first].is_none() {
        return None;
    }
    let head = (first..ctx.lower.len()).find(|it| {
        let (from, _) = ctx.tree.bounds(*it);
        (from <= first || *it == first)
            && ctx.parsed.tokens[*it].head.is_some_and(|head| (head as usize) < first)
    })?;
    let (_, end) = ctx.tree.bounds(head);
    let last = clause::complement_end(ctx, found.at, first, end);
    content(prepared, number, first, last, "statement/verb-preposition")
}

/// "denied the charge", "accused X of …", "condemned X".
pub(super) fn object(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    passive: bool,
) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    if passive && found.cue.class == truce_model::CueClass::Ask {
        return None;
    }
    if passive {
        // "The claim was rejected by …", "a strike reported by …": the claim
        // is the content.
        if let (Deprel::Acl, Some(head)) = (tokens[found.at].deprel, tokens[found.at].head) {
            let (first, _) = ctx.tree.bounds(head as usize);
            let last = (first..found.at).rev().find(|it| tokens[*it].upos != Upos::Punct)?;
            return content(prepared, number, first, last, "statement/verb-passive");
        }
        let subject = dependents(ctx, found.at, &[Deprel::NsubjPass, Deprel::Nsubj]).next()?;
        let helper = dependents(ctx, found.at, &[Deprel::Aux, Deprel::AuxPass]).find(|it| *it > subject);
        let (mut first, _) = ctx.tree.bounds(subject);
        let plain =
            |it: usize| !matches!(tokens[it].upos, Upos::Sconj | Upos::Adv | Upos::Cconj | Upos::Punct);
        if first > 0 && (0..first).all(plain) {
            first = 0;
        }
        let last = helper.map_or(subject, |it| it - 1);
        return content(prepared, number, first, last.max(first), "statement/verb-passive");
    }
    let right =
        dependents(ctx, found.at, &[Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp]).find(|it| *it > found.at);
    let right = right.or_else(|| counted(ctx, found));
    let Some(head) = right else {
        let quoted = ctx.quote.get(found.to + 1).is_some_and(Option::is_some);
        if quoted {
            let last = clause::complement_end(ctx, found.at, found.to + 1, ctx.tree.bounds(found.at).1);
            return content(prepared, number, found.to + 1, last, "statement/verb-object");
        }
        return object_left(prepared, number, found);
    };
    let (from, to) = ctx.tree.bounds(head);
    let mut first = from.max(found.at + 1);
    if found.to > found.at && first <= found.to && found.to < to {
        // The particle stands before the object.
        first = found.to + 1;
    }
    if tokens[first].upos == Upos::Punct && ctx.quote[first].is_none() {
        first += 1;
    }
    let mutual = matches!((ctx.word(first), ctx.word(first + 1)), ("each", "other") | ("one", "another"));
    if mutual {
        // "accused each other on Sunday of …"
        first = (first + 2..(first + 8).min(tokens.len()))
            .find(|it| matches!(ctx.word(*it), "of" | "for" | "over"))
            .unwrap_or(first + 2);
    }
    if other_verb_between(ctx, found, first, None) {
        return None;
    }
    if found.cue.frames.charge && !found.cue.frames.object {
        let fault = (first..tokens.len()).any(|it| matches!(ctx.word(it), "of" | "for" | "with" | "over"));
        if !fault && ctx.lemma(found.at) != "blame" {
            return None;
        }
    }
    let mut last = if found.cue.frames.charge {
        clause::clause_end(ctx, found.at, first, to.max(first))
    } else {
        clause::complement_end(ctx, found.at, first, to.max(first))
    };
    if found.to == last && found.to > found.at {
        // The particle stands after it.
        last -= 1;
    }
    let rule = if found.cue.frames.charge { "statement/verb-charge" } else { "statement/verb-object" };
    content(prepared, number, first, last, rule)
}

/// Words between "put" and the figure it is put at.
const FIGURE_WORDS_MAX: usize = 14;

/// "put the number of dead at eleven": the thing and its figure.
pub(super) fn put_at(prepared: &Prepared<'_>, number: usize, at: usize, lemma: &str) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    if !matches!(lemma, "put" | "place" | "estimate") {
        return None;
    }
    let object = dependents(ctx, at, &[Deprel::Obj]).find(|it| *it > at)?;
    let figure = (object + 1..(at + FIGURE_WORDS_MAX).min(tokens.len()))
        .take_while(|it| !matches!(ctx.word(*it), "," | ";" | "."))
        .find(|it| tokens[*it].upos == Upos::Num && (object..*it).any(|it| ctx.word(it) == "at"))?;
    let last = (figure..tokens.len()).take_while(|it| tokens[*it].upos == Upos::Num).last()?;
    content(prepared, number, at + 1, last, "statement/verb-figure")
}

/// "counted at least 26 dead": a number that the tree takes for something
/// else than the object.
fn counted(ctx: &SentenceCtx, found: &Found<'_>) -> Option<usize> {
    let tokens = &ctx.parsed.tokens;
    let relations = &[Deprel::Obl, Deprel::OblUnmarked, Deprel::Nmod];
    dependents(ctx, found.at, relations).find(|it| {
        let (from, _) = ctx.tree.bounds(*it);
        from == found.to + 1
            && tokens[*it].upos == Upos::Num
            && matches!(
                ctx.word(from),
                "at" | "more" | "some" | "about" | "nearly" | "over" | "around" | "up" | "as"
            ) | (tokens[from].upos == Upos::Num)
    })
}

/// "…, a charge the rebels laughed off": two phrases in a row before the verb,
/// of which the second speaks.
pub(super) fn reduced_relative(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let (first, middle) = two_before(ctx, found.at)?;
    let _ = speaker;
    let mut out = content(prepared, number, first, middle - 1, "statement/verb-relative")?;
    let head = prepared
        .mentions_in(number)
        .iter()
        .filter(|it| it.tokens.0 >= middle && it.head < found.at)
        .map(|it| it.head)
        .next_back()
        .unwrap_or(found.at - 1);
    out.speaker = Some(Tokens { sentence: number, first: middle, last: head.max(middle), head });
    Some(out)
}

/// Two phrases right before a verb, the second with its own article: the first
/// token of each.
pub(super) fn two_before(ctx: &SentenceCtx, verb: usize) -> Option<(usize, usize)> {
    let tokens = &ctx.parsed.tokens;
    // "…, the movement Northland Front announced": a clause before it is what it reports.
    let reports = |it: usize| tokens[it].deprel == Deprel::Ccomp && it < verb;
    let clause_before = tokens[verb].deprel == Deprel::Root && ctx.tree.children(verb).any(reports);
    let lowest = verb.saturating_sub(16);
    let middle = (lowest + 2..verb).rev().find(|it| {
        let name = tokens[*it].upos == Upos::Propn && tokens[*it].deprel == Deprel::Nsubj;
        (name || matches!(ctx.word(*it), "the" | "a" | "an" | "its" | "their" | "his" | "her"))
            && tokens[*it - 1].upos == Upos::Noun
            && ctx.quote[*it].is_none()
    })?;
    let first = (lowest..middle).rev().find(|it| matches!(ctx.word(*it), "a" | "an" | "the"))?;
    if clause_before && !(first..middle).any(|it| clause::TAKEN_UP.contains(&ctx.lemma(it))) {
        return None;
    }
    let opened = first == 0 || matches!(ctx.word(first - 1), "," | "–" | "—");
    let plain = (first..middle).all(|it| is_noun_part(tokens[it].upos));
    let spoken = (middle..verb).all(|it| {
        is_noun_part(tokens[it].upos)
            || matches!(tokens[it].upos, Upos::Aux | Upos::Adv | Upos::Punct)
            || ctx.word(it) == "of"
    });
    (opened && plain && spoken).then_some((first, middle))
}

/// "a charge that Northland denied", "a charge Northland denied".
fn object_left(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let rule = "statement/verb-relative";
    let taken_up = |it: &usize| *it < found.at && !matches!(ctx.word(*it), "who" | "whom" | "what");
    if let Some(pronoun) = dependents(ctx, found.at, &[Deprel::Obj]).find(taken_up) {
        return content(prepared, number, pronoun, pronoun, rule);
    }
    let verb = &tokens[found.at];
    if verb.deprel == Deprel::AclRelcl {
        let head = verb.head? as usize;
        let (first, _) = ctx.tree.bounds(head);
        let first = first.max(head.saturating_sub(3));
        let first =
            (first..=head).find(|it| !matches!(tokens[*it].upos, Upos::Punct | Upos::Adp | Upos::Cconj))?;
        return content(prepared, number, first, head, rule);
    }
    None
}
