//! When two claims may be about one act: kinds, dates, places.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Agreement, ClaimTime, Kind, PlaceId};

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

/// First and last day of something, each if it is known.
type Days = (Option<String>, Option<String>);

/// Whether two spans of days have a day in common; an open end reaches on.
pub(crate) fn days_meet(a: &Days, b: &Days) -> bool {
    let before = |end: &Option<String>, start: &Option<String>| matches!((end, start), (Some(end), Some(start)) if end < start);
    !before(&a.1, &b.0) && !before(&b.1, &a.0)
}

/// Whether a date is narrow enough to tell one act from the next.
pub(crate) fn is_narrow(time: &ClaimTime) -> bool {
    const NARROW_DAYS: i64 = 10;
    crate::period::days(&time.value).is_some_and(|(first, last)| last - first <= NARROW_DAYS)
}

/// Every place of the pack with those that hold it, itself among them.
pub(crate) fn holders(agreement: &Agreement) -> BTreeMap<&PlaceId, BTreeSet<&PlaceId>> {
    let within: BTreeMap<&PlaceId, &[PlaceId]> =
        agreement.places.iter().map(|it| (&it.id, it.within.as_slice())).collect();
    let all_around = |inner| {
        let mut seen = BTreeSet::new();
        let mut todo = vec![inner];
        while let Some(at) = todo.pop() {
            if seen.insert(at) {
                todo.extend(within.get(at).copied().into_iter().flatten());
            }
        }
        seen
    };
    within.keys().map(|it| (*it, all_around(*it))).collect()
}

/// Whether two places may be one, by their ids or else by their names.
pub(crate) fn places_fit(
    holders: &BTreeMap<&PlaceId, BTreeSet<&PlaceId>>,
    a: Option<&PlaceId>,
    b: Option<&PlaceId>,
    same_name: bool,
) -> Fit {
    let holds = |outer: &PlaceId, inner: &PlaceId| holders.get(inner).is_some_and(|it| it.contains(outer));
    match (a, b) {
        (Some(x), Some(y)) if x == y || holds(x, y) || holds(y, x) => Fit::Meets,
        // A place that holds the other without the pack saying so keeps two
        // claims apart that could be joined; the other way round would be
        // worse.
        (Some(_), Some(_)) => Fit::Apart,
        _ if same_name => Fit::Meets,
        _ => Fit::Unknown,
    }
}

/// Whether two spans of days (as numbers) are no more than `days` apart.
pub(crate) fn days_within(a: Option<(i64, i64)>, b: Option<(i64, i64)>, days: i64) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.0 - b.1 <= days && b.0 - a.1 <= days)
}

#[cfg(test)]
mod tests {
    use truce_model::Edtf;

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
        let days = |it: &str| crate::period::days(&Edtf::new(it).expect("a date"));
        let near = |a, b| days_within(days(a), days(b), 3);
        assert!(near("2031-03-31", "2031-04-02"));
        assert!(!near("2031-03-31", "2031-04-05"));
        assert!(!days_within(None, days("2031-04-05"), 3));
    }
}
