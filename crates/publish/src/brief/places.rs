//! Roads and places: what is claimed about passage on each day. A day nobody
//! speaks of is unknown, and drawn as nothing.

use std::collections::BTreeMap;

use maud::{Markup, html};
use truce_record::Claim;

use super::axis::{Axis, DAYS_BEFORE_MAX, cut};
use crate::day::{self, Day};
use crate::say::{Outside, Plain};
use crate::strings as s;
use crate::view::View;
use crate::voice;

const LEFT: f64 = 260.0;

/// What is claimed of a place on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed,
    Open,
    Disputed,
}

impl State {
    fn words(self) -> &'static str {
        match self {
            State::Closed => s::STATE_CLOSED,
            State::Open => s::STATE_OPEN,
            State::Disputed => s::STATE_DISPUTED,
        }
    }

    fn class(self) -> &'static str {
        match self {
            State::Closed => "closed",
            State::Open => "opened",
            State::Disputed => "disputed",
        }
    }
}

/// A claim about passage: whether it says closed, and the days it speaks of.
struct Passage<'r> {
    claim: &'r Claim,
    closed: bool,
    days: Option<(Day, Day)>,
}

/// Whether a claim says that passage was closed (`true`) or open (`false`).
fn says_closed(claim: &Claim) -> Option<bool> {
    if !matches!(claim.kind.as_deref(), Some("movement_obstruction" | "humanitarian_obstruction")) {
        return None;
    }
    match claim.stance.as_str() {
        "alleges" | "condemns" | "reports" | "acknowledges" | "justifies" => Some(true),
        "denies" | "credits" => Some(false),
        _ => None,
    }
}

/// The days a claim speaks of. An end that is not stated reaches to the day of
/// the report, since nobody can have known more.
fn days(view: &View, claim: &Claim) -> Option<(Day, Day)> {
    let (first, last) = day::ends(&claim.time.as_ref()?.value);
    let reported = view.article(&claim.article).and_then(|it| view.published(it.0).1);
    let first = first.or(last)?;
    Some((first, last.or(reported).unwrap_or(first).max(first)))
}

pub(super) fn section<'r>(view: &View<'r>) -> Markup {
    let mut by_place: BTreeMap<String, Vec<Passage<'r>>> = BTreeMap::new();
    for claim in &view.record.claims {
        let (Some(closed), Some(place)) = (says_closed(claim), &claim.place) else { continue };
        let passage = Passage { claim, closed, days: days(view, claim) };
        by_place.entry(view.place(place).to_owned()).or_default().push(passage);
    }
    let all = || by_place.values().flatten().filter_map(|it| it.days);
    let period = view.period();
    let first = all().map(|it| it.0).chain(period.map(|it| it.0)).min();
    let last = all().map(|it| it.1).chain(period.map(|it| it.1)).max();
    html! {
        p.lead { (s::PLACES_LEAD) }
        @if by_place.is_empty() { p.none { (s::NO_PLACES) } }
        @else if let (Some(first), Some(last)) = (first, last) {
            @let floor = period.map_or(first, |it| it.0 - DAYS_BEFORE_MAX);
            @let axis = Axis::new(first.max(floor), last, LEFT);
            (figure(&axis, &by_place))
            @for (name, passages) in &by_place { (table(view, name, passages)) }
        } @else {
            @for (name, passages) in &by_place { (table(view, name, passages)) }
        }
    }
}

/// Runs of days in one state.
fn runs(passages: &[Passage], first: Day, last: Day) -> Vec<(Day, Day, State)> {
    let mut out: Vec<(Day, Day, State)> = Vec::new();
    for it in first..=last {
        let says = |closed: bool| {
            passages.iter().any(|p| p.closed == closed && p.days.is_some_and(|(a, b)| a <= it && it <= b))
        };
        let state = match (says(true), says(false)) {
            (true, true) => State::Disputed,
            (true, false) => State::Closed,
            (false, true) => State::Open,
            (false, false) => continue,
        };
        match out.last_mut() {
            Some(run) if run.2 == state && run.1 + 1 == it => run.1 = it,
            _ => out.push((it, it, state)),
        }
    }
    out
}

