//! From what was recognised to what it denotes.
//!
//! Everything relative is computed for one day. Where publication is known
//! only as a month or interval it is computed for the first and the last
//! possible day, and believed only if both agree: every rule here moves
//! forward with the day it counts from, so all days between agree too.

use truce_model::Edtf;

use crate::calendar::{
    Date, Weekday, add_months, weekday_after, weekday_before, weekday_on_or_after, weekday_on_or_before,
};
use crate::cues::Direction;
use crate::expr::{Base, Calendar, Count, Edge, Expr, Lean, Period};
use crate::lex::{Part, Season, Unit};
use crate::value::{Point, Value};

/// First and last possible day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First.
    pub first: Date,
    /// Last.
    pub last: Date,
}

impl Window {
    /// The window of an EDTF date or closed interval.
    pub fn of(published: &Edtf) -> Option<Window> {
        let (first, last) = published.days();
        let first = Date::parse(&first?)?;
        let last = last?;
        // The model ends every month on the 31st.
        let last = Date::parse(&last).or_else(|| {
            let head = last.get(..8)?;
            (28..=30).rev().find_map(|day| Date::parse(&format!("{head}{day}")))
        })?;
        (first <= last).then_some(Window { first, last })
    }
}

/// What an expression came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// What it denotes.
    pub value: Value,
    /// What TIMEX3 says it denotes, where its guidelines differ.
    pub timex: Option<Value>,
    /// `absolute`, `published`, `previous`, `none`.
    pub anchor: &'static str,
    /// The arithmetic in words; empty where there was none.
    pub arithmetic: String,
}

impl Resolved {
    fn absolute(value: Value) -> Resolved {
        Resolved { value, timex: None, anchor: "absolute", arithmetic: String::new() }
    }

    fn unknown(why: &str) -> Resolved {
        Resolved { value: Value::Unknown, timex: None, anchor: "none", arithmetic: why.to_owned() }
    }
}

/// What stands around an expression.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// When the article may have been published.
    pub published: Option<Window>,
    /// What the mention before denotes.
    pub previous: Option<Point>,
    /// Whether that mention stands in the same sentence.
    pub previous_near: bool,
    /// Where the words around point.
    pub direction: Direction,
}

/// Resolves one expression.
pub fn resolve(expr: &Expr, around: Around) -> Resolved {
    if let Some(resolved) = absolute(expr) {
        return resolved;
    }
    if let Some(resolved) = from_previous(expr, around) {
        return resolved;
    }
    let Some(window) = around.published else {
        return Resolved::unknown("no day of publication to count from");
    };
    let Some(first) = from_day(expr, around, window.first) else {
        return Resolved::unknown("no such day");
    };
    if window.first == window.last {
        return first;
    }
    match from_day(expr, around, window.last) {
        Some(last) if last.value == first.value => last,
        _ => Resolved::unknown(&format!(
            "differs over the possible days of publication {}/{}",
            window.first, window.last
        )),
    }
}

/// What needs nothing from outside.
fn absolute(expr: &Expr) -> Option<Resolved> {
    Some(match expr {
        Expr::Ambiguous => Resolved::unknown("order of day and month unknown"),
        Expr::Calendar(it) if it.year.is_some() => Resolved::absolute(dated(it)?),
        Expr::Period { period, year: Some(year), .. } => {
            Resolved::absolute(Value::Point(period_of(*period, *year)))
        }
        Expr::Decade(year) => Resolved::absolute(Value::Point(Point::Decade(*year))),
        Expr::Century(year) => Resolved::absolute(Value::Point(Point::Century(*year))),
        Expr::Lasting(count, unit) => Resolved::absolute(Value::Duration(length(*count, *unit))),
        Expr::Set(set) => Resolved { anchor: "none", ..Resolved::absolute(Value::Set(set.clone())) },
        Expr::Past => Resolved { value: Value::Past, ..Resolved::unknown("names no date") },
        Expr::Present => Resolved { value: Value::Present, ..Resolved::unknown("names no date") },
        Expr::Future => Resolved { value: Value::Future, ..Resolved::unknown("names no date") },
        Expr::Stretch(Count::Some, unit, _) => Resolved {
            value: Value::Duration(vec![(None, *unit)]),
            ..Resolved::unknown("nobody counted them")
        },
        Expr::Ago { count: Count::Some, sign, .. } => Resolved {
            value: if *sign < 0 { Value::Past } else { Value::Future },
            ..Resolved::unknown("nobody counted them")
        },
        _ => return None,
    })
}

