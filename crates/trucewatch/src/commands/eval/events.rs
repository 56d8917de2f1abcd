//! Event types and factuality against sets of their field.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Map, json};
use truce_eval::plover;

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
        for row in rows.iter().enumerate().filter(|it| it.0 % of == rest).map(|it| it.1) {
            let found = plover::predict(row);
            sentences += 1;
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
