//! `cargo run --release -p xtask -- bench`: how fast the whole is, and how
//! the time is shared among the stages.
//!
//! The example's reports are repeated with small edits until there are
//! enough; every copy has bytes of its own, and most of its sentences are
//! those of the others, as in a day's wire copy.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use truce_extract::{Given, RawReport};
use truce_pipeline::{Program, Stage, Watch};

/// Runs the whole on `count` reports with `threads` threads.
///
/// # Errors
/// If the example or its pack cannot be read.
pub fn run(root: &Path, args: &[&str]) -> Result<(), String> {
    let mut count = 10_000usize;
    let mut threads = NonZeroUsize::new(2).expect("two is not zero");
    for pair in args.chunks(2) {
        let bad = || format!("bench: cannot read {pair:?}; --reports N, --threads N");
        match pair {
            ["--reports", it] => count = it.parse().map_err(|_| bad())?,
            ["--threads", it] => threads = it.parse().map_err(|_| bad())?,
            _ => return Err(bad()),
        }
    }
    let pack = root.join("agreements/alder-2031/agreement.toml");
    let toml = std::fs::read_to_string(&pack).map_err(|error| format!("{}: {error}", pack.display()))?;
    let agreement = truce_pack::parse("alder-2031", &toml, None).map_err(|it| format!("{it:?}"))?;
    let seeds = seeds(&root.join("examples/alder/articles"))?;
    let bytes: usize = (0..count).map(|n| copy(&seeds, n).bytes.len()).sum();

    // Models are opened once per process and are not what is measured.
    let warm = truce_pipeline::take_in(
        std::iter::once(copy(&seeds, 0)),
        &agreement.anchors,
        threads,
        &truce_pipeline::Silent,
    );
    truce_pipeline::run(warm, Some(&agreement), threads, &truce_pipeline::Silent);

    let clock = Clock::default();
    let began = Instant::now();
    let reports = (0..count).map(|n| copy(&seeds, n));
    let intake = truce_pipeline::take_in(reports, &agreement.anchors, threads, &clock);
    let articles = intake.articles.len();
    let outcome = truce_pipeline::run(intake, Some(&agreement), threads, &clock);
    let program = Program { name: "trucewatch", version: "bench" };
    let record = outcome.record(program, Some(&agreement), &clock);
    let json = record.to_json();
    let whole = began.elapsed();

    let megabytes = bytes as f64 / 1e6;
    println!("{count} reports ({articles} articles, {megabytes:.1} MB), {threads} threads");
    println!("| stage | seconds | share | articles/s | MB/s |");
    println!("|---|---|---|---|---|");
    let row = |name: &str, took: Duration| {
        let seconds = took.as_secs_f64().max(1e-9);
        println!(
            "| {name} | {seconds:.2} | {:.1} % | {:.0} | {:.2} |",
            100.0 * seconds / whole.as_secs_f64(),
            articles as f64 / seconds,
            megabytes / seconds
        );
    };
    let times = clock.times.lock().map_err(|error| error.to_string())?;
    for (stage, took) in times.iter() {
        row(stage.as_str(), *took);
    }
    row("whole", whole);
    println!(
        "{} statements, {} claims, {} incidents, {} reuse pairs, {} lineages; record {:.1} MB",
        record.statements.len(),
        record.claims.len(),
        record.incidents.len(),
        record.reuse.len(),
        record.lineages.len(),
        json.len() as f64 / 1e6
    );
    match peak_memory_kb() {
        Some(kb) => println!("peak memory {} MB", kb / 1024),
        None => println!("peak memory unknown: this system has no /proc/self/status"),
    }
    Ok(())
}

#[derive(Default)]
struct Clock {
    began: Mutex<Option<Instant>>,
    times: Mutex<Vec<(Stage, Duration)>>,
}

impl Watch for Clock {
    fn begin(&self, _: Stage, _: Option<usize>) {
        *self.began.lock().expect("no thread panics while it times") = Some(Instant::now());
    }

    fn step(&self, _: usize) {}

    fn end(&self, stage: Stage) {
        let began = self.began.lock().expect("no thread panics while it times").take();
        let took = began.map(|it| it.elapsed()).unwrap_or_default();
        self.times.lock().expect("no thread panics while it times").push((stage, took));
    }
}

fn seeds(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut out = Vec::new();
    for it in std::fs::read_dir(folder).map_err(failed)? {
        let path = it.map_err(failed)?.path();
        // Encodings are not what is measured: only UTF-8 files are repeated.
        if let Ok(text) = std::fs::read_to_string(&path) {
            let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            out.push((name, text));
        }
    }
    out.sort();
    if out.is_empty() { Err(format!("{} holds no reports", folder.display())) } else { Ok(out) }
}

/// Copy number `n`: one sentence of its own, and another number wherever
/// the original has `three`.
fn copy(seeds: &[(String, String)], n: usize) -> RawReport {
    let (name, text) = &seeds[n % seeds.len()];
    let mut text = text.replace(" three ", &format!(" {} ", 3 + n / seeds.len() % 40));
    let own = format!(" The desk of edition {n} confirmed the time of printing.");
    let at = text.rfind(". ").map_or(text.len(), |it| it + 1);
    text.insert_str(at, &own);
    RawReport {
        path: format!("{n:06}-{name}"),
        bytes: text.into_bytes(),
        format: None,
        given: Given::default(),
    }
}

fn peak_memory_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
