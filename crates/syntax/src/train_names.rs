//! Training of the name finder.

use std::collections::BTreeMap;

use crate::atoms::Atoms;
use crate::conllu::{TreeSentence, Treebank};
use crate::engine::Parts;
use crate::hash;
use crate::learn::{Dice, Learner};
use crate::names::{self, OUTSIDE, Words, begin, inside};
use crate::score::NameScore;
use crate::table::{Table, Weights};

/// A sentence with its names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Words.
    pub forms: Vec<String>,
    /// Labels of [`crate::names`].
    pub labels: Vec<u8>,
    /// Whether names of the kind "other" are marked in this source.
    pub others_marked: bool,
}

/// Sentences of a file with one word and its label per line.
///
/// `word` and `label` are the columns; `split` is what divides them. Labels
/// end in `PER`, `ORG`, `LOC` or `MISC`, or are the names used by re3d.
pub fn read_columns(text: &str, split: char, word: usize, label: usize) -> Vec<Named> {
    let mut out = vec![Named { others_marked: true, ..Named::default() }];
    let mut last = String::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split(split).collect();
        if line.trim().is_empty() {
            out.push(Named { others_marked: true, ..Named::default() });
            last.clear();
            continue;
        }
        if line.starts_with("# ") || fields.len() <= word.max(label) {
            continue;
        }
        let Some(now) = out.last_mut() else { continue };
        let (mark, name) = fields[label].split_once('-').unwrap_or(("O", ""));
        let kind = match name {
            "PER" | "Person" => Some(0),
            "ORG" | "Organisation" => Some(1),
            "LOC" | "Location" => Some(2),
            "MISC" | "Nationality" => Some(3),
            _ => None,
        };
        let goes_on = mark == "I" && last == name;
        now.forms.push(fields[word].to_owned());
        now.labels.push(kind.map_or(OUTSIDE, |it| if goes_on { inside(it) } else { begin(it) }));
        last = name.to_owned();
    }
    out.retain(|it| !it.forms.is_empty());
    out
}

/// Names in a treebank with entities in its last column, as GUM has them:
/// mentions whose head is a proper noun, cut down to the name around the head.
pub fn read_entities(bank: &Treebank) -> Vec<Named> {
    let mut open: Vec<(String, String, usize, usize)> = Vec::new();
    let mut out = Vec::new();
    for (number, sentence) in bank.sentences.iter().enumerate() {
        let mut labels = vec![OUTSIDE; sentence.words.len()];
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (at, word) in sentence.words.iter().enumerate() {
            let Some(marks) = word.misc.split('|').find_map(|it| it.strip_prefix("Entity=")) else {
                continue;
            };
            let mut rest = marks;
            while !rest.is_empty() {
                let opens = rest.starts_with('(');
                let body = rest.trim_start_matches('(');
                let end = body.find(['(', ')']).unwrap_or(body.len());
                let closes = body[end..].starts_with(')');
                let mut parts = body[..end].split('-');
                let id = parts.next().unwrap_or("").to_owned();
                if opens {
                    open.push((id.clone(), parts.next().unwrap_or("").to_owned(), number, at));
                }
                if closes && let Some(place) = open.iter().rposition(|it| it.0 == id) {
                    let (_, kind, began, from) = open.remove(place);
                    let kind = match kind.as_str() {
                        "person" => Some(0),
                        "organization" => Some(1),
                        "place" => Some(2),
                        "event" | "object" | "abstract" => Some(3),
                        _ => None,
                    };
                    if let Some(kind) = kind.filter(|_| began == number) {
                        found.push((from, at, kind));
                    }
                }
                rest = &body[end + usize::from(closes)..];
            }
        }
        // The longest mentions first; shorter ones inside them are left.
        found.sort_by_key(|(from, to, _)| (from + 1).wrapping_sub(to + 1));
        for (from, to, kind) in found {
            mark_name(sentence, from, to, kind, &mut labels);
        }
        let forms = sentence.words.iter().map(|it| it.form.clone()).collect();
        out.push(Named { forms, labels, others_marked: false });
    }
    out
}

fn mark_name(sentence: &TreeSentence, from: usize, to: usize, kind: usize, labels: &mut [u8]) {
    let words = &sentence.words;
    let inner = |it: usize| (from..=to).contains(&it);
    let Some(head) = (from..=to).find(|it| words[*it].head == 0 || !inner(words[*it].head - 1)) else {
        return;
    };
    if words[head].upos != "PROPN" {
        return;
    }
    let capital = |it: usize| {
        let word = &words[it];
        word.form.starts_with(char::is_uppercase)
            && word.upos != "PRON"
            && word.upos != "DET"
            && word.upos != "PUNCT"
    };
    let link =
        |it: usize| matches!(words[it].form.as_str(), "of" | "the" | "and" | "for" | "de" | "-" | "al" | "&");
    let (mut first, mut last) = (head, head);
    while first > from
        && (capital(first - 1)
            || link(first - 1)
                && (from..first - 1).any(&capital)
                && first >= from + 2
                && (capital(first - 2) || link(first - 2)))
    {
        first -= 1;
    }
    while last < to
        && (capital(last + 1) || link(last + 1) && last + 2 <= to && (capital(last + 2) || link(last + 2)))
    {
        last += 1;
    }
    while first < head && !capital(first) {
        first += 1;
    }
    while last > head && !capital(last) {
        last -= 1;
    }
    if labels[first..=last].iter().any(|it| *it != OUTSIDE) {
        return;
    }
    for (number, label) in labels[first..=last].iter_mut().enumerate() {
        *label = if number == 0 { begin(kind) } else { inside(kind) };
    }
}

