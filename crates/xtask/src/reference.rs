//! `cargo xtask reference`: the rules' own pages, from their doc comments.
//!
//! A rule is documented where it is written, under the headings Reads,
//! Matters because, Example and Misses; the pages under `docs/reference/` are
//! made from that and nothing else. `tidy` fails when they are out of date or
//! when a file of a folder of rules documents none.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The headings of a rule, in order.
pub const HEADINGS: [&str; 4] = ["Reads", "Matters because", "Example", "Misses"];

/// Where the pages stand.
const FOLDER: &str = "docs/reference";

/// A page: its name, its title, what it is about, and the folders or files
/// its rules are taken from.
struct Family {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    from: &'static [&'static str],
}

const FAMILIES: &[Family] = &[
    Family {
        name: "statements",
        title: "Statements",
        about: "Who says what: how words are found that report what somebody says, and whose they are.",
        from: &["crates/read/src/statements", "crates/read/src/actors", "crates/read/src/coref.rs"],
    },
    Family {
        name: "claims",
        title: "Claims",
        about: "What statements, and the outlet's own sentences, do to obligations.",
        from: &["crates/read/src/claims", "crates/read/src/factuality"],
    },
    Family {
        name: "events",
        title: "Events",
        about: "Who did what to whom, in the types of the PLOVER ontology.",
        from: &["crates/events/src", "crates/read/src/events.rs"],
    },
    Family {
        name: "time",
        title: "Time",
        about: "Expressions of time and what days they mean.",
        from: &["crates/time/src"],
    },
    Family {
        name: "place",
        title: "Place",
        about: "Names of places, and whether they mean ground or government.",
        from: &["crates/place/src"],
    },
    Family {
        name: "trace",
        title: "Trace",
        about: "What is copied from whom, and what was changed on the way.",
        from: &["crates/trace/src", "crates/text/src/normalise.rs", "crates/text/src/spelling.rs"],
    },
    Family {
        name: "extract",
        title: "Extract",
        about: "From a page to an article: what is body, who is credited, when it was published.",
        from: &["crates/extract/src"],
    },
];

/// Folders in which every file is a rule, and the files in them that are not.
const RULES: &[(&str, &[&str])] = &[
    ("crates/read/src/claims/rules/", &["mod.rs", "tests.rs"]),
    ("crates/time/src/patterns/", &["mod.rs", "tests.rs"]),
    ("crates/events/src/rules/", &["mod.rs"]),
];

/// A documented rule.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    file: String,
    title: String,
    sections: BTreeMap<usize, String>,
}

/// Writes the pages.
///
/// # Errors
/// Files that cannot be read or written, families without a rule.
pub fn run(root: &Path) -> Result<(), String> {
    let pages = pages(root)?;
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| format!("{FOLDER}: {error}"))?;
    for (path, text) in &pages {
        fs::write(root.join(path), text).map_err(|error| format!("{path}: {error}"))?;
    }
    println!("reference: {} pages", pages.len());
    Ok(())
}

/// What is out of date or undocumented, one line each.
pub fn check(root: &Path, files: &[String], found: &mut Vec<String>) {
    match pages(root) {
        Err(what) => found.push(what),
        Ok(pages) => {
            for (path, text) in &pages {
                if fs::read_to_string(root.join(path)).ok().as_ref() != Some(text) {
                    found.push(format!("{path}: out of date; run `cargo xtask reference`"));
                }
            }
        }
    }
    for file in files {
        let Ok(text) = fs::read_to_string(root.join(file)) else { continue };
        if is_rule(file) && rules(file, &text).is_empty() {
            let (first, last) = (HEADINGS[0], HEADINGS[HEADINGS.len() - 1]);
            found.push(format!("{file}: a rule without `## {first}` … `## {last}` in its doc comment"));
        }
    }
}

fn is_rule(file: &str) -> bool {
    RULES.iter().any(|(folder, but)| {
        file.strip_prefix(folder)
            .is_some_and(|rest| rest.ends_with(".rs") && !rest.contains('/') && !but.contains(&rest))
    })
}

/// Path and text of every page.
fn pages(root: &Path) -> Result<Vec<(String, String)>, String> {
    let mut out = Vec::new();
    let mut index = String::from(
        "# The rules\n\nEvery decision Trucewatch makes names its rule. These pages are made from the doc \
         comments of the rules by `cargo xtask reference`; edit the rules, not the pages.\n\n| family | \
         about | rules |\n|---|---|---|\n",
    );
    for family in FAMILIES {
        let mut all = Vec::new();
        for from in family.from {
            for file in sources(root, from)? {
                let text =
                    fs::read_to_string(root.join(&file)).map_err(|error| format!("{file}: {error}"))?;
                all.extend(rules(&file, &text));
            }
        }
        if all.is_empty() {
            return Err(format!("{FOLDER}/{}.md: no rule of this family is documented", family.name));
        }
        let _ =
            writeln!(index, "| [{}]({}.md) | {} | {} |", family.title, family.name, family.about, all.len());
        out.push((format!("{FOLDER}/{}.md", family.name), page(family, &all)));
    }
    out.push((format!("{FOLDER}/README.md"), index));
    Ok(out)
}

