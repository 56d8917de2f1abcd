//! Arithmetic on the Gregorian calendar, without a clock.
//!
//! Days are counted from 1970-01-01. Everything is total: what does not exist
//! (31 June) cannot be built.

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// First day, as in ISO 8601.
    Monday,
    /// Second day.
    Tuesday,
    /// Third day.
    Wednesday,
    /// Fourth day.
    Thursday,
    /// Fifth day.
    Friday,
    /// Sixth day.
    Saturday,
    /// Seventh day.
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The English name.
    pub fn name(self) -> &'static str {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][self as usize]
    }
}

/// A day that exists, between the years 1 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Days since 1970-01-01. Invariant: within the years 1 to 9999.
    days: i32,
}

const FIRST: i32 = -719_162;
const LAST: i32 = 2_932_896;

impl Date {
    /// The day with these numbers, if there is one.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        if !(1..=9999).contains(&year)
            || !(1..=12).contains(&month)
            || day == 0
            || day > month_days(year, month)
        {
            return None;
        }
        // Years begin in March here, so that the leap day comes last.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let month_from_march = (i32::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Date { days: era * 146_097 + day_of_era - 719_468 })
    }

    /// Reads `YYYY-MM-DD`, with anything after the day cut off.
    pub fn parse(text: &str) -> Option<Date> {
        let text = text.get(..10)?;
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = digits(parts.next()?, 2)?;
        let day = digits(parts.next()?, 2)?;
        if parts.next().is_some() {
            return None;
        }
        Date::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// Year, month, day.
    pub fn ymd(self) -> (i32, u8, u8) {
        let z = self.days + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month as u8, day as u8)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.ymd().1
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.ymd().2
    }

    /// Which day of the week it is.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[(self.days + 3).rem_euclid(7) as usize]
    }

    /// The day `days` later (earlier if negative), if the calendar reaches so far.
    pub fn plus_days(self, days: i32) -> Option<Date> {
        let days = self.days.checked_add(days)?;
        (FIRST..=LAST).contains(&days).then_some(Date { days })
    }

    /// The same day of the month `months` later, or the month's last day.
    pub fn plus_months(self, months: i32) -> Option<Date> {
        let (year, month, day) = self.ymd();
        let (year, month) = add_months(year, month, months)?;
        Date::new(year, month, day.min(month_days(year, month)))
    }

    /// Days from `self` to `other`; negative if `other` is earlier.
    pub fn days_until(self, other: Date) -> i32 {
        other.days - self.days
    }

    /// The Monday of its week.
    pub fn monday(self) -> Option<Date> {
        self.plus_days(-(self.weekday() as i32))
    }

    /// ISO 8601 year and week.
    pub fn iso_week(self) -> (i32, u8) {
        // The Thursday of a week decides its year.
        let thursday = Date { days: self.days - self.weekday() as i32 + 3 };
        let year = thursday.year();
        let january = Date::new(year, 1, 1).map_or(thursday.days, |it| it.days);
        (year, ((thursday.days - january) / 7 + 1) as u8)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Number of days of a month that exists; 0 otherwise.
pub fn month_days(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Year and month `by` months later, within the years 1 to 9999.
pub fn add_months(year: i32, month: u8, by: i32) -> Option<(i32, u8)> {
    let months = year.checked_mul(12)?.checked_add(i32::from(month) - 1)?.checked_add(by)?;
    let year = months.div_euclid(12);
    (1..=9999).contains(&year).then_some((year, (months.rem_euclid(12) + 1) as u8))
}

/// The latest `weekday` that is not after `day`: `day` itself if it is one.
pub fn weekday_on_or_before(weekday: Weekday, day: Date) -> Option<Date> {
    day.plus_days(-((day.weekday() as i32 - weekday as i32).rem_euclid(7)))
}

/// The earliest `weekday` that is not before `day`: `day` itself if it is one.
pub fn weekday_on_or_after(weekday: Weekday, day: Date) -> Option<Date> {
    day.plus_days((weekday as i32 - day.weekday() as i32).rem_euclid(7))
}

/// The earliest `weekday` after `day`, never `day` itself.
pub fn weekday_after(weekday: Weekday, day: Date) -> Option<Date> {
    weekday_on_or_after(weekday, day.plus_days(1)?)
}

/// The latest `weekday` before `day`, never `day` itself.
pub fn weekday_before(weekday: Weekday, day: Date) -> Option<Date> {
    weekday_on_or_before(weekday, day.plus_days(-1)?)
}

/// The `weekday`s within `first..=last`.
pub fn weekdays_between(weekday: Weekday, first: Date, last: Date) -> Vec<Date> {
    let mut out = Vec::new();
    let mut next = weekday_on_or_after(weekday, first);
    while let Some(day) = next.filter(|it| *it <= last) {
        out.push(day);
        next = day.plus_days(7);
    }
    out
}

/// Reads exactly `width` decimal digits.
fn digits(text: &str, width: usize) -> Option<u32> {
    (text.len() == width && text.bytes().all(|it| it.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_both_ways() {
        let mut day = Date::new(1896, 2, 27).unwrap();
        for _ in 0..60_000 {
            let (year, month, dom) = day.ymd();
            assert_eq!(Date::new(year, month, dom), Some(day));
            let next = day.plus_days(1).unwrap();
            assert_eq!(next.weekday() as i32, (day.weekday() as i32 + 1) % 7);
            day = next;
        }
        assert_eq!(Date::new(1970, 1, 1).unwrap().days, 0);
        assert_eq!(Date::new(1, 1, 1).unwrap().days, FIRST);
        assert_eq!(Date::new(9999, 12, 31).unwrap().days, LAST);
    }

    #[test]
    fn what_does_not_exist_is_not_built() {
        for (year, month, day) in
            [(2023, 6, 31), (2023, 2, 29), (1900, 2, 29), (2023, 13, 1), (2023, 0, 1), (0, 1, 1)]
        {
            assert_eq!(Date::new(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(Date::new(2000, 2, 29).is_some());
    }

    #[test]
    fn weekdays_count_from_the_day_itself() {
        let monday = Date::parse("2023-04-24").unwrap();
        assert_eq!(monday.weekday(), Weekday::Monday);
        assert_eq!(weekday_on_or_before(Weekday::Monday, monday), Some(monday));
        assert_eq!(weekday_on_or_before(Weekday::Sunday, monday).unwrap().to_string(), "2023-04-23");
        assert_eq!(weekday_after(Weekday::Monday, monday).unwrap().to_string(), "2023-05-01");
        assert_eq!(weekday_before(Weekday::Monday, monday).unwrap().to_string(), "2023-04-17");
    }

    #[test]
    fn iso_weeks() {
        for (day, week) in [("2023-01-01", (2022, 52)), ("2023-01-02", (2023, 1)), ("2020-12-31", (2020, 53))]
        {
            assert_eq!(Date::parse(day).unwrap().iso_week(), week);
        }
    }

    #[test]
    fn months_stay_in_the_month() {
        let day = Date::parse("2023-03-31").unwrap();
        assert_eq!(day.plus_months(-1).unwrap().to_string(), "2023-02-28");
        assert_eq!(add_months(2023, 1, -1), Some((2022, 12)));
    }
}
