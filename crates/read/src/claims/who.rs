//! Whom a phrase means: actors of its head, its possessor, its demonym.

use truce_model::{ActorId, ActorKind, Agreement, PlaceMention, PlaceReading, Role};
use truce_syntax::Upos;

use super::clause::Tree;
use crate::prepared::{ActorMention, MentionKind, Prepared};

/// Looks actors up by words.
pub struct Who<'p, 'a> {
    prepared: &'p Prepared<'a>,
    agreement: Option<&'p Agreement>,
    places: &'p [PlaceMention],
}

/// Depth to which a phrase is searched for an actor.
const DEPTH_MAX: usize = 4;

impl<'p, 'a> Who<'p, 'a> {
    /// For one article.
    pub fn new(prepared: &'p Prepared<'a>, agreement: Option<&'p Agreement>) -> Who<'p, 'a> {
        Who { prepared, agreement, places: &[] }
    }

    /// The same, knowing the places named in the article: ground need not be
    /// called a village to be ground.
    pub fn with_places(self, places: &'p [PlaceMention]) -> Who<'p, 'a> {
        Who { places, ..self }
    }

    /// Whether what `token` names is of a class of the lexicon by what it is,
    /// whatever it is called: a town by its name, residents, an armed group, a
    /// mission of the pack.
    pub fn is_of_class(&self, class: &str, sentence: usize, tree: &Tree, token: usize) -> bool {
        if matches!(class, "ground" | "channel") {
            let span = tree.token(token).span;
            return self.places.iter().any(|it| {
                it.reading == PlaceReading::Literal && it.span.contains(span) && it.precision != "country"
            });
        }
        let Some(actor) = self.prepared.mention_at(sentence, token).and_then(|it| it.actor.as_ref()) else {
            return false;
        };
        let known = self.agreement.and_then(|it| it.actor(actor));
        let kind = known.or_else(|| self.prepared.actors.iter().find(|it| it.id == *actor)).map(|it| it.kind);
        let has = |roles: &[Role]| known.is_some_and(|it| it.roles.iter().any(|role| roles.contains(role)));
        let keeps_peace = has(&[Role::Peacekeeper, Role::Monitor]);
        match class {
            "civilian" => kind == Some(ActorKind::Public),
            "combatant" | "force" if keeps_peace => false,
            "combatant" => matches!(kind, Some(ActorKind::ArmedForce | ActorKind::ArmedGroup)),
            "party" => matches!(
                kind,
                Some(
                    ActorKind::State
                        | ActorKind::GovernmentBody
                        | ActorKind::ArmedForce
                        | ActorKind::ArmedGroup
                        | ActorKind::DeFactoAuthority
                )
            ),
            "force" => {
                matches!(
                    kind,
                    Some(ActorKind::ArmedForce | ActorKind::ArmedGroup | ActorKind::DeFactoAuthority)
                )
            }
            "monitor" | "monitorcore" => {
                kind == Some(ActorKind::Mission) || has(&[Role::Monitor, Role::Peacekeeper])
            }
            "guarantor" => {
                kind == Some(ActorKind::Mission)
                    || has(&[Role::Guarantor, Role::Mediator, Role::Monitor, Role::Peacekeeper])
            }
            _ => false,
        }
    }

    /// The kind of an actor, of the pack or met in the article.
    pub fn kind(&self, actor: &ActorId) -> Option<ActorKind> {
        let known = self.agreement.and_then(|it| it.actor(actor));
        known.or_else(|| self.prepared.actors.iter().find(|it| it.id == *actor)).map(|it| it.kind)
    }

    /// Whether there is a pack at all.
    pub fn has_pack(&self) -> bool {
        self.agreement.is_some()
    }

    /// Whether an actor is of a state that the pack does not know: it has its
    /// own wars.
    pub fn is_foreign(&self, actor: &ActorId) -> bool {
        let side = self.side(actor);
        self.has_pack() && !self.in_pack(&side) && self.kind(&side) == Some(ActorKind::State)
    }

    /// Whether the pack knows the actor.
    pub fn in_pack(&self, actor: &ActorId) -> bool {
        self.agreement.is_some_and(|it| it.actor(actor).is_some())
    }

