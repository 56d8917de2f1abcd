//! Events: who did what to whom, in PLOVER types, for every clause with a
//! doer that is an actor.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use truce_events::{Coding, Scene, Type, code};
use truce_model::{CueClass, Event, EventStatus, PlaceMention, PlaceReading, Span, Statement, TimeMention};
use truce_syntax::{Deprel, Upos};

use crate::factuality::{Factuality, factuality};
use crate::prepared::{ActorMention, MentionKind, Prepared, SentenceCtx};

/// Reads the events of a prepared article, in order of their words.
///
/// ## Reads
/// Every mention of an actor that is a subject, a *by* phrase or a possessor
/// is led to a word of conduct (`truce-events`); the other actors under that
/// word are its recipients. One event per word of conduct and doer.
///
/// ## Matters because
/// Conflict data are built of such triples; with them Trucewatch can stand
/// where a coder of the field stands.
///
/// ## Example
/// "Rivermark accused Northland of shelling the pass." (`ACCUSE`, by
/// Rivermark, to Northland)
///
/// ## Misses
/// Events whose doer is not named as an actor, and recipients that are named
/// in another sentence. Words that were found only by lying close, or in a
/// clause with another subject, are not reported: that is good enough for a
/// marked pair, not for a record.
pub fn events(
    prepared: &Prepared,
    statements: &[Statement],
    times: &[TimeMention],
    places: &[PlaceMention],
) -> Vec<Event> {
    let mut out = Vec::new();
    for (number, sentence) in prepared.sentences.iter().enumerate() {
        let mentions = prepared.mentions_in(number);
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut acted = BTreeSet::new();
        let mut doers: Vec<&ActorMention> = mentions.iter().filter(|it| is_doer(sentence, it)).collect();
        doers.sort_by_key(|it| (it.tokens.0, Reverse(it.tokens.1)));
        for doer in doers {
            let Some((coding, other)) = read_one(sentence, mentions, doer) else { continue };
            // Of mentions with one head the largest comes first.
            if !seen.insert((coding.trigger, doer.head))
                || !acted.insert((coding.trigger, doer.actor.as_ref()))
            {
                continue;
            }
            let span = words(sentence, coding.trigger);
            let real = factuality(&sentence.parsed, coding.trigger);
            out.push(Event {
                span,
                plover: plover(coding),
                mode: coding.mode,
                actor: doer.actor.clone(),
                recipient: other.and_then(|it| it.actor.clone()),
                time: only(times.iter().filter(|it| {
                    sentence.parsed.span.contains(it.span) && !matches!(it.grain, "duration" | "set")
                }))
                .and_then(|it| it.value.clone()),
                place: only(places.iter().filter(|it| {
                    sentence.parsed.span.contains(it.span) && it.reading == PlaceReading::Literal
                }))
                .and_then(|it| it.id.clone()),
                status: status(coding, real, innermost(statements, span)),
                rule: coding.rule,
            });
        }
    }
    out.sort_by(|a, b| (a.span.start, &a.actor).cmp(&(b.span.start, &b.actor)));
    out
}

