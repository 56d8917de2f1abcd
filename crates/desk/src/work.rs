//! Long work on a store: taking reports in, reading, assessing. It goes on
//! where it was cut off, since every step that is done is in the store.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use truce_extract::RawReport;
use truce_model::{Agreement, Anchor, Article, Assessment, Problem, Reading};
use truce_pack::PackError;
use truce_pipeline::{Program, Watch};
use truce_record::{MadeBy, Parts, ReadLine, Record};
use truce_store::{Arrival, Derived, Incoming, NewDesk, Pack, Proposals, Store, StoreError};

/// Reports written in one transaction, and articles read in one.
pub const BATCH_COUNT: usize = 32;

/// Who makes records.
pub const PROGRAM: Program<'static> = Program { name: "trucewatch", version: env!("CARGO_PKG_VERSION") };

/// Somebody asked the work to stop. What was done stays done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// Why work could not be done.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The store says no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The pack on the desk cannot be read.
    #[error("the desk's agreement pack cannot be read by this program: {0}")]
    Pack(String),
    /// Somebody asked for it.
    #[error("stopped; what was done is kept, and the rest goes on next time")]
    Stopped,
}

/// Program and models, as reviews and proposals are marked with.
pub fn engine() -> String {
    format!("{} {} · {}", PROGRAM.name, PROGRAM.version, truce_pipeline::models().join(", "))
}

/// Checks a pack's files and makes them ready for a store.
///
/// # Errors
/// Everything that is wrong with the pack.
pub fn pack_of(file: &str, toml: String, geojson: Option<String>) -> Result<NewDesk, Vec<PackError>> {
    let agreement = truce_pack::parse(file, &toml, geojson.as_deref())?;
    Ok(NewDesk { pack: Pack { id: agreement.id, sha256: agreement.sha256, toml, geojson } })
}

/// The agreement that a desk watches.
///
/// # Errors
/// If its pack was made for another program.
pub fn agreement_of(store: &Store) -> Result<Agreement, WorkError> {
    let pack = store.pack()?;
    truce_pack::parse("agreement.toml", &pack.toml, pack.geojson.as_deref())
        .map_err(|errors| WorkError::Pack(errors.first().map_or(String::new(), |it| it.what.clone())))
}

fn go_on(stop: &AtomicBool) -> Result<(), WorkError> {
    if stop.load(Ordering::Relaxed) { Err(WorkError::Stopped) } else { Ok(()) }
}

/// Takes reports in: each is extracted and stored, none is read yet. Reports
/// that were acknowledged survive whatever comes.
///
/// # Errors
/// If the store cannot be written; batches before are safe.
pub fn take_in(
    store: &Store,
    reports: impl Iterator<Item = RawReport>,
    anchors: &[Anchor],
    threads: NonZeroUsize,
    stop: &AtomicBool,
    told: &mut dyn FnMut(&str, &Arrival),
) -> Result<Vec<Problem>, WorkError> {
    let mut problems = Vec::new();
    let mut reports = reports.peekable();
    while reports.peek().is_some() {
        go_on(stop)?;
        let batch: Vec<RawReport> = reports.by_ref().take(BATCH_COUNT).collect();
        let extracted = truce_pipeline::map(threads, &batch, |it| truce_extract::extract(it, anchors));
        let mut incoming = Vec::new();
        for (raw, result) in batch.into_iter().zip(extracted) {
            match result {
                Err(problem) => problems.push(problem),
                Ok((article, found)) => {
                    let written = written(&article, &found);
                    problems.extend(found);
                    incoming.push(Incoming { article: written.0, bytes: raw.bytes, problems: written.1 });
                }
            }
        }
        for (report, arrival) in incoming.iter().zip(store.take_in(&incoming)?) {
            told(&report.article.path, &arrival);
        }
    }
    Ok(problems)
}

