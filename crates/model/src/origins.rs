//! How many independent origins the words behind a claim have.

use std::collections::{BTreeMap, BTreeSet};

use truce_text::normalise::{Names, words};

use crate::{ArticleId, Evidence, Lineage, LineageId, Reuse, ReuseKind, Span};

/// Words in a row inside quotation marks that two prints must share to be
/// held one quotation.
const QUOTATION_WORDS_MIN: usize = 4;

/// Independent origins of some evidence, as an interval: text cannot tell
/// whether two reporters heard one remark or one of them copied it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// Number of origins if everything that may hang together does.
    pub least: usize,
    /// Number of origins if only shared text hangs together.
    pub most: usize,
    /// The articles of each origin (as counted in `most`), sorted.
    pub groups: Vec<Vec<ArticleId>>,
    /// Why evidence was held to be of one origin, or perhaps of one.
    pub reasons: Vec<String>,
}

/// The reused passages of a batch, ready to count origins.
#[derive(Clone, Debug, Default)]
pub struct OriginIndex {
    /// By article: passages, their lineage, and whether they are only possibly
    /// prints of it (paraphrases).
    passages: BTreeMap<ArticleId, Vec<(Span, LineageId, bool)>>,
    /// Lineages tied by a passage that they share: one sentence of background
    /// makes no lineage of two stories, but that sentence has one origin.
    ties: BTreeMap<(ArticleId, Span), usize>,
}

impl OriginIndex {
    /// Indexes what the trace stage found.
    pub fn new(reuse: &[Reuse], lineages: &[Lineage]) -> OriginIndex {
        // A passage tied by anything better than a paraphrase is certain.
        let certain: BTreeSet<(&ArticleId, Span)> = reuse
            .iter()
            .filter(|it| it.kind != ReuseKind::Paraphrase)
            .flat_map(|it| [&it.a, &it.b])
            .map(|it| (it.article(), it.span()))
            .collect();
        let mut passages: BTreeMap<ArticleId, Vec<(Span, LineageId, bool)>> = BTreeMap::new();
        for lineage in lineages {
            for it in &lineage.passages {
                let possible = !certain.contains(&(it.article(), it.span()));
                passages.entry(it.article().clone()).or_default().push((
                    it.span(),
                    lineage.id.clone(),
                    possible,
                ));
            }
        }
        passages.values_mut().for_each(|it| it.sort());
        OriginIndex { passages, ties: ties(reuse) }
    }

    /// Counts the independent origins of `evidence`: the words behind one
    /// claim, or behind all charges of one incident.
    ///
    /// Evidence inside passages of one lineage has one origin. Text that
    /// shares nothing is the article's own. In doubt (a paraphrase; own words
    /// in an article that also prints the lineage; the same quotation) the
    /// two are one in `least` and two in `most`.
    pub fn origins(&self, evidence: &[Evidence]) -> Origins {
        let mut evidence: Vec<&Evidence> = evidence.iter().collect();
        evidence.sort();
        evidence.dedup();
        let mut count = Count::new(evidence.len());
        let homes: Vec<Home> = evidence.iter().map(|it| self.home(it)).collect();
        // One lineage is one origin; so is one article's own text.
        let mut first_in: BTreeMap<(bool, &str), usize> = BTreeMap::new();
        for (n, home) in homes.iter().enumerate() {
            let key = match home {
                Home::Lineage(id, _) => (true, id.as_str()),
                Home::Own => (false, evidence[n].article().as_str()),
            };
            match first_in.get(&key) {
                None => {
                    first_in.insert(key, n);
                }
                Some(first) => {
                    let sure = !is_possible(&homes[*first]) && !is_possible(home);
                    if evidence[*first].article() != evidence[n].article() {
                        count.reasons.insert(match sure {
                            true => format!(
                                "{} and {} print one text",
                                evidence[*first].article(),
                                evidence[n].article()
                            ),
                            false => format!(
                                "{} and {} may be one text in other words",
                                evidence[*first].article(),
                                evidence[n].article()
                            ),
                        });
                    }
                    count.join(*first, n, sure);
                }
            }
        }
        let mut first_tied: BTreeMap<usize, usize> = BTreeMap::new();
        for (n, it) in evidence.iter().enumerate() {
            let Some(tie) = self.home_span(it).and_then(|span| self.ties.get(&(it.article().clone(), span)))
            else {
                continue;
            };
            let first = *first_tied.entry(*tie).or_insert(n);
            if !count.are_joined(first, n) {
                count.reasons.insert(format!(
                    "{} and {} print one text",
                    evidence[first].article(),
                    it.article()
                ));
                count.join(first, n, true);
            }
        }
        self.perhaps_rewritten(&evidence, &homes, &mut count);
        same_quotations(&evidence, &mut count);
        count.finish(&evidence)
    }

