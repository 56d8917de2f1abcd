//! The verbs.

mod agreement;
mod alert;
mod brief;
mod collect;
mod desk;
mod eval;
mod leaving;
mod mcp;
mod read;
mod trace;
mod verify;

use std::io::Write;
use std::path::PathBuf;

use truce_model::{Agreement, Anchor, Problem};
use truce_pipeline::{Intake, Program};

use crate::args::{Args, Common, Verb};
use crate::failure::{DONE, Failure, PROBLEMS};
use crate::input::Input;
use crate::progress::Progress;

/// Who makes our records.
pub const PROGRAM: Program<'static> = Program { name: "trucewatch", version: env!("CARGO_PKG_VERSION") };

/// Runs the verb; the exit code if it was done.
pub fn run(args: &Args) -> Result<u8, Failure> {
    let common = &args.common;
    match &args.verb {
        Verb::Brief { reports, agreement, out } => {
            brief::run(common, &reports.reports, agreement, out.as_deref())
        }
        Verb::Read { reports, agreement, events } => {
            read::run(common, &reports.reports, agreement.as_deref(), events.is_some())
        }
        Verb::Trace { reports, agreement } => trace::run(common, &reports.reports, agreement.as_deref()),
        Verb::Verify { record, reports } => verify::run(common, record, reports),
        Verb::Export { record, format, out, agreement } => {
            leaving::export(record, format, out.as_deref(), agreement.as_deref())
        }
        Verb::Sitrep { record, format, out, previous, agreement } => {
            leaving::sitrep(record, format, out.as_deref(), previous.as_deref(), agreement.as_deref())
        }
        Verb::Desk { store, listen, origin, agreement, verb } => {
            let given = desk::Given {
                store,
                listen: *listen,
                origin: origin.clone(),
                agreement: agreement.as_deref(),
            };
            desk::run(common, &given, verb.as_ref())
        }
        Verb::Collect { sources, out, watch, status } => collect::run(common, sources, out, *watch, *status),
        Verb::Alert { record, rules, previous, agreement, atom } => {
            alert::run(common, record, rules, previous.as_deref(), agreement.as_deref(), atom.as_deref())
        }
        Verb::Mcp { record, agreement } => mcp::run(record, agreement.as_deref()),
        Verb::Agreement(verb) => agreement::run(common, verb),
        Verb::Eval(verb) => eval::run(common, verb),
    }
}

/// Takes the reports in; fails if none could be.
fn take_in(
    common: &Common,
    reports: &[PathBuf],
    agreement: Option<&Agreement>,
    progress: &Progress,
) -> Result<Intake, Failure> {
    let anchors: &[Anchor] = agreement.map_or(&[], |it| &it.anchors);
    let input = Input::find(reports)?;
    let mut intake = truce_pipeline::take_in(input.reports(), anchors, common.threads(), progress);
    intake.problems.extend(input.into_problems());
    if intake.articles.is_empty() {
        tell_problems(&intake.problems);
        return Err(Failure::nothing(
            "nothing could be read",
            "mend the problems above, or give other reports",
        ));
    }
    Ok(intake)
}

/// How many problems are listed; the rest is counted.
const PROBLEMS_LISTED_MAX: usize = 20;

/// Lists the problems that concern whole reports. Those that concern words
/// stand in the record beside the words.
fn tell_problems(problems: &[Problem]) -> u8 {
    let mut whole: Vec<&Problem> = problems.iter().filter(|it| it.span.is_none()).collect();
    whole.sort();
    whole.dedup();
    let mut err = std::io::stderr().lock();
    for it in whole.iter().take(PROBLEMS_LISTED_MAX) {
        let _ = writeln!(err, "problem ({}): {}", it.stage, it.what);
    }
    if whole.len() > PROBLEMS_LISTED_MAX {
        let _ = writeln!(err, "and {} more problems", whole.len() - PROBLEMS_LISTED_MAX);
    }
    if whole.is_empty() { DONE } else { PROBLEMS }
}
