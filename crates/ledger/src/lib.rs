//! Append-only entries, replay, hash chain.
//!
//! The ledger has few writes and no edits. What stands is a pure fold over
//! its entries, so any past state can be shown again with its reasons. Every
//! entry is chained to the one before by SHA-256 over canonical bytes.
//!
//! It does not know what a claim says, how entries are stored, or what time
//! it is: a desk passes the time in, and without a desk there is none.

mod chain;
mod entry;
mod replay;

pub use chain::{ChainBreak, GENESIS, Ledger, Line, sha256_hex};
pub use entry::{Entry, Parsed, ReviewerId, Verdict};
pub use replay::{Standing, replay, standing, undone};
