//! What was read in one article: statements, claims, events, times, places.

use crate::agreement::words;
use crate::{ActorId, ArticleId, ClaimId, Edtf, Evidence, PlaceId, Problem, ProvisionId, Span, StatementId};

/// Everything read in one article.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Who says what.
    pub statements: Vec<Statement>,
    /// What that does to an obligation.
    pub claims: Vec<Claim>,
    /// Conduct as the wider field codes it.
    pub events: Vec<Event>,
    /// Expressions of time.
    pub times: Vec<TimeMention>,
    /// Mentions of places.
    pub places: Vec<PlaceMention>,
    /// Actors met that the pack does not know (general register, persons).
    pub actors: Vec<crate::Actor>,
    /// Number of sentences read.
    pub sentences: usize,
    /// Where reading gave up.
    pub problems: Vec<Problem>,
}

words! {
    /// How a content is quoted.
    Mode {
        Direct = "direct",
        Mixed = "mixed",
        Indirect = "indirect",
    }
}

/// Who says something: the words that name the speaker and whom they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The words naming the speaker; `None` where they stand elsewhere (a
    /// quotation that follows the speaker's previous one).
    pub words: Option<Evidence>,
    /// Whom they mean: an id of the pack or of the general register, `outlet`
    /// for the article's own voice, `None` if it could not be told.
    pub actor: Option<ActorId>,
    /// Whose conduct the actor's counts as.
    pub side: Option<ActorId>,
    /// Outer sources first, without the last: `TASS` in *TASS reports that
    /// Armenia appealed*.
    pub chain: Vec<ActorId>,
}

/// Who says what: one per cue and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Derived from its content.
    pub id: StatementId,
    /// Who.
    pub source: Source,
    /// The reporting word or phrase; `None` where a quotation simply follows
    /// the speaker's previous one.
    pub cue: Option<Evidence>,
    /// The smallest span that holds everything said under the cue. Not an
    /// `Option`: no words, no statement.
    pub content: Evidence,
    /// How it is quoted.
    pub mode: Mode,
    /// To whom it is said, if said.
    pub addressee: Vec<ActorId>,
    /// The class of the cue; decides the stance of claims under it.
    pub cue_class: CueClass,
    /// The rule that made it.
    pub rule: &'static str,
}

words! {
    /// What a reporting word does with its content.
    CueClass {
        Say = "say",
        Accuse = "accuse",
        Deny = "deny",
        Admit = "admit",
        Demand = "demand",
        Condemn = "condemn",
        Concern = "concern",
        Promise = "promise",
        Threaten = "threaten",
        Praise = "praise",
        Justify = "justify",
        Call = "call",
        Ask = "ask",
        Other = "other",
    }
}

words! {
    /// What a claim does with conduct. Never whether it is true.
    Stance {
        Reports = "reports",
        Alleges = "alleges",
        Denies = "denies",
        Acknowledges = "acknowledges",
        Justifies = "justifies",
        Demands = "demands",
        Concern = "concern",
        Condemns = "condemns",
        Pledges = "pledges",
        Credits = "credits",
    }
}

words! {
    /// Kinds of conduct (codebook, section 4).
    Kind {
        ArmedAttack = "armed_attack",
        ShellingOrStrike = "shelling_or_strike",
        MineOrIed = "mine_or_ied",
        ArmsOrTroopMovement = "arms_or_troop_movement",
        NonWithdrawal = "non_withdrawal",
        NewPosition = "new_position",
        MovementObstruction = "movement_obstruction",
        HumanitarianObstruction = "humanitarian_obstruction",
        HarmToCivilians = "harm_to_civilians",
        DetentionOrNonRelease = "detention_or_non_release",
        MonitorObstruction = "monitor_obstruction",
        GuarantorInaction = "guarantor_inaction",
        AirspaceOrSurveillance = "airspace_or_surveillance",
        RefusalOfTalks = "refusal_of_talks",
        HostilePropaganda = "hostile_propaganda",
        Recruitment = "recruitment",
        SexualViolence = "sexual_violence",
        UnilateralStep = "unilateral_step",
        NonFulfilment = "non_fulfilment",
    }
}

