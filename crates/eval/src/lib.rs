//! Scoring against gold: how well each stage reads, by the measures of the
//! field.
//!
//! Takes texts and gold as strings; reads no files.

pub mod attribution;
pub mod factuality;
pub mod gold;
pub mod place;
pub mod plover;
pub mod syntax;
pub mod time;
pub mod trace;
