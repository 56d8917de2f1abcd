//! Who says what on which conduct; and the claims that are no charges and no
//! answers.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use truce_record::Claim;

use super::incidents;
use crate::say::Outside;
use crate::strings as s;
use crate::view::{CLAIMS_PER_CELL_MAX, View};
use crate::voice;

/// Sides that speak, in order of how much they say.
fn speakers<'v>(view: &'v View<'_>) -> Vec<(&'v str, Vec<&'v Claim>)> {
    let mut by_side: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in &view.record.claims {
        let side = claim.claimant.as_deref().map_or("", |it| view.side(it));
        by_side.entry(side).or_default().push(claim);
    }
    let mut all: Vec<_> = by_side.into_iter().collect();
    // The outlets' own voice and unresolved speakers come last.
    all.sort_by_key(|(side, claims)| {
        (matches!(*side, "outlet" | ""), std::cmp::Reverse(claims.len()), *side)
    });
    all
}

fn speaker<'v>(view: &'v View<'_>, side: &'v str) -> &'v str {
    if side.is_empty() { s::SPEAKER_UNKNOWN } else { view.pack_actor(side) }
}

pub(super) fn section(view: &View) -> Markup {
    let speakers = speakers(view);
    let kinds: BTreeSet<Option<&str>> = view.record.claims.iter().map(|it| it.kind.as_deref()).collect();
    let kinds: Vec<_> = kinds.into_iter().rev().collect();
    html! {
        p.lead { (s::MATRIX_LEAD) }
        @if speakers.is_empty() { p.none { (s::NO_INCIDENTS) } }
        @else {
            div.scroll tabindex="0" role="group" aria-label=(s::MATRIX.1) {
                table.matrix {
                    thead {
                        tr {
                            th scope="col" { (s::PARTY) }
                            @for kind in &kinds { th scope="col" { span { (s::kind(*kind)) } } }
                        }
                    }
                    tbody {
                        @for (n, (side, claims)) in speakers.iter().enumerate() {
                            tr {
                                th scope="row" { (Outside(speaker(view, side))) }
                                @for (m, kind) in kinds.iter().enumerate() {
                                    (cell(view, n, m, claims.iter().filter(|it| it.kind.as_deref() == *kind).copied()))
                                }
                            }
                        }
                    }
                }
            }
            h3 { (s::REGISTER) }
            @for (n, (side, claims)) in speakers.iter().enumerate() {
                details.register {
                    summary {
                        b { (Outside(speaker(view, side))) }
                        span.dim { " · " (s::n(claims.len(), "claim", "claims")) }
                    }
                    @for (m, kind) in kinds.iter().enumerate() {
                        @let here: Vec<&Claim> = claims.iter().filter(|it| it.kind.as_deref() == *kind).copied().collect();
                        @if !here.is_empty() {
                            div.group id={ "m" (n + 1) "-" (m + 1) } {
                                h4 { (s::kind(*kind)) }
                                ul.claims { @for claim in &here { (row(view, claim)) } }
                                @let hidden = here.len() - view.at_most(here.len(), CLAIMS_PER_CELL_MAX);
                                @if hidden > 0 { p.rule { (hidden) (s::FURTHER_CLAIMS) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell<'v>(view: &View, n: usize, m: usize, claims: impl Iterator<Item = &'v Claim>) -> Markup {
    let mut stances: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in claims {
        *stances.entry(&claim.stance).or_default() += 1;
    }
    html! {
        @if stances.is_empty() {
            td.empty title={ "nothing found in " (s::articles(view.articles_read())) } {
                span.vh { "nothing found in " (s::articles(view.articles_read())) }
            }
        } @else {
            td {
                a href={ "#m" (n + 1) "-" (m + 1) } {
                    @for (stance, count) in &stances {
                        span class={ "count " (incidents::family(stance)) } { (Outside(stance)) " " b { (count) } }
                    }
                }
            }
        }
    }
}

/// One claim with its id, so that other places can point at it.
fn row(view: &View, claim: &Claim) -> Markup {
    let known = view.claim(&claim.id).and_then(|it| Some((it, view.claim_number(&it.id)?)));
    let known = known.filter(|it| view.shows_claim(it.1));
    html! {
        @if let Some((claim, number)) = known {
            li id={ "c" (number + 1) } {
                @match voice::sentence(view, claim) {
                    Some(it) => {
                        (it.html(view))
                        q.dim { (Outside(it.grounds.first().exact())) }
                    },
                    None => (s::EVIDENCE_GONE),
                }
                @if let Some(time) = &claim.time { span.dim.rule { (s::ARITHMETIC) ": " (Outside(&time.rule)) } }
                span.dim.rule { "rule: " (Outside(&claim.rule)) " · id: " (Outside(&claim.id)) }
            }
        }
    }
}

pub(super) fn positions(view: &View) -> Markup {
    let free = view.free_claims();
    let kept = ["demands", "pledges", "concern", "credits", "condemns"];
    html! {
        p.lead { (s::POSITIONS_LEAD) }
        @let any = free.iter().any(|it| kept.contains(&it.stance.as_str()));
        @if !any { p.none { (s::NO_POSITIONS) } }
        @for stance in kept {
            @let here: Vec<&Claim> = free.iter().filter(|it| it.stance == stance).copied().collect();
            @if !here.is_empty() {
                h3 { (s::stance_title(stance)) }
                div.positions {
                    @for it in voice::voices(view, here.into_iter()) { (incidents::voice(view, &it)) }
                }
            }
        }
    }
}
