//! One-to-one matching of what was coded with what was read.

use std::cmp::Ordering;

/// Code points `start..end`.
pub(crate) type Range = (usize, usize);

pub(crate) fn overlap(a: Range, b: Range) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// Intersection over union.
pub(crate) fn iou(a: Range, b: Range) -> f64 {
    let shared = overlap(a, b);
    if shared == 0 {
        return 0.0;
    }
    shared as f64 / (a.1 - a.0 + b.1 - b.0 - shared) as f64
}

/// Share of the shorter of the two.
pub(crate) fn shorter_share(a: Range, b: Range) -> f64 {
    let shared = overlap(a, b);
    if shared == 0 {
        return 0.0;
    }
    shared as f64 / (a.1 - a.0).min(b.1 - b.0) as f64
}

/// How well a pair fits; compared field by field, the larger the better.
pub(crate) type Quality = Vec<f64>;

/// Matches greedily: best quality first, ties by position.
pub(crate) fn greedy(mut pairs: Vec<(Quality, usize, usize)>) -> Vec<(usize, usize)> {
    pairs.sort_by(|a, b| {
        let quality = a.0.iter().zip(&b.0).map(|(a, b)| b.total_cmp(a)).find(|it| *it != Ordering::Equal);
        quality.unwrap_or(Ordering::Equal).then((a.1, a.2).cmp(&(b.1, b.2)))
    });
    let (mut gold, mut read) = (Vec::new(), Vec::new());
    let mut out = Vec::new();
    for (_, g, p) in pairs {
        if !gold.contains(&g) && !read.contains(&p) {
            gold.push(g);
            read.push(p);
            out.push((g, p));
        }
    }
    out
}

/// Six decimals, halves to even, as the gold's script rounds.
pub(crate) fn round6(it: f64) -> f64 {
    (it * 1e6).round_ties_even() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_pairs_first() {
        let pairs = vec![(vec![0.5], 0, 0), (vec![0.9], 0, 1), (vec![0.5], 1, 0), (vec![0.9], 1, 1)];
        assert_eq!(greedy(pairs), [(0, 1), (1, 0)]);
        assert!((iou((0, 10), (5, 15)) - 1.0 / 3.0).abs() < 1e-9);
        assert!((shorter_share((0, 10), (5, 8)) - 1.0).abs() < 1e-9);
    }
}
