//! Typed access to TOML tables with the place of everything that is wrong.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::nearest::nearest;
use crate::{PackError, Severity};

/// Most problems told about one pack; a pack this broken is no pack.
const PROBLEMS_MAX: usize = 200;

/// The file being read and what was found wrong with it.
pub(crate) struct Ctx<'t> {
    file: &'t str,
    text: &'t str,
    line_starts: Vec<usize>,
    pub(crate) problems: Vec<PackError>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// One table of the pack.
pub(crate) struct Table<'t> {
    /// `actor`, `place`, …; empty for the top of the file.
    pub(crate) kind: &'static str,
    pub(crate) span: Range<usize>,
    fields: &'t DeTable<'t>,
}

impl<'t> Ctx<'t> {
    pub(crate) fn new(file: &'t str, text: &'t str) -> Ctx<'t> {
        let breaks = text.bytes().enumerate().filter(|(_, it)| *it == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Ctx { file, text, line_starts, problems: Vec::new() }
    }

    pub(crate) fn error(&mut self, at: usize, what: impl Into<String>, mend: impl Into<String>) {
        self.problem(Severity::Error, at, what.into(), mend.into());
    }

    pub(crate) fn warning(&mut self, at: usize, what: impl Into<String>, mend: impl Into<String>) {
        self.problem(Severity::Warning, at, what.into(), mend.into());
    }

    fn problem(&mut self, severity: Severity, at: usize, what: String, mend: String) {
        if self.problems.len() >= PROBLEMS_MAX {
            // An error must not vanish behind a crowd of warnings.
            let warning = |it: &PackError| it.severity == Severity::Warning;
            match self.problems.iter().rposition(warning) {
                Some(at) if severity == Severity::Error => drop(self.problems.remove(at)),
                _ => return,
            }
        }
        let (line, column) = self.position(at);
        let file = self.file.to_owned();
        self.problems.push(PackError { severity, file, line, column, what, mend });
    }

    /// Line and column of byte `at`, both from 1.
    fn position(&self, at: usize) -> (usize, usize) {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.line_starts.partition_point(|it| *it <= at);
        let start = self.line_starts[line - 1];
        (line, self.text[start..at].chars().count() + 1)
    }

