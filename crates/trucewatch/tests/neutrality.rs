//! Exchange the names of the two parties everywhere in the input and in the
//! pack, and the record must be the mirror image: nothing in the program may
//! know one party from the other.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{Folder, trucewatch};
use serde_json::Value;

/// The parties' names and ids, each with what it becomes.
const SWAPS: [(&str, &str); 3] =
    [("Northland", "Rivermark"), ("northland", "rivermark"), ("NORTHLAND", "RIVERMARK")];

/// Exchanges the names. Works on bytes, since one report is no UTF-8.
fn mirrored(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    'next: while let Some(first) = rest.first() {
        for (a, b) in SWAPS {
            for (from, to) in [(a, b), (b, a)] {
                if let Some(after) = rest.strip_prefix(from.as_bytes()) {
                    out.extend_from_slice(to.as_bytes());
                    rest = after;
                    continue 'next;
                }
            }
        }
        out.push(*first);
        rest = &rest[1..];
    }
    out
}

fn mirror_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for it in fs::read_dir(from).expect("a folder to mirror").flatten() {
        let bytes = fs::read(it.path()).expect("a file");
        fs::write(to.join(it.file_name()), mirrored(&bytes)).expect("written");
    }
}

fn record(reports: &Path, pack: &Path, out: &Path) -> Value {
    let done = trucewatch(&[
        "brief",
        reports.to_str().expect("UTF-8"),
        "--agreement",
        pack.to_str().expect("UTF-8"),
        "--out",
        out.to_str().expect("UTF-8"),
        "--quiet",
    ]);
    assert!(done.code <= 1, "{done:?}");
    serde_json::from_slice(&fs::read(out.join("record.json")).expect("a record")).expect("JSON")
}

/// What a record says, without ids and offsets, which depend on the bytes.
fn said(record: &Value, mirror: bool) -> BTreeMap<String, usize> {
    let turn = |it: String| {
        if mirror { String::from_utf8(mirrored(it.as_bytes())).expect("UTF-8") } else { it }
    };
    let path = |id: &Value| {
        let article = record["articles"].as_array().expect("articles").iter().find(|it| it["id"] == *id);
        let path = article.and_then(|it| it["path"].as_str()).unwrap_or("");
        path.rsplit('/').next().unwrap_or("").to_owned()
    };
    let mut out = BTreeMap::new();
    let mut count = |line: String| *out.entry(turn(line)).or_default() += 1;
    for it in record["statements"].as_array().expect("statements") {
        let (article, source) = (path(&it["article"]), &it["source"]);
        count(format!(
            "statement {article} {} {} {} {}",
            source["actor"], it["cue"]["exact"], it["content"]["exact"], it["mode"]
        ));
    }
    for it in record["claims"].as_array().expect("claims") {
        let exact: Vec<String> =
            it["evidence"].as_array().expect("evidence").iter().map(|it| it["exact"].to_string()).collect();
        count(format!(
            "claim {} {} {} > {} {} {} {} {} {exact:?}",
            path(&it["article"]),
            it["stance"],
            it["claimant"],
            it["accused"],
            it["kind"],
            it["provisions"],
            it["time"]["value"],
            it["place"]["id"],
        ));
    }
    for it in record["incidents"].as_array().expect("incidents") {
        let claims = it["claims"].as_array().map_or(0, Vec::len);
        count(format!(
            "incident {} {} {} {claims} {}",
            it["kind"],
            it["accused"],
            it["standing"],
            it["replies"].as_array().map_or(0, Vec::len)
        ));
    }
    for it in record["findings"].as_array().expect("findings") {
        count(format!("finding {} {}", it["provision"], it["finding"]));
    }
    out
}

#[test]
fn exchanged_names_give_the_mirror_image() {
    let folder = Folder::new("neutrality");
    let root = common::root();
    let (reports, pack) = (root.join("examples/alder/articles"), root.join("agreements/alder-2031"));
    let (turned_reports, turned_pack) = (folder.path("reports"), folder.path("pack"));
    mirror_folder(&reports, &turned_reports);
    mirror_folder(&pack, &turned_pack);
    let straight = said(&record(&reports, &pack, &folder.path("a")), false);
    let turned = said(&record(&turned_reports, &turned_pack, &folder.path("b")), true);
    assert!(straight.len() > 50, "the example says something");
    let differ: Vec<&String> =
        straight.keys().chain(turned.keys()).filter(|it| straight.get(*it) != turned.get(*it)).collect();
    assert!(differ.is_empty(), "not mirrored:\n{differ:#?}");
}

#[test]
fn a_mirror_turned_twice_is_the_text() {
    let text = "Northland and RIVERMARK; northland-army, Rivermark's".as_bytes();
    assert_ne!(mirrored(text), text);
    assert_eq!(mirrored(&mirrored(text)), text);
}
