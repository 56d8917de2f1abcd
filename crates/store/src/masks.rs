//! Names of private persons that no output shows.
//!
//! A masked name is covered letter by letter, so that every offset still
//! points where it pointed. The ledger has that a name was masked, by whom
//! and why, and never the name.

use serde_json::Value as Json;
use truce_ledger::{Entry, ReviewerId};

use crate::db::with;
use crate::{Store, StoreError};

/// What covers a letter.
const COVER: char = '█';
/// A name longer than this is refused.
const NAME_CHARS_MAX: usize = 120;

/// A masked name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// Its id, which says nothing of the name.
    pub id: String,
    /// The name; shown to administrators alone.
    pub name: String,
    /// Who masked it.
    pub who: String,
    /// When.
    pub at: String,
    /// When it was lifted.
    pub lifted: Option<String>,
}

/// Covers names.
#[derive(Clone, Debug, Default)]
pub struct Masker {
    /// Lower-cased, words parted by single spaces.
    names: Vec<Vec<char>>,
}

impl Masker {
    /// Covers these names.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Masker {
        let mut names: Vec<Vec<char>> =
            names.into_iter().map(folded).filter(|it| it.iter().any(|it| it.is_alphanumeric())).collect();
        names.sort_by_key(|it| std::cmp::Reverse(it.len()));
        Masker { names }
    }

    /// Whether nothing is masked.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The text with the names covered, as many code points as before.
    pub fn text(&self, text: &str) -> String {
        if self.is_empty() {
            return text.to_owned();
        }
        let chars: Vec<char> = text.chars().collect();
        let mut out = chars.clone();
        let mut at = 0;
        while at < chars.len() {
            let starts = at == 0 || !chars[at - 1].is_alphanumeric();
            match starts.then(|| self.names.iter().find_map(|it| ends(&chars, at, it))).flatten() {
                Some(end) => {
                    for (place, ch) in out[at..end].iter_mut().zip(&chars[at..end]) {
                        if !ch.is_whitespace() {
                            *place = COVER;
                        }
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        out.into_iter().collect()
    }

    /// Covers the names in every text of a value; keys stay.
    pub fn json(&self, value: &mut Json) {
        match value {
            Json::String(it) => *it = self.text(it),
            Json::Array(all) => all.iter_mut().for_each(|it| self.json(it)),
            Json::Object(all) => all.values_mut().for_each(|it| self.json(it)),
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }

    /// Covers the names in anything that is written as JSON.
    ///
    /// # Errors
    /// If it does not come back, which only a defect can cause.
    pub fn cover<T: serde::Serialize + serde::de::DeserializeOwned>(&self, it: T) -> Result<T, StoreError> {
        if self.is_empty() {
            return Ok(it);
        }
        let mut value =
            serde_json::to_value(&it).map_err(|_| StoreError::Shape("a value that is no JSON"))?;
        self.json(&mut value);
        serde_json::from_value(value).map_err(|_| StoreError::Shape("a masked value of another shape"))
    }
}

fn fold(ch: char) -> char {
    let mut lower = ch.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(it), None) => it,
        _ => ch,
    }
}

fn folded(name: &str) -> Vec<char> {
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(fold).collect()
}

/// Where a name that begins at `at` ends. Any white space parts its words.
fn ends(chars: &[char], at: usize, name: &[char]) -> Option<usize> {
    let mut here = at;
    for ch in name {
        if *ch == ' ' {
            let from = here;
            while chars.get(here).is_some_and(|it| it.is_whitespace()) {
                here += 1;
            }
            if here == from {
                return None;
            }
        } else if chars.get(here).map(|it| fold(*it)) == Some(*ch) {
            here += 1;
        } else {
            return None;
        }
    }
    (!chars.get(here).is_some_and(|it| it.is_alphanumeric())).then_some(here)
}

impl Store {
    /// Masks a name in every output from now on.
    ///
    /// # Errors
    /// If the name is empty or too long, or no reason is given.
    pub fn mask(&self, name: &str, who: &str, reason: &str) -> Result<String, StoreError> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !(2..=NAME_CHARS_MAX).contains(&name.chars().count()) {
            return Err(StoreError::refused(format!("a name has 2 to {NAME_CHARS_MAX} characters")));
        }
        if reason.trim().is_empty()
            || folded(reason).windows(name.chars().count()).any(|it| it == folded(&name))
        {
            return Err(StoreError::refused("a mask needs a reason, and the reason must not hold the name"));
        }
        let reviewer =
            ReviewerId::new(who).ok_or_else(|| StoreError::refused("a mask needs somebody who sets it"))?;
        let mut id = [0u8; 4];
        getrandom::fill(&mut id).map_err(|_| StoreError::refused("the system gives no random numbers"))?;
        let id = format!("m-{:08x}", u32::from_be_bytes(id));
        self.db.transact(|db| {
            if db.number("SELECT COUNT(*) FROM masks WHERE name = ?1 AND lifted IS NULL", with![&name])? > 0 {
                return Err(StoreError::refused("that name is masked already"));
            }
            db.run(
                "INSERT INTO masks (id, name, who, at) VALUES (?1, ?2, ?3, ?4)",
                with![&id, &name, who, self.clock.stamp()],
            )?;
            let what = format!("name {id} is masked in every output: {reason}");
            self.append(db, &Entry::Noted { what: what.into(), reviewer: Some(reviewer) }, &id, b"")
                .map(|_| ())
        })?;
        self.remember()?;
        Ok(id)
    }

    /// Lifts a mask.
    ///
    /// # Errors
    /// If there is none, or no reason is given.
    pub fn unmask(&self, id: &str, who: &str, reason: &str) -> Result<(), StoreError> {
        let reviewer = ReviewerId::new(who).ok_or_else(|| StoreError::refused("somebody must lift it"))?;
        if reason.trim().is_empty() {
            return Err(StoreError::refused("lifting a mask needs a reason"));
        }
        self.db.transact(|db| {
            let done = db.run(
                "UPDATE masks SET lifted = ?2 WHERE id = ?1 AND lifted IS NULL",
                with![id, self.clock.stamp()],
            )?;
            if done == 0 {
                return Err(StoreError::refused(format!("there is no mask {id} in force")));
            }
            let what = format!("name {id} is no longer masked: {reason}");
            self.append(db, &Entry::Noted { what: what.into(), reviewer: Some(reviewer) }, id, b"")
                .map(|_| ())
        })?;
        self.remember()
    }

    /// All masks, lifted ones too.
    ///
    /// # Errors
    /// What the database says.
    pub fn masks(&self) -> Result<Vec<Mask>, StoreError> {
        self.db.rows("SELECT id, name, who, at, lifted FROM masks ORDER BY at, id", &[], |it| {
            Ok(Mask {
                id: it.text(0)?,
                name: it.text(1)?,
                who: it.text(2)?,
                at: it.text(3)?,
                lifted: it.opt(4)?,
            })
        })
    }

    /// What covers the names that are masked now.
    ///
    /// # Errors
    /// What the database says.
    pub fn masker(&self) -> Result<Masker, StoreError> {
        let names = self.db.rows("SELECT name FROM masks WHERE lifted IS NULL", &[], |it| it.text(0))?;
        Ok(Masker::new(names.iter().map(String::as_str)))
    }
}

#[cfg(test)]
mod tests {
    use super::Masker;

    #[test]
    fn names_are_covered_letter_by_letter() {
        let masker = Masker::new(["Anna Petrova", "Ili"]);
        assert_eq!(masker.text("said ANNA \n PETROVA’s aunt"), "said ████ \n ███████’s aunt");
        assert_eq!(masker.text("Annabel Petrova, Iliad, Ili."), "Annabel Petrova, Iliad, ███.");
        let long = "x Anna Petrova — Ili";
        assert_eq!(masker.text(long).chars().count(), long.chars().count());
    }

    #[test]
    fn every_text_of_a_value_is_covered() {
        let mut value = serde_json::json!({"Ili": ["Ili", {"a": "by Ili"}], "n": 3});
        Masker::new(["Ili"]).json(&mut value);
        assert_eq!(value, serde_json::json!({"Ili": ["███", {"a": "by ███"}], "n": 3}));
    }
}
