//! ## Reads
//! Weekdays: `Sunday`, `last Friday`, `next Monday`, `late on Tuesday`,
//! `early Wednesday`, `Sunday morning`, `Friday's`, `the following Monday`.
//!
//! ## Matters because
//! Nine dates of ten in a report are bare weekdays; read to the future they
//! make a breach that has not happened yet.
//!
//! ## Example
//! "Northland on Sunday set up a post." is the latest Sunday not after the day
//! of publication.
//!
//! ## Misses
//! `Monday week`, `a week on Friday`.

use super::{Found, Tokens};
use crate::expr::{Calendar, Edge, Expr, Lean};
use crate::lex::{Part, Unit, Word};

const RULE: &str = "weekday";

/// Reads a weekday from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    let (edge, from) = it.edge(at);
    let (lean, from) = it.lean(from);
    let Word::Weekday(weekday, short) = it.word(from) else { return None };
    let mut end = from + 1;
    if short {
        // Sat, Sun and Wed are words; alone they are no days.
        let point = it.mark(end, '.') && !it.spaced(end);
        if !point && edge == Edge::Whole && lean == Lean::None {
            return None;
        }
        end += usize::from(point);
    }
    // Mondays: a set, read elsewhere.
    if it.0[from].text.ends_with('s') && !short {
        return None;
    }
    let mut date = Calendar { weekday: Some(weekday), lean, edge, ..Calendar::default() };
    let mut next = it.skip_hyphen(end);
    let adverb = it.key(next, &["early", "late"]);
    if adverb && part(it, next + 1).is_some() {
        next += 1;
    }
    if let Some(part) = part(it, next) {
        date.part = Some(part);
        end = next + 1;
    } else if let Word::Unit(Unit::Week, false) = it.word(end + 1) {
        match it.word(end) {
            Word::Key("last") => {
                date.lean = Lean::Last;
                end += 2;
            }
            Word::Key("next") => {
                date.lean = Lean::Next;
                end += 2;
            }
            Word::Key("this") => {
                date.lean = Lean::This;
                end += 2;
            }
            _ => {}
        }
    }
    Found::one(at, end, Expr::Calendar(date), RULE)
}

/// A part of the day after its name.
pub fn part(it: Tokens<'_>, at: usize) -> Option<Part> {
    match it.word(at) {
        Word::Part(part) => Some(part),
        Word::Unit(Unit::Night, false) => Some(Part::Night),
        _ => None,
    }
}
