//! Who is meant: mentions of actors, resolved to the pack, then to a general
//! register, then to what the article itself says.
//!
//! Names match longest first and as printed. A body, office or force is
//! composed with the actor it belongs to (*Northland's foreign ministry*, *a
//! Northland official*, *the spokesman of the Rivermark staff*), so its side
//! is known even where nobody knows the person. People who speak for
//! themselves (residents, analysts, medics) stay a side of their own. What
//! cannot be told stays `None`.

mod groups;
mod owners;
mod people;
pub(crate) mod register;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{Actor, ActorId, ActorKind, Agreement};
use truce_syntax::{Deprel, Upos};

use crate::coref::{Gender, Memory, Place, Seen, Wanted};
use crate::prepared::{ActorMention, MentionKind, Prepared, SentenceCtx};
use crate::statements::cues;
use register::{Case3, Entity, Names, Office, OfficeClass, office_at, register};
use words::{
    after_dateline, is_backed, is_name_particle, is_office_of_others, is_person_noun, is_reporting_form,
    is_time, kind_of, kind_of_mention, person_id,
};

/// Words after an office in which its owner is looked for.
const OWNER_WORDS_MAX: usize = 12;

/// Words of a sentence that only names what is spoken of next.
const TOPIC_WORDS_MAX: usize = 6;

/// Words after a paper in which its author is looked for.
const AUTHOR_WORDS_MAX: usize = 10;

/// Finds and resolves the mentions of actors in all sentences.
pub(crate) fn mark(agreement: Option<&Agreement>, prepared: &mut Prepared<'_>) {
    let mut finder = Finder::new(agreement);
    let text = prepared.article.text.clone();
    for ctx in &prepared.sentences {
        let lower = ctx.parsed.tokens.iter().zip(&ctx.lower);
        let common = lower.filter(|it| Case3::of(it.0.span.of(&text).unwrap_or("")) == Case3::Lower);
        finder.lowercase.extend(common.map(|it| it.1.clone()));
    }
    for number in 0..prepared.sentences.len() {
        let ctx = &prepared.sentences[number];
        let printed: Vec<Case3> =
            ctx.parsed.tokens.iter().map(|it| Case3::of(it.span.of(&text).unwrap_or(""))).collect();
        finder.sentence(number, ctx, &printed, &text);
    }
    let mut mentions = std::mem::take(&mut finder.mentions);
    mentions.sort_by_key(|it| (it.sentence, it.tokens.0, std::cmp::Reverse(it.tokens.1)));
    mentions.dedup_by(|a, b| a.sentence == b.sentence && a.tokens == b.tokens);
    prepared.mention_of = prepared.sentences.iter().map(|it| vec![None; it.lower.len()]).collect();
    // The smaller one last, so that it wins; then heads win over all.
    for (at, it) in mentions.iter().enumerate() {
        prepared.mention_of[it.sentence][it.tokens.0..=it.tokens.1].fill(Some(at as u32));
    }
    for (at, it) in mentions.iter().enumerate() {
        prepared.mention_of[it.sentence][it.head] = Some(at as u32);
    }
    prepared.actors = finder.actors_met(&mentions);
    prepared.mentions = mentions;
}

/// The singular of a name that is a common noun in the plural ("rebels", "the
/// separatists"); of forces and troops there is none.
fn singular(name: &str) -> Option<&str> {
    let noun = name.strip_prefix("the ").unwrap_or(name);
    let common = noun.chars().all(|it| it.is_lowercase() || it == '-');
    let plural = !matches!(noun, "forces" | "troops" | "authorities" | "arms" | "armed-forces");
    noun.strip_suffix('s').filter(|it| common && plural && it.len() > 3 && !it.ends_with('s'))
}

/// A name found: tokens and entity.
#[derive(Clone, Copy, Debug)]
struct Hit {
    first: usize,
    last: usize,
    entity: usize,
}

