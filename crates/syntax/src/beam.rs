//! Trees: an arc-hybrid transition parser with a beam.
//!
//! A stack of words being worked on, the rest of the sentence as a queue with
//! the root behind its last word. Three moves: shift the next word onto the
//! stack; attach the top to the next word (left); attach the top to the word
//! below it (right). A sentence of n words takes exactly 2n moves, so that
//! hypotheses of one step compare. Trees are projective by construction and
//! have one root. The label of an arc is chosen when the arc is made.

use crate::features::{self, Leaf};
use crate::lines::Moves;
use crate::table::Weights;

/// No node, no word.
pub const NIL: u32 = u32::MAX;
/// No word.
pub const NONE: u16 = u16::MAX;
/// No label yet.
pub const UNLABELLED: u8 = u8::MAX;

/// Shift, left, right.
pub const SHIFT: u8 = 0;
/// Attach the top to the next word.
pub const LEFT: u8 = 1;
/// Attach the top to the word below.
pub const RIGHT: u8 = 2;

/// How far behind the best a hypothesis may be, in units of the table's weights.
pub const GAP: i64 = 1500;

/// Longest stretch parsed as one tree; longer sentences are parsed in pieces.
pub const PIECE_TOKENS_MAX: usize = 300;

/// The dependents of a word on one side.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// The outermost and the one attached before it.
    pub words: [u16; 2],
    /// Their labels.
    pub labels: [u8; 2],
    /// How many.
    pub count: u8,
    /// Which labels, as bits.
    pub set: u64,
}

const NOBODY: Side = Side { words: [NONE; 2], labels: [UNLABELLED; 2], count: 0, set: 0 };

impl Side {
    fn with(self, word: u16, label: u8) -> Side {
        Side {
            words: [word, self.words[0]],
            labels: [label, self.labels[0]],
            count: self.count.saturating_add(1),
            set: self.set | 1 << (label & 63),
        }
    }
}

/// A word on the stack with what hangs on it.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The word.
    pub word: u16,
    /// The node below.
    pub below: u32,
    /// Left dependents.
    pub left: Side,
    /// Right dependents.
    pub right: Side,
}

/// One state of one hypothesis.
#[derive(Clone, Copy, Debug)]
pub struct Hypothesis {
    /// The state before.
    pub parent: u32,
    /// The move that led here and its label.
    pub made: (u8, u8),
    /// Node on top of the stack.
    pub top: u32,
    /// Next word of the queue.
    pub next: u16,
    /// Left dependents of the next word.
    pub left: Side,
    /// Sum of the moves' scores.
    pub score: i64,
}

/// All states of one search.
#[derive(Default)]
pub struct Arena {
    /// Stack nodes.
    pub nodes: Vec<Node>,
    /// States.
    pub states: Vec<Hypothesis>,
}

/// A tree of one piece: heads (the piece's size for the root) and labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Heads.
    pub heads: Vec<u16>,
    /// Labels.
    pub labels: Vec<u8>,
}

impl Arena {
    /// Forgets the last search.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.states.clear();
        self.states.push(Hypothesis {
            parent: NIL,
            made: (SHIFT, UNLABELLED),
            top: NIL,
            next: 0,
            left: NOBODY,
            score: 0,
        });
    }

    /// Which moves are allowed in `state` of a piece of `size` words.
    pub fn legal(&self, state: &Hypothesis, size: u16) -> [bool; 3] {
        let end = state.next == size;
        let some = state.top != NIL;
        let two = some && self.nodes[state.top as usize].below != NIL;
        [!end, if end { some && !two } else { some }, two]
    }

    /// Makes an allowed move; gives the new state's index.
    pub fn make(&mut self, from: u32, made: u8, label: u8, score: i64) -> u32 {
        let state = self.states[from as usize];
        let mut new = Hypothesis { parent: from, made: (made, label), score, ..state };
        if made == SHIFT {
            self.nodes.push(Node { word: state.next, below: state.top, left: state.left, right: NOBODY });
            new.top = self.nodes.len() as u32 - 1;
            new.next += 1;
            new.left = NOBODY;
        } else {
            let top = self.nodes[state.top as usize];
            if made == LEFT {
                new.left = state.left.with(top.word, label);
                new.top = top.below;
            } else {
                let below = self.nodes[top.below as usize];
                self.nodes.push(Node { right: below.right.with(top.word, label), ..below });
                new.top = self.nodes.len() as u32 - 1;
            }
        }
        self.states.push(new);
        self.states.len() as u32 - 1
    }

    /// The tree that the moves up to `last` built.
    pub fn tree(&self, last: u32, size: usize) -> Tree {
        let mut out = Tree { heads: vec![size as u16; size], labels: vec![UNLABELLED; size] };
        let mut at = last;
        while self.states[at as usize].parent != NIL {
            let state = &self.states[at as usize];
            let before = &self.states[state.parent as usize];
            if state.made.0 != SHIFT {
                let top = self.nodes[before.top as usize];
                let head =
                    if state.made.0 == LEFT { before.next } else { self.nodes[top.below as usize].word };
                out.heads[usize::from(top.word)] = head;
                out.labels[usize::from(top.word)] = state.made.1;
            }
            at = state.parent;
        }
        out
    }
}

/// Numbering of labels.
#[derive(Clone, Copy, Debug)]
pub struct Labels {
    /// How many there are.
    pub count: usize,
    /// The number of `root`.
    pub root: u8,
}

/// Buffers that are kept between sentences.
#[derive(Default)]
pub struct Workspace {
    /// States of the search.
    pub arena: Arena,
    keys: Vec<u64>,
    scores: Vec<i32>,
    pool: Vec<(i64, u32, u8)>,
}

