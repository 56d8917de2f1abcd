//! ## Reads
//! What somebody calls something: *called the step a breach*, *dismissed the
//! charge as theatre*, *in what Northland called a "gross violation"*.
//!
//! ## Matters because
//! A name is a charge in two words, and it is the speaker's, not the outlet's.
//!
//! ## Example
//! "Northland set up a post, in what Rivermark called a \"gross violation\"."
//!
//! ## Misses
//! Names without a verb of naming ("Rivermark's so-called exercise").

use truce_syntax::{Deprel, Upos};

use super::clause::{self, dependents};
use super::verbs::{Content, Found, content, is_noun_part};
use crate::prepared::{Prepared, SentenceCtx};

/// "called X a …", "dismissed X as …", "what Northland called …".
pub(super) fn naming(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let plain = matches!(
        ctx.lemma(found.at),
        "call"
            | "term"
            | "dub"
            | "label"
            | "brand"
            | "name"
            | "deem"
            | "judge"
            | "declare"
            | "find"
            | "consider"
            | "pronounce"
            | "think"
    );
    let end = tokens.len();
    // "as" with its words, somewhere after the verb and under it.
    let by_as = (found.to + 1..end.min(found.to + 30)).find(|it| {
        ctx.word(*it) == "as"
            && matches!(tokens[*it].deprel, Deprel::Case | Deprel::Mark | Deprel::Advmod | Deprel::Fixed)
            && tokens[*it].head.is_some_and(|head| {
                head as usize > *it
                    && tokens[head as usize]
                        .head
                        .is_some_and(|up| up as usize >= found.at && (up as usize) < *it)
            })
    });
    let object = dependents(ctx, found.at, &[Deprel::Obj]).find(|it| *it > found.at);
    let left = dependents(ctx, found.at, &[Deprel::Obj]).any(|it| it < found.at)
        || tokens[found.at].deprel == Deprel::AclRelcl
        || is_what(ctx, found.at);
    let complement = dependents(ctx, found.at, &[Deprel::Xcomp])
        .find(|it| *it > found.at && is_naming_complement(ctx, *it));
    // "brushed aside as baseless a charge that …": the charge comes last.
    let rejects = matches!(found.cue.class, truce_model::CueClass::Deny | truce_model::CueClass::Condemn);
    if rejects && !left && ctx.word(found.to + 1) == "as" && !clause::is_passive(ctx, found.at) {
        let taken = (found.to + 3..end.min(found.to + 14))
            .find(|it| super::clause::TAKEN_UP.contains(&ctx.lemma(*it)) && ctx.quote[*it].is_none());
        if let Some(taken) = taken {
            let own = ctx.tree.bounds(taken).1.max(taken);
            let last = clause::clause_end(ctx, found.at, found.to + 1, own);
            return content(prepared, number, found.to + 1, last, "statement/verb-naming");
        }
    }
    if let Some(at) = by_as {
        if left && at == found.to + 1 {
            return after_name(prepared, number, at + 1);
        }
        let head = tokens[at].head? as usize;
        let (_, to) = ctx.tree.bounds(head);
        let first = match object {
            Some(it) if it < at || it > head => ctx.tree.bounds(it).0.max(found.to + 1).min(at),
            _ if left => at + 1,
            _ => at,
        };
        if object.is_none() && !left {
            // "dismissed as propaganda the claim that …" has its object after.
            if tokens[found.at].upos != Upos::Verb || clause::is_passive(ctx, found.at) {
                return None;
            }
        }
        let to = object.map_or(to, |it| to.max(ctx.tree.bounds(it).1));
        let last = clause::complement_end(ctx, found.at, first, to);
        return content(prepared, number, first, last, "statement/verb-naming");
    }
    if ctx.word(found.to + 1) == "as" && !clause::is_passive(ctx, found.at) {
        // "what Northland described as …", where the tree lost the "as".
        return after_name(prepared, number, found.to + 2);
    }
    if !plain {
        return None;
    }
    let strict = matches!(ctx.lemma(found.at), "call" | "term" | "dub" | "label" | "brand" | "deem");
    if left && strict {
        return after_name(prepared, number, found.to + 1);
    }
    let (first, to) = match (object, complement) {
        (Some(object), Some(complement)) => {
            let (a, b) = (ctx.tree.bounds(object), ctx.tree.bounds(complement));
            (a.0.min(b.0), a.1.max(b.1))
        }
        (None, Some(complement)) if left || strict => ctx.tree.bounds(complement),
        // "what Northland called a breach": the parser takes the name for
        // the object.
        (Some(object), None) if left && strict => ctx.tree.bounds(object),
        (_, None) if strict && two_phrases(ctx, found).is_some() => two_phrases(ctx, found)?,
        (_, None) if strict && quoted_name(ctx, found).is_some() => quoted_name(ctx, found)?,
        (Some(object), None) if strict => {
            // Two phrases in a row, or a quotation that is the name.
            let (from, to) = ctx.tree.bounds(object);
            let quoted = (from..=(to + 2).min(end - 1)).find(|it| ctx.quote[*it].is_some())?;
            let quote_end = (quoted..end).take_while(|it| ctx.quote[*it].is_some()).last()?;
            (from, to.max(quote_end))
        }
        _ => return None,
    };
    let first = first.max(found.to + 1);
    let last = clause::complement_end(ctx, found.at, first, to);
    content(prepared, number, first, last, "statement/verb-naming")
}

