//! What can be written.

use truce_model::{ArticleId, ClaimId};

/// A person who reviews. Only the desk hands these out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReviewerId(Box<str>);

impl ReviewerId {
    /// Names a reviewer; `None` for an empty name.
    pub fn new(name: &str) -> Option<ReviewerId> {
        let name = name.trim();
        (!name.is_empty() && !name.contains('\n')).then(|| ReviewerId(name.into()))
    }

    /// As printed in the record.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a reviewer holds of a claim as read. Never whether it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The words say what the claim says.
    Confirmed,
    /// They do not.
    Rejected,
    /// They do, after the changes the reason names.
    Amended,
}

impl Verdict {
    const ALL: [Verdict; 3] = [Verdict::Confirmed, Verdict::Rejected, Verdict::Amended];

    /// The word used in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Rejected => "rejected",
            Verdict::Amended => "amended",
        }
    }
}

/// The ledger's only writes. Past entries are never edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// An article was taken in.
    Stored {
        /// Which.
        article: ArticleId,
    },
    /// The machine proposes a claim. It can do no more.
    Proposed {
        /// Which.
        claim: ClaimId,
    },
    /// A person looked at a claim.
    Reviewed {
        /// Which.
        claim: ClaimId,
        /// What they hold of it.
        verdict: Verdict,
        /// Who: the machine has no reviewer id, so it cannot review.
        reviewer: ReviewerId,
        /// Why.
        reason: Box<str>,
    },
    /// A claim is taken back.
    Withdrawn {
        /// Which.
        claim: ClaimId,
        /// Who takes it back.
        reviewer: ReviewerId,
        /// Why.
        reason: Box<str>,
    },
    /// A section of the record was closed with this content.
    Sealed {
        /// Which section: `statements`, `incidents`, …
        section: Box<str>,
    },
}

impl Entry {
    /// The words of the ledger's `what`. [`Parsed::from_words`] undoes it.
    pub fn words(&self) -> String {
        let line = |it: &str| it.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Entry::Stored { article } => format!("stored article {article}"),
            Entry::Proposed { claim } => format!("proposed claim {claim}"),
            Entry::Reviewed { claim, verdict, reason, .. } => {
                format!("reviewed claim {claim} as {}: {}", verdict.as_str(), line(reason))
            }
            Entry::Withdrawn { claim, reason, .. } => format!("withdrew claim {claim}: {}", line(reason)),
            Entry::Sealed { section } => format!("sealed {section}"),
        }
    }

    /// The person who writes it, if a person must.
    pub fn reviewer(&self) -> Option<&ReviewerId> {
        match self {
            Entry::Reviewed { reviewer, .. } | Entry::Withdrawn { reviewer, .. } => Some(reviewer),
            Entry::Stored { .. } | Entry::Proposed { .. } | Entry::Sealed { .. } => None,
        }
    }
}

/// What the words of an entry say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed<'w> {
    /// `stored article ID`
    Stored(&'w str),
    /// `proposed claim ID`
    Proposed(&'w str),
    /// `reviewed claim ID as VERDICT: REASON`
    Reviewed(&'w str, Verdict, &'w str),
    /// `withdrew claim ID: REASON`
    Withdrew(&'w str, &'w str),
    /// `sealed SECTION`
    Sealed(&'w str),
}

impl Parsed<'_> {
    /// Reads the words of an entry; `None` if they are none of ours.
    pub fn from_words(words: &str) -> Option<Parsed<'_>> {
        if let Some(id) = words.strip_prefix("stored article ") {
            return Some(Parsed::Stored(id));
        }
        if let Some(id) = words.strip_prefix("proposed claim ") {
            return Some(Parsed::Proposed(id));
        }
        if let Some(rest) = words.strip_prefix("reviewed claim ") {
            let (id, rest) = rest.split_once(" as ")?;
            let (verdict, reason) = rest.split_once(": ")?;
            let verdict = Verdict::ALL.into_iter().find(|it| it.as_str() == verdict)?;
            return Some(Parsed::Reviewed(id, verdict, reason));
        }
        if let Some(rest) = words.strip_prefix("withdrew claim ") {
            let (id, reason) = rest.split_once(": ")?;
            return Some(Parsed::Withdrew(id, reason));
        }
        words.strip_prefix("sealed ").map(Parsed::Sealed)
    }
}
