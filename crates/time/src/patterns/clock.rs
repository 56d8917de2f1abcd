//! ## Reads
//! Times of day: `10:35 a.m.`, `7 p.m. on Tuesday`, `20:07, 19-Sep-2023`,
//! `0735 GMT`, `4 in the morning`, `noon Thursday`, `07:50 Moscow time`.
//!
//! ## Matters because
//! Truces begin and end at an hour, and monitors log by the minute.
//!
//! ## Example
//! "Fire was opened at 07:50 on Sunday."
//!
//! ## Misses
//! Bare numbers (`at 7`); zones with summer time keep no offset.

use super::{Found, Tokens, absolute, weekday};
use crate::expr::{Calendar, Clock, Expr};
use crate::lex::{Part, Word};

const RULE: &str = "time of day";

/// Reads a time of day from token `at` on, with a date beside it.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    if !matches!(it.word(at), Word::Digits(..) | Word::Part(_) | Word::Number(_)) {
        return None;
    }
    let (mut date, end) = match time(it, at) {
        Some((clock, end)) => (Calendar { clock: Some(clock), ..Calendar::default() }, end),
        None => match it.word(at) {
            Word::Part(part @ (Part::Midday | Part::Midnight | Part::Dawn | Part::Evening)) => {
                (Calendar { part: Some(part), ..Calendar::default() }, at + 1)
            }
            _ => return None,
        },
    };
    let (offset, end) = zone(it, end);
    if let Some(clock) = &mut date.clock {
        clock.offset = offset;
    }
    let mut end = end;
    // (0735 GMT): the same moment in another zone belongs to it.
    if it.mark(end, '(')
        && let Some((_, after)) = time(it, end + 1)
    {
        let (_, after) = zone(it, after);
        if it.mark(after, ')') {
            end = after + 1;
        }
    }
    // on Tuesday; , 19-Sep-2023; yesterday
    let mut next = end;
    if it.mark(next, ',') {
        next += 1;
    }
    if it.key(next, &["on", "of"]) {
        next += 1;
    }
    let day =
        absolute::read(it, next).filter(|found| found.hits.len() == 1).or_else(|| weekday::read(it, next));
    if let Some(found) = day
        && let [hit] = &found.hits[..]
        && let Expr::Calendar(day) = &hit.expr
        && (day.day.is_some() || day.weekday.is_some())
        && day.clock.is_none()
    {
        let joined = Calendar { clock: date.clock, part: date.part.or(day.part), ..*day };
        return Found::one(at, found.end, Expr::Calendar(joined), RULE);
    }
    match it.word(next) {
        Word::Key("yesterday" | "today" | "tomorrow") => {
            let days = match it.word(next) {
                Word::Key("yesterday") => -1,
                Word::Key("tomorrow") => 1,
                _ => 0,
            };
            let date = Calendar { year_shift: Some(days), ..date };
            // The shift counts days where there is a time and no date.
            Found::one(at, next + 1, Expr::Calendar(date), RULE)
        }
        _ if date.clock.is_some() => Found::one(at, end, Expr::Calendar(date), RULE),
        // A bare part of the day is no clock, "at dawn" is one.
        _ if matches!(date.part, Some(Part::Midday | Part::Midnight)) || told_by(it, at) => {
            Found::one(at, end, Expr::Calendar(date), RULE)
        }
        _ => None,
    }
}

/// Whether a preposition makes the part of the day a moment: `at dawn`, `just
/// before daybreak`. `Towards evening` and `by night` are habits as well.
fn told_by(it: Tokens<'_>, at: usize) -> bool {
    at > 0 && it.key(at - 1, &["at", "before", "around", "after"]) && it.word(at) == Word::Part(Part::Dawn)
}

