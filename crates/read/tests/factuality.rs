//! How real a word is said to be, in sentences about invented parties.

use truce_read::factuality::{Tense, factuality};
use truce_syntax::Engine;

/// The value and reason of the word in brackets.
fn judged(marked: &str) -> (f64, &'static str, Tense) {
    let start = marked.find('[').expect("a mark");
    let text = marked.replace(['[', ']'], "");
    let sentence = Engine::embedded().parse(&text, 0).remove(0);
    let at = sentence.tokens.iter().position(|it| it.span.start as usize == start).expect("a word");
    let it = factuality(&sentence, at);
    (it.value(), it.reason, it.tense)
}

#[test]
fn said_to_be_so() {
    for it in [
        "Rivermark [shelled] the post.",
        "Northland said Rivermark had [shelled] the post.",
        "Northland regrets that Rivermark [shelled] the post.",
        "Rivermark managed to [cross] the pass.",
        "Northland was glad that Rivermark [withdrew].",
    ] {
        assert!(judged(it).0 >= 1.5, "{it}: {:?}", judged(it));
    }
}

#[test]
fn said_not_to_be_so() {
    for it in [
        "Rivermark did not [shell] the post.",
        "Rivermark failed to [withdraw] from the ridge.",
        "Rivermark refused to [release] the sailors.",
        "Northland denied that it [shelled] the post.",
        "Rivermark prevented the monitors from [crossing] the pass.",
        "Nobody [crossed] the pass.",
        "Rivermark has yet to [withdraw] its guns.",
    ] {
        assert!(judged(it).0 <= -1.0, "{it}: {:?}", judged(it));
    }
}

#[test]
fn left_open() {
    for (it, reason) in [
        ("Rivermark may [withdraw] from the ridge.", "possible"),
        ("Rivermark should [withdraw] from the ridge.", "obliged"),
        ("Northland wants Rivermark to [withdraw] from the ridge.", "governed"),
        ("If Rivermark [withdraws], talks will begin.", "conditional"),
        ("Did Rivermark [withdraw] from the ridge?", "asked"),
        ("Northland sent guards to [search] the mill.", "purpose"),
    ] {
        let found = judged(it);
        assert!(found.0.abs() < 1.5, "{it}: {found:?}");
        assert_eq!(found.1, reason, "{it}: {found:?}");
    }
    assert_eq!(judged("Rivermark will [withdraw] on Monday.").1, "future");
    assert_eq!(judged("Rivermark [withdrew] on Monday.").2, Tense::Past);
}

#[test]
fn a_denied_refusal_is_no_refusal() {
    assert!(judged("Rivermark did not fail to [withdraw].").0 >= 1.5);
}

#[test]
fn odd_sentences_have_an_answer() {
    for text in ["No", "!?", "if if if not not", "to to to be be", "THE ARMY SHELL NOT POST NO NO"] {
        for sentence in Engine::embedded().parse(text, 0) {
            for at in 0..sentence.tokens.len() {
                let it = factuality(&sentence, at);
                assert!((-30..=30).contains(&it.tenths) && it.word < sentence.tokens.len());
            }
        }
    }
}
