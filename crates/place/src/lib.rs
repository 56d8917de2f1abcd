//! Mentions of places and where they are: the pack first, then a gazetteer
//! with the theatre as prior, else unknown.
//!
//! Names are kept as printed (one town with two names is one place and two
//! claims). It does not know who speaks; whether a capital is ground or a
//! government is told from the words around it.

mod context;
pub mod fold;
pub mod gazetteer;
pub mod lexicon;
mod locate;
mod names;
mod nominal;
mod phrase;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Agreement, PlaceId, PlaceMention, PlaceReading, Span};

use crate::context::{Context, surnames};
use crate::lexicon::{Lexicon, lexicon};
use crate::locate::{Beside, Scene, choose};
use crate::names::{Candidate, Name, Nature, PackNames};
use crate::words::Word;

/// Finds all mentions of places in `text[within]`; spans point into `text`.
pub fn find(text: &str, within: Span, agreement: Option<&Agreement>) -> Vec<PlaceMention> {
    find_all(text, &[within], agreement)
}

/// Finds all mentions of places in several stretches of one text, which
/// together say where it is. Sorted as the stretches are.
pub fn find_all(text: &str, within: &[Span], agreement: Option<&Agreement>) -> Vec<PlaceMention> {
    read(text, within, agreement).into_iter().map(|it| it.mention).collect()
}

/// A mention with the bare name in it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The mention: the name with what lies round it (`near X`, `X province`).
    pub mention: PlaceMention,
    /// The name alone.
    pub name: Span,
}

/// As [`find_all`], with the bare names: for comparison with corpora.
pub fn read(text: &str, within: &[Span], agreement: Option<&Agreement>) -> Vec<Found> {
    let lexicon = lexicon();
    let pack = PackNames::new(agreement);
    let mut all: Vec<Word<'_>> = Vec::new();
    for span in within {
        if let Some(part) = span.of(text) {
            all.extend(words::words(part, span.start as usize));
        }
    }
    let surnames = surnames(lexicon, &all);
    let context = Context { lexicon, words: &all, surnames: &surnames };
    let found = names::find(lexicon, &pack, agreement, &all);
    let mut scene = Scene { theatre: agreement.map(|it| it.theatre.clone()), ..Scene::default() };
    let kept = keep(context, &scene, found);
    survey(&mut scene, &kept);
    let mut named = resolve(context, &scene, &kept, agreement);
    named.sort_by_key(|it| (it.mention.span.start, it.mention.span.end));
    nominal::add(context, agreement, &mut named);
    named.sort_by_key(|it| (it.mention.span.start, it.mention.span.end));
    named
}

/// Resolves one name by itself within a text: for comparison with corpora
/// that mark the names. `None` where nothing is known of it.
pub fn locate(text: &str, name: Span) -> Option<(i32, i32)> {
    locate_all(text, &[name]).into_iter().next().flatten()
}

/// Resolves names marked in a text, each knowing of the others.
pub fn locate_all(text: &str, marked: &[Span]) -> Vec<Option<(i32, i32)>> {
    let lexicon = lexicon();
    let all = words::words(text, 0);
    let mut scene = Scene::default();
    let names: Vec<Name> = marked
        .iter()
        .map(|span| {
            let key = fold::fold(span.of(text).unwrap_or(""));
            let start = all.partition_point(|it| it.span.end <= span.start);
            let end = all.partition_point(|it| it.span.start < span.end).max(start);
            let candidates = by_parts(lexicon, &key);
            Name { start, end, candidates, capital_of: names::capital_of(lexicon, &key), unsure: false }
        })
        .collect();
    survey(&mut scene, &names);
    let surnames = BTreeSet::new();
    let context = Context { lexicon, words: &all, surnames: &surnames };
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut out: Vec<Option<(i32, i32)>> = Vec::new();
    let mut sure: Vec<bool> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let container = container(context, &names, n);
        let beside = beside(context, name, &container);
        let chosen = choose(lexicon, &scene, &name.candidates, beside);
        out.push(chosen.and_then(|(best, _)| name.candidates[best].point));
        let explicit = matches!(chosen, Some((_, "container named beside it")));
        sure.push(explicit);
        if explicit {
            by_key.entry(fold::fold(marked[n].of(text).unwrap_or(""))).or_insert(n);
        }
    }
    // One name, one place: what was said once with its container holds.
    for (n, span) in marked.iter().enumerate() {
        if let (false, Some(first)) = (sure[n], by_key.get(&fold::fold(span.of(text).unwrap_or("")))) {
            out[n] = out[*first];
        }
    }
    out
}

