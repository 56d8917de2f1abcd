//! What a situation report says, in which order.

use std::collections::BTreeMap;

use truce_model::Role;
use truce_record::{Claim, Finding, Incident, Record};

use super::{Block, Report, Row, Section, SitrepError, beside};
use crate::day;
use crate::say::{Assertion, Grounds, Part, ours, theirs};
use crate::strings as s;
use crate::view::{View, is_charge};
use crate::voice;

pub(super) fn report<'r>(view: &View<'r>, previous: Option<&Record>) -> Result<Report<'r>, SitrepError> {
    let mut title = vec![ours(format!("{}: ", s::SITREP)), theirs(crate::brief::subject(view))];
    if let Some((first, last)) = view.period() {
        title.push(ours(format!(", {} to {}", day::iso(first), day::iso(last))));
    }
    let mut sections = Vec::new();
    if let Some(previous) = previous {
        sections.push(Section { title: s::SITREP_BESIDE, blocks: beside::blocks(view, previous)? });
    }
    sections.extend([
        Section { title: s::SITREP_OBLIGATIONS, blocks: obligations(view, previous)? },
        Section { title: s::SITREP_INCIDENTS, blocks: incidents(view, previous)? },
        Section { title: s::SITREP_ACCESS, blocks: access(view)? },
        Section { title: s::SITREP_TRACKS, blocks: tracks(view)? },
        Section { title: s::SITREP_CASUALTIES, blocks: casualties(view)? },
        Section { title: s::SITREP_COVERAGE, blocks: coverage(view, previous) },
        Section { title: s::SITREP_METHOD, blocks: method(view) },
    ]);
    Ok(Report { title, sections })
}

/// A sentence, or the error that there are no words for it.
fn said<'r>(
    parts: Vec<Part>,
    grounds: Option<Grounds<'r>>,
    what: &str,
) -> Result<Assertion<'r>, SitrepError> {
    let grounds = grounds.ok_or_else(|| SitrepError::Unsourced { what: what.to_owned() })?;
    Ok(Assertion { parts, grounds })
}

fn claim<'r>(view: &View<'r>, it: &'r Claim) -> Result<Block<'r>, SitrepError> {
    let sentence = voice::sentence(view, it);
    let sentence = sentence.ok_or_else(|| SitrepError::Unsourced { what: format!("claim {}", it.id) })?;
    Ok(Block::Said(sentence))
}

pub(super) fn note(text: impl Into<String>) -> Block<'static> {
    Block::Note(vec![ours(text)])
}

fn obligations<'r>(view: &View<'r>, previous: Option<&Record>) -> Result<Vec<Block<'r>>, SitrepError> {
    let before = |of: &Finding| {
        let same = |it: &&Finding| it.provision == of.provision && it.period.is_some() == of.period.is_some();
        let all = previous.map(|it| it.findings.iter().filter(same));
        match all.map(|mut it| it.next_back()) {
            None => s::NO_PREVIOUS.to_owned(),
            Some(None) => s::NONE.to_owned(),
            Some(Some(it)) => s::finding(&it.finding, it.articles_read),
        }
    };
    let mut rows = Vec::new();
    for it in &view.record.findings {
        let words = grounds_of(view, it);
        let silent = it.charges.is_empty() && it.answers.is_empty();
        let doubled = view.record.findings.iter().filter(|other| other.provision == it.provision).count() > 1;
        if silent && it.period.is_none() && doubled {
            continue;
        }
        if !silent && words.is_none() {
            return Err(SitrepError::Unsourced { what: format!("obligation {}", it.provision) });
        }
        let action = view
            .agreement
            .and_then(|a| a.provisions.iter().find(|p| p.id.as_str() == it.provision))
            .map_or("", |it| it.action.as_str());
        let now = s::finding(&it.finding, it.articles_read);
        let earlier = before(it);
        let changed = previous.is_some() && now != earlier;
        rows.push(Row {
            cells: vec![
                vec![
                    theirs(&*it.provision),
                    ours(" "),
                    theirs(action),
                    ours(if it.period.is_none() && doubled {
                        format!(" ({})", s::IN_UNDATED)
                    } else {
                        String::new()
                    }),
                ],
                vec![ours(now), ours(if changed { s::CHANGED } else { "" })],
                vec![ours(earlier)],
            ],
            grounds: words,
        });
    }
    Ok(if rows.is_empty() {
        vec![note(s::NO_PROVISIONS)]
    } else {
        vec![Block::Table { head: vec![s::OBLIGATION, s::THIS_PERIOD, s::PREVIOUS_PERIOD], rows }]
    })
}

