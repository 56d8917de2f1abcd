//! Where an incident stands. The ladder goes up by what is printed about it,
//! never by whom we believe.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use truce_model::{
    ActorId, ActorKind, Evidence, Incident, IncidentId, Reply, ReplyScope, Role, Stance, Standing,
};

use crate::conflicts::conflicts;
use crate::ctx::{Ctx, Item};
use crate::join::Group;
use crate::replies::Link;
use crate::same;

const COURTS: &str = include_str!("../../../lexicon/courts.txt");

/// Writes one incident with its answers.
pub(crate) fn incident(ctx: &Ctx<'_>, group: &Group, replies: &BTreeMap<usize, Vec<Link>>) -> Incident {
    let members: Vec<usize> = group.members.iter().map(|it| it.0).collect();
    let links: Vec<&Link> = members.iter().filter_map(|it| replies.get(it)).flatten().collect();
    let mut reasons: Vec<(String, String)> = group
        .members
        .iter()
        .map(|(member, reason)| (ctx.items[*member].claim.id.to_string(), reason.clone()))
        .collect();
    reasons.sort();
    write(ctx, &members, &links, reasons)
}

/// Acts that the accused owns up to without anybody charging them in the
/// reports: incidents of their own.
pub(crate) fn acknowledged_alone(
    ctx: &Ctx<'_>,
    groups: &[Group],
    replies: &BTreeMap<usize, Vec<Link>>,
) -> Vec<Incident> {
    let grouped: BTreeSet<usize> = groups.iter().flat_map(|it| &it.members).map(|it| it.0).collect();
    let answering: BTreeSet<usize> = replies
        .values()
        .flatten()
        .filter(|it| it.scope != ReplyScope::OtherObject)
        .map(|it| it.reply)
        .collect();
    (0..ctx.items.len())
        .filter(|it| {
            let item = &ctx.items[*it];
            matches!(item.claim.stance, Stance::Acknowledges | Stance::Justifies)
                && item.claim.kind.is_some()
                && item.claimant == item.accused
                && item.accused.is_some()
                && !answering.contains(it)
                && !grouped.contains(it)
        })
        .map(|it| {
            let reason = "the accused owns the act; no charge of it is carried".to_owned();
            write(ctx, &[it], &[], vec![(ctx.items[it].claim.id.to_string(), reason)])
        })
        .collect()
}

fn write(ctx: &Ctx<'_>, members: &[usize], links: &[&Link], reasons: Vec<(String, String)>) -> Incident {
    let items: Vec<&Item<'_>> = members.iter().map(|it| &ctx.items[*it]).collect();
    let first = items.first().expect("an incident has at least one claim");
    let mut claims: Vec<_> = items.iter().map(|it| it.claim.id.clone()).collect();
    claims.sort();
    let origins: BTreeSet<usize> = items.iter().map(|it| it.origin).collect();
    let evidence: Vec<Evidence> = items.iter().flat_map(|it| it.claim.evidence.iter().cloned()).collect();
    let (least, most, shared) = ctx.origins.count(&evidence);
    let claimants: BTreeSet<ActorId> = items.iter().filter_map(|it| it.claimant.clone()).collect();
    // The narrowest day and the place the pack knows say most; the rest of
    // what was said stays in the claims.
    let time = items.iter().filter_map(|it| it.claim.time.as_ref().map(|time| (time, &it.claim.id)));
    let time = time
        .min_by_key(|(time, id)| (!same::is_narrow(time), std::cmp::Reverse(time.value.as_str().len()), *id));
    let place = items.iter().filter_map(|it| it.claim.place.as_ref().map(|place| (place, &it.claim.id)));
    let place = place.min_by_key(|(place, id)| (place.id.is_none(), *id));
    let mut replies: Vec<Reply> = links
        .iter()
        .map(|it| Reply {
            claim: ctx.items[it.reply].claim.id.clone(),
            to: ctx.items[it.to].claim.id.clone(),
            scope: it.scope,
            reason: it.reason.clone(),
        })
        .collect();
    replies.sort_by(|a, b| (&a.to, &a.claim).cmp(&(&b.to, &b.claim)));
    let kinds: BTreeSet<_> = items.iter().filter_map(|it| it.claim.kind).collect();
    let kind = if kinds.len() == 1 { kinds.first().copied() } else { first.claim.kind };
    Incident {
        id: incident_id(claims[0].as_str()),
        kind,
        accused: first.accused.clone(),
        time: time.map(|it| it.0.clone()),
        place: place.map(|it| it.0.clone()),
        reasons: reasons
            .into_iter()
            .map(|(id, reason)| format!("{id}: {reason}"))
            .chain(shared.into_iter().map(|it| format!("origins: {it}")))
            .collect(),
        lineages: ctx.origins.lineages(&origins),
        origins: (least, most),
        claimants: claimants.into_iter().collect(),
        standing: standing(ctx, &items, links, least),
        conflicts: conflicts(ctx, members),
        claims,
        replies,
    }
}

