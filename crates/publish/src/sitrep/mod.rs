//! The situation report: what changed, what is charged and answered, and how
//! far the reports reach, with the previous period beside it.
//!
//! A sentence that asserts something is an [`Assertion`]; a claim whose words
//! no longer hold fails the report instead of being printed or dropped.

mod beside;
mod build;
mod docx;
mod html;
mod markdown;
mod pdf;

pub(crate) use beside::same as same_incident;

use truce_model::Agreement;
use truce_record::Record;

use crate::say::{Assertion, Part};
use crate::view::{Cite, View};

/// The form a report is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitrepFormat {
    /// CommonMark with tables.
    Markdown,
    /// One self-contained page.
    Html,
}

/// The form of a report as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitrepForm {
    /// CommonMark with tables.
    Markdown,
    /// One self-contained page.
    Html,
    /// For Word and LibreOffice.
    Docx,
    /// Typeset, with its fonts.
    Pdf,
}

impl SitrepForm {
    /// All forms, in order.
    pub const ALL: &'static [SitrepForm] =
        &[SitrepForm::Markdown, SitrepForm::Html, SitrepForm::Docx, SitrepForm::Pdf];

    /// The name on the command line, which is the usual ending of a file.
    pub fn name(self) -> &'static str {
        match self {
            SitrepForm::Markdown => "md",
            SitrepForm::Html => "html",
            SitrepForm::Docx => "docx",
            SitrepForm::Pdf => "pdf",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            SitrepForm::Markdown => "text/markdown; charset=utf-8",
            SitrepForm::Html => "text/html; charset=utf-8",
            SitrepForm::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            SitrepForm::Pdf => "application/pdf",
        }
    }

    /// The form with this name.
    pub fn parse(name: &str) -> Option<SitrepForm> {
        let name = if name == "markdown" { "md" } else { name };
        SitrepForm::ALL.iter().copied().find(|it| it.name() == name)
    }
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
    /// The report could not be put into its form.
    #[error("the report could not be written: {what}")]
    Written {
        /// What the writer says.
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

/// Builds a situation report as a file. `previous` is the record of the
/// period before. The same records give the same bytes.
///
/// # Errors
/// [`SitrepError::Unsourced`] if any sentence has no source span.
pub fn sitrep_file(
    record: &Record,
    agreement: Option<&Agreement>,
    previous: Option<&Record>,
    form: SitrepForm,
) -> Result<Vec<u8>, SitrepError> {
    let view = View::new(record, agreement);
    let report = build::report(&view, previous)?;
    Ok(match form {
        SitrepForm::Markdown => markdown::write(&view, &report).into_bytes(),
        SitrepForm::Html => html::write(&view, &report).into_bytes(),
        SitrepForm::Docx => docx::write(&view, &report)?,
        SitrepForm::Pdf => pdf::write(&view, &report),
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

/// Whether any row of a table asserts something and so has source words.
fn has_words(rows: &[Row]) -> bool {
    rows.iter().any(|it| it.grounds.is_some())
}

/// The words of parts, without form.
fn plain(parts: &[Part]) -> String {
    let one = |it: &Part| match it {
        Part::Ours(it) | Part::Theirs(it) => it.clone(),
    };
    parts.iter().map(one).collect()
}

/// `3:120–188`: article and code points.
fn label(it: Cite) -> String {
    let (start, end) = it.position();
    format!("{}:{start}–{end}", number(it.article()))
}

/// The number a source is cited under.
fn number(article: usize) -> usize {
    article + 1
}
