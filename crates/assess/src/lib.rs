//! Readings and agreement to incidents, replies, corroboration and findings.
//!
//! It never decides who is right.

use truce_model::{Agreement, Article, Assessment, Reading};

/// Assesses what all articles together say. `lineages` and `reuse` come from
/// the trace stage; readings stand beside their articles.
pub fn assess(
    agreement: &Agreement,
    articles: &[(Article, Reading)],
    reuse: &[truce_model::Reuse],
    lineages: &[truce_model::Lineage],
) -> Assessment {
    let _ = (agreement, articles, reuse, lineages);
    Assessment::default()
}
