//! ## Reads
//! Verbs that report, with what they report: a clause (*said that …*), an
//! infinitive (*urged X to …*), an object (*denied the charge*), an object
//! and its fault (*accused X of …*), an object and its name (*called X a
//! …*), a preposition's object (*called for calm*), or a quotation.
//!
//! ## Matters because
//! Three quarters of all that is reported is indirect speech under a verb.
//!
//! ## Example
//! "Northland accused Rivermark of shelling Alder Pass and urged the mission
//! to act." (two statements)
//!
//! ## Misses
//! Verbs that are no cue by themselves ("brought up the shelling"); the
//! complement of a verb that the parser hangs elsewhere, beyond the clause.

use truce_model::{CueClass, Span};
use truce_syntax::{Deprel, Upos};

use super::clause::{self, dependents};
use super::cues::{self, Cue, Realm};
use super::{Breadth, Draft, Speaker, Tokens, inserted};
use crate::prepared::{MentionKind, Prepared, SentenceCtx};

/// Words between a verb and the particle that makes it a phrase.
const PARTICLE_GAP_MAX: usize = 6;

/// Words between a verb and the quotation or *that* it brings.
const BRING_MAX: usize = 14;

/// A verb found to be a cue.
pub(super) struct Found<'c> {
    pub at: usize,
    /// Last token of the cue.
    pub to: usize,
    pub cue: &'c Cue,
}

/// What is said, as tokens or, where quotations decide, as bytes.
pub(super) struct Content {
    pub span: Span,
    pub rule: &'static str,
    pub addressee: Option<usize>,
}

/// Reads the sentence's reporting verbs.
pub(super) fn read(prepared: &Prepared<'_>, number: usize, breadth: Breadth, out: &mut Vec<Draft>) {
    let ctx = &prepared.sentences[number];
    for at in 0..ctx.lower.len() {
        if ctx.quote[at].is_some() || !may_report(ctx, at) {
            continue;
        }
        let mut rows: Vec<Found<'_>> = phrases(ctx, at);
        let verbs = cues::cues().verbs.get(ctx.lemma(at)).into_iter().flatten();
        rows.extend(verbs.map(|cue| Found { at, to: at, cue }));
        rows.retain(|it| it.cue.realm != Realm::Thought || breadth == Breadth::Attributed);
        let passive = clause::is_passive(ctx, at);
        let speaker = clause::speaker_of(ctx, number, at);
        for found in &rows {
            if skip(ctx, found, breadth) {
                continue;
            }
            let contents = contents(prepared, number, found, speaker, passive);
            if contents.is_empty() {
                continue;
            }
            let class = class_of(ctx, found);
            for content in contents {
                out.push(Draft {
                    sentence: number,
                    speaker: speaker.map_or(Speaker::Nobody, Speaker::Words),
                    cue: Some(ctx.span_of(found.at, found.to.min(found.at + 3))),
                    content: content.span,
                    class,
                    realm: found.cue.realm,
                    addressee: content.addressee.map(|it| clause::phrase(ctx, number, it)),
                    rule: content.rule,
                });
            }
            break;
        }
    }
}

fn may_report(ctx: &SentenceCtx, at: usize) -> bool {
    let token = &ctx.parsed.tokens[at];
    match token.upos {
        Upos::Verb => token.deprel != Deprel::Amod,
        Upos::Aux => ctx.lemma(at) != "be" && ctx.lemma(at) != "have" && ctx.lemma(at) != "do",
        // The tagger takes "claims", "warns" of headlines for nouns.
        Upos::Noun | Upos::X => token.deprel == Deprel::Root && ctx.word(at).ends_with('s') && at > 0,
        _ => false,
    }
}

/// Phrases that begin with the verb at `at`, longest first.
fn phrases(ctx: &SentenceCtx, at: usize) -> Vec<Found<'static>> {
    let mut out = Vec::new();
    for cue in cues::cues().phrases.get(ctx.lemma(at)).into_iter().flatten() {
        if let Some(to) = phrase_end(ctx, at, &cue.rest) {
            out.push(Found { at, to, cue });
        }
    }
    out
}

