//! What must hold for any input.

use proptest::prelude::*;
use truce_model::{Article, Evidence, OriginIndex, Published, Reuse, Segment, SegmentKind, Span};
use truce_trace::{TraceIndex, Traced, trace};

fn article(id: &str, text: &str) -> Article {
    let head = text.find('\n').unwrap_or(0);
    Article {
        id: id.into(),
        path: id.into(),
        sha256: String::new(),
        outlet: None,
        url: None,
        title: None,
        language: None,
        published: Published::unknown("a test"),
        text: text.into(),
        segments: vec![
            Segment { kind: SegmentKind::Headline, span: Span::new(0, head) },
            Segment { kind: SegmentKind::Body, span: Span::new(head, text.len()) },
        ],
        text_credit: None,
        picture_credit: None,
    }
}

/// Sentences about invented parties that reprints are put together from.
const SENTENCES: [&str; 12] = [
    "Northland closed Alder Pass on Sunday after two convoys were shelled near the upper bridge.",
    "Rivermark denied that its guns had fired and asked for an inquiry by the observer mission.",
    "Rivermark denied that its guns had fired, but offered no proof.",
    "“Nobody fired from our side of the river on that day,” said Tomas Weller, a spokesman for Rivermark.",
    "\"No one fired from our bank of the river on that day,\" said Tomas Weller, a spokesman for Rivermark.",
    "The mission said four drivers were hurt and that it could not tell who had opened fire.",
    "The mission said four drivers were hurt.",
    "Under the Alder accord the pass must stay open for food, fuel and medicine in both directions.",
    "Grain prices rose in Fenmoor while the lock stayed shut for a third week, merchants said there.",
    "The cease-fire of 2031 ended a war that drove 90,000 people from the valley.",
    "The ceasefire of 2031 ended a war that drove 90,000 people from the valley.",
    "A shepherd told this newspaper he had heard drums all night.",
];

fn some_articles() -> impl Strategy<Value = Vec<Article>> {
    prop::collection::vec(prop::collection::vec(0..SENTENCES.len(), 1..8), 1..7).prop_map(|all| {
        all.iter()
            .enumerate()
            .map(|(n, picks)| {
                let body: Vec<&str> = picks.iter().map(|it| SENTENCES[*it]).collect();
                article(
                    &format!("a{n}"),
                    &format!("Headline number {n}\n\n{}", body.join(if n % 2 == 0 { " " } else { "\n\n" })),
                )
            })
            .collect()
    })
}

/// Any text: words, quotation marks, entities, other scripts, odd characters.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,9}",
        prop::sample::select(vec![
            "“",
            "”",
            "\"",
            "‘",
            "’",
            "'",
            " ",
            " ",
            " ",
            ". ",
            "\n",
            "\n\n",
            "&amp;",
            "&#8217;",
            "&#xD;",
            "&",
            "U.S.",
            "2,600-km",
            "cease-fire",
            "\u{A0}",
            "\u{AD}",
            "\u{200B}",
            "ﬁ",
            "İ",
            "ß",
            "ǆ",
            "Шуша",
            "停火协议",
            "سلام",
            "%",
            "...",
            "🕊",
            "e\u{301}",
            "\r\n",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(|it| it.to_string()),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|it| it.concat())
}

fn check(articles: &[Article], traced: &Traced) {
    let of =
        |it: &Evidence| articles.iter().find(|article| article.id == *it.article()).expect("a known article");
    for it in &traced.reuse {
        assert!(it.a.article() < it.b.article());
        for end in [&it.a, &it.b] {
            assert!(end.holds_in(of(end)));
        }
        for change in &it.changes {
            assert!(change.a.is_some() || change.b.is_some());
            for (words, end) in [(&change.a, &it.a), (&change.b, &it.b)] {
                if let Some(words) = words {
                    assert!(words.holds_in(of(words)));
                    assert!(end.span().contains(words.span()), "{words:?} in {end:?}");
                }
            }
        }
        assert_eq!(it.changes.is_empty(), it.kind.as_str() == "verbatim", "{it:?}");
        for end in [&it.a, &it.b] {
            assert_eq!(traced.lineages.iter().filter(|it| it.passages.contains(end)).count(), 1);
        }
    }
    for it in &traced.lineages {
        assert!(it.articles.len() > 1);
        assert!(it.agency.is_none());
    }
}

