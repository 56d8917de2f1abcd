//! Dating an undated report by a dated fact that it tells with its weekday.
//!
//! ## Reads
//! A dated fact of the pack that a report tells with its weekday.
//!
//! ## Matters because
//! It bounds the day of a report that states none, without a guess.
//!
//! ## Example
//! A report that tells an anchor of 4 May 2031 as "on Sunday" and names Monday
//! as its latest weekday is of 5 May.
//!
//! ## Misses
//! Facts that happened on several days.

use jiff::civil::Date;
use truce_model::{Anchor, Basis, Edtf, Precision, Published, Segment, SegmentKind as Kind, Span};

use super::stamp::{month_number, weekday_number};
use super::twins::weekday;

/// Words that put an anchor's sentence back in time: then its weekday is not
/// the anchor's.
const EARLIER: &[&str] = &[
    "recently",
    "earlier",
    "ago",
    "previously",
    "since",
    "temporarily",
    "last month",
    "last week",
    "last year",
    "the week before",
    "weeks",
    "months",
    "anniversary",
    "following the",
    "in the wake",
];

/// Words that put a weekday in the future.
const AHEAD: &[&str] = &[
    "will",
    "until",
    "next",
    "due",
    "by",
    "plan",
    "plans",
    "planned",
    "scheduled",
    "expected",
    "would",
    "till",
    "before",
    "from",
    "coming",
];

/// Words of the late hours: what they date may be printed the day after.
const LATE: &[&str] = &["late", "night", "overnight", "evening", "midnight"];

/// A weekday after the anchor's that is named only far down in the text is
/// taken for one before the anchor if it would lie further off than this.
const LATER_DAYS_MAX: u8 = 3;

/// Sentences at the head of the body that tell the news of the day.
const LEAD_SENTENCES: usize = 3;

/// A weekday named in the body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// The word.
    pub(crate) span: Span,
    /// Its sentence.
    pub(crate) sentence: Span,
    /// Number of its sentence in the body.
    pub(crate) at: usize,
    /// Monday is 0.
    pub(crate) weekday: u8,
    /// Nothing says that it lies ahead.
    pub(crate) past: bool,
    /// "late on", "overnight".
    pub(crate) late: bool,
}

/// The latest weekday that is on or after another.
pub(crate) struct Latest<'m> {
    pub(crate) mention: &'m Mention,
    pub(crate) days: u8,
}

/// The weekdays named in `body`, in order.
pub(crate) fn weekday_mentions(text: &str, body: &[Span]) -> Vec<Mention> {
    let mut out = Vec::new();
    for (at, sentence) in sentences(text, body).into_iter().enumerate() {
        let Some(words) = sentence.of(text) else { continue };
        let tokens = tokens(words);
        // "If the truce is not renewed on Saturday, fighting could resume".
        let conditional =
            tokens.iter().take(2).any(|it| matches!(it.1, "If" | "Unless" | "if" | "unless" | "Should"));
        for (n, (from, word)) in tokens.iter().enumerate() {
            // "Sun" and "Mon" are words of their own; days are written out.
            let Some(weekday) = weekday_number(word).filter(|_| word.len() >= 6) else { continue };
            let start = sentence.start as usize + from;
            let span = Span::new(start, start + word.len());
            let before = &tokens[n.saturating_sub(4)..n];
            let lower: Vec<String> = before.iter().map(|it| it.1.to_lowercase()).collect();
            let near = lower.iter().rev().take(2).any(|it| AHEAD.contains(&it.as_str()));
            let ahead = near || lower.iter().any(|it| matches!(it.as_str(), "will" | "until" | "next"));
            let ahead = ahead || conditional;
            let last = lower.last().is_some_and(|it| it == "last");
            let after = tokens.get(n + 1).map(|it| it.1.to_lowercase()).unwrap_or_default();
            let late = lower.iter().rev().take(2).any(|it| LATE.contains(&it.as_str()))
                || LATE.contains(&after.as_str());
            out.push(Mention { span, sentence, at, weekday, past: !ahead && !last, late });
        }
    }
    out
}

/// The latest weekday named as past on or after `from`, counted in days.
///
/// A week has every weekday once, so a day far off may as well be the one
/// before: it counts only if the head of the report names it.
pub(crate) fn latest_on_or_after<'m>(mentions: &'m [Mention], from: &'m Mention) -> Option<Latest<'m>> {
    let mut best = Latest { mention: from, days: 0 };
    for mention in mentions.iter().filter(|it| it.past) {
        let days = (mention.weekday + 7 - from.weekday) % 7;
        let led = mention.at < LEAD_SENTENCES;
        let later = days > best.days && (led || days <= LATER_DAYS_MAX);
        if later || (days == best.days && days > 0 && best.mention.late && !mention.late) {
            best = Latest { mention, days };
        }
    }
    Some(best)
}

