//! B-cubed F1 of story grouping on ECB+ subtopics:
//! `cargo run -p truce-eval --example stories --release ecbplus.json`.
//! Topics with an even number were looked at in choosing the threshold, odd
//! ones were not.

use std::collections::{BTreeMap, BTreeSet};

use truce_eval::trace::{Item, article};

fn main() {
    let path = std::env::args().nth(1).expect("ecbplus.json");
    let raw: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("readable")).expect("JSON");
    // Thresholds are tried on the even topics only; the odd ones see the one chosen.
    for (odd, least) in [(0, 100), (0, 130), (0, 160), (0, 180), (0, 200), (0, 230), (0, 260), (1, 0)] {
        let texts: Vec<&serde_json::Value> = raw
            .as_array()
            .expect("a list")
            .iter()
            .filter(|it| {
                it["topic"].as_str().and_then(|it| it.parse::<usize>().ok()).is_some_and(|it| it % 2 == odd)
            })
            .collect();
        let mut gold: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut of: BTreeMap<String, String> = BTreeMap::new();
        let mut articles = Vec::new();
        for it in &texts {
            let id = it["id"].as_str().expect("id").to_owned();
            let own = article(&Item {
                id: id.clone(),
                text: it["text"].as_str().expect("text").to_owned(),
                gold: 0,
            });
            let key = own.id.as_str().to_owned();
            if of.insert(key.clone(), it["subtopic"].as_str().expect("subtopic").to_owned()).is_none() {
                gold.entry(of[&key].clone()).or_default().insert(key);
                articles.push(own);
            }
        }
        let stories = match least {
            0 => truce_trace::stories(&articles, &[]),
            _ => truce_trace::stories_above(&articles, &[], least),
        };
        let found: Vec<BTreeSet<String>> =
            stories.into_iter().map(|it| it.iter().map(|it| it.as_str().to_owned()).collect()).collect();
        let (mut precision, mut recall) = (0.0, 0.0);
        for group in &found {
            for it in group {
                let right = &gold[&of[it]];
                let both = group.intersection(right).count() as f64;
                precision += both / group.len() as f64;
                recall += both / right.len() as f64;
            }
        }
        let n = articles.len() as f64;
        let (p, r) = (precision / n, recall / n);
        println!(
            "{} topics, least likeness {least}: {n} articles, {} subtopics, {} stories: B-cubed precision {p:.3} recall {r:.3} F1 {:.3}",
            if odd == 0 { "even" } else { "odd" },
            gold.len(),
            found.len(),
            2.0 * p * r / (p + r)
        );
    }
}
