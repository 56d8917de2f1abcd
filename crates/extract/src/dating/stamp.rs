//! Printed dates: many orders and formats, and no guess where two readings
//! are possible.
//!
//! ## Reads
//! Dates printed in full, in any usual order, in the head of a report.
//!
//! ## Matters because
//! Day and month change places between countries; a guess moves a breach by
//! months.
//!
//! ## Example
//! "04/05/2031" alone is no date, "14/05/2031" is the fourteenth of May.
//!
//! ## Misses
//! Calendars other than the Gregorian.

use std::sync::OnceLock;

use regex::Regex;

use crate::lexicon::{Class, lexicon};

/// Month names and their abbreviations, with the number of the month.
const MONTHS: &str = include_str!("../../../../lexicon/months.txt");

/// A date as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Where it stands in the text searched.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Year, if printed.
    pub(crate) year: Option<u16>,
    /// Month, 1 to 12.
    pub(crate) month: u8,
    /// Day of the month, if printed.
    pub(crate) day: Option<u8>,
    /// Hour and minute, if printed.
    pub(crate) time: Option<(u8, u8)>,
    /// Minutes ahead of UTC, if the zone is printed without doubt.
    pub(crate) zone: Option<i16>,
}

impl Stamp {
    /// EDTF as fine as printed; `None` without a year.
    pub(crate) fn edtf(&self) -> Option<String> {
        let year = self.year?;
        let Some(day) = self.day else { return Some(format!("{year:04}-{:02}", self.month)) };
        let date = format!("{year:04}-{:02}-{day:02}", self.month);
        let Some((hour, minute)) = self.time else { return Some(date) };
        let zone = match self.zone {
            None => String::new(),
            Some(0) => "Z".to_owned(),
            Some(it) => {
                let sign = if it < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", it.abs() / 60, it.abs() % 60)
            }
        };
        Some(format!("{date}T{hour:02}:{minute:02}{zone}"))
    }
}

/// The number of the month that `word` names, in any of the languages known.
pub(crate) fn month_number(word: &str) -> Option<u8> {
    static TABLE: OnceLock<std::collections::BTreeMap<&'static str, u8>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = MONTHS.lines().filter(|it| !it.starts_with('#'));
        let rows = rows.filter_map(|it| it.split('|').next()?.trim().split_once(char::is_whitespace));
        rows.flat_map(|(number, names)| {
            let number: u8 = number.parse().unwrap_or(0);
            names.split_whitespace().map(move |it| (it, number))
        })
        .collect()
    });
    table.get(word.trim_end_matches('.').to_lowercase().as_str()).copied()
}

/// Whether `word` is a weekday or a month, as after "by" in "by Friday".
pub(crate) fn is_time_word(word: &str) -> bool {
    weekday_number(word).is_some()
        || month_number(word).is_some()
        || matches!(
            word,
            "now" | "then" | "early" | "late" | "noon" | "night" | "dawn" | "midday" | "nightfall"
        )
}

/// Monday is 0.
pub(crate) fn weekday_number(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    Some(match word.trim_end_matches('.') {
        "monday" | "mon" => 0,
        "tuesday" | "tue" | "tues" => 1,
        "wednesday" | "wed" => 2,
        "thursday" | "thu" | "thur" | "thurs" => 3,
        "friday" | "fri" => 4,
        "saturday" | "sat" => 5,
        "sunday" | "sun" => 6,
        _ => return None,
    })
}

