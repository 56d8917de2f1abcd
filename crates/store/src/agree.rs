//! How far two coders agree: span F1 and Krippendorff's alpha.

use std::collections::{BTreeMap, BTreeSet};

use truce_record::Claim;

use crate::db::with;
use crate::{Store, StoreError};

/// What one coder made of one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// The claim.
    pub claim: String,
    /// `confirmed`, `amended`, `rejected`, …
    pub verdict: String,
    /// The claim as coded; `None` if it was rejected.
    pub coded: Option<Claim>,
}

/// Krippendorff's alpha for one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Alpha {
    /// The field.
    pub field: &'static str,
    /// Claims that both coded.
    pub items: usize,
    /// `None` where it is not defined: no items, or no variation at all.
    pub alpha: Option<f64>,
    /// Share of items on which both agree.
    pub same: f64,
}

/// A claim on which the coders differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The claim.
    pub claim: String,
    /// Field, first coder's value, second coder's value.
    pub fields: Vec<(&'static str, String, String)>,
}

/// How far two coders agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement2 {
    /// Claims that both coded.
    pub both: usize,
    /// Claims that only one coded.
    pub only: (usize, usize),
    /// F1 of the evidence spans that each accepted, exact.
    pub span_f1: Option<f64>,
    /// By field.
    pub alphas: Vec<Alpha>,
    /// What has to be adjudicated.
    pub disagreements: Vec<Disagreement>,
}

const FIELDS: [&str; 6] = ["verdict", "stance", "claimant", "accused", "kind", "provisions"];

fn field(it: &Coding, name: &str) -> Option<String> {
    if name == "verdict" {
        return Some(if it.coded.is_some() { "a claim" } else { "no claim" }.to_owned());
    }
    let claim = it.coded.as_ref()?;
    let none = || "none".to_owned();
    Some(match name {
        "stance" => claim.stance.clone(),
        "claimant" => claim.claimant.clone().unwrap_or_else(none),
        "accused" => claim.accused.clone().unwrap_or_else(none),
        "kind" => claim.kind.clone().unwrap_or_else(none),
        _ => claim
            .provisions
            .iter()
            .cloned()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
            .join(" "),
    })
}

/// Krippendorff's alpha for nominal data. Each unit holds the values that its
/// coders gave; units with fewer than two say nothing.
///
/// `None` if there is no pair, or all values are the same, where chance
/// agreement is certain and alpha is not defined.
pub fn krippendorff_nominal(units: &[Vec<String>]) -> Option<f64> {
    let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
    let mut observed = 0.0;
    let mut n = 0.0;
    for unit in units.iter().filter(|it| it.len() >= 2) {
        let size = unit.len() as f64;
        n += size;
        let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
        for value in unit {
            *counts.entry(value).or_default() += 1.0;
            *totals.entry(value).or_default() += 1.0;
        }
        let same: f64 = counts.values().map(|it| it * (it - 1.0)).sum();
        observed += (size * (size - 1.0) - same) / (size - 1.0);
    }
    if n < 2.0 {
        return None;
    }
    let same: f64 = totals.values().map(|it| it * (it - 1.0)).sum();
    let expected = (n * (n - 1.0) - same) / (n - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// F1 of two sets of spans, each an article, a start and an end.
pub fn span_f1(a: &BTreeSet<(String, usize, usize)>, b: &BTreeSet<(String, usize, usize)>) -> Option<f64> {
    let all = a.len() + b.len();
    (all > 0).then(|| 2.0 * a.intersection(b).count() as f64 / all as f64)
}

fn spans<'c>(codings: impl Iterator<Item = &'c Coding>) -> BTreeSet<(String, usize, usize)> {
    let claims = codings.filter_map(|it| it.coded.as_ref());
    claims.flat_map(|it| it.evidence.iter().map(|it| (it.article.clone(), it.start, it.end))).collect()
}

/// Compares two coders on the claims that both coded.
pub fn compare_coders(a: &[Coding], b: &[Coding]) -> Agreement2 {
    let of_a: BTreeMap<&str, &Coding> = a.iter().map(|it| (it.claim.as_str(), it)).collect();
    let of_b: BTreeMap<&str, &Coding> = b.iter().map(|it| (it.claim.as_str(), it)).collect();
    let pairs: Vec<(&Coding, &Coding)> =
        of_a.iter().filter_map(|(id, it)| Some((*it, *of_b.get(id)?))).collect();
    let mut alphas = Vec::new();
    for name in FIELDS {
        let units: Vec<Vec<String>> = pairs
            .iter()
            .map(|it| [field(it.0, name), field(it.1, name)].into_iter().flatten().collect())
            .collect();
        let full: Vec<&Vec<String>> = units.iter().filter(|it| it.len() == 2).collect();
        let same = full.iter().filter(|it| it[0] == it[1]).count();
        alphas.push(Alpha {
            field: name,
            items: full.len(),
            alpha: krippendorff_nominal(&units),
            same: if full.is_empty() { 0.0 } else { same as f64 / full.len() as f64 },
        });
    }
    let mut disagreements = Vec::new();
    for (x, y) in &pairs {
        let say = |it: &Coding, name| field(it, name).unwrap_or_else(|| "—".into());
        let differ = |name: &&'static str| {
            (field(x, name) != field(y, name)).then(|| (*name, say(x, name), say(y, name)))
        };
        let mut fields: Vec<_> = FIELDS.iter().filter_map(differ).collect();
        let places = |it: &Coding| {
            let all: Vec<String> =
                spans(std::iter::once(it)).into_iter().map(|it| format!("{}–{}", it.1, it.2)).collect();
            all.join(", ")
        };
        if x.coded.is_some() && y.coded.is_some() && places(x) != places(y) {
            fields.push(("evidence", places(x), places(y)));
        }
        if !fields.is_empty() {
            disagreements.push(Disagreement { claim: x.claim.clone(), fields });
        }
    }
    Agreement2 {
        both: pairs.len(),
        only: (of_a.len() - pairs.len(), of_b.len() - pairs.len()),
        span_f1: span_f1(&spans(pairs.iter().map(|it| it.0)), &spans(pairs.iter().map(|it| it.1))),
        alphas,
        disagreements,
    }
}

