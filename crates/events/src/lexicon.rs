//! The words of conduct, read from `lexicon/plover.txt`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

macro_rules! types {
    ($($variant:ident = $word:literal,)*) => {
        /// A root of PLOVER. CONCEDE and RETREAT are one, `YIELD`, as in the
        /// sets that coders are compared on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // The names are those of the ontology.
        pub enum Type { $($variant,)* }

        impl Type {
            /// All types, in order.
            pub const ALL: &'static [Type] = &[$(Type::$variant,)*];

            /// The type as the ontology writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Type::$variant => $word,)* }
            }
        }
    };
}

types! {
    Agree = "AGREE",
    Consult = "CONSULT",
    Support = "SUPPORT",
    Cooperate = "COOPERATE",
    Aid = "AID",
    Yield = "YIELD",
    Request = "REQUEST",
    Accuse = "ACCUSE",
    Reject = "REJECT",
    Threaten = "THREATEN",
    Protest = "PROTEST",
    Sanction = "SANCTION",
    Mobilize = "MOBILIZE",
    Coerce = "COERCE",
    Assault = "ASSAULT",
}

impl Type {
    /// The type with this name. The two that `YIELD` joins are read as it.
    pub fn parse(word: &str) -> Option<Type> {
        match word {
            "CONCEDE" | "RETREAT" => Some(Type::Yield),
            _ => Type::ALL.iter().copied().find(|it| it.as_str() == word),
        }
    }

    /// Whether doing it helps the other side.
    pub fn is_cooperation(self) -> bool {
        matches!(
            self,
            Type::Agree | Type::Consult | Type::Support | Type::Cooperate | Type::Aid | Type::Yield
        )
    }
}

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// It is conduct of this type and mode.
    Conduct(Type, Option<&'static str>),
    /// It reports its content.
    Say,
    /// It makes its content an intention.
    Plan,
    /// It makes its content something wanted.
    Must,
    /// It turns its content round.
    Not,
    /// It makes the other party do its infinitive.
    Order,
    /// It hands on to its object or infinitive.
    Do,
}

/// Parts of speech a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Verbs.
    Verb,
    /// Nouns.
    Noun,
    /// Adjectives and other predicates.
    Adjective,
}