struct Patterns {
    iso: Regex,
    day_month_year: Regex,
    month_day_year: Regex,
    numeric: Regex,
    characters: Regex,
    month_year: Regex,
    day_month: Regex,
    month_day: Regex,
    time: Regex,
    zone: Regex,
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let build = |it: &str| Regex::new(it).expect("the patterns are constant and tested");
        Patterns {
            iso: build(r"\b((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?:T|\b)"),
            day_month_year: build(
                r"\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:\s+(?:of|de))?[\s\u{a0}./-]*(\p{L}{3,12})\.?,?(?:\s+(?:de|del))?[\s\u{a0}./,'-]+((?:19|20)\d{2})\b",
            ),
            month_day_year: build(
                r"(?:^|[^\p{L}])(\p{L}{3,12})\.?[\s\u{a0}]+(\d{1,2})(?:st|nd|rd|th)?,?[\s\u{a0}]+((?:19|20)\d{2})\b",
            ),
            characters: build(r"((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]"),
            // No word ends before the figures where markup glued a label to them.
            numeric: build(r"(?:^|[^\d.-])(\d{1,2})[/.-]\s?(\d{1,2})[/.-]\s?((?:19|20)\d{2})\b"),
            month_year: build(r"(?:^|[^\p{L}])(\p{L}{3,12})\.?,?[\s\u{a0}]+((?:19|20)\d{2})\b"),
            day_month: build(r"\b(\d{1,2})(?:st|nd|rd|th)?[\s\u{a0}]+(\p{L}{3,12})\b"),
            month_day: build(r"(?:^|[^\p{L}])(\p{L}{3,12})\.?[\s\u{a0}]+(\d{1,2})(?:st|nd|rd|th)?\b"),
            time: build(r"\b(\d{1,2})[:.h](\d{2})(?::\d{2})?(?:\.\d+)?\s*([AaPp]\.?[Mm]\b\.?)?"),
            zone: build(r"^[\s\u{a0},(]*(?:(?:GMT|UTC)\s*([+-]\d{1,2}(?::?\d{2})?)?|(Z)\b|([+-]\d{2}:?\d{2})\b)"),
        }
    })
}

/// Every date printed in `text` with a year, in order, without overlaps.
///
/// `07/08/2023` has two readings and gives none, unless both halves are the
/// same or one is greater than 12.
pub(crate) fn find_all(text: &str) -> Vec<Stamp> {
    find_all_in(text, Order::Unsettled)
}

/// Which half of `07/08/2023` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Nothing says.
    Unsettled,
    /// The outlet's language or habit puts the day first.
    DayFirst,
}

/// [`find_all`] with the order of numbers settled from elsewhere.
pub(crate) fn find_all_in(text: &str, order: Order) -> Vec<Stamp> {
    let all = patterns();
    let mut out: Vec<Stamp> = Vec::new();
    let mut keep = |stamp: Option<Stamp>| {
        if let Some(stamp) = stamp
            && !out.iter().any(|it| it.start < stamp.end && stamp.start < it.end)
        {
            out.push(stamp);
        }
    };
    for it in all.iso.captures_iter(text) {
        keep(dated(text, whole(&it), &it[1], &it[2], Some(&it[3])));
    }
    for it in all.day_month_year.captures_iter(text) {
        let month = month_number(&it[2]).map(|it| it.to_string());
        keep(month.and_then(|month| dated(text, whole(&it), &it[3], &month, Some(&it[1]))));
    }
    for it in all.month_day_year.captures_iter(text) {
        let month = month_number(&it[1]).map(|it| it.to_string());
        keep(month.and_then(|month| dated(text, group(&it, 1, 3), &it[3], &month, Some(&it[2]))));
    }
    for it in all.numeric.captures_iter(text) {
        let (first, second) = (it[1].parse::<u8>().unwrap_or(0), it[2].parse::<u8>().unwrap_or(0));
        // With full stops the day comes first wherever they are used.
        let dotted = text[group(&it, 1, 3).0..whole(&it).1].matches('.').count() == 2;
        let (day, month) = match (first, second) {
            (a, b) if a == b || dotted || order == Order::DayFirst && b <= 12 => (&it[1], &it[2]),
            (13.., 1..=12) => (&it[1], &it[2]),
            (1..=12, 13..) => (&it[2], &it[1]),
            _ => continue,
        };
        keep(dated(text, group(&it, 1, 3), &it[3], month, Some(day)));
    }
    for it in all.characters.captures_iter(text) {
        keep(dated(text, whole(&it), &it[1], &it[2], Some(&it[3])));
    }
    for it in all.month_year.captures_iter(text) {
        // "31 June 2023" is no date, so it is not "June 2023" either.
        if text[..group(&it, 1, 1).0].trim_end().ends_with(|it: char| it.is_ascii_digit()) {
            continue;
        }
        let month = month_number(&it[1]).map(|it| it.to_string());
        keep(month.and_then(|month| dated(text, group(&it, 1, 2), &it[2], &month, None)));
    }
    out.sort_by_key(|it| it.start);
    out
}

