//! What an expression of time denotes, and how that is written.
//!
//! One value has two spellings: EDTF for the record, and the `value` of TIMEX3
//! for comparison with the corpora of the field, which know weeks, quarters
//! and parts of the day that EDTF level 1 lacks.

use crate::calendar::{Date, month_days};
use crate::lex::{Part, Season, Unit};

/// A stretch of the calendar that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// A time of day; offset from UTC in minutes, if known.
    Minute {
        /// The day.
        date: Date,
        /// Hour, 0 to 23.
        hour: u8,
        /// Minute, 0 to 59.
        minute: u8,
        /// Minutes east of Greenwich.
        offset: Option<i16>,
    },
    /// A part of a day.
    Part(Date, Part),
    /// A day.
    Day(Date),
    /// A week, by its Monday.
    Week(Date),
    /// A weekend, by its Saturday.
    Weekend(Date),
    /// A month.
    Month(i32, u8),
    /// A quarter of a year.
    Quarter(i32, u8),
    /// Half a year.
    Half(i32, u8),
    /// A season; a winter is named by the year it begins in.
    Season(i32, Season),
    /// A year.
    Year(i32),
    /// A decade, by its first year.
    Decade(i32),
    /// A century, by its first year of counting with hundreds (1900).
    Century(i32),
}

/// What an expression denotes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A named stretch.
    Point(Point),
    /// From one stretch to another, both included; `None` for an open end.
    Interval(Option<Point>, Option<Point>),
    /// A length of time: number (`None` for *several*), unit.
    Duration(Vec<(Option<u32>, Unit)>),
    /// Something recurring, as TIMEX3 writes it.
    Set(String),
    /// The present, without a date.
    Present,
    /// Some time past.
    Past,
    /// Some time to come.
    Future,
    /// A part of some day, the day unknown.
    Unknown,
}

impl Point {
    /// First and last day.
    pub fn days(self) -> Option<(Date, Date)> {
        let months = |year: i32, first: u8, last: u8| {
            Some((Date::new(year, first, 1)?, Date::new(year, last, month_days(year, last))?))
        };
        match self {
            Point::Minute { date, .. } | Point::Part(date, _) | Point::Day(date) => Some((date, date)),
            Point::Week(monday) => Some((monday, monday.plus_days(6)?)),
            Point::Weekend(saturday) => Some((saturday, saturday.plus_days(1)?)),
            Point::Month(year, month) => months(year, month, month),
            Point::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3),
            Point::Half(year, half) => months(year, half * 6 - 5, half * 6),
            Point::Season(year, Season::Spring) => months(year, 3, 5),
            Point::Season(year, Season::Summer) => months(year, 6, 8),
            Point::Season(year, Season::Autumn) => months(year, 9, 11),
            Point::Season(year, Season::Winter) => {
                Some((Date::new(year, 12, 1)?, Date::new(year + 1, 2, month_days(year + 1, 2))?))
            }
            Point::Year(year) => months(year, 1, 12),
            Point::Decade(year) => Some((Date::new(year.max(1), 1, 1)?, Date::new(year + 9, 12, 31)?)),
            Point::Century(year) => Some((Date::new(year.max(1), 1, 1)?, Date::new(year + 99, 12, 31)?)),
        }
    }

    /// The grain's name.
    pub fn grain(self) -> &'static str {
        match self {
            Point::Minute { .. } => "minute",
            Point::Part(..) => "part-of-day",
            Point::Day(_) => "day",
            Point::Week(_) | Point::Weekend(_) => "week",
            Point::Month(..) => "month",
            Point::Quarter(..) | Point::Half(..) | Point::Season(..) => "season",
            Point::Year(_) => "year",
            Point::Decade(_) | Point::Century(_) => "decade",
        }
    }

    /// EDTF: one date, or an interval where EDTF has no name for it.
    pub fn edtf(self) -> String {
        match self {
            Point::Minute { date, hour, minute, offset } => {
                let zone = match offset {
                    None => String::new(),
                    Some(0) => "Z".to_owned(),
                    Some(it) => format!(
                        "{}{:02}:{:02}",
                        if it < 0 { '-' } else { '+' },
                        it.unsigned_abs() / 60,
                        it.unsigned_abs() % 60
                    ),
                };
                format!("{date}T{hour:02}:{minute:02}{zone}")
            }
            Point::Part(date, _) | Point::Day(date) => date.to_string(),
            Point::Month(year, month) => format!("{year:04}-{month:02}"),
            Point::Season(year, season) => format!("{year:04}-{}", 21 + season as u8),
            Point::Year(year) => format!("{year:04}"),
            Point::Decade(year) => format!("{:03}X", year / 10),
            Point::Century(year) => format!("{:02}XX", year / 100),
            Point::Week(_) | Point::Weekend(_) => match self.days() {
                Some((first, last)) => format!("{first}/{last}"),
                None => String::new(),
            },
            Point::Quarter(year, quarter) => {
                format!("{year:04}-{:02}/{year:04}-{:02}", quarter * 3 - 2, quarter * 3)
            }
            Point::Half(year, half) => format!("{year:04}-{:02}/{year:04}-{:02}", half * 6 - 5, half * 6),
        }
    }

    /// One end of an EDTF interval.
    fn edge(self, last: bool) -> String {
        let edtf = self.edtf();
        match edtf.split_once('/') {
            None => edtf,
            Some((first, _)) if !last => first.to_owned(),
            Some((_, end)) => end.to_owned(),
        }
    }

    /// TIMEX3.
    pub fn timex(self) -> String {
        match self {
            Point::Minute { date, hour, minute, .. } => format!("{date}T{hour:02}:{minute:02}"),
            Point::Part(date, part) => match part {
                Part::Dawn | Part::Morning => format!("{date}TMO"),
                Part::Midday => format!("{date}T12:00"),
                Part::Afternoon => format!("{date}TAF"),
                Part::Evening => format!("{date}TEV"),
                Part::Night => format!("{date}TNI"),
                Part::Midnight => format!("{date}T24:00"),
            },
            Point::Week(monday) => {
                let (year, week) = monday.iso_week();
                format!("{year:04}-W{week:02}")
            }
            Point::Weekend(saturday) => {
                let (year, week) = saturday.iso_week();
                format!("{year:04}-W{week:02}-WE")
            }
            Point::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Point::Half(year, half) => format!("{year:04}-H{half}"),
            Point::Season(year, season) => {
                format!("{year:04}-{}", ["SP", "SU", "FA", "WI"][season as usize])
            }
            Point::Decade(_) | Point::Century(_) | Point::Day(_) | Point::Month(..) | Point::Year(_) => {
                self.edtf()
            }
        }
    }
}

