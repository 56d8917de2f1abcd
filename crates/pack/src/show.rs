//! An agreement as a page of plain text.

use std::fmt::Write as _;

use truce_model::{Agreement, Modality};

/// Widest line of the overview, in characters.
const COLUMNS: usize = 96;

/// Tells a person what a pack holds: parties, obligations, places, anchors.
pub fn show(agreement: &Agreement) -> String {
    let mut out = String::new();
    let acc = &mut out;
    line(acc, "", &format!("{}  {}", agreement.id, agreement.title));
    let force = agreement.in_force.as_ref().map_or("not stated".to_owned(), |it| it.to_string());
    line(acc, "", &format!("signed {}, in force {force}", agreement.signed));
    if !agreement.theatre.countries.is_empty() {
        line(acc, "", &format!("theatre: {}", agreement.theatre.countries.join(", ")));
    }
    line(acc, "", &format!("pack sha256 {}", agreement.sha256));

    let _ = write!(acc, "\nActors ({})\n", agreement.actors.len());
    for it in &agreement.actors {
        let roles: Vec<_> = it.roles.iter().map(|it| it.as_str()).collect();
        let side = match &it.side {
            Some(side) if *side != it.id => format!(" for {side}"),
            _ => String::new(),
        };
        let roles = if roles.is_empty() { String::new() } else { format!(" [{}]", roles.join(", ")) };
        let head = format!("{} ({}{side}){roles}: {}", it.id, it.kind.as_str(), it.names.join(", "));
        line(acc, "  ", &head);
    }

    let _ = write!(acc, "\nObligations ({})\n", agreement.provisions.len());
    for it in &agreement.provisions {
        let who: Vec<_> = it.obligated.iter().map(|it| it.as_str()).collect();
        let mut who = if who.is_empty() { "nobody named".to_owned() } else { who.join(", ") };
        if !it.obligated_explicit && !it.obligated.is_empty() {
            who.push_str(" (implied)");
        }
        line(acc, "  ", &format!("{} {who} {}: {}", it.id, it.modality.as_str(), it.action));
        let mut more = Vec::new();
        more.extend(it.place.as_ref().map(|it| format!("at {it}")));
        let from = it.from.as_ref().map_or("..", |it| it.as_str());
        let until = it.until.as_ref().map_or("..", |it| it.as_str());
        if (from, until) != ("..", "..") {
            more.push(format!("{from} to {until}"));
        }
        if it.modality == Modality::May {
            more.push("cannot be violated".to_owned());
        } else if !it.kinds.is_empty() {
            let kinds: Vec<_> = it.kinds.iter().map(|it| it.as_str()).collect();
            more.push(format!("kinds {}", kinds.join(", ")));
        }
        if !more.is_empty() {
            line(acc, "      ", &more.join("; "));
        }
        if let Some(note) = &it.note {
            line(acc, "      ", &format!("note: {note}"));
        }
    }

    let _ = write!(acc, "\nPlaces ({})\n", agreement.places.len());
    for it in &agreement.places {
        let drawn = if it.coordinates_e7.is_empty() { ", not drawn" } else { "" };
        let contested = if it.contested_names { ", names contested" } else { "" };
        let names = it.names.join(", ");
        line(acc, "  ", &format!("{} ({}{drawn}{contested}): {names}", it.id, it.shape.as_str()));
    }

    let _ = write!(acc, "\nAnchors ({})\n", agreement.anchors.len());
    for it in &agreement.anchors {
        let place = it.place.as_ref().map_or(String::new(), |it| format!(" at {it}"));
        line(acc, "  ", &format!("{}{place}: {}", it.date, it.names.join(" + ")));
    }
    out
}

/// Writes `text` under `indent`, broken at spaces, its further lines further in.
fn line(acc: &mut String, indent: &str, text: &str) {
    let mut column = indent.chars().count();
    acc.push_str(indent);
    let mut first = true;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if !first && column + 1 + width > COLUMNS {
            let _ = write!(acc, "\n{indent}    ");
            column = indent.chars().count() + 4;
        } else if !first {
            acc.push(' ');
            column += 1;
        }
        acc.push_str(word);
        column += width;
        first = false;
    }
    acc.push('\n');
}
