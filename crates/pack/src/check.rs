//! Several packs at once: what no single pack can know.

use std::collections::BTreeMap;

use truce_model::Agreement;

use crate::read::read;
use crate::{PackError, Severity};

/// A pack as it was found.
#[derive(Clone, Copy, Debug)]
pub struct PackFile<'t> {
    /// Path, as shown in messages.
    pub file: &'t str,
    /// The contents of `agreement.toml`.
    pub toml: &'t str,
    /// The contents of `places.geojson` beside it.
    pub geojson: Option<&'t str>,
}

/// What came of checking packs.
#[derive(Clone, Debug)]
pub struct Report {
    /// The packs that can be used, in the order given.
    pub agreements: Vec<Agreement>,
    /// Errors and warnings, file by file.
    pub problems: Vec<PackError>,
}

impl Report {
    /// Whether every pack can be used.
    pub fn is_good(&self) -> bool {
        self.problems.iter().all(|it| it.severity == Severity::Warning)
    }
}

/// Checks packs, each for itself and all together. Of two packs with one id
/// neither is used: nobody can say which is meant.
pub fn check(files: &[PackFile<'_>]) -> Report {
    let mut problems = Vec::new();
    let mut found: Vec<(&str, Agreement)> = Vec::new();
    for it in files {
        let reading = read(it.file, it.toml, it.geojson);
        problems.extend(reading.problems);
        found.extend(reading.agreement.map(|agreement| (it.file, agreement)));
    }
    let mut by_id: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (file, agreement) in &found {
        by_id.entry(agreement.id.clone()).or_default().push(file);
    }
    for (id, files) in by_id.iter().filter(|(_, files)| files.len() > 1) {
        for file in &files[1..] {
            problems.push(PackError {
                severity: Severity::Error,
                file: (*file).to_owned(),
                line: 0,
                column: 0,
                what: format!("the id {id:?} is also that of {}", files[0]),
                mend: "rename one of them or leave one out".to_owned(),
            });
        }
    }
    found.retain(|(_, it)| by_id[&it.id].len() == 1);
    Report { agreements: found.into_iter().map(|(_, it)| it).collect(), problems }
}
