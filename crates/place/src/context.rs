//! Whether a name in the gazetteer is one here, and whether it means ground or
//! a government.
//!
//! ## Reads
//! The words beside a name: prepositions of place, verbs of saying and
//! deciding, titles, possessives, and words that make it part of another name.
//!
//! ## Matters because
//! "Northland denied it" is a government, "in Northland" is ground; a point on
//! the map for the first is an event that never was there.
//!
//! ## Example
//! "Talks in Rivermark" is literal, "Rivermark rejected the talks"
//! governmental.
//!
//! ## Misses
//! Names without any of these words, in headlines above all.

use truce_model::PlaceReading;

use crate::lexicon::Lexicon;
use crate::names::{Name, Nature};
use crate::words::Word;

/// The words around a name.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Words around names.
    pub lexicon: &'a Lexicon,
    /// All words.
    pub words: &'a [Word<'a>],
    /// Words that follow a first name somewhere in the text.
    pub surnames: &'a std::collections::BTreeSet<String>,
}

impl<'a> Context<'a> {
    fn word(self, at: Option<usize>) -> Option<&'a Word<'a>> {
        self.words.get(at?)
    }

    /// The word before, in the same phrase.
    fn before(self, name: &Name) -> Option<&'a Word<'a>> {
        let first = self.words.get(name.start)?;
        matches!(first.before, ' ' | '-' | '\'').then(|| self.word(name.start.checked_sub(1)))?
    }

    /// The word after, in the same phrase.
    fn after(self, name: &Name) -> Option<&'a Word<'a>> {
        self.words.get(name.end).filter(|it| matches!(it.before, ' ' | '-'))
    }

    fn is(self, word: Option<&Word<'_>>, class: &str) -> bool {
        word.is_some_and(|it| self.lexicon.around.is(&it.key, class))
    }

    /// The first word before the name that is no article, number or adjective of direction.
    fn governing(self, name: &Name) -> Option<&'a Word<'a>> {
        let mut at = name.start;
        for _ in 0..3 {
            let word = self.words.get(at)?;
            if !matches!(word.before, ' ' | '-' | '\'') {
                return None;
            }
            let before = self.word(at.checked_sub(1))?;
            let skip = matches!(
                before.key.as_str(),
                "the"
                    | "a"
                    | "an"
                    | "city"
                    | "town"
                    | "village"
                    | "both"
                    | "all"
                    | "nearby"
                    | "occupied"
                    | "neighbouring"
                    | "neighboring"
            ) && !(before.key == "city" && before.capital)
                || self.is(Some(before), "side");
            if !skip {
                return Some(before);
            }
            at -= 1;
        }
        None
    }

    /// `city of X`, `people of X`.
    fn of_kind(self, name: &Name) -> bool {
        let Some(first) = self.words.get(name.start) else { return false };
        let Some(of) = name.start.checked_sub(1) else { return false };
        first.before == ' ' && self.words[of].key == "of" && self.is(self.word(of.checked_sub(1)), "kind")
    }

    /// Whether a country's name is a person's here: *Mr Jordan*, *Chad Alder*.
    pub fn is_person(self, name: &Name) -> bool {
        let first = &self.words[name.start];
        if name.end - name.start > 1 || name.candidates.iter().any(|it| it.nature == Nature::Pack) {
            return false;
        }
        let honorific = self.before(name).is_some_and(|it| {
            it.capital && matches!(it.key.as_str(), "mr" | "mrs" | "ms" | "miss" | "dr" | "sir" | "lady")
        });
        let shared =
            matches!(first.key.as_str(), "jordan" | "chad" | "georgia" | "kenya" | "holland" | "america");
        honorific || shared && self.surnames.contains(&first.key)
    }

    /// How strongly the words around say that an unsure name is a place.
    /// Two points make one.
    pub fn evidence(self, name: &Name, beside_place: bool, contained: bool, in_theatre: bool) -> i32 {
        let first = &self.words[name.start];
        let single = name.end - name.start == 1;
        let people = name.candidates.iter().map(|it| it.people).max().unwrap_or(0);
        let mut score = 0;
        let governing = self.governing(name);
        let (before, after) = (self.before(name), self.after(name));
        let inside = self.is(governing, "inside") && !governing.is_some_and(|it| it.capital && !it.opens);
        let towards = self.is(governing, "towards");
        if inside {
            score += 2;
        }
        if towards {
            score += 1;
        }
        if contained || self.of_kind(name) {
            score += 3;
        }
        if beside_place {
            score += 1;
        }
        if self.is(after, "extends") && after.is_some_and(|it| it.before == ' ') {
            score += 2;
        }
        if in_theatre {
            score += 2;
        }
        if !single {
            score += 1;
        }
        score += match people {
            0..=145 => 0,
            146..=182 => 1,
            _ => 2,
        };
        if name.candidates.iter().any(|it| it.nature == Nature::Ceasefire) {
            score += 1;
        }
        // A word that means something else needs a place's surroundings.
        if single && self.lexicon.around.is(&first.key, "common") {
            score -= if contained || inside && !first.opens { 2 } else { 5 };
        }
        if single && first.text.len() <= 3 {
            score -= 2;
        }
        if first.opens && single && !contained {
            score -= 1;
        }
        // All capitals: an abbreviation, unless the line is set so.
        if single && first.text.len() <= 5 && first.text.chars().all(|it| it.is_ascii_uppercase()) {
            score -= 3;
        }
        if self.is(before, "title") {
            score -= 4;
        }
        // A capital before or after: part of a longer name.
        if before.is_some_and(|it| it.capital && !it.opens && !self.lexicon.around.is(&it.key, "side"))
            && first.before != '-'
        {
            score -= 3;
        }
        if after.is_some_and(|it| it.capital) && !contained && !self.is(after, "extends") {
            score -= if self.is(after, "institution") { 1 } else { 3 };
        }
        if single && self.surnames.contains(&first.key) && !contained {
            score -= if inside { 2 } else { 4 };
        }
        // "Alder said" is rather a person.
        if single && people < 183 && self.is(after, "speaks") && !inside && !in_theatre {
            score -= 2;
        }
        score
    }

