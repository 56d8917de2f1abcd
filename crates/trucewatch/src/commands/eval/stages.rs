//! Single stages against corpora of their field.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};
use truce_eval::{attribution, place as places, time as times, trace as sets};
use truce_model::{Article, Published, Segment, SegmentKind, Span};
use truce_read::statements::{Breadth, attributions};
use truce_syntax::conllu::Treebank;
use truce_syntax::{Engine, score};

use crate::args::Common;
use crate::failure::{DONE, Failure};
use crate::output;

pub(super) fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| {
        Failure::usage(format!("cannot read {}: {error}", path.display()), "give a file of the corpus")
    })
}

/// Prints one object, or its fields line by line.
pub(super) fn print(common: &Common, figures: &Value) -> Result<u8, Failure> {
    output::print(|out| {
        if common.json {
            return writeln!(out, "{figures}");
        }
        for (name, value) in figures.as_object().into_iter().flatten() {
            match value.as_f64() {
                Some(it) if value.is_f64() => writeln!(out, "{name:24} {it:.4}")?,
                _ => writeln!(out, "{name:24} {value}")?,
            }
        }
        Ok(())
    })?;
    Ok(DONE)
}

pub fn syntax(common: &Common, files: &[PathBuf], gold_tokens: bool) -> Result<u8, Failure> {
    let mut joined = String::new();
    for path in files {
        joined.push_str(&text(path)?);
    }
    let bank = Treebank::read(&joined)
        .map_err(|error| Failure::usage(error.to_string(), "give files in CoNLL-U"))?;
    let engine = Engine::embedded();
    let found = match gold_tokens {
        true => score::from_gold_tokens(engine.parts(), &bank),
        false => score::from_raw(engine, &bank),
    };
    let (raw, _) = score::gold(&bank);
    let clock = Instant::now();
    let words: usize = engine.parse(&raw, 0).iter().map(|it| it.tokens.len()).sum();
    let speed = words as f64 / clock.elapsed().as_secs_f64().max(1e-9);
    print(
        common,
        &json!({
            "clas": found.clas, "las": found.las, "lemma": found.lemma, "sentences_f1": found.sentences,
            "tokens_f1": found.tokens, "uas": found.uas, "upos": found.upos, "words_f1": found.words,
            "words_per_second": speed,
        }),
    )
}

/// Names in files with a word and its label per line.
pub fn names(common: &Common, files: &[PathBuf], last_fifth: bool) -> Result<u8, Failure> {
    let mut figures = serde_json::Map::new();
    for path in files {
        let found = truce_eval::syntax::names(&text(path)?, last_fifth).ok_or_else(|| {
            Failure::usage(
                format!("{} has no column of labels", path.display()),
                "give a file with lines like `Acme B-ORG`",
            )
        })?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        figures.insert(format!("{name} f1"), json!(found.f1()));
        figures.insert(format!("{name} spans_f1"), json!(found.span_f1()));
        figures.insert(format!("{name} names"), json!(found.gold.iter().sum::<u32>()));
    }
    print(common, &Value::Object(figures))
}

/// Files with this ending, folders walked in order.
fn files_ending(given: &[PathBuf], ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut todo: Vec<PathBuf> = given.to_vec();
    let mut out = Vec::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).map_err(|error| {
                Failure::usage(format!("cannot read {}: {error}", path.display()), "check its permissions")
            })?;
            todo.extend(entries.flatten().map(|it| it.path()));
        } else if path.extension().is_some_and(|it| it == ending) {
            out.push(path);
        }
    }
    out.sort();
    if out.is_empty() {
        return Err(Failure::nothing(format!("no files ending in .{ending}"), "give the corpus's folder"));
    }
    Ok(out)
}

pub fn time(common: &Common, given: &[PathBuf]) -> Result<u8, Failure> {
    let mut acc = times::TimeScore::default();
    for path in files_ending(given, "tml")? {
        acc.add(times::score(&times::parse(&text(&path)?)).0);
    }
    print(
        common,
        &json!({
            "documents": acc.documents, "found": acc.found, "gold": acc.gold,
            "relaxed_f1": acc.f1(acc.relaxed), "strict_f1": acc.f1(acc.strict), "type_f1": acc.f1(acc.kind),
            "value_f1": acc.f1(acc.value), "value_by_meaning_f1": acc.f1(acc.meaning),
        }),
    )
}

