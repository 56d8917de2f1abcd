//! Development tasks: training, tidy checks, release.
//!
//! `cargo run --release -p xtask -- train syntax --data ../shared/eval/ud`

mod gazetteer;
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
        ["tidy"] => tidy::run(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").as_path()),
        _ => Err("usage: xtask tidy | train syntax --data FOLDER [--out FILE] | score syntax FILE.conllu... [--model FILE] | gazetteer --data FOLDER --divisions FOLDER [--out FILE]".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("xtask: {what}");
            ExitCode::from(2)
        }
    }
}
