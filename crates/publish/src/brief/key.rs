//! Key points: what a head of mission reads if nothing else is read.

use maud::{Markup, html};

use super::frame;
use crate::say::{Outside, said};
use crate::strings as s;
use crate::view::{View, is_charge};
use crate::voice;

/// Incidents named among the key points.
const POINTS_MAX: usize = 8;

pub(super) fn section(view: &View) -> Markup {
    let record = view.record;
    let incidents = &record.incidents;
    let contested = incidents.iter().filter(|it| it.standing == "contested").count();
    let unanswered = incidents.iter().filter(|it| view.unanswered(it)).count();
    let altered = record.reuse.iter().filter(|it| it.kind == "quote_variant").count();
    let swapped = record.reuse.iter().filter(|it| it.kind == "framing_swap").count();
    let outlets: std::collections::BTreeSet<_> =
        record.articles.iter().filter_map(|it| it.outlet.as_deref()).collect();
    let tiles = [
        (
            s::COVERAGE.0,
            view.articles_read().to_string(),
            "articles read",
            format!("of {} received", record.articles.len()),
        ),
        (s::COVERAGE.0, outlets.len().to_string(), "outlets named", undated(view)),
        (
            s::LINEAGES.0,
            record.lineages.len().to_string(),
            "lineages",
            "texts of different origin".to_owned(),
        ),
        (s::INCIDENTS.0, incidents.len().to_string(), "incidents", format!("{contested} contested")),
        (
            s::INCIDENTS.0,
            unanswered.to_string(),
            "without a reply",
            "charges with no answer carried".to_owned(),
        ),
        (s::LINEAGES.0, altered.to_string(), "altered quotations", format!("{swapped} swapped clauses")),
    ];
    html! {
        ul.tiles {
            @for (target, number, what, more) in &tiles {
                li { a href={ "#" (target) } { b { (number) } span { (what) } small { (more) } } }
            }
        }
        (points(view))
    }
}

fn undated(view: &View) -> String {
    let count = (0..view.record.articles.len()).filter(|it| view.published(*it) == (None, None)).count();
    if count == 0 {
        "all reports dated".to_owned()
    } else {
        format!("{} undated", s::n(count, "report", "reports"))
    }
}

/// One line per incident: charge, answer, origins. Chosen by how much is said
/// on both sides, printed by day: nothing is ranked by alarm.
fn points(view: &View) -> Markup {
    let mut chosen: Vec<(usize, usize)> =
        view.incidents_by_day().iter().map(|(n, it)| (*n, view.weight(it))).collect();
    chosen.sort_by_key(|it| std::cmp::Reverse(it.1));
    let kept: Vec<usize> = chosen.iter().take(POINTS_MAX).map(|it| it.0).collect();
    let all = view.incidents_by_day();
    let shown: Vec<_> = all.iter().filter(|(n, _)| kept.contains(n)).collect();
    html! {
        @if shown.is_empty() { p.none { (s::NO_INCIDENTS) } }
        ul.points {
            @for (n, incident) in shown {
                @let charges = incident.claims.iter().filter_map(|it| view.claim(it));
                @let voices = voice::voices(view, charges);
                @let answers = view.answers(incident);
                @let answered = voice::voices(view, answers.iter().map(|it| it.1));
                li {
                    div.what {
                        a href={ "#i" (n + 1) } { (s::kind(incident.kind.as_deref())) }
                        span.dim {
                            @match &incident.time {
                                Some(it) => (Outside(&s::when(&it.value))),
                                None => (s::DATE_UNKNOWN),
                            }
                            @if let Some(it) = &incident.place { ", " (Outside(view.place(it))) }
                        }
                        (frame::standing(&incident.standing))
                    }
                    p {
                        @for (k, voice) in voices.iter().enumerate() {
                            @if let Some(wording) = voice.wordings.first() {
                                @if k > 0 { " " }
                                (said(view, html! {
                                    b { (Outside(view.who(voice.claimant, s::SPEAKER_UNKNOWN))) }
                                    " " (s::stance(voice.stance))
                                    @if let Some(accused) = incident.accused.as_deref().filter(|it| Some(*it) != voice.claimant) { (s::towards(voice.stance)) (Outside(view.actor(accused))) }
                                }, &wording.grounds.narrow()))
                            }
                        }
                    }
                    p.reply {
                        @if answered.is_empty() {
                            @if incident.accused.is_none() { (s::ACCUSED_OPEN) }
                            @else if incident.claims.iter().filter_map(|it| view.claim(it)).any(is_charge) {
                                (s::no_reply(view.articles_read()))
                            } @else { (s::NO_CHARGE) }
                        }
                        @for voice in &answered {
                            @if let Some(wording) = voice.wordings.first() {
                                (said(view, html! {
                                    b { (Outside(view.who(voice.claimant, s::SPEAKER_UNKNOWN))) }
                                    " " (s::stance(voice.stance))
                                }, &wording.grounds.narrow()))
                                " "
                            }
                        }
                    }
                }
            }
        }
        @if all.len() > POINTS_MAX {
            p.rule {
                "Shown: the " (POINTS_MAX) " of " (all.len())
                " incidents on which most is said on both sides, by day. "
                a href="#incidents" { "All incidents" } "."
            }
        }
    }
}
