//! Names of the sides, all read as one well-known name.
//!
//! A parser learns from what it met: *Iraq* is everywhere in its treebank,
//! another country is nowhere, and a sentence about the one is parsed better
//! than the same sentence about the other. Reading all names of the
//! agreement's sides as one name takes that away: exchange two names, and the
//! trees are the same.

use std::collections::BTreeMap;

use truce_model::{ActorKind, Agreement};

/// What a name is read as: a country, its adjective, its people. Frequent in
/// the treebank and in newspaper sentences about conflicts.
const NOUN: &str = "Iraq";
const ADJECTIVE: &str = "Iraqi";
const PEOPLE: &str = "Iraqis";

/// The one-word names of an agreement's sides.
pub(crate) struct StandIns {
    words: BTreeMap<String, &'static str>,
}

impl StandIns {
    /// From the pack; without one nothing is replaced.
    pub fn new(agreement: Option<&Agreement>) -> StandIns {
        let mut words = BTreeMap::new();
        for actor in agreement.iter().flat_map(|it| &it.actors) {
            let side =
                matches!(actor.kind, ActorKind::State | ActorKind::ArmedGroup | ActorKind::DeFactoAuthority);
            if !side {
                continue;
            }
            for name in actor.names.iter().filter(|it| is_one_name(it)) {
                words.insert(name.clone(), form(name, &actor.names));
            }
        }
        StandIns { words }
    }

    /// A number that tells one pack's names from another's.
    pub fn mark(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for byte in
            self.words.iter().flat_map(|(word, read)| word.bytes().chain([0]).chain(read.bytes()).chain([1]))
        {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hash
    }

    /// What `word` is to be read as, if it is a name of a side.
    pub fn of(&self, word: &str) -> Option<&'static str> {
        self.words.get(word).copied()
    }
}

fn is_one_name(name: &str) -> bool {
    name.len() >= 4
        && name.chars().all(char::is_alphabetic)
        && name.starts_with(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
}

/// Whether a name is the country, its adjective or its people, by its ending
/// and by the other names beside it.
fn form(name: &str, others: &[String]) -> &'static str {
    let adjective = |it: &str| {
        let ending = ["ish", "ese", "ian", "i"].iter().any(|ending| it.ends_with(ending));
        let longer = others.iter().any(|other| {
            let stem = other.len().saturating_sub(1).max(4);
            other.len() < it.len()
                && it.len() - other.len() <= 3
                && other.get(..stem).is_some_and(|stem| it.starts_with(stem))
        });
        let adjectival = ["n", "i", "er", "ic"].iter().any(|ending| it.ends_with(ending));
        ending || (longer && adjectival)
    };
    match name.strip_suffix('s') {
        Some(one) if others.iter().any(|it| it == one) => PEOPLE,
        Some(one) if adjective(one) => PEOPLE,
        _ if adjective(name) => ADJECTIVE,
        _ => NOUN,
    }
}

#[cfg(test)]
mod tests {
    use super::{ADJECTIVE, NOUN, PEOPLE, form};

    #[test]
    fn countries_adjectives_and_peoples() {
        let names: Vec<String> = ["Northland", "Northlander", "Northlanders", "Maridia", "Maridian", "Ostra"]
            .map(String::from)
            .to_vec();
        assert_eq!(form("Northland", &names), NOUN);
        assert_eq!(form("Northlander", &names), ADJECTIVE);
        assert_eq!(form("Northlanders", &names), PEOPLE);
        assert_eq!(form("Maridia", &names), NOUN);
        assert_eq!(form("Maridian", &names), ADJECTIVE);
        assert_eq!(form("Ostra", &names), NOUN);
    }
}
