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
    // "brushed aside rebel allegations that a gunship struck": the act stands in
    // what the allegations say.
    let inner: Vec<&crate::claims::trigger::Trigger> = match said.triggers.is_empty() {
        true => {
            scene.triggers.iter().filter(|it| content.contains(scene.tree.token(it.token).span)).collect()
        }
        false => said.triggers.clone(),
    };
    for trigger in &inner {
        // "denied that it complies" would be the opposite; what is denied is
        // the act as worded, so a negation inside the content does not flip.
        if trigger.valence == Valence::Keep && !trigger.negated {
            continue;
        }
        // "dismissed as propaganda": the name is not what is denied.
        let name = super::call::REJECTING.contains(&scene.tree.lemma(trigger.token));
        if kinds.contains(&trigger.kind) || name {
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
    // "... attacked the mint, a claim the League dismissed": told in this sentence.
    let here = out.iter().rev().find(|it| {
        it.sentence == scene.sentence
            && matches!(it.stance, Stance::Alleges | Stance::Condemns)
            && it.accused.as_ref().is_some_and(|it| sides.contains(&scene.who.side(it)))
            && it.evidence.end <= said.whole(scene).end
            && it.evidence.start < said.whole(scene).start
    });
    if let Some(charge) = here {
        let accused: Vec<ActorId> = charge.accused.iter().cloned().collect();
        let common = Common { stance: Stance::Denies, kind: charge.kind, rule: "claim/deny-charge" };
        let from = out.len();
        each(scene, said, None, &accused, &common, out);
        for draft in &mut out[from..] {
            draft.scope = Some(content);
        }
        return;
    }
    let beside = charge_beside(scene, said, out);
    let charge = match beside {
        Some(_) => None,
        None => scene.last_charge_against(&sides, content),
    };
    let Some(antecedent) = beside.as_ref().or(charge.map(|it| &scene.before[it])) else {
        return general(scene, said, content, out);
    };
    // "militants", "terrorists": an armed group that rejects a charge against
    // such people rejects it for itself.
    let group = |it: &ActorId| {
        scene.who.kind(it) == Some(truce_model::ActorKind::ArmedGroup)
            || scene.who.kind(&scene.who.side(it)) == Some(truce_model::ActorKind::ArmedGroup)
    };
    let accused: Vec<ActorId> = match &antecedent.accused {
        Some(accused) if group(accused) && said.speakers.iter().any(group) => said.speakers.clone(),
        accused => accused.iter().cloned().collect(),
    };
    let common = Common { stance: Stance::Denies, kind: antecedent.kind, rule: "claim/deny-charge" };
    let from = out.len();
    each(scene, said, None, &accused, &common, out);
    for draft in &mut out[from..] {
        draft.scope = Some(content);
        draft.like = charge;
    }
}

/// "an assertion the ministry dismissed": the charge told in the same
/// sentence, whomever it is against (codebook, settled case 27).
fn charge_beside(scene: &Scene, said: &Said, out: &[Draft]) -> Option<Draft> {
    let words = scene.lemmas_in(said.content(scene));
    if !words.iter().any(|it| CHARGES.contains(it)) {
        return None;
    }
    let charge = |it: &&Draft| {
        it.sentence == scene.sentence
            && matches!(it.stance, Stance::Alleges | Stance::Condemns)
            && !it.claimant.as_ref().is_some_and(|it| said.speakers.contains(it))
    };
    out.iter().rev().find(charge).cloned()
}

/// A content that as a whole rejects: "did nothing of the kind", "it is
/// untrue, he said, that …".
pub fn whole(scene: &Scene, said: &Said, out: &mut Vec<Draft>) -> bool {
    if said.class() != truce_model::CueClass::Say && said.class() != truce_model::CueClass::Other {
        return false;
    }
    let tree = scene.tree;
    let under_untrue = said.triggers.iter().any(|it| {
        let mut at = it.token;
        (0..UNTRUE_STEPS_MAX).any(|_| match tree.head(at) {
            Some(head) => {
                at = head;
                // "Responsibility lies with them" rejects nothing.
                let rejects =
                    UNTRUE.contains(&tree.lemma(at)) && tree.token(at).upos != truce_syntax::Upos::Verb;
                rejects && !clause::is_negated(tree, at)
                    || TRUE.contains(&tree.lemma(at)) && clause::is_negated(tree, at)
            }
            None => false,
        })
    });
    let words = scene.lemmas_in(said.content(scene));
    let nothing = words.windows(4).any(|it| matches!(it, ["nothing" | "none", "of", "the", "kind" | "sort"]))
        || words.windows(2).any(|it| matches!(it, ["no", "such"] | ["pure", "fiction" | "invention"]));
    if under_untrue || nothing {
        let bare = Said { triggers: Vec::new(), speakers: said.speakers.clone(), ..*said };
        let from = out.len();
        draft(scene, if nothing { &bare } else { said }, out);
        return out.len() > from;
    }
    false
}

/// How far above the act the word that rejects it may stand.
const UNTRUE_STEPS_MAX: usize = 4;

/// Words that reject what they are said of.
const UNTRUE: [&str; 14] = [
    "untrue",
    "false",
    "incorrect",
    "wrong",
    "nonsense",
    "lie",
    "baseless",
    "groundless",
    "unfounded",
    "fiction",
    "fabrication",
    "absurd",
    "fake",
    "myth",
];

/// Words that, negated, reject.
const TRUE: [&str; 4] = ["true", "correct", "case", "right"];

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
const CHARGES: [&str; 14] = [
    "charge",
    "accusation",
    "allegation",
    "claim",
    "complaint",
    "assertion",
    "rebuke",
    "reproach",
    "criticism",
    "protest",
    "censure",
    "insinuation",
    "finding",
    "grievance",
];

/// A party that rejects charges nobody told before rejects that it broke its
/// obligations.
pub fn general(scene: &Scene, said: &Said, content: truce_model::Span, out: &mut Vec<Draft>) {
    let party = said.speakers.iter().any(|it| scene.who.is_party(it));
    let about_charge = scene.lemmas_in(said.whole(scene)).iter().any(|it| CHARGES.contains(it));
    let guards = !party && said.speakers.iter().any(|it| scene.who.is_guard(it));
    if !(party || guards) || !about_charge {
        return;
    }
    let kind = if guards { Kind::GuarantorInaction } else { Kind::NonFulfilment };
    let common = Common { stance: Stance::Denies, kind: Some(kind), rule: "claim/deny-general" };
    let from = out.len();
    each(scene, said, None, &said.speakers, &common, out);
    for draft in &mut out[from..] {
        draft.scope = Some(content);
    }
}
