//! Naming: "in what X called a gross violation".

use truce_model::{ActorId, Kind, Stance};

use super::{Common, each, is_own, tone};
use crate::claims::clause;
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::{Form, Lexicon, Valence};

/// ## Reads
/// A name that a source puts on an act: with a word of breach it is a charge
/// about the act it is put on, by its doer; put on a charge (*called the
/// accusation a slander*) it is a denial.
///
/// ## Matters because
/// Wires tell an act in their own voice and hang the charge on it in half a
/// clause; the charge is the party's, not the wire's.
///
/// ## Example
/// "Rivermark set up a checkpoint, in what Northland called a gross violation."
///
/// ## Misses
/// Irony, and names that charge only by connotation ("a stunt").
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    let content = said.content(scene);
    let words = scene.lemmas_in(content);
    let sides: Vec<ActorId> = said.speakers.iter().map(|it| scene.who.side(it)).collect();
    if dismisses(scene, said, &words) {
        if let Some(charge) = scene.last_charge_against(&sides, content) {
            let antecedent = &scene.before[charge];
            let accused: Vec<ActorId> = antecedent.accused.iter().cloned().collect();
            let common = Common { stance: Stance::Denies, kind: antecedent.kind, rule: "claim/call-denial" };
            let from = out.len();
            each(scene, said, None, &accused, &common, out);
            for draft in &mut out[from..] {
                draft.scope = Some(content);
                draft.like = Some(charge);
            }
        }
        if out.is_empty() {
            super::deny::general(scene, said, content, out);
        }
        return;
    }
    if words.iter().any(|it| tone::UNACCEPTABLE.contains(it)) {
        let named = scene.triggers.iter().find(|it| it.valence == Valence::Breach);
        if let Some(trigger) = named {
            let common =
                Common { stance: Stance::Condemns, kind: Some(trigger.kind), rule: "claim/unacceptable" };
            let from = out.len();
            each(scene, said, Some(trigger), &trigger.agents, &common, out);
            for draft in &mut out[from..] {
                draft.evidence = scene.tree.sentence.span;
            }
        }
        return;
    }
    let lexicon = Lexicon::shipped();
    let charges = words.iter().any(|it| lexicon.is_in("breachword", it));
    // "A step that X termed a draft in all but name": the name itself is a word
    // of conduct.
    let named = said.triggers.iter().find(|it| it.valence == Valence::Breach && it.form == Form::Noun);
    if !charges && named.is_none_or(|it| !it.agents.is_empty()) {
        let from = out.len();
        super::say::draft(scene, said, out);
        // "deplores what it describes as …": the naming stands in what is
        // condemned.
        if is_condemned(scene, said) {
            for draft in &mut out[from..] {
                if matches!(draft.stance, Stance::Reports | Stance::Alleges) {
                    draft.stance = Stance::Condemns;
                }
            }
        }
        return;
    }
    let own_kind = named.map(|it| it.kind).filter(|it| *it != Kind::NonFulfilment);
    let kind_of = |act: Option<Kind>| match (charges, own_kind) {
        (_, Some(kind)) if named.is_some_and(|it| !it.agents.is_empty()) => Some(kind),
        (true, _) => act,
        (false, _) => named.map(|it| it.kind),
    };
    // The act it is put on: conduct in the same sentence outside the content,
    // nearest before the cue; else inside; else the last act of the article.
    let cue_at = said.statement.cue.as_ref().map_or(content.start, |it| it.span().start);
    let outside = scene
        .triggers
        .iter()
        .filter(|it| it.valence != Valence::Keep && !content.contains(scene.tree.token(it.token).span))
        .filter(|it| scene.tree.token(it.token).span.start < cue_at)
        .filter(|it| !is_own(scene, said, &it.agents))
        .max_by_key(|it| (!it.agents.is_empty(), scene.tree.token(it.token).span.start));
    let by = by_phrase(scene, said);
    if let Some(act) = outside {
        let accused = if by.is_empty() { act.agents.clone() } else { by };
        let common =
            Common { stance: Stance::Alleges, kind: kind_of(Some(act.kind)), rule: "claim/call-charge" };
        let from = out.len();
        each(scene, said, Some(act), &accused, &common, out);
        for draft in &mut out[from..] {
            draft.evidence = said.whole(scene);
        }
        return;
    }
    let last = scene.before.iter().rposition(|it| {
        let threat = it.stance == Stance::Pledges && it.kind == Some(Kind::HostilePropaganda);
        (threat
            || matches!(
                it.stance,
                Stance::Reports | Stance::Alleges | Stance::Acknowledges | Stance::Justifies
            ))
            && it.accused.as_ref().is_some_and(|who| !sides.contains(&scene.who.side(who)))
            && scene.sentence - it.sentence <= 2
    });
    if let Some(like) = last {
        let antecedent = &scene.before[like];
        let accused: Vec<ActorId> =
            if by.is_empty() { antecedent.accused.iter().cloned().collect() } else { by };
        let common =
            Common { stance: Stance::Alleges, kind: kind_of(antecedent.kind), rule: "claim/call-charge" };
        let from = out.len();
        each(scene, said, None, &accused, &common, out);
        for draft in &mut out[from..] {
            draft.like = Some(like);
        }
    } else if !by.is_empty() {
        let common =
            Common { stance: Stance::Alleges, kind: Some(Kind::NonFulfilment), rule: "claim/call-charge" };
        each(scene, said, None, &by, &common, out);
    }
}

