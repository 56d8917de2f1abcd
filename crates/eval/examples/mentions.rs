//! How far the mentions found explain the places and dates of gold claims:
//! `cargo run --release -p truce-eval --example mentions -- GOLD.json PACKS [--list]`.
//!
//! A place is explained if a mention of a place overlaps its words inside the
//! claim's evidence; a date if some mention in the sentence of the evidence
//! has that value, or is the day of publication.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use truce_model::{Agreement, Edtf, Span};
use truce_time::TimeContext;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.iter().any(|it| it == "--list");
    let files: Vec<&String> = arguments.iter().filter(|it| !it.starts_with("--")).collect();
    let [gold, packs] = files[..] else {
        eprintln!("usage: mentions GOLD.json PACKS [--list]");
        return;
    };
    let text = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let Ok(raw) = serde_json::from_str::<Value>(&text(Path::new(gold))) else {
        eprintln!("{gold} is no JSON");
        return;
    };
    let folder = Path::new(gold).parent().unwrap_or(Path::new("."));
    let mut agreements: BTreeMap<String, Agreement> = BTreeMap::new();
    for entry in std::fs::read_dir(packs).into_iter().flatten().flatten() {
        let path = entry.path();
        let geojson = std::fs::read_to_string(path.join("places.geojson")).ok();
        let toml = text(&path.join("agreement.toml"));
        if let Some(agreement) =
            truce_pack::read(&path.display().to_string(), &toml, geojson.as_deref()).agreement
        {
            agreements.insert(agreement.id.clone(), agreement);
        }
    }
    let (mut places, mut places_found, mut places_exact) = (0, 0, 0);
    let (mut ids, mut ids_right, mut ids_wrong) = (0, 0, 0);
    let (mut dates, mut dates_found, mut dates_published) = (0, 0, 0);
    let (mut times, mut times_span, mut times_value) = (0, 0, 0);
    for article in raw["articles"].as_array().into_iter().flatten() {
        let body = text(&folder.join("articles").join(article["file"].as_str().unwrap_or("")));
        let bytes: Vec<usize> =
            body.char_indices().map(|it| it.0).chain(std::iter::once(body.len())).collect();
        let id = article["agreement"].as_str().or(raw["agreement"].as_str()).unwrap_or("");
        let agreement = agreements.get(id);
        let published = article["published"]["value"].as_str().and_then(Edtf::new);
        let ctx = TimeContext { published: published.clone() };
        let whole = Span::new(0, body.len());
        let found_times = truce_time::find(&body, whole, &ctx);
        let found_places = truce_place::find(&body, whole, agreement);
        let span = |it: &Value| -> Option<Span> {
            let at = |key: &str| bytes.get(usize::try_from(it[key].as_u64()?).ok()?).copied();
            Some(Span::new(at("start")?, at("end")?))
        };
        for it in article["time_expressions"].as_array().into_iter().flatten() {
            let Some(gold_span) = span(it) else { continue };
            times += 1;
            let hit = found_times.iter().find(|it| it.span.overlaps(gold_span));
            times_span += usize::from(hit.is_some());
            let value = hit.and_then(|it| it.value.as_ref()).map(Edtf::as_str);
            let right = hit.is_some() && value == it["value"].as_str();
            times_value += usize::from(right);
            if list && !right {
                println!(
                    "time {} {:?} gold {:?} found {:?}",
                    article["id"],
                    it["text"],
                    it["value"],
                    hit.map(|it| (it.span.of(&body), &it.value, &it.rule))
                );
            }
        }
        for claim in article["claims"].as_array().into_iter().flatten() {
            let Some(evidence) = span(claim) else { continue };
            if let Some(place) = claim["place"].as_str() {
                places += 1;
                let wide = Span::new(
                    (evidence.start as usize).saturating_sub(400),
                    (evidence.end as usize + 400).min(body.len()),
                );
                let at = body[..]
                    .match_indices(place)
                    .map(|it| Span::new(it.0, it.0 + place.len()))
                    .filter(|it| wide.contains(*it))
                    .min_by_key(|it| {
                        if evidence.contains(*it) { 0 } else { it.start.abs_diff(evidence.start) + 1 }
                    });
                let hit = at.and_then(|at| {
                    found_places.iter().filter(|it| it.span.overlaps(at)).max_by_key(|it| it.span.overlap(at))
                });
                places_found += usize::from(hit.is_some());
                let exact =
                    hit.is_some_and(|it| it.span.of(&body).is_some_and(|it| it.eq_ignore_ascii_case(place)));
                places_exact += usize::from(exact);
                if let Some(gold_id) = claim["place_id"].as_str() {
                    ids += 1;
                    let id = hit.and_then(|it| it.id.as_ref()).map(|it| it.as_str().to_owned());
                    ids_right += usize::from(id.as_deref() == Some(gold_id));
                    ids_wrong += usize::from(id.is_some() && id.as_deref() != Some(gold_id));
                }
                if list && !exact {
                    println!(
                        "place {} {place:?} {:?} found {:?}",
                        article["id"],
                        claim["place_id"],
                        hit.map(|it| (it.span.of(&body), &it.id))
                    );
                }
            }
            if let Some(date) = claim["date"].as_str() {
                dates += 1;
                let start = body[..evidence.start as usize].rfind(['\n', '.']).map_or(0, |it| it + 1);
                let end = body[evidence.end as usize..]
                    .find(['\n', '.'])
                    .map_or(body.len(), |it| evidence.end as usize + it);
                let sentence = Span::new(start, end);
                let near = found_times.iter().filter(|it| it.span.overlaps(sentence));
                let values: Vec<&str> = near.filter_map(|it| it.value.as_ref().map(Edtf::as_str)).collect();
                let day = |it: &str| it.split('T').next().unwrap_or("").to_owned();
                if values.iter().any(|it| day(it) == date) {
                    dates_found += 1;
                } else if published.as_ref().is_some_and(|it| day(it.as_str()) == date) {
                    dates_published += 1;
                } else if list {
                    println!(
                        "date {} {date} published {:?} found {values:?} in {:?}",
                        article["id"],
                        published,
                        sentence.of(&body)
                    );
                }
            }
        }
    }
    println!(
        "{gold}: places {places}, overlapped {places_found}, same words {places_exact}; ids {ids}, right {ids_right}, wrong {ids_wrong}"
    );
    println!("  dates {dates}, in the sentence {dates_found}, day of publication {dates_published}");
    println!("  time expressions {times}, found {times_span}, value right {times_value}");
}
