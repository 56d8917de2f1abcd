//! What follows from articles, readings and decisions: incidents, findings,
//! lineages. Made anew by the pipeline, put in place whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use truce_model as model;
use truce_record::{Actor, Article, Claim, Incident, Record, Statement, revive};

use crate::db::{Db, with};
use crate::intake::{day_of, json};
use crate::{Store, StoreError};

/// Actors whose counts are kept for pages.
const ACTORS_COUNTED: usize = 1000;

/// An article that counts, as it came, with how it was read.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The article.
    pub article: model::Article,
    /// The engine that read it last; `None` if none did.
    pub engine: Option<String>,
    /// The publication date it was read with.
    pub read_for: Option<String>,
}

/// What came of an assessment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// Its number.
    pub generation: u64,
    /// New incidents, changes of standing, new answers.
    pub changes: usize,
}

impl Store {
    /// Whether something was written that no assessment has seen.
    ///
    /// # Errors
    /// What the database says.
    pub fn is_stale(&self) -> Result<bool, StoreError> {
        let set = |key| -> Result<bool, StoreError> { Ok(self.meta(key)?.as_deref() == Some("1")) };
        Ok(set("stale")? || set("assessing")? || self.unread()? > 0)
    }

    /// Says that an assessment begins: what is written from now on makes the
    /// desk stale again. One that was cut off is noticed by the next.
    ///
    /// # Errors
    /// What the database says.
    pub fn begin_assessment(&self) -> Result<(), StoreError> {
        self.db.transact(|db| {
            Store::set_meta(db, "assessing", "1")?;
            Store::set_meta(db, "stale", "0")
        })
    }

    /// Articles that count: the newest version of each, not retracted.
    ///
    /// # Errors
    /// If an article is not what was written.
    pub fn kept(&self) -> Result<Vec<Kept>, StoreError> {
        self.db.rows(
            "SELECT p.bytes, a.engine, a.read_for FROM articles a JOIN payloads p ON p.sha256 = a.payload_sha256 \
             WHERE a.is_current = 1 AND a.retracted IS NULL ORDER BY a.id",
            &[],
            |it| {
                let article: Article = serde_json::from_slice(&it.blob(0)?).map_err(|_| StoreError::Shape("an article of another shape"))?;
                Ok(Kept { article: revive::article(&article)?, engine: it.opt(1)?, read_for: it.opt(2)? })
            },
        )
    }

    /// The readings of articles as people left them, beside the articles.
    ///
    /// # Errors
    /// If a reading is not what was written.
    pub fn effective(
        &self,
        articles: Vec<model::Article>,
    ) -> Result<Vec<(model::Article, model::Reading)>, StoreError> {
        let mut claims: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
        self.db.rows("SELECT article, eff FROM claims WHERE eff IS NOT NULL", &[], |it| {
            claims.entry(it.text(0)?).or_default().extend(it.json::<Vec<Claim>>(1)?);
            Ok(())
        })?;
        let mut statements: BTreeMap<String, Vec<Statement>> = BTreeMap::new();
        self.db.rows("SELECT article, json FROM statements", &[], |it| {
            statements.entry(it.text(0)?).or_default().push(it.json(1)?);
            Ok(())
        })?;
        let mut about: BTreeMap<String, (usize, Vec<Actor>)> = BTreeMap::new();
        self.db.rows("SELECT id, sentences, actors FROM articles WHERE engine IS NOT NULL", &[], |it| {
            about.insert(it.text(0)?, (it.count(1)?, it.json(2)?));
            Ok(())
        })?;
        let mut out = Vec::with_capacity(articles.len());
        for article in articles {
            let id = article.id.as_str();
            let (sentences, actors) = about.remove(id).unwrap_or_default();
            let (statements, claims) =
                (statements.remove(id).unwrap_or_default(), claims.remove(id).unwrap_or_default());
            let reading = revive::reading(&article, sentences, &statements, &claims, &actors)?;
            out.push((article, reading));
        }
        Ok(out)
    }

    /// Puts an assessment in place of the one before, and says what changed.
    ///
    /// # Errors
    /// If the desk cannot be written; then the one before stands.
    pub fn put_derived(&self, record: &Record) -> Result<Derived, StoreError> {
        let now = self.clock.stamp();
        self.db.transact(|db| {
            let generation = db.number("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'generation'", &[])? + 1;
            let changes = self.changes(db, record, generation, &now)?;
            for table in ["incidents", "incident_claims", "findings", "lineages", "lineage_articles", "reuse", "problems"] {
                db.run(&format!("DELETE FROM {table}"), &[])?;
            }
            self.put_actors(db, &record.actors)?;
            self.put_incidents(db, record)?;
            for it in &record.findings {
                db.run(
                    "INSERT INTO findings (provision, period, finding, json) VALUES (?1, ?2, ?3, ?4)",
                    with![&it.provision, it.period.as_ref(), &it.finding, json(it)],
                )?;
            }
            for it in &record.lineages {
                db.run("INSERT INTO lineages (id, articles, json) VALUES (?1, ?2, ?3)", with![&it.id, it.articles.len(), json(it)])?;
                for article in &it.articles {
                    db.run("INSERT INTO lineage_articles (lineage, article) VALUES (?1, ?2)", with![&it.id, article])?;
                }
            }
            for it in &record.reuse {
                db.run(
                    "INSERT INTO reuse (a, b, kind, json) VALUES (?1, ?2, ?3, ?4)",
                    with![&it.a.article, &it.b.article, &it.kind, json(it)],
                )?;
            }
            for it in &record.problems {
                db.run("INSERT INTO problems (article, stage, what) VALUES (?1, ?2, ?3)", with![it.article.as_ref(), &it.stage, &it.what])?;
            }
            for it in &record.articles {
                // Dates found through twins are kept beside the article.
                db.run(
                    "UPDATE articles SET dated = ?2, published = ?3, day = ?4, basis = ?5 WHERE id = ?1 AND \
                     (published IS NOT ?3 OR basis IS NOT ?5)",
                    with![&it.id, json(&it.published), it.published.value.as_ref(), day_of(it.published.value.as_deref()), &it.published.basis],
                )?;
            }
            db.run(
                "UPDATE claims SET side = (SELECT COALESCE(a.side, a.id) FROM actors a WHERE a.id = claims.claimant) \
                 WHERE claimant IS NOT NULL AND EXISTS (SELECT 1 FROM actors a WHERE a.id = claims.claimant AND claims.side IS NOT COALESCE(a.side, a.id))",
                &[],
            )?;
            let actors = self.count_actors(ACTORS_COUNTED)?;
            Store::set_meta(db, "actors", &json(&actors))?;
            Store::set_meta(db, "generation", &generation.to_string())?;
            Store::set_meta(db, "assessed", &now)?;
            Store::set_meta(db, "articles_read", &record.articles.iter().filter(|it| it.read.sentences > 0).count().to_string())?;
            Store::set_meta(db, "assessing", "0")?;
            Ok(Derived { generation: generation as u64, changes })
        })
    }

