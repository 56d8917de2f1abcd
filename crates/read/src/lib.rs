//! Article to statements, claims, events, time and place. Every decision
//! names its rule and its words.
//!
//! It does not know other articles, files, clocks or the desk.

pub mod actors;
mod coref;
pub mod prepared;
pub mod statements;
pub mod tree;

pub use prepared::{ActorMention, MentionKind, Prepared, SentenceCtx, prepare};

use truce_model::{Agreement, Article, Reading};

/// Reads `article`. Without an agreement, actors come from the general
/// register alone and claims bear on no provision.
///
/// Never fails: odd prose yields a Problem, not an error, and the rest of the
/// article is still read.
pub fn read(agreement: Option<&Agreement>, article: &Article) -> Reading {
    let _ = (agreement, article);
    Reading::default()
}
