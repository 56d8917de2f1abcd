//! Which obligations a claim bears on.

use truce_model::{
    ActorId, Agreement, ClaimPlace, Edtf, Kind, Modality, PlaceId, Provision, ProvisionId, Shape,
};

use super::who::Who;

/// The provisions whose listed kinds, obliged parties, place and period the
/// claim fits; empty rather than far-fetched (codebook, settled case 13).
pub fn of_claim(
    agreement: &Agreement,
    who: &Who,
    kind: Option<Kind>,
    accused: Option<&ActorId>,
    place: Option<&ClaimPlace>,
    time: Option<&Edtf>,
) -> Vec<ProvisionId> {
    let Some(kind) = kind else { return Vec::new() };
    if kind == Kind::NonFulfilment {
        return Vec::new();
    }
    agreement
        .provisions
        .iter()
        .filter(|it| {
            it.kinds.contains(&kind) && !matches!(it.modality, Modality::May | Modality::Declaration)
        })
        .filter(|it| is_obliged(it, who, accused))
        .filter(|it| is_there(agreement, it, place))
        .filter(|it| is_then(it, time))
        .map(|it| it.id.clone())
        .collect()
}

fn is_obliged(provision: &Provision, who: &Who, accused: Option<&ActorId>) -> bool {
    let Some(accused) = accused else { return true };
    let side = who.side(accused);
    provision.obligated.is_empty()
        || provision.obligated.iter().any(|it| who.side(it) == side)
        // Nobody's duty but everybody's ground: proxies and outsiders bear on
        // a place-bound clause without owing it.
        || (provision.place.is_some() && !who.parties().contains(&side))
}

fn is_there(agreement: &Agreement, provision: &Provision, place: Option<&ClaimPlace>) -> bool {
    let Some(owed) = &provision.place else { return true };
    let Some(claimed) = place.and_then(|it| it.id.as_ref()) else { return true };
    // A zone holds more places than any pack lists; a road or a crossing is
    // only itself.
    let zone = agreement.places.iter().any(|it| it.id == *owed && it.shape == Shape::Area);
    if zone {
        return true;
    }
    is_within(agreement, claimed, owed) || is_within(agreement, owed, claimed)
}

fn is_within(agreement: &Agreement, inner: &PlaceId, outer: &PlaceId) -> bool {
    if inner == outer {
        return true;
    }
    let mut at = vec![inner.clone()];
    // Containment is a handful of steps; the bound guards against cycles.
    for _ in 0..16 {
        let next: Vec<PlaceId> = agreement
            .places
            .iter()
            .filter(|it| at.contains(&it.id))
            .flat_map(|it| it.within.iter().cloned())
            .collect();
        if next.contains(outer) {
            return true;
        }
        if next.is_empty() {
            return false;
        }
        at = next;
    }
    false
}

fn is_then(provision: &Provision, time: Option<&Edtf>) -> bool {
    let Some(time) = time else { return true };
    let (first, last) = time.days();
    let from = provision.from.as_ref().and_then(|it| it.days().0);
    let until = provision.until.as_ref().and_then(|it| it.days().1);
    let before = matches!((&last, &from), (Some(last), Some(from)) if last < from);
    let after = matches!((&first, &until), (Some(first), Some(until)) if first > until);
    !before && !after
}
