//! Whatever the bytes are: no panic, segments that cover, the same result.

use std::fmt::Write as _;

use proptest::prelude::*;
use truce_extract::{RawFormat, RawReport, extract, report_from_json_line};
use truce_model::{Anchor, Article, Edtf};

fn anchors() -> Vec<Anchor> {
    let date = Edtf::new("2031-05-04").expect("a date");
    vec![Anchor { date, names: vec!["checkpoint".to_owned()], place: None }]
}

fn read(bytes: &[u8], format: Option<RawFormat>) -> Option<Article> {
    let raw = RawReport { path: "a".to_owned(), bytes: bytes.to_vec(), format, ..RawReport::default() };
    match extract(&raw, &anchors()) {
        Ok((article, problems)) => {
            assert!(problems.iter().all(|it| it.what.starts_with("a: ")), "{problems:?}");
            Some(article)
        }
        Err(problem) => {
            assert!(problem.what.starts_with("a: "), "{problem:?}");
            None
        }
    }
}

/// Every byte in exactly one segment, on character bounds; spans that are words.
fn check(article: &Article) {
    let mut at = 0;
    for segment in &article.segments {
        assert_eq!(segment.span.start, at, "a gap or an overlap");
        assert!(!segment.span.is_empty());
        assert!(segment.span.of(&article.text).is_some(), "off a character bound");
        at = segment.span.end;
    }
    assert_eq!(at as usize, article.text.len());
    for span in
        [article.text_credit, article.picture_credit, article.published.evidence].into_iter().flatten()
    {
        assert!(span.of(&article.text).is_some_and(|it| !it.is_empty()));
    }
    assert_eq!(article.published.value.is_some(), article.published.precision.is_some());
    assert!(!article.published.reason.is_empty());
}

fn check_all(bytes: &[u8]) {
    for format in [None, Some(RawFormat::Text), Some(RawFormat::Html)] {
        let (one, two) = (read(bytes, format), read(bytes, format));
        assert_eq!(format!("{one:?}"), format!("{two:?}"));
        if let Some(article) = one {
            check(&article);
        }
    }
}

/// Pieces that pages and reports are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Northland accused Rivermark of shelling Alder Pass on Sunday, its defence ministry said.",
        "Northland set up a checkpoint on the Alder road on Sunday.",
        "Truce frays as guns fire at dawn",
        "Read More",
        "More from World",
        "• ",
        "Related:",
        "By Dana Rivers",
        "NEWPORT (AFP) — ",
        "(Photo: AFP)",
        "© Post",
        "\n",
        "\n\n",
        "\r\n",
        "  ",
        "\u{a0}",
        "“",
        "”",
        "19-Sep-2031",
        "20:07",
        "Updated ",
        "31/12/2031",
        "Home | World | News",
        "—",
        "AFP",
        "é",
        "日本",
        "\u{2028}",
        "<p>",
        "</p>",
        "<div class=\"caption\">",
        "</div>",
        "<a href=x>",
        "</a>",
        "<h1>",
        "</h1>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "&amp;",
        "&#x",
        "<",
        ">",
        "<time datetime=\"2031-05-04\">",
        "<html><body>",
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"2031-05-04\"}",
        "<script type=\"application/ld+json\">",
        "Monday",
        "late on Tuesday",
        ".",
        "?",
        ":",
        "0",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check_all(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,400}") {
        check_all(text.as_bytes());
    }

    #[test]
    fn any_layout_is_covered(text in pieces()) {
        check_all(text.as_bytes());
    }

    #[test]
    fn any_line_is_a_report_or_a_problem(line in "\\PC{0,200}") {
        if let Err(problem) = report_from_json_line("day.jsonl", 1, &line) {
            prop_assert!(problem.what.starts_with("day.jsonl, line 1: "));
        }
    }

    #[test]
    fn plain_text_is_kept_unchanged(text in pieces()) {
        if let Some(article) = read(text.as_bytes(), Some(RawFormat::Text)) {
            prop_assert_eq!(&*article.text, text.as_str());
        }
    }
}

#[test]
fn a_page_of_a_million_tags_is_bounded() {
    let deep =
        format!("{}<p>Northland kept the truce on Sunday, its army said.</p>", "<div>".repeat(1_000_000));
    let article = read(deep.as_bytes(), Some(RawFormat::Html)).expect("read without a tree");
    check(&article);
    assert!(article.text.contains("kept the truce"));
    let open = "<b ".repeat(300_000);
    if let Some(it) = read(open.as_bytes(), Some(RawFormat::Html)) {
        check(&it);
    }
}

#[test]
fn one_endless_line_is_bounded() {
    let line = "Northland kept the truce, its army said. ".repeat(50_000);
    check(&read(line.as_bytes(), None).expect("read"));
    let lines = "Truce\n".repeat(200_000);
    check(&read(lines.as_bytes(), None).expect("read"));
    let lists =
        "Related\n\nNorthland kept the truce on Sunday, its army said in a statement.\n\n".repeat(10_000);
    check(&read(lists.as_bytes(), None).expect("read"));
}

#[test]
fn files_beyond_the_limit_are_refused() {
    let raw = RawReport {
        path: "big.txt".to_owned(),
        bytes: vec![b'a'; truce_extract::REPORT_BYTES_MAX + 1],
        ..RawReport::default()
    };
    let problem = extract(&raw, &[]).expect_err("too large");
    assert!(problem.what.contains("big.txt") && problem.what.contains("more than"), "{}", problem.what);
}

#[test]
fn a_long_report_of_many_sections_is_read() {
    let mut text = String::from("Truce frays in the north\n\n");
    for at in 0..2_000 {
        let _ =
            write!(text, "Northland and Rivermark traded charges for day {at}, officials of both said.\n\n");
    }
    let article = read(text.as_bytes(), None).expect("read");
    check(&article);
    let body: usize = article.segments_of(truce_model::SegmentKind::Body).map(|it| it.span.len()).sum();
    assert!(body * 10 > text.len() * 9);
}

#[test]
fn a_credit_inside_the_dateline_is_covered_once() {
    // Found by a random run: the last line both opens with a dateline and
    // holds a mark that begins a credit inside it.
    for report in
        ["A (NEWPORT: © Post) — Northland set up a checkpoint.", "NEWPORT © (AFP) — (Photo: AFP) AFP"]
    {
        check_all(report.as_bytes());
        check_all(format!("Truce frays as guns fire at dawn\n\n{report}").as_bytes());
    }
}

#[test]
fn the_hours_of_a_live_page_are_not_its_text() {
    let report = "Alder truce: as it happened\n\n16:40 - Northland has released two drivers, the mission confirms.\n\n\
                  15:05 - Rivermark suspends its part in the talks until the guns are silent.\n\n\
                  13:10 GMT – Northland says the bridge at Millbrook is open again to carts and lorries.\n";
    let article = read(report.as_bytes(), Some(RawFormat::Text)).expect("a report");
    let body: Vec<&str> = article
        .segments
        .iter()
        .filter(|it| it.kind == truce_model::SegmentKind::Body)
        .map(|it| it.span.of(&article.text).expect("inside"))
        .collect();
    assert_eq!(body.len(), 3, "{body:?}");
    assert!(body.iter().all(|it| it.starts_with(char::is_alphabetic)), "{body:?}");
}
