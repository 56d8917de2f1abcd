//! Packs as text: what is read, what is told, where and with which mend.

use proptest::prelude::*;
use truce_model::{ActorId, Kind, Modality, PlaceId, ProvisionId, Role};
use truce_pack::{PACK_BYTES_MAX, PackFile, Severity, check, new, parse, read, show};

/// A pack to break in one place at a time.
const GOOD: &str = r#"id = "alder"
title = "Alder agreement"
signed = "2031-03-02"
theatre = { countries = ["AZ"], bbox = [1.5, -2, 3.25, 4] }

[[actor]]
id = "northland"
kind = "state"
side = "northland"
names = ["Northland", "Northport"]
roles = ["party"]

[[place]]
id = "alder-road"
names = ["Alder road"]
shape = "line"

[[provision]]
id = "1"
point = "1"
obligated = ["northland"]
obligated_explicit = true
beneficiary = ["persons"]
action = "keep the road open"
modality = "must"
place = "alder-road"
from = "2031-03-03"
until = ".."
kinds = ["movement_obstruction"]

[[anchor]]
date = "2031-04-20"
names = ["roadblock"]
place = "alder-road"
"#;

/// Replaces `from` by `to` and expects the problem `want`, which begins with
/// line and column.
#[track_caller]
fn broken(from: &str, to: &str, want: &str) {
    assert!(GOOD.contains(from), "{from:?} is not in the pack");
    let toml = GOOD.replacen(from, to, 1);
    let told: Vec<String> = read("p.toml", &toml, None).problems.iter().map(|it| it.to_string()).collect();
    let want = format!("p.toml:{want}");
    assert!(told.iter().any(|it| it.starts_with(&want)), "wanted {want}\ntold {told:#?}");
}

#[test]
fn good_pack_is_read_whole() {
    let reading = read("p.toml", GOOD, None);
    assert_eq!(reading.problems, []);
    let it = reading.agreement.expect("no problems");
    assert_eq!((it.id.as_str(), it.title.as_str()), ("alder", "Alder agreement"));
    assert_eq!(it.signed.as_str(), "2031-03-02");
    assert_eq!(it.theatre.bbox_e7, Some([15_000_000, -20_000_000, 32_500_000, 40_000_000]));
    assert_eq!(it.actors[0].roles, [Role::Party]);
    assert_eq!(it.side_of(&ActorId::from("northland")), ActorId::from("northland"));
    let provision = it.provision(&ProvisionId::from("1")).expect("it is there");
    assert_eq!(provision.modality, Modality::Must);
    assert_eq!(provision.kinds, [Kind::MovementObstruction]);
    assert_eq!(provision.until, None);
    assert_eq!(provision.place, Some(PlaceId::from("alder-road")));
    assert_eq!(it.anchors[0].names, ["roadblock"]);
    assert_eq!(it.sha256.len(), 64);
}