/// Dates an undated report by the anchors, or says why that cannot be done.
pub(crate) fn infer(text: &str, segments: &[Segment], anchors: &[Anchor]) -> Published {
    let body: Vec<Span> = segments.iter().filter(|it| it.kind == Kind::Body).map(|it| it.span).collect();
    let mentions = weekday_mentions(text, &body);
    if mentions.is_empty() {
        return Published::unknown(
            "no date on the page, and no weekday in the body by which it could be counted",
        );
    }
    if anchors.is_empty() {
        return Published::unknown("no date on the page, and no anchor to count its weekdays from");
    }
    let mut found: Vec<(Date, Published)> = Vec::new();
    let mut refused: Vec<String> = Vec::new();
    let body_lower = body.iter().filter_map(|it| it.of(text)).collect::<Vec<_>>().join("\n").to_lowercase();
    let all = sentences(text, &body);
    let heads = segments.iter().filter(|it| matches!(it.kind, Kind::Headline | Kind::Subhead));
    let headline = heads.filter_map(|it| it.span.of(text)).collect::<Vec<_>>().join("\n");
    for anchor in anchors {
        let Some(date) = single_day(anchor) else { continue };
        if !place_named(anchor, &body_lower) {
            continue;
        }
        match by_anchor(text, &headline, &mentions, &all, anchor, date) {
            Ok(Some(it)) => found.push(it),
            Ok(None) => {}
            Err(why) => refused.push(why),
        }
    }
    // The fixed day must be the same whichever anchor gives it.
    found.sort_by(|a, b| (a.0, &a.1.reason).cmp(&(b.0, &b.1.reason)));
    found.dedup_by(|a, b| a.1.value == b.1.value);
    match found.len() {
        0 => Published::unknown(match refused.first() {
            Some(why) => format!("no date on the page; {why}"),
            None => "no date on the page; no sentence of the body tells an anchor of the agreement with its weekday".into(),
        }),
        1 => found.swap_remove(0).1,
        _ => {
            let days: Vec<String> = found.iter().map(|it| it.0.to_string()).collect();
            Published::unknown(format!("no date on the page; anchors of different days fit: {}", days.join(", ")))
        }
    }
}

/// The days of single-day anchors whose words the body names.
pub(crate) fn named_in_body(text: &str, segments: &[Segment], anchors: &[Anchor]) -> Vec<Date> {
    let body: Vec<Span> = segments.iter().filter(|it| it.kind == Kind::Body).map(|it| it.span).collect();
    let sentences = sentences(text, &body);
    let fits = |anchor: &&Anchor| sentences.iter().any(|it| names_all(it.of(text).unwrap_or(""), anchor));
    anchors.iter().filter(fits).filter_map(single_day).collect()
}

fn sentences(text: &str, body: &[Span]) -> Vec<Span> {
    body.iter()
        .filter_map(|it| Some((it, it.of(text)?)))
        .flat_map(|(it, words)| truce_text::sentences::split(words, it.start as usize))
        .collect()
}

fn single_day(anchor: &Anchor) -> Option<Date> {
    let (first, last) = anchor.date.days();
    let first = first?;
    (Some(&first) == last.as_ref()).then(|| first.parse().ok())?
}

/// A place's id is made of its name: one long word of it must be named.
fn place_named(anchor: &Anchor, body: &str) -> bool {
    let Some(place) = &anchor.place else { return true };
    let place = place.to_string();
    let mut words = place.split('-').filter(|it| it.len() >= 4).peekable();
    words.peek().is_none() || words.any(|it| body.contains(it))
}

fn names_all(sentence: &str, anchor: &Anchor) -> bool {
    let lower = sentence.to_lowercase();
    !anchor.names.is_empty() && anchor.names.iter().all(|it| holds_word(&lower, &it.to_lowercase()))
}

/// The sentences that tell the anchor: one of its names stands in them, and
/// the others there or in the sentences beside them (for the head of the
/// report, in the headline).
fn told(text: &str, headline: &str, sentences: &[Span], anchor: &Anchor) -> Vec<Span> {
    let lower: Vec<String> = sentences.iter().map(|it| it.of(text).unwrap_or("").to_lowercase()).collect();
    let head = headline.to_lowercase();
    let names: Vec<String> = anchor.names.iter().map(|it| it.to_lowercase()).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let in_sentence = |at: usize, name: &str| lower.get(at).is_some_and(|it| holds_word(it, name));
    (0..sentences.len())
        .filter(|&at| names.iter().any(|it| in_sentence(at, it)))
        .filter(|&at| {
            names.iter().all(|it| {
                let beside = at.checked_sub(1).is_some_and(|before| in_sentence(before, it))
                    || in_sentence(at + 1, it);
                in_sentence(at, it) || beside || (at < LEAD_SENTENCES && holds_word(&head, it))
            })
        })
        .map(|at| sentences[at])
        .collect()
}