    fn put_actors(&self, db: &Db, actors: &[Actor]) -> Result<(), StoreError> {
        for it in actors {
            db.run(
                "INSERT INTO actors (id, kind, side, name, json) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET \
                 kind = excluded.kind, side = excluded.side, name = excluded.name, json = excluded.json",
                with![&it.id, &it.kind, it.side.as_ref(), it.names.first().unwrap_or(&it.id), json(it)],
            )?;
        }
        Ok(())
    }

    fn put_incidents(&self, db: &Db, record: &Record) -> Result<(), StoreError> {
        for it in &record.incidents {
            let day = day_of(it.time.as_ref().map(|it| it.value.as_str()));
            db.run(
                "INSERT INTO incidents (id, kind, accused, standing, day, weight, conflicts, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                with![&it.id, it.kind.as_ref(), it.accused.as_ref(), &it.standing, day, weight(it), it.conflicts.len(), json(it)],
            )?;
            for claim in &it.claims {
                db.run(
                    "INSERT INTO incident_claims (incident, claim, role) VALUES (?1, ?2, 'charge')",
                    with![&it.id, claim],
                )?;
            }
            for claim in it.replies.iter().map(|it| it.claim.as_str()).collect::<BTreeSet<_>>() {
                db.run(
                    "INSERT INTO incident_claims (incident, claim, role) VALUES (?1, ?2, 'answer')",
                    with![&it.id, claim],
                )?;
            }
        }
        Ok(())
    }

    /// Writes down what is new against the assessment before.
    fn changes(&self, db: &Db, record: &Record, generation: i64, now: &str) -> Result<usize, StoreError> {
        let before: BTreeMap<String, Incident> = db
            .rows("SELECT json FROM incidents", &[], |it| it.json::<Incident>(0))?
            .into_iter()
            .map(|it| (it.id.clone(), it))
            .collect();
        let mut found: Vec<(&str, &str, String)> = Vec::new();
        let first = generation == 1;
        for it in &record.incidents {
            match before.get(&it.id) {
                None if !first => found.push(("new incident", &it.id, it.standing.clone())),
                None => {}
                Some(old) => {
                    if old.standing != it.standing {
                        found.push(("standing", &it.id, format!("{} → {}", old.standing, it.standing)));
                    }
                    let claims = it.claims.len().saturating_sub(old.claims.len());
                    if claims > 0 {
                        found.push(("new charge", &it.id, format!("{claims} more")));
                    }
                    let answers = answered(it).saturating_sub(answered(old));
                    if answers > 0 {
                        found.push(("new answer", &it.id, format!("{answers} more")));
                    }
                    if it.conflicts.len() > old.conflicts.len() {
                        found.push(("conflict", &it.id, it.conflicts.last().cloned().unwrap_or_default()));
                    }
                }
            }
        }
        let now_there: BTreeSet<&str> = record.incidents.iter().map(|it| it.id.as_str()).collect();
        for (id, old) in before.iter().filter(|it| !now_there.contains(it.0.as_str())) {
            if let Some(claim) = old.claims.first() {
                db.run(
                    "INSERT INTO incidents_before (id, claim) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET claim = excluded.claim",
                    with![id, claim],
                )?;
            }
            found.push(("joined otherwise", id, old.standing.clone()));
        }
        if first {
            found.push(("first assessment", "", format!("{} incidents", record.incidents.len())));
        }
        for (what, id, detail) in &found {
            db.run(
                "INSERT INTO changes (generation, at, what, id, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
                with![generation, now, *what, *id, detail],
            )?;
        }
        Ok(found.len())
    }
}

fn answered(it: &Incident) -> usize {
    it.replies
        .iter()
        .filter(|it| it.scope != "other_object")
        .map(|it| it.claim.as_str())
        .collect::<BTreeSet<_>>()
        .len()
}

/// How much is said on both sides.
fn weight(it: &Incident) -> usize {
    it.claims.len() + 2 * answered(it) + 2 * it.claimants.len() + if it.accused.is_some() { 1000 } else { 0 }
}
