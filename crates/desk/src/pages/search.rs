//! Search over reports, statements and claims.

use maud::{Markup, html};
use truce_publish::desk::{kind_name, outside};
use truce_record::Cited;
use truce_store::{Hit, Query, Store};

use crate::app::Ctx;
use crate::forms::{address, encoded};
use crate::layout::{article_link, more, n, page as frame, short};
use crate::pages::matrix::name_of;
use crate::reply::{Fail, Reply};

const ROWS: usize = 25;
/// Characters shown around the first word found.
const AROUND: usize = 120;

pub(crate) fn query_of(ctx: &Ctx<'_>) -> Query {
    let get = |name: &str| ctx.query.get(name).map(str::to_owned);
    Query {
        words: ctx.query.get("q").unwrap_or("").chars().take(400).collect(),
        kind: get("in"),
        outlet: get("outlet"),
        actor: get("actor"),
        stance: get("stance"),
        topic: get("topic"),
        from: get("from"),
        until: get("until"),
    }
}

fn to(query: &Query, change: (&str, Option<&str>), offset: Option<usize>) -> String {
    let pick = |name: &str, own: &Option<String>| {
        if change.0 == name { change.1.map(str::to_owned) } else { own.clone() }
    };
    let all = [
        ("in", pick("in", &query.kind)),
        ("outlet", pick("outlet", &query.outlet)),
        ("actor", pick("actor", &query.actor)),
        ("stance", pick("stance", &query.stance)),
        ("topic", pick("topic", &query.topic)),
        ("from", pick("from", &query.from)),
        ("until", pick("until", &query.until)),
        ("offset", offset.map(|it| it.to_string())),
    ];
    let mut fields: Vec<(&str, Option<&str>)> = vec![("q", Some(query.words.as_str()))];
    fields.extend(all.iter().map(|it| (it.0, it.1.as_deref())));
    address("/search", &fields)
}

/// Field, heading, values with name and number, and the value asked for.
type Facet<'q> = (&'q str, &'q str, Vec<(String, String, usize)>, &'q Option<String>);

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let query = query_of(ctx);
    let offset = ctx.query.number("offset").unwrap_or(0) as usize;
    let asked =
        !query.words.trim().is_empty() || query != Query { words: query.words.clone(), ..Query::default() };
    let found = if asked { store.search(&query, offset, ROWS)? } else { truce_store::Found::default() };
    let mut lines = Vec::new();
    for hit in &found.hits {
        lines.push(line(ctx, &store, hit, &query.words)?);
    }
    let f = &found.facets;
    let mut actors = Vec::new();
    for (id, count) in &f.actors {
        actors.push((id.clone(), name_of(&store, id)?, *count));
    }
    let same =
        |all: &[(String, usize)]| all.iter().map(|it| (it.0.clone(), it.0.clone(), it.1)).collect::<Vec<_>>();
    let topics = f.topics.iter().map(|it| (it.0.clone(), kind_name(Some(&it.0)), it.1)).collect::<Vec<_>>();
    let facets: Vec<Facet<'_>> = vec![
        ("in", "In", same(&f.kinds), &query.kind),
        ("outlet", "Outlet", same(&f.outlets), &query.outlet),
        ("actor", "Speaker", actors, &query.actor),
        ("stance", "Stance", same(&f.stances), &query.stance),
        ("topic", "Conduct", topics, &query.topic),
    ];
    let next = (offset + found.hits.len() < found.total && found.hits.len() == ROWS)
        .then(|| to(&query, ("", None), Some(offset + ROWS)));
    let body = html! {
        form.filters method="get" action="/search" {
            label { "Words " input type="search" name="q" value=(query.words) size="40"; }
            @for (name, value) in [("in", &query.kind), ("outlet", &query.outlet), ("actor", &query.actor), ("stance", &query.stance), ("topic", &query.topic)] {
                @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
            }
            label { "From " input type="date" name="from" value=[query.from.as_deref()]; }
            label { "until " input type="date" name="until" value=[query.until.as_deref()]; }
            button type="submit" { "Search" }
        }
        p.dim { "Words in quotation marks stand together; a star ends a word that may go on: " code { "\"was closed\" bridg*" } }
        @if asked {
            div.search {
                aside.facets aria-label="Narrow down" {
                    @for (name, title, values, chosen) in &facets {
                        @if !values.is_empty() || chosen.is_some() {
                            h2 { (title) }
                            ul {
                                @if chosen.is_some() { li { a href=(to(&query, (name, None), None)) { "✕ any" } } }
                                @for (value, word, count) in values.iter().take(10) {
                                    li { a href=(to(&query, (name, Some(value)), None)) aria-current=[(chosen.as_deref() == Some(value.as_str())).then_some("true")] { (outside(word)) } " " span.dim { (count) } }
                                }
                            }
                        }
                    }
                }
                div {
                    p.lead role="status" { @if found.more { "more than " } (n(found.total, "match", "matches")) ", latest first" }
                    ul.claims.long { @for it in &lines { (it) } }
                    (more(next))
                }
            }
        }
    };
    Ok(frame(ctx, "Search", "/search", body))
}

fn line(ctx: &Ctx<'_>, store: &Store, hit: &Hit, words: &str) -> Result<Markup, Fail> {
    let masker = ctx.app.masker();
    let article = store.article_row(&hit.article)?;
    let (text, cited): (String, Option<Cited>) = match hit.kind.as_str() {
        "article" => (around(&store.article(&hit.id)?.map_or(String::new(), |it| it.text), words), None),
        "claim" => match store.claim(&hit.id)? {
            Some(row) => {
                let it = row.standing.into_iter().next().unwrap_or(row.proposed);
                let first = it.evidence.into_iter().next();
                (first.as_ref().map_or(String::new(), |it| it.exact.clone()), first)
            }
            None => (String::new(), None),
        },
        _ => {
            let it = store.statement(&hit.id)?;
            let cited = it.map(|it| Cited {
                article: it.article,
                start: it.content.start,
                end: it.content.end,
                exact: it.content.exact,
            });
            (cited.as_ref().map_or(String::new(), |it| it.exact.clone()), cited)
        }
    };
    let text = masker.text(&text);
    Ok(html! {
        li {
            p.by { span.pill { (hit.kind) } " "
                @if let Some(it) = &hit.actor { b { (outside(&name_of(store, it)?)) } " " }
                @if let Some(it) = &hit.stance { (outside(it)) " " } @if let Some(it) = &hit.topic { "· " (kind_name(Some(it))) } }
            blockquote { bdi { (outside(&short(&text, 420))) } }
            p.dim {
                @if let Some(cited) = &cited { a.src href=(truce_publish::desk::cited_address(cited)) { "in the source" } " " }
                @if hit.kind == "claim" { a href={ "/claims/" (encoded(&hit.id)) } { "claim" } " · " }
                @if let Some(it) = &article { (article_link(it)) " " (outside(it.published.as_deref().unwrap_or("undated"))) }
            }
        }
    })
}

/// The text around the first word that was looked for.
fn around(text: &str, words: &str) -> String {
    let lower = text.to_lowercase();
    let word =
        words.split(|it: char| !it.is_alphanumeric()).find(|it| !it.is_empty()).unwrap_or("").to_lowercase();
    // Lower-casing may change lengths; characters are near enough for this.
    let at = if word.is_empty() { 0 } else { lower.find(&word).map_or(0, |it| lower[..it].chars().count()) };
    let from = at.saturating_sub(AROUND);
    let cut: String = text.chars().skip(from).take(2 * AROUND + 60).collect();
    format!("{}{}", if from > 0 { "… " } else { "" }, cut.trim())
}