/// The time itself, without zone.
fn time(it: Tokens<'_>, at: usize) -> Option<(Clock, usize)> {
    let (hour, width) = match it.word(at) {
        Word::Digits(hour, width) => (hour, width),
        Word::Number(hour @ 1..=12) => (hour, 2),
        _ => return None,
    };
    let clock = |hour: u32, minute: u32| -> Option<Clock> {
        (hour < 24 && minute < 60).then_some(Clock { hour: hour as u8, minute: minute as u8, offset: None })
    };
    // 0735 GMT, 1500 GMT
    if width == 4 {
        let (_, end) = zone(it, at + 1);
        let zoned = end > at + 1;
        let hours = it.key(at + 1, &["hours"])
            || matches!(it.word(at + 1), Word::Unit(crate::lex::Unit::Hour, true))
            || it.key(at + 1, &["h"]);
        return (zoned || hours && hour / 100 < 24 && it.spaced(at + 1))
            .then(|| clock(hour / 100, hour % 100))
            .flatten()
            .map(|clock| (clock, if zoned { at + 1 } else { at + 2 }));
    }
    if width > 2 {
        return None;
    }
    let mut minute = 0;
    let mut end = at + 1;
    let mut written = false;
    let colon = it.mark(end, ':') || it.mark(end, '.');
    if colon
        && !it.spaced(end)
        && !it.spaced(end + 1)
        && let Word::Digits(value, 2) = it.word(end + 1)
    {
        minute = value;
        written = it.mark(end, ':');
        end += 2;
        if it.mark(end, ':') && !it.spaced(end) && matches!(it.word(end + 1), Word::Digits(0..=60, 2)) {
            end += 2;
        }
    }
    if let Some((afternoon, after)) = half_day(it, end) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        let hour = hour % 12 + if afternoon { 12 } else { 0 };
        return Some((clock(hour, minute)?, after));
    }
    // 4 in the morning
    if it.key(end, &["in", "at"]) {
        let the = end + 1 + usize::from(it.key(end + 1, &["the"]));
        let afternoon = match it.word(the) {
            Word::Part(Part::Morning) => Some(false),
            Word::Part(Part::Afternoon | Part::Evening) => Some(true),
            _ if it.key(end, &["at"])
                && matches!(it.word(the), Word::Unit(crate::lex::Unit::Night, false)) =>
            {
                Some(true)
            }
            _ => None,
        };
        if let (Some(afternoon), 1..=12) = (afternoon, hour)
            && (written || !it.key(end, &["at"]))
        {
            let hour = hour % 12 + if afternoon { 12 } else { 0 };
            return Some((clock(hour, minute)?, the + 1));
        }
    }
    if it.key(end, &["o"]) && it.mark(end + 1, '\'') {
        return Some((clock(hour, minute)?, end + 3));
    }
    if written {
        // 3:2 is a score, 3:16-18 a verse; two digits after the colon a time.
        return Some((clock(hour, minute)?, if it.key(end, &["h"]) { end + 1 } else { end }));
    }
    // 20.07 GMT
    if minute > 0 && zone(it, end).1 > end {
        return Some((clock(hour, minute)?, end));
    }
    None
}

/// `a.m.`, `pm`; whether afternoon.
fn half_day(it: Tokens<'_>, at: usize) -> Option<(bool, usize)> {
    if it.key(at, &["am"]) {
        return Some((false, at + 1));
    }
    if it.key(at, &["pm"]) {
        return Some((true, at + 1));
    }
    let afternoon = if it.key(at, &["p"]) {
        true
    } else if it.key(at, &["a"]) {
        false
    } else {
        return None;
    };
    if it.mark(at + 1, '.') && it.key(at + 2, &["m"]) && !it.spaced(at + 2) {
        let point = it.mark(at + 3, '.') && !it.spaced(at + 3);
        return Some((afternoon, at + 3 + usize::from(point)));
    }
    None
}

/// A zone after a time: its fixed offset, if it has one, and where it ends.
fn zone(it: Tokens<'_>, at: usize) -> (Option<i16>, usize) {
    let Word::Key(key) = it.word(at) else {
        return if matches!(it.word(at), Word::Mark('Z')) { (Some(0), at + 1) } else { (None, at) };
    };
    let time = it.key(at + 1, &["time"]);
    match key {
        "gmt" | "utc" | "z" => {
            if let (Word::Mark(sign @ ('+' | '-')), Word::Digits(hours @ 0..=14, _)) =
                (it.word(at + 1), it.word(at + 2))
                && !it.spaced(at + 1)
            {
                let minutes = hours as i16 * 60;
                return (Some(if sign == '-' { -minutes } else { minutes }), at + 3);
            }
            (Some(0), at + 1)
        }
        "est" => (Some(-300), at + 1),
        "edt" | "cdt" | "cst" | "pst" | "pdt" => {
            let hours = match key {
                "edt" => -4,
                "cdt" => -5,
                "cst" => -6,
                "pdt" => -7,
                _ => -8,
            };
            (Some(hours * 60), at + 1)
        }
        "bst" => (Some(60), at + 1),
        "cet" => (Some(60), at + 1),
        "et" => (None, at + 1),
        // Zones without summer time (Moscow since late 2014).
        "moscow" if time => (Some(180), at + 2),
        "kabul" if time => (Some(270), at + 2),
        "baku" | "yerevan" if time => (Some(240), at + 2),
        "beijing" if time => (Some(480), at + 2),
        "local" | "kyiv" | "kiev" | "tehran" if time => (None, at + 2),
        _ => (None, at),
    }
}
