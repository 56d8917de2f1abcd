//! Lemmas: the longest known ending of a word under its tag says what to cut
//! off and what to put on.

use std::collections::BTreeMap;

use crate::atoms::plain;
use crate::hash::{mix, word};
use crate::table::Table;

/// Longest ending looked at, in characters.
const ENDING_CHARS_MAX: usize = 7;

/// Cut so many characters off the end, put this on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// Characters to cut.
    pub cut: usize,
    /// What to put on.
    pub put: String,
    /// Whether capitals stay.
    pub keep_case: bool,
}

impl Rule {
    /// The rule that makes `lemma` from `form`.
    pub fn between(form: &str, lemma: &str, name: bool) -> Rule {
        let low = form.to_lowercase();
        let keep_case = if form == low {
            name
        } else {
            shared(form, lemma) > shared(&low, lemma) || name && shared(form, lemma) == shared(&low, lemma)
        };
        let from = if keep_case { form } else { &low };
        let same = shared(from, lemma);
        Rule { cut: from.chars().count() - same, put: lemma.chars().skip(same).collect(), keep_case }
    }

    /// Makes the lemma.
    pub fn apply(&self, form: &str) -> String {
        let form = if self.keep_case { form.to_owned() } else { form.to_lowercase() };
        let count = form.chars().count().saturating_sub(self.cut);
        let end = form.char_indices().nth(count).map_or(form.len(), |(at, _)| at);
        let mut out = String::with_capacity(end + self.put.len());
        out.push_str(&form[..end]);
        out.push_str(&self.put);
        if out.is_empty() { form } else { out }
    }

    /// As one line of the model.
    pub fn write(&self) -> String {
        format!("{}{}{}", self.cut, if self.keep_case { '=' } else { '~' }, self.put)
    }

    /// Reads what [`Rule::write`] wrote.
    pub fn read(line: &str) -> Option<Rule> {
        let at = line.find(['=', '~'])?;
        Some(Rule {
            cut: line[..at].parse().ok()?,
            put: line[at + 1..].to_owned(),
            keep_case: line[at..].starts_with('='),
        })
    }
}

fn shared(one: &str, two: &str) -> usize {
    one.chars().zip(two.chars()).take_while(|(a, b)| a == b).count()
}

fn key(tag: u8, whole: bool, ending: &str) -> u64 {
    mix(mix(u64::from(tag), u64::from(whole)), word(ending))
}

/// Endings of a word, longest first, the empty one last.
fn endings(low: &str) -> impl Iterator<Item = &str> {
    let from = low.char_indices().rev().take(ENDING_CHARS_MAX).last().map_or(low.len(), |(at, _)| at);
    let tail = &low[from..];
    tail.char_indices().map(|(at, _)| &tail[at..]).chain(std::iter::once(&tail[tail.len()..]))
}

/// Normal form for looking up: plain quotes, digits kept.
fn lookup(form: &str) -> String {
    plain(form)
}

/// The lemma of `form` under `tag`.
pub fn lemma(form: &str, tag: u8, table: &Table<'_>, rules: &[Rule]) -> String {
    let form = lookup(form);
    let low = form.to_lowercase();
    let rule = |key: u64| {
        let pair = table.get(key)?;
        rules.get(usize::from(pair[0]) | usize::from(pair[1]) << 8)
    };
    if let Some(rule) = rule(key(tag, true, &low)) {
        return rule.apply(&form);
    }
    for ending in endings(&low) {
        if let Some(rule) = rule(key(tag, false, ending)) {
            return rule.apply(&form);
        }
    }
    low
}

type Counts = BTreeMap<Rule, u32>;

fn top(counts: &Counts) -> Option<(&Rule, u32)> {
    counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(rule, n)| (rule, *n))
}

/// Learns from (form, tag, lemma, is a name); gives the table and its rules.
pub fn train<'t>(examples: impl Iterator<Item = (&'t str, u8, &'t str, bool)>) -> (Vec<u8>, Vec<Rule>) {
    let mut words: BTreeMap<(u8, String), Counts> = BTreeMap::new();
    for (form, tag, lemma, name) in examples {
        let form = lookup(form);
        let rule = Rule::between(&form, &plain(lemma), name);
        *words.entry((tag, form.to_lowercase())).or_default().entry(rule).or_default() += 1;
    }
    let mut by_ending: BTreeMap<(u8, usize, String), Counts> = BTreeMap::new();
    for ((tag, low), counts) in &words {
        let Some((rule, _)) = top(counts) else { continue };
        // A word counts once for its endings, whatever its frequency.
        for ending in endings(low) {
            let key = (*tag, ending.chars().count(), ending.to_owned());
            *by_ending.entry(key).or_default().entry(rule.clone()).or_default() += 1;
        }
    }
    let mut chosen: BTreeMap<(u8, bool, String), Rule> = BTreeMap::new();
    let backoff = |chosen: &BTreeMap<(u8, bool, String), Rule>, tag: u8, ending: &str| -> Option<Rule> {
        endings(ending).find_map(|it| chosen.get(&(tag, false, it.to_owned())).cloned())
    };
    let mut order: Vec<_> = by_ending.iter().collect();
    order.sort_by_key(|((tag, size, ending), _)| (*tag, *size, ending.clone()));
    for ((tag, size, ending), counts) in order {
        let Some((rule, n)) = top(counts) else { continue };
        if (n >= 2 || *size == 0) && backoff(&chosen, *tag, ending).as_ref() != Some(rule) {
            chosen.insert((*tag, false, ending.clone()), rule.clone());
        }
    }
    for ((tag, low), counts) in &words {
        let Some((rule, _)) = top(counts) else { continue };
        if backoff(&chosen, *tag, low).as_ref() != Some(rule) {
            chosen.insert((*tag, true, low.clone()), rule.clone());
        }
    }
    let mut rules: Vec<Rule> = chosen.values().cloned().collect();
    rules.sort();
    rules.dedup();
    rules.truncate(usize::from(u16::MAX));
    let rows = chosen
        .iter()
        .filter_map(|((tag, whole, ending), rule)| {
            let number = rules.binary_search(rule).ok()?;
            Some((key(*tag, *whole, ending), vec![(number as u8, (number >> 8) as u8 as i8)]))
        })
        .collect();
    (Table::write(rows), rules)
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn rules_there_and_back() {
        for (form, lemma, name) in
            [("Accused", "accuse", false), ("Armies", "army", false), ("Northland", "Northland", true)]
        {
            let rule = Rule::between(form, lemma, name);
            assert_eq!(rule.apply(form), lemma);
            assert_eq!(Rule::read(&rule.write()), Some(rule));
        }
        assert_eq!(Rule::between("Accused", "accuse", false).write(), "1~");
    }
}