/// The words a finding rests on: one place for each charge and each answer.
fn grounds_of<'r>(view: &View<'r>, it: &Finding) -> Option<Grounds<'r>> {
    let charges = it.charges.iter().filter_map(|it| view.incident(it)).filter_map(|it| it.1.claims.first());
    let claims = charges.chain(&it.answers).filter_map(|it| view.claim(it));
    Grounds::of(
        claims
            .filter_map(|it| view.evidence(it).into_iter().next())
            .collect::<std::collections::BTreeSet<_>>(),
    )
}

fn incidents<'r>(view: &View<'r>, previous: Option<&Record>) -> Result<Vec<Block<'r>>, SitrepError> {
    let mut out = Vec::new();
    for (_, incident) in view.incidents_by_day() {
        let mut title = vec![ours(s::kind(incident.kind.as_deref()))];
        title.push(ours(", "));
        title.push(theirs(view.who(incident.accused.as_deref(), s::NOBODY_ACCUSED)));
        if let Some(place) = &incident.place {
            title.extend([ours(", "), theirs(view.place(place))]);
        }
        let when = incident.time.as_ref().map_or(s::DATE_UNKNOWN.to_owned(), |it| s::when(&it.value));
        title.extend([ours(", "), theirs(when)]);
        title.push(ours(format!(" [{}]", incident.standing)));
        if let Some(word) = previous.map(|it| since(incident, it)) {
            title.push(ours(format!(" ({word})")));
        }
        out.push(Block::Heading(title));
        let charges = incident.claims.iter().filter_map(|it| view.claim(it));
        for voice in voice::voices(view, charges) {
            out.push(Block::Said(quote(view, &voice, incident)?));
        }
        let answers = view.answers(incident);
        let mut seen = std::collections::BTreeSet::new();
        let unique = answers.iter().map(|it| it.1).filter(|it| seen.insert(it.id.as_str()));
        for voice in voice::voices(view, unique) {
            let mut it = quote(view, &voice, incident)?;
            it.parts.insert(0, ours(s::ANSWER_LEAD));
            out.push(Block::Said(it));
        }
        if answers.is_empty() {
            let charged = incident.claims.iter().filter_map(|it| view.claim(it)).any(is_charge);
            out.push(note(match (&incident.accused, charged) {
                (None, _) => s::ACCUSED_OPEN.to_owned(),
                (Some(_), true) => s::no_reply(view.articles_read()),
                (Some(_), false) => s::NO_CHARGE.to_owned(),
            }));
        }
        let (low, high) = (incident.origins.low, incident.origins.high);
        let articles: std::collections::BTreeSet<&str> =
            incident.claims.iter().filter_map(|it| Some(view.claim(it)?.article.as_str())).collect();
        let mentions =
            incident.claims.iter().filter_map(|it| view.claim(it)).map(|it| it.evidence.len()).sum();
        out.push(note(format!(
            "{} {}",
            s::independence(articles.len(), mentions, incident.lineages.len(), low, high),
            s::independence_because(articles.len(), incident.lineages.len(), low, high)
        )));
        for it in &incident.conflicts {
            let cites =
                incident.claims.iter().filter_map(|it| view.claim(it)).flat_map(|it| view.evidence(it));
            let parts = vec![ours(s::CONFLICT_LEAD), theirs(&**it)];
            out.push(Block::Said(said(parts, Grounds::of(cites), &format!("incident {}", incident.id))?));
        }
    }
    if out.is_empty() {
        out.push(note(s::NO_INCIDENTS));
    }
    Ok(out)
}

/// One speaker's words on an incident, quoted.
fn quote<'r>(
    view: &View<'r>,
    voice: &voice::Voice<'r>,
    incident: &Incident,
) -> Result<Assertion<'r>, SitrepError> {
    let who = view.who(voice.claimant, s::SPEAKER_UNKNOWN);
    let mut parts = vec![theirs(who), ours(format!(" {}: “", s::stance(voice.stance)))];
    let Some(first) = voice.wordings.first() else {
        return Err(SitrepError::Unsourced { what: format!("incident {}, {who}", incident.id) });
    };
    parts.extend([theirs(first.exact), ours("”")]);
    let all = voice.wordings.iter().flat_map(|it| it.grounds.cites());
    said(parts, Grounds::of(all), &incident.id)
}

/// Whether an incident was in the previous record, and how it stood.
fn since(incident: &Incident, previous: &Record) -> String {
    match previous.incidents.iter().find(|it| beside::same(it, incident)) {
        None => s::NEW_SINCE.to_owned(),
        Some(it) if it.standing == incident.standing => s::UNCHANGED_SINCE.to_owned(),
        Some(it) => format!("{} {}", s::BEFORE, it.standing),
    }
}

