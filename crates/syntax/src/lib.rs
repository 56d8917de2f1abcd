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
mod names;
pub mod score;
mod table;
mod tagger;
pub mod train;
pub mod train_names;
mod types;

pub use engine::{Analysis, Engine, Parts, Recall};
pub use model::BadModel;
pub use table::{Table, Weights};
pub use types::*;
