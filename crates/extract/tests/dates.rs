//! Publication dates of invented reports.

use truce_extract::{Given, RawFormat, RawReport, Twin, date_from_twins, extract};
use truce_model::{Anchor, Article, Basis, Edtf, Precision, Span};

fn anchors() -> Vec<Anchor> {
    let date = Edtf::new("2031-04-20").expect("a Sunday");
    vec![Anchor { date, names: vec!["checkpoint".to_owned()], place: None }]
}

fn read(text: &str) -> Article {
    let raw =
        RawReport { path: "post.txt".to_owned(), bytes: text.as_bytes().to_vec(), ..RawReport::default() };
    extract(&raw, &anchors()).expect("a report").0
}

fn check(text: &str, value: Option<&str>, basis: Basis) {
    let article = read(text);
    let found = article.published.value.as_ref().map(|it| it.as_str());
    assert_eq!((found, article.published.basis), (value, basis), "{}\n{}", article.published.reason, text);
}

const TELLS: &str = "Northland on Sunday set up a checkpoint on the Alder road, its border service said.";

#[test]
fn the_anchor_and_the_latest_weekday() {
    let text = format!(
        "Rivermark protests at Alder Bridge\n\nRivermark on Monday protested against a new post at the bridge.\n\n{TELLS}\n"
    );
    check(&text, Some("2031-04-21"), Basis::Inferred);
    assert!(read(&text).published.reason.contains("2031-04-20 + 1 = 2031-04-21"));
}

#[test]
fn late_hours_give_two_days() {
    let text = format!(
        "Rivermark protests at Alder Bridge\n\nRivermark said late on Tuesday that it had protested.\n\n{TELLS}\n"
    );
    check(&text, Some("2031-04-22/2031-04-23"), Basis::Inferred);
    assert_eq!(read(&text).published.precision, Some(Precision::Interval));
}

#[test]
fn an_anchor_without_its_weekday_gives_no_date() {
    let later = "Rivermark on Sunday called the checkpoint that Northland recently set up on the Alder road a disgrace.";
    check(&format!("Rivermark rages at Northland\n\n{later}\n"), None, Basis::Unknown);
    let other =
        "Rivermark on Friday asked Maridia to have the checkpoint on the Alder road taken down at once.";
    check(&format!("Rivermark asks for help\n\n{other}\n"), None, Basis::Unknown);
}

#[test]
fn weekdays_ahead_are_no_dates() {
    let text = format!(
        "Talks planned\n\n{TELLS}\n\nThe two sides will meet on Wednesday. If they fail on Thursday, the road stays shut.\n"
    );
    check(&text, Some("2031-04-20"), Basis::Inferred);
}

#[test]
fn dates_of_captions_and_teasers_are_none() {
    let text = "Rivermark protests at Alder Bridge\n\nGuards at the bridge, May 4, 2029. (Photo: AFP)\n\nThe road is shut, drivers in Highfell said.\n\n\
         More from World\n\nHarvest festival of 3 June 2030 called off\n";
    check(text, None, Basis::Unknown);
    check(
        &text.replace("\n\nGuards", "\n\nPublished 21 April 2031, 18:05\n\nGuards"),
        Some("2031-04-21T18:05"),
        Basis::Stated,
    );
}

#[test]
fn two_readings_are_none() {
    check(
        "Truce frays in the north\n\n07/08/2031\n\nThe road is shut, drivers in Highfell said on the phone.\n",
        None,
        Basis::Unknown,
    );
    check(
        "Truce frays in the north\n\n31 June 2031\n\nThe road is shut, drivers in Highfell said on the phone.\n",
        None,
        Basis::Unknown,
    );
}

#[test]
fn a_dateline_without_a_year_takes_it_from_an_anchor() {
    let text = format!(
        "Rivermark protests\n\nNEWPORT, April 22 (AFP) — Rivermark protested against the post.\n\n{TELLS}\n"
    );
    check(&text, Some("2031-04-22"), Basis::Inferred);
    check(
        "Rivermark protests\n\nNEWPORT, April 22 (AFP) — Rivermark protested against the post.\n",
        None,
        Basis::Unknown,
    );
}

#[test]
fn what_is_given_is_stated() {
    let given = Given { published: Some("2031-04-25".to_owned()), ..Given::default() };
    let raw = RawReport { path: "a".to_owned(), bytes: TELLS.as_bytes().to_vec(), format: None, given };
    let (article, problems) = extract(&raw, &[]).expect("a report");
    assert_eq!(article.published.value.as_ref().map(|it| it.as_str()), Some("2031-04-25"));
    assert!(problems.is_empty(), "{problems:?}");
    let given = Given { published: Some("soon".to_owned()), ..Given::default() };
    let raw = RawReport { given, ..raw };
    let (article, problems) = extract(&raw, &[]).expect("a report");
    assert_eq!(article.published.basis, Basis::Unknown);
    assert!(problems[0].what.contains("\"soon\""), "{problems:?}");
}

#[test]
fn pages_state_their_date() {
    let page = |head: &str, body: &str| {
        let html = format!(
            "<html lang=en><head><title>Truce frays | Post</title>{head}</head><body><article><h1>Truce frays</h1>{body}\
             <p>Northland accused Rivermark of shelling Alder Pass, its defence ministry said in a statement on the phone.</p>\
             <p>Rivermark denied the charge and said that its guns had been silent for a week, as the accord demands.</p></article></body></html>"
        );
        let raw = RawReport {
            path: "a.html".to_owned(),
            bytes: html.into_bytes(),
            format: Some(RawFormat::Html),
            given: Given::default(),
        };
        let article = extract(&raw, &[]).expect("a page").0;
        article.published.value.map(|it| it.as_str().to_owned())
    };
    let news = "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2031-04-21T18:05:00Z\"}</script>";
    assert_eq!(page(news, "").as_deref(), Some("2031-04-21T18:05Z"));
    let tag = "<meta property=\"article:published_time\" content=\"2031-04-21\">";
    // Printed nowhere: systems fill the tag for every page.
    assert_eq!(page(tag, ""), None);
    assert_eq!(page(tag, "<p class=date>21 April 2031</p>").as_deref(), Some("2031-04-21"));
    assert_eq!(page("", "<p class=deadline>Deadline: 21 April 2031</p>"), None);
}

#[test]
fn a_dated_twin_dates_a_reprint() {
    let passage =
        "Northland on Tuesday closed the Alder road to traffic, a spokesman of its border service said.";
    let twin = read(&format!("Road shut\n\nWednesday 23 April 2031\n\n{passage}\n"));
    let undated = read(&format!(
        "Alder road shut\n\n{passage}\n\nOn Wednesday drivers in Highfell waited for news of it.\n"
    ));
    assert_eq!(undated.published.basis, Basis::Unknown);
    let at = undated.text.find(passage).expect("the passage");
    let shared = Span::new(at, at + passage.len());
    let dated = date_from_twins(&undated, &[Twin { article: &twin, shared }]).expect("dated");
    assert_eq!(dated.value.as_ref().map(|it| it.as_str()), Some("2031-04-23"));
    assert_eq!(dated.basis, Basis::Inferred);
    assert!(dated.reason.contains("post.txt") && dated.reason.contains("2031-04-22"), "{}", dated.reason);
    assert!(
        date_from_twins(&twin, &[Twin { article: &undated, shared }]).is_none(),
        "the twin is dated already"
    );
    let elsewhere = Span::new(0, 4);
    assert!(date_from_twins(&undated, &[Twin { article: &twin, shared: elsewhere }]).is_none());
}