impl Workspace {
    /// Scores the three moves of a state.
    pub fn moves(&mut self, state: u32, leaves: &[Leaf], weights: &impl Moves) -> [i32; 3] {
        features::move_keys(&self.arena, &self.arena.states[state as usize], leaves, &mut self.keys);
        let mut scores = [0i32; 3];
        weights.add_all(&self.keys, &mut scores);
        scores
    }

    /// The feature keys of a state's moves.
    pub fn move_keys(&mut self, state: u32, leaves: &[Leaf]) -> &[u64] {
        features::move_keys(&self.arena, &self.arena.states[state as usize], leaves, &mut self.keys);
        &self.keys
    }

    /// The feature keys of the label of the arc that `made` makes in `state`.
    pub fn label_keys(&mut self, state: u32, made: u8, leaves: &[Leaf]) -> &[u64] {
        features::label_keys(&self.arena, &self.arena.states[state as usize], made, leaves, &mut self.keys);
        &self.keys
    }

    /// Chooses the label of the arc that `made` makes in `state`.
    pub fn label(
        &mut self,
        state: u32,
        made: u8,
        leaves: &[Leaf],
        weights: &impl Weights,
        labels: Labels,
    ) -> u8 {
        if made == SHIFT {
            return UNLABELLED;
        }
        if usize::from(self.arena.states[state as usize].next) == leaves.len() && made == LEFT {
            return labels.root;
        }
        features::label_keys(&self.arena, &self.arena.states[state as usize], made, leaves, &mut self.keys);
        self.scores.clear();
        self.scores.resize(labels.count, 0);
        weights.add_all(&self.keys, &mut self.scores);
        self.scores[usize::from(labels.root)] = i32::MIN;
        crate::tagger::best(&self.scores) as u8
    }

    /// One step of the beam: `beam` becomes the best successors of its states.
    pub fn step(
        &mut self,
        beam: &mut Vec<u32>,
        (width, gap): (usize, i64),
        leaves: &[Leaf],
        moves: &impl Moves,
        labeller: &impl Weights,
        labels: Labels,
    ) {
        let size = leaves.len() as u16;
        let mut pool = std::mem::take(&mut self.pool);
        pool.clear();
        for state in beam.iter() {
            let it = self.arena.states[*state as usize];
            let legal = self.arena.legal(&it, size);
            if legal.iter().filter(|it| **it).count() == 1 && beam.len() == 1 {
                let made = legal.iter().position(|it| *it).unwrap_or(0) as u8;
                pool.push((it.score, *state, made));
                continue;
            }
            let scores = self.moves(*state, leaves, moves);
            for made in 0..3u8 {
                if legal[usize::from(made)] {
                    pool.push((it.score + i64::from(scores[usize::from(made)]), *state, made));
                }
            }
        }
        // The order of equals is fixed: older states and lower moves first.
        pool.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        pool.truncate(width);
        // Those far behind hardly ever come back; leaving them saves time.
        let floor = pool.first().map_or(0, |it| it.0) - gap;
        pool.retain(|it| it.0 >= floor);
        beam.clear();
        for (score, state, made) in &pool {
            let label = self.label(*state, *made, leaves, labeller, labels);
            beam.push(self.arena.make(*state, *made, label, *score));
        }
        self.pool = pool;
    }

    /// Parses one piece.
    pub fn parse(
        &mut self,
        leaves: &[Leaf],
        width: usize,
        moves: &impl Moves,
        labeller: &impl Weights,
        labels: Labels,
    ) -> Tree {
        self.arena.clear();
        let mut beam = vec![0];
        for _ in 0..2 * leaves.len() {
            self.step(&mut beam, (width, GAP), leaves, moves, labeller, labels);
        }
        self.arena.tree(beam.first().copied().unwrap_or(0), leaves.len())
    }
}

/// The moves that build a projective tree, reducing as early as possible.
pub fn gold_moves(heads: &[u16]) -> Vec<u8> {
    let size = heads.len() as u16;
    let mut last_child = vec![0u16; heads.len()];
    for (child, head) in heads.iter().enumerate() {
        if *head < size {
            last_child[usize::from(*head)] = last_child[usize::from(*head)].max(child as u16);
        }
    }
    let (mut stack, mut next, mut out): (Vec<u16>, u16, Vec<u8>) = (Vec::new(), 0, Vec::new());
    while out.len() < 2 * heads.len() {
        let top = stack.last().copied();
        let below = stack.len().checked_sub(2).map(|it| stack[it]);
        let made = match top {
            Some(top) if heads[usize::from(top)] == next => LEFT,
            Some(top)
                if below == Some(heads[usize::from(top)]) && last_child[usize::from(top)] < next.max(1) =>
            {
                RIGHT
            }
            _ if next < size => SHIFT,
            // Only for trees that are not projective or have two roots.
            Some(_) if below.is_some() => RIGHT,
            _ => LEFT,
        };
        match made {
            SHIFT => {
                stack.push(next);
                next += 1;
            }
            _ => {
                stack.pop();
            }
        }
        out.push(made);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Arena, gold_moves};

    #[test]
    fn gold_moves_rebuild_the_tree() {
        for heads in [
            vec![1u16, 3, 1],
            vec![1, 5, 1, 4, 1],
            vec![1],
            vec![2, 2, 3],
            vec![4, 0, 0, 4, 5],
            vec![2, 0, 3],
        ] {
            let size = heads.len();
            let mut arena = Arena::default();
            arena.clear();
            let mut at = 0;
            for made in gold_moves(&heads) {
                let state = arena.states[at as usize];
                assert!(arena.legal(&state, size as u16)[usize::from(made)], "{heads:?}");
                at = arena.make(at, made, 0, 0);
            }
            assert_eq!(arena.tree(at, size).heads, heads);
        }
    }
}
