//! Actors, and the tracks of mediation and courts.

use maud::html;
use truce_model::Role as Under;
use truce_publish::desk::{Fragment, kind_name, outside};
use truce_store::{ClaimFilter, Want};

use crate::app::Ctx;
use crate::forms::{address, encoded};
use crate::layout::{n, page as frame, part};
use crate::reply::{Fail, Reply};

const ROWS: usize = 300;
/// Claims shown in one lane.
const LANE: usize = 8;

fn roles(ctx: &Ctx<'_>, id: &str) -> String {
    let known = ctx.app.agreement.actors.iter().find(|it| it.id.as_str() == id);
    known.map_or(String::new(), |it| it.roles.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", "))
}

pub(crate) fn list(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let rows = ctx.app.read().actors_page(ROWS)?;
    let rows = ctx.app.masker().cover(rows)?;
    let body = html! {
        p.lead { "Who speaks and whose conduct is spoken of; roles as the agreement gives them. No score is kept of anybody." }
        div.scroll tabindex="0" role="group" aria-label="Actors" {
            table.rows {
                thead { tr { th scope="col" { "Actor" } th scope="col" { "Kind" } th scope="col" { "Side" } th scope="col" { "Role in the agreement" } th scope="col" { "Statements" } th scope="col" { "Claims made" } th scope="col" { "Claims about its conduct" } } }
                tbody { @for (it, said, claims, accused) in &rows { tr {
                    th scope="row" { a href={ "/actors/" (encoded(&it.id)) } { (outside(it.names.first().unwrap_or(&it.id))) } }
                    td { (outside(&it.kind)) } td { (outside(it.side.as_deref().unwrap_or(""))) } td { (roles(ctx, &it.id)) }
                    td { (said) } td { (claims) } td { (accused) }
                } } }
            }
        }
        @if rows.len() == ROWS { p.rule { "Those who are met less often are found by search." } }
    };
    Ok(frame(ctx, "Actors", "/actors", body))
}

pub(crate) fn one(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let it = store.actor(ctx.part(0))?.ok_or(Fail::NotFound)?;
    let it = ctx.app.masker().cover(it)?;
    let name = it.names.first().cloned().unwrap_or_else(|| it.id.clone());
    let made =
        store.claims_count(&ClaimFilter { claimant: Some(it.id.clone()), ..ClaimFilter::default() })?;
    let about =
        store.claims_count(&ClaimFilter { accused: Some(it.id.clone()), ..ClaimFilter::default() })?;
    let roles = roles(ctx, &it.id);
    let owes: Vec<&str> = ctx
        .app
        .agreement
        .provisions
        .iter()
        .filter(|p| p.obligated.iter().any(|o| o.as_str() == it.id))
        .map(|it| it.id.as_str())
        .collect();
    let body = html! {
        dl.facts {
            div { dt { "Kind" } dd { (outside(&it.kind)) } }
            div { dt { "Its conduct counts as that of" } dd { (outside(it.side.as_deref().unwrap_or("itself"))) } }
            div { dt { "Role in the agreement" } dd { (if roles.is_empty() { "none" } else { &roles }) } }
            div { dt { "Owes" } dd { @for id in &owes { a.prov href={ "/obligations/" (encoded(id)) } { (outside(id)) } " " } @if owes.is_empty() { "nothing by its text" } } }
        }
        h2 { "Names as printed" }
        ul.names { @for name in it.names.iter().take(200) { li { (outside(name)) } } }
        h2 { "What it says and what is said of it" }
        ul.plain {
            li { a href=(address("/statements", &[("actor", Some(&it.id))])) { "Its statements" } }
            li { a href=(address("/claims", &[("claimant", Some(&it.id))])) { (n(made, "claim", "claims")) " that it makes" } }
            li { a href=(address("/claims", &[("accused", Some(&it.id))])) { (n(about, "claim", "claims")) " about its conduct" } }
        }
    };
    Ok(frame(ctx, &name, "/actors", body))
}

/// Lanes of those who stand between the parties, and of talks refused.
pub(crate) fn mediation(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let read = store.articles_read()?;
    let between = [Under::Mediator, Under::Guarantor, Under::Monitor, Under::Peacekeeper, Under::Witness];
    let mut lanes = Vec::new();
    for actor in ctx.app.agreement.actors.iter().filter(|it| it.roles.iter().any(|it| between.contains(it))) {
        let filter = ClaimFilter { side: Some(actor.id.to_string()), ..ClaimFilter::default() };
        let rows = store.claims_page(&filter, 0, LANE)?;
        let claims = rows.iter().filter_map(|it| it.standing.first()).map(|it| it.id.clone()).collect();
        let record = ctx.slice(&store, Want { claims, ..Want::default() })?;
        let name = actor.names.first().cloned().unwrap_or_else(|| actor.id.to_string());
        lanes.push((
            actor.id.to_string(),
            name,
            roles(ctx, actor.id.as_str()),
            store.claims_count(&filter)?,
            record,
        ));
    }
    let talks = ClaimFilter { kind: Some("refusal_of_talks".into()), ..ClaimFilter::default() };
    let claims = store
        .claims_page(&talks, 0, 40)?
        .iter()
        .filter_map(|it| it.standing.first())
        .map(|it| it.id.clone())
        .collect();
    let record = ctx.slice(&store, Want { claims, ..Want::default() })?;
    let body = html! {
        p.lead { "What mediators, guarantors, monitors and courts say, one lane each, and what is claimed about talks. An offer is not a meeting: each line says which it is." }
        section aria-labelledby="h-talks" {
            h2 #h-talks { (kind_name(Some("refusal_of_talks"))) }
            @if record.claims.is_empty() { p.none { "Nothing found in " (n(read, "report", "reports")) " read." } }
            (part(ctx, &record, read, Fragment::Voices))
        }
        @for (id, name, roles, count, record) in &lanes {
            section.lane {
                h2 { a href={ "/actors/" (encoded(id)) } { (outside(name)) } span.dim.count-of { " " (roles) " · " (n(*count, "claim", "claims")) } }
                @if record.claims.is_empty() { p.none { "Nothing found in " (n(read, "report", "reports")) " read." } }
                @else { (part(ctx, record, read, Fragment::Voices)) }
                @if *count > LANE { p { a href=(address("/claims", &[("side", Some(id))])) { "All " (count) } } }
            }
        }
    };
    Ok(frame(ctx, "Mediation and courts", "/mediation", body))
}
