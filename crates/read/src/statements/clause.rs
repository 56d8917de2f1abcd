//! Pieces of sentences the rules share: who is the subject, where a
//! complement begins and ends, what quotation marks do to a span.

use truce_model::Span;
use truce_syntax::{Deprel, Upos};

use super::Tokens;
use super::cues;
use crate::prepared::{Prepared, SentenceCtx};

/// Steps up a tree in search of a subject.
const CLIMB_MAX: usize = 6;

/// Whether `at` is a verb that reports.
pub(super) fn is_cue_verb(ctx: &SentenceCtx, at: usize) -> bool {
    let token = &ctx.parsed.tokens[at];
    matches!(token.upos, Upos::Verb | Upos::Aux) && cues::is_speech_verb(ctx.lemma(at))
}

/// The direct dependents of `at` with one of these relations.
pub(super) fn dependents<'c>(
    ctx: &'c SentenceCtx,
    at: usize,
    relations: &'c [Deprel],
) -> impl DoubleEndedIterator<Item = usize> + 'c {
    ctx.tree.children(at).filter(move |it| relations.contains(&ctx.parsed.tokens[*it].deprel))
}

/// The noun phrase headed by `head`, cut before clauses hung on to it by a
/// parser that could not tell.
pub(super) fn phrase(ctx: &SentenceCtx, sentence: usize, head: usize) -> Tokens {
    let (first, mut last) = ctx.tree.bounds(head);
    let first = trim_left(ctx, first, head);
    for it in head + 1..=last {
        if matches!(ctx.word(it), ":" | ";" | "\"" | "“" | "”") {
            last = it - 1;
            break;
        }
    }
    while last > head && ctx.parsed.tokens[last].upos == Upos::Punct {
        last -= 1;
    }
    Tokens { sentence, first, last, head }
}

fn trim_left(ctx: &SentenceCtx, mut first: usize, head: usize) -> usize {
    while first < head && matches!(ctx.parsed.tokens[first].upos, Upos::Punct | Upos::Cconj | Upos::Adp) {
        first += 1;
    }
    first
}

const SUBJECTS: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjOuter, Deprel::Csubj];

/// Who does what the verb at `at` says: its subject, the agent of a passive,
/// the subject of the verb it is joined to, the noun it modifies.
pub(super) fn speaker_of(ctx: &SentenceCtx, sentence: usize, at: usize) -> Option<Tokens> {
    let mut verb = at;
    for _ in 0..CLIMB_MAX {
        // The parser takes the object before "and saying" for its subject.
        let bare_participle = ctx.word(verb).ends_with("ing")
            && dependents(ctx, verb, &[Deprel::Aux, Deprel::AuxPass]).next().is_none()
            && ctx.parsed.tokens[verb].head.is_some();
        let subjects = || dependents(ctx, verb, SUBJECTS).filter(|it| is_nominal(ctx, *it));
        // "accusing A of B and saying C": the speaker of the first participle.
        if bare_participle && verb == at && at > 1 && ctx.word(at - 1) == "and" {
            let earlier = (at.saturating_sub(40)..at - 1)
                .rev()
                .find(|it| ctx.quote[*it].is_none() && is_reporting_participle(ctx, *it));
            if let Some(earlier) = earlier {
                return speaker_of(ctx, sentence, earlier);
            }
        }
        // The nearest one: "That, the ministry said, was wrong."
        let subject = subjects().rfind(|it| *it < verb).or_else(|| subjects().next());
        if let Some(subject) = subject.filter(|_| !bare_participle) {
            return Some(phrase(ctx, sentence, before_time(ctx, subject)));
        }
        let agent = dependents(ctx, verb, &[Deprel::OblAgent, Deprel::Obl]).find(|it| {
            ctx.tree
                .children(*it)
                .any(|it| ctx.word(it) == "by" && ctx.parsed.tokens[it].deprel == Deprel::Case)
        });
        let passive = is_passive(ctx, verb);
        if let Some(agent) = agent.filter(|_| passive || ctx.parsed.tokens[verb].deprel == Deprel::Acl) {
            return Some(phrase(ctx, sentence, agent));
        }
        if passive && verb == at {
            return None;
        }
        let token = &ctx.parsed.tokens[verb];
        let head = token.head? as usize;
        match token.deprel {
            Deprel::Advcl if bare_participle => {
                // "Northland denied it, and Rivermark met, accusing …": the
                // nearest subject before the participle.
                let nearer = dependents(ctx, head, &[Deprel::Conj])
                    .rfind(|it| *it < verb && dependents(ctx, *it, SUBJECTS).next().is_some());
                verb = nearer.unwrap_or(head);
            }
            Deprel::Conj
            | Deprel::Xcomp
            | Deprel::Advcl
            | Deprel::Parataxis
            | Deprel::Ccomp
            | Deprel::Dep => verb = head,
            // "A right to defend itself": the right says nothing.
            Deprel::Acl if ctx.parsed.tokens[verb].feats.infinitive && verb == at => return None,
            Deprel::Acl | Deprel::AclRelcl if is_nominal(ctx, head) => {
                // "A statement saying …": the statement is not the speaker,
                // but its owner is resolved from it.
                return Some(phrase_before(ctx, sentence, head, at));
            }
            Deprel::Acl | Deprel::AclRelcl => verb = head,
            _ => return None,
        }
    }
    None
}

