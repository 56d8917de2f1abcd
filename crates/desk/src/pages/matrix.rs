//! Who says what on which conduct. An empty cell says how much was read.

use std::collections::{BTreeMap, BTreeSet};

use maud::html;
use truce_publish::desk::{Fragment, kind_name, outside};
use truce_store::{ClaimFilter, Store, StoreError, Want};

use crate::app::Ctx;
use crate::forms::address;
use crate::layout::{more, n, page as frame, part};
use crate::reply::{Fail, Reply};

/// Rows of the matrix; those who say less are in the list of actors.
const SIDES: usize = 30;
/// Claims shown at once.
const ROWS: usize = 40;

/// The name an actor is shown under.
pub(crate) fn name_of(store: &Store, id: &str) -> Result<String, StoreError> {
    if id == "outlet" {
        return Ok("the outlets themselves".to_owned());
    }
    Ok(store.actor(id)?.and_then(|it| it.names.first().cloned()).unwrap_or_else(|| id.to_owned()))
}

/// By kind of conduct: stances with their number.
type Row = BTreeMap<Option<String>, Vec<(String, usize)>>;

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let read = store.articles_read()?;
    let cells = store.matrix()?;
    let mut by_side: BTreeMap<Option<String>, Row> = BTreeMap::new();
    for (side, kind, stance, count) in cells {
        by_side.entry(side).or_default().entry(kind).or_default().push((stance, count));
    }
    let kinds: BTreeSet<Option<String>> = by_side.values().flat_map(|it| it.keys().cloned()).collect();
    let kinds: Vec<Option<String>> = kinds.into_iter().rev().collect();
    let total = |it: &Row| it.values().flatten().map(|it| it.1).sum::<usize>();
    let mut rows: Vec<_> = by_side.into_iter().collect();
    rows.sort_by_key(|(side, it)| {
        (matches!(side.as_deref(), None | Some("outlet")), std::cmp::Reverse(total(it)), side.clone())
    });
    let hidden = rows.len().saturating_sub(SIDES);
    rows.truncate(SIDES);
    let mut named = Vec::new();
    for (side, it) in rows {
        let name = match &side {
            Some(id) => name_of(&store, id)?,
            None => "speaker not resolved".to_owned(),
        };
        named.push((side, name, it));
    }
    let body = html! {
        p.lead { "Claims by who makes them and what conduct they concern. A number leads to the words. An empty cell means that nothing was found in " (n(read, "report", "reports")) " read." }
        @if named.is_empty() { p.none { "No claims yet." } }
        @else {
            div.scroll tabindex="0" role="group" aria-label="Who says what" {
                table.matrix {
                    thead { tr { th scope="col" { "Who speaks" } @for kind in &kinds { th scope="col" { (kind_name(kind.as_deref())) } } } }
                    tbody {
                        @for (side, name, cells) in &named {
                            tr {
                                th scope="row" { (outside(name)) }
                                @for kind in &kinds {
                                    @match cells.get(kind) {
                                        None => td.empty { span.vh { "nothing found in " (n(read, "report", "reports")) } },
                                        Some(stances) => td {
                                            @for (stance, count) in stances {
                                                @let to = address("/claims", &[("side", Some(side.as_deref().unwrap_or(""))), ("kind", Some(kind.as_deref().unwrap_or(""))), ("stance", Some(stance))]);
                                                a href=(to) { span class={ "count " (family(stance)) } { (outside(stance)) " " b { (count) } } }
                                            }
                                        },
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if hidden > 0 { p.rule { (hidden) " further speakers are under " a href="/actors" { "Actors" } "." } }
        }
    };
    Ok(frame(ctx, "Who says what", "/matrix", body))
}

fn family(stance: &str) -> &'static str {
    match stance {
        "alleges" | "condemns" => "charge",
        "denies" | "acknowledges" | "justifies" | "credits" => "answer",
        _ => "other",
    }
}

/// A filter from a query.
pub(crate) fn filter(ctx: &Ctx<'_>) -> ClaimFilter {
    let value = |name: &str| ctx.query.raw(name).map(str::to_owned);
    ClaimFilter {
        waiting: ctx.query.get("state") == Some("waiting"),
        state: ctx.query.get("state").filter(|it| *it != "waiting").map(str::to_owned),
        stance: ctx.query.get("stance").map(str::to_owned),
        claimant: value("claimant"),
        side: value("side"),
        accused: value("accused"),
        kind: value("kind"),
        article: ctx.query.get("article").map(str::to_owned),
    }
}

/// The query of a filter, for the next page.
pub(crate) fn query_of(path: &str, it: &ClaimFilter, after: Option<u64>) -> String {
    let after = after.map(|it| it.to_string());
    let state = if it.waiting { Some("waiting") } else { it.state.as_deref() };
    address(
        path,
        &[
            ("state", state),
            ("stance", it.stance.as_deref()),
            ("claimant", it.claimant.as_deref()),
            ("side", it.side.as_deref()),
            ("accused", it.accused.as_deref()),
            ("kind", it.kind.as_deref()),
            ("article", it.article.as_deref()),
            ("after", after.as_deref()),
        ],
    )
}

pub(crate) fn claims(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let filter = filter(ctx);
    let read = store.articles_read()?;
    let rows = store.claims_page(&filter, ctx.query.number("after").unwrap_or(0), ROWS)?;
    let total = store.claims_count(&filter)?;
    let claims = rows
        .iter()
        .map(|it| it.standing.first().map_or_else(|| it.proposed.id.clone(), |it| it.id.clone()))
        .collect();
    let record = ctx.slice(&store, Want { claims, ..Want::default() })?;
    let next = rows.last().filter(|_| rows.len() == ROWS).map(|it| query_of("/claims", &filter, Some(it.n)));
    let mut parts = Vec::new();
    for (word, value) in
        [("side", &filter.side), ("claimant", &filter.claimant), ("accused", &filter.accused)]
    {
        if let Some(id) = value {
            parts.push(format!(
                "{word}: {}",
                if id.is_empty() { "not resolved".to_owned() } else { name_of(&store, id)? }
            ));
        }
    }
    parts.extend(filter.kind.as_deref().map(|it| kind_name(Some(it).filter(|it| !it.is_empty()))));
    parts.extend(filter.stance.clone());
    parts.extend(filter.state.clone());
    let body = html! {
        p.lead { (n(total, "claim", "claims")) @if !parts.is_empty() { " · " (outside(&parts.join(" · "))) } }
        (part(ctx, &record, read, Fragment::Claims))
        @if rows.is_empty() { p.none { "Nothing found in " (n(read, "report", "reports")) " read." } }
        (more(next))
    };
    Ok(frame(ctx, "Claims", "/matrix", body))
}