/// Meanings of a marked name; without articles and words of kind if need be.
fn by_parts(lexicon: &Lexicon, key: &str) -> Vec<Candidate> {
    let short = if key.len() <= 6 { names::abbreviated(lexicon, key) } else { Vec::new() };
    let found = names::candidates(lexicon, key);
    if !found.is_empty() || !short.is_empty() {
        return short.into_iter().chain(found).collect();
    }
    let bare = key.strip_prefix("the ").unwrap_or(key);
    let bare =
        bare.split_once(' ').filter(|(first, _)| lexicon.around.is(first, "side")).map_or(bare, |it| it.1);
    let found = names::candidates(lexicon, bare);
    if !found.is_empty() {
        return found;
    }
    match bare.rsplit_once(' ') {
        Some((front, last))
            if lexicon.around.is(last, "extends") || lexicon.around.is(last, "institution") =>
        {
            names::candidates(lexicon, front)
        }
        _ => Vec::new(),
    }
}

/// Keeps the names that are places here.
fn keep(context: Context<'_>, scene: &Scene, found: Vec<Name>) -> Vec<Name> {
    let mut kept: Vec<Name> = Vec::new();
    for n in 0..found.len() {
        let name = &found[n];
        if !name.unsure {
            if !context.is_person(name) {
                kept.push(name.clone());
            }
            continue;
        }
        let beside_place = kept.last().is_some_and(|last| {
            let gap = name.start - last.end;
            let link = context.words.get(last.end);
            gap == 0 && context.words[name.start].before == ','
                || gap == 1 && link.is_some_and(|it| matches!(it.key.as_str(), "and" | "or" | "to"))
        });
        let contained = !container(context, &found, n).is_empty();
        let in_theatre = name.candidates.iter().any(|it| scene.in_theatre(it));
        if context.evidence(name, beside_place, contained, in_theatre) >= 2 {
            kept.push(name.clone());
        }
    }
    kept
}

/// The meanings of a container that follows after a comma: *Alder, Northland*.
fn container(context: Context<'_>, names: &[Name], n: usize) -> Vec<Candidate> {
    let name = &names[n];
    let Some(next) = names.get(n + 1) else { return Vec::new() };
    let comma = context.words.get(next.start).is_some_and(|it| it.before == ',');
    if next.start != name.end || !comma {
        return Vec::new();
    }
    next.candidates
        .iter()
        .filter(|outer| matches!(outer.nature, Nature::Country | Nature::Division))
        .filter(|outer| {
            name.candidates.iter().any(|it| match outer.nature {
                Nature::Country => it.countries == outer.countries && it.nature != Nature::Country,
                _ => it.division == outer.division && it.division != 0 && it.nature != Nature::Division,
            })
        })
        .cloned()
        .collect()
}

fn beside<'c>(context: Context<'_>, name: &Name, container: &'c [Candidate]) -> Beside<'c> {
    let after = context.words.get(name.end).filter(|it| it.before == ' ').map_or("", |it| it.key.as_str());
    let before =
        name.start.checked_sub(1).and_then(|at| context.words.get(at)).map_or("", |it| it.key.as_str());
    let kind = if before == "of" {
        name.start.checked_sub(2).and_then(|at| context.words.get(at)).map_or("", |it| it.key.as_str())
    } else {
        before
    };
    let division = |it: &str| {
        matches!(
            it,
            "province" | "region" | "governorate" | "state" | "county" | "district" | "oblast" | "republic"
        )
    };
    let settlement =
        |it: &str| matches!(it, "city" | "town" | "village" | "capital" | "suburb" | "settlement");
    Beside {
        container,
        division_word: division(after) || division(kind),
        settlement_word: settlement(after) || settlement(kind),
        capital_of: name.capital_of,
    }
}

