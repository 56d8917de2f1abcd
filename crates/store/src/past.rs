//! Any past day's record again: a fold over the ledger up to that day.

use std::collections::{BTreeMap, BTreeSet};

use truce_ledger::Parsed;
use truce_model as model;
use truce_record::{Actor, Article, Claim, Statement, revive};

use crate::db::with;
use crate::decide::{Payload, standing};
use crate::intake::GONE;
use crate::journal::LedgerRow;
use crate::{Store, StoreError};

/// Ledger lines read at once.
const PAGE: usize = 10_000;

impl Store {
    /// How many entries the ledger had at the end of a day (`YYYY-MM-DD`) or
    /// at a moment (RFC 3339).
    ///
    /// # Errors
    /// If it is neither.
    pub fn entries_at(&self, moment: &str) -> Result<u64, StoreError> {
        let moment = if moment.len() == 10 { format!("{moment}T23:59:59Z") } else { moment.to_owned() };
        if moment.parse::<jiff::Timestamp>().is_err() {
            return Err(StoreError::refused(
                "give a day such as 2031-05-09, or a moment such as 2031-05-09T12:00:00Z",
            ));
        }
        Ok(self.db.number("SELECT COALESCE(MAX(seq) + 1, 0) FROM ledger WHERE at <= ?1", with![moment])?
            as u64)
    }

    /// Articles and claims as the first `entries` lines of the ledger leave
    /// them. Statements, which the ledger does not keep one by one, are those
    /// of the last reading.
    ///
    /// # Errors
    /// If the ledger's payloads are not what was written.
    pub fn as_of(&self, entries: u64) -> Result<Vec<(model::Article, model::Reading)>, StoreError> {
        let mut articles: BTreeMap<String, String> = BTreeMap::new();
        let mut proposals: BTreeMap<String, String> = BTreeMap::new();
        let mut gone: BTreeSet<String> = BTreeSet::new();
        let mut retracted: BTreeSet<String> = BTreeSet::new();
        let mut trails: BTreeMap<String, Vec<LedgerRow>> = BTreeMap::new();
        let mut from = 0;
        while from < entries {
            let page = self.ledger_from(from, PAGE)?;
            if page.is_empty() {
                break;
            }
            from += page.len() as u64;
            for row in page.into_iter().filter(|it| it.line.seq < entries) {
                match Parsed::from_words(&row.line.what) {
                    Some(Parsed::Stored(id)) => {
                        articles.insert(id.to_owned(), row.line.payload_sha256.clone());
                    }
                    Some(Parsed::Proposed(id)) => {
                        gone.remove(id);
                        proposals.insert(id.to_owned(), row.line.payload_sha256.clone());
                    }
                    Some(Parsed::Noted(what)) if what.contains(GONE) => {
                        gone.insert(row.subject);
                    }
                    Some(Parsed::Retracted(id, _)) => {
                        retracted.insert(id.to_owned());
                    }
                    Some(Parsed::Reviewed(..) | Parsed::Withdrew(..) | Parsed::Undid(..)) => {
                        trails.entry(row.subject.clone()).or_default().push(row);
                    }
                    _ => {}
                }
            }
        }
        articles.retain(|id, _| !retracted.contains(id));
        self.newest_versions(&mut articles)?;
        let mut by_article: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
        let mut merged: Vec<(String, Claim)> = Vec::new();
        for (id, sha256) in &proposals {
            let own: Claim = self.decoded(sha256)?;
            let stands = trails.get(id).map(|it| standing(it));
            let claims = match stands.and_then(|it| it.payload) {
                None if gone.contains(id) => Vec::new(),
                None => vec![own],
                Some(sha256) => {
                    let payload: Payload = self.decoded(&sha256)?;
                    merged.extend(payload.into.map(|into| (into, own)));
                    payload.claims
                }
            };
            for claim in claims {
                by_article.entry(claim.article.clone()).or_default().push(claim);
            }
        }
        for (into, claim) in merged {
            let target =
                by_article.get_mut(&claim.article).and_then(|all| all.iter_mut().find(|it| it.id == into));
            if let Some(target) = target {
                target.evidence.extend(claim.evidence);
                target.evidence.sort_by_key(|it| (it.start, it.end));
                target.evidence.dedup();
            }
        }
        let mut out = Vec::with_capacity(articles.len());
        for (id, sha256) in &articles {
            let article = revive::article(&self.decoded::<Article>(sha256)?)?;
            let claims = by_article.remove(id).unwrap_or_default();
            let statements = self.db.rows(
                "SELECT json FROM statements WHERE article = ?1 ORDER BY n",
                with![id],
                |it| it.json::<Statement>(0),
            )?;
            let about = self.db.one(
                "SELECT sentences, actors FROM articles WHERE id = ?1 AND actors IS NOT NULL",
                with![id],
                |it| Ok((it.count(0)?, it.json::<Vec<Actor>>(1)?)),
            )?;
            let (sentences, actors) = about.unwrap_or_default();
            let reading = revive::reading(&article, sentences, &statements, &claims, &actors)?;
            out.push((article, reading));
        }
        Ok(out)
    }

    fn decoded<T: serde::de::DeserializeOwned>(&self, sha256: &str) -> Result<T, StoreError> {
        let bytes = self.payload(sha256)?.ok_or(StoreError::Shape("a payload is missing"))?;
        serde_json::from_slice(&bytes).map_err(|_| StoreError::Shape("a payload of another shape"))
    }

    /// Leaves the newest version of every address.
    fn newest_versions(&self, articles: &mut BTreeMap<String, String>) -> Result<(), StoreError> {
        let versions = self.db.rows("SELECT id, address, version FROM articles WHERE address IN (SELECT address FROM articles WHERE version > 1)", &[], |it| {
            Ok((it.text(0)?, it.text(1)?, it.int(2)?))
        })?;
        let mut newest: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
        for (id, address, version) in versions.iter().filter(|it| articles.contains_key(&it.0)) {
            let entry = newest.entry(address).or_insert((*version, id));
            if *version > entry.0 {
                *entry = (*version, id);
            }
        }
        let keep: BTreeSet<&str> = newest.values().map(|it| it.1).collect();
        for (id, _, _) in versions.iter().filter(|it| !keep.contains(it.0.as_str())) {
            articles.remove(id);
        }
        Ok(())
    }
}
