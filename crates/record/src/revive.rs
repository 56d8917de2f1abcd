//! From the written form back to the model: what a desk kept is assessed
//! again beside what is new.
//!
//! Only what later stages ask for comes back: the article, its statements and
//! claims, and the actors met. Mentions of time and place, and events, are
//! read anew where they are needed.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex};

use truce_model as model;
use truce_model::{ActorId, ArticleId, Basis, CueClass, Edtf, Evidence, Precision, SegmentKind, Span};
use truce_text::CodePoints;

use crate::{Actor, Article, Cited, Claim, Quote, Statement};

/// What of a kept article no longer holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {what}")]
pub struct ReviveError {
    /// The item, by its id.
    pub at: String,
    /// What does not hold.
    pub what: &'static str,
}

/// Distinct words (names of rules, kinds of counts) that may come back.
const WORDS_MAX: usize = 4096;

/// Gives the words of a rule the life that the model asks for. There are as
/// many as there are rules, so what is kept for ever is small, and bounded.
fn for_ever(word: &str) -> &'static str {
    static WORDS: LazyLock<Mutex<BTreeSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut words = WORDS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    match words.get(word) {
        Some(known) => known,
        None if words.len() >= WORDS_MAX => "a rule of an earlier engine",
        None => {
            let kept: &'static str = Box::leak(word.to_owned().into_boxed_str());
            words.insert(kept);
            kept
        }
    }
}

/// Brings an article back.
///
/// # Errors
/// If an offset points beside its words, or a word is none of the codebook's.
pub fn article(it: &Article) -> Result<model::Article, ReviveError> {
    let place = Place { id: &it.id, text: &it.text, points: CodePoints::new(&it.text) };
    let quote =
        |it: &Option<Quote>| it.as_ref().map(|it| place.span(it.start, it.end, &it.exact)).transpose();
    let mut segments = Vec::with_capacity(it.segments.len());
    for segment in &it.segments {
        let kind = SegmentKind::ALL.into_iter().find(|kind| kind.as_str() == segment.kind);
        let kind = kind.ok_or_else(|| place.wrong("a kind of segment that is not in the codebook"))?;
        segments.push(model::Segment { kind, span: place.bytes(segment.start, segment.end)? });
    }
    let basis = [Basis::Stated, Basis::Inferred, Basis::Unknown];
    let fine = [Precision::Minute, Precision::Day, Precision::Month, Precision::Year, Precision::Interval];
    Ok(model::Article {
        id: ArticleId::from(it.id.as_str()),
        path: it.path.clone(),
        sha256: it.sha256.clone(),
        outlet: it.outlet.clone(),
        url: it.url.clone(),
        title: it.title.clone(),
        language: it.language.clone(),
        published: model::Published {
            value: place.edtf(it.published.value.as_deref())?,
            precision: it
                .published
                .precision
                .as_deref()
                .and_then(|word| fine.into_iter().find(|it| it.as_str() == word)),
            basis: basis
                .into_iter()
                .find(|known| known.as_str() == it.published.basis)
                .unwrap_or(Basis::Unknown),
            evidence: quote(&it.published.evidence)?,
            reason: it.published.reason.clone().unwrap_or_default(),
        },
        text: it.text.as_str().into(),
        segments,
        text_credit: quote(&it.text_credit)?,
        picture_credit: quote(&it.picture_credit)?,
    })
}

/// Brings back what was read in `article`.
///
/// # Errors
/// If an offset points beside its words, or a word is none of the codebook's.
pub fn reading(
    article: &model::Article,
    sentences: usize,
    statements: &[Statement],
    claims: &[Claim],
    actors: &[Actor],
) -> Result<model::Reading, ReviveError> {
    let id = article.id.to_string();
    let place = Place { id: &id, text: &article.text, points: CodePoints::new(&article.text) };
    let revive = Revive { article, place };
    Ok(model::Reading {
        statements: statements.iter().map(|it| revive.statement(it)).collect::<Result<_, _>>()?,
        claims: claims.iter().map(|it| revive.claim(it)).collect::<Result<_, _>>()?,
        actors: actors.iter().filter_map(actor).collect(),
        sentences,
        ..model::Reading::default()
    })
}

fn actor(it: &Actor) -> Option<model::Actor> {
    Some(model::Actor {
        id: ActorId::from(it.id.as_str()),
        kind: model::ActorKind::parse(&it.kind)?,
        side: it.side.as_deref().map(ActorId::from),
        names: it.names.clone(),
        roles: Vec::new(),
    })
}

struct Place<'a> {
    id: &'a str,
    text: &'a str,
    points: CodePoints<'a>,
}

impl Place<'_> {
    fn wrong(&self, what: &'static str) -> ReviveError {
        ReviveError { at: self.id.to_owned(), what }
    }

    fn bytes(&self, start: usize, end: usize) -> Result<Span, ReviveError> {
        match (self.points.to_byte(start), self.points.to_byte(end)) {
            (Some(start), Some(end)) if start <= end => Ok(Span::new(start, end)),
            _ => Err(self.wrong("an offset lies outside of the text")),
        }
    }

    fn span(&self, start: usize, end: usize, exact: &str) -> Result<Span, ReviveError> {
        let span = self.bytes(start, end)?;
        if span.of(self.text) != Some(exact) {
            return Err(self.wrong("the words are not where they are said to be"));
        }
        Ok(span)
    }

    fn edtf(&self, value: Option<&str>) -> Result<Option<Edtf>, ReviveError> {
        let Some(value) = value else { return Ok(None) };
        Edtf::new(value).map(Some).ok_or_else(|| self.wrong("a date that is no EDTF"))
    }
}

