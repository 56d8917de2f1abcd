//! Conduct that is not to be.

use super::Coding;
use crate::lexicon::Type;

/// ## Reads
/// A friendly act, an agreement or a reply that the doer does not, will not or
/// never did do: a refusal (`REJECT`).
///
/// ## Matters because
/// *Will not withdraw* has the words of a withdrawal and is its opposite.
///
/// ## Example
/// "Rivermark said it would not lift the blockade."
///
/// ## Misses
/// Refusals by condition (*not before the others go*) are coded as refusals
/// without the condition.
pub(super) fn apply(found: Coding) -> Option<Coding> {
    if !found.mood.negated || !(found.root.is_cooperation() || found.root == Type::Request) {
        return None;
    }
    Some(Coding { root: Type::Reject, mode: None, rule: "event-refusal", ..found })
}
