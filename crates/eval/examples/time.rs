//! Scores expressions of time on folders of TimeML documents:
//! `cargo run --release -p truce-eval --example time -- FOLDER… [--list]`.

use std::path::Path;

use truce_eval::time::{TimeScore, parse, score};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.iter().any(|it| it == "--list");
    for folder in arguments.iter().filter(|it| !it.starts_with("--")) {
        let mut total = TimeScore::default();
        let Ok(entries) = std::fs::read_dir(Path::new(folder)) else {
            eprintln!("{folder} cannot be read");
            continue;
        };
        let mut files: Vec<_> = entries.flatten().map(|it| it.path()).collect();
        files.sort();
        for file in files.iter().filter(|it| it.extension().is_some_and(|it| it == "tml")) {
            let Ok(source) = std::fs::read_to_string(file) else {
                eprintln!("{} cannot be read", file.display());
                continue;
            };
            let (score, compared) = score(&parse(&source));
            total.add(score);
            for it in compared.iter().filter(|it| list && !it.right()) {
                println!(
                    "{} {} | {} [{}] {} | gold {} | {} = {}",
                    file.file_stem().and_then(|it| it.to_str()).unwrap_or(""),
                    it.published,
                    it.before,
                    it.gold_words,
                    it.after,
                    it.gold_value,
                    it.words,
                    it.value
                );
            }
        }
        println!(
            "{folder}: {} documents, gold {}, found {}; F1 strict {:.3}, relaxed {:.3}, type {:.3}, value {:.3}, meaning {:.3}",
            total.documents,
            total.gold,
            total.found,
            total.f1(total.strict),
            total.f1(total.relaxed),
            total.f1(total.kind),
            total.f1(total.value),
            total.f1(total.meaning)
        );
    }
}
