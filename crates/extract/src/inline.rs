//! From lines to segments that cover every byte, and the furniture inside
//! lines: a dateline before the first sentence, a credit after the last.

use truce_model::{Segment, SegmentKind as Kind, Span};

use crate::lexicon::{Class, lexicon};
use crate::lines::Line;

/// Bytes of a dateline at most.
const DATELINE_BYTES_MAX: usize = 110;

/// Words of a dateline at most.
const DATELINE_WORDS_MAX: usize = 14;

/// Bytes of a credit at the end of a line at most.
const TRAILER_BYTES_MAX: usize = 80;

/// Joins lines to segments. White space belongs to the segment before it.
pub(crate) fn cover(
    text: &str,
    lines: &[Line<'_>],
    kinds: &[Kind],
    body: Option<(usize, usize)>,
) -> Vec<Segment> {
    let mut parts: Vec<(Kind, usize)> = Vec::new();
    let mut put = |kind: Kind, start: usize| match parts.last() {
        Some((last, _)) if *last == kind && matches!(kind, Kind::Body | Kind::Teaser) => {}
        _ => parts.push((kind, start)),
    };
    let first_body = lines.iter().zip(kinds).position(|it| *it.1 == Kind::Body);
    let last_body = kinds.iter().rposition(|it| *it == Kind::Body);
    let body_lines = lines.iter().zip(kinds).filter(|it| *it.1 == Kind::Body);
    let clocks = body_lines.filter(|it| clock_len(it.0.text).is_some()).count();
    for (at, (line, kind)) in lines.iter().zip(kinds).enumerate() {
        let start = line.span.start as usize;
        if *kind != Kind::Body {
            put(*kind, start);
            continue;
        }
        // Live pages and bulletins print a dateline over every item.
        let lead =
            dateline_len(line.text).filter(|_| Some(at) == first_body || line.opens_block && body.is_some());
        // Live pages open every item with the hour.
        let hour = clock_len(line.text).filter(|_| clocks >= CLOCK_LINES_MIN);
        if let Some(len) = hour {
            put(Kind::Other, start);
            put(Kind::Body, start + len);
            continue;
        }
        let opens = match lead {
            Some(len) if Some(at) == first_body || line.text[..len].contains('(') => {
                put(Kind::Dateline, start);
                start + len
            }
            _ => start,
        };
        put(Kind::Body, opens);
        if Some(at) == last_body
            && let Some(from) = trailer_start(line.text)
            // A credit that opens inside the dateline is the dateline's.
            && start + from > opens
        {
            put(Kind::Credit, start + from);
        }
    }
    let mut out: Vec<Segment> = Vec::with_capacity(parts.len());
    for (at, (kind, start)) in parts.iter().enumerate() {
        let start = if at == 0 { 0 } else { *start };
        let end = parts.get(at + 1).map_or(text.len(), |it| it.1);
        out.push(Segment { kind: *kind, span: Span::new(start, end) });
    }
    if out.is_empty() && !text.is_empty() {
        out.push(Segment { kind: Kind::Other, span: Span::new(0, text.len()) });
    }
    out
}

/// Lines that must open with an hour before hours are held to be marks of a
/// live page.
const CLOCK_LINES_MIN: usize = 3;

/// The length of the hour that opens a line of a live page, with what sets it
/// off: `16:40 - `, `9.05am: `, `13:10 GMT – `.
fn clock_len(line: &str) -> Option<usize> {
    let digits = |it: &str| it.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(line);
    if !(1..=2).contains(&hours) || !line[hours..].starts_with([':', '.', 'h']) {
        return None;
    }
    if digits(&line[hours + 1..]) != 2 {
        return None;
    }
    let mut at = hours + 3;
    let after = |at: usize| line[at..].len() - line[at..].trim_start_matches(' ').len();
    for zone in ["am", "pm", "a.m.", "p.m.", "GMT", "UTC", "CET", "EET", "EST", "EDT", "BST"] {
        let from = at + after(at);
        if line[from..].get(..zone.len()).is_some_and(|it| it.eq_ignore_ascii_case(zone)) {
            at = from + zone.len();
        }
    }
    let gap = &line[at..];
    let rest = gap.trim_start_matches([' ', '-', '–', '—', ':', '|']);
    let marked = gap.len() - rest.len() > 1;
    let opens = rest.starts_with(|it: char| it.is_uppercase() || matches!(it, '"' | '“' | '‘'));
    (marked && opens && rest.chars().count() >= 12).then(|| line.len() - rest.len())
}

/// The length of the dateline that opens `line`, with the space behind it.
///
/// `JERUSALEM (AFP) — `, `KABUL, Oct. 12 (Reuters) - `, `NEWPORT: `.
pub(crate) fn dateline_len(line: &str) -> Option<usize> {
    let window_end = line.char_indices().map(|it| it.0).take_while(|it| *it <= DATELINE_BYTES_MAX).last()?;
    let window = &line[..window_end];
    let mut best = None;
    for mark in [" — ", " – ", " -- ", " - ", "— ", "– ", "-- ", ": ", "/ - ", "/. ", ") "] {
        let Some(at) = window.find(mark) else { continue };
        let before = &window[..at];
        let closing = if mark == ") " || mark == "/. " { &window[..at + 1] } else { before };
        if is_dateline(closing, mark) && line[at + mark.len()..].trim().chars().count() >= 12 {
            let end = at + mark.len();
            if best.is_none_or(|it| end < it) {
                best = Some(end);
            }
        }
    }
    let end = best?;
    // "AMMAN (Reuters) - " ends with its dash, not with its bracket.
    let rest = &line[end..];
    let dash = rest.trim_start_matches(['—', '–', '-', ' ']);
    Some(end + (rest.len() - dash.len()))
}

fn is_dateline(before: &str, mark: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    if words.is_empty() || words.len() > DATELINE_WORDS_MAX || before.contains(['"', '“', '‘', '?', '!'])
    {
        return false;
    }
    let bracket = before.contains('(') && before.trim_end_matches('.').ends_with(')');
    let slashed = before.contains('/') && before.ends_with('/');
    let first = words[0].trim_matches(|it: char| !it.is_alphanumeric());
    let shouted = first.chars().count() >= 3 && first.chars().all(|it| !it.is_lowercase());
    // Only names, figures and what stands in brackets.
    let plain = before.split(['(', '/']).next().unwrap_or("");
    let named = plain
        .split(|it: char| it.is_whitespace() || it == ',' || it == '/')
        .filter(|it| it.chars().any(char::is_alphabetic))
        .all(|it| {
            it.starts_with(|it: char| !it.is_lowercase())
                || matches!(
                    it,
                    "and"
                        | "al"
                        | "de"
                        | "of"
                        | "near"
                        | "the"
                        | "on"
                        | "el"
                        | "du"
                        | "le"
                        | "la"
                        | "al-Qa'dah"
                )
        });
    let calendar = before.chars().any(|it| it.is_ascii_digit()) && named_or_calendar(plain);
    match mark {
        ") " | "/. " => (bracket || slashed) && (shouted || has_agency(before)) && named,
        ": " => {
            shouted
                && words.len() <= 3
                && before.chars().all(|it| !it.is_lowercase())
                && !before.contains('(')
        }
        _ if bracket || slashed => named || calendar,
        _ if calendar => named || plain.contains(','),
        _ if shouted => {
            words.len() <= 5
                && named
                && before.split(',').next().is_some_and(|it| !it.chars().any(char::is_lowercase))
        }
        // "Newport, Northland — The army said": place and country.
        _ => before.contains(',') && words.len() <= 4 && named && !before.ends_with(','),
    }
}

fn named_or_calendar(plain: &str) -> bool {
    plain.split_whitespace().filter(|it| it.starts_with(char::is_lowercase)).count() <= 1
}

fn has_agency(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|it: char| !it.is_alphanumeric() && it != '-')
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    lexicon().holds(&refs, Class::Agency)
}