/// The last token of a phrase; only its last word may stand apart, and only
/// as a particle after a short object ("brushed the charge aside").
fn phrase_end(ctx: &SentenceCtx, at: usize, rest: &[Box<str>]) -> Option<usize> {
    let same = |it: usize, word: &str| ctx.word(it) == word || ctx.lemma(it) == word;
    let mut next = at + 1;
    for (n, word) in rest.iter().enumerate() {
        if same(next, word) {
            next += 1;
            continue;
        }
        let last = n + 1 == rest.len();
        let particle = matches!(
            &**word,
            "aside" | "off" | "out" | "down" | "responsible" | "accountable" | "up" | "known"
        );
        if !(last && particle) {
            return None;
        }
        let found = (next..(next + PARTICLE_GAP_MAX).min(ctx.lower.len()))
            .take_while(|it| !matches!(ctx.word(*it), "," | "." | ":" | "that"))
            .find(|it| same(*it, word))?;
        return Some(found);
    }
    Some(next - 1)
}

fn skip(ctx: &SentenceCtx, found: &Found<'_>, breadth: Breadth) -> bool {
    let denies_saying = clause::is_negated(ctx, found.at);
    // "Did not say whether" reports nothing; "does not deny" reports an
    // admission.
    denies_saying && found.cue.class != CueClass::Deny && breadth == Breadth::Said
}

/// The class of a cue as used: "expressed concern" is concern, "expressed
/// gratitude" is praise; "does not deny" admits.
fn class_of(ctx: &SentenceCtx, found: &Found<'_>) -> CueClass {
    if found.cue.class == CueClass::Deny && clause::is_negated(ctx, found.at) {
        return CueClass::Admit;
    }
    turned(ctx, found).unwrap_or(found.cue.class)
}

/// The class that the object gives to *express*, *voice*, *raise*.
fn turned(ctx: &SentenceCtx, found: &Found<'_>) -> Option<CueClass> {
    if !is_carrier(ctx.lemma(found.at)) {
        return None;
    }
    dependents(ctx, found.at, &[Deprel::Obj, Deprel::NsubjPass])
        .find_map(|it| turning_class(ctx, it))
        .or_else(|| (found.to + 1..(found.to + 6).min(ctx.lower.len())).find_map(|it| turning_class(ctx, it)))
}

fn turning_class(ctx: &SentenceCtx, at: usize) -> Option<CueClass> {
    let rows = cues::cues().nouns.get(ctx.lemma(at))?;
    rows.iter().find(|it| it.frames.turns).map(|it| it.class)
}

fn is_carrier(lemma: &str) -> bool {
    matches!(lemma, "express" | "voice" | "raise" | "convey" | "share" | "sound" | "register" | "note")
}

/// What is said under the verb, by the first frame that fits.
fn contents(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
    passive: bool,
) -> Vec<Content> {
    let ctx = &prepared.sentences[number];
    let frames = found.cue.frames;
    if frames.naming {
        if let Some(it) = naming(prepared, number, found) {
            return vec![it];
        }
    }
    if frames.infinitive {
        if let Some(it) = infinitive(prepared, number, found) {
            return vec![it];
        }
    }
    if frames.clause {
        if let Some(it) = clause_right(prepared, number, found, speaker) {
            return vec![it];
        }
    }
    if frames.quote || frames.clause {
        let quoted = quote_right(prepared, number, found, speaker);
        if !quoted.is_empty() {
            return quoted;
        }
        let inserted = inserted::contents(prepared, number, found, speaker);
        if !inserted.is_empty() {
            return inserted;
        }
        if let Some(it) = clause_surface(prepared, number, found, speaker) {
            return vec![it];
        }
    }
    if frames.preposition {
        if let Some(it) = after_preposition(prepared, number, found) {
            return vec![it];
        }
    }
    if frames.object || frames.charge {
        if is_carrier(ctx.lemma(found.at)) && turned(ctx, found).is_none() {
            return Vec::new();
        }
        return object(prepared, number, found, passive).into_iter().collect();
    }
    Vec::new()
}

fn content(
    prepared: &Prepared<'_>,
    number: usize,
    first: usize,
    last: usize,
    rule: &'static str,
) -> Option<Content> {
    let count = prepared.sentences[number].lower.len();
    (first <= last && last < count).then(|| Content {
        span: clause::grown(prepared, number, first, last),
        rule,
        addressee: None,
    })
}

