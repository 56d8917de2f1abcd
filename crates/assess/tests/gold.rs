//! Answers and missing answers on the gold: readings are made from the
//! gold's claims, so that only this crate is measured.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use truce_model::*;
use truce_text::CodePoints;

/// The folder of the gold, or `None` with a word that the test was skipped.
fn gold(name: &str) -> Option<PathBuf> {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold").join(name).join("gold.json");
    if file.is_file() {
        return Some(file);
    }
    assert!(
        std::env::var_os("TRUCEWATCH_NEED_SHARED").is_none_or(|it| it != "1"),
        "{} is missing, and TRUCEWATCH_NEED_SHARED=1 asks for it",
        file.display()
    );
    eprintln!("skipped: {} is missing", file.display());
    None
}

struct Gold {
    agreement: Agreement,
    articles: Vec<(Article, Reading)>,
    /// (reply, charge) with scope, as coded.
    answers: BTreeMap<(String, String), String>,
    no_reply: BTreeSet<String>,
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value[key].as_str().filter(|it| !it.is_empty())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn load(file: &Path) -> Gold {
    let raw: Value =
        serde_json::from_slice(&std::fs::read(file).expect("readable")).expect("the gold is JSON");
    let actor = |it: &Value| Actor {
        id: it["id"].as_str().expect("an id").into(),
        kind: ActorKind::State,
        side: text(it, "side").map(ActorId::from),
        names: Vec::new(),
        roles: Vec::new(),
    };
    // The gold names places and leaves to the pack what holds what; the
    // one containment that its answers need is given here.
    let place = |it: &Value| Place {
        id: it.as_str().expect("an id").into(),
        names: Vec::new(),
        shape: Shape::Point,
        contested_names: false,
        within: if it == "lachin-checkpoint" { vec!["lachin-corridor".into()] } else { Vec::new() },
        coordinates_e7: Vec::new(),
    };
    let agreement = Agreement {
        id: "gold".into(),
        title: String::new(),
        signed: Edtf::new("2000-01-01").expect("not empty"),
        in_force: None,
        theatre: Theatre::default(),
        actors: list(&raw["actors"]).iter().map(actor).collect(),
        places: list(&raw["places"]).iter().filter(|it| it.is_string()).map(place).collect(),
        provisions: Vec::new(),
        anchors: Vec::new(),
        sha256: String::new(),
    };
    let mut out =
        Gold { agreement, articles: Vec::new(), answers: BTreeMap::new(), no_reply: BTreeSet::new() };
    for it in list(&raw["articles"]) {
        let name = it["file"].as_str().expect("a file");
        let body = std::fs::read_to_string(file.with_file_name("articles").join(name)).expect("an article");
        let published = match text(&it["published"], "value") {
            Some(value) => Published {
                value: Edtf::new(value),
                precision: Some(Precision::Day),
                basis: Basis::Stated,
                evidence: None,
                reason: String::new(),
            },
            None => Published::unknown("gold"),
        };
        let article = Article {
            id: name.into(),
            path: name.into(),
            sha256: String::new(),
            outlet: None,
            url: None,
            title: None,
            language: None,
            published,
            text: body.into(),
            segments: Vec::new(),
            text_credit: None,
            picture_credit: None,
        };
        let mut reading = Reading { sentences: 1, ..Reading::default() };
        for it in list(&it["claims"]) {
            for answer in list(&it["answers"]) {
                let key =
                    (it["id"].as_str().unwrap_or("").into(), answer["claim"].as_str().unwrap_or("").into());
                out.answers.insert(key, answer["scope"].as_str().unwrap_or("").into());
            }
            reading.claims.push(claim(&article, it));
        }
        out.articles.push((article, reading));
    }
    let carried = &raw["no_reply_carried"];
    for it in list(carried).iter().chain(list(&carried["claims"])) {
        out.no_reply.insert(it.as_str().unwrap_or("").into());
    }
    out
}

fn claim(article: &Article, it: &Value) -> Claim {
    let index = CodePoints::new(&article.text);
    let byte = |key: &str| {
        index.to_byte(it[key].as_u64().expect("an offset") as usize).expect("an offset in the text")
    };
    let evidence = Evidence::cite(article, Span::new(byte("start"), byte("end"))).expect("words");
    let time = text(it, "date").and_then(Edtf::new).map(|value| ClaimTime {
        value,
        words: None,
        rule: String::new(),
    });
    Claim {
        id: it["id"].as_str().expect("an id").into(),
        article: article.id.clone(),
        statement: list(&it["statements"]).first().and_then(Value::as_str).map(StatementId::from),
        stance: Stance::parse(it["stance"].as_str().expect("a stance")).expect("a known stance"),
        claimant: text(it, "claimant").map(ActorId::from),
        accused: text(it, "accused").map(ActorId::from),
        kind: text(it, "kind").map(|it| Kind::parse(it).expect("a known kind")),
        provisions: Vec::new(),
        time,
        // Words of places are given as text alone in the gold, so only places
        // with an id are used.
        place: text(it, "place_id").map(|id| ClaimPlace {
            id: Some(PlaceId::from(id)),
            words: evidence.clone(),
            precision: "area",
        }),
        label: None,
        scope: None,
        counts: Vec::new(),
        evidence: vec![evidence],
        rule: "gold",
    }
}

/// Links found, as the gold writes them.
fn found(gold: &Gold) -> BTreeMap<(String, String), ReplyScope> {
    let assessment = truce_assess::assess(&gold.agreement, &gold.articles, &[], &[]);
    let replies = assessment.incidents.iter().flat_map(|it| &it.replies);
    replies.map(|it| ((it.claim.to_string(), it.to.to_string()), it.scope)).collect()
}

/// F1 of the answers that count (full or partial).
///
/// Only the seeds are coded for answers to charges of other reports; in the
/// other sets `within` leaves those out.
fn answers_f1(name: &str, within: bool) -> Option<f64> {
    let gold = load(&gold(name)?);
    let found = found(&gold);
    let counts = |it: &ReplyScope| *it != ReplyScope::OtherObject;
    let mut ours: BTreeSet<_> = found.iter().filter(|it| counts(it.1)).map(|it| it.0).collect();
    let known: BTreeSet<&str> =
        gold.articles.iter().flat_map(|it| &it.1.claims).map(|it| it.id.as_str()).collect();
    // Answers of or to optional claims are left out: those are not read here.
    let coded = |it: &(String, String)| known.contains(it.0.as_str()) && known.contains(it.1.as_str());
    let theirs: BTreeSet<_> =
        gold.answers.iter().filter(|it| it.1 != "other_object" && coded(it.0)).map(|it| it.0).collect();
    let article = |it: &str| it.split('.').next().unwrap_or("").to_owned();
    if within {
        ours.retain(|it| article(&it.0) == article(&it.1));
    }
    let shown = |id: &str| {
        let it = gold.articles.iter().flat_map(|it| &it.1.claims).find(|it| it.id.as_str() == id);
        it.map(|it| format!("{id} {:?} {:?}>{:?} {:?}", it.stance, it.claimant, it.accused, it.kind))
            .unwrap_or_default()
    };
    for it in theirs.difference(&ours) {
        eprintln!("{name}: missed {} -> {}", shown(&it.0), shown(&it.1));
    }
    for it in ours.difference(&theirs) {
        eprintln!("{name}: false {} -> {}", shown(&it.0), shown(&it.1));
    }
    let hit = theirs.intersection(&ours).count() as f64;
    let f1 = 2.0 * hit / (ours.len() + theirs.len()) as f64;
    eprintln!("{name}: answers gold {} found {} both {hit} F1 {f1:.3}", theirs.len(), ours.len());
    Some(f1)
}

#[test]
fn answers_on_the_seeds() {
    if let Some(f1) = answers_f1("seeds", false) {
        assert!(f1 >= 0.90, "{f1}");
    }
}

#[test]
fn answers_on_development() {
    for name in ["development-a", "development-b"] {
        if let Some(f1) = answers_f1(name, true) {
            assert!(f1 >= 0.80, "{name}: {f1}");
        }
    }
}

/// Charges without an answer, as the gold has them.
#[test]
fn no_reply_is_said_of_the_right_charges() {
    for name in ["seeds", "development-b"] {
        let Some(file) = gold(name) else { continue };
        let gold = load(&file);
        let answered: BTreeSet<String> =
            found(&gold).into_iter().filter(|it| it.1 != ReplyScope::OtherObject).map(|it| it.0.1).collect();
        let wrong: Vec<&String> = gold.no_reply.intersection(&answered).collect();
        let charged = gold
            .articles
            .iter()
            .flat_map(|it| &it.1.claims)
            .filter(|it| matches!(it.stance, Stance::Alleges | Stance::Condemns) && it.accused.is_some());
        let ours: BTreeSet<String> =
            charged.map(|it| it.id.to_string()).filter(|it| !answered.contains(it)).collect();
        for it in ours.difference(&gold.no_reply) {
            eprintln!("{name}: we say no reply of {it}, the gold does not");
        }
        assert!(wrong.is_empty(), "{name}: answered by us, not by the gold: {wrong:?}");
    }
}

#[test]
fn order_of_articles_changes_nothing() {
    let Some(file) = gold("seeds") else { return };
    let gold = load(&file);
    let mut turned = gold.articles.clone();
    turned.reverse();
    let a = truce_assess::assess(&gold.agreement, &gold.articles, &[], &[]);
    let b = truce_assess::assess(&gold.agreement, &turned, &[], &[]);
    assert!(!a.incidents.is_empty());
    assert_eq!(a.incidents, b.incidents);
    assert_eq!(a.findings, b.findings);
    assert_eq!(a.problems, b.problems);
}
