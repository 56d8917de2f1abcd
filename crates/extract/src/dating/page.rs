//! A page's date from its markup.
//!
//! ## Reads
//! What a page states of its publication in its markup, where the statements
//! agree.
//!
//! ## Matters because
//! Every weekday in a report is counted from this day.
//!
//! ## Example
//! A page that states 2031-05-04 in two places is of that day.
//!
//! ## Misses
//! Pages that state only the day of their last change.

use jiff::civil::Date;
use truce_model::Published;

use super::stamp::{self, Order, Stamp};
use super::stated;
use crate::html::meta::DateFrom;
use crate::html::{Page, SHORT_CHARS_MAX};

/// Days by which statements of one page may differ and still be taken for
/// one: time zones and the hour of going online.
const APART_DAYS_MAX: i32 = 2;

/// What the markup of a page says about its publication.
pub(crate) fn date(page: &Page, url: Option<&str>) -> Option<Published> {
    let meta = &page.meta;
    let order = order_of(meta.language.as_deref());
    let read = |it: &str| stamp::find_all_in(it, order).into_iter().find(|it| it.day.is_some());
    let parsed: Vec<(DateFrom, Stamp, &str)> =
        meta.dates.iter().filter_map(|it| Some((it.from, read(&it.value)?, it.field.as_str()))).collect();
    let of = |from: DateFrom| parsed.iter().find(|it| it.0 == from);
    let seen = page.visible_dates.iter().find_map(|it| read(it).map(|stamp| (stamp, it.as_str())));
    let in_url = url.and_then(in_address);
    let shown: Vec<Stamp> = page.all_dates.iter().flat_map(|it| stamp::find_all_in(it, order)).collect();
    let borne_out = |stamp: &Stamp| {
        let near = |it: &Stamp| days_apart(it, stamp).is_some_and(|it| it.abs() <= 1);
        shown.iter().chain(&in_url).any(near)
            || page.all_dates.iter().filter(|it| it.len() <= SHORT_CHARS_MAX).any(|it| prints_day(it, stamp))
            || url.is_some_and(|it| it.contains(&month_in_address(stamp)))
    };
    let strong = [DateFrom::News, DateFrom::Report, DateFrom::Meta, DateFrom::Page, DateFrom::Marked];
    let fields: Vec<&(DateFrom, Stamp, &str)> = strong.iter().filter_map(|it| of(*it)).collect();
    if let Some((_, stamp, field)) = fields.iter().find(|it| borne_out(&it.1)) {
        return stated(stamp, None, &format!("stated by the page in {field}, and printed on it"));
    }
    if let Some((stamp, words)) = &seen {
        return stated(stamp, None, &format!("printed beside the headline: \"{words}\""));
    }
    if let Some((_, stamp, field)) = of(DateFrom::Named) {
        return stated(stamp, None, &format!("printed in {field}"));
    }
    // Systems fill these fields for every kind of page; only one that calls
    // itself a news report is believed without a date to be seen.
    if let Some((_, stamp, field)) =
        fields.iter().find(|it| matches!(it.0, DateFrom::News | DateFrom::Marked))
    {
        return stated(stamp, None, &format!("stated by the page in {field}, though printed nowhere on it"));
    }
    if let Some(it) = &in_url {
        return stated(it, None, "stated in the address of the page");
    }
    let changed = parsed.iter().filter(|it| it.0 == DateFrom::Modified).find(|it| borne_out(&it.1));
    if let Some((_, stamp, field)) = changed {
        return stated(
            stamp,
            None,
            &format!(
                "stated by the page in {field} as its last change, and printed on it; first publication may be earlier"
            ),
        );
    }
    let times: Vec<&(DateFrom, Stamp, &str)> = parsed.iter().filter(|it| it.0 == DateFrom::Time).collect();
    if let Some((_, stamp, field)) = times.first() {
        let agree =
            times.iter().all(|it| days_apart(&it.1, stamp).is_some_and(|it| it.abs() <= APART_DAYS_MAX));
        if agree {
            return stated(stamp, None, &format!("stated by the page in {field}"));
        }
    }
    None
}

/// Languages that put the day first without exception.
const DAY_FIRST: &[&str] = &[
    "fr", "es", "it", "pt", "de", "nl", "pl", "ru", "uk", "tr", "el", "cs", "da", "no", "nb", "fi", "ro",
    "bg", "ar", "id", "vi",
];

/// Which half of `07/08/2023` is the day, as the page's language has it.
fn order_of(language: Option<&str>) -> Order {
    let Some(tag) = language else { return Order::Unsettled };
    let tag = tag.to_lowercase().replace('_', "-");
    let british = ["en-gb", "en-in", "en-au", "en-nz", "en-ie", "en-pk", "en-za", "en-ng", "en-ke"]
        .contains(&tag.as_str());
    let first = tag.split('-').next().unwrap_or("");
    if british || DAY_FIRST.contains(&first) { Order::DayFirst } else { Order::Unsettled }
}

/// Whether a short block prints the stamp's day and month, the year left out
/// or cut to two figures.
fn prints_day(block: &str, stamp: &Stamp) -> bool {
    let Some(day) = stamp.day else { return false };
    let month = stamp.month;
    if stamp::find_day_month(block).is_some_and(|it| it.day == Some(day) && it.month == month) {
        return true;
    }
    let year = stamp.year.unwrap_or(0) % 100;
    [
        format!("{day:02}.{month:02}."),
        format!("{day}.{month}.{year:02}"),
        format!("{day:02}/{month:02}/{year:02}"),
        format!("{month:02}/{day:02}/{year:02}"),
        format!("{month}/{day}/{year:02}"),
        format!("{day:02}-{month:02}-{year:02}"),
    ]
    .iter()
    .any(|it| block.contains(it.as_str()))
}

/// `/2023/04/`, as many addresses hold it.
fn month_in_address(stamp: &Stamp) -> String {
    format!("/{:04}/{:02}/", stamp.year.unwrap_or(0), stamp.month)
}

fn days_apart(a: &Stamp, b: &Stamp) -> Option<i32> {
    let day = |it: &Stamp| Date::new(it.year? as i16, it.month as i8, it.day? as i8).ok();
    Some((day(a)? - day(b)?).get_days())
}

/// `/2023/04/24/` or `/2023-04-24-` in an address.
fn in_address(url: &str) -> Option<Stamp> {
    let path = url.split(['?', '#']).next()?.splitn(4, '/').nth(3)?;
    let stamp = stamp::find_all(path).into_iter().find(|it| it.day.is_some())?;
    let (before, after) = (path[..stamp.start].chars().next_back(), path[stamp.end..].chars().next());
    let edge = |it: Option<char>| it.is_none_or(|it| matches!(it, '/' | '-' | '_' | '.'));
    (edge(before) && edge(after)).then_some(stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let day = |url: &str| in_address(url).and_then(|it| it.edtf());
        assert_eq!(day("https://post.example/world/2023/04/24/truce").as_deref(), Some("2023-04-24"));
        assert_eq!(day("https://post.example/2023-04-24-truce.html").as_deref(), Some("2023-04-24"));
        assert_eq!(day("https://post.example/truce-2023"), None);
        assert_eq!(day("https://post.example/"), None);
    }
}
