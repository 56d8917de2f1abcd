//! Reports to a compliance brief.

use std::path::{Path, PathBuf};

use crate::args::Common;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{output, packs};

use super::{PROGRAM, take_in, tell_problems};

/// A screen, whatever the terminal's size: the same input prints the same.
const SUMMARY_COLUMNS: usize = 96;
const SUMMARY_LINES: usize = 40;

pub fn run(
    common: &Common,
    reports: &[PathBuf],
    agreement: &Path,
    out: Option<&Path>,
) -> Result<u8, Failure> {
    let agreement = packs::open(agreement)?;
    let progress = Progress::new(common.quiet);
    let intake = take_in(common, reports, Some(&agreement), &progress)?;
    let outcome = truce_pipeline::run(intake, Some(&agreement), common.threads(), &progress);
    let record = outcome.record(PROGRAM, Some(&agreement), &progress);
    let json = record.to_json();
    if let Some(out) = out {
        let html = truce_publish::brief_html(&record, Some(&agreement));
        output::write_folder(out, &[("record.json", json.as_bytes()), ("brief.html", html.as_bytes())])?;
    }
    if common.json {
        output::print(|out| out.write_all(json.as_bytes()))?;
    } else if !common.quiet {
        let text = truce_publish::summary(&record, Some(&agreement), SUMMARY_COLUMNS, SUMMARY_LINES);
        output::print(|out| out.write_all(text.as_bytes()))?;
    }
    Ok(tell_problems(&outcome.all_problems()))
}
