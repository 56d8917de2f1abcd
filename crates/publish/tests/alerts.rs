//! Alerts: each rests on words, and nothing is told twice.

mod support;

use truce_publish::{AlertRule, Occasion, alerts, alerts_atom};

fn rule(id: &str, on: &[Occasion]) -> AlertRule {
    AlertRule { id: id.to_owned(), on: on.to_vec(), ..AlertRule::default() }
}

#[test]
fn rules_choose_by_occasion_party_kind_and_obligation() {
    let (record, agreement) = (support::record(), support::agreement());
    let find = |it: AlertRule| alerts(&record, Some(&agreement), None, &[it]);
    let charges = find(rule("charges", &[Occasion::Charge]));
    let denials = find(rule("denials", &[Occasion::Denial]));
    assert!(!charges.is_empty() && !denials.is_empty());
    assert_eq!(denials.len(), record.claims.iter().filter(|it| it.stance == "denies").count());
    let mut narrow = rule("narrow", &[Occasion::Charge]);
    narrow.accused = vec!["northland".to_owned()];
    let narrow = find(narrow);
    assert!(!narrow.is_empty() && narrow.len() < charges.len());
    let mut none = rule("none", &[Occasion::Claim]);
    none.kind = vec!["sexual_violence".to_owned()];
    assert!(find(none).is_empty());
    for it in charges.iter().chain(&denials) {
        assert!(record.articles.iter().any(|article| article.text.contains(&it.words)), "{it:?}");
        assert!(!it.title.is_empty() && it.at.contains('–'));
    }
}

#[test]
fn what_was_told_before_is_not_told_again() {
    let (record, agreement) = (support::record(), support::agreement());
    let all = [rule("all", &[])];
    assert!(!alerts(&record, Some(&agreement), None, &all).is_empty());
    let again = alerts(&record, Some(&agreement), Some(&record), &all);
    assert!(again.iter().all(|it| it.occasion == Occasion::Deadline), "{again:?}");
    let mut before = support::record();
    before.claims.retain(|it| it.stance != "denies");
    let fresh = alerts(&record, Some(&agreement), Some(&before), &[rule("x", &[Occasion::Denial])]);
    assert_eq!(fresh.len(), record.claims.iter().filter(|it| it.stance == "denies").count());
    let mut other = support::record();
    other.incidents[0].standing = "reported".to_owned();
    let turned = alerts(&record, Some(&agreement), Some(&other), &[rule("x", &[Occasion::Standing])]);
    assert_eq!(turned.len(), 1);
    assert!(turned[0].title.contains("before: reported"), "{}", turned[0].title);
}

#[test]
fn deadlines_are_told_while_they_are_near() {
    let (record, agreement) = (support::record(), support::agreement());
    let mut near = rule("near", &[Occasion::Deadline]);
    near.days_ahead = Some(3650);
    let far = alerts(&record, Some(&agreement), None, &[near.clone()]);
    near.days_ahead = Some(0);
    assert!(alerts(&record, Some(&agreement), None, &[near]).len() <= far.len());
}

#[test]
fn the_feed_is_well_formed() {
    let record = support::record();
    let mut found = alerts(&record, None, None, &[rule("a<b>&\"", &[])]);
    found[0].url = Some("javascript:alert(1)".to_owned());
    let feed = alerts_atom(&found, "Alder & Pass", "2031-05-12");
    assert_eq!(feed.matches("<entry>").count(), found.len());
    assert!(feed.contains("a&lt;b&gt;&amp;&quot;") && !feed.contains("javascript:"));
    assert!(feed.contains("urn:trucewatch:alerts:Alder-&amp;-Pass"));
}