fn figure(axis: &Axis, places: &BTreeMap<String, Vec<Passage>>) -> Markup {
    const ROW: u32 = 30;
    const TOP: u32 = 26;
    let height = TOP + ROW * places.len() as u32 + 6;
    html! {
        ul.legend aria-label=(s::LEGEND) {
            @for (class, words) in [("closed", s::STATE_CLOSED), ("opened", s::STATE_OPEN), ("disputed", s::STATE_DISPUTED), ("blank", s::STATE_UNKNOWN)] {
                li {
                    svg width="26" height="14" aria-hidden="true" {
                        rect class={ "pl " (class) } x="1" y="1" width="24" height="12" {}
                        @if class == "disputed" { (hatch("1", 1, "24", 12)) }
                    }
                    (words)
                }
            }
        }
        div.scroll tabindex="0" role="group" aria-label=(s::PLACES.1) {
            svg.places viewBox={ "0 0 980 " (height) } width="980" height=(height) role="img" aria-label=(s::PLACES_LEAD) {
                defs {
                    pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                        line.hatch x1="0" y1="0" x2="0" y2="7" {}
                    }
                }
                (axis.grid(TOP, height - 2))
                @for (n, (name, passages)) in places.iter().enumerate() {
                    @let top = TOP + ROW * n as u32 + 5;
                    text.what x="0" y=(top + 14) { (Plain(&cut(name, 36))) }
                    rect.pl.blank x=(axis.start(axis.first)) y=(top) width=(axis.span(axis.first, axis.last)) height="20" {}
                    @for (first, last, state) in runs(passages, axis.first, axis.last) {
                        g {
                            title { (day::iso(first)) " – " (day::iso(last)) ": " (state.words()) }
                            rect class={ "pl " (state.class()) } x=(axis.start(first)) y=(top) width=(axis.span(first, last)) height="20" {}
                            @if state == State::Disputed { (hatch(&axis.start(first), top, &axis.span(first, last), 20)) }
                        }
                    }
                }
            }
        }
    }
}

fn hatch(x: &str, y: u32, width: &str, height: u32) -> Markup {
    html! { rect x=(x) y=(y) width=(width) height=(height) fill="url(#hatch)" {} }
}

fn table<'r>(view: &View<'r>, name: &str, passages: &[Passage<'r>]) -> Markup {
    let mut sorted: Vec<&Passage> = passages.iter().collect();
    sorted.sort_by_key(|it| (it.days.is_none(), it.days, it.claim.id.as_str()));
    html! {
        h3 { (Outside(name)) }
        div.scroll tabindex="0" role="group" aria-label=(s::STATE) {
            table.passage {
                thead { tr { th scope="col" { (s::DAY) } th scope="col" { (s::STATE) } th scope="col" { (s::PARTY) } } }
                tbody {
                    @for it in sorted {
                        tr {
                            td {
                                @match it.days {
                                    Some((first, last)) => {
                                        (day::iso(first)) @if first != last { " – " (day::iso(last)) }
                                        @if let Some(time) = it.claim.time.as_ref().filter(|it| it.value.contains('/')) {
                                            br; span.dim { (Outside(&s::when(&time.value))) }
                                        }
                                    },
                                    None => span.dim { (s::DATE_UNKNOWN) },
                                }
                            }
                            td {
                                @let state = if it.closed { State::Closed } else { State::Open };
                                span class={ "key " (state.class()) } { (state.words()) }
                            }
                            td {
                                @match voice::sentence(view, it.claim) {
                                    Some(said) => (said.html(view)),
                                    None => (s::EVIDENCE_GONE),
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_nobody_speaks_of_is_in_no_run() {
        let claim: Claim = serde_json::from_str(
            r#"{"accused":null,"article":"a","claimant":null,"counts":[],"evidence":[],"id":"c","kind":null,
                "label":null,"place":null,"provisions":[],"rule":"r","scope":null,"stance":"alleges",
                "statement":null,"time":null}"#,
        )
        .expect("a claim");
        let passage = |closed, days| Passage { claim: &claim, closed, days: Some(days) };
        let all = [passage(true, (10, 14)), passage(false, (13, 13)), passage(false, (20, 20))];
        assert_eq!(
            runs(&all, 8, 22),
            [
                (10, 12, State::Closed),
                (13, 13, State::Disputed),
                (14, 14, State::Closed),
                (20, 20, State::Open)
            ]
        );
    }
}
