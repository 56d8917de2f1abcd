//! What a learned coder reaches on a marked set, by five-fold
//! cross-validation, beside the coder of words and trees: for comparison
//! only. Its weights are thrown away, since the set may not be trained into a
//! shipped model.
//!
//! `cargo run --release -p truce-events --example learned -- FILE`, where each
//! line is a type, a tab, and a sentence with `<s>…</s>` and `<t>…</t>`.

use std::collections::BTreeMap;

use truce_events::{Scene, Type, code, parse_marked};
use truce_syntax::Upos;
use truce_text::Span;

const FOLDS: usize = 5;
const PASSES: usize = 12;

/// An averaged perceptron over named features.
#[derive(Default)]
struct Perceptron {
    weights: BTreeMap<String, Vec<(f64, f64)>>,
    steps: f64,
}

impl Perceptron {
    fn scores(&self, features: &[String], averaged: bool) -> Vec<f64> {
        let mut out = vec![0.0; Type::ALL.len()];
        for row in features.iter().filter_map(|it| self.weights.get(it)) {
            for (score, (now, sum)) in out.iter_mut().zip(row) {
                *score += if averaged { now - sum / self.steps.max(1.0) } else { *now };
            }
        }
        out
    }

    fn best(&self, features: &[String], averaged: bool) -> usize {
        let scores = self.scores(features, averaged);
        (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a))).unwrap_or(0)
    }

    fn learn(&mut self, features: &[String], gold: usize) {
        let found = self.best(features, false);
        if found != gold {
            for it in features {
                let row = self.weights.entry(it.clone()).or_insert_with(|| vec![(0.0, 0.0); Type::ALL.len()]);
                for (at, by) in [(gold, 1.0), (found, -1.0)] {
                    row[at].0 += by;
                    row[at].1 += by * self.steps;
                }
            }
        }
        self.steps += 1.0;
    }
}

struct Item {
    gold: usize,
    rule: Option<Type>,
    words: Vec<String>,
}

fn item(line: &str) -> Option<Item> {
    let (gold, marked) = line.split_once('\t')?;
    let gold = Type::parse(gold)?;
    let plain =
        |it: &str| ["<s>", "</s>", "<t>", "</t>"].iter().fold(it.to_owned(), |it, tag| it.replace(tag, ""));
    let at = |tag: &str| marked.find(tag).map(|it| plain(&marked[..it]).len());
    let doer = Span::new(at("<s>")?, at("</s>")?);
    let other = Span::new(at("<t>")?, at("</t>")?);
    let text = plain(marked);
    let parsed = parse_marked(&text, doer, Some(other))?;
    let tokens = &parsed.sentence.tokens;
    let inside =
        |it: usize| parsed.doer.contains(&it) || parsed.other.as_ref().is_some_and(|o| o.contains(&it));
    let mut words = vec!["bias".to_owned()];
    let outside: Vec<usize> = (0..tokens.len()).filter(|it| !inside(*it)).collect();
    for (number, &it) in outside.iter().enumerate() {
        let lemma = tokens[it].lemma.to_lowercase();
        let between = *parsed.doer.end() < it && parsed.other.as_ref().is_some_and(|o| it < *o.start());
        words.push(format!("w {lemma}"));
        if between {
            words.push(format!("b {lemma}"));
        }
        if let Some(&next) = outside.get(number + 1) {
            words.push(format!("2 {lemma} {}", tokens[next].lemma.to_lowercase()));
        }
        if tokens[it].upos == Upos::Verb {
            words.push(format!("v {lemma}"));
        }
    }
    let rule =
        code(&Scene::new(&parsed.sentence, parsed.doer.clone(), parsed.other.clone())).map(|it| it.root);
    let gold = Type::ALL.iter().position(|it| *it == gold)?;
    Some(Item { gold, rule, words })
}

/// Accuracy and macro-F1 of predictions.
fn score(pairs: &[(usize, Option<usize>)]) -> (f64, f64) {
    let right = pairs.iter().filter(|it| Some(it.0) == it.1).count();
    let mut f1 = Vec::new();
    for class in 0..Type::ALL.len() {
        let gold = pairs.iter().filter(|it| it.0 == class).count();
        let found = pairs.iter().filter(|it| it.1 == Some(class)).count();
        let both = pairs.iter().filter(|it| it.0 == class && it.1 == Some(class)).count();
        if gold > 0 {
            f1.push(2.0 * both as f64 / (gold + found) as f64);
        }
    }
    (right as f64 / pairs.len().max(1) as f64, f1.iter().sum::<f64>() / f1.len().max(1) as f64)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a file")?;
    let items: Vec<Item> = std::fs::read_to_string(path)?.lines().filter_map(item).collect();
    for with_rule in [false, true] {
        let mut pairs = vec![(0, None); items.len()];
        for fold in 0..FOLDS {
            let features = |it: &Item| {
                let mut out = it.words.clone();
                if with_rule {
                    // Several copies, so that the code outweighs single words.
                    let name = it.rule.map_or("none", Type::as_str);
                    out.extend((0..6).map(|copy| format!("rule {copy} {name}")));
                }
                out
            };
            let mut model = Perceptron::default();
            for pass in 0..PASSES {
                let mut order: Vec<usize> = (0..items.len()).filter(|it| it % FOLDS != fold).collect();
                // A fixed shuffle for each pass.
                order.sort_by_key(|it| (it * 7919 + pass * 104_729) % 10_007);
                for at in order {
                    model.learn(&features(&items[at]), items[at].gold);
                }
            }
            for at in (0..items.len()).filter(|it| it % FOLDS == fold) {
                pairs[at] = (items[at].gold, Some(model.best(&features(&items[at]), true)));
            }
        }
        let (accuracy, f1) = score(&pairs);
        let name = if with_rule { "words and our code" } else { "words" };
        println!(
            "learned from {name}, five folds: n {} accuracy {accuracy:.3} macro-F1 {f1:.3}",
            items.len()
        );
    }
    let ours: Vec<(usize, Option<usize>)> = items
        .iter()
        .map(|it| (it.gold, it.rule.and_then(|rule| Type::ALL.iter().position(|all| *all == rule))))
        .collect();
    let (accuracy, f1) = score(&ours);
    println!("our code alone: n {} accuracy {accuracy:.3} macro-F1 {f1:.3}", items.len());
    Ok(())
}
