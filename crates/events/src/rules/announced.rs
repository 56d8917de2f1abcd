//! What the doer says of himself.

use super::{Coding, Mood, Walk, said_of};

/// ## Reads
/// A verb of saying: the content is coded as the doer's conduct if he speaks
/// of himself (*said it had freed the prisoners*) or names an act (*announced
/// a ceasefire*); if he speaks of the other party, it is what he says of it.
///
/// ## Matters because
/// Governments announce what they do; taking the saying for the deed or the
/// deed of another for the speaker's turns the record round.
///
/// ## Example
/// "The Rivermark army said it had withdrawn from the ridge."
///
/// ## Misses
/// Content whose subject is neither the speaker nor the other party is coded
/// as the speaker's where a pair is asked about; a record leaves it out.
pub(super) fn code(walk: &Walk, at: usize, mood: Mood, step: usize) -> Option<Coding> {
    let scene = walk.scene;
    let mood = Mood { told: true, ..mood };
    let content = scene
        .children(at)
        .find(|it| scene.rel(*it).base() == "ccomp")
        .or_else(|| scene.children(at).find(|it| matches!(scene.rel(*it).base(), "parataxis" | "xcomp")))
        .or_else(|| scene.head(at).filter(|_| scene.rel(at).base() == "parataxis"))?;
    let about = scene.other.as_ref().is_some_and(|other| {
        let top = scene.top(other);
        scene.children(content).any(|it| {
            matches!(scene.rel(it).base(), "nsubj" | "csubj")
                && (other.contains(&it) || scene.is_under(top, it))
        })
    });
    if about && !scene.doer.contains(&content) {
        return said_of::code(walk, at, content, mood, step);
    }
    let apart = mood.apart || walk.has_own_subject(content);
    walk.from(content, Mood { apart, ..mood }, step + 1)
}
