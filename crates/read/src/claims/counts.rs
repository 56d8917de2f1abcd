//! Numbers claimed: killed, wounded, displaced, breaches. Never summed.

use truce_model::{Count, Evidence};

use super::clause::{self, Tree};
use crate::prepared::Prepared;
use truce_syntax::Upos;

/// Reads the numbers in one sentence that say how many suffered or how often
/// a truce was broken.
pub fn in_sentence(prepared: &Prepared, tree: &Tree) -> Vec<(usize, Count)> {
    let mut out = Vec::new();
    for at in 0..tree.len() {
        if tree.token(at).upos != Upos::Num {
            continue;
        }
        let words = prepared.article.words(tree.token(at).span);
        let Some(value) = number(words) else { continue };
        let Some(what) = counted(tree, at) else { continue };
        let Some(words) = Evidence::cite(prepared.article, tree.token(at).span) else { continue };
        let before = at.checked_sub(1).map(|it| tree.lemma(it));
        let two_before = at.checked_sub(2).map(|it| tree.lemma(it));
        let at_least = (before == Some("least") && two_before == Some("at"))
            || (before == Some("than") && two_before == Some("more"))
            || before == Some("over");
        out.push((at, Count { what, low: value, high: (!at_least).then_some(value), words }));
    }
    out
}

/// What is counted by the number at `at`.
fn counted(tree: &Tree, at: usize) -> Option<&'static str> {
    let mut noun = tree.head(at)?;
    // "26 dead", "311 times", "12 of 28 hostages"
    if tree.rel(at) != "nummod" {
        // A number that is no one's count may be an age: "a woman of 60".
        if !matches!(tree.rel(at), "nsubj" | "obj" | "root") {
            return None;
        }
        noun = at;
    }
    match tree.lemma(noun) {
        "dead" | "death" | "fatality" => return Some("killed"),
        "casualty" => return Some("casualties"),
        "violation" | "breach" | "infringement" => return Some("violations"),
        "wounded" | "injured" => return Some("wounded"),
        _ => {}
    }
    let mut here = noun;
    for _ in 0..4 {
        let head = tree.head(here)?;
        let roles = clause::roles(tree, head);
        let suffers = roles.obj.contains(&noun) || roles.obj.contains(&here) || roles.subj.contains(&here);
        match tree.lemma(head) {
            "kill" | "murder" | "slay" | "martyr" if suffers => return Some("killed"),
            "die" | "perish" => return Some("killed"),
            "wound" | "injure" | "hurt" | "maim" if suffers => return Some("wounded"),
            "displace" | "flee" | "expel" | "evict" => return Some("displaced"),
            "detain" | "arrest" | "abduct" | "kidnap" | "capture" => return Some("detained"),
            "release" | "free" => return Some("released"),
            "break" | "violate" | "breach" if matches!(tree.lemma(noun), "time" | "occasion") => {
                return Some("violations");
            }
            _ => here = head,
        }
    }
    None
}

/// The value of a numeral in figures or words up to a hundred.
pub fn number(words: &str) -> Option<u64> {
    let digits: String = words.chars().filter(|it| *it != ',').collect();
    if let Ok(value) = digits.parse() {
        return Some(value);
    }
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let words = words.to_lowercase();
    let (tens, rest) = words.split_once('-').unwrap_or((words.as_str(), ""));
    let small = |it: &str| SMALL.iter().position(|word| *word == it).map(|it| it as u64);
    if let Some(ten) = TENS.iter().position(|it| *it == tens) {
        let base = (ten as u64 + 2) * 10;
        return if rest.is_empty() {
            Some(base)
        } else {
            small(rest).filter(|it| (1..10).contains(it)).map(|it| base + it)
        };
    }
    if rest.is_empty() { small(tens) } else { None }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn reads_figures_and_words() {
        assert_eq!(number("1,200"), Some(1200));
        assert_eq!(number("forty-three"), Some(43));
        assert_eq!(number("Twelve"), Some(12));
        assert_eq!(number("several"), None);
        assert_eq!(number("99999999999999999999999"), None);
    }
}
