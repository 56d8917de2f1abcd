//! From articles to a record.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use truce_extract::Twin;
use truce_model::{Agreement, Article, ArticleId, Assessment, Basis, Problem, Published, Reading, Span};
use truce_record::{MadeBy, Parts, Record};
use truce_trace::Traced;

use crate::{Intake, Stage, Watch, map};

/// Languages that are read. Reports in others are stored and traced.
pub const READ_LANGUAGES: [&str; 1] = ["en"];

/// Everything the stages found.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Articles with their readings, sorted by id.
    pub articles: Vec<(Article, Reading)>,
    /// Reuse and lineages.
    pub traced: Traced,
    /// Incidents and findings; empty without an agreement.
    pub assessment: Assessment,
    /// Problems of intake and trace.
    pub problems: Vec<Problem>,
}

/// Which program makes a record.
#[derive(Clone, Copy, Debug)]
pub struct Program<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
}

impl Outcome {
    /// Problems of all stages.
    pub fn all_problems(&self) -> Vec<Problem> {
        let readings = self.articles.iter().flat_map(|it| &it.1.problems);
        self.problems.iter().chain(&self.assessment.problems).chain(readings).cloned().collect()
    }

    /// Writes the record.
    pub fn record(&self, program: Program<'_>, agreement: Option<&Agreement>, watch: &dyn Watch) -> Record {
        watch.begin(Stage::Record, Some(self.articles.len()));
        let made_by =
            MadeBy { models: models(), program: program.name.into(), version: program.version.into() };
        let record = truce_record::from_model(Parts {
            made_by: &made_by,
            agreement,
            articles: &self.articles,
            reuse: &self.traced.reuse,
            lineages: &self.traced.lineages,
            assessment: &self.assessment,
            problems: &self.problems,
        });
        watch.end(Stage::Record);
        record
    }
}

/// Traces, reads and assesses what was taken in.
pub fn run(
    intake: Intake,
    agreement: Option<&Agreement>,
    threads: NonZeroUsize,
    watch: &dyn Watch,
) -> Outcome {
    let Intake { mut articles, mut problems } = intake;
    let traced = trace_only(&articles, agreement, watch);
    problems.extend(traced.problems.iter().cloned());
    date_by_twins(&mut articles, &traced);
    problems.extend(articles.iter().filter_map(unread));
    let readings = read_each(&articles, agreement, threads, watch);
    let articles: Vec<(Article, Reading)> = articles.into_iter().zip(readings).collect();
    watch.begin(Stage::Assess, Some(articles.len()));
    let assessment = agreement
        .map(|it| truce_assess::assess(it, &articles, &traced.reuse, &traced.lineages))
        .unwrap_or_default();
    watch.end(Stage::Assess);
    Outcome { articles, traced, assessment, problems }
}

/// The models that read.
pub fn models() -> Vec<String> {
    vec![truce_syntax::Engine::model_name().to_owned()]
}

/// Assesses what was traced and read before, by this run or an earlier one.
pub fn assess_read(
    articles: Vec<(Article, Reading)>,
    traced: Traced,
    agreement: &Agreement,
    watch: &dyn Watch,
) -> Outcome {
    watch.begin(Stage::Assess, Some(articles.len()));
    let assessment = truce_assess::assess(agreement, &articles, &traced.reuse, &traced.lineages);
    watch.end(Stage::Assess);
    let mut problems = traced.problems.clone();
    problems.extend(articles.iter().filter_map(|it| unread(&it.0)));
    Outcome { articles, traced, assessment, problems }
}

/// Dates undated articles by dated ones that print the same passages. Only
/// articles dated without twins serve as twins, so that no date rests on a
/// chain of inferences.
pub fn date_by_twins(articles: &mut [Article], traced: &Traced) {
    let at: BTreeMap<&ArticleId, usize> = articles.iter().enumerate().map(|(n, it)| (&it.id, n)).collect();
    let mut twins: BTreeMap<usize, Vec<(usize, Span)>> = BTreeMap::new();
    for pair in &traced.reuse {
        for (here, there) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
            if let (Some(here_at), Some(there_at)) = (at.get(here.article()), at.get(there.article()))
                && articles[*here_at].published.basis == Basis::Unknown
                && articles[*there_at].published.basis != Basis::Unknown
            {
                twins.entry(*here_at).or_default().push((*there_at, here.span()));
            }
        }
    }
    let dated: Vec<(usize, Published)> = twins
        .into_iter()
        .filter_map(|(here, twins)| {
            let twin = |(there, shared): (usize, Span)| Twin { article: &articles[there], shared };
            let twins: Vec<Twin<'_>> = twins.into_iter().map(twin).collect();
            Some((here, truce_extract::date_from_twins(&articles[here], &twins)?))
        })
        .collect();
    for (here, published) in dated {
        articles[here].published = published;
    }
}

/// Traces reuse. Names that the agreement prints for one thing are equal.
pub fn trace_only(articles: &[Article], agreement: Option<&Agreement>, watch: &dyn Watch) -> Traced {
    watch.begin(Stage::Trace, Some(articles.len()));
    let names: Vec<Vec<String>> = agreement
        .map(|it| it.places.iter().map(|it| it.names.clone()).filter(|it| it.len() > 1).collect())
        .unwrap_or_default();
    let traced = truce_trace::trace(articles, &names);
    watch.end(Stage::Trace);
    traced
}

/// Reads every article that is in a language we read; the others get an
/// empty reading.
pub fn read_each(
    articles: &[Article],
    agreement: Option<&Agreement>,
    threads: NonZeroUsize,
    watch: &dyn Watch,
) -> Vec<Reading> {
    watch.begin(Stage::Read, Some(articles.len()));
    let readings = map(threads, articles, |article| {
        let reading =
            if unread(article).is_some() { Reading::default() } else { truce_read::read(agreement, article) };
        watch.step(1);
        reading
    });
    watch.end(Stage::Read);
    readings
}

/// The Problem of an article in a language that is not read.
pub fn unread(article: &Article) -> Option<Problem> {
    let language = article.language.as_deref()?;
    let known = READ_LANGUAGES.iter().any(|it| language.split('-').next() == Some(it));
    (!known).then(|| Problem {
        article: Some(article.id.clone()),
        stage: "read",
        what: format!(
            "{} is in a language that is not read ({language}); it was stored and traced, \
             and a person who knows the language should read it",
            article.path
        ),
        span: None,
    })
}
