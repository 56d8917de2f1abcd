//! Denials hung on a charge as a clause.

use truce_model::{ActorId, Stance};

use crate::claims::draft::{Draft, Scene};

/// ## Reads
/// A denial that is only a relative clause: *a charge that X denies*, *which
/// X rejects*, *something X disputes*. What the sentence charged before is
/// denied by X.
///
/// ## Matters because
/// Wires answer a charge in half a clause; missing it makes a contested charge
/// look unanswered.
///
/// ## Example
/// "Rivermark accuses Northland of strangling the exclave, a charge Northland denies."
///
/// ## Misses
/// Denials hung on a charge that this sentence does not tell.
pub fn draft(scene: &Scene, out: &mut Vec<Draft>) {
    let tree = scene.tree;
    for cue in 1..tree.len() {
        if !DENIALS.contains(&tree.lemma(cue)) {
            continue;
        }
        let known = scene
            .statements
            .iter()
            .any(|it| it.cue.as_ref().is_some_and(|it| it.span().contains(tree.token(cue).span)));
        // "charge that X (has) denies": the relative word, then the speaker.
        let Some(start) = (cue.saturating_sub(CLAUSE_WORDS)..cue).rev().find(|it| tree.lemma(*it) == ",")
        else {
            continue;
        };
        let head: Vec<&str> = (start + 1..cue).map(|it| tree.lemma(it)).collect();
        let hung =
            head.iter().any(|it| CHARGES.contains(it)) || matches!(head.first(), Some(&("which" | "that")));
        if known || !hung {
            continue;
        }
        let before: Vec<usize> = (start + 1..cue).collect();
        let speakers = scene.who.of_tokens(tree, scene.sentence, &before);
        let Some(speaker) = speakers.last() else { continue };
        let side = scene.who.side(speaker);
        let charge = out
            .iter()
            .filter(|it| it.sentence == scene.sentence)
            .filter(|it| matches!(it.stance, Stance::Alleges | Stance::Condemns | Stance::Reports))
            .find(|it| it.accused.as_ref().is_some_and(|it: &ActorId| scene.who.side(it) == side))
            .cloned();
        let Some(charge) = charge else { continue };
        out.push(Draft {
            stance: Stance::Denies,
            claimant: Some(speaker.clone()),
            evidence: scene.span(start + 1, cue),
            statement: None,
            scope: Some(charge.evidence),
            rule: "claim/deny-clause",
            ..charge
        });
        return;
    }
}

/// How long the clause may be up to its verb.
const CLAUSE_WORDS: usize = 9;

/// Verbs that deny.
const DENIALS: [&str; 9] =
    ["deny", "reject", "dispute", "dismiss", "refute", "repudiate", "contest", "disclaim", "disavow"];

/// Nouns for a charge.
const CHARGES: [&str; 9] = [
    "charge",
    "claim",
    "accusation",
    "allegation",
    "assertion",
    "something",
    "account",
    "suggestion",
    "report",
];
