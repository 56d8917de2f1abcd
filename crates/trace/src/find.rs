//! Sentences that may share a text, among all sentences.
//!
//! Equal sentences are grouped by hash; distinct ones are retrieved by shared
//! fingerprints (runs of four words) and verified by alignment. No table of
//! all pairs is ever made: a fingerprint that is printed everywhere, or a
//! sentence printed everywhere, costs linear work.

use std::collections::BTreeMap;

use truce_text::normalise::Word;
use truce_text::spelling::Fold;

use crate::compare::{Shared, align_keys, shared};
use crate::units::Unit;

/// Words in a fingerprint.
pub const FINGERPRINT_WORDS: usize = 4;
/// Of a group of sentences that share a fingerprint, each is compared with
/// this many; the rest is reached through them.
pub const FINGERPRINT_SENTENCES_MAX: usize = 48;
/// Up to this many prints of one sentence all pairs are reported; of more,
/// each is paired with the first only.
pub const GROUP_ALL_PAIRS_MAX: usize = 24;

/// Two sentences (numbers of units) of different articles and what they share.
#[derive(Clone, Copy, Debug)]
pub struct Anchor {
    /// The one, of the article with the lower number.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// What they share.
    pub shared: Shared,
    /// Whether they are the same words.
    pub equal: bool,
}

/// What was found, and what had to be cut.
#[derive(Debug, Default)]
pub struct Found {
    /// Anchors, by article pair.
    pub anchors: BTreeMap<(u32, u32), Vec<Anchor>>,
    /// Fingerprints over the limit.
    pub common_fingerprints: usize,
    /// Distinct sentences printed more often, in one version or in many, than all
    /// pairs are reported for.
    pub common_sentences: usize,
}

/// Hashes of all runs of [`FINGERPRINT_WORDS`] words that hold matter.
pub fn fingerprints(words: &[Word]) -> impl Iterator<Item = u64> {
    words
        .windows(FINGERPRINT_WORDS)
        .filter(|it| it.iter().any(|word| !word.function))
        .map(|it| it.iter().fold(Fold::new(), |hash, word| hash.number(word.key)).finish())
}

/// Whether what two sentences share is too much for chance.
pub fn is_anchor(it: Shared) -> bool {
    it.run >= FINGERPRINT_WORDS
        && it.plain >= 3
        && !it.is_form()
        && ((it.content >= 5 && it.run_content >= 4 && it.of_shorter() >= 60)
            || (it.content >= 4 && it.run_content >= 4 && it.of_shorter() >= 80)
            || (it.run_content >= 6 && it.of_shorter() >= 30))
}

/// Finds anchors among `units`, which are sorted by article.
pub fn find(units: &[Unit]) -> Found {
    let mut found = Found::default();
    // Groups of equal sentences, each named by its first.
    let mut order: Vec<u32> = (0..units.len() as u32).filter(|it| units[*it as usize].content >= 2).collect();
    order.sort_unstable_by_key(|it| (units[*it as usize].hash, *it));
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for chunk in order.chunk_by(|x, y| units[*x as usize].hash == units[*y as usize].hash) {
        groups.push(chunk.to_vec());
    }
    groups.sort_unstable_by_key(|it| it[0]);
    for group in &groups {
        equal_sentences(units, group, &mut found);
    }
    let mut cut: Vec<bool> = groups.iter().map(|it| it.len() > GROUP_ALL_PAIRS_MAX).collect();
    // Prints that each sentence was paired with so far.
    let mut reached: Vec<usize> = vec![0; groups.len()];
    for (i, j) in candidates(units, &groups, &mut found.common_fingerprints) {
        let (x, y) = (&units[groups[i][0] as usize], &units[groups[j][0] as usize]);
        let pairs = align_keys(&x.words, &y.words);
        let shared = shared(&x.words, &y.words, &pairs);
        if is_anchor(shared) {
            // A sentence printed in many versions, by a few outlets each, is
            // as common as one that many print: the versions hang together
            // through their first prints.
            let many = [(i, j), (j, i)]
                .iter()
                .any(|(of, other)| reached[*of] + groups[*other].len() > GROUP_ALL_PAIRS_MAX);
            let prints = |of: usize| if many { &groups[of][..1] } else { &groups[of][..] };
            let (x, y) = (prints(i), prints(j));
            cut[i] |= many;
            reached[i] += y.len();
            reached[j] += x.len();
            similar_sentences(units, x, y, shared, &mut found);
        }
    }
    found.common_sentences = cut.iter().filter(|it| **it).count();
    found
}

fn equal_sentences(units: &[Unit], group: &[u32], found: &mut Found) {
    let words = &units[group[0] as usize].words;
    let all: Vec<(usize, usize)> = (0..words.len()).map(|it| (it, it)).collect();
    let shared = shared(words, words, &all);
    if !is_anchor(shared) {
        return;
    }
    if group.len() > GROUP_ALL_PAIRS_MAX {
        for it in &group[1..] {
            add(units, group[0], *it, shared, true, found);
        }
        return;
    }
    for (n, a) in group.iter().enumerate() {
        for b in &group[n + 1..] {
            add(units, *a, *b, shared, true, found);
        }
    }
}

fn similar_sentences(units: &[Unit], x: &[u32], y: &[u32], shared: Shared, found: &mut Found) {
    for a in x {
        for b in y {
            add(units, *a, *b, shared, false, found);
        }
    }
}

fn add(units: &[Unit], a: u32, b: u32, shared: Shared, equal: bool, found: &mut Found) {
    let (a, b) = (a.min(b), a.max(b));
    let pair = (units[a as usize].article as u32, units[b as usize].article as u32);
    if pair.0 != pair.1 {
        found.anchors.entry(pair).or_default().push(Anchor { a, b, shared, equal });
    }
}

/// Pairs of groups that share fingerprints, each once, sorted.
fn candidates(units: &[Unit], groups: &[Vec<u32>], common: &mut usize) -> Vec<(usize, usize)> {
    let mut prints: Vec<(u64, u32)> = Vec::new();
    for (n, group) in groups.iter().enumerate() {
        prints.extend(fingerprints(&units[group[0] as usize].words).map(|it| (it, n as u32)));
    }
    prints.sort_unstable();
    prints.dedup();
    let mut out: Vec<(u32, u32)> = Vec::new();
    for chunk in prints.chunk_by(|x, y| x.0 == y.0) {
        if chunk.len() <= FINGERPRINT_SENTENCES_MAX {
            for (n, x) in chunk.iter().enumerate() {
                out.extend(chunk[n + 1..].iter().map(|y| (x.1, y.1)));
            }
            continue;
        }
        *common += 1;
        // Each with its neighbours in the list: linear, and a chain of edited
        // reprints still hangs together.
        for (n, x) in chunk.iter().enumerate() {
            out.extend(chunk[n + 1..].iter().take(2).map(|y| (x.1, y.1)));
        }
    }
    out.sort_unstable();
    out.dedup();
    out.into_iter().map(|(i, j)| (i as usize, j as usize)).collect()
}
