//! Answers, each with the words it rests on.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use truce_record::{Claim, Incident};

use crate::day::{self, Day};
use crate::strings as s;
use crate::view::{Cite, View, is_charge};
use crate::voice;

/// Things given in one answer.
const LIMIT_MAX: u64 = 100;
const LIMIT_USUAL: u64 = 20;
/// Code points of a report given in one answer.
const TEXT_MAX: usize = 8_000;
/// Code points around words that were searched for.
const AROUND: usize = 160;

type Answer = Result<Value, String>;

fn text<'a>(arguments: &'a Value, name: &str) -> Option<&'a str> {
    arguments.get(name).and_then(Value::as_str).map(str::trim)
}

fn number(arguments: &Value, name: &str) -> Option<usize> {
    arguments.get(name).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok())
}

/// A part of a list, with how long the whole is.
fn part<T>(arguments: &Value, all: &[T], name: &str, show: impl Fn(&T) -> Value) -> Value {
    let limit =
        arguments.get("limit").and_then(Value::as_u64).unwrap_or(LIMIT_USUAL).clamp(1, LIMIT_MAX) as usize;
    let offset = number(arguments, "offset").unwrap_or(0);
    let shown: Vec<Value> = all.iter().skip(offset).take(limit).map(show).collect();
    let next = offset.saturating_add(shown.len());
    json!({ "total": all.len(), "offset": offset, name: shown, "next_offset": (next < all.len()).then_some(next) })
}

/// Words with all that is needed to find them again.
fn span(view: &View, cite: Cite) -> Value {
    let article = &view.record.articles[cite.article()];
    let (start, end) = cite.position();
    json!({
        "exact": cite.exact(),
        "article": article.id,
        "start": start,
        "end": end,
        "outlet": article.outlet,
        "published": article.published.value,
        "url": article.url,
    })
}

/// Whether `id` is the actor that is asked for, or counts as it.
fn is_actor(view: &View, id: Option<&str>, asked: &str) -> bool {
    let Some(id) = id else { return asked.eq_ignore_ascii_case("unknown") };
    let named = |id: &str| {
        let known = view.record.actors.iter().find(|it| it.id == id);
        id.eq_ignore_ascii_case(asked)
            || known.is_some_and(|it| it.names.iter().any(|it| it.eq_ignore_ascii_case(asked)))
    };
    named(id) || named(view.side(id))
}

fn is_place(view: &View, place: Option<&truce_record::Place>, asked: &str) -> bool {
    let Some(place) = place else { return false };
    let known = place.id.as_deref().and_then(|it| view.pack_place(it));
    let named = known.is_some_and(|it| it.names.iter().any(|it| it.eq_ignore_ascii_case(asked)));
    named
        || place.id.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(asked))
        || place.exact.eq_ignore_ascii_case(asked)
}

/// The days asked for.
fn days(arguments: &Value) -> Result<(Option<Day>, Option<Day>), String> {
    let one = |name: &str| match text(arguments, name) {
        None => Ok(None),
        Some(it) => day::parse(it).map(Some).ok_or_else(|| format!("{name} must be a day, YYYY-MM-DD")),
    };
    Ok((one("from")?, one("to")?))
}

/// Whether a time can lie within the days asked for. What has no time lies
/// within them only if none were asked for.
fn within(time: Option<&str>, (from, to): (Option<Day>, Option<Day>)) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let Some(time) = time else { return false };
    let (first, last) = day::ends(time);
    let starts_in_time = to.is_none_or(|to| first.is_none_or(|it| it <= to));
    starts_in_time
        && from.is_none_or(|from| last.is_none_or(|it| it >= from))
        && (first.is_some() || last.is_some())
}

