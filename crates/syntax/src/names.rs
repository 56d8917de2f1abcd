//! Names: spans of persons, organisations, places and others.
//!
//! Greedy from left to right over begin/inside/outside labels, with tags and
//! the run of capitals around a word in view. Only words that can stand in a
//! name are asked about.

use crate::atoms::{ALL_CAPITALS, Atoms, CAPITAL, DIGIT};
use crate::hash::mix;
use crate::table::{Table, Weights};
use crate::{Name, NameKind, Upos};

/// Outside, then begin and inside of each kind.
pub const CLASSES: usize = 9;
/// Outside any name.
pub const OUTSIDE: u8 = 0;

/// The kinds in the order of their labels.
pub const KINDS: [NameKind; 4] = [NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Other];

/// The label that begins a name of kind number `kind`.
pub fn begin(kind: usize) -> u8 {
    1 + 2 * kind as u8
}

/// The label inside a name of kind number `kind`.
pub fn inside(kind: usize) -> u8 {
    2 + 2 * kind as u8
}

/// The kind a label is of.
pub fn kind(label: u8) -> Option<usize> {
    label.checked_sub(1).map(|it| usize::from(it / 2))
}

/// A word with what names need to know of it.
pub struct Words<'w> {
    /// Keys of the forms.
    pub atoms: &'w [Atoms],
    /// Parts of speech.
    pub upos: &'w [Upos],
    /// Joint tags.
    pub tags: &'w [u8],
    /// First and last word of the run of capitals around each word.
    runs: Vec<(u32, u32)>,
    /// Entries of the word lists.
    listed: Vec<u8>,
}

/// Longest run of capitals looked at.
const RUN_TOKENS_MAX: usize = 12;

fn is_link(lower: u64) -> bool {
    use std::sync::OnceLock;
    static LINKS: OnceLock<Vec<u64>> = OnceLock::new();
    LINKS
        .get_or_init(|| {
            ["of", "the", "and", "for", "de", "al", "-", "el", "van", "von", "bin", "&", "in", "on", "'s"]
                .map(crate::hash::word)
                .to_vec()
        })
        .contains(&lower)
}

impl<'w> Words<'w> {
    /// Collects what names need.
    pub fn new(atoms: &'w [Atoms], upos: &'w [Upos], tags: &'w [u8], lists: &Table<'_>) -> Words<'w> {
        let capital = |at: usize| atoms[at].bits & (CAPITAL | DIGIT) != 0 && upos[at] != Upos::Punct;
        let mut runs = vec![(0, 0); atoms.len()];
        let mut at = 0;
        while at < atoms.len() {
            let mut last = at;
            if capital(at) {
                while last + 1 < atoms.len() && last - at < RUN_TOKENS_MAX {
                    if capital(last + 1) {
                        last += 1;
                    } else if last + 2 < atoms.len() && is_link(atoms[last + 1].lower) && capital(last + 2) {
                        last += 2;
                    } else {
                        break;
                    }
                }
            }
            for run in &mut runs[at..=last] {
                *run = (at as u32, last as u32);
            }
            at = last + 1;
        }
        let listed = atoms.iter().map(|it| lists.get(it.lower).map_or(0, |pairs| pairs[0])).collect();
        Words { atoms, upos, tags, runs, listed }
    }

    /// Whether word `at` can stand in a name, after a word labelled `before`.
    pub fn may_be_named(&self, at: usize, before: u8) -> bool {
        before != OUTSIDE || self.atoms[at].bits & (CAPITAL | DIGIT) != 0 || self.upos[at] == Upos::Propn
    }

    /// Keys of word `at` after labels `one` and, before it, `two`. With
    /// `plain` only words and their shapes are looked at.
    pub fn keys(&self, at: usize, one: u8, two: u8, plain: bool, out: &mut Vec<u64>) {
        out.clear();
        let word = |by: isize| at.checked_add_signed(by).and_then(|it| self.atoms.get(it));
        let lower = |by: isize| word(by).map_or(5, |it| it.lower);
        let shape = |by: isize| word(by).map_or(5, |it| it.shape);
        let here = &self.atoms[at];
        let (one, two) = (u64::from(one), u64::from(two));
        let first = u64::from(at == 0);
        let mut template = 0;
        let mut put = |a: u64, b: u64, c: u64| {
            template += 1;
            out.push(mix(mix(mix(mix(0x4A3E, template), a), b), c));
        };
        put(0, 0, 0);
        put(here.lower, 0, 0);
        put(here.form, 0, 0);
        put(here.lower, one, 0);
        put(here.shape, first, 0);
        put(u64::from(here.bits), first, one);
        for size in 1..5 {
            put(here.suffix[size], 0, 0);
        }
        for size in 1..4 {
            put(here.prefix[size], 0, 0);
        }
        put(lower(-1), 0, 0);
        put(lower(1), 0, 0);
        put(lower(-2), 0, 0);
        put(lower(2), 0, 0);
        put(lower(-1), here.lower, 0);
        put(lower(1), here.lower, 0);
        put(lower(-2), lower(-1), 0);
        put(lower(1), lower(2), 0);
        put(shape(-1), here.shape, shape(1));
        put(shape(1), here.shape, one);
        put(one, 0, 0);
        put(one, two, 0);
        put(one, here.shape, 0);
        put(one, lower(-1), 0);
        put(one, lower(1), here.shape);
        if plain {
            return;
        }
        let tag = |by: isize| {
            at.checked_add_signed(by).and_then(|it| self.tags.get(it)).map_or(0xFF, |it| u64::from(*it))
        };
        put(tag(0), one, 0);
        put(tag(0), tag(-1), tag(1));
        put(tag(0), here.shape, one);
        put(tag(1), one, u64::from(here.bits));
        let (from, to) = self.runs[at];
        let edge = |it: u32| self.atoms.get(it as usize).map_or(5, |it| it.lower);
        let size = u64::from((to - from).min(4));
        let place = u64::from((at as u32 - from).min(3)) << 4 | u64::from((to - at as u32).min(3));
        put(edge(to), one, 0);
        put(edge(from), one, 0);
        put(edge(to), place, 0);
        put(size, place, one);
        let before = (from as usize).checked_sub(1).map_or(5, |it| self.atoms[it].lower);
        let after = edge(to + 1);
        put(before, one, size);
        put(after, one, size);
        put(before, edge(to), 0);
        put(before, after, 0);
        put(edge(to + 2), after, one);
        put(here.suffix[2], one, size);
        let list = |by: isize| {
            at.checked_add_signed(by).and_then(|it| self.listed.get(it)).map_or(0xFF, |it| u64::from(*it))
        };
        put(list(0), one, 0);
        put(list(0), list(1), here.shape);
        put(list(0), u64::from(here.bits & ALL_CAPITALS), tag(1));
        put(list(0), size, place);
        let held = self.listed.get(to as usize).map_or(0, |it| u64::from(*it));
        put(held, one, place);
    }
}