/// "said that …", "told reporters that …".
fn clause_right(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let head = dependents(ctx, found.at, &[Deprel::Ccomp]).find(|it| *it > found.at).or_else(|| {
        // A copular or verbless clause may come out as something else, but
        // not without its "that".
        ctx.tree.children(found.at).find(|it| {
            *it > found.at
                && matches!(
                    ctx.parsed.tokens[*it].deprel,
                    Deprel::Xcomp
                        | Deprel::Advcl
                        | Deprel::Acl
                        | Deprel::AclRelcl
                        | Deprel::Parataxis
                        | Deprel::Dep
                        | Deprel::Obj
                        | Deprel::Obl
                )
                && ctx
                    .tree
                    .children(*it)
                    .any(|it| ctx.word(it) == "that" && ctx.parsed.tokens[it].deprel == Deprel::Mark)
        })
    })?;
    let (from, to) = ctx.tree.bounds(head);
    let mut first = from.max(found.to + 1);
    // A clause does not begin with the punctuation or adverb of the cue.
    while first < head && ctx.parsed.tokens[first].upos == Upos::Punct && ctx.quote[first].is_none() {
        first += 1;
    }
    if let Some(speaker) =
        speaker.filter(|it| it.sentence == number && it.first > found.at && it.last >= first && it.last < to)
    {
        // "said Ivo Brand, the road …"
        first = speaker.last + 1;
    }
    let last = clause::complement_end(ctx, found.at, first, to);
    let mut out = content(prepared, number, first, last, "statement/verb-clause")?;
    out.addressee =
        dependents(ctx, found.at, &[Deprel::Iobj, Deprel::Obj]).find(|it| *it > found.at && *it < first);
    Some(out)
}

/// A quotation that the verb brings: `said: "…"`, `told the radio "…"`.
fn quote_right(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
) -> Vec<Content> {
    let ctx = &prepared.sentences[number];
    let end = (found.to + 1 + BRING_MAX).min(ctx.lower.len());
    let mut start = None;
    for at in found.to + 1..end {
        if let Some(quote) = ctx.quote[at] {
            start = Some((at, quote));
            break;
        }
        let own = speaker.is_some_and(|it| it.sentence == number && it.first <= at && at <= it.last);
        let verb = matches!(ctx.parsed.tokens[at].upos, Upos::Verb | Upos::Aux) && !own;
        if verb || matches!(ctx.word(at), "." | ";") || clause::is_cue_verb(ctx, at) && !own {
            return Vec::new();
        }
    }
    let Some((at, quote)) = start else { return Vec::new() };
    let Some(quote) = prepared.quotes.get(quote as usize) else { return Vec::new() };
    let brings = at == found.to + 1
        || matches!(ctx.word(at - 1), ":" | ",")
        || matches!(ctx.lemma(found.at), "say" | "tell" | "add" | "write" | "ask" | "reply");
    if !brings || quote.span.start < ctx.parsed.tokens[found.at].span.end {
        return Vec::new();
    }
    let addressee =
        dependents(ctx, found.at, &[Deprel::Iobj, Deprel::Obj]).find(|it| *it > found.at && *it < at);
    vec![Content { span: quote.span, rule: "statement/verb-quotation", addressee }]
}

/// "that …" or a clause right after the verb which the parser did not see.
fn clause_surface(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    if found.cue.realm != Realm::Speech {
        return None;
    }
    let (_, end) = clause::whole(ctx);
    let after = found.to + 1;
    if after > end {
        return None;
    }
    let that = (after..(after + BRING_MAX).min(end)).find(|it| {
        ctx.word(*it) == "that"
            && matches!(ctx.parsed.tokens[*it].upos, Upos::Sconj | Upos::Pron | Upos::Det)
            && *it + 2 < ctx.lower.len()
    });
    let bare = matches!(
        ctx.lemma(found.at),
        "say" | "claim" | "insist" | "add" | "maintain" | "allege" | "believe" | "think"
    ) && matches!(
        ctx.parsed.tokens[after].upos,
        Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num
    ) && speaker.is_some_and(|it| it.last < found.at);
    let first = that.or(bare.then_some(after))?;
    let has_verb = (first..=end).any(|it| matches!(ctx.parsed.tokens[it].upos, Upos::Verb | Upos::Aux));
    if !has_verb {
        return None;
    }
    let last = clause::complement_end(ctx, found.at, first, end);
    content(prepared, number, first, last, "statement/verb-clause-by-words")
}

