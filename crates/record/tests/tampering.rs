//! Any changed byte of a record is found. Parties and outlets are invented.

use proptest::prelude::*;
use truce_model as model;
use truce_record::{MadeBy, Parts, Record, from_json, from_model, verify};

const TEXT: &str = "Northland accuses Rivermark\n\nStonebridge – Northland said on Sunday that “Rivermark’s guns” had \
                    shelled Alder Pass, killing at least three villagers. Rivermark denied it.";

fn article(path: &str, text: &str) -> model::Article {
    let sha256 = truce_ledger_hash(text);
    let headline = text.find('\n').unwrap_or(text.len());
    let segment = |kind, start, end| model::Segment { kind, span: model::Span::new(start, end) };
    model::Article {
        id: sha256[..16].into(),
        path: path.into(),
        sha256: sha256.clone(),
        outlet: None,
        url: None,
        title: Some(text[..headline].into()),
        language: Some("en".into()),
        published: model::Published::unknown("no date on the page"),
        text: text.into(),
        segments: vec![
            segment(model::SegmentKind::Headline, 0, headline),
            segment(model::SegmentKind::Body, headline, text.len()),
        ],
        text_credit: None,
        picture_credit: None,
    }
}

fn truce_ledger_hash(text: &str) -> String {
    truce_ledger::sha256_hex(text.as_bytes())
}

fn cite(article: &model::Article, words: &str) -> model::Evidence {
    let start = article.text.find(words).expect("the words are in the text");
    model::Evidence::cite(article, model::Span::new(start, start + words.len())).expect("words")
}

fn reading(article: &model::Article) -> model::Reading {
    let side = |it: &str| Some(model::ActorId::from(it));
    let statement = model::Statement {
        id: format!("s-{}", article.id).into(),
        source: model::Source {
            words: Some(cite(article, "Northland said").clone()),
            actor: side("northland"),
            side: side("northland"),
            chain: Vec::new(),
        },
        cue: Some(cite(article, "said")),
        content: cite(article, "“Rivermark’s guns” had shelled Alder Pass, killing at least three villagers"),
        mode: model::Mode::Mixed,
        addressee: Vec::new(),
        cue_class: model::CueClass::Say,
        rule: "test",
    };
    let claim = model::Claim {
        id: format!("c-{}", article.id).into(),
        article: article.id.clone(),
        statement: Some(statement.id.clone()),
        stance: model::Stance::Alleges,
        claimant: side("northland"),
        accused: side("rivermark"),
        kind: Some(model::Kind::ShellingOrStrike),
        provisions: vec!["1".into()],
        time: model::Edtf::new("2031-05-04").map(|value| model::ClaimTime {
            value,
            words: Some(cite(article, "on Sunday")),
            rule: "the Sunday before".into(),
        }),
        place: Some(model::ClaimPlace { id: None, words: cite(article, "Alder Pass"), precision: "point" }),
        label: None,
        scope: None,
        counts: vec![model::Count {
            what: "killed",
            low: 3,
            high: None,
            words: cite(article, "at least three villagers"),
        }],
        evidence: vec![cite(article, "had shelled Alder Pass")],
        rule: "test",
    };
    model::Reading {
        statements: vec![statement],
        claims: vec![claim],
        sentences: 3,
        ..model::Reading::default()
    }
}

fn record_of(articles: &[(model::Article, model::Reading)]) -> Record {
    let made_by = MadeBy { models: Vec::new(), program: "trucewatch".into(), version: "0".into() };
    let (a, b) = (&articles[0].0, &articles[1].0);
    let reuse = model::Reuse {
        a: cite(a, "Rivermark denied it."),
        b: cite(b, "Rivermark denied it."),
        kind: model::ReuseKind::Verbatim,
        changes: Vec::new(),
    };
    from_model(Parts {
        made_by: &made_by,
        agreement: None,
        articles,
        reuse: &[reuse],
        lineages: &[],
        assessment: &model::Assessment::default(),
        problems: &[],
    })
}

fn articles() -> Vec<(model::Article, model::Reading)> {
    let one = article("one.txt", TEXT);
    let two = article("two.txt", &TEXT.replace("Stonebridge", "Millford"));
    [one, two].into_iter().map(|it| (reading(&it), it)).map(|(a, b)| (b, a)).collect()
}

fn record() -> Record {
    let mut articles = articles();
    articles.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    record_of(&articles)
}

