//! Factuality of predicates against sets with labels from -3 to 3 (UW,
//! UDS-IH2, MegaVeridicality): JSON Lines with `text` and `targets`.
//!
//! The sets ask different questions: UW how sure the author is, UDS-IH2
//! whether it has happened, so that the future is nearly certain in one and
//! has not happened in the other. Our value is scored as it is, and after its
//! classes of reasons were put on the set's scale by means of a part that may
//! be looked at.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use truce_model::Span;

#[derive(Deserialize)]
struct Line {
    text: String,
    targets: Vec<LineTarget>,
}

#[derive(Deserialize)]
struct LineTarget {
    span1: (usize, usize),
    label: f64,
}

/// A sentence with its predicates.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its words, joined as prose.
    pub text: String,
    /// Its predicates.
    pub targets: Vec<Target>,
}

/// A predicate.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its bytes in the text.
    pub span: Span,
    /// From -3 to 3.
    pub label: f64,
}

/// Reads a set.
///
/// # Errors
/// A line that is not such an object.
pub fn items(text: &str) -> Result<Vec<Item>, String> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|it| !it.1.trim().is_empty()) {
        let line: Line =
            serde_json::from_str(line).map_err(|error| format!("line {}: {error}", number + 1))?;
        let (text, spans) = joined(&line.text);
        let targets = line.targets.iter().filter_map(|it| {
            let (first, end) = it.span1;
            let span = spans.get(first)?.cover(*spans.get(end.checked_sub(1)?.max(first))?);
            Some(Target { span, label: it.label })
        });
        out.push(Item { targets: targets.collect(), text });
    }
    Ok(out)
}

/// Joins words that stand apart by spaces into prose, and says where each
/// came to stand.
fn joined(words: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut inside = false;
    for word in words.split(' ') {
        let word = match word {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            it => it,
        };
        let left = matches!(word, "," | "." | ";" | ":" | "?" | "!" | ")" | "'" | "%" | "n't")
            || word.starts_with('\'') && word.len() > 1
            || word == "\"" && inside;
        let opened = text.ends_with('(') || inside && text.ends_with('"');
        if !text.is_empty() && !left && !opened {
            text.push(' ');
        }
        if word == "\"" {
            inside = !inside;
        }
        let start = text.len();
        text.push_str(word);
        spans.push(Span::new(start, text.len()));
    }
    (text, spans)
}

/// A predicate with the gold's value and ours.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The gold's.
    pub gold: f64,
    /// Ours.
    pub ours: f64,
    /// Our reason.
    pub reason: &'static str,
    /// Reason and tense, the classes a scale is fitted by.
    pub class: String,
}

/// Our classes of reasons on a set's scale: a mean and a slope each.
#[derive(Clone, Debug, Default)]
pub struct Scale {
    by_class: BTreeMap<String, (f64, f64, f64)>,
    mean: f64,
}

/// How many items of the overall mean a class's mean starts from, so that
/// rare classes are not taken at their word.
const PRIOR: f64 = 3.0;

impl Scale {
    /// Fits means and slopes.
    pub fn fit(items: &[Judged]) -> Scale {
        let mut by: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
        for it in items {
            by.entry(&it.class).or_default().push(it);
        }
        let mean = items.iter().map(|it| it.gold).sum::<f64>() / items.len().max(1) as f64;
        let mut by_class = BTreeMap::new();
        for (class, items) in by {
            let n = items.len() as f64;
            let ours = items.iter().map(|it| it.ours).sum::<f64>() / n;
            let gold = items.iter().map(|it| it.gold).sum::<f64>() / n;
            let both: f64 = items.iter().map(|it| (it.ours - ours) * (it.gold - gold)).sum();
            let own: f64 = items.iter().map(|it| (it.ours - ours).powi(2)).sum();
            let slope = (both / (own + 5.0)).clamp(0.0, 1.5);
            by_class.insert(class.to_owned(), (ours, (gold * n + mean * PRIOR) / (n + PRIOR), slope));
        }
        Scale { by_class, mean }
    }

    /// Our value on the set's scale.
    pub fn place(&self, it: &Judged) -> f64 {
        let (ours, gold, slope) = self.by_class.get(&it.class).copied().unwrap_or((it.ours, self.mean, 0.0));
        gold + slope * (it.ours - ours)
    }
}

