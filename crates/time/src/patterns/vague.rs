//! ## Reads
//! Times that name no date: `now`, `currently`, `recently`,
//! `soon`, `the future`; and `then` after `since`.
//!
//! ## Matters because
//! They are expressions of time, and a date given to them would be invented.
//!
//! ## Example
//! "The road was recently closed." has a time, and no date.
//!
//! ## Misses
//! `again`, `still`, `no longer`.

use super::{Found, Tokens};
use crate::expr::Expr;
use crate::lex::Word;

const RULE: &str = "no date named";

/// Reads a vague time from token `at` on.
pub fn read(it: Tokens<'_>, at: usize) -> Option<Found> {
    let one = |end, expr| Found::one(at, end, expr, RULE);
    match it.word(at) {
        Word::Key("now" | "currently" | "nowadays") => one(at + 1, Expr::Present),
        Word::Key("recently") => one(at + 1, Expr::Past),
        Word::Key("soon") if !it.key(at + 1, &["as"]) && (at == 0 || !it.key(at - 1, &["as"])) => {
            one(at + 1, Expr::Future)
        }
        Word::Key("then") if at > 0 && it.key(at - 1, &["since", "until", "by"]) => one(at + 1, Expr::Then),
        Word::Key("current") => one(at + 1, Expr::Present),
        Word::Key("recent") => one(at + 1, Expr::Past),
        Word::Key("the") => match it.word(at + 1) {
            Word::Key("future") => one(at + 2, Expr::Future),
            Word::Key("past")
                if !matches!(
                    it.word(at + 2),
                    Word::Unit(..)
                        | Word::Digits(..)
                        | Word::Number(_)
                        | Word::Key("few" | "several" | "couple")
                        | Word::Season(_)
                        | Word::Other
                ) =>
            {
                one(at + 2, Expr::Past)
            }
            _ => None,
        },
        _ => None,
    }
}
