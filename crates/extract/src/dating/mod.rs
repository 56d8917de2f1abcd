//! When a report was published, and how that is known.
//!
//! Never from a caption, a teaser, an event in the text or the day of
//! fetching.

pub(crate) mod anchors;
pub(crate) mod page;
pub(crate) mod stamp;
pub(crate) mod twins;

use truce_model::{Anchor, Basis, Edtf, Precision, Published, Segment, SegmentKind as Kind, Span};

use crate::cues::Cue;
use crate::segment::Layout;
use stamp::Stamp;

/// Dates a text from what is printed in it, or from the agreement's anchors.
pub(crate) fn date(text: &str, layout: &Layout<'_>, segments: &[Segment], anchors: &[Anchor]) -> Published {
    match printed(text, layout, segments) {
        Printed::One(it) => it,
        Printed::Conflict(reason) => Published::unknown(reason),
        Printed::None => yearless(text, layout, segments, anchors)
            .unwrap_or_else(|| anchors::infer(text, segments, anchors)),
    }
}

/// As [`date`], for the text of a page: what a page prints below its report is
/// as often the date of something else.
pub(crate) fn date_of_page(
    text: &str,
    layout: &Layout<'_>,
    segments: &[Segment],
    anchors: &[Anchor],
) -> Published {
    match printed_from(text, layout, segments, Rank::Updated) {
        Printed::One(it) => it,
        Printed::Conflict(reason) => Published::unknown(reason),
        Printed::None => yearless(text, layout, segments, anchors)
            .unwrap_or_else(|| anchors::infer(text, segments, anchors)),
    }
}

/// What the page prints.
pub(crate) enum Printed {
    None,
    One(Published),
    Conflict(String),
}

/// How much a place on the page says about publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Published,
    Bare,
    Dateline,
    Updated,
    Foot,
}

struct Candidate {
    stamp: Stamp,
    span: Span,
    rank: Rank,
}

/// Looks for a printed date of publication.
pub(crate) fn printed(text: &str, layout: &Layout<'_>, segments: &[Segment]) -> Printed {
    printed_from(text, layout, segments, Rank::Foot)
}

/// What is printed in places that say at least as much as `least`.
fn printed_from(text: &str, layout: &Layout<'_>, segments: &[Segment], least: Rank) -> Printed {
    let mut found = candidates(text, layout, segments);
    found.retain(|it| it.rank <= least);
    let later = later_update(&found);
    let Some(best) = found.iter().map(|it| it.rank).min() else { return Printed::None };
    // A month alone is kept only where nothing finer is printed.
    let fine = found.iter().any(|it| it.rank == best && it.stamp.day.is_some());
    found.retain(|it| it.rank == best && (!fine || it.stamp.day.is_some()));
    let day = |it: &Stamp| (it.year, it.month, it.day);
    let first = &found[0];
    if best != Rank::Updated && found.iter().any(|it| day(&it.stamp) != day(&first.stamp)) {
        let days: Vec<&str> = found.iter().map(|it| it.span.of(text).unwrap_or("")).collect();
        return Printed::Conflict(format!(
            "the page prints several dates of the same standing: {}",
            days.join("; ")
        ));
    }
    if let Some(update) = later {
        let reason = format!(
            "printed as the time of the last update, of which the text is; first published {}",
            found[0].span.of(text).unwrap_or("")
        );
        return stated(&update.0, Some(update.1), &reason).map_or(Printed::None, Printed::One);
    }
    let timed = found.iter().find(|it| it.stamp.time.is_some()).unwrap_or(first);
    let chosen = if best == Rank::Updated { first } else { timed };
    let how = match best {
        Rank::Published => "printed as the time of publication",
        Rank::Bare => "printed above the text",
        Rank::Dateline => "printed in the dateline",
        Rank::Updated => "printed as the time of the last update; first publication may be earlier",
        Rank::Foot => "printed below the text",
    };
    match stated(&chosen.stamp, Some(chosen.span), how) {
        Some(it) => Printed::One(it),
        None => Printed::None,
    }
}

/// Days after which a later update is no longer the text's own day.
const UPDATE_DAYS_MAX: i32 = 3;

/// An update on a later day than the publication: the text is that of the
/// update, and its "today" too.
fn later_update(found: &[Candidate]) -> Option<(Stamp, Span)> {
    let day = |it: &Stamp| jiff::civil::Date::new(it.year? as i16, it.month as i8, it.day? as i8).ok();
    let first = found.iter().filter(|it| it.rank != Rank::Updated).find_map(|it| day(&it.stamp))?;
    found.iter().filter(|it| it.rank == Rank::Updated).find_map(|it| {
        let days = (day(&it.stamp)? - first).get_days();
        (1..=UPDATE_DAYS_MAX).contains(&days).then(|| (it.stamp.clone(), it.span))
    })
}

