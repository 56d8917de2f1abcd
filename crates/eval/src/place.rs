//! Names of places against geoparsing corpora (LGL, GeoVirus, GeoWebNews as
//! XML).
//!
//! Resolution is scored on the corpus's own mentions that carry coordinates,
//! as the field does: the share within 161 km (100 miles), and what was left
//! unresolved apart. Finding names, and telling ground from government, is
//! scored on GeoWebNews.

use truce_model::{PlaceReading, Span};

/// A marked name.
#[derive(Clone, Debug)]
pub struct Marked {
    /// Where, in bytes.
    pub span: Span,
    /// Degrees, latitude first.
    pub point: Option<(f64, f64)>,
    /// The corpus's type of mention; empty where it has none.
    pub kind: String,
}

/// A document of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its text.
    pub text: String,
    /// Its names.
    pub marked: Vec<Marked>,
    /// Names whose words are not at their place.
    pub misplaced: usize,
}

/// Counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceScore {
    /// Documents.
    pub documents: usize,
    /// Names with coordinates.
    pub located: usize,
    /// Of these, given coordinates.
    pub answered: usize,
    /// Of these, within 161 km.
    pub near: usize,
    /// Names marked (types of GeoWebNews that are toponyms).
    pub gold: usize,
    /// Names found.
    pub found: usize,
    /// Found and marked (overlapping).
    pub both: usize,
    /// Ground in both.
    pub literal: usize,
    /// Ground in the gold, among both.
    pub literal_gold: usize,
    /// Ground as found, among both.
    pub literal_found: usize,
    /// Associative in both.
    pub associative: usize,
}

impl PlaceScore {
    /// Adds another document's counts.
    pub fn add(&mut self, it: PlaceScore) {
        self.documents += it.documents;
        self.located += it.located;
        self.answered += it.answered;
        self.near += it.near;
        self.gold += it.gold;
        self.found += it.found;
        self.both += it.both;
        self.literal += it.literal;
        self.literal_gold += it.literal_gold;
        self.literal_found += it.literal_found;
        self.associative += it.associative;
    }

    /// Share of all names with coordinates that were put within 161 km.
    pub fn accuracy(&self) -> f64 {
        self.near as f64 / self.located.max(1) as f64
    }

    /// F1 of finding names.
    pub fn names_f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.gold + self.found).max(1) as f64
    }

    /// F1 of ground among names found.
    pub fn literal_f1(&self) -> f64 {
        2.0 * self.literal as f64 / (self.literal_gold + self.literal_found).max(1) as f64
    }

    /// F1 of associative use among names found.
    pub fn associative_f1(&self) -> f64 {
        let gold = self.both - self.literal_gold;
        let found = self.both - self.literal_found;
        2.0 * self.associative as f64 / (gold + found).max(1) as f64
    }
}

