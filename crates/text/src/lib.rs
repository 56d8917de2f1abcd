//! Text as bytes with positions that can be shown to somebody.
//!
//! Everything Trucewatch asserts points at words, so this crate is about not
//! losing positions: spans, lines, code-point offsets, sentences, tokens, and
//! a normalisation that can always be undone.
//!
//! It does not know what an article, an actor or a claim is.

pub mod abbreviations;
pub mod normalise;
pub mod offsets;
pub mod sentences;
pub mod span;
pub mod spelling;
pub mod tokens;

pub use offsets::CodePoints;
pub use span::Span;