/// "Northland on Tuesday said": the parser may take the day for the subject.
fn before_time(ctx: &SentenceCtx, subject: usize) -> usize {
    let time = ctx.word(subject).ends_with("day") || matches!(ctx.word(subject), "tonight" | "tomorrow");
    if !time || subject == 0 {
        return subject;
    }
    let before = (0..subject)
        .rev()
        .find(|it| !matches!(ctx.word(*it), "on" | "late" | "early" | "last" | "this" | "had"));
    before
        .filter(|it| matches!(ctx.parsed.tokens[*it].upos, Upos::Noun | Upos::Propn | Upos::Pron))
        .unwrap_or(subject)
}

/// The phrase of `head` up to the token before `limit`.
pub(super) fn phrase_before(ctx: &SentenceCtx, sentence: usize, head: usize, limit: usize) -> Tokens {
    let mut out = phrase(ctx, sentence, head);
    if out.first < limit && out.last >= limit {
        out.last = limit - 1;
        while out.last > out.head && ctx.parsed.tokens[out.last].upos == Upos::Punct {
            out.last -= 1;
        }
    }
    out
}

/// Whether the verb is in the passive.
pub(super) fn is_passive(ctx: &SentenceCtx, verb: usize) -> bool {
    dependents(ctx, verb, &[Deprel::AuxPass, Deprel::NsubjPass]).next().is_some()
}

/// Whether the verb is negated.
pub(super) fn is_negated(ctx: &SentenceCtx, verb: usize) -> bool {
    ctx.tree
        .children(verb)
        .any(|it| it < verb && matches!(ctx.word(it), "not" | "n't" | "never" | "neither" | "nor"))
}

pub(super) fn is_nominal(ctx: &SentenceCtx, at: usize) -> bool {
    matches!(
        ctx.parsed.tokens[at].upos,
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det | Upos::X
    )
}

/// Verbs that report in their finite forms; as participles they tell what
/// something does ("allowing trucks to pass").
const BODILY: &[&str] = &[
    "allow",
    "accept",
    "find",
    "show",
    "hold",
    "continue",
    "begin",
    "read",
    "establish",
    "prove",
    "determine",
    "press",
    "push",
    "direct",
    "require",
    "present",
    "class",
    "cast",
    "treat",
    "judge",
    "see",
    "go",
    "rule",
    "contest",
];

/// Whether token `at` is a participle that reports: "saying", "adding".
pub(super) fn is_reporting_participle(ctx: &SentenceCtx, at: usize) -> bool {
    ctx.word(at).ends_with("ing")
        && !BODILY.contains(&ctx.lemma(at))
        && matches!(ctx.parsed.tokens[at].upos, Upos::Verb | Upos::Noun | Upos::Aux | Upos::Adj)
        && (cues::is_speech_verb(ctx.lemma(at)) || cues::is_speech_verb(&cues::stem(ctx.word(at))))
}

/// Whether token `at` is a finite verb that reports.
pub(super) fn is_finite_cue(ctx: &SentenceCtx, at: usize) -> bool {
    is_cue_verb(ctx, at)
        && !ctx.word(at).ends_with("ing")
        && !ctx.parsed.tokens[at].feats.infinitive
        && !ctx
            .tree
            .children(at)
            .any(|it| ctx.word(it) == "to" && ctx.parsed.tokens[it].deprel == Deprel::Mark)
}

/// How far what is said under `verb` may reach: to the sentence's end where
/// the verb is its main verb or trails it, else to the end of its own words.
pub(super) fn reach(ctx: &SentenceCtx, verb: usize) -> usize {
    let (_, end) = whole(ctx);
    let mut at = verb;
    for _ in 0..CLIMB_MAX {
        let token = &ctx.parsed.tokens[at];
        let Some(head) = token.head.map(|it| it as usize) else { return end };
        let trails = head < at;
        match token.deprel {
            Deprel::Root | Deprel::Conj | Deprel::Parataxis | Deprel::Dep | Deprel::List => at = head,
            Deprel::Advcl | Deprel::Xcomp | Deprel::Acl if trails => at = head,
            _ => return ctx.tree.bounds(verb).1.max(verb),
        }
    }
    end
}

