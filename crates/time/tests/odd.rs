//! Odd input: no panic, spans that hold, linear time.

use std::time::Instant;

use proptest::prelude::*;
use truce_model::{Edtf, Span};
use truce_time::{TimeContext, find, timex};

fn contexts() -> Vec<TimeContext> {
    ["2023-04-24", "2023", "0001-01-01", "9999-12-31", "2023-04-25/..", "P3D", "2024-02-29"]
        .iter()
        .map(|it| TimeContext { published: Edtf::new(*it) })
        .chain([TimeContext::default()])
        .collect()
}

fn holds(text: &str) {
    for ctx in contexts() {
        for mention in find(text, Span::new(0, text.len()), &ctx) {
            assert!(mention.span.of(text).is_some_and(|it| !it.trim().is_empty()), "{text:?}");
        }
        let _ = timex(text, Span::new(0, text.len()), &ctx);
    }
}

const WORDS: &[&str] = &[
    "Sunday",
    "late",
    "on",
    "the",
    "last",
    "next",
    "31",
    "June",
    "2023",
    "since",
    "until",
    "by",
    "from",
    "to",
    "and",
    "between",
    "99999999999",
    "0",
    "1000000000",
    "years",
    "ago",
    "quarter",
    "first",
    "-",
    ",",
    ".",
    "a",
    "half",
    "'80s",
    "1990s",
    "07:50",
    "25:61",
    "a.m.",
    "GMT",
    "Z",
    "T",
    "noon",
    "morning",
    "fortnight",
    "centuries",
    "later",
    "earlier",
    "month",
    "week",
    "day",
    "same",
    "that",
    "few",
    "hundred",
    "thousand",
    "twenty",
    "one",
    "fiscal",
    "spring",
    "of",
    "will",
    "said",
    "(",
    ")",
    "2023-04-23",
    "23/04/2023",
    "/",
    "every",
    "each",
    "early",
    "end",
    "Feb.",
    "29",
    "’s",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in ".{0,200}") {
        holds(&text);
    }

    #[test]
    fn words_of_time_in_any_order(picks in prop::collection::vec((0..WORDS.len(), any::<bool>()), 0..40)) {
        let mut text = String::new();
        for (word, spaced) in picks {
            if spaced { text.push(' '); }
            text.push_str(WORDS[word]);
        }
        holds(&text);
    }
}

#[test]
fn twice_the_text_takes_about_twice_the_time() {
    let sentence = "Northland said on Sunday that two days earlier, between 22 and 27 April, shells fell. ";
    let time = |copies: usize| {
        let text = sentence.repeat(copies);
        let ctx = TimeContext { published: Edtf::new("2023-05-01") };
        let start = Instant::now();
        let found = find(&text, Span::new(0, text.len()), &ctx).len();
        assert!(found >= copies * 3);
        start.elapsed()
    };
    time(500);
    let best = |copies: usize| (0..3).map(|_| time(copies)).min().unwrap_or_default();
    let (small, large) = (best(1_000), best(8_000));
    // Eight times the text; thirty leaves room for a busy machine.
    assert!(large < small * 30, "{small:?} {large:?}");
}