pub(super) fn overview(view: &View, _: &Value) -> Answer {
    let record = view.record;
    let outlets: BTreeSet<&str> = record.articles.iter().filter_map(|it| it.outlet.as_deref()).collect();
    let used: BTreeSet<&str> = record
        .claims
        .iter()
        .flat_map(|it| [it.claimant.as_deref(), it.accused.as_deref()])
        .flatten()
        .collect();
    let actors: Vec<Value> = record
        .actors
        .iter()
        .filter(|it| used.contains(it.id.as_str()))
        .map(|it| json!({ "id": it.id, "name": it.names.first(), "kind": it.kind, "side": it.side }))
        .collect();
    let places: Vec<Value> = view
        .agreement
        .map(|it| it.places.iter().map(|it| json!({ "id": it.id.as_str(), "names": it.names })).collect())
        .unwrap_or_default();
    let period = view.period().map(|(first, last)| json!({ "from": day::iso(first), "to": day::iso(last) }));
    Ok(json!({
        "agreement": record.agreement.as_ref().map(|it| json!({ "id": it.id, "title": view.agreement.map(|it| it.title.clone()), "sha256": it.sha256 })),
        "period": period,
        "reports": { "received": record.articles.len(), "read": view.articles_read() },
        "outlets": outlets,
        "statements": record.statements.len(),
        "claims": record.claims.len(),
        "incidents": record.incidents.len(),
        "without_a_reply": record.incidents.iter().filter(|it| view.unanswered(it)).count(),
        "lineages": record.lineages.len(),
        "actors": actors,
        "places": places,
        "ledger_head": record.ledger.last().map(|it| it.hash.clone()),
        "limits": s::LIMITS_LIST,
    }))
}

pub(super) fn obligations(view: &View, arguments: &Value) -> Answer {
    let asked = text(arguments, "provision");
    let findings = view.record.findings.iter().filter(|it| asked.is_none_or(|asked| it.provision == asked));
    let all: Vec<Value> = findings
        .map(|it| {
            let provision = view.agreement.and_then(|a| a.provisions.iter().find(|p| p.id.as_str() == it.provision));
            let charges = it.charges.iter().filter_map(|it| view.incident(it)).map(|it| it.1);
            let words = charges.flat_map(|it| it.claims.first()).chain(&it.answers).filter_map(|it| view.claim(it));
            let spans: Vec<Value> =
                words.filter_map(|it| view.evidence(it).into_iter().next()).map(|it| span(view, it)).collect();
            json!({
                "provision": it.provision,
                "text": provision.map(|it| it.action.clone()),
                "obligated": provision.map(|it| it.obligated.iter().map(|it| view.pack_actor(it.as_str())).collect::<Vec<_>>()),
                "period": it.period,
                "finding": s::finding(&it.finding, it.articles_read),
                "charges": it.charges,
                "answers": it.answers,
                "spans": spans,
            })
        })
        .collect();
    match (asked, all.is_empty()) {
        (Some(asked), true) => Err(format!("the agreement has no obligation {asked}, or none was given")),
        _ => Ok(json!({ "total": all.len(), "obligations": all })),
    }
}

fn provisions<'r>(view: &View<'r>, it: &'r Incident) -> BTreeSet<&'r str> {
    it.claims
        .iter()
        .filter_map(|it| view.claim(it))
        .flat_map(|it| it.provisions.iter())
        .map(String::as_str)
        .collect()
}

/// An incident in short, with one place of words.
fn short<'r>(view: &View<'r>, it: &'r Incident) -> Value {
    let words =
        it.claims.iter().filter_map(|it| view.claim(it)).find_map(|it| view.evidence(it).into_iter().next());
    let claimants: BTreeSet<&str> = it
        .claims
        .iter()
        .filter_map(|it| view.claim(it))
        .map(|it| view.who(it.claimant.as_deref(), s::SPEAKER_UNKNOWN))
        .collect();
    let answers = view.answers(it).len();
    let reply = if answers > 0 {
        "carried".to_owned()
    } else if view.unanswered(it) {
        s::no_reply(view.articles_read())
    } else {
        s::NO_CHARGE.to_owned()
    };
    json!({
        "id": it.id,
        "kind": it.kind,
        "accused": it.accused.as_deref().map(|id| json!({ "id": id, "name": view.actor(id) })),
        "time": it.time.as_ref().map(|it| it.value.clone()),
        "place": it.place.as_ref().map(|it| view.place(it)),
        "standing": it.standing,
        "means": s::standing(&it.standing),
        "claimants": claimants,
        "claims": it.claims.len(),
        "reply": reply,
        "origins": { "least": it.origins.low, "most": it.origins.high },
        "span": words.map(|it| span(view, it)),
    })
}