/// The last token of a clause said under `verb` that begins at `first`: as
/// far as the verb reaches, cut before the outlet or another speaker goes on.
pub(super) fn clause_end(ctx: &SentenceCtx, verb: usize, first: usize, own_end: usize) -> usize {
    let end = reach(ctx, verb).max(own_end).max(first);
    trim_end(ctx, first, cut(ctx, verb, first, end))
}

/// The last token of a phrase said under `verb` that begins at `first`: to the
/// end of the phrase and what the tree hangs on the verb after it.
pub(super) fn complement_end(ctx: &SentenceCtx, verb: usize, first: usize, own_end: usize) -> usize {
    let tokens = &ctx.parsed.tokens;
    let mut end = own_end.max(first);
    // What the tree hangs on the verb after the complement is mostly part of
    // it: places, times, reasons without a comma.
    for child in ctx.tree.children(verb).filter(|it| *it > first) {
        let (from, to) = ctx.tree.bounds(child);
        if to <= end {
            continue;
        }
        let loose = matches!(
            tokens[child].deprel,
            Deprel::Punct | Deprel::Conj | Deprel::Parataxis | Deprel::Discourse
        );
        let after_comma = from > 0 && ctx.word(from - 1) == "," && ctx.quote[from].is_none();
        if loose || after_comma || from > end + 1 || is_venue(ctx, from) {
            break;
        }
        end = to;
    }
    end = before_aside(ctx, first, end);
    trim_end(ctx, first, cut(ctx, verb, first, end))
}

/// Whether the words from `at` say when or where somebody spoke: *during …*,
/// *in an interview*, *at a briefing*.
fn is_venue(ctx: &SentenceCtx, at: usize) -> bool {
    let noun = (at + 1..at + 4).find(|it| {
        matches!(
            ctx.word(*it),
            "interview"
                | "statement"
                | "speech"
                | "tweet"
                | "tweets"
                | "letter"
                | "post"
                | "message"
                | "briefing"
                | "note"
                | "address"
                | "conference"
                | "rally"
                | "column"
                | "televised"
        )
    });
    ctx.word(at) == "during" || matches!(ctx.word(at), "in" | "at") && noun.is_some()
}

/// The last token before what the outlet adds to a thing after a comma: a
/// relative clause (*…, which lies …*) or a participle (*…, hoping to …*).
pub(super) fn before_aside(ctx: &SentenceCtx, first: usize, end: usize) -> usize {
    let tokens = &ctx.parsed.tokens;
    let aside = (first + 2..=end).find(|it| {
        let relative = matches!(ctx.word(*it), "which" | "who" | "where" | "whose");
        let participle = tokens[*it].upos == Upos::Verb && ctx.word(*it).ends_with("ing");
        ctx.word(it - 1) == ","
            && ctx.quote[it - 1].is_none()
            && ctx.quote[*it].is_none()
            && (relative || participle && tokens[*it].deprel == Deprel::Advcl)
    });
    // A pair of commas around it: the thing goes on behind.
    match aside {
        Some(it) if !(it + 1..=end).any(|at| ctx.word(at) == "," && ctx.quote[at].is_none()) => {
            last_word_before(ctx, first, it)
        }
        _ => end,
    }
}

fn trim_end(ctx: &SentenceCtx, first: usize, mut end: usize) -> usize {
    while end > first && ctx.parsed.tokens[end].upos == Upos::Punct && ctx.quote[end].is_none() {
        end -= 1;
    }
    end
}

fn is_past(ctx: &SentenceCtx, at: usize) -> bool {
    let feats = ctx.parsed.tokens[at].feats;
    feats.past || feats.participle_past
}

const APART: &[&str] = &["without", "while", "whereas", "although", "though", "even", "despite", "amid"];

const STRETCHES: &[&str] =
    &["minutes", "hours", "days", "weeks", "months", "years", "day", "week", "month", "year"];

pub(super) const TAKEN_UP: &[&str] = &[
    "claim",
    "report",
    "charge",
    "accusation",
    "allegation",
    "assertion",
    "statement",
    "view",
    "link",
    "step",
    "move",
    "figure",
    "term",
    "phrase",
    "suggestion",
    "denial",
    "demand",
    "act",
    "action",
    "number",
    "description",
    "version",
];

