//! `eval gold` and the gold's own script give the same numbers.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Folder, trucewatch};
use serde_json::Value;

/// The gold's folder, or `None` with a word on why the test is skipped.
fn shared_gold() -> Option<PathBuf> {
    let folder = common::root().join("../shared/gold");
    let python = Command::new("python3").arg("--version").output().is_ok_and(|it| it.status.success());
    if folder.join("score.py").is_file() && python {
        return Some(folder);
    }
    let why = if python { "../shared/gold is missing" } else { "there is no python3" };
    let needed = std::env::var_os("TRUCEWATCH_NEED_SHARED").is_some_and(|it| it == "1");
    assert!(!needed || python && folder.is_dir(), "{why}, and TRUCEWATCH_NEED_SHARED=1 asks for it");
    eprintln!("skipped: {why}");
    None
}

fn by_script(folder: &Path, gold: &Path, record: &Path) -> Value {
    let out = Command::new("python3")
        .args([&folder.join("score.py"), gold, record])
        .arg("--json")
        .output()
        .expect("the script starts");
    serde_json::from_slice(&out.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&out.stderr));
    })
}

/// All numbers and texts, by path; the names of the files are given differently.
fn same(path: &str, ours: &Value, theirs: &Value) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: Vec<&String> = a.keys().collect();
            assert_eq!(keys, b.keys().collect::<Vec<_>>(), "{path}");
            for (key, value) in a {
                if !(path.is_empty() && (key == "gold" || key == "record") || key == "violation_list") {
                    same(&format!("{path}/{key}"), value, &b[key]);
                }
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().expect("a number"), b.as_f64().expect("a number"));
            assert!((a - b).abs() < 1e-9, "{path}: {a} here, {b} in score.py");
        }
        _ => assert_eq!(ours, theirs, "{path}"),
    }
}

fn compare(folder: &Path, gold: &Path, record: &Path) -> Value {
    let arg = |it: &Path| it.to_str().expect("UTF-8").to_owned();
    let done =
        trucewatch(&["eval", "gold", &arg(gold), "--record", &arg(record), "--json", "--floors", "none"]);
    let ours: Value = serde_json::from_str(&done.out).unwrap_or_else(|error| panic!("{error}: {done:?}"));
    same("", &ours, &by_script(folder, gold, record));
    ours
}

#[test]
fn both_scorers_agree_on_what_the_program_reads() {
    let Some(folder) = shared_gold() else { return };
    for name in ["seeds", "development-a", "development-b"] {
        let gold = folder.join(name).join("gold.json");
        let out = Folder::new(name);
        let packs = common::root().join("agreements");
        let done = trucewatch(&[
            "eval",
            "gold",
            gold.to_str().expect("UTF-8"),
            "--packs",
            packs.to_str().expect("UTF-8"),
            "--out",
            out.arg("."),
            "--quiet",
            "--floors",
            "none",
        ]);
        assert!(done.code <= 1, "{done:?}");
        let record = out.path(&format!("{name}.record.json"));
        let scores = compare(&folder, &gold, &record);
        assert!(scores["measures"]["body characters"]["f1"].as_f64().is_some_and(|it| it > 0.9));

        // The same with things gone wrong, so that every branch is compared.
        let text = std::fs::read_to_string(&record).expect("a record");
        let mut bad: Value = serde_json::from_str(&text).expect("JSON");
        spoil(&mut bad);
        std::fs::write(out.path("bad.json"), bad.to_string()).expect("written");
        let spoilt = compare(&folder, &gold, &out.path("bad.json"));
        assert!(spoilt["integrity"]["violations"].as_u64().is_some_and(|it| it > 0));
    }
}

/// Turns claims round, doubles, shifts and empties things.
fn spoil(record: &mut Value) {
    let claims = record["claims"].as_array_mut().expect("a list");
    let again: Vec<Value> = claims.iter().step_by(3).cloned().collect();
    for (n, claim) in claims.iter_mut().enumerate() {
        match n % 6 {
            0 => {
                let accused = claim["accused"].take();
                claim["accused"] = claim["claimant"].take();
                claim["claimant"] = accused;
            }
            1 => {
                claim["evidence"][0]["start"] =
                    (claim["evidence"][0]["start"].as_u64().unwrap_or(0) + 1).into()
            }
            2 => claim["time"] = "2031-02".into(),
            3 => claim["kind"] = "armed_attack".into(),
            4 => claim["provisions"] = serde_json::json!(["x-2031.3", "9"]),
            _ => claim["stance"] = "credits".into(),
        }
    }
    claims.extend(again);
    for (n, statement) in record["statements"].as_array_mut().expect("a list").iter_mut().enumerate() {
        match n % 4 {
            0 => statement["cue"] = Value::Null,
            1 => statement["source"]["side"] = "nobody".into(),
            2 => statement["mode"] = "direct".into(),
            _ => {}
        }
    }
    for it in record["articles"].as_array_mut().expect("a list").iter_mut().step_by(2) {
        it["published"] = serde_json::json!({ "value": "2031-05-04", "basis": "stated" });
        it["segments"][0]["kind"] = "body".into();
    }
    record["reuse"].as_array_mut().expect("a list").truncate(5);
    record["lineages"].as_array_mut().expect("a list").truncate(1);
}

#[test]
fn a_figure_below_its_floor_ends_with_1() {
    let Some(folder) = shared_gold() else { return };
    let gold = folder.join("seeds/gold.json");
    let at = Folder::new("floors");
    std::fs::write(at.path("record.json"), r#"{"format":"trucewatch/1"}"#).expect("written");
    let args = |floors: &str| {
        let floors = at.path(floors).to_str().expect("UTF-8").to_owned();
        let record = at.path("record.json").to_str().expect("UTF-8").to_owned();
        trucewatch(&["eval", "gold", gold.to_str().expect("UTF-8"), "--record", &record, "--floors", &floors])
    };
    let digest =
        args("none").out.split("digest ").nth(1).and_then(|it| it.split(')').next().map(str::to_owned));
    let digest = digest.expect("the digest is printed");
    let floors = |digest: &str| {
        format!(
            "[[corpus]]\nname = \"seeds\"\ndigest = \"{digest}\"\n[corpus.floors]\n\"claim full\" = 0.5\n"
        )
    };
    at.write("floors.toml", floors(&digest));
    let done = args("floors.toml");
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("claim full is 0.000, its floor is 0.500"), "{}", done.err);
    at.write("changed.toml", floors("0000"));
    assert!(args("changed.toml").err.contains("not the one its floors were set on"));
}