#[test]
fn errors_point_and_mend() {
    broken(
        "obligated = [\"northland\"]",
        "obligated = [\"northlnad\"]",
        "21:14: error: unknown actor \"northlnad\"; did you mean \"northland\"?",
    );
    broken(
        "side = \"northland\"",
        "side = \"utopia\"",
        "9:8: error: unknown actor \"utopia\"; add a [[actor]] with this id",
    );
    broken(
        "place = \"alder-road\"\nfrom",
        "place = \"alderroad\"\nfrom",
        "26:9: error: unknown place \"alderroad\"; did you mean \"alder-road\"?",
    );
    broken(
        "kinds = [\"movement_obstruction\"]",
        "kinds = [\"movement-obstruction\"]",
        "29:10: error: unknown kind of conduct \"movement-obstruction\"; did you mean \"movement_obstruction\"?",
    );
    broken(
        "kind = \"state\"",
        "kind = \"country\"",
        "8:8: error: unknown kind of actor \"country\"; known are state",
    );
    broken(
        "roles = [\"party\"]",
        "roles = [\"partie\"]",
        "11:10: error: unknown role \"partie\"; did you mean \"party\"?",
    );
    broken("modality = \"must\"", "modality = \"shall\"", "25:12: error: unknown modality \"shall\"");
    broken(
        "shape = \"line\"",
        "shape = \"lines\"",
        "16:9: error: unknown shape \"lines\"; did you mean \"line\"?",
    );
    broken(
        "signed = \"2031-03-02\"",
        "signed = \"2020-02-30\"",
        "3:10: error: the date \"2020-02-30\" does not exist: 2020-02 has 29 days",
    );
    broken("names = [\"Alder road\"]", "names = [\"\"]", "15:10: error: \"names\" holds an empty text");
    broken(
        "names = [\"Alder road\"]",
        "names = []",
        "15:9: error: \"names\" is empty; write names = [\"Alder Pass\"]",
    );
    broken("title = \"Alder agreement\"", "title = \" \"", "2:9: error: \"title\" is empty");
    broken(
        "[1.5, -2, 3.25, 4]",
        "[3.25, -2, 1.5, 4]",
        "4:40: error: bbox is out of order: west is not west of east; the order is west, south, east, north",
    );
    broken(
        "[1.5, -2, 3.25, 4]",
        "[1.5, 4, 3.25, -2]",
        "4:40: error: bbox is out of order: south is not south of north",
    );
    broken("[1.5, -2, 3.25, 4]", "[1.5, -2, 3.25]", "4:40: error: bbox holds 3 numbers, not 4");
    broken("[1.5, -2, 3.25, 4]", "[1.5, -2, nan, inf]", "4:40: error: bbox leaves the globe");
    broken("[\"AZ\"]", "[\"Azerbaijan\"]", "4:26: error: \"Azerbaijan\" is no country code");
    broken("until = \"..\"", "until = \"2030\"", "18:1: error: this provision ends before it begins");
    broken("action = \"keep the road open\"\n", "", "18:1: error: this provision has no \"action\"");
    broken("id = \"northland\"", "id = \"outlet\"", "7:6: error: the id \"outlet\" is taken");
    broken("id = \"alder\"", "id = \"../alder\"", "1:6: error: the id");
    broken(
        "obligated_explicit = true",
        "obligated_explicit = \"yes\"",
        "22:22: error: \"obligated_explicit\" is neither true nor false",
    );
    broken(
        "[[provision]]",
        "[provision]",
        "18:1: error: \"provision\" is not a list of tables; head each one with [[provision]]",
    );
    broken("kind = \"state\"", "kind = state", "8:8: error: not TOML");
    broken(
        "shape = \"line\"",
        "shape = \"line\"\nwithin = [\"alder-road\"]",
        "14:6: error: the place \"alder-road\" lies within itself",
    );
}

#[test]
fn warnings_do_not_stop_the_pack() {
    for (from, to, what) in [
        ("shape = \"line\"", "shape = \"line\"\ncolour = 3", "unknown field \"colour\""),
        ("modality = \"must\"", "modality = \"may\"", "cannot be violated"),
        ("names = [\"Northland\"", "names = [\"the ministry\"", "fits everybody"),
        ("obligated = [\"northland\"]", "obligated = []", "nobody is obligated, yet explicitly"),
    ] {
        let toml = GOOD.replacen(from, to, 1);
        let reading = read("p.toml", &toml, None);
        assert!(reading.agreement.is_some(), "{:#?}", reading.problems);
        assert!(reading.problems.iter().any(|it| it.what.contains(what)), "{:#?}", reading.problems);
        assert!(reading.problems.iter().all(|it| it.severity == Severity::Warning && it.line > 0));
        assert!(parse("p.toml", &toml, None).is_ok());
    }
}

#[test]
fn ids_given_twice() {
    for kind in ["actor", "place", "provision"] {
        let head = format!("[[{kind}]]");
        let at = GOOD.find(&head).expect("the pack has each");
        let end = GOOD[at + 2..].find("[[").map_or(GOOD.len(), |it| at + 2 + it);
        let toml = format!("{GOOD}\n{}", &GOOD[at..end]);
        let told = parse("p.toml", &toml, None).expect_err("an id stands twice");
        let what = format!("two {kind}s have the id");
        assert!(told.iter().any(|it| it.what.starts_with(&what)), "{told:#?}");
        assert!(told[0].line > 35, "the second one is meant: {told:#?}");
    }
}