pub(super) fn incidents(view: &View, arguments: &Value) -> Answer {
    let period = days(arguments)?;
    let fits = |it: &&Incident| {
        text(arguments, "accused").is_none_or(|asked| is_actor(view, it.accused.as_deref(), asked))
            && text(arguments, "kind").is_none_or(|asked| it.kind.as_deref() == Some(asked))
            && text(arguments, "standing").is_none_or(|asked| it.standing == asked)
            && text(arguments, "place").is_none_or(|asked| is_place(view, it.place.as_ref(), asked))
            && within(it.time.as_ref().map(|it| it.value.as_str()), period)
    };
    let by_day = view.incidents_by_day();
    let all: Vec<&Incident> = by_day
        .iter()
        .map(|it| it.1)
        .filter(fits)
        .filter(|it| text(arguments, "provision").is_none_or(|asked| provisions(view, it).contains(asked)))
        .filter(|it| {
            arguments
                .get("answered")
                .and_then(Value::as_bool)
                .is_none_or(|asked| view.answers(it).is_empty() != asked)
        })
        .collect();
    Ok(part(arguments, &all, "incidents", |it| short(view, it)))
}

pub(super) fn incident(view: &View, arguments: &Value) -> Answer {
    let id = text(arguments, "id").unwrap_or("");
    let (_, it) = view.incident(id).ok_or_else(|| format!("there is no incident {id}"))?;
    let charges: Vec<Value> =
        it.claims.iter().filter_map(|it| view.claim(it)).map(|it| claim(view, it)).collect();
    let answers: Vec<Value> = view
        .answers(it)
        .into_iter()
        .map(|(reply, answer)| json!({ "answers": reply.to, "scope": s::scope(&reply.scope), "why": reply.reason, "claim": claim(view, answer) }))
        .collect();
    let mut out = short(view, it);
    out["provisions"] = json!(provisions(view, it));
    out["charges"] = json!(charges);
    out["answers"] = json!(answers);
    out["conflicts"] = json!(it.conflicts);
    out["why_joined"] = json!(it.reasons);
    out["credibility"] = json!(it.credibility);
    Ok(out)
}

fn claim(view: &View, it: &Claim) -> Value {
    let spans: Vec<Value> = view.evidence(it).into_iter().map(|it| span(view, it)).collect();
    json!({
        "id": it.id,
        "claimant": it.claimant.as_deref().map(|id| json!({ "id": id, "name": view.actor(id) })),
        "stance": it.stance,
        "charge": is_charge(it),
        "accused": it.accused.as_deref().map(|id| json!({ "id": id, "name": view.actor(id) })),
        "kind": it.kind,
        "provisions": it.provisions,
        "time": it.time.as_ref().map(|it| json!({ "value": it.value, "rule": it.rule })),
        "place": it.place.as_ref().map(|it| view.place(it)),
        "numbers_as_claimed": it.counts.iter().map(voice::count).collect::<Vec<_>>(),
        "label": it.label.as_ref().map(|it| it.exact.clone()),
        "rule": it.rule,
        "spans": spans,
    })
}

pub(super) fn claims(view: &View, arguments: &Value) -> Answer {
    let period = days(arguments)?;
    let words = text(arguments, "words").map(str::to_lowercase);
    let fits = |it: &&Claim| {
        text(arguments, "claimant").is_none_or(|asked| is_actor(view, it.claimant.as_deref(), asked))
            && text(arguments, "accused").is_none_or(|asked| is_actor(view, it.accused.as_deref(), asked))
            && text(arguments, "kind").is_none_or(|asked| it.kind.as_deref() == Some(asked))
            && text(arguments, "stance").is_none_or(|asked| it.stance == asked)
            && text(arguments, "provision").is_none_or(|asked| it.provisions.iter().any(|it| it == asked))
            && text(arguments, "place").is_none_or(|asked| is_place(view, it.place.as_ref(), asked))
            && words
                .as_ref()
                .is_none_or(|asked| it.evidence.iter().any(|it| it.exact.to_lowercase().contains(asked)))
            && within(it.time.as_ref().map(|it| it.value.as_str()), period)
    };
    let all: Vec<&Claim> = view.record.claims.iter().filter(fits).collect();
    Ok(part(arguments, &all, "claims", |it| claim(view, it)))
}