#[test]
fn a_whole_record_holds_and_comes_back() {
    let record = record();
    assert_eq!(verify(&record), vec![]);
    let json = record.to_json();
    let again = from_json(json.as_bytes()).expect("our own record opens");
    assert_eq!(again, record);
    assert_eq!(again.to_json(), json);
}

#[test]
fn keys_are_sorted_and_nothing_is_empty() {
    let json = record().to_json();
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    // A JSON value keeps its keys sorted, so writing it again sorts them.
    let mut sorted = Vec::new();
    let indent = serde_json::ser::PrettyFormatter::with_indent(b" ");
    serde::Serialize::serialize(&value, &mut serde_json::Serializer::with_formatter(&mut sorted, indent))
        .expect("written");
    assert_eq!(String::from_utf8(sorted).expect("UTF-8") + "\n", json);
    assert!(!json.contains("\"\""), "unknown is null, never an empty string");
}

#[test]
fn offsets_are_code_points() {
    let record = record();
    let quote = &record.claims[0].evidence[0];
    let article = record.articles.iter().find(|it| it.id == quote.article).expect("its article");
    let words: String = article.text.chars().skip(quote.start).take(quote.end - quote.start).collect();
    assert_eq!(words, quote.exact);
    assert!(article.text.find(&quote.exact).expect("in the text") > quote.start, "bytes would be larger");
}

#[test]
fn order_of_articles_changes_nothing() {
    let mut turned = articles();
    turned.reverse();
    // The reuse pair names its ends; only the articles are turned.
    let mut straight = articles();
    straight.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let a = record_of(&straight);
    let made_by = a.made_by.clone();
    let reuse = model::Reuse {
        a: cite(&straight[0].0, "Rivermark denied it."),
        b: cite(&straight[1].0, "Rivermark denied it."),
        kind: model::ReuseKind::Verbatim,
        changes: Vec::new(),
    };
    let b = from_model(Parts {
        made_by: &made_by,
        agreement: None,
        articles: &turned,
        reuse: &[reuse],
        lineages: &[],
        assessment: &model::Assessment::default(),
        problems: &[],
    });
    assert_eq!(a.to_json(), b.to_json());
}

#[test]
fn other_formats_are_refused_with_a_reason() {
    let tell = |bytes: &[u8]| from_json(bytes).expect_err("no record").to_string();
    assert!(tell(b"").contains("not JSON"));
    assert!(tell(b"[1]").contains("format") || tell(b"[1]").contains("not JSON"));
    assert!(tell(b"{}").contains("no `format`"));
    assert!(tell(br#"{"format":"trucewatch/99"}"#).contains("newer"));
    assert!(tell(br#"{"format":"trucewatch/1"}"#).contains("missing field"));
    let json = record().to_json();
    assert!(tell(json.replacen("\"articles\":", "\"reports\":", 1).as_bytes()).contains("reports"));
    assert!(tell(json.replacen("\"seq\": 0", "\"seq\": 0.5", 1).as_bytes()).contains("floating point"));
}

#[test]
fn a_fault_says_where() {
    let mut record = record();
    record.claims[0].evidence[0].exact = "had spared Alder Pass".into();
    let faults = verify(&record);
    assert!(
        faults.iter().any(|it| it.at.contains("claims[0]") && it.at.contains("evidence[0]")),
        "{faults:?}"
    );
    assert!(faults.iter().any(|it| it.what.contains("ledger[")), "{faults:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// A byte changed anywhere in the file is found: the file no longer
    /// opens, or something in it does not hold, or its bytes are not those
    /// that would be written.
    #[test]
    fn every_changed_byte_is_found(at in any::<prop::sample::Index>(), flip in 1u8..=255) {
        let json = record().to_json();
        let mut bytes = json.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        let found = match from_json(&bytes) {
            Err(_) => true,
            Ok(record) => !verify(&record).is_empty() || record.to_json().as_bytes() != bytes,
        };
        prop_assert!(found, "byte {at} of {} changed unseen", json.len());
    }

    /// A changed value is found even if the file is written anew.
    #[test]
    fn every_changed_text_is_found(at in any::<prop::sample::Index>(), ch in any::<char>()) {
        let mut record = record();
        let mut text: Vec<char> = record.articles[0].text.chars().collect();
        let at = at.index(text.len());
        prop_assume!(text[at] != ch);
        text[at] = ch;
        record.articles[0].text = text.into_iter().collect();
        prop_assert!(!verify(&record).is_empty());
    }

    /// Decoding never panics, whatever the bytes.
    #[test]
    fn decoding_survives_anything(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = from_json(&bytes);
    }
}