    /// Own words in an article that prints a lineage may be that lineage retold.
    fn perhaps_rewritten(&self, evidence: &[&Evidence], homes: &[Home], count: &mut Count) {
        let mut first_of: BTreeMap<&LineageId, usize> = BTreeMap::new();
        for (n, home) in homes.iter().enumerate() {
            if let Home::Lineage(id, _) = home {
                first_of.entry(id).or_insert(n);
            }
        }
        for n in (0..homes.len()).filter(|it| matches!(homes[*it], Home::Own)) {
            for (_, id, _) in self.passages.get(evidence[n].article()).into_iter().flatten() {
                let Some(first) = first_of.get(id) else { continue };
                count.reasons.insert(format!(
                    "{} says it in its own words but also prints the text of {}",
                    evidence[n].article(),
                    evidence[*first].article()
                ));
                count.join(n, *first, false);
            }
        }
    }

    fn home(&self, evidence: &Evidence) -> Home {
        match self.passage(evidence) {
            Some((_, id, possible)) => Home::Lineage(id.clone(), *possible),
            None => Home::Own,
        }
    }

    fn home_span(&self, evidence: &Evidence) -> Option<Span> {
        self.passage(evidence).map(|it| it.0)
    }

    /// The passage that holds most of `evidence`.
    fn passage(&self, evidence: &Evidence) -> Option<&(Span, LineageId, bool)> {
        let span = evidence.span();
        self.passages
            .get(evidence.article())
            .into_iter()
            .flatten()
            .filter(|it| it.0.overlap(span) * 2 >= it.0.len().min(span.len()))
            .max_by_key(|it| (it.0.overlap(span), std::cmp::Reverse((it.0, &it.1))))
    }
}

/// Passages tied by reuse that is no mere paraphrase, by the number of their set.
fn ties(reuse: &[Reuse]) -> BTreeMap<(ArticleId, Span), usize> {
    let mut number: BTreeMap<(ArticleId, Span), usize> = BTreeMap::new();
    let mut sets: Vec<usize> = Vec::new();
    for it in reuse.iter().filter(|it| it.kind != ReuseKind::Paraphrase) {
        let mut at = |end: &Evidence| {
            *number.entry((end.article().clone(), end.span())).or_insert_with(|| {
                sets.push(sets.len());
                sets.len() - 1
            })
        };
        let (a, b) = (at(&it.a), at(&it.b));
        let (a, b) = (Count::find(&mut sets, a), Count::find(&mut sets, b));
        sets[a.max(b)] = a.min(b);
    }
    number.into_iter().map(|(passage, it)| (passage, Count::find(&mut sets, it))).collect()
}

/// Counts the independent origins of `evidence`; see [`OriginIndex::origins`],
/// which is quicker for many claims.
pub fn origins(evidence: &[Evidence], reuse: &[Reuse], lineages: &[Lineage]) -> Origins {
    OriginIndex::new(reuse, lineages).origins(evidence)
}

/// Where words come from.
enum Home {
    /// A passage of this lineage; `true` if only perhaps.
    Lineage(LineageId, bool),
    /// The article's own text.
    Own,
}

fn is_possible(home: &Home) -> bool {
    matches!(home, Home::Lineage(_, true))
}

/// Evidence joined surely and perhaps.
struct Count {
    sure: Vec<usize>,
    perhaps: Vec<usize>,
    reasons: BTreeSet<String>,
}

impl Count {
    fn new(n: usize) -> Count {
        Count { sure: (0..n).collect(), perhaps: (0..n).collect(), reasons: BTreeSet::new() }
    }

    fn find(sets: &mut [usize], mut it: usize) -> usize {
        while sets[it] != it {
            sets[it] = sets[sets[it]];
            it = sets[it];
        }
        it
    }

    fn join(&mut self, a: usize, b: usize, sure: bool) {
        let join = |sets: &mut Vec<usize>| {
            let (a, b) = (Count::find(sets, a), Count::find(sets, b));
            sets[a.max(b)] = a.min(b);
        };
        if sure {
            join(&mut self.sure);
        }
        join(&mut self.perhaps);
    }

    fn are_joined(&mut self, a: usize, b: usize) -> bool {
        Count::find(&mut self.sure, a) == Count::find(&mut self.sure, b)
    }