/// Where a credit behind the last sentence begins: `… said. — Reuters`,
/// `… said. (AFP)`, `… said.©Rivermark Media`.
fn trailer_start(line: &str) -> Option<usize> {
    let from = line.len().saturating_sub(TRAILER_BYTES_MAX);
    let from = (from..line.len()).find(|it| line.is_char_boundary(*it))?;
    let window = &line[from..];
    if let Some(at) = window.rfind('©') {
        return Some(from + at);
    }
    for mark in [" (", " — ", " – ", " - ", " --", " /"] {
        let Some(at) = window.rfind(mark) else { continue };
        let before = line[..from + at].trim_end();
        let after = window[at..].trim_matches(|it: char| !it.is_alphanumeric());
        let ended = before.ends_with(['.', '!', '?', '"', '”', '’']);
        let words: Vec<String> =
            after.split(['/', ' ', ',', '-']).filter(|it| !it.is_empty()).map(str::to_lowercase).collect();
        let refs: Vec<&str> = words.iter().map(String::as_str).collect();
        if ended && !refs.is_empty() && refs.len() <= 5 && lexicon().find_at(&refs, Class::Agency).is_some() {
            return Some(from + at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        let check = |line: &str, lead: &str| {
            assert_eq!(dateline_len(line).map(|it| &line[..it]), (!lead.is_empty()).then_some(lead))
        };
        check("NEWPORT (AFP) — The army of Rivermark said", "NEWPORT (AFP) — ");
        check(
            "NEWPORT/ALDER, Oct 18 (Reuters) - The army of Rivermark said",
            "NEWPORT/ALDER, Oct 18 (Reuters) - ",
        );
        check("NEWPORT: The army of Rivermark said on Sunday", "NEWPORT: ");
        check("NEWPORT – The army of Rivermark said", "NEWPORT – ");
        check(
            "NEWPORT, April 9, 2020. /ALDA/. Six shelling attacks were counted",
            "NEWPORT, April 9, 2020. /ALDA/. ",
        );
        check("Two farmers died as shells rained on Alder — with the ink barely dry", "");
        check("The army - which signed nothing - said on Sunday it had left", "");
        check("Asked about the truce: The army gave no answer to that", "");
    }

    #[test]
    fn trailers() {
        assert_eq!(trailer_start("The army left the pass. — Reuters"), Some(24));
        assert_eq!(trailer_start("The army left the pass (the second one)."), None);
    }
}
