//! Event coding against sets with two marked parties and a PLOVER type (PLV
//! and its like): tab-separated with a head line.
//!
//! Columns: `marked_sentence` (`<s>…</s>` round the doer, `<t>…</t>` round the
//! other party), or `sentence`, `source` and `target`; `gold_root`, where the
//! type is known; `gold_mode`, where a mode is.

use std::collections::BTreeMap;

use truce_events::{Coding, Scene, Type, code, parse_marked};
use truce_model::Span;

/// A row of the set.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its id in the set, or its number.
    pub id: String,
    /// The sentence without marks.
    pub text: String,
    /// The doer's bytes.
    pub doer: Option<Span>,
    /// The other party's bytes.
    pub other: Option<Span>,
    /// The gold type.
    pub root: Option<String>,
    /// The gold mode.
    pub mode: Option<String>,
}

/// Reads a set.
///
/// # Errors
/// A head line without the columns that are needed.
pub fn rows(text: &str) -> Result<Vec<Row>, String> {
    let mut records = records(text).into_iter();
    let head = records.next().ok_or("the file is empty")?;
    let column = |name: &str| head.iter().position(|it| it == name);
    let marked = column("marked_sentence");
    let (sentence, source, target) = (column("sentence"), column("source"), column("target"));
    if marked.is_none() && (sentence.is_none() || source.is_none()) {
        return Err("no column marked_sentence, nor sentence and source".into());
    }
    let (root, mode, id) = (column("gold_root"), column("gold_mode"), column("sentence_id"));
    let mut out = Vec::new();
    for (number, cells) in records.enumerate() {
        let cell = |at: Option<usize>| at.and_then(|it| cells.get(it)).map(|it| it.trim().to_owned());
        let filled = |at: Option<usize>| cell(at).filter(|it| !it.is_empty());
        let mut row = match filled(marked) {
            Some(it) => unmark(&it),
            None => {
                let text = cell(sentence).unwrap_or_default();
                let find = |at| {
                    let words = filled(at)?;
                    text.find(&words).map(|it| Span::new(it, it + words.len()))
                };
                Row { doer: find(source), other: find(target), text, ..Row::default() }
            }
        };
        row.id = filled(id).unwrap_or_else(|| number.to_string());
        row.root = filled(root);
        row.mode = filled(mode);
        out.push(row);
    }
    Ok(out)
}

/// Cells by line; a cell in double quotes may hold tabs, lines and doubled
/// quotes.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(it) = chars.next() {
        match it {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell).trim_end_matches('\r').to_owned());
                out.push(std::mem::take(&mut cells));
            }
            _ => cell.push(it),
        }
    }
    if !cell.is_empty() || !cells.is_empty() {
        cells.push(cell);
        out.push(cells);
    }
    out
}

fn unmark(marked: &str) -> Row {
    let mut row = Row::default();
    let (mut doer, mut other) = (None, None);
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        row.text.push_str(&rest[..at]);
        rest = &rest[at..];
        let here = row.text.len();
        if let Some(after) = rest.strip_prefix("<s>") {
            doer = Some(here);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<t>") {
            other = Some(here);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("</s>") {
            row.doer = doer.take().map(|it| Span::new(it, here));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("</t>") {
            row.other = other.take().map(|it| Span::new(it, here));
            rest = after;
        } else {
            row.text.push('<');
            rest = &rest[1..];
        }
    }
    row.text.push_str(rest);
    row
}

/// What the shipped coder says of a row, and where it read it.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// The code.
    pub coding: Coding,
    /// Bytes of the word it was read from.
    pub word: Span,
}

/// Codes a row.
pub fn predict(row: &Row) -> Option<Prediction> {
    // A set may leave one party out; the other then leads to the conduct.
    let marked = parse_marked(&row.text, row.doer.or(row.other)?, row.doer.and(row.other))?;
    let coding = code(&Scene::new(&marked.sentence, marked.doer, marked.other))?;
    Some(Prediction { coding, word: marked.sentence.tokens[coding.trigger].span })
}

/// Counts of one type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// In the gold.
    pub gold: usize,
    /// Coded so.
    pub found: usize,
    /// Rightly so.
    pub right: usize,
}

impl Count {
    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        match self.gold + self.found {
            0 => 0.0,
            both => 2.0 * self.right as f64 / both as f64,
        }
    }
}