/// Words between "called" and the name in quotation marks.
const NAMED_WORDS_MAX: usize = 8;

/// `called the relief fund "a purse for rebels"`: a phrase and a quotation.
fn quoted_name(ctx: &SentenceCtx, found: &Found<'_>) -> Option<(usize, usize)> {
    let first = found.to + 1;
    let end = ctx.lower.len();
    let quoted = (first..end.min(first + NAMED_WORDS_MAX)).find(|it| ctx.quote[*it].is_some())?;
    let phrase = |it: usize| {
        is_noun_part(ctx.parsed.tokens[it].upos) || matches!(ctx.word(it), "of" | "for" | "'s" | "-")
    };
    if quoted == first || clause::is_passive(ctx, found.at) || !(first..quoted).all(phrase) {
        return None;
    }
    let last = (quoted..end).take_while(|it| ctx.quote[*it].is_some()).last()?;
    Some((first, last))
}

/// "called it a loan", "called the charge a slander": a phrase and a second
/// one with its own article, where the tree sees only one.
fn two_phrases(ctx: &SentenceCtx, found: &Found<'_>) -> Option<(usize, usize)> {
    let tokens = &ctx.parsed.tokens;
    let first = found.to + 1;
    let part = |it: usize| it < tokens.len() && is_noun_part(tokens[it].upos) && ctx.quote[it].is_none();
    if !part(first) || clause::is_passive(ctx, found.at) {
        return None;
    }
    let end = (first..tokens.len()).take_while(|it| part(*it)).last()?;
    let pronoun = matches!(ctx.word(first), "it" | "this" | "them" | "him" | "her" | "that");
    let second = if pronoun {
        (first < end).then_some(first + 1)
    } else {
        (first + 2..=end).find(|it| matches!(ctx.word(*it), "a" | "an" | "the"))
    }?;
    Some((first, end.max(second)))
}

/// "what Northland, in a note, termed “a draft” of old men": the phrase that
/// follows the verb, with its prepositions, up to a comma or verb.
fn after_name(prepared: &Prepared<'_>, number: usize, first: usize) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    if first >= tokens.len() || !(ctx.quote[first].is_some() || is_noun_part(tokens[first].upos)) {
        return None;
    }
    let last = (first..tokens.len())
        .take_while(|it| {
            ctx.quote[*it].is_some()
                || is_noun_part(tokens[*it].upos) && !matches!(ctx.word(*it), "who" | "which" | "that")
                || matches!(tokens[*it].upos, Upos::Adp | Upos::Adv)
                || matches!(ctx.word(*it), "-" | "'s" | "'")
                || tokens[*it].upos == Upos::Verb && matches!(tokens[*it].deprel, Deprel::Amod | Deprel::Acl)
        })
        .last()?;
    content(prepared, number, first, last, "statement/verb-naming")
}

fn is_naming_complement(ctx: &SentenceCtx, at: usize) -> bool {
    let token = &ctx.parsed.tokens[at];
    matches!(token.upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num | Upos::Verb)
        && !ctx
            .tree
            .children(at)
            .any(|it| ctx.word(it) == "to" && ctx.parsed.tokens[it].deprel == Deprel::Mark)
}

/// Whether the verb stands in "what X calls".
fn is_what(ctx: &SentenceCtx, verb: usize) -> bool {
    let subject = dependents(ctx, verb, &[Deprel::Nsubj]).next();
    let first = subject.map_or(verb, |it| ctx.tree.bounds(it).0.min(it));
    first > 0 && ctx.word(first - 1) == "what"
}
