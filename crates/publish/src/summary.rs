//! The terminal summary: one screen, plain text, no colours needed.

use truce_model::Agreement;
use truce_record::{Incident, Record};

use crate::day;
use crate::strings as s;
use crate::view::View;
use crate::voice;

/// The narrowest and the shortest screen that is served.
pub const SUMMARY_WIDTH_MIN: usize = 40;
/// See [`SUMMARY_WIDTH_MIN`].
pub const SUMMARY_LINES_MIN: usize = 16;

/// Builds a summary that fits `width` columns and `lines_max` lines.
///
/// Control characters of reports are replaced, so that nothing from outside
/// can move the cursor or change the terminal.
pub fn summary(record: &Record, agreement: Option<&Agreement>, width: usize, lines_max: usize) -> String {
    let view = View::new(record, agreement);
    let width = width.max(SUMMARY_WIDTH_MIN);
    let lines_max = lines_max.max(SUMMARY_LINES_MIN);
    let mut head = head(&view);
    let tail = tail(&view);
    let room = lines_max.saturating_sub(head.len() + tail.len() + 2);
    head.extend(incidents(&view, width, room));
    head.push(String::new());
    head.extend(tail);
    let mut out: String = head.iter().map(|it| cut(it, width) + "\n").collect();
    out.shrink_to_fit();
    out
}

fn head(view: &View) -> Vec<String> {
    let record = view.record;
    let subject = view
        .agreement
        .map(|it| it.title.as_str())
        .or(record.agreement.as_ref().map(|it| it.id.as_str()))
        .unwrap_or(s::NO_PACK);
    let period = view.period().map_or(String::new(), |(first, last)| {
        if first == last {
            format!(", {}", day::iso(first))
        } else {
            format!(", {} to {}", day::iso(first), day::iso(last))
        }
    });
    vec![
        subject.to_owned(),
        format!(
            "{} read of {}{period}; {}, {}",
            view.articles_read(),
            s::articles(record.articles.len()),
            s::n(record.statements.len(), "statement", "statements"),
            s::n(record.claims.len(), "claim", "claims"),
        ),
        String::new(),
    ]
}

/// One line per incident: day, conduct, whose, standing, charges and answers.
fn incidents<'r>(view: &View<'r>, width: usize, room: usize) -> Vec<String> {
    let mut all = view.incidents_by_day();
    if all.is_empty() {
        return vec![s::NO_INCIDENTS.to_owned()];
    }
    let mut out = vec![format!("{} (charges → answers)", s::INCIDENTS.1)];
    // Two lines each while they fit; the rest is counted.
    let shown = if all.len() * 2 < room { all.len() } else { room.saturating_sub(2) / 2 };
    // What is charged comes first; what is only reported is in the brief.
    all.sort_by_key(|it| !view.charged(it.1));
    for (_, incident) in all.iter().take(shown) {
        out.push(format!("  {}", what(view, incident, width - 2)));
        out.push(format!("    {}", who(view, incident)));
    }
    if shown < all.len() {
        out.push(format!("  … and {} more in the brief", all.len() - shown));
    }
    out
}

fn what(view: &View, incident: &Incident, width: usize) -> String {
    let when = incident.time.as_ref().map_or(s::UNDATED, |it| it.value.as_str());
    let accused = view.who(incident.accused.as_deref(), s::NOBODY_ACCUSED);
    let left = format!("{when}  {} · {accused}", s::kind(incident.kind.as_deref()));
    let right = format!("[{}]", incident.standing);
    let gap = width.saturating_sub(right.chars().count() + 1);
    format!("{:<gap$} {right}", cut(&left, gap))
}

fn who<'r>(view: &View<'r>, incident: &'r Incident) -> String {
    let names = |voices: Vec<voice::Voice>| {
        let mut names: Vec<&str> = Vec::new();
        for it in &voices {
            let name = view.who(it.claimant, s::SPEAKER_UNKNOWN);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    };
    let charges = names(voice::voices(view, incident.claims.iter().filter_map(|it| view.claim(it))));
    let answers = names(voice::voices(view, view.answers(incident).into_iter().map(|it| it.1)));
    let answers = if !answers.is_empty() {
        answers
    } else if view.unanswered(incident) {
        format!("no reply carried in {}", s::articles(view.articles_read()))
    } else {
        s::NONE.to_owned()
    };
    let (low, high) = (incident.origins.low, incident.origins.high);
    let origins =
        if low == high { s::n(low, "origin", "origins") } else { format!("{low}–{high} origins") };
    format!("{origins}: {charges} → {answers}")
}

fn tail(view: &View) -> Vec<String> {
    let record = view.record;
    let of_kind = |kind: &str| record.reuse.iter().filter(|it| it.kind == kind).count();
    let shared = record.lineages.iter().filter(|it| it.articles.len() > 1).count();
    let mut out = vec![format!(
        "{}: {}, {shared} in several reports; {}, {}",
        s::LINEAGES.1,
        s::n(record.lineages.len(), "lineage", "lineages"),
        s::n(of_kind("quote_variant"), "altered quotation", "altered quotations"),
        s::n(of_kind("framing_swap"), "swapped clause", "swapped clauses"),
    )];
    let mut by_stage: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for it in &record.problems {
        *by_stage.entry(&it.stage).or_default() += 1;
    }
    let problems: Vec<String> = by_stage.iter().map(|(stage, count)| format!("{stage} {count}")).collect();
    let problems = if problems.is_empty() { s::NONE.to_owned() } else { problems.join(", ") };
    out.push(format!("{}: {problems}", s::PROBLEMS));
    out.push(s::MONITORS.to_owned());
    out
}

/// Cut to `width` columns, without control characters. Wide characters are
/// counted as two columns.
fn cut(line: &str, width: usize) -> String {
    let safe = |ch: char| if ch.is_control() || is_bidi(ch) { '\u{FFFD}' } else { ch };
    let columns = |ch: char| if is_wide(ch) { 2 } else { 1 };
    let whole: usize = line.chars().map(columns).sum();
    if whole <= width {
        return line.chars().map(safe).collect();
    }
    let mut used = 0;
    let mut out = String::new();
    for ch in line.chars() {
        used += columns(ch);
        if used >= width {
            break;
        }
        out.push(safe(ch));
    }
    out.push('…');
    out
}

/// Characters that reorder what follows them on a terminal.
fn is_bidi(ch: char) -> bool {
    matches!(ch, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters of East Asian scripts and pictures, which take two columns.
fn is_wide(ch: char) -> bool {
    matches!(u32::from(ch), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
}
