//! Says what of a record no longer holds, and where.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use truce_record::{Fault, Record};

use crate::args::Common;
use crate::failure::{DONE, Failure, PROBLEMS};
use crate::input::Input;
use crate::output;

pub fn run(common: &Common, record: &Path, reports: &[PathBuf]) -> Result<u8, Failure> {
    let (decoded, bytes) = open(record)?;
    let shown = record.display();
    let mut faults = truce_record::verify(&decoded);
    if decoded.to_json().as_bytes() != bytes {
        let what = "its bytes are not those Trucewatch writes for this content";
        faults.push(Fault { at: shown.to_string(), what: what.into() });
    }
    if !reports.is_empty() {
        faults.extend(against_sources(&decoded, reports)?);
    }
    let code = if faults.is_empty() { DONE } else { PROBLEMS };
    output::print(|out| {
        if common.json {
            let faults: Vec<_> =
                faults.iter().map(|it| serde_json::json!({ "at": it.at, "what": it.what })).collect();
            let holds = faults.is_empty();
            return writeln!(out, "{}", serde_json::json!({ "faults": faults, "holds": holds }));
        }
        for it in &faults {
            writeln!(out, "{}: {}", it.at, it.what)?;
        }
        if common.quiet {
            return Ok(());
        }
        let sources = match reports {
            [] => "sources not given, so not checked",
            _ => "sources checked",
        };
        writeln!(
            out,
            "{} articles, {} claims, {} ledger lines; {sources}: {}",
            decoded.articles.len(),
            decoded.claims.len(),
            decoded.ledger.len(),
            if faults.is_empty() { "all holds".to_owned() } else { format!("{} faults", faults.len()) }
        )
    })?;
    Ok(code)
}

/// Opens a record; its bytes too.
pub fn open(path: &Path) -> Result<(Record, Vec<u8>), Failure> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        Failure::usage(format!("cannot read {shown}: {error}"), "give the record.json that `brief` wrote")
    })?;
    let record = truce_record::from_json(&bytes).map_err(|error| {
        Failure::usage(
            format!("cannot open {shown}: {error}"),
            "if it was a record once, it was changed: take it from where it was kept",
        )
    })?;
    Ok((record, bytes))
}

/// Checks that every article has its report, byte for byte, and that the
/// report still gives the article's text.
fn against_sources(record: &Record, reports: &[PathBuf]) -> Result<Vec<Fault>, Failure> {
    let wanted: BTreeMap<&str, usize> =
        record.articles.iter().enumerate().map(|(n, it)| (it.sha256.as_str(), n)).collect();
    let mut found = vec![false; record.articles.len()];
    let mut faults = Vec::new();
    let mut by_path: BTreeMap<String, String> = BTreeMap::new();
    let input = Input::find(reports)?;
    for raw in input.reports() {
        let sha256: String = Sha256::digest(&raw.bytes).iter().map(|it| format!("{it:02x}")).collect();
        if let Some(n) = wanted.get(sha256.as_str()) {
            let article = &record.articles[*n];
            found[*n] = true;
            let text = truce_extract::extract(&raw, &[]).map(|(it, _)| it.text);
            if text.as_deref() != Ok(article.text.as_str()) {
                faults.push(Fault {
                    at: format!("articles[{n}] {}", article.id),
                    what: format!("{} no longer gives the text that is in the record", raw.path),
                });
            }
        }
        by_path.insert(raw.path, sha256);
    }
    for problem in input.into_problems() {
        faults.push(Fault { at: "sources".into(), what: problem.what });
    }
    for (n, article) in record.articles.iter().enumerate().filter(|(n, _)| !found[*n]) {
        let file_name = |it: &str| Path::new(it).file_name().map(|it| it.to_owned());
        let same_name = by_path
            .keys()
            .find(|it| **it == article.path)
            .or_else(|| by_path.keys().find(|it| file_name(it) == file_name(&article.path)));
        let what = match same_name {
            Some(path) => format!(
                "{path} was changed: its SHA-256 is {}, the record has {}",
                by_path[path], article.sha256
            ),
            None => format!("its report {} is not among the sources given", article.path),
        };
        faults.push(Fault { at: format!("articles[{n}] {}", article.id), what });
    }
    Ok(faults)
}
