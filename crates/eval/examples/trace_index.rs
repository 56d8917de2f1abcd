//! Speed, memory and recall of the index that grows:
//! `cargo run -p truce-eval --example trace_index --release FILE.jsonl [N]`.
//!
//! Without `N`: the set once, with recall and speed. With `N`: the set again
//! and again, every copy edited, until N articles are in; this is synthetic
//! and printed as such.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use truce_eval::trace::{Item, article, items};
use truce_model::Article;
use truce_trace::TraceIndex;

/// Seconds this program has been computing; the wall clock where the system
/// does not tell. Other programs on the machine then do not count.
fn computing(since: Instant) -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|it| it.split(' ').next()?.parse::<f64>().ok())
        .map_or_else(|| since.elapsed().as_secs_f64(), |it| it / 1e9)
}

fn main() {
    let zero = Instant::now();
    let args: Vec<String> = std::env::args().collect();
    let set = items(&std::fs::read_to_string(&args[1]).expect("readable")).expect("a set");
    match args.get(2).and_then(|it| it.parse::<usize>().ok()) {
        None => once(&set, zero),
        Some(n) => grow(&set, n, zero),
    }
}

fn once(set: &[Item], zero: Instant) {
    let articles: Vec<Article> = set.iter().map(article).collect();
    let mut best = f64::MAX;
    let mut found = BTreeSet::new();
    for _ in 0..5 {
        found.clear();
        let mut index = TraceIndex::new(256 << 20, &[]);
        let begun = computing(zero);
        for (n, it) in articles.iter().enumerate() {
            found.extend(index.add(it).matches.iter().map(|it| (it.article as usize, n)));
        }
        best = best.min(computing(zero) - begun);
    }
    let mut by_gold: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (n, it) in set.iter().enumerate() {
        by_gold.entry(it.gold).or_default().push(n);
    }
    let mut gold = BTreeSet::new();
    for same in by_gold.values() {
        for (n, a) in same.iter().enumerate() {
            gold.extend(same[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let bytes: usize = set.iter().map(|it| it.text.len()).sum();
    println!(
        "{} articles, {:.0}/s, {:.1} MB/s; pairs {} of {} found ({:.4}), {} candidates",
        set.len(),
        set.len() as f64 / best,
        bytes as f64 / 1e6 / best,
        gold.intersection(&found).count(),
        gold.len(),
        gold.intersection(&found).count() as f64 / gold.len() as f64,
        found.len()
    );
}

/// Copy number `copy` of a text: every twelfth word is another one, and a
/// template of its own stands before and after.
fn edited(text: &str, copy: usize, seed: usize) -> String {
    let mut out = format!("Outlet {copy} | World | Latest\n\n");
    for (n, word) in text.split(' ').enumerate() {
        if copy > 0 && (n + seed + copy * 7).is_multiple_of(12) {
            out.push_str(&format!("w{}", (n * 31 + copy * 17 + seed) % 65_521));
        } else {
            out.push_str(word);
        }
        out.push(' ');
    }
    out
}

fn grow(set: &[Item], n: usize, zero: Instant) {
    let mut index = TraceIndex::new(2 << 30, &[]);
    let mut done = 0;
    let mut last = 0;
    let mut seconds = 0.0;
    let mut report = 10_000;
    let mut points: Vec<(f64, f64)> = Vec::new();
    'all: for copy in 0.. {
        for (seed, it) in set.iter().enumerate() {
            // Every second article is new text, as on a real day.
            let mut text = edited(&it.text, copy, seed);
            if seed % 2 == 0 {
                text = text.split(' ').map(|it| format!("{it}{copy} ")).collect();
            }
            let it = article(&Item { id: String::new(), text, gold: 0 });
            let begun = computing(zero);
            index.add(&it);
            seconds += computing(zero) - begun;
            done += 1;
            if done == report || done == n {
                let each = seconds * 1e6 / (done - last) as f64;
                println!(
                    "synthetic: {done} articles, {each:.1} µs each since {last}, {} MB",
                    index.bytes() >> 20
                );
                points.push(((done as f64).ln(), each.ln()));
                (last, seconds, report) = (done, 0.0, report * 10 / if report % 3 == 0 { 3 } else { 1 });
            }
            if done == n {
                break 'all;
            }
        }
    }
    if let (Some(a), Some(b)) = (points.first(), points.last()) {
        println!("cost per article grows with the exponent {:.3}", (b.1 - a.1) / (b.0 - a.0).max(1e-9));
    }
}
