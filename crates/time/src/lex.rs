//! Tokens as patterns of time see them: words by what they mean for time,
//! numbers, marks.
//!
//! Numbers and letters part (`20th`, `1990s`, `10am`), hyphens stand alone
//! (`six-week`), so that a pattern need not know how something was joined.

use truce_model::Span;

use crate::calendar::Weekday;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Night => "night",
            Unit::Weekend => "weekend",
            Unit::Week => "week",
            Unit::Fortnight => "fortnight",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Season => "season",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
        }
    }
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Part {
    Dawn,
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Midnight,
}

impl Part {
    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Part::Dawn => "dawn",
            Part::Morning => "morning",
            Part::Midday => "midday",
            Part::Afternoon => "afternoon",
            Part::Evening => "evening",
            Part::Night => "night",
            Part::Midnight => "midnight",
        }
    }
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// What a token means for time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Letters that mean nothing here.
    Other,
    /// A mark that is none of the named ones.
    Mark(char),
    /// Decimal digits: value and how many.
    Digits(u32, u8),
    /// A spelled number below a hundred.
    Number(u32),
    /// `hundred`, `thousand`, `million`.
    Scale(u32),
    /// A spelled ordinal.
    Ordinal(u32),
    /// A weekday; whether it is cut short (`Tue`).
    Weekday(Weekday, bool),
    /// A month; whether it is cut short (`Sept`).
    Month(u8, bool),
    /// A unit; whether in the plural.
    Unit(Unit, bool),
    /// A part of the day.
    Part(Part),
    /// A season.
    Season(Season),
    /// A word of the grammar of time.
    Key(&'static str),
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token<'t> {
    /// Where, in the article.
    pub span: Span,
    /// As written.
    pub text: &'t str,
    /// What it means for time.
    pub word: Word,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
}

/// Longest word that can mean something here.
const WORD_BYTES_MAX: usize = 16;

/// Splits `text` into tokens; `base` is its place in the article.
pub fn tokens(text: &str, base: usize) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaced = true;
    while at < bytes.len() {
        let start = at;
        let byte = bytes[at];
        if byte.is_ascii_whitespace() {
            at += 1;
            spaced = true;
            continue;
        }
        let word;
        if byte.is_ascii_digit() {
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
            let digits = &text[start..at];
            word = match digits.parse::<u32>() {
                Ok(value) if digits.len() <= 9 => Word::Digits(value, digits.len() as u8),
                _ => Word::Other,
            };
        } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
            let Some(first) = text[at..].chars().next() else { break };
            if !first.is_alphabetic() {
                at += first.len_utf8();
                if first.is_whitespace() {
                    spaced = true;
                    continue;
                }
                word = match first {
                    '–' | '—' | '‑' | '‐' | '−' => Word::Mark('-'),
                    '’' | '‘' => Word::Mark('\''),
                    other => Word::Mark(other),
                };
            } else {
                while at < bytes.len() {
                    if bytes[at].is_ascii_alphabetic() {
                        at += 1;
                        continue;
                    }
                    if bytes[at] < 0x80 {
                        break;
                    }
                    match text[at..].chars().next() {
                        Some(ch) if ch.is_alphabetic() => at += ch.len_utf8(),
                        _ => break,
                    }
                }
                word = lookup(&text[start..at]);
            }
        } else {
            at += 1;
            word = Word::Mark(byte as char);
        }
        let capital = byte.is_ascii_uppercase();
        out.push(Token {
            span: Span::new(base + start, base + at),
            text: &text[start..at],
            word,
            spaced,
            capital,
        });
        spaced = false;
    }
    out
}

