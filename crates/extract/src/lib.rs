//! Page or file to article: text, segments, metadata, credits, publication date.
//!
//! It does not know where bytes come from and never touches the network.

use truce_model::{Anchor, Article, Problem};

/// Bytes as they were received, with what is known about them.
#[derive(Clone, Debug, Default)]
pub struct RawReport {
    /// Path or name it was read from.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How the bytes are to be taken; `None` to tell from name and bytes.
    pub format: Option<RawFormat>,
    /// Metadata given beside the report (JSON Lines fields), basis `stated`.
    pub given: Given,
}

/// What kind of bytes a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawFormat {
    /// Plain text.
    Text,
    /// An HTML page.
    Html,
}

/// Metadata given beside a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Publication date.
    pub published: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Language, ISO 639-1.
    pub language: Option<String>,
}

/// Turns one report into an article. `anchors` are the agreement's dated
/// facts, by which an undated report may be dated.
///
/// Never fails on odd prose; `Err` holds the Problem of input that is no
/// report at all (empty, binary, too large).
pub fn extract(raw: &RawReport, anchors: &[Anchor]) -> Result<(Article, Vec<Problem>), Problem> {
    let _ = anchors;
    Err(Problem { article: None, stage: "extract", what: format!("{}: not read", raw.path), span: None })
}
