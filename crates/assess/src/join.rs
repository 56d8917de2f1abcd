//! Charges and reports about the same conduct become one incident.
//!
//! Two claims are joined where they are about the same side and the same (or
//! a compatible) kind, nothing tells them apart, and something ties them
//! together: the same words in both reports, the same day, or the same place
//! on days that meet. A claim that fits two incidents joins neither.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{ActorId, Kind, Problem};

use crate::ctx::{Ctx, Item, words_of};
use crate::same::{self, Fit};

/// Claims that were joined: indices into the items, with the reason each
/// joined for. The first is what the others were compared with.
pub(crate) struct Group {
    pub members: Vec<(usize, String)>,
}

/// A tie between a claim and an incident; stronger ones sort later.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Tie {
    strength: u8,
    reason: String,
}

/// Joins the charges and reports of all articles.
pub(crate) fn incidents(ctx: &Ctx<'_>, problems: &mut Vec<Problem>) -> Vec<Group> {
    let mut charges: Vec<usize> = (0..ctx.items.len()).filter(|it| ctx.items[*it].is_charge()).collect();
    // What says most comes first, so that what says less has something to be
    // compared with.
    let says = |it: &Item<'_>| {
        let narrow = it.claim.time.as_ref().is_some_and(same::is_narrow);
        (!narrow, it.claim.time.is_none(), it.claim.place.is_none())
    };
    charges.sort_by_key(|it| (says(&ctx.items[*it]), *it));

    let mut groups: Vec<Group> = Vec::new();
    // Only groups about the same side can be joined.
    let mut by_side: BTreeMap<Option<&ActorId>, Vec<usize>> = BTreeMap::new();
    for charge in charges {
        let item = &ctx.items[charge];
        let candidates = by_side.entry(item.accused.as_ref()).or_default();
        let mut ties: Vec<(Tie, usize)> = candidates
            .iter()
            .filter_map(|group| Some((tie_to(ctx, item, &groups[*group])?, *group)))
            .collect();
        ties.sort_by(|a, b| b.0.strength.cmp(&a.0.strength).then(a.1.cmp(&b.1)));
        match ties.as_slice() {
            [best, second, ..] if best.0.strength == second.0.strength && best.0.strength < SAME_TEXT => {
                problems.push(Problem {
                    article: Some(item.article.id.clone()),
                    stage: "assess",
                    what: format!(
                        "“{}” could be about {} incidents and was joined to none; a person may join it",
                        words_of(&item.claim.evidence),
                        ties.iter().filter(|it| it.0.strength == best.0.strength).count()
                    ),
                    span: item.claim.evidence.first().map(truce_model::Evidence::span),
                });
                candidates.push(groups.len());
                groups.push(Group { members: vec![(charge, "founds the incident".into())] });
            }
            [best, ..] => groups[best.1].members.push((charge, best.0.reason.clone())),
            [] => {
                candidates.push(groups.len());
                groups.push(Group { members: vec![(charge, "founds the incident".into())] });
            }
        }
    }
    groups
}

/// Ties of this strength are about one text: copies of a charge are one
/// charge, whatever else is known.
const SAME_TEXT: u8 = 9;

/// What ties `item` to a group, if nothing tells them apart. Compared with
/// every member, so that no claim bridges two that differ.
fn tie_to(ctx: &Ctx<'_>, item: &Item<'_>, group: &Group) -> Option<Tie> {
    let mut best: Option<Tie> = None;
    // Copies of one text say the same; comparing with one of them is enough.
    type Seen<'w> = (usize, Option<&'w str>, Option<&'w str>, Option<Kind>);
    let mut compared: BTreeSet<Seen<'_>> = BTreeSet::new();
    for (member, _) in &group.members {
        let other = &ctx.items[*member];
        let key = (
            other.origin,
            other.claim.time.as_ref().map(|it| it.value.as_str()),
            other.claim.place.as_ref().map(|it| it.words.exact()),
            other.claim.kind,
        );
        if !compared.insert(key) {
            continue;
        }
        match tie(ctx, item, other) {
            Compared::Apart => return None,
            Compared::Open => {}
            Compared::Tied(tie) => {
                if best.as_ref().is_none_or(|it| it.strength < tie.strength) {
                    best = Some(tie);
                }
            }
        }
    }
    best
}

