//! Incidents on the map, as RFC 7946 has it.
//!
//! An incident whose place has no known shape has no geometry: an area is
//! never shown as a point.

use serde_json::{Value, json};
use truce_model::Shape;
use truce_record::Place;

use crate::view::View;

pub(super) fn collection(view: &View) -> Value {
    let feature = |it: &truce_record::Incident| {
        let place = it.place.as_ref();
        json!({
            "type": "Feature",
            "id": it.id,
            "geometry": place.map_or(Value::Null, |it| geometry(view, it)),
            "properties": {
                "kind": it.kind,
                "accused": it.accused,
                "standing": it.standing,
                "time": it.time.as_ref().map(|it| &it.value),
                "place": place.map(|it| view.place(it)),
                "place_printed": place.map(|it| &it.exact),
                "precision": place.map(|it| &it.precision),
                "claimants": it.claimants,
                "claims": it.claims,
                "answers": it.replies.iter().filter(|it| it.scope != "other_object").map(|it| &it.claim).collect::<Vec<_>>(),
                "origins_low": it.origins.low,
                "origins_high": it.origins.high,
            },
        })
    };
    let features: Vec<Value> = view.record.incidents.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features })
}

fn geometry(view: &View, place: &Place) -> Value {
    let Some(known) = place.id.as_deref().and_then(|it| view.pack_place(it)) else { return Value::Null };
    let at = &known.coordinates_e7;
    match known.shape {
        Shape::Point if matches!(place.precision.as_str(), "area" | "country") => Value::Null,
        Shape::Point => {
            at.first().map_or(Value::Null, |it| json!({ "type": "Point", "coordinates": position(*it) }))
        }
        Shape::Line if at.len() >= 2 => {
            let path: Vec<Value> = at.iter().map(|it| position(*it)).collect();
            json!({ "type": "LineString", "coordinates": path })
        }
        Shape::Area if at.len() >= 3 => {
            let ring: Vec<Value> = ring(at).into_iter().map(position).collect();
            json!({ "type": "Polygon", "coordinates": [ring] })
        }
        Shape::Line | Shape::Area => Value::Null,
    }
}

/// Longitude and latitude. Dividing by 10⁷ gives the nearest double, which is
/// written back as the same seven decimals.
fn position(e7: [i32; 2]) -> Value {
    json!([f64::from(e7[0]) / 1e7, f64::from(e7[1]) / 1e7])
}

/// Closed, and counter-clockwise as the RFC asks of outer rings.
fn ring(at: &[[i32; 2]]) -> Vec<[i32; 2]> {
    let mut ring = at.to_vec();
    if ring.first() != ring.last() {
        ring.push(ring[0]);
    }
    let wide = |it: i32| i128::from(it);
    let turn = |it: &[[i32; 2]]| wide(it[0][0]) * wide(it[1][1]) - wide(it[1][0]) * wide(it[0][1]);
    if ring.windows(2).map(turn).sum::<i128>() < 0 {
        ring.reverse();
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_written_without_noise() {
        assert_eq!(position([467_000_001, -383_999_999]).to_string(), "[46.7000001,-38.3999999]");
    }

    #[test]
    fn rings_are_closed_and_turn_left() {
        let clockwise = [[0, 0], [0, 10], [10, 10], [10, 0]];
        assert_eq!(ring(&clockwise), [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]);
    }
}