/// Counts of a set.
#[derive(Clone, Debug, Default)]
pub struct PloverScore {
    /// Rows with a gold type.
    pub rows: usize,
    /// Rows coded.
    pub coded: usize,
    /// By type.
    pub types: BTreeMap<&'static str, Count>,
    /// Rows of the right one of the four quadrants.
    pub quad: usize,
    /// Rows rightly told cooperation or conflict.
    pub side: usize,
    /// By mode, over rows with a gold mode.
    pub modes: BTreeMap<String, Count>,
}

/// The four quadrants of PLOVER: verbal or material, cooperation or conflict.
pub fn quad(root: Type) -> u8 {
    match root {
        Type::Agree | Type::Consult | Type::Support => 1,
        Type::Cooperate | Type::Aid | Type::Yield => 2,
        Type::Request | Type::Accuse | Type::Reject | Type::Threaten => 3,
        Type::Protest | Type::Sanction | Type::Mobilize | Type::Coerce | Type::Assault => 4,
    }
}

impl PloverScore {
    /// Adds one row and what was coded for it.
    pub fn add(&mut self, row: &Row, root: Option<Type>, mode: Option<&str>) {
        if let Some(gold) = row.root.as_deref().and_then(Type::parse) {
            self.rows += 1;
            self.coded += usize::from(root.is_some());
            self.types.entry(gold.as_str()).or_default().gold += 1;
            if let Some(it) = root {
                let count = self.types.entry(it.as_str()).or_default();
                count.found += 1;
                count.right += usize::from(it == gold);
                self.quad += usize::from(quad(it) == quad(gold));
                self.side += usize::from((quad(it) < 3) == (quad(gold) < 3));
            }
        }
        if let Some(gold) = &row.mode {
            self.modes.entry(gold.clone()).or_default().gold += 1;
            if let Some(it) = mode {
                let count = self.modes.entry(it.to_owned()).or_default();
                count.found += 1;
                count.right += usize::from(it == gold);
            }
        }
    }

    /// Share of rows with the right type (micro F1 where every row is coded).
    pub fn accuracy(&self) -> f64 {
        let right: usize = self.types.values().map(|it| it.right).sum();
        right as f64 / self.rows.max(1) as f64
    }

    /// Mean F1 over the types of the gold.
    pub fn macro_f1(&self) -> f64 {
        macro_f1(self.types.values())
    }

    /// Of rows with a gold mode, the share with the right one.
    pub fn mode_accuracy(&self) -> f64 {
        let right: usize = self.modes.values().map(|it| it.right).sum();
        let gold: usize = self.modes.values().map(|it| it.gold).sum();
        right as f64 / gold.max(1) as f64
    }

    /// Mean F1 over the modes of the gold.
    pub fn mode_macro_f1(&self) -> f64 {
        macro_f1(self.modes.values())
    }
}

fn macro_f1<'a>(counts: impl Iterator<Item = &'a Count>) -> f64 {
    let of_gold: Vec<f64> = counts.filter(|it| it.gold > 0).map(|it| it.f1()).collect();
    of_gold.iter().sum::<f64>() / of_gold.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_read_and_scored() {
        let set = "sentence_id\tmarked_sentence\tgold_root\tgold_mode\n\
                   7\t\"<s>Northland</s> shelled the \"\"<t>Rivermark</t>\"\" post.\"\tASSAULT\theavy-weapons\n\
                   8\t<s>Northland</s> < <t>Rivermark</t> praised nobody\tSUPPORT\t\n";
        let rows = rows(set).expect("read");
        assert_eq!(rows[0].id, "7");
        assert_eq!(rows[0].text, "Northland shelled the \"Rivermark\" post.");
        assert_eq!(rows[0].other.and_then(|it| it.of(&rows[0].text)), Some("Rivermark"));
        assert_eq!(rows[1].text, "Northland < Rivermark praised nobody");
        let mut score = PloverScore::default();
        score.add(&rows[0], Some(Type::Assault), Some("heavy-weapons"));
        score.add(&rows[1], Some(Type::Assault), None);
        assert_eq!((score.rows, score.coded, score.quad, score.side), (2, 2, 1, 1));
        assert!((score.accuracy() - 0.5).abs() < 1e-9);
        assert!((score.macro_f1() - 1.0 / 3.0).abs() < 1e-9);
        assert!((score.mode_accuracy() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_set_without_the_columns_is_refused() {
        assert!(rows("a\tb\n1\t2\n").is_err());
        assert!(rows("").is_err());
    }
}