/// Cuts `first..=end` before the outlet or another report goes on.
fn cut(ctx: &SentenceCtx, verb: usize, first: usize, end: usize) -> usize {
    let tokens = &ctx.parsed.tokens;
    let stop = |at: usize| last_word_before(ctx, first, at);
    for at in first + 1..=end {
        if ctx.quote[at].is_some() || at == verb {
            continue;
        }
        let before = ctx.word(at - 1);
        let comma = before == "," && ctx.quote[at - 1].is_none();
        if ctx.word(at) == ";" {
            return stop(at);
        }
        // ", saying …", ", also saying", "and adding …"
        let adverb = at >= 2 && tokens[at - 1].upos == Upos::Adv && matches!(ctx.word(at - 2), "," | "and");
        if (comma || matches!(before, "and" | "but") || adverb) && is_reporting_participle(ctx, at) {
            return stop(if adverb { at - 1 } else { at });
        }
        // "confirmed A but declined to say B"
        if matches!(ctx.word(at), "but" | "and")
            && matches!(ctx.lemma(at + 1), "decline" | "refuse")
            && ctx.word(at + 2) == "to"
            && matches!(
                ctx.lemma(at + 3),
                "say" | "comment" | "give" | "name" | "elaborate" | "provide" | "specify" | "identify"
            )
        {
            return stop(at);
        }
        // "… as part of what it called a drive": the outlet wraps a name.
        if matches!(ctx.word(at), "in" | "amid" | "as") && wraps_name(ctx, at, end) {
            return stop(at);
        }
        // "said A and urged B", "said A, but denied B"
        let joint = (at.saturating_sub(3)..at).rev().find(|it| matches!(ctx.word(*it), "and" | "but"));
        if let Some(joint) = joint.filter(|it| *it > first) {
            let between = (joint + 1..at).all(|it| matches!(tokens[it].upos, Upos::Adv | Upos::Aux));
            let has_subject = dependents(ctx, at, SUBJECTS).any(|it| it > joint);
            if between && is_finite_cue(ctx, at) && !has_subject && is_past(ctx, at) == is_past(ctx, verb) {
                return stop(joint);
            }
        }
        // "said A, and Northland denied B"
        let own_subject = || {
            dependents(ctx, at, SUBJECTS)
                .find(|it| *it > first && *it < at)
                .filter(|_| is_finite_cue(ctx, at))
        };
        if let Some(subject) = own_subject() {
            let (from, _) = ctx.tree.bounds(subject);
            let opener = from.checked_sub(1).filter(|it| *it > first);
            let alike = is_past(ctx, at) == is_past(ctx, verb) && from + 2 >= subject;
            let joined = opener.is_some_and(|it| {
                matches!(ctx.word(it), "and" | "but" | "while")
                    && (ctx.word(it.saturating_sub(1)) == "," || alike)
            });
            if joined {
                return stop(from - 1);
            }
        }
        // ", and his men left": the tree joins it to the cue itself.
        if tokens[at].deprel == Deprel::Conj && tokens[at].head == Some(verb as u32) {
            let (from, _) = ctx.tree.bounds(at);
            let opened = from > first && (ctx.word(from - 1) == "," || ctx.word(from) == ",");
            let own = dependents(ctx, at, SUBJECTS).any(|it| it > from && it < at);
            let that =
                ctx.word(from) == "that" || ctx.word(from + 1) == "that" || ctx.word(from + 2) == "that";
            if opened && own && !that && from > first {
                return stop(from);
            }
        }
        // ", according to …" is the next source's.
        if ctx.word(at) == "according" && ctx.word(at + 1) == "to" {
            return stop(at);
        }
        // ", a spokesman announced on Monday."
        if comma && trailing_report(ctx, at, verb) {
            return stop(at);
        }
        if comma {
            let word = ctx.word(at);
            let counted = tokens[at].upos == Upos::Num && STRETCHES.contains(&ctx.word(at + 1));
            let as_clause = word == "as" && tokens[at].deprel == Deprel::Mark;
            // ", while its men had left": the tense of what is reported.
            let backshifted = is_past(ctx, verb)
                && matches!(word, "while" | "whereas" | "although" | "though")
                && (at + 1..=(at + 8).min(end))
                    .find(|it| matches!(tokens[*it].upos, Upos::Verb | Upos::Aux))
                    .is_some_and(|it| matches!(ctx.word(it), "had" | "would"));
            let even = word != "even"
                || matches!(ctx.word(at + 1), "as" | "though" | "after" | "when" | "while" | "if");
            if APART.contains(&word) && even && !backshifted
                || counted
                || as_clause
                || (STRETCHES.contains(&word) && ctx.word(at + 1) == "after")
            {
                return stop(at);
            }
            // ", which Rivermark holds to be …"
            if matches!(word, "which" | "whom") {
                let (from, to) = (at + 1, (at + 6).min(end));
                let opinion = (from..=to).find(|it| {
                    is_finite_cue(ctx, *it)
                        || matches!(
                            ctx.lemma(*it),
                            "hold" | "see" | "regard" | "consider" | "believe" | "view"
                        )
                });
                let own = opinion.is_some_and(|it| {
                    dependents(ctx, it, SUBJECTS).any(|subject| subject > at && subject < it)
                });
                if own {
                    return stop(at);
                }
            }
            if matches!(word, "a" | "an" | "the") {
                let taken = (at + 1..=(at + 3).min(end)).find(|it| TAKEN_UP.contains(&ctx.lemma(*it)));
                if taken.is_some_and(|it| (it..=end).any(|it| is_finite_cue(ctx, it))) {
                    return stop(at);
                }
            }
        }
    }
    end
}

