//! Which claim answers which charge, and how far.
//!
//! An answer comes from the side whose conduct is charged, or from somebody
//! who speaks for it, and is about the same conduct. A denial of something
//! else is kept as `other_object`, which counts as no answer: denying that
//! one has an army does not answer a charge about mines.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{ActorId, Kind, ReplyScope, Stance};

use crate::ctx::{Ctx, Item, words_of};
use crate::join::Group;
use crate::same::{self, Fit};

/// An answer: indices into the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub reply: usize,
    pub to: usize,
    pub scope: ReplyScope,
    pub reason: String,
}

/// A denial this near to the previous answer of the same side speaks on.
const SPEAKS_ON_BYTES: u32 = 320;

/// All answers, by the charge they answer.
pub(crate) fn replies(ctx: &Ctx<'_>, groups: &[Group]) -> BTreeMap<usize, Vec<Link>> {
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (n, group) in groups.iter().enumerate() {
        group_of.extend(group.members.iter().map(|(member, _)| (*member, n)));
    }
    let linked: Vec<Vec<usize>> = groups.iter().map(|it| linked_members(ctx, it)).collect();
    let mut links: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    let mut keep = |link: Link| {
        let known = links.entry((link.to, link.reply)).or_insert_with(|| link.clone());
        // Only a stronger link replaces one: full, partial, other object.
        if link.scope < known.scope {
            *known = link;
        }
    };
    for range in ctx.by_article() {
        let mut before: Option<(usize, Vec<usize>)> = None;
        // Which charges were answered by whom so far.
        let mut done: BTreeSet<(usize, Option<&ActorId>, Stance)> = BTreeSet::new();
        for reply in range.clone().filter(|it| ctx.items[*it].is_answer()) {
            let charges: Vec<usize> = range
                .clone()
                .filter(|it| *it != reply && answerable(&ctx.items[reply], &ctx.items[*it]))
                .collect();
            let found = in_article(ctx, reply, &charges, before.as_ref(), &done);
            let answered: Vec<usize> =
                found.iter().filter(|it| it.scope != ReplyScope::OtherObject).map(|it| it.to).collect();
            for link in found {
                // The same charge in another report is answered too.
                if link.scope != ReplyScope::OtherObject
                    && let Some(group) = group_of.get(&link.to)
                {
                    for member in &linked[*group] {
                        if *member != link.to
                            && ctx.items[*member].is_accusation()
                            && answerable(&ctx.items[reply], &ctx.items[*member])
                        {
                            let reason =
                                format!("the same incident as the charge it answers: {}", link.reason);
                            keep(Link { reply, to: *member, scope: link.scope, reason });
                        }
                    }
                }
                keep(link);
            }
            let by = &ctx.items[reply];
            done.extend(answered.iter().map(|it| (*it, by.claimant.as_ref(), by.claim.stance)));
            if !answered.is_empty() {
                before = Some((reply, answered));
            }
        }
    }
    across_articles(ctx, groups, &linked, &mut keep);
    let mut out: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for ((to, _), link) in links {
        out.entry(to).or_default().push(link);
    }
    out
}

/// Charges of one incident that an answer in another report is linked to one
/// by one. An incident told more often is answered at its first charge by
/// each claimant: a thousand reprints of a charge times a thousand of its
/// denial would say nothing more.
const LINKED_MEMBERS_MAX: usize = 64;

fn linked_members(ctx: &Ctx<'_>, group: &Group) -> Vec<usize> {
    let all = group.members.iter().map(|(member, _)| *member);
    if group.members.len() <= LINKED_MEMBERS_MAX {
        return all.collect();
    }
    let mut claimants = BTreeSet::new();
    all.filter(|it| claimants.insert(ctx.items[*it].claimant.as_ref())).take(LINKED_MEMBERS_MAX).collect()
}

/// Whether `reply` comes from a side that may answer `charge`.
fn answerable(reply: &Item<'_>, charge: &Item<'_>) -> bool {
    if !charge.is_charge() || charge.accused.is_none() || charge.accused != reply.accused {
        return false;
    }
    let own = reply.claimant == reply.accused;
    let for_a_friend = reply.claim.stance != Stance::Credits
        && reply.claimant.as_ref().is_some_and(|it| !it.is_outlet())
        && reply.claimant != charge.claimant;
    // Nobody answers a charge of its own making.
    (own || for_a_friend) && charge.claimant != reply.claimant
}

