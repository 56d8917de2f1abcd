//! Words that belong to a place though they are no part of its name: `near X`,
//! `12 km north of X`, `southern X`, `X province`, `the start of X`.
//!
//! They are kept, since they say how far the words can be trusted on a map.

use truce_model::Span;

use crate::context::Context;
use crate::names::Name;
use crate::words::Word;

/// The span with those words, and whether they say that the place itself was
/// not it.
pub fn around(context: Context<'_>, name: &Name) -> (Span, bool) {
    let words = context.words;
    let around = &context.lexicon.around;
    let mut start = name.start;
    let mut end = name.end;
    let mut near = false;
    let same_phrase = |at: usize| words.get(at).is_some_and(|it: &Word<'_>| matches!(it.before, ' ' | '-'));
    let before =
        |at: usize| -> Option<&Word<'_>> { same_phrase(at).then(|| words.get(at.checked_sub(1)?)).flatten() };
    // X province, the Y gate
    let last = &words[end - 1];
    if !last.possessive
        && let Some(next) = words.get(end).filter(|it| it.before == ' ' && !it.capital)
        && around.is(&next.key, "extends")
    {
        end += 1;
    }
    // southern X
    if let Some(word) = before(start)
        && around.is(&word.key, "side")
        && !word.capital
    {
        start -= 1;
    }
    // the crossing at X, the gate of X, the road to X
    let link = |it: &Word<'_>| matches!(it.key.as_str(), "at" | "of" | "from" | "to");
    if let Some(noun) = before(start).filter(|it| link(it)).and_then(|_| before(start - 1)) {
        let of_way = matches!(
            noun.key.as_str(),
            "road"
                | "highway"
                | "route"
                | "crossing"
                | "gate"
                | "checkpoint"
                | "port"
                | "bridge"
                | "airport"
                | "camp"
                | "junction"
                | "terminal"
                | "refinery"
                | "corridor"
        );
        if of_way && !noun.capital {
            return (cover(words, with_article(context, start - 2), end), near);
        }
    }
    // near X, outside X, towards X
    let mut head = start;
    if before(head).is_some_and(|it| it.key == "the") {
        head -= 1;
    }
    let Some(word) = before(head) else { return (cover(words, start, end), near) };
    if matches!(
        word.key.as_str(),
        "near" | "outside" | "around" | "toward" | "towards" | "behind" | "off" | "beyond"
    ) {
        return (cover(words, head - 1, end), true);
    }
    if word.key == "of" {
        let Some(noun) = before(head - 1) else { return (cover(words, head, end), near) };
        if around.is(&noun.key, "direction") && !noun.capital {
            near = true;
            let mut from = head - 2;
            // 12 km north of X; just south of X
            for _ in 0..3 {
                let Some(word) = before(from) else { break };
                let measure = matches!(
                    word.key.as_str(),
                    "km" | "kilometers"
                        | "kilometres"
                        | "kilometer"
                        | "kilometre"
                        | "miles"
                        | "mile"
                        | "meters"
                        | "metres"
                        | "m"
                        | "just"
                        | "some"
                        | "about"
                        | "further"
                        | "to"
                        | "the"
                ) || word.key.chars().all(|it| it.is_ascii_digit());
                if !measure
                    || matches!(word.key.as_str(), "to" | "the")
                        && !before(from - 1).is_some_and(|it| it.key.ends_with('m') || it.key.ends_with('s'))
                {
                    break;
                }
                from -= 1;
            }
            return (cover(words, from, end), near);
        }
        if noun.key == "direction" {
            return (cover(words, head - 2, end), true);
        }
        if matches!(noun.key.as_str(), "outskirts" | "edge" | "vicinity" | "suburbs") {
            return (cover(words, with_article(context, head - 2), end), true);
        }
        if matches!(
            noun.key.as_str(),
            "start"
                | "beginning"
                | "mouth"
                | "entrance"
                | "end"
                | "head"
                | "exit"
                | "port"
                | "town"
                | "city"
                | "village"
                | "district"
                | "province"
                | "parts"
                | "camp"
        ) && !noun.capital
        {
            return (cover(words, with_article(context, head - 2), end), near);
        }
    }
    (cover(words, head, end), near)
}

fn with_article(context: Context<'_>, at: usize) -> usize {
    match at.checked_sub(1) {
        Some(before) if context.words[before].key == "the" && context.words[at].before == ' ' => before,
        _ => at,
    }
}

fn cover(words: &[Word<'_>], start: usize, end: usize) -> Span {
    words[start].span.cover(words[end - 1].span)
}
