//! The words by which furniture is told from body, from `lexicon/segments.txt`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const SOURCE: &str = include_str!("../../../lexicon/segments.txt");

/// A class of words in `lexicon/segments.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Section,
    Inset,
    Share,
    Nav,
    Tags,
    Byline,
    Role,
    Signoff,
    Legal,
    Note,
    Picture,
    Caption,
    Agency,
    AgencyPicture,
    Outlet,
    Stamp,
    StampUpdated,
    Service,
}

impl Class {
    fn parse(word: &str) -> Option<Class> {
        Some(match word {
            "section" => Class::Section,
            "inset" => Class::Inset,
            "share" => Class::Share,
            "nav" => Class::Nav,
            "tags" => Class::Tags,
            "byline" => Class::Byline,
            "role" => Class::Role,
            "signoff" => Class::Signoff,
            "legal" => Class::Legal,
            "note" => Class::Note,
            "picture" => Class::Picture,
            "caption" => Class::Caption,
            "agency" => Class::Agency,
            "agency-picture" => Class::AgencyPicture,
            "outlet" => Class::Outlet,
            "stamp" => Class::Stamp,
            "stamp-updated" => Class::StampUpdated,
            "service" => Class::Service,
            _ => return None,
        })
    }
}

struct Phrase {
    words: Vec<&'static str>,
    open: bool,
    class: Class,
}

/// The lexicon, indexed by first word.
pub(crate) struct Lexicon {
    by_first: BTreeMap<&'static str, Vec<Phrase>>,
}

/// How a phrase fits the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// The phrase is the whole line.
    pub(crate) whole: bool,
    /// Number of words of the line that the phrase takes.
    pub(crate) words: usize,
}

/// The lexicon compiled into the program.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::parse(SOURCE))
}

impl Lexicon {
    fn parse(source: &'static str) -> Lexicon {
        let mut by_first: BTreeMap<&'static str, Vec<Phrase>> = BTreeMap::new();
        for line in source.lines() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let mut fields = line.split('|').map(str::trim);
            let class = fields.next().and_then(Class::parse);
            let phrase = fields.next().unwrap_or("");
            // A test checks that no line of the shipped file is skipped here.
            let (Some(class), false) = (class, phrase.is_empty()) else { continue };
            let open = phrase.ends_with('…');
            let words: Vec<&str> = phrase.trim_end_matches('…').split_whitespace().collect();
            let Some(first) = words.first() else { continue };
            by_first.entry(first).or_default().push(Phrase { words, open, class });
        }
        // Longest first, so that "read more" wins over "more".
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|it| std::cmp::Reverse(it.words.len()));
        }
        Lexicon { by_first }
    }

    /// The longest phrase of `class` that begins the words of a line.
    ///
    /// A `…` inside a phrase stands for one word.
    pub(crate) fn fit(&self, words: &[&str], class: Class) -> Option<Fit> {
        let phrases = self.by_first.get(words.first()?)?;
        let found = phrases.iter().find(|it| {
            it.class == class
                && it.words.len() <= words.len()
                && (it.open || it.words.len() == words.len())
                && it.words.iter().zip(words).all(|(a, b)| a == b || *a == "…")
        })?;
        Some(Fit { whole: found.words.len() == words.len(), words: found.words.len() })
    }

    /// Whether a phrase of `class` stands anywhere in the words.
    pub(crate) fn holds(&self, words: &[&str], class: Class) -> bool {
        (0..words.len()).any(|at| self.find_at(&words[at..], class).is_some())
    }

    /// The number of words of the phrase of `class` that stands at the start
    /// of `words`, whatever follows.
    pub(crate) fn find_at(&self, words: &[&str], class: Class) -> Option<usize> {
        let phrases = self.by_first.get(words.first()?)?;
        phrases
            .iter()
            .find(|it| {
                it.class == class
                    && it.words.len() <= words.len()
                    && it.words.iter().zip(words).all(|(a, b)| a == b || *a == "…")
            })
            .map(|it| it.words.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_used() {
        let lines = SOURCE.lines().filter(|it| !it.starts_with('#') && !it.trim().is_empty());
        let mut count = 0;
        for line in lines {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            assert_eq!(fields.len(), 3, "{line}");
            assert!(Class::parse(fields[0]).is_some(), "{line}");
            assert!(!fields[1].is_empty() && !fields[2].is_empty(), "{line}");
            assert_eq!(fields[1], fields[1].to_lowercase(), "{line}");
            count += 1;
        }
        let kept: usize = lexicon().by_first.values().map(Vec::len).sum();
        assert_eq!(kept, count);
    }

    #[test]
    fn longest_phrase_wins() {
        let fit = lexicon().fit(&["read", "more", "here"], Class::Inset).expect("an inset label");
        assert_eq!(fit, Fit { whole: false, words: 2 });
        assert!(lexicon().fit(&["more", "than", "thirty"], Class::Section).is_none());
    }
}
