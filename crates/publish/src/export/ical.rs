//! Deadlines as iCalendar (RFC 5545): the terms of the agreement, and the
//! dates that pledges and demands name. An entry says who set the date; a
//! date that passes proves nothing.

use std::collections::BTreeSet;

use truce_record::Claim;

use crate::day::{self, Day};
use crate::strings as s;
use crate::view::View;

/// Octets of a line, without its end (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

pub(super) fn calendar(view: &View) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Trucewatch//Deadlines//EN");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, &format!("X-WR-CALNAME:{}", text(crate::brief::subject(view))));
    // No clock is asked: entries bear the day up to which reports were read.
    let stamp = view.period().map(|it| it.1).or_else(|| signed(view)).unwrap_or(0);
    for it in deadlines(view) {
        event(&mut out, &it, stamp);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// Terms of the agreement, then days that pledges and demands name.
pub(crate) fn deadlines(view: &View) -> Vec<Entry> {
    let mut all = terms(view);
    all.extend(claimed(view));
    all
}

/// A day that is ahead, or was.
pub(crate) struct Entry {
    pub uid: String,
    pub day: Day,
    pub title: String,
    /// Who set it, with the words.
    pub more: String,
    pub url: Option<String>,
    /// The obligation whose term it is.
    pub provision: Option<String>,
}

fn signed(view: &View) -> Option<Day> {
    view.agreement.and_then(|it| day::ends(it.signed.as_str()).1)
}

/// Where a term of the agreement begins or ends.
fn terms(view: &View) -> Vec<Entry> {
    let Some(agreement) = view.agreement else { return Vec::new() };
    let mut out = Vec::new();
    for it in &agreement.provisions {
        // What holds from the agreement's first day is no date of its own.
        let begins = it
            .from
            .as_ref()
            .filter(|it| Some(*it) != agreement.in_force.as_ref() && **it != agreement.signed);
        let ends = [
            ("from", begins.and_then(|it| day::ends(it.as_str()).0), s::TERM_BEGINS),
            ("until", it.until.as_ref().and_then(|it| day::ends(it.as_str()).1), s::TERM_ENDS),
        ];
        for (which, day, word) in ends {
            let Some(day) = day else { continue };
            let who: Vec<&str> = it.obligated.iter().map(|id| view.pack_actor(id.as_str())).collect();
            out.push(Entry {
                uid: format!("term-{}-{which}@{}.trucewatch", it.id.as_str(), agreement.id),
                day,
                title: format!("{word}: {} {}", it.id.as_str(), it.action),
                more: format!("{} · {}: {}", agreement.title, s::OBLIGED, who.join(", ")),
                url: None,
                provision: Some(it.id.as_str().to_owned()),
            });
        }
    }
    out
}

/// Days that pledges and demands name, if they lie after the report.
fn claimed(view: &View) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let ahead = |it: &&Claim| matches!(it.stance.as_str(), "pledges" | "demands");
    let entry = |it: &Claim| {
        let words = view.evidence(it).into_iter().next()?;
        let day = day::ends(&it.time.as_ref()?.value).1?;
        let (first, last) = view.published(words.article());
        if day <= last.or(first)? {
            return None;
        }
        let who = view.who(it.claimant.as_deref(), s::SPEAKER_UNKNOWN);
        let title =
            format!("{who} {}: {}", s::stance(&it.stance), s::kind(it.kind.as_deref()).to_lowercase());
        let article = &view.record.articles[words.article()];
        let (start, end) = words.position();
        Some(Entry {
            uid: format!("claim-{}@trucewatch", it.id),
            day,
            title,
            more: format!(
                "“{}” — {}, {}, {start}–{end}. {}",
                words.exact(),
                view.label(words.article()),
                article.published.value.as_deref().unwrap_or(s::UNKNOWN),
                s::MONITORS
            ),
            url: article.url.clone(),
            provision: None,
        })
    };
    let all = view.record.claims.iter().filter(ahead).filter_map(entry);
    all.filter(|it| seen.insert((it.day, it.title.clone()))).collect()
}

fn event(out: &mut String, it: &Entry, stamp: Day) {
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}", text(&it.uid)));
    line(out, &format!("DTSTAMP:{}T000000Z", compact(stamp)));
    line(out, &format!("DTSTART;VALUE=DATE:{}", compact(it.day)));
    line(out, &format!("DTEND;VALUE=DATE:{}", compact(it.day + 1)));
    line(out, &format!("SUMMARY:{}", text(&it.title)));
    line(out, &format!("DESCRIPTION:{}", text(&it.more)));
    if let Some(url) =
        it.url.as_deref().filter(|it| it.starts_with("http") && !it.contains(char::is_whitespace))
    {
        line(out, &format!("URL:{}", text(url).replace("\\,", ",").replace("\\;", ";")));
    }
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

/// `20310402`.
fn compact(it: Day) -> String {
    day::iso(it).replace('-', "")
}

/// A value of type TEXT: separators are escaped, control characters dropped.
fn text(it: &str) -> String {
    let mut out = String::with_capacity(it.len() + 8);
    for ch in it.chars() {
        match ch {
            '\\' | ';' | ',' => out.extend(['\\', ch]),
            '\n' => out.push_str("\\n"),
            _ if ch.is_control() => {}
            _ => out.push(ch),
        }
    }
    out
}

/// A line, folded between characters where it is too long.
fn line(out: &mut String, it: &str) {
    let mut used = 0;
    for ch in it.chars() {
        if used + ch.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(ch);
        used += ch.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        let words = "é".repeat(100);
        line(&mut out, &words);
        assert!(out.split("\r\n").all(|it| it.len() <= LINE_OCTETS));
        assert_eq!(out.replace("\r\n ", "").trim_end(), words);
    }

    #[test]
    fn separators_are_escaped() {
        assert_eq!(text("a,b;c\\d\ne\u{7}"), "a\\,b\\;c\\\\d\\ne");
    }
}