/// What must hold for a row to apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// One of the lemmas stands in the word's phrase or clause.
    With(Vec<&'static str>),
    /// None of them does.
    Without(Vec<&'static str>),
    /// One of these prepositions or particles stands with the word.
    Particle(Vec<&'static str>),
    /// One of the lemmas is among the words of the doer.
    Doer(Vec<&'static str>),
    /// One of the lemmas is among the words of the other party.
    Other(Vec<&'static str>),
    /// The other party is named by a place.
    OtherIsPlace,
    /// The other party is the word's object.
    OtherIsObject,
    /// The word governs an infinitive.
    Infinitive,
}

/// A line of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What its words do.
    pub sense: Sense,
    /// What must hold.
    pub conditions: Vec<Condition>,
    /// The line's number in the file, from one.
    pub line: u32,
}

/// All rows by part of speech and lemma.
#[derive(Debug, Default)]
pub struct Lexicon {
    rows: Vec<Row>,
    by_word: [BTreeMap<&'static str, Vec<u32>>; 3],
    irregular: BTreeMap<&'static str, &'static str>,
    /// Lines that could not be read; a test keeps this empty.
    pub malformed: Vec<String>,
}

static TEXT: &str = include_str!("../../../lexicon/plover.txt");

impl Lexicon {
    /// The lexicon in the program.
    pub fn embedded() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon::read(TEXT))
    }

    /// Rows for a lemma, in order of the file.
    pub fn rows<'l>(&'l self, part: Part, lemma: &str) -> impl Iterator<Item = &'l Row> + use<'l> {
        let found = self.by_word[part as usize].get(lemma).map_or(&[][..], |it| it.as_slice());
        found.iter().filter_map(|it| self.rows.get(*it as usize))
    }

    /// Whether any row is for this lemma.
    pub fn knows(&self, part: Part, lemma: &str) -> bool {
        self.by_word[part as usize].contains_key(lemma)
    }

    /// The verb of a form that was left as it stood.
    pub fn irregular(&self, form: &str) -> Option<&'static str> {
        self.irregular.get(form).copied()
    }

    /// Reads a lexicon; what cannot be read is listed in `malformed`.
    pub fn read(text: &'static str) -> Lexicon {
        let mut out = Lexicon::default();
        let mut classes: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if !line.contains('|') {
                match line.split_once(':') {
                    Some(("irregular", pairs)) => {
                        for pair in list(pairs) {
                            match pair.split_once(' ') {
                                Some((form, verb)) => {
                                    out.irregular.insert(form, verb);
                                }
                                None => out.malformed.push(pair.to_owned()),
                            }
                        }
                    }
                    Some((name, words)) => {
                        classes.entry(name.trim()).or_default().extend(list(words));
                    }
                    None => out.malformed.push(line.to_owned()),
                }
                continue;
            }
            if out.row(line, number as u32 + 1, &classes).is_none() {
                out.malformed.push(line.to_owned());
            }
        }
        out
    }

    fn row(
        &mut self,
        line: &'static str,
        number: u32,
        classes: &BTreeMap<&str, Vec<&'static str>>,
    ) -> Option<()> {
        let mut cells = line.split('|').map(str::trim);
        let (sense, part, words) = (cells.next()?, cells.next()?, cells.next()?);
        let mut names = sense.split_whitespace();
        let sense = match names.next()? {
            "@say" => Sense::Say,
            "@plan" => Sense::Plan,
            "@must" => Sense::Must,
            "@not" => Sense::Not,
            "@order" => Sense::Order,
            "@do" => Sense::Do,
            root => Sense::Conduct(Type::parse(root)?, names.next().filter(|it| *it != "-")),
        };
        let part = match part {
            "v" => Part::Verb,
            "n" => Part::Noun,
            "a" => Part::Adjective,
            _ => return None,
        };
        let mut conditions = Vec::new();
        for cell in cells.next().unwrap_or_default().split_whitespace() {
            let words = |it: &'static str| -> Option<Vec<&'static str>> {
                let mut out = Vec::new();
                for word in list(it) {
                    match word.strip_prefix('@') {
                        Some(class) => out.extend(classes.get(class)?),
                        None => out.push(word),
                    }
                }
                out.sort_unstable();
                out.dedup();
                (!out.is_empty()).then_some(out)
            };
            conditions.push(if cell == "t:place" {
                Condition::OtherIsPlace
            } else if cell == "t:object" {
                Condition::OtherIsObject
            } else if cell == ":to" {
                Condition::Infinitive
            } else if let Some(rest) = cell.strip_prefix("s+") {
                Condition::Doer(words(rest)?)
            } else if let Some(rest) = cell.strip_prefix("t+") {
                Condition::Other(words(rest)?)
            } else if let Some(rest) = cell.strip_prefix('+') {
                Condition::With(words(rest)?)
            } else if let Some(rest) = cell.strip_prefix('-') {
                Condition::Without(words(rest)?)
            } else {
                Condition::Particle(words(cell.strip_prefix('~')?)?)
            });
        }
        let at = self.rows.len() as u32;
        self.rows.push(Row { sense, conditions, line: number });
        for word in list(words) {
            let rows = self.by_word[part as usize].entry(word).or_default();
            if rows.last() != Some(&at) {
                rows.push(at);
            }
        }
        Some(())
    }
}

fn list(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.split(',').map(str::trim).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.malformed, Vec::<String>::new());
        assert!(lexicon.knows(Part::Verb, "condemn"));
        for it in Type::ALL {
            assert!(
                lexicon.rows.iter().any(|row| matches!(row.sense, Sense::Conduct(found, _) if found == *it)),
                "no word for {}",
                it.as_str()
            );
        }
    }

    #[test]
    fn bad_lines_are_told() {
        let lexicon = Lexicon::read("NOTHING - | v | a\nAID - | v | a | +@unknown\nAID - | q | a\nwords\n");
        assert_eq!(lexicon.malformed.len(), 4);
    }
}