/// What a statement, or a sentence in the outlet's own voice, does to an
/// obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Derived from its content, so stable between runs.
    pub id: ClaimId,
    /// The article it stands in.
    pub article: ArticleId,
    /// The statement it rests on, if it rests on one.
    pub statement: Option<StatementId>,
    /// What it does.
    pub stance: Stance,
    /// Who makes it. `None` if words name a speaker who could not be resolved.
    pub claimant: Option<ActorId>,
    /// Whose conduct it is about; `None` where the words name nobody.
    pub accused: Option<ActorId>,
    /// What conduct; `None` for a concern or demand that names none.
    pub kind: Option<Kind>,
    /// The obligations it bears on.
    pub provisions: Vec<ProvisionId>,
    /// When the conduct took place.
    pub time: Option<ClaimTime>,
    /// Where the conduct took place.
    pub place: Option<ClaimPlace>,
    /// Loaded words the claimant uses for the act.
    pub label: Option<Evidence>,
    /// For denials: the words for what exactly is denied.
    pub scope: Option<Evidence>,
    /// Numbers of killed, wounded, displaced, ceasefire breaches, as claimed.
    pub counts: Vec<Count>,
    /// Invariant: never empty.
    pub evidence: Vec<Evidence>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// When a conduct took place, and by which rule that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimTime {
    /// EDTF.
    pub value: Edtf,
    /// The words it was read from.
    pub words: Option<Evidence>,
    /// The arithmetic, in words.
    pub rule: String,
}

/// Where a conduct took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimPlace {
    /// A place of the pack or gazetteer, if it is one.
    pub id: Option<PlaceId>,
    /// The words.
    pub words: Evidence,
    /// `point`, `line`, `area`, `near`, `country`.
    pub precision: &'static str,
}

/// A number claimed, never summed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// `killed`, `wounded`, `displaced`, `detained`, `violations`, …
    pub what: &'static str,
    /// Least.
    pub low: u64,
    /// Most, or `None` for "at least".
    pub high: Option<u64>,
    /// The words.
    pub words: Evidence,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// Where it stands.
    pub span: Span,
    /// EDTF date or interval, ISO 8601 duration, or `None` if it cannot be known.
    pub value: Option<Edtf>,
    /// `minute`, `part-of-day`, `day`, `week`, `month`, `season`, `year`, `decade`, `duration`, `set`.
    pub grain: &'static str,
    /// What it was counted from: `absolute`, `published`, `previous`, `anchor`, `none`.
    pub anchor: &'static str,
    /// The rule, with its arithmetic in words.
    pub rule: String,
}

words! {
    /// Whether a name of a place means ground.
    PlaceReading {
        Literal = "literal",
        Governmental = "governmental",
        Adjectival = "adjectival",
    }
}

/// A mention of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMention {
    /// Where it stands.
    pub span: Span,
    /// A place of the pack or gazetteer.
    pub id: Option<PlaceId>,
    /// Its name, as the pack or gazetteer gives it.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Latitude and longitude in degrees × 10⁷.
    pub lat_lon_e7: Option<(i32, i32)>,
    /// `point`, `line`, `area`, `near`, `country`.
    pub precision: &'static str,
    /// Ground, government or adjective.
    pub reading: PlaceReading,
    /// The rule that made it.
    pub rule: &'static str,
}

words! {
    /// Whether an event is said to be real.
    EventStatus {
        Asserted = "asserted",
        Attributed = "attributed",
        Denied = "denied",
        Demanded = "demanded",
        Conditional = "conditional",
        Future = "future",
        Negated = "negated",
    }
}

/// A mention of conduct as the PLOVER ontology types it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The trigger word or phrase.
    pub span: Span,
    /// PLOVER root: `ASSAULT`, `ACCUSE`, …
    pub plover: &'static str,
    /// PLOVER mode, if any.
    pub mode: Option<&'static str>,
    /// Who did it.
    pub actor: Option<ActorId>,
    /// To whom.
    pub recipient: Option<ActorId>,
    /// When.
    pub time: Option<Edtf>,
    /// Where.
    pub place: Option<PlaceId>,
    /// Whether it is said to be real.
    pub status: EventStatus,
    /// The rule that made it.
    pub rule: &'static str,
}
