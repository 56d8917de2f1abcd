//! Places named by a common noun: *the corridor*, *the crossing*, *the
//! enclave*. Such a noun means the pack's place of that kind if there is one
//! only; among several the one named last; else it stays unresolved.

use truce_model::{Agreement, PlaceMention, PlaceReading, Span};

use crate::Found;
use crate::context::Context;
use crate::fold::fold;
use crate::names::pack_candidate;

/// Nouns that name one kind of way.
const WAYS: &[&str] = &["corridor", "road", "route", "highway", "lifeline"];
/// Nouns that name one kind of ground.
const GROUNDS: &[&str] = &["enclave", "exclave", "region", "territory", "strip"];

/// Adds nominal mentions to the named ones.
pub fn add(text: &str, context: Context<'_>, agreement: Option<&Agreement>, named: &mut Vec<Found>) {
    let words = context.words;
    let around = &context.lexicon.around;
    let taken: Vec<Span> = named.iter().map(|it| it.mention.span).collect();
    let mut out = Vec::new();
    let mut seen = 0;
    for (at, word) in words.iter().enumerate() {
        if word.capital && !word.opens || !around.is(&word.key, "nominal") {
            continue;
        }
        while seen < taken.len() && taken[seen].end <= word.span.start {
            seen += 1;
        }
        if taken.get(seen).is_some_and(|it| it.overlaps(word.span))
            || taken.get(seen).is_some_and(|it| it.start <= word.span.start)
        {
            continue;
        }
        // the corridor, the aid crossings, the northern region
        let mut start = at;
        let mut determined = false;
        for _ in 0..3 {
            let Some(before) = start.checked_sub(1).filter(|_| words[start].before == ' ') else { break };
            if around.is(&words[before].key, "determiner") {
                start = before;
                determined = true;
                break;
            }
            if words[before].capital
                || around.is(&words[before].key, "inside")
                || around.is(&words[before].key, "towards")
            {
                break;
            }
            start = before;
        }
        // A checkpoint is a place also where it is new.
        if !determined {
            if word.key != "checkpoint" {
                continue;
            }
            start = at;
        }
        // "the road to peace", "the city council"
        if words
            .get(at + 1)
            .is_some_and(|it| it.before == ' ' && (around.is(&it.key, "institution") || it.key == "map"))
        {
            continue;
        }
        let span = words[start].span.cover(word.span);
        if taken.iter().skip(seen.saturating_sub(1)).take(3).any(|it| it.overlaps(span)) {
            continue;
        }
        if matches!(word.key.as_str(), "city" | "town" | "village") {
            out.push(same_settlement(named, span, word.span));
            continue;
        }
        let place = meant(agreement, &word.key, &out, named, span);
        let candidate = place.map(|it| pack_candidate(agreement, it));
        out.push(Found {
            name: word.span,
            mention: PlaceMention {
                span,
                id: place.and_then(|it| agreement.map(|agreement| agreement.places[it].id.clone())),
                name: candidate.as_ref().map(|it| it.name.clone()),
                country: None,
                lat_lon_e7: candidate.as_ref().and_then(|it| it.point),
                precision: candidate.as_ref().map_or("area", |it| it.shape),
                reading: PlaceReading::Literal,
                rule: if place.is_some() {
                    "the pack's place of that kind"
                } else {
                    "a kind of place, which one is not said"
                },
            },
        });
    }
    let _ = text;
    named.extend(out);
}

/// How far back *the city* may point.
const BACK_BYTES_MAX: u32 = 1500;

/// *The city* is the settlement named last, if one was named not long before.
fn same_settlement(named: &[Found], span: Span, name: Span) -> Found {
    let last = named
        .iter()
        .map(|it| &it.mention)
        .filter(|it| it.span.end <= span.start && span.start - it.span.end < BACK_BYTES_MAX)
        .filter(|it| it.precision == "point" && it.reading == PlaceReading::Literal && it.id.is_some())
        .max_by_key(|it| it.span.end);
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
            rule: if last.is_some() {
                "the settlement named before"
            } else {
                "a kind of place, which one is not said"
            },
        },
    }
}

/// The pack's place a noun means.
fn meant(
    agreement: Option<&Agreement>,
    noun: &str,
    nominal: &[Found],
    named: &[Found],
    at: Span,
) -> Option<usize> {
    let agreement = agreement?;
    let one = noun.strip_suffix('s').unwrap_or(noun);
    // A plural means several.
    if one != noun && noun != "pass" {
        return None;
    }
    let same = |word: &str| {
        word == noun
            || WAYS.contains(&word) && WAYS.contains(&noun)
            || GROUNDS.contains(&word) && GROUNDS.contains(&noun)
    };
    let fits: Vec<usize> = (0..agreement.places.len())
        .filter(|n| agreement.places[*n].names.iter().any(|it| fold(it).rsplit(' ').next().is_some_and(same)))
        .collect();
    if let [one] = fits[..] {
        return Some(one);
    }
    let id = |it: &Found| it.mention.id.clone();
    named
        .iter()
        .chain(nominal)
        .filter(|it| it.mention.span.end <= at.start)
        .max_by_key(|it| it.mention.span.end)
        .and_then(id)
        .and_then(|id| fits.into_iter().find(|n| agreement.places[*n].id == id))
        .or_else(|| {
            // The last named of those that fit, however far back.
            let fits: Vec<usize> = (0..agreement.places.len())
                .filter(|n| {
                    agreement.places[*n].names.iter().any(|it| fold(it).rsplit(' ').next().is_some_and(same))
                })
                .collect();
            named
                .iter()
                .filter(|it| it.mention.span.end <= at.start)
                .filter_map(|it| {
                    let id = it.mention.id.as_ref()?;
                    let n = fits.iter().find(|n| agreement.places[**n].id == *id)?;
                    Some((it.mention.span.end, *n))
                })
                .max()
                .map(|it| it.1)
        })
}
