//! Page or file to article: text, segments, metadata, credits, publication date.
//!
//! It does not know where bytes come from and never touches the network.

mod credits;
mod cues;
mod dating;
mod decode;
mod html;
mod inline;
mod jsonl;
mod language;
mod lexicon;
mod lines;
mod sections;
mod segment;

use sha2::{Digest, Sha256};
use truce_model::{Anchor, Article, ArticleId, Basis, Problem, Published, Segment, SegmentKind};

use credits::Credits;

pub use dating::twins::{TWIN_DAYS_MAX, Twin, date_from_twins};
pub use jsonl::{JSON_LINE_BYTES_MAX, report_from_json_line};

/// Bytes of a plain-text report at most.
pub const REPORT_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Bytes of an HTML page at most.
pub const PAGE_BYTES_MAX: usize = 16 * 1024 * 1024;

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
    let format = raw.format.unwrap_or_else(|| format_of(&raw.path, &raw.bytes));
    let is_page = format == RawFormat::Html;
    let declared = is_page.then(|| declared_encoding(&raw.bytes)).flatten();
    let decoded = decode::decode(&raw.path, &raw.bytes, declared.as_deref(), is_page).map_err(refuse)?;
    let sha256 = hex(&Sha256::digest(&raw.bytes));
    let mut notes: Vec<String> = decoded.note.into_iter().collect();
    let read = if is_page {
        read_page(raw, &decoded.text, anchors, &mut notes)
    } else {
        read_text(raw, decoded.text, anchors)
    };
    let mut published = read.published;
    if let Some(given) = &raw.given.published {
        match given_date(given) {
            Some(it) => published = it,
            None => notes.push(format!(
                "{}: the given date \"{given}\" is no date that can be read; use YYYY-MM-DD",
                raw.path
            )),
        }
    }
    let body: String = read
        .segments
        .iter()
        .filter(|it| it.kind == SegmentKind::Body)
        .filter_map(|it| it.span.of(&read.text))
        .collect();
    if body.trim().is_empty() {
        notes.push(format!("{}: no body was found; check that the file holds a report", raw.path));
    }
    let language = tell_language(raw, &body, read.language.as_deref(), &mut notes);
    let article = Article {
        id: ArticleId::from(&sha256[..ID_LETTERS]),
        path: raw.path.clone(),
        sha256,
        outlet: raw.given.outlet.clone().or(read.outlet),
        url: raw.given.url.clone().or(read.url),
        title: raw.given.title.clone().or(read.title),
        language,
        published,
        text: read.text.into(),
        segments: read.segments,
        text_credit: read.credits.text,
        picture_credit: read.credits.picture,
    };
    let problem =
        |what: String| Problem { article: Some(article.id.clone()), stage: STAGE, what, span: None };
    let problems = notes.into_iter().map(problem).collect();
    Ok((article, problems))
}

/// What one format's reader gives.
struct Read {
    text: String,
    segments: Vec<Segment>,
    credits: Credits,
    published: Published,
    title: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

fn read_text(raw: &RawReport, text: String, anchors: &[Anchor]) -> Read {
    let layout = segment::segment(&text, raw.given.title.as_deref());
    let credits = credits::credits(&text, &layout, &layout.segments);
    let published = dating::date(&text, &layout, &layout.segments, anchors);
    let title = layout.headline.map(|it| layout.lines[it].text.to_owned());
    let segments = layout.segments;
    Read { credits, published, title, segments, outlet: None, url: None, language: None, text }
}

fn read_page(raw: &RawReport, source: &str, anchors: &[Anchor], notes: &mut Vec<String>) -> Read {
    let page = html::read(source);
    if let Some(note) = &page.note {
        notes.push(format!("{}: {note}", raw.path));
    }
    let title = raw.given.title.clone().or(page.meta.title.clone());
    let url = raw.given.url.clone().or(page.meta.url.clone());
    let (text, places) = html::layout::compose(&page, title.as_deref());
    let layout = html::layout::segment(&text, &page, &places, title.is_some());
    let credits = credits::credits(&text, &layout, &layout.segments);
    let published = dating::page::date(&page, url.as_deref())
        .unwrap_or_else(|| dating::date_of_page(&text, &layout, &layout.segments, anchors));
    let segments = layout.segments;
    Read {
        credits,
        published,
        title,
        segments,
        outlet: page.meta.outlet,
        url,
        language: page.meta.language,
        text,
    }
}

/// Letters of an article's id, taken from its SHA-256.
const ID_LETTERS: usize = 16;

/// Bytes at the head of a file in which markup must show itself.
const MARKUP_PROBE_BYTES: usize = 2048;

/// Tells a page from plain text by name and first bytes.
fn format_of(path: &str, bytes: &[u8]) -> RawFormat {
    let name = path.to_lowercase();
    if [".html", ".htm", ".xhtml"].iter().any(|it| name.ends_with(it)) {
        return RawFormat::Html;
    }
    let probe = &bytes[..bytes.len().min(MARKUP_PROBE_BYTES)];
    let head =
        String::from_utf8_lossy(probe).trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).to_lowercase();
    let opens = head.starts_with("<!doctype html") || head.starts_with("<html");
    let page =
        head.starts_with('<') && (head.contains("<html") || head.contains("<head") || head.contains("<body"));
    if opens || page { RawFormat::Html } else { RawFormat::Text }
}

/// The encoding that a page declares in its first bytes.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(MARKUP_PROBE_BYTES * 2)]).to_lowercase();
    let after = &head[head.find("charset=")? + "charset=".len()..];
    let name: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|it| it.is_ascii_alphanumeric() || "-_:".contains(*it))
        .take(40)
        .collect();
    (!name.is_empty()).then_some(name)
}

/// The language of a report: as given, else as its words say; what a page
/// declares is believed only where the words do not say otherwise.
fn tell_language(
    raw: &RawReport,
    body: &str,
    declared: Option<&str>,
    notes: &mut Vec<String>,
) -> Option<String> {
    let told = language::identify(body);
    let given = raw.given.language.as_deref().and_then(language::primary);
    let answer = given.or(told).or_else(|| declared.and_then(language::primary));
    match &answer {
        Some(it) if language::READ.contains(&it.as_str()) => {}
        Some(it) => notes.push(format!(
            "{}: the report is in \"{it}\", a language that is not read: it is stored and traced, and no statements are read from it",
            raw.path
        )),
        None => notes.push(format!(
            "{}: the language could not be told; give it as `language` if the report is to be relied on",
            raw.path
        )),
    }
    answer
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
