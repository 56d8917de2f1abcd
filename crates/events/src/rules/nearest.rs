//! Where the tree leads nowhere.

use super::{Coding, Mood, Walk};
use crate::lexicon::Sense;

/// ## Reads
/// The word of conduct between the two parties that is closest to the doer,
/// and failing that the closest outside them, when the way down the tree
/// found none.
///
/// ## Matters because
/// Headlines and long apposition break trees; the words still stand there.
///
/// ## Example
/// "Rivermark – third raid in a week – Northland post."
///
/// ## Misses
/// It may take a word of somebody else's conduct; its codes are the least
/// certain and carry this rule's name.
pub(super) fn code(walk: &Walk) -> Option<Coding> {
    let scene = walk.scene;
    let (first, last) = match &scene.other {
        Some(other) if other.start() > scene.doer.end() => (*scene.doer.end(), *other.start()),
        Some(other) => (*other.end(), *scene.doer.start()),
        None => (*scene.doer.end(), scene.sentence.tokens.len()),
    };
    let between = first + 1..last.max(first + 1);
    let anchor = *scene.doer.end();
    let mut rest: Vec<usize> = (0..scene.sentence.tokens.len()).filter(|it| !between.contains(it)).collect();
    rest.sort_by_key(|it| it.abs_diff(anchor));
    between.chain(rest).filter(|it| !scene.is_party(*it)).find_map(|at| {
        let row = scene.hit(walk.lexicon, at)?.row;
        let Sense::Conduct(root, mode) = row.sense else { return None };
        let mood = walk.mood(at, Mood::default());
        let found = super::direct::code(root, mode, at, mood, row.line);
        Some(Coding { rule: "event-nearest", ..found })
    })
}
