//! From the model to the written form: bytes become code points, ids text.

use std::collections::BTreeMap;

use serde::Serialize;
use truce_model as model;
use truce_model::{ArticleId, Evidence, Span};
use truce_text::CodePoints;

use crate::*;

/// What a record is made of.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// Who makes it.
    pub made_by: &'a MadeBy,
    /// What the reports were read against.
    pub agreement: Option<&'a model::Agreement>,
    /// The reports with what was read in them.
    pub articles: &'a [(model::Article, model::Reading)],
    /// Reused passages.
    pub reuse: &'a [model::Reuse],
    /// Lineages.
    pub lineages: &'a [model::Lineage],
    /// Incidents and findings.
    pub assessment: &'a model::Assessment,
    /// What other stages could not do. Those of readings and of the
    /// assessment are added to them.
    pub problems: &'a [model::Problem],
}

/// Writes a record and seals it. Everything is sorted here, so that neither
/// the order of the input nor that of the stages' output shows.
pub fn from_model(parts: Parts<'_>) -> Record {
    let ctx = Ctx::new(parts.articles.iter().map(|(article, _)| article));
    let mut articles: Vec<&(model::Article, model::Reading)> = parts.articles.iter().collect();
    articles.sort_by(|a, b| a.0.id.cmp(&b.0.id));

    let mut lineages: Vec<Lineage> = parts.lineages.iter().map(|it| ctx.lineage(it)).collect();
    lineages.sort_by(|a, b| a.id.cmp(&b.id));
    let mut carried: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for lineage in &lineages {
        for article in &lineage.articles {
            carried.entry(article.clone()).or_default().push(lineage.id.clone());
        }
    }
    let mut reuse: Vec<Reuse> = parts.reuse.iter().map(|it| ctx.reuse(it)).collect();
    let place = |it: &Cited| (it.article.clone(), it.start, it.end);
    reuse.sort_by_key(|it| (place(&it.a), place(&it.b), it.kind.clone()));

    let mut incidents: Vec<Incident> = parts.assessment.incidents.iter().map(incident).collect();
    incidents.sort_by(|a, b| a.id.cmp(&b.id));
    let findings = parts.assessment.findings.iter().map(finding).collect();

    let mut problems: Vec<Problem> = parts.problems.iter().map(|it| ctx.problem(it)).collect();
    problems.extend(parts.assessment.problems.iter().map(|it| ctx.problem(it)));
    for (_, reading) in &articles {
        problems.extend(reading.problems.iter().map(|it| ctx.problem(it)));
    }
    problems.sort();
    problems.dedup();

    let mut record = Record {
        actors: actors(parts.agreement, articles.iter().map(|it| &it.1)),
        agreement: parts.agreement.map(|it| AgreementRef { id: it.id.clone(), sha256: it.sha256.clone() }),
        articles: articles
            .iter()
            .map(|it| ctx.article(&it.0, &it.1, carried.remove(it.0.id.as_str())))
            .collect(),
        claims: articles.iter().flat_map(|it| ctx.claims(&it.1)).collect(),
        findings,
        format: FORMAT.to_owned(),
        incidents,
        ledger: Vec::new(),
        lineages,
        made_by: parts.made_by.clone(),
        problems,
        reuse,
        statements: articles.iter().flat_map(|it| ctx.statements(&it.1)).collect(),
    };
    seal(&mut record);
    record
}

/// What `trucewatch read` prints for one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadLine {
    /// The article.
    pub article: Article,
    /// What its statements do to obligations.
    pub claims: Vec<Claim>,
    /// Conduct as PLOVER types it.
    pub events: Vec<Event>,
    /// Mentions of places.
    pub places: Vec<PlaceMention>,
    /// Who says what.
    pub statements: Vec<Statement>,
    /// Expressions of time.
    pub times: Vec<TimeMention>,
}

