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

/// Groups `reuse` into lineages. Passages of one origin are those tied by
/// reuse; two such groups are one lineage where the same two articles share
/// both.
pub fn lineages(articles: &[&Article], reuse: &[Reuse]) -> Vec<Lineage> {
    let number: BTreeMap<&str, usize> =
        articles.iter().enumerate().map(|(n, it)| (it.id.as_str(), n)).collect();
    // Passages, each once.
    let mut passages: Vec<&Evidence> = reuse.iter().flat_map(|it| [&it.a, &it.b]).collect();
    passages.sort();
    passages.dedup();
    let at = |it: &Evidence| passages.binary_search(&it).unwrap_or(0) as u32;
    let mut sets = Sets::new(passages.len());
    let mut first_of_pair: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for it in reuse {
        let (a, b) = (at(&it.a), at(&it.b));
        sets.join(a, b);
        let pair = (it.a.article().as_str(), it.b.article().as_str());
        let first = *first_of_pair.entry(pair).or_insert(a);
        sets.join(first, a);
    }
    let mut groups: BTreeMap<u32, Vec<&Evidence>> = BTreeMap::new();
    for (n, it) in passages.iter().enumerate() {
        groups.entry(sets.of(n as u32)).or_default().push(it);
    }
    let mut out: Vec<Lineage> = groups
        .into_values()
        .map(|group| {
            let ids: BTreeSet<_> = group.iter().map(|it| it.article().clone()).collect();
            let members: Vec<&Article> =
                ids.iter().filter_map(|it| number.get(it.as_str())).map(|it| articles[*it]).collect();
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
