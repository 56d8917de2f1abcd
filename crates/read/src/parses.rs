//! Each distinct sentence is parsed once.
//!
//! Most reports are reprints, and parsing is most of the cost of reading. A
//! bounded memory of sentences parsed before gives the same trees for the
//! same words, so it changes nothing but time. It goes by sentence, since
//! outlets cut paragraphs as they like.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use truce_syntax::{Engine, Sentence};
use truce_text::Span;

use crate::stand_ins::StandIns;

/// Sentences kept; the one first met is forgotten first.
const SENTENCES_MAX: usize = 8_192;

/// Longer sentences are tables or dumps and not kept.
const SENTENCE_BYTES_MAX: usize = 1_024;

/// The names read as others, the words, and where tokens begin in them.
type Key = (u64, Rc<str>, Rc<[u16]>);

#[derive(Default)]
struct Memory {
    /// Spans count from the first byte of the sentence.
    kept: HashMap<Key, Rc<Sentence>>,
    order: VecDeque<Key>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Parses a paragraph; spans are shifted by `base`.
pub(crate) fn parse(words: &str, base: usize, stand_ins: &StandIns) -> Vec<Sentence> {
    Engine::embedded().parse_recalling(words, 0, &|it| stand_ins.of(it), &mut |spans, parse| {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return parse() };
        let start = first.start as usize;
        let key = words.get(start..last.end as usize).filter(|it| it.len() <= SENTENCE_BYTES_MAX).map(|it| {
            let tokens = spans.iter().map(|it| (it.start as usize - start) as u16).collect();
            (stand_ins.mark(), Rc::from(it), tokens)
        });
        let Some(key) = key else { return moved(&parse(), base as i64) };
        let known = MEMORY.with_borrow(|it| it.kept.get(&key).cloned());
        let known = known.unwrap_or_else(|| {
            let parsed = Rc::new(moved(&parse(), -(start as i64)));
            MEMORY.with_borrow_mut(|it| {
                if it.order.len() >= SENTENCES_MAX
                    && let Some(oldest) = it.order.pop_front()
                {
                    it.kept.remove(&oldest);
                }
                it.order.push_back(key.clone());
                it.kept.insert(key, Rc::clone(&parsed));
            });
            parsed
        });
        moved(&known, (start + base) as i64)
    })
}

/// The sentence with all spans moved `by` bytes.
fn moved(sentence: &Sentence, by: i64) -> Sentence {
    let at = |it: u32| (i64::from(it) + by) as usize;
    let mut out = sentence.clone();
    out.span = Span::new(at(out.span.start), at(out.span.end));
    for token in &mut out.tokens {
        token.span = Span::new(at(token.span.start), at(token.span.end));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::stand_ins::StandIns;

    #[test]
    fn the_second_time_gives_the_same_trees_elsewhere() {
        let names = StandIns::new(None);
        let words = "Northland closed the road. Rivermark said so.";
        let first = parse(words, 7, &names);
        let second = parse(words, 7, &names);
        assert_eq!(first, second);
        let moved = parse(words, 100, &names);
        assert_eq!(moved[1].tokens[0].span.start, first[1].tokens[0].span.start + 93);
        assert_eq!(moved[0].tokens[1].lemma, first[0].tokens[1].lemma);
    }
}