/// Whether label `it` may follow `before`.
pub fn follows(before: u8, it: u8) -> bool {
    match kind(it) {
        Some(kind) if it == inside(kind) => before == it || before == begin(kind),
        _ => true,
    }
}

/// Labels a sentence.
pub fn label(words: &Words<'_>, weights: &impl Weights, plain: bool) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(words.atoms.len());
    let mut row = Vec::new();
    for at in 0..words.atoms.len() {
        let (one, two) = before(&out, at);
        if !words.may_be_named(at, one) {
            out.push(OUTSIDE);
            continue;
        }
        words.keys(at, one, two, plain, &mut row);
        out.push(choose(&row, weights, one));
    }
    out
}

/// The two labels before `at`.
pub fn before(labels: &[u8], at: usize) -> (u8, u8) {
    let back = |by: usize| at.checked_sub(by).map_or(OUTSIDE, |it| labels[it]);
    (back(1), back(2))
}

/// The best label that may follow `one`.
pub fn choose(row: &[u64], weights: &impl Weights, one: u8) -> u8 {
    let mut scores = [0i32; CLASSES];
    for key in row {
        weights.add(*key, &mut scores);
    }
    for (label, score) in scores.iter_mut().enumerate() {
        if !follows(one, label as u8) {
            *score = i32::MIN;
        }
    }
    crate::tagger::best(&scores) as u8
}

/// The names that labels say.
pub fn spans(labels: &[u8]) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    let mut open = false;
    for (at, label) in labels.iter().enumerate() {
        match kind(*label) {
            None => open = false,
            Some(kind) => {
                let at = at as u32;
                match out.last_mut() {
                    Some(last) if open && *label == inside(kind) && last.kind == KINDS[kind] => {
                        last.last = at
                    }
                    _ => out.push(Name { first: at, last: at, kind: KINDS[kind] }),
                }
                open = true;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{begin, follows, inside, spans};
    use crate::NameKind;

    #[test]
    fn labels_to_names() {
        let names = spans(&[begin(0), inside(0), 0, begin(2), begin(2), inside(2)]);
        let found: Vec<_> = names.iter().map(|it| (it.first, it.last, it.kind)).collect();
        assert_eq!(found, [(0, 1, NameKind::Person), (3, 3, NameKind::Place), (4, 5, NameKind::Place)]);
        assert!(!follows(0, inside(1)));
        assert!(!follows(begin(0), inside(1)));
        assert!(follows(begin(1), inside(1)));
    }
}
