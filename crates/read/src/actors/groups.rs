//! *Both sides*, *the two countries*, *the parties*: the parties of the pack,
//! one claim each.

use truce_model::{ActorId, ActorKind, Agreement, Role};

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

impl Finder<'_> {
    /// A group at `at`; returns its last token.
    pub(super) fn group(&mut self, scene: &Scene<'_>, at: usize) -> Option<usize> {
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
        if matches!(
            ctx.word(next),
            "warring" | "rival" | "conflicting" | "opposing" | "hostile" | "signatory"
        ) {
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
        });
        Some(next)
    }
}