#[test]
fn bare_toml_dates_are_read() {
    let toml = GOOD.replacen("signed = \"2031-03-02\"", "signed = 2031-03-02", 1);
    let it = parse("p.toml", &toml, None).expect("it means the same");
    assert_eq!(it.signed.as_str(), "2031-03-02");
}

#[test]
fn line_ends_and_marks_of_other_systems_are_read() {
    let toml = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    assert_eq!(read("p.toml", &toml, None).problems, []);
    let toml = toml.replacen("\"state\"", "\"country\"", 1);
    let told = parse("p.toml", &toml, None).expect_err("it is broken");
    assert_eq!((told[0].line, told[0].column), (8, 8), "{told:#?}");
}

#[test]
fn every_error_is_told_at_once_in_order() {
    let toml = GOOD.replace("\"northland\"", "\"n\u{a0}land\"").replace("must", "mst");
    let told = parse("p.toml", &toml, None).expect_err("two kinds of slips");
    assert!(told.len() >= 2, "{told:#?}");
    assert!(told.is_sorted_by_key(|it| (it.line, it.column)));
}

#[test]
fn two_packs_with_one_id() {
    let file = |file| PackFile { file, toml: GOOD, geojson: None };
    let report = check(&[file("a/agreement.toml"), file("b/agreement.toml")]);
    assert!(!report.is_good());
    assert!(report.agreements.is_empty());
    assert_eq!(
        report.problems[0].to_string(),
        "b/agreement.toml: error: the id \"alder\" is also that of a/agreement.toml; \
         rename one of them or leave one out"
    );
    let other = GOOD.replacen("id = \"alder\"", "id = \"birch\"", 1);
    let report = check(&[
        file("a/agreement.toml"),
        PackFile { file: "b/agreement.toml", toml: &other, geojson: None },
    ]);
    assert!(report.is_good());
    assert_eq!(report.agreements.len(), 2);
}

fn line_feature(id: &str, kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[
{{"type":"Feature","id":"{id}","geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}"#
    )
}

#[test]
fn shapes_come_from_geojson() {
    let geojson = line_feature("alder-road", "LineString", "[[1.5,2],[1.6,2.25]]");
    let it = parse("d/agreement.toml", GOOD, Some(&geojson)).expect("all is well");
    assert_eq!(it.places[0].coordinates_e7, [[15_000_000, 20_000_000], [16_000_000, 22_500_000]]);
    for (geojson, what) in [
        (
            line_feature("alder-raod", "LineString", "[[1.5,2],[1.6,2]]"),
            "d/places.geojson:2:24: error: unknown place \"alder-raod\"; did you mean \"alder-road\"?",
        ),
        (
            line_feature("alder-road", "Point", "[1.5,2]"),
            "d/places.geojson:2:24: error: \"alder-road\" is a line in the pack and \"Point\" here; draw it as a LineString",
        ),
        (
            line_feature("alder-road", "LineString", "[[1.5,2]]"),
            "d/places.geojson:2:24: error: the coordinates of \"alder-road\" are no LineString",
        ),
        (
            line_feature("alder-road", "LineString", "[[1.5,95],[1.6,2]]"),
            "d/places.geojson:2:24: error: the coordinates",
        ),
        (line_feature("alder-road", "LineString", "7"), "d/places.geojson:2:24: error: the coordinates"),
        ("{".to_owned(), "d/places.geojson:1:1: error: not JSON"),
        ("[]".to_owned(), "d/places.geojson: error: there are no \"features\""),
    ] {
        let told = parse("d/agreement.toml", GOOD, Some(&geojson)).expect_err("it is broken");
        assert!(told[0].to_string().starts_with(what), "wanted {what}\ntold {}", told[0]);
    }
}

#[test]
fn far_shapes_are_doubted() {
    let geojson = line_feature("alder-road", "LineString", "[[89.5,2],[89.6,2]]");
    let reading = read("d/agreement.toml", GOOD, Some(&geojson));
    assert!(reading.agreement.is_some());
    assert!(reading.problems[0].what.contains("far outside the theatre"));
}

#[test]
fn too_long_a_pack_is_refused() {
    let toml = "#".repeat(PACK_BYTES_MAX + 1);
    let told = parse("p.toml", &toml, None).expect_err("it is too long");
    assert!(told[0].mend.contains("at most"), "{told:#?}");
}

#[test]
fn template_can_be_used_at_once() {
    let reading = read("new.toml", &new("alder-2031"), None);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.agreement.expect("no problems").id, "alder-2031");
    let told = parse("new.toml", &new("a \"b\"\n"), None).expect_err("no such folder");
    assert!(told[0].what.contains("id"), "{told:#?}");
}

#[test]
fn overview_tells_everything() {
    let page = show(&parse("p.toml", GOOD, None).expect("the pack is good"));
    for word in
        ["alder", "northland", "keep the road open", "Alder road", "2031-04-20", "movement_obstruction"]
    {
        assert!(page.contains(word), "{word} is missing:\n{page}");
    }
    assert!(page.lines().all(|it| it.chars().count() <= 96), "{page}");
}

/// The packs of the exercise reports; unseen ones are of the same kind.
#[test]
fn packs_of_the_shared_gold() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/gold");
    let mut count = 0;
    for set in ["development-a", "development-b"] {
        let Ok(packs) = std::fs::read_dir(format!("{root}/{set}/packs")) else { continue };
        for folder in packs {
            let path = folder.expect("the folder can be listed").path().join("agreement.toml");
            let toml = std::fs::read_to_string(&path).expect("each pack has its file");
            let reading = read(&path.display().to_string(), &toml, None);
            assert!(reading.agreement.is_some(), "{:#?}", reading.problems);
            count += 1;
        }
    }
    if count == 0 {
        assert!(
            std::env::var_os("TRUCEWATCH_NEED_SHARED").is_none(),
            "../shared is missing and TRUCEWATCH_NEED_SHARED is set"
        );
        eprintln!("skipped: ../shared is not there, so its packs were not read");
    }
}

