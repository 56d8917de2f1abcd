//! Pronouns and descriptions: whom *it*, *he*, *the ministry* mean.
//!
//! One pass from left to right. Every mention that was understood is
//! remembered with its number, its role in the sentence and whether it was
//! speaking; a pronoun or description takes the best one that agrees with it,
//! and nothing if the best is too far away.

use truce_model::ActorKind;

/// Mentions remembered; older ones are out of a reader's mind too.
const MEMORY_MAX: usize = 60;

/// Sentences after which *the statement* is another one.
const PAPER_SENTENCES_MAX: usize = 4;

/// What was mentioned, and how.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub entity: usize,
    pub kind: ActorKind,
    /// Head noun for offices and descriptions, in lower case.
    pub noun: Box<str>,
    pub sentence: usize,
    pub paragraph: usize,
    pub subject: bool,
    /// Inside a clause that somebody says or that modifies another.
    pub embedded: bool,
    pub speaking: bool,
    /// A modifier of another noun: *Northland* in *Northland troops*.
    pub modifier: bool,
    pub plural: bool,
    pub quoted: bool,
    pub gender: Gender,
}

/// Gender as far as a title shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Unknown,
    Male,
    Female,
}

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// *it*: a body, a side.
    Thing,
    /// *they*: several people, or a body.
    Several,
    /// *he*, *she*.
    Person(Gender),
}

/// Where a pronoun stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub sentence: usize,
    pub paragraph: usize,
    pub quoted: bool,
    /// Whether the pronoun is a subject.
    pub subject: bool,
}

/// What has been mentioned so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    seen: Vec<Seen>,
}

impl Memory {
    pub fn remember(&mut self, seen: Seen) {
        if self.seen.len() >= 2 * MEMORY_MAX {
            self.seen.drain(..MEMORY_MAX);
        }
        self.seen.push(seen);
    }

    fn recent(&self) -> impl DoubleEndedIterator<Item = &Seen> {
        self.seen.iter().rev().take(MEMORY_MAX)
    }

    /// The antecedent of a pronoun.
    pub fn pronoun(&self, wanted: Wanted, place: Place) -> Option<usize> {
        self.pronoun_but(wanted, place, &[])
    }

    /// The antecedent of a pronoun, none of `barred`: a subject pronoun does
    /// not mean whom its own clause names after it ("It said the post was
    /// there to keep Northland out": not Northland).
    pub fn pronoun_but(&self, wanted: Wanted, place: Place, barred: &[usize]) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for (age, it) in self.recent().enumerate() {
            if barred.contains(&it.entity) {
                continue;
            }
            let fit = match wanted {
                Wanted::Thing if is_person(it.kind) => continue,
                Wanted::Thing if it.plural => -4,
                Wanted::Thing => 0,
                Wanted::Several if it.kind == ActorKind::Person && !it.plural => continue,
                Wanted::Several if it.plural || it.kind == ActorKind::Public => 2,
                Wanted::Several if matches!(it.kind, ActorKind::ArmedGroup | ActorKind::ArmedForce) => 0,
                Wanted::Several => -3,
                Wanted::Person(gender) => {
                    if !is_person(it.kind) || it.plural {
                        continue;
                    }
                    if gender != Gender::Unknown && it.gender != Gender::Unknown && gender != it.gender {
                        continue;
                    }
                    3
                }
            };
            let away = (place.sentence - it.sentence.min(place.sentence)) as i32;
            let mut score = 10 + fit - 4 * away;
            score += match (it.subject, it.embedded) {
                (true, false) => 4,
                (true, true) => 2,
                _ => 0,
            };
            score += if it.speaking { 2 } else { 0 };
            score -= if it.modifier { 4 } else { 0 };
            score -= if it.quoted && !place.quoted { 5 } else { 0 };
            score -= if it.paragraph == place.paragraph { 0 } else { 1 };
            score -= if age > 12 { 3 } else { 0 };
            if best.is_none_or(|it| score > it.0) {
                best = Some((score, it.entity));
            }
        }
        best.filter(|it| it.0 > 2).map(|it| it.1)
    }

    /// The latest entity mentioned under this noun.
    pub fn same_noun(&self, noun: &str) -> Option<usize> {
        self.seen.iter().rev().find(|it| &*it.noun == noun).map(|it| it.entity)
    }

    /// Whether something under this noun was mentioned a few sentences ago.
    pub fn is_near(&self, noun: &str, sentence: usize) -> bool {
        let near = |it: &&Seen| it.sentence + PAPER_SENTENCES_MAX >= sentence;
        self.seen.iter().rev().take_while(near).any(|it| &*it.noun == noun)
    }

    /// The latest entity of one of these kinds, subjects first.
    pub fn of_kind(&self, kinds: &[ActorKind], sentence: usize) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for it in self.recent().filter(|it| kinds.contains(&it.kind) && !it.modifier) {
            let away = (sentence - it.sentence.min(sentence)) as i32;
            let score = if it.subject { 4 } else { 0 } + if it.speaking { 1 } else { 0 } - 2 * away;
            if best.is_none_or(|it| score > it.0) {
                best = Some((score, it.entity));
            }
        }
        best.map(|it| it.1)
    }

    /// The best of those remembered that `fit` takes, for whom it puts an
    /// entity and a bonus: subjects, speakers and recent ones first.
    pub fn best(&self, sentence: usize, fit: impl Fn(&Seen) -> Option<(usize, i32)>) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for it in self.recent() {
            let Some((entity, bonus)) = fit(it) else { continue };
            let away = (sentence - it.sentence.min(sentence)) as i32;
            let score = bonus + if it.subject { 4 } else { 0 } + if it.speaking { 1 } else { 0 }
                - if it.modifier { 1 } else { 0 }
                - 2 * away;
            if best.is_none_or(|it| score > it.0) {
                best = Some((score, entity));
            }
        }
        best.map(|it| it.1)
    }

    /// Who spoke last.
    pub fn speaker(&self) -> Option<usize> {
        self.recent().find(|it| it.speaking && it.subject).map(|it| it.entity)
    }
}

fn is_person(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Person | ActorKind::Public)
}
