//! The timeline, and the roads: was it open on day X?

use maud::html;
use truce_publish::desk::{Fragment, outside};
use truce_store::{ClaimFilter, Want};

use crate::app::Ctx;
use crate::layout::{page as frame, part};
use crate::reply::{Fail, Reply};

/// Incidents drawn at once.
const LINES: usize = 60;
/// Claims about passage that are looked at.
const PASSAGE: usize = 400;

fn good_day(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(n, it)| if n == 4 || n == 7 { it == b'-' } else { it.is_ascii_digit() })
}

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let read = store.articles_read()?;
    let day = |name: &str| ctx.query.get(name).filter(|it| good_day(it)).map(str::to_owned);
    let ends = store.incident_days()?;
    let from = day("from").or_else(|| ends.clone().map(|it| it.0)).unwrap_or_else(|| "0001-01-01".into());
    let until = day("until").or_else(|| ends.map(|it| it.1)).unwrap_or_else(|| "9999-12-31".into());
    let rows = store.incidents_between(&from, &until, LINES)?;
    let full = rows.len() == LINES;
    let record = ctx.slice(
        &store,
        Want { incidents: rows.into_iter().map(|it| it.incident.id).collect(), ..Want::default() },
    )?;
    let body = html! {
        form.filters method="get" action="/timeline" {
            label { "From " input type="date" name="from" value=(from); }
            label { "until " input type="date" name="until" value=(until); }
            button type="submit" { "Show" }
        }
        @if full { p.rule { "The " (LINES) " incidents of this period on which most is said are drawn; choose a shorter period for the others." } }
        (part(ctx, &record, read, Fragment::Timeline))
    };
    Ok(frame(ctx, "Timeline", "/timeline", body))
}

pub(crate) fn passage(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let read = store.articles_read()?;
    let mut claims = Vec::new();
    for kind in ["movement_obstruction", "humanitarian_obstruction", "new_position"] {
        let filter = ClaimFilter { kind: Some(kind.into()), ..ClaimFilter::default() };
        claims.extend(
            store
                .claims_page(&filter, 0, PASSAGE)?
                .iter()
                .flat_map(|it| it.standing.iter().map(|it| it.id.clone())),
        );
    }
    let full = claims.len() >= PASSAGE;
    let record = ctx.slice(&store, Want { claims, ..Want::default() })?;
    let body = html! {
        p.dim { "Places of " (outside(&ctx.app.agreement.title)) }
        @if full { p.rule { "Only the first " (PASSAGE) " claims of each kind of conduct are drawn; the others are under Who says what." } }
        (part(ctx, &record, read, Fragment::Places))
    };
    Ok(frame(ctx, "Roads and places", "/passage", body))
}