    /// Ground, government or adjective.
    pub fn reading(self, name: &Name, nature: Nature) -> (PlaceReading, &'static str) {
        let Some(last) = name.end.checked_sub(1).and_then(|at| self.words.get(at)) else {
            return (PlaceReading::Literal, "name");
        };
        if nature == Nature::Demonym {
            return (PlaceReading::Adjectival, "adjective");
        }
        let after = self.after(name);
        if after.is_some_and(|it| it.before == '-' && !it.capital) {
            return (PlaceReading::Adjectival, "joined to a participle");
        }
        let government = name.capital_of.is_some()
            || matches!(nature, Nature::Country | Nature::Division)
            || name.candidates.iter().any(|it| it.shape == "country" || it.name == "European Union");
        let governing = self.governing(name);
        let inside = self.is(governing, "inside");
        if self.is(after, "institution") && after.is_some_and(|it| it.capital) {
            return (PlaceReading::Adjectival, "part of another name");
        }
        if self.is(after, "extends") && after.is_some_and(|it| !it.capital) || self.of_kind(name) {
            return (PlaceReading::Literal, "a kind of place");
        }
        if inside && !last.possessive {
            // "in Armenia" and "in Armenia talks"
            return (PlaceReading::Literal, "after a preposition of place");
        }
        let first = &self.words[name.start];
        // LONDON (AP) -
        let next_mark = self.words.get(name.end).map_or(' ', |it| it.before);
        if first.opens && first.before == '\n' && matches!(next_mark, '(' | '—' | '–' | ':' | '/') {
            return (PlaceReading::Literal, "a dateline");
        }
        if self.is(after, "modified") && after.is_some_and(|it| it.before == ' ') && !inside {
            return (PlaceReading::Adjectival, "before a noun");
        }
        if !government {
            if self.is(after, "speaks") && self.is_speech(after) {
                return (PlaceReading::Governmental, "speaks");
            }
            return (PlaceReading::Literal, "a place");
        }
        if last.possessive {
            // Northland's capital is ground, Northland's ministry is none.
            let next = self.words.get(name.end);
            return if self.is(next, "kind") || self.is(next, "side") || self.is(next, "extends") {
                (PlaceReading::Literal, "its ground")
            } else {
                (PlaceReading::Governmental, "its own")
            };
        }
        if self.is(governing, "government") {
            return (PlaceReading::Governmental, "spoken to or of");
        }
        if self.is(after, "speaks") {
            return (PlaceReading::Governmental, "speaks or acts");
        }
        if self.is(governing, "towards") {
            let of = governing.is_some_and(|it| it.key == "of");
            let office = of
                && self.word(name.start.checked_sub(2)).is_some_and(|it| {
                    self.lexicon.around.is(&it.key, "title") || it.key == "government" || it.key == "side"
                });
            return if office {
                (PlaceReading::Governmental, "its office")
            } else {
                (PlaceReading::Literal, "after a preposition of place")
            };
        }
        // A name before a noun: "Syria talks".
        if after.is_some_and(|it| {
            !it.capital
                && it.before == ' '
                && it.key.len() > 3
                && !self.is(after, "inside")
                && !it.key.ends_with("ed")
                && !it.key.ends_with("ly")
        }) && !matches!(
            after.map(|it| it.key.as_str()),
            Some(
                "that"
                    | "this"
                    | "when"
                    | "while"
                    | "where"
                    | "which"
                    | "after"
                    | "before"
                    | "since"
                    | "during"
                    | "until"
                    | "over"
                    | "under"
                    | "about"
                    | "with"
                    | "from"
                    | "because"
                    | "last"
                    | "later"
                    | "earlier"
                    | "late"
                    | "early"
                    | "also"
                    | "than"
                    | "then"
                    | "only"
                    | "were"
                    | "have"
                    | "been"
                    | "again"
            )
        ) {
            return (PlaceReading::Adjectival, "before a noun");
        }
        if governing.is_none() || name.start == 0 {
            // First in a sentence, or after a comma.
            return if self.words[name.start].opens || after.is_some() {
                (PlaceReading::Governmental, "acts")
            } else {
                (PlaceReading::Literal, "a place")
            };
        }
        (PlaceReading::Governmental, "no word of place by it")
    }

    fn is_speech(self, word: Option<&Word<'_>>) -> bool {
        word.is_some_and(|it| {
            matches!(
                it.key.as_str(),
                "said" | "says" | "accused" | "denied" | "rejected" | "urged" | "warned" | "demanded"
            )
        })
    }
}

/// Words that follow a first name or title somewhere: not places where they
/// stand alone.
pub fn surnames(lexicon: &Lexicon, words: &[Word<'_>]) -> std::collections::BTreeSet<String> {
    let mut out = std::collections::BTreeSet::new();
    for pair in words.windows(2) {
        let (first, second) = (&pair[0], &pair[1]);
        if second.before != ' ' || !second.capital || !first.capital || first.possessive {
            continue;
        }
        let title = lexicon.around.is(&first.key, "title");
        let given = lexicon.around.is(&first.key, "common")
            && !first.opens
            && first.key.len() > 3
            && lexicon.gazetteer.is_some()
            && !lexicon.around.is(&first.key, "side")
            && !lexicon.around.is(&first.key, "inside");
        if title || given {
            out.insert(second.key.clone());
        }
    }
    out
}
