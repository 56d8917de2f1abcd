//! The brief as a page: whole, linked, escaped, the same every time.

mod support {
    #[path = "mod.rs"]
    mod fixture;
    pub mod page;
    pub use fixture::*;
}

use proptest::prelude::*;
use support::page;
use truce_publish::{brief_html, summary};
use truce_record::Record;

#[test]
fn every_link_leads_somewhere_and_every_sentence_to_its_words() {
    let (record, agreement) = (support::record(), support::agreement());
    let html = brief_html(&record, Some(&agreement));
    let all = page::check(&html);
    assert!(all.iter().filter(|it| it.class("said")).count() > 40);
    assert_eq!(all.iter().filter(|it| it.class("incident")).count(), record.incidents.len());
    let provisions =
        all.iter().filter(|it| it.attributes.get("id").is_some_and(|it| it.starts_with('p'))).count();
    assert!(provisions >= agreement.provisions.len());
}

#[test]
fn without_an_agreement_the_page_holds() {
    page::check(&brief_html(&support::record(), None));
}

#[test]
fn an_empty_record_gives_an_honest_page() {
    let mut record = support::record();
    record.articles.clear();
    record.claims.clear();
    record.statements.clear();
    record.incidents.clear();
    record.lineages.clear();
    record.reuse.clear();
    record.findings.clear();
    record.problems.clear();
    record.ledger.clear();
    let html = brief_html(&record, Some(&support::agreement()));
    page::check(&html);
    assert!(html.contains("no information in 0 articles"));
    assert!(html.contains("No conduct under the agreement was reported."));
}

#[test]
fn words_of_the_reports_are_all_there() {
    let record = support::record();
    let html = brief_html(&record, None);
    let source = &html[html.find("id=\"sources\"").expect("a reader")..];
    let mut text = String::new();
    let mut inside = true;
    for part in source.split_inclusive(['<', '>']) {
        if inside {
            text.push_str(part.trim_end_matches(['<', '>']));
        }
        inside = part.ends_with('>');
    }
    let plain = |it: &str| it.replace(['’', '“', '”'], "").split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = plain(&text.replace("&quot;", "").replace("&#39;", ""));
    for article in &record.articles {
        for word in article.text.split_whitespace().filter(|it| it.chars().all(char::is_alphanumeric)) {
            assert!(shown.contains(word), "{word} of {} is not shown", article.path);
        }
    }
}

#[test]
fn a_quotation_altered_inside_its_marks_is_named_in_words() {
    let html = brief_html(&support::record(), None);
    assert!(html.contains("quotation altered"));
    assert!(html.contains("changed inside quotation marks"));
}

#[test]
fn nothing_is_open_by_default() {
    let html = brief_html(&support::record(), Some(&support::agreement()));
    let places = &html[html.find("<section id=\"places\"").expect("places")
        ..html.find("<section id=\"lineages\"").expect("lineages")];
    // One denial on one day; all else is alleged closed, or nobody speaks.
    assert!(places.contains("class=\"pl blank\""));
    assert!(!places.contains("class=\"pl opened\" x=\"2"), "a day is drawn open that nobody credits");
}

#[test]
fn claims_whose_words_moved_are_not_shown_as_sourced() {
    let mut record = support::record();
    let moved = record.claims[0].evidence[0].exact.clone();
    record.claims[0].evidence[0].start += 1;
    record.claims[0].evidence[0].end += 1;
    let html = brief_html(&record, None);
    page::check(&html);
    assert!(html.contains("no longer where the record says"), "{moved}");
}

#[test]
fn the_same_record_gives_the_same_page() {
    let agreement = support::agreement();
    assert_eq!(
        brief_html(&support::record(), Some(&agreement)),
        brief_html(&support::record(), Some(&agreement))
    );
}

#[test]
fn the_summary_fits_its_screen() {
    for (width, lines) in [(80, 24), (80, 40), (40, 16), (120, 30)] {
        let text = summary(&support::record(), Some(&support::agreement()), width, lines);
        assert!(text.lines().count() <= lines, "{} lines of {lines}", text.lines().count());
        for line in text.lines() {
            assert!(line.chars().count() <= width, "{line:?} is wider than {width}");
        }
    }
}

