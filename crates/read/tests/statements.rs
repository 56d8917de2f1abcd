//! Who says what, on invented reports about the invented Alder Accord.

use truce_model::{Agreement, Article, Published, Segment, SegmentKind, Span, Statement};
use truce_read::statements::statements;

fn pack() -> Agreement {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../agreements/alder-2031");
    let toml = std::fs::read_to_string(format!("{folder}/agreement.toml")).expect("the shipped pack");
    let geojson = std::fs::read_to_string(format!("{folder}/places.geojson")).ok();
    truce_pack::read("agreement.toml", &toml, geojson.as_deref()).agreement.expect("the shipped pack is good")
}

fn article(text: &str, segments: Vec<Segment>) -> Article {
    Article {
        id: "a-test".into(),
        path: "test.txt".to_owned(),
        sha256: String::new(),
        outlet: None,
        url: None,
        title: None,
        language: Some("en".to_owned()),
        published: Published::unknown("a test"),
        text: text.into(),
        segments,
        text_credit: None,
        picture_credit: None,
    }
}

fn body(text: &str) -> Article {
    article(text, vec![Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) }])
}

fn read(article: &Article) -> Vec<Statement> {
    let pack = pack();
    let prepared = truce_read::prepare(Some(&pack), article);
    statements(Some(&pack), &prepared)
}

/// Statements as "side | cue | content | mode", by position.
fn told(text: &str) -> Vec<String> {
    let article = body(text);
    read(&article)
        .iter()
        .map(|it| {
            format!(
                "{} | {} | {} | {}",
                it.source.side.as_ref().map_or("?", |it| it.as_str()),
                it.cue.as_ref().map_or("-", |it| it.exact()),
                it.content.exact(),
                it.mode.as_str()
            )
        })
        .collect()
}

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    assert_eq!(told(text), wanted, "in: {text}");
}

#[test]
fn a_clause_under_a_verb() {
    check(
        "Northland said that Rivermark had shelled Alder Pass on Sunday.",
        &["northland | said | that Rivermark had shelled Alder Pass on Sunday | indirect"],
    );
    check(
        "Rivermark denied any hand in the ambush.",
        &["rivermark | denied | any hand in the ambush | indirect"],
    );
}

#[test]
fn a_charge_begins_at_the_charged() {
    check(
        "Northland accused Rivermark of shelling Alder Pass.",
        &["northland | accused | Rivermark of shelling Alder Pass | indirect"],
    );
}

#[test]
fn several_contents_under_several_cues() {
    check(
        "Northland accused Rivermark of shelling Alder Pass and urged the mission to act, adding that its men held their fire.",
        &[
            "northland | accused | Rivermark of shelling Alder Pass | indirect",
            "northland | urged | the mission to act | indirect",
            "northland | adding | that its men held their fire | indirect",
        ],
    );
}

#[test]
fn direct_speech_with_its_cue_after_and_a_quotation_that_follows() {
    check(
        "\"The road is shut,\" Rivermark's foreign ministry said. \"Nobody can pass.\"",
        &[
            "rivermark | said | \"The road is shut,\" | direct",
            "rivermark | - | \"Nobody can pass.\" | direct",
        ],
    );
}

#[test]
fn an_inverted_speaker_with_a_long_description() {
    check(
        "“They fired first,” said Ivo Brand, who speaks for Northland, an old ally.",
        &["northland | said | “They fired first,” | direct"],
    );
}

#[test]
fn a_name_is_its_speakers() {
    check(
        "Northland set up a checkpoint at Alder Pass, in what Rivermark called a \"gross violation\" of the accord.",
        &["rivermark | called | a \"gross violation\" of the accord | mixed"],
    );
}

#[test]
fn according_to() {
    check(
        "Two farmers were killed near Alder Pass, according to Rivermark.",
        &["rivermark | according to | Two farmers were killed near Alder Pass | indirect"],
    );
}

#[test]
fn pronouns_and_descriptions_as_speakers() {
    check(
        "Rivermark's foreign ministry met the envoys on Monday. The ministry said the road was open. It added that lorries had passed.",
        &[
            "rivermark | said | the road was open | indirect",
            "rivermark | added | that lorries had passed | indirect",
        ],
    );
}

