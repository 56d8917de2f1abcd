//! What comes in from archives and what leaves the house, through the binary.

mod common;

use std::fs;
use std::io::Write;
use std::process::Stdio;

use common::{Folder, GOOD_REPORT, trucewatch};

/// A record made from one report.
fn record(folder: &Folder) -> String {
    folder.write("report.txt", GOOD_REPORT);
    let out = folder.arg("out");
    let done = trucewatch(&[
        "brief",
        folder.arg("report.txt"),
        "--agreement",
        common::pack(),
        "--out",
        out,
        "--quiet",
    ]);
    assert!(done.code <= 1, "{done:?}");
    folder.arg("out/record.json").to_owned()
}

#[test]
fn what_is_collected_is_read() {
    let folder = Folder::new("collect");
    fs::create_dir_all(folder.path("inbox")).expect("a folder");
    folder.write("inbox/a.txt", GOOD_REPORT);
    folder.write("inbox/b.eml", format!("From: Courier <a@courier.example>\r\nDate: Sun, 04 May 2031 10:00:00 +0000\r\nSubject: Rivermark denies shelling\r\n\r\n{}", GOOD_REPORT.replace("Sunday", "Saturday")));
    folder.write("sources.toml", "[[source]]\nid = \"inbox\"\nkind = \"folder\"\npath = \"inbox\"\n");
    let (sources, kept) = (folder.arg("sources.toml"), folder.arg("kept"));
    let done = trucewatch(&["collect", sources, "--out", kept]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.out.contains("inbox  2 report(s)") && done.err.contains("2 new report(s) kept"), "{done:?}");
    let again = trucewatch(&["collect", sources, "--out", kept, "--status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&again.out).expect("JSON");
    assert_eq!((&status[0]["reports"], &status[0]["silent"]), (&2.into(), &false.into()));
    let read = trucewatch(&["read", kept]);
    assert_eq!(read.out.lines().count(), 2, "{read:?}");
    assert!(read.out.contains("\"outlet\":\"Courier\""), "{}", read.out);
    // The same report from the archive and from its file is one report.
    let twice = trucewatch(&["read", kept, folder.arg("inbox/a.txt")]);
    assert_eq!(twice.out.lines().count(), 2, "{twice:?}");
}

#[test]
fn bad_sources_are_told() {
    let folder = Folder::new("sources");
    folder.write("sources.toml", "[[source]]\nid = \"a\"\nkind = \"feed\"\nurl = \"https://a.example/\"\n");
    let done = trucewatch(&["collect", folder.arg("sources.toml"), "--out", folder.arg("kept")]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("contact") && done.err.contains("to mend"), "{}", done.err);
    assert_eq!(trucewatch(&["collect", folder.arg("none.toml"), "--out", folder.arg("kept")]).code, 2);
    folder.write("gone.toml", "[[source]]\nid = \"a\"\nkind = \"folder\"\npath = \"no-such\"\n");
    let done = trucewatch(&["collect", folder.arg("gone.toml"), "--out", folder.arg("kept")]);
    assert_eq!(done.code, 3, "{done:?}");
}

#[test]
fn a_site_is_written_whole_and_over_nothing_else() {
    let folder = Folder::new("site");
    let record = record(&folder);
    let site = folder.arg("site");
    let write =
        || trucewatch(&["export", &record, "--format", "site", "--agreement", common::pack(), "--out", site]);
    assert_eq!(write().code, 0);
    assert!(folder.path("site/index.html").is_file() && folder.path("site/data/record.json").is_file());
    fs::remove_file(folder.path("site/index.html")).expect("removed");
    assert_eq!(write().code, 0, "a site is replaced");
    assert!(folder.path("site/index.html").is_file());
    fs::create_dir_all(folder.path("mine")).expect("a folder");
    folder.write("mine/thesis.txt", "years of work");
    let done = trucewatch(&["export", &record, "--format", "site", "--out", folder.arg("mine")]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(folder.path("mine/thesis.txt").is_file() && done.err.contains("other things"));
    let left: Vec<_> = fs::read_dir(folder.path(""))
        .expect("a folder")
        .flatten()
        .map(|it| it.file_name())
        .filter(|it| it.to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn reports_leave_in_every_form() {
    let folder = Folder::new("sitrep");
    let record = record(&folder);
    for (form, head) in
        [("md", &b"# Situation"[..]), ("html", b"<!DOCTYPE"), ("docx", b"PK"), ("pdf", b"%PDF-")]
    {
        let out = folder.arg(&format!("report.{form}")).to_owned();
        let done = trucewatch(&[
            "sitrep",
            &record,
            "--format",
            form,
            "--agreement",
            common::pack(),
            "--previous",
            &record,
            "--out",
            &out,
        ]);
        assert_eq!(done.code, 0, "{done:?}");
        assert!(fs::read(&out).expect("a report").starts_with(head), "{form}");
    }
    assert_eq!(trucewatch(&["sitrep", &record, "--format", "doc"]).code, 2);
}

#[test]
fn assistants_are_answered_until_they_leave() {
    let folder = Folder::new("mcp");
    let record = record(&folder);
    let mut child = common::command()
        .args(["mcp", &record, "--agreement", common::pack()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("piped");
    for line in [
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"#,
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        "nonsense",
        r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"words":"guns were silent"}}}"#,
    ] {
        writeln!(input, "{line}").expect("written");
    }
    drop(input);
    let done = child.wait_with_output().expect("ended");
    assert!(done.status.success());
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&done.stdout)
        .lines()
        .map(|it| serde_json::from_str(it).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["error"]["code"], -32700);
    assert_eq!(lines[2]["result"]["structuredContent"]["passages"][0]["span"]["exact"], "guns were silent");
}
