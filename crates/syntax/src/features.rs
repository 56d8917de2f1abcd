//! What the parser looks at.

use crate::beam::{Arena, Hypothesis, LEFT, NIL, NONE, Node, Side, UNLABELLED};

/// What the parser sees of a word.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    /// Key of the form in small letters.
    pub word: u64,
    /// Key of the lemma.
    pub lemma: u64,
    /// Joint tag (part of speech with its English subtype).
    pub tag: u64,
    /// Universal part of speech.
    pub upos: u64,
    /// Key of the last three letters.
    pub ending: u64,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Comma, colon, dash, quote and so on, as a bit; 0 for words.
    pub sign: u8,
}

const EMPTY: Leaf =
    Leaf { word: 1, lemma: 1, tag: 0x201, upos: 0x201, ending: 0x201, quoted: false, sign: 0 };
const ROOT: Leaf = Leaf { word: 2, lemma: 2, tag: 0x202, upos: 0x202, ending: 0x202, quoted: false, sign: 0 };
const NO_SIDE: Side = Side { words: [NONE; 2], labels: [UNLABELLED; 2], count: 7, set: u64::MAX };
const NO_NODE: Node = Node { word: NONE, below: NIL, left: NO_SIDE, right: NO_SIDE };

/// Bits of the signs the parser looks at.
pub fn sign_bit(form: &str) -> u8 {
    match form {
        "," => 1,
        ";" | ":" => 2,
        "-" | "--" | "–" | "—" | "..." | "…" => 4,
        "\"" | "“" | "”" | "''" | "``" | "«" | "»" => 8,
        "(" | "[" | "{" => 16,
        ")" | "]" | "}" => 32,
        "." | "!" | "?" => 64,
        _ => 0,
    }
}

/// Collects keys; every call of `put` is the next template.
struct Keys<'o> {
    template: u64,
    out: &'o mut Vec<u64>,
}

impl Keys<'_> {
    #[inline(always)]
    fn put<const N: usize>(&mut self, values: [u64; N]) {
        const FACTORS: [u64; 6] = [
            0x9E37_79B9_7F4A_7C15,
            0xC2B2_AE3D_27D4_EB4F,
            0x1656_67B1_9E37_79F9,
            0xD6E8_FEB8_6659_FD93,
            0xA076_1D64_78BD_642F,
            0xE703_7ED1_A0B4_28DB,
        ];
        self.template += 1;
        let mut key = self.template.wrapping_mul(0x8EBC_6AF0_9C88_C6E3);
        for number in 0..N {
            let part = values[number].wrapping_mul(FACTORS[number % 6]);
            key ^= part.rotate_left(number as u32 * 11);
        }
        key ^= key >> 31;
        key = key.wrapping_mul(0x589F_E5CD_47A9_1B4D);
        self.out.push(key ^ (key >> 32));
    }
}

fn far(from: u16, to: u16) -> u64 {
    if from == NONE || to == NONE {
        return 0xFE;
    }
    match to.saturating_sub(from) {
        it @ 0..=4 => u64::from(it),
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        _ => 8,
    }
}

/// How many words between two are looked at for signs.
const SIGNS_WINDOW: usize = 24;

fn signs(leaves: &[Leaf], from: u16, to: u16) -> u64 {
    if from == NONE || to == NONE {
        return 0x100;
    }
    let to = usize::from(to).min(leaves.len());
    let from = (usize::from(from) + 1).max(to.saturating_sub(SIGNS_WINDOW));
    leaves.get(from..to).map_or(0, |it| u64::from(it.iter().fold(0u8, |sum, it| sum | it.sign)))
}

fn leaf_at(leaves: &[Leaf], word: u16) -> Leaf {
    if word == NONE { EMPTY } else { leaves.get(usize::from(word)).copied().unwrap_or(ROOT) }
}

fn node_at(arena: &Arena, at: u32) -> Node {
    arena.nodes.get(at as usize).copied().unwrap_or(NO_NODE)
}

