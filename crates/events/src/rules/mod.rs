//! How a doer is led to a word of conduct: one rule a file.
//!
//! The walk starts at the word that governs the doer and goes down through
//! verbs that only hand on (*launched an attack*, *said it would lift the
//! ban*), gathering what they do to the content on the way.

mod announced;
mod direct;
mod intention;
mod nearest;
mod ordered;
mod refusal;
mod said_of;

use truce_syntax::{Deprel, Upos};

use crate::lexicon::{Lexicon, Sense, Type};
use crate::matching::Scene;

/// Longest way from the doer to the word of conduct.
const STEPS_MAX: usize = 10;

/// What kind of conduct a doer's is, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coding {
    /// The type.
    pub root: Type,
    /// The mode, where the words tell one.
    pub mode: Option<&'static str>,
    /// The token it was read from.
    pub trigger: usize,
    /// What stands between the doer and that word.
    pub mood: Mood,
    /// The rule that made it.
    pub rule: &'static str,
    /// Line of `lexicon/plover.txt`; 0 if no word of it took part.
    pub line: u32,
}

/// What the way from the doer to the word of conduct says of its reality.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mood {
    /// It is to come.
    pub future: bool,
    /// It is not so.
    pub negated: bool,
    /// Somebody wants it or has to do it.
    pub wanted: bool,
    /// The doer's own words tell it.
    pub told: bool,
    /// The clause it stands in has a subject other than the doer.
    pub apart: bool,
}

/// Codes what the doer does to the other party. `None` where no word of
/// conduct is found: nothing is coded by default.
pub fn code(scene: &Scene) -> Option<Coding> {
    code_with(Lexicon::embedded(), scene)
}

/// [`code`] with another lexicon.
pub fn code_with(lexicon: &Lexicon, scene: &Scene) -> Option<Coding> {
    let walk = Walk { scene, lexicon };
    for start in walk.starts() {
        if let Some(found) = walk.from(start, Mood::default(), 0) {
            return Some(found);
        }
    }
    let conduct = |at: usize| {
        let row = scene.hit(lexicon, at)?.row;
        let Sense::Conduct(root, mode) = row.sense else { return None };
        Some(direct::code(root, mode, at, Mood::default(), row.line))
    };
    // "A raid by the rebels killed five": the doer's words name the deed.
    conduct(scene.top(&scene.doer)).or_else(|| nearest::code(&walk))
}

/// Codes what the word at `at` and those below it say the doer does.
pub fn code_at(scene: &Scene, at: usize) -> Option<Coding> {
    Walk { scene, lexicon: Lexicon::embedded() }.from(at, Mood::default(), 0)
}

pub(crate) struct Walk<'w, 's> {
    pub scene: &'w Scene<'s>,
    pub lexicon: &'w Lexicon,
}

impl Walk<'_, '_> {
    /// Words to start at: the predicate of the doer, the nouns it belongs to.
    fn starts(&self) -> Vec<usize> {
        let scene = self.scene;
        let mut at = scene.top(&scene.doer);
        let mut out = Vec::new();
        // "Northland froze aid": a form of a verb right after the doer.
        let next = scene.doer.end() + 1;
        if next < scene.sentence.tokens.len() && scene.is_form(self.lexicon, next) {
            out.push(next);
        }
        for _ in 0..scene.sentence.tokens.len() {
            let Some(head) = scene.head(at) else {
                out.push(at);
                break;
            };
            let verb = matches!(scene.upos(head), Upos::Verb | Upos::Aux);
            match scene.rel(at).base() {
                "nsubj" => {
                    self.with_conjuncts(head, &mut out);
                    break;
                }
                "conj" | "appos" | "flat" | "list" if !verb => {}
                _ if verb => {
                    self.with_conjuncts(head, &mut out);
                    break;
                }
                _ => {
                    let conduct = |it: usize| {
                        scene
                            .hit(self.lexicon, it)
                            .is_some_and(|it| matches!(it.row.sense, Sense::Conduct(..)))
                    };
                    if !scene.is_party(head) && conduct(head) {
                        out.push(head);
                        break;
                    }
                }
            }
            at = head;
        }
        out
    }

    /// A predicate and those coordinated with it, the one that has the other
    /// party below it first.
    fn with_conjuncts(&self, head: usize, out: &mut Vec<usize>) {
        let scene = self.scene;
        let mut all = vec![head];
        let predicate = |it: &usize| {
            scene.rel(*it) == Deprel::Conj && scene.upos(*it) == Upos::Verb && !scene.doer.contains(it)
        };
        all.extend(scene.children(head).filter(predicate));
        if let Some(other) = &scene.other {
            let other = scene.top(other);
            // The last one that covers it: the first also covers the rest.
            if let Some(at) = all.iter().rposition(|it| scene.is_under(other, *it)) {
                let covering = all.remove(at);
                all.insert(0, covering);
            }
        }
        all.retain(|it| !scene.doer.contains(it) || scene.doer.end() == scene.doer.start());
        out.extend(all);
    }

