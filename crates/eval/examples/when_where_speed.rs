//! Speed of reading times and places, on one core:
//! `cargo run --release -p truce-eval --example when_where_speed -- FILE…`.

use std::time::Instant;

use truce_model::{Edtf, Span};
use truce_time::TimeContext;

fn main() {
    let texts: Vec<String> =
        std::env::args().skip(1).filter_map(|it| std::fs::read_to_string(it).ok()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let ctx = TimeContext { published: Edtf::new("2023-04-24") };
    // The first call reads the lexicon; it is timed apart.
    let start = Instant::now();
    let _ = truce_place::find("Oslo", Span::new(0, 4), None);
    println!("lexicon {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let rounds = (20_000_000 / bytes.max(1)).max(1);
    let mut seconds = [0.0, 0.0];
    let mut found = [0, 0];
    for _ in 0..rounds {
        for text in &texts {
            let whole = Span::new(0, text.len());
            let start = Instant::now();
            found[0] += truce_time::find(text, whole, &ctx).len();
            seconds[0] += start.elapsed().as_secs_f64();
            let start = Instant::now();
            found[1] += truce_place::find(text, whole, None).len();
            seconds[1] += start.elapsed().as_secs_f64();
        }
    }
    let megabytes = (bytes * rounds) as f64 / 1e6;
    println!(
        "{} texts, {megabytes:.1} MB: time {:.1} MB/s, place {:.1} MB/s, both {:.1} MB/s; {} and {} mentions",
        texts.len(),
        megabytes / seconds[0],
        megabytes / seconds[1],
        megabytes / (seconds[0] + seconds[1]),
        found[0] / rounds,
        found[1] / rounds
    );
}
