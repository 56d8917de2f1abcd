//! *Both sides*, *the two countries*, *the parties*: the parties of the pack,
//! one claim each.

use truce_model::{ActorId, ActorKind, Agreement, Role};

use truce_syntax::Upos;

use super::{Finder, Scene};
use crate::prepared::{ActorMention, MentionKind};

const SIDES: &str = include_str!("../../../../lexicon/groups.txt");

/// The parties whose conduct an agreement is about: party actors that are
/// their own side.
pub(super) fn parties(agreement: Option<&Agreement>) -> Vec<ActorId> {
    let Some(agreement) = agreement else { return Vec::new() };
    let mut out: Vec<ActorId> = Vec::new();
    for role in [Role::Party, Role::Signatory] {
        for actor in agreement.actors.iter().filter(|it| it.roles.contains(&role)) {
            let side = agreement.side_of(&actor.id);
            if actor.kind != ActorKind::Person && !out.contains(&side) {
                out.push(side);
            }
        }
        if out.len() >= 2 {
            break;
        }
    }
    out
}

/// How far after *both* its *and* may stand.
const PAIRED_WORDS: usize = 8;

impl Finder<'_> {
    /// A group at `at`; returns its last token.
    pub(super) fn group(&mut self, scene: &Scene<'_>, at: usize) -> Option<usize> {
        if let Some(last) = self.bare_group(scene, at) {
            return Some(last);
        }
        let next = group_end(scene, at)?;
        self.push_group(scene, at, next);
        Some(next)
    }

    /// "Officials on both sides", "envoys of the two governments": both speak.
    pub(super) fn people_of_group(&mut self, scene: &Scene<'_>, first: usize, last: usize) -> bool {
        let owned = matches!(scene.ctx.word(last + 1), "on" | "from" | "of" | "in" | "for");
        let group = owned && group_end(scene, last + 2).is_some();
        if group {
            self.push_group(scene, first, last);
        }
        group
    }

    /// *Both* standing alone: "promises broken by both", "both deny it".
    fn bare_group(&mut self, scene: &Scene<'_>, at: usize) -> Option<usize> {
        let ctx = scene.ctx;
        if !matches!(ctx.word(at), "both" | "neither")
            || self.parties.len() != 2
            || scene.covered[at].is_some()
        {
            return None;
        }
        let next = ctx.parsed.tokens.get(at + 1)?.upos;
        let alone = matches!(next, Upos::Verb | Upos::Aux | Upos::Punct | Upos::Adp | Upos::Part)
            && ctx.word(at + 1) != "of";
        // "both in Alder and in Brennick", "both by land and air"
        let paired = (at + 1..(at + PAIRED_WORDS).min(ctx.lower.len())).any(|it| ctx.word(it) == "and");
        if !alone || paired {
            return None;
        }
        self.push_group(scene, at, at);
        Some(at)
    }

    /// *They* where the sentence before, or this one before it, has both sides
    /// for its subject; whether it is so.
    pub(super) fn group_again(&mut self, scene: &Scene<'_>, at: usize) -> bool {
        let ctx = scene.ctx;
        if !matches!(ctx.word(at), "they" | "their" | "them") {
            return false;
        }
        let near = |it: &&ActorMention| it.sentence + 1 >= scene.number;
        let last =
            self.mentions.iter().rev().take_while(near).find(|it| {
                it.is_subject && (it.kind == MentionKind::Group || it.kind != MentionKind::Demonym)
            });
        let members = match last {
            Some(it) if it.kind == MentionKind::Group && !it.group.is_empty() => it.group.clone(),
            _ => return false,
        };
        self.mentions.push(ActorMention {
            span: ctx.span_of(at, at),
            sentence: scene.number,
            tokens: (at, at),
            head: at,
            actor: None,
            side: None,
            kind: MentionKind::Group,
            group: members,
            is_subject: scene.is_subject(at, at),
        });
        true
    }

    fn push_group(&mut self, scene: &Scene<'_>, at: usize, next: usize) {
        let ctx = scene.ctx;
        let members = self.parties.clone();
        self.mentions.push(ActorMention {
            span: ctx.span_of(at, next),
            sentence: scene.number,
            tokens: (at, next),
            head: next,
            actor: None,
            side: None,
            kind: MentionKind::Group,
            group: members,
            is_subject: scene.is_subject(at, next),
        });
    }
}

/// The last token of a group that begins at `at`: "both sides".
fn group_end(scene: &Scene<'_>, at: usize) -> Option<usize> {
    if at >= scene.ctx.lower.len() {
        return None;
    }
    let ctx = scene.ctx;
    let mut next = at;
    let quantity = match ctx.word(at) {
        "both" | "either" | "neither" | "each" | "all" => true,
        "the" | "these" | "those" => false,
        _ => return None,
    };
    next += 1;
    if matches!(ctx.word(next), "the" | "of") {
        next += 1;
    }
    let mut counted = quantity;
    if matches!(ctx.word(next), "two" | "both") {
        counted = true;
        next += 1;
    }
    if matches!(ctx.word(next), "warring" | "rival" | "conflicting" | "opposing" | "hostile" | "signatory") {
        counted = true;
        next += 1;
    }
    let noun = ctx.word(next);
    let known = SIDES
        .lines()
        .filter(|it| !it.starts_with('#'))
        .filter_map(|it| it.split_once('|'))
        .find(|it| it.0.trim() == noun)?;
    let alone = known.1.trim() == "alone";
    if !counted && !alone || scene.covered[at..=next].iter().any(Option::is_some) {
        return None;
    }
    Some(next)
}
