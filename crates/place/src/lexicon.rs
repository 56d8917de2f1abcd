//! Names that are known without a gazetteer: countries, regions, places of
//! ceasefires, and words around names. All from `lexicon/`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::fold::fold;
use crate::gazetteer::Gazetteer;

const COUNTRIES: &str = include_str!("../../../lexicon/countries.txt");
const POINTS: &str = include_str!("../../../lexicon/country-points.txt");
const REGIONS: &str = include_str!("../../../lexicon/regions.txt");
const CEASEFIRE: &str = include_str!("../../../lexicon/ceasefire-places.txt");
const PEOPLES: &str = include_str!("../../../lexicon/peoples.txt");
const DIVISIONS: &str = include_str!("../../../lexicon/divisions.txt");
const WORDS: &str = include_str!("../../../lexicon/place-words.txt");
static GAZETTEER: &[u8] = include_bytes!("../../../models/gazetteer.bin");

/// What a known name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A country's name.
    Country,
    /// An adjective or people word.
    Demonym,
    /// A capital or seat of government.
    Capital,
    /// A part of the world, a sea, a division.
    Region,
    /// A place of a ceasefire: a corridor, a crossing, a line.
    Ceasefire,
}

/// A known name.
#[derive(Clone, Debug)]
pub struct Known {
    /// What it means.
    pub sort: Sort,
    /// The place's first name.
    pub name: &'static str,
    /// ISO codes; empty for parts of the world.
    pub countries: Vec<&'static str>,
    /// Degrees × 10⁷.
    pub point: Option<(i32, i32)>,
    /// `point`, `line`, `area`, `country`.
    pub shape: &'static str,
}

/// Classes of words around names.
#[derive(Debug, Default)]
pub struct Around {
    classes: HashMap<&'static str, Vec<&'static str>>,
}

impl Around {
    /// The classes of a lower-case word.
    pub fn is(&self, word: &str, class: &str) -> bool {
        self.classes.get(word).is_some_and(|it| it.contains(&class))
    }
}

/// Everything known.
#[derive(Debug)]
pub struct Lexicon {
    /// By folded name.
    names: HashMap<String, Vec<Known>>,
    /// Words around names.
    pub around: Around,
    /// The compiled gazetteer.
    pub gazetteer: Option<Gazetteer<'static>>,
    /// Longest known name in words.
    pub words_max: usize,
    codes: HashMap<&'static str, &'static str>,
    /// Abbreviation to the division's folded name and country.
    divisions: HashMap<String, Vec<(String, &'static str)>>,
}

impl Lexicon {
    /// What a folded name means.
    pub fn known(&self, folded: &str) -> &[Known] {
        self.names.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Divisions an abbreviation stands for: folded name and country.
    pub fn abbreviated(&self, folded: &str) -> &[(String, &'static str)] {
        self.divisions.get(folded).map_or(&[], Vec::as_slice)
    }

    /// A country's name by its code.
    pub fn country_name(&self, code: &str) -> Option<&'static str> {
        self.codes.get(code).copied()
    }
}

/// The lexicon, read once. A constant: it depends on nothing outside.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(read)
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|it| !it.starts_with('#') && it.contains('|'))
        .map(|it| it.split('|').map(str::trim).collect())
}