/// Keys for choosing the move.
#[allow(clippy::too_many_lines)] // A flat list of templates reads best in one piece.
pub fn move_keys(arena: &Arena, state: &Hypothesis, leaves: &[Leaf], out: &mut Vec<u64>) {
    out.clear();
    let mut keys = Keys { template: 0, out };
    let n0 = node_at(arena, state.top);
    let n1 = node_at(arena, n0.below);
    let n2 = node_at(arena, n1.below);
    let n3 = node_at(arena, n2.below);
    let size = leaves.len() as u16;
    let queue = |by: u16| if state.next + by <= size { state.next + by } else { NONE };
    let (b0, b1, b2) = (queue(0), queue(1), queue(2));
    let (ls0, ls1, ls2, ls3) = (
        leaf_at(leaves, n0.word),
        leaf_at(leaves, n1.word),
        leaf_at(leaves, n2.word),
        leaf_at(leaves, n3.word),
    );
    let (lb0, lb1, lb2) = (leaf_at(leaves, b0), leaf_at(leaves, b1), leaf_at(leaves, b2));
    let (w0, w1, w2, wb, wb1) = (ls0.word, ls1.word, ls2.word, lb0.word, lb1.word);
    let (m0, m1, mb) = (ls0.lemma, ls1.lemma, lb0.lemma);
    let (t0, t1, t2, tb, tb1, tb2) = (ls0.tag, ls1.tag, ls2.tag, lb0.tag, lb1.tag, lb2.tag);
    let (u0, u1, u2, ub, ub1) = (ls0.upos, ls1.upos, ls2.upos, lb0.upos, lb1.upos);
    // Single words.
    keys.put([]);
    for it in [&ls0, &ls1, &lb0] {
        keys.put([it.word]);
        keys.put([it.tag]);
        keys.put([it.word, it.tag]);
        keys.put([it.lemma, it.upos]);
    }
    keys.put([w2, t2]);
    keys.put([t2]);
    keys.put([wb1, tb1]);
    keys.put([tb1]);
    keys.put([lb2.word, tb2]);
    keys.put([tb2]);
    keys.put([ls3.tag, t2]);
    // Pairs.
    keys.put([w0, t0, w1, t1]);
    keys.put([w0, t0, t1]);
    keys.put([t0, w1, t1]);
    keys.put([m0, m1]);
    keys.put([t0, t1]);
    keys.put([w0, t0, wb, tb]);
    keys.put([w0, t0, tb]);
    keys.put([t0, wb, tb]);
    keys.put([m0, mb]);
    keys.put([t0, tb]);
    keys.put([m1, mb]);
    keys.put([t1, tb]);
    keys.put([w1, t1, tb]);
    keys.put([t1, wb, tb]);
    keys.put([tb, tb1]);
    keys.put([wb, tb1]);
    keys.put([tb, wb1]);
    keys.put([t0, wb1]);
    keys.put([w0, tb1]);
    keys.put([m0, u1, ub]);
    keys.put([m1, u0, ub]);
    keys.put([u1, u0, mb]);
    // Triples.
    keys.put([t0, tb, tb1]);
    keys.put([t1, t0, tb]);
    keys.put([t2, t1, t0]);
    keys.put([t2, t1, tb]);
    keys.put([t2, t0, tb]);
    keys.put([tb, tb1, tb2]);
    keys.put([t1, t0, tb, tb1]);
    keys.put([t0, tb, tb1, tb2]);
    keys.put([t2, t1, t0, tb]);
    keys.put([m1, m0, ub]);
    keys.put([m1, u0, mb]);
    keys.put([u1, m0, mb]);
    keys.put([u2, u1, u0, ub, ub1]);
    keys.put([w0, tb, tb1]);
    keys.put([w1, t0, tb1]);
    // Endings, for rare words.
    keys.put([ls0.ending, t1, tb]);
    keys.put([ls1.ending, t0, tb]);
    keys.put([lb0.ending, t1, t0]);
    keys.put([ls0.ending, lb0.ending]);
    keys.put([ls1.ending, ls0.ending]);
    // Dependents.
    let sides =
        [(&ls0, &n0.left), (&ls0, &n0.right), (&ls1, &n1.left), (&ls1, &n1.right), (&lb0, &state.left)];
    for (owner, side) in sides {
        let one = leaf_at(leaves, side.words[0]);
        let two = leaf_at(leaves, side.words[1]);
        let (arc, arc2) = (u64::from(side.labels[0]), u64::from(side.labels[1]));
        keys.put([owner.tag, one.word]);
        keys.put([owner.tag, one.tag, arc]);
        keys.put([arc, t0, t1, tb]);
        keys.put([one.tag, t0, t1]);
        keys.put([one.tag, t0, tb]);
        keys.put([one.lemma, u0, u1, ub]);
        keys.put([owner.lemma, arc, u0, ub]);
        keys.put([owner.lemma, arc, u1, u0]);
        keys.put([owner.lemma, one.lemma]);
        keys.put([owner.upos, one.upos, two.upos]);
        keys.put([owner.tag, arc, arc2]);
        keys.put([owner.word, u64::from(side.count.min(4))]);
        keys.put([owner.tag, u64::from(side.count.min(4)), ub]);
        keys.put([owner.lemma, side.set]);
        keys.put([owner.tag, side.set]);
        keys.put([u0, u1, ub, side.set]);
    }
    let right = |node: &Node| u64::from(node.right.labels[0]);
    keys.put([t2, right(&n2), t1, t0]);
    keys.put([t1, right(&n1), w0, t0]);
    keys.put([t1, right(&n1), wb, tb]);
    keys.put([t0, right(&n0), wb, tb]);
    keys.put([t0, u64::from(n0.left.labels[0]), w1, t1]);
    keys.put([t0, u64::from(state.left.labels[0]), wb, tb]);
    keys.put([n0.left.set, n0.right.set, t0, tb]);
    keys.put([n1.left.set, n1.right.set, t1, t0]);
    keys.put([n1.right.set, m1, t0, tb]);
    keys.put([n0.left.set, m0, t1, tb]);
    keys.put([n0.left.set, n1.left.set, u0, u1, ub]);
    keys.put([n0.left.set, state.left.set, u0, ub]);
    // Distance.
    let (d0, d1) = (far(n0.word, b0), far(n1.word, n0.word));
    keys.put([d0, m0]);
    keys.put([d0, t0, tb]);
    keys.put([d0, mb]);
    keys.put([d1, m0]);
    keys.put([d1, m1]);
    keys.put([d1, t1, t0]);
    keys.put([d1, t1, t0, tb]);
    keys.put([d0, d1, u1, u0, ub]);
    // Signs between, and quotation marks.
    let (g0, g1) = (signs(leaves, n0.word, b0), signs(leaves, n1.word, n0.word));
    let quotes = u64::from(ls1.quoted) | u64::from(ls0.quoted) << 1 | u64::from(lb0.quoted) << 2;
    keys.put([g0, t0, tb]);
    keys.put([g1, t1, t0]);
    keys.put([g0, g1, u1, u0, ub]);
    keys.put([quotes, t0, tb, g0]);
    keys.put([quotes, t1, t0, g1]);
    keys.put([quotes, m1, u0, ub]);
    keys.put([quotes, m0, u1, ub]);
    keys.put([quotes, mb, u1, u0]);
    keys.put([g1, m1, u0]);
    keys.put([g0, mb, u0]);
}