/// A date with its year; `Unknown` where there is no such day.
fn dated(it: &Calendar) -> Option<Value> {
    let year = it.year?;
    Some(match (it.month, it.day) {
        (Some(month), Some(day)) => match Date::new(year, month, day) {
            Some(date) => Value::Point(with_time(it, date)),
            None => Value::Unknown,
        },
        (Some(month), None) => Value::Point(Point::Month(year, month)),
        _ => Value::Point(Point::Year(year)),
    })
}

/// A day with the time or part of the day that was written.
fn with_time(it: &Calendar, date: Date) -> Point {
    if let Some(clock) = it.clock {
        return Point::Minute { date, hour: clock.hour, minute: clock.minute, offset: clock.offset };
    }
    match it.part {
        Some(part) => Point::Part(date, part),
        None => Point::Day(date),
    }
}

fn period_of(period: Period, year: i32) -> Point {
    match period {
        Period::Quarter(quarter) => Point::Quarter(year, quarter),
        Period::Half(half) => Point::Half(year, half),
        Period::Season(season) => Point::Season(year, season),
    }
}

/// A length with its halves: two years and a half are P2Y6M.
pub fn length(count: Count, unit: Unit) -> Vec<(Option<u32>, Unit)> {
    let Count::Of(value, half) = count else { return vec![(None, unit)] };
    let mut out = Vec::new();
    if half && unit == Unit::Decade {
        return vec![(Some(value.saturating_mul(10).saturating_add(5)), Unit::Year)];
    }
    if value > 0 || !half {
        out.push((Some(value), unit));
    }
    if half {
        out.push(match unit {
            Unit::Century => (Some(50), Unit::Year),
            Unit::Year => (Some(6), Unit::Month),
            Unit::Month => (Some(15), Unit::Day),
            Unit::Day | Unit::Night => (Some(12), Unit::Hour),
            Unit::Hour => (Some(30), Unit::Minute),
            Unit::Minute => (Some(30), Unit::Second),
            other => (None, other),
        });
    }
    out
}

/// What is counted from the mention before; `None` if it is not.
fn from_previous(expr: &Expr, around: Around) -> Option<Resolved> {
    let arithmetic = |value: Value, arithmetic: String| {
        Some(Resolved { value, timex: None, anchor: "previous", arithmetic })
    };
    let lost = || Some(Resolved::unknown("no date before it to count from"));
    match expr {
        Expr::Then => match around.previous {
            Some(point) => arithmetic(Value::Point(point), "the date before".to_owned()),
            None => lost(),
        },
        // The quarter of a report that named none is the last one over.
        Expr::Offset { unit: Unit::Quarter, base: Base::Previous, .. }
            if !matches!(around.previous, Some(Point::Quarter(..))) =>
        {
            None
        }
        Expr::Offset { count, unit, base: Base::Previous, part, .. } => {
            let Some(previous) = around.previous else { return lost() };
            let Some(point) = shift(previous, *count, *unit, *part) else { return lost() };
            arithmetic(Value::Point(point), format!("{count:+} {} from {}", unit.name(), previous.edtf()))
        }
        Expr::Ago { count: Count::Of(count, half), unit, sign, base: Base::Previous } => {
            let Some(previous) = around.previous else {
                // A year earlier than what the whole report is about.
                return if *unit == Unit::Year { None } else { lost() };
            };
            let Some(point) = ago(previous, *count, *half, *unit, *sign) else { return lost() };
            let word = if *sign < 0 { "before" } else { "after" };
            arithmetic(Value::Point(point), format!("{count} {} {word} {}", unit.name(), previous.edtf()))
        }
        // a year ago, beside a quarter: the same quarter
        Expr::Ago { count: Count::Of(count, _), unit: Unit::Year, sign: -1, base: Base::Published } => {
            let Some(Point::Quarter(year, quarter)) = around.previous else { return None };
            let point = Point::Quarter(year - i32::try_from(*count).ok()?, quarter);
            arithmetic(Value::Point(point), format!("{count} year before {year}-Q{quarter}"))
        }
        Expr::Calendar(Calendar {
            weekday: Some(weekday), lean: Lean::Next | Lean::That, day: None, ..
        }) => {
            let Expr::Calendar(it) = expr else { return None };
            // "next Monday" counts from the day of writing, "the following" and "that Monday" from the story.
            if it.lean == Lean::Next {
                return None;
            }
            let Some(Point::Day(day) | Point::Part(day, _) | Point::Minute { date: day, .. }) =
                around.previous
            else {
                return lost();
            };
            if day.weekday() != *weekday {
                return lost();
            }
            arithmetic(Value::Point(with_time(it, day)), format!("the {} before", weekday.name()))
        }
        // 10 p.m., in a sentence that has a day
        Expr::Calendar(it) if only_time(it) && it.year_shift.is_none() => {
            let (Some((day, last)), Some(previous)) =
                (around.previous.and_then(Point::days), around.previous)
            else {
                return None;
            };
            // A report goes on about its day: "at dawn", told a few sentences
            // after "on Sunday" and printed on Monday, is Sunday's.
            let recent = around
                .published
                .is_some_and(|it| it.first == it.last && (0..=STORY_DAYS).contains(&day.days_until(it.last)));
            if day != last || !around.previous_near && !recent {
                return None;
            }
            arithmetic(
                Value::Point(with_time(it, day)),
                format!("on {}", Point::Day(day).edtf().max(previous.edtf())),
            )
        }
        _ => None,
    }
}