struct Revive<'a> {
    article: &'a model::Article,
    place: Place<'a>,
}

impl Revive<'_> {
    fn cite(&self, span: Span) -> Result<Evidence, ReviveError> {
        Evidence::cite(self.article, span).ok_or_else(|| self.place.wrong("evidence without words"))
    }

    fn quote(&self, it: &Quote) -> Result<Evidence, ReviveError> {
        self.cite(self.place.span(it.start, it.end, &it.exact)?)
    }

    fn cited(&self, it: &Cited) -> Result<Evidence, ReviveError> {
        if it.article != self.article.id.as_str() {
            return Err(self.place.wrong("evidence of another article"));
        }
        self.cite(self.place.span(it.start, it.end, &it.exact)?)
    }

    /// Words that the written form keeps without their place: the first in
    /// the claim's own evidence, else the first in the text.
    fn exact(&self, exact: &str, near: &[Evidence]) -> Result<Evidence, ReviveError> {
        let inside = near.iter().find_map(|it| Some((it.exact().find(exact)?, it.span().start as usize)));
        let at = inside.map(|(at, from)| from + at).or_else(|| self.article.text.find(exact));
        let at = at.ok_or_else(|| self.place.wrong("words that the text does not hold"))?;
        self.cite(Span::new(at, at + exact.len()))
    }

    fn statement(&self, it: &Statement) -> Result<model::Statement, ReviveError> {
        let words = match (&it.source.text, it.source.start, it.source.end) {
            (Some(text), Some(start), Some(end)) => Some(self.cite(self.place.span(start, end, text)?)?),
            _ => None,
        };
        Ok(model::Statement {
            id: it.id.as_str().into(),
            source: model::Source {
                words,
                actor: it.source.actor.as_deref().map(ActorId::from),
                side: it.source.side.as_deref().map(ActorId::from),
                chain: it.source.chain.iter().map(|it| ActorId::from(it.as_str())).collect(),
            },
            cue: it.cue.as_ref().map(|it| self.quote(it)).transpose()?,
            content: self.quote(&it.content)?,
            mode: model::Mode::parse(&it.mode)
                .ok_or_else(|| self.place.wrong("a mode that is not in the codebook"))?,
            addressee: it.addressee.iter().map(|it| ActorId::from(it.as_str())).collect(),
            // The written form does not keep it; stances were settled by it.
            cue_class: CueClass::Other,
            rule: for_ever(&it.rule),
        })
    }

    fn claim(&self, it: &Claim) -> Result<model::Claim, ReviveError> {
        let wrong = |what| ReviveError { at: it.id.clone(), what };
        let evidence: Vec<Evidence> =
            it.evidence.iter().map(|it| self.cited(it)).collect::<Result<_, _>>()?;
        if evidence.is_empty() {
            return Err(wrong("a claim without words"));
        }
        let kind = it
            .kind
            .as_deref()
            .map(|word| model::Kind::parse(word).ok_or_else(|| wrong("a kind that is not in the codebook")));
        let time = it.time.as_ref().map(|time| -> Result<_, ReviveError> {
            Ok(model::ClaimTime {
                value: Edtf::new(time.value.as_str()).ok_or_else(|| wrong("a date that is no EDTF"))?,
                words: time.exact.as_deref().map(|it| self.exact(it, &evidence)).transpose()?,
                rule: time.rule.clone(),
            })
        });
        let place = it.place.as_ref().map(|place| -> Result<_, ReviveError> {
            Ok(model::ClaimPlace {
                id: place.id.as_deref().map(Into::into),
                words: self.exact(&place.exact, &evidence)?,
                precision: for_ever(&place.precision),
            })
        });
        let count = |count: &crate::Count| -> Result<_, ReviveError> {
            Ok(model::Count {
                what: for_ever(&count.what),
                low: count.low,
                high: count.high,
                words: self.exact(&count.exact, &evidence)?,
            })
        };
        Ok(model::Claim {
            id: it.id.as_str().into(),
            article: self.article.id.clone(),
            statement: it.statement.as_deref().map(Into::into),
            stance: model::Stance::parse(&it.stance)
                .ok_or_else(|| wrong("a stance that is not in the codebook"))?,
            claimant: it.claimant.as_deref().map(ActorId::from),
            accused: it.accused.as_deref().map(ActorId::from),
            kind: kind.transpose()?,
            provisions: it.provisions.iter().map(|it| it.as_str().into()).collect(),
            time: time.transpose()?,
            place: place.transpose()?,
            label: it.label.as_ref().map(|it| self.quote(it)).transpose()?,
            scope: it.scope.as_ref().map(|it| self.quote(it)).transpose()?,
            counts: it.counts.iter().map(count).collect::<Result<_, _>>()?,
            evidence,
            rule: for_ever(&it.rule),
        })
    }
}
