//! Statements: what did X say, verbatim, when?

use maud::html;
use truce_publish::desk::outside;
use truce_record::Cited;

use crate::app::Ctx;
use crate::forms::{address, encoded};
use crate::layout::{article_link, more, page as frame};
use crate::pages::matrix::name_of;
use crate::reply::{Fail, Reply};

const ROWS: usize = 50;

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let (actor, mode) = (ctx.query.get("actor"), ctx.query.get("mode"));
    let rows = store.statements_page(actor, mode, ctx.query.number("before"), ROWS)?;
    let masker = ctx.app.masker();
    let mut shown = Vec::new();
    for (_, it) in &rows {
        let Some(article) = store.article_row(&it.article)? else { continue };
        let name = it.source.actor.as_deref().map(|it| name_of(&store, it)).transpose()?;
        shown.push((masker.cover(it.clone())?, name, article));
    }
    let top = store.actors_page(24)?;
    let next = rows.last().filter(|_| rows.len() == ROWS).map(|it| {
        let before = it.0.to_string();
        address("/statements", &[("actor", actor), ("mode", mode), ("before", Some(&before))])
    });
    let body = html! {
        p.lead { "Who says what, word for word, newest arrival first." }
        form.filters method="get" action="/statements" {
            label { "Speaker " select name="actor" { option value="" { "everybody" }
                @for (it, count, _, _) in top.iter().filter(|it| it.1 > 0) { option value=(it.id) selected[actor == Some(&it.id)] { (it.names.first().unwrap_or(&it.id)) " (" (count) ")" } } } }
            label { "Quoted " select name="mode" { option value="" { "in any way" } @for it in ["direct", "mixed", "indirect"] { option selected[mode == Some(it)] { (it) } } } }
            button type="submit" { "Show" }
        }
        @if shown.is_empty() { p.none { "No statements." } }
        ul.claims.long {
            @for (it, name, article) in &shown {
                @let cited = Cited { article: it.article.clone(), start: it.content.start, end: it.content.end, exact: it.content.exact.clone() };
                li {
                    p.by {
                        b { (outside(name.as_deref().or(it.source.text.as_deref()).unwrap_or("speaker not resolved"))) }
                        @if let Some(cue) = &it.cue { " · " (outside(&cue.exact)) }
                        span.dim { " · " (outside(&it.mode)) }
                    }
                    blockquote { bdi { (outside(&it.content.exact)) } }
                    p.dim { a.src href=(truce_publish::desk::cited_address(&cited)) { "in the source" } " " (article_link(article)) " " (outside(article.published.as_deref().unwrap_or("undated")))
                        @if let Some(actor) = &it.source.actor { " · " a href={ "/actors/" (encoded(actor)) } { "speaker" } } }
                }
            }
        }
        (more(next))
    };
    Ok(frame(ctx, "Statements", "/statements", body))
}
