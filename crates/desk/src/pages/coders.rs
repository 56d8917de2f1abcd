//! Agreement between two coders: can we trust the coding?

use maud::html;
use truce_publish::desk::outside;
use truce_store::{Role, compare_coders};

use crate::app::Ctx;
use crate::forms::encoded;
use crate::layout::{n, page as frame};
use crate::reply::{Fail, Reply};

const DISAGREEMENTS: usize = 100;

fn figure(it: Option<f64>) -> String {
    it.map_or("not defined".to_owned(), |it| format!("{it:.3}"))
}

pub(crate) fn page(ctx: &Ctx<'_>) -> Result<Reply, Fail> {
    let store = ctx.app.read();
    let coders = store.coders()?;
    let pick = |name: &str, n: usize| {
        ctx.query.get(name).map(str::to_owned).or_else(|| coders.get(n).map(|it| it.0.clone()))
    };
    let (a, b) = (pick("a", 0), pick("b", 1));
    let compared = match (&a, &b) {
        (Some(a), Some(b)) if a != b => Some(compare_coders(&store.codings(a)?, &store.codings(b)?)),
        _ => None,
    };
    let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
    let body = html! {
        p.lead { "Two people code the same claims without seeing each other's coding. A coding settles nothing; a reviewer adjudicates." }
        p { a.button href="/review?mode=code" { "Code claims" } }
        @if coders.len() < 2 { p.none { "So far " (n(coders.len(), "person has", "people have")) " coded; two are needed." } }
        @else {
            form.filters method="get" action="/coders" {
                @for (name, chosen) in [("a", &a), ("b", &b)] { label { "Coder " select name=(name) { @for (id, count) in &coders { option value=(id) selected[id == chosen] { (id) " (" (count) ")" } } } } }
                button type="submit" { "Compare" }
            }
        }
        @if let Some(it) = compared {
            section aria-labelledby="h-fig" {
                h2 #h-fig { "How far they agree" }
                p { b { (n(it.both, "claim", "claims")) } " coded by both; " (it.only.0) " by " (outside(&a)) " alone, " (it.only.1) " by " (outside(&b)) " alone. F1 of evidence spans, exact: " b { (figure(it.span_f1)) } }
                table.rows {
                    thead { tr { th scope="col" { "Field" } th scope="col" { "Claims" } th scope="col" { "Krippendorff’s α (nominal)" } th scope="col" { "Same" } } }
                    tbody { @for row in &it.alphas { tr { th scope="row" { (row.field) } td { (row.items) } td { (figure(row.alpha)) } td { (format!("{:.0} %", row.same * 100.0)) } } } }
                }
                p.dim { "α is not defined where all values are the same: chance agreement is then certain." }
            }
            section aria-labelledby="h-adj" {
                h2 #h-adj { "To adjudicate" span.dim.count-of { " " (it.disagreements.len()) } }
                @if it.disagreements.is_empty() { p.none { "They differ nowhere." } }
                div.scroll tabindex="0" role="group" aria-label="Disagreements" { table.rows {
                    thead { tr { th scope="col" { "Claim" } th scope="col" { "Field" } th scope="col" { (outside(&a)) } th scope="col" { (outside(&b)) } th scope="col" {} } }
                    tbody { @for d in it.disagreements.iter().take(DISAGREEMENTS) { @for (k, (field, x, y)) in d.fields.iter().enumerate() { tr {
                        td { @if k == 0 { a href={ "/claims/" (encoded(&d.claim)) } { (outside(&d.claim)) } } } td { (field) } td { (outside(x)) } td { (outside(y)) }
                        td { @if k == 0 && ctx.may(Role::Reviewer) { a href={ "/review?claim=" (encoded(&d.claim)) } { "Decide" } } }
                    } } } }
                } }
            }
        }
    };
    Ok(frame(ctx, "Agreement between coders", "/coders", body))
}
