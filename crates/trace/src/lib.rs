//! Articles to reused passages, lineages, quote variants and framing swaps.
//!
//! Document similarity finds nothing in news: true pairs share a tenth of
//! their text. Passages do. Sentences are normalised with alignment back to
//! the bytes, retrieved by shared fingerprints, verified by word alignment,
//! and what was changed between two prints is named.
//!
//! It knows articles and words, not actors or agreements; it asserts that
//! text is shared, never who copied from whom.

mod align;
pub mod classify;
pub mod compare;
mod find;
mod index;
mod lexicon;
mod lineages;
mod pairs;
mod stories;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Article, Evidence, Lineage, Problem, Reuse};
use truce_text::normalise::Names;

use classify::{Side, classify};
use compare::stretches;
use pairs::Match;
use units::Unit;

pub use align::SENTENCE_WORDS_MAX;
pub use find::{FINGERPRINT_SENTENCES_MAX, GROUP_ALL_PAIRS_MAX};
pub use index::{Added, IndexMatch, PRINT_ARTICLES_MAX, SURE_RUN_WORDS, TraceIndex};
pub use stories::{stories, stories_above};
pub use units::ARTICLE_SENTENCES_MAX;

/// Sentences tied through a third print are looked for only up to this many
/// matches.
const TIED_MATCHES_MAX: usize = 20_000;

/// All reuse among a set of articles.
#[derive(Clone, Debug, Default)]
pub struct Traced {
    /// Reused passages, sorted.
    pub reuse: Vec<Reuse>,
    /// Lineages, sorted; every article that has a passage is in at least one.
    pub lineages: Vec<Lineage>,
    /// What could not be traced.
    pub problems: Vec<Problem>,
}

/// Traces reuse among `articles`. `names` are groups of names printed for one
/// thing (of the pack), which count as equal words.
///
/// The order of `articles` does not matter. An article given twice counts once.
pub fn trace(articles: &[Article], names: &[Vec<String>]) -> Traced {
    let names = Names::new(names);
    let mut problems = Vec::new();
    // By id, so that numbers below do not depend on the order given.
    let by_id: BTreeMap<&str, &Article> = articles.iter().map(|it| (it.id.as_str(), it)).collect();
    let articles: Vec<&Article> = by_id.into_values().collect();
    let mut units: Vec<Unit> = Vec::new();
    let mut ranges = Vec::with_capacity(articles.len());
    for (n, article) in articles.iter().enumerate() {
        let from = units.len() as u32;
        units.extend(units::units(article, n, &names, &mut problems));
        ranges.push(from..units.len() as u32);
    }
    let found = find::find(&units);
    let content: Vec<usize> = ranges
        .iter()
        .map(|it| units[it.start as usize..it.end as usize].iter().map(|it| it.content).sum())
        .collect();
    let linked = linked(&found, &content);
    let mut matches: Vec<Match> = Vec::new();
    for (a, b) in &linked {
        matches.extend(pairs::matches(
            &articles,
            &units,
            ranges[*a as usize].clone(),
            ranges[*b as usize].clone(),
        ));
    }
    matches.extend(tied(&articles, &units, &matches, &linked));
    let mut reuse: Vec<Reuse> = matches.iter().filter_map(|it| reuse_of(&articles, &units, it)).collect();
    reuse.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    let lineages = lineages::lineages(&articles, &reuse);
    problems.extend(limits(&found));
    problems.sort();
    Traced { reuse, lineages, problems }
}

/// Pairs of articles that hold text of one origin.
///
/// `content` holds the words of matter of each article.
fn linked(found: &find::Found, content: &[usize]) -> BTreeSet<(u32, u32)> {
    let mut out: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut beside: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for ((a, b), anchors) in &found.anchors {
        if pairs::is_linked(anchors, content[*a as usize].min(content[*b as usize])) {
            out.insert((*a, *b));
            beside.entry(*a).or_default().insert(*b);
            beside.entry(*b).or_default().insert(*a);
        }
    }
    // Where both print text of one third article, one sentence in common is
    // enough. Only one step: chains would tie everything to everything.
    for ((a, b), anchors) in &found.anchors {
        let (Some(x), Some(y)) = (beside.get(a), beside.get(b)) else { continue };
        let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        if anchors.iter().any(|it| it.shared.content_unquoted >= 3) && few.iter().any(|it| many.contains(it))
        {
            out.insert((*a, *b));
        }
    }
    out
}

/// Sentences that share little, but are both prints of a third one.
fn tied(
    articles: &[&Article],
    units: &[Unit],
    matches: &[Match],
    linked: &BTreeSet<(u32, u32)>,
) -> Vec<Match> {
    if matches.len() > TIED_MATCHES_MAX {
        return Vec::new();
    }
    let mut beside: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut used: BTreeSet<(u32, u32)> = BTreeSet::new(); // unit, other article
    for it in matches {
        beside.entry(it.a).or_default().push(it.b);
        beside.entry(it.b).or_default().push(it.a);
        used.insert((it.a, units[it.b as usize].article as u32));
        used.insert((it.b, units[it.a as usize].article as u32));
    }
    let mut out = Vec::new();
    for around in beside.values() {
        for x in around {
            for y in around {
                let (p, q) = (units[*x as usize].article as u32, units[*y as usize].article as u32);
                if p < q && linked.contains(&(p, q)) && !used.contains(&(*x, q)) && !used.contains(&(*y, p)) {
                    let it = pairs::compare(articles, units, *x, *y);
                    if pairs::is_tied(it.shared) {
                        used.insert((*x, q));
                        used.insert((*y, p));
                        out.push(it);
                    }
                }
            }
        }
    }
    out
}

fn reuse_of(articles: &[&Article], units: &[Unit], it: &Match) -> Option<Reuse> {
    let side = |unit: u32| {
        let unit = &units[unit as usize];
        Side { article: articles[unit.article], span: unit.span, words: &unit.words }
    };
    let (a, b) = (side(it.a), side(it.b));
    let runs = stretches(a.words, &a.article.text, b.words, &b.article.text, &it.pairs);
    let (kind, changes) = classify(&a, &b, &runs, it.shared);
    Some(Reuse {
        a: Evidence::cite(a.article, a.span)?,
        b: Evidence::cite(b.article, b.span)?,
        kind,
        changes,
    })
}

/// Says which limits cut something.
fn limits(found: &find::Found) -> Vec<Problem> {
    let problem = |what: String| Problem { article: None, stage: "trace", what, span: None };
    let mut out = Vec::new();
    if found.common_sentences > 0 {
        out.push(problem(format!(
            "{} sentences are printed in more than {GROUP_ALL_PAIRS_MAX} articles; each print is paired with the first only, lineages are complete",
            found.common_sentences
        )));
    }
    if found.common_fingerprints > 0 {
        out.push(problem(format!(
            "{} runs of words stand in more than {FINGERPRINT_SENTENCES_MAX} different sentences; those were not all compared with one another",
            found.common_fingerprints
        )));
    }
    out
}
