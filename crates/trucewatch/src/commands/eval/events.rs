//! Event types and factuality against sets of their field.

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Map, json};
use truce_eval::factuality as sets;
use truce_eval::plover;
use truce_read::factuality::factuality as read_factuality;
use truce_syntax::Engine;

use super::stages::{print, text};
use crate::args::Common;
use crate::failure::Failure;

/// `REST/N`: which rows count.
fn part(given: Option<&str>) -> Result<(usize, usize), Failure> {
    let Some(given) = given else { return Ok((0, 1)) };
    let numbers = given.split_once('/').and_then(|(rest, of)| Some((rest.parse().ok()?, of.parse().ok()?)));
    numbers.filter(|(rest, of)| rest < of).ok_or_else(|| {
        Failure::usage(
            format!("cannot read the part {given}"),
            "give two numbers like 4/5, the first smaller",
        )
    })
}

/// Codes all rows, in order, with some threads.
fn predicted(rows: &[&plover::Row], threads: NonZeroUsize) -> Vec<Option<plover::Prediction>> {
    let share = rows.len().div_ceil(threads.get()).max(1);
    std::thread::scope(|scope| {
        let work = |part: &[&plover::Row]| part.iter().map(|it| plover::predict(it)).collect::<Vec<_>>();
        let parts: Vec<_> = rows.chunks(share).map(|part| scope.spawn(move || work(part))).collect();
        // A panic is a bug and is passed on.
        parts
            .into_iter()
            .flat_map(|it| it.join().unwrap_or_else(|it| std::panic::resume_unwind(it)))
            .collect()
    })
}

pub fn plover(
    common: &Common,
    files: &[PathBuf],
    predictions: Option<&Path>,
    only: Option<&str>,
) -> Result<u8, Failure> {
    let (rest, of) = part(only)?;
    let mut score = plover::PloverScore::default();
    let mut lines = String::from("id\ttype\tmode\tgold\trule\tline\tword\n");
    let clock = Instant::now();
    let mut sentences = 0usize;
    for path in files {
        let rows = plover::rows(&text(path)?).map_err(|what| {
            Failure::usage(
                format!("{}: {what}", path.display()),
                "give a tab-separated set with marked_sentence (or sentence, source, target) and gold_root",
            )
        })?;
        let rows: Vec<&plover::Row> =
            rows.iter().enumerate().filter(|it| it.0 % of == rest).map(|it| it.1).collect();
        sentences += rows.len();
        for (row, found) in rows.iter().copied().zip(predicted(&rows, common.threads())) {
            score.add(row, found.map(|it| it.coding.root), found.and_then(|it| it.coding.mode));
            let (root, mode, rule, line, word) = found.as_ref().map_or(("", "", "", 0, ""), |it| {
                let coding = &it.coding;
                let word = it.word.of(&row.text).unwrap_or_default();
                (coding.root.as_str(), coding.mode.unwrap_or_default(), coding.rule, coding.line, word)
            });
            let gold = row.root.as_deref().unwrap_or_default();
            let _ = writeln!(lines, "{}\t{root}\t{mode}\t{gold}\t{rule}\t{line}\t{word}", row.id);
        }
    }
    let speed = sentences as f64 / clock.elapsed().as_secs_f64().max(1e-9);
    if let Some(path) = predictions {
        std::fs::write(path, lines).map_err(|error| {
            Failure::usage(format!("cannot write {}: {error}", path.display()), "check the folder")
        })?;
    }
    let rows = score.rows.max(1) as f64;
    let mut figures = json!({
        "abstained": score.rows - score.coded,
        "accuracy": score.accuracy(),
        "coop_conflict_accuracy": score.side as f64 / rows,
        "macro_f1": score.macro_f1(),
        "quad_accuracy": score.quad as f64 / rows,
        "rows": score.rows,
        "sentences_per_second": speed,
    });
    let mut by_type = Map::new();
    for (name, it) in &score.types {
        by_type.insert(
            (*name).to_owned(),
            json!({ "f1": it.f1(), "found": it.found, "gold": it.gold, "right": it.right }),
        );
    }
    figures["by_type"] = by_type.into();
    let modes: usize = score.modes.values().map(|it| it.gold).sum();
    if modes > 0 {
        figures["mode_accuracy"] = json!(score.mode_accuracy());
        figures["mode_macro_f1"] = json!(score.mode_macro_f1());
        figures["mode_rows"] = json!(modes);
    }
    print(common, &figures)
}

/// Reads every predicate of a set.
fn judged(path: &Path, lines: &mut String) -> Result<Vec<sets::Judged>, Failure> {
    let items = sets::items(&text(path)?).map_err(|what| {
        Failure::usage(format!("{}: {what}", path.display()), "give one object a line: text, targets")
    })?;
    let mut out = Vec::new();
    for item in &items {
        let sentences = Engine::embedded().parse(&item.text, 0);
        for target in &item.targets {
            let found = sentences.iter().find_map(|sentence| {
                let at = sentence.tokens.iter().rposition(|it| it.span.overlaps(target.span))?;
                Some((sentence, at))
            });
            let Some((sentence, at)) = found else { continue };
            let read = read_factuality(sentence, at);
            let tense = format!("{:?}", read.tense).to_lowercase();
            let word = |it: usize| sentence.tokens[it].span.of(&item.text).unwrap_or_default();
            let _ = writeln!(
                lines,
                "{:.2}\t{:.2}\t{}\t{tense}\t{}\t{}",
                target.label,
                read.value(),
                read.reason,
                word(at),
                word(read.word),
            );
            let class = format!("{} {tense}", read.reason);
            out.push(sets::Judged { gold: target.label, ours: read.value(), reason: read.reason, class });
        }
    }
    Ok(out)
}

pub fn factuality(
    common: &Common,
    files: &[PathBuf],
    scale: Option<&Path>,
    predictions: Option<&Path>,
) -> Result<u8, Failure> {
    let scale = scale.map(|it| judged(it, &mut String::new())).transpose()?.map(|it| sets::Scale::fit(&it));
    let mut lines = String::from("gold\tours\treason\ttense\tword\tby\n");
    let mut all = Vec::new();
    for path in files {
        all.extend(judged(path, &mut lines)?);
    }
    if let Some(path) = predictions {
        std::fs::write(path, lines).map_err(|error| {
            Failure::usage(format!("cannot write {}: {error}", path.display()), "check the folder")
        })?;
    }
    print(common, &sets::figures(&all, scale.as_ref()))
}
