//! Expressions of time and what they come to, as text a non-programmer can
//! judge: the words found, and their value (`-` for unknown).

use truce_model::{Edtf, Span};
use truce_time::{TimeContext, find};

fn check(published: &str, text: &str, expected: &[(&str, &str)]) {
    let ctx = TimeContext { published: Edtf::new(published) };
    let found = find(text, Span::new(0, text.len()), &ctx);
    let got: Vec<(&str, &str)> = found
        .iter()
        .map(|it| (it.span.of(text).unwrap_or("?"), it.value.as_ref().map_or("-", |it| it.as_str())))
        .collect();
    assert_eq!(got, expected, "{text} ({published})");
}

const MONDAY: &str = "2023-04-24";

#[test]
fn bare_weekdays_look_back() {
    check(MONDAY, "Northland on Sunday set up a post.", &[("Sunday", "2023-04-23")]);
    check(MONDAY, "Rivermark said Monday that nothing happened.", &[("Monday", "2023-04-24")]);
    check(MONDAY, "It began late on Tuesday.", &[("late on Tuesday", "2023-04-18")]);
    check(MONDAY, "Early Wednesday shells fell.", &[("Early Wednesday", "2023-04-19")]);
    check(MONDAY, "Shells fell on Sunday morning.", &[("Sunday morning", "2023-04-23")]);
    check(MONDAY, "The post was closed last Monday.", &[("last Monday", "2023-04-17")]);
}

#[test]
fn cue_words_turn_them() {
    check(MONDAY, "The sides will meet on Friday.", &[("Friday", "2023-04-28")]);
    check(MONDAY, "Talks are due next Tuesday.", &[("next Tuesday", "2023-04-25")]);
    check(MONDAY, "The road stays closed until Thursday.", &[("until Thursday", "../2023-04-27")]);
    check(MONDAY, "Northland will hand over the post by Friday.", &[("Friday", "2023-04-28")]);
    check(MONDAY, "They had left by Friday.", &[("by Friday", "../2023-04-21")]);
}

#[test]
fn months_and_years() {
    check(MONDAY, "In December they blocked the road.", &[("December", "2022-12")]);
    check(MONDAY, "The road has been blocked since December.", &[("since December", "2022-12/..")]);
    check(MONDAY, "The two have fought since last year.", &[("since last year", "2022/..")]);
    check(MONDAY, "They signed a truce on 9 November 2020.", &[("9 November 2020", "2020-11-09")]);
    check(
        MONDAY,
        "Both signed on Nov. 9, 2020, at noon.",
        &[("Nov. 9, 2020", "2020-11-09"), ("noon", "2020-11-09")],
    );
    check(MONDAY, "20:07, 19-Sep-2023", &[("20:07, 19-Sep-2023", "2023-09-19T20:07")]);
    check(MONDAY, "The truce of 2020 held.", &[("2020", "2020")]);
    check(MONDAY, "Fire stopped in the fall of 2020.", &[("the fall of 2020", "2020-23")]);
    check(MONDAY, "It was a war of the 1990s.", &[("the 1990s", "199X")]);
    check(
        MONDAY,
        "It broke down in the third quarter of 2022.",
        &[("the third quarter of 2022", "2022-07/2022-09")],
    );
}

#[test]
fn counted_from_the_day_of_writing() {
    check(
        MONDAY,
        "Four breaches were logged in the past 24 hours.",
        &[("the past 24 hours", "2023-04-23/2023-04-24")],
    );
    check(MONDAY, "Yesterday shells fell.", &[("Yesterday", "2023-04-23")]);
    check(MONDAY, "Shells fell overnight.", &[("overnight", "2023-04-23/2023-04-24")]);
    check(MONDAY, "They left three days ago.", &[("three days ago", "2023-04-21")]);
    check(
        "2023-04-26",
        "Earlier this week a convoy was stopped.",
        &[("Earlier this week", "2023-04-24/2023-04-26")],
    );
    check(MONDAY, "The post was set up last month.", &[("last month", "2023-03")]);
    check(MONDAY, "The gate is closed since nine days.", &[("since nine days", "2023-04-15/2023-04-24")]);
    check(
        MONDAY,
        "Broken 43 times since it took hold on March 6.",
        &[("since it took hold on March 6", "2023-03-06/..")],
    );
}

