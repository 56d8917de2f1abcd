//! The frame lexicon of conduct: `lexicon/conduct.txt` and `lexicon/classes.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use truce_model::Kind;

/// What a frame says of an obligation, before negation and embedding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Valence {
    /// Conduct that would break an obligation.
    Breach,
    /// Conduct that keeps it.
    Keep,
    /// A happening nobody is blamed for unless words blame somebody.
    Bare,
}

impl Valence {
    /// What "failed to …" and "stopped …" make of it.
    pub fn flipped(self) -> Valence {
        match self {
            Valence::Breach | Valence::Bare => Valence::Keep,
            Valence::Keep => Valence::Breach,
        }
    }
}

/// The part of speech a frame's word must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A verb.
    Verb,
    /// A noun that names an act.
    Noun,
    /// An adjective or participle said of something.
    Adjective,
}

/// A role of the frame's word in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who does it.
    Subj,
    /// To what; also what a passive is said of.
    Obj,
    /// With any preposition.
    Obl,
    /// Particle.
    Prt,
    /// Clause under it.
    Comp,
    /// Noun after *of*, *on*, *against*, *to*, *for*.
    Of,
    /// Noun after *by*.
    By,
    /// Adjective or noun before it.
    Mod,
    /// Adverb.
    Advmod,
    /// Anywhere in its clause.
    Any,
}

/// A word a constraint accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Alt {
    Lemma(&'static str),
    Class(&'static str),
}

/// A condition on one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// The role.
    pub role: Role,
    /// Whether the role must *not* hold such a word.
    pub negated: bool,
    alts: Vec<Alt>,
}

/// One line of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Line of `conduct.txt`, counted from 1.
    pub line: u32,
    /// The codebook's kind.
    pub kind: Kind,
    /// Breach, keeping, or bare happening.
    pub valence: Valence,
    /// Conditions, all of which must hold.
    pub constraints: Vec<Constraint>,
}

impl Frame {
    /// How much the frame asks for: what must stand there counts for more than
    /// what must not.
    pub fn rank(&self) -> usize {
        self.constraints.iter().map(|it| if it.negated { 1 } else { 2 }).sum()
    }
}

/// Frames by word, and classes by name.
#[derive(Debug)]
pub struct Lexicon {
    classes: BTreeMap<&'static str, BTreeSet<&'static str>>,
    frames: BTreeMap<Form, BTreeMap<&'static str, Vec<Frame>>>,
}