/// Counts what the text names, so that names may explain each other.
fn survey(scene: &mut Scene, names: &[Name]) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for name in names {
        let settlements = name
            .candidates
            .iter()
            .filter(|it| matches!(it.nature, Nature::Settlement | Nature::District))
            .count();
        let whole = |it: &Candidate| matches!(it.nature, Nature::Country | Nature::Demonym);
        let doubtful = name.candidates.iter().any(whole)
            && name.candidates.iter().any(|it| !whole(it) && it.people > 200);
        for it in &name.candidates {
            match it.nature {
                Nature::Country | Nature::Demonym if !doubtful => {
                    for country in &it.countries {
                        *scene.countries.entry(country.clone()).or_default() += 1;
                    }
                }
                Nature::Division => *scene.divisions.entry(it.division).or_default() += 1,
                _ => {}
            }
        }
        let Some(largest) = name.candidates.iter().max_by_key(|it| it.people) else { continue };
        // Each name speaks once, and the softer the more places bear it.
        if !seen.insert(largest.name.as_str()) {
            continue;
        }
        if let (false, [country]) = (doubtful, &largest.countries[..]) {
            *scene.votes.entry(country.clone()).or_default() += 1;
        }
        let share = 1000 / u32::try_from(settlements.max(1)).unwrap_or(u32::MAX);
        let mut divisions: Vec<u16> =
            name.candidates.iter().map(|it| it.division).filter(|it| *it != 0).collect();
        divisions.sort_unstable();
        divisions.dedup();
        for division in divisions {
            *scene.fits.entry(division).or_default() += share;
        }
    }
}

/// Resolves the names that were kept.
fn resolve(context: Context<'_>, scene: &Scene, names: &[Name], agreement: Option<&Agreement>) -> Vec<Found> {
    let lexicon = context.lexicon;
    let mut explicit: BTreeMap<String, usize> = BTreeMap::new();
    let chosen: Vec<Option<(usize, &'static str)>> = (0..names.len())
        .map(|n| {
            let container = container(context, names, n);
            let chosen = choose(lexicon, scene, &names[n].candidates, beside(context, &names[n], &container));
            if let Some((best, "container named beside it")) = chosen {
                explicit.entry(key(context, &names[n])).or_insert(best);
            }
            chosen
        })
        .collect();
    let mut out: Vec<Found> = Vec::new();
    let mut before: Option<(usize, PlaceReading)> = None;
    for (name, chosen) in names.iter().zip(chosen) {
        let chosen = match (chosen, explicit.get(&key(context, name))) {
            (Some((_, why)), _) if why == "pack" || why == "container named beside it" => chosen,
            (_, Some(best)) if *best < name.candidates.len() => Some((*best, "container named elsewhere")),
            _ => chosen,
        };
        let candidate = chosen.map(|(n, _)| &name.candidates[n]);
        let nature = candidate.map_or(Nature::Settlement, |it| it.nature);
        let (mut reading, why) = context.reading(name, nature);
        // A list, or a container after its place, is read as what it follows.
        if let Some((end, listed)) = before {
            let first = &context.words[name.start];
            let comma = end == name.start && first.before == ',';
            let and = end + 1 == name.start
                && first.before == ' '
                && context.words.get(end).is_some_and(|it| matches!(it.key.as_str(), "and" | "or"));
            if (comma || and)
                && matches!(why, "acts" | "no word of place by it" | "a place")
                && reading != listed
            {
                reading = listed;
            }
        }
        before = Some((name.end, reading));
        let span = context.words[name.start].span.cover(context.words[name.end - 1].span);
        let (outer, near) =
            if reading == PlaceReading::Literal { phrase::around(context, name) } else { (span, false) };
        let shape = candidate.map_or("point", |it| it.shape);
        let country = candidate.and_then(|it| match &it.countries[..] {
            [one] => Some(one.clone()),
            _ => None,
        });
        out.push(Found {
            mention: PlaceMention {
                span: outer,
                id: candidate.and_then(|it| place_id(agreement, it)),
                name: candidate.map(|it| it.name.clone()),
                country,
                lat_lon_e7: candidate.and_then(|it| it.point),
                precision: if near { "near" } else { shape },
                reading,
                rule: chosen.map_or("several places of that name, none in the theatre", |it| it.1),
            },
            name: span,
        });
    }
    out
}

fn key(context: Context<'_>, name: &Name) -> String {
    context.words[name.start..name.end].iter().map(|it| it.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// The pack's id, or one made of country and name.
fn place_id(agreement: Option<&Agreement>, it: &Candidate) -> Option<PlaceId> {
    if let Some(pack) = it.pack {
        return agreement.and_then(|agreement| agreement.places.get(pack)).map(|it| it.id.clone());
    }
    let slug = fold::fold(&it.name).replace(' ', "-");
    let country = it.countries.first().map(|it| it.to_ascii_lowercase());
    Some(PlaceId::from(match (it.nature, country) {
        (Nature::Settlement | Nature::Division | Nature::District, Some(country)) => {
            format!("{country}/{slug}")
        }
        _ => slug,
    }))
}