#[test]
fn a_person_keeps_the_side_of_the_office() {
    check(
        "Northland's army spokesman Ivo Brand met reporters. Brand said the guns were silent.",
        &["northland | said | the guns were silent | indirect"],
    );
}

#[test]
fn people_who_speak_for_themselves_are_their_own_side() {
    check("Residents said shells fell at dawn.", &["residents | said | shells fell at dawn | indirect"]);
}

#[test]
fn a_mutual_charge_is_one_statement_each() {
    check(
        "Northland and Rivermark accused each other of breaking the truce.",
        &[
            "northland | accused each other | of breaking the truce | indirect",
            "rivermark | accused each other | of breaking the truce | indirect",
        ],
    );
}

#[test]
fn a_quotation_over_paragraphs() {
    let text = "Rivermark's foreign ministry said: “The road is shut.\n“Nobody can pass,” and no more.";
    let found = told(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("Nobody can pass"), "{found:?}");
}

#[test]
fn traded_accusations_go_both_ways() {
    check(
        "Northland and Rivermark traded accusations on Sunday of shelling villages along the Stone Line.",
        &[
            "northland | traded accusations | of shelling villages along the Stone Line | indirect",
            "rivermark | traded accusations | of shelling villages along the Stone Line | indirect",
        ],
    );
}

#[test]
fn a_quotation_split_around_its_cue() {
    check(
        "\"The road is closed,\" the governor of Highfell, Otto Venn, told the Post, \"and nobody told us why.\"",
        &["? | told | \"The road is closed,\" | direct", "? | told | \"and nobody told us why.\" | direct"],
    );
}

#[test]
fn a_curly_mark_closed_by_a_straight_one() {
    check("“Nobody can pass,\" Rivermark said.", &["rivermark | said | “Nobody can pass,\" | direct"]);
}

#[test]
fn a_report_that_ends_the_sentence_is_not_what_another_says() {
    check(
        "Rivermark plans to leave the talks, according to a Northland official.",
        &["northland | according to | Rivermark plans to leave the talks | indirect"],
    );
}

#[test]
fn speech_goes_on_behind_an_inserted_cue() {
    check(
        "The bridge has become, Rivermark says, a parking lot for stolen cars.",
        &[
            "rivermark | says | The bridge has become, Rivermark says, a parking lot for stolen cars | indirect",
        ],
    );
}

#[test]
fn it_is_not_whom_it_speaks_of() {
    check(
        "The observer mission warned of more breaches. Northland, it said, was responsible for most.",
        &[
            "observer-mission | warned of | more breaches | indirect",
            "observer-mission | said | Northland, it said, was responsible for most | indirect",
        ],
    );
    check(
        "Northland shut the bridge and accused Rivermark of haste. It said the post was there to keep Rivermark out.",
        &[
            "northland | accused | Rivermark of haste | indirect",
            "northland | said | the post was there to keep Rivermark out | indirect",
        ],
    );
}

#[test]
fn a_nouns_clause_ends_before_the_main_verb() {
    check(
        "Rivermark's claim that Northland used cluster shells could not be verified.",
        &["rivermark | claim | that Northland used cluster shells | indirect"],
    );
}

#[test]
fn a_figure_somebody_puts() {
    check(
        "Rivermark put the number of dead at eleven.",
        &["rivermark | put | the number of dead at eleven | indirect"],
    );
}

#[test]
fn what_is_declined_owed_or_asked_for_oneself_is_not_said() {
    check("Northland declined to say who had fired.", &[]);
    check("Each side must report its movements a day ahead.", &[]);
    check(
        "The Northland spokesman, who asked not to be named, denied the charge.",
        &["northland | denied | the charge | indirect"],
    );
}

#[test]
fn civil_bodies_speak_for_themselves() {
    check(
        "The Northland cricket board said three players were dead.",
        &["northland-cricket-board | said | three players were dead | indirect"],
    );
}

#[test]
fn a_paper_nobody_is_named_for_is_nobodys() {
    check(
        "Northland said the road was open. According to a leaked report, the road was shut.",
        &[
            "northland | said | the road was open | indirect",
            "leaked-report | According to | the road was shut | indirect",
        ],
    );
}

