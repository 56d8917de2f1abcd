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
        // "Condemned Northland for the raid": its object, where the act names
        // nobody.
        let accused: Vec<ActorId> = match is_own(scene, said, &trigger.agents) {
            true => Vec::new(),
            false if trigger.agents.is_empty() => condemned(scene, said),
            false => trigger.agents.clone(),
        };
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
        return;
    }
    // "Rebuked both for what it called a steady erosion of the accord": a party
    // condemned without an act is condemned for not keeping it.
    let object = condemned(scene, said);
    if !object.is_empty() && object.iter().all(|it| scene.who.is_party(it)) {
        let common =
            Common { stance: Stance::Condemns, kind: Some(Kind::NonFulfilment), rule: "claim/condemn-party" };
        each(scene, said, None, &object, &common, out);
    }
}

/// Whom the cue condemns: the actors that are its object.
fn condemned(scene: &Scene, said: &Said) -> Vec<ActorId> {
    let cue = said.statement.cue.as_ref().and_then(|it| scene.token_at(it.span().start as usize));
    let Some(cue) = cue else { return Vec::new() };
    let object = crate::claims::clause::roles(scene.tree, cue).obj;
    let found = scene.who.of_tokens(scene.tree, scene.sentence, &object);
    if is_own(scene, said, &found) { Vec::new() } else { found }
}
