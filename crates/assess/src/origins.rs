//! How many reports do not descend from one another.
//!
//! Five outlets printing one wire story are one witness, so parts of text are
//! counted and outlets are not: a part is a passage of a lineage with all its
//! copies, or what an article prints of its own.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Article, ArticleId, Evidence, Lineage, LineageId, Reuse, Span};

/// Which passages belong to which origin.
pub(crate) struct Origins<'a> {
    /// By article: passages with the index of their lineage.
    passages: BTreeMap<&'a ArticleId, Vec<(Span, usize)>>,
    lineages: Vec<&'a Lineage>,
    /// Own text of an article, after the lineages.
    own: BTreeMap<&'a ArticleId, usize>,
    /// What the text of an article is credited to, if it is.
    credits: BTreeMap<usize, String>,
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
        // A reused pair whose end no lineage lists still belongs to the
        // lineage of its other end.
        for pair in reuse {
            for (from, to) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
                let known = |it: &Evidence| -> Option<usize> {
                    let spans = passages.get(it.article())?;
                    spans.iter().find(|(span, _)| span.overlaps(it.span())).map(|it| it.1)
                };
                if let (Some(n), None) = (known(from), known(to)) {
                    passages.entry(to.article()).or_default().push((to.span(), n));
                }
            }
        }
        let mut own = BTreeMap::new();
        let mut credits = BTreeMap::new();
        for article in articles {
            let n = sorted.len() + own.len();
            own.insert(&article.id, n);
            if let Some(credit) = article.text_credit {
                credits.insert(n, article.words(credit).trim().to_lowercase());
            }
        }
        for (n, lineage) in sorted.iter().enumerate() {
            if let Some(agency) = &lineage.agency {
                credits.insert(n, agency.trim().to_lowercase());
            }
        }
        Origins { passages, lineages: sorted, own, credits }
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

    /// Least and most independent origins. At most every origin stands for
    /// itself; at least, all that name the same agency are one.
    pub fn count(&self, origins: &BTreeSet<usize>) -> (usize, usize) {
        let mut agencies: BTreeSet<&str> = BTreeSet::new();
        let mut unnamed = 0;
        for origin in origins {
            match self.credits.get(origin) {
                Some(agency) => {
                    agencies.insert(agency);
                }
                None => unnamed += 1,
            }
        }
        (agencies.len() + unnamed, origins.len())
    }
}
