//! Who says what.

pub mod cues;
pub mod quotes;

use truce_model::{Agreement, Statement};

use crate::prepared::Prepared;

/// Reads the statements in a prepared article.
pub fn statements(agreement: Option<&Agreement>, prepared: &Prepared<'_>) -> Vec<Statement> {
    let _ = (agreement, prepared);
    Vec::new()
}
