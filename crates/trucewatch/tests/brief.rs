//! The main job through the real binary: the same bytes always, and a record
//! whose tampering is found.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Folder, trucewatch};

fn articles() -> PathBuf {
    common::root().join("examples/alder/articles")
}

fn brief(reports: &[&str], threads: &str, out: &Path) -> String {
    let mut args = vec!["brief"];
    args.extend(reports);
    let out_arg = out.to_str().expect("UTF-8");
    args.extend(["--agreement", common::pack(), "--out", out_arg, "--threads", threads, "--quiet"]);
    let done = trucewatch(&args);
    assert!(done.code <= 1, "{done:?}");
    assert!(done.out.is_empty(), "--quiet says nothing: {}", done.out);
    fs::read_to_string(out.join("record.json")).expect("a record")
}

#[test]
fn the_same_bytes_whatever_order_and_threads() {
    let folder = Folder::new("order");
    let mut files: Vec<String> = fs::read_dir(articles())
        .expect("the example's articles")
        .flatten()
        .map(|it| it.path().to_str().expect("UTF-8").to_owned())
        .collect();
    files.sort();
    let straight: Vec<&str> = files.iter().map(String::as_str).collect();
    let turned: Vec<&str> = straight.iter().rev().copied().collect();
    let one = brief(&straight, "1", &folder.path("one"));
    assert_eq!(one, brief(&turned, "4", &folder.path("two")));
    let html = |name: &str| fs::read(folder.path(name).join("brief.html")).expect("a brief");
    assert_eq!(html("one"), html("two"));
    assert!(one.contains("\"format\": \"trucewatch/1\""));
}

#[test]
fn verify_finds_changed_sources_spans_and_chain() {
    let folder = Folder::new("verify");
    let sources = folder.path("reports");
    fs::create_dir_all(&sources).expect("a folder");
    for it in fs::read_dir(articles()).expect("the example's articles").flatten() {
        fs::copy(it.path(), sources.join(it.file_name())).expect("copied");
    }
    let sources_arg = sources.to_str().expect("UTF-8");
    let json = brief(&[sources_arg], "2", &folder.path("out"));
    let record = folder.path("out/record.json");
    let record_arg = record.to_str().expect("UTF-8");
    let done = trucewatch(&["verify", record_arg, sources_arg]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.contains("all holds"), "{}", done.out);

    // One byte of every source in turn.
    for it in fs::read_dir(&sources).expect("the sources").flatten() {
        let bytes = fs::read(it.path()).expect("a source");
        let mut changed = bytes.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(it.path(), &changed).expect("written");
        let done = trucewatch(&["verify", record_arg, sources_arg]);
        assert_eq!(done.code, 1, "{} was changed unseen", it.path().display());
        let name = it.file_name().to_string_lossy().into_owned();
        assert!(done.out.contains(&name), "{name} is named: {}", done.out);
        fs::write(it.path(), &bytes).expect("written");
    }

    // A word of evidence, a hash of the chain, a date.
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let exact = value["claims"][0]["evidence"][0]["exact"].as_str().expect("a claim of the example");
    let shown = serde_json::to_string(exact).expect("JSON");
    let hash = value["ledger"][3]["hash"].as_str().expect("a ledger line");
    let changes = [
        json.replace(&format!("\"exact\": {shown}"), "\"exact\": \"something else\""),
        json.replacen(&format!("\"hash\": \"{hash}\""), &format!("\"hash\": \"{}\"", "0".repeat(64)), 1),
        json.replacen("\"basis\": \"stated\"", "\"basis\": \"inferred\"", 1),
    ];
    for changed in changes {
        assert_ne!(changed, json);
        fs::write(&record, &changed).expect("written");
        let done = trucewatch(&["verify", record_arg]);
        assert_eq!(done.code, 1, "{done:?}");
        assert!(done.out.contains("ledger[") || done.out.contains("claims["), "{}", done.out);
    }
    fs::write(&record, "{").expect("written");
    assert_eq!(trucewatch(&["verify", record_arg]).code, 2);
}
