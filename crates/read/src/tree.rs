//! A dependency tree with its children and spans at hand.
//!
//! The parser's sentence knows only heads; reading asks for children and
//! extents again and again, so both are computed once per sentence.

use truce_syntax::Sentence;

/// Children and extents of every token of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    children: Vec<Vec<u32>>,
    bounds: Vec<(u32, u32)>,
}

impl Tree {
    /// Indexes `sentence`. Linear; a malformed tree yields partial extents.
    pub fn new(sentence: &Sentence) -> Tree {
        let count = sentence.tokens.len();
        let mut children = vec![Vec::new(); count];
        for (at, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                let head = head as usize;
                if head < count && head != at {
                    children[head].push(at as u32);
                }
            }
        }
        let mut order = Vec::with_capacity(count);
        let mut seen = vec![false; count];
        for (at, mark) in seen.iter_mut().enumerate() {
            if sentence.tokens[at].head.is_none() {
                *mark = true;
                order.push(at);
            }
        }
        let mut next = 0;
        while next < order.len() {
            for &child in &children[order[next]] {
                if !std::mem::replace(&mut seen[child as usize], true) {
                    order.push(child as usize);
                }
            }
            next += 1;
        }
        let mut bounds: Vec<(u32, u32)> = (0..count as u32).map(|it| (it, it)).collect();
        for &at in order.iter().rev() {
            if let Some(head) = sentence.tokens[at].head {
                let (first, last) = bounds[at];
                let own = &mut bounds[head as usize];
                *own = (own.0.min(first), own.1.max(last));
            }
        }
        Tree { children, bounds }
    }

    /// The direct dependents of token `at`, in order.
    pub fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children.get(at).into_iter().flatten().map(|it| *it as usize)
    }

    /// First and last token of the subtree of `at`, inclusive.
    pub fn bounds(&self, at: usize) -> (usize, usize) {
        self.bounds.get(at).map_or((at, at), |it| (it.0 as usize, it.1 as usize))
    }
}
