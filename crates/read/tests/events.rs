//! Events as a person who does not program can judge them: a passage, then
//! the events it tells, one a line, as `TYPE mode doer > recipient status`.
//! Parties are invented (pack `alder-2031`).

use truce_model::{Article, ArticleId, Basis, Edtf, Precision, Published, Segment, SegmentKind, Span};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let toml = include_str!("../../../agreements/alder-2031/agreement.toml");
    let pack = truce_pack::parse("agreement.toml", toml, None).expect("the shipped pack is right");
    let article = Article {
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
    };
    let reading = truce_read::read(Some(&pack), &article);
    let name =
        |it: &Option<truce_model::ActorId>| it.as_ref().map_or("nobody".to_owned(), ToString::to_string);
    let mut found: Vec<String> = Vec::new();
    for it in &reading.events {
        assert!(it.span.of(text).is_some_and(|words| !words.is_empty()), "words are verbatim");
        found.push(format!(
            "{} {} {} > {} {}",
            it.plover,
            it.mode.unwrap_or("-"),
            name(&it.actor),
            name(&it.recipient),
            it.status.as_str()
        ));
    }
    assert_eq!(found, expected, "\n{text}");
}

#[test]
fn the_outlet_tells() {
    check("Rivermark condemned Northland.", &["ACCUSE disapprove rivermark > northland asserted"]);
    check(
        "Northland suspended talks with Rivermark.",
        &["SANCTION discontinue northland > rivermark asserted"],
    );
}

#[test]
fn somebody_tells() {
    check(
        "Northland said Rivermark had shelled the village.",
        &["ACCUSE allege northland > rivermark asserted", "ASSAULT - rivermark > nobody attributed"],
    );
}

#[test]
fn what_the_type_says_is_not_said_again() {
    check("Rivermark refused to withdraw.", &["REJECT - rivermark > nobody asserted"]);
}

#[test]
fn nothing_is_told() {
    check("It rained in the pass.", &[]);
    check("", &[]);
}
