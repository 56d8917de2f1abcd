//! From reused passages to lineages: all text that descends from one origin.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Article, Evidence, Lineage, LineageId, Reuse, SegmentKind};
use truce_text::spelling::Fold;

use crate::lexicon::agencies_in;

/// Sets that are joined; the lowest number names a set.
#[derive(Debug)]
pub struct Sets(Vec<u32>);

impl Sets {
    /// `n` sets of one.
    pub fn new(n: usize) -> Sets {
        Sets((0..n as u32).collect())
    }

    /// The name of the set that holds `it`.
    pub fn of(&mut self, it: u32) -> u32 {
        let mut at = it;
        while self.0[at as usize] != at {
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    /// Joins the sets of `a` and `b`.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// A single shared sentence below this part (per cent) of the shorter article
/// is a standing paragraph of background as likely as a reprint.
const BACKGROUND_SHARE_MAX: usize = 20;
/// Before two groups are joined, so many articles of each are looked at.
const JOINED_ARTICLES_MAX: usize = 32;

/// Groups `reuse` into lineages.
///
/// Passages tied by reuse are of one origin. Two such groups are one lineage
/// where two articles share both, but never so that articles come together
/// that share nothing: a page mixed from two wires ties no wire to the other.
/// A lone sentence of background ties no two stories either.
pub fn lineages(articles: &[&Article], reuse: &[Reuse]) -> Vec<Lineage> {
    let number: BTreeMap<&str, u32> =
        articles.iter().enumerate().map(|(n, it)| (it.id.as_str(), n as u32)).collect();
    let article = |it: &Evidence| number.get(it.article().as_str()).copied().unwrap_or(0);
    // Passages, each once.
    let mut passages: Vec<&Evidence> = reuse.iter().flat_map(|it| [&it.a, &it.b]).collect();
    passages.sort();
    passages.dedup();
    let at = |it: &Evidence| passages.binary_search(&it).unwrap_or(0) as u32;
    let mut by_pair: BTreeMap<(u32, u32), Vec<(u32, u32)>> = BTreeMap::new();
    for it in reuse {
        by_pair.entry((article(&it.a), article(&it.b))).or_default().push((at(&it.a), at(&it.b)));
    }
    let (weak, strong): (Vec<SharedPassages>, Vec<SharedPassages>) =
        by_pair.iter().partition(|(pair, shared)| is_background(articles, &passages, **pair, shared));
    let mut sets = Sets::new(passages.len());
    for (a, b) in strong.iter().flat_map(|it| it.1) {
        sets.join(*a, *b);
    }
    // A lone sentence joins what is in no lineage yet.
    let mut placed: Vec<bool> = vec![false; passages.len()];
    for (a, b) in strong.iter().flat_map(|it| it.1) {
        (placed[*a as usize], placed[*b as usize]) = (true, true);
    }
    for (a, b) in weak.iter().flat_map(|it| it.1) {
        if !(placed[*a as usize] && placed[*b as usize]) {
            sets.join(*a, *b);
            (placed[*a as usize], placed[*b as usize]) = (true, true);
        }
    }
    join_groups(&mut sets, &passages, &strong, article);
    let mut groups: BTreeMap<u32, Vec<&Evidence>> = BTreeMap::new();
    for (n, it) in passages.iter().enumerate() {
        groups.entry(sets.of(n as u32)).or_default().push(it);
    }
    let mut out: Vec<Lineage> = groups
        .into_values()
        .map(|group| {
            let ids: BTreeSet<_> = group.iter().map(|it| it.article().clone()).collect();
            let members: Vec<&Article> = ids
                .iter()
                .filter_map(|it| number.get(it.as_str()))
                .map(|it| articles[*it as usize])
                .collect();
            let (agency, agency_basis) = agency(&members);
            Lineage {
                id: id(&group),
                articles: ids.into_iter().collect(),
                passages: group.into_iter().cloned().collect(),
                agency,
                agency_basis,
            }
        })
        .collect();
    out.sort_by(|x, y| x.articles.cmp(&y.articles).then_with(|| x.id.cmp(&y.id)));
    out
}

/// Whether all that two articles share is one sentence, and little of either.
fn is_background(
    articles: &[&Article],
    passages: &[&Evidence],
    pair: (u32, u32),
    shared: &[(u32, u32)],
) -> bool {
    let [(a, b)] = shared else { return false };
    let part = |article: u32, passage: u32| {
        let read: usize = articles[article as usize].readable().map(|it| it.span.len()).sum();
        100 * passages[passage as usize].span().len() / read.max(1)
    };
    part(pair.0, *a).max(part(pair.1, *b)) < BACKGROUND_SHARE_MAX
}

/// Two articles and the passages (by number) that they share.
type SharedPassages<'p> = (&'p (u32, u32), &'p Vec<(u32, u32)>);

/// Joins groups of passages that the same two articles share.
fn join_groups(
    sets: &mut Sets,
    passages: &[&Evidence],
    pairs: &[SharedPassages],
    article: impl Fn(&Evidence) -> u32,
) {
    // Groups as they are before any joining, by article and by group.
    let groups: Vec<u32> = (0..passages.len() as u32).map(|it| sets.of(it)).collect();
    let mut of_article: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let mut members: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (passage, group) in passages.iter().zip(&groups) {
        of_article.entry(article(passage)).or_default().insert(*group);
        members.entry(*group).or_default().insert(article(passage));
    }
    let share_a_group = |c: u32, d: u32| {
        let (Some(x), Some(y)) = (of_article.get(&c), of_article.get(&d)) else { return false };
        let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        few.iter().any(|it| many.contains(it))
    };
    for (_, shared) in pairs {
        let Some((first, _)) = shared.first() else { continue };
        for (passage, _) in shared.iter().skip(1) {
            let (x, y) = (sets.of(*first), sets.of(*passage));
            if x == y {
                continue;
            }
            let none = BTreeSet::new();
            let (in_x, in_y) = (members.get(&x).unwrap_or(&none), members.get(&y).unwrap_or(&none));
            let only_x: Vec<u32> = in_x.difference(in_y).take(JOINED_ARTICLES_MAX).copied().collect();
            let only_y: Vec<u32> = in_y.difference(in_x).take(JOINED_ARTICLES_MAX).copied().collect();
            if only_x.iter().all(|c| only_y.iter().all(|d| share_a_group(*c, *d))) {
                sets.join(x, y);
                let gone = members.remove(&x.max(y)).unwrap_or_default();
                members.entry(x.min(y)).or_default().extend(gone);
            }
        }
    }
}

fn id(passages: &[&Evidence]) -> LineageId {
    let mut hash = Fold::new();
    for it in passages {
        hash = hash
            .bytes(it.article().as_str().as_bytes())
            .number(u64::from(it.span().start))
            .number(u64::from(it.span().end));
    }
    format!("l-{:016x}", hash.finish()).into()
}

/// The agency that text credits or datelines name, and why or why not.
fn agency(articles: &[&Article]) -> (Option<String>, String) {
    let mut named: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for article in articles {
        let outlet = article.outlet.as_deref().unwrap_or(&article.path);
        if let Some(credit) = article.text_credit {
            for it in agencies_in(article.words(credit)) {
                named.entry(it).or_default().push(format!("text credit of {outlet}"));
            }
        }
        for line in article.segments_of(SegmentKind::Dateline) {
            for it in agencies_in(article.words(line.span)) {
                named.entry(it).or_default().push(format!("dateline of {outlet}"));
            }
        }
    }
    let basis = named
        .iter()
        .map(|(name, places)| format!("{name}: {}", places.join(", ")))
        .collect::<Vec<_>>()
        .join("; ");
    match named.len() {
        0 => (None, format!("no text credit or dateline of the {} articles names an agency", articles.len())),
        1 => (named.keys().next().map(|it| (*it).to_owned()), basis),
        _ => (None, format!("several agencies are named: {basis}")),
    }
}
