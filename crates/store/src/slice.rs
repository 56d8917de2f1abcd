//! Slices of the record: what a page shows, with everything it rests on.

use std::collections::{BTreeMap, BTreeSet};

use truce_record::{Actor, Claim, Finding, Incident, Record, Reuse, Statement};

use crate::db::with;
use crate::{ClaimFilter, Store, StoreError};

/// What a slice of the record is to hold.
#[derive(Clone, Debug, Default)]
pub struct Want {
    /// Claims by id.
    pub claims: Vec<String>,
    /// Articles by id.
    pub articles: Vec<String>,
    /// Whether all claims and statements of those articles too.
    pub whole_articles: bool,
    /// Incidents by id, with their claims and articles.
    pub incidents: Vec<String>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Shared passages.
    pub reuse: Vec<Reuse>,
}

impl Store {
    /// A part of the record, in the record's own form: everything that is
    /// named is there, and what it rests on.
    ///
    /// # Errors
    /// What the database says.
    pub fn slice(&self, want: Want) -> Result<Record, StoreError> {
        let mut incidents = Vec::new();
        for id in &want.incidents {
            incidents.extend(self.incidents_where("id = ?1", with![id])?.into_iter().map(|it| it.incident));
        }
        let mut claim_ids: BTreeSet<String> = want.claims.into_iter().collect();
        for it in &incidents {
            claim_ids.extend(it.claims.iter().cloned());
            claim_ids.extend(it.replies.iter().map(|it| it.claim.clone()));
        }
        for it in &want.findings {
            claim_ids.extend(it.answers.iter().cloned());
        }
        let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
        for id in &claim_ids {
            if let Some(row) = self.claim(id)? {
                let standing = row.standing.into_iter().find(|it| it.id == *id);
                claims.insert(id.clone(), standing.unwrap_or(row.proposed));
            }
        }
        let mut article_ids: BTreeSet<String> = want.articles.iter().cloned().collect();
        let mut statements = Vec::new();
        if want.whole_articles {
            for id in &want.articles {
                for row in self.claims_page(
                    &ClaimFilter { article: Some(id.clone()), ..ClaimFilter::default() },
                    0,
                    100_000,
                )? {
                    claims.extend(row.standing.into_iter().map(|it| (it.id.clone(), it)));
                }
                statements.extend(self.db.rows(
                    "SELECT json FROM statements WHERE article = ?1 ORDER BY n",
                    with![id],
                    |it| it.json(0),
                )?);
            }
        }
        article_ids.extend(claims.values().map(|it| it.article.clone()));
        article_ids.extend(want.reuse.iter().flat_map(|it| [it.a.article.clone(), it.b.article.clone()]));
        let mut articles = Vec::with_capacity(article_ids.len());
        for id in &article_ids {
            articles.extend(self.article(id)?);
        }
        let mut lineages = BTreeMap::new();
        let named =
            incidents.iter().flat_map(|it| &it.lineages).chain(articles.iter().flat_map(|it| &it.lineages));
        for id in named.collect::<BTreeSet<_>>() {
            if let Some(it) = self.lineage(id)? {
                lineages.insert(id.clone(), it);
            }
        }
        let mut claims: Vec<Claim> = claims.into_values().collect();
        claims.sort_by_key(|it| (it.article.clone(), it.evidence.first().map(|it| it.start), it.id.clone()));
        let actors = self.actors_of(&claims, &statements, &incidents)?;
        Ok(Record {
            actors,
            agreement: None,
            articles,
            claims,
            findings: want.findings,
            format: truce_record::FORMAT.to_owned(),
            incidents,
            ledger: Vec::new(),
            lineages: lineages.into_values().collect(),
            made_by: truce_record::MadeBy {
                models: Vec::new(),
                program: "trucewatch".into(),
                version: env!("CARGO_PKG_VERSION").into(),
            },
            problems: Vec::new(),
            reuse: want.reuse,
            statements,
        })
    }

    fn actors_of(
        &self,
        claims: &[Claim],
        statements: &[Statement],
        incidents: &[Incident],
    ) -> Result<Vec<Actor>, StoreError> {
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for it in claims {
            ids.extend([&it.claimant, &it.accused].into_iter().flatten().map(String::as_str));
        }
        ids.extend(statements.iter().filter_map(|it| it.source.actor.as_deref()));
        for it in incidents {
            ids.extend(it.accused.as_deref());
            ids.extend(it.claimants.iter().map(String::as_str));
        }
        let mut out: BTreeMap<String, Actor> = BTreeMap::new();
        for id in ids {
            if let Some(it) = self.actor(id)? {
                let side = it.side.clone().map(|it| self.actor(&it)).transpose()?.flatten();
                out.extend(side.map(|it| (it.id.clone(), it)));
                out.insert(it.id.clone(), it);
            }
        }
        Ok(out.into_values().collect())
    }
}
