//! Orders to the other party.

use super::{Coding, Mood, Walk};
use crate::lexicon::Type;

/// ## Reads
/// A verb of ordering or wanting with the other party as the one who is to act: a
/// demand (`REQUEST`).
///
/// ## Matters because
/// What is ordered has not been done; the order is the event.
///
/// ## Example
/// "The court ordered the ministry to hand over the maps."
///
/// ## Misses
/// Orders to one's own troops are left to what the troops are to do.
pub(super) fn code(walk: &Walk, at: usize, mood: Mood) -> Option<Coding> {
    let scene = walk.scene;
    let other = scene.other.as_ref()?;
    let addressed = scene.children(at).any(|it| {
        let rel = scene.rel(it).base();
        let direct = matches!(rel, "obj" | "iobj") && other.contains(&it);
        let inside = matches!(rel, "ccomp" | "xcomp")
            && scene.children(it).any(|it| scene.rel(it).base() == "nsubj" && other.contains(&it));
        direct || inside
    });
    let acts = |it: usize| {
        matches!(scene.rel(it).base(), "xcomp" | "ccomp" | "advcl")
            || scene.rel(it).base() == "acl" && scene.is_infinitive(it)
    };
    // The infinitive may hang on the verb or on the one who is to act.
    let clause = scene.children(at).any(acts)
        || scene.children(at).filter(|it| other.contains(it)).any(|it| scene.children(it).any(acts));
    (addressed && clause).then_some(Coding {
        root: Type::Request,
        mode: Some("change"),
        trigger: at,
        mood,
        rule: "event-ordered",
        line: 0,
    })
}
