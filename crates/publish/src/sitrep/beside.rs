//! The previous period beside the present: how much was said, and which
//! incidents are new, stand otherwise, or are no longer reported.

use std::collections::BTreeSet;

use truce_record::{Incident, Record};

use super::build::note;
use super::{Block, Row, SitrepError};
use crate::say::{Part, ours};
use crate::strings as s;
use crate::view::{View, is_charge};

/// Whether two incidents of two records are one.
pub(crate) fn same(a: &Incident, b: &Incident) -> bool {
    let time = |it: &Incident| it.time.as_ref().map(|it| it.value.clone());
    a.claims.iter().any(|it| b.claims.contains(it))
        || (a.kind == b.kind && a.accused == b.accused && time(a).is_some() && time(a) == time(b))
}

pub(super) fn blocks<'r>(view: &View<'r>, previous: &Record) -> Result<Vec<Block<'r>>, SitrepError> {
    let now = view.record;
    let mut out = vec![note(s::BESIDE_LEAD)];
    let ids = |it: &Record| it.articles.iter().map(|it| it.id.clone()).collect::<BTreeSet<String>>();
    if !ids(now).is_disjoint(&ids(previous)) {
        out.push(note(s::OVERLAP));
    }
    let before = View::new(previous, view.agreement);
    let mut rows = vec![
        row(s::REPORTS_READ, view.articles_read(), before.articles_read()),
        row(s::OUTLETS_READ, outlets(now), outlets(previous)),
        row(s::INCIDENTS_CHARGED, charged(view).0, charged(&before).0),
        row(s::INCIDENTS_ANSWERED, charged(view).1, charged(&before).1),
    ];
    let kinds: BTreeSet<&str> =
        now.claims.iter().chain(&previous.claims).filter_map(|it| it.kind.as_deref()).collect();
    for kind in kinds {
        let count = |of: &Record| of.claims.iter().filter(|it| it.kind.as_deref() == Some(kind)).count();
        let what = format!("{} {}", s::CLAIMS_OF, s::kind(Some(kind)).to_lowercase());
        rows.push(row(&what, count(now), count(previous)));
    }
    out.push(Block::Table { head: vec![s::MEASURE, s::THIS_PERIOD, s::PREVIOUS_PERIOD], rows });
    let fresh = now.incidents.iter().filter(|it| !previous.incidents.iter().any(|old| same(old, it))).count();
    let gone = previous.incidents.iter().filter(|it| !now.incidents.iter().any(|new| same(new, it))).count();
    let turned = now
        .incidents
        .iter()
        .filter_map(|it| Some((it, previous.incidents.iter().find(|old| same(old, it))?)))
        .filter(|(it, old)| it.standing != old.standing)
        .count();
    out.push(note(s::moved(fresh, turned, gone)));
    Ok(out)
}

/// Numbers about the record assert nothing about the world and need no words.
fn row<'r>(what: &str, now: usize, before: usize) -> Row<'r> {
    let cell = |it: String| -> Vec<Part> { vec![ours(it)] };
    Row { cells: vec![cell(what.to_owned()), cell(now.to_string()), cell(before.to_string())], grounds: None }
}

fn outlets(record: &Record) -> usize {
    record.articles.iter().filter_map(|it| it.outlet.as_deref()).collect::<BTreeSet<_>>().len()
}

/// Incidents that somebody is charged with, and how many of them are answered.
fn charged(view: &View) -> (usize, usize) {
    let charged: Vec<&Incident> = view
        .record
        .incidents
        .iter()
        .filter(|it| it.accused.is_some() && it.claims.iter().filter_map(|it| view.claim(it)).any(is_charge))
        .collect();
    (charged.len(), charged.iter().filter(|it| !view.answers(it).is_empty()).count())
}
