//! Signatures of governing words, read from `lexicon/veridicality.txt`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

static TEXT: &str = include_str!("../../../../lexicon/veridicality.txt");

/// How a word governs what is below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Complement {
    /// A clause with a finite verb.
    Finite,
    /// An infinitive.
    Infinitive,
    /// A noun or gerund.
    Nominal,
}

/// What is left of a complement's own truth, in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// When the governing word holds.
    pub so: i8,
    /// When it is negated.
    pub not: i8,
}

/// The signatures by part of speech (`v`, `n`, `a`) and lemma.
#[derive(Debug, Default)]
pub struct Signatures {
    words: BTreeMap<&'static str, Vec<(char, &'static str, Signature)>>,
    /// Lines that could not be read; a test keeps this empty.
    pub malformed: Vec<&'static str>,
}

impl Signatures {
    /// The lexicon in the program.
    pub fn embedded() -> &'static Signatures {
        static LEXICON: OnceLock<Signatures> = OnceLock::new();
        LEXICON.get_or_init(|| Signatures::read(TEXT))
    }

    /// The signature of a word for this complement.
    pub fn of(&self, part: char, lemma: &str, complement: Complement) -> Option<Signature> {
        let letter = match complement {
            Complement::Finite => 't',
            Complement::Infinitive => 'i',
            Complement::Nominal => 'n',
        };
        let rows = self.words.get(lemma)?;
        rows.iter().find(|it| it.0 == part && it.1.contains(letter)).map(|it| it.2)
    }

    /// Reads a lexicon.
    pub fn read(text: &'static str) -> Signatures {
        let mut out = Signatures::default();
        for line in text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#')) {
            if out.row(line).is_none() {
                out.malformed.push(line);
            }
        }
        out
    }

    fn row(&mut self, line: &'static str) -> Option<()> {
        let mut cells = line.split('|').map(str::trim);
        let part = cells.next()?.chars().next().filter(|it| "vna".contains(*it))?;
        let complements = cells.next()?;
        if complements.is_empty() || complements.chars().any(|it| !"tin".contains(it)) {
            return None;
        }
        let mut numbers = cells.next()?.split_whitespace().map(str::parse::<i8>);
        let (so, not) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        if so.abs() > 10 || not.abs() > 10 {
            return None;
        }
        for word in cells.next()?.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            self.words.entry(word).or_default().push((part, complements, Signature { so, not }));
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        assert_eq!(Signatures::embedded().malformed, Vec::<&str>::new());
        let it = Signatures::embedded().of('v', "manage", Complement::Infinitive);
        assert_eq!(it, Some(Signature { so: 9, not: -9 }));
        assert_eq!(Signatures::read("v | t | 11 0 | a\nq | t | 1 1 | a\nv | x | 1 1 | a").malformed.len(), 3);
    }
}
