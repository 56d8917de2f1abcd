//! Incidents in the columns that users of ACLED know.
//!
//! Fatalities stay empty: what is claimed stands in the notes with its
//! claimant. Rows are reported incidents, not events that were verified.

use truce_model::Shape;
use truce_record::{Claim, Incident};

use super::table::{Cell, Table, maybe, numbers_as_claimed, text};
use crate::day::{self, Day};
use crate::strings as s;
use crate::view::View;

pub(super) fn events(view: &View) -> Table {
    let columns: &[(&str, &str)] = &[
        ("event_id_cnty", ""),
        ("event_date", ""),
        ("year", ""),
        ("time_precision", ""),
        ("disorder_type", ""),
        ("event_type", ""),
        ("sub_event_type", ""),
        ("actor1", ""),
        ("assoc_actor_1", ""),
        ("actor2", ""),
        ("assoc_actor_2", ""),
        ("civilian_targeting", ""),
        ("country", ""),
        ("location", ""),
        ("latitude", ""),
        ("longitude", ""),
        ("geo_precision", ""),
        ("source", ""),
        ("source_scale", ""),
        ("notes", ""),
        ("fatalities", ""),
        ("tags", ""),
    ];
    let rows = view.incidents_by_day().into_iter().filter_map(|it| row(view, it.1)).collect();
    Table { name: "acled", columns, rows }
}

fn row(view: &View, incident: &Incident) -> Option<Vec<Cell>> {
    let (disorder, event, sub) = types(incident.kind.as_deref()?)?;
    let (first, last) = incident.time.as_ref().map_or((None, None), |it| day::ends(&it.value));
    let date = first.or(last);
    let claims: Vec<&Claim> = incident.claims.iter().filter_map(|it| view.claim(it)).collect();
    let accused = incident.accused.as_deref();
    let side = accused.map(|it| view.side(it)).filter(|it| Some(*it) != accused);
    let point = point(view, incident);
    let targeting = if sub == "Attack" { "Civilian targeting" } else { "" };
    Some(vec![
        text(&*incident.id),
        text(date.map_or(String::new(), day::iso)),
        date.map_or(Cell::Empty, |it| Cell::Number(day::to_civil(it).0.unsigned_abs())),
        precision(first, last),
        text(disorder),
        text(event),
        text(sub),
        maybe(accused.map(|it| view.actor(it))),
        maybe(side.map(|it| view.pack_actor(it))),
        Cell::Empty,
        Cell::Empty,
        text(targeting),
        Cell::Empty,
        maybe(incident.place.as_ref().map(|it| view.place(it))),
        point.map_or(Cell::Empty, |it| Cell::Degrees(it[1])),
        point.map_or(Cell::Empty, |it| Cell::Degrees(it[0])),
        match (point, incident.place.as_ref().map(|it| it.precision.as_str())) {
            (Some(_), Some("point")) => Cell::Number(1),
            (Some(_), _) => Cell::Number(2),
            (None, _) => Cell::Empty,
        },
        text(outlets(view, &claims)),
        Cell::Empty,
        text(notes(view, incident, &claims)),
        Cell::Empty,
        text(format!(
            "standing={}; origins={}-{}",
            incident.standing, incident.origins.low, incident.origins.high
        )),
    ])
}

/// A point only for a place that is one.
fn point(view: &View, incident: &Incident) -> Option<[i32; 2]> {
    let printed = incident.place.as_ref()?;
    let place = view.pack_place(printed.id.as_deref()?)?;
    let is_point = place.shape == Shape::Point && !matches!(printed.precision.as_str(), "area" | "country");
    place.coordinates_e7.first().copied().filter(|_| is_point)
}

fn outlets(view: &View, claims: &[&Claim]) -> String {
    let all: std::collections::BTreeSet<&str> =
        claims.iter().filter_map(|it| view.article(&it.article)).map(|it| view.outlet(it.0)).collect();
    all.into_iter().collect::<Vec<_>>().join("; ")
}

fn notes(view: &View, incident: &Incident, claims: &[&Claim]) -> String {
    let quote = claims.iter().find_map(|it| it.evidence.first()).map_or("", |it| it.exact.as_str());
    let counts = numbers_as_claimed(view, claims);
    let counts = if counts.is_empty() { String::new() } else { format!(" As claimed: {counts}.") };
    format!("Reported, {}: “{quote}”.{counts} {}", incident.standing, s::MONITORS)
}

/// 1 a day or a night, 2 a week, 3 more or an open end.
fn precision(first: Option<Day>, last: Option<Day>) -> Cell {
    match (first, last) {
        (Some(first), Some(last)) if last - first <= 1 => Cell::Number(1),
        (Some(first), Some(last)) if last - first <= 7 => Cell::Number(2),
        (None, None) => Cell::Empty,
        _ => Cell::Number(3),
    }
}

/// Disorder type, event type and sub-event type; `None` for conduct that
/// ACLED does not code.
fn types(kind: &str) -> Option<(&'static str, &'static str, &'static str)> {
    const VIOLENCE: &str = "Political violence";
    const REMOTE: &str = "Explosions/Remote violence";
    const STRATEGIC: &str = "Strategic developments";
    Some(match kind {
        "armed_attack" => (VIOLENCE, "Battles", "Armed clash"),
        "shelling_or_strike" => (VIOLENCE, REMOTE, "Shelling/artillery/missile attack"),
        "mine_or_ied" => (VIOLENCE, REMOTE, "Remote explosive/landmine/IED"),
        "harm_to_civilians" => (VIOLENCE, "Violence against civilians", "Attack"),
        "sexual_violence" => (VIOLENCE, "Violence against civilians", "Sexual violence"),
        "detention_or_non_release" => (STRATEGIC, STRATEGIC, "Arrests"),
        "new_position" => (STRATEGIC, STRATEGIC, "Headquarters or base established"),
        "arms_or_troop_movement" => (STRATEGIC, STRATEGIC, "Change to group/activity"),
        "movement_obstruction"
        | "humanitarian_obstruction"
        | "monitor_obstruction"
        | "airspace_or_surveillance"
        | "non_withdrawal" => (STRATEGIC, STRATEGIC, "Other"),
        _ => return None,
    })
}