/// Reads a corpus file.
pub fn parse(source: &str) -> Vec<Document> {
    let mut out = Vec::new();
    // `<articles>` around them is none of them.
    for part in source.split("<article").skip(1).filter(|it| it.starts_with(['>', ' ', '\n', '\t'])) {
        let body = between(part, "<text>", "</text>").unwrap_or("");
        let text = match body.strip_prefix("<![CDATA[").and_then(|it| it.strip_suffix("]]>")) {
            Some(raw) => raw.to_owned(),
            None => unescape(body),
        };
        let mut document = Document { text, ..Document::default() };
        let bytes: Vec<usize> =
            document.text.char_indices().map(|it| it.0).chain(std::iter::once(document.text.len())).collect();
        for mark in part.split("<toponym>").skip(1) {
            let number = |names: &[&str]| {
                names.iter().find_map(|it| {
                    between(mark, &format!("<{it}>"), &format!("</{it}>"))?.trim().parse::<f64>().ok()
                })
            };
            let (Some(start), Some(end)) = (number(&["start"]), number(&["end"])) else { continue };
            let words = between(mark, "<phrase>", "</phrase>")
                .or_else(|| between(mark, "<extractedName>", "</extractedName>"))
                .or_else(|| between(mark, "<name>", "</name>"))
                .map(unescape)
                .unwrap_or_default();
            let (Some(start), Some(end)) = (bytes.get(start as usize), bytes.get(end as usize)) else {
                document.misplaced += 1;
                continue;
            };
            if start >= end || document.text[*start..*end] != words {
                document.misplaced += 1;
                continue;
            }
            document.marked.push(Marked {
                span: Span::new(*start, *end),
                point: number(&["lat", "latitude"]).zip(number(&["lon", "longitude"])),
                kind: between(mark, "<type>", "</type>").unwrap_or("").to_owned(),
            });
        }
        out.push(document);
    }
    out
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let from = text.find(open)? + open.len();
    text[from..].find(close).map(|to| &text[from..from + to])
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// Kilometres between two points.
pub fn distance_km((lat_1, lon_1): (f64, f64), (lat_2, lon_2): (f64, f64)) -> f64 {
    let (a, b) = (lat_1.to_radians(), lat_2.to_radians());
    let half = |it: f64| (it.to_radians() / 2.0).sin().powi(2);
    let chord = half(lat_2 - lat_1) + a.cos() * b.cos() * half(lon_2 - lon_1);
    2.0 * 6371.0 * chord.clamp(0.0, 1.0).sqrt().asin()
}

/// Whether a type of GeoWebNews is ground; `None` for what is no name.
pub fn is_ground(kind: &str) -> Option<bool> {
    match kind {
        "Literal" | "Mixed" | "Coercion" | "Literal_Modifier" | "Embedded_Literal" => Some(true),
        "Metonymic" | "Non_Literal_Modifier" | "Demonym" | "Homonym" | "Language" | "Embedded_Non_Lit" => {
            Some(false)
        }
        _ => None,
    }
}

/// A name that went wrong, for error analysis.
#[derive(Clone, Debug)]
pub struct Slip {
    /// What went wrong.
    pub what: &'static str,
    /// The words.
    pub words: String,
    /// With their surroundings.
    pub around: String,
    /// More.
    pub note: String,
}

/// Scores one document.
pub fn score(document: &Document) -> (PlaceScore, Vec<Slip>) {
    let mut score = PlaceScore { documents: 1, ..PlaceScore::default() };
    let mut slips = Vec::new();
    let text = &document.text;
    let around = |span: Span| {
        let from = (0..=(span.start as usize).saturating_sub(40))
            .rev()
            .find(|it| text.is_char_boundary(*it))
            .unwrap_or(0);
        let to = ((span.end as usize + 25).min(text.len())..=text.len())
            .find(|it| text.is_char_boundary(*it))
            .unwrap_or(text.len());
        text[from..to].split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let located: Vec<&Marked> = document.marked.iter().filter(|it| it.point.is_some()).collect();
    let spans: Vec<Span> = located.iter().map(|it| it.span).collect();
    for (it, answer) in located.iter().zip(truce_place::locate_all(text, &spans)) {
        let Some(gold) = it.point else { continue };
        score.located += 1;
        let words = it.span.of(text).unwrap_or("").to_owned();
        let Some((lat, lon)) = answer else {
            slips.push(Slip { what: "unknown", words, around: around(it.span), note: format!("{gold:?}") });
            continue;
        };
        score.answered += 1;
        let found = (f64::from(lat) / 1e7, f64::from(lon) / 1e7);
        if distance_km(gold, found) <= 161.0 {
            score.near += 1;
        } else {
            slips.push(Slip {
                what: "far",
                words,
                around: around(it.span),
                note: format!("{gold:?} {found:?}"),
            });
        }
    }
    if document.marked.iter().any(|it| !it.kind.is_empty()) {
        let gold: Vec<(&Marked, bool)> =
            document.marked.iter().filter_map(|it| Some((it, is_ground(&it.kind)?))).collect();
        let found = truce_place::read(text, &[Span::new(0, text.len())], None);
        // Nominal mentions are no names.
        let found: Vec<_> = found
            .iter()
            .filter(|it| it.name.of(text).is_some_and(|it| it.chars().any(char::is_uppercase)))
            .collect();
        score.gold += gold.len();
        score.found += found.len();
        let mut used = vec![false; found.len()];
        for (it, ground) in gold {
            let hit = (0..found.len()).find(|n| !used[*n] && found[*n].name.overlaps(it.span));
            let words = it.span.of(text).unwrap_or("").to_owned();
            let Some(n) = hit else {
                slips.push(Slip { what: "missed", words, around: around(it.span), note: it.kind.clone() });
                continue;
            };
            used[n] = true;
            score.both += 1;
            let literal = found[n].mention.reading == PlaceReading::Literal;
            score.literal_gold += usize::from(ground);
            score.literal_found += usize::from(literal);
            score.literal += usize::from(ground && literal);
            score.associative += usize::from(!ground && !literal);
            if ground != literal {
                let note = format!("{} / {:?}", it.kind, found[n].mention.reading);
                slips.push(Slip { what: "reading", words, around: around(it.span), note });
            }
        }
        for (n, it) in found.iter().enumerate() {
            if !used[n] {
                let words = it.name.of(text).unwrap_or("").to_owned();
                slips.push(Slip {
                    what: "false",
                    words,
                    around: around(it.name),
                    note: it.mention.rule.to_owned(),
                });
            }
        }
    }
    (score, slips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilometres() {
        assert!((distance_km((0.0, 0.0), (0.0, 1.0)) - 111.19).abs() < 0.1);
        assert!(distance_km((40.0, 45.0), (40.0, 45.0)) < 1e-9);
    }

    #[test]
    fn a_corpus_is_read() {
        let source = "<articles><article><text>In Oslo &amp; Oslo</text><toponyms><toponym><phrase>Oslo</phrase>\
            <start>3</start><end>7</end><lat>59.9</lat><lon>10.7</lon></toponym></toponyms></article></articles>";
        let documents = parse(source);
        assert_eq!((documents.len(), documents[0].marked.len(), documents[0].misplaced), (1, 1, 0));
        let (score, slips) = score(&documents[0]);
        assert_eq!((score.located, score.near), (1, 1), "{slips:?}");
    }
}
