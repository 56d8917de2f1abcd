//! Claims as text that a person who does not program can judge: a passage,
//! then the claims it makes, one a line, as `stance claimant > accused kind`.
//! Parties are invented (pack `alder-2031`).

use std::sync::OnceLock;

use truce_model::{
    Agreement, Article, ArticleId, Basis, Edtf, Precision, Published, Segment, SegmentKind, Span,
};

fn agreement() -> &'static Agreement {
    static PACK: OnceLock<Agreement> = OnceLock::new();
    PACK.get_or_init(|| {
        let toml = include_str!("../../../agreements/alder-2031/agreement.toml");
        truce_pack::parse("agreement.toml", toml, None).expect("the shipped pack is right")
    })
}

fn article(text: &str) -> Article {
    Article {
        id: ArticleId::from("a-test"),
        path: "test.txt".into(),
        sha256: String::new(),
        outlet: None,
        url: None,
        title: None,
        language: Some("en".into()),
        published: Published {
            value: Edtf::new("2031-04-22"),
            precision: Some(Precision::Day),
            basis: Basis::Stated,
            evidence: None,
            reason: String::new(),
        },
        text: text.into(),
        segments: vec![Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) }],
        text_credit: None,
        picture_credit: None,
    }
}

/// Reads `text` and compares its claims with `expected`, order aside.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let article = article(text);
    let reading = truce_read::read(Some(agreement()), &article);
    let side = |it: &Option<truce_model::ActorId>| {
        it.as_ref().map_or("none".to_owned(), |id| {
            let met = reading.actors.iter().find(|it| it.id == *id).and_then(|it| it.side.clone());
            met.unwrap_or_else(|| agreement().side_of(id)).to_string()
        })
    };
    let mut found: Vec<String> = reading
        .claims
        .iter()
        .map(|it| {
            let kind = it.kind.map_or("-", |it| it.as_str());
            format!("{} {} > {} {kind}", it.stance.as_str(), side(&it.claimant), side(&it.accused))
        })
        .collect();
    found.sort();
    let mut expected: Vec<String> = expected.iter().map(|it| (*it).to_owned()).collect();
    expected.sort();
    assert_eq!(found, expected, "\n{text}");
    for claim in &reading.claims {
        for evidence in &claim.evidence {
            assert!(evidence.holds_in(&article), "evidence is verbatim");
        }
    }
}

#[test]
fn an_accusation_names_its_accused_and_its_act() {
    check(
        "Northland accused Rivermark of shelling Alder Pass on Sunday.",
        &["alleges northland > rivermark shelling_or_strike"],
    );
}

#[test]
fn an_accusation_without_an_act_is_general() {
    check(
        "Northland accused Rivermark of violating the accord.",
        &["alleges northland > rivermark non_fulfilment"],
    );
}

#[test]
fn near_miss_a_conditional_is_no_claim() {
    check("If Rivermark shells Alder Pass, the mission will leave.", &[]);
}

#[test]
fn near_miss_an_earlier_war_is_background() {
    check("In 2029, Rivermark shelled Alder Pass for six weeks.", &[]);
}

#[test]
fn the_outlet_reports_and_a_passive_accuses_nobody() {
    check("Northland on Sunday closed the Alder road.", &["reports outlet > northland movement_obstruction"]);
    check("The Alder road was closed on Sunday.", &["reports outlet > none movement_obstruction"]);
}

#[test]
fn a_denial_of_the_act_and_a_denial_of_the_charge() {
    check(
        "Rivermark denied that it had shelled Alder Pass.",
        &["denies rivermark > rivermark shelling_or_strike"],
    );
    check(
        "Northland accused Rivermark of shelling Alder Pass. Rivermark rejected the accusation.",
        &[
            "alleges northland > rivermark shelling_or_strike",
            "denies rivermark > rivermark shelling_or_strike",
        ],
    );
}

#[test]
fn a_mutual_accusation_is_one_each_way() {
    check(
        "Northland and Rivermark accused each other of violating the accord.",
        &["alleges northland > rivermark non_fulfilment", "alleges rivermark > northland non_fulfilment"],
    );
}

#[test]
fn a_demand_goes_to_each_side() {
    check(
        "Maridia urged Northland and Rivermark to withdraw their troops.",
        &["demands maridia > northland non_withdrawal", "demands maridia > rivermark non_withdrawal"],
    );
}

