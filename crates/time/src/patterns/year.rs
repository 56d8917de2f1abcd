//! ## Reads
//! Years, decades and centuries: `2020`, `the 1990s`, `the late 1970s`, `the
//! '80s`, `the 20th century`, `fiscal 1989`, `the year 2000`, `nineteen
//! ninety-six`, `mid-1996`, `the end of 1990`.
//!
//! ## Matters because
//! Agreements are known by their year.
//!
//! ## Example
//! "Both sides signed a truce in 2020."
//!
//! ## Misses
//! Years in two digits without apostrophe; years before 1000.

use super::{Found, Tokens};
use crate::expr::{Calendar, Edge, Expr};
use crate::lex::{Unit, Word};

const RULE: &str = "year";

/// Reads a year, decade or century from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    let (edge, from) = it.edge(at);
    let the = usize::from(it.key(from, &["the"]));
    let mut from = from + the;
    if matches!(it.word(from), Word::Unit(Unit::Year, false)) {
        from += 1;
    }
    if it.key(from, &["fiscal"]) {
        from += 1;
        if matches!(it.word(from), Word::Unit(Unit::Year, false)) {
            from += 1;
        }
    }
    // the '80s
    if it.mark(from, '\'') {
        if let (Word::Digits(decade @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90), 2), true) =
            (it.word(from + 1), it.key(from + 2, &["s"]))
        {
            return Found::one(at, from + 3, Expr::Decade(1900 + decade as i32), RULE);
        }
        return None;
    }
    // the 20th century
    if let Some((century @ 1..=21, after)) = it.month_day(from) {
        let unit = it.skip_hyphen(after);
        if matches!(it.word(unit), Word::Unit(Unit::Century, false)) {
            return Found::one(at, unit + 1, Expr::Century((i32::from(century) - 1) * 100), RULE);
        }
    }
    if let Word::Number(_) = it.word(from) {
        return spelled(it, at, from, edge);
    }
    let (year, mut end) = it.year(from)?;
    if it.key(end, &["s"]) && !it.spaced(end)
        || it.mark(end, '\'') && it.key(end + 1, &["s"]) && year % 10 == 0 && the == 1
    {
        end += if it.key(end, &["s"]) { 1 } else { 2 };
        return (year % 10 == 0).then(|| Found::one(at, end, Expr::Decade(year), RULE)).flatten();
    }
    // A bare number is a year only where it can be one.
    let joined = |at: usize| {
        matches!(it.word(at), Word::Mark('$' | '£' | '€' | '#' | '+' | '%' | '/' | '.')) && !it.spaced(at)
    };
    if from == at
        && at > 0
        && (joined(at - 1) || it.mark(at - 1, '$') || it.mark(at - 1, '#') || it.mark(at - 1, '/'))
        && !it.spaced(at)
    {
        return None;
    }
    if it.mark(end, '%')
        || it.mark(end, '/') && !it.spaced(end)
        || it.mark(end, ',')
            && !it.spaced(end)
            && !it.spaced(end + 1)
            && matches!(it.word(end + 1), Word::Digits(_, 3))
    {
        return None;
    }
    if !(1500..=2099).contains(&year)
        && edge == Edge::Whole
        && from == at
        && !(at > 0 && it.key(at - 1, &["in", "since"]))
    {
        return None;
    }
    // 1500 people, 2000 troops
    if counted(it, at, from, end, year) {
        return None;
    }
    Found::one(at, end, Expr::Calendar(Calendar { year: Some(year), edge, ..Calendar::default() }), RULE)
}

/// Whether the number counts something: round, or with a unit, and no word before it asks for a year.
fn counted(it: Tokens<'_>, at: usize, from: usize, end: usize, year: i32) -> bool {
    if from > at {
        return false;
    }
    let before = at.checked_sub(1);
    let asks = before.is_some_and(|before| {
        it.key(
            before,
            &[
                "in", "since", "until", "till", "by", "of", "from", "to", "through", "during", "and", "the",
                "before", "after", "between", "a", "its", "their",
            ],
        ) || it.mark(before, '-')
            || it.mark(before, ',')
            || it.mark(before, '(')
            || matches!(it.word(before), Word::Month(..) | Word::Season(_))
    });
    if matches!(it.word(end), Word::Unit(..)) {
        return true;
    }
    let Some(next) = it.0.get(end) else { return false };
    let noun = matches!(next.word, Word::Other) && next.spaced && !next.capital;
    if year % 100 == 0 && (!asks || noun) {
        return true;
    }
    // "killed 1,988 people" has a comma; "killed 1988 people" is rare.
    !asks && noun && next.text.ends_with('s') && !(1900..=2049).contains(&year)
}

/// `nineteen ninety-six`, `two thousand` after the word year.
fn spelled(it: Tokens<'_>, at: usize, from: usize, edge: Edge) -> Option<Found> {
    let found = |year: i32, end| {
        Found::one(at, end, Expr::Calendar(Calendar { year: Some(year), edge, ..Calendar::default() }), RULE)
    };
    if let Some((year, end)) = in_words(it, from) {
        return found(year, end);
    }
    if it.word(from) == Word::Number(2) && it.word(from + 1) == Word::Scale(1000) {
        let year_word = from > at && matches!(it.word(from - 1), Word::Unit(Unit::Year, false));
        let (year, end) = it.spelled(from)?;
        return (year_word && (2000..2100).contains(&year)).then(|| found(year as i32, end)).flatten();
    }
    None
}

/// `nineteen ninety-six`.
pub fn in_words(it: Tokens<'_>, from: usize) -> Option<(i32, usize)> {
    let Word::Number(century @ 18..=20) = it.word(from) else { return None };
    let next = it.skip_hyphen(from + 1);
    let Word::Number(tens @ 10..) = it.word(next) else { return None };
    let (rest, end) = if tens < 20 { (tens, next + 1) } else { it.spelled(next)? };
    (rest < 100).then_some(((century * 100 + rest) as i32, end))
}
