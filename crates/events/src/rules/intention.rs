//! Conduct that is to come.

use super::Coding;
use crate::lexicon::Type;

/// ## Reads
/// Conduct under *will*, *plans to*, *is set to*, *wants to*: a friendly act
/// that is announced is an agreement to it (`AGREE`), a hostile one a threat
/// (`THREATEN`). Speech acts to come stay what they are.
///
/// ## Matters because
/// An act that has not happened must not be counted as one that has.
///
/// ## Example
/// "Northland said it would reopen the crossing on Monday."
///
/// ## Misses
/// The future of the timetable (*talks open on Friday*) and the future in the
/// past (*who would later kill him*).
pub(super) fn apply(found: Coding) -> Option<Coding> {
    if !found.mood.future && !found.mood.wanted {
        return None;
    }
    let root = match found.root {
        Type::Consult | Type::Support | Type::Cooperate | Type::Aid | Type::Yield => Type::Agree,
        Type::Assault | Type::Coerce | Type::Sanction | Type::Mobilize | Type::Protest => Type::Threaten,
        _ => return None,
    };
    Some(Coding { root, mode: None, rule: "event-intention", ..found })
}