/// The answers that `reply` gives to the charges of its own article.
fn in_article(
    ctx: &Ctx<'_>,
    reply: usize,
    charges: &[usize],
    before: Option<&(usize, Vec<usize>)>,
    done: &BTreeSet<(usize, Option<&ActorId>, Stance)>,
) -> Vec<Link> {
    let item = &ctx.items[reply];
    let link = |to: usize, scope: ReplyScope, reason: String| Link { reply, to, scope, reason };
    let fits: Vec<usize> =
        charges.iter().copied().filter(|it| !contradicts(ctx, item, &ctx.items[*it])).collect();
    let nearest = |among: &[usize]| nearest_of(ctx, reply, among);

    if let Some(kind) = item.claim.kind.filter(|it| *it != Kind::NonFulfilment) {
        let same: Vec<usize> =
            fits.iter().copied().filter(|it| ctx.items[*it].claim.kind == Some(kind)).collect();
        // Somebody who has just answered speaks on about the same charge.
        if let Some((last, answered)) = before
            && ctx.items[*last].claimant == item.claimant
            && item.start().saturating_sub(ctx.items[*last].start()) <= SPEAKS_ON_BYTES
            && !answered.iter().any(|it| ctx.items[*it].claim.kind == Some(kind))
            && same.iter().all(|it| done.contains(&(*it, item.claimant.as_ref(), item.claim.stance)))
        {
            let related: Vec<usize> = answered
                .iter()
                .copied()
                .filter(|it| ctx.items[*it].claim.kind.is_some_and(|it| same::akin(it, kind)))
                .collect();
            if !related.is_empty() {
                let reason = "the same speaker goes on about the charge just answered";
                return related.into_iter().map(|it| link(it, ReplyScope::Partial, reason.into())).collect();
            }
        }
        if let Some(first) = nearest(&same) {
            let mut out = Vec::new();
            for to in in_one_breath(ctx, first, charges, kind) {
                let reason = format!("answers “{}” of the same kind in the same report", words(ctx, to));
                out.push(link(to, full(ctx, item, to), reason));
            }
            return out;
        }
        let related: Vec<usize> = fits
            .iter()
            .copied()
            .filter(|it| ctx.items[*it].claim.kind.is_some_and(|it| same::akin(it, kind)))
            .collect();
        if let Some(to) = nearest(&related) {
            let other = ctx.items[to].claim.kind.unwrap_or(kind);
            if same::one_act(kind, other) {
                let reason = format!("answers “{}”, which may be the same act", words(ctx, to));
                return vec![link(to, full(ctx, item, to), reason)];
            }
            let reason =
                format!("speaks of {}, the charge “{}” of {}", kind.as_str(), words(ctx, to), other.as_str());
            return vec![link(to, ReplyScope::Partial, reason)];
        }
    } else if item.claim.stance == Stance::Denies || item.claim.stance == Stance::Justifies {
        // "Rejected the accusations" answers what was just charged, all of it.
        let preceding: Vec<usize> = fits.iter().copied().filter(|it| *it < reply).collect();
        if let Some(last) = nearest(&preceding).or_else(|| nearest(&fits)) {
            let by = &ctx.items[last].claimant;
            return fits
                .iter()
                .copied()
                .filter(|it| ctx.items[*it].claimant == *by && (*it < reply || *it == last))
                .map(|to| {
                    link(to, ReplyScope::Full, "rejects what was charged before, without exception".into())
                })
                .collect();
        }
        return Vec::new();
    }
    // A denial of something that nobody in this report charges: kept beside
    // the nearest charge, so that a reader sees that it does not answer it.
    if item.claim.stance == Stance::Denies
        && let Some(to) = nearest(charges)
    {
        let reason = format!(
            "denies {}, but the charge “{}” is about something else",
            item.claim.kind.map_or("conduct", Kind::as_str),
            words(ctx, to)
        );
        return vec![link(to, ReplyScope::OtherObject, reason)];
    }
    Vec::new()
}

