//! Odd input through the real binary: a clear message, the rest still read,
//! the documented exit code, nothing half-written, no panic.

mod common;

use std::fs;
use std::io::Write;
use std::process::Stdio;

use common::{Folder, GOOD_REPORT, pack, trucewatch};

#[test]
fn empty_binary_and_broken_files_are_told_and_the_rest_is_read() {
    let folder = Folder::new("odd");
    folder.write("good.txt", GOOD_REPORT);
    folder.write("empty.txt", "");
    folder.write("binary.txt", [0u8, 159, 146, 150, 0, 1, 2, 3, 0, 255, 254, 0].repeat(40));
    // Latin-1 in the middle of what should be UTF-8.
    folder.write(
        "broken.txt",
        b"Border calm, officials say\n\nThe caf\xe9 at Alder Pass stayed open \xff\xfe on Sunday.\n",
    );
    let out = folder.path("out");
    let done =
        trucewatch(&["brief", folder.arg("."), "--agreement", pack(), "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("empty.txt"), "{done:?}");
    assert!(done.err.contains("binary.txt"), "{done:?}");
    let record = fs::read_to_string(out.join("record.json")).expect("a record");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    let paths: Vec<&str> =
        record["articles"].as_array().expect("a list").iter().filter_map(|it| it["path"].as_str()).collect();
    assert!(paths.iter().any(|it| it.ends_with("good.txt")), "{paths:?}");
    assert!(!paths.iter().any(|it| it.ends_with("empty.txt") || it.ends_with("binary.txt")), "{paths:?}");
    let left: Vec<_> = fs::read_dir(&out).expect("a folder").flatten().map(|it| it.file_name()).collect();
    assert!(left.iter().all(|it| !it.to_string_lossy().ends_with(".tmp")), "{left:?}");
}

#[test]
fn a_file_of_100_mb_is_not_read() {
    let folder = Folder::new("large");
    folder.write("good.txt", GOOD_REPORT);
    let file = fs::File::create(folder.path("large.txt")).expect("a file");
    file.set_len(100 << 20).expect("a sparse file");
    let done = trucewatch(&["read", folder.arg(".")]);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("large.txt") && done.err.contains("100 MB"), "{}", done.err);
    assert_eq!(done.out.lines().count(), 1);
}

#[test]
fn a_page_of_a_million_nested_tags_is_survived() {
    let folder = Folder::new("nested");
    folder.write("good.txt", GOOD_REPORT);
    let mut page = "<html><body>".to_owned();
    page.push_str(&"<div>".repeat(1_000_000));
    page.push_str("Northland said the road was open.");
    folder.write("nested.html", &page);
    let done = trucewatch(&["read", folder.arg(".")]);
    assert!(done.code <= 1, "{} {}", done.code, done.err);
    assert!(done.out.contains("good.txt"));
}

#[test]
fn a_folder_without_reports_reads_nothing() {
    let folder = Folder::new("none");
    folder.write("picture.png", "x");
    let done = trucewatch(&["brief", folder.arg("."), "--agreement", pack()]);
    assert_eq!(done.code, 3, "{done:?}");
    assert!(done.err.contains(".png") && done.err.contains("to mend"), "{}", done.err);
    let empty = Folder::new("empty");
    let done = trucewatch(&["read", empty.arg(".")]);
    assert_eq!(done.code, 3, "{done:?}");
    assert!(done.err.contains("holds no reports"), "{}", done.err);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("unreadable");
    folder.write("good.txt", GOOD_REPORT);
    folder.write("secret.txt", GOOD_REPORT);
    let secret = folder.path("secret.txt");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o0)).expect("permissions");
    if fs::read(&secret).is_ok() {
        // The superuser reads everything; a link to nowhere is unreadable for all.
        fs::remove_file(&secret).expect("removed");
        std::os::unix::fs::symlink("nowhere.txt", &secret).expect("a link");
    }
    let done = trucewatch(&["read", folder.arg(".")]);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("cannot read") && done.err.contains("secret.txt"), "{}", done.err);
    assert_eq!(done.out.lines().count(), 1);
}

#[test]
fn duplicate_files_are_one_report() {
    let folder = Folder::new("twice");
    folder.write("a.txt", GOOD_REPORT);
    folder.write("b.txt", GOOD_REPORT);
    let done = trucewatch(&["read", folder.arg(".")]);
    assert_eq!(done.code, 1, "{done:?}");
    assert_eq!(done.out.lines().count(), 1);
    assert!(done.err.contains("a.txt") && done.err.contains("b.txt"), "{}", done.err);
}