/// The Rust files of a folder and its folders, or the file itself, in order.
fn sources(root: &Path, from: &str) -> Result<Vec<String>, String> {
    if from.ends_with(".rs") {
        return Ok(vec![from.to_owned()]);
    }
    let mut out = Vec::new();
    let mut todo = vec![from.to_owned()];
    while let Some(folder) = todo.pop() {
        let entries = fs::read_dir(root.join(&folder)).map_err(|error| format!("{folder}: {error}"))?;
        for entry in entries.flatten() {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                todo.push(path);
            } else if path.ends_with(".rs") {
                out.push(path);
            }
        }
    }
    out.sort();
    Ok(out)
}

/// The documented rules of a file, in order.
fn rules(file: &str, text: &str) -> Vec<Rule> {
    let mut out = Vec::new();
    let mut title = None;
    let mut block: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim_start();
        let doc = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        if let Some(doc) = doc {
            block.push(doc.strip_prefix(' ').unwrap_or(doc));
            continue;
        }
        if let Some(mut rule) = rule(file, &block) {
            // An item's rule without a title of its own has the module's.
            if rule.title.is_empty() {
                let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".rs");
                rule.title = title.clone().unwrap_or_else(|| stem.to_owned());
            }
            out.push(rule);
        } else if title.is_none() && !block.is_empty() {
            title = Some(first_sentence(&block));
        }
        block.clear();
    }
    out
}

fn first_sentence(block: &[&str]) -> String {
    let paragraph: Vec<&str> = block.iter().copied().take_while(|it| !it.trim().is_empty()).collect();
    let text = paragraph.join(" ");
    let end = text.find(". ").unwrap_or(text.len());
    text[..end].trim_end_matches('.').to_owned()
}

fn rule(file: &str, block: &[&str]) -> Option<Rule> {
    let heading = |line: &str| {
        let name = line.trim().strip_prefix("## ")?;
        HEADINGS.iter().position(|it| *it == name.trim())
    };
    let start = block.iter().position(|it| heading(it) == Some(0))?;
    let before: Vec<&str> = block[..start].to_vec();
    let title =
        if before.iter().all(|it| it.trim().is_empty()) { String::new() } else { first_sentence(&before) };
    let mut sections: BTreeMap<usize, String> = BTreeMap::new();
    let mut now = None;
    for line in &block[start..] {
        if let Some(at) = heading(line) {
            now = Some(at);
            sections.entry(at).or_default();
        } else if line.trim_start().starts_with('#') {
            now = None;
        } else if let Some(at) = now
            && let Some(text) = sections.get_mut(&at)
        {
            text.push_str(line);
            text.push('\n');
        }
    }
    Some(Rule { file: file.to_owned(), title, sections })
}

fn page(family: &Family, rules: &[Rule]) -> String {
    let mut out = format!(
        "# {}\n\n{}\n\nMade by `cargo xtask reference` from the doc comments of the rules.\n",
        family.title, family.about
    );
    for rule in rules {
        let _ = write!(out, "\n## {}\n\n`{}`\n", rule.title, rule.file);
        for (at, heading) in HEADINGS.iter().enumerate() {
            let text = rule.sections.get(&at).map_or("", |it| it.trim());
            let text = if text.is_empty() { "Not stated." } else { text };
            let _ = write!(out, "\n**{heading}.** {}\n", unlinked(text));
        }
    }
    out
}

/// Links of rustdoc lead nowhere on a page; their words stay.
fn unlinked(text: &str) -> String {
    text.replace("[`", "`").replace("`]", "`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_taken_from_items_and_modules() {
        let item = "//! Denials.\n\nuse a;\n\n/// ## Reads\n/// A *no*.\n///\n/// ## Matters because\n/// It \
                    counts.\n/// ## Example\n/// \"No.\"\n/// ## Misses\n/// Irony.\npub fn draft() {}\n";
        let found = rules("crates/x/src/deny.rs", item);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].title, "Denials");
        assert_eq!(found[0].sections[&0].trim(), "A *no*.");
        let module = "//! ## Reads\n//! Days.\n//!\n//! ## Misses\n//! Weeks.\nfn x() {}\n";
        let found = rules("crates/x/src/weekday.rs", module);
        assert_eq!(found[0].title, "weekday");
        assert_eq!(found[0].sections.len(), 2);
        let text = page(&FAMILIES[0], &found);
        assert!(text.contains("**Misses.** Weeks.") && text.contains("**Example.** Not stated."), "{text}");
        assert!(rules("x.rs", "/// Nothing.\nfn x() {}\n").is_empty());
    }

    #[test]
    fn files_of_rules_are_known() {
        assert!(is_rule("crates/time/src/patterns/weekday.rs"));
        assert!(!is_rule("crates/time/src/patterns/mod.rs"));
        assert!(!is_rule("crates/time/src/lex.rs"));
    }
}