    /// Tells of keys that mean nothing in this table.
    pub(crate) fn only(&mut self, table: &Table<'_>, known: &[&str]) {
        for key in table.fields.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let mend = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("the fields here are {}", known.join(", ")),
            };
            self.warning(key.span().start, format!("unknown field {name:?} is not read"), mend);
        }
    }

    /// The text at `key`, which must not be blank.
    pub(crate) fn text(&mut self, table: &Table<'_>, key: &'static str) -> Option<At<String>> {
        let value = table.fields.get(key)?;
        let span = value.span();
        let value = match value.get_ref() {
            DeValue::String(it) => it.trim().to_owned(),
            // A bare TOML date means the same as the quoted one.
            DeValue::Datetime(it) => it.to_string(),
            DeValue::Integer(it) => it.as_str().to_owned(),
            _ => {
                self.error(span.start, format!("{key:?} is not a text"), "write it in quotation marks");
                return None;
            }
        };
        if value.is_empty() {
            self.error(span.start, format!("{key:?} is empty"), "fill it in or remove the line");
            return None;
        }
        Some(At { value, span })
    }

    /// As [`Ctx::text`]; its absence is an error.
    pub(crate) fn need_text(
        &mut self,
        table: &Table<'_>,
        key: &'static str,
        example: &str,
    ) -> Option<At<String>> {
        if table.fields.get(key).is_none() {
            self.missing(table, key, example);
        }
        self.text(table, key)
    }

    fn missing(&mut self, table: &Table<'_>, key: &str, example: &str) {
        let place = match table.kind {
            "" => "the pack".to_owned(),
            kind => format!("this {kind}"),
        };
        let at = table.span.start;
        self.error(at, format!("{place} has no {key:?}"), format!("add {key} = {example}"));
    }

    /// The list of texts at `key`; empty if there is none. A single text
    /// counts as a list of one.
    pub(crate) fn texts(&mut self, table: &Table<'_>, key: &'static str) -> Vec<At<String>> {
        let Some(value) = table.fields.get(key) else { return Vec::new() };
        let items: &[Spanned<DeValue<'_>>] = match value.get_ref() {
            DeValue::Array(items) => items,
            DeValue::String(_) => std::slice::from_ref(value),
            _ => {
                let what = format!("{key:?} is not a list of texts");
                self.error(value.span().start, what, format!("write {key} = [\"…\"]"));
                return Vec::new();
            }
        };
        let mut res = Vec::with_capacity(items.len());
        for item in items {
            let at = item.span().start;
            match item.get_ref() {
                DeValue::String(it) if it.trim().is_empty() => {
                    self.error(at, format!("{key:?} holds an empty text"), "remove it");
                }
                DeValue::String(it) => {
                    res.push(At { value: it.trim().to_owned(), span: item.span() });
                }
                _ => self.error(at, format!("{key:?} holds something that is not a text"), "quote it"),
            }
        }
        res
    }

    /// As [`Ctx::texts`]; an absent or empty list is an error.
    pub(crate) fn need_texts(
        &mut self,
        table: &Table<'_>,
        key: &'static str,
        example: &str,
    ) -> Vec<At<String>> {
        match table.fields.get(key) {
            None => self.missing(table, key, example),
            Some(value) => {
                if value.get_ref().as_array().is_some_and(|it| it.is_empty()) {
                    let mend = format!("write {key} = {example}");
                    self.error(value.span().start, format!("{key:?} is empty"), mend);
                }
            }
        }
        self.texts(table, key)
    }

    /// Yes or no at `key`.
    pub(crate) fn flag(&mut self, table: &Table<'_>, key: &'static str) -> Option<bool> {
        let value = table.fields.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(it) => Some(*it),
            _ => {
                let at = value.span().start;
                self.error(at, format!("{key:?} is neither true nor false"), "write true or false");
                None
            }
        }
    }

    /// The numbers at `key`.
    pub(crate) fn numbers(&mut self, table: &Table<'_>, key: &'static str) -> Option<At<Vec<f64>>> {
        let value = table.fields.get(key)?;
        let span = value.span();
        let number = |it: &Spanned<DeValue<'_>>| match it.get_ref() {
            DeValue::Float(it) => it.as_str().replace('_', "").parse().ok(),
            DeValue::Integer(it) => it.as_str().replace('_', "").parse().ok(),
            _ => None,
        };
        let all: Option<Vec<f64>> =
            value.get_ref().as_array().and_then(|items| items.iter().map(number).collect());
        match all {
            Some(value) => Some(At { value, span }),
            None => {
                self.error(span.start, format!("{key:?} is not a list of numbers"), "write [1.0, 2.0]");
                None
            }
        }
    }

    /// One word of a fixed list.
    pub(crate) fn word<T: Copy>(
        &mut self,
        what: &str,
        given: &At<String>,
        parse: impl Fn(&str) -> Option<T>,
        all: &[&'static str],
    ) -> Option<T> {
        let found = parse(&given.value);
        if found.is_none() {
            let mut mend = match nearest(&given.value, all.iter().copied()) {
                Some(near) => format!("did you mean {near:?}? "),
                None => String::new(),
            };
            mend.push_str(&format!("known are {}", all.join(", ")));
            self.error(given.span.start, format!("unknown {what} {:?}", given.value), mend);
        }
        found
    }

    /// The table at `key`.
    pub(crate) fn table<'s>(&mut self, table: &Table<'s>, key: &'static str) -> Option<Table<'s>> {
        let value = table.fields.get(key)?;
        match value.get_ref() {
            DeValue::Table(fields) => Some(Table { kind: key, span: value.span(), fields }),
            _ => {
                let at = value.span().start;
                self.error(at, format!("{key:?} is not a table"), format!("write {key} = {{ … }}"));
                None
            }
        }
    }

    /// The tables `[[key]]`, in the order of the file.
    pub(crate) fn tables<'s>(&mut self, table: &Table<'s>, key: &'static str) -> Vec<Table<'s>> {
        let Some(value) = table.fields.get(key) else { return Vec::new() };
        let mend = format!("head each one with [[{key}]]");
        let Some(items) = value.get_ref().as_array() else {
            self.error(value.span().start, format!("{key:?} is not a list of tables"), mend);
            return Vec::new();
        };
        let mut res = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref() {
                DeValue::Table(fields) => {
                    res.push(Table { kind: key, span: item.span(), fields });
                }
                _ => {
                    let at = item.span().start;
                    self.error(at, format!("{key:?} holds something that is no table"), mend.clone());
                }
            }
        }
        res
    }
}

impl<'t> Table<'t> {
    /// The whole file.
    pub(crate) fn top(fields: &'t DeTable<'t>) -> Table<'t> {
        Table { kind: "", span: 0..0, fields }
    }
}
