//! The claims of all articles, with what assessing asks of them.

use std::collections::BTreeMap;

use truce_model::{
    Actor, ActorId, Agreement, Article, ArticleId, Claim, Edtf, Evidence, Lineage, Reading, Reuse, Stance,
};

use crate::origins::Origins;

/// A claim beside its article.
pub(crate) struct Item<'a> {
    pub claim: &'a Claim,
    pub article: &'a Article,
    /// Whose conduct it is about.
    pub accused: Option<ActorId>,
    /// For whom the claimant speaks.
    pub claimant: Option<ActorId>,
    /// Parts of text that carry its evidence; see [`Origins`].
    pub origin: usize,
}

impl Item<'_> {
    /// First byte of its first words.
    pub fn start(&self) -> u32 {
        self.claim.evidence.iter().map(|it| it.span().start).min().unwrap_or(0)
    }

    /// Whether it says of somebody that an act took place.
    pub fn is_charge(&self) -> bool {
        matches!(self.claim.stance, Stance::Alleges | Stance::Condemns | Stance::Reports)
            && self.claim.kind.is_some()
    }

    /// Whether it blames somebody named.
    pub fn is_accusation(&self) -> bool {
        matches!(self.claim.stance, Stance::Alleges | Stance::Condemns) && self.accused.is_some()
    }

    /// Whether it can answer a charge.
    pub fn is_answer(&self) -> bool {
        matches!(
            self.claim.stance,
            Stance::Denies | Stance::Acknowledges | Stance::Justifies | Stance::Credits
        ) && self.accused.is_some()
    }

    pub fn published(&self) -> Option<&Edtf> {
        self.article.published.value.as_ref()
    }
}

/// Everything the parts of this crate share.
pub(crate) struct Ctx<'a> {
    pub agreement: &'a Agreement,
    /// Sorted by article and position.
    pub articles: Vec<&'a (Article, Reading)>,
    /// Sorted by article, position and id.
    pub items: Vec<Item<'a>>,
    pub origins: Origins<'a>,
    /// Of the pack, and those met in the articles.
    pub actors: BTreeMap<&'a ActorId, &'a Actor>,
}

impl<'a> Ctx<'a> {
    pub fn new(
        agreement: &'a Agreement,
        articles: &'a [(Article, Reading)],
        reuse: &'a [Reuse],
        lineages: &'a [Lineage],
    ) -> Ctx<'a> {
        let mut articles: Vec<&(Article, Reading)> = articles.iter().collect();
        articles.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let mut sides: BTreeMap<&ActorId, ActorId> = BTreeMap::new();
        for actor in articles.iter().flat_map(|it| &it.1.actors) {
            if let Some(side) = &actor.side {
                sides.entry(&actor.id).or_insert_with(|| side.clone());
            }
        }
        for actor in &agreement.actors {
            sides.insert(&actor.id, agreement.side_of(&actor.id));
        }
        let side = |it: &ActorId| sides.get(it).cloned().unwrap_or_else(|| it.clone());
        let origins = Origins::new(articles.iter().map(|it| &it.0), reuse, lineages);
        let mut items: Vec<Item<'a>> = Vec::new();
        for (article, reading) in articles.iter().copied() {
            let from = items.len();
            items.extend(reading.claims.iter().map(|claim| Item {
                claim,
                article,
                accused: claim.accused.as_ref().map(side),
                claimant: claim.claimant.as_ref().map(side),
                origin: origins.of(&claim.evidence),
            }));
            items[from..].sort_by(|a, b| (a.start(), &a.claim.id).cmp(&(b.start(), &b.claim.id)));
        }
        let mut actors: BTreeMap<&ActorId, &Actor> = BTreeMap::new();
        let met = articles.iter().flat_map(|it| &it.1.actors);
        for actor in agreement.actors.iter().chain(met) {
            actors.entry(&actor.id).or_insert(actor);
        }
        Ctx { agreement, articles, items, origins, actors }
    }

    /// Index ranges of `items` by article.
    pub fn by_article(&self) -> Vec<std::ops::Range<usize>> {
        let mut out: Vec<std::ops::Range<usize>> = Vec::new();
        let mut last: Option<&ArticleId> = None;
        for (at, item) in self.items.iter().enumerate() {
            if last == Some(&item.article.id) {
                if let Some(range) = out.last_mut() {
                    range.end = at + 1;
                }
            } else {
                out.push(at..at + 1);
                last = Some(&item.article.id);
            }
        }
        out
    }
}

/// The words of the first evidence, for a reason.
pub(crate) fn words_of(evidence: &[Evidence]) -> &str {
    evidence.first().map_or("", Evidence::exact)
}