/// Whether a word that condemns stands right before the naming.
fn is_condemned(scene: &Scene, said: &Said) -> bool {
    let Some(cue) = said.statement.cue.as_ref().and_then(|it| scene.token_at(it.span().start as usize))
    else {
        return false;
    };
    (cue.saturating_sub(CONDEMNED_WORDS)..cue).any(|it| {
        let verbs = &crate::statements::cues::cues().verbs;
        verbs.get(scene.tree.lemma(it)).is_some_and(|it| it[0].class == truce_model::CueClass::Condemn)
    })
}

/// How far before the naming its condemnation may stand.
const CONDEMNED_WORDS: usize = 4;

/// Words for a charge, as the object of the naming.
pub const CHARGE_WORDS: [&str; 16] = [
    "charge",
    "accusation",
    "allegation",
    "claim",
    "report",
    "letter",
    "assertion",
    "statement",
    "that",
    "it",
    "suggestion",
    "account",
    "complaint",
    "story",
    "version",
    "remark",
];

/// Names that reject.
pub const REJECTING: [&str; 40] = [
    "slander",
    "lie",
    "baseless",
    "false",
    "untrue",
    "fabrication",
    "invention",
    "nonsense",
    "propaganda",
    "laughable",
    "absurd",
    "groundless",
    "unfounded",
    "fiction",
    "theatre",
    "theater",
    "fantasy",
    "smear",
    "libel",
    "invented",
    "fabricated",
    "ridiculous",
    "disinformation",
    "hoax",
    "rubbish",
    "fake",
    "misleading",
    "incorrect",
    "wrong",
    "preposterous",
    "fairy",
    "distortion",
    "unsubstantiated",
    "untruth",
    "farcical",
    "ludicrous",
    "mendacious",
    "calumny",
    "falsehood",
    "concoction",
];

fn dismisses(scene: &Scene, said: &Said, words: &[&str]) -> bool {
    // Whatever a charge is called, calling it names rejects it.
    let names_charge = words.iter().any(|it| ["charge", "accusation", "allegation"].contains(it));
    let rejects = words.iter().any(|it| REJECTING.contains(it));
    if !rejects {
        return names_charge;
    }
    let sentence_words = scene.lemmas_in(said.whole(scene));
    sentence_words.iter().any(|it| CHARGE_WORDS.contains(it))
}

/// Whom the name itself blames: "a brazen breach of the truce by the League".
fn by_phrase(scene: &Scene, said: &Said) -> Vec<ActorId> {
    let content = said.content(scene);
    let lexicon = Lexicon::shipped();
    let inside = |it: &usize| content.contains(scene.tree.token(*it).span);
    // "a breach of the truce by the League", wherever the parser hung the *by*.
    let named =
        (0..scene.tree.len()).filter(inside).any(|it| lexicon.is_in("breachword", scene.tree.lemma(it)));
    let by = (0..scene.tree.len()).filter(inside).find(|it| scene.tree.lemma(*it) == "by");
    if let (true, Some(by)) = (named, by) {
        let after: Vec<usize> = (by + 1..(by + 4).min(scene.tree.len())).filter(inside).collect();
        let found = scene.who.of_tokens(scene.tree, scene.sentence, &after);
        if !found.is_empty() && !is_own(scene, said, &found) {
            return found;
        }
    }
    for token in 0..scene.tree.len() {
        if inside(&token) && lexicon.is_in("breachword", scene.tree.lemma(token)) {
            let roles = clause::roles(scene.tree, token);
            for list in [&roles.agent, &roles.modifiers] {
                let found = scene.who.of_tokens(scene.tree, scene.sentence, list);
                if !found.is_empty() && !is_own(scene, said, &found) {
                    return found;
                }
            }
        }
    }
    Vec::new()
}
