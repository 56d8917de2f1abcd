//! What leaves the house: exports and situation reports.

use std::path::Path;

use truce_publish::{Format, SitrepForm};

use crate::failure::{DONE, Failure};
use crate::{output, packs};

use super::verify::open;

pub fn export(
    record: &Path,
    format: &str,
    out: Option<&Path>,
    agreement: Option<&Path>,
) -> Result<u8, Failure> {
    if format == "site" {
        return site(record, out, agreement);
    }
    let format = Format::parse(format).ok_or_else(|| {
        let mut known: Vec<&str> = Format::ALL.iter().map(|it| it.name()).collect();
        known.push("site");
        Failure::usage(format!("there is no format {format}"), format!("give one of {}", known.join(", ")))
    })?;
    let agreement = agreement.map(packs::open).transpose()?;
    let (record, _) = open(record)?;
    let bytes = truce_publish::export(&record, agreement.as_ref(), format)
        .map_err(|error| Failure::usage(error.to_string(), "choose another format"))?;
    output::write_or_print(out, &bytes)?;
    Ok(DONE)
}

pub fn sitrep(
    record: &Path,
    format: &str,
    out: Option<&Path>,
    previous: Option<&Path>,
    agreement: Option<&Path>,
) -> Result<u8, Failure> {
    let form = SitrepForm::parse(format).ok_or_else(|| {
        let known: Vec<&str> = SitrepForm::ALL.iter().map(|it| it.name()).collect();
        Failure::usage(format!("there is no format {format}"), format!("give one of {}", known.join(", ")))
    })?;
    let agreement = agreement.map(packs::open).transpose()?;
    let (record, _) = open(record)?;
    let previous = previous.map(|it| open(it).map(|it| it.0)).transpose()?;
    let bytes = truce_publish::sitrep_file(&record, agreement.as_ref(), previous.as_ref(), form)
        .map_err(|error| Failure::usage(error.to_string(), ""))?;
    output::write_or_print(out, &bytes)?;
    Ok(DONE)
}

fn site(record: &Path, out: Option<&Path>, agreement: Option<&Path>) -> Result<u8, Failure> {
    let out = out.ok_or_else(|| Failure::usage("a site needs a folder", "give --out DIR"))?;
    let agreement = agreement.map(packs::open).transpose()?;
    let (record, _) = open(record)?;
    let files = truce_publish::site(&record, agreement.as_ref())
        .map_err(|error| Failure::usage(error.to_string(), ""))?;
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.path.as_str(), it.bytes.as_slice())).collect();
    output::write_tree(out, &files, SITE_MARK)?;
    Ok(DONE)
}

/// A file that every site has: a folder with it may be replaced.
const SITE_MARK: &str = "data/record.json";