fn access<'r>(view: &View<'r>) -> Result<Vec<Block<'r>>, SitrepError> {
    let kinds = ["movement_obstruction", "humanitarian_obstruction", "monitor_obstruction"];
    let of_access = |it: &&Claim| it.kind.as_deref().is_some_and(|it| kinds.contains(&it));
    list(view, view.record.claims.iter().filter(of_access))
}

/// What mediators, monitors, courts and other third parties say, and claims
/// about talks.
fn tracks<'r>(view: &View<'r>) -> Result<Vec<Block<'r>>, SitrepError> {
    let third = |id: &str| {
        let actor = view.agreement.and_then(|it| it.actors.iter().find(|it| it.id.as_str() == id));
        let by_role = actor.is_some_and(|it| {
            it.roles.iter().any(|it| matches!(it, Role::Mediator | Role::Monitor | Role::Witness))
        });
        by_role || view.actor_kind(id).is_some_and(|it| matches!(it, "mission" | "organisation"))
    };
    let of_tracks = |it: &&Claim| {
        it.kind.as_deref() == Some("refusal_of_talks") || it.claimant.as_deref().is_some_and(third)
    };
    list(view, view.record.claims.iter().filter(of_tracks))
}

fn list<'r>(view: &View<'r>, claims: impl Iterator<Item = &'r Claim>) -> Result<Vec<Block<'r>>, SitrepError> {
    let out: Vec<Block> = claims.map(|it| claim(view, it)).collect::<Result<_, _>>()?;
    Ok(if out.is_empty() {
        vec![note(format!("{} {}.", s::NOTHING_IN, s::articles(view.articles_read())))]
    } else {
        out
    })
}

fn casualties<'r>(view: &View<'r>) -> Result<Vec<Block<'r>>, SitrepError> {
    let mut out = vec![note(s::NEVER_SUMMED)];
    for it in &view.record.claims {
        for count in &it.counts {
            let who = view.who(it.claimant.as_deref(), s::SPEAKER_UNKNOWN);
            let mut parts = vec![theirs(who), ours(": "), theirs(voice::count(count))];
            parts.extend([ours(" (“"), theirs(&*count.exact), ours("”)")]);
            let words = Grounds::of(view.evidence(it));
            out.push(Block::Said(said(parts, words, &format!("claim {}", it.id))?));
        }
    }
    Ok(out)
}

fn coverage(view: &View<'_>, previous: Option<&Record>) -> Vec<Block<'static>> {
    let record = view.record;
    let undated = (0..record.articles.len()).filter(|it| view.published(*it) == (None, None)).count();
    let mut out = vec![note(format!(
        "{} received, {} read, {undated} undated; {}, {}, {}.",
        s::articles(record.articles.len()),
        view.articles_read(),
        s::n(record.lineages.len(), "lineage", "lineages"),
        s::n(record.claims.len(), "claim", "claims"),
        s::n(record.problems.len(), "problem", "problems"),
    ))];
    if let Some(it) = previous {
        out.push(note(format!(
            "{}: {}, {}.",
            s::PREVIOUS_PERIOD,
            s::articles(it.articles.len()),
            s::n(it.incidents.len(), "incident", "incidents")
        )));
    }
    let mut by_language: BTreeMap<&str, usize> = BTreeMap::new();
    for it in record.articles.iter().filter(|it| it.read.sentences == 0) {
        *by_language.entry(it.language.as_deref().unwrap_or(s::UNKNOWN)).or_default() += 1;
    }
    for (language, count) in by_language {
        let parts = vec![ours(format!("{}, {}: ", s::articles(count), s::NOT_READ)), theirs(language)];
        out.push(Block::Note(parts));
    }
    out.extend(s::LIMITS_LIST.iter().map(|it| note(*it)));
    out
}

fn method(view: &View<'_>) -> Vec<Block<'static>> {
    let record = view.record;
    let mut out = vec![note(format!("{} {}", s::MONITORS, s::NOTHING_DECIDED)), note(s::METHOD_NOTE)];
    let models =
        if record.made_by.models.is_empty() { s::NONE.to_owned() } else { record.made_by.models.join(", ") };
    out.push(Block::Note(vec![
        ours(format!("{} ", s::MADE_BY)),
        theirs(format!(
            "{} {}, {}; {}: {models}",
            record.made_by.program,
            record.made_by.version,
            record.format,
            s::MODELS
        )),
    ]));
    if let Some(it) = record.ledger.last() {
        out.push(Block::Note(vec![ours(format!("{}: ", s::LEDGER_HEAD)), theirs(&*it.hash)]));
    }
    out
}
