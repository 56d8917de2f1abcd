//! Mutual accusations.

use truce_model::{ActorId, Kind, Span, Stance};

use crate::claims::clause;
use crate::claims::draft::{Draft, Scene};
use crate::claims::lexicon::Valence;

/// ## Reads
/// Two sides that accuse each other: one charge each way (codebook, settled
/// case 3). *accused each other*, *traded blame*, *each accused the other*.
///
/// ## Matters because
/// Read as one charge, one of the two parties would be cleared.
///
/// ## Example
/// "Northland and Rivermark traded blame for the shelling."
///
/// ## Misses
/// Mutual charges spread over two sentences are read as two single ones.
pub fn draft(scene: &Scene, out: &mut Vec<Draft>) -> Option<Span> {
    let tree = scene.tree;
    let cue = (0..tree.len()).find(|it| is_mutual(scene, *it))?;
    let roles = clause::roles(tree, cue);
    let mut parties = scene.who.of_tokens(tree, scene.sentence, &roles.subj);
    if parties.len() < 2 {
        parties = scene.who.of_tokens(tree, scene.sentence, &roles.obl);
    }
    if parties.len() < 2 {
        // Two sides named before the cue, however the parser joined them.
        let before: Vec<usize> = (0..cue).collect();
        let named = scene.who.of_tokens(tree, scene.sentence, &before);
        let mut sides: Vec<ActorId> = Vec::new();
        parties = named
            .into_iter()
            .filter(|it| {
                let side = scene.who.side(it);
                let new = !sides.contains(&side);
                sides.push(side);
                new
            })
            .collect();
    }
    if parties.len() < 2 {
        // "both sides", "the two armies", or one named and the other only
        // described: with two parties to the agreement there is no third.
        // "To Sudan, where the two generals accuse each other": another war.
        if scene.who.is_elsewhere(scene.sentence) {
            return None;
        }
        let all = scene.who.parties();
        let known = parties.first().map(|it| scene.who.side(it));
        if all.len() == 2 && known.as_ref().is_none_or(|it| all.contains(it)) {
            parties.extend(all.into_iter().filter(|it| Some(it) != known.as_ref()));
        }
    }
    if parties.len() >= 2 && scene.who.is_elsewhere(scene.sentence) {
        return None;
    }
    if parties.len() > 2 || parties.iter().any(|it| !scene.who.is_party(it)) {
        // A dateline or a mediator named before: the two that fight are meant.
        let before: Vec<usize> = (0..cue).collect();
        let mut fighting: Vec<ActorId> = Vec::new();
        for it in scene.who.of_tokens(tree, scene.sentence, &before) {
            let new = fighting.iter().all(|known| scene.who.side(known) != scene.who.side(&it));
            if scene.who.is_party(&it) && new {
                fighting.push(it);
            }
        }
        if fighting.len() == 2 {
            parties = fighting;
        }
    }
    parties.truncate(2);
    let [a, b] = <[ActorId; 2]>::try_from(parties).ok()?;
    let act = scene
        .triggers
        .iter()
        .find(|it| it.valence != Valence::Keep && it.token > cue && it.kind != Kind::NonFulfilment);
    let kind = act.map_or(Kind::NonFulfilment, |it| it.kind);
    for (claimant, accused) in [(a.clone(), b.clone()), (b, a)] {
        out.push(Draft {
            sentence: scene.sentence,
            token: act.map_or(cue, |it| it.token),
            stance: Stance::Alleges,
            claimant: Some(claimant),
            accused: Some(accused),
            kind: Some(kind),
            evidence: tree.sentence.span,
            statement: None,
            scope: None,
            rule: "claim/mutual",
            like: None,
        });
    }
    Some(scene.span(cue, (cue + MUTUAL_WORDS).min(tree.len() - 1)))
}

/// How far after the verb "each other" or "blame" may stand.
const MUTUAL_WORDS: usize = 6;

fn is_mutual(scene: &Scene, at: usize) -> bool {
    let tree = scene.tree;
    match tree.lemma(at) {
        "accuse" | "blame" | "charge" | "denounce" => {
            let end = (at + MUTUAL_WORDS).min(tree.len());
            let after: Vec<&str> = (at + 1..end).map(|it| tree.lemma(it)).collect();
            let each_other = after.windows(2).any(|it| matches!(it, ["each" | "one", "other" | "another"]));
            let each_subject = after.first() == Some(&"the")
                && after.get(1) == Some(&"other")
                && (0..at).any(|it| tree.lemma(it) == "each");
            each_other || each_subject
        }
        "trade" | "exchange" | "swap" => (at + 1..(at + MUTUAL_WORDS).min(tree.len())).any(|it| {
            ["blame", "accusation", "charge", "recrimination", "allegation"].contains(&tree.lemma(it))
        }),
        _ => false,
    }
}
