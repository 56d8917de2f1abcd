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

use super::stamp::{self, Label, Order, Stamp};
use super::stated;
use crate::html::meta::DateFrom;
use crate::html::{Page, SHORT_CHARS_MAX};

/// Days by which statements of one page may differ and still be taken for
/// one: time zones and the hour of going online.
const APART_DAYS_MAX: i32 = 2;

/// What the markup of a page says about its publication.
///
/// A page that offers goods is no report, and has no date of one.
pub(crate) fn date(page: &Page, url: Option<&str>) -> Option<Published> {
    let meta = &page.meta;
    if meta.is_offer {
        return Some(Published::unknown(
            "the page calls itself an offer of goods or services, and no report",
        ));
    }
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
        // Systems write the moment in another zone than the outlet's: the day
        // it prints is its own.
        let same = |it: &Stamp| days_apart(it, stamp) == Some(0);
        let beside = |it: &&Stamp| days_apart(it, stamp).is_some_and(|it| it.abs() == 1);
        let days: Vec<Stamp> = page
            .visible_dates
            .iter()
            .flat_map(|it| stamp::find_all_in(it, order))
            .chain(in_url.clone())
            .collect();
        if stamp.time.is_some()
            && stamp.zone.is_some()
            && !shown.iter().chain(&in_url).any(same)
            && let Some(day) = days.iter().find(|it| beside(it))
        {
            return stated(
                &Stamp { time: None, zone: None, ..day.clone() },
                None,
                &format!("printed on the page; {field} gives the same moment in another zone"),
            );
        }
        return stated(stamp, None, &format!("stated by the page in {field}, and printed on it"));
    }
    if let Some((stamp, words)) = &seen {
        return stated(stamp, None, &format!("printed beside the headline: \"{words}\""));
    }
    if let Some((_, stamp, field)) = of(DateFrom::Named) {
        return stated(stamp, None, &format!("printed in {field}"));
    }
    if let Some(it) = labelled(page, order, Label::Published, "printed with a label as the publication") {
        return Some(it);
    }
    let short: Vec<Stamp> =
        page.short_dates.iter().filter_map(|it| stamp::find_short_year(it, &page.years)).collect();
    if let Some(stamp) = short.first().filter(|first| short.iter().all(|it| it.edtf() == first.edtf())) {
        return stated(
            stamp,
            None,
            "printed where the page prints its date; the year, cut to two figures, is printed in full elsewhere on it",
        );
    }
    // Systems fill these fields for every kind of page; only one that calls
    // itself a news report is believed without a date to be seen.
    if let Some((_, stamp, field)) = fields
        .iter()
        .find(|it| matches!(it.0, DateFrom::News | DateFrom::Marked) || url.is_some_and(is_of_news))
    {
        return stated(stamp, None, &format!("stated by the page in {field}, though printed nowhere on it"));
    }
    if let Some(it) = &in_url {
        return stated(it, None, "stated in the address of the page");
    }
    let last_change = "printed as the last change; first publication may be earlier";
    if let Some(it) =
        labelled(page, order, Label::Updated, last_change).filter(|_| url.is_some_and(is_of_news))
    {
        return Some(it);
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

/// The one day that the page's words call its publication or last change;
/// none where they call several so.
fn labelled(page: &Page, order: Order, label: Label, reason: &str) -> Option<Published> {
    let found: Vec<Stamp> = page
        .labelled_dates
        .iter()
        .filter(|it| it.0 == label)
        .filter_map(|it| stamp::find_all_in(&it.1, order).into_iter().find(|it| it.day.is_some()))
        .collect();
    let first = found.first()?;
    found.iter().all(|it| days_apart(it, first) == Some(0)).then(|| stated(first, None, reason)).flatten()
}

/// Words of addresses under which outlets keep their reports.
const NEWS_WORDS: &[&str] = &[
    "news",
    "press",
    "presse",
    "aktuell",
    "aktuelles",
    "nachrichten",
    "actualites",
    "actualite",
    "noticias",
    "actualidad",
    "notizie",
    "nieuws",
    "blog",
    "story",
    "stories",
    "article",
    "articles",
    "artikel",
    "politics",
    "world",
    "politik",
    "politica",
    "politique",
    "magazin",
];

/// Whether the address says that the page is one of an outlet's reports.
fn is_of_news(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |it| it.1).to_lowercase();
    let (host, path) = rest.split_once('/').unwrap_or((rest.as_str(), ""));
    let named = path.rsplit_once('/').map_or("", |it| it.0);
    host.starts_with("blog.")
        || host.starts_with("news.")
        || named.split(['/', '-', '_']).any(|it| NEWS_WORDS.contains(&it))
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
    // An archive's address holds that of the page, and the day of the copy.
    let url = url.get(1..).and_then(|it| it.find("http")).map_or(url, |it| &url[it + 1..]);
    let path = url.split(['?', '#']).next()?.splitn(4, '/').nth(3)?;
    let Some(stamp) = stamp::find_all(path).into_iter().find(|it| it.day.is_some()) else {
        return path.split(['/', '-', '_', '.']).find_map(compact_day);
    };
    let (before, after) = (path[..stamp.start].chars().next_back(), path[stamp.end..].chars().next());
    let edge = |it: Option<char>| it.is_none_or(|it| matches!(it, '/' | '-' | '_' | '.'));
    (edge(before) && edge(after)).then_some(stamp)
}

/// `20230424` as a part of an address.
fn compact_day(part: &str) -> Option<Stamp> {
    let plain = part.len() == 8 && part.bytes().all(|it| it.is_ascii_digit());
    let dashed = plain.then(|| format!("{}-{}-{}", &part[..4], &part[4..6], &part[6..]))?;
    stamp::find(&dashed).filter(|it| it.day.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let day = |url: &str| in_address(url).and_then(|it| it.edtf());
        assert_eq!(day("https://post.example/world/2023/04/24/truce").as_deref(), Some("2023-04-24"));
        assert_eq!(day("https://post.example/2023-04-24-truce.html").as_deref(), Some("2023-04-24"));
        assert_eq!(day("https://post.example/world/20230424/truce.html").as_deref(), Some("2023-04-24"));
        assert_eq!(day("https://post.example/world/20231345/truce.html"), None);
        // The day of an archive's copy is none of the page.
        let copy = "https://archive.example/web/20240101101010/https://post.example/2023/04/24/truce";
        assert_eq!(day(copy).as_deref(), Some("2023-04-24"));
        assert_eq!(day("https://post.example/truce-2023"), None);
        assert_eq!(day("https://post.example/"), None);
    }
}
