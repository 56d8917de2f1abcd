//! Reuse of text: passages, kinds of change, lineages.

use crate::agreement::words;
use crate::{ArticleId, Evidence, LineageId};

words! {
    /// How two passages of one origin differ.
    ReuseKind {
        Verbatim = "verbatim",
        Edited = "edited",
        QuoteVariant = "quote_variant",
        FramingSwap = "framing_swap",
        Paraphrase = "paraphrase",
    }
}

/// Two passages that descend from one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reuse {
    /// One end.
    pub a: Evidence,
    /// The other end, in another article.
    pub b: Evidence,
    /// How they differ.
    pub kind: ReuseKind,
    /// The differences; empty only for `verbatim`.
    pub changes: Vec<Change>,
}

/// One difference between two aligned passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Words in `a`, if any.
    pub a: Option<Evidence>,
    /// Words in `b`, if any.
    pub b: Option<Evidence>,
    /// Whether the words stand inside quotation marks.
    pub in_quotation: bool,
}

/// All text that descends from one origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// Derived from its passages.
    pub id: LineageId,
    /// Articles that carry some of it, sorted.
    pub articles: Vec<ArticleId>,
    /// The passages, by article.
    pub passages: Vec<Evidence>,
    /// The agency, only where a text credit or dateline names it.
    pub agency: Option<String>,
    /// Why the agency is named, or why it is not.
    pub agency_basis: String,
}