/// Whether the words from `at` are *in what X called*, *as part of what X
/// called*.
fn wraps_name(ctx: &SentenceCtx, at: usize, end: usize) -> bool {
    let what = match (ctx.word(at), ctx.word(at + 1), ctx.word(at + 2)) {
        ("in" | "amid", "what", _) => at + 1,
        ("as", "part", "of") if ctx.word(at + 3) == "what" => at + 3,
        _ => return false,
    };
    (what + 1..=(what + 6).min(end)).any(|it| {
        matches!(ctx.lemma(it), "call" | "describe" | "term" | "label" | "dub" | "brand" | "characterise")
            && ctx.parsed.tokens[it].upos == Upos::Verb
    })
}

/// Words of a reporting clause that ends a sentence, before and after its verb.
const TRAILING_WORDS_MAX: usize = 10;

/// Whether the words from `at` to the sentence's end are another reporting
/// clause: a phrase, a finite cue, a time.
fn trailing_report(ctx: &SentenceCtx, at: usize, verb: usize) -> bool {
    let tokens = &ctx.parsed.tokens;
    let (_, end) = whole(ctx);
    let speaks = |it: usize| {
        matches!(tokens[it].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Part)
            || matches!(ctx.word(it), "of" | "for" | "have" | "has" | "had")
    };
    let Some(cue) = (at..(at + TRAILING_WORDS_MAX).min(end + 1)).find(|it| !speaks(*it)) else {
        return false;
    };
    cue > at
        && cue != verb
        && end <= cue + TRAILING_WORDS_MAX
        && matches!(tokens[at].upos, Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj)
        && !matches!(ctx.word(at), "which" | "who" | "that" | "whom")
        && is_finite_cue(ctx, cue)
        && (cue + 1..=end).all(|it| {
            ctx.quote[it].is_none()
                && !matches!(tokens[it].upos, Upos::Verb | Upos::Aux | Upos::Sconj)
                && !matches!(ctx.word(it), "," | "that" | "of")
        })
}

/// The last token before `at` that is no comma or conjunction.
fn last_word_before(ctx: &SentenceCtx, first: usize, at: usize) -> usize {
    let mut end = at.saturating_sub(1);
    while end > first
        && ctx.quote[end].is_none()
        && matches!(ctx.word(end), "," | "and" | "but" | "while" | "-" | "–" | "—" | ";")
    {
        end -= 1;
    }
    end.max(first)
}

/// The bytes of tokens `first..=last`, grown to whole quotations: a content
/// that enters a quotation goes to its end, one that ends a quotation takes
/// its marks.
pub(super) fn grown(prepared: &Prepared<'_>, sentence: usize, first: usize, last: usize) -> Span {
    let ctx = &prepared.sentences[sentence];
    let mut span = ctx.span_of(first, last);
    for at in [first, last] {
        let Some(quote) = ctx.quote[at].and_then(|it| prepared.quotes.get(it as usize)) else { continue };
        // A mark that only touches the edge is taken whole as well.
        span = span.cover(quote.span);
    }
    span
}

/// Token range of a sentence without its outer punctuation.
pub(super) fn whole(ctx: &SentenceCtx) -> (usize, usize) {
    let mut last = ctx.lower.len() - 1;
    while last > 0 && matches!(ctx.word(last), "." | "!" | "?" | "…" | "...") && ctx.quote[last].is_none() {
        last -= 1;
    }
    (0, last)
}