/// How many days a told day may lie back for a bare time to be of it.
const STORY_DAYS: i32 = 2;

/// Whether a time of day stands alone.
fn only_time(it: &Calendar) -> bool {
    it.year.is_none()
        && it.month.is_none()
        && it.day.is_none()
        && it.weekday.is_none()
        && (it.clock.is_some() || it.part.is_some())
}

/// `count` units from a point, as wide as the unit.
fn shift(from: Point, count: i32, unit: Unit, part: Option<Part>) -> Option<Point> {
    let (first, last) = from.days()?;
    Some(match unit {
        Unit::Day | Unit::Night => {
            let day = match count {
                0 if first == last => first,
                0 => return None,
                1.. => last.plus_days(count)?,
                _ => first.plus_days(count)?,
            };
            // The day after "in December" is not the first of January.
            if first != last {
                return None;
            }
            match part.or((unit == Unit::Night).then_some(Part::Night)) {
                Some(part) => Point::Part(day, part),
                None => Point::Day(day),
            }
        }
        Unit::Week => Point::Week(first.monday()?.plus_days(count.checked_mul(7)?)?),
        Unit::Weekend => Point::Weekend(first.monday()?.plus_days(count.checked_mul(7)?)?.plus_days(5)?),
        Unit::Month => {
            let (year, month) = add_months(first.year(), first.month(), count)?;
            Point::Month(year, month)
        }
        Unit::Quarter => {
            let (year, month) = add_months(first.year(), first.month(), count.checked_mul(3)?)?;
            Point::Quarter(year, month.div_ceil(3))
        }
        Unit::Year => Point::Year(valid_year(first.year().checked_add(count)?)?),
        Unit::Decade => Point::Decade(valid_year(first.year().div_euclid(10) * 10 + count.checked_mul(10)?)?),
        Unit::Century => {
            Point::Century(valid_year(first.year().div_euclid(100) * 100 + count.checked_mul(100)?)?)
        }
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Fortnight | Unit::Season => return None,
    })
}

fn valid_year(year: i32) -> Option<i32> {
    (1..=9900).contains(&year).then_some(year)
}

