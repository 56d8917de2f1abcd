//! Agreement packs: TOML to [`truce_model::Agreement`], with errors that
//! point at file, line, column and the mend.
//!
//! A pack is the only place where Trucewatch learns what an agreement says,
//! who may be accused under it and how outlets print their names, so a slip
//! in one is a slip in every reading. Everything that can be checked is
//! checked here, and every message says what to write instead.
//!
//! It does not know where packs lie: it takes text and gives values.

mod check;
mod dates;
mod fields;
mod nearest;
mod places;
mod read;
mod show;
mod template;

pub use check::{PackFile, Report, check};
pub use read::{Reading, read};
pub use show::show;
pub use template::new;

use truce_model::Agreement;

/// Longest pack, or `places.geojson`, that is read.
pub const PACK_BYTES_MAX: usize = 4 << 20;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack cannot be used.
    Error,
    /// The pack can be used; somebody should look.
    Warning,
}

/// One thing wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// Whether the pack can be used all the same.
    pub severity: Severity,
    /// File the error is in, as given.
    pub file: String,
    /// Line, counted from 1; 0 if it concerns the whole file.
    pub line: usize,
    /// Column, counted in characters from 1; 0 if it concerns the whole file.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

impl std::fmt::Display for PackError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, ": {word}: {}", self.what)?;
        if !self.mend.is_empty() {
            write!(f, "; {}", self.mend)?;
        }
        Ok(())
    }
}

impl std::error::Error for PackError {}

/// Reads a pack. `geojson` is the optional `places.geojson` beside it.
///
/// Warnings are left out here; [`read`] gives them too.
///
/// # Errors
/// Everything that is wrong with the pack, in order of position.
pub fn parse(file: &str, toml: &str, geojson: Option<&str>) -> Result<Agreement, Vec<PackError>> {
    let reading = read(file, toml, geojson);
    match reading.agreement {
        Some(agreement) => Ok(agreement),
        None => Err(reading.problems.into_iter().filter(|it| it.severity == Severity::Error).collect()),
    }
}
