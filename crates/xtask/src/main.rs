//! Development tasks: training, tidy checks, release.
//!
//! `cargo run --release -p xtask -- train syntax --data ../shared/eval/ud`

mod bench;
mod gazetteer;
mod reference;
mod score;
mod tidy;
mod train;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["train", "syntax", rest @ ..] => train::syntax(rest),
        ["gazetteer", ..] => gazetteer::run(&args[1..]),
        ["score", "syntax", rest @ ..] => score::syntax(rest),
        ["tidy"] => tidy::run(&root()),
        ["reference"] => reference::run(&root()),
        ["bench", rest @ ..] => bench::run(&root(), rest),
        _ => Err("usage: xtask tidy | reference | bench [--reports N] [--threads N] | train syntax --data FOLDER [--out FILE] | score syntax FILE.conllu... [--model FILE] | gazetteer --data FOLDER --divisions FOLDER [--out FILE]".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("xtask: {what}");
            ExitCode::from(2)
        }
    }
}

/// The repository's root.
fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
