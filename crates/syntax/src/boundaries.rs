//! Sentence ends that no full stop marks.
//!
//! Edited prose ends its sentences by rule ([`truce_text::sentences`]). Mail,
//! posts and pages do not: headings, signatures and greetings run on. A small
//! classifier adds the ends that the rules cannot see; it removes none, and it
//! must be sure, so that edited prose stays as the rules split it.

use truce_text::Span;

use crate::atoms::Atoms;
use crate::hash::mix;
use crate::table::Weights;

/// How sure the classifier must be, in units of the table's weights.
pub const MARGIN: i32 = 50;

/// Keys of the gap before token `at`.
pub fn keys(text: &str, spans: &[Span], atoms: &[Atoms], from: usize, at: usize, out: &mut Vec<u64>) {
    out.clear();
    let left = |by: usize| at.checked_sub(by).filter(|it| *it >= from).and_then(|it| atoms.get(it));
    let right = |by: usize| atoms.get(at + by);
    let lower = |it: Option<&Atoms>| it.map_or(3, |it| it.lower);
    let shape = |it: Option<&Atoms>| it.map_or(3, |it| it.shape);
    let suffix = |it: Option<&Atoms>| it.map_or(3, |it| it.suffix[2]);
    let bits = |it: Option<&Atoms>| it.map_or(0xFF, |it| u64::from(it.bits));
    let (l1, l2, l3) = (left(1), left(2), left(3));
    let (r0, r1, r2) = (right(0), right(1), right(2));
    let gap = if spans[at].start > spans[at - 1].end {
        u64::from(text[spans[at - 1].end as usize..spans[at].start as usize].len() > 1) + 1
    } else {
        0
    };
    let run = match at - from {
        it @ 0..=3 => it as u64,
        4..=7 => 4,
        8..=14 => 5,
        15..=30 => 6,
        _ => 7,
    };
    let rest = (atoms.len() - at).min(4) as u64;
    let mut template = 0;
    let mut put = |a: u64, b: u64, c: u64| {
        template += 1;
        out.push(mix(mix(mix(mix(0xB0D, template), a), b), c));
    };
    put(gap, 0, 0);
    put(lower(l1), gap, 0);
    put(lower(r0), gap, 0);
    put(lower(l1), lower(r0), 0);
    put(shape(l1), shape(r0), gap);
    put(shape(l1), lower(r0), 0);
    put(lower(l1), shape(r0), 0);
    put(shape(l2), shape(l1), shape(r0));
    put(shape(l1), shape(r0), shape(r1));
    put(shape(l2), mix(shape(l1), shape(r0)), shape(r1));
    put(lower(l2), lower(l1), 0);
    put(lower(r0), lower(r1), 0);
    put(lower(r0), lower(r1), shape(l1));
    put(lower(l2), lower(l1), shape(r0));
    put(suffix(l1), shape(r0), 0);
    put(suffix(r0), shape(l1), 0);
    put(bits(l1), bits(r0), run);
    put(run, shape(l1), shape(r0));
    put(run, lower(r0), 0);
    put(run, lower(l1), 0);
    put(rest, shape(l1), shape(r0));
    put(shape(l3), mix(shape(l2), shape(l1)), shape(r0));
    put(shape(r0), mix(shape(r1), shape(r2)), bits(l1));
    put(lower(r1), shape(r0), bits(l1));
    put(lower(l2), bits(l1), bits(r0));
    put(lower(left(4)), shape(l1), shape(r0));
}

/// The first tokens of the sentences that begin inside one stretch of tokens.
pub fn starts(text: &str, spans: &[Span], atoms: &[Atoms], weights: &impl Weights) -> Vec<usize> {
    let (mut out, mut from, mut row) = (Vec::new(), 0, Vec::new());
    for at in 1..spans.len() {
        let mut scores = [0i32; 2];
        keys(text, spans, atoms, from, at, &mut row);
        for key in &row {
            weights.add(*key, &mut scores);
        }
        if scores[1] - scores[0] > MARGIN {
            out.push(at);
            from = at;
        }
    }
    out
}
