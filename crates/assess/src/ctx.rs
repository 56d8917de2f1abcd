//! The claims of all articles, with what assessing asks of them.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use truce_model::{
    Actor, ActorId, Agreement, Article, ArticleId, Claim, Edtf, Evidence, Lineage, PlaceId, Reading, Reuse,
    Stance,
};

use crate::origins::Origins;
use crate::same::{self, Fit};

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
    compared: Compared,
}

/// What is compared again and again, worked out once.
struct Compared {
    /// First and last day of the conduct, each if it is known.
    days: Option<(Option<String>, Option<String>)>,
    narrow: bool,
    /// Publication, as days since 1970.
    published: Option<(i64, i64)>,
    place: Option<String>,
    words: OnceCell<BTreeSet<String>>,
}

impl Compared {
    fn new(claim: &Claim, article: &Article) -> Compared {
        Compared {
            days: claim.time.as_ref().map(|it| it.value.days()),
            narrow: claim.time.as_ref().is_some_and(same::is_narrow),
            published: article.published.value.as_ref().and_then(crate::period::days),
            place: claim.place.as_ref().map(|it| it.words.exact().trim().to_lowercase()),
            words: OnceCell::new(),
        }
    }
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

    /// Whether its date is narrow enough to tell one act from the next.
    pub fn is_narrow(&self) -> bool {
        self.compared.narrow
    }

    /// Whether the two may be of one day.
    pub fn dates(&self, other: &Item<'_>) -> Fit {
        let (Some(a), Some(b)) = (&self.compared.days, &other.compared.days) else { return Fit::Unknown };
        if same::days_meet(a, b) { Fit::Meets } else { Fit::Apart }
    }

    /// Whether their reports appeared no more than `days` apart.
    pub fn published_within(&self, other: &Item<'_>, days: i64) -> bool {
        same::days_within(self.compared.published, other.compared.published, days)
    }

    /// The words of its evidence in lower case.
    pub fn words(&self) -> &BTreeSet<String> {
        self.compared.words.get_or_init(|| {
            let printed = self.claim.evidence.iter().map(Evidence::exact);
            printed
                .flat_map(|it| it.split(|it: char| !it.is_alphanumeric()))
                .filter(|it| !it.is_empty())
                .map(str::to_lowercase)
                .collect()
        })
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
    /// Every place of the pack with those that hold it, itself among them.
    holders: BTreeMap<&'a PlaceId, BTreeSet<&'a PlaceId>>,
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
                compared: Compared::new(claim, article),
            }));
            items[from..].sort_by(|a, b| (a.start(), &a.claim.id).cmp(&(b.start(), &b.claim.id)));
        }
        let mut actors: BTreeMap<&ActorId, &Actor> = BTreeMap::new();
        let met = articles.iter().flat_map(|it| &it.1.actors);
        for actor in agreement.actors.iter().chain(met) {
            actors.entry(&actor.id).or_insert(actor);
        }
        Ctx { agreement, articles, items, origins, actors, holders: same::holders(agreement) }
    }

    /// Whether two claims may be about one place.
    pub fn places(&self, a: &Item<'_>, b: &Item<'_>) -> Fit {
        let (Some(x), Some(y)) = (&a.claim.place, &b.claim.place) else { return Fit::Unknown };
        let same_name = a.compared.place == b.compared.place;
        same::places_fit(&self.holders, x.id.as_ref(), y.id.as_ref(), same_name)
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