/// A date whose year is cut to two figures (`31.10.23`), day first as full
/// stops have it; the year is one of `years`, which the page prints in full
/// elsewhere.
pub(crate) fn find_short_year(text: &str, years: &[u16]) -> Option<Stamp> {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        Regex::new(r"(?:^|[^\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2})(?:[^\d.]|$)")
            .expect("the pattern is constant and tested")
    });
    let it = pattern.captures(text)?;
    let year: u16 = it[3].parse().ok()?;
    let year = years.iter().find(|it| **it % 100 == year)?;
    dated(text, group(&it, 1, 3), &year.to_string(), &it[2], Some(&it[1]))
}

/// Words before and after a date that may label it.
const LABEL_WORDS_BEFORE: usize = 6;
const LABEL_WORDS_AFTER: usize = 5;

/// What the words round a date call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// The publication.
    Published,
    /// The last change.
    Updated,
}

/// The label of a date in a block: `Published on`, `… wurde am … gepostet`.
pub(crate) fn label(text: &str, stamp: &Stamp) -> Option<Label> {
    let words = |it: &str| -> Vec<String> {
        it.split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let before = words(text[..stamp.start].rsplit(['.', '!', '?', '|', '•']).next().unwrap_or(""));
    let after = words(text[stamp.end..].split(['.', '!', '?', '|', '•', ',']).next().unwrap_or(""));
    let near: Vec<&str> =
        before[before.len().saturating_sub(LABEL_WORDS_BEFORE)..].iter().map(String::as_str).collect();
    let next: Vec<&str> = after.iter().take(LABEL_WORDS_AFTER).map(String::as_str).collect();
    let holds = |class: Class| lexicon().holds(&near, class) || lexicon().holds(&next, class);
    if holds(Class::StampUpdated) {
        Some(Label::Updated)
    } else if holds(Class::Stamp) {
        Some(Label::Published)
    } else {
        None
    }
}

/// The first date printed in `text`.
pub(crate) fn find(text: &str) -> Option<Stamp> {
    find_all(text).into_iter().next()
}

/// A day and month without a year, as datelines print them.
pub(crate) fn find_day_month(text: &str) -> Option<Stamp> {
    let all = patterns();
    let by_month = all.month_day.captures_iter(text).find_map(|it| {
        let month = month_number(&it[1])?;
        let day: u8 = it[2].parse().ok().filter(|it| (1..=31).contains(it))?;
        let (start, end) = group(&it, 1, 2);
        Some(Stamp { start, end, year: None, month, day: Some(day), time: None, zone: None })
    });
    by_month.or_else(|| {
        all.day_month.captures_iter(text).find_map(|it| {
            let month = month_number(&it[2])?;
            let day: u8 = it[1].parse().ok().filter(|it| (1..=31).contains(it))?;
            let (start, end) = whole(&it);
            Some(Stamp { start, end, year: None, month, day: Some(day), time: None, zone: None })
        })
    })
}

fn whole(it: &regex::Captures<'_>) -> (usize, usize) {
    it.get(0).map_or((0, 0), |it| (it.start(), it.end()))
}

fn group(it: &regex::Captures<'_>, first: usize, last: usize) -> (usize, usize) {
    (it.get(first).map_or(0, |it| it.start()), it.get(last).map_or(0, |it| it.end()))
}

/// Checks that the date exists and looks for a time beside it.
fn dated(text: &str, at: (usize, usize), year: &str, month: &str, day: Option<&str>) -> Option<Stamp> {
    let year: u16 = year.parse().ok()?;
    let month: u8 = month.parse().ok()?;
    let day: Option<u8> = match day {
        Some(it) => Some(it.parse().ok()?),
        None => None,
    };
    jiff::civil::Date::new(year as i16, month as i8, day.unwrap_or(1) as i8).ok()?;
    let mut stamp = Stamp { start: at.0, end: at.1, year: Some(year), month, day, time: None, zone: None };
    if day.is_some() {
        add_time(text, &mut stamp);
    }
    Some(stamp)
}

/// Bytes between a date and its time at most.
const TIME_GAP_MAX: usize = 16;

fn add_time(text: &str, stamp: &mut Stamp) {
    let all = patterns();
    let after = &text[stamp.end..];
    if let Some(it) = all.time.captures(after) {
        let (start, end) = whole(&it);
        if start <= TIME_GAP_MAX && gap_is_plain(&after[..start]) && set_time(stamp, &it) {
            let end = stamp.end + end;
            set_zone(text, stamp, end);
            return;
        }
    }
    let before = &text[..stamp.start];
    if let Some(it) = all.time.captures_iter(before).last() {
        let (start, end) = whole(&it);
        if before.len() - end <= TIME_GAP_MAX && gap_is_plain(&before[end..]) && set_time(stamp, &it) {
            let kept = stamp.end;
            set_zone(text, stamp, end);
            stamp.start = start;
            stamp.end = kept;
        }
    }
}

/// Between a date and its time stand only marks, "at", a weekday, a zone.
fn gap_is_plain(gap: &str) -> bool {
    gap.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).all(|it| {
        matches!(
            it.to_lowercase().as_str(),
            "t" | "at"
                | "um"
                | "à"
                | "gmt"
                | "utc"
                | "on"
                | "time"
                | "kl"
                | "a"
                | "las"
                | "alle"
                | "ore"
                | "о"
                | "в"
                | "of"
                | "ist"
                | "est"
                | "edt"
                | "bst"
                | "cet"
                | "cest"
                | "pkt"
                | "msk"
        ) || weekday_number(it).is_some()
    })
}

