//! A claim before it is cited, merged and numbered.

use truce_model::{ActorId, CueClass, Kind, Span, Stance, Statement};
use truce_syntax::Upos;

use super::clause::Tree;
use super::trigger::Trigger;
use super::who::Who;

/// What a rule proposes.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Sentence it stands in.
    pub sentence: usize,
    /// Token the conduct hangs on; the place of time and place words is
    /// judged from here.
    pub token: usize,
    /// What it does.
    pub stance: Stance,
    /// Who makes it; `None` if a speaker is named but could not be resolved.
    pub claimant: Option<ActorId>,
    /// Whose conduct.
    pub accused: Option<ActorId>,
    /// What conduct.
    pub kind: Option<Kind>,
    /// The words.
    pub evidence: Span,
    /// Index into the statements, if it rests on one.
    pub statement: Option<usize>,
    /// For denials: what is denied.
    pub scope: Option<Span>,
    /// The rule's name.
    pub rule: &'static str,
    /// Position of the draft whose time and place it shares (a denial of a
    /// charge, a label put on an act).
    pub like: Option<usize>,
}

/// Everything the rules look at, for one sentence.
pub struct Scene<'s> {
    /// Index of the sentence.
    pub sentence: usize,
    /// Its tree.
    pub tree: &'s Tree<'s>,
    /// All of its triggers.
    pub triggers: &'s [Trigger],
    /// Actors by words.
    pub who: &'s Who<'s, 's>,
    /// All statements of the article.
    pub statements: &'s [Statement],
    /// What was drafted before, in order: antecedents of "the charge".
    pub before: &'s [Draft],
    /// The article's text.
    pub text: &'s str,
}

/// One statement with the triggers it is answerable for.
pub struct Said<'s> {
    /// Index of the statement.
    pub index: usize,
    /// The statement.
    pub statement: &'s Statement,
    /// Who is answerable; several for joint speakers; empty if unresolved.
    pub speakers: Vec<ActorId>,
    /// Triggers inside its content and in no smaller one.
    pub triggers: Vec<&'s Trigger>,
}

impl Scene<'_> {
    /// Span of the clause of a token: its phrase, with the quotation marks
    /// and the cue left out.
    pub fn clause_span(&self, token: usize) -> Span {
        let words = self.tree.phrase(token);
        self.span(*words.first().unwrap_or(&token), *words.last().unwrap_or(&token))
    }

    /// Span from one token to another.
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.tree.token(first).span.cover(self.tree.token(last).span)
    }

    /// The token whose span holds byte `at`.
    pub fn token_at(&self, at: usize) -> Option<usize> {
        (0..self.tree.len()).find(|it| self.tree.token(*it).span.contains_at(at))
    }

    /// The charge that an answer by one of `sides` is about: the last one
    /// that shares a noun with the answer's words, else the last one.
    pub fn last_charge_against(&self, sides: &[ActorId], answer: Span) -> Option<usize> {
        let charges: Vec<usize> = (0..self.before.len())
            .rev()
            .filter(|&it| {
                let draft = &self.before[it];
                let charge = matches!(draft.stance, Stance::Alleges | Stance::Condemns | Stance::Reports);
                charge && draft.accused.as_ref().is_some_and(|who| sides.contains(&self.who.side(who)))
            })
            .collect();
        let nouns: Vec<String> = (0..self.tree.len())
            .filter(|it| answer.contains(self.tree.token(*it).span))
            .filter(|it| matches!(self.tree.token(*it).upos, Upos::Noun | Upos::Propn))
            .filter(|it| !CHARGE_NOUNS.contains(&self.tree.lemma(*it)))
            .map(|it| self.tree.lemma(it).to_lowercase())
            .collect();
        let shares = |it: &usize| {
            let words = self.before[*it].evidence.of(self.text).unwrap_or("").to_lowercase();
            nouns.iter().any(|noun| noun.len() > 2 && words.contains(noun.as_str()))
        };
        charges.iter().copied().find(shares).or_else(|| charges.first().copied())
    }

    /// The lemmas of the tokens inside a span.
    pub fn lemmas_in(&self, span: Span) -> Vec<&str> {
        (0..self.tree.len())
            .filter(|it| span.contains(self.tree.token(*it).span))
            .map(|it| self.tree.lemma(it))
            .collect()
    }
}

/// Nouns for the charge itself say nothing of what it was about.
const CHARGE_NOUNS: [&str; 10] = [
    "charge",
    "accusation",
    "allegation",
    "claim",
    "report",
    "assertion",
    "statement",
    "suggestion",
    "complaint",
    "ministry",
];

impl Said<'_> {
    /// The class of the cue.
    pub fn class(&self) -> CueClass {
        self.statement.cue_class
    }

    /// Source, cue and content in one span, as far as they stand in the same
    /// sentence.
    pub fn whole(&self, scene: &Scene) -> Span {
        let sentence = scene.tree.sentence.span;
        let mut span = self.statement.content.span();
        for part in [self.statement.cue.as_ref(), self.statement.source.words.as_ref()].into_iter().flatten()
        {
            if sentence.contains(part.span()) {
                span = span.cover(part.span());
            }
        }
        clip(span, sentence)
    }

    /// The content, cut to the sentence.
    pub fn content(&self, scene: &Scene) -> Span {
        clip(self.statement.content.span(), scene.tree.sentence.span)
    }
}

fn clip(span: Span, within: Span) -> Span {
    let start = span.start.max(within.start);
    let end = span.end.min(within.end);
    if start < end { Span { start, end } } else { within }
}