/// Keys for choosing the label of the arc that `made` makes.
pub fn label_keys(arena: &Arena, state: &Hypothesis, made: u8, leaves: &[Leaf], out: &mut Vec<u64>) {
    out.clear();
    let mut keys = Keys { template: 1000 + u64::from(made) * 1000, out };
    let n0 = node_at(arena, state.top);
    let n1 = node_at(arena, n0.below);
    let child = leaf_at(leaves, n0.word);
    let (head_word, head_left, head_right, other) = if made == LEFT {
        (state.next, state.left, NO_SIDE, n1.word)
    } else {
        (n1.word, n1.left, n1.right, state.next)
    };
    let head = leaf_at(leaves, head_word);
    let other = leaf_at(leaves, other);
    let beside = |word: u16, by: i32| {
        let at = i32::from(word) + by;
        if word == NONE || at < 0 { EMPTY } else { leaf_at(leaves, at.min(i32::from(NONE - 1)) as u16) }
    };
    let first = leaf_at(leaves, n0.left.words[0]);
    let second = leaf_at(leaves, n0.left.words[1]);
    let last = leaf_at(leaves, n0.right.words[0]);
    let (c_set, c_right) = (n0.left.set, n0.right.set);
    let d = far(n0.word.min(head_word), n0.word.max(head_word));
    let g = signs(leaves, n0.word.min(head_word), n0.word.max(head_word));
    keys.put([]);
    keys.put([child.word]);
    keys.put([child.lemma, head.upos]);
    keys.put([child.tag]);
    keys.put([child.word, child.tag]);
    keys.put([head.word]);
    keys.put([head.tag]);
    keys.put([head.lemma, child.upos]);
    keys.put([child.tag, head.tag]);
    keys.put([child.lemma, head.tag]);
    keys.put([child.tag, head.lemma]);
    keys.put([child.lemma, head.lemma]);
    keys.put([child.tag, head.tag, d]);
    keys.put([child.tag, head.tag, g]);
    keys.put([child.ending, head.tag]);
    keys.put([child.tag, head.ending]);
    keys.put([first.word, child.tag]);
    keys.put([first.word, child.tag, head.tag]);
    keys.put([first.word, head.lemma]);
    keys.put([first.lemma, child.lemma]);
    keys.put([first.word, second.word, child.upos]);
    keys.put([second.word, child.tag, head.upos]);
    keys.put([c_set, child.tag, head.tag]);
    keys.put([c_set, c_right, child.tag]);
    keys.put([c_set, child.lemma]);
    keys.put([c_set, head.lemma]);
    keys.put([c_right, child.tag, head.tag]);
    keys.put([last.tag, child.tag, head.tag]);
    keys.put([head_left.set, child.tag, head.tag]);
    keys.put([head_right.set, child.tag, head.tag]);
    keys.put([head_left.set, head_right.set, child.upos, head.upos]);
    keys.put([head_left.set, head.lemma, child.upos]);
    keys.put([head_right.set, head.lemma, child.upos]);
    keys.put([head_right.set, child.lemma, head.upos]);
    keys.put([u64::from(head_right.labels[0]), child.tag, head.tag, g]);
    keys.put([u64::from(head_left.labels[0]), child.tag, head.tag, g]);
    for by in [-1, 1] {
        let near = beside(n0.word, by);
        keys.put([near.tag, child.tag, head.tag]);
        keys.put([near.word, child.tag]);
        let near = beside(head_word, by);
        keys.put([near.tag, head.tag, child.tag]);
        keys.put([near.word, head.tag, child.upos]);
    }
    keys.put([beside(n0.word, 1).tag, beside(n0.word, 2).tag, child.tag]);
    keys.put([beside(n0.word, -1).tag, beside(n0.word, -2).tag, child.tag]);
    keys.put([other.tag, child.tag, head.tag]);
    keys.put([other.lemma, child.upos, head.upos]);
    keys.put([u64::from(child.quoted) | u64::from(head.quoted) << 1, child.tag, head.tag]);
    keys.put([u64::from(child.quoted) | u64::from(head.quoted) << 1, head.lemma, child.upos]);
    keys.put([d, child.lemma]);
    keys.put([u64::from(n0.word == 0), child.tag, head.tag]);
    keys.put([first.upos, last.upos, child.tag, head.tag, head_right.set]);
}
