//! Readings and agreement to incidents, replies, corroboration and findings.
//!
//! It never decides who is right: it says who charges whom with what, what
//! was answered to which charge, how many independent origins the words have,
//! and what that amounts to for each obligation. Joining is conservative, and
//! every join keeps its reason; what could be joined in two ways is not.
//!
//! It does not know texts beyond the words cited, files, or how articles were
//! traced and read.

mod conflicts;
mod ctx;
mod findings;
mod join;
mod origins;
mod period;
mod replies;
mod same;
mod standing;

use truce_model::{Agreement, Article, Assessment, Reading};

use ctx::Ctx;

/// Assesses what all articles together say. `lineages` and `reuse` come from
/// the trace stage; readings stand beside their articles.
///
/// The order of `articles` does not change the result.
pub fn assess(
    agreement: &Agreement,
    articles: &[(Article, Reading)],
    reuse: &[truce_model::Reuse],
    lineages: &[truce_model::Lineage],
) -> Assessment {
    let ctx = Ctx::new(agreement, articles, reuse, lineages);
    let mut problems = Vec::new();
    let groups = join::incidents(&ctx, &mut problems);
    let replies = replies::replies(&ctx, &groups);
    let mut incidents: Vec<_> = groups.iter().map(|it| standing::incident(&ctx, it, &replies)).collect();
    incidents.extend(standing::acknowledged_alone(&ctx, &groups, &replies));
    incidents.sort_by(|a, b| a.id.cmp(&b.id));
    let findings = findings::findings(&ctx, &incidents);
    problems.sort();
    problems.dedup();
    Assessment { incidents, findings, problems }
}
