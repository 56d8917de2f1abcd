//! Reasons given for an act that was told before.

use truce_model::{ActorId, CueClass, Kind, Stance};

use super::{Common, each};
use crate::claims::draft::{Draft, Said, Scene};

/// ## Reads
/// What the side that is charged says for itself without naming the act again:
/// that it had to, had a right to, cannot otherwise, will once something is
/// done. The act is the last one told of that side. A friend who gives it the
/// right to is read in the same way.
///
/// ## Matters because
/// The reason for an act mostly stands in a sentence of its own, and a charge
/// that was answered by a reason is not a charge without a reply.
///
/// ## Example
/// "Rivermark accused Northland of holding the bodies. Northland says it
/// cannot reach them without diggers."
///
/// ## Misses
/// Reasons that no word marks ("the trucks carried radio sets").
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    if matches!(said.class(), CueClass::Deny | CueClass::Accuse | CueClass::Condemn | CueClass::Concern) {
        return;
    }
    let tree = scene.tree;
    let content = said.content(scene);
    let words = (0..tree.len()).filter(|it| content.contains(tree.token(*it).span));
    let lemmas: Vec<&str> = words.map(|it| tree.lemma(it)).collect();
    let party = said.speakers.iter().any(|it| scene.who.is_party(it));
    // "The shots were the work of smugglers": others did it, not we.
    let blamed = lemmas.windows(2).any(|it| ["work", "doing", "handiwork"].contains(&it[0]) && it[1] == "of");
    if blamed
        && party
        && let Some((kind, like)) = act_of(scene, &said.speakers, REACH)
    {
        let common = Common { stance: Stance::Denies, kind, rule: "claim/others-work" };
        let from = out.len();
        each(scene, said, None, &said.speakers, &common, out);
        for draft in &mut out[from..] {
            draft.like = Some(like);
            draft.scope = Some(content);
        }
        return;
    }
    let marked = lemmas.iter().any(|it| REASONS.contains(it))
        || lemmas.windows(2).any(|it| PHRASES.contains(&(it[0], it[1])));
    if !party || !marked {
        return;
    }
    // "Charges it with holding them; it says it cannot reach them": first in the
    // same sentence.
    let sides: Vec<ActorId> = said.speakers.iter().map(|it| scene.who.side(it)).collect();
    let here = out.iter().rev().find(|it| {
        it.sentence == scene.sentence
            && matches!(it.stance, Stance::Alleges | Stance::Condemns)
            && it.accused.as_ref().is_some_and(|it| sides.contains(&scene.who.side(it)))
    });
    let here = here.map(|it| (it.kind, None));
    let before = || act_of(scene, &said.speakers, REACH).map(|it| (it.0, Some(it.1)));
    let Some((kind, like)) = here.or_else(before) else { return };
    let common = Common { stance: Stance::Justifies, kind, rule: "claim/excuse" };
    let from = out.len();
    each(scene, said, None, &said.speakers, &common, out);
    for draft in &mut out[from..] {
        draft.like = like;
    }
}

/// "The League had every right to answer": a friend, or the side itself, gives
/// an act told before its right.
pub fn right(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    let tree = scene.tree;
    let content = said.content(scene);
    let mut words = (0..tree.len()).filter(|it| content.contains(tree.token(*it).span));
    let right = words.find(|&it| {
        tree.lemma(it) == "right"
            && (it + 1..(it + 4).min(tree.len())).any(|it| DEFENDING.contains(&tree.lemma(it)))
    });
    let Some(right) = right else { return };
    if matches!(said.class(), CueClass::Deny | CueClass::Demand | CueClass::Concern) {
        return;
    }
    let holder = tree.head(right).map(|it| crate::claims::clause::roles(tree, it).subj).unwrap_or_default();
    let mut holders = scene.who.of_tokens(tree, scene.sentence, &holder);
    if holders.is_empty() {
        holders = said.speakers.clone();
    }
    let told = out.iter().any(|it| it.statement == Some(said.index) && it.stance == Stance::Justifies);
    let Some((kind, like)) = act_of(scene, &holders, REACH_FRIEND).filter(|_| !told) else { return };
    let common = Common { stance: Stance::Justifies, kind, rule: "claim/right" };
    let from = out.len();
    each(scene, said, None, &holders, &common, out);
    for draft in &mut out[from..] {
        draft.like = Some(like);
    }
}

/// The last act told of one of `actors`, and where its draft stands.
fn act_of(scene: &Scene, actors: &[ActorId], reach: usize) -> Option<(Option<Kind>, usize)> {
    let sides: Vec<ActorId> = actors.iter().map(|it| scene.who.side(it)).collect();
    let at = scene.before.iter().rposition(|it| {
        matches!(
            it.stance,
            Stance::Alleges | Stance::Condemns | Stance::Reports | Stance::Acknowledges | Stance::Justifies
        ) && it.accused.as_ref().is_some_and(|it| sides.contains(&scene.who.side(it)))
            && it.kind.is_some_and(|it| it != Kind::NonFulfilment)
            && scene.sentence - it.sentence <= reach
    })?;
    Some((scene.before[at].kind, at))
}

/// How far back the act may lie that a side answers for itself.
const REACH: usize = 2;

/// The same for a friend's word.
const REACH_FRIEND: usize = 8;

/// What one has a right to.
const DEFENDING: [&str; 9] =
    ["answer", "respond", "defend", "retaliate", "act", "react", "strike", "protect", "self-defence"];

/// Words that mark an inability or a condition.
const REASONS: [&str; 11] = [
    "unable",
    "impossible",
    "unless",
    "until",
    "once",
    "without",
    "forced",
    "obliged",
    "merely",
    "incapable",
    "powerless",
];

/// The same in two words.
const PHRASES: [(&str, &str); 9] = [
    ("can", "not"),
    ("could", "not"),
    ("no", "choice"),
    ("no", "option"),
    ("have", "to"),
    ("never", "mean"),
    ("as", "long"),
    ("only", "when"),
    ("not", "open"),
];
