//! The agreement: who promised what to whom, where and from when.

use crate::{ActorId, Edtf, Kind, PlaceId, ProvisionId};

/// An agreement as its pack gives it. Checked: every id that is named exists.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// `nk-2020`.
    pub id: String,
    /// Neutral, as signed.
    pub title: String,
    /// Day of signature.
    pub signed: Edtf,
    /// When it took effect.
    pub in_force: Option<Edtf>,
    /// Where its conflict is.
    pub theatre: Theatre,
    /// Who can speak or be accused.
    pub actors: Vec<Actor>,
    /// Places it names.
    pub places: Vec<Place>,
    /// Its obligations.
    pub provisions: Vec<Provision>,
    /// Dated facts by which undated reports can be dated.
    pub anchors: Vec<Anchor>,
    /// SHA-256 of the pack's file, in lower-case hex.
    pub sha256: String,
}

impl Agreement {
    /// The actor with this id.
    pub fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.iter().find(|it| it.id == *id)
    }

    /// Whose conduct the actor's conduct counts as: its side, or itself.
    pub fn side_of(&self, id: &ActorId) -> ActorId {
        self.actor(id).and_then(|it| it.side.clone()).unwrap_or_else(|| id.clone())
    }

    /// The provision with this id.
    pub fn provision(&self, id: &ProvisionId) -> Option<&Provision> {
        self.provisions.iter().find(|it| it.id == *id)
    }
}

/// Where the conflict is; the prior for names of places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theatre {
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Vec<String>,
    /// West, south, east, north, in degrees × 10⁷.
    pub bbox_e7: Option<[i32; 4]>,
}

/// Anyone who can speak or be accused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// As used in the record.
    pub id: ActorId,
    /// What it is.
    pub kind: ActorKind,
    /// Whose conduct it counts as; `None` for a third party of its own.
    pub side: Option<ActorId>,
    /// Names, demonyms, metonyms as printed. The first is shown.
    pub names: Vec<String>,
    /// Its roles under the agreement.
    pub roles: Vec<Role>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // The words are the pack's and the codebook's.
        pub enum $name { $($variant,)* }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word used in packs and records.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The value with this word.
            pub fn parse(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|it| it.as_str() == word)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What an actor is.
    ActorKind {
        State = "state",
        GovernmentBody = "government-body",
        ArmedForce = "armed-force",
        ArmedGroup = "armed-group",
        DeFactoAuthority = "de-facto-authority",
        Mission = "mission",
        Organisation = "organisation",
        Person = "person",
        Public = "public",
    }
}

words! {
    /// What an actor is under the agreement.
    Role {
        Party = "party",
        Signatory = "signatory",
        Guarantor = "guarantor",
        Mediator = "mediator",
        Monitor = "monitor",
        Peacekeeper = "peacekeeper",
        Witness = "witness",
    }
}

words! {
    /// The force of a clause. A clause with `may` cannot be violated.
    Modality {
        Must = "must",
        MustNot = "must-not",
        May = "may",
        Should = "should",
        BestEffort = "best-effort",
        Ceiling = "ceiling",
        Declaration = "declaration",
        Term = "term",
    }
}

words! {
    /// The shape a place is drawn with.
    Shape {
        Point = "point",
        Line = "line",
        Area = "area",
    }
}

/// A place the agreement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// As used in the record.
    pub id: PlaceId,
    /// As each side writes it; no one of them is the correct one.
    pub names: Vec<String>,
    /// How it is drawn.
    pub shape: Shape,
    /// Whether the sides use different names.
    pub contested_names: bool,
    /// Places that contain it.
    pub within: Vec<PlaceId>,
    /// Longitude and latitude pairs in degrees × 10⁷: one for a point, a path
    /// for a line, a ring for an area; empty where unknown.
    pub coordinates_e7: Vec<[i32; 2]>,
}

/// One obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// `6e`.
    pub id: ProvisionId,
    /// The point of the text it stands in: `6`.
    pub point: String,
    /// Who owes it.
    pub obligated: Vec<ActorId>,
    /// Whether the text names who owes it.
    pub obligated_explicit: bool,
    /// To whom it is owed, in the pack's words.
    pub beneficiary: Vec<String>,
    /// What is owed.
    pub action: String,
    /// With what force.
    pub modality: Modality,
    /// Where.
    pub place: Option<PlaceId>,
    /// From when.
    pub from: Option<Edtf>,
    /// Until when; `None` for open.
    pub until: Option<Edtf>,
    /// Kinds of conduct that bear on it.
    pub kinds: Vec<Kind>,
    /// Remarks: rival readings, versions, whether the row was checked.
    pub note: Option<String>,
}

/// A dated fact by which weekday words of undated reports can be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// When it happened.
    pub date: Edtf,
    /// Words that must all occur near each other for the anchor to be meant.
    pub names: Vec<String>,
    /// Where it happened.
    pub place: Option<PlaceId>,
}