/// Words of the lists: bits for country, adjective, title, body and ground.
pub fn lists() -> Vec<u8> {
    let mut words: BTreeMap<u64, u8> = BTreeMap::new();
    let mut put = |text: &str, bit: u8| {
        for word in text.split([' ', '-']).filter(|it| it.len() > 2 && !matches!(*it, "the" | "and" | "The"))
        {
            *words.entry(hash::word(&word.to_lowercase())).or_default() |= bit;
        }
    };
    for line in include_str!("../../../lexicon/countries.txt").lines().filter(|it| !it.starts_with('#')) {
        let columns: Vec<&str> = line.split('|').collect();
        for (number, column) in columns.iter().enumerate().skip(1) {
            let bit = if number == 3 { 2 } else { 1 };
            for value in column.split(';') {
                put(value.trim(), bit);
            }
        }
    }
    for line in include_str!("../../../lexicon/name-cues.txt").lines().filter(|it| !it.starts_with('#')) {
        let Some((class, list)) = line.split_once('\t') else { continue };
        let bit = match class {
            "title" => 4,
            "body" => 8,
            _ => 16,
        };
        for word in list.split(' ') {
            *words.entry(hash::word(word)).or_default() |= bit;
        }
    }
    Table::write(words.into_iter().map(|(key, bits)| (key, vec![(bits, 0)])).collect())
}

const PASSES: usize = 8;
const SCALE: f64 = 8.0;

/// What the features of a sentence stand on.
struct Ready {
    atoms: Vec<Atoms>,
    upos: Vec<crate::Upos>,
    tags: Vec<u8>,
}

fn ready(parts: &Parts<'_>, named: &Named) -> Ready {
    let forms: Vec<&str> = named.forms.iter().map(String::as_str).collect();
    let atoms: Vec<Atoms> = forms.iter().map(|it| Atoms::new(it)).collect();
    let tags = parts.tag(&atoms);
    let upos = tags.iter().map(|it| parts.tags[usize::from(*it)].0).collect();
    Ready { atoms, upos, tags }
}

/// Learns names with the tags of `parts`. With `plain` only words and shapes
/// are looked at: the baseline.
pub fn train_names(
    parts: &Parts<'_>,
    lists: &[u8],
    examples: &[Named],
    plain: bool,
    say: &mut dyn FnMut(&str),
) -> Vec<u8> {
    let Some(lists) = Table::open(lists) else { return Vec::new() };
    let ready: Vec<Ready> = examples.iter().map(|it| ready(parts, it)).collect();
    let mut learner = Learner::default();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut dice, mut row) = (Dice::new(7), Vec::new());
    for pass in 0..PASSES {
        dice.shuffle(&mut order);
        let (mut wrong, mut count) = (0, 0);
        for number in &order {
            let (example, it) = (&examples[*number], &ready[*number]);
            let words = Words::new(&it.atoms, &it.upos, &it.tags, &lists);
            let mut labels: Vec<u8> = Vec::new();
            for at in 0..example.labels.len() {
                let (one, two) = names::before(&labels, at);
                if !words.may_be_named(at, one) {
                    labels.push(OUTSIDE);
                    continue;
                }
                words.keys(at, one, two, plain, &mut row);
                let guess = names::choose(&row, &learner, one);
                let mut gold = example.labels[at];
                if !names::follows(one, gold) {
                    // After a wrong label the rest of a name begins one.
                    gold = names::kind(gold).map_or(OUTSIDE, begin);
                }
                learner.step += 1;
                count += 1;
                let unmarked = !example.others_marked && gold == OUTSIDE && names::kind(guess) == Some(3);
                if guess != gold && !unmarked {
                    wrong += 1;
                    learner.update(&row, usize::from(gold), 1);
                    learner.update(&row, usize::from(guess), -1);
                }
                labels.push(guess);
            }
        }
        say(&format!("names pass {pass}: {wrong} of {count} wrong"));
    }
    learner.freeze(SCALE, 2)
}

/// Scores names: spans and kinds as marked.
pub fn score_names(
    parts: &Parts<'_>,
    weights: &impl Weights,
    lists: &Table<'_>,
    gold: &[Named],
    plain: bool,
) -> NameScore {
    let mut out = NameScore::default();
    for example in gold {
        let it = ready(parts, example);
        let words = Words::new(&it.atoms, &it.upos, &it.tags, lists);
        let found = names::spans(&names::label(&words, weights, plain));
        out.add(&names::spans(&example.labels), &found, example.others_marked);
    }
    out
}