/// "urged X to …", "promised to …", "called on X to …".
fn infinitive(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let is_to = |it: usize| ctx.word(it) == "to" && tokens[it].upos == Upos::Part;
    // The infinitive hangs on the verb, or, for phrases, on the noun after
    // the preposition; its "to" follows the object.
    let under = |it: usize| {
        let mut at = it;
        for _ in 0..4 {
            match tokens[at].head {
                Some(head) if head as usize == found.at => return true,
                Some(head) if head as usize > found.at => at = head as usize,
                _ => return false,
            }
        }
        false
    };
    let head = (found.to + 1..tokens.len()).find(|it| {
        matches!(tokens[*it].deprel, Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Acl)
            && ctx.tree.children(*it).any(is_to)
            && under(*it)
    })?;
    let to = ctx.tree.children(head).find(|it| is_to(*it))?;
    if ctx.word(to.wrapping_sub(1)) == "order" || ctx.word(to.wrapping_sub(1)) == "so" {
        return None;
    }
    if matches!(found.cue.class, CueClass::Other) && tokens[head].deprel != Deprel::Xcomp {
        return None;
    }
    let mut first = found.to + 1;
    // "urged on Friday that" — an adverbial between is no object.
    while first < to && matches!(tokens[first].upos, Upos::Adv | Upos::Punct) && ctx.quote[first].is_none() {
        first += 1;
    }
    let (_, end) = ctx.tree.bounds(head);
    let last = clause::complement_end(ctx, found.at, first, end);
    let mut out = content(prepared, number, first, last, "statement/verb-infinitive")?;
    out.addressee = (first < to)
        .then(|| {
            dependents(ctx, found.at, &[Deprel::Obj, Deprel::Iobj, Deprel::Obl])
                .find(|it| *it >= first && *it < to)
                .or_else(|| {
                    prepared
                        .mentions_in(number)
                        .iter()
                        .find(|it| it.tokens.0 >= first && it.head < to)
                        .map(|it| it.head)
                })
        })
        .flatten();
    Some(out)
}

/// "called for calm": what follows the preposition.
fn after_preposition(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> Option<Content> {
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
fn object(prepared: &Prepared<'_>, number: usize, found: &Found<'_>, passive: bool) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    if passive {
        // "The claim was rejected by …": the claim is the content.
        let subject = dependents(ctx, found.at, &[Deprel::NsubjPass]).next()?;
        let phrase = clause::phrase(ctx, number, subject);
        return content(prepared, number, phrase.first, phrase.last, "statement/verb-passive");
    }
    let right =
        dependents(ctx, found.at, &[Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp]).find(|it| *it > found.at);
    let Some(head) = right else {
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
        first += 2;
    }
    if found.cue.frames.charge && !found.cue.frames.object {
        let fault = (first..tokens.len()).any(|it| matches!(ctx.word(it), "of" | "for" | "with" | "over"));
        if !fault && ctx.lemma(found.at) != "blame" {
            return None;
        }
    }
    let mut last = clause::complement_end(ctx, found.at, first, to.max(first));
    if found.to == last && found.to > found.at {
        // The particle stands after it.
        last -= 1;
    }
    let rule = if found.cue.frames.charge { "statement/verb-charge" } else { "statement/verb-object" };
    content(prepared, number, first, last, rule)
}

/// "a charge that Northland denied", "a charge Northland denied".
fn object_left(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let rule = "statement/verb-relative";
    if let Some(pronoun) = dependents(ctx, found.at, &[Deprel::Obj]).find(|it| *it < found.at) {
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

/// "called X a …", "dismissed X as …", "what Northland called …".
fn naming(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> Option<Content> {
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
    if let Some(at) = by_as {
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
    if !plain {
        return None;
    }
    let strict = matches!(ctx.lemma(found.at), "call" | "term" | "dub" | "label" | "brand" | "deem");
    let (first, to) = match (object, complement) {
        (Some(object), Some(complement)) => {
            let (a, b) = (ctx.tree.bounds(object), ctx.tree.bounds(complement));
            (a.0.min(b.0), a.1.max(b.1))
        }
        (None, Some(complement)) if left || strict => ctx.tree.bounds(complement),
        // "what Northland called a breach": the parser takes the name for
        // the object.
        (Some(object), None) if left && strict => ctx.tree.bounds(object),
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

/// Whether the speaker of a mutual charge is several actors: the heads of
/// each.
pub(super) fn members(prepared: &Prepared<'_>, speaker: Tokens) -> Vec<usize> {
    let ctx = &prepared.sentences[speaker.sentence];
    let mut out = vec![speaker.head];
    out.extend(dependents(ctx, speaker.head, &[Deprel::Conj]).filter(|it| *it <= speaker.last));
    out.retain(|it| {
        prepared
            .mention_at(speaker.sentence, *it)
            .is_some_and(|it| it.kind != MentionKind::Group && it.actor.is_some())
    });
    out
}
