//! Which of several places of one name is meant.
//!
//! In order: the pack; a container named beside it; the theatre; containers
//! and neighbours named elsewhere in the text; size. Nothing, where an
//! agreement is given and all that speaks for a place is its size.
//!
//! ## Reads
//! Names that several places share, with the containers, neighbours and
//! theatre that tell them apart.
//!
//! ## Matters because
//! A wrong place in the right country is believed; none is asked about.
//!
//! ## Example
//! "Alder, in the south of Northland" is the Alder of Northland.
//!
//! ## Misses
//! Two places of one name in one theatre, told apart only by what happened.

use std::collections::BTreeMap;

use truce_model::Theatre;

use crate::lexicon::Lexicon;
use crate::names::{Candidate, Nature};

/// What the whole text says about where it is.
#[derive(Debug, Default)]
pub struct Scene {
    /// How often a country was named.
    pub countries: BTreeMap<String, u32>,
    /// How often a division was named.
    pub divisions: BTreeMap<u16, u32>,
    /// How many different names fit into a division, in thousandths: a name
    /// borne by many places counts less.
    pub fits: BTreeMap<u16, u32>,
    /// How many different names have their largest place in a country.
    pub votes: BTreeMap<String, u32>,
    /// Where the conflict is.
    pub theatre: Option<Theatre>,
}

impl Scene {
    /// Whether a candidate lies in the theatre: by box where it has a point
    /// and the theatre a box, else by country.
    pub fn in_theatre(&self, it: &Candidate) -> bool {
        let Some(theatre) = &self.theatre else { return false };
        if it.nature == Nature::Pack {
            return true;
        }
        let country = it.countries.iter().any(|it| theatre.countries.contains(it));
        match (theatre.bbox_e7, it.point) {
            (Some(bbox), Some(point)) => country || inside(bbox, point),
            _ => country,
        }
    }

    fn in_box(&self, it: &Candidate) -> bool {
        match (self.theatre.as_ref().and_then(|it| it.bbox_e7), it.point) {
            (Some(bbox), Some(point)) => inside(bbox, point),
            _ => false,
        }
    }
}

fn inside([west, south, east, north]: [i32; 4], (lat, lon): (i32, i32)) -> bool {
    (south..=north).contains(&lat) && (west..=east).contains(&lon)
}

/// What stands beside a name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// A container after a comma: its meanings.
    pub container: &'a [Candidate],
    /// Whether a word for a division follows.
    pub division_word: bool,
    /// Whether a word for a settlement stands by.
    pub settlement_word: bool,
    /// The country whose capital bears the name.
    pub capital_of: Option<&'a str>,
}

/// The one that is meant, by its position; and why.
pub fn choose(
    lexicon: &Lexicon,
    scene: &Scene,
    candidates: &[Candidate],
    beside: Beside<'_>,
) -> Option<(usize, &'static str)> {
    let best = candidates
        .iter()
        .enumerate()
        .map(|(n, it)| (score(lexicon, scene, it, beside), std::cmp::Reverse(n)))
        .max()?;
    let n = best.1.0;
    let it = &candidates[n];
    let contained = is_contained(it, beside.container);
    let why = if it.nature == Nature::Pack {
        "pack"
    } else if contained {
        "container named beside it"
    } else if scene.in_theatre(it) {
        "theatre"
    } else if it.nature == Nature::Country || it.nature == Nature::Demonym {
        "country"
    } else {
        "size and surroundings"
    };
    // With an agreement, a place far off needs more than a name.
    let far = scene.theatre.is_some() && why == "size and surroundings";
    if far && it.people < FAR_PEOPLE_MIN && !matches!(it.nature, Nature::Region | Nature::Ceasefire) {
        return None;
    }
    Some((n, why))
}

/// Inhabitants (ten times the binary logarithm) from which a place outside the
/// theatre is believed by its name alone: about 200,000.
const FAR_PEOPLE_MIN: u8 = 176;

fn is_contained(it: &Candidate, container: &[Candidate]) -> bool {
    container.iter().any(|outer| match outer.nature {
        Nature::Country => it.countries == outer.countries && it.nature != Nature::Country,
        Nature::Division => {
            it.division == outer.division && it.division != 0 && it.nature != Nature::Division
        }
        _ => false,
    })
}

fn score(lexicon: &Lexicon, scene: &Scene, it: &Candidate, beside: Beside<'_>) -> i64 {
    let _ = lexicon;
    let mut score = i64::from(it.people) * 4;
    match it.nature {
        Nature::Pack => return i64::MAX / 2,
        Nature::Country => score += 600,
        Nature::Demonym => score += 500,
        Nature::Region => score += 500,
        Nature::Ceasefire => score += 400,
        Nature::Division => score += if beside.division_word { 400 } else { -40 },
        Nature::District => score += if beside.division_word { 300 } else { -250 },
        Nature::Settlement => score += if beside.settlement_word { 200 } else { 0 },
    }
    if is_contained(it, beside.container) {
        score += 3000;
    } else if !beside.container.is_empty() {
        score -= 300;
    }
    if scene.in_theatre(it) {
        score += 1000;
        if scene.in_box(it) {
            score += 300;
        }
    }
    let log = |count: u32| f64::from(count + 1).log2();
    let at = |map: &BTreeMap<String, u32>| {
        it.countries.iter().filter_map(|it| map.get(it)).max().copied().unwrap_or(0)
    };
    score += (log(at(&scene.countries)) * COUNTRY_NAMED) as i64;
    score += (log(at(&scene.votes)) * COUNTRY_VOTED) as i64;
    if it.nature == Nature::Settlement
        && it.people > 150
        && beside.capital_of.is_some_and(|it_| it.countries.iter().any(|it| it == it_))
    {
        score += CAPITAL;
    }
    if it.division != 0 && !matches!(it.nature, Nature::Country) {
        score += (log(scene.divisions.get(&it.division).copied().unwrap_or(0)) * DIVISION_NAMED) as i64;
        let fits = f64::from(scene.fits.get(&it.division).copied().unwrap_or(0)) / 1000.0;
        score += ((fits + 1.0).log2() * DIVISION_FITS) as i64;
    }
    score
}

/// What a doubling of the times a country is named is worth. A doubling of
/// inhabitants is worth 40.
const COUNTRY_NAMED: f64 = 100.0;
/// The same for names whose largest place lies in the country.
const COUNTRY_VOTED: f64 = 220.0;
/// The same for a division.
const DIVISION_NAMED: f64 = 260.0;
/// The same for names that fit into a division.
const DIVISION_FITS: f64 = 300.0;
/// What being the capital of its country is worth.
const CAPITAL: i64 = 500;
