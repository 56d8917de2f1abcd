//! Concern and regret.

use truce_model::{Kind, Stance};

use super::{Common, each, tone};
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::Valence;

/// ## Reads
/// Concern, alarm or regret: one claim. Conduct named inside it gives the
/// kind and, if said, whose conduct it is; without one the kind is null
/// (codebook, settled case 30).
///
/// ## Matters because
/// Concern accuses nobody, and reading it as a charge would put words into a
/// mediator's mouth.
///
/// ## Example
/// "The Concord voiced alarm at the closing of the road."
///
/// ## Misses
/// Concern about things other than conduct is coded with no kind.
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    // A cue that only may voice concern does so where a word of concern
    // stands in the statement.
    let words = scene.lemmas_in(said.whole(scene));
    if !words.iter().any(|it| tone::CONCERN.contains(it) || FEARS.contains(it)) {
        return super::say::draft(scene, said, out);
    }
    let act = said
        .triggers
        .iter()
        .copied()
        .filter(|it| it.valence != Valence::Keep)
        .min_by_key(|it| (it.kind == Kind::NonFulfilment, it.token));
    let negated = said.triggers.iter().copied().find(|it| it.valence == Valence::Keep && it.negated);
    match act.or(negated) {
        Some(trigger) => {
            let common =
                Common { stance: Stance::Concern, kind: Some(trigger.kind), rule: "claim/concern-act" };
            // Nobody is concerned by his own conduct.
            let whose: &[truce_model::ActorId] =
                if super::is_own(scene, said, &trigger.agents) { &[] } else { &trigger.agents };
            each(scene, said, Some(trigger), whose, &common, out);
        }
        None => {
            let common = Common { stance: Stance::Concern, kind: None, rule: "claim/concern-general" };
            each(scene, said, None, &[], &common, out);
        }
    }
}

/// Further words of concern that are cues themselves.
const FEARS: [&str; 26] = [
    "fear",
    "regret",
    "bemoan",
    "rue",
    "mourn",
    "warn",
    "caution",
    "worry",
    "fret",
    "lament",
    "grieve",
    "despair",
    "sorrow",
    "grief",
    "apprehension",
    "misgiving",
    "anxiety",
    "warning",
    "horror",
    "shock",
    "shocked",
    "horrify",
    "appal",
    "appalled",
    "distress",
    "sadness",
];
