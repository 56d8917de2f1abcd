//! Coverage: is quiet calm?

use std::collections::{BTreeMap, BTreeSet};

use maud::html;
use truce_publish::desk::outside;

use crate::app::Ctx;
use crate::forms::address;
use crate::layout::{n, page as frame};
use crate::reply::{Fail, Reply};

/// Columns of the table.
const DAYS: usize = 31;
/// Rows of the table.
const OUTLETS: usize = 60;
const PROBLEMS: usize = 60;

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let it = store.overview()?;
    let mut rows: BTreeMap<Option<String>, BTreeMap<Option<String>, usize>> = BTreeMap::new();
    let mut days: BTreeSet<String> = BTreeSet::new();
    for (outlet, day, count) in store.coverage()? {
        days.extend(day.clone());
        *rows.entry(outlet).or_default().entry(day).or_default() += count;
    }
    let until = ctx.query.get("until").map(str::to_owned);
    let shown: Vec<String> = days
        .iter()
        .rev()
        .filter(|it| until.as_ref().is_none_or(|until| *it <= until))
        .take(DAYS)
        .cloned()
        .collect();
    let earlier = days.iter().rev().find(|it| shown.last().is_some_and(|last| *it < last)).cloned();
    let shown: Vec<String> = shown.into_iter().rev().collect();
    let mut rows: Vec<_> =
        rows.into_iter().map(|(outlet, days)| (days.values().sum::<usize>(), outlet, days)).collect();
    rows.sort_by_key(|it| (it.1.is_none(), std::cmp::Reverse(it.0), it.1.clone()));
    let hidden = rows.len().saturating_sub(OUTLETS);
    rows.truncate(OUTLETS);
    let problems = store.problems_page(PROBLEMS)?;
    let body = html! {
        p.lead { "Which outlets were read on which days. A day without a report is not a day without an incident." }
        p { b { (n(it.articles, "report", "reports")) } " on the desk, " (it.read) " read, " (it.unread) " waiting." }
        div.scroll tabindex="0" role="group" aria-label="Reports per outlet and day" {
            table.grid-days {
                thead { tr { th scope="col" { "Outlet" } @for day in &shown { th scope="col" { time datetime=(day) { (day.get(5..).unwrap_or(day)) } } } th scope="col" { "undated" } th scope="col" { "all" } } }
                tbody { @for (all, outlet, counts) in &rows { tr {
                    th scope="row" { (outside(outlet.as_deref().unwrap_or("outlet not stated"))) }
                    @for day in &shown { @match counts.get(&Some(day.clone())) { Some(count) => td.some { (count) }, None => td.empty { span.vh { "0" } } } }
                    @match counts.get(&None) { Some(count) => td.some { (count) }, None => td.empty { span.vh { "0" } } }
                    td { (all) }
                } } }
            }
        }
        @if hidden > 0 { p.rule { (hidden) " further outlets have fewer reports." } }
        @if let Some(day) = earlier { p.more-link { a href=(address("/coverage", &[("until", Some(&day))])) { "Earlier days" } } }
        section aria-labelledby="h-problems" {
            h2 #h-problems { "Problems" }
            @if problems.is_empty() { p.none { "None." } }
            ul.problems { @for (_, stage, what) in &problems { li { span.stage { (outside(stage)) } " " (outside(what)) } } }
        }
    };
    Ok(frame(ctx, "Coverage", "/coverage", body))
}
