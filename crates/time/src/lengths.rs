//! Lengths of time counted back from a day: `for five months`, told on a
//! known day, began in a known month.
//!
//! A length is as precise as its unit: five months back from a day in May is
//! December, not a day in December.

use truce_model::Edtf;

use crate::calendar::{Date, add_months};
use crate::resolve::Window;

/// A stretch with the arithmetic that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// EDTF, a closed interval.
    pub value: Edtf,
    /// In words.
    pub arithmetic: String,
}

/// The stretch of `length` (an ISO 8601 duration) that ends with the day of
/// publication; `None` where the day or the length is not known.
pub fn stretch_up_to(length: &Edtf, published: &Edtf) -> Option<Stretch> {
    let day = single_day(published)?;
    let (count, unit) = plain_length(length.as_str())?;
    let back = -i32::try_from(count).ok()?;
    let (first, last) = match unit {
        Unit::Hours => (day.plus_days(back.checked_sub(23)? / 24)?.to_string(), day.to_string()),
        Unit::Days => (day.plus_days(back)?.to_string(), day.to_string()),
        Unit::Weeks => (day.plus_days(back.checked_mul(7)?)?.to_string(), day.to_string()),
        // One month or year is counted by the day, more by the unit.
        Unit::Months if count > 1 => {
            let (year, month) = add_months(day.year(), day.month(), back)?;
            (format!("{year:04}-{month:02}"), format!("{:04}-{:02}", day.year(), day.month()))
        }
        Unit::Months => (day.plus_months(back)?.to_string(), day.to_string()),
        Unit::Years if count > 1 => {
            let year = day.year().checked_add(back)?;
            (format!("{year:04}"), format!("{:04}", day.year()))
        }
        Unit::Years => (day.plus_months(back.checked_mul(12)?)?.to_string(), day.to_string()),
    };
    Some(Stretch {
        value: Edtf::new(format!("{first}/{last}"))?,
        arithmetic: format!("{length} up to {day}"),
    })
}

/// An open interval closed by the day of publication: what is told to have
/// gone on since a date is told up to that day.
pub fn closed_by(open: &Edtf, published: &Edtf) -> Option<Stretch> {
    let day = single_day(published)?;
    let first = open.as_str().strip_suffix("/..")?;
    let begun = open.days().0?;
    if begun > day.to_string() {
        return None;
    }
    let first = if first == day.to_string() { return None } else { first };
    Some(Stretch {
        value: Edtf::new(format!("{first}/{day}"))?,
        arithmetic: format!("from {first} up to {day}"),
    })
}

fn single_day(published: &Edtf) -> Option<Date> {
    let window = Window::of(published)?;
    (window.first == window.last).then_some(window.last)
}

#[derive(Clone, Copy, Debug)]
enum Unit {
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// `P5M`, `PT24H`: one number and one unit.
fn plain_length(length: &str) -> Option<(u32, Unit)> {
    let rest = length.strip_prefix('P')?;
    let (rest, clock) = match rest.strip_prefix('T') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let letter = rest.chars().next_back()?;
    let count: u32 = rest[..rest.len() - letter.len_utf8()].parse().ok()?;
    let unit = match (letter, clock) {
        ('H', true) => Unit::Hours,
        ('D', false) => Unit::Days,
        ('W', false) => Unit::Weeks,
        ('M', false) => Unit::Months,
        ('Y', false) => Unit::Years,
        _ => return None,
    };
    Some((count, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn up_to(length: &str, day: &str) -> Option<String> {
        let found = stretch_up_to(&Edtf::new(length)?, &Edtf::new(day)?)?;
        Some(found.value.as_str().to_owned())
    }

    #[test]
    fn a_length_is_as_precise_as_its_unit() {
        assert_eq!(up_to("P5M", "2031-05-15").as_deref(), Some("2030-12/2031-05"));
        assert_eq!(up_to("PT24H", "2031-05-15").as_deref(), Some("2031-05-14/2031-05-15"));
        assert_eq!(up_to("P9D", "2031-05-15").as_deref(), Some("2031-05-06/2031-05-15"));
        assert_eq!(up_to("P2W", "2031-05-15").as_deref(), Some("2031-05-01/2031-05-15"));
        assert_eq!(up_to("P30Y", "2031-05-15").as_deref(), Some("2001/2031"));
    }

    #[test]
    fn nothing_without_a_day_or_a_number() {
        assert_eq!(up_to("P5M", "2031-05"), None);
        assert_eq!(up_to("PXM", "2031-05-15"), None);
        assert_eq!(up_to("P2Y6M", "2031-05-15"), None);
        assert_eq!(up_to("P4294967295Y", "2031-05-15"), None);
        assert_eq!(up_to("PT90M", "2031-05-15"), None);
    }

    #[test]
    fn open_ends_are_closed_by_the_day_of_telling() {
        let closed = |open: &str, day: &str| {
            closed_by(&Edtf::new(open)?, &Edtf::new(day)?).map(|it| it.value.as_str().to_owned())
        };
        assert_eq!(closed("2031-04-20/..", "2031-04-27T10:00").as_deref(), Some("2031-04-20/2031-04-27"));
        assert_eq!(closed("2030-12/..", "2031-04-27").as_deref(), Some("2030-12/2031-04-27"));
        assert_eq!(closed("2031-05-20/..", "2031-04-27"), None);
        assert_eq!(closed("2031-04-20", "2031-04-27"), None);
        assert_eq!(closed("2031-04-20/..", "2031-04"), None);
    }
}