/// What a word of letters means.
fn lookup(text: &str) -> Word {
    if text.len() > WORD_BYTES_MAX || text.is_empty() || !text.is_ascii() {
        return Word::Other;
    }
    let mut buffer = [0u8; WORD_BYTES_MAX];
    for (to, from) in buffer.iter_mut().zip(text.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    let lower = std::str::from_utf8(&buffer[..text.len()]).unwrap_or("");
    let capital = text.as_bytes()[0].is_ascii_uppercase();
    named(lower, capital)
        .or_else(|| unit(lower))
        .or_else(|| number(lower))
        .or_else(|| key(lower).map(Word::Key))
        .unwrap_or(Word::Other)
}

/// Weekdays, months, seasons, parts of the day. Names that are also common
/// words need a capital.
fn named(lower: &str, capital: bool) -> Option<Word> {
    use Weekday::*;
    let weekday = |it, short| Some(Word::Weekday(it, short));
    let month = |it, short| Some(Word::Month(it, short));
    match lower {
        "monday" | "mondays" => weekday(Monday, false),
        "tuesday" | "tuesdays" => weekday(Tuesday, false),
        "wednesday" | "wednesdays" => weekday(Wednesday, false),
        "thursday" | "thursdays" => weekday(Thursday, false),
        "friday" | "fridays" => weekday(Friday, false),
        "saturday" | "saturdays" => weekday(Saturday, false),
        "sunday" | "sundays" => weekday(Sunday, false),
        "mon" if capital => weekday(Monday, true),
        "tue" | "tues" if capital => weekday(Tuesday, true),
        "wed" if capital => weekday(Wednesday, true),
        "thu" | "thur" | "thurs" if capital => weekday(Thursday, true),
        "fri" if capital => weekday(Friday, true),
        "sat" if capital => weekday(Saturday, true),
        "sun" if capital => weekday(Sunday, true),
        "january" => month(1, false),
        "february" => month(2, false),
        "march" if capital => month(3, false),
        "april" => month(4, false),
        "may" if capital => month(5, false),
        "june" => month(6, false),
        "july" => month(7, false),
        "august" if capital => month(8, false),
        "september" => month(9, false),
        "october" => month(10, false),
        "november" => month(11, false),
        "december" => month(12, false),
        "jan" if capital => month(1, true),
        "feb" if capital => month(2, true),
        "mar" if capital => month(3, true),
        "apr" if capital => month(4, true),
        "jun" if capital => month(6, true),
        "jul" if capital => month(7, true),
        "aug" if capital => month(8, true),
        "sep" | "sept" if capital => month(9, true),
        "oct" if capital => month(10, true),
        "nov" if capital => month(11, true),
        "dec" if capital => month(12, true),
        "spring" | "springs" => Some(Word::Season(Season::Spring)),
        "summer" | "summers" => Some(Word::Season(Season::Summer)),
        "autumn" | "fall" => Some(Word::Season(Season::Autumn)),
        "winter" | "winters" => Some(Word::Season(Season::Winter)),
        "dawn" | "daybreak" | "sunrise" => Some(Word::Part(Part::Dawn)),
        "morning" | "mornings" => Some(Word::Part(Part::Morning)),
        "midday" | "noon" | "lunchtime" | "noontime" => Some(Word::Part(Part::Midday)),
        "afternoon" | "afternoons" => Some(Word::Part(Part::Afternoon)),
        "evening" | "evenings" | "dusk" | "sunset" | "nightfall" => Some(Word::Part(Part::Evening)),
        "midnight" => Some(Word::Part(Part::Midnight)),
        _ => None,
    }
}

fn unit(lower: &str) -> Option<Word> {
    let (unit, plural) = match lower {
        "second" => return None, // an ordinal first
        "seconds" => (Unit::Second, true),
        "minute" => (Unit::Minute, false),
        "minutes" | "mins" => (Unit::Minute, true),
        "hour" | "hr" => (Unit::Hour, false),
        "hours" | "hrs" => (Unit::Hour, true),
        "day" => (Unit::Day, false),
        "days" => (Unit::Day, true),
        "night" => (Unit::Night, false),
        "nights" => (Unit::Night, true),
        "weekend" => (Unit::Weekend, false),
        "weekends" => (Unit::Weekend, true),
        "week" => (Unit::Week, false),
        "weeks" => (Unit::Week, true),
        "fortnight" => (Unit::Fortnight, false),
        "fortnights" => (Unit::Fortnight, true),
        "month" => (Unit::Month, false),
        "months" => (Unit::Month, true),
        "quarter" => (Unit::Quarter, false),
        "quarters" => (Unit::Quarter, true),
        "year" | "yr" => (Unit::Year, false),
        "years" | "yrs" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "decades" => (Unit::Decade, true),
        "century" => (Unit::Century, false),
        "centuries" => (Unit::Century, true),
        _ => return None,
    };
    Some(Word::Unit(unit, plural))
}

fn number(lower: &str) -> Option<Word> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    // Most words fail here, so the first letter decides first.
    if !matches!(lower.as_bytes()[0], b'z' | b'o' | b't' | b'f' | b's' | b'e' | b'n' | b'h' | b'm') {
        return None;
    }
    if let Some(at) = ONES.iter().position(|it| *it == lower) {
        return Some(Word::Number(at as u32));
    }
    if let Some(at) = TENS.iter().position(|it| *it == lower) {
        return Some(Word::Number((at as u32 + 2) * 10));
    }
    if let Some(at) = ORDINALS.iter().position(|it| *it == lower) {
        return Some(Word::Ordinal(at as u32 + 1));
    }
    match lower {
        "thirtieth" => Some(Word::Ordinal(30)),
        "hundred" | "hundreds" => Some(Word::Scale(100)),
        "thousand" => Some(Word::Scale(1000)),
        _ => None,
    }
}

