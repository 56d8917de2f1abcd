//! People named in the article: resolved to the side the article gives them,
//! beside a title (*Northland spokesman Ivo Brand*), in apposition (*Ivo
//! Brand, who speaks for Northland*), and from then on by any part of the
//! name.

use truce_model::ActorKind;
use truce_syntax::{NameKind, Upos};

use super::register::{Case3, OfficeClass, office_at};
use super::{Finder, MentionKind, OWNER_WORDS_MAX, Scene, person_id};
use crate::coref::{Gender, Wanted};

/// Words of one name.
const NAME_WORDS_MAX: usize = 6;

/// Gender as a title shows it.
pub(super) fn gender(words: &[Box<str>]) -> Gender {
    for word in words {
        match &**word {
            "spokeswoman" | "chairwoman" | "congresswoman" | "mrs" | "ms" | "queen" | "widow" | "mother"
            | "grandmother" | "woman" => return Gender::Female,
            "spokesman" | "chairman" | "congressman" | "mr" | "king" | "sheikh" | "father" | "man"
            | "emir" => {
                return Gender::Male;
            }
            _ => {}
        }
    }
    Gender::Unknown
}

impl Finder<'_> {
    /// The person with the name at `name`, whose office is `office`.
    pub(super) fn person(
        &mut self,
        scene: &Scene<'_>,
        name: (usize, usize),
        office: usize,
        gender: Gender,
    ) -> usize {
        let words = scene.ctx.span_of(name.0, name.1).of(scene.text).unwrap_or("").to_owned();
        if let Some(known) = self.known_person(scene, name.0, name.1) {
            return known;
        }
        let side = self.entities[office].side.clone();
        let kind = match self.entities[office].kind {
            ActorKind::Public => ActorKind::Public,
            _ => ActorKind::Person,
        };
        let mut id = person_id(&words);
        if id.is_empty() {
            return office;
        }
        let public = kind == ActorKind::Public;
        if public {
            id = private_id(self.entities[office].id.as_str(), &id);
        }
        let at = self.met(&id, if public { None } else { side }, kind, &words);
        if gender != Gender::Unknown {
            self.genders.insert(at, gender);
        }
        self.learn(scene, name, at);
        at
    }

    fn learn(&mut self, scene: &Scene<'_>, name: (usize, usize), entity: usize) {
        for at in name.0..=name.1 {
            let word = scene.ctx.word(at);
            if word.chars().count() > 2 && scene.printed[at] != Case3::Lower {
                self.people.insert(word.into(), entity);
            }
        }
    }

    fn known_person(&self, scene: &Scene<'_>, first: usize, last: usize) -> Option<usize> {
        if last - first >= NAME_WORDS_MAX {
            return None;
        }
        (first..=last).rev().find_map(|it| {
            (scene.printed[it] != Case3::Lower)
                .then(|| self.people.get(scene.ctx.word(it)).copied())
                .flatten()
        })
    }

    /// A part that is neither a name known nor an office: a person's name, or
    /// nobody.
    pub(super) fn person_alone(
        &mut self,
        scene: &Scene<'_>,
        first: usize,
        last: usize,
        possessive: bool,
    ) -> Option<usize> {
        let tokens = &scene.ctx.parsed.tokens;
        let mut from = first;
        while from < last && scene.printed[from] == Case3::Lower {
            from += 1;
        }
        let capital =
            (from..=last).all(|it| scene.printed[it] != Case3::Lower && scene.covered[it].is_none());
        if !capital || last - from >= NAME_WORDS_MAX {
            return None;
        }
        // A common noun in its capital at the sentence's start: "Aid was …".
        let common = || self.lowercase.contains(scene.ctx.word(0));
        if from == 0 && last == 0 && (tokens[0].upos == Upos::Noun || common()) {
            return None;
        }
        // "Aid was moving": the first word of a sentence has its capital from
        // its place.
        if from == 0 && last == 0 && crate::claims::lexicon::Lexicon::shipped().is_word(scene.ctx.word(0)) {
            return None;
        }
        if let Some(known) = self.known_person(scene, from, last) {
            self.push(scene, first, last, last, known, MentionKind::Name, "", possessive);
            return Some(known);
        }
        if self.is_place_of_pack(scene, from, last) {
            return None;
        }
        let proper = (from..=last).all(|it| tokens[it].upos == Upos::Propn);
        let named =
            scene.ctx.parsed.names.iter().any(|it| {
                it.kind == NameKind::Person && (it.first as usize) <= last && from <= it.last as usize
            });
        let apposed = matches!(scene.ctx.word(last + 1), "," | "of") && !possessive;
        let paper = PAPERS.contains(&scene.ctx.word(last));
        if paper || !proper || !(named || apposed && last > from) {
            return None;
        }
        // The office may stand before the name: "its spokesman, Ivo Brand,".
        let before = self.apposed_before(scene, from);
        let owner = match before {
            Some(entity) => Some(entity),
            None if apposed && describes_person(scene, last + 2) => self.apposed_after(scene, last + 2),
            None => None,
        };
        let words = scene.ctx.span_of(from, last).of(scene.text).unwrap_or("").to_owned();
        let mut id = person_id(&words);
        if id.is_empty() || (owner.is_none() && !named) {
            return None;
        }
        if let Some(owner) = owner.filter(|it| self.entities[*it].kind == ActorKind::Public) {
            id = private_id(self.entities[owner].id.as_str(), &id);
        }
        let (side, kind) = match owner.map(|it| &self.entities[it]) {
            Some(it) if it.kind == ActorKind::Public => (None, ActorKind::Public),
            Some(it) => (it.side.clone(), ActorKind::Person),
            None => (None, ActorKind::Public),
        };
        let gender = owner.and_then(|it| self.genders.get(&it).copied()).unwrap_or(Gender::Unknown);
        let at = self.met(&id, side, kind, &words);
        if gender != Gender::Unknown {
            self.genders.insert(at, gender);
        }
        self.learn(scene, (from, last), at);
        self.push(scene, from, last, last, at, MentionKind::Name, "", possessive);
        Some(at)
    }

    /// Whether the words name a place of the agreement.
    fn is_place_of_pack(&self, scene: &Scene<'_>, first: usize, last: usize) -> bool {
        let words = scene.ctx.span_of(first, last).of(scene.text).unwrap_or("");
        self.agreement.is_some_and(|it| it.places.iter().any(|it| it.names.iter().any(|it| it == words)))
    }

    /// The actor that the apposition after a name's last word gives it.
    pub(super) fn described_owner(&mut self, scene: &Scene<'_>, last: usize) -> Option<usize> {
        let apposed = scene.ctx.word(last + 1) == "," && describes_person(scene, last + 2);
        apposed.then(|| self.apposed_after(scene, last + 2)).flatten()
    }

    /// The office that ends just before a comma before `from`.
    fn apposed_before(&self, scene: &Scene<'_>, from: usize) -> Option<usize> {
        let comma = from.checked_sub(1).filter(|it| scene.ctx.word(*it) == ",")?;
        let last = self.mentions.iter().rev().take_while(|it| it.sentence == scene.number).find(|it| {
            // "a member of its bureau, Ivo Brand": any mention that runs up to
            // the comma belongs to the description.
            // "its envoy abroad, Ivo Brand": so does an adverb behind it.
            let end = it.tokens.1 + 1;
            let adverb = end + 1 == comma && scene.ctx.parsed.tokens[end].upos == Upos::Adv;
            // "Asked about hostages, Ivo Brand …" describes nobody.
            let one = !scene.ctx.parsed.tokens[it.head].feats.plural;
            (end == comma || adverb) && one && it.kind != MentionKind::Pronoun
        })?;
        let person_noun = (comma.saturating_sub(OWNER_WORDS_MAX)..comma).any(|it| {
            office_at(&scene.ctx.lower, it)
                .is_some_and(|it| matches!(it.0.class, OfficeClass::Person | OfficeClass::Public))
        });
        let id = last.actor.as_ref()?;
        person_noun.then(|| self.by_id.get(id).copied()).flatten()
    }

    /// The first actor named in the apposition that begins at `at`.
    fn apposed_after(&mut self, scene: &Scene<'_>, at: usize) -> Option<usize> {
        let ctx = scene.ctx;
        let end = (at + OWNER_WORDS_MAX).min(ctx.lower.len());
        let mut office = None;
        for it in at..end {
            if let Some(hit) = scene.covered[it] {
                return Some(scene.hits[hit].entity);
            }
            match ctx.word(it) {
                "," | ";" | "." | ":" => break,
                "its" => return self.memory.pronoun(Wanted::Thing, scene.place(it)),
                _ => {}
            }
            if let Some((found, _)) = office_at(&ctx.lower, it) {
                if found.class == OfficeClass::Public {
                    let suffix = found.suffix.clone();
                    return Some(self.met(&suffix, None, ActorKind::Public, &suffix));
                }
                office.get_or_insert((found, it));
            }
        }
        let (found, from) = office?;
        let noun = scene.ctx.lemma_or_word(from + found.head);
        // "who speaks for the command": the one met before.
        let met = from > at && scene.ctx.word(from - 1) == "the";
        if let Some(known) = met.then(|| self.memory.same_noun(&noun)).flatten() {
            return Some(known);
        }
        let definite = true;
        let owner = self.pack_owner(scene, at, from + found.words.len() - 1, found, definite)?;
        Some(self.owned(owner, found, scene, from, from + found.words.len() - 1))
    }
}

