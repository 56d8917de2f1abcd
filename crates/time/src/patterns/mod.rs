//! The pattern families, one file each.
//!
//! A pattern looks at tokens from one place on, a bounded number of them, and
//! says how far it understood. All are tried; the longest wins, at a tie the
//! one that stands first in [`FAMILIES`]. So reading is linear in the text.

use crate::expr::{Count, Edge, Expr, Lean};
use crate::lex::{Token, Unit, Word};

pub mod absolute;
pub mod ago;
pub mod clock;
pub mod deictic;
pub mod duration;
pub mod numeric;
pub mod period;
pub mod recurring;
pub mod vague;
pub mod weekday;
pub mod year;

/// A recognised expression: the tokens `start..end`.
#[derive(Clone, Debug)]
pub struct Hit {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What was recognised.
    pub expr: Expr,
    /// The family's name.
    pub rule: &'static str,
}

/// What one family found: one expression, or two that belong together.
#[derive(Clone, Debug)]
pub struct Found {
    /// One past the last token of all.
    pub end: usize,
    /// The expressions, in order.
    pub hits: Vec<Hit>,
    /// Whether two hits are the ends of one interval.
    pub joined: bool,
}

impl Found {
    /// One expression.
    pub fn one(start: usize, end: usize, expr: Expr, rule: &'static str) -> Option<Found> {
        Some(Found { end, hits: vec![Hit { start, end, expr, rule }], joined: false })
    }
}

