//! ## Reads
//! Quarters, halves and seasons: `the third quarter`, `third-quarter`, `the
//! first half of 2022`, `last fall`, `the fall of 2020`, `winter 2019`, `the
//! fiscal first quarter`.
//!
//! ## Matters because
//! Offensives and reporting periods are named so.
//!
//! ## Example
//! "Clearing ended in the spring of 2021."
//!
//! ## Misses
//! Fiscal years that do not begin in January are read as calendar years.

use super::{Found, Tokens};
use crate::expr::{Base, Edge, Expr, Lean, Period};
use crate::lex::{Season, Unit, Word};

const RULE: &str = "part of a year";

/// Reads a part of a year from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    if !matches!(
        it.word(at),
        Word::Key(_) | Word::Ordinal(_) | Word::Season(_) | Word::Digits(..) | Word::Mark('\'')
    ) {
        return None;
    }
    let (edge, from) = it.edge(at);
    let (lean, from) = it.lean(from);
    let the = it.key(from, &["the", "its", "a"]);
    let mut from = from + usize::from(the);
    // the 1988 third quarter
    let mut year = it.year(from).map(|(year, end)| {
        from = end;
        year
    });
    if it.key(from, &["fiscal"]) {
        from = it.skip_hyphen(from + 1);
        if let (None, Some((fiscal, end))) = (year, it.year(from)) {
            return Found::one(
                at,
                end,
                Expr::Calendar(crate::expr::Calendar { year: Some(fiscal), ..Default::default() }),
                RULE,
            );
        }
    }
    let (period, mut end) = match it.word(from) {
        Word::Season(season) => {
            let capital_fall = season == Season::Autumn || season == Season::Spring;
            let named = lean != Lean::None
                || the
                || edge != Edge::Whole
                || year.is_some()
                || it.year_after(from + 1).is_some()
                || from > 0
                    && it.key(from - 1, &["in", "since", "until", "by", "during", "the"])
                    && !(capital_fall && it.key(from - 1, &["to"]));
            if !named || it.0[from].text.ends_with("springs") || it.0[from].text.ends_with("summers") {
                return None;
            }
            if capital_fall
                && the
                && !(it.key(from + 1, &["of"]) && it.year(from + 2).is_some())
                && lean == Lean::None
                && edge == Edge::Whole
                && !(from >= 2 && it.key(from - 2, &["in", "since", "during", "by", "until"]))
            {
                return None; // the fall of the city
            }
            // in the fall of Kabul
            if capital_fall
                && it.key(from + 1, &["of"])
                && it.year(from + 2).is_none()
                && !it.key(from + 2, &["last", "this", "next"])
            {
                return None;
            }
            (Period::Season(season), from + 1)
        }
        Word::Ordinal(ordinal @ 1..=4) => {
            let next = it.skip_hyphen(from + 1);
            match it.word(next) {
                Word::Unit(Unit::Quarter, false) => (Period::Quarter(ordinal as u8), next + 1),
                Word::Key("half") if ordinal <= 2 => (Period::Half(ordinal as u8), next + 1),
                _ => return None,
            }
        }
        // the quarter, the latest quarter: the one told of, else the last over
        Word::Unit(Unit::Quarter, false) | Word::Key("latest" | "full" | "comparable")
            if the && year.is_none() || matches!(lean, Lean::This | Lean::That | Lean::Last | Lean::Next) =>
        {
            let unit = from + usize::from(!matches!(it.word(from), Word::Unit(..)));
            if !matches!(it.word(unit), Word::Unit(Unit::Quarter, false)) {
                return None;
            }
            let (count, base) = match lean {
                Lean::This => (0, Base::Published),
                Lean::Next => (1, Base::Published),
                Lean::Last => (-1, Base::Published),
                _ => (0, Base::Previous),
            };
            let expr = Expr::Offset { count, unit: Unit::Quarter, base, part: None, edge };
            return Found::one(at, unit + 1, expr, RULE);
        }
        _ => return None,
    };
    let mut year_shift = None;
    if year.is_none() {
        if let Some((written, after)) = it.year_after(end) {
            year = Some(written);
            end = after;
        } else if let Some((shift, after)) = it.year_shift(end) {
            year_shift = Some(shift);
            end = after;
        }
    }
    Found::one(at, end, Expr::Period { period, year, lean, year_shift }, RULE)
}