/// Pearson's r.
pub fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len().max(1) as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (a, b) = (mean(|it| it.0), mean(|it| it.1));
    let both: f64 = pairs.iter().map(|it| (it.0 - a) * (it.1 - b)).sum();
    let one: f64 = pairs.iter().map(|it| (it.0 - a).powi(2)).sum();
    let other: f64 = pairs.iter().map(|it| (it.1 - b).powi(2)).sum();
    if one * other > 0.0 { both / (one * other).sqrt() } else { 0.0 }
}

/// Bands of the scale: said not to be so, open, hedged, certain.
const BANDS: [(&str, f64, f64); 4] =
    [("negated", -9.0, -1.0), ("open", -1.0, 1.0), ("hedged", 1.0, 2.0), ("certain", 2.0, 9.0)];

fn band(value: f64) -> usize {
    BANDS.iter().position(|it| it.1 <= value && value < it.2).unwrap_or(BANDS.len() - 1)
}

/// Correlation, error, F1 by band, and the gold's mean by our reason.
pub fn figures(items: &[Judged], scale: Option<&Scale>) -> Value {
    let raw: Vec<(f64, f64)> = items.iter().map(|it| (it.ours, it.gold)).collect();
    let mut out = json!({ "n": items.len(), "r": correlation(&raw), "mae": error(&raw) });
    bands(&mut out, "", &raw);
    if let Some(scale) = scale {
        let placed: Vec<(f64, f64)> = items.iter().map(|it| (scale.place(it), it.gold)).collect();
        out["scaled_r"] = json!(correlation(&placed));
        out["scaled_mae"] = json!(error(&placed));
        bands(&mut out, "scaled_", &placed);
    }
    let mut by: BTreeMap<&str, (usize, f64, f64)> = BTreeMap::new();
    for it in items {
        let entry = by.entry(it.reason).or_default();
        entry.0 += 1;
        entry.1 += it.gold;
        entry.2 += it.ours;
    }
    let mut reasons = Map::new();
    for (reason, (n, gold, ours)) in by {
        let share = n as f64;
        reasons.insert(reason.to_owned(), json!({ "gold": gold / share, "n": n, "ours": ours / share }));
    }
    out["by_reason"] = reasons.into();
    out
}

fn error(pairs: &[(f64, f64)]) -> f64 {
    pairs.iter().map(|it| (it.0 - it.1).abs()).sum::<f64>() / pairs.len().max(1) as f64
}

fn bands(out: &mut Value, prefix: &str, pairs: &[(f64, f64)]) {
    let mut sum = 0.0;
    for (at, (name, ..)) in BANDS.iter().enumerate() {
        let found = pairs.iter().filter(|it| band(it.0) == at).count();
        let gold = pairs.iter().filter(|it| band(it.1) == at).count();
        let right = pairs.iter().filter(|it| band(it.0) == at && band(it.1) == at).count();
        let f1 = if found + gold > 0 { 2.0 * right as f64 / (found + gold) as f64 } else { 0.0 };
        sum += f1;
        out[format!("{prefix}f1_{name}")] = json!(f1);
    }
    out[format!("{prefix}macro_f1")] = json!(sum / BANDS.len() as f64);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_and_found_again() {
        let line = r#"{"text": "He did n't say `` yes '' , she said .", "targets": [{"span1": [3, 4], "label": -3.0}, {"span1": [40, 41], "label": 0.0}]}"#;
        let items = items(line).expect("read");
        assert_eq!(items[0].text, "He didn't say \"yes\", she said.");
        assert_eq!(items[0].targets.len(), 1);
        assert_eq!(items[0].targets[0].span.of(&items[0].text), Some("say"));
        assert!(super::items("{}").is_err());
    }

    #[test]
    fn a_scale_makes_a_shifted_class_right() {
        let judged = |gold, ours, reason| Judged { gold, ours, reason, class: reason.to_owned() };
        let items: Vec<Judged> = (0..20)
            .flat_map(|_| {
                [judged(3.0, 3.0, "asserted"), judged(-2.0, 1.5, "future"), judged(-2.8, -3.0, "negated")]
            })
            .collect();
        let before = figures(&items, None)["r"].as_f64().unwrap_or(0.0);
        let after = figures(&items, Some(&Scale::fit(&items)));
        assert!(after["scaled_r"].as_f64().unwrap_or(0.0) > before + 0.05, "{after}");
        assert_eq!(after["n"], 60);
    }
}
