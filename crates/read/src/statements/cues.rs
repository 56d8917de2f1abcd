//! Reporting words, from `lexicon/cues.txt`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use truce_model::CueClass;

const CUES: &str = include_str!("../../../../lexicon/cues.txt");

/// What may be the content under a cue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// A clause.
    pub clause: bool,
    /// A quotation beside the cue.
    pub quote: bool,
    /// An object.
    pub object: bool,
    /// An infinitive, with or without an object.
    pub infinitive: bool,
    /// An object and what it is charged with.
    pub charge: bool,
    /// An object and what it is called.
    pub naming: bool,
    /// What follows the preposition that ends the phrase.
    pub preposition: bool,
    /// For nouns: turns *express* into its class.
    pub turns: bool,
}

/// Whether the words are heard or told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Realm {
    /// Said.
    Speech,
    /// Said, if there is a clause or quotation and a speaker who can speak.
    Weak,
    /// Thought or wished, as told by others.
    Thought,
}

/// One row of the lexicon for one word.
#[derive(Clone, Debug)]
pub struct Cue {
    /// What it does.
    pub class: CueClass,
    /// What may follow.
    pub frames: Frames,
    /// Said or thought.
    pub realm: Realm,
    /// For phrases: the words after the first.
    pub rest: Vec<Box<str>>,
}

/// The lexicon by part of speech and first word.
#[derive(Debug, Default)]
pub struct Cues {
    /// Verbs by lemma.
    pub verbs: BTreeMap<Box<str>, Vec<Cue>>,
    /// Phrases by the lemma of their verb.
    pub phrases: BTreeMap<Box<str>, Vec<Cue>>,
    /// Nouns by lemma.
    pub nouns: BTreeMap<Box<str>, Vec<Cue>>,
    /// Adjectives by lemma.
    pub adjectives: BTreeMap<Box<str>, Vec<Cue>>,
}

/// The lexicon, read once.
pub fn cues() -> &'static Cues {
    static BUILT: OnceLock<Cues> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut out = Cues::default();
        for line in CUES.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#')) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let &[part, class, frames, realm, words] = &cells[..] else { continue };
            let Some(class) = CueClass::parse(class) else { continue };
            let has = |it: char| frames.contains(it);
            let frames = Frames {
                clause: has('c'),
                quote: has('q'),
                object: has('o'),
                infinitive: has('x'),
                charge: has('a'),
                naming: has('n'),
                preposition: has('p'),
                turns: has('k'),
            };
            let realm = match realm {
                "s" => Realm::Speech,
                "t" => Realm::Thought,
                _ => Realm::Weak,
            };
            for word in words.split(';').map(str::trim).filter(|it| !it.is_empty()) {
                let mut words = word.split(' ').map(Box::from);
                let Some(first) = words.next() else { continue };
                let cue = Cue { class, frames, realm, rest: words.collect() };
                let table = match part {
                    "v" => &mut out.verbs,
                    "p" => &mut out.phrases,
                    "a" => &mut out.adjectives,
                    _ => &mut out.nouns,
                };
                table.entry(first).or_default().push(cue);
            }
        }
        for phrases in out.phrases.values_mut() {
            phrases.sort_by_key(|it| std::cmp::Reverse(it.rest.len()));
        }
        out
    })
}

/// Verbs that report mostly as part of a phrase.
const CALLS: &[&str] = &["call", "appeal"];

/// Whether the verb reports speech.
pub(crate) fn is_speech_verb(lemma: &str) -> bool {
    // "go on" does not make every "go" a report.
    let heard = |it: &Vec<Cue>| {
        it.iter().any(|it| it.realm == Realm::Speech && (it.rest.is_empty() || CALLS.contains(&lemma)))
    };
    cues().verbs.get(lemma).is_some_and(heard) || cues().phrases.get(lemma).is_some_and(heard)
}

/// Whether the verb may report speech, alone and not only a thought.
pub(crate) fn is_report(lemma: &str) -> bool {
    cues().verbs.get(lemma).is_some_and(|it| it.iter().any(|it| it.realm != Realm::Thought))
}

/// The likely lemma of a participle or finite form that the tagger took for a
/// name or noun: "Condemning" at the start of a sentence, "claims".
pub(crate) fn stem(word: &str) -> String {
    let known = |it: &str| cues().verbs.contains_key(it) || cues().phrases.contains_key(it);
    for (ending, with) in [
        ("ing", ""),
        ("ing", "e"),
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ied", "y"),
    ] {
        if let Some(stem) = word.strip_suffix(ending) {
            let candidate = format!("{stem}{with}");
            if known(&candidate) {
                return candidate;
            }
        }
    }
    String::new()
}

/// Words that make *on* one of time.
pub(crate) fn is_day(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan.",
        "feb.",
        "aug.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
    ];
    word.ends_with("day") && word.len() > 3 || MONTHS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicon_is_read() {
        let cues = cues();
        assert!(cues.verbs.len() > 400, "{}", cues.verbs.len());
        assert!(is_speech_verb("say") && is_speech_verb("accuse") && !is_speech_verb("walk"));
        assert_eq!(cues.verbs["accuse"][0].class, CueClass::Accuse);
        assert!(cues.phrases["call"].iter().any(|it| it.rest.len() == 1 && &*it.rest[0] == "on"));
    }
}
