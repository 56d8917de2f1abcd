//! The pipeline on a gold's articles, and the record against the gold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use truce_eval::gold::{Gold, Scores, load, score};

use crate::args::Common;
use crate::commands::{PROGRAM, take_in};
use crate::failure::{DONE, Failure, PROBLEMS};
use crate::progress::Progress;
use crate::{output, packs};

use super::floors;

/// What was asked for.
pub struct Asked<'a> {
    pub gold: &'a [PathBuf],
    pub packs: &'a [PathBuf],
    pub record: Option<&'a Path>,
    pub list: bool,
    pub floors: &'a Path,
    pub out: Option<&'a Path>,
}

pub fn run(common: &Common, asked: &Asked<'_>) -> Result<u8, Failure> {
    let floors = floors::open(asked.floors)?;
    let mut below = Vec::new();
    let mut printed = Vec::new();
    let mut tables = String::new();
    for path in asked.gold {
        let (gold, digest) = open(path)?;
        let folder = folder_of(path);
        let name = folder.file_name().map_or("gold".into(), |it| it.to_string_lossy().into_owned());
        let (shown, record) = match asked.record {
            Some(record) => (record.display().to_string(), given_record(record)?),
            None => ("pipeline".to_owned(), own_record(common, asked, &gold, &folder)?),
        };
        if let Some(out) = asked.out {
            let text = record.to_string();
            output::write_folder(out, &[(&format!("{name}.record.json"), text.as_bytes())])?;
        }
        let scores = score(&gold, &record);
        below.extend(floors.below(&name, &digest, &scores));
        if asked.record.is_none() {
            below.extend(broken(&name, &scores));
        }
        tables.push_str(&format!("{} (digest {digest})\n{}", gold.path, scores.table()));
        if asked.list {
            scores.listing.iter().for_each(|row| tables.push_str(&format!("{}\n", row.join(" | "))));
        }
        printed.push(scores.to_json(&shown, asked.list));
    }
    output::print(|out| {
        if !common.json {
            return out.write_all(tables.as_bytes());
        }
        let value = if printed.len() == 1 { printed.remove(0) } else { Value::Array(printed) };
        serde_json::to_writer_pretty(&mut *out, &value)?;
        out.write_all(b"\n")
    })?;
    for it in &below {
        eprintln!("below floor: {it}");
    }
    Ok(if below.is_empty() { DONE } else { PROBLEMS })
}

/// What may never happen, whatever the floors.
fn broken(name: &str, scores: &Scores) -> Vec<String> {
    let mut out = Vec::new();
    let integrity = &scores.integrity;
    if !integrity.violations.is_empty() {
        out.push(format!("{name}: {} spans are not the words of their article", integrity.violations.len()));
    }
    if integrity.claims_in_not_body + integrity.statements_in_not_body > 0 {
        out.push(format!("{name}: something was read outside headline, subhead and body"));
    }
    out
}

fn folder_of(gold: &Path) -> PathBuf {
    let folder = gold.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The folder's name is the corpus's name, also for `gold.json` alone.
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// The gold with the digest of its file and its articles.
fn open(path: &Path) -> Result<(Gold, String), Failure> {
    let shown = path.display().to_string();
    let bytes = fs::read(path)
        .map_err(|error| Failure::usage(format!("cannot read {shown}: {error}"), "give a gold.json"))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::usage(format!("{shown} is not UTF-8"), "give a gold.json"))?;
    let articles = path.with_file_name("articles");
    let gold = load(&shown, &text, |file| {
        let bytes = fs::read(articles.join(file)).map_err(|error| error.to_string())?;
        String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())
    })
    .map_err(|error| Failure::usage(error.to_string(), "a gold file stands beside its folder `articles/`"))?;
    let mut digest = Sha256::new();
    digest.update(text.as_bytes());
    let mut files: Vec<&str> = gold.files().map(|it| it.0).collect();
    files.sort_unstable();
    for file in files {
        digest.update(file.as_bytes());
        digest.update(fs::read(articles.join(file)).unwrap_or_default());
    }
    let hex: String = digest.finalize().iter().take(8).map(|it| format!("{it:02x}")).collect();
    Ok((gold, hex))
}

fn given_record(path: &Path) -> Result<Value, Failure> {
    let failed = |what: String| Failure::usage(format!("{}: {what}", path.display()), "give a record.json");
    let bytes = fs::read(path).map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string()))
}

/// Runs the pipeline on the gold's articles, agreement by agreement, and
/// joins what it finds.
fn own_record(common: &Common, asked: &Asked<'_>, gold: &Gold, folder: &Path) -> Result<Value, Failure> {
    let mut by_pack: BTreeMap<Option<&str>, Vec<PathBuf>> = BTreeMap::new();
    for (file, agreement) in gold.files() {
        by_pack.entry(agreement).or_default().push(folder.join("articles").join(file));
    }
    let mut whole = Map::new();
    for (id, files) in by_pack {
        let agreement = id.map(|id| packs::open(&pack_of(asked, folder, id)?)).transpose()?;
        let progress = Progress::new(true);
        let intake = take_in(common, &files, agreement.as_ref(), &progress)?;
        let outcome = truce_pipeline::run(intake, agreement.as_ref(), common.threads(), &progress);
        let record = outcome.record(PROGRAM, agreement.as_ref(), &progress);
        let Value::Object(record) = json!(record) else { unreachable!("a record is an object") };
        for (key, value) in record {
            match (whole.get_mut(&key), value) {
                (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
                (None, value) => {
                    whole.insert(key, value);
                }
                (Some(_), _) => {}
            }
        }
    }
    Ok(Value::Object(whole))
}

/// The pack of this id: in the folders asked for, beside the gold, or among
/// the agreements shipped.
fn pack_of(asked: &Asked<'_>, folder: &Path, id: &str) -> Result<PathBuf, Failure> {
    let shipped = [folder.join("packs"), PathBuf::from("agreements")];
    let tried: Vec<PathBuf> = asked.packs.iter().chain(&shipped).map(|it| it.join(id)).collect();
    tried.iter().find(|it| it.join("agreement.toml").is_file()).cloned().ok_or_else(|| {
        let shown: Vec<String> = tried.iter().map(|it| it.display().to_string()).collect();
        Failure::usage(
            format!("there is no pack {id}; looked for {}", shown.join(", ")),
            "name the folder that holds it with --packs",
        )
    })
}
