//! A word of conduct of the doer's.

use super::{Coding, Mood, intention, refusal};
use crate::lexicon::Type;

/// ## Reads
/// A verb, noun or adjective of conduct whose doer is the subject, the *by*
/// phrase or the possessor, or that the doer's verb hands on to: *carried out
/// an attack*, *began talks*, *the raid by the rebels*. The line of the
/// lexicon with most conditions decides: *opened fire* is no *opened its
/// border*.
///
/// ## Matters because
/// It is the plain case, and what the other rules change.
///
/// ## Example
/// "Rivermark's army shelled the Northland post at Alder Pass."
///
/// ## Misses
/// Words of conduct the lexicon does not know, and figures of speech (*fired a
/// broadside at the ministry*).
pub(super) fn code(root: Type, mode: Option<&'static str>, at: usize, mood: Mood, line: u32) -> Coding {
    let found = Coding { root, mode, trigger: at, mood, rule: "event-direct", line };
    refusal::apply(found).or_else(|| intention::apply(found)).unwrap_or(found)
}