#[test]
fn attitudes_are_read_at_the_wider_breadth_only() {
    use truce_read::statements::{Breadth, attributions};
    let article = body("Rivermark is worried that the road will close. Northland is expected to answer.");
    let pack = pack();
    let prepared = truce_read::prepare(Some(&pack), &article);
    assert!(attributions(Some(&pack), &prepared, Breadth::Said).is_empty());
    let wide = attributions(Some(&pack), &prepared, Breadth::Attributed);
    let rules: Vec<&str> = wide.iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["statement/adjective", "statement/impersonal"]);
    assert_eq!(wide[0].content.exact(), "that the road will close");
    assert!(wide[1].source.words.is_none());
}

#[test]
fn near_misses() {
    // No speaker, no saying, no such cue.
    check("The road was reopened on Monday.", &[]);
    check("Northland did not say who had fired.", &[]);
    check("Guards searched the \"safe\" road.", &[]);
    check("Northland made gains in the war.", &[]);
}

#[test]
fn nothing_is_read_outside_headline_and_body() {
    let text = "Northland said the road was shut.\nElsewhere: Rivermark said it will talk.";
    let cut = text.find('\n').expect("two lines") + 1;
    let segments = vec![
        Segment { kind: SegmentKind::Body, span: Span::new(0, cut) },
        Segment { kind: SegmentKind::Teaser, span: Span::new(cut, text.len()) },
    ];
    let found = read(&article(text, segments));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].source.side.as_ref().map(|it| it.as_str()), Some("northland"));
}

#[test]
fn ids_are_stable_and_differ() {
    let article = body("Northland said the road was shut. Rivermark said the road was open.");
    let (one, two) = (read(&article), read(&article));
    assert_eq!(one, two);
    assert_ne!(one[0].id, one[1].id);
}

#[test]
fn known_misses() {
    // FIXME: "begged to differ" rejects, but says so only as an idiom.
    check("Rivermark begged to differ.", &[]);
    // FIXME: an owner in another sentence: the charge is Northland's.
    check("Northland spoke first. The charge that shells had fallen was old.", &[]);
}

/// Any text: no panic, words where they are said to be, nothing from outside
/// readable segments. Inputs are made from a fixed seed, so a failure repeats.
#[test]
fn any_text_is_survived() {
    const PIECES: &[&str] = &[
        "Northland",
        "Rivermark's",
        "said",
        "accused",
        "\"",
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        ",",
        ".",
        ":",
        ";",
        "that",
        "of",
        "the",
        "it",
        "which",
        "who",
        "ministry",
        "according to",
        "called",
        "each other",
        "\n",
        "\n\n",
        "—",
        "saying",
        "urged",
        "to",
        "as",
        "(",
        ")",
        "Ivo Brand",
        "both sides",
        "ŞUŞA",
        "日本",
        "\u{a0}",
        "🙂",
        "-",
        "1,000",
        "U.S.",
        "denied",
        "was",
        "by",
        "\t",
        "A:",
        "?",
        "!",
        "told",
        "reporters",
        "quoted",
        "é",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..next(70) {
            text.push_str(PIECES[next(PIECES.len())]);
            if next(5) > 0 {
                text.push(' ');
            }
        }
        // A cut somewhere, on a character's edge: the rest may not be read.
        let mut cut = next(text.len() + 1);
        while !text.is_char_boundary(cut) {
            cut += 1;
        }
        let segments = vec![
            Segment { kind: SegmentKind::Body, span: Span::new(0, cut) },
            Segment { kind: SegmentKind::Caption, span: Span::new(cut, text.len()) },
        ];
        let article = article(&text, segments);
        for it in read(&article) {
            let spans = [Some(&it.content), it.cue.as_ref(), it.source.words.as_ref()];
            for evidence in spans.into_iter().flatten() {
                assert!(evidence.holds_in(&article), "{text:?}");
                assert!(evidence.span().end as usize <= cut, "{text:?}: {evidence:?}");
            }
        }
    }
}

/// A page of one kind of mark or word ends in reasonable work: twice the text
/// does not yield more than a few times the statements, and no rule panics.
#[test]
fn monotonous_pages() {
    for piece in
        ["\"", "'a' ", "‘s’ ", "Northland said ", "A: b\n", "“x” ", "according to it ", ", saying that "]
    {
        let text = piece.repeat(3_000);
        let article = body(&text);
        for it in read(&article) {
            assert!(it.content.holds_in(&article));
        }
    }
}
