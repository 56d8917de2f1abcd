//! A sentence with its tree at hand, and the rows of the lexicon that hold at
//! each of its words.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use truce_syntax::{ChildLists, Deprel, NameKind, Sentence, Upos};

use crate::lexicon::{Condition, Lexicon, Part, Row, Sense};

/// How deep below a word its companions are looked for.
const DEPTH_MAX: usize = 5;

/// Words after a verb that count as its own whatever the parser made of them.
const WINDOW: usize = 4;

/// What a condition weighs that holds of a word's object; of words further
/// off it weighs less.
const CLOSEST: usize = 5;

/// A sentence and the two parties asked about.
pub struct Scene<'s> {
    /// The sentence.
    pub sentence: &'s Sentence,
    children: ChildLists,
    lemmas: Vec<Box<str>>,
    /// What a lemma that was left in the plural is in the singular.
    singular: Vec<Option<Box<str>>>,
    /// Tokens of the doer.
    pub doer: RangeInclusive<usize>,
    /// Tokens of the other party.
    pub other: Option<RangeInclusive<usize>>,
}

/// A row that holds at a word.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'l> {
    /// The row.
    pub row: &'l Row,
    /// What its conditions weigh together.
    pub weight: usize,
}

impl<'s> Scene<'s> {
    /// Sets the scene.
    pub fn new(
        sentence: &'s Sentence,
        doer: RangeInclusive<usize>,
        other: Option<RangeInclusive<usize>>,
    ) -> Scene<'s> {
        let lemmas: Vec<Box<str>> = sentence.tokens.iter().map(|it| it.lemma.to_lowercase().into()).collect();
        let singular = lemmas.iter().map(|it| singular(it)).collect();
        Scene { children: sentence.child_lists(), lemmas, singular, sentence, doer, other }
    }

    /// The lemma in lower case.
    pub fn lemma(&self, at: usize) -> &str {
        &self.lemmas[at]
    }

    /// Whether the word is one of `words` (sorted).
    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let has = |it: &str| words.binary_search(&it).is_ok();
        has(&self.lemmas[at]) || self.singular[at].as_deref().is_some_and(has)
    }

    /// Direct dependents.
    pub fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children.of(at).iter().map(|it| *it as usize)
    }

    /// The governor.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.sentence.tokens[at].head.map(|it| it as usize)
    }

    /// The relation to the governor.
    pub fn rel(&self, at: usize) -> Deprel {
        self.sentence.tokens[at].deprel
    }

    /// The part of speech.
    pub fn upos(&self, at: usize) -> Upos {
        self.sentence.tokens[at].upos
    }

    /// Whether the word stands in the doer's or the other's own words.
    pub fn is_party(&self, at: usize) -> bool {
        self.doer.contains(&at) || self.other.as_ref().is_some_and(|it| it.contains(&at))
    }

    /// The word of a range that governs the others. Where the parser left
    /// several, the subject of something, then the last noun.
    pub fn top(&self, range: &RangeInclusive<usize>) -> usize {
        let free = |it: &usize| self.head(*it).is_none_or(|head| !range.contains(&head));
        let subject = |it: &usize| self.rel(*it).base() == "nsubj";
        let noun = |it: &usize| matches!(self.upos(*it), Upos::Noun | Upos::Propn | Upos::Pron);
        let tops: Vec<usize> = range.clone().filter(free).collect();
        let found = tops.iter().find(|it| subject(it)).or_else(|| tops.iter().rfind(|it| noun(it)));
        found.or(tops.first()).copied().unwrap_or(*range.start())
    }

    /// Whether the verb is passive.
    pub fn is_passive(&self, at: usize) -> bool {
        self.children(at)
            .any(|it| matches!(self.rel(it), Deprel::NsubjPass | Deprel::AuxPass | Deprel::CsubjPass))
    }

    /// Whether somebody outside the doer's words does it to its subject:
    /// "fighters, backed by tanks".
    pub fn is_suffered(&self, at: usize) -> bool {
        let by = |it: usize| {
            matches!(self.rel(it).base(), "obl")
                && !self.doer.contains(&it)
                && self
                    .children(it)
                    .any(|under| self.rel(under).base() == "case" && self.lemma(under) == "by")
        };
        self.sentence.tokens[at].feats.participle_past
            && !self.children(at).any(|it| self.rel(it).base() == "obj")
            && self.children(at).any(by)
            && self.children(at).any(|it| self.rel(it).base() == "nsubj" && self.doer.contains(&it))
    }

    /// Whether `at` is `top` or below it.
    pub fn is_under(&self, at: usize, top: usize) -> bool {
        self.sentence.is_under(at, top)
    }

    /// The words that stand with `at`: its phrase without the subject of an
    /// active verb and without clauses that have verbs of their own, and the
    /// few words after it.
    fn company(&self, at: usize, verb: bool) -> Vec<(usize, usize)> {
        let passive = self.is_passive(at);
        let mut out = vec![];
        let mut todo = vec![(at, 0usize)];
        while let Some((here, depth)) = todo.pop() {
            for child in self.children(here) {
                let rel = self.rel(child);
                let subject = matches!(rel, Deprel::Nsubj | Deprel::NsubjOuter) && here == at && !passive;
                let clause = match rel.base() {
                    "parataxis" | "ccomp" => true,
                    "advcl" => !self.is_infinitive(child),
                    "conj" => self.upos(child) == Upos::Verb,
                    "acl" => rel == Deprel::AclRelcl,
                    _ => false,
                };
                if subject || clause || depth >= DEPTH_MAX {
                    continue;
                }
                let close = match (depth, rel.base()) {
                    (0, "obj" | "nsubj") => CLOSEST,
                    (0, _) => CLOSEST - 1,
                    (1, "amod" | "compound" | "nmod" | "conj") => CLOSEST - 1,
                    _ => CLOSEST - 2,
                };
                out.push((child, close));
                todo.push((child, depth + 1));
            }
        }
        if verb {
            for next in at + 1..(at + 1 + WINDOW).min(self.sentence.tokens.len()) {
                let stops = matches!(self.upos(next), Upos::Punct | Upos::Sconj)
                    || (self.upos(next) == Upos::Verb
                        && self.children(next).any(|it| self.rel(it) == Deprel::Nsubj));
                if stops {
                    break;
                }
                if !out.iter().any(|it| it.0 == next) {
                    out.push((next, CLOSEST - 2));
                }
            }
        }
        // A verb that is an attribute or a participle of its object.
        if let Some(head) = self.head(at)
            && matches!(self.rel(at).base(), "acl" | "amod" | "compound")
        {
            out.push((head, CLOSEST - 1));
        }
        out
    }

    /// Whether the verb is an infinitive with *to*.
    pub fn is_infinitive(&self, at: usize) -> bool {
        self.children(at).any(|it| self.rel(it) == Deprel::Mark && self.lemma(it) == "to")
    }

    fn has_particle(&self, at: usize, wanted: &[&str]) -> bool {
        let near = (at + 1..(at + 4).min(self.sentence.tokens.len()))
            .take_while(|it| !matches!(self.upos(*it), Upos::Verb | Upos::Punct))
            .any(|it| {
                matches!(self.upos(it), Upos::Adp | Upos::Adv | Upos::Part | Upos::Sconj)
                    && wanted.contains(&self.lemma(it))
            });
        near || self.children(at).any(|it| {
            (self.rel(it).base() == "compound" || self.rel(it).base() == "advmod")
                && wanted.contains(&self.lemma(it))
                || matches!(self.rel(it).base(), "obl" | "nmod" | "advcl" | "xcomp")
                    && self.children(it).any(|under| {
                        matches!(self.rel(under).base(), "case" | "mark")
                            && wanted.contains(&self.lemma(under))
                    })
        })
    }

    /// The lemma under which the lexicon knows the word at `at`: the parser's,
    /// or what is left of the word without its ending.
    fn known<'w>(&'w self, lexicon: &Lexicon, part: Part, at: usize) -> Option<Cow<'w, str>> {
        let lemma = self.lemma(at);
        if lexicon.knows(part, lemma) {
            return Some(Cow::Borrowed(lemma));
        }
        let knows = |it: &String| lexicon.knows(part, it);
        if part == Part::Verb
            && let Some(it) = lexicon.irregular(lemma)
        {
            return lexicon.knows(part, it).then_some(Cow::Borrowed(it));
        }
        if let Some(it) = self.singular[at].as_deref().filter(|it| lexicon.knows(part, it)) {
            return Some(Cow::Borrowed(it));
        }
        let last = lemma.chars().next_back()?;
        let whole = [format!("{lemma}e"), format!("{lemma}{last}")];
        if let Some(it) = whole.into_iter().find(knows) {
            return Some(Cow::Owned(it));
        }
        let stem = ["ed", "ing", "es", "e"].iter().find_map(|it| lemma.strip_suffix(it))?;
        if stem.len() < 3 || !stem.is_ascii() {
            return None;
        }
        let [.., before, end] = stem.as_bytes() else { return None };
        let single = (before == end).then(|| stem[..stem.len() - 1].to_owned());
        let tries = [Some(stem.to_owned()), Some(format!("{stem}e")), single];
        tries.into_iter().flatten().find(knows).map(Cow::Owned)
    }

    /// Whether the word is a form of a verb that the parser took for a noun.
    pub fn is_form(&self, lexicon: &Lexicon, at: usize) -> bool {
        matches!(self.upos(at), Upos::Propn | Upos::Noun | Upos::Adj)
            && self.sentence.tokens[at].lemma.starts_with(char::is_lowercase)
            && lexicon.irregular(self.lemma(at)).is_some()
    }

    /// The row that holds at `at` with the most and closest conditions.
    pub fn hit<'l>(&self, lexicon: &'l Lexicon, at: usize) -> Option<Hit<'l>> {
        let parts: &[Part] = match self.upos(at) {
            // A form of a verb in lower case is no name and no noun.
            _ if self.is_form(lexicon, at) => &[Part::Verb],
            Upos::Verb | Upos::Aux => &[Part::Verb, Part::Adjective],
            // The month is no protest.
            Upos::Propn if is_month(&self.sentence.tokens[at].lemma) => return None,
            Upos::Noun | Upos::Propn => {
                // A noun with a subject of its own may be a verb mistagged.
                let clause = self.children(at).any(|it| self.rel(it).base() == "nsubj")
                    && !self.children(at).any(|it| self.rel(it) == Deprel::Cop);
                if clause { &[Part::Verb, Part::Noun] } else { &[Part::Noun] }
            }
            // "Was wounded" as an adjective is no deed of its subject's.
            Upos::Adj
                if self.lemma(at).ends_with("ed")
                    && !self.children(at).any(|it| self.rel(it) == Deprel::Cop) =>
            {
                &[Part::Adjective, Part::Verb]
            }
            Upos::Adj | Upos::Adv => &[Part::Adjective],
            Upos::X => &[Part::Verb, Part::Noun],
            _ => return None,
        };
        for part in parts {
            let Some(lemma) = self.known(lexicon, *part, at) else { continue };
            let company = self.company(at, *part == Part::Verb);
            let mut best: Option<Hit<'l>> = None;
            for row in lexicon.rows(*part, &lemma) {
                let weigh = |sum: Option<usize>, it: &Condition| Some(sum? + self.weight(it, at, &company)?);
                if let Some(weight) = row.conditions.iter().fold(Some(0), weigh)
                    && best.is_none_or(|it| {
                        // Conduct goes before words that only hand on.
                        let conduct = |row: &Row| matches!(row.sense, Sense::Conduct(..));
                        weight > it.weight || weight == it.weight && conduct(row) && !conduct(it.row)
                    })
                {
                    best = Some(Hit { row, weight });
                }
            }
            if best.is_some() {
                return best;
            }
        }
        None
    }

    /// What a condition that holds weighs; `None` if it does not hold.
    fn weight(&self, condition: &Condition, at: usize, company: &[(usize, usize)]) -> Option<usize> {
        let among =
            |range: &RangeInclusive<usize>, words: &[&str]| range.clone().any(|it| self.is_one_of(it, words));
        let with = |words: &[&str]| {
            let found = company.iter().filter(|it| self.is_one_of(it.0, words));
            found.map(|it| it.1).max()
        };
        let when = |holds: bool, weight: usize| holds.then_some(weight);
        match condition {
            Condition::With(words) => with(words),
            Condition::Without(words) => when(with(words).is_none(), 0),
            Condition::Particle(words) => when(self.has_particle(at, words), CLOSEST - 2),
            Condition::Doer(words) => when(among(&self.doer, words), CLOSEST - 1),
            Condition::Other(words) => {
                when(self.other.as_ref().is_some_and(|it| among(it, words)), CLOSEST - 1)
            }
            Condition::OtherIsPlace => {
                let other = self.other.as_ref()?;
                let top = self.top(other) as u32;
                let place =
                    |it: &truce_syntax::Name| it.kind == NameKind::Place && it.first <= top && top <= it.last;
                when(self.sentence.names.iter().any(place), CLOSEST - 2)
            }
            Condition::OtherIsObject => {
                let other = self.other.as_ref()?;
                let passive = self.is_passive(at);
                let direct = |it: usize| match self.rel(it).base() {
                    "obj" | "iobj" => true,
                    "nsubj" => passive,
                    _ => false,
                };
                when(self.children(at).any(|it| other.contains(&it) && direct(it)), CLOSEST)
            }
            Condition::Infinitive => {
                let infinitive = |it: usize| self.rel(it) == Deprel::Xcomp && self.is_infinitive(it);
                when(self.children(at).any(infinitive), CLOSEST - 1)
            }
        }
    }
}

fn singular(lemma: &str) -> Option<Box<str>> {
    if let Some(stem) = lemma.strip_suffix("ies").filter(|it| it.len() > 2) {
        return Some(format!("{stem}y").into());
    }
    let stem = lemma.strip_suffix('s')?;
    (stem.len() > 2 && !stem.ends_with(['s', 'u', 'i'])).then(|| stem.into())
}

/// Names of months that are words of conduct in lower case.
fn is_month(lemma: &str) -> bool {
    matches!(lemma, "March" | "August" | "May")
}
