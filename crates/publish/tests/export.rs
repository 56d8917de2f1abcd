//! What leaves the house as data and as reports.

mod support {
    #[path = "mod.rs"]
    mod fixture;
    pub mod page;
    pub use fixture::*;
}

use serde_json::Value;
use truce_publish::{Format, SitrepError, SitrepForm, SitrepFormat, export, sitrep, sitrep_file};

fn json(format: Format) -> Value {
    let bytes = export(&support::record(), Some(&support::agreement()), format).expect("an export");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn text(format: Format) -> String {
    let bytes = export(&support::record(), Some(&support::agreement()), format).expect("an export");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn names_are_read_back() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.name()), Some(*format));
    }
    assert_eq!(Format::parse("pdf"), None);
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let (record, agreement) = (support::record(), support::agreement());
    for format in Format::ALL {
        let one = export(&record, Some(&agreement), *format).expect("an export");
        let two = export(&record.clone(), Some(&agreement), *format).expect("an export");
        assert!(one == two, "{} differs", format.name());
        assert!(!one.is_empty());
    }
}

#[test]
fn a_row_for_each_claim() {
    let rows = text(Format::CsvClaims);
    assert_eq!(rows.split("\r\n").filter(|it| !it.is_empty()).count(), 1 + support::record().claims.len());
    let tagged = text(Format::Hxl);
    let second = tagged.split("\r\n").nth(1).expect("a tag row");
    assert!(second.split(',').all(|it| it.starts_with('#')), "{second}");
}

#[test]
fn formulas_are_defused_in_every_table() {
    let mut record = support::record();
    for article in &mut record.articles {
        article.outlet = Some("=cmd|' /C calc'!A0".to_owned());
    }
    for format in [Format::CsvClaims, Format::CsvStatements, Format::Hxl, Format::Acled] {
        let bytes = export(&record, None, format).expect("an export");
        let rows = String::from_utf8(bytes).expect("UTF-8");
        assert!(rows.contains("'=cmd"));
        assert!(!rows.contains(",=cmd"), "{}", format.name());
    }
}

#[test]
fn an_area_is_never_a_point() {
    let mut record = support::record();
    for incident in &mut record.incidents {
        if let Some(place) = &mut incident.place {
            place.precision = "area".to_owned();
        }
    }
    let bytes = export(&record, Some(&support::agreement()), Format::GeoJson).expect("an export");
    let map: Value = serde_json::from_slice(&bytes).expect("JSON");
    for feature in map["features"].as_array().expect("features") {
        assert_ne!(feature["geometry"]["type"], "Point");
    }
}

