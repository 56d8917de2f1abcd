//! When two claims may be about one act: kinds, dates, places.

use truce_model::{Agreement, ClaimPlace, ClaimTime, Edtf, Kind, PlaceId};

/// How two values of one field stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// They say the same, or one holds the other.
    Meets,
    /// One of them is not given.
    Unknown,
    /// They cannot both be right of one act.
    Apart,
}

/// Kinds under which one act is printed, depending on how much a writer knew
/// of the means.
const ONE_ACT: &[[Kind; 2]] = &[
    [Kind::ArmedAttack, Kind::ShellingOrStrike],
    [Kind::MovementObstruction, Kind::HumanitarianObstruction],
];

/// Kinds that stand to each other as act and effect, or as means and act: an
/// answer to the one answers the other in part.
const AKIN: &[&[Kind]] = &[
    &[Kind::ArmedAttack, Kind::ShellingOrStrike, Kind::HarmToCivilians],
    &[Kind::ShellingOrStrike, Kind::AirspaceOrSurveillance],
    &[Kind::ArmedAttack, Kind::MineOrIed],
    &[Kind::NewPosition, Kind::MovementObstruction, Kind::HumanitarianObstruction],
    &[Kind::NewPosition, Kind::NonWithdrawal, Kind::ArmsOrTroopMovement],
    &[Kind::DetentionOrNonRelease, Kind::HarmToCivilians],
    &[Kind::MonitorObstruction, Kind::MovementObstruction],
];

/// Whether an act of kind `a` may be printed as one of kind `b`.
pub(crate) fn one_act(a: Kind, b: Kind) -> bool {
    a == b || ONE_ACT.iter().any(|pair| pair.contains(&a) && pair.contains(&b))
}

/// Whether answering `a` says something about `b`.
pub(crate) fn akin(a: Kind, b: Kind) -> bool {
    a == b || AKIN.iter().any(|kinds| kinds.contains(&a) && kinds.contains(&b))
}

/// Charges that name a failure rather than an act of one day.
pub(crate) fn is_general(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::NonFulfilment
            | Kind::GuarantorInaction
            | Kind::UnilateralStep
            | Kind::RefusalOfTalks
            | Kind::HostilePropaganda
    )
}

/// Whether two dates may be of one day.
pub(crate) fn dates(a: Option<&ClaimTime>, b: Option<&ClaimTime>) -> Fit {
    match (a, b) {
        (Some(a), Some(b)) if a.value.meets(&b.value) => Fit::Meets,
        (Some(_), Some(_)) => Fit::Apart,
        _ => Fit::Unknown,
    }
}

/// Whether a date is narrow enough to tell one act from the next.
pub(crate) fn is_narrow(time: &ClaimTime) -> bool {
    const NARROW_DAYS: i64 = 10;
    crate::period::days(&time.value).is_some_and(|(first, last)| last - first <= NARROW_DAYS)
}

/// Whether two places may be one.
pub(crate) fn places(agreement: &Agreement, a: Option<&ClaimPlace>, b: Option<&ClaimPlace>) -> Fit {
    let (Some(a), Some(b)) = (a, b) else { return Fit::Unknown };
    let named = |it: &ClaimPlace| it.words.exact().trim().to_lowercase();
    match (&a.id, &b.id) {
        (Some(x), Some(y)) if x == y => Fit::Meets,
        (Some(x), Some(y)) if holds(agreement, x, y) || holds(agreement, y, x) => Fit::Meets,
        // A place that holds the other without the pack saying so keeps two
        // claims apart that could be joined; the other way round would be
        // worse.
        (Some(_), Some(_)) => Fit::Apart,
        _ if named(a) == named(b) => Fit::Meets,
        _ => Fit::Unknown,
    }
}

/// Whether `outer` holds `inner`, by the pack.
fn holds(agreement: &Agreement, outer: &PlaceId, inner: &PlaceId) -> bool {
    let mut todo = vec![inner];
    let mut seen: Vec<&PlaceId> = Vec::new();
    while let Some(at) = todo.pop() {
        if at == outer {
            return true;
        }
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        if let Some(place) = agreement.places.iter().find(|it| it.id == *at) {
            todo.extend(&place.within);
        }
    }
    false
}

/// Whether two publication dates are no more than `days` apart.
pub(crate) fn published_within(a: Option<&Edtf>, b: Option<&Edtf>, days: i64) -> bool {
    let (Some(a), Some(b)) = (a.and_then(crate::period::days), b.and_then(crate::period::days)) else {
        return false;
    };
    a.0 - b.1 <= days && b.0 - a.1 <= days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_may_be_unknown_but_acts_differ() {
        assert!(one_act(Kind::ArmedAttack, Kind::ShellingOrStrike));
        assert!(!one_act(Kind::ShellingOrStrike, Kind::HarmToCivilians));
        assert!(akin(Kind::ShellingOrStrike, Kind::HarmToCivilians));
        assert!(!akin(Kind::NonWithdrawal, Kind::MineOrIed));
    }

    #[test]
    fn publication_dates() {
        let edtf = |it: &str| Edtf::new(it);
        let near = |a, b| published_within(edtf(a).as_ref(), edtf(b).as_ref(), 3);
        assert!(near("2031-03-31", "2031-04-02"));
        assert!(!near("2031-03-31", "2031-04-05"));
        assert!(!published_within(None, edtf("2031-04-05").as_ref(), 3));
    }
}