struct Finder<'g> {
    agreement: Option<&'g Agreement>,
    /// Pack first, then register, then those met in the article.
    entities: Vec<Entity>,
    by_id: BTreeMap<ActorId, usize>,
    pack_names: Names,
    /// The pack's names in lower case, by actor.
    pack_lower: Vec<Vec<String>>,
    /// Register entity to entity.
    from_register: Vec<usize>,
    /// Words the article also prints in lower case.
    lowercase: BTreeSet<Box<str>>,
    /// A word of a person's name to the person.
    people: BTreeMap<Box<str>, usize>,
    genders: BTreeMap<usize, Gender>,
    parties: Vec<ActorId>,
    memory: Memory,
    mentions: Vec<ActorMention>,
}

impl<'g> Finder<'g> {
    fn new(agreement: Option<&'g Agreement>) -> Finder<'g> {
        let mut entities = Vec::new();
        let mut pack_names = Names::default();
        let mut from_register = Vec::new();
        let mut pack_lower = Vec::new();
        if let Some(agreement) = agreement {
            for (number, actor) in agreement.actors.iter().enumerate() {
                entities.push(Entity {
                    id: actor.id.clone(),
                    side: Some(agreement.side_of(&actor.id)),
                    kind: actor.kind,
                    name: actor.names.first().cloned().unwrap_or_else(|| actor.id.to_string()),
                    in_pack: true,
                });
                for name in &actor.names {
                    pack_names.add(name, number);
                    // "A rebel ambush" is the rebels'.
                    if let Some(one) = singular(name) {
                        pack_names.add(one, number);
                    }
                }
                let lower = |it: &String| it.to_lowercase().replace('’', "'");
                pack_lower.push(actor.names.iter().map(lower).collect());
            }
        }
        let known = agreement.map(|it| register().known_to(it)).unwrap_or_default();
        for (at, entity) in register().entities.iter().enumerate() {
            from_register.push(known.get(&at).copied().unwrap_or(entities.len()));
            if !known.contains_key(&at) {
                entities.push(entity.clone());
            }
        }
        let by_id = entities.iter().enumerate().rev().map(|(at, it)| (it.id.clone(), at)).collect();
        Finder {
            agreement,
            entities,
            by_id,
            pack_names,
            pack_lower,
            from_register,
            lowercase: BTreeSet::new(),
            people: BTreeMap::new(),
            genders: BTreeMap::new(),
            parties: groups::parties(agreement),
            memory: Memory::default(),
            mentions: Vec::new(),
        }
    }

    /// Everybody mentioned whom the pack does not know, by id.
    fn actors_met(&self, mentions: &[ActorMention]) -> Vec<Actor> {
        let mut out: BTreeMap<&ActorId, Actor> = BTreeMap::new();
        for id in mentions.iter().flat_map(|it| it.actor.iter().chain(&it.side)) {
            let Some(entity) = self.by_id.get(id).map(|it| &self.entities[*it]) else { continue };
            if !entity.in_pack {
                out.entry(&entity.id).or_insert_with(|| Actor {
                    id: entity.id.clone(),
                    kind: entity.kind,
                    side: entity.side.clone(),
                    names: vec![entity.name.clone()],
                    roles: Vec::new(),
                });
            }
        }
        out.into_values().collect()
    }

    fn sentence(&mut self, number: usize, ctx: &SentenceCtx, printed: &[Case3], text: &str) {
        let hits = self.hits(ctx, printed);
        let mut covered: Vec<Option<usize>> = vec![None; ctx.lower.len()];
        for (at, hit) in hits.iter().enumerate() {
            covered[hit.first..=hit.last].fill(Some(at));
        }
        let scene = Scene { number, ctx, printed, text, hits: &hits, covered: &covered };
        let mut at = 0;
        while at < ctx.lower.len() {
            if let Some(last) = self.group(&scene, at) {
                at = last + 1;
            } else if covered[at].is_none() && self.pronoun(&scene, at) {
                at += 1;
            } else if scene.in_chunk(at) && ctx.word(at) != "'s" {
                let last = scene.chunk_end(at);
                // "according to aid groups": a noun that the tagger took for a
                // verb still belongs to the office it begins.
                let first = at.checked_sub(1).filter(|it| {
                    covered[*it].is_none()
                        && ctx.parsed.tokens[*it].upos == Upos::Verb
                        && office_at(&ctx.lower, *it).is_some_and(|it| it.1 == last)
                });
                self.chunk(&scene, first.unwrap_or(at), last);
                at = last + 1;
            } else {
                at += 1;
            }
        }
    }

    /// Names, longest first, from left to right.
    fn hits(&self, ctx: &SentenceCtx, printed: &[Case3]) -> Vec<Hit> {
        let mut out = Vec::new();
        let mut at = after_dateline(ctx, printed);
        let case = |it: usize| printed[it];
        while at < ctx.lower.len() {
            let pack = self.pack_names.find(&ctx.lower, &case, at);
            let general =
                register().names.find(&ctx.lower, &case, at).map(|it| (self.from_register[it.0], it.1));
            let found = match (pack, general) {
                (Some(pack), Some(general)) if general.1 > pack.1 => Some(general),
                (Some(pack), _) => Some(pack),
                (None, general) => general,
            };
            match found {
                // "Paul Dane" is no Dane, nor is he afterwards.
                Some((entity, last))
                    if !self.entities[entity].in_pack
                        && at == last
                        && self.people.contains_key(ctx.word(at)) =>
                {
                    at += 1;
                }
                Some((entity, last)) if !self.entities[entity].in_pack && is_in_name(ctx, at, last) => {
                    at += 1
                }
                // "Dane denied it", once Rolf Dane was named.
                Some((entity, last))
                    if at == last
                        && !self.entities[entity].in_pack
                        && self.people.contains_key(&ctx.lower[at])
                        && ctx.parsed.tokens[at].upos != Upos::Adj =>
                {
                    at += 1
                }
                // "Dane said": a person met before, though Danes are a people.
                Some((entity, last))
                    if last == at
                        && !self.entities[entity].in_pack
                        && self.people.contains_key(&ctx.lower[at]) =>
                {
                    at += 1;
                }
                // "Iran-backed militia" is not about what Iran does.
                Some((_, last)) if is_backed(ctx, last) => at = last + 1,
                // "the League's secretary-general": an office and not the UN's.
                Some(_) if ctx.word(at).starts_with("secretary") && follows(&out, ctx, at) => at += 1,
                // "the envoys of Maridia and Ostra" are not the envoy of the pack.
                Some((_, last)) if is_office_of_others(ctx, at, last) => at += 1,
                Some((entity, last)) => {
                    out.push(Hit { first: at, last, entity });
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        out
    }

    /// One noun phrase with its possessors.
    fn chunk(&mut self, scene: &Scene<'_>, first: usize, last: usize) {
        let mut owner: Option<usize> = None;
        let mut start = first;
        let whole = first;
        let mut at = first;
        while at <= last {
            let possessive = matches!(scene.ctx.word(at), "'s" | "'") && scene.covered[at].is_none();
            if possessive || at == last {
                let end = if possessive { at.saturating_sub(1) } else { at };
                if end >= start {
                    owner = self.part(scene, whole, start, end, owner, possessive);
                }
                start = at + 1;
            }
            at += 1;
        }
    }

    /// One part of a noun phrase between possessive marks; returns whom it
    /// means.
    fn part(
        &mut self,
        scene: &Scene<'_>,
        whole: usize,
        first: usize,
        last: usize,
        owner: Option<usize>,
        possessive: bool,
    ) -> Option<usize> {
        let hits: Vec<Hit> =
            scene.hits.iter().filter(|it| it.first >= first && it.last <= last).copied().collect();
        if let Some(hit) = hits.last().filter(|it| it.last == last).copied() {
            for it in &hits[..hits.len() - 1] {
                self.push(scene, it.first, it.last, it.last, it.entity, MentionKind::Demonym, "", true);
            }
            let modifier = possessive || scene.is_adjectival(hit.last);
            let kind = if modifier && !possessive { MentionKind::Demonym } else { MentionKind::Name };
            let mut noun = scene.office_noun(hit);
            if noun.is_empty() && hit.first > first {
                // "Spokeswoman Petra Vane": a name of the pack that is a person's.
                let title = scene.office(first, hit.first - 1).filter(|it| it.2 + 1 == hit.first);
                if let Some((_, from, to)) = title.filter(|it| it.0.class == OfficeClass::Person) {
                    noun = scene.ctx.lemma_or_word(to);
                    let gender = people::gender(&scene.ctx.lower[from..=to]);
                    if gender != Gender::Unknown {
                        self.genders.insert(hit.entity, gender);
                    }
                }
            }
            self.push(scene, hit.first, hit.last, hit.last, hit.entity, kind, &noun, modifier);
            return Some(hit.entity);
        }
        let found = scene.office(first, last);
        for it in &hits {
            self.push(scene, it.first, it.last, it.last, it.entity, MentionKind::Demonym, "", true);
        }
        let Some((office, from, to)) = found else {
            return self.person_alone(scene, first, last, possessive);
        };
        let name = (to < last).then_some((to + 1, last));
        // "Northland's army" before or inside "army spokesman".
        let owns = |it: &&Hit| it.last < from || it.first < from && it.last < from + office.head;
        let own = owner.or_else(|| hits.iter().rev().find(owns).map(|it| it.entity));
        if own.is_none() && name.is_none() && self.people_of_group(scene, whole, to) {
            return None;
        }
        let entity = self.office(scene, office, (whole, from, to), name, own)?;
        let head = name.map_or(from + office.head, |it| it.1);
        let noun = scene.ctx.lemma_or_word(from + office.head);
        self.push(scene, whole, last, head, entity, kind_of_mention(office, own, name), &noun, possessive);
        if head != from + office.head {
            // Either token may be the head in the tree.
            let copy = self.mentions.last().cloned();
            if let Some(mut copy) = copy {
                copy.head = from + office.head;
                copy.tokens = (whole, to);
                copy.span = scene.ctx.span_of(whole, to);
                self.mentions.push(copy);
            }
        }
        Some(entity)
    }

    /// Whom an office means, given the actor it belongs to if that is said
    /// beside it.
    fn office(
        &mut self,
        scene: &Scene<'_>,
        office: &'static Office,
        (whole, from, to): (usize, usize, usize),
        name: Option<(usize, usize)>,
        owner: Option<usize>,
    ) -> Option<usize> {
        let ctx = scene.ctx;
        let noun = ctx.lemma_or_word(from + office.head);
        let belongs = owner.is_some() || self.possessor(scene, whole, from).is_some();
        if office.class == OfficeClass::Public && !(belongs && matches!(&*noun, "man" | "woman" | "people")) {
            let entity = self.met(&office.suffix, None, ActorKind::Public, &office.suffix);
            return Some(match name {
                Some(name) => self.person(scene, name, entity, Gender::Unknown),
                None => entity,
            });
        }
        let determiner = ctx.word(whole);
        let definite = matches!(determiner, "the" | "its" | "his" | "her" | "their" | "that" | "this");
        let mut owner = owner
            .or_else(|| self.possessor(scene, whole, from))
            .or_else(|| self.owner_after(scene, office, to));
        if let (None, Some(name)) = (owner, name) {
            // "Colonel Ivo Brand, who speaks for the command, …"
            owner = self.described_owner(scene, name.1);
        }
        if owner.is_none() {
            // "Ministry sources", "an army spokeswoman": the body met before.
            owner = (whole..from)
                .filter(|it| office_at(&ctx.lower, *it).is_some_and(|it| it.0.class == OfficeClass::Body))
                .find_map(|it| self.memory.same_noun(&ctx.lemma_or_word(it)));
        }
        if owner.is_none() {
            owner = self.bench(&noun).filter(|_| ctx.word(to + 1) != "of");
        }
        if owner.is_none()
            && name.is_none()
            // "Rights monitors" are others.
            && (from == whole || from == whole + 1 && definite)
            && let Some(entity) = self.by_role(&noun)
        {
            return Some(entity);
        }
        if owner.is_none() && name.is_none() && definite && from == whole + 1 {
            // "The ministry": somebody met before.
            if let Some(entity) = self.description(scene, office, &noun) {
                return Some(entity);
            }
        }
        let apart = matches!(office.class, OfficeClass::Media | OfficeClass::Civil);
        let unknown = owner.is_none_or(|it| self.entities[it].side.is_none());
        if unknown && !apart {
            owner = self.owner_by_ground(scene, whole, to).or(owner);
        }
        if owner.is_none() && !apart {
            owner = self.pack_owner(scene, whole, to, office, definite || name.is_some());
        }
        if office.class == OfficeClass::Paper {
            let author = self.author_after(scene, to).or(owner).or_else(|| self.issuer(scene, from));
            // A paper nobody is named for is nobody's, unless it is one spoken of.
            let taken_up = definite || ctx.word(whole.wrapping_sub(1)) == "in";
            return author.or_else(|| self.memory.speaker().filter(|_| taken_up));
        }
        let gender = people::gender(&ctx.lower[whole..=to]);
        let entity = match owner {
            Some(owner) => self.owned(owner, office, scene, from, to),
            None => {
                let kind = kind_of(office);
                self.met(&office.suffix, None, kind, &office.suffix)
            }
        };
        Some(match name {
            Some(name) => self.person(scene, name, entity, gender),
            None => {
                if gender != Gender::Unknown {
                    self.genders.insert(entity, gender);
                }
                entity
            }
        })
    }

    /// The entity with this id, made if it is new.
    fn met(&mut self, id: &str, side: Option<ActorId>, kind: ActorKind, name: &str) -> usize {
        let id = ActorId::from(id);
        if let Some(at) = self.by_id.get(&id) {
            return *at;
        }
        // Those who speak for themselves are their own side; an office whose
        // owner is unknown has none that could be told.
        let side = side.or_else(|| (kind == ActorKind::Public).then(|| id.clone()));
        let at = self.entities.len();
        self.entities.push(Entity { id: id.clone(), side, kind, name: name.to_owned(), in_pack: false });
        self.by_id.insert(id, at);
        at
    }

    #[allow(clippy::too_many_arguments)] // The facts of one mention.
    fn push(
        &mut self,
        scene: &Scene<'_>,
        first: usize,
        last: usize,
        head: usize,
        entity: usize,
        kind: MentionKind,
        noun: &str,
        modifier: bool,
    ) {
        let ctx = scene.ctx;
        let it = &self.entities[entity];
        self.mentions.push(ActorMention {
            span: ctx.span_of(first, last),
            sentence: scene.number,
            tokens: (first, last),
            head,
            actor: Some(it.id.clone()),
            side: it.side.clone(),
            kind,
            group: Vec::new(),
            is_subject: scene.is_subject(first, last),
        });
        // "According to the command" makes it the speaker like a subject.
        let according = first >= 2 && ctx.word(first - 1) == "to" && ctx.word(first - 2) == "according";
        let subject = scene.is_subject(first, last) || according;
        self.memory.remember(Seen {
            entity,
            kind: if is_person_noun(noun) { ActorKind::Person } else { it.kind },
            noun: noun.into(),
            sentence: scene.number,
            paragraph: ctx.paragraph,
            subject,
            embedded: subject && !scene.is_speaking(first, last) && scene.is_embedded(first, last),
            speaking: according || subject && scene.is_speaking(first, last),
            modifier,
            plural: ctx.parsed.tokens[head].feats.plural
                && (scene.printed[head] == Case3::Lower
                    || !matches!(
                        it.kind,
                        ActorKind::State | ActorKind::Organisation | ActorKind::GovernmentBody
                    )),
            quoted: ctx.quote[head].is_some(),
            gender: self.genders.get(&entity).copied().unwrap_or(Gender::Unknown),
        });
    }

    /// A pronoun; `true` if the token is one, resolved or not.
    fn pronoun(&mut self, scene: &Scene<'_>, at: usize) -> bool {
        let ctx = scene.ctx;
        let wanted = match ctx.word(at) {
            "it" | "itself" => {
                if matches!(ctx.parsed.tokens[at].deprel, Deprel::Expl) {
                    return true;
                }
                Wanted::Thing
            }
            "its" => Wanted::Thing,
            "they" | "them" | "their" | "themselves" => Wanted::Several,
            "he" | "him" | "his" | "himself" => Wanted::Person(Gender::Male),
            "she" | "her" | "herself" => Wanted::Person(Gender::Female),
            "who" | "which" | "whom" | "whose" => return self.relative(scene, at),
            // "Hundreds more are still camped": more of those spoken of.
            "hundreds" | "thousands" | "dozens" | "scores" | "others" | "tens" | "many"
                if matches!(ctx.word(at + 1), "more" | "others") && ctx.word(at + 2) != "of" =>
            {
                Wanted::Several
            }
            _ => return false,
        };
        let mut place = scene.place(at);
        place.subject = scene.is_subject(at, at);
        let named = self.namer(scene, at, wanted).or_else(|| self.teller(scene, at, wanted));
        let barred = if place.subject { scene.named_below(at) } else { Vec::new() };
        if named.is_none() && matches!(wanted, Wanted::Several) && self.group_again(scene, at) {
            return ctx.word(at) != "their";
        }
        if let Some(entity) = named.or_else(|| self.memory.pronoun_but(wanted, place, &barred)) {
            let possessive = matches!(ctx.word(at), "its" | "their" | "his" | "her" | "whose");
            self.push(scene, at, at, at, entity, MentionKind::Pronoun, "", possessive);
        }
        // A possessive is part of the noun phrase that follows it.
        !matches!(ctx.word(at), "its" | "their" | "his" | "her")
    }

    /// The pronoun of *in what it called …*: the subject of the sentence, whose
    /// act the clause hangs on or who speaks of it.
    fn namer(&self, scene: &Scene<'_>, at: usize, wanted: Wanted) -> Option<usize> {
        let before = at.checked_sub(1)?;
        if scene.ctx.word(before) != "what" || matches!(wanted, Wanted::Person(_)) {
            return None;
        }
        let tokens = &scene.ctx.parsed.tokens;
        let root = tokens.iter().position(|it| it.head.is_none())?;
        let subject = self.mentions.iter().filter(|it| it.sentence == scene.number).find(|it| {
            let top = &tokens[scene.top(it.tokens.0, it.tokens.1)];
            it.tokens.1 < at
                && top.head == Some(root as u32)
                && matches!(top.deprel, Deprel::Nsubj | Deprel::NsubjOuter)
        })?;
        self.by_id.get(subject.actor.as_ref()?).copied()
    }

    /// *Who*, *which*: the mention just before.
    fn relative(&mut self, scene: &Scene<'_>, at: usize) -> bool {
        let before =
            at.checked_sub(1).map(|it| if scene.ctx.word(it) == "," { it.saturating_sub(1) } else { it });
        let found = before.and_then(|end| {
            self.mentions
                .iter()
                .rev()
                .take_while(|it| it.sentence == scene.number)
                .find(|it| it.tokens.1 == end && it.kind != MentionKind::Demonym)
                .and_then(|it| it.actor.clone())
        });
        if let Some(entity) = found.and_then(|it| self.by_id.get(&it).copied()) {
            self.push(scene, at, at, at, entity, MentionKind::Pronoun, "", false);
        }
        true
    }
}

/// One sentence while its mentions are found.
struct Scene<'s> {
    number: usize,
    ctx: &'s SentenceCtx,
    printed: &'s [Case3],
    text: &'s str,
    hits: &'s [Hit],
    covered: &'s [Option<usize>],
}

impl Scene<'_> {
    fn place(&self, at: usize) -> Place {
        Place {
            sentence: self.number,
            paragraph: self.ctx.paragraph,
            quoted: self.ctx.quote[at].is_some(),
            subject: false,
        }
    }

    /// Whether token `at` may be part of a noun phrase.
    fn in_chunk(&self, at: usize) -> bool {
        if self.covered[at].is_some() {
            return true;
        }
        if is_time(self.ctx.word(at)) {
            return false;
        }
        // "The group denies that": a report, whatever the tagger made of it.
        if is_reporting_form(self.ctx.word(at))
            && matches!(self.ctx.word(at + 1), "that" | "it" | "its" | "he" | "she" | "they" | "having")
        {
            return false;
        }
        let token = &self.ctx.parsed.tokens[at];
        let word = self.ctx.word(at);
        match token.upos {
            Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num => true,
            Upos::Pron => matches!(word, "its" | "their" | "his" | "her" | "our" | "my"),
            Upos::Part => matches!(word, "'s" | "'"),
            Upos::Verb => token.deprel == Deprel::Amod || token.deprel == Deprel::Compound,
            Upos::Punct => word == "-" || word == "–",
            _ => matches!(word, "'s" | "'"),
        }
    }

    /// The last token of the noun phrase that begins at `first`.
    fn chunk_end(&self, first: usize) -> usize {
        let mut last = first;
        while last + 1 < self.ctx.lower.len() && self.in_chunk(last + 1) {
            let next = last + 1;
            let inside_hit = self.covered[next].is_some() && self.covered[next] == self.covered[last];
            let token = &self.ctx.parsed.tokens[next];
            let opens = token.upos == Upos::Det
                || (token.upos == Upos::Pron && !matches!(self.ctx.word(next), "'s" | "'"));
            if opens && !inside_hit && !matches!(self.ctx.word(last), "all" | "both" | "half") {
                break;
            }
            last = next;
        }
        while last > first && matches!(self.ctx.word(last), "-" | "–") {
            last -= 1;
        }
        last
    }

    /// The office a part ends in, before a person's name if there is one:
    /// the office, its first and its last token.
    fn office(&self, first: usize, last: usize) -> Option<(&'static Office, usize, usize)> {
        let mut best = None;
        let mut at = first;
        while at <= last {
            match office_at(&self.ctx.lower, at) {
                Some((office, to)) => {
                    let to_inside = to.max(at);
                    best = Some((office, at, to_inside));
                    at = to_inside + 1;
                }
                None => at += 1,
            }
        }
        let (office, from, to) = best?;
        let named = (to + 1..=last).all(|it| {
            self.printed[it] != Case3::Lower && self.ctx.parsed.tokens[it].upos != Upos::Noun
                || is_name_particle(self.ctx.word(it))
        });
        // "Ministry building": the head is no office.
        (named || to >= last).then_some((office, from, to))
    }

    /// The office a name ends in, in lower case: *ministry* in a pack's
    /// *Northland's foreign ministry*; empty for plain names.
    fn office_noun(&self, hit: Hit) -> String {
        if hit.first == hit.last {
            return String::new();
        }
        // "Ministry of Defence" has its noun first.
        let of = (hit.first..=hit.last).find(|it| self.ctx.word(*it) == "of");
        let at = of.map_or(hit.last, |it| it.saturating_sub(1));
        let office = office_at(&self.ctx.lower, at);
        if office.is_some() { self.ctx.lemma_or_word(at) } else { String::new() }
    }

    /// Whether a name modifies the noun after it.
    fn is_adjectival(&self, last: usize) -> bool {
        let token = &self.ctx.parsed.tokens[last];
        token.deprel == Deprel::Amod && token.head.is_some_and(|it| it as usize > last)
    }

    /// The token of `first..=last` whose head lies outside.
    fn top(&self, first: usize, last: usize) -> usize {
        (first..=last)
            .find(|it| {
                self.ctx.parsed.tokens[*it]
                    .head
                    .is_none_or(|head| (head as usize) < first || (head as usize) > last)
            })
            .unwrap_or(last)
    }

    fn is_subject(&self, first: usize, last: usize) -> bool {
        let top = self.top(first, last);
        // "And Northland?": what a question of one name is about is spoken of next.
        let topic = self.ctx.parsed.tokens[top].head.is_none() && self.ctx.lower.len() <= TOPIC_WORDS_MAX;
        topic
            || matches!(
                self.ctx.parsed.tokens[top].deprel,
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter
            )
    }

    /// Whom the clause of a subject pronoun names after it, as themselves and
    /// not as owners or adjectives of something else.
    fn named_below(&self, at: usize) -> Vec<usize> {
        let tokens = &self.ctx.parsed.tokens;
        let Some(verb) = tokens[at].head.map(|it| it as usize) else { return Vec::new() };
        let (_, end) = self.ctx.tree.bounds(verb);
        // "Northland, it said, was to blame": it is not Northland.
        let inserted = at > 0
            && matches!(self.ctx.word(at - 1), "," | "–" | "—")
            && cues::is_speech_verb(self.ctx.lemma(verb))
            && matches!(self.ctx.word(verb + 1), "," | "–" | "—");
        let before = |it: &Hit| {
            inserted
                && it.last < at
                && self.is_subject(it.first, it.last)
                && self.ctx.quote[it.last].is_none()
        };
        let own = |it: &&Hit| {
            (it.first > at && it.last <= end || before(it))
                && self.ctx.quote[it.last].is_none()
                && !matches!(
                    tokens[it.last].deprel,
                    Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Flat
                )
                && !matches!(self.ctx.word(it.last + 1), "'s" | "'")
        };
        self.hits.iter().filter(own).map(|it| it.entity).collect()
    }

    /// Whether the clause it stands in hangs below another.
    fn is_embedded(&self, first: usize, last: usize) -> bool {
        let tokens = &self.ctx.parsed.tokens;
        let mut at = self.top(first, last);
        for _ in 0..6 {
            let Some(head) = tokens[at].head.map(|it| it as usize) else { return false };
            match tokens[head].deprel {
                Deprel::Root | Deprel::Parataxis => return false,
                Deprel::Conj => at = head,
                _ => return true,
            }
        }
        false
    }

    fn is_speaking(&self, first: usize, last: usize) -> bool {
        let top = self.top(first, last);
        if self.ctx.parsed.tokens[top].deprel == Deprel::NsubjPass {
            return false;
        }
        self.ctx.parsed.tokens[top].head.is_some_and(|it| cues::is_speech_verb(self.ctx.lemma(it as usize)))
    }
}

/// Whether a name, with or without *'s*, ends right before `at`.
fn follows(hits: &[Hit], ctx: &SentenceCtx, at: usize) -> bool {
    hits.last().is_some_and(|it| it.last + 1 == at || it.last + 2 == at && ctx.word(it.last + 1) == "'s")
}

/// Whether one word is part of a longer name of a person.
fn is_in_name(ctx: &SentenceCtx, first: usize, last: usize) -> bool {
    // "Turkish President Ivo Brand": an adjective before an office is none.
    let titled = ctx.parsed.tokens[first].upos == Upos::Adj
        || (last + 1 < ctx.lower.len() && office_at(&ctx.lower, last + 1).is_some());
    first == last
        && !titled
        && ctx.parsed.names.iter().any(|it| {
            it.kind == truce_syntax::NameKind::Person
                && it.first < it.last
                && it.first as usize <= first
                && last <= it.last as usize
        })
}

impl SentenceCtx {
    /// The lemma where there is one, else the word.
    pub(crate) fn lemma_or_word(&self, at: usize) -> String {
        let lemma = self.lemma(at).to_lowercase();
        if lemma.is_empty() { self.word(at).to_owned() } else { lemma }
    }
}
