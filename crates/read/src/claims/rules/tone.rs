//! Concern, condemnation and demand said under a neutral cue.

use truce_model::{CueClass, Stance};

use super::{Common, each};
use crate::claims::clause::Modality;
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::Valence;

/// ## Reads
/// A content under *said* that itself voices concern ("causes serious
/// concern", "was deeply worried by"), condemns ("is unacceptable") or asks
/// ("We ask both sides to …").
///
/// ## Matters because
/// Diplomats seldom condemn with the verb *condemn*.
///
/// ## Example
/// "The situation causes serious concern," Maridia's foreign ministry said.
///
/// ## Misses
/// Concern shown by the choice of facts alone.
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) -> bool {
    if !matches!(said.class(), CueClass::Say | CueClass::Other) {
        return false;
    }
    let content = said.content(scene);
    let words = scene.lemmas_in(content);
    let has = |list: &[&str]| words.iter().any(|it| list.contains(it));
    let negated = has(&["not", "n't", "no", "never"]);
    // Only the worry itself may not be denied: "regret not having been told".
    let worried = (0..scene.tree.len()).any(|it| {
        content.contains(scene.tree.token(it).span)
            && CONCERN.contains(&scene.tree.lemma(it))
            && !(super::super::clause::is_negated(scene.tree, it)
                && (it.saturating_sub(NOT_WORDS)..it)
                    .any(|it| ["not", "n't", "no", "never", "without"].contains(&scene.tree.lemma(it))))
    });
    if worried {
        super::concern::draft(scene, said, out);
        return true;
    }
    if has(&UNACCEPTABLE) && !negated {
        return condemned(scene, said, out);
    }
    // "Unilateral steps would help nobody": said of by a third party, judged.
    let party = said.speakers.iter().any(|it| scene.who.is_party(it));
    let step = said.triggers.iter().find(|it| {
        it.kind == truce_model::Kind::UnilateralStep
            && it.agents.is_empty()
            && scene.tree.rel(it.token) == "nsubj"
    });
    if let (Some(step), false) = (step, party) {
        let common = Common { stance: Stance::Condemns, kind: Some(step.kind), rule: "claim/unacceptable" };
        each(scene, said, Some(step), &[], &common, out);
        return true;
    }
    if let Some(verb) = asks(scene, said) {
        super::demand::draft_from(scene, said, Some(verb), out);
        return true;
    }
    false
}

/// How far before the word of concern its negation stands.
const NOT_WORDS: usize = 4;

/// Words of concern.
pub const CONCERN: [&str; 41] = [
    "concern",
    "concerned",
    "worried",
    "worry",
    "alarm",
    "alarmed",
    "regret",
    "regrettable",
    "dismay",
    "dismayed",
    "disquiet",
    "unease",
    "uneasy",
    "troubled",
    "saddened",
    "sickened",
    "perturbed",
    "disturbed",
    "anxious",
    "worrying",
    "trouble",
    "sadden",
    "perturb",
    "sicken",
    "horror",
    "horrified",
    "horrify",
    "appalled",
    "appal",
    "sorrow",
    "grief",
    "distress",
    "distressed",
    "consternation",
    "trepidation",
    "apprehensive",
    "apprehension",
    "anguish",
    "uneasiness",
    "disturb",
    "unsettle",
];

/// Words that condemn.
pub const UNACCEPTABLE: [&str; 10] = [
    "unacceptable",
    "unacceptability",
    "inadmissible",
    "inadmissibility",
    "intolerable",
    "impermissible",
    "deplorable",
    "condemnable",
    "reprehensible",
    "unjustifiable",
];

fn condemned(scene: &Scene, said: &Said, out: &mut Vec<Draft>) -> bool {
    let Some(trigger) = said.triggers.iter().find(|it| it.valence == Valence::Breach) else { return false };
    let common = Common { stance: Stance::Condemns, kind: Some(trigger.kind), rule: "claim/unacceptable" };
    each(scene, said, Some(trigger), &trigger.agents, &common, out);
    true
}

/// "We ask …", "X must …" at the head of the content.
pub fn asks(scene: &Scene, said: &Said) -> Option<usize> {
    let content = said.content(scene);
    let tree = scene.tree;
    (0..tree.len()).find(|&it| {
        let inside = content.contains(tree.token(it).span);
        let first_person = tree.dependents(it, &["nsubj"]).any(|it| ["we", "i"].contains(&tree.lemma(it)));
        inside
            && first_person
            && ASKING.contains(&tree.lemma(it))
            && !matches!(super::super::clause::modality(tree, it), Modality::Conditional)
    })
}

/// First-person verbs that ask.
const ASKING: [&str; 9] = ["ask", "urge", "call", "demand", "expect", "appeal", "request", "want", "beg"];
