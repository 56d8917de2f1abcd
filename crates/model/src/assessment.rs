//! What the readings amount to: incidents, replies, findings.

use crate::agreement::words;
use crate::{
    ActorId, ClaimId, ClaimPlace, ClaimTime, Edtf, IncidentId, Kind, LineageId, Problem, ProvisionId,
};

words! {
    /// Where an incident stands. The machine never goes past `corroborated`
    /// unless a mandated body is cited.
    Standing {
        Reported = "reported",
        Attributed = "attributed",
        Contested = "contested",
        Acknowledged = "acknowledged",
        Corroborated = "corroborated",
        Verified = "verified",
        Withdrawn = "withdrawn",
        Superseded = "superseded",
    }
}

words! {
    /// What can be said of an obligation in a period.
    FindingWord {
        NoInformation = "no information",
        NoBreachAlleged = "no breach alleged",
        Alleged = "alleged",
        Contested = "contested",
        ActAcknowledged = "act acknowledged, legality contested",
        FoundByMandatedBody = "found by a mandated body",
        NotApplicable = "not applicable",
        TextSilent = "text silent",
    }
}

words! {
    /// How far a reply answers a charge.
    ReplyScope {
        Full = "full",
        Partial = "partial",
        OtherObject = "other_object",
    }
}

/// An answer by the accused (or for it) to the charges of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The claim that answers.
    pub claim: ClaimId,
    /// The charge it answers.
    pub to: ClaimId,
    /// How far.
    pub scope: ReplyScope,
    /// Why it is held to be an answer to this charge.
    pub reason: String,
}

/// Claims about the same conduct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Derived from its claims.
    pub id: IncidentId,
    /// What conduct.
    pub kind: Option<Kind>,
    /// Whose.
    pub accused: Option<ActorId>,
    /// When, as the claims have it.
    pub time: Option<ClaimTime>,
    /// Where, as the claims have it.
    pub place: Option<ClaimPlace>,
    /// The charges and reports, sorted.
    pub claims: Vec<ClaimId>,
    /// Why each was joined to the first.
    pub reasons: Vec<String>,
    /// The answers.
    pub replies: Vec<Reply>,
    /// Origins of the charging words.
    pub lineages: Vec<LineageId>,
    /// Least and most independent origins.
    pub origins: (usize, usize),
    /// Who charges (sides), sorted.
    pub claimants: Vec<ActorId>,
    /// Where it stands.
    pub standing: Standing,
    /// Where sources contradict each other about date, place or number.
    pub conflicts: Vec<String>,
}

/// What can be said of one provision in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The obligation.
    pub provision: ProvisionId,
    /// The period, as an EDTF interval; `None` if no report has a date.
    pub period: Option<Edtf>,
    /// The finding.
    pub finding: FindingWord,
    /// Incidents that charge a breach.
    pub charges: Vec<IncidentId>,
    /// Claims that answer.
    pub answers: Vec<ClaimId>,
    /// How many articles were read.
    pub articles_read: usize,
}

/// The whole assessment.
#[derive(Clone, Debug, Default)]
pub struct Assessment {
    /// Sorted by id.
    pub incidents: Vec<Incident>,
    /// One per provision and period.
    pub findings: Vec<Finding>,
    /// What could not be joined or answered.
    pub problems: Vec<Problem>,
}
