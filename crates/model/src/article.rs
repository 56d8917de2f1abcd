//! What was printed: the article, its segments, credits and date.

use std::sync::Arc;

use crate::{ArticleId, Edtf, Span};

/// One report as it is read: a text and what is known about it.
#[derive(Clone, Debug)]
pub struct Article {
    /// Derived from `sha256`.
    pub id: ArticleId,
    /// Where it was read from, as given; the file name matters to people.
    pub path: String,
    /// SHA-256 of the bytes as received, in lower-case hex.
    pub sha256: String,
    /// Who printed it, as the page or its metadata say. `None` is an answer.
    pub outlet: Option<String>,
    /// Address of the page, if given.
    pub url: Option<String>,
    /// The headline, if one was found.
    pub title: Option<String>,
    /// ISO 639-1 code of the language the body is in, if it could be told.
    pub language: Option<String>,
    /// Publication date with its basis.
    pub published: Published,
    /// What all spans point into. For plain text the decoded file, unchanged.
    pub text: Arc<str>,
    /// Sorted, without gaps or overlaps: every byte belongs to exactly one.
    pub segments: Vec<Segment>,
    /// Where the text names the agency it was taken from.
    pub text_credit: Option<Span>,
    /// Where the page names whose picture it shows. Says nothing about the text.
    pub picture_credit: Option<Span>,
}

impl Article {
    /// The words at `span`; empty for a span that is none of this text.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text).unwrap_or("")
    }

    /// The segments of one kind, in order.
    pub fn segments_of(&self, kind: SegmentKind) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(move |it| it.kind == kind)
    }

    /// The segments that may be read: headline, subhead and body, in order.
    pub fn readable(&self) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(|it| it.kind.is_read())
    }

    /// The kind of the segment that holds byte `at`.
    pub fn segment_at(&self, at: usize) -> Option<&Segment> {
        let next = self.segments.partition_point(|it| (it.span.end as usize) <= at);
        self.segments.get(next).filter(|it| it.span.contains_at(at))
    }
}

/// A stretch of an article of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it is.
    pub kind: SegmentKind,
    /// Where it is.
    pub span: Span,
}

/// What a stretch of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The names are the codebook's and say it.
pub enum SegmentKind {
    Headline,
    Subhead,
    Byline,
    Dateline,
    Body,
    Caption,
    Credit,
    Crosshead,
    Teaser,
    Navigation,
    Other,
}

impl SegmentKind {
    /// All kinds, in the codebook's order.
    pub const ALL: [SegmentKind; 11] = [
        SegmentKind::Headline,
        SegmentKind::Subhead,
        SegmentKind::Byline,
        SegmentKind::Dateline,
        SegmentKind::Body,
        SegmentKind::Caption,
        SegmentKind::Credit,
        SegmentKind::Crosshead,
        SegmentKind::Teaser,
        SegmentKind::Navigation,
        SegmentKind::Other,
    ];

    /// Whether statements and claims may be read from it.
    pub fn is_read(self) -> bool {
        matches!(self, SegmentKind::Headline | SegmentKind::Subhead | SegmentKind::Body)
    }

    /// The codebook's word.
    pub fn as_str(self) -> &'static str {
        match self {
            SegmentKind::Headline => "headline",
            SegmentKind::Subhead => "subhead",
            SegmentKind::Byline => "byline",
            SegmentKind::Dateline => "dateline",
            SegmentKind::Body => "body",
            SegmentKind::Caption => "caption",
            SegmentKind::Credit => "credit",
            SegmentKind::Crosshead => "crosshead",
            SegmentKind::Teaser => "teaser",
            SegmentKind::Navigation => "navigation",
            SegmentKind::Other => "other",
        }
    }
}

/// When an article was published, and how that is known.
///
/// The date of fetching, of a caption or of a teaser is never the date of
/// publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// EDTF, cut to `precision`; `None` exactly if `basis` is `Unknown`.
    pub value: Option<Edtf>,
    /// How fine `value` is.
    pub precision: Option<Precision>,
    /// How it is known.
    pub basis: Basis,
    /// The words it rests on, if they stand in the text.
    pub evidence: Option<Span>,
    /// The reasoning in words, with its arithmetic.
    pub reason: String,
}

impl Published {
    /// The honest answer when nothing on the page gives a date.
    pub fn unknown(reason: impl Into<String>) -> Published {
        Published {
            value: None,
            precision: None,
            basis: Basis::Unknown,
            evidence: None,
            reason: reason.into(),
        }
    }
}

/// How fine a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Precision {
    Minute,
    Day,
    Month,
    Year,
    Interval,
}

impl Precision {
    /// The record's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Minute => "minute",
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Year => "year",
            Precision::Interval => "interval",
        }
    }
}

/// How a publication date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Printed on the page or in its metadata.
    Stated,
    /// From an anchor event and weekday words, or from a dated twin.
    Inferred,
    /// Not known.
    Unknown,
}

impl Basis {
    /// The record's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Stated => "stated",
            Basis::Inferred => "inferred",
            Basis::Unknown => "unknown",
        }
    }
}

/// Something a person should look at: where a stage gave up, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The article it concerns, if any.
    pub article: Option<ArticleId>,
    /// Which stage says so: `collect`, `extract`, `trace`, `read`, `assess`.
    pub stage: &'static str,
    /// What happened and what to do, in one sentence.
    pub what: String,
    /// The words it concerns.
    pub span: Option<Span>,
}

/// Words in an article that can be shown as the grounds for a reading.
///
/// The quote is kept beside its span so that a change in text cleaning is
/// detected on load, instead of silently pointing at other words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    article: ArticleId,
    span: Span,
    /// Invariant: the article's text at `span`.
    exact: Arc<str>,
}

impl Evidence {
    /// Cites `span` of `article`, or returns `None` if no such words exist.
    pub fn cite(article: &Article, span: Span) -> Option<Evidence> {
        let exact = span.of(&article.text).filter(|it| !it.trim().is_empty())?;
        Some(Evidence { article: article.id.clone(), span, exact: exact.into() })
    }

    /// Reports whether the cited words are still where they were.
    pub fn holds_in(&self, article: &Article) -> bool {
        article.id == self.article && self.span.of(&article.text) == Some(&*self.exact)
    }

    /// The cited article.
    pub fn article(&self) -> &ArticleId {
        &self.article
    }

    /// Where the words stand, in bytes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The words.
    pub fn exact(&self) -> &str {
        &self.exact
    }
}