enum Compared {
    /// They cannot be about one act.
    Apart,
    /// Nothing speaks against it and nothing for it.
    Open,
    Tied(Tie),
}

fn tie(ctx: &Ctx<'_>, a: &Item<'_>, b: &Item<'_>) -> Compared {
    let (Some(kind_a), Some(kind_b)) = (a.claim.kind, b.claim.kind) else { return Compared::Apart };
    if !same::one_act(kind_a, kind_b) {
        return Compared::Apart;
    }
    let tied = |strength: u8, reason: String| Compared::Tied(Tie { strength, reason });
    let copied = a.origin == b.origin && a.article.id != b.article.id && share_words(a, b);
    if copied && a.claimant == b.claimant {
        return tied(SAME_TEXT, format!("the same text in {}", other_path(b)));
    }
    let dates = same::dates(a.claim.time.as_ref(), b.claim.time.as_ref());
    let places = same::places(ctx.agreement, a.claim.place.as_ref(), b.claim.place.as_ref());
    if dates == Fit::Apart || places == Fit::Apart {
        return Compared::Apart;
    }
    let kind = if kind_a == kind_b {
        kind_a.as_str().to_owned()
    } else {
        format!("{} and {}, which may be one act", kind_a.as_str(), kind_b.as_str())
    };
    let narrow = |it: &Item<'_>| it.claim.time.as_ref().is_some_and(same::is_narrow);
    let same_kind = kind_a == kind_b;
    let near = same::published_within(a.published(), b.published(), 7) || a.article.id == b.article.id;
    match (dates, places) {
        (Fit::Meets, Fit::Meets) => {
            tied(if same_kind { 8 } else { 7 }, format!("{kind}; days meet ({}); {}", day(a, b), at(a, b)))
        }
        (Fit::Meets, _) if narrow(a) && narrow(b) => tied(
            if same_kind { 6 } else { 4 },
            format!("{kind}; days meet ({}); no place tells them apart", day(a, b)),
        ),
        (Fit::Unknown, Fit::Meets) if near && same_kind => {
            tied(5, format!("{kind}; {}; reported within a week, no day tells them apart", at(a, b)))
        }
        (Fit::Unknown, Fit::Unknown) if a.article.id == b.article.id && same_kind => {
            // Inside one report a charge is taken up again in fewer words.
            if a.claimant == b.claimant || b.claim.stance != a.claim.stance {
                return tied(3, format!("{kind}; in the same report, no day or place tells them apart"));
            }
            Compared::Open
        }
        (Fit::Unknown, Fit::Unknown) if same::is_general(kind_a) && same_kind && near => {
            if a.claimant == b.claimant && a.claimant.as_ref().is_some_and(|it| !it.is_outlet()) {
                return tied(2, format!("{kind}; the same general charge by the same side within a week"));
            }
            Compared::Open
        }
        _ => Compared::Open,
    }
}

/// Whether some words of the one are printed in the other: at least half of
/// the shorter one's words, in any order.
fn share_words(a: &Item<'_>, b: &Item<'_>) -> bool {
    let words = |it: &Item<'_>| -> BTreeSet<String> {
        let text = it.claim.evidence.iter().map(truce_model::Evidence::exact).collect::<Vec<_>>().join(" ");
        text.split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let shorter = a.len().min(b.len());
    shorter > 0 && a.intersection(&b).count() * 2 >= shorter
}

fn other_path<'a>(it: &Item<'a>) -> &'a str {
    it.article.path.rsplit(['/', '\\']).next().unwrap_or(&it.article.path)
}

fn day(a: &Item<'_>, b: &Item<'_>) -> String {
    let value = |it: &Item<'_>| it.claim.time.as_ref().map_or("", |it| it.value.as_str()).to_owned();
    let (a, b) = (value(a), value(b));
    if a == b { a } else { format!("{a} and {b}") }
}

fn at(a: &Item<'_>, b: &Item<'_>) -> String {
    let words = |it: &Item<'_>| it.claim.place.as_ref().map_or("", |it| it.words.exact()).to_owned();
    let (a, b) = (words(a), words(b));
    if a == b { format!("the same place ({a})") } else { format!("one place ({a}, {b})") }
}
