//! The nouns of the codebook as types with their invariants.
//!
//! Every stage takes and returns these. No type here derives `Serialize`: the
//! `record` crate alone owns the written form.
//!
//! It does not know how anything is found, stored or shown.

mod agreement;
mod article;
mod assessment;
mod ids;
mod origins;
mod reading;
mod time;
mod trace;

pub use agreement::*;
pub use article::*;
pub use assessment::*;
pub use ids::*;
pub use origins::*;
pub use reading::*;
pub use time::*;
pub use trace::*;

pub use truce_text::Span;
