//! The questions a monitor would ask of the five real reports, answered from
//! the record alone. Needs `../shared`; skipped, saying so, without it.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{Folder, trucewatch};
use serde_json::Value;

struct Record(Value);

impl Record {
    fn list(&self, key: &str) -> &Vec<Value> {
        self.0[key].as_array().expect("a list")
    }

    fn side(&self, id: &Value) -> String {
        let known = self.list("actors").iter().find(|it| it["id"] == *id);
        known.and_then(|it| it["side"].as_str()).or(id.as_str()).unwrap_or("none").to_owned()
    }

    /// `003` for the article of a claim or statement.
    fn file(&self, it: &Value) -> String {
        let article = self.list("articles").iter().find(|known| known["id"] == it["article"]);
        let path = article.and_then(|it| it["path"].as_str()).unwrap_or("");
        path.rsplit('/').next().unwrap_or("").chars().take(3).collect()
    }

    fn claims<'r>(&'r self, stances: &'r [&str], claimant: &'r str, accused: &'r str) -> Vec<&'r Value> {
        let fits = |it: &&Value| {
            stances.contains(&it["stance"].as_str().unwrap_or(""))
                && self.side(&it["claimant"]) == claimant
                && self.side(&it["accused"]) == accused
        };
        self.list("claims").iter().filter(fits).collect()
    }

    fn incident_of(&self, claim: &Value) -> &Value {
        let holds = |it: &&Value| it["claims"].as_array().is_some_and(|list| list.contains(&claim["id"]));
        self.list("incidents").iter().find(holds).expect("every charge is in an incident")
    }
}

fn record() -> Option<Record> {
    let articles = common::root().join("../shared/gold/seeds/articles");
    if !articles.is_dir() {
        assert!(std::env::var_os("TRUCEWATCH_NEED_SHARED").is_none(), "../shared is missing");
        eprintln!("skipped: ../shared/gold/seeds is not there");
        return None;
    }
    let folder = Folder::new("questions");
    let pack = common::root().join("agreements/nk-2020");
    let out = folder.path("out");
    let args =
        ["brief", articles.to_str()?, "--agreement", pack.to_str()?, "--out", out.to_str()?, "--quiet"];
    assert!(trucewatch(&args).code <= 1);
    let json = fs::read(out.join("record.json")).expect("a record");
    Some(Record(serde_json::from_slice(&json).expect("JSON")))
}

#[test]
fn the_record_answers_what_a_monitor_asks() {
    let Some(record) = record() else { return };
    let charge = ["alleges", "condemns"];
    let kind = |it: &Value| it["kind"].as_str().unwrap_or("").to_owned();

    // 1. How many reports carry the charge against the checkpoint, from how many origins?
    let checkpoint: Vec<&Value> = record
        .claims(&charge, "armenia", "azerbaijan")
        .into_iter()
        .filter(|it| kind(it) == "new_position")
        .collect();
    let files: BTreeSet<String> = checkpoint.iter().map(|it| record.file(it)).collect();
    assert_eq!(files, ["000", "001", "003"].map(String::from).into());
    let incident = record.incident_of(checkpoint[0]);
    assert!(checkpoint.iter().all(|it| record.incident_of(it)["id"] == incident["id"]), "one incident");
    assert_eq!(incident["lineages"].as_array().map(Vec::len), Some(1), "one lineage");

    // 2. Was it answered, and where?
    let answer = |it: &Value| {
        let claim = record.list("claims").iter().find(|claim| claim["id"] == it["claim"]).expect("a claim");
        (record.file(claim), claim["stance"].as_str().unwrap_or("").to_owned())
    };
    let replies: BTreeSet<(String, String)> =
        incident["replies"].as_array().expect("replies").iter().map(answer).collect();
    // The gold has both: a reason, and that the road's use is not restricted.
    let both = ["denies", "justifies"].map(|it| ("003".to_owned(), it.to_owned()));
    assert_eq!(replies, both.into(), "answered in 003 only");

    // 3. Which provision is at stake?
    assert!(
        checkpoint.iter().all(|it| it["provisions"].as_array().is_some_and(|it| it.contains(&"6e".into())))
    );

    // 4. Who accuses the guarantor, and what does it answer?
    for claimant in ["azerbaijan", "armenia"] {
        let charges = record.claims(&charge, claimant, "russia");
        assert!(!charges.is_empty(), "{claimant} accuses the guarantor");
        for it in charges {
            assert_eq!(
                record.incident_of(it)["replies"].as_array().map(Vec::len),
                Some(0),
                "no reply is carried"
            );
        }
    }

    // 5. Who accuses Armenia, of what? Its denial of an army answers none of it.
    let kinds: BTreeSet<String> =
        record.claims(&charge, "azerbaijan", "armenia").iter().map(|it| kind(it)).collect();
    assert!(kinds.contains("arms_or_troop_movement") && kinds.contains("non_fulfilment"), "{kinds:?}");
    let groups = record.claims(&charge, "azerbaijan", "armenian-armed-groups");
    assert!(groups.iter().any(|it| kind(it) == "mine_or_ied"));
    for it in record.claims(&charge, "azerbaijan", "armenia").into_iter().chain(groups) {
        assert_eq!(record.incident_of(it)["replies"].as_array().map(Vec::len), Some(0));
    }

    // 6. Was the road open? Only what is said, and no day for what has none.
    let road: BTreeSet<(String, String, String)> = record
        .list("claims")
        .iter()
        .filter(|it| kind(it) == "movement_obstruction" && record.side(&it["accused"]) == "azerbaijan")
        .map(|it| (record.file(it), it["stance"].to_string(), record.side(&it["claimant"])))
        .collect();
    assert!(road.contains(&("003".into(), "\"alleges\"".into(), "armenia".into())), "{road:?}");
    assert!(road.contains(&("003".into(), "\"denies\"".into(), "azerbaijan".into())), "{road:?}");
    assert!(road.contains(&("004".into(), "\"reports\"".into(), "outlet".into())), "{road:?}");
    let undated = |it: &Value| record.file(it) == "004" && it["time"].is_null();
    assert!(
        record.list("claims").iter().filter(|it| record.file(it) == "004").all(undated),
        "004 has no date"
    );

    // 7. What did the EU do under the agreement? Nothing that is a claim.
    assert!(record.list("claims").iter().all(|it| record.side(&it["claimant"]) != "eu"));

    // 8. Which court? The agency's report is a statement with its source.
    let court = record.list("statements").iter().any(|it| {
        it["content"]["exact"].as_str().is_some_and(|it| it.contains("International Court of Justice"))
    });
    assert!(court, "the appeal to the court is in the record");

    // 9. Was the ceasefire in force? No finding says so; the operation is acknowledged.
    let operation = record
        .list("incidents")
        .iter()
        .find(|it| it["kind"] == "armed_attack" && record.side(&it["accused"]) == "azerbaijan");
    assert_eq!(operation.map(|it| it["standing"].clone()), Some("acknowledged".into()));
    assert!(record.list("incidents").iter().all(|it| it["standing"] != "verified"));

    // 10. How many were killed? Six, as claimed by one; the dead of 2020 are background.
    let mut killed: BTreeSet<(String, u64)> = BTreeSet::new();
    for claim in record.list("claims") {
        for count in claim["counts"].as_array().into_iter().flatten().filter(|it| it["what"] == "killed") {
            killed.extend(count["low"].as_u64().map(|low| (record.file(claim), low)));
        }
    }
    assert_eq!(killed, [("002".to_owned(), 6)].into());
}
