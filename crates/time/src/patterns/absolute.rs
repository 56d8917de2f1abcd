//! ## Reads
//! Dates with a month's name: `April 23, 2023`, `23 April`, `the 23rd of
//! April`, `Sunday, 23 April 2023`, `19-Sep-2023`, `early December`, `last
//! May`, `December last year`, and ranges of days: `22 and 27 April`, `from 1
//! to 3 May`, `April 22-27`.
//!
//! ## Matters because
//! A month without a year is the commonest date after the bare weekday.
//!
//! ## Example
//! "Shelling was recorded between 22 and 27 April."
//!
//! ## Misses
//! Months of other calendars; `May` and `March` at the head of a sentence are
//! read as months only where a day, a year or a preposition stands by.

use super::{Found, Hit, Tokens};
use crate::expr::{Calendar, Edge, Expr, Lean};
use crate::lex::Word;

const RULE: &str = "calendar date";

/// Reads a date from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    if !matches!(
        it.word(at),
        Word::Month(..)
            | Word::Weekday(..)
            | Word::Digits(..)
            | Word::Ordinal(_)
            | Word::Key(
                "the"
                    | "early"
                    | "mid"
                    | "late"
                    | "earlier"
                    | "later"
                    | "last"
                    | "this"
                    | "next"
                    | "past"
                    | "that"
                    | "same"
                    | "coming"
                    | "following"
                    | "previous"
                    | "end"
                    | "beginning"
                    | "start"
                    | "middle"
                    | "from"
                    | "between"
            )
    ) {
        return None;
    }
    day_range(it, at).or_else(|| whole_date(it, at)).or_else(|| month_alone(it, at))
}

/// What follows a day and month: a year, `last year`, or nothing.
fn tail(it: Tokens<'_>, date: &mut Calendar, end: usize) -> usize {
    if let Some((year, end)) = it.year_after(end).filter(|_| !it.key(end, &["in"])) {
        date.year = Some(year);
        return end;
    }
    // 23 April '23
    if it.mark(end, '\'')
        && let Word::Digits(year, 2) = it.word(end + 1)
        && !it.spaced(end + 1)
    {
        date.year = Some(two_digits(year));
        return end + 2;
    }
    if let Some((shift, end)) = it.year_shift(end) {
        date.year_shift = Some(shift);
        return end;
    }
    end
}

/// A year in two digits after an apostrophe: 1950 to 2049.
pub fn two_digits(year: u32) -> i32 {
    year as i32 + if year >= 50 { 1900 } else { 2000 }
}

fn whole_date(it: Tokens<'_>, at: usize) -> Option<Found> {
    let mut date = Calendar::default();
    let (edge, mut from) = it.edge(at);
    date.edge = edge;
    // last Oct. 23, next March 1
    if it.key(from, &["last", "next", "this"]) && matches!(it.word(from + 1), Word::Month(..)) {
        from += 1;
    }
    if let Some((weekday, end)) = it.weekday(from) {
        date.weekday = Some(weekday);
        from = if it.mark(end, ',') { end + 1 } else { end };
        if it.key(from, &["the"]) || it.key(from, &["on"]) {
            from += 1;
        }
    } else if it.key(from, &["the"]) && matches!(it.word(from + 1), Word::Digits(..) | Word::Ordinal(_)) {
        from += 1;
    }
    // April 23
    if let Some((month, end)) = it.month(from) {
        let end = it.skip_hyphen(end);
        let end = if it.key(end, &["the"]) { end + 1 } else { end };
        let (day, end) = it.month_day(end)?;
        // "April 10 people died": a number of something else.
        date.month = Some(month);
        date.day = Some(day);
        let end = tail(it, &mut date, end);
        return Found::one(at, end, Expr::Calendar(date), RULE);
    }
    // 23 April, 23rd of April, 23-Apr-2023
    let (day, end) = it.month_day(from)?;
    let hyphen = it.skip_hyphen(end);
    let end = if it.key(hyphen, &["of"]) { hyphen + 1 } else { hyphen };
    let (month, end) = it.month(end)?;
    date.month = Some(month);
    date.day = Some(day);
    let end = tail(it, &mut date, it.skip_hyphen(end));
    Found::one(at, end, Expr::Calendar(date), RULE)
}

