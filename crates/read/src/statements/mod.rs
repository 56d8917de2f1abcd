//! Who says what.
//!
//! A reporting word is found first ([`cues`]), then what is said under it,
//! then who says it. The tree proposes where clauses begin and end, quotation
//! marks overrule it, and where the tree is odd the clause as printed is
//! taken. Every rule is a file of its own and names itself in what it makes.

pub mod cues;
pub mod quotes;

mod according;
mod assemble;
mod attitudes;
mod clause;
mod follows;
mod inserted;
mod labels;
mod mutual;
mod naming;
mod nouns;
mod objects;
mod verbs;

use truce_model::{Agreement, CueClass, Span, Statement};

use crate::prepared::Prepared;
use cues::Realm;

/// How much counts as a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breadth {
    /// What somebody said, as the codebook has it.
    Said,
    /// Besides: what somebody is said to think, want or support, as
    /// attribution corpora have it.
    Attributed,
}

/// Reads the statements in a prepared article, by position.
pub fn statements(agreement: Option<&Agreement>, prepared: &Prepared<'_>) -> Vec<Statement> {
    attributions(agreement, prepared, Breadth::Said)
}

/// Reads statements, and at wider breadth attitudes told by others.
pub fn attributions(
    _agreement: Option<&Agreement>,
    prepared: &Prepared<'_>,
    breadth: Breadth,
) -> Vec<Statement> {
    let mut drafts = Vec::new();
    for number in 0..prepared.sentences.len() {
        labels::read(prepared, number, breadth, &mut drafts);
        according::read(prepared, number, &mut drafts);
        mutual::read(prepared, number, &mut drafts);
        verbs::read(prepared, number, breadth, &mut drafts);
        nouns::read(prepared, number, breadth, &mut drafts);
        if breadth == Breadth::Attributed {
            attitudes::read(prepared, number, &mut drafts);
        }
    }
    follows::read(prepared, &mut drafts);
    assemble::assemble(prepared, breadth, drafts)
}

/// Tokens of one sentence, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tokens {
    pub sentence: usize,
    pub first: usize,
    pub last: usize,
    /// The token that carries the meaning.
    pub head: usize,
}

/// Who is said to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// These words.
    Words(Tokens),
    /// The speaker of the statement before, in reading order.
    Previous,
    /// Nobody is named.
    Nobody,
}

/// A statement before its evidence is cited.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub sentence: usize,
    pub speaker: Speaker,
    pub cue: Option<Span>,
    pub content: Span,
    pub class: CueClass,
    pub realm: Realm,
    /// Words that name whom it is said to.
    pub addressee: Option<Tokens>,
    pub rule: &'static str,
}
