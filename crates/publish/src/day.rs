//! Days on a line: civil dates to day numbers and back, without a calendar
//! library, because figures only ever need whole days.

/// A day, counted from 1970-01-01.
pub(crate) type Day = i64;

/// The first and last day meant by an EDTF value; `None` for open ends.
pub(crate) fn ends(edtf: &str) -> (Option<Day>, Option<Day>) {
    let Some(value) = truce_model::Edtf::new(edtf) else { return (None, None) };
    let (first, last) = value.days();
    (first.and_then(|it| parse(&it)), last.and_then(|it| parse(&it)))
}

/// Reads `YYYY-MM-DD`. A day past the end of its month is the month's last.
pub(crate) fn parse(text: &str) -> Option<Day> {
    let mut fields = text.splitn(3, '-');
    let year: i64 = fields.next()?.parse().ok()?;
    let month: i64 = fields.next()?.parse().ok()?;
    let day: i64 = fields.next()?.parse().ok()?;
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    Some(from_civil(year, month, day.min(month_length(year, month))))
}

/// The day number of a civil date (proleptic Gregorian).
pub(crate) fn from_civil(year: i64, month: i64, day: i64) -> Day {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day number.
pub(crate) fn to_civil(day: Day) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_shifted + 2) / 5 + 1;
    let month = if month_shifted < 10 { month_shifted + 3 } else { month_shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// `YYYY-MM-DD`.
pub(crate) fn iso(day: Day) -> String {
    let (year, month, day) = to_civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Number of days in a month.
pub(crate) fn month_length(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_dates_go_there_and_back() {
        assert_eq!(from_civil(1970, 1, 1), 0);
        assert_eq!(parse("2024-02-31"), Some(from_civil(2024, 2, 29)));
        for day in (-800_000..100_000).step_by(37) {
            let (year, month, date) = to_civil(day);
            assert_eq!(from_civil(year, month, date), day);
        }
        assert_eq!(iso(from_civil(2023, 4, 23)), "2023-04-23");
        assert_eq!(parse("23 April"), None);
    }

    #[test]
    fn open_ends_stay_open() {
        assert_eq!(ends("2023-04-23/.."), (parse("2023-04-23"), None));
        assert_eq!(ends("2023-04"), (parse("2023-04-01"), parse("2023-04-30")));
        assert_eq!(ends("PT3H"), (None, None));
    }
}
