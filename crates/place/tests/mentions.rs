//! Mentions of places: the words found, the id, how it is read.

use truce_model::{Agreement, Edtf, Place, PlaceId, PlaceMention, PlaceReading, Shape, Span, Theatre};
use truce_place::find;

fn place(id: &str, names: &[&str], shape: Shape) -> Place {
    Place {
        id: PlaceId::from(id),
        names: names.iter().map(|it| (*it).to_owned()).collect(),
        shape,
        contested_names: false,
        within: Vec::new(),
        coordinates_e7: vec![[100_000_000, 600_000_000]],
    }
}

/// An invented agreement in the north of Norway.
fn agreement() -> Agreement {
    Agreement {
        id: "alder".into(),
        title: "Alder accord".into(),
        signed: Edtf::new("2022-03-01").expect("not empty"),
        in_force: None,
        theatre: Theatre { countries: vec!["NO".into()], bbox_e7: None },
        actors: Vec::new(),
        places: vec![
            place("alder-corridor", &["Alder Corridor", "Alder road"], Shape::Line),
            place("alder-post", &["Alder checkpoint", "checkpoint on the Alder road"], Shape::Point),
            place("mountain-enclave", &["mountain enclave", "Upper Birchland", "Birchland"], Shape::Area),
        ],
        provisions: Vec::new(),
        anchors: Vec::new(),
        sha256: String::new(),
    }
}

fn read(text: &str, agreement: Option<&Agreement>) -> Vec<PlaceMention> {
    find(text, Span::new(0, text.len()), agreement)
}

fn check(text: &str, expected: &[(&str, &str)]) {
    let agreement = agreement();
    let found = read(text, Some(&agreement));
    let got: Vec<(&str, &str)> = found
        .iter()
        .map(|it| (it.span.of(text).unwrap_or("?"), it.id.as_ref().map_or("-", |it| it.as_str())))
        .collect();
    assert_eq!(got, expected, "{text}");
}

#[test]
fn the_pack_comes_first() {
    check("Trucks stood in the Alder Corridor.", &[("the Alder Corridor", "alder-corridor")]);
    check(
        "A post was set up at the start of the Alder road.",
        &[("the start of the Alder road", "alder-corridor")],
    );
    check("Guns were heard in Upper Birchland.", &[("Upper Birchland", "mountain-enclave")]);
    check(
        "They built a checkpoint on the Alder road.",
        &[("checkpoint", "alder-post"), ("the Alder road", "alder-corridor")],
    );
}

#[test]
fn common_nouns_mean_the_only_place_of_their_kind() {
    check("Northland closed the corridor.", &[("the corridor", "alder-corridor")]);
    check("People in the enclave starve.", &[("the enclave", "mountain-enclave")]);
    check("Northland closed the crossing.", &[("the crossing", "-")]);
    check("Shells fell in Tromsø. The city was dark.", &[("Tromsø", "no/tromso"), ("The city", "no/tromso")]);
}

#[test]
fn words_of_distance_are_kept() {
    let agreement = agreement();
    for (text, words) in [
        ("Shells fell 12 km north of Birchland.", "12 km north of Birchland"),
        ("They fired in the direction of Birchland.", "direction of Birchland"),
        ("A mine was found near Birchland.", "near Birchland"),
        ("Shots were heard on the outskirts of Birchland.", "the outskirts of Birchland"),
    ] {
        let found = read(text, Some(&agreement));
        assert_eq!(found[0].span.of(text), Some(words));
        assert_eq!(found[0].precision, "near", "{text}");
    }
    check("Shells fell in southern Birchland.", &[("southern Birchland", "mountain-enclave")]);
    check("Guns in Troms province fell silent.", &[("Troms province", "no/troms")]);
}

#[test]
fn a_capital_is_ground_or_a_government() {
    for (text, reading) in [
        ("He spoke in Moscow.", PlaceReading::Literal),
        ("Moscow said so.", PlaceReading::Governmental),
        ("She accused Moscow of delay.", PlaceReading::Governmental),
        ("It was a Moscow-brokered truce.", PlaceReading::Adjectival),
        ("It was a Russian plan.", PlaceReading::Adjectival),
        ("Troops crossed into Russia.", PlaceReading::Literal),
        ("He met Russia's foreign minister.", PlaceReading::Governmental),
    ] {
        let found = read(text, None);
        assert_eq!(found.len(), 1, "{text} {found:?}");
        assert_eq!(found[0].reading, reading, "{text}");
        assert_eq!(found[0].country.as_deref(), Some("RU"), "{text}");
    }
}

#[test]
fn the_theatre_decides_between_places_of_one_name() {
    // Bergen lies in Norway, Germany and the Netherlands; Halden in Norway and Switzerland.
    let agreement = agreement();
    for name in ["Bergen", "Moss", "Hamar"] {
        let text = format!("Shells fell in {name} at night.");
        let found = read(&text, Some(&agreement));
        assert_eq!(found[0].country.as_deref(), Some("NO"), "{name}");
        assert_eq!(found[0].rule, "theatre");
    }
}

#[test]
fn containers_decide_too() {
    let text = "A fire broke out in Paris, Texas, and in Rome.";
    let found = read(text, None);
    assert_eq!(found[0].country.as_deref(), Some("US"));
    assert!(found[0].lat_lon_e7.is_some_and(|(lat, _)| lat < 350_000_000));
}

#[test]
fn far_places_that_only_share_a_name_stay_unknown() {
    let agreement = agreement();
    // There is a Springfield in several states of a far country, none in the theatre.
    let found = read("Shots were heard in Springfield.", Some(&agreement));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].lat_lon_e7, None, "{found:?}");
}

#[test]
fn places_of_ceasefires_are_known_without_a_pack() {
    for (text, words, precision) in [
        ("Shells crossed the Line of Control.", "the Line of Control", "line"),
        ("Lorries waited at Kerem Shalom.", "Kerem Shalom", "point"),
        ("Guards met in the Joint Security Area.", "the Joint Security Area", "point"),
    ] {
        let found = read(text, None);
        assert_eq!(found.first().and_then(|it| it.span.of(text)), Some(words));
        assert_eq!(found[0].precision, precision);
    }
}

#[test]
fn names_of_people_and_things_are_no_places() {
    for text in [
        "Mr Jordan said nothing.",
        "General Austin spoke. Austin left.",
        "On Monday the Council met.",
        "The May offensive failed.",
        "Police said so.",
    ] {
        let found = read(text, None);
        assert!(found.is_empty(), "{text} {found:?}");
    }
}
