//! What leaves the house: exports and situation reports.

use std::path::Path;

use truce_publish::{Format, SitrepFormat};

use crate::failure::{DONE, Failure};
use crate::{output, packs};

use super::verify::open;

pub fn export(
    record: &Path,
    format: &str,
    out: Option<&Path>,
    agreement: Option<&Path>,
) -> Result<u8, Failure> {
    let format = Format::parse(format).ok_or_else(|| {
        let known: Vec<&str> = Format::ALL.iter().map(|it| it.name()).collect();
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
    let format = match format {
        "md" | "markdown" => SitrepFormat::Markdown,
        "html" => SitrepFormat::Html,
        _ => return Err(Failure::usage(format!("there is no format {format}"), "give html or md")),
    };
    let agreement = agreement.map(packs::open).transpose()?;
    let (record, _) = open(record)?;
    let previous = previous.map(|it| open(it).map(|it| it.0)).transpose()?;
    let text = truce_publish::sitrep(&record, agreement.as_ref(), previous.as_ref(), format)
        .map_err(|error| Failure::usage(error.to_string(), ""))?;
    output::write_or_print(out, text.as_bytes())?;
    Ok(DONE)
}
