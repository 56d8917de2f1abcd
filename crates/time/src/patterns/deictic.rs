//! ## Reads
//! Words that point from the day of writing: `today`, `yesterday afternoon`,
//! `tonight`, `overnight`, `last week`, `this month`, `next year`, `earlier
//! this week`; and from the mention before: `the same day`, `the next day`,
//! `that month`, `the following year`, `earlier that day`.
//!
//! ## Matters because
//! They are worth nothing without the day they are counted from, so they stay
//! unresolved where it is unknown.
//!
//! ## Example
//! "Earlier this week a convoy was turned back."
//!
//! ## Misses
//! `these days`, `the day` with nothing before it.

use super::{Found, Tokens, weekday};
use crate::expr::{Base, Count, Edge, Expr};
use crate::lex::{Part, Unit, Word};

const RULE: &str = "counted from the day of writing";
const BACK: &str = "counted from the date before";

/// Reads such a word from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    if !matches!(it.word(at), Word::Key(_)) {
        return None;
    }
    let (edge, from) = it.edge(at);
    let offset = |count, unit, base, part, end, rule| {
        let edge = if unit == Unit::Day && edge != Edge::Earlier { Edge::Whole } else { edge };
        Found::one(at, end, Expr::Offset { count, unit, base, part, edge }, rule)
    };
    // today, yesterday evening, tonight
    if let Word::Key(key @ ("today" | "yesterday" | "tomorrow" | "tonight" | "overnight")) = it.word(from) {
        let mut end = from + 1;
        let mut part = None;
        if let Some(it_part) = weekday::part(it, end) {
            part = Some(it_part);
            end += 1;
        }
        return match key {
            "today" => offset(0, Unit::Day, Base::Published, part, end, RULE),
            "yesterday" => offset(-1, Unit::Day, Base::Published, part, end, RULE),
            "tomorrow" => offset(1, Unit::Day, Base::Published, part, end, RULE),
            "tonight" => offset(0, Unit::Day, Base::Published, Some(Part::Night), from + 1, RULE),
            _ => Found::one(at, from + 1, Expr::Overnight, RULE),
        };
    }
    let the = usize::from(it.key(from, &["the"]));
    let head = from + the;
    let Word::Key(key) = it.word(head) else { return the_unit(it, at, from, edge) };
    // the day before yesterday
    let (mut count, base) = match key {
        "last" | "past" | "previous" if the == 0 || key == "last" => (-1, Base::Published),
        "previous" => (-1, Base::Previous),
        "this" | "current" => (0, Base::Published),
        "next" if the == 1 => (1, Base::Previous),
        "next" | "coming" | "upcoming" => (1, Base::Published),
        "following" => (1, Base::Previous),
        "that" | "same" => (0, Base::Previous),
        "past" => (-1, Base::Published),
        _ => return the_unit(it, at, from, edge),
    };
    let mut unit_at = head + 1;
    if key == "that" && it.key(unit_at, &["same"]) {
        unit_at += 1;
    }
    if key == "this" && it.key(unit_at, &["past", "coming"]) {
        count = if it.key(unit_at, &["past"]) { -1 } else { 1 };
        unit_at += 1;
    }
    if it.key(unit_at, &["fiscal"]) {
        unit_at += 1;
    }
    let rule = if base == Base::Previous { BACK } else { RULE };
    if let Some(part) = weekday::part(it, unit_at) {
        // "past midnight" is a time.
        if key == "past" {
            return None;
        }
        let count = if key == "last" { -1 } else { count };
        return offset(count, Unit::Day, base, Some(part), unit_at + 1, rule);
    }
    let (unit, plural, mut end) = it.unit(unit_at)?;
    if plural || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return None;
    }
    // The past week is a stretch; read as a duration.
    if key == "past" && the == 1 && unit != Unit::Weekend {
        return None;
    }
    if unit == Unit::Quarter || unit == Unit::Season || unit == Unit::Fortnight {
        return None;
    }
    if unit == Unit::Day && matches!(key, "this") {
        return offset(0, unit, Base::Published, None, end, rule);
    }
    if unit == Unit::Day && matches!(key, "last" | "past") {
        return None;
    }
    // the next day's meeting; last year's
    let possessive = it.skip_possessive(end);
    if possessive > end && unit != Unit::Day {
        end = possessive - (possessive - end);
    }
    offset(count, unit, base, None, end, rule)
}

/// `the day after`, `the day before yesterday`, `the weekend`.
fn the_unit(it: Tokens<'_>, at: usize, from: usize, edge: Edge) -> Option<Found> {
    let the = usize::from(it.key(from, &["the"]));
    let (unit, plural, end) = it.unit(from + the)?;
    if plural {
        return None;
    }
    let found = |count, unit, base, end, rule| {
        Found::one(at, end, Expr::Offset { count, unit, base, part: None, edge }, rule)
    };
    if unit == Unit::Day && the == 1 {
        let sign = if it.key(end, &["before"]) {
            -1
        } else if it.key(end, &["after"]) {
            1
        } else {
            return None;
        };
        return match it.word(end + 1) {
            Word::Key("yesterday") if sign < 0 => found(-2, unit, Base::Published, end + 2, RULE),
            Word::Key("tomorrow") if sign > 0 => found(2, unit, Base::Published, end + 2, RULE),
            // "the day after the vote": counted from an event.
            Word::Mark(_) | Word::Key("in" | "on" | "at" | "and" | "by" | "from") => {
                found(sign, unit, Base::Previous, end + 1, BACK)
            }
            _ if end + 1 >= it.0.len() => found(sign, unit, Base::Previous, end + 1, BACK),
            _ => None,
        };
    }
    if unit == Unit::Weekend && (the == 1 || edge != Edge::Whole) {
        return found(0, unit, Base::Published, end, RULE);
    }
    // for the year ended June 30; of the year
    if unit == Unit::Year && the == 1 && edge == Edge::Whole {
        if it.key(end, &["ended", "ending"]) {
            return Found::one(at, end, Expr::Lasting(Count::Of(1, false), unit), RULE);
        }
        if at > 0 && it.key(at - 1, &["of", "for", "during", "in"]) && !it.key(end, &["before", "after"]) {
            return found(0, unit, Base::Published, end, RULE);
        }
    }
    // earlier in the year, the end of the month
    if edge != Edge::Whole && the == 1 && matches!(unit, Unit::Week | Unit::Month | Unit::Year)
        || matches!(edge, Edge::Earlier | Edge::Later) && the == 1 && unit == Unit::Day
    {
        return found(0, unit, Base::Published, end, RULE);
    }
    None
}