/// A stated date of publication.
pub(crate) fn stated(stamp: &Stamp, evidence: Option<Span>, reason: &str) -> Option<Published> {
    let value = Edtf::new(stamp.edtf()?)?;
    let precision = match (stamp.day, stamp.time) {
        (None, _) => Precision::Month,
        (Some(_), None) => Precision::Day,
        (Some(_), Some(_)) => Precision::Minute,
    };
    Some(Published {
        value: Some(value),
        precision: Some(precision),
        basis: Basis::Stated,
        evidence,
        reason: reason.to_owned(),
    })
}

fn candidates(text: &str, layout: &Layout<'_>, segments: &[Segment]) -> Vec<Candidate> {
    let body_starts = layout.body.map_or(usize::MAX, |it| it.0);
    let mut out = Vec::new();
    for (at, line) in layout.lines.iter().enumerate() {
        let above = at < body_starts;
        let shown = match layout.kinds[at] {
            Kind::Caption | Kind::Teaser | Kind::Body | Kind::Headline => false,
            Kind::Credit => layout.cues[at] == Cue::SignOff,
            Kind::Subhead => line.chars <= 120 && above,
            _ => above || matches!(layout.cues[at], Cue::Stamp | Cue::Note),
        };
        if !shown || line.chars > 200 {
            continue;
        }
        for stamp in stamp::find_all(line.text) {
            let before = &line.text[..stamp.start];
            let label = if before.trim().is_empty() { line.text } else { before };
            let rank = if stamp::is_update(before) {
                Rank::Updated
            } else if stamp::is_published(label) {
                Rank::Published
            } else if before.trim_end().ends_with(':') && before.chars().any(char::is_alphabetic) {
                // "Deadline: 21 April" is the date of something else.
                continue;
            } else if above {
                Rank::Bare
            } else if layout.cues[at] == Cue::Stamp {
                Rank::Foot
            } else {
                continue;
            };
            if stamp.day.is_none() && rank == Rank::Foot {
                continue;
            }
            let start = line.span.start as usize;
            let span = Span::new(start + stamp.start, start + stamp.end);
            out.push(Candidate { stamp, span, rank });
        }
    }
    for segment in segments.iter().filter(|it| it.kind == Kind::Dateline) {
        let words = segment.span.of(text).unwrap_or("");
        let inline = !layout.lines.iter().any(|it| segment.span.contains(it.span));
        if let (true, Some(stamp)) = (inline, stamp::find(words)) {
            let start = segment.span.start as usize;
            let span = Span::new(start + stamp.start, start + stamp.end);
            out.push(Candidate { stamp, span, rank: Rank::Dateline });
        }
    }
    out
}

/// A dateline such as `KABUL, Oct. 12 (Reuters)` has no year. It is taken from
/// an anchor whose words stand in the body, if the two dates lie within a
/// month of each other in one year only.
fn yearless(text: &str, layout: &Layout<'_>, segments: &[Segment], anchors: &[Anchor]) -> Option<Published> {
    let segment = segments.iter().find(|it| {
        it.kind == Kind::Dateline && stamp::find_day_month(it.span.of(text).unwrap_or("")).is_some()
    })?;
    let stamp = stamp::find_day_month(segment.span.of(text)?)?;
    let start = segment.span.start as usize;
    let span = Span::new(start + stamp.start, start + stamp.end);
    let day = stamp.day?;
    let near = anchors::named_in_body(text, segments, anchors);
    let mut years: Vec<(i16, String)> = Vec::new();
    for anchor in near {
        for year in [anchor.year() - 1, anchor.year(), anchor.year() + 1] {
            let Ok(date) = jiff::civil::Date::new(year, stamp.month as i8, day as i8) else { continue };
            let days = (date - anchor).get_days();
            if (-1..=31).contains(&days) && !years.iter().any(|it| it.0 == year) {
                years.push((year, anchor.to_string()));
            }
        }
    }
    let [(year, anchor)] = years.as_slice() else {
        let _ = layout;
        return Some(Published {
            evidence: Some(span),
            ..Published::unknown(format!(
                "the dateline says {} without a year, and nothing on the page gives one",
                span.of(text).unwrap_or("")
            ))
        });
    };
    Some(Published {
        value: Edtf::new(format!("{year:04}-{:02}-{day:02}", stamp.month)),
        precision: Some(Precision::Day),
        basis: Basis::Inferred,
        evidence: Some(span),
        reason: format!(
            "the dateline says {} without a year; {year} is the only year in which that is within a month after the \
             anchor of {anchor}, which the text names",
            span.of(text).unwrap_or("")
        ),
    })
}