fn set_time(stamp: &mut Stamp, it: &regex::Captures<'_>) -> bool {
    let hour: u8 = it[1].parse().unwrap_or(99);
    let minute: u8 = it[2].parse().unwrap_or(99);
    let half = it.get(3).map(|it| it.as_str().to_lowercase());
    let hour = match half.as_deref().and_then(|it| it.chars().next()) {
        Some('p') if (1..=11).contains(&hour) => hour + 12,
        Some('a') if hour == 12 => 0,
        _ => hour,
    };
    if hour > 23 || minute > 59 {
        return false;
    }
    stamp.time = Some((hour, minute));
    true
}

/// Zones that mean one offset; `IST` and the like mean several and are left.
fn set_zone(text: &str, stamp: &mut Stamp, end: usize) {
    stamp.end = stamp.end.max(end);
    let Some(it) = patterns().zone.captures(&text[end..]) else { return };
    let offset = it.get(1).or(it.get(3)).map(|it| it.as_str());
    let minutes = match offset {
        None => 0,
        Some(it) => {
            let sign = if it.starts_with('-') { -1 } else { 1 };
            let figures: String = it.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) =
                if figures.len() > 2 { figures.split_at(figures.len() - 2) } else { (&*figures, "0") };
            let hours: i16 = hours.parse().unwrap_or(99);
            let minutes: i16 = minutes.parse().unwrap_or(99);
            if hours > 14 || minutes > 59 {
                return;
            }
            sign * (hours * 60 + minutes)
        }
    };
    stamp.zone = Some(minutes);
    stamp.end = stamp.end.max(end + whole(&it).1);
}

/// Words beside the date in a line that is still nothing but a stamp.
const STAMP_REST_WORDS_MAX: usize = 3;

/// Whether a line is nothing but a date of publication with its label.
pub(crate) fn is_stamp_line(line: &str) -> bool {
    if line.chars().count() > 120 {
        return false;
    }
    let words: Vec<String> = line
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    let labelled = lexicon().find_at(&refs, Class::Stamp).is_some()
        || lexicon().find_at(&refs, Class::StampUpdated).is_some();
    let Some(stamp) = find(line) else {
        // "Last Update: 00:14", "Published 2 hours ago", "07/08/2023".
        let timed =
            patterns().time.is_match(line) || line.ends_with("ago") || words.iter().any(|it| it == "today");
        let numeric = patterns().numeric.is_match(line) && words.len() <= 6;
        let day_only = words.len() <= 4
            && !line.ends_with('.')
            && find_day_month(line).is_some_and(|it| it.end - it.start + 12 >= line.len());
        return labelled && timed && words.len() <= 8 || numeric || day_only;
    };
    let rest = format!("{} {}", &line[..stamp.start], &line[stamp.end..]);
    if labelled && words.len() <= 16 {
        return true;
    }
    // "Deadline: 21 April 2031" is the date of something else.
    if line[..stamp.start].trim_end().ends_with(':') && line[..stamp.start].chars().any(char::is_alphabetic) {
        return false;
    }
    let rest = rest
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| it.chars().any(char::is_alphabetic))
        .filter(|it| weekday_number(it).is_none() && !gap_is_plain(it))
        .count();
    // "Tuesday 28 October 2025. This page is updated as news comes in".
    let leads = stamp.start <= 12 && line[stamp.end..].trim_start().starts_with(['.', '|', '·']);
    rest <= STAMP_REST_WORDS_MAX || (leads && stamp.day.is_some() && rest <= 12)
}

