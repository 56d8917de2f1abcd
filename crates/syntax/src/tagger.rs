//! Parts of speech: greedy from left to right, words on both sides in view.

use crate::atoms::Atoms;
use crate::hash::mix;
use crate::table::{Table, Weights};

/// The tag before the first word.
const BEGIN: u64 = 0xFFFF;
/// The word beyond either end.
const EDGE: u64 = 0xEDCE;

/// The tags a word had in training, as a key; 0 for unknown words.
pub trait Lexicon {
    /// Class of the word whose lower-case key is `lower`.
    fn class(&self, lower: u64) -> u64;
}

/// Keys that are the same for every tag assignment of a sentence.
pub struct Static {
    /// As many for every word, one word after the other.
    keys: Vec<u64>,
    classes: Vec<u64>,
    next: Vec<u64>,
}

/// Keys of a word that do not depend on tags.
const STATIC_KEYS: usize = 39;

/// Computes what does not depend on tags.
pub fn prepare(atoms: &[Atoms], lexicon: &impl Lexicon) -> Static {
    let classes: Vec<u64> = atoms.iter().map(|it| lexicon.class(it.lower)).collect();
    let at = |place: isize| usize::try_from(place).ok().and_then(|it| atoms.get(it));
    let class_at =
        |place: isize| usize::try_from(place).ok().and_then(|it| classes.get(it)).copied().unwrap_or(EDGE);
    let shouting =
        atoms.iter().filter(|it| it.bits & crate::atoms::ALL_CAPITALS != 0).count() * 2 > atoms.len();
    let mut keys = Vec::with_capacity(atoms.len() * STATIC_KEYS);
    for place in 0..atoms.len() as isize {
        let here = &atoms[place as usize];
        let lower = |by: isize| at(place + by).map_or(EDGE, |it| it.lower);
        let suffix = |by: isize, size: usize| at(place + by).map_or(EDGE, |it| it.suffix[size - 1]);
        let shape = |by: isize| at(place + by).map_or(EDGE, |it| it.shape);
        let class = |by: isize| class_at(place + by);
        let first = u64::from(place == 0) | u64::from(shouting) << 1;
        let mut put = |template: u64, a: u64, b: u64| keys.push(mix(mix(mix(0x7A6, template), a), b));
        put(1, here.lower, 0);
        put(2, here.form, 0);
        for size in 0..5 {
            put(3 + size as u64, here.suffix[size], 0);
        }
        for size in 0..4 {
            put(8 + size as u64, here.prefix[size], 0);
        }
        put(12, here.shape, first);
        put(13, u64::from(here.bits), first);
        put(14, class(0), 0);
        put(15, class(0), u64::from(here.bits) << 2 | first);
        put(16, lower(-1), 0);
        put(17, lower(-2), 0);
        put(18, lower(1), 0);
        put(19, lower(2), 0);
        put(20, lower(-1), here.lower);
        put(21, lower(1), here.lower);
        put(22, lower(-1), lower(1));
        put(23, class(1), 0);
        put(24, class(1), class(0));
        put(25, class(1), class(2));
        put(26, class(1), here.lower);
        put(27, suffix(1, 2), 0);
        put(28, suffix(1, 3), 0);
        put(29, suffix(-1, 2), 0);
        put(30, suffix(-1, 3), here.suffix[1]);
        put(31, shape(-1), here.shape);
        put(32, shape(1), here.shape);
        put(33, shape(1), first);
        put(34, here.suffix[2], u64::from(here.bits));
        put(35, lower(1), lower(2));
        put(36, here.suffix[2], class(1));
        put(37, lower(-2), lower(-1));
        put(38, class(0), mix(class(1), class(2)));
        put(39, class(0), mix(class(-1), class(1)));
    }
    let next = (0..atoms.len() as isize).map(|it| class_at(it + 1)).collect();
    Static { keys, classes, next }
}

/// Keys of word `at` given the two tags before it.
pub fn keys(known: &Static, atoms: &[Atoms], at: usize, one: u64, two: u64, out: &mut Vec<u64>) {
    out.clear();
    out.extend_from_slice(&known.keys[at * STATIC_KEYS..][..STATIC_KEYS]);
    let here = &atoms[at];
    let mut put = |template: u64, a: u64, b: u64| out.push(mix(mix(mix(0x7A6, template), a), b));
    put(60, one, 0);
    put(61, one, two);
    put(62, one, here.lower);
    put(63, one, here.suffix[2]);
    put(64, one, known.classes[at]);
    put(65, one, known.next[at]);
    put(66, mix(one, two), known.classes[at]);
    put(67, mix(one, known.classes[at]), known.next[at]);
    put(68, two, known.classes[at]);
    put(69, one, here.suffix[1]);
    put(70, mix(one, two), here.lower);
    put(71, one, here.shape);
    let last = if at > 0 { atoms[at - 1].lower } else { EDGE };
    put(72, one, last);
    put(73, two, last);
}

/// Tags of the two words before `at`, as keys.
pub fn history(tags: &[u8], at: usize) -> (u64, u64) {
    let tag = |by: usize| at.checked_sub(by).map_or(BEGIN, |it| u64::from(tags[it]));
    (tag(1), tag(2))
}

/// The class with the highest score; the first of equals.
#[inline]
pub fn best(scores: &[i32]) -> usize {
    let mut top = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[top] {
            top = class;
        }
    }
    top
}

/// Tags a sentence; `classes` is the number of tags.
pub fn tag(atoms: &[Atoms], weights: &impl Weights, lexicon: &impl Lexicon, classes: usize) -> Vec<u8> {
    let known = prepare(atoms, lexicon);
    let mut tags = Vec::with_capacity(atoms.len());
    let (mut row, mut scores) = (Vec::new(), vec![0i32; classes]);
    for at in 0..atoms.len() {
        let (one, two) = history(&tags, at);
        keys(&known, atoms, at, one, two, &mut row);
        scores.fill(0);
        weights.add_all(&row, &mut scores);
        tags.push(best(&scores) as u8);
    }
    tags
}

impl Lexicon for Table<'_> {
    fn class(&self, lower: u64) -> u64 {
        self.get(lower).map_or(0, crate::hash::bytes)
    }
}
