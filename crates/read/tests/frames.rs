//! The frame lexicon on sentences of the field: what a word of conduct is and,
//! beside it, near misses that are none. Parties are invented.

use truce_model::{Article, ArticleId, Basis, Edtf, Kind, Precision, Published, Segment, SegmentKind, Span};
use truce_read::claims::clause::Tree;
use truce_read::claims::lexicon::Valence;
use truce_read::claims::trigger;
use truce_read::claims::who::Who;

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

/// What kinds of conduct the words of `text` name, each with `-` for a breach
/// and `+` for an obligation kept.
fn kinds(text: &str) -> Vec<(Kind, char)> {
    let toml = include_str!("../../../agreements/alder-2031/agreement.toml");
    let agreement = truce_pack::parse("agreement.toml", toml, None).expect("the shipped pack is right");
    let article = article(text);
    let prepared = truce_read::prepare(Some(&agreement), &article);
    let who = Who::new(&prepared, Some(&agreement));
    let mut out = Vec::new();
    for (number, sentence) in prepared.sentences.iter().enumerate() {
        for it in trigger::find(&Tree::new(&sentence.parsed), number, &who) {
            out.push((it.kind, if it.valence == Valence::Keep { '+' } else { '-' }));
        }
    }
    out
}

/// One line a case: kind and sign, then the sentence.
fn cases(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().map(str::trim).filter(|it| !it.is_empty()).map(|line| {
        line.split_once('|').map(|(kind, text)| (kind.trim(), text.trim())).expect("kind | sentence")
    })
}

#[test]
fn words_of_conduct_are_known() {
    let mut missed = Vec::new();
    for (wanted, text) in cases(include_str!("frames/conduct.txt")) {
        let (kind, sign) = wanted.rsplit_once(' ').expect("kind and sign");
        let kind = Kind::parse(kind).expect("a kind of the codebook");
        let sign = sign.chars().next().expect("a sign");
        let found = kinds(text);
        if !found.contains(&(kind, sign)) {
            missed.push(format!("{wanted}: {text}\n    found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{} not read as they should be:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn near_misses_are_no_conduct() {
    let mut wrong = Vec::new();
    for (unwanted, text) in cases(include_str!("frames/near_misses.txt")) {
        let found = kinds(text);
        let bad = match Kind::parse(unwanted) {
            Some(kind) => found.iter().any(|it| it.0 == kind),
            None => !found.is_empty(),
        };
        if bad {
            wrong.push(format!("{unwanted}: {text}\n    found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} read as conduct:\n{}", wrong.len(), wrong.join("\n"));
}
