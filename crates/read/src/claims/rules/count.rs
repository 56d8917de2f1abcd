//! Counts told in the outlet's sentence but made by somebody else.

use truce_model::{Kind, Stance};
use truce_syntax::Upos;

use crate::claims::clause;
use crate::claims::draft::{Draft, Scene};
use crate::claims::lexicon::Valence;
use crate::claims::trigger::Trigger;

/// ## Reads
/// Somebody who counts, logs or records conduct or its dead: *the mission
/// recorded 31 breaches*, *medics counted 26 dead*. The count is the counter's
/// claim and not the outlet's.
///
/// ## Matters because
/// Tolls and tallies are the claims most often reprinted, and whose they are
/// is the first thing a reader must know.
///
/// ## Example
/// "The observers logged four explosions north of Alder."
///
/// ## Misses
/// Counts given by a document ("the dashboard shows 150").
pub fn draft(scene: &Scene, own: &[&Trigger], out: &mut Vec<Draft>) {
    let tree = scene.tree;
    for verb in (0..tree.len()).filter(|it| tree.token(*it).upos == Upos::Verb) {
        let inside = scene.statements.iter().any(|it| {
            it.content.span().contains(tree.token(verb).span)
                || it.cue.as_ref().is_some_and(|it| it.span().overlaps(tree.token(verb).span))
        });
        if inside || !COUNTING.contains(&tree.lemma(verb)) || clause::is_negated(tree, verb) {
            continue;
        }
        let roles = clause::roles(tree, verb);
        let counters = scene.who.speakers_of(tree, scene.sentence, &roles.subj);
        let Some(counter) = counters.first() else { continue };
        let reach = verb + 1..(verb + COUNTED_WORDS).min(tree.len());
        let act = own
            .iter()
            .find(|it| reach.contains(&it.token) && it.token != verb && it.valence == Valence::Breach);
        let dead = reach.clone().any(|it| VICTIMS.contains(&tree.lemma(it)));
        let (kind, accused, token) = match act {
            Some(it) => (it.kind, it.agents.clone(), it.token),
            None if dead => (Kind::HarmToCivilians, Vec::new(), verb),
            None => continue,
        };
        let stance = if scene.who.is_party(counter) { Stance::Alleges } else { Stance::Reports };
        let accused: Vec<_> =
            if accused.is_empty() { vec![None] } else { accused.into_iter().map(Some).collect() };
        for who in accused {
            out.push(Draft {
                sentence: scene.sentence,
                token,
                stance,
                claimant: Some(counter.clone()),
                accused: who,
                kind: Some(kind),
                evidence: scene.clause_span(verb),
                statement: None,
                scope: None,
                rule: "claim/count",
                like: None,
            });
        }
    }
}

/// How far after the verb what is counted may stand.
const COUNTED_WORDS: usize = 8;

/// Verbs of counting.
const COUNTING: [&str; 9] =
    ["count", "record", "log", "tally", "register", "document", "list", "catalogue", "chronicle"];

/// What is counted of people.
const VICTIMS: [&str; 8] = ["dead", "wounded", "injured", "casualty", "fatality", "victim", "death", "body"];