    /// The lemmas of the sentence before, if it stands in the same or the
    /// previous paragraph.
    pub fn lemmas_before(&self, sentence: usize) -> Vec<&'p str> {
        let here = self.prepared.sentences.get(sentence);
        let before = sentence.checked_sub(1).and_then(|it| self.prepared.sentences.get(it));
        match (here, before) {
            (Some(here), Some(before)) if here.paragraph - before.paragraph <= 1 => {
                before.parsed.tokens.iter().map(|it| &*it.lemma).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The actor of the pack one of whose names is just this word ("army"
    /// in "army howitzers", "protesters").
    fn named(&self, tree: &Tree, token: usize) -> Option<ActorId> {
        let word = self.word(tree.token(token).span).to_lowercase();
        if word.len() < 3 {
            return None;
        }
        let mut found = self.agreement?.actors.iter().filter(|it| {
            it.names.iter().any(|name| {
                let name = name.to_lowercase();
                name.strip_prefix("the ").unwrap_or(&name) == word
            })
        });
        let first = found.next()?;
        found.next().is_none().then(|| first.id.clone())
    }

    /// The words at a span.
    pub fn word(&self, span: truce_model::Span) -> &'a str {
        self.prepared.article.words(span)
    }

    /// The actors that the phrases headed by `tokens` mean, without repeats.
    pub fn of_tokens(&self, tree: &Tree, sentence: usize, tokens: &[usize]) -> Vec<ActorId> {
        let mut out: Vec<ActorId> = Vec::new();
        for &token in tokens {
            for actor in self.of_token(tree, sentence, token, 0) {
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
        out
    }

    /// Who the phrases headed by `tokens` mean as people who can speak: also
    /// those who answer to nobody (medics, residents).
    pub fn speakers_of(&self, tree: &Tree, sentence: usize, tokens: &[usize]) -> Vec<ActorId> {
        let found = self.of_tokens(tree, sentence, tokens);
        if !found.is_empty() {
            return found;
        }
        let mentions = tokens.iter().filter_map(|it| self.prepared.mention_at(sentence, *it));
        mentions.filter_map(|it| it.actor.clone()).collect()
    }

    /// The mention a token belongs to, if it means somebody.
    pub fn mention(&self, sentence: usize, token: usize) -> Option<&'p ActorMention> {
        self.prepared.mention_at(sentence, token).filter(|it| it.actor.is_some() || !it.group.is_empty())
    }

    fn of_token(&self, tree: &Tree, sentence: usize, token: usize, depth: usize) -> Vec<ActorId> {
        if let Some(mention) = self.prepared.mention_at(sentence, token) {
            let nameless_group = mention.kind == MentionKind::Group && mention.group.is_empty();
            let parties = self.parties();
            if nameless_group && mention.actor.is_none() && parties.len() == 2 {
                return parties;
            }
        }
        if let Some(mention) = self.mention(sentence, token) {
            if self.can_answer(mention) {
                let mut found = members(mention);
                for other in self.joined_before(tree, sentence, mention) {
                    if !found.contains(&other) {
                        found.push(other);
                    }
                }
                return found;
            }
            if let Some(actor) = self.named(tree, token) {
                return vec![actor];
            }
            if mention.head != token {
                return Vec::new();
            }
        } else if let Some(actor) = self.named(tree, token) {
            return vec![actor];
        }
        if depth >= DEPTH_MAX {
            return Vec::new();
        }
        // What explains a noun names it better than its possessor: "its foe,
        // the League"; then "Northland's jets", "Northland artillery", "its men".
        let explained = tree.dependents(token, &["appos", "flat"]);
        let possessed = tree
            .dependents(token, &["nmod", "compound", "amod", "det"])
            .filter(|it| tree.token(*it).deprel.as_str() != "nmod");
        for child in explained.chain(possessed) {
            if tree.token(child).upos != Upos::Verb {
                let found = self.of_token(tree, sentence, child, depth + 1);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        // "fighters of the League", "none of its men", "positions of the
        // League"; not "road to Alder", "attack on Rivermark".
        let agentive =
            matches!(tree.token(token).upos, Upos::Noun | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det);
        if agentive {
            for child in tree.dependents(token, &["nmod"]) {
                if matches!(tree.preposition(child), Some("of" | "from" | "by" | "among")) {
                    let found = self.of_token(tree, sentence, child, depth + 1);
                    if !found.is_empty() {
                        return found;
                    }
                }
            }
        }
        Vec::new()
    }

    /// "Eritrean and Amhara forces": adjectives joined to the one that says
    /// whose the forces are.
    fn joined_before(&self, tree: &Tree, sentence: usize, mention: &ActorMention) -> Vec<ActorId> {
        let mut out = Vec::new();
        let several = mention.tokens.0 < mention.head;
        let mut first = mention.tokens.0;
        while several && first >= 2 && matches!(tree.lemma(first - 1), "and" | "," | "or") {
            let before = self.prepared.mention_at(sentence, first - 2).filter(|it| {
                it.tokens == (first - 2, first - 2)
                    && tree.token(first - 2).upos == Upos::Adj
                    && it.actor.is_some()
                    && it.head == first - 2
            });
            let Some(before) = before else { break };
            out.extend(before.actor.clone());
            first -= 2;
        }
        out
    }

    /// Whether a mention can be held to an obligation: an actor of the pack,
    /// somebody with a side, or a name; not "people", "tanks", "houses".
    fn can_answer(&self, mention: &ActorMention) -> bool {
        if !mention.group.is_empty() {
            return true;
        }
        let Some(actor) = &mention.actor else { return false };
        if self.agreement.is_some_and(|it| it.actor(actor).is_some()) {
            return true;
        }
        let met = self.prepared.actors.iter().find(|it| it.id == *actor);
        // A private person, a bare weapon or crowd answers for no obligation.
        let private = met.is_some_and(|it| {
            let person = match it.kind {
                truce_model::ActorKind::Person => true,
                truce_model::ActorKind::Public => mention.kind == MentionKind::Name,
                _ => false,
            };
            person && it.side.as_ref().is_none_or(|side| side == actor)
        });
        match mention.kind {
            _ if private => false,
            MentionKind::Nominal => mention.side.as_ref().is_some_and(|it| it != actor),
            _ => true,
        }
    }

    /// Whose conduct the actor's counts as.
    pub fn side(&self, actor: &ActorId) -> ActorId {
        if let Some(side) = self.agreement.and_then(|it| it.actor(actor)).map(|it| it.side.clone()) {
            return side.unwrap_or_else(|| actor.clone());
        }
        let met = self.prepared.actors.iter().find(|it| it.id == *actor);
        met.and_then(|it| it.side.clone()).unwrap_or_else(|| actor.clone())
    }

    /// Whether the actor or anybody of its side is a party to the agreement
    /// or bears arms in it: such a speaker's tale of the other's act is a
    /// charge (codebook, settled case 16).
    pub fn is_party(&self, actor: &ActorId) -> bool {
        use truce_model::ActorKind::{ArmedForce, ArmedGroup, DeFactoAuthority};
        let Some(agreement) = self.agreement else { return false };
        let side = self.side(actor);
        agreement.actors.iter().any(|it| {
            let same = it.id == *actor || it.id == side || it.side.as_ref() == Some(&side);
            let party = it.roles.contains(&Role::Party);
            let armed = matches!(it.kind, ArmedGroup | DeFactoAuthority)
                || (it.kind == ArmedForce && !it.roles.contains(&Role::Peacekeeper));
            same && (party || armed)
        })
    }

    /// Whether the actor or its side has forces of its own: a state, an armed
    /// group, a coalition.
    pub fn bears_arms(&self, actor: &ActorId) -> bool {
        let side = self.side(actor);
        [actor, &side].into_iter().any(|it| {
            matches!(
                self.kind(it),
                Some(
                    ActorKind::State
                        | ActorKind::ArmedForce
                        | ActorKind::ArmedGroup
                        | ActorKind::DeFactoAuthority
                )
            ) || self.agreement.and_then(|pack| pack.actor(it)).is_some_and(|it| {
                it.names.iter().any(|name| {
                    ["coalition", "alliance"].iter().any(|word| name.to_lowercase().contains(*word))
                })
            })
        })
    }

    /// Whether the actor or its side is one of those the agreement is about:
    /// a party, a signatory, a guarantor, or somebody who bears arms there.
    pub fn in_conflict(&self, actor: &ActorId) -> bool {
        let Some(agreement) = self.agreement else { return false };
        let side = self.side(actor);
        agreement.actors.iter().any(|it| {
            let same = it.id == *actor || it.id == side;
            same && (it.roles.iter().any(|it| matches!(it, Role::Party | Role::Signatory | Role::Guarantor))
                || matches!(
                    it.kind,
                    ActorKind::ArmedForce | ActorKind::ArmedGroup | ActorKind::DeFactoAuthority
                ))
        })
    }

    /// Whether the words at `span` mean the parties together.
    pub fn is_group(&self, span: truce_model::Span) -> bool {
        self.prepared.mentions.iter().any(|it| it.span == span && it.kind == MentionKind::Group)
    }

    /// Whether a sentence names a country the agreement does not know and
    /// nobody of the agreement: it tells of another war.
    pub fn is_elsewhere(&self, sentence: usize) -> bool {
        let named: Vec<&ActorId> = self
            .prepared
            .mentions_in(sentence)
            .iter()
            .filter(|it| matches!(it.kind, MentionKind::Name | MentionKind::Demonym))
            .filter_map(|it| it.actor.as_ref())
            .collect();
        let foreign =
            |it: &&&ActorId| !self.in_pack(&self.side(it)) && self.kind(it) == Some(ActorKind::State);
        named.iter().any(|it| foreign(&it)) && !named.iter().any(|it| self.in_pack(it))
    }

    /// Whether the actor or its side mediates, guarantees, watches or keeps the
    /// agreement.
    pub fn is_guard(&self, actor: &ActorId) -> bool {
        let side = self.side(actor);
        let known = |it: &ActorId| self.agreement.and_then(|pack| pack.actor(it));
        let of_side =
            self.agreement.iter().flat_map(|it| &it.actors).filter(|it| it.side.as_ref() == Some(&side));
        known(actor).into_iter().chain(known(&side)).chain(of_side).any(|it| {
            it.kind == ActorKind::Mission
                || it.roles.iter().any(|it| {
                    matches!(it, Role::Guarantor | Role::Mediator | Role::Monitor | Role::Peacekeeper)
                })
        })
    }

    /// The actor mentioned last, up to `reach` sentences before `sentence`,
    /// that `fits`.
    pub fn last_named(
        &self,
        sentence: usize,
        reach: usize,
        fits: impl Fn(&ActorId) -> bool,
    ) -> Option<ActorId> {
        (sentence.saturating_sub(reach)..sentence).rev().find_map(|it| {
            let mentions = self.prepared.mentions_in(it).iter().filter(|it| it.kind != MentionKind::Pronoun);
            let named: Vec<&ActorId> = mentions.filter_map(|it| it.actor.as_ref()).collect();
            named.into_iter().find(|it| fits(it)).cloned()
        })
    }

    /// The sides that are parties, in the pack's order.
    pub fn parties(&self) -> Vec<ActorId> {
        let mut out: Vec<ActorId> = Vec::new();
        for actor in self.agreement.iter().flat_map(|it| &it.actors) {
            if actor.roles.contains(&Role::Party) {
                let side = self.side(&actor.id);
                if !out.contains(&side) {
                    out.push(side);
                }
            }
        }
        out
    }
}

/// The actor of a mention, or the members of a group.
pub fn members(mention: &ActorMention) -> Vec<ActorId> {
    if mention.group.is_empty() { mention.actor.iter().cloned().collect() } else { mention.group.clone() }
}

impl Who<'_, '_> {
    /// First day of the agreement, `YYYY-MM-DD`: what happened before it is
    /// background.
    pub fn agreement_start(&self) -> Option<String> {
        let agreement = self.agreement?;
        agreement.in_force.as_ref().or(Some(&agreement.signed)).and_then(|it| it.days().0)
    }
}
