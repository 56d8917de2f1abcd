//! Reports from feeds, sitemaps, pages and folders.

use std::io::Write;
use std::path::Path;

use truce_collect::{Collector, Event, Fetcher, Round, Sources, StateError, Status, System};

use crate::args::Common;
use crate::failure::{DONE, Failure, NOTHING, PROBLEMS};
use crate::output;

pub fn run(common: &Common, file: &Path, out: &Path, watch: bool, status: bool) -> Result<u8, Failure> {
    let shown = file.display();
    let toml = std::fs::read_to_string(file).map_err(|error| {
        Failure::usage(
            format!("cannot read {shown}: {error}"),
            "give the file of sources; docs/collect.md shows one",
        )
    })?;
    let mut sources = Sources::parse(&toml).map_err(|error| {
        Failure::usage(format!("{shown}: {error}"), "docs/collect.md shows a file of sources")
    })?;
    // Folders are meant as seen from the file that names them.
    let base = file.parent().unwrap_or(Path::new(""));
    for it in sources.all.iter_mut().filter(|it| !it.path.as_os_str().is_empty()) {
        it.path = base.join(&it.path);
    }
    let settings = sources.settings.clone();
    let fetcher = Fetcher::new(&settings.contact, settings.allow_hosts, settings.pause, System::default());
    let mut collector = Collector::new(sources, out, fetcher).map_err(kept)?;
    if status {
        tell(common, &collector.status())?;
        return Ok(DONE);
    }
    let mut told = |event: Event| say(common, &event);
    let round = collector.round(&mut told).map_err(kept)?;
    let mut quiet = silent(&collector.status());
    if !watch {
        tell(common, &collector.status())?;
        if !common.quiet && !common.json {
            sum(round, collector.archive());
        }
        let all_failed = round.asked > 0 && round.failed == round.asked && round.kept == 0;
        let worth_a_look = round.failed > 0 || round.missed > 0 || !quiet.is_empty();
        return Ok(match (all_failed, worth_a_look) {
            (true, _) => NOTHING,
            (false, true) => PROBLEMS,
            (false, false) => DONE,
        });
    }
    loop {
        collector.rest(collector.idle());
        let round = collector.round(&mut told).map_err(kept)?;
        if round.kept > 0 && !common.quiet {
            sum(round, collector.archive());
        }
        // A source that falls silent is told once.
        let now = silent(&collector.status());
        for it in now.iter().filter(|it| !quiet.contains(it)) {
            let _ = writeln!(std::io::stderr(), "silent: {it} gives nothing new; that is not a quiet day");
        }
        quiet = now;
    }
}

fn silent(all: &[Status]) -> Vec<String> {
    all.iter().filter(|it| it.silent).map(|it| it.source.clone()).collect()
}

fn kept(error: StateError) -> Failure {
    Failure::usage(
        format!("cannot keep what was collected: {error}"),
        "make room or choose another folder; what was kept so far is whole",
    )
}

fn say(common: &Common, event: &Event) {
    let mut err = std::io::stderr().lock();
    let _ = match event {
        Event::Kept { source, address } if !common.quiet => writeln!(err, "{source}: {address}"),
        Event::Kept { .. } => Ok(()),
        Event::Failed { source, what } => writeln!(err, "problem ({source}): {what}"),
        Event::Missed { source, what } => writeln!(err, "missed ({source}): {what}"),
    };
}

fn sum(round: Round, archive: Option<&Path>) {
    let mut err = std::io::stderr().lock();
    let place = archive.map_or(String::new(), |it| format!(" in {}", it.display()));
    let _ = writeln!(
        err,
        "{} new report(s) kept{place}; {} source(s) asked, {} failed, {} report(s) missed",
        round.kept, round.asked, round.failed, round.missed
    );
}

/// How each source stands: a line each, or JSON.
fn tell(common: &Common, all: &[Status]) -> Result<(), Failure> {
    if common.json {
        let text = serde_json::to_string_pretty(all).map_err(|it| Failure::usage(it.to_string(), ""))?;
        return output::print(|out| writeln!(out, "{text}"));
    }
    if common.quiet {
        return Ok(());
    }
    output::print(|out| {
        for it in all {
            let last =
                it.last_new.map_or("never".to_owned(), |it| it.strftime("%Y-%m-%d %H:%M UTC").to_string());
            let stands = match (&it.failure, it.silent) {
                (Some(failure), _) => format!("FAILS ({} in a row): {failure}", it.failures),
                (None, true) => "SILENT: gives nothing new; that is not a quiet day".to_owned(),
                (None, false) => "answers".to_owned(),
            };
            writeln!(out, "{}  {} report(s), the last {last}; {stands}", it.source, it.reports)?;
        }
        Ok(())
    })
}