/// Evidence for one claim: a sentence in each article that prints it.
fn evidence(articles: &[Article], sentence: &str) -> Vec<Evidence> {
    articles
        .iter()
        .filter_map(|it| {
            let at = it.text.find(sentence)?;
            Evidence::cite(it, Span::new(at, at + sentence.len()))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn order_changes_nothing(articles in some_articles(), turn in 0usize..7) {
        let first = trace(&articles, &[]);
        check(&articles, &first);
        let mut other = articles.clone();
        other.rotate_left(turn % articles.len());
        other.reverse();
        let second = trace(&other, &[]);
        prop_assert_eq!(first.reuse, second.reuse);
        prop_assert_eq!(first.lineages, second.lineages);
        prop_assert_eq!(first.problems, second.problems);
    }

    #[test]
    fn a_reprint_adds_no_origin(articles in some_articles(), copied in 0usize..7, sentence in 0..SENTENCES.len()) {
        let copied = &articles[copied % articles.len()];
        let printed: Vec<&str> = SENTENCES.into_iter().filter(|it| copied.text.contains(it)).collect();
        let sentence = printed[sentence % printed.len()];
        let origins = |articles: &[Article]| {
            let out = trace(articles, &[]);
            OriginIndex::new(&out.reuse, &out.lineages).origins(&evidence(articles, sentence))
        };
        let before = origins(&articles);
        let mut more = articles.clone();
        more.push(article("z-reprint", &copied.text));
        let after = origins(&more);
        prop_assert!(after.most <= before.most, "{before:?} {after:?}");
        prop_assert!(after.least <= before.least, "{before:?} {after:?}");
        prop_assert!(after.least <= after.most);
    }

    #[test]
    fn odd_text_is_only_odd(a in odd_text(), b in odd_text()) {
        let both = format!("{a}\n\n{b}");
        let articles = [article("a", &a), article("b", &b), article("c", &both)];
        check(&articles, &trace(&articles, &[]));
        let mut index = TraceIndex::new(0, &[]);
        for it in &articles {
            for found in index.add(it).matches {
                prop_assert!(found.span.of(&it.text).is_some());
            }
        }
        prop_assert!(TraceIndex::from_bytes(&index.to_bytes(), &[]).is_some());
    }

    #[test]
    fn bytes_that_are_no_index(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(TraceIndex::from_bytes(&bytes, &[]).is_none());
        let mut dressed = b"truce-trace-index/1\n".to_vec();
        dressed.extend(&bytes);
        let _ = TraceIndex::from_bytes(&dressed, &[]);
    }
}

#[test]
fn a_thousand_copies_are_one_lineage_and_few_pairs() {
    let text = format!("Head\n\n{}", SENTENCES.join(" "));
    let articles: Vec<Article> =
        (0..1000).map(|it| article(&format!("a{it:04}"), &format!("{text} Filed by desk {it}."))).collect();
    let out = trace(&articles, &[]);
    check_counts(&out.reuse, 1000, SENTENCES.len());
    assert_eq!(out.lineages.len(), 1);
    assert_eq!(out.lineages[0].articles.len(), 1000);
    assert!(!out.problems.is_empty());
}

fn check_counts(reuse: &[Reuse], articles: usize, sentences: usize) {
    assert!(reuse.len() <= articles * sentences, "{} pairs", reuse.len());
    assert!(reuse.len() >= articles - 1);
}

/// Two wires about two matters, six sentences each.
fn wires() -> [String; 2] {
    [
        "Northland closed Alder Pass on Sunday after two convoys were shelled near the upper bridge. \
         Rivermark denied that its guns had fired and asked for an inquiry by the observer mission. \
         The mission said four drivers were hurt and that it could not tell who had opened fire. \
         Traders in the valley threatened to stop paying road tolls until the convoys move again. \
         Snow is expected to shut the higher road within a fortnight, leaving only the river ferry.",
        "Grain prices rose in Fenmoor while the lock stayed shut for a third week, merchants said. \
         Dockers refused to unload barges by hand because the harbour board had cut their pay. \
         The board promised to repair the northern gate before the end of the month at the latest. \
         Millers warned that bread would cost a third more by winter if the canal stays closed. \
         A commission of engineers will inspect the gate and tell the council what went wrong there.",
    ]
    .map(str::to_owned)
}

fn sets_of(out: &Traced) -> Vec<Vec<String>> {
    out.lineages.iter().map(|it| it.articles.iter().map(|it| it.to_string()).collect()).collect()
}

#[test]
fn a_mixed_page_ties_no_wire_to_the_other() {
    let [a, b] = wires();
    let both = format!("{a} {b}");
    let articles = [
        article("a", &a),
        article("b", &b),
        article("m1", &both),
        article("m2", &both.replace("Sunday", "Monday")),
    ];
    assert_eq!(sets_of(&trace(&articles, &[])), [["a", "m1", "m2"], ["b", "m1", "m2"]]);
}

#[test]
fn one_sentence_of_background_makes_no_lineage_of_two_stories() {
    let [a, b] = wires();
    let background =
        "The accord of 2031 ended a war that drove 90,000 people from the valley and burned its mills.";
    let articles: Vec<Article> = [("a1", &a), ("a2", &a), ("b1", &b), ("b2", &b)]
        .into_iter()
        .map(|(id, wire)| article(id, &format!("{wire} Filed for {id}. {background}")))
        .collect();
    let out = trace(&articles, &[]);
    assert_eq!(sets_of(&out), [["a1", "a2"], ["b1", "b2"]]);
    // The sentence is one witness all the same.
    let origins = OriginIndex::new(&out.reuse, &out.lineages).origins(&evidence(&articles, background));
    assert_eq!((origins.least, origins.most), (1, 1));
}

#[test]
fn a_shared_quotation_or_a_set_phrase_is_no_lineage() {
    let articles = [
        article(
            "a",
            "H\n\nThe envoy told reporters in Fenmoor: “We will not rest until the last gun falls silent.” He then left for home.",
        ),
        article(
            "b",
            "H\n\nAsked by this paper about the road, she was brief. “We will not rest until the last gun falls silent.” Nobody laughed.",
        ),
        article(
            "c",
            "H\n\nAlder Pass, which is widely recognised as part of Northland, was snowed in, shepherds reported.",
        ),
        article(
            "d",
            "H\n\nThe mission opened an office near Alder Pass, widely recognised as part of Northland, its head said.",
        ),
    ];
    let out = trace(&articles, &[]);
    assert!(out.reuse.is_empty(), "{:?}", out.reuse);
}

#[test]
fn one_common_phrase_everywhere_stays_linear() {
    let articles: Vec<Article> = (0..3000u32)
        .map(|n| {
            let own = |it: u32| format!("w{}", n.wrapping_mul(31).wrapping_add(it * 7919));
            article(
                &format!("a{n:04}"),
                &format!(
                    "Head\n\nAsked about it later that day {} {} {} {} said nothing.",
                    own(1),
                    own(2),
                    own(3),
                    own(4)
                ),
            )
        })
        .collect();
    let out = trace(&articles, &[]);
    assert!(out.reuse.len() < 30_000, "{}", out.reuse.len());
    assert!(!out.problems.is_empty());
}

#[test]
fn a_daily_form_is_no_reprint_of_yesterdays() {
    let bulletin = |day: u32, times: u32, rounds: u32, place: &str| {
        article(
            &format!("day {day}"),
            &format!(
                "Bulletin of {day} May\n\nUnits of Northland opened fire on Rivermark positions {times} times with \
                 {rounds} rounds of mortar and artillery over the past 24 hours on {day} May. {place}"
            ),
        )
    };
    let first = bulletin(4, 14, 62, "Ferry traffic at Fenmoor was stopped before noon.");
    let next = bulletin(5, 9, 37, "A herd was lost to mines under the Alder ridge.");
    let out = trace(&[first.clone(), next], &[]);
    assert!(out.lineages.is_empty(), "{:?}", out.reuse);
    // With its own figures it is a reprint.
    let copy = Article { id: "copy".into(), ..bulletin(4, 14, 62, "Our staff could not reach the ridge.") };
    assert_eq!(trace(&[first, copy], &[]).lineages.len(), 1);
}
