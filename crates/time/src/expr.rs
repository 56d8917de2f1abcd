//! What was recognised, before it is resolved.

use crate::calendar::Weekday;
use crate::lex::{Part, Season, Unit};

/// Which of several a bare name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lean {
    /// Nothing said: past, unless cue words turn it.
    #[default]
    None,
    /// `last Friday`, `last December`.
    Last,
    /// `this Friday`.
    This,
    /// `next Friday`, `the following Monday`.
    Next,
    /// `that Friday`: counted from the mention before.
    That,
}

/// Where in the stretch: `early`, `late`, `the end of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Edge {
    /// All of it.
    #[default]
    Whole,
    /// `early`, `the beginning of`.
    Early,
    /// `mid-`, `the middle of`.
    Middle,
    /// `late`, `the end of`.
    Late,
    /// `earlier this week`: between its beginning and the anchor.
    Earlier,
    /// `later this week`: between the anchor and its end.
    Later,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Minutes east of Greenwich, where a zone with a fixed offset is named.
    pub offset: Option<i16>,
}

/// The pieces of a calendar date that were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Calendar {
    /// The year, in full.
    pub year: Option<i32>,
    /// The month.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
    /// The weekday.
    pub weekday: Option<Weekday>,
    /// The part of the day.
    pub part: Option<Part>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// Which one.
    pub lean: Lean,
    /// Where in it.
    pub edge: Edge,
    /// `last year`, `this year` after a month or day: years from the anchor's.
    pub year_shift: Option<i32>,
}

/// A named part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// First to fourth.
    Quarter(u8),
    /// First or second.
    Half(u8),
    /// A season.
    Season(Season),
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Count {
    /// Counted; halves are kept (`two and a half`).
    Of(u32, bool),
    /// `several`, `few`, `many`.
    Some,
}

/// What an expression is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The day of publication.
    Published,
    /// The mention before.
    Previous,
}

/// A recognised expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Calendar date or weekday or part of a day, as far as written.
    Calendar(Calendar),
    /// A date written in digits in an order that cannot be told.
    Ambiguous,
    /// So many units from the base: `yesterday`, `last week`, `this year`.
    Offset {
        /// How many.
        count: i32,
        /// Of what.
        unit: Unit,
        /// From what.
        base: Base,
        /// Part of the day.
        part: Option<Part>,
        /// Where in it.
        edge: Edge,
    },
    /// `three days ago`, `hours earlier`, `two weeks later`.
    Ago {
        /// How many.
        count: Count,
        /// Of what.
        unit: Unit,
        /// -1 or +1.
        sign: i32,
        /// From what.
        base: Base,
    },
    /// `three decades`.
    Lasting(Count, Unit),
    /// `the past 24 hours` (-1), `the next two years` (+1).
    Stretch(Count, Unit, i32),
    /// A quarter, half or season of a year.
    Period {
        /// Which.
        period: Period,
        /// The year, if written.
        year: Option<i32>,
        /// `last`, `this`, `next`.
        lean: Lean,
        /// Years from the anchor's.
        year_shift: Option<i32>,
    },
    /// A decade by its first year.
    Decade(i32),
    /// A century by its first year of hundreds.
    Century(i32),
    /// `overnight`.
    Overnight,
    /// Something recurring, as TIMEX3 writes it.
    Set(String),
    /// `recently`, `previously`.
    Past,
    /// `now`, `currently`.
    Present,
    /// `soon`, `the future`.
    Future,
    /// `since then`: the mention before.
    Then,
}
