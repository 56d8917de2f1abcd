//! Reasons given for an act that was told before.

use truce_model::{ActorId, CueClass, Kind, Stance};

use super::{Common, each, is_own};
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::Valence;

/// How many sentences back the act may have been told.
const TOLD_SENTENCES: usize = 3;

/// ## Reads
/// A statement that gives a reason or a right for an act of the speaker's own
/// side and names no act itself: "was needed to clear mines", "within its
/// right to defend itself", "for their own protection". The act is the last
/// one told of that side.
///
/// ## Matters because
/// Reasons mostly stand in a sentence of their own, and read without the act
/// they answer they say nothing.
///
/// ## Example
/// "The step, Rivermark said, was a precaution against looters."
///
/// ## Misses
/// Reasons told without any word of need, right, safety or answer.
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) -> bool {
    if !matches!(
        said.class(),
        CueClass::Say | CueClass::Justify | CueClass::Other | CueClass::Call | CueClass::Admit
    ) {
        return false;
    }
    let others = said.triggers.iter().any(|it| it.valence == Valence::Breach && !it.agents.is_empty());
    if others || said.speakers.is_empty() || !gives_reason(scene, said) {
        return false;
    }
    let sides: Vec<ActorId> = said.speakers.iter().map(|it| scene.who.side(it)).collect();
    let own = |it: &Draft| {
        let told = matches!(
            it.stance,
            Stance::Reports | Stance::Alleges | Stance::Condemns | Stance::Acknowledges | Stance::Justifies
        );
        told && it.accused.as_ref().is_some_and(|who| sides.contains(&scene.who.side(who)))
            && it.kind.is_some_and(|it| it != Kind::NonFulfilment)
            && scene.sentence - it.sentence <= TOLD_SENTENCES
    };
    let here = out.iter().rev().find(|it| own(it)).map(|it| (it.kind, it.accused.clone(), None));
    let before = || {
        let at = scene.before.iter().rposition(own)?;
        Some((scene.before[at].kind, scene.before[at].accused.clone(), Some(at)))
    };
    // The outlet's own half of the sentence: "closed the road, a step that …".
    let outside = || {
        let content = said.content(scene);
        let act = scene.triggers.iter().rev().find(|it| {
            it.valence == Valence::Breach
                && is_own(scene, said, &it.agents)
                && !content.contains(scene.tree.token(it.token).span)
        })?;
        Some((Some(act.kind), act.agents.first().cloned(), None))
    };
    let Some((kind, accused, like)) = outside().or(here).or_else(before) else { return false };
    let common = Common { stance: Stance::Justifies, kind, rule: "claim/justify" };
    let accused: Vec<ActorId> = accused.into_iter().collect();
    let from = out.len();
    each(scene, said, None, &accused, &common, out);
    for draft in &mut out[from..] {
        draft.like = like;
    }
    true
}

/// Whether the content has a word of need, right, safety or answer.
fn gives_reason(scene: &Scene, said: &Said) -> bool {
    let tree = scene.tree;
    let content = said.content(scene);
    (0..tree.len()).filter(|it| content.contains(tree.token(*it).span)).any(|it| {
        let lemma = tree.lemma(it);
        let aim =
            SHIELDING.contains(&lemma) && (tree.has(it, "mark", &["to"]) || tree.has(it, "case", &["for"]));
        REASONS.contains(&lemma) || aim
    })
}

/// Words that give a reason or a right.
const REASONS: [&str; 38] = [
    "need",
    "needed",
    "necessary",
    "necessity",
    "self-defence",
    "self-defense",
    "precaution",
    "precautionary",
    "protective",
    "retaliation",
    "retaliatory",
    "response",
    "legitimate",
    "lawful",
    "legal",
    "justified",
    "justifiable",
    "proportionate",
    "defensive",
    "preventive",
    "pre-emptive",
    "preemptive",
    "routine",
    "compel",
    "oblige",
    "provoke",
    "temporary",
    "measure",
    "court",
    "law",
    "reciprocal",
    "right",
    "entitle",
    "reason",
    "because",
    "safety",
    "security",
    "deterrent",
];

/// Aims that give a reason: "to shield the village", "for their protection".
const SHIELDING: [&str; 14] = [
    "shield",
    "protect",
    "protection",
    "defend",
    "defence",
    "defense",
    "guard",
    "safeguard",
    "deter",
    "prevent",
    "clear",
    "secure",
    "stop",
    "preserve",
];
