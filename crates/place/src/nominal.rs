//! Places named by a common noun: *the corridor*, *the crossing*, *the
//! enclave*. Such a noun means the pack's place of that kind if there is one
//! only; among several the one named last; else it stays unresolved.
//!
//! ## Reads
//! *The corridor*, *the crossing*, *the enclave*: a definite common noun of a
//! kind of place that the pack has.
//!
//! ## Matters because
//! A report names its place once and then speaks of *the bridge*; conduct told
//! there would lose its place.
//!
//! ## Example
//! "Rivermark closed the pass." is Alder Pass where the pack has one pass.
//!
//! ## Misses
//! A common noun for one of several places none of which was named before.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Agreement, PlaceMention, PlaceReading, Span};

use crate::Found;
use crate::context::Context;
use crate::fold::fold;
use crate::names::pack_candidate;

/// Nouns that name one kind of way.
const WAYS: &[&str] = &["corridor", "road", "route", "highway", "lifeline"];
/// Nouns that name one kind of ground.
const GROUNDS: &[&str] = &["enclave", "exclave", "region", "territory", "strip"];

/// What was named so far, kept up to date word by word so that a long text
/// costs no more per word than a short one.
#[derive(Debug, Default)]
struct Told {
    /// How many of the named mentions are behind.
    passed: usize,
    /// The settlement named last: its place in the list.
    settlement: Option<usize>,
    /// Where each place of the pack was named last.
    last: BTreeMap<usize, u32>,
}

impl Told {
    fn advance(&mut self, pack: &BTreeMap<&str, usize>, named: &[Found], to: u32) {
        while let Some(it) = named.get(self.passed).map(|it| &it.mention).filter(|it| it.span.end <= to) {
            if it.precision == "point" && it.reading == PlaceReading::Literal && it.id.is_some() {
                self.settlement = Some(self.passed);
            }
            if let Some(n) = it.id.as_ref().and_then(|id| pack.get(id.as_str())) {
                self.last.insert(*n, it.span.end);
            }
            self.passed += 1;
        }
    }
}

/// Adds nominal mentions to the named ones.
pub fn add(context: Context<'_>, agreement: Option<&Agreement>, named: &mut Vec<Found>) {
    let words = context.words;
    let around = &context.lexicon.around;
    let places = agreement.map_or(&[][..], |it| &it.places);
    let pack: BTreeMap<&str, usize> = places.iter().enumerate().map(|(n, it)| (it.id.as_str(), n)).collect();
    let heads: Vec<BTreeSet<String>> =
        places.iter().map(|it| it.names.iter().map(|it| head_noun(it)).collect()).collect();
    let mut told = Told::default();
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.capital && !word.opens || !around.is(&word.key, "nominal") {
            continue;
        }
        told.advance(&pack, named, word.span.start);
        // Part of a name or of the words around one.
        if named.get(told.passed).is_some_and(|it| it.mention.span.start <= word.span.start) {
            continue;
        }
        let Some(start) = phrase_start(context, at) else { continue };
        // "the road to peace", "the city council"
        if words
            .get(at + 1)
            .is_some_and(|it| it.before == ' ' && (around.is(&it.key, "institution") || it.key == "map"))
        {
            continue;
        }
        let span = words[start].span.cover(word.span);
        if told.passed.checked_sub(1).is_some_and(|last| named[last].mention.span.overlaps(span)) {
            continue;
        }
        if matches!(word.key.as_str(), "city" | "town" | "village") {
            let last = told.settlement.map(|it| &named[it].mention);
            out.push(same_settlement(last, span, word.span));
            continue;
        }
        let place = meant(&heads, &word.key, &told);
        if let Some(place) = place {
            told.last.insert(place, span.end);
        }
        let candidate = place.map(|it| pack_candidate(agreement, it));
        out.push(Found {
            name: word.span,
            mention: PlaceMention {
                span,
                id: place.map(|it| places[it].id.clone()),
                name: candidate.as_ref().map(|it| it.name.clone()),
                country: None,
                lat_lon_e7: candidate.as_ref().and_then(|it| it.point),
                precision: candidate.as_ref().map_or("area", |it| it.shape),
                reading: PlaceReading::Literal,
                rule: if place.is_some() { "the pack's place of that kind" } else { UNSAID },
            },
        });
    }
    named.extend(out);
}

const UNSAID: &str = "a kind of place, which one is not said";

/// Where *the corridor*, *the aid crossings*, *the northern region* begin;
/// `None` without a determiner. A checkpoint is a place also where it is new.
fn phrase_start(context: Context<'_>, at: usize) -> Option<usize> {
    let words = context.words;
    let around = &context.lexicon.around;
    let mut start = at;
    for _ in 0..3 {
        let Some(before) = start.checked_sub(1).filter(|_| words[start].before == ' ') else { break };
        if around.is(&words[before].key, "determiner") {
            return Some(before);
        }
        if words[before].capital
            || around.is(&words[before].key, "inside")
            || around.is(&words[before].key, "towards")
        {
            break;
        }
        start = before;
    }
    (words[at].key == "checkpoint").then_some(at)
}

/// How far back *the city* may point.
const BACK_BYTES_MAX: u32 = 1500;

/// *The city* is the settlement named last, if one was named not long before.
fn same_settlement(last: Option<&PlaceMention>, span: Span, name: Span) -> Found {
    let last = last.filter(|it| span.start - it.span.end.min(span.start) < BACK_BYTES_MAX);
    Found {
        name,
        mention: PlaceMention {
            span,
            id: last.and_then(|it| it.id.clone()),
            name: last.and_then(|it| it.name.clone()),
            country: last.and_then(|it| it.country.clone()),
            lat_lon_e7: last.and_then(|it| it.lat_lon_e7),
            precision: "point",
            reading: PlaceReading::Literal,
            rule: if last.is_some() { "the settlement named before" } else { UNSAID },
        },
    }
}

/// The noun a name turns on: *checkpoint* in *checkpoint on the Alder road*.
fn head_noun(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let end = words
        .iter()
        .position(|it| {
            matches!(*it, "on" | "at" | "in" | "of" | "over" | "near" | "to" | "linking" | "between" | "from")
        })
        .filter(|it| *it > 0)
        .unwrap_or(words.len());
    words.get(end.saturating_sub(1)).map_or(String::new(), |it| (*it).to_owned())
}

/// The pack's place a noun means: the only one of that kind, else the one of
/// them named last.
fn meant(heads: &[BTreeSet<String>], noun: &str, told: &Told) -> Option<usize> {
    // A plural means several.
    if noun.ends_with('s') && noun != "pass" {
        return None;
    }
    let kinds: &[&str] = if WAYS.contains(&noun) {
        WAYS
    } else if GROUNDS.contains(&noun) {
        GROUNDS
    } else {
        &[]
    };
    let fits: Vec<usize> = (0..heads.len())
        .filter(|n| heads[*n].iter().any(|it| it == noun || kinds.contains(&it.as_str())))
        .collect();
    match fits[..] {
        [one] => Some(one),
        _ => fits.into_iter().filter_map(|it| Some((*told.last.get(&it)?, it))).max().map(|it| it.1),
    }
}