impl ReadLine {
    /// Writes what was read in `article`.
    pub fn from_model(article: &model::Article, reading: &model::Reading) -> ReadLine {
        let ctx = Ctx::new([article]);
        let span = |it: Span| ctx.quote_of(article, it);
        let times = reading.times.iter().map(|it| {
            let Quote { start, end, exact } = span(it.span);
            TimeMention {
                anchor: it.anchor.into(),
                end,
                exact,
                grain: it.grain.into(),
                rule: it.rule.clone(),
                start,
                value: it.value.as_ref().map(ToString::to_string),
            }
        });
        let places = reading.places.iter().map(|it| {
            let Quote { start, end, exact } = span(it.span);
            PlaceMention {
                country: text(it.country.as_deref()),
                end,
                exact,
                id: it.id.as_ref().map(ToString::to_string),
                lat_e7: it.lat_lon_e7.map(|it| it.0),
                lon_e7: it.lat_lon_e7.map(|it| it.1),
                name: text(it.name.as_deref()),
                precision: it.precision.into(),
                reading: it.reading.as_str().into(),
                rule: it.rule.into(),
                start,
            }
        });
        let events = reading.events.iter().map(|it| {
            let Quote { start, end, exact } = span(it.span);
            Event {
                actor: it.actor.as_ref().map(ToString::to_string),
                end,
                exact,
                mode: text(it.mode),
                place: it.place.as_ref().map(ToString::to_string),
                recipient: it.recipient.as_ref().map(ToString::to_string),
                rule: it.rule.into(),
                start,
                status: it.status.as_str().into(),
                time: it.time.as_ref().map(ToString::to_string),
                plover: it.plover.into(),
            }
        });
        ReadLine {
            times: times.collect(),
            places: places.collect(),
            events: events.collect(),
            article: ctx.article(article, reading, None),
            claims: ctx.claims(reading),
            statements: ctx.statements(reading),
        }
    }
}

/// What `trucewatch trace` prints: one line per pair, then one per lineage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceLines {
    /// Reused passages.
    pub reuse: Vec<Reuse>,
    /// Lineages.
    pub lineages: Vec<Lineage>,
}

impl TraceLines {
    /// Writes what was traced among `articles`.
    pub fn from_model<'a>(
        articles: impl IntoIterator<Item = &'a model::Article>,
        reuse: &[model::Reuse],
        lineages: &[model::Lineage],
    ) -> TraceLines {
        let ctx = Ctx::new(articles);
        TraceLines {
            reuse: reuse.iter().map(|it| ctx.reuse(it)).collect(),
            lineages: lineages.iter().map(|it| ctx.lineage(it)).collect(),
        }
    }
}

/// Code-point indices of the articles' texts.
struct Ctx<'a> {
    index: BTreeMap<&'a ArticleId, CodePoints<'a>>,
}

