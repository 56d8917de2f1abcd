//! Compare: how do two texts differ?

use maud::html;
use truce_publish::desk::{Fragment, outside};
use truce_store::Want;

use crate::app::Ctx;
use crate::forms::encoded;
use crate::layout::{article_link, more, n, page as frame, part, short};
use crate::reply::{Fail, Reply};

const PAIRS: usize = 60;
const LINEAGES: usize = 40;

pub(crate) fn list(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let mut rows = Vec::new();
    for (a, b, count, altered, swapped) in store.pairs_page(None, PAIRS)? {
        if let (Some(x), Some(y)) = (store.article_row(&a)?, store.article_row(&b)?) {
            rows.push((x, y, count, altered, swapped));
        }
    }
    let offset = ctx.query.number("from").unwrap_or(0) as usize;
    let lineages = store.lineages_page(offset, LINEAGES)?;
    let next = (lineages.len() == LINEAGES).then(|| format!("/compare?from={}", offset + LINEAGES));
    let body = html! {
        p.lead { "Text that descends from one origin is one witness, however many outlets print it. First the pairs in which a quotation was altered or a clause swapped." }
        section aria-labelledby="h-pairs" {
            h2 #h-pairs { "Altered quotations and swapped clauses" }
            @if rows.is_empty() { p.none { "None were found." } }
            ul.plain { @for (a, b, _, altered, swapped) in &rows { li {
                a href={ "/compare/" (encoded(&a.id)) "/" (encoded(&b.id)) } {
                    (outside(a.outlet.as_deref().unwrap_or(&a.path))) " ⇄ " (outside(b.outlet.as_deref().unwrap_or(&b.path)))
                }
                @if *altered > 0 { " " span.alert { (n(*altered, "altered quotation", "altered quotations")) } }
                @if *swapped > 0 { " " span.swap { (n(*swapped, "swapped clause", "swapped clauses")) } }
            } } }
        }
        section aria-labelledby="h-lin" {
            h2 #h-lin { "Lineages" }
            @if lineages.is_empty() { p.none { "No passage is shared by two reports." } }
            ol.lineages { @for it in &lineages { li {
                a href={ "/lineages/" (encoded(&it.id)) } { (n(it.articles.len(), "report", "reports")) }
                " · agency " b { (outside(it.agency.name.as_deref().unwrap_or("not stated"))) }
                @if let Some(passage) = it.passages.first() { p.passage { q { (outside(&short(&passage.exact, 200))) } } }
            } } }
        }
        (more(next))
    };
    Ok(frame(ctx, "Compare", "/compare", body))
}

pub(crate) fn pair(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let (a, b) = (ctx.part(0), ctx.part(1));
    let (x, y) = (store.article_row(a)?.ok_or(Fail::NotFound)?, store.article_row(b)?.ok_or(Fail::NotFound)?);
    let reuse = store.reuse_between(a, b)?;
    let read = store.articles_read()?;
    let record =
        ctx.slice(&store, Want { articles: vec![a.to_owned(), b.to_owned()], reuse, ..Want::default() })?;
    let body = html! {
        p.lead { (article_link(&x)) " ⇄ " (article_link(&y)) }
        ul.legend aria-label="Legend" {
            li { del { "words" } " only on the left" } li { ins { "words" } " only on the right" } li { span.inq { "red" } " changed inside quotation marks" }
        }
        (part(ctx, &record, read, Fragment::Compare))
    };
    Ok(frame(ctx, "Compare", "/compare", body))
}

pub(crate) fn lineage(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let it = store.lineage(ctx.part(0))?.ok_or(Fail::NotFound)?;
    let mut rows = Vec::new();
    for id in it.articles.iter().take(200) {
        rows.extend(store.article_row(id)?);
    }
    rows.sort_by_key(|it| (it.published.is_none(), it.published.clone(), it.id.clone()));
    let first = rows.first().map(|it| it.id.clone());
    let it = ctx.app.masker().cover(it)?;
    let body = html! {
        p.lead { (n(it.articles.len(), "report", "reports")) " print text of one origin. Agency: " b { (outside(it.agency.name.as_deref().unwrap_or("not stated"))) } @if let Some(basis) = &it.agency.basis { ", " (outside(basis)) } }
        ul.plain { @for row in &rows { li { span.nowrap { (outside(row.published.as_deref().unwrap_or("undated"))) } " " (article_link(row))
            @if let Some(first) = first.as_deref().filter(|it| *it != row.id) { " · " a href={ "/compare/" (encoded(first)) "/" (encoded(&row.id)) } { "compare with the first" } }
        } } }
        @if it.articles.len() > rows.len() { p.rule { (it.articles.len() - rows.len()) " further reports are in the record." } }
        section { h2 { "Passages" } @for passage in it.passages.iter().take(40) { blockquote { bdi { (outside(&passage.exact)) } " " a.src href=(truce_publish::desk::cited_address(passage)) { "in the source" } } } }
    };
    Ok(frame(ctx, "Lineage", "/compare", body))
}