/// Whether the words before the date call it an update.
pub(crate) fn is_update(line: &str) -> bool {
    let words: Vec<String> = line
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    lexicon().holds(&refs, Class::StampUpdated)
}

/// Whether the words before the date call it the publication.
pub(crate) fn is_published(line: &str) -> bool {
    let words: Vec<String> = line
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    lexicon().holds(&refs, Class::Stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let found = find(text).and_then(|it| it.edtf());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn many_orders() {
        check("Updated 20:07, 19-Sep-2023", Some("2023-09-19T20:07"));
        check("Published: 19 October 2025, 21:40 IST", Some("2025-10-19T21:40"));
        check("March 24, 2020  6:12 PM", Some("2020-03-24T18:12"));
        check("MAY 11, 2020 - 9:41 AM GMT+3", Some("2020-05-11T09:41+03:00"));
        check("25 May 2023 - 07:30", Some("2023-05-25T07:30"));
        check("2023-04-24T09:10:00Z", Some("2023-04-24T09:10Z"));
        check("27/03/2019 08:15", Some("2019-03-27T08:15"));
        check("Monday, 28 Mizan 1404 (20 October 2025), Kabul", Some("2025-10-20"));
        check("1st of May 2021", Some("2021-05-01"));
        check("Sept. 3, 2021", Some("2021-09-03"));
        check("May 24, 2023 6:12 p.m.", Some("2023-05-24T18:12"));
        check("November 2025", Some("2025-11"));
        check("2023/04/05", Some("2023-04-05"));
        check("07.08.2023", Some("2023-08-07"));
        check("2020年02月19日", Some("2020-02-19"));
    }

    #[test]
    fn no_guess() {
        check("07/08/2023", None);
        check("31 June 2023", None);
        check("12/05/20", None);
        check("25:61, 3 May 2021", Some("2021-05-03"));
        check("Sunday", None);
    }

    #[test]
    fn labels() {
        let of = |text: &str| label(text, &find(text).unwrap());
        assert_eq!(of("Published on 3 May 2021"), Some(Label::Published));
        assert_eq!(
            of("Der Beitrag wurde am 3. Mai 2021 um 15:21 Uhr veröffentlicht"),
            Some(Label::Published)
        );
        assert_eq!(of("Last updated: 3 May 2021"), Some(Label::Updated));
        assert_eq!(of("The deal of 3 May 2021 was broken"), None);
    }

    #[test]
    fn a_short_year_needs_its_long_form() {
        let of = |text: &str, years: &[u16]| find_short_year(text, years).and_then(|it| it.edtf());
        assert_eq!(of("31.10.23", &[2022, 2023]).as_deref(), Some("2023-10-31"));
        assert_eq!(of("31.10.23", &[2022]), None);
        assert_eq!(of("31.13.23", &[2023]), None);
        assert_eq!(of("10/11/23", &[2023]), None);
        assert_eq!(of("1.2.3.23", &[2023]), None);
    }

    #[test]
    fn figures_glued_to_a_label() {
        check("Erstellt am09.02.2022", Some("2022-02-09"));
        check("v1.31.10.2023", None);
    }

    #[test]
    fn stamp_lines() {
        assert!(is_stamp_line("Saturday, 12 November 2022"));
        assert!(is_stamp_line("Last Update: 00:14"));
        assert!(!is_stamp_line("The deal of 12 November 2022 was broken by Northland at dawn"));
    }
}
