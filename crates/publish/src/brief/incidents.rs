//! Incidents: charges and answers side by side, and how many origins they
//! have.

use maud::{Markup, html};
use truce_record::{Claim, Incident, Reply};

use super::frame;
use crate::say::{Grounds, Outside, quoted, said};
use crate::strings as s;
use crate::view::{View, is_charge};
use crate::voice::{self, Voice};

pub(super) fn section(view: &View) -> Markup {
    let all = view.incidents_listed();
    let hidden = view.record.incidents.len() - all.len();
    let none = all.is_empty();
    let (charged, reported): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| view.charged(it.1) || !it.1.conflicts.is_empty());
    html! {
        p.lead { (s::INCIDENTS_LEAD) }
        @if none { p.none { (s::NO_INCIDENTS) } }
        @for (n, incident) in charged {
            (card(view, n, incident))
        }
        @if !reported.is_empty() {
            h3 { (s::ONLY_REPORTED) }
            @for (n, incident) in reported { (slim(view, n, incident)) }
        }
        @if hidden > 0 { p.rule { (hidden) (s::FURTHER_INCIDENTS) } }
    }
}

/// One incident by itself.
pub(super) fn one<'r>(view: &View<'r>, n: usize, incident: &'r Incident) -> Markup {
    card(view, n, incident)
}

/// Conduct that is reported and charged by nobody: a line and its words.
fn slim<'r>(view: &View<'r>, n: usize, incident: &'r Incident) -> Markup {
    let claims: Vec<&Claim> = incident.claims.iter().filter_map(|it| view.claim(it)).collect();
    html! {
        article.incident.slim id={ "i" (n + 1) } {
            header {
                h4.what {
                    (s::kind(incident.kind.as_deref()))
                    span.of { " · " (Outside(view.who(incident.accused.as_deref(), s::NOBODY_ACCUSED))) }
                }
                p.dim {
                    (Outside(&incident.time.as_ref().map_or(s::DATE_UNKNOWN.to_owned(), |it| s::when(&it.value))))
                    ", " (Outside(incident.place.as_ref().map_or(s::PLACE_UNKNOWN, |it| view.place(it))))
                    @for it in provisions(&claims) { " " (frame::provision(view, it)) }
                }
                (frame::standing(&incident.standing))
            }
            div { @for it in voice::voices(view, claims.iter().copied()) { (self::voice(view, &it)) } }
        }
    }
}

pub(super) fn card<'r>(view: &View<'r>, n: usize, incident: &'r Incident) -> Markup {
    let charges: Vec<&Claim> = incident.claims.iter().filter_map(|it| view.claim(it)).collect();
    let answers = view.answers(incident);
    let charged = charges.iter().any(|it| is_charge(it));
    html! {
        article.incident id={ "i" (n + 1) } {
            header {
                h3 {
                    (s::kind(incident.kind.as_deref()))
                    @if let Some(accused) = incident.accused.as_deref() {
                        span.of { " · " (s::CONDUCT_OF) " " (Outside(view.actor(accused))) }
                    } @else {
                        span.of { " · " (s::NOBODY_ACCUSED) }
                    }
                }
                (frame::standing(&incident.standing))
                dl.facts {
                    div { dt { (s::WHEN) } dd { (when(incident)) } }
                    div { dt { (s::WHERE) } dd { (place(view, incident)) } }
                    @let provisions = provisions(&charges);
                    @if !provisions.is_empty() {
                        div { dt { (s::BEARS_ON) } dd { @for it in provisions { (frame::provision(view, it)) " " } } }
                    }
                    div {
                        dt { (s::CREDIBILITY) }
                        dd { (Outside(&incident.credibility))
                            @if incident.credibility == "F6" { " · " span.dim { (s::NOT_JUDGED) } } }
                    }
                }
            }
            div.sides {
                div.charges {
                    h4 { (s::CHARGES) }
                    @for it in voice::voices(view, charges.iter().copied()) { (self::voice(view, &it)) }
                }
                div.answers {
                    h4 { (s::ANSWERS) }
                    @if answers.is_empty() {
                        p.noreply {
                            @if incident.accused.is_none() { (s::ACCUSED_OPEN) }
                            @else if charged { (s::no_reply(view.articles_read())) }
                            @else { (s::NO_CHARGE) }
                        }
                    }
                    @for it in voice::voices(view, unique(answers.iter().map(|it| it.1))) {
                        (self::voice(view, &it))
                    }
                    (why(&answers))
                }
            }
            (independence(view, incident, &charges))
            @if !incident.conflicts.is_empty() {
                ul.conflict-list { @for it in &incident.conflicts { li { (Outside(it)) } } }
            }
            @if incident.claims.len() > 1 && !incident.reasons.is_empty() {
                details.why-joined {
                    summary { (s::WHY_JOINED) }
                    ul { @for it in incident.reasons.iter().collect::<std::collections::BTreeSet<_>>() { li { (Outside(it)) } } }
                }
            }
        }
    }
}

