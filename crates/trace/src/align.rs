//! Word alignment of two sentences.
//!
//! It knows keys and weights, not what the words mean.

use truce_text::normalise::Word;

/// Longer sentences are aligned on their first words only; nobody writes such
/// sentences, but tables and lists without stops look like them.
pub const SENTENCE_WORDS_MAX: usize = 320;

/// Worth of a matched word that carries matter.
const CONTENT: u32 = 6;
/// Worth of a matched word that carries grammar.
const FUNCTION: u32 = 2;
/// Added for each word that continues a run, so that runs are preferred to
/// the same words picked up here and there.
const CONTINUED: u32 = 3;

/// Pairs of positions that hold the same word, both rising.
pub type Pairs = Vec<(usize, usize)>;

/// Aligns two word streams. `same` says which words count as equal.
pub fn align(a: &[Word], b: &[Word], same: impl Fn(usize, usize) -> bool) -> Pairs {
    let a = &a[..a.len().min(SENTENCE_WORDS_MAX)];
    let b = &b[..b.len().min(SENTENCE_WORDS_MAX)];
    // Equal beginnings and ends are most of most pairs.
    let head = (0..a.len().min(b.len())).take_while(|it| same(*it, *it)).count();
    let tail =
        (0..a.len().min(b.len()) - head).take_while(|it| same(a.len() - 1 - it, b.len() - 1 - it)).count();
    let mut pairs: Pairs = (0..head).map(|it| (it, it)).collect();
    let (inner_a, inner_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    pairs.extend(
        table(inner_a, inner_b, |i, j| same(i + head, j + head))
            .into_iter()
            .map(|(i, j)| (i + head, j + head)),
    );
    pairs.extend((0..tail).rev().map(|it| (a.len() - 1 - it, b.len() - 1 - it)));
    drop_chance(a, pairs)
}

/// Best alignment by dynamic programming over the whole table.
fn table(a: &[Word], b: &[Word], same: impl Fn(usize, usize) -> bool) -> Pairs {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let wide = b.len() + 1;
    // best[i][j]: best worth of a[..i] and b[..j].
    let mut best = vec![0u32; (a.len() + 1) * wide];
    // run[i][j]: the same, with a[i-1] and b[j-1] matched; 0 if they differ.
    let mut run = vec![0u32; (a.len() + 1) * wide];
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let at = i * wide + j;
            let mut worth = best[at - wide].max(best[at - 1]);
            if same(i - 1, j - 1) {
                let diagonal = at - wide - 1;
                let own = if a[i - 1].function { FUNCTION } else { CONTENT };
                let before = if run[diagonal] > 0 { run[diagonal] + CONTINUED } else { 0 };
                run[at] = own + before.max(best[diagonal]);
                worth = worth.max(run[at]);
            }
            best[at] = worth;
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (a.len(), b.len());
    let mut must_match = false;
    while i > 0 && j > 0 {
        let at = i * wide + j;
        if run[at] > 0 && (must_match || run[at] == best[at]) {
            pairs.push((i - 1, j - 1));
            let diagonal = at - wide - 1;
            let own = if a[i - 1].function { FUNCTION } else { CONTENT };
            must_match = run[diagonal] > 0 && run[at] == own + run[diagonal] + CONTINUED;
            i -= 1;
            j -= 1;
        } else if best[at] == best[at - wide] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}

/// Drops matches that are chance: grammar words standing alone between changes.
fn drop_chance(a: &[Word], pairs: Pairs) -> Pairs {
    let mut out = Vec::with_capacity(pairs.len());
    for run in runs(&pairs) {
        let content = run.iter().any(|it| !a[it.0].function);
        if content || run.len() >= 3 {
            out.extend_from_slice(run);
        }
    }
    out
}

/// The maximal stretches of `pairs` without a gap on either side.
pub fn runs(pairs: &[(usize, usize)]) -> impl Iterator<Item = &[(usize, usize)]> {
    pairs.chunk_by(|x, y| x.0 + 1 == y.0 && x.1 + 1 == y.1)
}

#[cfg(test)]
mod tests {
    use super::{align, runs};
    use truce_text::normalise::{Names, words};

    fn shared(a: &str, b: &str) -> Vec<String> {
        let (x, y) = (words(a, 0, &Names::default()), words(b, 0, &Names::default()));
        let pairs = align(&x, &y, |i, j| x[i].key == y[j].key);
        runs(&pairs)
            .map(|run| {
                let span = x[run[0].0].span.cover(x[run[run.len() - 1].0].span);
                span.of(a).unwrap_or("").to_owned()
            })
            .collect()
    }

    #[test]
    fn keeps_runs_together() {
        assert_eq!(
            shared(
                "Northland denied any hand in the raid, saying its men were far away.",
                "Northland denied any hand in the raid, but offered no proof."
            ),
            ["Northland denied any hand in the raid"]
        );
        assert_eq!(
            shared(
                "Rivermark said the pass was shut, and that it would stay shut.",
                "The pass was shut, and it would stay so."
            ),
            ["the pass was shut, and", "it would stay"]
        );
    }

    #[test]
    fn empty_sides() {
        assert!(shared("", "Northland").is_empty());
        assert!(shared("", "").is_empty());
    }
}