#[test]
fn a_demand_without_conduct_has_no_kind() {
    check("Maridia urged Northland to think again.", &["demands maridia > northland -"]);
}

#[test]
fn a_name_for_an_act_is_a_charge_by_its_author() {
    check(
        "Northland on Sunday set up a checkpoint at Alder Bridge, in what Rivermark called a \"gross violation\" of the accord.",
        &["reports outlet > northland new_position", "alleges rivermark > northland new_position"],
    );
}

#[test]
fn an_own_act_is_acknowledged() {
    check(
        "Northland said its troops had opened fire at the bridge.",
        &["acknowledges northland > northland armed_attack"],
    );
}

#[test]
fn what_is_said_not_to_have_happened_is_denied() {
    check("Northland said its troops had not opened fire.", &["denies northland > northland armed_attack"]);
}

#[test]
fn a_third_party_reports_unless_its_words_blame() {
    check(
        "Residents said Rivermark troops had shelled Alder Pass.",
        &["reports residents > rivermark shelling_or_strike"],
    );
    check(
        "Residents said Rivermark troops had shelled Alder Pass in breach of the accord.",
        &["alleges residents > rivermark shelling_or_strike"],
    );
}

#[test]
fn a_promise_is_a_pledge() {
    check(
        "Northland said it would reopen the Alder road.",
        &["pledges northland > northland movement_obstruction"],
    );
}

#[test]
fn concern_accuses_nobody_unless_said() {
    check("Maridia voiced concern about the tensions.", &["concern maridia > none -"]);
}

#[test]
fn who_reports_may_end_the_sentence_after_a_participle_or_a_list() {
    for text in [
        "Rivermark guns shelled two barns near Millbrook on Sunday, shaking the lock, a spokesman for the Northland \
         army said late on Tuesday.",
        "Rivermark guns shelled Millbrook, Crow Hill and the lock on Sunday, the Northland army reported on Monday.",
        "Rivermark guns shelled two barns near Millbrook, the Northland army's deputy chief, Hanna Ost, told \
         reporters.",
    ] {
        check(text, &["alleges northland > rivermark shelling_or_strike"]);
    }
}

#[test]
fn an_officer_speaks_for_whom_the_apposition_names() {
    check(
        "Rivermark troops shelled Millbrook, according to the Northland army. Colonel Edda Foss, who speaks for the \
         army, said Rivermark had mined the Alder road.",
        &["alleges northland > rivermark mine_or_ied", "alleges northland > rivermark shelling_or_strike"],
    );
}

#[test]
fn what_is_said_not_to_have_been_done_is_no_admission() {
    for (text, claim) in [
        ("Northland said its guards had laid no mines.", "denies northland > northland mine_or_ied"),
        (
            "Northland's president said that not a single shell had been fired by Northland troops.",
            "denies northland > northland shelling_or_strike",
        ),
        (
            "Rivermark said the Alder road was closed because of repairs.",
            "justifies rivermark > rivermark movement_obstruction",
        ),
        (
            "Northland claimed responsibility for the attack on the convoy.",
            "acknowledges northland > northland armed_attack",
        ),
    ] {
        check(text, &[claim]);
    }
}

#[test]
fn who_is_under_fire_did_not_open_it() {
    check(
        "A Northland outpost came under fire from Rivermark troops near Crow Hill, the Northland army said.",
        &["alleges northland > rivermark armed_attack"],
    );
    check(
        "Rivermark troops were wounded when their lorry hit a mine, Rivermark's defence ministry said.",
        &["alleges rivermark > none armed_attack", "alleges rivermark > none mine_or_ied"],
    );
}

#[test]
fn a_party_is_blamed_condemned_and_asked_by_name() {
    for (text, claims) in [
        (
            "Maridia condemned Northland for the raid on Eastmere.",
            vec!["condemns maridia > northland armed_attack"],
        ),
        (
            "A Rivermark officer was shot dead near Crow Hill, the Rivermark army said, blaming Northland troops.",
            vec!["alleges rivermark > northland armed_attack"],
        ),
        (
            "Maridia urged Northland to lift the siege and Rivermark to free its captives.",
            vec![
                "demands maridia > northland movement_obstruction",
                "demands maridia > rivermark detention_or_non_release",
            ],
        ),
        (
            "Northland must quit Crow Hill, the Lake Council said.",
            vec!["demands lake-council > northland non_withdrawal"],
        ),
    ] {
        check(text, &claims);
    }
}
