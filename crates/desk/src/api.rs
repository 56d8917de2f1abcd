//! The API: the data of every page, as JSON.

use serde::Deserialize;
use serde_json::{Value, json};
use truce_extract::{Given, RawFormat, RawReport};
use truce_record::Claim;
use truce_store::{Act, Arrival, ArticleRow, ClaimRow, Decision, LedgerRow, Role, Want, compare_coders};

use crate::app::Ctx;
use crate::forms::address;
use crate::pages::matrix::{filter, query_of};
use crate::pages::sitrep::made_by;
use crate::pages::{intake, search};
use crate::reply::{Fail, JSON, Reply};
use crate::work::{engine, record_as_of};

const LIMIT: usize = 50;
const LIMIT_MAX: usize = 200;
/// Reports in one request.
const REPORTS_MAX: usize = 500;

pub(crate) fn error(status: u16, words: &str) -> Reply {
    Reply::new(status, JSON, json!({"error": words, "status": status}).to_string())
}

fn send(ctx: &Ctx<'_>, mut value: Value) -> Result<Reply, Fail> {
    ctx.app.masker().json(&mut value);
    Ok(Reply::new(200, JSON, value.to_string()))
}

fn limit(ctx: &Ctx<'_>) -> usize {
    (ctx.query.number("limit").unwrap_or(LIMIT as u64) as usize).clamp(1, LIMIT_MAX)
}

fn row(it: &ArticleRow) -> Value {
    json!({
        "n": it.n, "id": it.id, "path": it.path, "outlet": it.outlet, "title": it.title, "url": it.url, "language": it.language,
        "published": it.published, "basis": it.basis, "received": it.received, "version": it.version, "current": it.current,
        "retracted": it.retracted, "engine": it.engine, "sentences": it.sentences,
    })
}

fn claim_row(it: &ClaimRow) -> Value {
    json!({
        "n": it.n, "proposed": it.proposed, "standing": it.standing, "state": it.state, "by": it.by, "at": it.at,
        "engine": it.engine, "offered": it.offered,
    })
}

fn line(it: &LedgerRow) -> Value {
    let l = &it.line;
    json!({
        "seq": l.seq, "at": l.at, "who": l.who, "what": l.what, "subject": it.subject, "payload_sha256": l.payload_sha256,
        "previous": l.previous, "hash": l.hash,
    })
}

/// The address of the next page, where this one is full.
fn next(ctx: &Ctx<'_>, full: bool, path: &str, field: &str, value: Option<u64>) -> Option<String> {
    let value = value.filter(|_| full)?.to_string();
    let limit = ctx.query.get("limit");
    let kept = ["outlet", "actor", "mode", "subject", "who", "show"];
    let mut fields: Vec<(&str, Option<&str>)> = kept.iter().map(|it| (*it, ctx.query.get(it))).collect();
    fields.extend([("limit", limit), (field, Some(value.as_str()))]);
    Some(address(path, &fields))
}

pub(crate) fn desk(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let it = ctx.app.read().overview()?;
    let progress = ctx.app.progress();
    send(
        ctx,
        json!({
            "agreement": ctx.app.agreement.id, "articles": it.articles, "read": it.read, "unread": it.unread, "claims": it.claims,
            "waiting": it.waiting, "incidents": it.incidents, "conflicts": it.conflicts, "generation": it.generation,
            "assessed": it.assessed, "entries": it.entries, "engine": engine(), "running": progress.running,
            "stage": progress.stage, "done": progress.done, "total": progress.total, "said": progress.said,
        }),
    )
}

