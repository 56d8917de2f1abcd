//! When a claim as read is a claim as coded.

use std::collections::BTreeSet;

use super::load::GoldClaim;
use super::matching::{greedy, iou, shorter_share};
use super::record::{Read, ReadClaim};

/// Stances that do the same to an obligation.
fn group(stance: &str) -> Option<&'static str> {
    Some(match stance {
        "alleges" | "condemns" => "charge",
        "reports" => "reports",
        "denies" => "denies",
        "acknowledges" | "justifies" => "owns",
        "demands" => "demands",
        "concern" => "concern",
        "pledges" => "pledges",
        "credits" => "credits",
        _ => return None,
    })
}

/// 2 for the main value, 1 for an alternative, 0 otherwise.
fn field<T: PartialEq>(gold: &T, alternatives: &[T], value: &T) -> u8 {
    if value == gold {
        2
    } else if alternatives.contains(value) {
        1
    } else {
        0
    }
}

/// Claimant and accused as sides; 0 if either differs. A gold accused of
/// null needs null.
pub(crate) fn sides(gold: &GoldClaim, read: &ReadClaim, ctx: &Read<'_>) -> u8 {
    let side = |it: &Option<String>| ctx.side(it.as_deref());
    let all = |them: &[Option<String>]| them.iter().map(&side).collect::<Vec<_>>();
    let claimant = field(&side(&gold.claimant), &all(&gold.alt.claimant), &side(&read.claimant));
    let accused = field(&side(&gold.accused), &all(&gold.alt.accused), &side(&read.accused));
    if claimant > 0 && accused > 0 { claimant + accused } else { 0 }
}

pub(crate) fn stance(gold: &GoldClaim, read: &ReadClaim) -> u8 {
    let alternatives: Vec<Option<&str>> =
        gold.alt.stance.iter().map(|it| group(it.as_deref().unwrap_or(""))).collect();
    let read = group(&read.stance).or(Some(read.stance.as_str()));
    field(&group(&gold.stance), &alternatives, &read)
}

/// For demands and concern that name no conduct null and `non_fulfilment`
/// are the same answer.
pub(crate) fn kind(gold: &GoldClaim, read: &ReadClaim) -> u8 {
    let open = matches!(gold.stance.as_str(), "demands" | "concern");
    let kind = |it: &Option<String>| match it {
        None if open => Some("non_fulfilment".to_owned()),
        it => it.clone(),
    };
    let alternatives: Vec<Option<String>> = gold.alt.kind.iter().map(kind).collect();
    field(&kind(&gold.kind), &alternatives, &kind(&read.kind))
}

/// Best share of the shorter span, and best intersection over union.
pub(crate) fn evidence(gold: &GoldClaim, read: &ReadClaim) -> (f64, f64) {
    let mut out = (0.0f64, 0.0f64);
    for a in &gold.evidence {
        for b in &read.evidence {
            out = (out.0.max(shorter_share(*a, *b)), out.1.max(iou(*a, *b)));
        }
    }
    out
}

/// One to one: words in common, claimant and accused of the same sides.
pub(crate) fn matches(golds: &[&GoldClaim], reads: &[&ReadClaim], ctx: &Read<'_>) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (i, gold) in golds.iter().enumerate() {
        for (j, read) in reads.iter().enumerate() {
            let (share, union) = evidence(gold, read);
            let sides = sides(gold, read, ctx);
            if share >= 0.5 && sides > 0 {
                let (stance, kind) = (stance(gold, read), kind(gold, read));
                let right = u8::from(stance > 0) + u8::from(kind > 0);
                pairs.push((vec![f64::from(right), f64::from(stance + kind + sides), union], i, j));
            }
        }
    }
    greedy(pairs)
}

/// Provision ids may carry the agreement's id: `6e`, `alder-2031.6e`.
fn provision(id: &str) -> &str {
    id.rsplit(['.', '/', ':', '#']).next().unwrap_or(id)
}

/// Shared provisions over all, the best over the gold's alternatives.
pub(crate) fn jaccard(gold: &GoldClaim, read: &ReadClaim) -> f64 {
    let set = |them: &[String]| them.iter().map(|it| provision(it).to_owned()).collect::<BTreeSet<_>>();
    let read = set(&read.provisions);
    let one = |them: &Vec<String>| {
        let gold = set(them);
        let all = read.union(&gold).count();
        if all == 0 { 1.0 } else { read.intersection(&gold).count() as f64 / all as f64 }
    };
    std::iter::once(&gold.provisions).chain(&gold.alt.provisions).map(one).fold(0.0, f64::max)
}