/// Answers in one report to incidents that other reports charge.
fn across_articles(ctx: &Ctx<'_>, groups: &[Group], linked: &[Vec<usize>], keep: &mut impl FnMut(Link)) {
    let answers = (0..ctx.items.len())
        .filter(|it| ctx.items[*it].is_answer() && ctx.items[*it].claim.stance != Stance::Credits);
    let mut by_side: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for it in answers {
        by_side.entry(ctx.items[it].accused.as_ref()).or_default().push(it);
    }
    for (group, linked) in groups.iter().zip(linked) {
        let Some((first, _)) = group.members.first() else { continue };
        for reply in by_side.get(&ctx.items[*first].accused.as_ref()).into_iter().flatten() {
            let item = &ctx.items[*reply];
            for to in linked {
                let charge = &ctx.items[*to];
                // Between reports nothing but the conduct itself ties an
                // answer to a charge: kind, and a day or a place of both.
                let same_kind = charge.is_accusation() && charge.claim.kind == item.claim.kind;
                if charge.article.id == item.article.id || !same_kind || !answerable(item, charge) {
                    continue;
                }
                let dates = item.dates(charge);
                let places = ctx.places(item, charge);
                let near = item.published_within(charge, 7);
                let tied = match (dates, places) {
                    (Fit::Meets, Fit::Meets | Fit::Unknown) => true,
                    (Fit::Unknown, Fit::Meets) => near,
                    _ => false,
                };
                if tied {
                    let reason =
                        format!("answers a charge of the same kind in another report: “{}”", words(ctx, *to));
                    keep(Link { reply: *reply, to: *to, scope: full(ctx, item, *to), reason });
                }
            }
        }
    }
}

/// How far an answer of the fitting kind goes: a denial that narrows what it
/// denies to a part of the place answers in part.
fn full(ctx: &Ctx<'_>, reply: &Item<'_>, to: usize) -> ReplyScope {
    let charge = &ctx.items[to];
    match (&reply.claim.place, &charge.claim.place) {
        (Some(a), Some(b)) if a.id.is_some() && b.id.is_some() && a.id != b.id => ReplyScope::Partial,
        _ => ReplyScope::Full,
    }
}

/// Whether day or place show that the two are about different acts.
fn contradicts(ctx: &Ctx<'_>, a: &Item<'_>, b: &Item<'_>) -> bool {
    a.dates(b) == Fit::Apart || ctx.places(a, b) == Fit::Apart
}

/// The charge nearest before the reply, or else the nearest after it: that
/// one only if it follows soon or is of the same days, since a report may
/// tell of an act long before it tells of a charge about another.
fn nearest_of(ctx: &Ctx<'_>, reply: usize, among: &[usize]) -> Option<usize> {
    let item = &ctx.items[reply];
    let start = item.start();
    let before = among.iter().copied().filter(|it| ctx.items[*it].start() <= start);
    let before = before.max_by_key(|it| (ctx.items[*it].start(), ctx.items[*it].is_accusation(), *it));
    if item.claim.stance == Stance::Credits {
        // Praise of oneself answers only what was said just before.
        return before.filter(|it| start - ctx.items[*it].start() <= SPEAKS_ON_BYTES);
    }
    before.or_else(|| {
        let after = among.iter().copied().filter(|it| {
            let charge = &ctx.items[*it];
            charge.start() - start <= 2 * SPEAKS_ON_BYTES || item.dates(charge) == Fit::Meets
        });
        after.min_by_key(|it| (ctx.items[*it].start(), *it))
    })
}

/// `first` with the charges made in the same breath: of the same statement,
/// or a few words on by the same claimant, where the answer can cover them.
fn in_one_breath(ctx: &Ctx<'_>, first: usize, charges: &[usize], kind: Kind) -> Vec<usize> {
    const BREATH_BYTES: u32 = 160;
    let charge = &ctx.items[first];
    charges
        .iter()
        .copied()
        .filter(|it| {
            let other = &ctx.items[*it];
            let near = other.start().abs_diff(charge.start()) <= BREATH_BYTES;
            let one_statement =
                other.claim.statement.is_some() && other.claim.statement == charge.claim.statement;
            *it == first
                || other.claimant == charge.claimant
                    && (near || one_statement)
                    && other.claim.kind.is_some_and(|it| same::one_act(it, kind))
        })
        .collect()
}

fn words<'a>(ctx: &Ctx<'a>, it: usize) -> &'a str {
    words_of(&ctx.items[it].claim.evidence)
}