pub(crate) fn articles(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let limit = limit(ctx);
    let rows = ctx.app.read().articles_page(ctx.query.number("before"), limit, ctx.query.get("outlet"))?;
    let next = next(ctx, rows.len() == limit, "/api/v1/articles", "before", rows.last().map(|it| it.n));
    send(ctx, json!({"items": rows.iter().map(row).collect::<Vec<_>>(), "next": next}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    path: Option<String>,
    text: Option<String>,
    html: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
    language: Option<String>,
}

pub(crate) fn add_articles(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let mut reports = Vec::new();
    for (n, bytes) in
        ctx.request.body.split(|it| *it == b'\n').enumerate().filter(|it| !it.1.trim_ascii().is_empty())
    {
        if reports.len() == REPORTS_MAX {
            return Err(Fail::Bad(format!("A request holds at most {REPORTS_MAX} reports.")));
        }
        let wrong = |what: String| Fail::Bad(format!("line {}: {what}", n + 1));
        let it: Line = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        let (bytes, format) = match (it.text, it.html) {
            (Some(text), None) => (text.into_bytes(), RawFormat::Text),
            (None, Some(html)) => (html.into_bytes(), RawFormat::Html),
            _ => return Err(wrong("give either `text` or `html`".into())),
        };
        let given = Given {
            published: it.published,
            outlet: it.outlet,
            url: it.url,
            title: it.title,
            language: it.language,
        };
        let path = it.path.unwrap_or_else(|| format!("api, line {}", n + 1));
        reports.push(RawReport { path, bytes, format: Some(format), given });
    }
    let (arrivals, problems) = intake::add(ctx, reports)?;
    let arrivals: Vec<Value> = arrivals
        .iter()
        .map(|it| {
            let word = match it {
                Arrival::New { .. } => "new",
                Arrival::NewVersion { .. } => "new version",
                Arrival::Known { .. } => "known",
            };
            json!({"id": it.id(), "arrival": word})
        })
        .collect();
    send(ctx, json!({"arrivals": arrivals, "problems": problems}))
}

pub(crate) fn article(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let article = store.article(ctx.part(0))?.ok_or(Fail::NotFound)?;
    let record =
        store.slice(Want { articles: vec![article.id.clone()], whole_articles: true, ..Want::default() })?;
    send(
        ctx,
        json!({"lineages": article.lineages, "article": article, "statements": record.statements, "claims": record.claims}),
    )
}

pub(crate) fn statements(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let limit = limit(ctx);
    let rows = ctx.app.read().statements_page(
        ctx.query.get("actor"),
        ctx.query.get("mode"),
        ctx.query.number("before"),
        limit,
    )?;
    let next = next(ctx, rows.len() == limit, "/api/v1/statements", "before", rows.last().map(|it| it.0));
    send(ctx, json!({"items": rows.iter().map(|it| &it.1).collect::<Vec<_>>(), "next": next}))
}

pub(crate) fn claims(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let (limit, filter) = (limit(ctx), filter(ctx));
    let rows = ctx.app.read().claims_page(&filter, ctx.query.number("after").unwrap_or(0), limit)?;
    let next = rows
        .last()
        .filter(|_| rows.len() == limit)
        .map(|it| format!("{}&limit={limit}", query_of("/api/v1/claims", &filter, Some(it.n))));
    send(ctx, json!({"items": rows.iter().map(claim_row).collect::<Vec<_>>(), "next": next}))
}

pub(crate) fn claim(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let row = store.claim(ctx.part(0))?.ok_or(Fail::NotFound)?;
    let trail: Vec<Value> = store.trail(&row.proposed.id)?.iter().map(line).collect();
    send(ctx, json!({"incident": store.incident_of(ctx.part(0))?, "claim": claim_row(&row), "trail": trail}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    claim: String,
    act: String,
    reason: Option<String>,
    #[serde(rename = "as")]
    role: Option<String>,
    seen: Option<u64>,
    into: Option<String>,
    to: Option<Claim>,
    parts: Option<Vec<Claim>>,
}

pub(crate) fn review(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let it: Review =
        serde_json::from_slice(&ctx.request.body).map_err(|error| Fail::Bad(error.to_string()))?;
    let lack = |what: &str| Fail::Bad(format!("`{}` needs `{what}`.", it.act));
    let act = match it.act.as_str() {
        "confirm" => Act::Confirm,
        "reject" => Act::Reject,
        "undo" => Act::Undo,
        "merge" => Act::Merge(it.into.clone().ok_or_else(|| lack("into"))?),
        "amend" => Act::Amend(Box::new(it.to.clone().ok_or_else(|| lack("to"))?)),
        "split" => Act::Split(it.parts.clone().ok_or_else(|| lack("parts"))?),
        _ => return Err(Fail::Bad("`act` is confirm, amend, reject, merge, split or undo.".into())),
    };
    let as_coder = it.role.as_deref() == Some("coder") || !ctx.may(Role::Reviewer);
    let decision = Decision {
        claim: &it.claim,
        act,
        reason: it.reason.as_deref().unwrap_or(""),
        who: &ctx.who()?.person.id,
        as_coder,
        seen: it.seen,
    };
    let done = ctx.app.write().decide(&decision)?;
    ctx.app.wrote();
    send(ctx, json!({"seq": done.seq, "state": done.state}))
}

pub(crate) fn incidents(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let (limit, from) = (limit(ctx), ctx.query.number("from").unwrap_or(0) as usize);
    let store = ctx.app.read();
    let rows = match ctx.query.get("show") {
        Some("weight") => store.incidents_page(true, from, limit)?,
        Some("conflicts") => store.conflicts_page(from, limit)?,
        _ => store.incidents_page(false, from, limit)?,
    };
    let next = next(ctx, rows.len() == limit, "/api/v1/incidents", "from", Some((from + limit) as u64));
    send(ctx, json!({"items": rows.iter().map(|it| &it.incident).collect::<Vec<_>>(), "next": next}))
}

pub(crate) fn incident(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let it = store.incident(ctx.part(0))?.ok_or(Fail::NotFound)?.incident;
    let record = store.slice(Want { incidents: vec![it.id.clone()], ..Want::default() })?;
    let trail: Vec<Value> = store.trail(&it.id)?.iter().map(line).collect();
    send(ctx, json!({"incident": it, "claims": record.claims, "trail": trail}))
}

pub(crate) fn findings(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    send(ctx, json!({"items": ctx.app.read().findings(ctx.query.get("provision"))?}))
}

pub(crate) fn matrix(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let items: Vec<Value> = store
        .matrix()?
        .into_iter()
        .map(|it| json!({"side": it.0, "kind": it.1, "stance": it.2, "count": it.3}))
        .collect();
    send(ctx, json!({"articles_read": store.articles_read()?, "items": items}))
}

pub(crate) fn actors(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let limit = (ctx.query.number("limit").unwrap_or(200) as usize).clamp(1, 1000);
    let items: Vec<Value> = ctx
        .app
        .read()
        .actors_page(limit)?
        .into_iter()
        .map(|it| json!({"actor": it.0, "statements": it.1, "claims": it.2, "accused": it.3}))
        .collect();
    send(ctx, json!({"items": items}))
}

pub(crate) fn lineages(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let (limit, from) = (limit(ctx), ctx.query.number("from").unwrap_or(0) as usize);
    let rows = ctx.app.read().lineages_page(from, limit)?;
    let next = next(ctx, rows.len() == limit, "/api/v1/lineages", "from", Some((from + limit) as u64));
    send(ctx, json!({"items": rows, "next": next}))
}

pub(crate) fn reuse(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    send(ctx, json!({"items": ctx.app.read().reuse_between(ctx.part(0), ctx.part(1))?}))
}

pub(crate) fn coverage(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let items: Vec<Value> = ctx
        .app
        .read()
        .coverage()?
        .into_iter()
        .map(|it| json!({"outlet": it.0, "day": it.1, "count": it.2}))
        .collect();
    send(ctx, json!({"items": items}))
}

pub(crate) fn changes(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let limit = limit(ctx);
    let rows = ctx.app.read().changes_page(ctx.query.number("before").unwrap_or(u64::MAX), limit)?;
    let next = next(ctx, rows.len() == limit, "/api/v1/changes", "before", rows.last().map(|it| it.n));
    let items: Vec<Value> = rows
        .iter()
        .map(|it| json!({"n": it.n, "at": it.at, "what": it.what, "id": it.id, "detail": it.detail}))
        .collect();
    send(ctx, json!({"items": items, "next": next}))
}

pub(crate) fn ledger(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let limit = limit(ctx);
    let rows = ctx.app.read().ledger_page(
        ctx.query.number("before"),
        limit,
        ctx.query.get("subject"),
        ctx.query.get("who"),
    )?;
    let next = next(ctx, rows.len() == limit, "/api/v1/ledger", "before", rows.last().map(|it| it.line.seq));
    send(ctx, json!({"items": rows.iter().map(line).collect::<Vec<_>>(), "next": next}))
}

pub(crate) fn search(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let offset = ctx.query.number("offset").unwrap_or(0) as usize;
    let found = ctx.app.read().search(&search::query_of(ctx), offset, limit(ctx))?;
    let items: Vec<Value> = found
        .hits
        .iter()
        .map(|it| {
            json!({
                "kind": it.kind, "id": it.id, "article": it.article, "outlet": it.outlet, "day": it.day, "actor": it.actor,
                "stance": it.stance, "topic": it.topic,
            })
        })
        .collect();
    let masker = ctx.app.masker();
    let counts = |all: &[(String, usize)]| {
        all.iter().map(|it| (masker.text(&it.0), json!(it.1))).collect::<serde_json::Map<_, _>>()
    };
    let f = &found.facets;
    let facets = json!({
        "kinds": counts(&f.kinds), "outlets": counts(&f.outlets), "actors": counts(&f.actors), "stances": counts(&f.stances),
        "topics": counts(&f.topics),
    });
    send(ctx, json!({"total": found.total, "more": found.more, "items": items, "facets": facets}))
}

pub(crate) fn record(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let record = match ctx.query.get("as_of") {
        Some(moment) => {
            record_as_of(&store, moment, &truce_pipeline::Silent).map_err(|it| Fail::Bad(it.to_string()))?
        }
        None => store.record(made_by())?,
    };
    drop(store);
    Ok(Reply::new(200, JSON, ctx.app.masker().cover(record)?.to_json()))
}

pub(crate) fn coders(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let pick =
        |name: &str| ctx.query.get(name).ok_or_else(|| Fail::Bad("Give two coders, `a` and `b`.".into()));
    let store = ctx.app.read();
    let it = compare_coders(&store.codings(pick("a")?)?, &store.codings(pick("b")?)?);
    let fields: Vec<Value> = it
        .alphas
        .iter()
        .map(|it| json!({"field": it.field, "items": it.items, "alpha": it.alpha, "same": it.same}))
        .collect();
    let disagreements: Vec<&str> = it.disagreements.iter().map(|it| it.claim.as_str()).collect();
    send(
        ctx,
        json!({"both": it.both, "span_f1": it.span_f1, "fields": fields, "disagreements": disagreements}),
    )
}

/// The server goes on with events after this first word.
pub(crate) fn events(_: &Ctx<'_>) -> Result<Reply, Fail> {
    Ok(Reply::new(200, "text/event-stream", "retry: 5000\n\n"))
}