impl Value {
    /// EDTF date or interval or ISO 8601 duration; `None` where none is known.
    pub fn edtf(&self) -> Option<String> {
        match self {
            Value::Point(point) => Some(point.edtf()).filter(|it| !it.is_empty()),
            Value::Interval(first, last) => {
                let first = first.map_or_else(|| "..".to_owned(), |it| it.edge(false));
                let last = last.map_or_else(|| "..".to_owned(), |it| it.edge(true));
                Some(format!("{first}/{last}"))
            }
            // A length nobody counted is no ISO 8601 duration.
            Value::Duration(parts) if parts.iter().any(|(count, _)| count.is_none()) => None,
            Value::Duration(parts) => Some(duration(parts)),
            Value::Set(_) | Value::Present | Value::Past | Value::Future | Value::Unknown => None,
        }
    }

    /// The `value` TIMEX3 gives it.
    pub fn timex(&self) -> String {
        match self {
            Value::Point(point) => point.timex(),
            Value::Interval(Some(point), _) | Value::Interval(None, Some(point)) => point.timex(),
            Value::Interval(None, None) => String::new(),
            Value::Duration(parts) => duration(parts),
            Value::Set(set) => set.clone(),
            Value::Present => "PRESENT_REF".to_owned(),
            Value::Past => "PAST_REF".to_owned(),
            Value::Future => "FUTURE_REF".to_owned(),
            Value::Unknown => String::new(),
        }
    }

    /// The grain's name.
    pub fn grain(&self) -> &'static str {
        match self {
            Value::Point(point) => point.grain(),
            Value::Interval(first, last) => first.or(*last).map_or("day", Point::grain),
            Value::Duration(_) => "duration",
            Value::Set(_) => "set",
            Value::Present | Value::Past | Value::Future | Value::Unknown => "day",
        }
    }
}

/// ISO 8601 duration; X where the number is not known, as TIMEX3 writes it.
fn duration(parts: &[(Option<u32>, Unit)]) -> String {
    let mut date = String::new();
    let mut time = String::new();
    for (count, unit) in parts {
        // Seventy-two hours stay hours: what was written is kept.
        let (factor, letter, clock) = match unit {
            Unit::Second => (1, 'S', true),
            Unit::Minute => (1, 'M', true),
            Unit::Hour => (1, 'H', true),
            Unit::Day | Unit::Night => (1, 'D', false),
            Unit::Weekend => (2, 'D', false),
            Unit::Week => (1, 'W', false),
            Unit::Fortnight => (2, 'W', false),
            Unit::Month => (1, 'M', false),
            Unit::Quarter | Unit::Season => (3, 'M', false),
            Unit::Year => (1, 'Y', false),
            Unit::Decade => (10, 'Y', false),
            Unit::Century => (100, 'Y', false),
        };
        let (factor, letter) = match (count, unit) {
            (None, Unit::Decade) => (1, 'E'),
            (None, Unit::Century) => (1, 'C'),
            _ => (factor, letter),
        };
        let count = match count {
            Some(it) => it.saturating_mul(factor).to_string(),
            None => "X".to_owned(),
        };
        let to = if clock { &mut time } else { &mut date };
        to.push_str(&count);
        to.push(letter);
    }
    if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings() {
        let week = Point::Week(Date::parse("2023-04-24").unwrap());
        assert_eq!((week.edtf(), week.timex()), ("2023-04-24/2023-04-30".into(), "2023-W17".into()));
        let since = Value::Interval(Some(Point::Month(2022, 12)), None);
        assert_eq!(since.edtf().as_deref(), Some("2022-12/.."));
        let decades = Value::Duration(vec![(Some(3), Unit::Decade)]);
        assert_eq!(decades.edtf().as_deref(), Some("P30Y"));
        let years = Value::Duration(vec![(None, Unit::Year)]);
        assert_eq!((years.edtf(), years.timex()), (None, "PXY".into()));
    }
}