/// Whether `words` stand in `text` as whole words (a plural is the same word).
fn holds_word(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = &text[at + found.len()..];
        let after = after.strip_prefix('s').unwrap_or(after).chars().next();
        before.is_none_or(|it| !it.is_alphanumeric()) && after.is_none_or(|it| !it.is_alphanumeric())
    })
}

/// Counts the date from one anchor. `Ok(None)` if the body does not tell it;
/// `Err` says why it is told and gives no date all the same.
fn by_anchor(
    text: &str,
    headline: &str,
    mentions: &[Mention],
    sentences: &[Span],
    anchor: &Anchor,
    date: Date,
) -> Result<Option<(Date, Published)>, String> {
    let told = told(text, headline, sentences, anchor);
    if told.is_empty() {
        return Ok(None);
    }
    let name = anchor.names.join(" + ");
    let day_name = day_name(weekday(date));
    let mut why = format!("the anchor \"{name}\" ({date}) is told without its weekday");
    for sentence in told {
        let words = sentence.of(text).unwrap_or("").to_lowercase();
        if let Some(it) = EARLIER.iter().find(|it| holds_word(&words, it)) {
            why = format!(
                "the anchor \"{name}\" ({date}) is told with \"{it}\", so weekdays beside it are later ones"
            );
            continue;
        }
        if let Some(it) = month_beside(&words) {
            why = format!(
                "the anchor \"{name}\" ({date}) is told with its month (\"{it}\"), as something past"
            );
            continue;
        }
        let fixed =
            mentions.iter().find(|it| it.sentence == sentence && it.weekday == weekday(date) && it.past);
        let Some(fixed) = fixed else {
            if mentions.iter().any(|it| it.sentence == sentence) {
                why = format!(
                    "the anchor \"{name}\" was on a {day_name} ({date}), and another weekday stands beside it"
                );
            }
            continue;
        };
        return Ok(
            latest_on_or_after(mentions, fixed).and_then(|it| count(text, sentences, &name, date, fixed, it))
        );
    }
    Err(why)
}

/// A month that dates the sentence: "in April", "on 23 April".
fn month_beside(words: &str) -> Option<String> {
    let tokens = tokens(words);
    tokens.iter().enumerate().find_map(|(at, (_, word))| {
        // "may" and "march" are verbs too; after "in" or a figure they are not.
        let before = at.checked_sub(1).map(|it| tokens[it].1).unwrap_or("");
        let dated = matches!(before, "in" | "since" | "of" | "last") || before.parse::<u8>().is_ok();
        (dated && month_number(word).is_some() && word.len() > 2).then(|| format!("{before} {word}"))
    })
}

fn count(
    text: &str,
    sentences: &[Span],
    name: &str,
    date: Date,
    fixed: &Mention,
    latest: Latest<'_>,
) -> Option<(Date, Published)> {
    let day = date.checked_add(jiff::Span::new().days(i64::from(latest.days))).ok()?;
    let next = day.tomorrow().ok()?;
    let words = |it: &Mention| it.span.of(text).unwrap_or("").to_owned();
    let lead =
        sentences.iter().take(LEAD_SENTENCES).filter_map(|it| it.of(text)).collect::<Vec<_>>().join(" ");
    let night = latest.mention.late || latest.days == 0 && holds_word(&lead.to_lowercase(), "last night");
    let mut reason = format!(
        "no date on the page; \"{}\" beside \"{name}\" is the anchor's day, {} {date}; ",
        words(fixed),
        day_name(weekday(date)),
    );
    if latest.days == 0 {
        reason.push_str("no later weekday is named");
    } else {
        let unit = if latest.days == 1 { "day" } else { "days" };
        reason.push_str(&format!(
            "the latest weekday named is \"{}\", {} {unit} after it: {date} + {} = {day}",
            words(latest.mention),
            latest.days,
            latest.days
        ));
    }
    let (value, precision) = if night {
        reason.push_str(&format!(
            "; it is told of the late hours, so the report appeared that night or the day after: {day}/{next}"
        ));
        (format!("{day}/{next}"), Precision::Interval)
    } else {
        (day.to_string(), Precision::Day)
    };
    let published = Published {
        value: Edtf::new(value),
        precision: Some(precision),
        basis: Basis::Inferred,
        evidence: Some(latest.mention.span),
        reason,
    };
    Some((day, published))
}

fn day_name(weekday: u8) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][usize::from(weekday % 7)]
}

/// Words with their places.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, ch) in text.char_indices() {
        if ch.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            out.push((from, &text[from..at]));
        }
    }
    if let Some(from) = start {
        out.push((from, &text[from..]));
    }
    out
}
