//! Any text yields sentences that keep their promises.

use proptest::prelude::*;
use truce_syntax::{Deprel, Engine, Sentence};

/// What every sentence promises.
fn check(text: &str, base: usize, sentences: &[Sentence]) {
    let mut end = base as u32;
    for sentence in sentences {
        assert!(!sentence.tokens.is_empty());
        assert!(sentence.span.start >= end && sentence.span.end as usize <= base + text.len());
        end = sentence.span.end;
        let mut at = sentence.span.start;
        for token in &sentence.tokens {
            assert!(token.span.start >= at && token.span.end > token.span.start);
            assert!(token.span.end <= sentence.span.end);
            assert!(text.get(token.span.start as usize - base..token.span.end as usize - base).is_some());
            at = token.span.end;
        }
        let n = sentence.tokens.len();
        let roots: Vec<_> = sentence.tokens.iter().filter(|it| it.head.is_none()).collect();
        assert_eq!(roots.len(), 1);
        assert_eq!(roots[0].deprel, Deprel::Root);
        let root = sentence.root().unwrap();
        for at in 0..n {
            assert!(sentence.tokens[at].head.is_none_or(|it| (it as usize) < n));
        }
        // Every word hangs on the root, so there are no cycles.
        let lists = sentence.child_lists();
        assert_eq!((0..n).map(|it| lists.of(it).len()).sum::<usize>(), n - 1);
        assert_eq!(sentence.subtree_bounds(root), (0, n - 1));
        if n <= 600 {
            assert!((0..n).all(|it| sentence.children(it).eq(lists.of(it).iter().map(|it| *it as usize))));
            assert!((0..n).all(|it| sentence.is_under(it, root)));
        }
        assert!(sentence.names.windows(2).all(|it| it[0].last < it[1].first));
        assert!(sentence.names.iter().all(|it| it.first <= it.last && (it.last as usize) < n));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text(text in "\\PC{0,300}", base in 0usize..1000) {
        check(&text, base, &Engine::embedded().parse(&text, base));
    }

    #[test]
    fn texts_like_prose(words in prop::collection::vec(
        prop::sample::select(vec![
            "Northland", "said", "\"", "“", "”", "’s", "the", "U.S.", "...", "ceasefire", ",", ".", "\n", "\n\n",
            "n't", "Nov.", "10", "(", ")", "Gen.", "—", "-", "[1]", "?", "\u{a0}", "\u{200b}", "www.", "a@b.org", "é",
        ]),
        0..80,
    ), glue in prop::sample::select(vec!["", " ", "\t"])) {
        let text = words.join(glue);
        check(&text, 7, &Engine::embedded().parse(&text, 7));
    }
}

#[test]
fn long_sentences_and_tokens() {
    let long = "Northland and Rivermark ".repeat(3_500);
    let sentences = Engine::embedded().parse(&long, 0);
    check(&long, 0, &sentences);
    assert!(sentences.iter().map(|it| it.tokens.len()).sum::<usize>() >= 10_000);
    let unbroken = "x".repeat(100_000);
    check(&unbroken, 0, &Engine::embedded().parse(&unbroken, 0));
    let dots = ".".repeat(50_000);
    check(&dots, 0, &Engine::embedded().parse(&dots, 0));
    let quotes = "\"' ".repeat(20_000);
    check(&quotes, 0, &Engine::embedded().parse(&quotes, 0));
    for unit in ["a.", "a@", "a-", "1,", "([{", "a/", "'", "a\u{301}"] {
        let run = unit.repeat(1_000);
        check(&run, 0, &Engine::embedded().parse(&run, 0));
    }
    check("", 0, &Engine::embedded().parse("", 0));
}

#[test]
fn reads_a_report() {
    let text = "Northland accused Rivermark on Tuesday of shelling a village. \"We were not warned,\" General Jane Roe \
                told reporters.";
    let sentences = Engine::embedded().parse(text, 0);
    check(text, 0, &sentences);
    assert_eq!(sentences.len(), 2);
    let words: Vec<&str> = sentences[0].tokens.iter().map(|it| &text[it.span.range()]).collect();
    let accused = words.iter().position(|it| *it == "accused").unwrap();
    assert_eq!(sentences[0].root(), Some(accused));
    assert_eq!(&*sentences[0].tokens[accused].lemma, "accuse");
    assert!(sentences[0].tokens[accused].feats.past);
    assert_eq!(sentences[0].tokens[0].deprel, Deprel::Nsubj);
    assert_eq!(sentences[0].tokens[2].deprel, Deprel::Obj);
    let told = sentences[1].tokens.iter().position(|it| &*it.lemma == "tell").unwrap();
    assert!(sentences[1].children(told).any(|it| sentences[1].tokens[it].deprel == Deprel::Nsubj));
}

#[test]
fn same_text_same_trees() {
    let text = "The ministry said it would answer. It did.";
    assert_eq!(Engine::embedded().parse(text, 3), Engine::embedded().parse(text, 3));
}
