//! Measures tracing on the gold sets, with the gold's own segments.

mod common;

use std::collections::BTreeSet;

use serde_json::Value;
use truce_model::{Reuse, Span};
use truce_trace::trace;

struct Figures {
    gold: usize,
    found: usize,
    hits: usize,
    kinds: usize,
    lineage_f1: f64,
    listing: String,
}

impl Figures {
    fn f1(&self) -> f64 {
        2.0 * self.hits as f64 / (self.gold + self.found).max(1) as f64
    }
}

fn overlap(a: Span, b: Span) -> f64 {
    a.overlap(b) as f64 / (a.len() + b.len() - a.overlap(b)).max(1) as f64
}

fn measure(set: &str) -> Option<Figures> {
    let gold = common::read(&common::shared_gold()?.join(set));
    let out = trace(&gold.articles, &[]);
    let text = |file: &str| gold.articles.iter().find(|it| it.path == file).expect("file");
    let ends = |it: &Value, side: &str| {
        let file = it[side].as_str().expect("file").to_owned();
        let text = &text(&file).text;
        let at = |end: &str| {
            let n = it[format!("{side}_{end}")].as_u64().expect("offset") as usize;
            text.char_indices().nth(n).map_or(text.len(), |it| it.0)
        };
        (file.clone(), Span::new(at("start"), at("end")))
    };
    let pairs: Vec<_> = gold.raw["reuse"]
        .as_array()
        .expect("reuse")
        .iter()
        .map(|it| {
            let mut kinds: Vec<String> = vec![it["kind"].as_str().expect("kind").to_owned()];
            kinds.extend(
                it["kind_alt"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|it| it.as_str())
                    .map(str::to_owned),
            );
            (ends(it, "a"), ends(it, "b"), kinds)
        })
        .collect();
    let near = |x: &Reuse, g: &((String, Span), (String, Span), Vec<String>)| {
        let one = |e: &truce_model::Evidence, g: &(String, Span)| {
            if e.article().as_str() == g.0 { overlap(e.span(), g.1) } else { 0.0 }
        };
        one(&x.a, &g.0).min(one(&x.b, &g.1)).max(one(&x.a, &g.1).min(one(&x.b, &g.0)))
    };
    let mut used = BTreeSet::new();
    let (mut hits, mut kinds) = (0, 0);
    let mut listing = String::new();
    for g in &pairs {
        let best = out
            .reuse
            .iter()
            .enumerate()
            .filter(|it| !used.contains(&it.0))
            .map(|(n, it)| (near(it, g), n))
            .fold((0.0, 0), |x, y| if y.0 > x.0 { y } else { x });
        let words = text(&g.0.0).words(g.0.1);
        if best.0 < 0.5 {
            listing += &format!("missed {} {} {:?} {words}\n", g.0.0, g.1.0, g.2);
            continue;
        }
        used.insert(best.1);
        hits += 1;
        let kind = out.reuse[best.1].kind.as_str();
        if g.2.iter().any(|it| it == kind) {
            kinds += 1;
        } else {
            listing += &format!("kind {kind}, gold {:?}: {words}\n", g.2);
        }
    }
    for (n, it) in out.reuse.iter().enumerate().filter(|it| !used.contains(&it.0)) {
        let _ = n;
        listing += &format!(
            "false {} {} {}: {} | {}\n",
            it.a.article(),
            it.b.article(),
            it.kind.as_str(),
            it.a.exact(),
            it.b.exact()
        );
    }
    let article_pairs = |sets: Vec<Vec<String>>| {
        let mut out = BTreeSet::new();
        for set in sets {
            for a in &set {
                out.extend(set.iter().filter(|b| a < *b).map(|b| (a.clone(), b.clone())));
            }
        }
        out
    };
    let want = article_pairs(
        gold.raw["lineages"]
            .as_array()
            .expect("lineages")
            .iter()
            .map(|it| {
                it.as_array().expect("files").iter().filter_map(|it| it.as_str()).map(str::to_owned).collect()
            })
            .collect(),
    );
    let got = article_pairs(
        out.lineages.iter().map(|it| it.articles.iter().map(|it| it.as_str().to_owned()).collect()).collect(),
    );
    let lineage_f1 = 2.0 * want.intersection(&got).count() as f64 / (want.len() + got.len()).max(1) as f64;
    for it in &out.lineages {
        listing += &format!("lineage {:?} {:?} ({})\n", it.articles, it.agency, it.agency_basis);
    }
    Some(Figures { gold: pairs.len(), found: out.reuse.len(), hits, kinds, lineage_f1, listing })
}

fn show(set: &str, it: &Figures) {
    eprintln!(
        "{set}: {} of {} pairs, {} reported, F1 {:.3}; kind right {}; lineage F1 {:.3}\n{}",
        it.hits,
        it.gold,
        it.found,
        it.f1(),
        it.kinds,
        it.lineage_f1,
        it.listing
    );
}

#[test]
fn seeds() {
    let Some(it) = measure("seeds") else { return };
    show("seeds", &it);
    assert!(it.f1() >= 0.90);
    assert!(it.lineage_f1 > 0.999);
    assert!(it.kinds * 10 >= it.hits * 9);
}

#[test]
fn development() {
    for set in ["development-a", "development-b"] {
        let Some(it) = measure(set) else { return };
        show(set, &it);
        assert!(it.f1() >= 0.90);
        assert!(it.lineage_f1 > 0.999);
        assert!(it.kinds * 10 >= it.hits * 8);
    }
}