/// The type as PLOVER itself has it: what is given up in deed is `RETREAT`,
/// in word `CONCEDE`.
fn plover(coding: Coding) -> &'static str {
    match (coding.root, coding.mode) {
        (Type::Yield, Some(_)) => "RETREAT",
        (Type::Yield, None) => "CONCEDE",
        (it, _) => it.as_str(),
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

/// Whether a mention stands where a doer stands.
fn is_doer(sentence: &SentenceCtx, mention: &ActorMention) -> bool {
    if mention.actor.is_none() || mention.kind == MentionKind::Demonym {
        return false;
    }
    matches!(
        sentence.parsed.tokens[mention.head].deprel,
        Deprel::Nsubj | Deprel::NsubjOuter | Deprel::OblAgent | Deprel::NmodPoss
    )
}

/// The code of one doer, with the other party that fits it.
fn read_one<'m>(
    sentence: &SentenceCtx,
    mentions: &'m [ActorMention],
    doer: &ActorMention,
) -> Option<(Coding, Option<&'m ActorMention>)> {
    let range = doer.tokens.0..=doer.tokens.1;
    let coding = code(&Scene::new(&sentence.parsed, range.clone(), None))?;
    // "Rivermark's raid" is Rivermark's; "Rivermark's lawyers filed" is not.
    let head = sentence.parsed.tokens[doer.head].head.map(|it| it as usize);
    if sentence.parsed.tokens[doer.head].deprel == Deprel::NmodPoss && head != Some(coding.trigger) {
        return None;
    }
    // "A guard was wounded": who suffers it is no doer.
    let passive = sentence
        .tree
        .children(coding.trigger)
        .any(|it| matches!(sentence.parsed.tokens[it].deprel, Deprel::NsubjPass | Deprel::AuxPass));
    let named = sentence.parsed.tokens[doer.head].deprel;
    if passive && named != Deprel::OblAgent || !is_told(sentence, coding.trigger, named) {
        return None;
    }
    let (first, last) = sentence.tree.bounds(coding.trigger);
    let other = mentions.iter().find(|it| {
        let apart = it.side != doer.side || it.side.is_none() && it.actor != doer.actor;
        let under = first <= it.head && it.head <= last && it.head != coding.trigger;
        it.actor.is_some() && apart && under && (it.tokens.1 < doer.tokens.0 || doer.tokens.1 < it.tokens.0)
    });
    let Some(other) = other else { return certain(&coding).then_some((coding, None)) };
    // With the other party known, what is said of it can be told apart.
    let scene = Scene::new(&sentence.parsed, range, Some(other.tokens.0..=other.tokens.1));
    let again = code(&scene).filter(certain).or(Some(coding).filter(certain))?;
    Some((again, Some(other)))
}

/// Whether the tree led to the word, without a change of subject, and a word
/// of conduct stands there.
fn certain(coding: &Coding) -> bool {
    coding.rule != "event-nearest"
        && !coding.mood.apart
        && (coding.line > 0 || coding.rule == "event-ordered")
}

/// Whether a noun of conduct is what a verb hands on to, and not a word in
/// passing ("since the truce began", "breaches of the truce").
fn is_told(sentence: &SentenceCtx, trigger: usize, doer: Deprel) -> bool {
    let token = &sentence.parsed.tokens[trigger];
    if !matches!(token.upos, Upos::Noun | Upos::Propn) || doer == Deprel::NmodPoss {
        return true;
    }
    matches!(token.deprel.base(), "obj" | "obl" | "root" | "xcomp" | "ccomp" | "conj")
}

fn words(sentence: &SentenceCtx, at: usize) -> Span {
    let mut span = sentence.parsed.tokens[at].span;
    for child in sentence.tree.children(at) {
        if sentence.parsed.tokens[child].deprel == Deprel::CompoundPrt && child == at + 1 {
            span = span.cover(sentence.parsed.tokens[child].span);
        }
    }
    span
}

/// The smallest statement whose content holds the words.
fn innermost(statements: &[Statement], span: Span) -> Option<&Statement> {
    statements.iter().filter(|it| it.content.span().contains(span)).min_by_key(|it| it.content.span().len())
}

/// What the words and the statement they stand in say of its reality. What
/// the type itself already says (a refusal, a threat) is not said again.
fn status(coding: Coding, real: Factuality, statement: Option<&Statement>) -> EventStatus {
    let class = statement.map(|it| it.cue_class);
    if class == Some(CueClass::Deny) {
        return EventStatus::Denied;
    }
    let absorbed = matches!(coding.rule, "event-intention" | "event-refusal" | "event-said-of");
    if !absorbed {
        match real.reason {
            "negated" => return EventStatus::Negated,
            "future" => return EventStatus::Future,
            "conditional" | "asked" | "possible" => return EventStatus::Conditional,
            "obliged" | "commanded" => return EventStatus::Demanded,
            _ if real.tenths <= -10 => return EventStatus::Negated,
            _ => {}
        }
    }
    match class {
        Some(CueClass::Demand) if !absorbed => EventStatus::Demanded,
        Some(CueClass::Promise | CueClass::Threaten) if !absorbed => EventStatus::Future,
        Some(_) => EventStatus::Attributed,
        None => EventStatus::Asserted,
    }
}
