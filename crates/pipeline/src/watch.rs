//! Telling somebody how far the work is.

/// A stage of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reports become articles.
    Extract,
    /// Reused passages are found.
    Trace,
    /// Statements and claims are read.
    Read,
    /// Claims become incidents and findings.
    Assess,
    /// The record is written.
    Record,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Stage; 5] = [Stage::Extract, Stage::Trace, Stage::Read, Stage::Assess, Stage::Record];

    /// The word shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Extract => "extract",
            Stage::Trace => "trace",
            Stage::Read => "read",
            Stage::Assess => "assess",
            Stage::Record => "record",
        }
    }
}

/// Somebody who wants to know how far the work is. Nothing that a watcher
/// does can change a result.
pub trait Watch: Sync {
    /// A stage begins; `total` articles, if their number is known.
    fn begin(&self, stage: Stage, total: Option<usize>);
    /// `count` more articles are done. Called from several threads.
    fn step(&self, count: usize);
    /// The stage is done.
    fn end(&self, stage: Stage);
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Watch for Silent {
    fn begin(&self, _: Stage, _: Option<usize>) {}
    fn step(&self, _: usize) {}
    fn end(&self, _: Stage) {}
}