/// How far the answers go, and why they are held to be answers.
fn why(answers: &[(&Reply, &Claim)]) -> Markup {
    let scopes: std::collections::BTreeSet<&str> = answers.iter().map(|it| s::scope(&it.0.scope)).collect();
    let reasons: std::collections::BTreeSet<(&str, &str)> =
        answers.iter().map(|it| (s::scope(&it.0.scope), it.0.reason.as_str())).collect();
    html! {
        @if reasons.len() <= REASONS_MAX {
            @for (scope, reason) in &reasons { p.why { span.scope { (scope) } ": " (Outside(reason)) } }
        } @else {
            p.why { @for (n, it) in scopes.iter().enumerate() { @if n > 0 { "; " } span.scope { (it) } } }
            details.why-joined {
                summary { (s::WHY_ANSWERS) }
                ul { @for (scope, reason) in &reasons { li { span.scope { (scope) } ": " (Outside(reason)) } } }
            }
        }
    }
}

/// Reasons shown before they are folded away.
const REASONS_MAX: usize = 2;

/// An answer may answer several charges; it is shown once.
fn unique<'r>(claims: impl Iterator<Item = &'r Claim>) -> impl Iterator<Item = &'r Claim> {
    let mut seen = std::collections::BTreeSet::new();
    claims.filter(move |it| seen.insert(it.id.as_str()))
}

/// What one speaker says, wording by wording.
pub(super) fn voice<'r>(view: &View<'r>, voice: &Voice<'r>) -> Markup {
    let family = family(voice.stance);
    html! {
        div class={ "voice " (family) } {
            p.by {
                b { (Outside(view.who(voice.claimant, s::SPEAKER_UNKNOWN))) }
                " " span.stance { (s::stance(voice.stance)) }
                @let accused: std::collections::BTreeSet<&str> = voice.claims.iter().filter_map(|it| it.accused.as_deref())
                    .filter(|it| Some(*it) != voice.claimant).collect();
                @for (n, it) in accused.iter().enumerate() { (if n == 0 { " · " } else { ", " }) (Outside(view.actor(it))) }
            }
            @if voice.wordings.is_empty() { p.gone { (s::EVIDENCE_GONE) } }
            @for (n, it) in voice.wordings.iter().enumerate() {
                @if n < WORDINGS_MAX {
                    (quoted(view, &it.grounds))
                }
            }
            @if voice.wordings.len() > WORDINGS_MAX {
                details.more {
                    summary { (voice.wordings.len() - WORDINGS_MAX) " more wordings" }
                    @for it in voice.wordings.iter().skip(WORDINGS_MAX) {
                        (quoted(view, &it.grounds))
                    }
                }
            }
            (extras(view, voice))
        }
    }
}

/// Wordings of one speaker shown before the rest is folded away.
const WORDINGS_MAX: usize = 2;

/// Labels, denied objects and numbers, each with its words.
fn extras<'r>(view: &View<'r>, voice: &Voice<'r>) -> Markup {
    let quotes = |pick: fn(&Claim) -> Option<&truce_record::Quote>| {
        let mut seen = std::collections::BTreeSet::new();
        let found = voice.claims.iter().filter_map(|it| view.cite_quote(&it.article, pick(it)?));
        found.filter(|it| seen.insert(it.exact())).collect::<Vec<_>>()
    };
    let mut seen = std::collections::BTreeSet::new();
    let counts = voice.claims.iter().flat_map(|it| it.counts.iter().map(move |count| (*it, count)));
    let counts: Vec<_> = counts.filter(|it| seen.insert((&it.1.what, it.1.low, it.1.high))).collect();
    html! {
        @for (title, found) in [(s::LABELLED, quotes(|it| it.label.as_ref())), (s::SCOPE_DENIED, quotes(|it| it.scope.as_ref()))] {
            @if let Some(grounds) = Grounds::of(found.iter().copied()) {
                p.extra {
                    (said(view, html! { (title) ": " @for it in &found { (quotation(it.exact())) " " } }, &grounds))
                }
            }
        }
        @if !counts.is_empty() {
            p.extra {
                (s::CLAIMED) ": "
                @for (claim, it) in counts {
                    @if let Some(grounds) = Grounds::of(view.evidence(claim)) {
                        (said(view, html! { b { (Outside(&voice::count(it))) } }, &grounds.narrow()))
                    }
                }
            }
        }
    }
}

