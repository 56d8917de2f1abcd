//! Word lists that tracing needs.

use std::collections::BTreeSet;
use std::sync::LazyLock;

const REPORTING: &str = include_str!("../../../lexicon/reporting-words.txt");
const AGENCIES: &str = include_str!("../../../lexicon/agencies.txt");

static REPORTING_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    REPORTING.lines().filter(|it| !it.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Whether `word` reports speech.
pub fn is_reporting_word(word: &str) -> bool {
    REPORTING_WORDS.contains(word.to_lowercase().as_str())
}

const DATES: [&str; 21] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "early",
    "late",
];

/// Whether `word` names a day or a month.
pub fn is_date_word(word: &str) -> bool {
    DATES.contains(&word.to_lowercase().as_str())
}

/// Agencies as (name printed, short name), longest first.
static AGENCY_NAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut out: Vec<(&str, &str)> = AGENCIES
        .lines()
        .filter(|it| !it.starts_with('#') && !it.trim().is_empty())
        .flat_map(|line| {
            let short = line.split('|').next().unwrap_or("").trim();
            line.split('|').map(move |it| (it.trim(), short))
        })
        .collect();
    out.sort_by_key(|it| (std::cmp::Reverse(it.0.len()), it.0));
    out
});

/// The agencies named in `words`, by their short names, each once.
pub fn agencies_in(words: &str) -> BTreeSet<&'static str> {
    let mut out = BTreeSet::new();
    let mut rest = words.to_owned();
    for (name, short) in AGENCY_NAMES.iter() {
        // Short names are capitals: "AP" is one, "ap" in "nap" is none.
        while let Some(at) = find_word(&rest, name) {
            out.insert(*short);
            rest.replace_range(at..at + name.len(), &" ".repeat(name.len()));
        }
    }
    out
}

fn find_word(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).map(|it| it.0).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
