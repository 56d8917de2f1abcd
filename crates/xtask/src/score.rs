//! `xtask score syntax`: scores of a model while it is being developed.

use std::path::Path;
use std::time::Instant;

use truce_syntax::{Engine, score};

use crate::train::{option, treebank};

/// Scores files from raw text and with gold tokens.
pub fn syntax(args: &[&str]) -> Result<(), String> {
    let engine = match option(args, "--model") {
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|it| format!("{path}: {it}"))?;
            // One model per run: it may live as long as the program.
            Engine::open(Vec::leak(bytes)).map_err(|it| format!("{path}: {it}"))?
        }
        None => Engine::open(include_bytes!("../../../models/syntax.bin")).map_err(|it| it.to_string())?,
    };
    let mut skip = false;
    for path in args {
        if std::mem::take(&mut skip) {
            continue;
        }
        skip = *path == "--model";
        if path.starts_with("--") {
            continue;
        }
        let bank = treebank(Path::new(path))?;
        if args.contains(&"--boundaries") {
            for line in score::boundary_differences(&bank) {
                println!("{line}");
            }
            continue;
        }
        if args.contains(&"--words") {
            for (gold, found) in score::word_differences(&bank) {
                println!("{gold}\t{found}");
            }
            continue;
        }
        if args.contains(&"--segments") {
            let it = score::segments(&engine, &bank);
            println!("{path}: sent {:.4} tok {:.4} word {:.4}", it.sentences, it.tokens, it.words);
            continue;
        }
        let raw = score::from_raw(&engine, &bank);
        let gold = score::from_gold_tokens(engine.parts(), &bank);
        let (text, _) = score::gold(&bank);
        let clock = Instant::now();
        let words: usize = engine.parse(&text, 0).iter().map(|it| it.tokens.len()).sum();
        let speed = words as f64 / clock.elapsed().as_secs_f64();
        println!("{path}: {words} words, {speed:.0} words/s");
        for (name, it) in [("raw ", raw), ("gold", gold)] {
            println!(
                "  {name} sent {:.4} tok {:.4} word {:.4} upos {:.4} lemma {:.4} uas {:.4} las {:.4} clas {:.4}",
                it.sentences, it.tokens, it.words, it.upos, it.lemma, it.uas, it.las, it.clas
            );
        }
    }
    Ok(())
}
