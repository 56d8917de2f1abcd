//! Scores tracing on a set given as a file: `cargo run -p truce-eval --example trace_set --release FILE.jsonl`.
fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let items = truce_eval::trace::items(&std::fs::read_to_string(path).expect("readable")).expect("a set");
    let got = truce_eval::trace::score(&items);
    println!("{:#}", got.json());
    for (what, pairs) in [("false", &got.false_pairs), ("missed", &got.missed_pairs)] {
        for (a, b) in pairs {
            eprintln!("{what} {a} {b}");
        }
    }
}