    fn finish(mut self, evidence: &[&Evidence]) -> Origins {
        let mut groups: BTreeMap<usize, BTreeSet<ArticleId>> = BTreeMap::new();
        let mut least = BTreeSet::new();
        for (n, it) in evidence.iter().enumerate() {
            groups.entry(Count::find(&mut self.sure, n)).or_default().insert(it.article().clone());
            least.insert(Count::find(&mut self.perhaps, n));
        }
        let mut groups: Vec<Vec<ArticleId>> =
            groups.into_values().map(|it| it.into_iter().collect()).collect();
        groups.sort();
        Origins {
            least: least.len(),
            most: groups.len(),
            groups,
            reasons: self.reasons.into_iter().collect(),
        }
    }
}

/// The same words in quotation marks: heard twice, or copied once.
fn same_quotations(evidence: &[&Evidence], count: &mut Count) {
    let mut first_of: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
    for (n, it) in evidence.iter().enumerate() {
        let words = words(it.exact(), 0, &Names::default());
        for quoted in words.chunk_by(|x, y| x.quoted == y.quoted).filter(|it| it[0].quoted) {
            for run in quoted.windows(QUOTATION_WORDS_MIN).filter(|it| it.iter().any(|it| !it.function)) {
                let keys: Vec<u64> = run.iter().map(|it| it.key).collect();
                let first = *first_of.entry(keys).or_insert(n);
                if !count.are_joined(first, n) {
                    count.reasons.insert(format!(
                        "{} and {} print the same quotation: heard by both, or copied",
                        evidence[first].article(),
                        it.article()
                    ));
                    count.join(first, n, false);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::origins;
    use crate::{Article, Evidence, Lineage, Published, Reuse, ReuseKind, Segment, SegmentKind, Span};

    fn article(id: &str, text: &str) -> Article {
        Article {
            id: id.into(),
            path: id.into(),
            sha256: String::new(),
            outlet: None,
            url: None,
            title: None,
            language: None,
            published: Published::unknown("a test"),
            text: text.into(),
            segments: vec![Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) }],
            text_credit: None,
            picture_credit: None,
        }
    }

    fn cite(article: &Article, words: &str) -> Evidence {
        let at = article.text.find(words).expect("words");
        Evidence::cite(article, Span::new(at, at + words.len())).expect("span")
    }

    fn lineage(id: &str, passages: &[&Evidence]) -> Lineage {
        Lineage {
            id: id.into(),
            articles: passages.iter().map(|it| it.article().clone()).collect(),
            passages: passages.iter().map(|it| (*it).clone()).collect(),
            agency: None,
            agency_basis: String::new(),
        }
    }

    const WIRE: &str = "Northland shelled Alder Pass on Sunday.";

    #[test]
    fn a_reprint_is_no_second_origin() {
        let a = article("a", WIRE);
        let b = article("b", &format!("{WIRE} Rivermark shut the road, shops said."));
        let (x, y) = (cite(&a, WIRE), cite(&b, WIRE));
        let own = cite(&b, "Rivermark shut the road, shops said.");
        let reuse = [Reuse { a: x.clone(), b: y.clone(), kind: ReuseKind::Verbatim, changes: Vec::new() }];
        let lineages = [lineage("l", &[&x, &y])];
        let got = origins(&[x.clone(), y.clone()], &reuse, &lineages);
        assert_eq!((got.least, got.most), (1, 1));
        assert_eq!(got.groups, [["a".into(), "b".into()]]);
        // Own words of the reprinter are perhaps the wire retold.
        let got = origins(&[x, own], &reuse, &lineages);
        assert_eq!((got.least, got.most), (1, 2));
        assert_eq!(got.reasons, ["b says it in its own words but also prints the text of a"]);
    }

    #[test]
    fn text_of_their_own_counts_apart() {
        let (a, b) = (article("a", WIRE), article("b", "Guns opened up at Alder Pass, a shepherd said."));
        let got = origins(&[cite(&a, WIRE), cite(&b, "Guns opened up at Alder Pass")], &[], &[]);
        assert_eq!((got.least, got.most), (2, 2));
        assert!(got.reasons.is_empty());
    }

    #[test]
    fn the_same_quotation_is_one_or_two() {
        let a = article("a", "The envoy called it “a grave breach of the Alder accord” on Sunday.");
        let b = article("b", "To the envoy, \"a grave breach of the Alder accord\" had happened.");
        let got = origins(&[cite(&a, &a.text.clone()), cite(&b, &b.text.clone())], &[], &[]);
        assert_eq!((got.least, got.most), (1, 2));
        assert_eq!(got.reasons.len(), 1);
    }

    #[test]
    fn nothing_has_no_origin() {
        let got = origins(&[], &[], &[]);
        assert_eq!((got.least, got.most), (0, 0));
    }
}
