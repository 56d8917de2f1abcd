//! ## Reads
//! Lengths of time: `three decades`, `six-week`, `72 hours`, `a day and a
//! half`, `several months`; and stretches that touch the day of writing: `the
//! past 24 hours`, `the next two years`, `recent months`.
//!
//! ## Matters because
//! A monitor's count belongs to its stretch: `in the past 24 hours` has a
//! first and a last day once the day of writing is known.
//!
//! ## Example
//! "Four breaches were logged over the past 24 hours."
//!
//! ## Misses
//! Lengths by comparison (`longer than the war itself`).

use super::{Found, Tokens, ago};
use crate::expr::{Count, Expr};
use crate::lex::{Unit, Word};

const RULE: &str = "length of time";
const STRETCH: &str = "stretch up to the day of writing";

/// Reads a length from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    stretch(it, at).or_else(|| plain(it, at))
}

fn stretch(it: Tokens<'_>, at: usize) -> Option<Found> {
    let from = ago::modifier(it, at);
    let from = from + usize::from(it.key(from, &["the"]));
    let sign = match it.word(from) {
        Word::Key("past" | "last" | "previous" | "latest") => -1,
        Word::Key("next" | "coming" | "following") => 1,
        Word::Key("recent") => {
            let (unit, plural, end) = it.unit(from + 1)?;
            if !plural {
                return None;
            }
            // recent weeks and months
            let end = if it.key(end, &["and", "or"]) && matches!(it.word(end + 1), Word::Unit(_, true)) {
                end + 2
            } else {
                end
            };
            return Found::one(at, end, Expr::Stretch(Count::Some, unit, -1), STRETCH);
        }
        _ => return None,
    };
    let counted = it
        .count(from + 1)
        .filter(|_| !it.key(from + 1, &["a", "an"]) || it.key(from + 2, &["few", "couple"]));
    let (count, after) = counted.unwrap_or((Count::Of(1, false), from + 1));
    let after = it.skip_hyphen(after);
    let (unit, plural, end) = it.unit(after)?;
    match (counted.is_some(), plural) {
        (false, true) => Found::one(at, end, Expr::Stretch(Count::Some, unit, sign), STRETCH),
        // "last week" has a name; "the past week" is a stretch.
        (false, false) if !it.key(from, &["past"]) => None,
        _ => Found::one(at, end, Expr::Stretch(count, unit, sign), STRETCH),
    }
}

fn plain(it: Tokens<'_>, at: usize) -> Option<Found> {
    let from = ago::modifier(it, at);
    // weeks, for years
    if let Word::Unit(unit, true) = it.word(from) {
        if matches!(unit, Unit::Quarter | Unit::Night | Unit::Weekend | Unit::Second) {
            return None;
        }
        let mut end = from + 1;
        let hyphen = it.skip_hyphen(end);
        if hyphen > end && it.key(hyphen, &["long"]) {
            end = hyphen + 1;
        }
        let before = at.checked_sub(1);
        let fit = before.is_some_and(|before| {
            it.key(
                before,
                &[
                    "for", "in", "within", "of", "after", "over", "through", "during", "coming", "the", "by",
                    "with", "and",
                ],
            )
        }) || end > from + 1;
        return fit.then(|| Found::one(at, end, Expr::Lasting(Count::Some, unit), RULE)).flatten();
    }
    // week-long, weeklong
    if let Word::Unit(unit, false) = it.word(from) {
        let hyphen = it.skip_hyphen(from + 1);
        if hyphen > from + 1 && it.key(hyphen, &["long"]) {
            return Found::one(at, hyphen + 1, Expr::Lasting(Count::Of(1, false), unit), RULE);
        }
        return None;
    }
    if it.key(from, &["half"]) {
        let article = from + 1 + usize::from(it.key(from + 1, &["a", "an"]));
        let article = it.skip_hyphen(article);
        let (unit, plural, end) = it.unit(article)?;
        return (!plural && article > from + 1)
            .then(|| Found::one(at, end, Expr::Lasting(Count::Of(0, true), unit), RULE))
            .flatten();
    }
    let (count, after) = it.count(from)?;
    let article = it.key(from, &["a", "an"]) && after == from + 1;
    let mut after = it.skip_hyphen(after);
    if it.key(after, &["more", "full", "consecutive", "whole"]) {
        after += 1;
    }
    let (unit, plural, mut end) = it.unit(after)?;
    if matches!(unit, Unit::Quarter | Unit::Weekend | Unit::Season) && article {
        return None;
    }
    // "twice a week", "$2 million a year": a rate is no length.
    if article && at > 0 && rates(it, at) && !it.key(end, &["and", "after", "before", "from"]) {
        return None;
    }
    let _ = plural;
    // a year and a half
    let mut count = count;
    if it.key(end, &["and"])
        && it.key(end + 1, &["a"])
        && it.key(end + 2, &["half"])
        && let Count::Of(value, _) = count
    {
        count = Count::Of(value, true);
        end += 3;
    }
    let hyphen = it.skip_hyphen(end);
    // A person's age is no time told of.
    if it.key(hyphen, &["old"]) && matches!(unit, Unit::Year | Unit::Month) {
        return None;
    }
    if hyphen > end && it.key(hyphen, &["long", "old"]) {
        end = hyphen + 1;
    }
    Found::one(at, end, Expr::Lasting(count, unit), RULE)
}

/// Whether `a week` after this token is a rate: what stands before is counted
/// or measured and no preposition leads to it.
fn rates(it: Tokens<'_>, at: usize) -> bool {
    matches!(it.word(at - 1), Word::Digits(..) | Word::Scale(_) | Word::Mark('%'))
        || matches!(it.word(at - 1), Word::Number(_))
        || matches!(it.word(at - 1), Word::Other)
            && it.0[at - 1].text.ends_with('s')
            && it.0[at - 1].text.len() > 3
        || matches!(it.word(at - 1), Word::Unit(_, true))
        || it.key(at - 1, &["once", "twice", "times"])
}
