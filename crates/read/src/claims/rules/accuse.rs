//! Accusations.

use truce_model::{ActorId, Kind, Stance};

use super::{Common, acts, each, is_own};
use crate::claims::clause;
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::{Form, Valence};
use crate::claims::whose::other_party;

/// ## Reads
/// A charge under a cue that accuses: *accused X of*, *blamed X for*,
/// *charged that*, an *accusation that*. The accused is the cue's object
/// where the act itself names nobody. Each act named is a claim; without a
/// named act the charge is `non_fulfilment`.
///
/// ## Matters because
/// Who accuses whom is the first thing a monitor must get right.
///
/// ## Example
/// "Northland accused Rivermark of shelling Alder Pass."
///
/// ## Misses
/// Charges made by a rhetorical question or by irony.
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    let object = cue_object(scene, said);
    let breaches: Vec<_> = said.triggers.iter().copied().filter(|it| it.valence != Valence::Keep).collect();
    let breaches = acts(scene, &breaches);
    let mut seen: Vec<Kind> = Vec::new();
    for trigger in &breaches {
        let accused =
            if trigger.agents.is_empty() || (!object.is_empty() && is_own(scene, said, &trigger.agents)) {
                object.clone()
            } else {
                trigger.agents.clone()
            };
        if is_own(scene, said, &accused) || seen.contains(&trigger.kind) {
            continue;
        }
        seen.push(trigger.kind);
        let common = Common { stance: Stance::Alleges, kind: Some(trigger.kind), rule: "claim/accuse-act" };
        each(scene, said, Some(trigger), &accused, &common, out);
    }
    if !seen.is_empty() {
        return;
    }
    if object.is_empty() || is_own(scene, said, &object) {
        return;
    }
    if blamed_for(scene, said, &object, out) {
        return;
    }
    // "The arrests, which it laid at the door of …": the act stands before the cue.
    let cue_at = said.statement.cue.as_ref().map_or(0, |it| it.span().start);
    let before = scene.triggers.iter().rev().find(|it| {
        let at = scene.tree.token(it.token).span;
        it.form == Form::Noun
            && it.valence == Valence::Breach
            && it.agents.is_empty()
            && at.end <= cue_at
            && cue_at - at.end <= BEFORE_BYTES
    });
    let kind = before.map_or(Kind::NonFulfilment, |it| it.kind);
    let common = Common { stance: Stance::Alleges, kind: Some(kind), rule: "claim/accuse-general" };
    each(scene, said, None, &object, &common, out);
}

/// "An officer was shot dead, the army said, blaming a sniper of Rivermark":
/// an act that the speaker has just told without its doer is what the blame
/// is for.
fn blamed_for(scene: &Scene, said: &Said, object: &[ActorId], out: &mut [Draft]) -> bool {
    let [blamed] = object else { return false };
    let told = out.iter_mut().rev().find(|it| {
        let speaker = it.claimant.as_ref().is_some_and(|it| said.speakers.contains(it));
        it.sentence == scene.sentence
            && it.accused.is_none()
            && speaker
            && matches!(it.stance, Stance::Alleges | Stance::Reports)
    });
    let Some(told) = told else { return false };
    told.stance = Stance::Alleges;
    told.accused = Some(blamed.clone());
    told.evidence = told.evidence.cover(said.whole(scene));
    told.rule = "claim/accuse-for-told";
    true
}

/// How far back those may be named whom a pronoun accuses.
const NAMED_SENTENCES: usize = 1;

/// How far before the cue the act may stand that it pins on somebody.
const BEFORE_BYTES: u32 = 60;

/// Whom the cue accuses: its object, or what its content names first.
pub fn cue_object(scene: &Scene, said: &Said) -> Vec<ActorId> {
    let tree = scene.tree;
    if let Some(cue) = said.statement.cue.as_ref().and_then(|it| scene.token_at(it.span().start as usize)) {
        let roles = clause::roles(tree, cue);
        for list in [&roles.obj, &roles.of] {
            let found = scene.who.of_tokens(tree, scene.sentence, list);
            if !found.is_empty() && !is_own(scene, said, &found) {
                return found;
            }
            // Nobody accuses himself: a pronoun means who was named last, else the
            // other party.
            let pronoun =
                list.iter().any(|it| ["it", "they", "them", "he", "she"].contains(&tree.lemma(*it)));
            if pronoun {
                let last = scene
                    .who
                    .last_named(scene.sentence, NAMED_SENTENCES, |it| scene.who.in_pack(it))
                    .filter(|it| !is_own(scene, said, std::slice::from_ref(it)));
                let other = last.or_else(|| other_party(scene, &said.speakers));
                if let Some(other) = other {
                    return vec![other];
                }
            }
        }
        // "put it down to", "laid it at the door of", "directed at"
        let phrases: Vec<usize> = roles
            .obl
            .iter()
            .copied()
            .filter(|it| match tree.preposition(*it) {
                // "Complained to the mission" does not charge the mission.
                Some("to") => {
                    !["complain", "protest", "report", "appeal", "write"].contains(&tree.lemma(cue))
                }
                preposition => matches!(preposition, Some("on" | "at" | "against" | "with")),
            })
            .collect();
        let found = scene.who.of_tokens(tree, scene.sentence, &phrases);
        if !found.is_empty() && !is_own(scene, said, &found) {
            return found;
        }
    }
    let content = said.content(scene);
    let inside = (0..tree.len()).filter(|it| content.contains(tree.token(*it).span));
    for token in inside {
        if scene.who.mention(scene.sentence, token).is_some_and(|it| it.head == token) {
            let found = scene.who.of_tokens(tree, scene.sentence, &[token]);
            if !found.is_empty() && !is_own(scene, said, &found) {
                return found;
            }
        }
    }
    Vec::new()
}
