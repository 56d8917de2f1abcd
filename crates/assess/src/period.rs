//! Days as numbers, and the periods that reports cover.

use truce_model::Edtf;

/// First and last day of a closed date or interval, as days since 1970.
pub(crate) fn days(value: &Edtf) -> Option<(i64, i64)> {
    let (first, last) = value.days();
    Some((day_number(&first?)?, day_number(&last?)?))
}

/// Days since 1970-01-01 of `YYYY-MM-DD`. A day past the end of its month
/// (`2023-04-31`, as the end of a month is written) counts into the next.
fn day_number(day: &str) -> Option<i64> {
    let mut fields = day.splitn(3, '-');
    let year: i64 = fields.next()?.parse().ok()?;
    let month: i64 = fields.next()?.parse().ok()?;
    let day: i64 = fields.next()?.parse().ok()?;
    // Howard Hinnant's days_from_civil.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// A run of reports without a long gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// First and last day, with the number of days since 1970 of each.
    pub first: (i64, String),
    pub last: (i64, String),
}

impl Period {
    /// As EDTF: a day or an interval.
    pub fn edtf(&self) -> Option<Edtf> {
        if self.first.0 == self.last.0 {
            return Edtf::new(self.first.1.as_str());
        }
        Edtf::new(format!("{}/{}", self.first.1, self.last.1))
    }

    /// Whether a report of these days belongs to it.
    pub fn holds(&self, days: (i64, i64)) -> bool {
        self.first.0 <= days.0 && days.1 <= self.last.0
    }
}

/// Splits the publication dates of reports into periods: a gap of more than
/// two weeks without any report ends one. Nothing is said about such a gap.
pub(crate) fn periods<'a>(published: impl Iterator<Item = &'a Edtf>) -> Vec<Period> {
    const GAP_DAYS: i64 = 14;
    let mut all: Vec<Period> = published
        .filter_map(|it| {
            let numbers = days(it)?;
            let (first, last) = it.days();
            Some(Period { first: (numbers.0, first?), last: (numbers.1, last?) })
        })
        .collect();
    all.sort_by_key(|it| (it.first.0, it.last.0));
    let mut out: Vec<Period> = Vec::new();
    for it in all {
        match out.last_mut() {
            Some(period) if it.first.0 - period.last.0 <= GAP_DAYS => {
                if it.last.0 > period.last.0 {
                    period.last = it.last;
                }
            }
            _ => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(it: &str) -> Edtf {
        Edtf::new(it).expect("not empty")
    }

    #[test]
    fn days_are_numbered() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-03-01"), Some(11_017));
        assert_eq!(days(&edtf("2031-02-28/2031-03-01")).map(|it| it.1 - it.0), Some(1));
        assert_eq!(days(&edtf("2031-02/..")), None);
    }

    #[test]
    fn a_long_gap_ends_a_period() {
        let dates = ["2031-05-02", "2031-04-24", "2031-09-19", "2031-04-25/2031-04-26"].map(edtf);
        let shown: Vec<String> =
            periods(dates.iter()).iter().filter_map(Period::edtf).map(|it| it.to_string()).collect();
        assert_eq!(shown, ["2031-04-24/2031-05-02", "2031-09-19"]);
    }
}
