//! Where the claims of one incident contradict each other. They are kept
//! beside one another; nobody is declared right.

use std::collections::{BTreeMap, BTreeSet};

use crate::ctx::{Ctx, Item};
use crate::same::Fit;

/// The contradictions among `members` about day, place and number.
pub(crate) fn conflicts(ctx: &Ctx<'_>, members: &[usize]) -> Vec<String> {
    let mut out = BTreeSet::new();
    days(ctx, members, &mut out);
    places(ctx, members, &mut out);
    numbers(ctx, members, &mut out);
    out.into_iter().collect()
}

fn days(ctx: &Ctx<'_>, members: &[usize], out: &mut BTreeSet<String>) {
    let mut said: BTreeMap<&str, &Item<'_>> = BTreeMap::new();
    for item in members.iter().map(|it| &ctx.items[*it]) {
        if let Some(time) = &item.claim.time {
            said.entry(time.value.as_str()).or_insert(item);
        }
    }
    for (n, (a, first)) in said.iter().enumerate() {
        for (b, second) in said.iter().skip(n + 1) {
            if first.dates(second) == Fit::Apart {
                out.insert(format!("day: {a} or {b}"));
            }
        }
    }
}

fn places(ctx: &Ctx<'_>, members: &[usize], out: &mut BTreeSet<String>) {
    let mut said: BTreeMap<&str, &Item<'_>> = BTreeMap::new();
    for item in members.iter().map(|it| &ctx.items[*it]) {
        if let Some(place) = &item.claim.place {
            said.entry(place.words.exact()).or_insert(item);
        }
    }
    for (n, (a, first)) in said.iter().enumerate() {
        for (b, second) in said.iter().skip(n + 1) {
            if ctx.places(first, second) == Fit::Apart {
                out.insert(format!("place: {a} or {b}"));
            }
        }
    }
}

fn numbers(ctx: &Ctx<'_>, members: &[usize], out: &mut BTreeSet<String>) {
    type Said<'w> = BTreeSet<(u64, Option<u64>, &'w str)>;
    let mut said: BTreeMap<&str, Said<'_>> = BTreeMap::new();
    for count in members.iter().flat_map(|it| &ctx.items[*it].claim.counts) {
        said.entry(count.what).or_default().insert((count.low, count.high, count.words.exact()));
    }
    for (what, counts) in said {
        let counts: Vec<_> = counts.into_iter().collect();
        for (n, (low, high, words)) in counts.iter().enumerate() {
            for (other_low, other_high, other_words) in &counts[n + 1..] {
                let apart = high.is_some_and(|it| it < *other_low) || other_high.is_some_and(|it| it < *low);
                if apart {
                    out.insert(format!("{what}: “{words}” or “{other_words}”"));
                }
            }
        }
    }
}
