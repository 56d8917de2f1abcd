//! Which text a claim's words come from.
//!
//! Five outlets printing one wire story are one witness, so parts of text are
//! counted and outlets are not: a part is a passage of a lineage with all its
//! copies, or what an article prints of its own. How many are independent is
//! counted by the model's [`truce_model::OriginIndex`].

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Article, ArticleId, Evidence, Lineage, LineageId, OriginIndex, Reuse, Span};

/// Which passages belong to which origin.
pub(crate) struct Origins<'a> {
    /// By article: passages with the index of their lineage.
    passages: BTreeMap<&'a ArticleId, Vec<(Span, usize)>>,
    lineages: Vec<&'a Lineage>,
    /// Own text of an article, after the lineages.
    own: BTreeMap<&'a ArticleId, usize>,
    index: OriginIndex,
}

impl<'a> Origins<'a> {
    pub fn new(
        articles: impl Iterator<Item = &'a Article>,
        reuse: &'a [Reuse],
        lineages: &'a [Lineage],
    ) -> Origins<'a> {
        let mut sorted: Vec<&Lineage> = lineages.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let mut passages: BTreeMap<&ArticleId, Vec<(Span, usize)>> = BTreeMap::new();
        for (n, lineage) in sorted.iter().enumerate() {
            for passage in &lineage.passages {
                passages.entry(passage.article()).or_default().push((passage.span(), n));
            }
        }
        let own = articles.enumerate().map(|(n, it)| (&it.id, sorted.len() + n)).collect();
        Origins { passages, lineages: sorted, own, index: OriginIndex::new(reuse, lineages) }
    }

    /// The origin of a claim's words: the lineage that holds most of them, or
    /// the article's own text.
    pub fn of(&self, evidence: &[Evidence]) -> usize {
        let mut held: BTreeMap<usize, usize> = BTreeMap::new();
        for it in evidence {
            for (span, n) in self.passages.get(it.article()).into_iter().flatten() {
                let shared = span.overlap(it.span());
                // Less than half of the words is no descent: a name or a
                // formula may be shared by anybody.
                if shared * 2 >= it.span().len() {
                    *held.entry(*n).or_default() += shared;
                }
            }
        }
        let most = held.into_iter().max_by_key(|(n, shared)| (*shared, std::cmp::Reverse(*n)));
        most.map(|it| it.0)
            .or_else(|| evidence.first().and_then(|it| self.own.get(it.article()).copied()))
            .unwrap_or(usize::MAX)
    }

    /// The lineages among these origins.
    pub fn lineages(&self, origins: &BTreeSet<usize>) -> Vec<LineageId> {
        origins.iter().filter_map(|it| self.lineages.get(*it)).map(|it| it.id.clone()).collect()
    }

    /// Least and most independent origins of these words, and why.
    pub fn count(&self, evidence: &[Evidence]) -> (usize, usize, Vec<String>) {
        let counted = self.index.origins(evidence);
        (counted.least, counted.most, counted.reasons)
    }
}
