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
use super::objects::{after_preposition, object, reduced_relative};
use super::{Breadth, Draft, Speaker, Tokens, attitudes, inserted, naming, objects};
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
    /// Who speaks, where the words around the content say it better than the
    /// tree.
    pub speaker: Option<Tokens>,
}

impl Content {
    /// A content of which the tree knows the speaker.
    pub fn new(span: Span, rule: &'static str) -> Content {
        Content { span, rule, addressee: None, speaker: None }
    }
}

/// Reads the sentence's reporting verbs.
pub(super) fn read(prepared: &Prepared<'_>, number: usize, breadth: Breadth, out: &mut Vec<Draft>) {
    let ctx = &prepared.sentences[number];
    for at in 0..ctx.lower.len() {
        if ctx.quote[at].is_some() {
            cue_opens_quotation(prepared, number, at, out);
            continue;
        }
        if !may_report(ctx, at) {
            continue;
        }
        let lemma = lemma_of(ctx, at);
        let mut rows: Vec<Found<'_>> = phrases(ctx, at, &lemma);
        let verbs = cues::cues().verbs.get(&*lemma).into_iter().flatten();
        rows.extend(verbs.map(|cue| Found { at, to: at, cue }));
        rows.retain(|it| it.cue.realm != Realm::Thought || breadth == Breadth::Attributed);
        let passive = clause::is_passive(ctx, at) || shares_passive(ctx, at);
        let mut speaker = clause::speaker_of(ctx, number, at);
        if passive && is_telling(&lemma) && !clause::is_passive(ctx, at) {
            // "had been held and told that …": the drivers were told.
            speaker = None;
        }
        if let Some(quoted) = quoted_as(ctx, number, at).or_else(|| cited(ctx, number, at)) {
            speaker = Some(quoted);
        }
        if !matches!(ctx.parsed.tokens[at].upos, Upos::Verb | Upos::Aux) && at > 0 && speaker.is_none() {
            speaker = inserted::phrase_before(prepared, number, at);
        }
        if let Some(it) = objects::put_at(prepared, number, at, &lemma).filter(|_| speaker.is_some()) {
            out.push(Draft {
                sentence: number,
                speaker: speaker.map_or(Speaker::Nobody, Speaker::Words),
                cue: Some(ctx.span_of(at, at)),
                content: it.span,
                class: CueClass::Say,
                realm: Realm::Weak,
                addressee: None,
                rule: it.rule,
            });
            continue;
        }
        // Nobody speaks inside a quotation of what is told outside.
        speaker = speaker.filter(|it| it.sentence != number || ctx.quote[it.head].is_none());
        if breadth == Breadth::Attributed && attitudes::is_impersonal(ctx, at) {
            continue;
        }
        for found in &rows {
            if skip(ctx, found, speaker, breadth) {
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
                    speaker: content.speaker.or(speaker).map_or(Speaker::Nobody, Speaker::Words),
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

/// `Members "condemn the laying of mines"`: the quotation begins with the cue.
fn cue_opens_quotation(prepared: &Prepared<'_>, number: usize, at: usize, out: &mut Vec<Draft>) {
    let ctx = &prepared.sentences[number];
    let Some(quote) = ctx.quote[at].and_then(|it| prepared.quotes.get(it as usize)) else { return };
    let opens = at >= 2 && ctx.quote[at - 1].is_some() && ctx.quote[at - 2].is_none();
    let first = ctx.parsed.tokens[at].span.start == quote.inner.start;
    if !(opens && first && clause::is_finite_cue(ctx, at)) {
        return;
    }
    let noun = matches!(ctx.parsed.tokens[at - 2].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    // `said it "regrets the fire"`: what another cue already reports.
    let clause = (0..at - 1).rev().take_while(|it| !matches!(ctx.word(*it), ";" | "." | ":"));
    if clause.into_iter().any(|it| ctx.quote[it].is_none() && clause::is_cue_verb(ctx, it)) {
        return;
    }
    let rows = cues::cues().verbs.get(ctx.lemma(at)).and_then(|it| it.first());
    let speaker = inserted::phrase_before(prepared, number, at - 1);
    if let (true, Some(cue), Some(speaker)) = (noun, rows, speaker) {
        out.push(Draft {
            sentence: number,
            speaker: Speaker::Words(speaker),
            cue: Some(ctx.span_of(at, at)),
            content: quote.span,
            class: cue.class,
            realm: cue.realm,
            addressee: None,
            rule: "statement/cue-in-quotation",
        });
    }
}

/// "had been held and told that …": a participle joined to a passive.
fn shares_passive(ctx: &SentenceCtx, at: usize) -> bool {
    let token = &ctx.parsed.tokens[at];
    let bare = dependents(ctx, at, &[Deprel::Nsubj, Deprel::Aux, Deprel::AuxPass]).next().is_none();
    let head = token.head.filter(|_| token.deprel == Deprel::Conj && bare);
    head.is_some_and(|it| clause::is_passive(ctx, it as usize))
        && (token.feats.participle_past || ctx.word(at).ends_with("ed") || ctx.word(at) == "told")
}

/// "quoted an official as saying": the official.
fn quoted_as(ctx: &SentenceCtx, number: usize, at: usize) -> Option<Tokens> {
    if !ctx.word(at).ends_with("ing") || at < 3 || ctx.word(at - 1) != "as" {
        return None;
    }
    let verb = (at.saturating_sub(12)..at - 1).rev().find(|it| matches!(ctx.lemma(*it), "quote" | "cite"))?;
    let quoted = dependents(ctx, verb, &[Deprel::Obj, Deprel::NsubjPass]).next()?;
    let (first, _) = ctx.tree.bounds(quoted);
    Some(Tokens { sentence: number, first, last: quoted.max(first), head: quoted })
}

/// "citing a source in the staff, that …": the source.
fn cited(ctx: &SentenceCtx, number: usize, at: usize) -> Option<Tokens> {
    if !matches!(ctx.word(at), "citing" | "quoting") {
        return None;
    }
    let source = dependents(ctx, at, &[Deprel::Obj]).find(|it| *it > at)?;
    let said = ctx.tree.children(at).any(|it| it > source && ctx.parsed.tokens[it].deprel == Deprel::Ccomp)
        || (source + 1..(source + 8).min(ctx.lower.len())).any(|it| ctx.word(it) == "that");
    said.then(|| clause::phrase_before(ctx, number, source, source + 1))
}

fn may_report(ctx: &SentenceCtx, at: usize) -> bool {
    let token = &ctx.parsed.tokens[at];
    match token.upos {
        Upos::Verb => token.deprel != Deprel::Amod,
        Upos::Aux => ctx.lemma(at) != "be" && ctx.lemma(at) != "have" && ctx.lemma(at) != "do",
        // The tagger takes "claims that" for a noun, "Condemning" for a name.
        Upos::Noun | Upos::X | Upos::Propn | Upos::Adj => {
            let word = ctx.word(at);
            let opens = at == 0 && word.ends_with("ing");
            let headed = at > 0
                && word.ends_with('s')
                && matches!(ctx.word(at + 1), "that" | "what")
                && is_clause_without_verb(ctx, at);
            let root = token.deprel == Deprel::Root && word.ends_with('s') && at > 0;
            opens || headed || root
        }
        _ => false,
    }
}

/// Whether no verb stands between the last comma and `at`.
fn is_clause_without_verb(ctx: &SentenceCtx, at: usize) -> bool {
    (0..at)
        .rev()
        .take_while(|it| !matches!(ctx.word(*it), "," | ";" | ":" | "–" | "—"))
        .all(|it| !matches!(ctx.parsed.tokens[it].upos, Upos::Verb | Upos::Aux))
}

/// The verb's lemma, also where the tagger took it for something else.
fn lemma_of(ctx: &SentenceCtx, at: usize) -> String {
    match ctx.parsed.tokens[at].upos {
        Upos::Verb | Upos::Aux => ctx.lemma(at).to_owned(),
        _ => cues::stem(ctx.word(at)),
    }
}

/// Phrases that begin with the verb at `at`, longest first.
fn phrases(ctx: &SentenceCtx, at: usize, lemma: &str) -> Vec<Found<'static>> {
    let mut out = Vec::new();
    for cue in cues::cues().phrases.get(lemma).into_iter().flatten() {
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
        // "traded blame Wednesday for"
        if n > 0 && ctx.word(next).ends_with("day") && !same(next, word) {
            next += 1;
        }
        // "put the blame squarely on"
        let adverb = ctx.parsed.tokens.get(next).is_some_and(|it| it.upos == Upos::Adv);
        if n > 0 && adverb && ctx.word(next).ends_with("ly") && !same(next, word) {
            next += 1;
        }
        if same(next, word) {
            // "insisted on Monday that": the day is no part of the phrase.
            if &**word == "on" && cues::is_day(ctx.word(next + 1)) {
                return None;
            }
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

fn skip(ctx: &SentenceCtx, found: &Found<'_>, speaker: Option<Tokens>, breadth: Breadth) -> bool {
    if breadth == Breadth::Attributed {
        return false;
    }
    // "Did not say whether" reports nothing; "does not deny" reports an
    // admission.
    let silent = clause::is_negated(ctx, found.at) && found.cue.class != CueClass::Deny;
    let nobody = speaker.is_some_and(|it| {
        matches!(ctx.word(it.head), "nobody" | "none" | "nothing" | "that" | "what" | "this" | "there")
            || ctx.word(it.first) == "no"
    });
    // "Asked about …, he …": the question is the reporter's.
    let helped = ctx
        .tree
        .children(found.at)
        .any(|it| matches!(ctx.parsed.tokens[it].deprel, Deprel::Aux | Deprel::AuxPass));
    let asks = found.cue.class == CueClass::Ask || ctx.lemma(found.at) == "ask";
    let asked = asks && !helped && found.at < 2;
    // "declined to say who", "must report its moves": nothing is said.
    let head = ctx.parsed.tokens[found.at].head.map(|it| it as usize);
    let unsaid = ctx.parsed.tokens[found.at].deprel == Deprel::Xcomp
        && head.is_some_and(|it| {
            matches!(ctx.lemma(it), "decline" | "refuse" | "fail" | "avoid" | "stop" | "hesitate")
        });
    let bound = found.cue.class == CueClass::Say
        && dependents(ctx, found.at, &[Deprel::Aux])
            .any(|it| matches!(ctx.word(it), "must" | "shall" | "should" | "may"));
    if unsaid || bound {
        return true;
    }
    // "asked not to be named", "requested anonymity": about himself.
    let rest: Vec<&str> =
        (found.to + 1..(found.to + 5).min(ctx.lower.len())).map(|it| ctx.word(it)).collect();
    let unnamed = matches!(found.cue.class, CueClass::Ask | CueClass::Demand)
        && matches!(
            rest[..],
            ["not", "to", "be", "named" | "identified" | "quoted", ..]
                | ["to", "remain", "anonymous" | "unnamed", ..]
                | ["to", "stay", "anonymous" | "unnamed", ..]
                | ["anonymity", ..]
        );
    if unnamed {
        return true;
    }
    // "Called on the League to guarantee …": what one is asked to say nobody
    // has said yet.
    let token = &ctx.parsed.tokens[found.at];
    let to = found.at > 0 && ctx.word(found.at - 1) == "to" && token.deprel != Deprel::Root;
    let requested = to
        && token.head.is_some_and(|it| {
            let rows = |it: &str| cues::cues().verbs.get(it).into_iter().flatten();
            let phrase = || cues::cues().phrases.get(ctx.lemma(it as usize)).into_iter().flatten();
            let asks = |it: &Cue| it.class == CueClass::Demand;
            rows(ctx.lemma(it as usize)).next().is_some_and(asks)
                || ctx.lemma(it as usize) == "call" && phrase().any(asks)
        });
    if requested {
        return true;
    }
    let without = found.at > 0 && ctx.word(found.at - 1) == "without";
    silent || nobody || asked || without
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
    let one = |it: Option<Content>| it.into_iter().collect::<Vec<_>>();
    let mut out = Vec::new();
    // "Had been denied access by guards" reports nothing.
    let refused = passive
        && matches!(ctx.lemma(found.at), "deny" | "refuse")
        && dependents(ctx, found.at, &[Deprel::Obj]).any(|it| it > found.at);
    if refused {
        return out;
    }
    if frames.naming {
        out = one(naming::naming(prepared, number, found));
    }
    // "Three men were held by guards": only what can be the object of saying.
    if out.is_empty() && (frames.object || frames.charge) && by_agent(ctx, found) {
        out = one(object(prepared, number, found, true));
    }
    if out.is_empty() && frames.quote && inserted::is_inverted(prepared, number, found) {
        out = inserted::contents(prepared, number, found, speaker);
    }
    if out.is_empty() && frames.charge && has_near_object(ctx, found) {
        out = one(object(prepared, number, found, passive));
    }
    if out.is_empty() && frames.quote && speaker.is_none() {
        out = inserted::between_quotations(prepared, number, found);
    }
    if out.is_empty() && frames.infinitive {
        out = one(infinitive(prepared, number, found));
    }
    if out.is_empty() && frames.clause {
        out = one(clause_right(prepared, number, found, speaker));
    }
    if out.is_empty() && frames.quote {
        out = quote_right(prepared, number, found, speaker);
    }
    if out.is_empty() && frames.quote && !by_agent(ctx, found) {
        out = inserted::contents(prepared, number, found, speaker);
    }
    if out.is_empty() && frames.clause {
        out = one(clause_surface(prepared, number, found, speaker));
    }
    if out.is_empty() && frames.preposition {
        out = one(after_preposition(prepared, number, found));
    }
    // Of attitudes nobody is named for, and of those left of their verb, most
    // are none.
    let told = found.cue.realm != Realm::Thought;
    if out.is_empty() && (frames.object || frames.charge) && (told || !passive) {
        if let Some(it) = reduced_relative(prepared, number, found, speaker).filter(|_| told) {
            return vec![it];
        }
        if is_carrier(ctx.lemma(found.at)) && !frames.clause && turned(ctx, found).is_none() {
            return Vec::new();
        }
        let it = object(prepared, number, found, passive);
        out = one(it.filter(|it| told || it.rule != "statement/verb-relative"));
    }
    out
}

/// Whether the verb is passive, or a participle after its noun, with the
/// speaker in a "by".
fn by_agent(ctx: &SentenceCtx, found: &Found<'_>) -> bool {
    let participle = matches!(ctx.parsed.tokens[found.at].deprel, Deprel::Acl)
        && ctx.parsed.tokens[found.at].feats.participle_past;
    (participle || clause::is_passive(ctx, found.at))
        && dependents(ctx, found.at, &[Deprel::OblAgent, Deprel::Obl])
            .any(|it| it > found.at && ctx.tree.children(it).any(|it| ctx.word(it) == "by"))
}

/// Whether the object follows the verb at once: "accused X of …", not
/// "charged that …".
fn has_near_object(ctx: &SentenceCtx, found: &Found<'_>) -> bool {
    let near = dependents(ctx, found.at, &[Deprel::Obj]).find(|it| *it > found.at);
    let plain = near.is_some_and(|it| !(found.at..it).any(|it| matches!(ctx.word(it), "that" | "," | ":")));
    plain && ctx.word(found.at + 1) != "that"
}

/// Whether another verb stands between the cue and what it is to bring.
pub(super) fn other_verb_between(
    ctx: &SentenceCtx,
    found: &Found<'_>,
    first: usize,
    speaker: Option<Tokens>,
) -> bool {
    (found.to + 1..first).any(|it| {
        let own = speaker.is_some_and(|speaker| speaker.first <= it && it <= speaker.last);
        !own && (ctx.parsed.tokens[it].upos == Upos::Verb || ctx.quote[it].is_some() || ctx.word(it) == ";")
    })
}

pub(super) fn content(
    prepared: &Prepared<'_>,
    number: usize,
    first: usize,
    last: usize,
    rule: &'static str,
) -> Option<Content> {
    let count = prepared.sentences[number].lower.len();
    (first <= last && last < count).then(|| Content::new(clause::grown(prepared, number, first, last), rule))
}

/// "said that …", "told reporters that …".
fn clause_right(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let marked = |it: usize| {
        ctx.tree.children(it).any(|it| ctx.word(it) == "that" && tokens[it].deprel == Deprel::Mark)
    };
    // A copular or verbless clause may come out as something else than a
    // complement, but not without its "that".
    let head = dependents(ctx, found.at, &[Deprel::Ccomp])
        .find(|it| *it > found.at)
        .or_else(|| dependents(ctx, found.at, LIKE_CLAUSES).find(|it| *it > found.at && marked(*it)))
        .or_else(|| {
            // "denied having fired", "admitted shelling": a gerund right after
            // the verb is what it denies.
            dependents(ctx, found.at, &[Deprel::Advcl, Deprel::Xcomp]).find(|it| {
                let from = ctx.tree.bounds(*it).0;
                from == found.to + 1 && ctx.word(from).ends_with("ing") && takes_gerund(found.cue.class)
            })
        })?;
    let (from, to) = ctx.tree.bounds(head);
    let mut first = from.max(found.to + 1);
    // A clause does not begin with the punctuation or adverb of the cue.
    while first < head && tokens[first].upos == Upos::Punct && ctx.quote[first].is_none() {
        first += 1;
    }
    if let Some(speaker) = own_words(speaker, number, found.at, first, to) {
        // "said Ivo Brand, the road …"
        first = speaker.last + 1;
    }
    let after = found.to + 1;
    let that = (after..first).find(|it| ctx.word(*it) == "that" && tokens[*it].upos == Upos::Sconj);
    // "told the Sable Wire that …": the hearer is no part of it, wherever the
    // tree has him.
    let hearer = (after + 1..(after + BRING_MAX).min(to))
        .find(|it| ctx.word(*it) == "that")
        .filter(|it| is_telling(ctx.lemma(found.at)) && (after..*it).all(|it| is_noun_part(tokens[it].upos)));
    if let Some(that) = that.or(hearer) {
        first = that;
    } else if first > after && !is_telling(ctx.lemma(found.at)) {
        // The parser may take the clause's subject for the cue's object.
        let subject = (after..first).all(|it| is_noun_part(tokens[it].upos) && !is_time(ctx, it));
        if subject && own_words(speaker, number, found.at, after, first + 1).is_none() {
            first = after;
        }
    }
    if is_joint_after(ctx, found) && ctx.word(first) != "that" && ctx.quote[first].is_none() {
        return None;
    }
    if other_verb_between(ctx, found, first, speaker) {
        return None;
    }
    let last = clause::clause_end(ctx, found.at, first, to);
    let verb = (first..=last).any(|it| matches!(tokens[it].upos, Upos::Verb | Upos::Aux));
    if !verb {
        return None;
    }
    let mut out = content(prepared, number, first, last, "statement/verb-clause")?;
    out.addressee =
        dependents(ctx, found.at, &[Deprel::Iobj, Deprel::Obj]).find(|it| *it > found.at && *it < first);
    Some(out)
}

/// What a clause with "that" may come out as.
const LIKE_CLAUSES: &[Deprel] = &[
    Deprel::Xcomp,
    Deprel::Advcl,
    Deprel::Acl,
    Deprel::AclRelcl,
    Deprel::Parataxis,
    Deprel::Dep,
    Deprel::Obj,
    Deprel::Obl,
];

/// The speaker's words if they stand after the verb, inside `first..to`.
fn own_words(speaker: Option<Tokens>, number: usize, verb: usize, first: usize, to: usize) -> Option<Tokens> {
    speaker.filter(|it| it.sentence == number && it.first > verb && it.last >= first && it.last < to)
}

/// Verbs that name whom they speak to before what they say.
pub(super) fn is_telling(lemma: &str) -> bool {
    const TELLING: &[&str] = &[
        "tell", "remind", "inform", "assure", "warn", "advise", "notify", "reassure", "brief", "convince",
        "persuade", "promise", "caution", "ask",
    ];
    TELLING.contains(&lemma)
}

pub(super) fn is_noun_part(upos: Upos) -> bool {
    matches!(upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Part)
}

fn is_time(ctx: &SentenceCtx, at: usize) -> bool {
    let deprel = ctx.parsed.tokens[at].deprel;
    matches!(deprel, Deprel::OblTmod | Deprel::NmodTmod | Deprel::OblUnmarked)
        || ctx.word(at).ends_with("day")
        || matches!(ctx.word(at), "tomorrow" | "tonight")
}

/// Whether a comma or dash follows the cue: "…, X said, in the worst …".
fn is_joint_after(ctx: &SentenceCtx, found: &Found<'_>) -> bool {
    matches!(ctx.word(found.to + 1), "," | "–" | "—")
        && ctx.quote.get(found.to + 1).is_none_or(Option::is_none)
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
    // `to answer "with every barrel"`: no words are answered.
    let inner = quote.inner.of(&prepared.article.text).unwrap_or("");
    let bodily = matches!(ctx.lemma(found.at), "answer" | "reply" | "respond" | "counter")
        && !matches!(ctx.word(at - 1), ":" | ",")
        && inner.starts_with(char::is_lowercase);
    if !brings || bodily || quote.span.start < ctx.parsed.tokens[found.at].span.end {
        return Vec::new();
    }
    let addressee =
        dependents(ctx, found.at, &[Deprel::Iobj, Deprel::Obj]).find(|it| *it > found.at && *it < at);
    // `adding that Rivermark "did nothing" …`: the clause began before.
    let that = (found.to + 1..at).find(|it| ctx.word(*it) == "that");
    let subject =
        (at > found.to + 1 && !matches!(ctx.word(at - 1), ":" | ",") && !is_telling(ctx.lemma(found.at)))
            .then_some(found.to + 1)
            .filter(|it| is_noun_part(ctx.parsed.tokens[*it].upos) && !is_time(ctx, *it));
    if let Some(first) = that.or(subject).filter(|_| speaker.is_none_or(|it| it.last < found.at)) {
        let last = clause::clause_end(ctx, found.at, first, at);
        return content(prepared, number, first, last, "statement/verb-clause").into_iter().collect();
    }
    // `noted "with disquiet" that …`: the clause goes on after the marks.
    let next = (at..ctx.lower.len()).find(|it| ctx.quote[*it] != ctx.quote[at]);
    if let Some(next) = next.filter(|it| ctx.word(*it) == "that" && ctx.word(it - 1) != ",") {
        let last = clause::clause_end(ctx, found.at, at, next);
        return content(prepared, number, at, last, "statement/verb-clause").into_iter().collect();
    }
    vec![Content { addressee, ..Content::new(quote.span, "statement/verb-quotation") }]
}

/// "that …" or a clause right after the verb which the parser did not see.
fn clause_surface(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
) -> Option<Content> {
    let ctx = &prepared.sentences[number];
    if found.cue.realm != Realm::Speech || !found.cue.frames.quote {
        return None;
    }
    let (_, end) = clause::whole(ctx);
    let after = found.to + 1;
    if after > end || is_joint_after(ctx, found) {
        return None;
    }
    let that = (after..(after + BRING_MAX).min(end)).find(|it| {
        ctx.word(*it) == "that"
            && matches!(ctx.parsed.tokens[*it].upos, Upos::Sconj | Upos::Pron | Upos::Det)
            && *it + 2 < ctx.lower.len()
    });
    // "disputed the idea that …": the clause is the object's.
    let objects = || dependents(ctx, found.at, &[Deprel::Obj]).filter(|it| *it > found.at);
    let that = that.filter(|it| {
        let object = objects().any(|object| object < *it);
        let taken = object && found.cue.frames.object && !is_telling(ctx.lemma(found.at));
        !taken && !other_verb_between(ctx, found, *it, speaker)
    });
    let bare = matches!(ctx.lemma(found.at), "say" | "claim" | "insist" | "add" | "maintain" | "allege")
        && is_noun_part(ctx.parsed.tokens[after].upos)
        && !is_time(ctx, after)
        && speaker.is_some_and(|it| it.last < found.at);
    let first = that.or(bare.then_some(after))?;
    let has_verb = (first + 1..=end).any(|it| matches!(ctx.parsed.tokens[it].upos, Upos::Verb | Upos::Aux));
    if !has_verb {
        return None;
    }
    // Where the tagger missed the verb, the tree says nothing about its reach.
    let seen = matches!(ctx.parsed.tokens[found.at].upos, Upos::Verb | Upos::Aux);
    let last = clause::clause_end(ctx, found.at, first, if seen { first } else { end });
    content(prepared, number, first, last.max(first), "statement/verb-clause-by-words")
}

/// Whether verbs of the class take what was done as a gerund.
fn takes_gerund(class: CueClass) -> bool {
    matches!(class, CueClass::Deny | CueClass::Admit | CueClass::Justify)
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
    });
    let head = head.or_else(|| infinitive_by_words(ctx, found, &is_to))?;
    let to = ctx.tree.children(head).find(|it| is_to(*it))?;
    let that = (found.to + 1..to).any(|it| ctx.word(it) == "that");
    if that || other_verb_between(ctx, found, to, None) {
        return None;
    }
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
    let last = clause::clause_end(ctx, found.at, first, end);
    let last = clause::before_aside(ctx, first, last);
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

/// The infinitive after the object of a demand, where the tree has it
/// elsewhere: only for verbs and phrases that ask, and before any verb.
fn infinitive_by_words(ctx: &SentenceCtx, found: &Found<'_>, is_to: &dyn Fn(usize) -> bool) -> Option<usize> {
    if found.cue.class != CueClass::Demand {
        return None;
    }
    let tokens = &ctx.parsed.tokens;
    let to = (found.to + 1..tokens.len())
        .take_while(|it| !matches!(tokens[*it].upos, Upos::Verb | Upos::Aux))
        .find(|it| is_to(*it))?;
    tokens[to].head.map(|it| it as usize).filter(|it| *it > to)
}

/// Whether the speaker of a mutual charge is several actors: the heads of
/// each.
pub(super) fn members(prepared: &Prepared<'_>, speaker: Tokens) -> Vec<usize> {
    let ctx = &prepared.sentences[speaker.sentence];
    let mut out = vec![speaker.head];
    out.extend(dependents(ctx, speaker.head, &[Deprel::Conj]).filter(|it| *it <= speaker.last));
    if out.len() == 1 {
        // "Northland, Rivermark trade blame": two names in a row.
        let inside = prepared.mentions_in(speaker.sentence).iter().filter(|it| {
            it.tokens.0 >= speaker.first && it.tokens.1 <= speaker.last && it.kind == MentionKind::Name
        });
        out.extend(inside.map(|it| it.head).filter(|it| *it != speaker.head));
    }
    out.retain(|it| {
        prepared
            .mention_at(speaker.sentence, *it)
            .is_some_and(|it| it.kind != MentionKind::Group && it.actor.is_some())
    });
    out
}
