//! Floors: figures below which a change does not pass.
//!
//! A floor belongs to a corpus by name and digest, so that neither the texts
//! nor their annotation can change unseen.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use truce_eval::gold::Scores;

use crate::failure::Failure;

/// The file of floors.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floors {
    #[serde(default)]
    corpus: Vec<Corpus>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    /// Name of the gold's folder.
    name: String,
    /// See [`super::gold`].
    digest: String,
    /// By measure.
    floors: BTreeMap<String, f64>,
}

/// Opens the file; none is no floors.
pub fn open(path: &Path) -> Result<Floors, Failure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Floors::default()),
        Err(error) => {
            return Err(Failure::usage(format!("cannot read {}: {error}", path.display()), "check the file"));
        }
    };
    toml::from_str(&text).map_err(|error| {
        Failure::usage(
            format!("{}: {error}", path.display()),
            "each [[corpus]] has name, digest and [corpus.floors]",
        )
    })
}

impl Floors {
    /// What of `scores` is below its floor.
    pub fn below(&self, name: &str, digest: &str, scores: &Scores) -> Vec<String> {
        let mut out = Vec::new();
        for corpus in self.corpus.iter().filter(|it| it.name == name) {
            if corpus.digest != digest {
                out.push(format!(
                    "{name}: the corpus is not the one its floors were set on (digest {digest}, floors for {})",
                    corpus.digest
                ));
                continue;
            }
            for (measure, floor) in &corpus.floors {
                match scores.measure(measure).map(|it| it.value()) {
                    None => out.push(format!("{name}: there is no measure {measure:?}")),
                    Some(value) if value.is_none_or(|it| it < *floor) => {
                        let value = value.map_or("none".to_owned(), |it| format!("{it:.3}"));
                        out.push(format!("{name}: {measure} is {value}, its floor is {floor:.3}"));
                    }
                    Some(_) => {}
                }
            }
        }
        out
    }
}
