//! Which sentences of two linked articles belong together.
//!
//! That two articles hold text of one origin is established by anchors:
//! sentences that share too much for chance. Only then is a sentence of the
//! one compared with every sentence of the other, and little is enough.

use std::collections::BTreeMap;

use truce_model::Article;
use truce_text::spelling::KeyMap;

use crate::align::Pairs;
use crate::compare::{Shared, align_names, shared};
use crate::find::Anchor;
use crate::units::Unit;

/// Two sentences held to be prints of one.
#[derive(Clone, Debug)]
pub struct Match {
    /// Unit of the one article.
    pub a: u32,
    /// Unit of the other.
    pub b: u32,
    /// The alignment.
    pub pairs: Pairs,
    /// What they share.
    pub shared: Shared,
}

/// Whether the anchors are enough to say that two articles hold text of one
/// origin. One shared set phrase is not, nor a quotation that both heard.
/// `content` is the number of words of matter in the shorter article: half of
/// it is enough, however little that is.
pub fn is_linked(anchors: &[Anchor], content: usize) -> bool {
    let counted = |it: &&Anchor| it.shared.content_unquoted >= 3;
    let sure = |it: &Anchor| {
        it.shared.plain >= 5
            && it.shared.content >= 8
            && it.shared.of_shorter() >= 70
            && it.shared.run_content >= 6
            || it.equal && it.shared.content >= 6
    };
    let mut by_sentence: BTreeMap<u32, usize> = BTreeMap::new();
    for it in anchors.iter().filter(counted).filter(|it| it.shared.of_shorter() >= 80) {
        let most = by_sentence.entry(it.a).or_default();
        *most = (*most).max(it.shared.content);
    }
    if by_sentence.values().sum::<usize>() * 2 >= content.max(1) {
        return true;
    }
    let mut good = anchors.iter().filter(counted).peekable();
    good.clone().any(sure) || {
        // Two anchors in one sentence are one.
        let first = good.next();
        first.is_some_and(|it| good.any(|other| other.a != it.a && other.b != it.b))
    }
}

/// Sentences printed in both articles.
pub fn matches(
    articles: &[&Article],
    units: &[Unit],
    a: std::ops::Range<u32>,
    b: std::ops::Range<u32>,
) -> Vec<Match> {
    let mut chosen: Vec<Match> = Vec::new();
    let mut taken = Taken::default();
    for (x, y) in equal(units, a.clone(), b.clone()) {
        let it = compare(articles, units, x, y);
        if it.shared.content >= 2 {
            taken.mark(units, &it);
            chosen.push(it);
        }
    }
    let mut strong = Vec::new();
    let mut weak = Vec::new();
    for (x, y) in candidates(units, a, b) {
        let it = compare(articles, units, x, y);
        if is_reused(it.shared) {
            strong.push(it);
        } else if is_possible(units, &it) {
            weak.push(it);
        }
    }
    choose(strong, units, &mut chosen, &mut taken, |_, _| true);
    let placed: Vec<(u32, u32)> = chosen.iter().map(|it: &Match| (it.a, it.b)).collect();
    // A possible paraphrase must stand where the text goes on on both sides.
    choose(weak, units, &mut chosen, &mut taken, |it, taken| {
        taken.is_free(it.a, it.b)
            && placed.iter().any(|(a, b)| {
                let (da, db) = (i64::from(*a) - i64::from(it.a), i64::from(*b) - i64::from(it.b));
                da.abs() <= 2 && db.abs() <= 2 && da.signum() == db.signum()
            })
    });
    chosen.sort_by_key(|it| (it.a, it.b));
    chosen
}

/// Aligns two units.
pub fn compare(articles: &[&Article], units: &[Unit], a: u32, b: u32) -> Match {
    let (x, y) = (&units[a as usize], &units[b as usize]);
    let pairs = if x.hash == y.hash {
        (0..x.words.len().min(y.words.len())).map(|it| (it, it)).collect()
    } else {
        align_names(&x.words, &articles[x.article].text, &y.words, &articles[y.article].text)
    };
    let shared = shared(&x.words, &y.words, &pairs);
    Match { a, b, pairs, shared }
}

/// Whether sentences of linked articles share enough.
fn is_reused(it: Shared) -> bool {
    let of_shorter = it.of_shorter();
    it.run >= 4
        && ((it.run_content >= 4 && of_shorter >= 40)
            || (it.content >= 3 && it.run_content >= 3 && of_shorter >= 60)
            || (it.content >= 3 && it.run_content >= 2 && of_shorter >= 70)
            || (it.content >= 5 && of_shorter >= 50))
        || it.content >= 7 && of_shorter >= 65
}

/// Whether sentences in neighbouring places may be one in other words.
fn is_possible(units: &[Unit], it: &Match) -> bool {
    !units[it.a as usize].head
        && !units[it.b as usize].head
        && it.shared.content >= 3
        && it.shared.run >= 3
        && it.shared.of_shorter() >= 40
}

