//! Words that say whether a bare name of a day or month lies ahead.
//!
//! The nearest such word in the clause decides: `will`, `due`, `next` turn a
//! date to the future, a verb in the past keeps it. No word, no turn.

use crate::lex::Word;
use crate::patterns::Tokens;

/// Where the words around an expression point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A verb in the past stands nearest.
    Past,
    /// A word that points ahead stands nearest.
    Future,
    /// No word says.
    Unsaid,
}

/// How far the words around an expression are read.
const REACH: usize = 12;

const AHEAD: &[&str] = &[
    "will",
    "shall",
    "ll",
    "next",
    "expected",
    "scheduled",
    "due",
    "plans",
    "planned",
    "going",
    "must",
    "payable",
    "upcoming",
    "coming",
    "tomorrow",
    "expire",
    "expires",
];

const BEHIND: &[&str] = &[
    "said",
    "told",
    "was",
    "were",
    "had",
    "been",
    "announced",
    "has",
    "have",
    "yesterday",
    "ago",
    "tells",
    "agreed",
    "ended",
];

/// Past forms that do not end in -ed.
const IRREGULAR: &[&str] = &[
    "came", "went", "took", "made", "began", "left", "held", "fell", "fought", "shot", "hit", "struck",
    "broke", "sent", "met", "ran", "won", "lost", "saw", "gave", "got", "rose", "blew", "spoke", "wrote",
    "led", "set", "found", "became", "brought", "paid", "sold", "sank", "did", "flew", "put", "drove",
    "built", "burnt", "shut", "swept", "fled", "stood", "thought",
];

const BEYOND: &[&str] =
    &["slated", "poised", "ready", "soon", "ahead", "deadline", "hopes", "intends", "wants", "may", "shalt"];

/// Where the words around the tokens `start..end` point.
pub fn direction(it: Tokens<'_>, start: usize, end: usize) -> Direction {
    // until Friday, by Friday
    let before = start.checked_sub(1);
    if before.is_some_and(|at| it.key(at, &["until", "till"])) {
        return Direction::Future;
    }
    if before.is_some_and(|at| it.key(at, &["since"])) {
        return Direction::Past;
    }
    // Tuesday's session has a past unless told otherwise.
    if it.skip_possessive(end) > end {
        return Direction::Unsaid;
    }
    for at in (start.saturating_sub(REACH)..start).rev() {
        if stops(it, at) || it.mark(at, ',') && at + 1 < start {
            break;
        }
        if let Some(direction) = cue(it, at) {
            return direction;
        }
    }
    if before.is_some_and(|at| it.key(at, &["by"])) {
        return Direction::Future;
    }
    for at in end..it.0.len().min(end + REACH) {
        if stops(it, at) || it.mark(at, ',') && at > end {
            break;
        }
        if let Some(direction) = cue(it, at) {
            return direction;
        }
    }
    Direction::Unsaid
}

/// Whether the clause ends here.
fn stops(it: Tokens<'_>, at: usize) -> bool {
    match it.word(at) {
        Word::Mark(mark) => {
            matches!(mark, ';' | ':' | '!' | '?' | '"' | '“' | '”' | '(' | ')')
                || mark == '.'
                    && (at + 1 >= it.0.len()
                        || it.spaced(at + 1)
                            && it.0[at + 1].capital
                            && !matches!(it.word(at.wrapping_sub(1)), Word::Month(_, true)))
        }
        _ => false,
    }
}

fn cue(it: Tokens<'_>, at: usize) -> Option<Direction> {
    let token = it.0.get(at)?;
    match token.word {
        Word::Key(key) if AHEAD.contains(&key) => Some(Direction::Future),
        Word::Key(key) if BEHIND.contains(&key) => Some(Direction::Past),
        // is to meet, are to leave
        Word::Key("to") if at > 0 && it.key(at - 1, &["is", "are", "be"]) => Some(Direction::Future),
        Word::Key("to") if it.key(at + 1, &["be"]) => Some(Direction::Future),
        // will be paid: the participle says nothing
        Word::Other if at > 0 && it.key(at - 1, &["be"]) => None,
        // set to resume, set for April
        Word::Other if token.text == "set" && it.key(at + 1, &["to", "for"]) => Some(Direction::Future),
        Word::Other if token.capital => None,
        Word::Other if BEYOND.contains(&token.text) => Some(Direction::Future),
        Word::Other if IRREGULAR.contains(&token.text) => Some(Direction::Past),
        Word::Other if token.text.len() > 4 && token.text.ends_with("ed") => {
            // expected, scheduled
            Some(Direction::Past)
        }
        _ => None,
    }
}
