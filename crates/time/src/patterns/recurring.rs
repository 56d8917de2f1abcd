//! ## Reads
//! What recurs: `daily`, `every day`, `each Thursday`, `Mondays`, `twice a
//! week`, `annually`.
//!
//! ## Matters because
//! A daily act has no day, and must not be given one.
//!
//! ## Example
//! "Drones cross the line every night."
//!
//! ## Misses
//! `regularly`, `again and again`.

use super::{Found, Tokens};
use crate::expr::Expr;
use crate::lex::{Unit, Word};

const RULE: &str = "recurring";

/// Reads something recurring from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    let set = |end, value: &str| Found::one(at, end, Expr::Set(value.to_owned()), RULE);
    match it.word(at) {
        Word::Key("daily") => set(at + 1, "P1D"),
        Word::Key("nightly") => set(at + 1, "P1D"),
        Word::Key("weekly") => set(at + 1, "P1W"),
        Word::Key("monthly") => set(at + 1, "P1M"),
        Word::Key("annually" | "yearly") => set(at + 1, "P1Y"),
        Word::Key("hourly") => set(at + 1, "PT1H"),
        Word::Key("each" | "every" | "per") => {
            let single = match it.word(at + 1) {
                Word::Unit(unit, false) => format!("P{}", letter(unit)?),
                Word::Weekday(day, _) if !it.key(at, &["per"]) => format!("XXXX-WXX-{}", day as u8 + 1),
                Word::Month(month, _) if !it.key(at, &["per"]) => format!("XXXX-{month:02}"),
                Word::Part(_) if !it.key(at, &["per"]) => "P1D".to_owned(),
                _ => return every_few(it, at),
            };
            set(at + 2, &single)
        }
        Word::Weekday(day, false) if it.0[at].text.ends_with('s') => {
            set(at + 1, &format!("XXXX-WXX-{}", day as u8 + 1))
        }
        // twice a week, $1 billion a year
        Word::Key("a") => match it.word(at + 1) {
            Word::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year), false)
                if at > 0 && (it.key(at - 1, &["twice", "once", "times"]) || rate_before(it, at)) =>
            {
                let after = it.word(at + 2);
                if matches!(
                    after,
                    Word::Key("ago" | "earlier" | "later" | "before" | "after" | "and") | Word::Mark('-')
                ) {
                    return None;
                }
                set(at + 2, &format!("P{}", letter(unit)?))
            }
            _ => None,
        },
        _ => None,
    }
}

/// `every two weeks`.
fn every_few(it: Tokens<'_>, at: usize) -> Option<Found> {
    if !it.key(at, &["every"]) {
        return None;
    }
    let (crate::expr::Count::Of(count, false), after) = it.count(at + 1)? else { return None };
    let (unit, _, end) = it.unit(after)?;
    Found::one(at, end, Expr::Set(letter(unit)?.replacen('1', &count.to_string(), 1).insert_p()), RULE)
}

trait InsertP {
    fn insert_p(self) -> String;
}

impl InsertP for String {
    fn insert_p(self) -> String {
        format!("P{self}")
    }
}

/// Money, shares or a number stand before: `million a year`.
fn rate_before(it: Tokens<'_>, at: usize) -> bool {
    let text = it.0[at - 1].text;
    matches!(
        text,
        "million" | "billion" | "percent" | "barrels" | "tons" | "tonnes" | "people" | "trucks" | "lorries"
    )
}

fn letter(unit: Unit) -> Option<String> {
    Some(
        match unit {
            Unit::Hour => "T1H",
            Unit::Minute => "T1M",
            Unit::Day | Unit::Night => "1D",
            Unit::Week | Unit::Weekend => "1W",
            Unit::Month => "1M",
            Unit::Quarter => "3M",
            Unit::Year => "1Y",
            _ => return None,
        }
        .to_owned(),
    )
}