/// An article that nothing was read in, in the written form.
fn written(article: &Article, problems: &[Problem]) -> (truce_record::Article, Vec<truce_record::Problem>) {
    let line = ReadLine::from_model(article, &Reading::default());
    let plain = |it: &Problem| truce_record::Problem {
        article: it.article.as_ref().map(ToString::to_string),
        end: None,
        stage: it.stage.into(),
        start: None,
        what: it.what.clone(),
    };
    (line.article, problems.iter().map(plain).collect())
}

/// What was read in one article, in the written form.
fn proposals(article: Article, reading: Reading, engine: &str) -> Proposals {
    let made_by = MadeBy { models: Vec::new(), program: String::new(), version: String::new() };
    let read_for = article.published.value.as_ref().map(ToString::to_string);
    let id = article.id.to_string();
    let sentences = reading.sentences;
    let problems = reading.problems.clone();
    let record = truce_record::from_model(Parts {
        made_by: &made_by,
        agreement: None,
        articles: &[(article, reading)],
        reuse: &[],
        lineages: &[],
        assessment: &Assessment::default(),
        problems: &problems,
    });
    Proposals {
        article: id,
        engine: engine.to_owned(),
        read_for,
        sentences,
        statements: record.statements,
        claims: record.claims,
        actors: record.actors,
        problems: record.problems,
    }
}

/// Reads what is new, or was read by another engine or with another date, and
/// assesses everything. What people decided stays as they decided it.
///
/// # Errors
/// If the store cannot be written, or somebody stops it. What was read by
/// then is kept, and the assessment before stands.
pub fn assess(
    store: &Store,
    agreement: &Agreement,
    threads: NonZeroUsize,
    watch: &dyn Watch,
    stop: &AtomicBool,
) -> Result<Derived, WorkError> {
    store.begin_assessment()?;
    let engine = engine();
    let kept = store.kept()?;
    let read: Vec<(Option<String>, Option<String>)> =
        kept.iter().map(|it| (it.engine.clone(), it.read_for.clone())).collect();
    let mut articles: Vec<Article> = kept.into_iter().map(|it| it.article).collect();
    go_on(stop)?;
    let traced = truce_pipeline::trace_only(&articles, Some(agreement), watch);
    truce_pipeline::date_by_twins(&mut articles, &traced);
    let is_new = |n: usize| {
        let date = articles[n].published.value.as_ref().map(ToString::to_string);
        read[n].0.as_deref() != Some(&engine) || read[n].1 != date
    };
    let new: Vec<usize> = (0..articles.len()).filter(|it| is_new(*it)).collect();
    for batch in new.chunks(BATCH_COUNT) {
        go_on(stop)?;
        let batch: Vec<Article> = batch.iter().map(|it| articles[*it].clone()).collect();
        let readings = truce_pipeline::read_each(&batch, Some(agreement), threads, watch);
        let batch: Vec<Proposals> =
            batch.into_iter().zip(readings).map(|it| proposals(it.0, it.1, &engine)).collect();
        store.keep(&batch)?;
    }
    go_on(stop)?;
    let articles = store.effective(articles)?;
    let outcome = truce_pipeline::assess_read(articles, traced, agreement, watch);
    go_on(stop)?;
    Ok(store.put_derived(&outcome.record(PROGRAM, Some(agreement), watch))?)
}

/// The record as the ledger had it at a past moment, assessed by the present
/// program.
///
/// # Errors
/// If the moment is none, or the ledger's payloads are damaged.
pub fn record_as_of(store: &Store, moment: &str, watch: &dyn Watch) -> Result<Record, WorkError> {
    let agreement = agreement_of(store)?;
    let entries = store.entries_at(moment)?;
    let readings = store.as_of(entries)?;
    let (mut articles, readings): (Vec<Article>, Vec<Reading>) = readings.into_iter().unzip();
    let traced = truce_pipeline::trace_only(&articles, Some(&agreement), watch);
    truce_pipeline::date_by_twins(&mut articles, &traced);
    let pairs = articles.into_iter().zip(readings).collect();
    let outcome = truce_pipeline::assess_read(pairs, traced, &agreement, watch);
    Ok(outcome.record(PROGRAM, Some(&agreement), watch))
}