pub fn place(common: &Common, files: &[PathBuf]) -> Result<u8, Failure> {
    let mut acc = places::PlaceScore::default();
    for path in files {
        for document in places::parse(&text(path)?) {
            acc.add(places::score(&document).0);
        }
    }
    print(
        common,
        &json!({
            "accuracy_161_km": acc.accuracy(), "answered": acc.answered, "associative_f1": acc.associative_f1(),
            "documents": acc.documents, "literal_f1": acc.literal_f1(), "located": acc.located,
            "names_f1": acc.names_f1(), "near": acc.near,
        }),
    )
}

pub fn attribution(common: &Common, folders: &[PathBuf]) -> Result<u8, Failure> {
    let mut acc = attribution::Scores::default();
    let mut articles = 0usize;
    for folder in folders {
        // Several people read some articles; the first by name is taken.
        let mut by_article: BTreeMap<String, PathBuf> = BTreeMap::new();
        for path in files_ending(&[folder.join("attributions")], "ann")? {
            let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            let Some((article, _)) = stem.rsplit_once('_') else { continue };
            by_article.entry(article.to_owned()).or_insert(path);
        }
        for (name, annotation) in by_article {
            let Ok(body) = fs::read_to_string(folder.join("text").join(format!("{name}.txt"))) else {
                continue;
            };
            let gold = attribution::parse_brat(&text(&annotation)?, &body);
            let article = whole(&name, &body);
            let prepared = truce_read::prepare(None, &article);
            let read = attributions(None, &prepared, Breadth::Attributed);
            acc.add(&attribution::score(&gold, &attribution::from_statements(&read, &body)));
            articles += 1;
        }
    }
    let mut figures = json!({ "articles": articles });
    for (name, tally) in acc.rows() {
        let (precision, recall, f1) = tally.prf();
        let name = name.replace(' ', "_");
        figures[format!("{name}_precision")] = json!(precision);
        figures[format!("{name}_recall")] = json!(recall);
        figures[format!("{name}_f1")] = json!(f1);
    }
    print(common, &figures)
}

/// Largest set that is unpacked, so that a small file cannot fill the memory.
const SET_BYTES_MAX: u64 = 1 << 30;

pub fn trace(common: &Common, folders: &[PathBuf]) -> Result<u8, Failure> {
    let mut items = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(folder).map_err(|error| {
            Failure::usage(
                format!("cannot read {}: {error}", folder.display()),
                "give a folder with .jsonl files",
            )
        })?;
        let mut files: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
        files.sort();
        for path in files {
            let name = path.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
            let jsonl = if name.ends_with(".jsonl") {
                text(&path)?
            } else if name.ends_with(".jsonl.gz") {
                unpacked(&path)?
            } else {
                continue;
            };
            items.extend(sets::items(&jsonl).map_err(|what| {
                Failure::usage(
                    format!("{}: {what}", path.display()),
                    "give one object a line: id, text, gold",
                )
            })?);
        }
    }
    if items.is_empty() {
        return Err(Failure::usage(
            "no .jsonl or .jsonl.gz file was found".to_owned(),
            "give the folder of the set",
        ));
    }
    print(common, &sets::score(&items).json())
}

fn unpacked(path: &Path) -> Result<String, Failure> {
    let told = |error: std::io::Error| {
        Failure::usage(format!("cannot unpack {}: {error}", path.display()), "give a gzip file of UTF-8 text")
    };
    let file = fs::File::open(path).map_err(told)?;
    let mut out = String::new();
    flate2::read::GzDecoder::new(file).take(SET_BYTES_MAX).read_to_string(&mut out).map_err(told)?;
    Ok(out)
}

/// A text that is all body.
fn whole(name: &str, body: &str) -> Article {
    Article {
        id: name.into(),
        path: name.into(),
        sha256: String::new(),
        outlet: None,
        url: None,
        title: None,
        language: Some("en".into()),
        published: Published::unknown("not asked"),
        text: body.into(),
        segments: vec![Segment { kind: SegmentKind::Body, span: Span::new(0, body.len()) }],
        text_credit: None,
        picture_credit: None,
    }
}
