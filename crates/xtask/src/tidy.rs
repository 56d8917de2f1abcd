//! `cargo xtask tidy`: what the compiler does not check.
//!
//! Which crate may know which, which calls stay out of the pure stages, how
//! long files are, whether rules are documented, and that no path of
//! somebody's machine is tracked.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which of our crates a crate may depend on. The direction is the
/// architecture; a new edge is a decision and is written here.
const EDGES: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("syntax", &["text"]),
    ("time", &["text", "model"]),
    ("place", &["text", "model"]),
    ("events", &["text", "syntax"]),
    ("extract", &["text", "model", "time"]),
    ("trace", &["text", "model"]),
    ("read", &["text", "model", "syntax", "time", "place", "events"]),
    ("assess", &["text", "model"]),
    ("ledger", &["model"]),
    ("record", &["text", "model", "ledger"]),
    ("pack", &["model"]),
    ("publish", &["text", "model", "record"]),
    ("collect", &["model", "extract"]),
    (
        "pipeline",
        &[
            "text", "model", "extract", "trace", "syntax", "time", "place", "events", "read", "assess",
            "ledger", "record", "pack",
        ],
    ),
    ("store", &["model", "ledger", "record"]),
    ("desk", &["model", "extract", "pack", "pipeline", "publish", "record", "store"]),
    ("fixture", &["text"]),
];

/// Crates that may know every other: wiring and development.
const WIRING: &[&str] = &["trucewatch", "eval", "xtask"];

/// Crates that are functions from values to values.
const PURE: &[&str] = &[
    "text", "model", "syntax", "time", "place", "events", "extract", "trace", "read", "assess", "ledger",
    "record", "pack", "publish",
];

/// Calls that no pure crate makes, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    ("std::fs", "touches files"),
    ("std::net", "touches the network"),
    ("std::env::", "depends on the environment"),
    ("SystemTime", "reads the clock"),
    ("Instant::now", "reads the clock"),
    ("Zoned::now", "reads the clock"),
    ("Timestamp::now", "reads the clock"),
    ("thread_rng", "is random"),
    ("rand::", "is random"),
    ("println!", "writes to a terminal"),
    ("eprintln!", "writes to a terminal"),
    ("print!(", "writes to a terminal"),
];

/// Files that may use a forbidden call, each with its reason in the file.
const EXCUSED: &[&str] = &[];

const LINES_MAX: usize = 800;

/// Headings of the doc comment of a reading rule.
const HEADINGS: &[&str] = &["## Reads", "## Matters because", "## Example", "## Misses"];

/// Marks of a path on somebody's machine.
const MACHINE_PATHS: &[&str] = &["/home/", "/Users/", "/root/", "C:\\Users"];

/// Runs all checks.
///
/// # Errors
/// Everything that is not tidy, one line each.
pub fn run(root: &Path) -> Result<(), String> {
    let files = tracked(root)?;
    let mut found = Vec::new();
    edges(root, &mut found)?;
    for file in &files {
        let Ok(text) = fs::read_to_string(root.join(file)) else { continue };
        let shown = file.display().to_string();
        if shown.ends_with(".rs") {
            length(&shown, &text, &mut found);
            pure(&shown, &text, &mut found);
            headings(&shown, &text, &mut found);
        }
        machine_paths(&shown, &text, &mut found);
    }
    let shown: Vec<String> = files.iter().map(|it| it.display().to_string()).collect();
    crate::reference::check(root, &shown, &mut found);
    if found.is_empty() {
        println!("tidy: {} files, {} crates", files.len(), EDGES.len() + WIRING.len());
        return Ok(());
    }
    Err(format!("not tidy:\n  {}", found.join("\n  ")))
}

fn tracked(root: &Path) -> Result<Vec<PathBuf>, String> {
    let out = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot run git: {error}"))?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into_owned());
    }
    let names = String::from_utf8_lossy(&out.stdout).into_owned();
    Ok(names.split('\0').filter(|it| !it.is_empty()).map(PathBuf::from).collect())
}

/// Dependencies of a manifest outside `[dev-dependencies]`.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut section = String::new();
    let mut out = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
        } else if section.ends_with("dependencies")
            && !section.ends_with("dev-dependencies")
            && let Some(rest) = line.strip_prefix("truce-")
        {
            out.push(rest.split(['.', ' ', '=']).next().unwrap_or("").to_owned());
        }
    }
    out
}

