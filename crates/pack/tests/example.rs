//! The gold of the shipped example agrees with its reports and its pack.
//!
//! `examples/alder/make_gold.py` builds it; this keeps report, pack and gold
//! from drifting apart where no Python runs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sha2::{Digest, Sha256};
use truce_model::{ActorId, Agreement, Kind, ProvisionId};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{ROOT}/{path}")).expect("the example is shipped")
}

fn gold() -> Value {
    serde_json::from_str(&read("examples/alder/gold.json")).expect("the gold is JSON")
}

fn pack() -> Agreement {
    let file = "agreements/alder-2031/agreement.toml";
    truce_pack::parse(file, &read(file), None).expect("the pack is good")
}

fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn both<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    items(value, key).chain(items(value, &format!("{key}_optional"))).collect()
}

/// The words at code points `start..end`.
fn cut(text: &[char], start: &Value, end: &Value) -> Option<String> {
    let place = |it: &Value| usize::try_from(it.as_u64()?).ok();
    Some(text.get(place(start)?..place(end)?)?.iter().collect())
}

#[test]
fn quotes_stand_where_they_are_said_to() {
    let gold = gold();
    let mut count = 0;
    let mut texts = BTreeMap::new();
    for article in items(&gold, "articles") {
        let file = article["file"].as_str().expect("each article has a file");
        let raw = read(&format!("examples/alder/articles/{file}"));
        let sha256: String = Sha256::digest(raw.as_bytes()).iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(article["sha256"], sha256.as_str(), "{file}: run make_gold.py");
        let text: Vec<char> = raw.chars().collect();
        let mut check = |value: &Value, quote: &str, start: &str, end: &str| {
            if value[quote].is_null() {
                return;
            }
            let found = cut(&text, &value[start], &value[end]);
            assert_eq!(found.as_deref(), value[quote].as_str(), "{file}: {value}");
            count += 1;
        };
        for it in both(article, "statements") {
            check(it, "source", "source_start", "source_end");
            check(it, "cue", "cue_start", "cue_end");
            check(it, "content", "start", "end");
            items(it, "content_alt").for_each(|it| check(it, "text", "start", "end"));
        }
        for it in both(article, "claims") {
            check(it, "evidence", "start", "end");
            items(it, "evidence_more").for_each(|it| check(it, "text", "start", "end"));
        }
        texts.insert(file.to_owned(), text);
    }
    for it in items(&gold, "reuse") {
        for end in ["a", "b"] {
            let text = &texts[it[end].as_str().expect("each end has a file")];
            let found = cut(text, &it[format!("{end}_start")], &it[format!("{end}_end")]);
            assert_eq!(found.as_deref(), it[format!("quote_{end}")].as_str());
            count += 1;
        }
    }
    assert!(count > 400, "only {count} quotes were checked");
}

#[test]
fn ids_are_those_of_the_pack() {
    let (gold, pack) = (gold(), pack());
    let sides: BTreeMap<&str, Option<&str>> = items(&gold, "actors")
        .map(|it| (it["id"].as_str().expect("each actor has an id"), it["side"].as_str()))
        .collect();
    for actor in &pack.actors {
        let side = pack.side_of(&actor.id);
        assert_eq!(sides[actor.id.as_str()], Some(side.as_str()), "{}", actor.id);
    }
    let mut stances = BTreeSet::new();
    for article in items(&gold, "articles") {
        for claim in both(article, "claims") {
            stances.insert(claim["stance"].to_string());
            for it in items(claim, "provisions") {
                let id = ProvisionId::from(it.as_str().expect("ids are texts"));
                assert!(pack.provision(&id).is_some(), "{}: provision {id}", claim["id"]);
            }
            if let Some(kind) = claim["kind"].as_str() {
                assert!(Kind::parse(kind).is_some(), "{}: kind {kind}", claim["id"]);
            }
            for who in ["claimant_actor", "accused_actor"] {
                if let Some(id) = claim[who].as_str() {
                    let known = sides.contains_key(id) || ActorId::from(id).is_outlet();
                    assert!(known, "{}: {who} {id}", claim["id"]);
                }
            }
        }
    }
    assert_eq!(stances.len(), 10, "the example shows every stance: {stances:?}");
}
