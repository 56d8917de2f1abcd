//! Segments of invented reports, line by line.

use truce_extract::{RawReport, extract};
use truce_model::{Article, SegmentKind};

fn read(text: &str) -> Article {
    let raw = RawReport { path: "a.txt".to_owned(), bytes: text.as_bytes().to_vec(), ..RawReport::default() };
    extract(&raw, &[]).expect("a report").0
}

/// Every line of `marked` begins with the kind it must have.
fn check(marked: &str) {
    let lines: Vec<(&str, &str)> =
        marked.trim_matches('\n').lines().map(|it| it.split_once('|').unwrap_or(("", it))).collect();
    let text = lines.iter().map(|it| it.1.trim_start()).collect::<Vec<_>>().join("\n");
    let article = read(&text);
    let mut at = 0;
    for (kind, words) in lines {
        let words = words.trim_start();
        if !words.is_empty() {
            let found = article.segment_at(at).expect("covered").kind;
            assert_eq!(found.as_str(), kind.trim(), "{words:?}\n{:#?}", article.segments);
        }
        at += words.len() + 1;
    }
}

#[test]
fn furniture_is_told_from_body() {
    check(
        "
navigation | The Alder Post | World | Politics
headline   | Northland shells Alder Pass as truce frays
subhead    | Two dead, envoys say, and the road stays shut
byline     | By Dana Rivers
dateline   | Published: 19 October 2031, 21:40 IST
           |
caption    | Smoke rises over Alder Pass in September. (Photo: AFP/Getty)
           |
dateline   | NEWPORT (AFP) — Northland accused Rivermark of breaking the truce on Sunday.
           |
body       | Rivermark denied it and said that its guns had been silent.
           |
teaser     | READ MORE: Seven signs your boiler is about to blow
           |
body       | The Observer Mission counted eleven shots and named nobody.
           |
credit     | (Reporting by Dana Rivers; Editing by Ola Brandt)
           |
teaser     | More from World
           |
teaser     | • Kovara and coast rebels trade fire
           |
teaser     | Kovara shelled the coast on Tuesday, rebels said, in the third breach of a truce that both had signed.
",
    );
}

#[test]
fn an_inset_between_paragraphs_ends_after_its_headline() {
    check(
        "
headline  | Maridia has failed us, ministry says
          |
body      | Rivermark on Wednesday accused Maridia of doing nothing on the Alder road.
          |
teaser    | Read More
teaser    | Read More
          |
teaser    | Hundreds flee as Dune Coast ceasefire unravels
          |
crosshead | Talks in Brennick
          |
body      | The charge came as envoys of both countries met in Brennick for a second day.
",
    );
}

#[test]
fn prose_that_looks_like_furniture_stays_body() {
    check(
        "
headline | Road stays shut
         |
body     | By Friday the troops had left the pass, witnesses said on the phone.
         |
body     | Sources said the road was mined.
         |
body     | Watch towers were built along the road, and more than thirty guards stood at them.
         |
body     | Share of the blame for the fire lies with both, the Mission found in its report.
         |
body     | Correction officers were among the dead, the ministry of justice said.
",
    );
}

#[test]
fn a_last_paragraph_that_breaks_off_is_body() {
    check(
        "
headline | Truce frays in the north
         |
body     | Northland accused Rivermark of shelling Alder Pass on Sunday.
         |
body     | The truce took hold in May under a plan that was put forw
         |
other    | Kindly share this story:
",
    );
}

#[test]
fn repeated_captions_are_captions() {
    check(
        "
headline | Truce frays in the north
caption  | A bridge and a checkpoint are seen on the road to Highfell in July.
caption  | A bridge and a checkpoint are seen on the road to Highfell in July.
         |
body     | Northland accused Rivermark of shelling Alder Pass on Sunday.
         |
body     | Rivermark denied it and said that its guns had been silent.
",
    );
}

#[test]
fn a_picture_credit_says_nothing_about_the_text() {
    let credits = |text: &str| {
        let article = read(text);
        let words = |it: Option<truce_model::Span>| it.map(|it| article.words(it).to_owned());
        (words(article.text_credit), words(article.picture_credit))
    };
    let body =
        "Northland accused Rivermark of shelling Alder Pass on Sunday.\n\nRivermark denied it at once.";
    let some = |it: &str| Some(it.to_owned());
    assert_eq!(credits(&format!("Truce frays in the north\n\nAFP\n\n{body}")), (None, some("AFP")));
    assert_eq!(credits(&format!("Truce frays in the north\n\nNEWPORT (AFP) — {body}")), (some("AFP"), None));
    let shown = format!("Truce frays in the north\nReuters\nThe pass in May. (AP Photo/Lene Aas)\n\n{body}");
    assert_eq!(credits(&shown), (some("Reuters"), some("(AP Photo/Lene Aas)")));
    assert_eq!(credits(&format!("Truce frays in the north\n\nFile Picture\n\n{body}")), (None, None));
    assert_eq!(
        credits(&format!("Truce frays in the north\n\n{body}\n\n— Reuters")),
        (some("— Reuters"), None)
    );
}

#[test]
fn a_report_in_another_language_is_kept_and_said_to_be_unread() {
    let text = "La trêve est rompue dans le nord\n\nLe ministère de la défense a déclaré dimanche que les troupes avaient quitté le col et que \
                la route restait fermée aux camions depuis la veille, selon des témoins.\n";
    let raw = RawReport { path: "a.txt".to_owned(), bytes: text.as_bytes().to_vec(), ..RawReport::default() };
    let (article, problems) = extract(&raw, &[]).expect("a report");
    assert_eq!(article.language.as_deref(), Some("fr"));
    assert!(problems.iter().any(|it| it.what.contains("not read")), "{problems:?}");
    assert!(article.segments.iter().any(|it| it.kind == SegmentKind::Body));
}