    /// What the word itself says of the reality of what it governs.
    fn mood(&self, at: usize, before: Mood) -> Mood {
        let scene = self.scene;
        let mut mood = before;
        for child in scene.children(at) {
            match (scene.rel(child).base(), scene.lemma(child)) {
                ("aux", "will" | "shall" | "would" | "'ll" | "wo") => mood.future = true,
                ("aux", "must" | "should" | "ought" | "have" | "need") if scene.lemma(child) != "have" => {
                    mood.wanted = true;
                }
                ("advmod" | "aux" | "det" | "cc", "not" | "n't" | "never" | "no" | "neither" | "hardly") => {
                    mood.negated = !mood.negated;
                }
                // "Has honoured not one line", "gave no reason".
                ("obj", _) => {
                    let none = |it: usize| {
                        matches!(scene.lemma(it), "no" | "not")
                            && matches!(scene.rel(it).base(), "det" | "advmod")
                    };
                    let deep = |it: usize| none(it) || scene.children(it).any(none);
                    if scene.children(child).any(deep) {
                        mood.negated = !mood.negated;
                    }
                }
                _ => {}
            }
        }
        mood
    }

    /// Whether the clause at `at` has a subject that is neither the doer nor a
    /// pronoun that may mean him.
    fn has_own_subject(&self, at: usize) -> bool {
        let scene = self.scene;
        const PERSONS: &[&str] = &["it", "he", "she", "they", "we", "i", "who", "which", "that"];
        let doers = |it: usize| scene.rel(it) == Deprel::OblAgent && scene.doer.contains(&it);
        if scene.is_passive(at) && !scene.children(at).any(doers) {
            return true;
        }
        scene.children(at).any(|it| {
            scene.rel(it).base() == "nsubj"
                && !PERSONS.contains(&scene.lemma(it))
                && !scene.doer.contains(&it)
        })
    }

    /// Codes from the word at `at` down.
    pub fn from(&self, at: usize, before: Mood, step: usize) -> Option<Coding> {
        if step > STEPS_MAX {
            return None;
        }
        let mood = self.mood(at, before);
        let hit = self.scene.hit(self.lexicon, at);
        let sense = hit.map_or(Sense::Do, |it| it.row.sense);
        match (sense, hit) {
            (Sense::Conduct(root, mode), Some(hit)) => Some(direct::code(root, mode, at, mood, hit.row.line)),
            (Sense::Say, _) => announced::code(self, at, mood, step).or_else(|| self.below(at, mood, step)),
            (Sense::Order, _) => ordered::code(self, at, mood).or_else(|| self.below(at, mood, step)),
            (Sense::Plan, _) if ordered::code(self, at, mood).is_some() => ordered::code(self, at, mood),
            (Sense::Plan, _) => self.below(at, Mood { future: true, ..mood }, step),
            (Sense::Must, _) => self.below(at, Mood { wanted: true, ..mood }, step),
            (Sense::Not, _) => self.below(at, Mood { negated: !mood.negated, ..mood }, step),
            (Sense::Do, Some(_)) => self.below(at, mood, step),
            // "Recorded nine breaches": the deed below a verb that is not known
            // to hand on may be anybody's.
            _ => {
                let verb = self.scene.upos(at) == Upos::Verb;
                self.below(at, Mood { apart: mood.apart || verb, ..mood }, step)
            }
        }
    }

    /// Codes from what `at` governs, the closest tie first.
    fn below(&self, at: usize, mood: Mood, step: usize) -> Option<Coding> {
        const ORDER: &[&[&str]] = &[
            &["xcomp", "ccomp"],
            &["obj", "iobj"],
            &["obl", "nmod", "acl", "compound", "amod"],
            &["conj", "advcl", "parataxis"],
        ];
        let scene = self.scene;
        for rels in ORDER {
            for child in scene.children(at) {
                let rel = scene.rel(child);
                let wanted = rels.contains(&rel.base())
                    || rel == Deprel::NsubjPass && rels.contains(&"obj")
                    || rel == Deprel::CompoundPrt;
                if !wanted || scene.doer.contains(&child) || scene.is_party(child) && rel.base() != "conj" {
                    continue;
                }
                // A clause beside or after it is not under its mood.
                let beside = match rel.base() {
                    "conj" | "parataxis" => true,
                    "advcl" => !scene.is_infinitive(child),
                    _ => false,
                };
                // "Asked about it, the ministry …": the doer is the one asked.
                let feats = scene.sentence.tokens[child].feats;
                let helped = scene.children(child).any(|it| matches!(scene.rel(it).base(), "aux" | "nsubj"));
                if rel.base() == "advcl" && feats.participle_past && !helped {
                    continue;
                }
                let mood = if beside { Mood { apart: mood.apart, ..Mood::default() } } else { mood };
                let clause = beside || matches!(rel.base(), "ccomp" | "acl" | "advcl");
                let mood = Mood { apart: mood.apart || clause && self.has_own_subject(child), ..mood };
                if let Some(found) = self.from(child, mood, step + 1) {
                    return Some(found);
                }
            }
        }
        None
    }
}
