//! Which words are names of places, and what each may mean.
//!
//! ## Reads
//! Runs of capitalised words that the pack or the gazetteer knows, the longest
//! first, in the spellings of lexicon and gazetteer.
//!
//! ## Matters because
//! What is no name of a place must not become one: persons, ships and weeks
//! are named after towns.
//!
//! ## Example
//! "Alder Pass" is one name and not the town of Alder.
//!
//! ## Misses
//! Hamlets that no list has, and transliterations of their names.

use std::collections::HashMap;

use truce_model::{Agreement, Shape};

use crate::fold::fold;
use crate::gazetteer::{Entry, Kind};
use crate::lexicon::{Lexicon, Sort};
use crate::words::Word;

/// One thing a name may mean.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Pack place by its position.
    pub pack: Option<usize>,
    /// As shown.
    pub name: String,
    /// ISO codes.
    pub countries: Vec<String>,
    /// Degrees × 10⁷, latitude first.
    pub point: Option<(i32, i32)>,
    /// `point`, `line`, `area`, `country`.
    pub shape: &'static str,
    /// What it is.
    pub nature: Nature,
    /// First-level division: country and its number.
    pub division: u16,
    /// Ten times the binary logarithm of the inhabitants.
    pub people: u8,
}

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A place of the agreement's pack.
    Pack,
    /// A country.
    Country,
    /// An adjective or people word.
    Demonym,
    /// A settlement.
    Settlement,
    /// A first-level division.
    Division,
    /// A second-level division.
    District,
    /// A part of the world or a place of a ceasefire.
    Region,
    /// A place of a ceasefire.
    Ceasefire,
}

/// A name found: the words `start..end` and what they may mean.
#[derive(Clone, Debug)]
pub struct Name {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// What it may mean.
    pub candidates: Vec<Candidate>,
    /// Whether the name is also a seat of government, and of which country.
    pub capital_of: Option<&'static str>,
    /// Whether it rests on the gazetteer alone.
    pub unsure: bool,
}

/// The pack's names by their first word.
#[derive(Debug, Default)]
pub struct PackNames {
    by_first: HashMap<String, Vec<PackName>>,
}

#[derive(Debug)]
struct PackName {
    /// All folded words.
    words: Vec<String>,
    /// Whether the first word is written with a capital.
    capital: bool,
    place: usize,
}

