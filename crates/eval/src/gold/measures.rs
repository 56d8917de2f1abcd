//! The numbers, and how they are printed.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// How many fitted: a count, or a sum of shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Matched {
    /// A count.
    Count(usize),
    /// A sum of shares (Jaccard).
    Sum(f64),
}

impl Matched {
    fn value(self) -> f64 {
        match self {
            Matched::Count(it) => it as f64,
            Matched::Sum(it) => it,
        }
    }

    fn json(self) -> Value {
        match self {
            Matched::Count(it) => json!(it),
            Matched::Sum(it) => json!(it),
        }
    }
}

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// `claim full`.
    pub name: &'static str,
    /// Items coded (or compared).
    pub gold: usize,
    /// Items read.
    pub predicted: usize,
    /// Items that fit.
    pub matched: Matched,
    /// Whether it is a share of `gold` (accuracy) and not a retrieval.
    pub is_rate: bool,
}

impl Measure {
    pub(crate) fn prf(name: &'static str, gold: usize, predicted: usize, matched: usize) -> Measure {
        Measure { name, gold, predicted, matched: Matched::Count(matched), is_rate: false }
    }

    pub(crate) fn rate(name: &'static str, n: usize, correct: usize) -> Measure {
        Measure { name, gold: n, predicted: n, matched: Matched::Count(correct), is_rate: true }
    }

    /// Precision.
    pub fn precision(&self) -> f64 {
        share(self.matched.value(), self.predicted, self.gold)
    }

    /// Recall.
    pub fn recall(&self) -> f64 {
        share(self.matched.value(), self.gold, self.predicted)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    /// The share that is right; `None` if nothing was compared.
    pub fn accuracy(&self) -> Option<f64> {
        (self.gold > 0).then(|| self.matched.value() / self.gold as f64)
    }

    /// What floors are compared with: F1 or accuracy.
    pub fn value(&self) -> Option<f64> {
        if self.is_rate { self.accuracy() } else { Some(self.f1()) }
    }
}

/// Nothing to find and nothing found is right; something found is wrong.
fn share(matched: f64, of: usize, other: usize) -> f64 {
    match (of, other) {
        (0, 0) => 1.0,
        (0, _) => 0.0,
        _ => matched / of as f64,
    }
}

/// Whether the record's spans are the article's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrity {
    /// Spans compared.
    pub spans_checked: usize,
    /// Those that do not hold, in words.
    pub violations: Vec<String>,
    /// Claims read outside headline, subhead and body.
    pub claims_in_not_body: usize,
    /// Statements read there.
    pub statements_in_not_body: usize,
}

/// Counts that are no measures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Claims found that the gold lists as optional.
    pub optional_claims_found: usize,
    /// Claims resting on the headline alone.
    pub headline_only_claims: usize,
    /// Second claims for what one gold claim holds.
    pub duplicate_claims: usize,
    /// Claims with claimant and accused exchanged.
    pub reversed_claims: usize,
    /// Dates given where the gold has none.
    pub dates_invented: usize,
    /// Articles of the gold that the record lacks.
    pub missing_articles: Vec<String>,
}

/// Everything measured on one gold file.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// The gold file, as given.
    pub gold: String,
    /// In the order printed.
    pub measures: Vec<Measure>,
    /// Whether spans hold.
    pub integrity: Integrity,
    /// Other counts.
    pub notes: Notes,
    /// What was missed, false or different.
    pub listing: Vec<Vec<String>>,
}

impl Scores {
    /// The measure of this name.
    pub fn measure(&self, name: &str) -> Option<&Measure> {
        self.measures.iter().find(|it| it.name == name)
    }

    /// As the gold's script prints with `--json`.
    pub fn to_json(&self, record: &str, list: bool) -> Value {
        let mut measures = Map::new();
        for it in &self.measures {
            let mut fields = Map::new();
            fields.insert("gold".into(), json!(it.gold));
            fields.insert("predicted".into(), json!(it.predicted));
            fields.insert("matched".into(), it.matched.json());
            if it.is_rate {
                fields.insert("accuracy".into(), json!(it.accuracy()));
            } else {
                fields.insert("precision".into(), json!(it.precision()));
                fields.insert("recall".into(), json!(it.recall()));
                fields.insert("f1".into(), json!(it.f1()));
            }
            measures.insert(it.name.into(), Value::Object(fields));
        }
        const VIOLATIONS_LISTED_MAX: usize = 50;
        let violations: Vec<&String> = self.integrity.violations.iter().take(VIOLATIONS_LISTED_MAX).collect();
        let mut out = json!({
            "gold": self.gold,
            "integrity": {
                "claims_in_not_body": self.integrity.claims_in_not_body,
                "spans_checked": self.integrity.spans_checked,
                "statements_in_not_body": self.integrity.statements_in_not_body,
                "violation_list": violations,
                "violations": self.integrity.violations.len(),
            },
            "measures": measures,
            "notes": {
                "dates_invented": self.notes.dates_invented,
                "duplicate_claims": self.notes.duplicate_claims,
                "headline_only_claims": self.notes.headline_only_claims,
                "missing_articles": self.notes.missing_articles,
                "optional_claims_found": self.notes.optional_claims_found,
                "reversed_claims": self.notes.reversed_claims,
            },
            "record": record,
        });
        if list {
            out["listing"] = json!(self.listing);
        }
        out
    }

    /// One table for people.
    pub fn table(&self) -> String {
        let mut out = format!(
            "{:30}{:>8}{:>8}{:>9}{:>8}{:>8}{:>8}\n",
            "measure", "gold", "pred", "match", "prec", "recall", "F1"
        );
        for it in &self.measures {
            let matched = match it.matched {
                Matched::Count(it) => it.to_string(),
                Matched::Sum(it) => format!("{it:.1}"),
            };
            let _ = write!(out, "{:30}{:>8}{:>8}{matched:>9}", it.name, it.gold, it.predicted);
            let _ = match (it.is_rate, it.accuracy()) {
                (false, _) => writeln!(out, "{:8.3}{:8.3}{:8.3}", it.precision(), it.recall(), it.f1()),
                (true, Some(accuracy)) => writeln!(out, "{:>16}{accuracy:8.3}", "accuracy"),
                (true, None) => writeln!(out, "{:>24}", "none"),
            };
        }
        let integrity = &self.integrity;
        let _ = writeln!(
            out,
            "integrity: {} violations in {} spans (must be 0); in not-body segments: {} claims, {} statements (must be 0)",
            integrity.violations.len(),
            integrity.spans_checked,
            integrity.claims_in_not_body,
            integrity.statements_in_not_body
        );
        for it in &integrity.violations {
            let _ = writeln!(out, "   {it}");
        }
        let notes = &self.notes;
        let _ = writeln!(
            out,
            "notes: optional_claims_found {}, headline_only_claims {}, duplicate_claims {}, reversed_claims {}, \
             dates_invented {}, missing_articles {:?}",
            notes.optional_claims_found,
            notes.headline_only_claims,
            notes.duplicate_claims,
            notes.reversed_claims,
            notes.dates_invented,
            notes.missing_articles
        );
        out
    }
}
