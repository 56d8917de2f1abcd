//! Odd input: no panic, spans that hold, linear time.

use std::time::Instant;

use proptest::prelude::*;
use truce_model::Span;
use truce_place::{find, locate_all};

fn holds(text: &str) {
    for mention in find(text, Span::new(0, text.len()), None) {
        assert!(mention.span.of(text).is_some_and(|it| !it.trim().is_empty()), "{text:?}");
    }
}

const WORDS: &[&str] = &[
    "Oslo",
    "the",
    "of",
    "12",
    "km",
    "north",
    "near",
    "al",
    "-",
    "Tuhayta",
    "Moscow",
    "said",
    "U.S.",
    "'s",
    "’s",
    ",",
    ".",
    "\n",
    "and",
    "Paris",
    "Texas",
    "(",
    ")",
    "corridor",
    "the",
    "city",
    "Line",
    "Control",
    "direction",
    "outskirts",
    "southern",
    "Gaza",
    "crossing",
    "at",
    "to",
    "road",
    "\"",
    "É",
    "Sana'a",
    "N’Djamena",
    "St.",
    "checkpoint",
    "D.C.",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in ".{0,200}") {
        holds(&text);
    }

    #[test]
    fn words_of_place_in_any_order(picks in prop::collection::vec((0..WORDS.len(), any::<bool>()), 0..40)) {
        let mut text = String::new();
        for (word, spaced) in picks {
            if spaced { text.push(' '); }
            text.push_str(WORDS[word]);
        }
        holds(&text);
        let _ = locate_all(&text, &[Span::new(0, text.len())]);
    }
}

#[test]
fn twice_the_text_takes_about_twice_the_time() {
    let sentence = "Shells fell near Oslo and in Bergen, Norway, while Moscow said the city and the crossing were quiet. ";
    let time = |copies: usize| {
        let text = sentence.repeat(copies);
        let start = Instant::now();
        assert!(find(&text, Span::new(0, text.len()), None).len() >= copies * 3);
        start.elapsed()
    };
    time(200);
    let best = |copies: usize| (0..3).map(|_| time(copies)).min().unwrap_or_default();
    let (small, large) = (best(300), best(2_400));
    // Eight times the text; thirty leaves room for a busy machine.
    assert!(large < small * 30, "{small:?} {large:?}");
}
