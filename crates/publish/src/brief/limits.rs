//! What the brief cannot tell, how it was made, and how to check it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::say::Outside;
use crate::strings as s;
use crate::view::View;

pub(super) fn section(view: &View) -> Markup {
    let record = view.record;
    let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
    for it in &record.ledger {
        *entries.entry(it.what.split([' ', ':', '{']).next().unwrap_or("")).or_default() += 1;
    }
    html! {
        div.limits {
            p { strong { (s::MONITORS) } " " (s::NOTHING_DECIDED) }
            ul { @for it in s::LIMITS_LIST { li { (it) } } }
        }
        dl.made {
            div { dt { (s::MADE_BY) } dd { (Outside(&record.made_by.program)) " " (Outside(&record.made_by.version)) ", format " (Outside(&record.format)) } }
            div { dt { (s::MODELS) } dd { @if record.made_by.models.is_empty() { (s::NONE) } (Outside(&record.made_by.models.join(", "))) } }
            @if let Some(it) = &record.agreement {
                div { dt { (s::AGREEMENT_HASH) } dd { (Outside(&it.id)) " " code { (Outside(&it.sha256)) } } }
            }
            @if let Some(it) = record.ledger.last() {
                div { dt { (s::LEDGER_HEAD) } dd { code { (Outside(&it.hash)) } } }
            }
        }
        @if let (Some(first), Some(last)) = (record.ledger.first(), record.ledger.last()) {
            h3 { (s::LEDGER_DIGEST) }
            div.scroll tabindex="0" role="group" aria-label=(s::LEDGER_DIGEST) {
                table.ledger {
                    thead { tr { th scope="col" { (s::LEDGER_WHAT) } th scope="col" { (s::LEDGER_N) } } }
                    tbody {
                        @for (what, count) in &entries { tr { td { (Outside(what)) } td { (count) } } }
                        tr { td { (s::LEDGER_FIRST) } td { code { (Outside(&first.hash)) } } }
                        tr { td { (s::LEDGER_LAST) } td { code { (Outside(&last.hash)) } } }
                    }
                }
            }
            p.dim { "Check it yourself: " code { "trucewatch verify record.json REPORTS…" } }
        }
    }
}
