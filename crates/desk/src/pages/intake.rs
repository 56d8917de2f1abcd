//! Intake: what came in, what was thrown away?

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use maud::html;
use truce_extract::{Given, RawFormat, RawReport};
use truce_publish::desk::outside;
use truce_store::{Arrival, Role};

use crate::app::Ctx;
use crate::forms::address;
use crate::layout::{article_link, csrf, more, n, page as frame};
use crate::reply::{Fail, Reply};
use crate::work;

const ROWS: usize = 50;

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let it = store.overview()?;
    let outlet = ctx.query.get("outlet");
    let rows = store.articles_page(ctx.query.number("before"), ROWS, outlet)?;
    let progress = ctx.app.progress();
    let next = rows.last().filter(|_| rows.len() == ROWS).map(|it| {
        let before = it.n.to_string();
        address("/intake", &[("outlet", outlet), ("before", Some(&before))])
    });
    let body = html! {
        p.lead { (n(it.articles, "report", "reports")) " count; " (it.unread) " wait to be read. The same bytes twice are one report; another text at the same address is a new version." }
        @if let Some(said) = ctx.query.get("said") { p.banner role="status" { (outside(said)) } }
        @if !progress.said.is_empty() && !progress.running { p.dim role="status" { (outside(&progress.said)) } }
        @if ctx.may(Role::Reviewer) {
            div.two {
                details.act open[it.articles == 0] { summary { "Take a report in" }
                    form.grid-form method="post" action="/intake" {
                        (csrf(ctx))
                        label { "Outlet" input name="outlet" maxlength="200"; }
                        label { "Published" input name="published" placeholder="2031-05-09"; }
                        label.wide { "Address" input name="url" type="url" maxlength="2000"; }
                        label.wide { "Headline, if the text does not hold it" input name="title" maxlength="1000"; }
                        label.wide { "Text or HTML of the report, as it came" textarea name="text" rows="9" required {} }
                        button type="submit" { "Take in" }
                    }
                    p.dim { "Many reports at once: " code { "trucewatch desk add REPORTS --store FILE" } ", or the API." }
                }
                form.row method="post" action="/work/start" { (csrf(ctx)) button type="submit" { "Read and assess now" } }
            }
        }
        div.scroll tabindex="0" role="group" aria-label="Reports" { table.rows {
            thead { tr { th scope="col" { "Received" } th scope="col" { "Report" } th scope="col" { "Published" } th scope="col" { "How it is known" } th scope="col" { "Language" } th scope="col" { "State" } } }
            tbody { @for it in &rows { tr {
                td.nowrap { (outside(&it.received.replace('T', " ").replace('Z', ""))) @if it.seen > 1 { br; span.dim { (it.seen) " times" } } }
                td { (article_link(it)) br; code { (outside(&it.path)) } }
                td.nowrap { (outside(it.published.as_deref().unwrap_or("unknown"))) }
                td { span class={ "basis b-" (it.basis) } { (outside(&it.basis)) } }
                td { (outside(it.language.as_deref().unwrap_or("unknown"))) }
                td {
                    @if it.retracted.is_some() { span.pill.bad { "retracted" } }
                    @else if !it.current { span.pill { "version " (it.version) ", replaced" } }
                    @else if it.engine.is_none() { span.pill { "waiting" } }
                    @else if it.sentences == 0 { span.pill { "stored and traced, not read" } }
                    @else { (n(it.sentences, "sentence", "sentences")) " read" @if it.version > 1 { " · version " (it.version) } }
                }
            } } }
        } }
        (more(next))
    };
    Ok(frame(ctx, "Intake", "/intake", body))
}

pub(crate) fn take_in(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let text = ctx
        .form
        .raw("text")
        .filter(|it| !it.trim().is_empty())
        .ok_or_else(|| Fail::Bad("There is no text.".into()))?;
    let get = |name: &str| ctx.form.get(name).map(str::to_owned);
    let html = text.trim_start().starts_with('<');
    let text = text.replace("\r\n", "\n");
    let name = get("url").or_else(|| get("title")).unwrap_or_else(|| "pasted".into());
    let raw = RawReport {
        path: format!("pasted by {}: {}", ctx.who()?.person.id, crate::layout::short(&name, 120)),
        bytes: text.into_bytes(),
        format: Some(if html { RawFormat::Html } else { RawFormat::Text }),
        given: Given {
            published: get("published"),
            outlet: get("outlet"),
            url: get("url"),
            title: get("title"),
            language: None,
        },
    };
    let arrivals = add(ctx, vec![raw])?;
    let said = match arrivals.0.first() {
        Some(Arrival::New { .. }) => "Taken in; it will be read in a moment.".to_owned(),
        Some(Arrival::NewVersion { version, .. }) => {
            format!("Taken in as version {version} of a known address.")
        }
        Some(Arrival::Known { .. }) => "These bytes are on the desk already; nothing was added.".to_owned(),
        None => arrivals.1.first().cloned().unwrap_or_default(),
    };
    Ok(Reply::see(address("/intake", &[("said", Some(&said))])))
}

/// Takes reports in for a page or the API.
pub(crate) fn add(ctx: &Ctx<'_>, reports: Vec<RawReport>) -> Result<(Vec<Arrival>, Vec<String>), Fail> {
    let mut arrivals = Vec::new();
    let store = ctx.app.write();
    let problems = work::take_in(
        &store,
        reports.into_iter(),
        &ctx.app.agreement.anchors,
        NonZeroUsize::MIN,
        &AtomicBool::new(false),
        &mut |_, it| arrivals.push(it.clone()),
    )
    .map_err(|it| match it {
        work::WorkError::Store(it) => Fail::Store(it),
        other => Fail::Bad(other.to_string()),
    })?;
    drop(store);
    ctx.app.wrote();
    Ok((arrivals, problems.into_iter().map(|it| it.what).collect()))
}

pub(crate) fn start(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    ctx.app.wrote();
    Ok(Reply::see("/intake"))
}

pub(crate) fn stop(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    ctx.app.stop.store(true, Ordering::Relaxed);
    Ok(Reply::see("/intake"))
}
