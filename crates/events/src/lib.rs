//! Who did what to whom, in the types of the PLOVER event ontology.
//!
//! A coder of words and trees: `lexicon/plover.txt` says which words are what
//! kind of conduct and what must stand with them, [`rules`] how a sentence's
//! doer is led to such a word, and what intention, refusal and obligation
//! make of it. Nothing is learned from texts, so a code can always be traced
//! to a line of the lexicon. It does not know articles, statements or actors.

mod lexicon;
mod marked;
mod matching;
pub mod rules;

pub use lexicon::{Condition, Lexicon, Part, Row, Sense, Type};
pub use marked::{Marked, parse_marked};
pub use matching::{Hit, Scene};
pub use rules::{Coding, Mood, code, code_at, code_with};