/// Words in quotation marks, unless they bring their own.
fn quotation(words: &str) -> Markup {
    html! {
        @if words.starts_with(['"', '“', '‘', '\'', '«', '„']) { span.q { (Outside(words)) } }
        @else { q { (Outside(words)) } }
    }
}

/// Charge, answer or neither; decides form and colour.
pub(super) fn family(stance: &str) -> &'static str {
    match stance {
        "alleges" | "condemns" => "charge",
        "denies" | "acknowledges" | "justifies" | "credits" => "answer",
        _ => "other",
    }
}

fn provisions<'r>(claims: &[&'r Claim]) -> std::collections::BTreeSet<&'r str> {
    claims.iter().flat_map(|it| it.provisions.iter().map(String::as_str)).collect()
}

fn when(incident: &Incident) -> Markup {
    html! {
        @match &incident.time {
            Some(time) => {
                span.edtf { (Outside(&s::when(&time.value))) }
                span.dim { " · " (Outside(&time.rule)) }
            },
            None => span.dim { (s::DATE_UNKNOWN) },
        }
    }
}

fn place(view: &View, incident: &Incident) -> Markup {
    html! {
        @match &incident.place {
            Some(it) => {
                (Outside(view.place(it)))
                span.dim { " · " (Outside(&it.precision))
                    @if view.place(it) != it.exact { ", printed as ‘" (Outside(&it.exact)) "’" } }
            },
            None => span.dim { (s::PLACE_UNKNOWN) },
        }
    }
}

fn independence(view: &View, incident: &Incident, claims: &[&Claim]) -> Markup {
    let articles: std::collections::BTreeSet<&str> = claims.iter().map(|it| it.article.as_str()).collect();
    let mentions: usize = claims.iter().map(|it| it.evidence.len()).sum();
    let (low, high) = (incident.origins.low, incident.origins.high);
    let lineages: Vec<_> = incident.lineages.iter().filter_map(|it| view.lineage(it)).collect();
    html! {
        div.independence {
            h4 { (s::INDEPENDENCE) }
            p {
                b { (s::independence(articles.len(), mentions, incident.lineages.len(), low, high)) } " "
                (s::independence_because(articles.len(), incident.lineages.len(), low, high))
            }
            @if !lineages.is_empty() {
                p.dim {
                    "Lineages: "
                    @for (n, it) in &lineages {
                        a.ref href={ "#l" (n + 1) } { "L" (n + 1) }
                        " (" (s::articles(it.articles.len())) ") "
                    }
                }
            }
        }
    }
}

/// Every conflict with the incident it belongs to.
pub(super) fn conflicts(view: &View) -> Markup {
    let all: Vec<_> = view.incidents_listed().into_iter().filter(|it| !it.1.conflicts.is_empty()).collect();
    html! {
        p.lead { (s::CONFLICTS_LEAD) }
        @if all.is_empty() { p.none { (s::NO_CONFLICTS) } }
        @else {
            ul.conflicts {
                @for (n, incident) in all {
                    @for it in &incident.conflicts {
                        @let cites = incident.claims.iter().filter_map(|it| view.claim(it))
                            .flat_map(|it| view.evidence(it));
                        li {
                            @match Grounds::of(cites) {
                                Some(grounds) => (said(view, html! { (Outside(it)) }, &grounds)),
                                None => (s::EVIDENCE_GONE),
                            }
                            " " a.ref href={ "#i" (n + 1) } { (s::kind(incident.kind.as_deref())) }
                        }
                    }
                }
            }
        }
    }
}
