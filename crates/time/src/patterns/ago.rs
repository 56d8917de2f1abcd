//! ## Reads
//! Lengths counted from somewhere: `three days ago`, `hours earlier`, `two
//! weeks later`, `five minutes before`, `a year earlier`.
//!
//! ## Matters because
//! `ago` counts from the day of writing, `earlier` from what was told before:
//! mixing them moves the act.
//!
//! ## Example
//! "The convoy left on Sunday; two days later it was stopped."
//!
//! ## Misses
//! `in three days`, which is as often a length as a date.

use super::{Found, Tokens};
use crate::expr::{Base, Count, Expr};
use crate::lex::{Unit, Word};

const RULE: &str = "counted length";

/// Reads such a length from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    let start = at;
    let at = modifier(it, at);
    let (count, unit, end) = match it.count(at) {
        Some((count, after)) => {
            let after = if it.key(after, &["more", "full"]) { after + 1 } else { it.skip_hyphen(after) };
            let (unit, _, end) = it.unit(after)?;
            (count, unit, end)
        }
        None => match it.word(at) {
            Word::Unit(unit, true) => (Count::Some, unit, at + 1),
            // year-earlier, year-ago
            Word::Unit(unit, false) if it.mark(at + 1, '-') => (Count::Of(1, false), unit, at + 1),
            Word::Key("the")
                if matches!(it.word(at + 1), Word::Unit(Unit::Year, false)) && it.mark(at + 2, '-') =>
            {
                (Count::Of(1, false), Unit::Year, at + 2)
            }
            _ => return None,
        },
    };
    let end = it.skip_hyphen(end);
    let (sign, base) = match it.word(end) {
        Word::Key("ago") => (-1, Base::Published),
        Word::Key("earlier" | "before" | "previously") => (-1, Base::Previous),
        Word::Key("later" | "after") => (1, Base::Previous),
        _ => return None,
    };
    // "two days before the truce" is counted from the truce.
    if it.key(end, &["before", "after"])
        && !matches!(it.word(end + 1), Word::Mark(_) | Word::Key("and" | "but" | "when"))
        && end + 1 < it.0.len()
    {
        return None;
    }
    // year-earlier quarter: the unit compared belongs to it.
    let mut end = end;
    if unit == Unit::Year && it.mark(end.wrapping_sub(1), '-') {
        let ordinal = end + 1 + usize::from(matches!(it.word(end + 1), Word::Ordinal(1..=4)));
        if matches!(it.word(ordinal), Word::Unit(Unit::Quarter, false) | Word::Key("period")) {
            end = ordinal;
        }
    }
    Found::one(start, end + 1, Expr::Ago { count, unit, sign, base }, RULE)
}

/// Skips `about`, `nearly`, `more than`, `at least`, `just`, `some`.
pub fn modifier(it: Tokens<'_>, at: usize) -> usize {
    if it
        .key(at, &["about", "nearly", "almost", "approximately", "roughly", "just", "around", "over", "only"])
    {
        return at + 1;
    }
    if it.key(at, &["some"]) && matches!(it.word(at + 1), Word::Digits(..) | Word::Number(_)) {
        return at + 1;
    }
    if it.key(at, &["more", "less"]) && it.key(at + 1, &["than"]) {
        return at + 2;
    }
    if it.key(at, &["at"]) && it.key(at + 1, &["least", "most"]) {
        return at + 2;
    }
    if it.key(at, &["up"]) && it.key(at + 1, &["to"]) {
        return at + 2;
    }
    if it.key(at, &["no"]) && it.key(at + 1, &["more", "less"]) && it.key(at + 2, &["than"]) {
        return at + 3;
    }
    at
}
