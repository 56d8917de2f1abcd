//! Scores names of places on corpora as XML:
//! `cargo run --release -p truce-eval --example place -- FILE… [--list]`.

use truce_eval::place::{PlaceScore, parse, score};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.iter().any(|it| it == "--list");
    for file in arguments.iter().filter(|it| !it.starts_with("--")) {
        let Ok(source) = std::fs::read_to_string(file) else {
            eprintln!("{file} cannot be read");
            continue;
        };
        let documents = parse(&source);
        let mut total = PlaceScore::default();
        let mut misplaced = 0;
        for document in &documents {
            let (score, slips) = score(document);
            total.add(score);
            misplaced += document.misplaced;
            for it in slips.iter().filter(|_| list) {
                println!("{}\t{}\t{}\t{}", it.what, it.words, it.note, it.around);
            }
        }
        println!(
            "{file}: {} documents; located {} (misplaced {misplaced}), answered {:.3}, within 161 km {:.3} of all, {:.3} of answered",
            total.documents,
            total.located,
            total.answered as f64 / total.located.max(1) as f64,
            total.accuracy(),
            total.near as f64 / total.answered.max(1) as f64
        );
        if total.gold > 0 {
            println!(
                "  names {} gold, {} found, F1 {:.3}; literal F1 {:.3}, associative F1 {:.3}, agreement {:.3}",
                total.gold,
                total.found,
                total.names_f1(),
                total.literal_f1(),
                total.associative_f1(),
                (total.literal + total.associative) as f64 / total.both.max(1) as f64
            );
        }
    }
}
