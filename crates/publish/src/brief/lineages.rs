//! Shared text: lineages, and reports compared sentence by sentence.

use std::collections::BTreeMap;

use maud::{Markup, html};
use truce_record::{Change, Cited, Lineage, Quote, Reuse};

use crate::diff::{self, Piece};
use crate::say::{Grounds, Outside, said};
use crate::strings as s;
use crate::view::View;

/// Pairs of articles compared on the page; more are in the record.
const PAIRS_MAX: usize = 60;

pub(super) fn section(view: &View) -> Markup {
    let lineages = &view.record.lineages;
    let mut pairs: BTreeMap<(usize, usize), Vec<&Reuse>> = BTreeMap::new();
    for it in &view.record.reuse {
        let (Some((a, _)), Some((b, _))) = (view.article(&it.a.article), view.article(&it.b.article)) else {
            continue;
        };
        pairs.entry((a, b)).or_default().push(it);
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(at, all)| (!all.iter().any(|it| notable(it)), *at));
    html! {
        p.lead { (s::LINEAGES_LEAD) }
        @if !lineages.is_empty() {
            ol.lineages { @for (n, it) in lineages.iter().enumerate() { (lineage(view, n, it)) } }
        }
        @if pairs.is_empty() { p.none { (s::NO_REUSE) } }
        @let shown = view.at_most(pairs.len(), PAIRS_MAX);
        @for (n, ((a, b), all)) in pairs.iter().take(shown).enumerate() {
            (compare(view, n, *a, *b, all))
        }
        @if pairs.len() > shown {
            p.rule { (pairs.len() - shown) " further pairs are in the record." }
        }
    }
}

/// All passages of a record that holds two articles.
pub(super) fn pair_of(view: &View) -> Markup {
    let all: Vec<&Reuse> = view.record.reuse.iter().collect();
    let ends =
        all.first().and_then(|it| Some((view.article(&it.a.article)?.0, view.article(&it.b.article)?.0)));
    html! {
        @match ends {
            Some((a, b)) => (compare(view, 0, a, b, &all)),
            None => p.none { (s::NO_REUSE) },
        }
    }
}

fn notable(it: &Reuse) -> bool {
    matches!(it.kind.as_str(), "quote_variant" | "framing_swap")
}

fn lineage(view: &View, n: usize, it: &Lineage) -> Markup {
    let outlets: Vec<&str> =
        it.articles.iter().filter_map(|id| view.article(id)).map(|(n, _)| view.label(n)).collect();
    // One link for each article: its first passage.
    let mut seen = std::collections::BTreeSet::new();
    let cites =
        it.passages.iter().filter_map(|it| view.cite_cited(it)).filter(|it| seen.insert(it.article()));
    let cites: Vec<_> = cites.collect();
    html! {
        li id={ "l" (n + 1) } {
            span.num { "L" (n + 1) }
            b { (s::articles(it.articles.len())) } ", " (s::n(it.passages.len(), "passage", "passages")) ": "
            @for (k, name) in outlets.iter().enumerate() { @if k > 0 { ", " } (Outside(name)) }
            p.dim {
                (s::AGENCY) ": " b { (Outside(it.agency.name.as_deref().unwrap_or(s::AGENCY_NONE))) }
                @if let Some(basis) = &it.agency.basis { " · " (Outside(basis)) }
            }
            @if let Some(grounds) = Grounds::of(cites) {
                p.passage { (said(view, html! { q { (Outside(short(grounds.first().exact()))) } }, &grounds)) }
            }
        }
    }
}

/// The first words of a passage.
fn short(text: &str) -> &str {
    const CHARS_MAX: usize = 160;
    text.char_indices().nth(CHARS_MAX).map_or(text, |(at, _)| &text[..at])
}

fn compare(view: &View, n: usize, a: usize, b: usize, all: &[&Reuse]) -> Markup {
    let altered = all.iter().filter(|it| it.kind == "quote_variant").count();
    let swapped = all.iter().filter(|it| it.kind == "framing_swap").count();
    html! {
        details.compare id={ "cmp" (n + 1) } open[altered + swapped > 0] {
            summary {
                (Outside(view.label(a))) " ⇄ " (Outside(view.label(b)))
                span.dim { " · " (s::n(all.len(), "shared passage", "shared passages")) }
                @if altered > 0 { span.alert { (s::n(altered, "altered quotation", "altered quotations")) } }
                @if swapped > 0 { span.swap { (s::n(swapped, "swapped clause", "swapped clauses")) } }
            }
            div.scroll tabindex="0" role="group" aria-label="comparison" {
                table.cmp {
                    thead {
                        tr {
                            th scope="col" { (Outside(view.label(a))) }
                            th scope="col" { (Outside(view.label(b))) }
                            th scope="col" { "Change" }
                        }
                    }
                    tbody { @for it in all { (pair(view, it)) } }
                }
            }
        }
    }
}

fn pair(view: &View, it: &Reuse) -> Markup {
    let altered = it.kind == "quote_variant";
    let (left, right) = diff::words(&it.a.exact, &it.b.exact);
    // Spelling is no alteration: only what trace calls one is red.
    let inside = |pick: fn(&Change) -> Option<&Quote>| -> Vec<&Quote> {
        if altered {
            it.changes.iter().filter(|it| it.in_quotation).filter_map(pick).collect()
        } else {
            Vec::new()
        }
    };
    let quoted = [inside(|it| it.a.as_ref()), inside(|it| it.b.as_ref())];
    let side = |cited: &Cited, pieces: &[Piece], deleted: bool| {
        let quoted = if deleted { &quoted[0] } else { &quoted[1] };
        html! {
            @match view.cite_cited(cited).and_then(|it| Grounds::of([it])) {
                Some(grounds) => (said(view, marked(pieces, cited.start, quoted, deleted), &grounds)),
                None => (s::EVIDENCE_GONE),
            }
        }
    };
    html! {
        tr class=(if altered { "altered" } else { "" }) {
            td { (side(&it.a, &left, true)) }
            td { (side(&it.b, &right, false)) }
            td.how {
                @if altered { strong.alert { (s::reuse(&it.kind)) } }
                @else if it.kind == "framing_swap" { strong.swap { (s::reuse(&it.kind)) } }
                @else { span.dim { (s::reuse(&it.kind)) } }
            }
        }
    }
}

/// A passage with the words the other lacks. Those that trace found changed
/// inside quotation marks are red, and the first of them says so in words.
fn marked(pieces: &[Piece], start: usize, quoted: &[&Quote], deleted: bool) -> Markup {
    let mut at = start;
    let mut named = false;
    html! {
        @for piece in pieces {
            @let from = at;
            @let to = { at += piece.text.chars().count(); at };
            @let inside = quoted.iter().any(|it| it.start < to && from < it.end);
            @let class = if inside { "inq" } else { "" };
            @if !piece.changed { (Outside(&piece.text)) }
            @else if deleted { del class=(class) { (Outside(&piece.text)) } }
            @else { ins class=(class) { (Outside(&piece.text)) } }
            @if piece.changed && inside && !std::mem::replace(&mut named, true) { small.label { (s::IN_QUOTES) } }
        }
    }
}