impl<'a> Ctx<'a> {
    fn new(articles: impl IntoIterator<Item = &'a model::Article>) -> Ctx<'a> {
        Ctx { index: articles.into_iter().map(|it| (&it.id, CodePoints::new(&it.text))).collect() }
    }

    fn offsets(&self, article: &ArticleId, span: Span) -> (usize, usize) {
        let index = self.index.get(article).expect("stages cite only articles they were given");
        (index.at_byte(span.start as usize), index.at_byte(span.end as usize))
    }

    fn quote_of(&self, article: &model::Article, span: Span) -> Quote {
        let (start, end) = self.offsets(&article.id, span);
        Quote { end, exact: article.words(span).to_owned(), start }
    }

    fn quote(&self, it: &Evidence) -> Quote {
        let (start, end) = self.offsets(it.article(), it.span());
        Quote { end, exact: it.exact().to_owned(), start }
    }

    fn cited(&self, it: &Evidence) -> Cited {
        let Quote { end, exact, start } = self.quote(it);
        Cited { article: it.article().to_string(), end, exact, start }
    }

    fn article(
        &self,
        it: &model::Article,
        reading: &model::Reading,
        lineages: Option<Vec<String>>,
    ) -> Article {
        let id = it.id.to_string();
        let segment = |segment: &model::Segment| {
            let (start, end) = self.offsets(&it.id, segment.span);
            Segment { end, kind: segment.kind.as_str().into(), start }
        };
        Article {
            language: text(it.language.as_deref()),
            lineages: lineages.unwrap_or_default(),
            outlet: text(it.outlet.as_deref()),
            path: it.path.clone(),
            picture_credit: it.picture_credit.map(|span| self.quote_of(it, span)),
            published: Published {
                basis: it.published.basis.as_str().into(),
                evidence: it.published.evidence.map(|span| self.quote_of(it, span)),
                precision: it.published.precision.map(|it| it.as_str().into()),
                reason: text(Some(&it.published.reason)),
                value: it.published.value.as_ref().map(ToString::to_string),
            },
            read: ReadCounts { problems: reading.problems.len(), sentences: reading.sentences },
            segments: it.segments.iter().map(segment).collect(),
            sha256: it.sha256.clone(),
            text: it.text.to_string(),
            text_credit: it.text_credit.map(|span| self.quote_of(it, span)),
            title: text(it.title.as_deref()),
            url: text(it.url.as_deref()),
            id,
        }
    }

    fn statements(&self, reading: &model::Reading) -> Vec<Statement> {
        let mut sorted: Vec<&model::Statement> = reading.statements.iter().collect();
        sorted.sort_by(|a, b| (a.content.span(), &a.id).cmp(&(b.content.span(), &b.id)));
        sorted.into_iter().map(|it| self.statement(it)).collect()
    }

    fn statement(&self, it: &model::Statement) -> Statement {
        let words = it.source.words.as_ref().map(|it| self.quote(it));
        Statement {
            addressee: it.addressee.iter().map(ToString::to_string).collect(),
            article: it.content.article().to_string(),
            content: self.quote(&it.content),
            cue: it.cue.as_ref().map(|it| self.quote(it)),
            id: it.id.to_string(),
            mode: it.mode.as_str().into(),
            rule: it.rule.into(),
            source: Source {
                actor: it.source.actor.as_ref().map(ToString::to_string),
                chain: it.source.chain.iter().map(ToString::to_string).collect(),
                end: words.as_ref().map(|it| it.end),
                side: it.source.side.as_ref().map(ToString::to_string),
                start: words.as_ref().map(|it| it.start),
                text: words.map(|it| it.exact),
            },
        }
    }

    fn claims(&self, reading: &model::Reading) -> Vec<Claim> {
        let mut sorted: Vec<&model::Claim> = reading.claims.iter().collect();
        let at = |it: &model::Claim| it.evidence.first().map(Evidence::span);
        sorted.sort_by(|a, b| (at(a), &a.id).cmp(&(at(b), &b.id)));
        sorted.into_iter().map(|it| self.claim(it)).collect()
    }

    fn claim(&self, it: &model::Claim) -> Claim {
        let count = |it: &model::Count| Count {
            exact: it.words.exact().to_owned(),
            high: it.high,
            low: it.low,
            what: it.what.into(),
        };
        Claim {
            accused: it.accused.as_ref().map(ToString::to_string),
            article: it.article.to_string(),
            claimant: it.claimant.as_ref().map(ToString::to_string),
            counts: it.counts.iter().map(count).collect(),
            evidence: it.evidence.iter().map(|it| self.cited(it)).collect(),
            id: it.id.to_string(),
            kind: it.kind.map(|it| it.as_str().into()),
            label: it.label.as_ref().map(|it| self.quote(it)),
            place: it.place.as_ref().map(place),
            provisions: it.provisions.iter().map(ToString::to_string).collect(),
            rule: it.rule.into(),
            scope: it.scope.as_ref().map(|it| self.quote(it)),
            stance: it.stance.as_str().into(),
            statement: it.statement.as_ref().map(ToString::to_string),
            time: it.time.as_ref().map(time),
        }
    }

    fn reuse(&self, it: &model::Reuse) -> Reuse {
        let change = |it: &model::Change| Change {
            a: it.a.as_ref().map(|it| self.quote(it)),
            b: it.b.as_ref().map(|it| self.quote(it)),
            in_quotation: it.in_quotation,
        };
        Reuse {
            a: self.cited(&it.a),
            b: self.cited(&it.b),
            changes: it.changes.iter().map(change).collect(),
            kind: it.kind.as_str().into(),
        }
    }

    fn lineage(&self, it: &model::Lineage) -> Lineage {
        Lineage {
            agency: Agency { basis: text(Some(&it.agency_basis)), name: text(it.agency.as_deref()) },
            articles: it.articles.iter().map(ToString::to_string).collect(),
            id: it.id.to_string(),
            passages: it.passages.iter().map(|it| self.cited(it)).collect(),
        }
    }

    fn problem(&self, it: &model::Problem) -> Problem {
        let span = match (&it.article, it.span) {
            (Some(article), Some(span)) => Some(self.offsets(article, span)),
            _ => None,
        };
        Problem {
            article: it.article.as_ref().map(ToString::to_string),
            end: span.map(|it| it.1),
            stage: it.stage.into(),
            start: span.map(|it| it.0),
            what: it.what.clone(),
        }
    }
}

/// Unknown is `null`, never an empty string.
fn text(it: Option<&str>) -> Option<String> {
    it.filter(|it| !it.trim().is_empty()).map(str::to_owned)
}

fn time(it: &model::ClaimTime) -> Time {
    Time {
        exact: it.words.as_ref().map(|it| it.exact().to_owned()),
        rule: it.rule.clone(),
        value: it.value.to_string(),
    }
}

fn place(it: &model::ClaimPlace) -> Place {
    Place {
        exact: it.words.exact().to_owned(),
        id: it.id.as_ref().map(ToString::to_string),
        precision: it.precision.into(),
    }
}

fn incident(it: &model::Incident) -> Incident {
    let reply = |it: &model::Reply| Reply {
        claim: it.claim.to_string(),
        reason: it.reason.clone(),
        scope: it.scope.as_str().into(),
        to: it.to.to_string(),
    };
    Incident {
        accused: it.accused.as_ref().map(ToString::to_string),
        claimants: it.claimants.iter().map(ToString::to_string).collect(),
        claims: it.claims.iter().map(ToString::to_string).collect(),
        conflicts: it.conflicts.clone(),
        credibility: "F6".into(),
        id: it.id.to_string(),
        kind: it.kind.map(|it| it.as_str().into()),
        lineages: it.lineages.iter().map(ToString::to_string).collect(),
        origins: Origins { high: it.origins.1, low: it.origins.0 },
        place: it.place.as_ref().map(place),
        reasons: it.reasons.clone(),
        replies: it.replies.iter().map(reply).collect(),
        standing: it.standing.as_str().into(),
        time: it.time.as_ref().map(time),
    }
}

fn finding(it: &model::Finding) -> Finding {
    Finding {
        answers: it.answers.iter().map(ToString::to_string).collect(),
        articles_read: it.articles_read,
        charges: it.charges.iter().map(ToString::to_string).collect(),
        finding: it.finding.as_str().into(),
        period: it.period.as_ref().map(ToString::to_string),
        provision: it.provision.to_string(),
    }
}

/// Actors of the pack, then those met in readings that the pack lacks.
fn actors<'a>(
    agreement: Option<&'a model::Agreement>,
    readings: impl Iterator<Item = &'a model::Reading>,
) -> Vec<Actor> {
    let mut out: BTreeMap<String, Actor> = BTreeMap::new();
    let packed = agreement.map_or(&[][..], |it| &it.actors);
    for it in packed.iter().chain(readings.flat_map(|it| &it.actors)) {
        let new = || Actor {
            id: it.id.to_string(),
            kind: it.kind.as_str().into(),
            names: Vec::new(),
            side: it.side.as_ref().map(ToString::to_string),
        };
        let known = out.contains_key(it.id.as_str());
        let actor = out.entry(it.id.to_string()).or_insert_with(new);
        let in_pack = agreement.is_some_and(|agreement| agreement.actor(&it.id).is_some());
        if !known || !in_pack {
            actor.names.extend(it.names.iter().filter(|it| !it.trim().is_empty()).cloned());
        }
        if !in_pack {
            // Two reports may name somebody in two ways, read in any order.
            actor.names.sort();
            actor.names.dedup();
        }
    }
    out.into_values().collect()
}
