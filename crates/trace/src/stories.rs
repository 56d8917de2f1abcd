//! Articles about the same event, whoever wrote them.
//!
//! ## Reads
//! The words of headline, subhead and body, names above all.
//!
//! ## Matters because
//! Claims about one conduct are looked for among reports of one story, not
//! among all pairs of a year's reports. A story is no lineage: its articles
//! may share no sentence.
//!
//! ## Example
//! Two reports of the shelling of Alder Pass on one day, by two outlets.
//!
//! ## Misses
//! Two like events in one place within days (two strikes on one town) look
//! like one story; dates keep them apart only where both articles have one.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Article, ArticleId};
use truce_text::normalise::{Names, words};

/// Two groups are one story from this likeness on (per mille, mean cosine).
const LIKENESS_MIN: u64 = 180;
/// A word in more than this part (per cent) of the articles tells nothing,
/// once there are enough of them.
const COMMON_SHARE_MAX: usize = 20;
/// Of the articles that hold a word, at most so many are brought together by it.
const WORD_ARTICLES_MAX: usize = 400;
/// A name counts so many times a plain word.
const NAME_WEIGHT: f64 = 1.6;
/// Words of one article that are looked at.
const ARTICLE_WORDS_MAX: usize = 5_000;

/// Groups `articles` into stories: every article is in exactly one. The order
/// given does not matter.
pub fn stories(articles: &[Article], names: &[Vec<String>]) -> Vec<Vec<ArticleId>> {
    stories_above(articles, names, LIKENESS_MIN)
}

/// [`stories`] with another least likeness (per mille), for choosing it.
pub fn stories_above(articles: &[Article], names: &[Vec<String>], likeness_min: u64) -> Vec<Vec<ArticleId>> {
    let names = Names::new(names);
    let by_id: BTreeMap<&ArticleId, &Article> = articles.iter().map(|it| (&it.id, it)).collect();
    let articles: Vec<&Article> = by_id.into_values().collect();
    let vectors = vectors(&articles, &names);
    let likeness = likeness(&vectors);
    let mut groups = join(articles.len(), likeness, likeness_min);
    let mut out: Vec<Vec<ArticleId>> = groups
        .iter_mut()
        .map(|it| it.iter().map(|n| articles[*n as usize].id.clone()).collect::<Vec<_>>())
        .collect();
    out.iter_mut().for_each(|it| it.sort());
    out.sort();
    out
}

/// Words with their weights, of length one.
fn vectors(articles: &[&Article], names: &Names) -> Vec<Vec<(u64, f64)>> {
    let mut counts: Vec<BTreeMap<u64, (f64, bool)>> = Vec::with_capacity(articles.len());
    let mut articles_with: BTreeMap<u64, usize> = BTreeMap::new();
    for article in articles {
        let mut own: BTreeMap<u64, (f64, bool)> = BTreeMap::new();
        let mut room = ARTICLE_WORDS_MAX;
        for segment in article.readable() {
            let text = article.words(segment.span);
            for word in words(text, 0, names).into_iter().take(room).filter(|it| !it.function) {
                let entry = own.entry(word.key).or_insert((0.0, true));
                entry.0 += 1.0;
                // A name is never printed small.
                entry.1 &= word.capital;
            }
            room = room.saturating_sub(text.len() / 6);
        }
        own.keys().for_each(|it| *articles_with.entry(*it).or_default() += 1);
        counts.push(own);
    }
    let all = articles.len() as f64;
    let common = (articles.len() * COMMON_SHARE_MAX / 100).max(20);
    counts
        .into_iter()
        .map(|own| {
            let mut out: Vec<(u64, f64)> = own
                .into_iter()
                .filter(|it| articles_with[&it.0] <= common)
                .map(|(key, (count, name))| {
                    let rare = (1.0 + all / articles_with[&key] as f64).ln();
                    (key, (1.0 + count.ln()) * rare * if name { NAME_WEIGHT } else { 1.0 })
                })
                .collect();
            let long = out.iter().map(|it| it.1 * it.1).sum::<f64>().sqrt();
            out.iter_mut().for_each(|it| it.1 /= long.max(1e-9));
            out
        })
        .collect()
}

/// Likeness of all pairs that share a word, per mille.
fn likeness(vectors: &[Vec<(u64, f64)>]) -> BTreeMap<(u32, u32), u64> {
    let mut with: BTreeMap<u64, Vec<(u32, f64)>> = BTreeMap::new();
    for (n, vector) in vectors.iter().enumerate() {
        for (key, weight) in vector {
            with.entry(*key).or_default().push((n as u32, *weight));
        }
    }
    let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for list in with.values().filter(|it| it.len() <= WORD_ARTICLES_MAX) {
        for (n, x) in list.iter().enumerate() {
            for y in &list[n + 1..] {
                *sums.entry((x.0, y.0)).or_default() += x.1 * y.1;
            }
        }
    }
    sums.into_iter().map(|(pair, it)| (pair, (it * 1000.0) as u64)).filter(|it| it.1 > 0).collect()
}

/// Joins the most alike groups first, while their mean likeness is enough.
fn join(n: usize, likeness: BTreeMap<(u32, u32), u64>, likeness_min: u64) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = (0..n as u32).map(|it| vec![it]).collect();
    // Sums of likeness between groups, both ways.
    let mut beside: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); n];
    let mut queue: BTreeSet<(u64, std::cmp::Reverse<(u32, u32)>)> = BTreeSet::new();
    for ((a, b), it) in likeness {
        beside[a as usize].insert(b, it);
        beside[b as usize].insert(a, it);
        if it >= likeness_min {
            queue.insert((it, std::cmp::Reverse((a, b))));
        }
    }
    let mean = |sum: u64, x: usize, y: usize| sum / (x * y).max(1) as u64;
    while let Some((queued, std::cmp::Reverse((a, b)))) = queue.pop_last() {
        let (long_a, long_b) = (groups[a as usize].len(), groups[b as usize].len());
        // Queued before either group grew: what holds now is queued as well.
        let now = beside[a as usize].get(&b).map(|sum| mean(*sum, long_a, long_b));
        if long_a == 0 || long_b == 0 || now != Some(queued) {
            continue;
        }
        let gone = std::mem::take(&mut beside[b as usize]);
        let moved = std::mem::take(&mut groups[b as usize]);
        groups[a as usize].extend(moved);
        for (other, sum) in gone {
            beside[other as usize].remove(&b);
            if other != a {
                *beside[a as usize].entry(other).or_default() += sum;
                *beside[other as usize].entry(a).or_default() += sum;
            }
        }
        let long = groups[a as usize].len();
        for (other, sum) in &beside[a as usize] {
            let it = mean(*sum, long, groups[*other as usize].len());
            if it >= likeness_min {
                queue.insert((it, std::cmp::Reverse((a.min(*other), a.max(*other)))));
            }
        }
    }
    groups.retain(|it| !it.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::join;
    use std::collections::BTreeMap;

    #[test]
    fn joins_by_mean_likeness() {
        let likeness =
            BTreeMap::from([((0, 1), 500), ((1, 2), 300), ((0, 2), 200), ((3, 4), 160), ((2, 3), 150)]);
        let mut got = join(6, likeness, 145);
        got.iter_mut().for_each(|it| it.sort());
        got.sort();
        assert_eq!(got, [vec![0, 1, 2], vec![3, 4], vec![5]]);
    }
}
