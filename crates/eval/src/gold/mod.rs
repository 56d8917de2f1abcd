//! A record against a gold file: body, statements, claims, dates, reuse,
//! publication dates, integrity.
//!
//! Measures and definitions are those of the gold's `score.py`; a test
//! compares all numbers of both. Offsets are Unicode code points here, as in
//! records and gold.

mod claims;
mod dates;
mod load;
mod matching;
mod measures;
mod record;
mod score;

pub use load::{BadGold, Gold, load};
pub use measures::{Integrity, Matched, Measure, Notes, Scores};
pub use score::score;
