//! What the doer says of the other party.

use super::{Coding, Mood, Walk};
use crate::lexicon::Type;

/// ## Reads
/// A clause under a verb of saying whose subject is the other party: under
/// *must* or *should* a demand (`REQUEST`), with a hostile act a charge
/// (`ACCUSE`), with a friendly one support, with willingness an agreement, otherwise a
/// charge.
///
/// ## Matters because
/// *Said the rebels were responsible* is a charge without a word of charging.
///
/// ## Example
/// "Northland said Rivermark must pull its guns back."
///
/// ## Misses
/// Neutral remarks about the other party are coded as charges; so are
/// predictions.
pub(super) fn code(walk: &Walk, at: usize, content: usize, mood: Mood, step: usize) -> Option<Coding> {
    let own = walk.mood(content, Mood::default());
    let below = walk.from(content, Mood::default(), step + 1);
    // "Insisted that they withdraw": a bare form asks for what is not yet so.
    let feats = walk.scene.sentence.tokens[content].feats;
    let helped = walk.scene.children(content).any(|it| matches!(walk.scene.rel(it).base(), "aux" | "cop"));
    let bare = feats.infinitive && !feats.present && !helped;
    // What is neither wanted of the other party nor hostile is told of it, and
    // hardly an event between the two.
    let mut apart = mood.apart;
    let root = if own.wanted || bare || below.is_some_and(|it| it.mood.wanted) {
        Type::Request
    } else {
        match below.map(|it| it.root) {
            Some(Type::Reject) if own.negated && own.future => Type::Reject,
            Some(Type::Agree) => {
                apart = true;
                Type::Agree
            }
            Some(it) if it.is_cooperation() => {
                apart = true;
                Type::Support
            }
            Some(Type::Request | Type::Accuse) | None => {
                apart = true;
                Type::Accuse
            }
            Some(_) => Type::Accuse,
        }
    };
    let mode = match root {
        Type::Request => Some("change"),
        Type::Accuse => Some("allege"),
        _ => None,
    };
    Some(Coding {
        root,
        mode,
        trigger: at,
        mood: Mood { apart, ..mood },
        rule: "event-said-of",
        line: below.map_or(0, |it| it.line),
    })
}