impl Lexicon {
    /// The shipped lexicon, parsed once.
    pub fn shipped() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            Lexicon::parse(
                include_str!("../../../../lexicon/classes.txt"),
                include_str!("../../../../lexicon/conduct.txt"),
            )
            .expect("the shipped lexicon is checked by a test")
        })
    }

    /// Parses the two files.
    ///
    /// # Errors
    /// The line that cannot be read, and why.
    pub fn parse(classes: &'static str, conduct: &'static str) -> Result<Lexicon, String> {
        let mut lexicon = Lexicon { classes: BTreeMap::new(), frames: BTreeMap::new() };
        for (number, line) in lines(classes) {
            let (name, words) =
                line.split_once(':').ok_or(format!("classes.txt:{number}: no `:` after the class name"))?;
            let class = lexicon.classes.entry(name.trim()).or_default();
            class.extend(words.split(',').map(str::trim).filter(|it| !it.is_empty()));
        }
        for (number, line) in lines(conduct) {
            lexicon.add_frame(number, line).map_err(|it| format!("conduct.txt:{number}: {it}"))?;
        }
        Ok(lexicon)
    }

    fn add_frame(&mut self, number: u32, line: &'static str) -> Result<(), String> {
        let mut parts = line.split('|');
        // `|` also separates alternatives, so only the first two are columns.
        let head = parts.next().unwrap_or("");
        let words = parts.next().ok_or("no `|` after kind and valence")?;
        let rest = &line[(head.len() + words.len() + 2).min(line.len())..];
        let (kind, valence) = head.trim().split_once(' ').ok_or("no valence after the kind")?;
        let kind = Kind::parse(kind).ok_or(format!("unknown kind `{kind}`"))?;
        let valence = match valence.trim() {
            "-" => Valence::Breach,
            "+" => Valence::Keep,
            "0" => Valence::Bare,
            other => return Err(format!("unknown valence `{other}`")),
        };
        let (form, lemmas) = words.trim().split_once(' ').ok_or("no words after the form")?;
        let form = match form {
            "V" => Form::Verb,
            "N" => Form::Noun,
            "A" => Form::Adjective,
            other => return Err(format!("unknown form `{other}`")),
        };
        let constraints =
            rest.split_whitespace().map(|it| self.constraint(it)).collect::<Result<Vec<_>, _>>()?;
        for lemma in lemmas.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            if lemma.contains(' ') || lemma.contains('=') {
                return Err(format!("`{lemma}` is not one word"));
            }
            let frame = Frame { line: number, kind, valence, constraints: constraints.clone() };
            self.frames.entry(form).or_default().entry(lemma).or_default().push(frame);
        }
        Ok(())
    }

    fn constraint(&self, text: &'static str) -> Result<Constraint, String> {
        let (role, alts) = text.split_once('=').ok_or(format!("`{text}` is no `role=word`"))?;
        let (negated, role) = match role.strip_prefix('!') {
            Some(role) => (true, role),
            None => (false, role),
        };
        let role = match role {
            "subj" => Role::Subj,
            "obj" => Role::Obj,
            "obl" => Role::Obl,
            "prt" => Role::Prt,
            "comp" => Role::Comp,
            "of" => Role::Of,
            "by" => Role::By,
            "mod" => Role::Mod,
            "advmod" => Role::Advmod,
            "any" => Role::Any,
            other => return Err(format!("unknown role `{other}`")),
        };
        let alts = alts
            .split('|')
            .map(|it| match it.strip_prefix('@') {
                Some(class) if self.classes.contains_key(class) => Ok(Alt::Class(class)),
                Some(class) => Err(format!("unknown class `@{class}`")),
                None => Ok(Alt::Lemma(it)),
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Constraint { role, negated, alts })
    }

    /// The frames of a word, in the file's order.
    pub fn frames(&self, form: Form, lemma: &str) -> &[Frame] {
        self.frames.get(&form).and_then(|it| it.get(lemma)).map_or(&[], Vec::as_slice)
    }

    /// Whether `lemma` is of the class.
    pub fn is_in(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|it| it.contains(lemma))
    }

    /// Whether `lemma` is of any class.
    pub fn is_word(&self, lemma: &str) -> bool {
        self.classes.values().any(|it| it.contains(lemma))
    }

    /// Whether the constraint accepts `lemma`.
    pub fn accepts(&self, constraint: &Constraint, lemma: &str) -> bool {
        constraint.alts.iter().any(|it| match it {
            Alt::Lemma(word) => *word == lemma,
            Alt::Class(class) => self.is_in(class, lemma),
        })
    }

    /// Whether the constraint names the class.
    pub fn has_class(&self, constraint: &Constraint, class: &str) -> bool {
        constraint.alts.iter().any(|it| matches!(it, Alt::Class(it) if *it == class))
    }

    /// The classes the constraint names.
    pub fn classes<'c>(&self, constraint: &'c Constraint) -> impl Iterator<Item = &'static str> + 'c {
        constraint.alts.iter().filter_map(|it| match it {
            Alt::Class(class) => Some(*class),
            Alt::Lemma(_) => None,
        })
    }

    /// Whether one of the constraint's classes holds `lemma`.
    pub fn accepts_class(&self, constraint: &Constraint, lemma: &str) -> bool {
        constraint.alts.iter().any(|it| matches!(it, Alt::Class(class) if self.is_in(class, lemma)))
    }

    /// All frames, for the reference page and for tests.
    pub fn all_frames(&self) -> impl Iterator<Item = (&'static str, &Frame)> {
        let words = self.frames.values().flatten();
        words.flat_map(|(lemma, frames)| frames.iter().map(move |it| (*lemma, it)))
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = (u32, &'static str)> {
    (1u32..).zip(text.lines()).filter_map(|(number, line)| {
        let line = line.trim();
        (!line.is_empty() && !line.starts_with('#')).then_some((number, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_lexicon_parses_and_covers_every_kind() {
        let lexicon = Lexicon::shipped();
        for kind in Kind::ALL {
            assert!(lexicon.all_frames().any(|(_, it)| it.kind == *kind), "no frame for {kind:?}");
        }
    }

    #[test]
    fn errors_name_the_line() {
        let bad = Lexicon::parse("a: b", "\narmed_attack - | V attack | obj=@nothing");
        assert_eq!(bad.err().as_deref(), Some("conduct.txt:2: unknown class `@nothing`"));
        let bad = Lexicon::parse("", "no_such_kind - | V attack");
        assert_eq!(bad.err().as_deref(), Some("conduct.txt:1: unknown kind `no_such_kind`"));
    }
}
