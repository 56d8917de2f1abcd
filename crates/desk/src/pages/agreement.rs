//! The agreement: what was promised, and where does each stand? And one
//! obligation: is it kept?

use maud::html;
use truce_publish::desk::{Fragment, outside, plain};
use truce_record::Finding;
use truce_store::Want;

use crate::app::Ctx;
use crate::layout::{MONITORS, page as frame, part};
use crate::reply::{Fail, Reply};

/// Incidents named under one finding; the obligation's own page has more.
const CHARGES_NAMED: usize = 4;
/// Incidents shown whole on the page of one obligation.
const CARDS: usize = 12;

/// A finding that names few incidents and answers.
fn cut(mut it: Finding, most: usize) -> (Finding, usize) {
    let all = it.charges.len();
    it.charges.truncate(most);
    it.answers.truncate(most);
    (it, all)
}

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let read = store.articles_read()?;
    let findings: Vec<Finding> =
        store.findings(None)?.into_iter().map(|it| cut(it, CHARGES_NAMED).0).collect();
    let incidents = findings.iter().flat_map(|it| it.charges.iter().cloned()).collect();
    let record = ctx.slice(&store, Want { incidents, findings, ..Want::default() })?;
    let agreement = &ctx.app.agreement;
    let body = html! {
        p.period {
            "Signed " (outside(agreement.signed.as_str()))
            @if let Some(it) = &agreement.in_force { " · in force " (outside(it.as_str())) }
            " · " (agreement.provisions.len()) " obligations · pack " code { (agreement.sha256.chars().take(12).collect::<String>()) }
        }
        p.dim { "Each number leads to the obligation's own page." }
        ul.provision-links aria-label="Obligations" {
            @for it in &agreement.provisions { li { a href={ "/obligations/" (crate::forms::encoded(it.id.as_str())) } { (outside(it.id.as_str())) } } }
        }
        (part(ctx, &record, read, Fragment::Obligations))
        p.dim { (MONITORS) }
    };
    Ok(frame(ctx, &agreement.title, "/agreement", body))
}

pub(crate) fn obligation(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let id = ctx.part(0);
    let provision =
        ctx.app.agreement.provisions.iter().find(|it| it.id.as_str() == id).ok_or(Fail::NotFound)?;
    let store = ctx.app.read();
    let read = store.articles_read()?;
    let all = store.findings(Some(id))?;
    let charged: Vec<String> = all.iter().flat_map(|it| it.charges.iter().cloned()).collect();
    let findings: Vec<Finding> = all.into_iter().map(|it| cut(it, CHARGES_NAMED).0).collect();
    let offset = ctx.query.number("from").unwrap_or(0) as usize;
    let shown: Vec<String> = charged.iter().skip(offset).take(CARDS).cloned().collect();
    let named = findings.iter().flat_map(|it| it.charges.iter().cloned()).collect();
    let head = ctx.slice(&store, Want { incidents: named, findings, ..Want::default() })?;
    let cards = ctx.slice(&store, Want { incidents: shown, ..Want::default() })?;
    let next = (offset + CARDS < charged.len())
        .then(|| format!("/obligations/{}?from={}", crate::forms::encoded(id), offset + CARDS));
    let title = format!("Obligation {id}");
    let body = html! {
        p.lead { "Point " (outside(&provision.point)) " of " a href="/agreement" { (plain(&ctx.app.agreement.title)) } }
        (part(ctx, &head, read, Fragment::Obligation(id)))
        section aria-labelledby="h-inc" {
            h2 #h-inc { "Incidents that bear on it" span.dim.count-of { " " (charged.len()) } }
            @if charged.is_empty() {
                p.none { "No breach is alleged in " (read) " reports that were read. Silence is not compliance." }
            } @else {
                (part(ctx, &cards, read, Fragment::Timeline))
                (part(ctx, &cards, read, Fragment::Incidents))
            }
            (crate::layout::more(next))
        }
    };
    Ok(frame(ctx, &title, "/agreement", body))
}