#[test]
fn roads_are_lines_and_places_without_shape_have_none() {
    let map = json(Format::GeoJson);
    let kinds: Vec<String> = map["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|it| it["geometry"]["type"].to_string())
        .collect();
    assert!(kinds.iter().any(|it| it == "\"LineString\""));
    assert!(kinds.iter().any(|it| it == "\"Point\""));
    assert!(kinds.iter().any(|it| it == "null"));
    assert!(text(Format::GeoJson).contains("10.1234567"));
}

#[test]
fn annotations_can_be_found_by_quote_and_by_position() {
    let record = support::record();
    let page = json(Format::WebAnnotation);
    let items = page["first"]["items"].as_array().expect("items");
    assert_eq!(page["total"].as_u64(), Some(items.len() as u64));
    for item in items {
        let [quote, position] = item["target"]["selector"].as_array().expect("selectors").as_slice() else {
            panic!("two selectors")
        };
        let (start, end) =
            (position["start"].as_u64().expect("start"), position["end"].as_u64().expect("end"));
        let whole = [&quote["prefix"], &quote["exact"], &quote["suffix"]]
            .map(|it| it.as_str().expect("words"))
            .concat();
        let article =
            record.articles.iter().find(|it| it.text.contains(&whole)).expect("the words in context");
        let found: String = article.text.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(found, quote["exact"].as_str().expect("words"));
    }
}

#[test]
fn claims_are_coded_with_their_status() {
    let events = json(Format::Plover);
    let of = |id: &str| {
        let found = events.as_array().expect("events").iter().find(|it| it["event_id"] == id);
        found.unwrap_or_else(|| panic!("no event {id}")).clone()
    };
    assert_eq!(of("c-shell-n:said")["event_type"], "ACCUSE");
    assert_eq!(of("c-shell-n:said")["attributes"]["RECIP"]["id"], "rivermark");
    assert_eq!(of("c-shell-n:done")["status"], "attributed");
    assert_eq!(of("c-nofire:done")["status"], "denied");
}

#[test]
fn casualties_are_never_added_up() {
    let rows = text(Format::Acled);
    assert!(
        rows.contains("Rivermark: killed: 5; Northland: killed: 2")
            || rows.contains("Northland: killed: 2; Rivermark: killed: 5")
    );
    assert!(!rows.contains("killed: 7"));
}

#[test]
fn a_report_in_both_forms() {
    let (record, agreement) = (support::record(), support::agreement());
    let html = sitrep(&record, Some(&agreement), None, SitrepFormat::Html).expect("a report");
    support::page::check(&html);
    let markdown = sitrep(&record, Some(&agreement), None, SitrepFormat::Markdown).expect("a report");
    insta::assert_snapshot!(markdown);
}

#[test]
fn a_report_in_every_form_is_the_same_each_time() {
    let (record, agreement) = (support::record(), support::agreement());
    for form in SitrepForm::ALL {
        assert_eq!(SitrepForm::parse(form.name()), Some(*form));
        let one = sitrep_file(&record, Some(&agreement), Some(&record), *form).expect("a report");
        let two = sitrep_file(&record.clone(), Some(&agreement), Some(&record), *form).expect("a report");
        assert!(one == two && !one.is_empty(), "{}", form.name());
        let mut broken = support::record();
        broken.claims[0].evidence[0].exact.push('!');
        let result = sitrep_file(&broken, Some(&agreement), None, *form);
        assert!(matches!(result, Err(SitrepError::Unsourced { .. })), "{}", form.name());
    }
}

#[test]
fn the_period_before_stands_beside() {
    let mut previous = support::record();
    previous.incidents.retain(|it| it.id != "i-shell-r");
    previous.claims.retain(|it| it.kind.as_deref() != Some("movement_obstruction"));
    let text =
        sitrep(&support::record(), Some(&support::agreement()), Some(&previous), SitrepFormat::Markdown)
            .expect("a report");
    assert!(text.contains("## Beside the previous period") && text.contains("overlap"), "{text}");
    assert!(text.contains("1 incident not in the previous record"), "{text}");
    assert!(text.contains("| claims of movement obstructed | "), "{text}");
}

#[test]
fn a_report_says_what_changed() {
    let mut previous = support::record();
    previous.incidents.retain(|it| it.id != "i-shell-r");
    previous.findings.iter_mut().find(|it| it.provision == "1").expect("a finding").finding =
        "alleged".to_owned();
    let markdown =
        sitrep(&support::record(), Some(&support::agreement()), Some(&previous), SitrepFormat::Markdown)
            .expect("a report");
    assert!(markdown.contains("contested (changed) | alleged |"), "{markdown}");
    assert!(markdown.contains("[contested] (new)"));
    assert!(markdown.contains("(standing unchanged)"));
}

#[test]
fn a_sentence_without_words_fails_the_report() {
    let mut record = support::record();
    let claim = record.claims.iter_mut().find(|it| it.id == "c-guarantor").expect("the claim");
    claim.evidence[0].exact.push('!');
    let result = sitrep(&record, Some(&support::agreement()), None, SitrepFormat::Markdown);
    assert!(matches!(result, Err(SitrepError::Unsourced { .. })), "{result:?}");
}
