//! Denials.

use truce_model::{ActorId, Kind, Stance};

use super::{Common, each, is_own};
use crate::claims::clause;
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::Valence;

/// ## Reads
/// A rejection under a cue that denies. Where the content names an act, that
/// act is denied; where it only points to a charge (*denied it*, *rejected
/// the accusation*), the last charge against the denier's side is meant and
/// its kind, time and place are taken over.
///
/// ## Matters because
/// A charge with a denial is contested; a charge without one carries no
/// reply, and the two must not be mixed up.
///
/// ## Example
/// "Rivermark denied that it had shelled the pass."
///
/// ## Misses
/// Denials by irony ("our soldiers must be ghosts").
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    let sides: Vec<ActorId> = said.speakers.iter().map(|it| scene.who.side(it)).collect();
    let content = said.content(scene);
    let mut found = false;
    let mut kinds = Vec::new();
    for trigger in &said.triggers {
        // "denied that it complies" would be the opposite; what is denied is
        // the act as worded, so a negation inside the content does not flip.
        if trigger.valence == Valence::Keep && !trigger.negated {
            continue;
        }
        if kinds.contains(&trigger.kind) {
            continue;
        }
        kinds.push(trigger.kind);
        let accused = if trigger.agents.is_empty() || trigger.taken_over {
            said.speakers.clone()
        } else {
            trigger.agents.clone()
        };
        let common = Common { stance: Stance::Denies, kind: Some(trigger.kind), rule: "claim/deny-act" };
        let from = out.len();
        each(scene, said, Some(trigger), &accused, &common, out);
        for draft in &mut out[from..] {
            draft.scope = Some(content);
            draft.like =
                if is_own(scene, said, &accused) { scene.last_charge_against(&sides, content) } else { None };
            if let Some(like) = draft.like.filter(|it| scene.before[*it].kind != draft.kind) {
                let _ = like;
                draft.like = None;
            }
        }
        found = true;
        break;
    }
    charge_in_denial(scene, said, out);
    if found || sides.is_empty() {
        return;
    }
    let Some(charge) = scene.last_charge_against(&sides, content) else {
        return general(scene, said, content, out);
    };
    let antecedent = &scene.before[charge];
    let accused: Vec<ActorId> = antecedent.accused.iter().cloned().collect();
    let common = Common { stance: Stance::Denies, kind: antecedent.kind, rule: "claim/deny-charge" };
    let from = out.len();
    each(scene, said, None, &accused, &common, out);
    for draft in &mut out[from..] {
        draft.scope = Some(content);
        draft.like = Some(charge);
    }
}

/// The charge inside a denial is a claim of its author, if he is named: "an
/// accusation by Northland that …" (codebook, settled case 28).
fn charge_in_denial(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    let tree = scene.tree;
    let whole = said.whole(scene);
    for token in (0..tree.len()).filter(|it| whole.contains(tree.token(*it).span)) {
        if !CHARGES.contains(&tree.lemma(token)) {
            continue;
        }
        let roles = clause::roles(tree, token);
        let mut authors = scene.who.of_tokens(tree, scene.sentence, &[roles.agent, roles.modifiers].concat());
        if authors.is_empty() && token + 2 < tree.len() && matches!(tree.lemma(token + 1), "by" | "from") {
            authors =
                scene.who.of_tokens(tree, scene.sentence, &[token + 2, (token + 3).min(tree.len() - 1)]);
        }
        if authors.is_empty() || is_own(scene, said, &authors) {
            continue;
        }
        let denied: Vec<Draft> = out
            .iter()
            .filter(|it| {
                it.sentence == scene.sentence
                    && it.statement == Some(said.index)
                    && it.stance == Stance::Denies
            })
            .cloned()
            .collect();
        for draft in denied {
            out.push(Draft {
                stance: Stance::Alleges,
                claimant: authors.first().cloned(),
                scope: None,
                statement: None,
                rule: "claim/charge-in-denial",
                ..draft
            });
        }
        return;
    }
}

/// Nouns for a charge.
const CHARGES: [&str; 6] = ["charge", "accusation", "allegation", "claim", "complaint", "assertion"];

/// A party that rejects charges nobody told before rejects that it broke its
/// obligations.
pub fn general(scene: &Scene, said: &Said, content: truce_model::Span, out: &mut Vec<Draft>) {
    let party = said.speakers.iter().any(|it| scene.who.is_party(it));
    let about_charge = scene.lemmas_in(said.whole(scene)).iter().any(|it| CHARGES.contains(it));
    if !party || !about_charge {
        return;
    }
    let common =
        Common { stance: Stance::Denies, kind: Some(Kind::NonFulfilment), rule: "claim/deny-general" };
    let from = out.len();
    each(scene, said, None, &said.speakers, &common, out);
    for draft in &mut out[from..] {
        draft.scope = Some(content);
    }
}
