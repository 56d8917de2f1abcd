//! One JSON line per report.

use std::path::{Path, PathBuf};

use truce_record::ReadLine;

use crate::args::Common;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{output, packs};

use super::{take_in, tell_problems};

pub fn run(
    common: &Common,
    reports: &[PathBuf],
    agreement: Option<&Path>,
    events_only: bool,
) -> Result<u8, Failure> {
    let agreement = agreement.map(packs::open).transpose()?;
    let progress = Progress::new(common.quiet);
    let intake = take_in(common, reports, agreement.as_ref(), &progress)?;
    let outcome = truce_pipeline::run(intake, agreement.as_ref(), common.threads(), &progress);
    output::print(|out| {
        for (article, reading) in &outcome.articles {
            let line = ReadLine::from_model(article, reading);
            if events_only {
                let events = serde_json::json!({ "article": line.article, "events": line.events });
                serde_json::to_writer(&mut *out, &events)?;
            } else {
                serde_json::to_writer(&mut *out, &line)?;
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    Ok(tell_problems(&outcome.all_problems()))
}