fn list(cell: Option<&&'static str>) -> impl Iterator<Item = &'static str> {
    cell.copied().unwrap_or("").split(';').map(str::trim).filter(|it| !it.is_empty())
}

/// Degrees as written to degrees × 10⁷.
fn degrees(text: &str) -> Option<i32> {
    let value: f64 = text.parse().ok()?;
    (-180.0..=180.0).contains(&value).then(|| (value * 1e7).round() as i32)
}

fn read() -> Lexicon {
    let mut names: HashMap<String, Vec<Known>> = HashMap::new();
    let mut words_max = 1;
    let mut add = |name: &str, known: Known| {
        let key = fold(name);
        if key.is_empty() {
            return;
        }
        words_max = words_max.max(key.split(' ').count());
        let list = names.entry(key).or_default();
        if !list.iter().any(|it| it.sort == known.sort && it.name == known.name) {
            list.push(known);
        }
    };
    let points: HashMap<&str, (i32, i32)> = rows(POINTS)
        .filter_map(|row| Some((*row.first()?, (degrees(row.get(1)?)?, degrees(row.get(2)?)?))))
        .collect();
    let mut codes = HashMap::new();
    for row in rows(COUNTRIES) {
        let (Some(code), Some(name)) = (row.first().copied(), row.get(1).copied()) else { continue };
        codes.insert(code, name);
        let point = points.get(code).copied();
        let known = |sort, shape| Known { sort, name, countries: vec![code], point, shape };
        add(name, known(Sort::Country, "country"));
        for other in list(row.get(2)) {
            add(other.strip_prefix("the ").unwrap_or(other), known(Sort::Country, "country"));
        }
        for word in list(row.get(3)) {
            add(word, known(Sort::Demonym, "country"));
            if !word.ends_with('s')
                && !word.ends_with("ese")
                && !word.ends_with("sh")
                && !word.ends_with("ch")
            {
                add(&format!("{word}s"), known(Sort::Demonym, "country"));
            }
        }
        for capital in list(row.get(4)) {
            add(capital, Known { point: None, ..known(Sort::Capital, "point") });
        }
    }
    for (text, sort) in [(REGIONS, Sort::Region), (CEASEFIRE, Sort::Ceasefire)] {
        for row in rows(text) {
            let Some(name) = row.first().copied() else { continue };
            let shape = match row.get(2).copied() {
                Some("line") => "line",
                Some("point") => "point",
                _ => "area",
            };
            let point = match (row.get(4).and_then(|it| degrees(it)), row.get(5).and_then(|it| degrees(it))) {
                (Some(lat), Some(lon)) => Some((lat, lon)),
                _ => None,
            };
            let known = Known { sort, name, countries: list(row.get(3)).collect(), point, shape };
            add(name, known.clone());
            for other in list(row.get(1)) {
                add(other, known.clone());
            }
        }
    }
    for row in rows(PEOPLES) {
        let (Some(word), Some(place)) = (row.first(), row.get(1)) else { continue };
        let of = names.get(&fold(place)).and_then(|it| it.first()).cloned();
        if let Some(of) = of {
            names.entry(fold(word)).or_default().push(Known { sort: Sort::Demonym, ..of });
        }
    }
    let mut divisions: HashMap<String, Vec<(String, &'static str)>> = HashMap::new();
    for row in rows(DIVISIONS) {
        let (Some(name), Some(country)) = (row.first(), row.get(2)) else { continue };
        for short in list(row.get(1)) {
            divisions.entry(fold(short)).or_default().push((fold(name), country));
        }
    }
    let mut around = Around::default();
    let mut class = "";
    for line in WORDS.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            class = name;
            continue;
        }
        for word in line.split_whitespace() {
            around.classes.entry(word).or_default().push(class);
        }
    }
    Lexicon { names, around, gazetteer: Gazetteer::open(GAZETTEER), words_max, codes, divisions }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_all_their_names() {
        let it = lexicon();
        for (name, sort, code) in [
            ("Armenia", Sort::Country, "AM"),
            ("Azeri", Sort::Demonym, "AZ"),
            ("Azerbaijanis", Sort::Demonym, "AZ"),
            ("Kyiv", Sort::Capital, "UA"),
            ("U.S.", Sort::Country, "US"),
        ] {
            let known = it.known(&fold(name));
            assert!(known.iter().any(|it| it.sort == sort && it.countries == [code]), "{name}: {known:?}");
        }
        assert_eq!(it.country_name("SD"), Some("Sudan"));
    }

    #[test]
    fn tables_are_whole() {
        for row in rows(COUNTRIES) {
            assert_eq!(row.len(), 5, "{row:?}");
            assert_eq!(row[0].len(), 2);
        }
        for row in rows(CEASEFIRE).chain(rows(REGIONS)) {
            assert_eq!(row.len(), 7, "{row:?}");
            assert!(!row[6].is_empty(), "no source: {row:?}");
            for code in list(row.get(3)) {
                assert!(lexicon().country_name(code).is_some(), "{row:?}");
            }
            for cell in [row[4], row[5]] {
                assert!(cell.is_empty() || degrees(cell).is_some(), "{row:?}");
            }
        }
        assert!(lexicon().gazetteer.is_some());
    }
}
