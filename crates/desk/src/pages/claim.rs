//! One claim: as it stands, as it was proposed, and its trail.

use maud::{Markup, html};
use truce_publish::desk::{Fragment, kind_name, outside};
use truce_record::Claim;
use truce_store::{Role, Want};

use crate::app::Ctx;
use crate::forms::encoded;
use crate::layout::{ledger_table, page as frame, part};
use crate::reply::{Fail, Reply};

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let row = store.claim(ctx.part(0))?.ok_or(Fail::NotFound)?;
    let read = store.articles_read()?;
    let ids = match row.standing.is_empty() {
        true => vec![row.proposed.id.clone()],
        false => row.standing.iter().map(|it| it.id.clone()).collect(),
    };
    let record = ctx.slice(&store, Want { claims: ids, ..Want::default() })?;
    let trail = store.trail(&row.proposed.id)?;
    let incident = store.incident_of(ctx.part(0))?;
    let masker = ctx.app.masker();
    let proposed = masker.cover(row.proposed.clone())?;
    let standing = masker.cover(row.standing.clone())?;
    let title = format!("Claim {}", row.proposed.id);
    let body = html! {
        p.lead {
            "State: " b { (row.state) }
            @if let (Some(by), Some(at)) = (&row.by, &row.at) { " by " (outside(by)) ", " (outside(at)) }
            @if !row.offered { " · the present engine no longer proposes it" }
            @if let Some(it) = &incident { " · part of " a href={ "/incidents/" (encoded(it)) } { "an incident" } }
        }
        (part(ctx, &record, read, Fragment::Claims))
        section aria-labelledby="h-fields" {
            h2 #h-fields { "Fields" }
            div.scroll tabindex="0" role="group" aria-label="Fields" { (fields(&proposed, &standing)) }
            p.dim { "Proposed by rule " code { (outside(&proposed.rule)) } ", " (outside(&row.engine)) }
        }
        section aria-labelledby="h-trail" {
            h2 #h-trail { "Trail" }
            (ledger_table(&trail))
        }
        @if ctx.may(Role::Coder) { p { a.button href={ "/review?claim=" (encoded(&row.proposed.id)) } { "Review this claim" } } }
    };
    Ok(frame(ctx, &title, "/review", body))
}

/// Fields of a claim as the machine proposed it and as people left it.
pub(crate) fn fields(proposed: &Claim, standing: &[Claim]) -> Markup {
    let row = |name: &str, pick: &dyn Fn(&Claim) -> String| {
        let machine = pick(proposed);
        html! {
            tr {
                th scope="row" { (name) }
                td { (outside(&machine)) }
                @for it in standing {
                    @let now = pick(it);
                    td.changed[now != machine] { (outside(&now)) @if now != machine { span.vh { " (changed)" } } }
                }
                @if standing.is_empty() { td.dim { "does not stand" } }
            }
        }
    };
    let none = || "not stated".to_owned();
    html! {
        table.fields {
            thead { tr { th scope="col" { "Field" } th scope="col" { "As proposed" } @for (n, _) in standing.iter().enumerate() { th scope="col" { @if standing.len() > 1 { "Part " (n + 1) } @else { "As it stands" } } } @if standing.is_empty() { th scope="col" { "As it stands" } } } }
            tbody {
                (row("Stance", &|it| it.stance.clone()))
                (row("Claimant", &|it| it.claimant.clone().unwrap_or_else(none)))
                (row("Accused", &|it| it.accused.clone().unwrap_or_else(none)))
                (row("Conduct", &|it| kind_name(it.kind.as_deref())))
                (row("Obligations", &|it| if it.provisions.is_empty() { none() } else { it.provisions.join(", ") }))
                (row("Time", &|it| it.time.as_ref().map_or_else(none, |it| it.value.clone())))
                (row("Place", &|it| it.place.as_ref().map_or_else(none, |it| it.exact.clone())))
                (row("Words", &|it| it.evidence.iter().map(|it| it.exact.as_str()).collect::<Vec<_>>().join(" … ")))
            }
        }
    }
}