/// A family: reads from token `at` on.
pub type Family = fn(Tokens<'_>, usize) -> Option<Found>;

/// All families.
pub const FAMILIES: &[Family] = &[
    absolute::read,
    numeric::read,
    weekday::read,
    clock::read,
    deictic::read,
    ago::read,
    period::read,
    recurring::read,
    duration::read,
    year::read,
    vague::read,
];

/// Tokens with the questions patterns ask.
#[derive(Clone, Copy)]
pub struct Tokens<'a>(pub &'a [Token<'a>]);

impl<'a> Tokens<'a> {
    /// What the token means; `Other` past the end.
    pub fn word(self, at: usize) -> Word {
        self.0.get(at).map_or(Word::Other, |it| it.word)
    }

    /// Whether the token is one of these keywords.
    pub fn key(self, at: usize, keys: &[&str]) -> bool {
        matches!(self.word(at), Word::Key(it) if keys.contains(&it))
    }

    /// Whether the token is this mark.
    pub fn mark(self, at: usize, mark: char) -> bool {
        self.word(at) == Word::Mark(mark)
    }

    /// Whether white space stands before the token.
    pub fn spaced(self, at: usize) -> bool {
        self.0.get(at).is_none_or(|it| it.spaced)
    }

    /// Skips a hyphen that is joined to the word before.
    pub fn skip_hyphen(self, at: usize) -> usize {
        if self.mark(at, '-') && !self.spaced(at) && !self.spaced(at + 1) { at + 1 } else { at }
    }

    /// Skips `'s` or a bare apostrophe.
    pub fn skip_possessive(self, at: usize) -> usize {
        if self.mark(at, '\'') && !self.spaced(at) {
            if self.key(at + 1, &["s"]) && !self.spaced(at + 1) { at + 2 } else { at + 1 }
        } else {
            at
        }
    }

    /// A month's name with the point of its abbreviation.
    pub fn month(self, at: usize) -> Option<(u8, usize)> {
        match self.word(at) {
            Word::Month(month, short) => Some((month, self.skip_point(at + 1, short))),
            _ => None,
        }
    }

    /// A weekday's name with the point of its abbreviation.
    pub fn weekday(self, at: usize) -> Option<(crate::Weekday, usize)> {
        match self.word(at) {
            Word::Weekday(day, short) => Some((day, self.skip_point(at + 1, short))),
            _ => None,
        }
    }

    /// Skips the point of an abbreviation.
    fn skip_point(self, at: usize, short: bool) -> usize {
        if short && self.mark(at, '.') && !self.spaced(at) { at + 1 } else { at }
    }

    /// A day of the month: `3`, `03`, `3rd`, `third`.
    pub fn month_day(self, at: usize) -> Option<(u8, usize)> {
        match self.word(at) {
            Word::Digits(day @ 1..=31, 1..=2) => {
                // 3.5, 3:10, 3,000, 40%: no day.
                let more = |mark| self.mark(at + 1, mark) && !self.spaced(at + 1);
                let digits = matches!(self.word(at + 2), Word::Digits(..)) && !self.spaced(at + 2);
                if (more('.') || more(':') || more(',')) && digits || more('%') || more('/') && digits {
                    return None;
                }
                let end = if self.key(at + 1, &["st", "nd", "rd", "th"]) && !self.spaced(at + 1) {
                    at + 2
                } else {
                    at + 1
                };
                Some((day as u8, end))
            }
            Word::Ordinal(day @ 1..=31) => Some((day as u8, at + 1)),
            _ => None,
        }
    }

    /// A year in four digits between 1000 and 2999.
    pub fn year(self, at: usize) -> Option<(i32, usize)> {
        match self.word(at) {
            Word::Digits(year @ 1000..=2999, 4) => {
                let next = |mark| self.mark(at + 1, mark) && !self.spaced(at + 1);
                let digits = matches!(self.word(at + 2), Word::Digits(..)) && !self.spaced(at + 2);
                if (next('.') || next(':')) && digits || next('%') {
                    return None;
                }
                Some((year as i32, at + 1))
            }
            _ => None,
        }
    }

    /// `, 2023` or `2023` or `of 2023`.
    pub fn year_after(self, at: usize) -> Option<(i32, usize)> {
        let from = if self.mark(at, ',') || self.key(at, &["of", "in"]) { at + 1 } else { at };
        self.year(from)
    }

    /// A number of units, spelled or in digits.
    pub fn count(self, at: usize) -> Option<(Count, usize)> {
        match self.word(at) {
            Word::Digits(value, _) => {
                let mut value = value;
                let mut end = at + 1;
                // 5 1/2
                if let (Word::Digits(1, 1), true, Word::Digits(2, 1)) =
                    (self.word(end), self.mark(end + 1, '/'), self.word(end + 2))
                {
                    return Some((Count::Of(value, true), end + 3));
                }
                if self.mark(end, '.')
                    && !self.spaced(end)
                    && !self.spaced(end + 1)
                    && let Word::Digits(tenths, 1) = self.word(end + 1)
                {
                    return Some((Count::Of(value, tenths == 5), end + 2));
                }
                if self.mark(end, ',')
                    && !self.spaced(end)
                    && !self.spaced(end + 1)
                    && let Word::Digits(more, 3) = self.word(end + 1)
                {
                    value = value.checked_mul(1000)?.checked_add(more)?;
                    end += 2;
                }
                Some((Count::Of(value, false), end))
            }
            Word::Number(_) | Word::Scale(_) => {
                let (value, end) = self.spelled(at)?;
                if self.key(end, &["and"]) && self.key(end + 1, &["a"]) && self.key(end + 2, &["half"]) {
                    return Some((Count::Of(value, true), end + 3));
                }
                Some((Count::Of(value, false), end))
            }
            Word::Key("a" | "an") => match self.word(at + 1) {
                Word::Key("few") => Some((Count::Some, at + 2)),
                Word::Key("couple") => {
                    Some((Count::Of(2, false), if self.key(at + 2, &["of"]) { at + 3 } else { at + 2 }))
                }
                Word::Key("dozen") => Some((Count::Of(12, false), at + 2)),
                Word::Scale(scale) => Some((Count::Of(scale, false), at + 2)),
                _ => Some((Count::Of(1, false), at + 1)),
            },
            Word::Key("several" | "few" | "many" | "some") => Some((Count::Some, at + 1)),
            Word::Key("couple") => {
                Some((Count::Of(2, false), if self.key(at + 1, &["of"]) { at + 2 } else { at + 1 }))
            }
            _ => None,
        }
    }

    /// `twenty-four`, `a hundred and ten`.
    pub fn spelled(self, at: usize) -> Option<(u32, usize)> {
        let mut total = 0u32;
        let mut end = at;
        let mut seen = false;
        let mut last = u32::MAX;
        for _ in 0..8 {
            let next = if seen { self.skip_hyphen(end) } else { end };
            match self.word(next) {
                Word::Number(value) if value < 10 && last >= 20 || value < 100 && last >= 100 => {
                    total = total.checked_add(value)?;
                    last = value;
                }
                Word::Scale(scale) => {
                    total = total.max(1).checked_mul(scale)?;
                    last = scale;
                }
                Word::Key("and")
                    if last >= 100 && last != u32::MAX && matches!(self.word(next + 1), Word::Number(_)) =>
                {
                    end = next + 1;
                    continue;
                }
                _ => break,
            }
            seen = true;
            end = next + 1;
        }
        seen.then_some((total, end))
    }

    /// A unit; whether it is in the plural.
    pub fn unit(self, at: usize) -> Option<(Unit, bool, usize)> {
        match self.word(at) {
            Word::Unit(unit, plural) => Some((unit, plural, at + 1)),
            _ => None,
        }
    }

    /// `early`, `mid-`, `late`, `the end of`; where the core begins.
    pub fn edge(self, at: usize) -> (Edge, usize) {
        let the = usize::from(self.key(at, &["the"]));
        let from = at + the;
        let edge = match self.word(from) {
            Word::Key("early") => Edge::Early,
            Word::Key("mid") => Edge::Middle,
            Word::Key("late") => Edge::Late,
            Word::Key("earlier") if the == 0 => Edge::Earlier,
            Word::Key("later") if the == 0 => Edge::Later,
            Word::Key("beginning" | "start" | "opening") => Edge::Early,
            Word::Key("middle") => Edge::Middle,
            Word::Key("end" | "close") => Edge::Late,
            _ => return (Edge::Whole, at),
        };
        if self.key(from, &["beginning", "start", "middle", "end", "opening", "close"]) {
            return if self.key(from + 1, &["of"]) { (edge, from + 2) } else { (Edge::Whole, at) };
        }
        let mut next = self.skip_hyphen(from + 1);
        if self.key(next, &["on", "in"]) {
            next += 1;
        }
        (edge, next)
    }

    /// `last`, `this`, `next`; where the core begins.
    pub fn lean(self, at: usize) -> (Lean, usize) {
        let mut from = at;
        if self.key(from, &["the"]) {
            from += 1;
        }
        match self.word(from) {
            Word::Key("last" | "past" | "previous") => (Lean::Last, from + 1),
            Word::Key("this" | "current") => (Lean::This, from + 1),
            Word::Key("next" | "coming" | "following" | "upcoming") => (Lean::Next, from + 1),
            Word::Key("that" | "same") => (Lean::That, from + 1),
            _ => (Lean::None, at),
        }
    }

    /// `last year`, `this year`, `next year` after a date.
    pub fn year_shift(self, at: usize) -> Option<(i32, usize)> {
        let from = if self.key(at, &["of"]) || self.mark(at, ',') { at + 1 } else { at };
        if !matches!(self.word(from + 1), Word::Unit(Unit::Year, false)) {
            return None;
        }
        match self.word(from) {
            Word::Key("last") => Some((-1, from + 2)),
            Word::Key("this") => Some((0, from + 2)),
            Word::Key("next") => Some((1, from + 2)),
            _ => None,
        }
    }
}

/// The tokens TIMEX3 would mark: `later on Tuesday` without what stands before
/// the preposition.
pub fn core(it: Tokens<'_>, start: usize, end: usize) -> (usize, usize) {
    let preposition = (start..end).find(|at| it.key(*at, &["on"]));
    match preposition {
        Some(at)
            if at + 1 < end
                && matches!(it.word(at + 1), Word::Weekday(..))
                && !matches!(it.word(start), Word::Digits(..)) =>
        {
            (at + 1, end)
        }
        _ => (start, end),
    }
}
