//! Dating an undated report through a dated one that prints the same text.
//!
//! ## Reads
//! Passages shared with a dated report, and the weekdays in them.
//!
//! ## Matters because
//! Reprints often lose their date; their twin has it.
//!
//! ## Example
//! An undated report shares "on Sunday" with one of Monday, 5 May 2031, and
//! names no later weekday: it is of 4 May.
//!
//! ## Misses
//! Reprints after more than a few days.

use truce_model::{Article, Basis, Edtf, Precision, Published, SegmentKind as Kind, Span};

use super::anchors::{Mention, weekday_mentions};

/// A dated report that shares passages with an undated one.
#[derive(Clone, Copy, Debug)]
pub struct Twin<'a> {
    /// The dated report.
    pub article: &'a Article,
    /// A passage of the undated report that the twin prints too.
    pub shared: Span,
}

/// Days by which a reprint may follow its original.
pub const TWIN_DAYS_MAX: i64 = 6;

/// Dates `article` by twins: reports of the same lineage whose date is known.
///
/// A weekday named in a shared passage is the same day in both, so it is
/// counted back from the twin's date. The latest weekday that the undated
/// report names on or after it is its own date; without any it appeared at
/// most [`TWIN_DAYS_MAX`] days after that day, which is an interval.
/// Returns `None` if `article` is dated already, or no twin settles it, or
/// twins disagree.
pub fn date_from_twins(article: &Article, twins: &[Twin<'_>]) -> Option<Published> {
    if article.published.basis != Basis::Unknown {
        return None;
    }
    let body: Vec<Span> = article.segments_of(Kind::Body).map(|it| it.span).collect();
    let mentions = weekday_mentions(&article.text, &body);
    let mut answers: Vec<(Published, String)> = Vec::new();
    for twin in twins {
        if let Some(it) = by_one_twin(article, &mentions, twin) {
            let value = it.value.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default();
            answers.push((it, value));
        }
    }
    answers.sort_by(|a, b| (&a.1, &a.0.reason).cmp(&(&b.1, &b.0.reason)));
    let agreed = answers.windows(2).all(|it| it[0].1 == it[1].1);
    if !agreed {
        return None;
    }
    answers.into_iter().next().map(|it| it.0)
}

fn by_one_twin(article: &Article, mentions: &[Mention], twin: &Twin<'_>) -> Option<Published> {
    let (first, last) = twin.article.published.value.as_ref()?.days();
    let (first, last) = (first?, last?);
    if first != last {
        return None;
    }
    let dated: jiff::civil::Date = first.parse().ok()?;
    let shared = mentions.iter().find(|it| twin.shared.contains(it.span) && it.past)?;
    let back = (weekday(dated) + 7 - shared.weekday) % 7;
    let fixed = dated.checked_sub(jiff::Span::new().days(i64::from(back))).ok()?;
    let latest = super::anchors::latest_on_or_after(mentions, shared)?;
    let day = fixed.checked_add(jiff::Span::new().days(i64::from(latest.days))).ok()?;
    let twin_name = file_name(&twin.article.path);
    let reason = format!(
        "no date on the page; \"{}\" stands in a passage that {twin_name} prints too, which is dated {dated}, so it is \
         {fixed}; the latest weekday named is \"{}\", {} day(s) after it: {day}",
        shared.span.of(&article.text).unwrap_or(""),
        latest.mention.span.of(&article.text).unwrap_or(""),
        latest.days,
    );
    Some(Published {
        value: Edtf::new(day.to_string()),
        precision: Some(Precision::Day),
        basis: Basis::Inferred,
        evidence: Some(shared.span),
        reason,
    })
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Monday is 0.
pub(crate) fn weekday(date: jiff::civil::Date) -> u8 {
    date.weekday().to_monday_zero_offset() as u8
}