/// `count` units before or after a point, as precise as the unit.
fn ago(from: Point, count: u32, half: bool, unit: Unit, sign: i32) -> Option<Point> {
    let count = i32::try_from(count).ok()?.checked_mul(sign)?;
    if let (Point::Quarter(year, quarter), Unit::Year, false) = (from, unit, half) {
        return Some(Point::Quarter(valid_year(year.checked_add(count)?)?, quarter));
    }
    let (first, last) = from.days()?;
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            let Point::Minute { date, hour, minute, offset } = from else { return None };
            let step = if unit == Unit::Hour { 60 } else { i32::from(unit == Unit::Minute) };
            let half = if half { step / 2 * sign } else { 0 };
            let total = (i32::from(hour) * 60 + i32::from(minute))
                .checked_add(count.checked_mul(step)?)?
                .checked_add(half)?;
            let date = date.plus_days(total.div_euclid(1440))?;
            let total = total.rem_euclid(1440);
            Point::Minute { date, hour: (total / 60) as u8, minute: (total % 60) as u8, offset }
        }
        Unit::Day | Unit::Night if first == last => Point::Day(first.plus_days(count)?),
        Unit::Day | Unit::Night => return None,
        Unit::Week | Unit::Fortnight => {
            let days = count.checked_mul(if unit == Unit::Week { 7 } else { 14 })?;
            Point::Week(first.monday()?.plus_days(days)?)
        }
        Unit::Weekend => Point::Weekend(first.monday()?.plus_days(count.checked_mul(7)?)?.plus_days(5)?),
        Unit::Month => {
            let (year, month) = add_months(first.year(), first.month(), count)?;
            Point::Month(year, month)
        }
        Unit::Quarter => {
            let (year, month) = add_months(first.year(), first.month(), count.checked_mul(3)?)?;
            Point::Quarter(year, month.div_ceil(3))
        }
        Unit::Season => return None,
        Unit::Year => Point::Year(valid_year(first.year().checked_add(count)?)?),
        Unit::Decade => Point::Year(valid_year(first.year().checked_add(count.checked_mul(10)?)?)?),
        Unit::Century => {
            Point::Century(valid_year((first.year() + count.checked_mul(100)?).div_euclid(100) * 100)?)
        }
    })
}

/// What is counted from the day of publication.
fn from_day(expr: &Expr, around: Around, day: Date) -> Option<Resolved> {
    let direction = around.direction;
    let found = |value: Value, arithmetic: String| {
        Some(Resolved { value, timex: None, anchor: "published", arithmetic })
    };
    match expr {
        Expr::Calendar(it) => {
            let (point, arithmetic) = calendar(it, direction, day)?;
            found(Value::Point(point), arithmetic)
        }
        Expr::Period { period, lean, year_shift, .. } => {
            let (point, arithmetic) = period_from(*period, *lean, *year_shift, direction, day)?;
            found(Value::Point(point), arithmetic)
        }
        Expr::Offset { unit: Unit::Quarter, base: Base::Previous, .. } => {
            offset(-1, Unit::Quarter, None, Edge::Whole, direction, day)
        }
        Expr::Offset { count, unit, part, edge, .. } => offset(*count, *unit, *part, *edge, direction, day),
        Expr::Ago { count: Count::Of(count, half), unit, sign, .. } => {
            let point = ago(Point::Day(day), *count, *half, *unit, *sign)?;
            let word = if *sign < 0 { "before" } else { "after" };
            found(Value::Point(point), format!("{count} {} {word} {day}", unit.name()))
        }
        Expr::Stretch(count @ Count::Of(value, half), unit, sign) => {
            let interval = stretch(*value, *half, *unit, *sign, day)?;
            let word = if *sign < 0 { "up to" } else { "from" };
            Some(Resolved {
                value: interval,
                timex: Some(Value::Duration(length(*count, *unit))),
                anchor: "published",
                arithmetic: format!("{value} {} {word} {day}", unit.name()),
            })
        }
        Expr::Overnight => Some(Resolved {
            value: Value::Interval(Some(Point::Day(day.plus_days(-1)?)), Some(Point::Day(day))),
            timex: Some(Value::Point(Point::Part(day.plus_days(-1)?, Part::Night))),
            anchor: "published",
            arithmetic: format!("the night before {day}"),
        }),
        _ => None,
    }
}

/// A stretch of time that touches `day`.
pub fn stretch(count: u32, half: bool, unit: Unit, sign: i32, day: Date) -> Option<Value> {
    let count = i32::try_from(count).ok()?;
    let to_day = |days: i32| -> Option<Value> {
        let far = Point::Day(day.plus_days(days.checked_mul(sign)?)?);
        Some(ends(far, Point::Day(day), sign))
    };
    match unit {
        Unit::Second | Unit::Minute => to_day(0),
        Unit::Hour => to_day(count.checked_add(23)? / 24),
        Unit::Day | Unit::Night => to_day(count),
        Unit::Week => to_day(count.checked_mul(7)?.checked_add(if half { 4 } else { 0 })?),
        Unit::Fortnight => to_day(count.checked_mul(14)?),
        Unit::Weekend => None,
        Unit::Month | Unit::Quarter => {
            let months = count.checked_mul(if unit == Unit::Month { 1 } else { 3 })?;
            Some(ends(Point::Day(day.plus_months(months.checked_mul(sign)?)?), Point::Day(day), sign))
        }
        Unit::Year | Unit::Decade | Unit::Century => {
            let years = count.checked_mul(match unit {
                Unit::Year => 1,
                Unit::Decade => 10,
                _ => 100,
            })?;
            let far = valid_year(day.year().checked_add(years.checked_mul(sign)?)?)?;
            // One year is counted by the day, more by the year.
            if years <= 1 {
                let far = day.plus_months(years.checked_mul(12 * sign)?)?;
                return Some(ends(Point::Day(far), Point::Day(day), sign));
            }
            Some(ends(Point::Year(far), Point::Year(day.year()), sign))
        }
        Unit::Season => None,
    }
}