/// Whether sentences that a third print ties together share anything.
pub fn is_tied(it: Shared) -> bool {
    it.content >= 3 && it.run >= 3 && it.of_shorter() >= 25
}

/// Which words of which units are used up by a match.
#[derive(Default)]
pub struct Taken {
    words: BTreeMap<u32, Vec<bool>>,
}

impl Taken {
    /// Whether neither unit is used at all.
    pub fn is_free(&self, a: u32, b: u32) -> bool {
        !self.words.contains_key(&a) && !self.words.contains_key(&b)
    }

    /// Takes the words of `it`, unless most of them are taken.
    fn take(&mut self, units: &[Unit], it: &Match) -> bool {
        let used = |unit: u32, at: fn(&(usize, usize)) -> usize| {
            self.words.get(&unit).map_or(0, |words| it.pairs.iter().filter(|pair| words[at(pair)]).count())
        };
        let used = used(it.a, |it| it.0).max(used(it.b, |it| it.1));
        if used * 100 > it.pairs.len() * 30 {
            return false;
        }
        self.mark(units, it);
        true
    }

    fn mark(&mut self, units: &[Unit], it: &Match) {
        for (unit, at) in [(it.a, (|it| it.0) as fn(&(usize, usize)) -> usize), (it.b, |it| it.1)] {
            let words =
                self.words.entry(unit).or_insert_with(|| vec![false; units[unit as usize].words.len()]);
            it.pairs.iter().for_each(|pair| words[at(pair)] = true);
        }
    }
}

/// Chooses the best of `found` whose words are free.
fn choose(
    mut found: Vec<Match>,
    units: &[Unit],
    chosen: &mut Vec<Match>,
    taken: &mut Taken,
    fits: impl Fn(&Match, &Taken) -> bool,
) {
    found.sort_by_key(|it| {
        (std::cmp::Reverse((it.shared.content, it.shared.of_longer(), it.shared.run)), it.a, it.b)
    });
    for it in found {
        if fits(&it, taken) && taken.take(units, &it) {
            chosen.push(it);
        }
    }
}

/// Pairs of equal sentences. One that an article prints more often than the
/// other is paired with the last print there: none is left over as if it were
/// the article's own.
fn equal(units: &[Unit], a: std::ops::Range<u32>, b: std::ops::Range<u32>) -> Vec<(u32, u32)> {
    let mut by_hash: BTreeMap<u64, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
    for x in a {
        by_hash.entry(units[x as usize].hash).or_default().0.push(x);
    }
    for y in b {
        if let Some(it) = by_hash.get_mut(&units[y as usize].hash) {
            it.1.push(y);
        }
    }
    let mut out = Vec::new();
    for (xs, ys) in by_hash.into_values() {
        let (Some(last_x), Some(last_y)) = (xs.last(), ys.last()) else { continue };
        let many = xs.len().max(ys.len());
        out.extend((0..many).map(|n| (*xs.get(n).unwrap_or(last_x), *ys.get(n).unwrap_or(last_y))));
    }
    out.sort_unstable();
    out
}

/// A word in more sentences of one article than this retrieves none of them.
const WORD_SENTENCES_MAX: usize = 40;

/// Pairs of sentences with at least two words of matter and a quarter of the
/// shorter one in common.
fn candidates(units: &[Unit], a: std::ops::Range<u32>, b: std::ops::Range<u32>) -> Vec<(u32, u32)> {
    let mut by_key: KeyMap<Vec<u32>> = KeyMap::default();
    let mut by_hash: KeyMap<()> = KeyMap::default();
    for y in b {
        by_hash.insert(units[y as usize].hash, ());
        for word in units[y as usize].words.iter().filter(|it| !it.function) {
            let list = by_key.entry(word.key).or_default();
            if list.last() != Some(&y) {
                list.push(y);
            }
        }
    }
    let mut out = Vec::new();
    for x in a {
        // The same sentence needs no second best.
        if by_hash.contains_key(&units[x as usize].hash) {
            continue;
        }
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut keys: Vec<u64> =
            units[x as usize].words.iter().filter(|it| !it.function).map(|it| it.key).collect();
        keys.sort_unstable();
        keys.dedup();
        for list in keys.iter().filter_map(|it| by_key.get(it)) {
            if list.len() <= WORD_SENTENCES_MAX {
                list.iter().for_each(|y| *counts.entry(*y).or_default() += 1);
            }
        }
        let shorter = |y: u32| units[x as usize].content.min(units[y as usize].content);
        out.extend(
            counts.into_iter().filter(|it| it.1 >= 2 && it.1 * 4 >= shorter(it.0)).map(|it| (x, it.0)),
        );
    }
    out
}
