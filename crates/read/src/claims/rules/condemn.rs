//! Condemnations.

use truce_model::{ActorId, Kind, Stance};

use super::{Common, acts, each, is_own};
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::Valence;

/// ## Reads
/// Conduct condemned in terms. Where the condemned thing is named only by a
/// word like *crimes* or *this step*, the last charge of the article is
/// meant.
///
/// ## Matters because
/// A condemnation also counts as an allegation by that source.
///
/// ## Example
/// "The Concord condemned the shelling of Alder Pass by Rivermark."
///
/// ## Misses
/// Condemnations of persons or words rather than of conduct are read as
/// conduct when they carry a word of conduct.
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    let breaches: Vec<_> = said.triggers.iter().copied().filter(|it| it.valence != Valence::Keep).collect();
    let mut kinds: Vec<Kind> = Vec::new();
    for trigger in acts(scene, &breaches) {
        if kinds.contains(&trigger.kind) {
            continue;
        }
        kinds.push(trigger.kind);
        let accused: Vec<ActorId> =
            if is_own(scene, said, &trigger.agents) { Vec::new() } else { trigger.agents.clone() };
        let common = Common { stance: Stance::Condemns, kind: Some(trigger.kind), rule: "claim/condemn-act" };
        each(scene, said, Some(trigger), &accused, &common, out);
    }
    if !kinds.is_empty() {
        return;
    }
    let points_back = scene.lemmas_in(said.content(scene)).iter().any(|it| {
        ["crime", "act", "step", "move", "action", "decision", "this", "it", "these", "that"].contains(it)
    });
    let last = scene.before.iter().rposition(|it| {
        matches!(it.stance, Stance::Alleges | Stance::Condemns | Stance::Reports) && it.accused.is_some()
    });
    if let (true, Some(charge)) = (points_back, last) {
        let antecedent = &scene.before[charge];
        let accused: Vec<ActorId> = antecedent.accused.iter().cloned().collect();
        if is_own(scene, said, &accused) {
            return;
        }
        let common = Common { stance: Stance::Condemns, kind: antecedent.kind, rule: "claim/condemn-charge" };
        let from = out.len();
        each(scene, said, None, &accused, &common, out);
        for draft in &mut out[from..] {
            draft.like = Some(charge);
        }
    }
}