fn ends(far: Point, near: Point, sign: i32) -> Value {
    if sign < 0 { Value::Interval(Some(far), Some(near)) } else { Value::Interval(Some(near), Some(far)) }
}

/// `last week`, `this month`, `yesterday`.
fn offset(
    count: i32,
    unit: Unit,
    part: Option<Part>,
    edge: Edge,
    direction: Direction,
    day: Date,
) -> Option<Resolved> {
    let found = |value: Value, timex: Option<Value>, arithmetic: String| {
        Some(Resolved { value, timex, anchor: "published", arithmetic })
    };
    if unit == Unit::Weekend {
        let this = day.monday()?.plus_days(5)?;
        let (point, rule) = match (count, direction) {
            (0, Direction::Future) => (Point::Weekend(this), "the weekend not before"),
            (0, _) if day >= this => (Point::Weekend(this), "the weekend not after"),
            (0, _) => (Point::Weekend(this.plus_days(-7)?), "the weekend not after"),
            (count, _) => (Point::Weekend(this.plus_days(count.checked_mul(7)?)?), "weekends counted from"),
        };
        return found(Value::Point(point), None, format!("{rule} {day}"));
    }
    let point = shift(Point::Day(day), count, unit, part)?;
    let arithmetic = match (count, unit) {
        (0, Unit::Day) => format!("the day {day}"),
        (0, _) => format!("the {} of {day}", unit.name()),
        _ => format!("{count:+} {} from {day}", unit.name()),
    };
    // What is said of this week has happened by the day of writing.
    if count == 0 && matches!(unit, Unit::Week | Unit::Month | Unit::Year) {
        let (first, last) = point.days()?;
        let so_far = edge == Edge::Earlier
            || unit == Unit::Week && direction != Direction::Future && edge != Edge::Later;
        if so_far {
            let value = Value::Interval(Some(Point::Day(first)), Some(Point::Day(day)));
            return found(value, Some(Value::Point(point)), format!("{arithmetic}, up to {day}"));
        }
        if edge == Edge::Later {
            let value = Value::Interval(Some(Point::Day(day)), Some(Point::Day(last)));
            return found(value, Some(Value::Point(point)), format!("{arithmetic}, from {day}"));
        }
    }
    found(Value::Point(point), None, arithmetic)
}