#[test]
fn summary_reads_as_before() {
    insta::assert_snapshot!(summary(&support::record(), Some(&support::agreement()), 80, 40));
}

/// Nine characters, as many as `Northland` and `Rivermark` have, so that all
/// offsets of the record still hold.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        '<', '>', '"', '\'', '&', ';', '/', '=', '`', '{', '}', '-', '!', '[', ']', '(', ')', 's', 'c',
        '\u{202E}', '\u{202D}', '\u{2066}', '\u{200F}', '\u{1b}', '\u{7f}', '\u{0}', '\u{feff}', '\u{fffe}',
        '\\', '\u{85}',
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 9).prop_map(|it| it.into_iter().collect()),
        Just("<script>x".to_owned()),
        Just("</script>".to_owned()),
        Just("\"><b x=1>".to_owned()),
        Just("<!--x-->y".to_owned()),
        Just("</style>x".to_owned()),
        Just("' onx='1 ".to_owned()),
        Just("]]>&lt;b/".to_owned()),
    ]
}

/// The record with both parties' names replaced everywhere.
fn renamed(a: &str, b: &str) -> Option<Record> {
    let json = support::record().to_json();
    let coded = |it: &str| serde_json::to_string(it).expect("a string").trim_matches('"').to_owned();
    // `trim_matches` also cuts an escaped quote at the end: code it inside.
    let coded = |it: &str| coded(&format!("|{it}|")).trim_matches('|').to_owned();
    let json = json
        .replace("Northland", &coded(a))
        .replace("Rivermark", &coded(b))
        .replace("Fenwick Herald", &coded(a));
    truce_record::from_json(json.as_bytes()).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn text_from_outside_stays_text(a in hostile(), b in hostile()) {
        let record = renamed(&a, &b).expect("still a record");
        let agreement = support::agreement();
        let plain = page::parse(&brief_html(&support::record(), Some(&agreement)));
        let html = brief_html(&record, Some(&agreement));
        let all = page::check(&html);
        let tags = |all: &[page::Element]| all.iter().map(|it| it.tag.clone()).collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(tags(&plain), tags(&all));
        prop_assert_eq!(all.iter().filter(|it| it.tag == "script").count(), 1);
        let raw = html.contains(['\u{0}', '\u{1b}', '\u{fffe}']);
        prop_assert!(!raw);
        let screen = summary(&record, None, 80, 24);
        let raw = screen.contains(['\u{1b}', '\u{202E}', '\u{0}']);
        prop_assert!(!raw);
        prop_assert!(screen.lines().count() <= 24);
    }
}

#[test]
fn a_large_record_gives_a_page_that_opens() {
    let mut record = support::record();
    let (articles, claims, incidents) =
        (record.articles.clone(), record.claims.clone(), record.incidents.clone());
    for copy in 1..120 {
        let named = |id: &str| format!("{id}-{copy}");
        record.articles.extend(articles.iter().cloned().map(|mut it| {
            it.id = named(&it.id);
            it
        }));
        record.claims.extend(claims.iter().cloned().map(|mut it| {
            it.id = named(&it.id);
            it.article = named(&it.article);
            it.evidence.iter_mut().for_each(|it| it.article = named(&it.article));
            it
        }));
        record.incidents.extend(incidents.iter().cloned().map(|mut it| {
            it.id = named(&it.id);
            it.claims.iter_mut().for_each(|it| *it = named(it));
            it.replies.iter_mut().for_each(|it| it.claim = named(&it.claim));
            it
        }));
    }
    let html = brief_html(&record, Some(&support::agreement()));
    assert!(html.len() < 4_000_000, "{} bytes", html.len());
    assert!(html.contains("further incidents, on which less is said"));
    // The strict reader is quadratic; links are checked on ids alone.
    let ids: std::collections::BTreeSet<&str> =
        html.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    for href in html.split(" href=\"#").skip(1).filter_map(|it| it.split('"').next()) {
        assert!(ids.contains(href), "#{href} leads nowhere");
    }
}