fn edges(root: &Path, found: &mut Vec<String>) -> Result<(), String> {
    let allowed: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let crates = fs::read_dir(root.join("crates")).map_err(|error| format!("crates/: {error}"))?;
    let mut names: Vec<String> =
        crates.flatten().map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in names {
        let Ok(manifest) = fs::read_to_string(root.join("crates").join(&name).join("Cargo.toml")) else {
            continue;
        };
        if WIRING.contains(&name.as_str()) {
            continue;
        }
        let Some(allowed) = allowed.get(name.as_str()) else {
            found.push(format!("crates/{name}: not in the table of edges (crates/xtask/src/tidy.rs)"));
            continue;
        };
        for other in dependencies(&manifest) {
            if !allowed.contains(&other.as_str()) {
                found.push(format!(
                    "crates/{name} may not know {other}; the stages know the model, not each other"
                ));
            }
        }
    }
    Ok(())
}

fn length(file: &str, text: &str, found: &mut Vec<String>) {
    let lines = text.lines().count();
    if lines > LINES_MAX {
        found.push(format!("{file}: {lines} lines; split it (at most {LINES_MAX})"));
    }
}

fn pure(file: &str, text: &str, found: &mut Vec<String>) {
    let Some(rest) = file.strip_prefix("crates/") else { return };
    let Some((name, inside)) = rest.split_once('/') else { return };
    if !PURE.contains(&name) || !inside.starts_with("src/") || EXCUSED.contains(&file) {
        return;
    }
    for (number, line) in text.lines().enumerate() {
        // Test modules stand at the end of a file.
        if line.trim() == "#[cfg(test)]" {
            break;
        }
        let code = line.split("//").next().unwrap_or("");
        for (call, why) in FORBIDDEN {
            if has_call(code, call) {
                found.push(format!("{file}:{}: {call} {why}; a pure stage may not", number + 1));
            }
        }
    }
}

/// Whether `call` stands in `code` as a word of its own.
fn has_call(code: &str, call: &str) -> bool {
    let mut from = 0;
    while let Some(at) = code[from..].find(call) {
        let before = code[..from + at].chars().next_back();
        if before.is_none_or(|it| !it.is_alphanumeric() && it != '_') {
            return true;
        }
        from += at + call.len();
    }
    false
}

/// A file that uses one of the headings must use all, in order.
fn headings(file: &str, text: &str, found: &mut Vec<String>) {
    if file.starts_with("crates/xtask/") {
        return;
    }
    let doc: Vec<&str> = text
        .lines()
        .filter_map(|it| it.trim().strip_prefix("///").or(it.trim().strip_prefix("//!")))
        .map(str::trim)
        .collect();
    if !doc.contains(&HEADINGS[0]) {
        return;
    }
    for heading in HEADINGS {
        if !doc.contains(heading) {
            found.push(format!("{file}: a rule without `{heading}` in its doc comment"));
        }
    }
}

fn machine_paths(file: &str, text: &str, found: &mut Vec<String>) {
    if file == "crates/xtask/src/tidy.rs" || file == "Cargo.lock" {
        return;
    }
    for (number, line) in text.lines().enumerate() {
        for path in MACHINE_PATHS {
            if has_call(line, path) {
                found.push(format!("{file}:{}: a path of somebody's machine ({path})", number + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_tidy() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        if let Err(what) = run(&root) {
            panic!("{what}");
        }
    }

    #[test]
    fn untidy_things_are_found() {
        let mut found = Vec::new();
        pure(
            "crates/read/src/x.rs",
            "fn a() { std::fs::read(\"x\"); }\n// std::net is fine here\n",
            &mut found,
        );
        pure("crates/trucewatch/src/x.rs", "std::fs::read", &mut found);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("crates/read/src/x.rs:1"));
        let mut found = Vec::new();
        length("x.rs", &"\n".repeat(LINES_MAX + 1), &mut found);
        headings("x.rs", "/// ## Reads\n/// ## Example\n", &mut found);
        machine_paths("x.rs", "let it = \"/home/ana/x\";", &mut found);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(
            dependencies("[dependencies]\ntruce-read.workspace = true\n[dev-dependencies]\ntruce-pack = 1\n"),
            ["read"]
        );
    }

    #[test]
    fn edges_have_no_circle() {
        let mut known: Vec<&str> = Vec::new();
        // Every crate stands after all that it may know.
        let mut todo: Vec<&(&str, &[&str])> = EDGES.iter().collect();
        while !todo.is_empty() {
            let before = todo.len();
            todo.retain(|(name, allowed)| {
                let ready = allowed.iter().all(|it| known.contains(it));
                if ready {
                    known.push(name);
                }
                !ready
            });
            assert!(todo.len() < before, "a circle among {todo:?}");
        }
    }
}