/// `between 22 and 27 April`, `1 to 3 May`, `April 22-27, 2023`.
fn day_range(it: Tokens<'_>, at: usize) -> Option<Found> {
    let opening = it.key(at, &["from", "between"]);
    let from = at + usize::from(opening);
    let between = it.key(at, &["between"]);
    let link = |at: usize| -> Option<(bool, usize)> {
        if it.key(at, &["to", "until", "till", "through"]) {
            Some((true, at + 1))
        } else if it.key(at, &["and"]) || it.mark(at, ',') {
            Some((between, at + 1))
        } else if it.mark(at, '-') {
            Some((true, at + 1))
        } else {
            None
        }
    };
    let skip_the = |at: usize| at + usize::from(it.key(at, &["the"]));
    let found = |first: Calendar, second: Calendar, a: (usize, usize), b: (usize, usize), joined: bool| {
        let hit = |(start, end), date| Hit { start, end, expr: Expr::Calendar(date), rule: RULE };
        Some(Found { end: b.1, hits: vec![hit(a, first), hit(b, second)], joined })
    };
    let from = skip_the(from);
    // Months first.
    if let Some((month, after)) = it.month(from) {
        let (first_day, end) = it.month_day(skip_the(after))?;
        let a = (from, end);
        let (joined, next) = link(end)?;
        let next = skip_the(next);
        let (second_day, end) = it.month_day(next)?;
        // "April 23, 15 people": only a hyphen or a word joins days.
        if it.mark(a.1, ',') || matches!(it.word(end), Word::Month(..)) {
            return None;
        }
        if !joined && !matches!(it.word(end), Word::Mark(_) | Word::Other) {
            return None;
        }
        let mut second = Calendar { month: Some(month), day: Some(second_day), ..Calendar::default() };
        let end = tail(it, &mut second, end);
        let first = Calendar { day: Some(first_day), ..second };
        return found(first, second, a, (next, end), joined);
    }
    let (first_day, first_end) = it.month_day(from)?;
    let (joined, next) = link(first_end)?;
    let next = skip_the(next);
    let (second_day, end) = it.month_day(next)?;
    let end = end + usize::from(it.key(end, &["of"]));
    let (month, end) = it.month(end)?;
    let mut second = Calendar { month: Some(month), day: Some(second_day), ..Calendar::default() };
    let end = tail(it, &mut second, end);
    let first = Calendar { day: Some(first_day), ..second };
    found(first, second, (from, first_end), (next, end), joined)
}

/// `April`, `April 2023`, `last April`, `late April`, `April last year`.
fn month_alone(it: Tokens<'_>, at: usize) -> Option<Found> {
    let (edge, from) = it.edge(at);
    let (lean, from) =
        if edge == Edge::Whole || it.lean(from).0 != Lean::None { it.lean(from) } else { (Lean::None, from) };
    let (month, mut end) = it.month(from)?;
    let mut date = Calendar { month: Some(month), lean, edge, ..Calendar::default() };
    let short = matches!(it.word(from), Word::Month(_, true));
    if let Some((year, after)) =
        it.year(if it.mark(end, ',') || it.key(end, &["of"]) { end + 1 } else { it.skip_hyphen(end) })
    {
        date.year = Some(year);
        end = after;
    } else if let Some((shift, after)) = it.year_shift(end) {
        date.year_shift = Some(shift);
        end = after;
    } else if let Some((year, after)) = super::year::in_words(it, end) {
        date.year = Some(year);
        end = after;
    } else {
        let ambiguous = matches!(month, 3 | 5) || short || month == 8 || month == 4 || month == 6;
        let before = |keys: &[&str]| at > 0 && it.key(at - 1, keys);
        let said = lean != Lean::None
            || edge != Edge::Whole
            || before(&[
                "in", "since", "until", "till", "by", "from", "to", "and", "through", "of", "during",
                "before", "after", "between", "each", "every", "on", "for", "or", "around",
            ])
            || at > 0 && it.mark(at - 1, '-');
        // April, May, June and August are people too; the abbreviations need a number.
        if ambiguous && !said {
            return None;
        }
        if lean == Lean::That {
            return None;
        }
    }
    Found::one(at, end, Expr::Calendar(date), RULE)
}
