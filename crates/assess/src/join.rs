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
    let says = |it: &Item<'_>| (!it.is_narrow(), it.claim.time.is_none(), it.claim.place.is_none());
    charges.sort_by_key(|it| (says(&ctx.items[*it]), *it));

    let mut groups: Vec<Growing<'_>> = Vec::new();
    // Only groups about the same side, founded by what may be the same act,
    // can be joined.
    let mut founded: BTreeMap<(Option<&ActorId>, Kind), Vec<usize>> = BTreeMap::new();
    for charge in charges {
        let item = &ctx.items[charge];
        let Some(kind) = item.claim.kind else { continue };
        let side = item.accused.as_ref();
        let candidates = Kind::ALL
            .iter()
            .filter(|it| same::one_act(**it, kind))
            .filter_map(|it| founded.get(&(side, *it)))
            .flatten();
        let mut ties: Vec<(Tie, usize)> =
            candidates.filter_map(|group| Some((tie_to(ctx, item, &groups[*group])?, *group))).collect();
        ties.sort_by(|a, b| b.0.strength.cmp(&a.0.strength).then(a.1.cmp(&b.1)));
        let unclear = match ties.as_slice() {
            [best, second, ..] => best.0.strength == second.0.strength && best.0.strength < SAME_TEXT,
            _ => false,
        };
        if unclear {
            let best = ties[0].0.strength;
            problems.push(Problem {
                article: Some(item.article.id.clone()),
                stage: "assess",
                what: format!(
                    "“{}” could be about {} incidents and was joined to none; a person may join it",
                    words_of(&item.claim.evidence),
                    ties.iter().filter(|it| it.0.strength == best).count()
                ),
                span: item.claim.evidence.first().map(truce_model::Evidence::span),
            });
        }
        match ties.into_iter().next().filter(|_| !unclear) {
            Some((tie, group)) => groups[group].add(ctx, charge, tie.reason),
            None => {
                founded.entry((side, kind)).or_default().push(groups.len());
                groups.push(Growing::default());
                if let Some(new) = groups.last_mut() {
                    new.add(ctx, charge, "founds the incident".into());
                }
            }
        }
    }
    groups.into_iter().map(|it| Group { members: it.members }).collect()
}

/// An incident that claims still join.
#[derive(Default)]
struct Growing<'c> {
    members: Vec<(usize, String)>,
    /// One member for each way of saying it: copies of one text say the same,
    /// and comparing with one of them is enough.
    distinct: Vec<usize>,
    said: BTreeSet<Said<'c>>,
}

/// Origin, day, words of the place, and kind.
type Said<'c> = (usize, Option<&'c str>, Option<&'c str>, Option<Kind>);

impl<'c> Growing<'c> {
    fn add(&mut self, ctx: &Ctx<'c>, charge: usize, reason: String) {
        let item = &ctx.items[charge];
        let said = (
            item.origin,
            item.claim.time.as_ref().map(|it| it.value.as_str()),
            item.claim.place.as_ref().map(|it| it.words.exact()),
            item.claim.kind,
        );
        if self.said.insert(said) {
            self.distinct.push(charge);
        }
        self.members.push((charge, reason));
    }
}

/// Ties of this strength are about one text: copies of a charge are one
/// charge, whatever else is known.
const SAME_TEXT: u8 = 9;

/// What ties `item` to a group, if nothing tells them apart. Compared with
/// every way of saying it, so that no claim bridges two that differ.
fn tie_to(ctx: &Ctx<'_>, item: &Item<'_>, group: &Growing<'_>) -> Option<Tie> {
    let mut best: Option<Tie> = None;
    for member in &group.distinct {
        match tie(ctx, item, &ctx.items[*member]) {
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
    let dates = a.dates(b);
    let places = ctx.places(a, b);
    if dates == Fit::Apart || places == Fit::Apart {
        return Compared::Apart;
    }
    let kind = if kind_a == kind_b {
        kind_a.as_str().to_owned()
    } else {
        format!("{} and {}, which may be one act", kind_a.as_str(), kind_b.as_str())
    };
    let same_kind = kind_a == kind_b;
    let near = a.published_within(b, 7) || a.article.id == b.article.id;
    match (dates, places) {
        (Fit::Meets, Fit::Meets) => {
            tied(if same_kind { 8 } else { 7 }, format!("{kind}; days meet ({}); {}", day(a, b), at(a, b)))
        }
        (Fit::Meets, _) if a.is_narrow() && b.is_narrow() => tied(
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
    let (a, b) = (a.words(), b.words());
    let shorter = a.len().min(b.len());
    shorter > 0 && a.intersection(b).count() * 2 >= shorter
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
