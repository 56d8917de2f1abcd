//! Where claims stand: a fold over the entries.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::ClaimId;

use crate::{Line, Parsed, Verdict};

/// Where a claim stands as a reading. Whether it is true is asked nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The machine proposed it; nobody has looked.
    Proposed,
    /// The last review.
    Reviewed {
        /// What was held.
        verdict: Verdict,
        /// By whom.
        reviewer: String,
        /// Why.
        reason: String,
    },
    /// It was taken back.
    Withdrawn {
        /// By whom.
        reviewer: String,
        /// Why.
        reason: String,
    },
}

/// Where every claim of the ledger stands. Pure: the same lines give the same
/// answer, and the first `n` lines give the state after `n` writes.
pub fn replay(lines: &[Line]) -> BTreeMap<ClaimId, Standing> {
    let mut out = BTreeMap::new();
    let undone = undone(lines);
    for line in lines.iter().filter(|it| !undone.contains(&it.seq)) {
        match Parsed::from_words(&line.what) {
            Some(Parsed::Proposed(id)) => {
                // A proposal repeated does not undo a review.
                out.entry(ClaimId::from(id)).or_insert(Standing::Proposed);
            }
            Some(Parsed::Reviewed(id, verdict, reason)) => {
                let standing =
                    Standing::Reviewed { verdict, reviewer: line.who.clone(), reason: reason.to_owned() };
                out.insert(ClaimId::from(id), standing);
            }
            Some(Parsed::Withdrew(id, reason)) => {
                let standing = Standing::Withdrawn { reviewer: line.who.clone(), reason: reason.to_owned() };
                out.insert(ClaimId::from(id), standing);
            }
            // A coder settles nothing.
            Some(
                Parsed::Stored(_)
                | Parsed::Sealed(_)
                | Parsed::Coded(..)
                | Parsed::Undid(..)
                | Parsed::Retracted(..)
                | Parsed::Noted(_),
            )
            | None => {}
        }
    }
    out
}

/// Numbers of the entries whose effect was taken away. An undoing cannot be
/// undone; who changes their mind decides again.
pub fn undone(lines: &[Line]) -> BTreeSet<u64> {
    lines
        .iter()
        .filter_map(|it| match Parsed::from_words(&it.what) {
            Some(Parsed::Undid(entry, _)) if entry < it.seq => Some(entry),
            _ => None,
        })
        .collect()
}

/// Where one claim stands, if the ledger knows it.
pub fn standing(lines: &[Line], id: &ClaimId) -> Option<Standing> {
    replay(lines).remove(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entry, Ledger, ReviewerId};

    #[test]
    fn past_states_can_be_shown_again() {
        let claim = ClaimId::from("c-1");
        let reviewer = ReviewerId::new("desk/ana").expect("a name");
        let mut ledger = Ledger::new();
        ledger.append("t", None, &Entry::Proposed { claim: claim.clone() }, b"");
        ledger.append(
            "t",
            Some("2031-05-01T10:00:00Z"),
            &Entry::Reviewed {
                claim: claim.clone(),
                verdict: Verdict::Confirmed,
                reviewer: reviewer.clone(),
                reason: "the words\nsay so".into(),
            },
            b"",
        );
        ledger.append("t", None, &Entry::Proposed { claim: claim.clone() }, b"");
        ledger.append(
            "t",
            None,
            &Entry::Withdrawn { claim: claim.clone(), reviewer, reason: "a test".into() },
            b"",
        );
        let lines = ledger.lines();
        assert_eq!(standing(&lines[..1], &claim), Some(Standing::Proposed));
        let confirmed = Some(Standing::Reviewed {
            verdict: Verdict::Confirmed,
            reviewer: "desk/ana".into(),
            reason: "the words say so".into(),
        });
        assert_eq!(standing(&lines[..2], &claim), confirmed);
        assert_eq!(standing(&lines[..3], &claim), confirmed);
        assert!(matches!(standing(lines, &claim), Some(Standing::Withdrawn { .. })));
        assert_eq!(standing(lines, &ClaimId::from("c-2")), None);
        assert_eq!(ledger.breaks(), vec![]);
    }
}