impl PackNames {
    /// Indexes the names of a pack.
    pub fn new(agreement: Option<&Agreement>) -> PackNames {
        let mut out = PackNames::default();
        for (place, it) in agreement.map_or(&[][..], |it| &it.places).iter().enumerate() {
            for name in &it.names {
                let name = name.trim().strip_prefix("the ").unwrap_or(name.trim());
                let words: Vec<String> =
                    fold(name).split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect();
                let Some(first) = words.first().cloned() else { continue };
                let capital = name.chars().next().is_some_and(char::is_uppercase);
                out.by_first.entry(first).or_default().push(PackName { words, capital, place });
            }
        }
        for list in out.by_first.values_mut() {
            list.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.place.cmp(&b.place)));
        }
        out
    }

    /// Where a name like *checkpoint on the Alder road* is cut, so that both
    /// the checkpoint and the road are found.
    fn head(&self, words: &[Word<'_>], start: usize, end: usize, place: usize) -> Option<usize> {
        let preposition = (start + 1..end)
            .find(|at| matches!(words[*at].key.as_str(), "on" | "at" | "in" | "over" | "near"))?;
        let inner = (preposition + 1..end)
            .any(|at| self.longest(words, at).is_some_and(|it| it.1 != place && it.0 <= end));
        inner.then_some(preposition)
    }

    /// The longest name of the pack at word `at`.
    fn longest(&self, words: &[Word<'_>], at: usize) -> Option<(usize, usize)> {
        let list = self.by_first.get(first_part(&words[at].key))?;
        for name in list {
            if name.capital && !words[at].capital {
                continue;
            }
            if let Some(end) = same_words(words, at, &name.words) {
                return Some((end, name.place));
            }
        }
        None
    }
}

fn first_part(key: &str) -> &str {
    key.split(' ').next().unwrap_or(key)
}

/// Where the words of a name end in the text, if they stand at `at`.
fn same_words(words: &[Word<'_>], at: usize, name: &[String]) -> Option<usize> {
    let mut end = at;
    let mut wanted = name.iter();
    loop {
        if wanted.as_slice().is_empty() {
            return Some(end);
        }
        let word = words.get(end)?;
        if end > at && !joined(word) {
            return None;
        }
        for part in word.key.split(' ') {
            if wanted.next().map(String::as_str) != Some(part) {
                return None;
            }
        }
        end += 1;
    }
}

/// Whether a word follows the one before without a mark.
fn joined(word: &Word<'_>) -> bool {
    matches!(word.before, ' ' | '-' | '–' | '\'')
}

/// Longest name in words.
const NAME_WORDS_MAX: usize = 6;

/// Finds all names, longest first, left to right.
pub fn find(
    lexicon: &Lexicon,
    pack: &PackNames,
    agreement: Option<&Agreement>,
    words: &[Word<'_>],
) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    let mut at = 0;
    let mut key = String::new();
    while at < words.len() {
        if let Some((end, place)) = pack.longest(words, at) {
            let end = pack.head(words, at, end, place).unwrap_or(end);
            let mut name = known_name(lexicon, at, end, &joined_key(words, at, end));
            // A pack's name that is a country's too stays a country.
            name.candidates.insert(0, pack_candidate(agreement, place));
            name.unsure = false;
            out.push(name);
            at = end;
            continue;
        }
        let Some(end) = longest_known(lexicon, words, at, &mut key) else {
            at += 1;
            continue;
        };
        let mut name = known_name(lexicon, at, end, &key);
        if end == at + 1 && words[at].before == ',' {
            let short = abbreviated(lexicon, &key);
            if !short.is_empty() {
                name.candidates = short;
                name.unsure = true;
            }
        }
        out.push(name);
        at = end;
    }
    out
}

fn joined_key(words: &[Word<'_>], start: usize, end: usize) -> String {
    words[start..end].iter().map(|it| it.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// The end of the longest name known at `at`; its key is left in `key`.
fn longest_known(lexicon: &Lexicon, words: &[Word<'_>], at: usize, key: &mut String) -> Option<usize> {
    let first = &words[at];
    // "the Hague" aside, names begin with a capital; al-Tuhayta does not.
    let article = matches!(
        first.key.as_str(),
        "al" | "el" | "ash" | "ad" | "as" | "ar" | "at" | "an" | "az" | "ed" | "es"
    ) && words.get(at + 1).is_some_and(|next| next.before == '-' && next.capital);
    if !first.capital && !article {
        return None;
    }
    let mut ends: Vec<(usize, usize)> = Vec::new();
    key.clear();
    let mut capital_seen = false;
    for (n, word) in words[at..].iter().take(NAME_WORDS_MAX).enumerate() {
        if n > 0 {
            let capital = word.capital || word.key.chars().all(|it| it.is_ascii_digit());
            let small = matches!(
                word.key.as_str(),
                "of" | "al"
                    | "el"
                    | "de"
                    | "la"
                    | "and"
                    | "the"
                    | "on"
                    | "upon"
                    | "sur"
                    | "es"
                    | "ez"
                    | "ed"
                    | "del"
                    | "du"
                    | "da"
                    | "do"
                    | "di"
                    | "in"
                    | "i"
                    | "e"
                    | "ash"
                    | "ar"
                    | "ad"
                    | "an"
                    | "az"
                    | "at"
                    | "as"
                    | "le"
                    | "line"
                    | "corridor"
                    | "crossing"
                    | "zone"
                    | "camp"
                    | "road"
                    | "river"
                    | "heights"
                    | "strip"
                    | "border"
                    | "highway"
                    | "checkpoint"
                    | "bridge"
                    | "port"
                    | "pass"
                    | "valley"
                    | "sector"
                    | "buffer"
                    | "contact"
                    | "gate"
                    | "airport"
                    | "salient"
                    | "triangle"
                    | "axis"
                    | "enclave"
            );
            if !joined(word) || words[at + n - 1].possessive || !(capital || small) {
                break;
            }
            key.push(' ');
        }
        key.push_str(&word.key);
        capital_seen |= word.capital;
        if capital_seen && (word.capital || n > 0) {
            ends.push((n + 1, key.len()));
        }
    }
    for (count, length) in ends.into_iter().rev() {
        let candidate = &key[..length];
        let short = count == 1 && first.before == ',' && !lexicon.abbreviated(candidate).is_empty();
        let sure = short || !lexicon.known(candidate).is_empty();
        // One capital word in several: "Port of" is no name.
        let last_ok = words[at + count - 1].capital
            || sure
            || words[at + count - 1].key.chars().all(|it| it.is_ascii_digit());
        if last_ok && (sure || lexicon.gazetteer.as_ref().is_some_and(|it| it.knows(candidate))) {
            key.truncate(length);
            return Some(at + count);
        }
    }
    None
}

/// What a folded name may mean.
pub fn candidates(lexicon: &Lexicon, key: &str) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for known in lexicon.known(key) {
        if known.sort == Sort::Capital {
            continue;
        }
        out.push(Candidate {
            pack: None,
            name: known.name.to_owned(),
            countries: known.countries.iter().map(|it| (*it).to_owned()).collect(),
            point: known.point,
            shape: known.shape,
            nature: match known.sort {
                Sort::Country => Nature::Country,
                Sort::Demonym => Nature::Demonym,
                Sort::Ceasefire => Nature::Ceasefire,
                _ => Nature::Region,
            },
            division: 0,
            people: match known.sort {
                Sort::Country => 240,
                _ => 200,
            },
        });
    }
    for entry in lexicon.gazetteer.as_ref().map(|it| it.named(key)).unwrap_or_default() {
        out.push(of_entry(entry));
    }
    out
}

/// The divisions an abbreviation stands for.
pub fn abbreviated(lexicon: &Lexicon, key: &str) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (name, country) in lexicon.abbreviated(key) {
        let named = lexicon.gazetteer.as_ref().map(|it| it.named(name)).unwrap_or_default();
        let city = name.contains("washington d");
        out.extend(
            named
                .into_iter()
                .filter(|it| it.country == *country && (it.kind == Kind::Division || city))
                .map(of_entry),
        );
    }
    out
}

fn of_entry(entry: Entry<'static>) -> Candidate {
    Candidate {
        pack: None,
        name: entry.name.to_owned(),
        countries: vec![entry.country.to_owned()],
        point: Some((entry.lat_e7, entry.lon_e7)),
        shape: if entry.kind == Kind::Settlement { "point" } else { "area" },
        nature: match entry.kind {
            Kind::Settlement => Nature::Settlement,
            Kind::Division => Nature::Division,
            Kind::District => Nature::District,
        },
        division: entry.division,
        people: entry.people,
    }
}

fn known_name(lexicon: &Lexicon, start: usize, end: usize, key: &str) -> Name {
    let candidates = candidates(lexicon, key);
    let capital_of = capital_of(lexicon, key);
    // A single word may be something else; a country's name or an adjective
    // is none.
    let unsure = !lexicon.known(key).iter().any(|it| it.sort != Sort::Ceasefire || key.contains(' '));
    Name { start, end, candidates, capital_of, unsure }
}

/// The country whose capital bears a folded name.
pub fn capital_of(lexicon: &Lexicon, key: &str) -> Option<&'static str> {
    lexicon.known(key).iter().find(|it| it.sort == Sort::Capital).and_then(|it| it.countries.first().copied())
}

/// A place of the pack as a candidate.
pub fn pack_candidate(agreement: Option<&Agreement>, place: usize) -> Candidate {
    let it = agreement.and_then(|it| it.places.get(place));
    let coordinates = it.map_or(&[][..], |it| &it.coordinates_e7);
    let point = (!coordinates.is_empty()).then(|| {
        let count = coordinates.len() as i64;
        let mean =
            |axis: usize| (coordinates.iter().map(|it| i64::from(it[axis])).sum::<i64>() / count) as i32;
        (mean(1), mean(0))
    });
    let country = it.is_some_and(|it| {
        crate::lexicon::lexicon()
            .known(&fold(it.names.first().map_or("", String::as_str)))
            .iter()
            .any(|it| it.sort == Sort::Country)
    });
    Candidate {
        pack: Some(place),
        name: it.and_then(|it| it.names.first().cloned()).unwrap_or_default(),
        countries: Vec::new(),
        point,
        shape: match it.map(|it| it.shape) {
            _ if country => "country",
            Some(Shape::Line) => "line",
            Some(Shape::Area) => "area",
            _ => "point",
        },
        nature: Nature::Pack,
        division: 0,
        people: 255,
    }
}