#[test]
fn a_path_that_is_not_there_is_wrong_usage() {
    let done = trucewatch(&["read", "no-such-folder"]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("no-such-folder"), "{}", done.err);
    assert_eq!(trucewatch(&["read"]).code, 2);
    assert_eq!(trucewatch(&["brief", ".", "--agreement", "no-such-pack"]).code, 2);
    assert_eq!(trucewatch(&["--help"]).code, 0);
}

/// The pack of the examples, with one thing changed.
fn changed_pack(name: &str, from: &str, to: &str) -> common::Done {
    let toml = fs::read_to_string(std::path::Path::new(pack()).join("agreement.toml")).expect("the pack");
    assert!(toml.contains(from), "the pack no longer holds {from:?}");
    let folder = Folder::new(name);
    folder.write("agreement.toml", toml.replacen(from, to, 1));
    folder.write("report.txt", GOOD_REPORT);
    let out = folder.path("out");
    let report = folder.path("report.txt");
    let done = trucewatch(&[
        "brief",
        report.to_str().expect("UTF-8"),
        "--agreement",
        folder.arg("."),
        "--out",
        out.to_str().expect("UTF-8"),
    ]);
    assert!(!out.exists(), "nothing is written for a bad pack");
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("agreement.toml:"), "the line is named: {}", done.err);
    assert!(done.err.contains("to mend"), "{}", done.err);
    done
}

#[test]
fn bad_packs_point_at_the_line() {
    let done = changed_pack("kind", "kinds = [\"", "kinds = [\"witchcraft\", \"");
    assert!(done.err.contains("witchcraft"), "{}", done.err);
    let done = changed_pack("actor", "obligated = [\"", "obligated = [\"atlantis\", \"");
    assert!(done.err.contains("atlantis"), "{}", done.err);
    let done = changed_pack("date", "signed = \"", "signed = \"2031-02-30\" # \"");
    assert!(done.err.contains("2031-02-30"), "{}", done.err);
    changed_pack("toml", "[[actor]]", "[[actor");
}

#[test]
fn two_packs_with_one_id_are_told() {
    let toml = fs::read_to_string(std::path::Path::new(pack()).join("agreement.toml")).expect("the pack");
    let (one, two) = (Folder::new("one"), Folder::new("two"));
    one.write("agreement.toml", &toml);
    two.write("agreement.toml", &toml);
    let done = trucewatch(&["agreement", "check", one.arg("."), two.arg(".")]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.out.contains("alder-2031") && done.out.contains("is also that of"), "{}", done.out);
    assert!(trucewatch(&["agreement", "check", one.arg(".")]).code <= 1);
}

#[test]
fn json_lines_say_which_line_is_wrong() {
    let folder = Folder::new("lines");
    let good = serde_json::json!({ "path": "wire-1", "text": GOOD_REPORT, "published": "2031-05-04" });
    folder.write("feed.jsonl", format!("{good}\nnot json\n{{\"path\": \"x\"}}\n\n"));
    let done = trucewatch(&["read", folder.arg("feed.jsonl")]);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("line 2") && done.err.contains("line 3"), "{}", done.err);
    let line: serde_json::Value = serde_json::from_str(done.out.trim()).expect("one JSON line");
    assert_eq!(line["article"]["path"], "wire-1");
    assert_eq!(line["article"]["published"]["basis"], "stated");
    assert_eq!(line["article"]["published"]["value"], "2031-05-04");
}

#[test]
fn standard_input_is_json_lines() {
    let mut child = common::command()
        .args(["read", "-", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let line = serde_json::json!({ "text": GOOD_REPORT });
    writeln!(child.stdin.take().expect("piped"), "{line}").expect("written");
    let done = child.wait_with_output().expect("ended");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let line: serde_json::Value = serde_json::from_slice(&done.stdout).expect("one JSON line");
    assert_eq!(line["article"]["path"], "-:1");
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let folder = Folder::new("pipe");
    for n in 0..40 {
        folder
            .write(&format!("{n}.txt"), format!("{GOOD_REPORT}\n{}\n", "It said so again. ".repeat(400 + n)));
    }
    let mut child = common::command()
        .args(["read", folder.arg("."), "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("ended");
    let err = String::from_utf8_lossy(&done.stderr);
    assert!(!err.contains("panic"), "{err}");
    assert_eq!(done.status.code(), Some(0), "{err}");
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let folder = Folder::new("blocked");
    folder.write("report.txt", GOOD_REPORT);
    folder.write("file", "in the way");
    let report = folder.path("report.txt");
    let blocked = folder.path("file/below");
    let done = trucewatch(&[
        "brief",
        report.to_str().expect("UTF-8"),
        "--agreement",
        pack(),
        "--out",
        blocked.to_str().expect("UTF-8"),
    ]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("cannot write"), "{}", done.err);
}
