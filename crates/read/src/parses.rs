//! Each distinct paragraph is parsed once.
//!
//! Most reports are reprints, and parsing is most of the cost of reading. A
//! bounded memory of paragraphs parsed before gives the same trees for the
//! same words, so it changes nothing but time.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use truce_syntax::{Engine, Sentence};

use crate::stand_ins::StandIns;

/// Paragraphs kept; the one first met is forgotten first.
const PARAGRAPHS_MAX: usize = 4_096;

/// Longer paragraphs are tables or dumps and not kept.
const PARAGRAPH_BYTES_MAX: usize = 4_096;

#[derive(Default)]
struct Memory {
    /// By the names read as others, and the words.
    kept: HashMap<(u64, Rc<str>), Rc<[Sentence]>>,
    order: VecDeque<(u64, Rc<str>)>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Parses a paragraph; spans are shifted by `base`.
pub(crate) fn parse(words: &str, base: usize, stand_ins: &StandIns) -> Vec<Sentence> {
    if words.len() > PARAGRAPH_BYTES_MAX {
        return Engine::embedded().parse_as(words, base, &|it| stand_ins.of(it));
    }
    let key = (stand_ins.mark(), Rc::from(words));
    let known = MEMORY.with_borrow(|it| it.kept.get(&key).cloned());
    let sentences = known.unwrap_or_else(|| {
        let parsed: Rc<[Sentence]> = Engine::embedded().parse_as(words, 0, &|it| stand_ins.of(it)).into();
        MEMORY.with_borrow_mut(|it| {
            if it.order.len() >= PARAGRAPHS_MAX
                && let Some(oldest) = it.order.pop_front()
            {
                it.kept.remove(&oldest);
            }
            it.order.push_back(key.clone());
            it.kept.insert(key, Rc::clone(&parsed));
        });
        parsed
    });
    sentences.iter().map(|it| shifted(it, base)).collect()
}

fn shifted(sentence: &Sentence, base: usize) -> Sentence {
    let mut out = sentence.clone();
    out.span = out.span.shifted(base);
    for token in &mut out.tokens {
        token.span = token.span.shifted(base);
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
