//! Tags, lemmas, dependency trees and names for English news prose.
//!
//! It does not know what a report, an actor or a claim is.

mod atoms;
mod beam;
mod boundaries;
pub mod conllu;
mod engine;
mod features;
mod hash;
mod learn;
mod lemma;
mod lines;
mod model;
pub mod score;
mod table;
mod tagger;
pub mod train;
mod types;

pub use engine::{Analysis, Engine, Parts};
pub use model::BadModel;
pub use types::*;
