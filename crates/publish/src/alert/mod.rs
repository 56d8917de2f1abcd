//! Alerts: what in a record meets a rule, and was not in the record before.
//!
//! Each shows the words that set it off. Rules are plain data; where they are
//! read from, and how alerts are delivered, is not known here.

mod atom;
mod find;

use serde::{Deserialize, Serialize};
use truce_model::Agreement;
use truce_record::Record;

use crate::view::View;

pub use atom::alerts_atom;

/// What an alert can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A charge.
    Charge,
    /// A denial, or another answer that rejects a charge.
    Denial,
    /// Any claim.
    Claim,
    /// An incident stands otherwise than in the record before.
    Standing,
    /// A quotation was altered inside its marks.
    AlteredQuotation,
    /// A term of the agreement, or a day that somebody named, is ahead.
    Deadline,
}

/// When to give an alert. What is not said holds for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AlertRule {
    /// Its name.
    pub id: String,
    /// What it is about; all occasions if none is named.
    pub on: Vec<Occasion>,
    /// Kinds of conduct.
    pub kind: Vec<String>,
    /// Whoever claims or is accused, or its side.
    pub party: Vec<String>,
    /// Whoever is accused, or its side.
    pub accused: Vec<String>,
    /// Places by their ids.
    pub place: Vec<String>,
    /// Obligations by their ids.
    pub provision: Vec<String>,
    /// How many days ahead a deadline counts; 7 if not said.
    pub days_ahead: Option<u32>,
}

/// Something that meets a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// The same for the same occasion, so that nothing is told twice.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// What it is about.
    pub occasion: Occasion,
    /// In one line.
    pub title: String,
    /// The words that set it off: of a report, or of the agreement.
    pub words: String,
    /// Where they stand: outlet, date, article, code points; or the agreement.
    pub at: String,
    /// Address of the report.
    pub url: Option<String>,
    /// The day it concerns or was reported, `YYYY-MM-DD`.
    pub day: Option<String>,
}

/// Finds what meets the rules and was not in `previous`, in the order of the
/// rules, each occasion once for a rule.
pub fn alerts(
    record: &Record,
    agreement: Option<&Agreement>,
    previous: Option<&Record>,
    rules: &[AlertRule],
) -> Vec<Alert> {
    let view = View::new(record, agreement);
    rules.iter().flat_map(|it| find::meets(&view, previous, it)).collect()
}