pub(super) fn statements(view: &View, arguments: &Value) -> Answer {
    let words = text(arguments, "words").map(str::to_lowercase);
    let all: Vec<_> = view
        .record
        .statements
        .iter()
        .filter(|it| {
            text(arguments, "speaker").is_none_or(|asked| is_actor(view, it.source.actor.as_deref(), asked))
        })
        .filter(|it| words.as_ref().is_none_or(|asked| it.content.exact.to_lowercase().contains(asked)))
        .collect();
    Ok(part(arguments, &all, "statements", |it| {
        let content = view.cite_quote(&it.article, &it.content);
        json!({
            "id": it.id,
            "speaker": it.source.actor.as_deref().map(|id| json!({ "id": id, "name": view.actor(id) })),
            "speaker_words": it.source.text,
            "chain": it.source.chain,
            "cue": it.cue.as_ref().map(|it| it.exact.clone()),
            "mode": it.mode,
            "span": content.map(|it| span(view, it)),
        })
    }))
}

pub(super) fn search(view: &View, arguments: &Value) -> Answer {
    let asked = text(arguments, "words").unwrap_or("").to_lowercase();
    if asked.chars().count() < 3 {
        return Err("words must have three letters at least".to_owned());
    }
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (n, article) in view.record.articles.iter().enumerate() {
        // Lower case may have another length, so positions are counted.
        let mut lower = String::with_capacity(article.text.len());
        let mut points: Vec<(usize, usize)> = Vec::new();
        for (point, ch) in article.text.chars().enumerate() {
            points.push((lower.len(), point));
            lower.extend(ch.to_lowercase());
        }
        let point = |byte: usize| match points.binary_search_by_key(&byte, |it| it.0) {
            Ok(it) => points[it].1,
            Err(it) => it,
        };
        found.extend(lower.match_indices(&asked).map(|(at, it)| (n, point(at), point(at + it.len()))));
    }
    Ok(part(arguments, &found, "passages", |(n, start, end)| {
        let article = &view.record.articles[*n];
        let length = article.text.chars().count();
        let around = (start.saturating_sub(AROUND), (end + AROUND).min(length));
        let cite = view.words(*n, *start, *end).and_then(|it| view.cite(&article.id, *start, *end, it));
        let kind = article
            .segments
            .iter()
            .find(|it| it.start <= *start && *start < it.end)
            .map(|it| it.kind.as_str());
        json!({
            "span": cite.map(|it| span(view, it)),
            "around": view.words(*n, around.0, around.1),
            "part": kind,
            "read": kind.is_some_and(|it| matches!(it, "headline" | "subhead" | "body")),
        })
    }))
}

pub(super) fn article(view: &View, arguments: &Value) -> Answer {
    let id = text(arguments, "id").unwrap_or("");
    let (n, it) = view.article(id).ok_or_else(|| format!("there is no article {id}"))?;
    let length = it.text.chars().count();
    let start = number(arguments, "start").unwrap_or(0).min(length);
    let end = number(arguments, "end").unwrap_or(length).clamp(start, length).min(start + TEXT_MAX);
    Ok(json!({
        "id": it.id,
        "outlet": it.outlet,
        "title": it.title,
        "url": it.url,
        "path": it.path,
        "sha256": it.sha256,
        "language": it.language,
        "published": { "value": it.published.value, "basis": it.published.basis, "reason": it.published.reason },
        "text_credit": it.text_credit.as_ref().map(|it| it.exact.clone()),
        "lineages": it.lineages,
        "sentences_read": it.read.sentences,
        "length": length,
        "start": start,
        "end": end,
        "text": view.words(n, start, end),
        "segments": it.segments.iter().filter(|it| it.start < end && it.end > start).map(|it| json!({ "kind": it.kind, "start": it.start, "end": it.end })).collect::<Vec<_>>(),
    }))
}

pub(super) fn reuse(view: &View, arguments: &Value) -> Answer {
    let mut all: Vec<_> = view
        .record
        .reuse
        .iter()
        .filter(|it| text(arguments, "kind").is_none_or(|asked| it.kind == asked))
        .collect();
    all.sort_by_key(|it| match it.kind.as_str() {
        "quote_variant" => 0,
        "framing_swap" => 1,
        _ => 2,
    });
    Ok(part(arguments, &all, "pairs", |it| {
        let side = |it: &truce_record::Cited| view.cite_cited(it).map(|it| span(view, it));
        let word = |it: &Option<truce_record::Quote>| it.as_ref().map(|it| it.exact.clone());
        json!({
            "kind": it.kind,
            "means": s::reuse(&it.kind),
            "a": side(&it.a),
            "b": side(&it.b),
            "changes": it.changes.iter().map(|it| json!({ "a": word(&it.a), "b": word(&it.b), "in_quotation": it.in_quotation })).collect::<Vec<_>>(),
        })
    }))
}