impl Store {
    /// Who coded, and how many claims.
    ///
    /// # Errors
    /// What the database says.
    pub fn coders(&self) -> Result<Vec<(String, usize)>, StoreError> {
        self.db.rows("SELECT coder, COUNT(*) FROM codings GROUP BY coder ORDER BY coder", &[], |it| {
            Ok((it.text(0)?, it.count(1)?))
        })
    }

    /// What one coder coded.
    ///
    /// # Errors
    /// What the database says.
    pub fn codings(&self, coder: &str) -> Result<Vec<Coding>, StoreError> {
        self.db.rows(
            "SELECT claim, verdict, json FROM codings WHERE coder = ?1 ORDER BY claim",
            with![coder],
            |it| {
                let coded = it.opt(2)?.map(|it| serde_json::from_str(&it)).transpose();
                Ok(Coding {
                    claim: it.text(0)?,
                    verdict: it.text(1)?,
                    coded: coded.map_err(|_| StoreError::Shape("a coding of another shape"))?,
                })
            },
        )
    }

    /// Claims that a coder has not coded yet, oldest first after `after`.
    ///
    /// # Errors
    /// What the database says.
    pub fn uncoded(&self, coder: &str, after: u64) -> Result<Option<String>, StoreError> {
        self.db.one(
            "SELECT id FROM claims c WHERE offered = 1 AND n > ?2 AND NOT EXISTS \
             (SELECT 1 FROM codings k WHERE k.claim = c.id AND k.coder = ?1) ORDER BY n LIMIT 1",
            with![coder, after],
            |it| it.text(0),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|it| it.iter().map(|it| (*it).to_owned()).collect()).collect()
    }

    /// The worked example of Krippendorff (2011), "Computing Krippendorff's
    /// alpha-reliability", nominal data, two observers: 0.095.
    #[test]
    fn binary_example_of_the_literature() {
        let a = "0 1 0 0 0 0 0 0 1 0";
        let b = "1 1 1 0 0 1 0 0 0 0";
        let pairs: Vec<Vec<String>> =
            a.split(' ').zip(b.split(' ')).map(|it| vec![it.0.into(), it.1.into()]).collect();
        let alpha = krippendorff_nominal(&pairs).expect("defined");
        assert!((alpha - 0.095).abs() < 0.001, "{alpha}");
    }

    /// The same paper, example C: four observers, missing values, nominal:
    /// 0.743.
    #[test]
    fn example_with_missing_values() {
        let rows = [
            "1 2 3 3 2 1 4 1 2 * * *",
            "1 2 3 3 2 2 4 1 2 5 * 3",
            "* 3 3 3 2 3 4 2 2 5 1 *",
            "1 2 3 3 2 4 4 1 2 5 1 *",
        ];
        let rows: Vec<Vec<&str>> = rows.iter().map(|it| it.split(' ').collect()).collect();
        let data: Vec<Vec<String>> = (0..12)
            .map(|n| rows.iter().map(|it| it[n]).filter(|it| *it != "*").map(str::to_owned).collect())
            .collect();
        let alpha = krippendorff_nominal(&data).expect("defined");
        assert!((alpha - 0.743).abs() < 0.001, "{alpha}");
    }

    #[test]
    fn ends_of_the_scale() {
        assert_eq!(krippendorff_nominal(&units(&[&["a", "a"], &["b", "b"]])), Some(1.0));
        assert_eq!(krippendorff_nominal(&units(&[&["a", "a"], &["a", "a"]])), None);
        assert_eq!(krippendorff_nominal(&units(&[&["a"], &[]])), None);
        assert!(krippendorff_nominal(&units(&[&["a", "b"], &["b", "a"]])).expect("defined") < 0.0);
    }
}