/// A date without its year.
fn calendar(it: &Calendar, direction: Direction, day: Date) -> Option<(Point, String)> {
    let (year, month, _) = day.ymd();
    match (it.month, it.day) {
        (Some(named), Some(dom)) => {
            let at = |year: i32| Date::new(year, named, dom);
            if let Some(shift) = it.year_shift {
                return Some((with_time(it, at(year + shift)?), format!("{shift:+} year from {day}")));
            }
            // A leap day is four years apart, eight at the turn of a century.
            let before = (0..=8).filter_map(|back| at(year - back)).find(|date| *date <= day)?;
            let after = (0..=8).filter_map(|on| at(year + on)).find(|date| *date >= day)?;
            if let Some(weekday) = it.weekday {
                // The weekday decides which year, if it can.
                let fits = |date: Date| date.weekday() == weekday;
                let near = [before, after];
                let mut near = near.into_iter().filter(|date| fits(*date));
                if let Some(date) = near.next() {
                    return Some((
                        with_time(it, date),
                        format!("the nearest that is a {} to {day}", weekday.name()),
                    ));
                }
            }
            let far = before.days_until(day);
            let ahead =
                direction == Direction::Future || direction == Direction::Unsaid && far > HALF_FORGOTTEN_DAYS;
            // A past verb keeps a date in the past unless that is nearly a year off.
            // "by 14 January", printed on the 15th, is no date of next year.
            let just_past = far <= JUST_PAST_DAYS && day.days_until(after) > LONG_FORGOTTEN_DAYS;
            let ahead = ahead && after != day && !just_past
                || direction == Direction::Past && far > LONG_FORGOTTEN_DAYS;
            Some(if ahead {
                (with_time(it, after), format!("the next one not before {day}"))
            } else {
                (with_time(it, before), format!("the latest one not after {day}"))
            })
        }
        (Some(named), None) => {
            if let Some(shift) = it.year_shift {
                return Some((Point::Month(year + shift, named), format!("{shift:+} year from {day}")));
            }
            let this = |year: i32, rule: &str| Some((Point::Month(year, named), format!("{rule} {day}")));
            match (it.lean, direction) {
                (Lean::This, _) => this(year, "in the year of"),
                (Lean::Last, _) => {
                    this(if named < month { year } else { year - 1 }, "the latest month of that name before")
                }
                (Lean::Next, _) => {
                    this(if named > month { year } else { year + 1 }, "the next month of that name after")
                }
                (_, Direction::Future) => this(
                    if named >= month { year } else { year + 1 },
                    "the next month of that name not before",
                ),
                // The months just ahead, where no verb holds them in the past.
                (_, Direction::Unsaid) if named > month && named - month <= 3 => {
                    this(year, "the next month of that name not before")
                }
                _ => this(
                    if named <= month { year } else { year - 1 },
                    "the latest month of that name not after",
                ),
            }
        }
        _ => {
            if let Some(weekday) = it.weekday {
                let (date, rule) = weekday_from(weekday, it.lean, direction, day)?;
                return Some((with_time(it, date), rule));
            }
            // A time of day with yesterday, today, tomorrow, or alone.
            let date = day.plus_days(it.year_shift.unwrap_or(0))?;
            Some((with_time(it, date), format!("on {date}")))
        }
    }
}

/// Days after which a date without a year and without a verb to hold it is
/// rather the coming one: a report that means last winter's gives the year.
const HALF_FORGOTTEN_DAYS: i32 = 210;
/// Days for which a date just past is not taken for next year's.
const JUST_PAST_DAYS: i32 = 14;
/// The same where a verb in the past stands near.
const LONG_FORGOTTEN_DAYS: i32 = 300;

fn weekday_from(weekday: Weekday, lean: Lean, direction: Direction, day: Date) -> Option<(Date, String)> {
    let name = weekday.name();
    let said =
        |date: Option<Date>, rule: &str| date.map(|date| (date, format!("{rule} {day}").replace("{}", name)));
    match (lean, direction) {
        (Lean::Last, _) => said(weekday_before(weekday, day), "latest {} before"),
        (Lean::Next, _) => said(weekday_after(weekday, day), "first {} after"),
        (Lean::This, Direction::Past) => said(weekday_on_or_before(weekday, day), "latest {} not after"),
        (Lean::This, _) => said(weekday_on_or_after(weekday, day), "first {} not before"),
        (_, Direction::Future) => said(weekday_on_or_after(weekday, day), "first {} not before"),
        _ => said(weekday_on_or_before(weekday, day), "latest {} not after"),
    }
}

fn period_from(
    period: Period,
    lean: Lean,
    year_shift: Option<i32>,
    direction: Direction,
    day: Date,
) -> Option<(Point, String)> {
    let year = day.year();
    if let Some(shift) = year_shift {
        return Some((period_of(period, year + shift), format!("{shift:+} year from {day}")));
    }
    let begun = |year: i32| period_of(period, year).days().is_some_and(|(first, _)| first <= day);
    let over = |year: i32| period_of(period, year).days().is_some_and(|(_, last)| last < day);
    let latest = if begun(year) { year } else { year - 1 };
    let next = if over(year) { year + 1 } else { year };
    let (year, rule) = match (lean, direction) {
        (Lean::Last, _) => (if over(latest) { latest } else { latest - 1 }, "the latest one over before"),
        (Lean::This, _) if matches!(period, Period::Season(Season::Winter)) && !over(year - 1) => {
            (year - 1, "the one around")
        }
        (Lean::This, _) => (year, "in the year of"),
        (Lean::Next, _) => (if begun(year) { year + 1 } else { year }, "the first one after"),
        (_, Direction::Future) => (next, "the next one not over before"),
        _ => (latest, "the latest one begun by"),
    };
    Some((period_of(period, year), format!("{rule} {day}")))
}