/// Last words of names that are no person's, whatever the tagger says.
const PAPERS: [&str; 16] = [
    "accord",
    "agreement",
    "pact",
    "treaty",
    "truce",
    "ceasefire",
    "protocol",
    "declaration",
    "charter",
    "convention",
    "resolution",
    "memorandum",
    "deal",
    "roadmap",
    "plan",
    "armistice",
];

/// An id for somebody who speaks as one of a public: what he is and his name,
/// `nurse-vane`.
fn private_id(public: &str, name: &str) -> String {
    let one = public.strip_suffix("men").map(|it| format!("{it}man"));
    let one = one.unwrap_or_else(|| public.strip_suffix('s').unwrap_or(public).to_owned());
    format!("{one}-{name}")
}

/// Whether the words from `at` to the next comma describe a person: "who
/// speaks for …", "a spokesman of …", "of the doctors' union".
fn describes_person(scene: &Scene<'_>, at: usize) -> bool {
    let ctx = scene.ctx;
    let end = (at + OWNER_WORDS_MAX).min(ctx.lower.len());
    let own = (at..end).take_while(|it| !matches!(ctx.word(*it), "," | ";" | ":" | "."));
    // "In Alder City, a medic there told …": a speaker of the next clause.
    let speaks = |it: usize| {
        let token = &ctx.parsed.tokens[it];
        token.deprel == truce_syntax::Deprel::Nsubj && token.head.is_some_and(|head| head as usize > it)
    };
    let role = |it: usize| {
        if speaks(it) && ctx.word(it) != "who" {
            return false;
        }
        matches!(ctx.word(it), "who" | "second" | "deputy" | "head" | "chief")
            || office_at(&ctx.lower, it).is_some_and(|it| {
                matches!(it.0.class, OfficeClass::Person | OfficeClass::Public | OfficeClass::Group)
            })
    };
    own.into_iter().any(role)
}
