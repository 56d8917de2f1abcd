//! The time and the place of the conduct, as text that a person who does not
//! program can judge: a passage, then one line a claim: `kind time place`.
//! Parties are invented (pack `alder-2031`); published 22 April 2031, a
//! Tuesday.

use std::sync::OnceLock;

use truce_model::{
    Agreement, Article, ArticleId, Basis, Edtf, Precision, Published, Segment, SegmentKind, Span,
};

fn agreement() -> &'static Agreement {
    static PACK: OnceLock<Agreement> = OnceLock::new();
    PACK.get_or_init(|| {
        let toml = include_str!("../../../agreements/alder-2031/agreement.toml");
        truce_pack::parse("agreement.toml", toml, None).expect("the shipped pack is right")
    })
}

fn article(text: &str) -> Article {
    Article {
        id: ArticleId::from("a-test"),
        path: "test.txt".into(),
        sha256: String::new(),
        outlet: None,
        url: None,
        title: None,
        language: Some("en".into()),
        published: Published {
            value: Edtf::new("2031-04-22"),
            precision: Some(Precision::Day),
            basis: Basis::Stated,
            evidence: None,
            reason: String::new(),
        },
        text: text.into(),
        segments: vec![Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) }],
        text_credit: None,
        picture_credit: None,
    }
}

/// Reads `text` and compares the times of its claims with `expected`: each
/// `kind value` or `kind -`, in order.
#[track_caller]
fn times(text: &str, expected: &[&str]) {
    let article = article(text);
    let reading = truce_read::read(Some(agreement()), &article);
    let found: Vec<String> = reading
        .claims
        .iter()
        .map(|it| {
            let kind = it.kind.map_or("-", |it| it.as_str());
            format!("{kind} {}", it.time.as_ref().map_or("-", |it| it.value.as_str()))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn the_act_and_not_the_statement_about_it() {
    times(
        "Northland said on Monday that Rivermark had shelled the pass on Sunday.",
        &["shelling_or_strike 2031-04-20"],
    );
    times("Northland accused Rivermark on Monday of shelling the pass.", &["shelling_or_strike -"]);
    times(
        "Rivermark on Sunday shelled the pass, Northland said on Monday.",
        &["shelling_or_strike 2031-04-20"],
    );
    times(
        "Northland condemned Sunday's shelling of the pass by Rivermark.",
        &["shelling_or_strike 2031-04-20"],
    );
}

#[test]
fn two_acts_and_their_times() {
    times(
        "Rivermark shelled the pass on Sunday and closed the Alder road on Monday.",
        &["shelling_or_strike 2031-04-20", "movement_obstruction 2031-04-21"],
    );
}

#[test]
fn since_and_for() {
    times("Rivermark has blocked the Alder road since 10 March.", &["movement_obstruction 2031-03-10/.."]);
    times(
        "Rivermark has broken the accord 43 times since it took hold on 6 March, Northland said.",
        &["non_fulfilment 2031-03-06/2031-04-22"],
    );
    times("Rivermark has blocked the Alder road for five months.", &["movement_obstruction 2030-11/2031-04"]);
    // A length told of the past has no end that the words give.
    times("Rivermark blocked the Alder road for five months.", &["movement_obstruction -"]);
}

#[test]
fn since_the_agreement_is_the_pack_s_day() {
    times(
        "Rivermark has killed 12 villagers since the truce began, Northland said.",
        &["harm_to_civilians 2031-03-03/2031-04-22"],
    );
    // The end of a truce is no day of the pack.
    times(
        "Rivermark has killed 12 villagers since the truce collapsed, Northland said.",
        &["harm_to_civilians -"],
    );
}

#[test]
fn told_before_and_after() {
    times(
        "Rivermark shelled Millbrook on Sunday. Two villagers were killed.",
        &["shelling_or_strike 2031-04-20", "harm_to_civilians 2031-04-20"],
    );
    times(
        "Northland accused Rivermark of shelling Millbrook. Twelve shells fell on the village on Sunday.",
        &["shelling_or_strike 2031-04-20", "shelling_or_strike 2031-04-20"],
    );
    // Told of the present: not the day before.
    times(
        "Rivermark shelled Millbrook on Sunday. Northland soldiers are shelling Highfell.",
        &["shelling_or_strike 2031-04-20", "shelling_or_strike -"],
    );
}

#[test]
fn the_same_act_named_twice() {
    times(
        "Asked about an air raid on Sunday, Rivermark's army confirmed one strike.",
        &["shelling_or_strike 2031-04-20"],
    );
}

#[test]
fn harm_after_the_blow() {
    times(
        "On Sunday smoke rose over Millbrook. Two villagers were killed.",
        &["harm_to_civilians 2031-04-20"],
    );
    // Told in the sentence before, but of the statement.
    times(
        "On Sunday the mayor spoke to reporters, he said on Monday. Two villagers were killed.",
        &["harm_to_civilians -"],
    );
}

#[test]
fn what_is_asked_for_has_no_day() {
    times("Northland urged Rivermark on Monday to stop shelling the pass.", &["shelling_or_strike -"]);
}

/// Reads `text` and compares the places of its claims with `expected`: each
/// `kind words` or `kind -`, in order.
#[track_caller]
fn places(text: &str, expected: &[&str]) {
    let article = article(text);
    let reading = truce_read::read(Some(agreement()), &article);
    let found: Vec<String> = reading
        .claims
        .iter()
        .map(|it| {
            let kind = it.kind.map_or("-", |it| it.as_str());
            format!("{kind} {}", it.place.as_ref().map_or("-", |it| it.words.exact()))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn ground_of_the_conduct() {
    places("Rivermark shelled Millbrook on Sunday.", &["shelling_or_strike Millbrook"]);
    places("Northland set up a checkpoint at Alder Bridge.", &["new_position checkpoint at Alder Bridge"]);
    places("Residents of Millbrook said Rivermark's guns fired at dawn.", &["shelling_or_strike Millbrook"]);
    places(
        "Rivermark shelled Millbrook on Sunday. Two villagers were killed.",
        &["shelling_or_strike Millbrook", "harm_to_civilians Millbrook"],
    );
}

#[test]
fn where_somebody_spoke_is_no_ground() {
    places(
        "In Brennick, Northland's foreign minister accused Rivermark of shelling Millbrook.",
        &["shelling_or_strike Millbrook"],
    );
}
