//! Incidents: charges and answers side by side.

use maud::html;
use truce_publish::desk::{Fragment, kind_name, outside, standing_meaning};
use truce_store::{Role, Want};

use crate::app::Ctx;
use crate::forms::encoded;
use crate::layout::{csrf, ledger_table, more, n, page as frame, part};
use crate::reply::{Fail, Reply};

const ROWS: usize = 50;

pub(crate) fn list(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let show = ctx.query.get("show").unwrap_or("days");
    let offset = ctx.query.number("from").unwrap_or(0) as usize;
    let rows = match show {
        "conflicts" => store.conflicts_page(offset, ROWS)?,
        "weight" => store.incidents_page(true, offset, ROWS)?,
        _ => store.incidents_page(false, offset, ROWS)?,
    };
    let name = |id: Option<&str>| {
        id.map_or(Ok("nobody named".to_owned()), |id| {
            store
                .actor(id)
                .map(|it| it.and_then(|it| it.names.first().cloned()).unwrap_or_else(|| id.to_owned()))
        })
    };
    let mut lines = Vec::new();
    for it in &rows {
        lines.push((it, name(it.incident.accused.as_deref())?));
    }
    let next =
        (rows.len() == ROWS).then(|| format!("/incidents?show={}&from={}", encoded(show), offset + ROWS));
    let body = html! {
        p.lead { "Claims about the same conduct, joined across reports. The standing says how it is reported, never whether it happened." }
        ul.tabs aria-label="Order" {
            @for (key, word) in [("days", "Latest day first"), ("weight", "Most said first"), ("conflicts", "With conflicting sources")] {
                li { a href={ "/incidents?show=" (key) } aria-current=[(key == show).then_some("true")] { (word) } }
            }
        }
        @if rows.is_empty() { p.none { "None." } }
        @else {
            div.scroll tabindex="0" role="group" aria-label="Incidents" {
                table.rows {
                    thead { tr { th scope="col" { "Day" } th scope="col" { "Conduct" } th scope="col" { "Of" } th scope="col" { "Place" } th scope="col" { "Standing" } th scope="col" { "Claims" } th scope="col" { "Answers" } th scope="col" { "Origins" } } }
                    tbody {
                        @for (it, accused) in &lines {
                            @let i = &it.incident;
                            tr {
                                td.nowrap { (outside(i.time.as_ref().map_or("not stated", |it| it.value.as_str()))) }
                                td { a href={ "/incidents/" (encoded(&i.id)) } { (kind_name(i.kind.as_deref())) } }
                                td { (outside(accused)) }
                                td { (outside(i.place.as_ref().map_or("not stated", |it| it.exact.as_str()))) }
                                td title=(standing_meaning(&i.standing)) { b { (outside(&i.standing)) } @if !i.conflicts.is_empty() { " " span.pill.swap { "conflict" } } }
                                td { (i.claims.len()) }
                                td { (i.replies.iter().filter(|it| it.scope != "other_object").count()) }
                                td { @if i.origins.low == i.origins.high { (i.origins.low) } @else { (i.origins.low) "–" (i.origins.high) } }
                            }
                        }
                    }
                }
            }
        }
        (more(next))
    };
    Ok(frame(ctx, "Incidents", "/incidents", body))
}

pub(crate) fn one(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let row = store.incident(ctx.part(0))?.ok_or(Fail::NotFound)?;
    if row.incident.id != ctx.part(0) {
        return Ok(Reply::see(format!("/incidents/{}", encoded(&row.incident.id))));
    }
    let it = row.incident;
    let read = store.articles_read()?;
    let record = ctx.slice(&store, Want { incidents: vec![it.id.clone()], ..Want::default() })?;
    let trail = store.trail(&it.id)?;
    let answers: Vec<&str> = it.replies.iter().map(|it| it.claim.as_str()).collect();
    let claims: std::collections::BTreeSet<&str> =
        it.claims.iter().map(String::as_str).chain(answers).collect();
    let title = kind_name(it.kind.as_deref());
    let body = html! {
        p.lead { (standing_meaning(&it.standing)) "." }
        (part(ctx, &record, read, Fragment::Incidents))
        details { summary { (n(claims.len(), "claim", "claims")) ", each with its trail" }
            ul.plain { @for id in &claims { li { a href={ "/claims/" (encoded(id)) } { code { (outside(id)) } } } } }
        }
        @if ctx.may(Role::Reviewer) {
            section.rate aria-labelledby="h-rate" {
                h2 #h-rate { "Reliability and credibility" }
                p.dim { "Set by people, by the Admiralty code. F6: cannot be judged." }
                form.row method="post" action={ "/incidents/" (encoded(&it.id)) "/rating" } {
                    (csrf(ctx))
                    label { "Reliability of the source " select name="reliability" { @for code in ["A", "B", "C", "D", "E", "F"] { option selected[it.credibility.starts_with(code)] { (code) } } } }
                    label { "Credibility of the information " select name="credibility" { @for code in ["1", "2", "3", "4", "5", "6"] { option selected[it.credibility.ends_with(code)] { (code) } } } }
                    label { "Reason " input name="reason" required maxlength="500"; }
                    button type="submit" { "Set" }
                }
            }
        }
        @if !trail.is_empty() { section { h2 { "Trail" } (ledger_table(&trail)) } }
    };
    Ok(frame(ctx, &title, "/incidents", body))
}

pub(crate) fn rate(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let code =
        format!("{}{}", ctx.form.get("reliability").unwrap_or(""), ctx.form.get("credibility").unwrap_or(""));
    let reason = ctx.form.get("reason").ok_or_else(|| Fail::Bad("A rating needs a reason.".into()))?;
    ctx.app.write().rate(ctx.part(0), &code, &ctx.who()?.person.id, reason)?;
    ctx.app.wrote();
    Ok(Reply::see(format!("/incidents/{}", encoded(ctx.part(0)))))
}
