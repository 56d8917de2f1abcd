//! One JSON line per pair of reused passages, then one per lineage.

use std::path::{Path, PathBuf};

use truce_record::TraceLines;

use crate::args::Common;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{output, packs};

use super::{take_in, tell_problems};

pub fn run(common: &Common, reports: &[PathBuf], agreement: Option<&Path>) -> Result<u8, Failure> {
    let agreement = agreement.map(packs::open).transpose()?;
    let progress = Progress::new(common.quiet);
    let mut intake = take_in(common, reports, agreement.as_ref(), &progress)?;
    let traced = truce_pipeline::trace_only(&intake.articles, agreement.as_ref(), &progress);
    let lines = TraceLines::from_model(&intake.articles, &traced.reuse, &traced.lineages);
    output::print(|out| {
        for pair in &lines.reuse {
            serde_json::to_writer(&mut *out, pair)?;
            out.write_all(b"\n")?;
        }
        for lineage in &lines.lineages {
            serde_json::to_writer(&mut *out, lineage)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    intake.problems.extend(traced.problems);
    Ok(tell_problems(&intake.problems))
}