/// Words of the grammar of time and the words that turn it.
const KEYS: &[&str] = &[
    "a",
    "about",
    "after",
    "ago",
    "ahead",
    "almost",
    "already",
    "am",
    "an",
    "and",
    "annual",
    "annually",
    "approximately",
    "are",
    "around",
    "as",
    "at",
    "back",
    "be",
    "been",
    "before",
    "beginning",
    "between",
    "beyond",
    "but",
    "by",
    "can",
    "christmas",
    "comparable",
    "couple",
    "close",
    "coming",
    "could",
    "current",
    "currently",
    "daily",
    "date",
    "day's",
    "dozen",
    "due",
    "during",
    "each",
    "earlier",
    "early",
    "easter",
    "ended",
    "ending",
    "end",
    "entire",
    "even",
    "eve",
    "every",
    "expected",
    "expire",
    "expires",
    "few",
    "final",
    "first",
    "fiscal",
    "following",
    "for",
    "former",
    "formerly",
    "from",
    "full",
    "future",
    "going",
    "gmt",
    "had",
    "half",
    "has",
    "have",
    "high",
    "hourly",
    "if",
    "immediately",
    "in",
    "is",
    "it",
    "its",
    "just",
    "last",
    "late",
    "later",
    "latest",
    "least",
    "less",
    "local",
    "long",
    "longer",
    "many",
    "mid",
    "middle",
    "moment",
    "monthly",
    "months",
    "more",
    "most",
    "must",
    "nearly",
    "new",
    "next",
    "nightly",
    "not",
    "now",
    "nowadays",
    "o",
    "of",
    "often",
    "old",
    "on",
    "once",
    "only",
    "or",
    "other",
    "our",
    "over",
    "overnight",
    "past",
    "payable",
    "per",
    "period",
    "planned",
    "plans",
    "pm",
    "point",
    "post",
    "present",
    "previous",
    "previously",
    "prior",
    "quarterly",
    "recent",
    "recently",
    "remaining",
    "roughly",
    "s",
    "said",
    "same",
    "scheduled",
    "several",
    "shall",
    "since",
    "so",
    "some",
    "sometime",
    "soon",
    "start",
    "starting",
    "subsequently",
    "tells",
    "term",
    "than",
    "thanksgiving",
    "that",
    "the",
    "their",
    "then",
    "these",
    "this",
    "those",
    "through",
    "throughout",
    "till",
    "time",
    "times",
    "to",
    "today",
    "today's",
    "told",
    "tomorrow",
    "tonight",
    "turn",
    "under",
    "until",
    "up",
    "upcoming",
    "utc",
    "was",
    "weekly",
    "were",
    "when",
    "while",
    "who",
    "which",
    "whole",
    "will",
    "with",
    "within",
    "won",
    "would",
    "yearly",
    "yet",
    "yesterday",
    "yesteryear",
    "ramadan",
    "eid",
    "p",
    "m",
    "st",
    "nd",
    "rd",
    "th",
    "est",
    "edt",
    "cst",
    "cdt",
    "pst",
    "pdt",
    "et",
    "bst",
    "cet",
    "z",
    "x",
    "second",
    "ll",
    "noon",
    "non",
    "midst",
    "opening",
    "closing",
    "his",
    "her",
    "my",
    "your",
    "agreed",
    "announced",
    "century",
    "decade",
    "ad",
    "bc",
    "bce",
    "ce",
    "h",
    "late",
    "long",
    "years",
    "eve",
    "era",
    "moscow",
    "kyiv",
    "kiev",
    "kabul",
    "baku",
    "yerevan",
    "beijing",
    "tehran",
    "year's",
    "no",
    "least",
    "most",
    "age",
    "aged",
    "dated",
    "circa",
    "twice",
    "anniversary",
    "birthday",
    "d",
    "t",
    "may",
];

fn key(lower: &str) -> Option<&'static str> {
    // A perfect hash would be faster; a table by first letter is fast enough
    // and can be read.
    let index = INDEX.get((lower.as_bytes()[0].wrapping_sub(b'a')) as usize)?;
    index.iter().filter(|it| **it < KEYS.len() as u16).map(|it| KEYS[*it as usize]).find(|it| *it == lower)
}

const PER_LETTER: usize = 32;

/// For each letter the places in [`KEYS`] of words that begin with it.
const INDEX: [[u16; PER_LETTER]; 26] = {
    let mut out = [[u16::MAX; PER_LETTER]; 26];
    let mut fill = [0usize; 26];
    let mut at = 0;
    while at < KEYS.len() {
        let letter = (KEYS[at].as_bytes()[0] - b'a') as usize;
        assert!(fill[letter] < PER_LETTER, "too many words with one first letter");
        out[letter][fill[letter]] = at as u16;
        fill[letter] += 1;
        at += 1;
    }
    out
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_words_part() {
        let words: Vec<Word> = tokens("six-week 20th May, Sept. 2", 7).iter().map(|it| it.word).collect();
        assert_eq!(
            words,
            [
                Word::Number(6),
                Word::Mark('-'),
                Word::Unit(Unit::Week, false),
                Word::Digits(20, 2),
                Word::Key("th"),
                Word::Month(5, false),
                Word::Mark(','),
                Word::Month(9, true),
                Word::Mark('.'),
                Word::Digits(2, 1),
            ]
        );
    }

    #[test]
    fn spans_point_into_the_article() {
        let text = "Şuşa’s 24\u{a0}hours";
        for token in tokens(text, 0) {
            assert_eq!(token.span.of(text), Some(token.text));
        }
    }
}
