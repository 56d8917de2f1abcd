//! Words that are written with a full stop.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// How an abbreviation stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Before a name: ends no sentence (`Gen.`).
    Title,
    /// Before a figure: an ordinary word otherwise (`No.`).
    Number,
    /// A month or weekday.
    Month,
    /// May end a sentence (`Inc.`).
    Plain,
    /// Single letters with full stops (`U.S.`); may end a sentence.
    Letters,
    /// One capital letter (`M.`), as in names.
    Initial,
}

fn list() -> &'static BTreeMap<&'static str, Abbreviation> {
    static LIST: OnceLock<BTreeMap<&'static str, Abbreviation>> = OnceLock::new();
    LIST.get_or_init(|| {
        include_str!("../../../lexicon/abbreviations.txt")
            .lines()
            .filter(|it| !it.starts_with('#'))
            .filter_map(|it| it.split_once('\t'))
            .filter_map(|(word, class)| {
                let class = match class {
                    "title" => Abbreviation::Title,
                    "number" => Abbreviation::Number,
                    "month" => Abbreviation::Month,
                    "plain" => Abbreviation::Plain,
                    _ => return None,
                };
                Some((word, class))
            })
            .collect()
    })
}

/// The class of `word`, given without its last full stop.
pub fn class(word: &str) -> Option<Abbreviation> {
    if let Some(class) = list().get(word) {
        return Some(*class);
    }
    let mut parts = 0;
    for part in word.split('.') {
        let mut chars = part.chars();
        if !(chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()) {
            return None;
        }
        parts += 1;
    }
    match parts {
        1 if word.chars().all(char::is_uppercase) && word != "I" => Some(Abbreviation::Initial),
        0 | 1 => None,
        _ => Some(Abbreviation::Letters),
    }
}

#[cfg(test)]
mod tests {
    use super::{Abbreviation, class};

    #[test]
    fn classes() {
        assert_eq!(class("Gen"), Some(Abbreviation::Title));
        assert_eq!(class("U.S"), Some(Abbreviation::Letters));
        assert_eq!(class("U.N.S.C"), Some(Abbreviation::Letters));
        assert_eq!(class("M"), Some(Abbreviation::Initial));
        assert_eq!(class("town"), None);
        assert_eq!(class(""), None);
        assert_eq!(class("a"), None);
    }
}