/// Derived from the claim that sorts first, so that a further report of the
/// same incident usually keeps its id.
fn incident_id(claim: &str) -> IncidentId {
    let digest = Sha256::digest(format!("incident\n{claim}").as_bytes());
    let hex: String = digest.iter().take(8).map(|it| format!("{it:02x}")).collect();
    IncidentId::from(format!("i-{hex}"))
}

/// The highest step that what is printed reaches.
fn standing(ctx: &Ctx<'_>, items: &[&Item<'_>], links: &[&Link], origins_least: usize) -> Standing {
    if items.iter().any(|it| is_finding(ctx, it)) {
        return Standing::Verified;
    }
    if origins_least >= 2 && is_corroborated(items) {
        return Standing::Corroborated;
    }
    let answered = |stances: &[Stance]| {
        links.iter().any(|it| {
            it.scope != ReplyScope::OtherObject && stances.contains(&ctx.items[it.reply].claim.stance)
        })
    };
    let owned = items.iter().any(|it| matches!(it.claim.stance, Stance::Acknowledges | Stance::Justifies));
    if owned || answered(&[Stance::Acknowledges, Stance::Justifies]) {
        return Standing::Acknowledged;
    }
    if answered(&[Stance::Denies, Stance::Credits]) {
        return Standing::Contested;
    }
    if items.iter().any(|it| it.claimant.as_ref().is_some_and(|it| !it.is_outlet())) {
        return Standing::Attributed;
    }
    Standing::Reported
}

/// Two claimants whose words have two origins. An outlet's own voice counts
/// as a claimant only where its report does not carry the other's charge,
/// which it may be repeating.
fn is_corroborated(items: &[&Item<'_>]) -> bool {
    // One pair suffices; each claimant's origins are enough to find it.
    let mut voices: BTreeMap<&ActorId, BTreeSet<(usize, &str)>> = BTreeMap::new();
    for it in items {
        if let Some(claimant) = &it.claimant {
            voices.entry(claimant).or_default().insert((it.origin, it.article.id.as_str()));
        }
    }
    let named_in: BTreeSet<&str> = items
        .iter()
        .filter(|it| it.claimant.as_ref().is_some_and(|it| !it.is_outlet()))
        .map(|it| it.article.id.as_str())
        .collect();
    let origins: Vec<BTreeSet<usize>> = voices
        .iter()
        .map(|(claimant, words)| {
            words
                .iter()
                .filter(|(_, article)| !claimant.is_outlet() || !named_in.contains(article))
                .map(|it| it.0)
                .collect()
        })
        .filter(|it: &BTreeSet<usize>| !it.is_empty())
        .collect();
    // Two claimants with different origins: any two sets that are not the
    // same single origin hold such a pair.
    origins.len() >= 2 && origins.iter().flatten().collect::<BTreeSet<_>>().len() >= 2
}

/// Whether a mandated monitor or a court is cited as finding the act.
pub(crate) fn is_finding(ctx: &Ctx<'_>, item: &Item<'_>) -> bool {
    let Some(id) = &item.claim.claimant else { return false };
    if item.accused.is_none() || item.claimant == item.accused {
        return false;
    }
    let Some(actor) = ctx.actors.get(id) else { return false };
    let monitor = actor.roles.contains(&Role::Monitor)
        && matches!(item.claim.stance, Stance::Alleges | Stance::Condemns | Stance::Reports);
    let court = matches!(actor.kind, ActorKind::Organisation | ActorKind::Mission)
        && item.claim.stance == Stance::Alleges
        && actor.names.iter().any(|it| is_court(it));
    monitor || court
}

fn is_court(name: &str) -> bool {
    let words = COURTS.lines().filter(|it| !it.starts_with('#')).filter_map(|it| it.split('\t').next());
    let name = name.to_lowercase();
    words
        .filter(|it| !it.is_empty())
        .any(|court| name.split(|it: char| !it.is_alphabetic()).any(|it| it == court))
}

#[cfg(test)]
mod tests {
    use super::is_court;

    #[test]
    fn courts_by_name() {
        assert!(is_court("International Court of Justice"));
        assert!(is_court("the Lakeland Tribunal"));
        assert!(!is_court("Courtyard Media Office"));
    }
}
