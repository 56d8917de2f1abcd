//! Coverage: which outlets on which days, how dates are known, what could not
//! be read.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::frame;
use crate::day::{self, Day};
use crate::say::{Grounds, Outside, said};
use crate::strings as s;
use crate::view::View;

/// Problems listed on the page; the record has all.
const PROBLEMS_MAX: usize = 60;

/// Rows of the table of publication dates.
const DATES_MAX: usize = 1000;

/// Columns of the table of outlets and days.
const COLUMNS_MAX: i64 = 31;

pub(super) fn section(view: &View) -> Markup {
    html! {
        p.lead { (s::COVERAGE_LEAD) }
        (languages(view))
        h3 { (s::OUTLETS_BY_DAY) }
        (outlets(view))
        h3 { (s::PUBLICATION_DATES) }
        (dates(view))
        h3 { (s::PROBLEMS) }
        (problems(view))
    }
}

fn languages(view: &View) -> Markup {
    let mut by_language: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for it in &view.record.articles {
        let entry = by_language.entry(it.language.as_deref().unwrap_or(s::UNKNOWN)).or_default();
        entry.0 += 1;
        entry.1 += usize::from(it.read.sentences > 0);
    }
    html! {
        p {
            b { (s::articles(view.record.articles.len())) } " received, " (view.articles_read()) " read. "
            (s::LANGUAGE) ": "
            @for (n, (language, (all, read))) in by_language.iter().enumerate() {
                @if n > 0 { ", " }
                (Outside(language)) " (" (all)
                @if *read == 0 { " · " strong { (s::NOT_READ) } }
                @else if read < all { " · " (all - read) " " (s::NOT_READ) }
                ")"
            }
            "."
        }
    }
}

fn outlets(view: &View) -> Markup {
    let Some((first, last)) = view.period() else { return html! { p.none { (s::NO_DATES) } } };
    let days = last - first + 1;
    let step = (days + COLUMNS_MAX - 1) / COLUMNS_MAX;
    let columns: Vec<Day> = (first..=last).step_by(step as usize).collect();
    let mut rows: BTreeMap<(bool, &str), BTreeMap<Option<usize>, usize>> = BTreeMap::new();
    for (n, it) in view.record.articles.iter().enumerate() {
        let column = match view.published(n) {
            (Some(a), Some(b)) if (a - first) / step == (b - first) / step => {
                Some(((a - first) / step) as usize)
            }
            _ => None,
        };
        *rows.entry((it.outlet.is_none(), view.outlet(n))).or_default().entry(column).or_default() += 1;
    }
    html! {
        div.scroll tabindex="0" role="group" aria-label=(s::OUTLETS_BY_DAY) {
            table.grid-days {
                thead {
                    tr {
                        th scope="col" { (s::OUTLET) }
                        @for it in &columns {
                            th scope="col" { time datetime=(day::iso(*it)) { (day::iso(*it)[5..]) @if step > 1 { "…" } } }
                        }
                        th scope="col" { (s::UNDATED) }
                    }
                }
                tbody {
                    @for ((_, name), counts) in &rows {
                        tr {
                            th scope="row" { (Outside(name)) }
                            @for n in 0..columns.len() {
                                @match counts.get(&Some(n)) {
                                    Some(count) => td.some { (count) },
                                    None => td.empty { span.vh { "0" } },
                                }
                            }
                            td class=(if counts.contains_key(&None) { "some" } else { "empty" }) {
                                @if let Some(count) = counts.get(&None) { (count) }
                            }
                        }
                    }
                }
            }
        }
        @if step > 1 { p.dim { "One column holds " (step) " days." } }
    }
}

fn dates(view: &View) -> Markup {
    let mut order: Vec<usize> = (0..view.record.articles.len()).collect();
    order.sort_by_key(|it| (view.published(*it).0.is_none(), view.published(*it), *it));
    html! {
        div.scroll tabindex="0" role="group" aria-label=(s::PUBLICATION_DATES) {
            table.dates {
                thead { tr {
                    th scope="col" { (s::ARTICLE) } th scope="col" { (s::PUBLISHED) }
                    th scope="col" { (s::BASIS) } th scope="col" { (s::REASON) }
                } }
                tbody {
                    @for n in order.iter().copied().take(view.at_most(order.len(), DATES_MAX)) {
                        @let article = &view.record.articles[n];
                        @let it = &article.published;
                        tr {
                            td {
                                a href={ "#art" (n + 1) } { (Outside(view.label(n))) }
                                @if let Some(title) = &article.title { br; span.dim { (Outside(title)) } }
                            }
                            td.edtf { (Outside(it.value.as_deref().unwrap_or(s::UNKNOWN)))
                                @if let Some(fine) = &it.precision { br; span.dim { (Outside(fine)) } } }
                            td { span class={ "basis b-" (frame::slug(&it.basis)) } { (Outside(&it.basis)) } }
                            td {
                                @let grounds = it.evidence.as_ref().and_then(|it| view.cite_quote(&article.id, it)).and_then(|it| Grounds::of([it]));
                                @match (&it.reason, grounds) {
                                    (Some(reason), Some(grounds)) => (said(view, html! { (Outside(reason)) }, &grounds)),
                                    (Some(reason), None) => (Outside(reason)),
                                    (None, Some(grounds)) => (said(view, html! {}, &grounds)),
                                    (None, None) => {},
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn problems(view: &View) -> Markup {
    let all = &view.record.problems;
    let mut seen = BTreeSet::new();
    let unique: Vec<_> = all.iter().filter(|it| seen.insert((&it.article, &it.stage, &it.what))).collect();
    html! {
        @if unique.is_empty() { p.none { (s::NO_PROBLEMS) } }
        @let shown = view.at_most(unique.len(), PROBLEMS_MAX);
        ul.problems {
            @for it in unique.iter().take(shown) {
                li {
                    span.stage { (Outside(&it.stage)) } " "
                    @let at = it.article.as_deref().and_then(|it| view.article(it));
                    @let grounds = at.and_then(|(n, article)| {
                        let (start, end) = (it.start?, it.end?);
                        Grounds::of(view.cite(&article.id, start, end, view.words(n, start, end)?))
                    });
                    @match (grounds, at) {
                        (Some(grounds), _) => (said(view, html! { (Outside(&it.what)) }, &grounds)),
                        (None, Some((n, _))) => { (Outside(&it.what)) " " a.ref href={ "#art" (n + 1) } { (Outside(view.label(n))) } },
                        (None, None) => (Outside(&it.what)),
                    }
                }
            }
        }
        @if unique.len() > shown { p.rule { (unique.len() - shown) " further problems are in the record." } }
    }
}
