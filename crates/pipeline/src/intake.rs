//! Reports become articles, each once.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use truce_extract::RawReport;
use truce_model::{Anchor, Article, ArticleId, Problem};

use crate::{Stage, Watch, map};

/// Reports are held as bytes only in batches of this many.
const BATCH_COUNT: usize = 128;

/// Articles, and the reports that were none.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Sorted by id; no id twice.
    pub articles: Vec<Article>,
    /// What could not be taken in, and what is odd about the rest.
    pub problems: Vec<Problem>,
}

/// Turns reports into articles. The same bytes twice are one report: the
/// path that sorts first is kept, and a Problem names the others.
pub fn take_in(
    reports: impl Iterator<Item = RawReport>,
    anchors: &[Anchor],
    threads: NonZeroUsize,
    watch: &dyn Watch,
) -> Intake {
    watch.begin(Stage::Extract, None);
    let mut articles: BTreeMap<ArticleId, (Article, Vec<Problem>)> = BTreeMap::new();
    let mut twins: BTreeMap<ArticleId, Vec<String>> = BTreeMap::new();
    let mut problems = Vec::new();
    let mut reports = reports.peekable();
    while reports.peek().is_some() {
        let batch: Vec<RawReport> = reports.by_ref().take(BATCH_COUNT).collect();
        let done = map(threads, &batch, |raw| {
            let it = truce_extract::extract(raw, anchors);
            watch.step(1);
            it
        });
        for extracted in done {
            match extracted {
                Err(problem) => problems.push(problem),
                Ok((article, found)) => {
                    twins.entry(article.id.clone()).or_default().push(article.path.clone());
                    match articles.get(&article.id) {
                        Some((first, _)) if first.path <= article.path => {}
                        _ => {
                            articles.insert(article.id.clone(), (article, found));
                        }
                    }
                }
            }
        }
    }
    for (id, mut paths) in twins {
        paths.sort();
        if let [first, others @ ..] = paths.as_slice()
            && !others.is_empty()
        {
            let what = format!(
                "{} holds the same bytes as {first} and is counted once; nothing needs to be done",
                others.join(", ")
            );
            problems.push(Problem { article: Some(id), stage: "collect", what, span: None });
        }
    }
    let mut out = Intake { articles: Vec::with_capacity(articles.len()), problems };
    for (article, found) in articles.into_values() {
        out.articles.push(article);
        out.problems.extend(found);
    }
    watch.end(Stage::Extract);
    out
}
