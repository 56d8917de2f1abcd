//! The timeline: conduct, statement and report as three clocks.

use maud::{Markup, html};
use truce_record::Incident;

use super::axis::{Axis, DAYS_BEFORE_MAX, cut};
use super::frame;
use crate::day::{self, Day};
use crate::say::{Outside, Plain};
use crate::strings as s;
use crate::view::View;

const LEFT: f64 = 260.0;
const ROW: u32 = 34;
const TOP: u32 = 26;

/// One incident on the line.
struct Row<'r> {
    number: usize,
    incident: &'r Incident,
    ends: (Option<Day>, Option<Day>),
    /// First and last day of each report that carries it.
    reports: Vec<(Day, Day)>,
}

pub(super) fn section(view: &View) -> Markup {
    let rows: Vec<Row> = view
        .incidents_listed()
        .into_iter()
        .map(|(number, incident)| Row {
            number,
            incident,
            ends: ends(incident),
            reports: reports(view, incident),
        })
        .collect();
    let (dated, undated): (Vec<_>, Vec<_>) = rows.into_iter().partition(|it| it.ends != (None, None));
    html! {
        p.lead { (s::TIMELINE_LEAD) }
        @match window(view, &dated) {
            Some(axis) if !dated.is_empty() => {
                (figure(view, &axis, &dated))
                (table(view, &dated))
            },
            _ => p.none { (s::NO_DATES) },
        }
        @if !undated.is_empty() {
            h3 { (s::UNDATED_CLAIMS) }
            ul.undated { @for it in &undated { li { (frame::incident(view, &it.incident.id)) } } }
        }
    }
}

fn ends(incident: &Incident) -> (Option<Day>, Option<Day>) {
    incident.time.as_ref().map_or((None, None), |it| day::ends(&it.value))
}

fn reports(view: &View, incident: &Incident) -> Vec<(Day, Day)> {
    let articles: std::collections::BTreeSet<usize> = incident
        .claims
        .iter()
        .filter_map(|it| view.article(&view.claim(it)?.article))
        .map(|it| it.0)
        .collect();
    let days = articles.into_iter().filter_map(|it| match view.published(it) {
        (Some(first), last) => Some((first, last.unwrap_or(first))),
        (None, Some(last)) => Some((last, last)),
        (None, None) => None,
    });
    days.collect()
}

fn window(view: &View, rows: &[Row]) -> Option<Axis> {
    let events = || rows.iter().flat_map(|it| [it.ends.0, it.ends.1]).flatten();
    let (first, last) = match view.period() {
        Some((first, last)) => {
            let floor = first - DAYS_BEFORE_MAX;
            let early = events().filter(|it| *it >= floor).min().unwrap_or(first);
            (
                early.min(first),
                events().filter(|it| *it <= last + DAYS_BEFORE_MAX).max().unwrap_or(last).max(last),
            )
        }
        None => (events().min()?, events().max()?),
    };
    Some(Axis::new(first, last, LEFT))
}

fn figure(view: &View, axis: &Axis, rows: &[Row]) -> Markup {
    let height = TOP + ROW * rows.len() as u32 + 8;
    html! {
        (legend())
        div.scroll tabindex="0" role="group" aria-label=(s::TIMELINE.1) {
            svg.timeline viewBox={ "0 0 980 " (height) } width="980" height=(height) role="group" aria-label=(s::TIMELINE_LEAD) {
                (axis.grid(TOP, height - 4))
                @for (n, row) in rows.iter().enumerate() { (line(view, axis, row, TOP + ROW * n as u32)) }
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        ul.legend aria-label=(s::LEGEND) {
            li { svg width="26" height="12" aria-hidden="true" { rect.ev x="1" y="2" width="24" height="8" {} } (s::EVENT_CLOCK) }
            li { svg width="26" height="12" aria-hidden="true" { rect.ev.open x="1" y="2" width="24" height="8" {} } (s::EVENT_CLOCK) " within" }
            li { svg width="26" height="12" aria-hidden="true" { line.st x1="1" x2="25" y1="6" y2="6" {} } (s::STATEMENT_CLOCK) }
            li { svg width="26" height="12" aria-hidden="true" { circle.rp cx="13" cy="6" r="4" {} } (s::REPORT_CLOCK) }
        }
    }
}

fn line(view: &View, axis: &Axis, row: &Row, top: u32) -> Markup {
    let label = s::kind(row.incident.kind.as_deref());
    let accused = view.who(row.incident.accused.as_deref(), s::NOBODY_ACCUSED);
    let (first, last) = row.ends;
    let start = first.or(last).unwrap_or(axis.first);
    let reported = row.reports.iter().map(|it| it.1).max();
    // An open end is drawn as far as anybody can have known, with an arrow.
    let end = last.or(reported).unwrap_or(start).max(start);
    let exact = first.is_some() && first == last;
    html! {
        a href={ "#i" (row.number + 1) } {
            text.what x="0" y=(top + 14) { (Plain(&cut(&label, 34))) }
            text.who x="0" y=(top + 27) { (Plain(&cut(accused, 38))) }
            @if end < axis.first {
                text.edge x=(axis.start(axis.first)) y=(top + 14) { "◂ " (Plain(row.incident.time.as_ref().map_or("", |it| &it.value))) }
            } @else {
                rect class=(if exact { "ev" } else { "ev open" }) x=(axis.start(start)) y=(top + 6) width=(axis.span(start, end)) height="9" {}
                @if first.is_none() || start < axis.first { text.edge x=(axis.start(start)) y=(top + 14) text-anchor="end" { "◂" } }
                @if last.is_none() { text.edge x=(axis.start(end + 1)) y=(top + 14) { "▸" } }
            }
            @if let Some(reported) = reported {
                @if reported >= start {
                    line.st x1=(axis.middle(start)) x2=(axis.middle(reported)) y1=(top + 22) y2=(top + 22) {}
                }
            }
            @for (n, (first, last)) in row.reports.iter().enumerate() {
                @let lift = row.reports[..n].iter().filter(|it| *it == &(*first, *last)).count().min(3) as u32;
                @if first == last { circle.rp cx=(axis.middle(*first)) cy=(top + 22 - lift * 3) r="3.6" {} }
                @else { rect.rp.open x=(axis.start(*first)) y=(top + 19) width=(axis.span(*first, *last)) height="6" rx="3" {} }
            }
        }
    }
}

fn table(view: &View, rows: &[Row]) -> Markup {
    html! {
        details.astable {
            summary { (s::AS_TABLE) }
            div.scroll tabindex="0" role="group" aria-label=(s::AS_TABLE) {
                table {
                    thead { tr { th scope="col" { "Incident" } th scope="col" { (s::EVENT_CLOCK) } th scope="col" { (s::ARITHMETIC) } th scope="col" { (s::REPORT_CLOCK) } } }
                    tbody {
                        @for row in rows {
                            tr {
                                td { (frame::incident(view, &row.incident.id)) }
                                td { @if let Some(it) = &row.incident.time { (Outside(&it.value)) } }
                                td { @if let Some(it) = &row.incident.time { (Outside(&it.rule)) } }
                                td { @for (first, last) in &row.reports {
                                    (day::iso(*first)) @if first != last { "/" (day::iso(*last)) } " "
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
}
