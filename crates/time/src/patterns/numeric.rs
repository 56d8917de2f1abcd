//! ## Reads
//! Dates in digits: `2023-04-23`, `2023/04/23`, `23.04.2023`, `04/23/2023`,
//! with a time of day after them (`2023-04-23T07:50Z`).
//!
//! ## Matters because
//! Page furniture prints dates so.
//!
//! ## Example
//! "23.04.2023" is a day; "07/08/2023" may be two and stays unknown.
//!
//! ## Misses
//! Two-digit years (`23/4/23`): they are more often scores and fractions.

use super::{Found, Tokens};
use crate::calendar::Date;
use crate::expr::{Calendar, Clock, Expr};
use crate::lex::Word;

const RULE: &str = "date in digits";

/// Reads a date from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    let Word::Digits(first, width) = it.word(at) else { return None };
    let Word::Mark(mark @ ('-' | '/' | '.')) = it.word(at + 1) else { return None };
    let Word::Digits(second, width_2 @ 1..=2) = it.word(at + 2) else { return None };
    if !it.mark(at + 3, mark) {
        return None;
    }
    let Word::Digits(third, width_3) = it.word(at + 4) else { return None };
    if (at + 1..=at + 4).any(|it_at| it.spaced(it_at)) {
        return None;
    }
    // 192.168.10.2023: longer than a date.
    if it.mark(at + 5, mark)
        && !it.spaced(at + 5)
        && matches!(it.word(at + 6), Word::Digits(..))
        && !it.spaced(at + 6)
    {
        return None;
    }
    let build = |year: u32, month: u32, day: u32| -> Option<Calendar> {
        Date::new(year as i32, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
        Some(Calendar {
            year: Some(year as i32),
            month: Some(month as u8),
            day: Some(day as u8),
            ..Calendar::default()
        })
    };
    let end = at + 5;
    if width == 4 && (1..=2).contains(&width_3) && (1000..=2999).contains(&first) && width_2 == 2 {
        let mut date = build(first, second, third)?;
        let end = iso_clock(it, end, &mut date);
        return Found::one(at, end, Expr::Calendar(date), RULE);
    }
    if width <= 2 && width_3 == 4 && (1000..=2999).contains(&third) {
        let day_first = build(third, second, first);
        let month_first = build(third, first, second);
        // Points are printed where days come first.
        let expr = match (day_first, month_first) {
            (Some(date), _) if mark == '.' => Expr::Calendar(date),
            (Some(a), Some(b)) if a == b => Expr::Calendar(a),
            (Some(_), Some(_)) => Expr::Ambiguous,
            (Some(date), None) | (None, Some(date)) => Expr::Calendar(date),
            (None, None) => return None,
        };
        return Found::one(at, end, expr, RULE);
    }
    None
}

/// `T07:50`, `T07:50:12Z`, `T07:50+03:00`.
fn iso_clock(it: Tokens<'_>, at: usize, date: &mut Calendar) -> usize {
    if !it.key(at, &["t"]) || it.spaced(at) {
        return at;
    }
    let (Word::Digits(hour @ 0..=23, 2), true, Word::Digits(minute @ 0..=59, 2)) =
        (it.word(at + 1), it.mark(at + 2, ':'), it.word(at + 3))
    else {
        return at;
    };
    let mut end = at + 4;
    if it.mark(end, ':') && matches!(it.word(end + 1), Word::Digits(0..=60, 2)) {
        end += 2;
        if it.mark(end, '.') && !it.spaced(end + 1) && matches!(it.word(end + 1), Word::Digits(..)) {
            end += 2;
        }
    }
    let mut offset = None;
    if it.key(end, &["z"]) && !it.spaced(end) {
        offset = Some(0);
        end += 1;
    } else if let Word::Mark(sign @ ('+' | '-')) = it.word(end)
        && let (Word::Digits(hours @ 0..=14, 2), true, Word::Digits(minutes @ 0..=59, 2)) =
            (it.word(end + 1), it.mark(end + 2, ':'), it.word(end + 3))
    {
        let minutes = (hours * 60 + minutes) as i16;
        offset = Some(if sign == '-' { -minutes } else { minutes });
        end += 4;
    }
    date.clock = Some(Clock { hour: hour as u8, minute: minute as u8, offset });
    end
}
