//! gaoya on a set with known edits: `cargo run --release -- FILE.jsonl` here.
//! MinHash with 128 hashes over word 5-grams, as in `peers.py`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};

/// Processor seconds of this thread so far.
fn computing() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let items: Vec<(String, String, i64)> = std::fs::read_to_string(path)
        .expect("readable")
        .lines()
        .map(|it| serde_json::from_str::<serde_json::Value>(it).expect("JSON"))
        .map(|it| (it["id"].as_str().unwrap().into(), it["text"].as_str().unwrap().into(), it["gold"].as_i64().unwrap()))
        .collect();
    let mut by_gold: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (n, it) in items.iter().enumerate() {
        by_gold.entry(it.2).or_default().push(n);
    }
    let mut gold = BTreeSet::new();
    for same in by_gold.values() {
        for (n, a) in same.iter().enumerate() {
            gold.extend(same[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    for (threshold, bands, width) in [(0.5, 25, 5), (0.3, 42, 3), (0.2, 64, 2)] {
        let begun = computing();
        let hasher = MinHasher32::new(bands * width);
        let mut index: MinHashIndex<u32, usize> = MinHashIndex::new(bands, width, threshold);
        let mut found = BTreeSet::new();
        for (n, (_, text, _)) in items.iter().enumerate() {
            let lower = text.to_lowercase();
            let words: Vec<&str> =
                lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
            let sketch = hasher.create_signature(words.windows(5));
            found.extend(index.query(&sketch).into_iter().map(|other| (*other, n)));
            index.insert(n, sketch);
        }
        let seconds = computing() - begun;
        let both = gold.intersection(&found).count();
        let mut recall: HashMap<&str, (usize, usize)> = HashMap::new();
        for pair in &gold {
            let kinds: BTreeSet<&str> =
                [pair.0, pair.1].iter().filter_map(|it| items[*it].0.rsplit_once('_')).map(|it| it.1).collect();
            for kind in kinds {
                let it = recall.entry(kind).or_default();
                it.1 += 1;
                it.0 += usize::from(found.contains(pair));
            }
        }
        let recall: BTreeMap<&str, String> =
            recall.into_iter().map(|(kind, it)| (kind, format!("{:.4}", it.0 as f64 / it.1 as f64))).collect();
        println!(
            "gaoya, threshold {threshold}: recall {:.4} {recall:?} precision {:.4} {:.0} texts/s",
            both as f64 / gold.len() as f64,
            both as f64 / found.len().max(1) as f64,
            items.len() as f64 / seconds
        );
    }
}
