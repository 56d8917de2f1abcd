//! Whose office it is: the actor a body, person, force or paper belongs to,
//! from the words beside it, the ground it stands on, or what the article
//! said before.

use truce_model::{ActorId, ActorKind, Role};
use truce_syntax::Deprel;

use super::register::{self, Case3, Office, OfficeClass, office_at, register};
use super::words::{is_anaphoric, is_bound, is_fighter, is_of_state, kind_of};
use super::{AUTHOR_WORDS_MAX, Finder, OWNER_WORDS_MAX, Scene};
use crate::coref::{Gender, Wanted};
use crate::statements::cues;

impl Finder<'_> {
    /// Who puts out a paper: the subject of the verb it is the object of ("the
    /// League put out a statement accusing …").
    pub(super) fn issuer(&self, scene: &Scene<'_>, noun: usize) -> Option<usize> {
        let tokens = &scene.ctx.parsed.tokens;
        let token = &tokens[noun];
        let verb = token.head.filter(|_| token.deprel == Deprel::Obj)? as usize;
        let subject = self.mentions.iter().rev().take_while(|it| it.sentence == scene.number).find(|it| {
            let top = &tokens[scene.top(it.tokens.0, it.tokens.1)];
            top.head == Some(verb as u32) && matches!(top.deprel, Deprel::Nsubj | Deprel::NsubjOuter)
        })?;
        self.by_id.get(subject.actor.as_ref()?).copied()
    }

    /// The pronoun of *X said it would …*: the subject of the verb of saying.
    pub(super) fn teller(&self, scene: &Scene<'_>, at: usize, wanted: Wanted) -> Option<usize> {
        let tokens = &scene.ctx.parsed.tokens;
        if wanted != Wanted::Thing || tokens[at].deprel != Deprel::Nsubj {
            return None;
        }
        let verb = tokens[at].head? as usize;
        let saying = tokens[verb].head.filter(|_| tokens[verb].deprel == Deprel::Ccomp)? as usize;
        if !cues::is_speech_verb(scene.ctx.lemma(saying)) || saying > at {
            return None;
        }
        let teller = self.mentions.iter().rev().take_while(|it| it.sentence == scene.number).find(|it| {
            let top = &tokens[scene.top(it.tokens.0, it.tokens.1)];
            top.head == Some(saying as u32) && top.deprel == Deprel::Nsubj
        })?;
        let entity = *self.by_id.get(teller.actor.as_ref()?)?;
        let kind = self.entities[entity].kind;
        (!matches!(kind, ActorKind::Person | ActorKind::Public)).then_some(entity)
    }

    /// Whose office it is by the ground it stands on: a state of the pack that
    /// opens the sentence ("In Northport, the foreign ministry …"), or in
    /// whose town the office is ("a colonel in Alder Pass"), where the parties
    /// are states and so own their ground.
    pub(super) fn owner_by_ground(&self, scene: &Scene<'_>, whole: usize, to: usize) -> Option<usize> {
        let ctx = scene.ctx;
        let power =
            |it: &usize| matches!(self.entities[*it].kind, ActorKind::State | ActorKind::DeFactoAuthority);
        let state = |it: &usize| self.entities[*it].kind == ActorKind::State;
        if ctx.word(0) == "in" && whole > 2 && whole < OWNER_WORDS_MAX && ctx.word(whole - 1) == "," {
            let named = (1..whole - 1).find_map(|it| scene.covered[it]);
            if let Some(entity) = named.map(|it| scene.hits[it].entity).filter(state) {
                return Some(entity);
            }
        }
        if !matches!(ctx.word(to + 1), "in" | "of" | "from" | "at") || to + 2 >= ctx.lower.len() {
            return None;
        }
        let last = (to + 2..(to + 5).min(ctx.lower.len()))
            .take_while(|it| scene.printed[*it] != Case3::Lower && scene.covered[*it].is_none())
            .last()?;
        let ground = truce_place::find(scene.text, ctx.span_of(to + 2, last), self.agreement);
        let country = ground.first()?.country.clone()?;
        let name = truce_place::lexicon::lexicon().country_name(&country)?;
        let words: Vec<Box<str>> = name.to_lowercase().split(' ').map(Box::from).collect();
        let found = register().names.find(&words, &|_| Case3::Initial, 0)?.0;
        let entity = self.from_register[found];
        // Where a party has no country of its own, a town tells nothing.
        let countries = self.parties.iter().all(|it| {
            let party = self.by_id.get(it).copied();
            party.is_some_and(|it| power(&it) && self.from_register.contains(&it))
        });
        (self.entities[entity].in_pack && power(&entity) && countries).then_some(entity)
    }

    /// The court of *the judges*, the council or team of *its members*, met
    /// before.
    pub(super) fn bench(&self, noun: &str) -> Option<usize> {
        let bodies: &[&str] = match noun {
            "judge" | "prosecutor" | "registrar" | "justice" | "bench" => &["court", "tribunal"],
            "member" => &["council", "committee", "commission", "team", "panel", "board"],
            _ => return None,
        };
        bodies.iter().find_map(|it| self.memory.same_noun(it))
    }

    /// *The mediators*, *observers*: the only one with that part in the pack.
    pub(super) fn by_role(&self, noun: &str) -> Option<usize> {
        let role = match noun {
            "mediator" | "broker" | "facilitator" => Role::Mediator,
            "monitor" | "observer" | "verifier" => Role::Monitor,
            "peacekeeper" => Role::Peacekeeper,
            "guarantor" => Role::Guarantor,
            _ => return None,
        };
        let agreement = self.agreement?;
        let mut found = agreement.actors.iter().filter(|it| it.roles.contains(&role));
        let first = found.next()?;
        let side = agreement.side_of(&first.id);
        let one = found.all(|it| agreement.side_of(&it.id) == side);
        one.then(|| self.by_id.get(&first.id).copied()).flatten()
    }

    /// *Its*, *his*, *their* before an office.
    pub(super) fn possessor(&self, scene: &Scene<'_>, whole: usize, from: usize) -> Option<usize> {
        let wanted = (whole..from).find_map(|it| match scene.ctx.word(it) {
            "its" => Some(Wanted::Thing),
            "their" => Some(Wanted::Several),
            "his" => Some(Wanted::Person(Gender::Male)),
            "her" => Some(Wanted::Person(Gender::Female)),
            _ => None,
        })?;
        self.memory.pronoun(wanted, scene.place(whole))
    }

    /// *of Northland*, *for the Northland authorities*, *in Northland* after
    /// an office.
    pub(super) fn owner_after(&self, scene: &Scene<'_>, office: &Office, to: usize) -> Option<usize> {
        let ctx = scene.ctx;
        // "A letter to the mission" is not the mission's.
        let joins = match office.class {
            OfficeClass::Paper => matches!(ctx.word(to + 1), "of" | "from" | "by"),
            _ => matches!(ctx.word(to + 1), "of" | "for" | "in" | "at" | "from" | "with" | "to"),
        };
        // "Gunmen loyal to the League", "fighters belonging to it".
        let loyal = matches!(ctx.word(to + 1), "loyal" | "belonging" | "answering" | "faithful")
            && ctx.word(to + 2) == "to";
        if !joins && !loyal {
            return None;
        }
        for at in to + 2 + usize::from(loyal)..(to + 2 + OWNER_WORDS_MAX).min(ctx.lower.len()) {
            if let Some(hit) = scene.covered[at] {
                return Some(scene.hits[hit].entity);
            }
            match ctx.word(at) {
                "its" => return self.memory.pronoun(Wanted::Thing, scene.place(at)),
                "their" => return self.memory.pronoun(Wanted::Several, scene.place(at)),
                "the" | "a" | "an" | "of" | "for" | "and" | "in" | "'s" => {}
                // "A member of the team": the team met before.
                word if matches!(ctx.word(at - 1), "the" | "that" | "this")
                    && !matches!(word, "government" | "ministry")
                    && office_at(&ctx.lower, at).is_some() =>
                {
                    if let Some(entity) = self.memory.same_noun(&ctx.lemma_or_word(at)) {
                        return Some(entity);
                    }
                }
                _ if scene.in_chunk(at) => {}
                _ => return None,
            }
        }
        None
    }

    /// Who wrote a paper: *a letter handed over by the envoys of Northland*,
    /// *a note from Northland*, *a statement signed by its minister*.
    pub(super) fn author_after(&self, scene: &Scene<'_>, to: usize) -> Option<usize> {
        let ctx = scene.ctx;
        let end = (to + 1 + AUTHOR_WORDS_MAX).min(ctx.lower.len());
        let from = (to + 1..end)
            .take_while(|it| !matches!(ctx.word(*it), "," | ";" | ":" | "." | "that" | "which"))
            .find(|it| matches!(ctx.word(*it), "by" | "from"))?;
        (from + 1..(from + 1 + OWNER_WORDS_MAX).min(ctx.lower.len()))
            .take_while(|it| !matches!(ctx.word(*it), ";" | ":" | "." | "to"))
            .find_map(|it| scene.covered[it])
            .map(|it| scene.hits[it].entity)
    }

    /// *The group*, *the fighters*: the armed group spoken of last, also where
    /// only its adjective was printed; else an organisation.
    fn armed_or_other_group(&self, scene: &Scene<'_>, noun: &str) -> Option<usize> {
        let armed =
            |it: usize| matches!(self.entities[it].kind, ActorKind::ArmedGroup | ActorKind::DeFactoAuthority);
        let of_side = |it: usize| {
            let side = self.entities[it].side.as_ref()?;
            self.by_id.get(side).copied()
        };
        let fighting = is_fighter(noun);
        self.memory.best(scene.number, |seen| {
            let entity = if armed(seen.entity) {
                Some(seen.entity)
            } else {
                of_side(seen.entity).filter(|it| armed(*it))
            };
            match entity {
                Some(it) => Some((it, 8)),
                None if fighting => None,
                None => {
                    let body = matches!(
                        self.entities[seen.entity].kind,
                        ActorKind::Organisation | ActorKind::Mission
                    );
                    (body && !seen.modifier).then_some((seen.entity, 0))
                }
            }
        })
    }

    /// *The ministry*, *the group*, *the official*: the one met before.
    pub(super) fn description(&self, scene: &Scene<'_>, office: &Office, noun: &str) -> Option<usize> {
        let public = |it: &usize| self.entities[*it].kind == ActorKind::Public;
        let same =
            self.memory.same_noun(noun).filter(|it| office.class == OfficeClass::Public || !public(it));
        // A paper is the one spoken of last, not one of an earlier page.
        let same = match office.class {
            OfficeClass::Paper => same.filter(|_| self.memory.is_near(noun, scene.number)),
            _ => same,
        };
        if same.is_some() {
            return same;
        }
        match office.class {
            OfficeClass::Person if is_anaphoric(noun) => {
                self.memory.of_kind(&[ActorKind::Person], scene.number)
            }
            _ if matches!(noun, "agency" | "charity" | "organisation" | "organization" | "body") => {
                self.memory.of_kind(&[ActorKind::Organisation, ActorKind::Mission], scene.number)
            }
            OfficeClass::Group => self.armed_or_other_group(scene, noun),
            OfficeClass::Force if is_fighter(noun) => self.armed_or_other_group(scene, noun),
            OfficeClass::Paper => self.memory.speaker(),
            _ => None,
        }
    }

    /// Whose *government*, *army*, *official* is meant where nothing beside
    /// the word says so. An actor of the pack whose name ends in the word, if
    /// it is the only one; for offices only states have, the only state among
    /// the parties; else, for definite ones, the side that spoke last or the
    /// state spoken of last.
    pub(super) fn pack_owner(
        &self,
        scene: &Scene<'_>,
        whole: usize,
        to: usize,
        office: &Office,
        definite: bool,
    ) -> Option<usize> {
        let bodies: Vec<&str> = (whole..=to)
            .map(|it| scene.ctx.word(it))
            .filter(|it| {
                matches!(
                    *it,
                    "government"
                        | "army"
                        | "military"
                        | "navy"
                        | "regime"
                        | "rebel"
                        | "militia"
                        | "opposition"
                        | "president"
                        | "premier"
                        | "king"
                        | "emir"
                        | "chancellor"
                )
            })
            .collect();
        // "Defence ministry officials", "the coastguard": names of the pack that
        // end so.
        let from = whole + usize::from(matches!(scene.ctx.word(whole), "the" | "a" | "an" | "some"));
        let tails: Vec<String> = (from..=to)
            .map(|end| (from..=end).map(|it| scene.ctx.word(it)).collect::<Vec<_>>().join(" "))
            .collect();
        let is_tail = |name: &str| {
            tails.iter().any(|it| name.strip_suffix(&**it).is_some_and(|rest| rest.ends_with(' ')))
        };
        if let Some(agreement) = self.agreement {
            let mut ending: Vec<ActorId> = Vec::new();
            for (number, actor) in agreement.actors.iter().enumerate() {
                let side = agreement.side_of(&actor.id);
                if self.pack_lower[number].iter().any(|it| is_tail(it)) && !ending.contains(&side) {
                    ending.push(side);
                }
            }
            if let [side] = &ending[..] {
                return self.by_id.get(side).copied();
            }
            let mut sides: Vec<ActorId> = Vec::new();
            for (number, actor) in agreement.actors.iter().enumerate() {
                let named = self.pack_lower[number].iter().any(|name| {
                    let bare = name.strip_prefix("the ").filter(|it| !it.contains(' '));
                    name.split(' ').any(|it| bodies.contains(&it.trim_end_matches('s')))
                        || is_tail(name)
                        || bare.is_some_and(|it| (whole..=to).any(|at| scene.ctx.word(at) == it))
                });
                let side = agreement.side_of(&actor.id);
                if named && !sides.contains(&side) {
                    sides.push(side);
                }
            }
            if let [side] = &sides[..] {
                return self.by_id.get(side).copied();
            }
            if is_of_state(&office.suffix) || (whole..=to).any(|it| is_of_state(scene.ctx.word(it))) {
                let states = self.states(is_bound);
                if let ([state], true) = (&states[..], definite) {
                    return self.by_id.get(*state).copied();
                }
            }
        }
        let owns = matches!(office.class, OfficeClass::Body | OfficeClass::Person | OfficeClass::Force);
        if !(owns && definite) {
            return None;
        }
        let powers = [ActorKind::State, ActorKind::DeFactoAuthority];
        let speaker = self.memory.speaker().filter(|it| {
            !matches!(
                self.entities[*it].kind,
                ActorKind::Public | ActorKind::Organisation | ActorKind::Mission
            )
        });
        let last = speaker.or_else(|| self.memory.of_kind(&powers, scene.number));
        let side = last.and_then(|it| self.entities[it].side.clone()).or_else(|| {
            // Of a war between one state and others, it is the state's.
            let states = self.states(|it| matches!(it, Role::Party | Role::Signatory));
            let of_state =
                is_of_state(&office.suffix) || (whole..=to).any(|it| is_of_state(scene.ctx.word(it)));
            match &states[..] {
                [state] if of_state => Some((*state).clone()),
                _ => None,
            }
        })?;
        self.by_id.get(&side).copied()
    }

    /// The states of the pack that have such a part in the agreement.
    fn states(&self, fits: impl Fn(Role) -> bool) -> Vec<&ActorId> {
        let all = self.agreement.iter().flat_map(|it| &it.actors);
        let states = all.filter(|it| it.kind == ActorKind::State && it.roles.iter().any(|it| fits(*it)));
        states.map(|it| &it.id).collect()
    }

    /// The body, office or force of an actor.
    pub(super) fn owned(
        &mut self,
        owner: usize,
        office: &Office,
        scene: &Scene<'_>,
        from: usize,
        to: usize,
    ) -> usize {
        let owner_entity = self.entities[owner].clone();
        let base = owner_entity.side.clone().unwrap_or_else(|| owner_entity.id.clone());
        let words: Vec<&str> = (from..=to).map(|it| scene.ctx.word(it)).collect();
        let tail = words.join(" ");
        if let Some(agreement) = self.agreement {
            let (id, ending) = (format!("{base}-{}", office.suffix), format!(" {tail}"));
            let known = (0..agreement.actors.len()).find(|it| {
                let actor = &agreement.actors[*it];
                agreement.side_of(&actor.id) == base
                    && (actor.id.as_str() == id
                        || self.pack_lower[*it].iter().any(|it| it.ends_with(&ending)))
            });
            if let Some(known) = known {
                return known;
            }
        }
        if matches!(&*office.suffix, "government" | "side" | "authorities" | "leadership" | "regime") {
            return self.by_id.get(&base).copied().unwrap_or(owner);
        }
        if office.class == OfficeClass::Civil {
            let hit = scene.hits.iter().rev().find(|it| it.last < from && it.last + 6 > from);
            let first = hit.map_or(from, |it| it.last + 1);
            let words = scene.ctx.span_of(first, to).of(scene.text).unwrap_or(&tail).to_owned();
            let id = format!("{base}-{}", register::slug(&words));
            return self.met(&id, Some(id.as_str().into()), ActorKind::Organisation, &words);
        }
        let name = format!("{} {tail}", owner_entity.name);
        self.met(&format!("{base}-{}", office.suffix), Some(base), kind_of(office), &name)
    }
}
