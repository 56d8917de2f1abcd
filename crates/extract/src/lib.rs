//! Page or file to article: text, segments, metadata, credits, publication date.
//!
//! It does not know where bytes come from and never touches the network.

mod credits;
mod cues;
mod dating;
mod decode;
mod inline;
mod lexicon;
mod lines;
mod sections;
mod segment;

use sha2::{Digest, Sha256};
use truce_model::{Anchor, Article, ArticleId, Basis, Problem, Published, Span};

pub use dating::twins::{TWIN_DAYS_MAX, Twin, date_from_twins};

/// Bytes of a plain-text report at most.
pub const REPORT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Bytes of an HTML page at most.
pub const PAGE_BYTES_MAX: usize = 32 * 1024 * 1024;

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
    let refuse = |what: String| Problem { article: None, stage: STAGE, what, span: None };
    let decoded = decode::decode(&raw.path, &raw.bytes, None, false).map_err(refuse)?;
    let sha256 = hex(&Sha256::digest(&raw.bytes));
    let id = ArticleId::from(&sha256[..16]);
    let mut problems = Vec::new();
    let mut complain = |what: String, span: Option<Span>| {
        problems.push(Problem { article: Some(id.clone()), stage: STAGE, what, span });
    };
    if let Some(note) = decoded.note {
        complain(note, None);
    }
    let text = decoded.text;
    let layout = segment::segment(&text, raw.given.title.as_deref());
    let segments = layout.segments.clone();
    let credits = credits::credits(&text, &layout, &segments);
    let mut published = dating::date(&text, &layout, &segments, anchors);
    if let Some(given) = &raw.given.published {
        match given_date(given) {
            Some(it) => published = it,
            None => complain(
                format!(
                    "{}: the given date \"{given}\" is no date that can be read; use YYYY-MM-DD",
                    raw.path
                ),
                None,
            ),
        }
    }
    let headline = layout.headline.map(|it| layout.lines[it].text.to_owned());
    if layout.body.is_none() {
        complain(format!("{}: no body was found; check that the file holds a report", raw.path), None);
    }
    let title = raw.given.title.clone().or(headline);
    let article = Article {
        id: id.clone(),
        path: raw.path.clone(),
        sha256,
        outlet: raw.given.outlet.clone(),
        url: raw.given.url.clone(),
        title,
        language: raw.given.language.clone(),
        published,
        text: text.into(),
        segments,
        text_credit: credits.text,
        picture_credit: credits.picture,
    };
    Ok((article, problems))
}

/// The name of this stage in problems.
const STAGE: &str = "extract";

/// A date given beside a report.
fn given_date(given: &str) -> Option<Published> {
    let stamp = dating::stamp::find(given);
    if let Some(it) = stamp.and_then(|it| dating::stated(&it, None, "given with the report")) {
        return Some(it);
    }
    // A bare year is a date too, but only as given, never as printed.
    let year = given.trim();
    let is_year = year.len() == 4 && year.chars().all(|it| it.is_ascii_digit());
    is_year.then(|| Published {
        value: truce_model::Edtf::new(year),
        precision: Some(truce_model::Precision::Year),
        basis: Basis::Stated,
        evidence: None,
        reason: "given with the report".to_owned(),
    })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, it| {
        let _ = write!(out, "{it:02x}");
        out
    })
}
