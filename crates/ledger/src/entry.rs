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
    /// They do, and another claim says so already; that one has the words now.
    Merged,
    /// They say more than one thing; the parts stand in its place.
    Split,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 5] =
        [Verdict::Confirmed, Verdict::Rejected, Verdict::Amended, Verdict::Merged, Verdict::Split];

    /// The verdict with this word.
    pub fn parse(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|it| it.as_str() == word)
    }

    /// The word used in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Rejected => "rejected",
            Verdict::Amended => "amended",
            Verdict::Merged => "merged",
            Verdict::Split => "split",
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
    /// A coder coded a claim. It settles nothing: two coders are compared.
    Coded {
        /// Which.
        claim: ClaimId,
        /// What they hold of it.
        verdict: Verdict,
        /// Who.
        reviewer: ReviewerId,
        /// Why.
        reason: Box<str>,
    },
    /// The effect of an earlier entry is taken away. The entry stays.
    Undone {
        /// Its number.
        entry: u64,
        /// Who.
        reviewer: ReviewerId,
        /// Why.
        reason: Box<str>,
    },
    /// An article no longer counts. Its bytes stay, as a tombstone.
    Retracted {
        /// Which.
        article: ArticleId,
        /// Who.
        reviewer: ReviewerId,
        /// Why.
        reason: Box<str>,
    },
    /// Something about the desk itself that its readers must know: another
    /// engine reads, a name is masked, a report was published, a backup was
    /// restored. The payload holds what it was, where that may be told.
    Noted {
        /// One sentence.
        what: Box<str>,
        /// Who, if a person.
        reviewer: Option<ReviewerId>,
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
            Entry::Coded { claim, verdict, reason, .. } => {
                format!("coded claim {claim} as {}: {}", verdict.as_str(), line(reason))
            }
            Entry::Undone { entry, reason, .. } => format!("undid entry {entry}: {}", line(reason)),
            Entry::Retracted { article, reason, .. } => {
                format!("retracted article {article}: {}", line(reason))
            }
            Entry::Noted { what, .. } => format!("noted: {}", line(what)),
            Entry::Sealed { section } => format!("sealed {section}"),
        }
    }

    /// The person who writes it, if a person must.
    pub fn reviewer(&self) -> Option<&ReviewerId> {
        match self {
            Entry::Reviewed { reviewer, .. }
            | Entry::Withdrawn { reviewer, .. }
            | Entry::Coded { reviewer, .. }
            | Entry::Undone { reviewer, .. }
            | Entry::Retracted { reviewer, .. } => Some(reviewer),
            Entry::Noted { reviewer, .. } => reviewer.as_ref(),
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
    /// `coded claim ID as VERDICT: REASON`
    Coded(&'w str, Verdict, &'w str),
    /// `undid entry N: REASON`
    Undid(u64, &'w str),
    /// `retracted article ID: REASON`
    Retracted(&'w str, &'w str),
    /// `noted: WHAT`
    Noted(&'w str),
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
        let verdict = |rest| -> Option<(&str, Verdict, &str)> {
            let (id, rest) = str::split_once(rest, " as ")?;
            let (verdict, reason) = rest.split_once(": ")?;
            Some((id, Verdict::parse(verdict)?, reason))
        };
        if let Some(rest) = words.strip_prefix("reviewed claim ") {
            return verdict(rest).map(|(id, verdict, reason)| Parsed::Reviewed(id, verdict, reason));
        }
        if let Some(rest) = words.strip_prefix("coded claim ") {
            return verdict(rest).map(|(id, verdict, reason)| Parsed::Coded(id, verdict, reason));
        }
        if let Some(rest) = words.strip_prefix("undid entry ") {
            let (entry, reason) = rest.split_once(": ")?;
            return Some(Parsed::Undid(entry.parse().ok()?, reason));
        }
        if let Some(rest) = words.strip_prefix("retracted article ") {
            let (id, reason) = rest.split_once(": ")?;
            return Some(Parsed::Retracted(id, reason));
        }
        if let Some(what) = words.strip_prefix("noted: ") {
            return Some(Parsed::Noted(what));
        }
        if let Some(rest) = words.strip_prefix("withdrew claim ") {
            let (id, reason) = rest.split_once(": ")?;
            return Some(Parsed::Withdrew(id, reason));
        }
        words.strip_prefix("sealed ").map(Parsed::Sealed)
    }
}
