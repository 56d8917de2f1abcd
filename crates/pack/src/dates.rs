//! Dates in packs: EDTF (ISO 8601-2), level 1, that exist.

use truce_model::Edtf;

/// Reads one date, date with time, or interval.
///
/// # Errors
/// What is wrong with it, in words that complete "the date … ".
pub(crate) fn date(value: &str) -> Result<Edtf, String> {
    let bad = "is not of a known form".to_owned();
    let mut ends = value.split('/');
    let (first, second) = (ends.next().unwrap_or(""), ends.next());
    if ends.next().is_some() {
        return Err("has more than two ends".to_owned());
    }
    match second {
        None => end(first)?,
        Some(second) => {
            let open = |it: &str| it.is_empty() || it == "..";
            if open(first) && open(second) {
                return Err(bad);
            }
            for part in [first, second] {
                if !open(part) {
                    end(part)?;
                }
            }
        }
    }
    let edtf = Edtf::new(value).ok_or(bad)?;
    if let (Some(from), Some(until)) = edtf.days()
        && until < from
    {
        return Err("ends before it begins".to_owned());
    }
    Ok(edtf)
}

/// Checks one end of an interval.
fn end(part: &str) -> Result<(), String> {
    let bad = || "is not of a known form".to_owned();
    let (day, time) = match part.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (part, None),
    };
    let day = day.strip_suffix(['~', '?', '%']).unwrap_or(day);
    let fields: Vec<&str> = day.split('-').collect();
    if fields.len() > 3 || fields[0].len() != 4 {
        return Err(bad());
    }
    let year_known = fields[0].bytes().all(|it| it.is_ascii_digit());
    let year_digits = fields[0].trim_end_matches('X');
    if !year_digits.bytes().all(|it| it.is_ascii_digit()) || year_digits.len() < 2 {
        return Err(bad());
    }
    let year: u32 = if year_known { fields[0].parse().map_err(|_| bad())? } else { 2000 };
    let month = match fields.get(1) {
        None => None,
        Some(&"XX") => None,
        Some(it) => Some(two_digits(it).ok_or_else(bad)?),
    };
    if let Some(month) = month {
        let season = fields.len() == 2 && (21..=24).contains(&month);
        if !(1..=12).contains(&month) && !season {
            return Err(format!("does not exist: there is no month {month:02}"));
        }
    }
    match fields.get(2) {
        None | Some(&"XX") => {}
        Some(it) => {
            let day = two_digits(it).ok_or_else(bad)?;
            let days = days_in(year, month.unwrap_or(1));
            if day == 0 || day > days {
                return Err(match month {
                    Some(month) if year_known => {
                        format!("does not exist: {year:04}-{month:02} has {days} days")
                    }
                    _ => format!("does not exist: no such month has a day {day:02}"),
                });
            }
        }
    }
    match time {
        None => Ok(()),
        Some(_) if fields.len() != 3 => Err("has a time of day but no day".to_owned()),
        Some(time) => time_of_day(time),
    }
}

/// Checks `hh:mm`, `hh:mm:ss`, and the zone behind it.
fn time_of_day(time: &str) -> Result<(), String> {
    let bad = || format!("has the time {time:?}, which is not of the form 04:00+02:00");
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let fields: Vec<&str> = clock.split(':').collect();
    if !(2..=3).contains(&fields.len()) {
        return Err(bad());
    }
    for (field, below) in fields.iter().zip([25, 60, 61]) {
        if two_digits(field).ok_or_else(bad)? >= below {
            return Err(bad());
        }
    }
    if zone.is_empty() || zone == "Z" {
        return Ok(());
    }
    let (hours, minutes) = zone[1..].split_once(':').ok_or_else(bad)?;
    let fits = two_digits(hours).is_some_and(|it| it <= 14) && two_digits(minutes).is_some_and(|it| it < 60);
    if fits { Ok(()) } else { Err(bad()) }
}

fn two_digits(field: &str) -> Option<u32> {
    let fits = field.len() == 2 && field.bytes().all(|it| it.is_ascii_digit());
    if fits { field.parse().ok() } else { None }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_that_exist() {
        for good in [
            "2020",
            "2020-11",
            "2020-02-29",
            "2020-11-10T00:00+03:00",
            "2025-10-15T13:00Z",
            "2025-10-15/2025-10-30",
            "../2025-05-10",
            "2020-11-20~",
            "202X",
            "2020-XX",
            "2021-22",
        ] {
            assert!(date(good).is_ok(), "{good}: {:?}", date(good));
        }
    }

    #[test]
    fn dates_that_do_not() {
        for (bad, word) in [
            ("2020-02-30", "2020-02 has 29 days"),
            ("2021-02-29", "2021-02 has 28 days"),
            ("2020-13-01", "no month 13"),
            ("2020-11-00", "does not exist"),
            ("10 November 2020", "not of a known form"),
            ("2020-11-10T25:00Z", "time"),
            ("2020-11T10:00Z", "no day"),
            ("2020-11-10/2020-11-09", "ends before it begins"),
            ("2020/2021/2022", "two ends"),
            ("../..", "not of a known form"),
            ("", "not of a known form"),
            ("2020-1-1", "not of a known form"),
        ] {
            let err = date(bad).expect_err(bad);
            assert!(err.contains(word), "{bad}: {err}");
        }
    }
}
