//! The situation report: what changed, what is charged and answered, and how
//! far the reports reach, with the previous period beside it.
//!
//! A sentence that asserts something is an [`Assertion`]; a claim whose words
//! no longer hold fails the report instead of being printed or dropped.

mod build;
mod html;
mod markdown;

use truce_model::Agreement;
use truce_record::Record;

use crate::say::{Assertion, Part};
use crate::view::View;

/// The form a report is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitrepFormat {
    /// CommonMark with tables.
    Markdown,
    /// One self-contained page.
    Html,
}

/// Why no report was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SitrepError {
    /// A sentence would stand without words of an article.
    #[error("no source words hold for {what}: run `trucewatch verify` on the record; nothing was written")]
    Unsourced {
        /// The claim or incident.
        what: String,
    },
}

/// Builds a situation report. `previous` is the record of the period before.
///
/// # Errors
/// [`SitrepError::Unsourced`] if any sentence has no source span.
pub fn sitrep(
    record: &Record,
    agreement: Option<&Agreement>,
    previous: Option<&Record>,
    format: SitrepFormat,
) -> Result<String, SitrepError> {
    let view = View::new(record, agreement);
    let report = build::report(&view, previous)?;
    Ok(match format {
        SitrepFormat::Markdown => markdown::write(&view, &report),
        SitrepFormat::Html => html::write(&view, &report),
    })
}

/// A report before it has a form.
struct Report<'r> {
    title: Vec<Part>,
    sections: Vec<Section<'r>>,
}

/// A part of a report under one heading.
struct Section<'r> {
    title: &'static str,
    blocks: Vec<Block<'r>>,
}

/// What stands in a section.
enum Block<'r> {
    /// A heading inside a section.
    Heading(Vec<Part>),
    /// A sentence about the record, which asserts nothing about the world.
    Note(Vec<Part>),
    /// A sentence about the world.
    Said(Assertion<'r>),
    /// Rows under columns; a row that asserts something carries its grounds.
    Table { head: Vec<&'static str>, rows: Vec<Row<'r>> },
}

/// A row of a table.
struct Row<'r> {
    cells: Vec<Vec<Part>>,
    grounds: Option<crate::say::Grounds<'r>>,
}

/// The number a source is cited under.
fn number(article: usize) -> usize {
    article + 1
}
