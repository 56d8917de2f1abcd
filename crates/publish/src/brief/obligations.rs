//! Every obligation with its finding, also those nobody reports on.

use maud::{Markup, html};
use truce_model::{Modality, Provision};
use truce_record::Finding;

use super::frame;
use crate::say::{Grounds, Outside, said};
use crate::strings as s;
use crate::view::View;

pub(super) fn section(view: &View) -> Markup {
    let Some(agreement) = view.agreement else {
        return html! { p.none { (s::NO_PROVISIONS) } };
    };
    html! {
        p.lead { (s::OBLIGATIONS_LEAD) }
        ol.provisions {
            @for (n, provision) in agreement.provisions.iter().enumerate() {
                li id={ "p" (n + 1) } { (row(view, provision)) }
            }
        }
    }
}

/// One obligation by its id.
pub(super) fn one(view: &View, id: &str) -> Markup {
    let found = view.agreement.and_then(|it| it.provisions.iter().find(|it| it.id.as_str() == id));
    html! {
        @if let Some(provision) = found { ol.provisions { li { (row(view, provision)) } } }
    }
}

fn row(view: &View, provision: &Provision) -> Markup {
    let all = || view.record.findings.iter().filter(|it| it.provision == provision.id.as_str());
    // What undated reports say counts on its own, and is shown if they say
    // anything.
    let silent = |it: &Finding| it.charges.is_empty() && it.answers.is_empty();
    let findings: Vec<_> =
        all().filter(|it| it.period.is_some() || !silent(it) || all().count() == 1).collect();
    html! {
        div.clause {
            span.num { (Outside(provision.id.as_str())) }
            div {
                p.duty {
                    b { (Outside(&owed_by(view, provision))) }
                    " " span.modality { (modality(provision.modality)) } " "
                    (Outside(&provision.action))
                    @if !provision.beneficiary.is_empty() {
                        span.dim { " (for " (Outside(&beneficiaries(view, provision))) ")" }
                    }
                }
                p.dim.terms {
                    @if !provision.obligated_explicit { (s::IMPLIED) " · " }
                    @if provision.modality == Modality::May { (s::MAY_NOTE) " · " }
                    @if let Some(place) = provision.place.as_ref().and_then(|it| view.pack_place(it.as_str())) {
                        (Outside(place.names.first().map_or("", String::as_str))) " · "
                    }
                    (term(provision))
                }
                @if let Some(note) = &provision.note { p.dim.note { (Outside(note)) } }
            }
        }
        div.verdict {
            @if findings.is_empty() {
                (frame::finding("no information", view.articles_read()))
            }
            @for it in findings {
                (frame::finding(&it.finding, it.articles_read))
                span.dim.when {
                    @match &it.period {
                        Some(period) => (Outside(&s::when(period))),
                        None => (s::IN_UNDATED),
                    }
                }
                @if !it.charges.is_empty() {
                    ul.refs {
                        @for charge in &it.charges { li { (frame::incident(view, charge)) } }
                    }
                }
                @let answers: Vec<_> = it.answers.iter().filter_map(|it| view.claim(it)).collect();
                @if !answers.is_empty() {
                    p.ans {
                        (s::ANSWERS) ": "
                        @for claim in answers {
                            @if let Some(grounds) = Grounds::of(view.evidence(claim)) {
                                (said(view, html! {
                                    (Outside(view.who(claim.claimant.as_deref(), s::SPEAKER_UNKNOWN)))
                                    " " (s::stance(&claim.stance))
                                }, &grounds.narrow())) " "
                            }
                        }
                    }
                }
            }
        }
    }
}

fn owed_by(view: &View, provision: &Provision) -> String {
    let names: Vec<&str> = provision.obligated.iter().map(|it| view.pack_actor(it.as_str())).collect();
    if names.is_empty() { "Not stated who".to_owned() } else { names.join(", ") }
}

fn beneficiaries(view: &View, provision: &Provision) -> String {
    provision.beneficiary.iter().map(|it| view.pack_actor(it)).collect::<Vec<_>>().join(", ")
}

fn modality(it: Modality) -> &'static str {
    match it {
        Modality::Must => "must",
        Modality::MustNot => "must not",
        Modality::May => "may",
        Modality::Should => "should",
        Modality::BestEffort => "best effort:",
        Modality::Ceiling => "at most:",
        Modality::Declaration => "declared:",
        Modality::Term => "term:",
    }
}

fn term(provision: &Provision) -> String {
    let from = provision.from.as_ref().map(|it| it.as_str());
    let until = provision.until.as_ref().map(|it| it.as_str()).filter(|it| *it != "..");
    match (from, until) {
        (Some(from), Some(until)) => format!("from {from} until {until}"),
        (Some(from), None) => format!("from {from}, no end stated"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "no period stated".to_owned(),
    }
}
