//! Shapes of places: the `places.geojson` beside a pack.

use serde_json::Value;
use truce_model::{Agreement, PlaceId, Shape};

use crate::nearest::nearest;
use crate::read::degrees_e7;
use crate::{PackError, Severity};

/// Most positions in one shape: shapes here orient the eye, they are no survey.
const POSITIONS_MAX: usize = 10_000;

/// How far outside the theatre a place may lie before somebody should look,
/// in degrees × 10⁷. Capitals lie outside many theatres.
const OUTSIDE_E7: i64 = 150_000_000;

/// Puts the coordinates of `geojson` on the places of `agreement`.
pub(crate) fn add_shapes(
    problems: &mut Vec<PackError>,
    pack_file: &str,
    geojson: &str,
    agreement: &mut Agreement,
) {
    let mut res = Shapes { problems, file: beside(pack_file), text: geojson };
    let value: Value = match serde_json::from_str(geojson) {
        Ok(it) => it,
        Err(err) => {
            let what = format!("not JSON: {err}");
            res.at(Severity::Error, err.line(), err.column(), what, "");
            return;
        }
    };
    let Some(features) = value.get("features").and_then(Value::as_array) else {
        let mend = "write a FeatureCollection with one feature for each place";
        res.at(Severity::Error, 0, 0, "there are no \"features\"".to_owned(), mend);
        return;
    };
    for feature in features {
        res.feature(feature, agreement);
    }
}

/// The name of the GeoJSON file, from that of the pack.
fn beside(pack_file: &str) -> String {
    let folder = pack_file.rfind(['/', '\\']).map_or("", |at| &pack_file[..=at]);
    format!("{folder}places.geojson")
}

struct Shapes<'t> {
    problems: &'t mut Vec<PackError>,
    file: String,
    text: &'t str,
}

impl Shapes<'_> {
    fn at(&mut self, severity: Severity, line: usize, column: usize, what: String, mend: &str) {
        let (file, mend) = (self.file.clone(), mend.to_owned());
        self.problems.push(PackError { severity, file, line, column, what, mend });
    }

    /// Tells a problem of the feature with this id.
    fn of(&mut self, severity: Severity, id: &str, what: String, mend: &str) {
        // The JSON reader keeps no positions; the first mention of the id is
        // where the feature is.
        let (line, column) = match self.text.find(&format!("\"{id}\"")) {
            Some(at) => {
                let before = &self.text[..at];
                let start = before.rfind('\n').map_or(0, |it| it + 1);
                (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
            }
            None => (0, 0),
        };
        self.at(severity, line, column, what, mend);
    }

    fn feature(&mut self, feature: &Value, agreement: &mut Agreement) {
        let id = feature
            .get("id")
            .or_else(|| feature.get("properties").and_then(|it| it.get("id")))
            .and_then(Value::as_str);
        let Some(id) = id else {
            let mend = "give it \"id\": the id of a place of the pack";
            self.at(Severity::Error, 0, 0, "a feature has no \"id\"".to_owned(), mend);
            return;
        };
        let bbox = agreement.theatre.bbox_e7;
        let known: Vec<String> = agreement.places.iter().map(|it| it.id.to_string()).collect();
        let place_id = PlaceId::from(id);
        let Some(place) = agreement.places.iter_mut().find(|it| it.id == place_id) else {
            let mend = match nearest(id, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near:?}?"),
                None => "add a [[place]] with this id to the pack".to_owned(),
            };
            self.of(Severity::Error, id, format!("unknown place {id:?}"), &mend);
            return;
        };
        if !place.coordinates_e7.is_empty() {
            let what = format!("two features have the id {id:?}");
            self.of(Severity::Error, id, what, "remove one");
            return;
        }
        let geometry = feature.get("geometry");
        let kind = geometry.and_then(|it| it.get("type")).and_then(Value::as_str).unwrap_or("");
        let wanted = match place.shape {
            Shape::Point => "Point",
            Shape::Line => "LineString",
            Shape::Area => "Polygon",
        };
        if kind != wanted {
            let what = format!("{id:?} is a {} in the pack and {kind:?} here", place.shape.as_str());
            self.of(Severity::Error, id, what, &format!("draw it as a {wanted}"));
            return;
        }
        let given = geometry.and_then(|it| it.get("coordinates")).unwrap_or(&Value::Null);
        let path = match place.shape {
            Shape::Point => position(given).map(|it| vec![it]),
            Shape::Line => path(given).filter(|it| it.len() >= 2),
            // Holes are left out.
            Shape::Area => given.get(0).and_then(path).filter(|it| it.len() >= 4),
        };
        let Some(path) = path else {
            let what = format!("the coordinates of {id:?} are no {wanted}");
            let mend = "write [longitude, latitude] in degrees; a ring closes and has at least four";
            self.of(Severity::Error, id, what, mend);
            return;
        };
        if place.shape == Shape::Area && path.first() != path.last() {
            let what = format!("the ring of {id:?} is not closed");
            self.of(Severity::Error, id, what, "repeat the first position at the end");
            return;
        }
        if let Some(bbox) = bbox {
            let [west, south, east, north] = bbox.map(i64::from);
            let far = |it: &[i32; 2]| {
                let (lon, lat) = (i64::from(it[0]), i64::from(it[1]));
                lon < west - OUTSIDE_E7
                    || lon > east + OUTSIDE_E7
                    || lat < south - OUTSIDE_E7
                    || lat > north + OUTSIDE_E7
            };
            if path.iter().any(far) {
                let what = format!("{id:?} lies far outside the theatre");
                self.of(Severity::Warning, id, what, "longitude comes first, then latitude");
            }
        }
        place.coordinates_e7 = path;
    }
}

fn path(value: &Value) -> Option<Vec<[i32; 2]>> {
    let items = value.as_array().filter(|it| it.len() <= POSITIONS_MAX)?;
    items.iter().map(position).collect()
}

fn position(value: &Value) -> Option<[i32; 2]> {
    let (lon, lat) = (value.get(0)?.as_f64()?, value.get(1)?.as_f64()?);
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then(|| [degrees_e7(lon), degrees_e7(lat)])
}
