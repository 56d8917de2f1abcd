//! Unnamed soldiers who speak: whose they are.

use std::collections::BTreeMap;

use truce_model::{ActorId, Statement};

use super::lexicon::Valence;
use super::trigger::Trigger;
use super::who::Who;
use crate::prepared::Prepared;

/// ## Reads
/// *A military source*, *a security official*, *a field commander* whose side
/// no word gives: where the agreement has two parties, and the others that
/// bear arms are charged by that very source, the source is of the party it
/// does not charge.
///
/// ## Matters because
/// State and party media seldom say whose *military source* they quote; to
/// their readers there is only one.
///
/// ## Example
/// "The aggressors broke the truce 40 times, a military source said."
///
/// ## Misses
/// Sources that charge nobody stay unknown, and so do diplomats and officials
/// who may be of any country.
pub fn sides(
    who: &Who,
    prepared: &Prepared,
    statements: &[Statement],
    triggers: &[Vec<Trigger>],
) -> BTreeMap<ActorId, ActorId> {
    let parties = who.parties();
    let mut out = BTreeMap::new();
    if parties.len() != 2 {
        return out;
    }
    let mut soldiers: Vec<&ActorId> = Vec::new();
    for statement in statements {
        let Some(actor) = &statement.source.actor else { continue };
        let unknown = who.side(actor) == *actor && !who.in_pack(actor) && statement.source.side.is_none();
        let words = statement.source.words.as_ref().map_or(String::new(), |it| it.exact().to_lowercase());
        let armed = words.split(|it: char| !it.is_alphabetic()).any(|it| ARMED.contains(&it));
        if unknown && armed && !soldiers.contains(&actor) {
            soldiers.push(actor);
        }
    }
    for actor in soldiers {
        let mut charged: Vec<ActorId> = Vec::new();
        for statement in statements.iter().filter(|it| it.source.actor.as_ref() == Some(actor)) {
            let content = statement.content.span();
            let inside = triggers.iter().flatten().filter(|it| {
                let token = &prepared.sentences[it.sentence].parsed.tokens[it.token];
                content.contains(token.span) && it.valence == Valence::Breach
            });
            charged.extend(inside.flat_map(|it| &it.agents).map(|it| who.side(it)));
        }
        let left: Vec<&ActorId> = parties.iter().filter(|it| !charged.contains(it)).collect();
        if let ([side], false) = (&left[..], charged.is_empty()) {
            out.insert(actor.clone(), (*side).clone());
        }
    }
    out
}

/// Words that make a source one of those who fight.
const ARMED: [&str; 12] = [
    "military",
    "army",
    "security",
    "field",
    "armed",
    "troops",
    "forces",
    "intelligence",
    "police",
    "commander",
    "front",
    "frontline",
];
