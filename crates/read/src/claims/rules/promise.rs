//! Promises and threats.

use truce_model::{Kind, Stance};

use super::{Common, each, is_own};
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::Valence;

/// ## Reads
/// Promised conduct: the kind is what would break the promise. A threat of
/// force by the speaker itself is a pledge of `hostile_propaganda` (codebook,
/// settled case 15).
///
/// ## Matters because
/// Pledges are what later reports are measured against.
///
/// ## Example
/// "Rivermark vowed to reopen the road."
///
/// ## Misses
/// A veiled threat ("will draw its conclusions").
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    if is_circumstance(scene, said) {
        return;
    }
    let mut kinds: Vec<Kind> = Vec::new();
    for trigger in &said.triggers {
        let own = trigger.agents.is_empty() || is_own(scene, said, &trigger.agents);
        if !own {
            continue;
        }
        let force =
            matches!(trigger.kind, Kind::ArmedAttack | Kind::ShellingOrStrike | Kind::HostilePropaganda);
        let kind = match trigger.valence {
            Valence::Keep => trigger.kind,
            _ if force => Kind::HostilePropaganda,
            _ => continue,
        };
        if kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        let accused = said.speakers.clone();
        let common = Common { stance: Stance::Pledges, kind: Some(kind), rule: "claim/pledge" };
        if accused.len() > 1 {
            pledge_each(scene, said, trigger, &common, out);
        } else {
            each(scene, said, Some(trigger), &accused, &common, out);
        }
    }
    if kinds.is_empty() {
        by_cue_alone(scene, said, out);
    }
}

/// A threat without a word of conduct ("to turn the town to gravel") is a
/// threat all the same; a promise by one who guards, mediates or watches over
/// the agreement is one to do its task.
fn by_cue_alone(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    let cue = said.statement.cue.as_ref().and_then(|it| scene.token_at(it.span().start as usize));
    let threatens = cue.is_some_and(|it| scene.tree.lemma(it) == "threaten");
    let armed = said.speakers.iter().any(|it| scene.who.bears_arms(it) && scene.who.in_conflict(it));
    let promises = cue.is_some_and(|it| {
        ["promise", "pledge", "vow", "undertake", "guarantee", "swear", "commit"]
            .contains(&scene.tree.lemma(it))
    });
    let guards =
        promises && !said.speakers.is_empty() && said.speakers.iter().all(|it| scene.who.is_guard(it));
    let kind = match (threatens && armed, guards) {
        (true, _) => Kind::HostilePropaganda,
        (false, true) => Kind::GuarantorInaction,
        _ => return,
    };
    let common = Common { stance: Stance::Pledges, kind: Some(kind), rule: "claim/pledge-cue" };
    for speaker in &said.speakers {
        each(scene, said, None, std::slice::from_ref(speaker), &common, out);
    }
}

/// "Three months after the rivals agreed to …" dates something else.
fn is_circumstance(scene: &Scene, said: &Said) -> bool {
    let tree = scene.tree;
    let cue = said.statement.cue.as_ref().and_then(|it| scene.token_at(it.span().start as usize));
    cue.is_some_and(|it| {
        tree.rel(it) == "advcl" && tree.has(it, "mark", &["after", "since", "before", "until"])
    })
}

/// Joint speakers pledge each for its own conduct.
fn pledge_each(
    scene: &Scene,
    said: &Said,
    trigger: &crate::claims::trigger::Trigger,
    common: &Common,
    out: &mut Vec<Draft>,
) {
    let from = out.len();
    each(scene, said, Some(trigger), &said.speakers, common, out);
    let mut kept = out.split_off(from);
    kept.retain(|it| it.claimant == it.accused);
    out.append(&mut kept);
}