#[test]
fn intervals() {
    check(
        MONDAY,
        "Shelling was recorded between 10 and 12 April.",
        &[("between 10 and 12 April", "2023-04-10/2023-04-12")],
    );
    check(MONDAY, "It was closed from 1 to 3 March.", &[("from 1 to 3 March", "2023-03-01/2023-03-03")]);
    check(MONDAY, "Closed March 1-3.", &[("March 1-3", "2023-03-01/2023-03-03")]);
    check(
        MONDAY,
        "From Monday to Friday guns were silent.",
        &[("From Monday to Friday", "2023-04-24/2023-04-21")].map(|it| (it.0, "-")),
    );
    check(MONDAY, "They fought from 1991 to 1994.", &[("from 1991 to 1994", "1991/1994")]);
}

#[test]
fn lengths_and_sets() {
    check(MONDAY, "They have fought for three decades.", &[("three decades", "P30Y")]);
    check(MONDAY, "After a six-week war both stopped.", &[("six-week", "P6W")]);
    check(MONDAY, "A truce of 72 hours began.", &[("72 hours", "PT72H")]);
    check(MONDAY, "Drones come every night.", &[("every night", "-")]);
    check(MONDAY, "It took two and a half years.", &[("two and a half years", "P2Y6M")]);
}

#[test]
fn counted_from_the_date_before() {
    check(
        MONDAY,
        "The convoy left on 3 March 2022. The next day it was stopped; two weeks later it went home.",
        &[
            ("3 March 2022", "2022-03-03"),
            ("The next day", "2022-03-04"),
            ("two weeks later", "2022-03-14/2022-03-20"),
        ],
    );
    check(MONDAY, "The same day a second convoy left.", &[("The same day", "-")]);
    check(
        MONDAY,
        "They signed in 2020 and have kept it since then.",
        &[("2020", "2020"), ("since then", "2020/..")],
    );
}

#[test]
fn times_of_day_and_zones() {
    check(MONDAY, "Fire was opened at 07:50 on Sunday.", &[("07:50 on Sunday", "2023-04-23T07:50")]);
    check(
        MONDAY,
        "It began at 10:35 a.m. (0735 GMT) Friday.",
        &[("10:35 a.m. (0735 GMT) Friday", "2023-04-21T10:35")],
    );
    check(MONDAY, "The truce began at 0600 GMT on 3 April.", &[("0600 GMT on 3 April", "2023-04-03T06:00Z")]);
    check(
        MONDAY,
        "Shots at 3 p.m. Moscow time yesterday.",
        &[("3 p.m. Moscow time yesterday", "2023-04-23T15:00+03:00")],
    );
}

#[test]
fn no_day_of_publication_no_guess() {
    for text in [
        "It happened on Sunday.",
        "Yesterday it rained.",
        "In December it began.",
        "They left three days ago.",
    ] {
        let found = find(text, Span::new(0, text.len()), &TimeContext::default());
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].value, None, "{text}");
        assert_eq!(found[0].anchor, "none", "{text}");
    }
}

#[test]
fn a_wide_day_of_publication_is_believed_only_where_it_agrees() {
    check("2023-04", "It happened on Sunday.", &[("Sunday", "-")]);
    check("2023-04", "It happened last month.", &[("last month", "2023-03")]);
    check("2023-04", "In December it began.", &[("December", "2022-12")]);
    check("2023-04-25/2023-04-26", "It happened on Sunday.", &[("Sunday", "2023-04-23")]);
    check("2023-04-25/2023-04-26", "It happened on Wednesday.", &[("Wednesday", "-")]);
}

#[test]
fn what_cannot_be_stays_unknown() {
    check(MONDAY, "It was signed on 31 June 2022.", &[("31 June 2022", "-")]);
    check(MONDAY, "It was signed on 07/08/2022.", &[("07/08/2022", "-")]);
    check(MONDAY, "It was signed on 25/08/2022.", &[("25/08/2022", "2022-08-25")]);
    check(MONDAY, "The score was 25:61 at the end.", &[]);
    check(MONDAY, "It was recently closed.", &[("recently", "-")]);
}

#[test]
fn words_that_are_no_times() {
    check(MONDAY, "The sun sat low; he may march on.", &[]);
    check(MONDAY, "About 1500 people and 2000 troops were there.", &[]);
    check(MONDAY, "The fall of the city came as no surprise.", &[]);
    check(MONDAY, "A 34-year-old farmer was hurt.", &[]);
}

#[test]
fn the_rule_shows_its_arithmetic() {
    let text = "Northland on Sunday set up a post.";
    let ctx = TimeContext { published: Edtf::new(MONDAY) };
    let found = find(text, Span::new(0, text.len()), &ctx);
    assert_eq!(found[0].rule, "weekday: Sunday ← latest Sunday not after 2023-04-24");
    assert_eq!((found[0].grain, found[0].anchor), ("day", "published"));
}