/// Every pack that is shipped, with its shapes; all together, so that no two
/// share an id.
#[test]
fn shipped_packs_are_good() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../agreements");
    let mut folders: Vec<_> = std::fs::read_dir(root)
        .expect("packs are shipped")
        .map(|it| it.expect("the folder can be listed").path())
        .filter(|it| it.is_dir())
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "packs are shipped");
    let texts: Vec<_> = folders
        .iter()
        .map(|it| {
            let toml = it.join("agreement.toml");
            let text = std::fs::read_to_string(&toml).expect("each pack has its file");
            let geojson = std::fs::read_to_string(it.join("places.geojson")).ok();
            (toml.display().to_string(), text, geojson)
        })
        .collect();
    let files: Vec<_> = texts
        .iter()
        .map(|(file, toml, geojson)| PackFile { file, toml, geojson: geojson.as_deref() })
        .collect();
    let report = check(&files);
    let told: Vec<String> = report.problems.iter().map(|it| it.to_string()).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert_eq!(report.agreements.len(), folders.len());
    for (agreement, folder) in report.agreements.iter().zip(&folders) {
        let name = folder.file_name().expect("it is a folder").to_string_lossy();
        assert_eq!(agreement.id, name, "a pack lies in the folder of its id");
        for it in &agreement.provisions {
            let note = it.note.as_deref().unwrap_or("");
            let said = note.starts_with("checked") || note.starts_with("unchecked");
            assert!(said, "{name}, {}: the note says first if the row was checked", it.id);
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(toml in "\\PC*", geojson in "\\PC*") {
        let _ = read("p.toml", &toml, Some(&geojson));
    }

    #[test]
    fn broken_packs_never_panic(at in 0..GOOD.len(), cut in 0usize..40, put in "\\PC{0,6}|\\[\\[|\"|=|[0-9]{1,9}") {
        let end = (at + cut).min(GOOD.len());
        let toml = format!("{}{put}{}", &GOOD[..at], &GOOD[end..]);
        let reading = read("p.toml", &toml, None);
        let errors = reading.problems.iter().any(|it| it.severity == Severity::Error);
        prop_assert_eq!(reading.agreement.is_none(), errors);
        if let Some(it) = reading.agreement {
            show(&it);
        }
    }

    #[test]
    fn any_id_makes_a_toml(id in "\\PC{1,30}") {
        for it in read("new.toml", &new(&id), None).problems {
            prop_assert!(!it.what.starts_with("not TOML"), "{}", it);
        }
    }
}
