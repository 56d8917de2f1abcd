//! Taking reports in, and keeping what was read in them.

use std::collections::BTreeMap;

use truce_ledger::Entry;
use truce_model::{ArticleId, ClaimId, Edtf};
use truce_record::{Actor, Article, Claim, Problem, Statement};

use crate::db::{Db, with};
use crate::{Store, StoreError};

/// A report that was just extracted, with its bytes as they came.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The article, in the written form, nothing read in it yet.
    pub article: Article,
    /// The bytes whose SHA-256 the article names.
    pub bytes: Vec<u8>,
    /// What extraction found odd.
    pub problems: Vec<Problem>,
}

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is new.
    New {
        /// Its id.
        id: String,
    },
    /// The same address was read before with other bytes.
    NewVersion {
        /// Its id.
        id: String,
        /// The version it takes the place of.
        before: String,
        /// Its number.
        version: usize,
    },
    /// The same bytes are there already.
    Known {
        /// Its id.
        id: String,
    },
}

impl Arrival {
    /// The article's id.
    pub fn id(&self) -> &str {
        match self {
            Arrival::New { id } | Arrival::NewVersion { id, .. } | Arrival::Known { id } => id,
        }
    }
}

/// What an engine read in one article.
#[derive(Clone, Debug)]
pub struct Proposals {
    /// The article.
    pub article: String,
    /// Which engine: program, version, models.
    pub engine: String,
    /// The publication date it was read with.
    pub read_for: Option<String>,
    /// Sentences read.
    pub sentences: usize,
    /// Who says what.
    pub statements: Vec<Statement>,
    /// What that does to an obligation.
    pub claims: Vec<Claim>,
    /// Actors met that the pack does not know.
    pub actors: Vec<Actor>,
    /// What a person should look at.
    pub problems: Vec<Problem>,
}

/// How a claim is noted that a newer engine does not propose.
pub(crate) const GONE: &str = "is no longer proposed";

/// First day of an EDTF value, `YYYY-MM-DD`.
pub(crate) fn day_of(edtf: Option<&str>) -> Option<String> {
    let (first, last) = Edtf::new(edtf?)?.days();
    first.or(last).filter(|it| it.len() == 10)
}

/// An address without what does not change the page.
fn address_of(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url).trim_end_matches('/');
    url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")).unwrap_or(url).to_owned()
}

impl Store {
    /// Takes reports in, all or none. The same bytes twice are one report.
    /// Once this returns, they survive.
    ///
    /// # Errors
    /// If bytes are not those of their article, or the desk cannot be written.
    pub fn take_in(&self, reports: &[Incoming]) -> Result<Vec<Arrival>, StoreError> {
        let out = self.db.transact(|db| {
            let mut out = Vec::with_capacity(reports.len());
            for report in reports {
                out.push(self.take_one(db, report)?);
            }
            if out.iter().any(|it| !matches!(it, Arrival::Known { .. })) {
                Store::set_meta(db, "stale", "1")?;
            }
            Ok(out)
        })?;
        self.remember()?;
        Ok(out)
    }

    fn take_one(&self, db: &Db, report: &Incoming) -> Result<Arrival, StoreError> {
        let article = &report.article;
        if truce_ledger::sha256_hex(&report.bytes) != article.sha256 {
            return Err(StoreError::refused(format!(
                "{}: its bytes are not those of its article",
                article.path
            )));
        }
        let id = article.id.clone();
        if db.run("UPDATE articles SET seen = seen + 1 WHERE id = ?1", with![&id])? > 0 {
            return Ok(Arrival::Known { id });
        }
        let address = article.url.as_deref().map(address_of);
        let before = match &address {
            Some(address) => db.one(
                "SELECT id, version FROM articles WHERE address = ?1 ORDER BY version DESC LIMIT 1",
                with![address],
                |it| Ok((it.text(0)?, it.count(1)?)),
            )?,
            None => None,
        };
        let version = before.as_ref().map_or(1, |it| it.1 + 1);
        db.run(
            "INSERT INTO sources (sha256, bytes) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING",
            with![&article.sha256, report.bytes.clone()],
        )?;
        let payload = truce_record::canonical(article);
        self.append(db, &Entry::Stored { article: ArticleId::from(id.as_str()) }, &id, &payload)?;
        if let Some((before, _)) = &before {
            db.run("UPDATE articles SET is_current = 0 WHERE address = ?1", with![address.as_ref()])?;
            let what = format!("article {id} is version {version} of {before}");
            let entry = Entry::Noted { what: what.into(), reviewer: None };
            self.append(db, &entry, &id, b"")?;
        }
        let problems = String::from_utf8_lossy(&truce_record::canonical(&report.problems)).into_owned();
        db.run(
            "INSERT INTO articles (id, sha256, path, outlet, url, address, title, language, published, day, basis, received, version, payload_sha256, problems) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            with![
                &id, &article.sha256, &article.path, article.outlet.as_ref(), article.url.as_ref(), address.as_ref(),
                article.title.as_ref(), article.language.as_ref(), article.published.value.as_ref(),
                day_of(article.published.value.as_deref()), &article.published.basis, self.clock.stamp(), version,
                truce_ledger::sha256_hex(&payload), problems
            ],
        )?;
        let words = format!("{}\n{}", article.title.as_deref().unwrap_or(""), readable(article));
        self.index(db, ("article", &id), article, &words, (None, None, None))?;
        Ok(match before {
            Some((before, _)) => Arrival::NewVersion { id, before, version },
            None => Arrival::New { id },
        })
    }

    /// How many articles wait to be read.
    ///
    /// # Errors
    /// What the database says.
    pub fn unread(&self) -> Result<usize, StoreError> {
        Ok(self.db.number(
            "SELECT COUNT(*) FROM articles WHERE engine IS NULL AND is_current = 1 AND retracted IS NULL",
            &[],
        )? as usize)
    }

    /// Keeps what an engine read, all or nothing. What people decided stays.
    ///
    /// # Errors
    /// If the article is unknown, or the desk cannot be written.
    pub fn keep(&self, readings: &[Proposals]) -> Result<(), StoreError> {
        self.db.transact(|db| {
            for it in readings {
                self.keep_one(db, it)?;
            }
            Ok(())
        })?;
        self.remember()
    }

    fn keep_one(&self, db: &Db, it: &Proposals) -> Result<(), StoreError> {
        let article =
            self.article_in(db, &it.article)?.ok_or(StoreError::Shape("a reading of no article"))?;
        let day = day_of(it.read_for.as_deref()).or_else(|| day_of(article.published.value.as_deref()));
        db.run(
            "UPDATE articles SET engine = ?2, read_for = ?3, sentences = ?4, actors = ?5, \
             problems = CASE WHEN ?6 = '[]' THEN problems ELSE ?6 END WHERE id = ?1",
            with![
                &it.article,
                &it.engine,
                it.read_for.as_ref(),
                it.sentences,
                json(&it.actors),
                json(&it.problems)
            ],
        )?;
        for actor in &it.actors {
            db.run(
                "INSERT INTO actors (id, kind, side, name, json) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
                with![&actor.id, &actor.kind, actor.side.as_ref(), actor.names.first().unwrap_or(&actor.id), json(actor)],
            )?;
        }
        self.unindex(db, &it.article, "statement")?;
        self.unindex(db, &it.article, "claim")?;
        db.run("DELETE FROM statements WHERE article = ?1", with![&it.article])?;
        for statement in &it.statements {
            let actor = statement.source.actor.as_ref();
            db.run(
                "INSERT INTO statements (id, article, actor, mode, day, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                with![&statement.id, &it.article, actor, &statement.mode, day.as_ref(), json(statement)],
            )?;
            let facets = (actor.map(String::as_str), None, None);
            self.index(db, ("statement", &statement.id), &article, &statement.content.exact, facets)?;
        }
        let known: BTreeMap<String, (String, bool)> = db
            .rows("SELECT id, json, offered FROM claims WHERE article = ?1", with![&it.article], |it| {
                Ok((it.text(0)?, (it.text(1)?, it.int(2)? == 1)))
            })?
            .into_iter()
            .collect();
        let settled = self.settled(db, &it.article)?;
        db.run("UPDATE claims SET offered = 0 WHERE article = ?1", with![&it.article])?;
        for claim in &it.claims {
            let new = json(claim);
            match known.get(&claim.id) {
                Some((old, offered)) => {
                    if *old != new || !offered {
                        self.propose(db, claim)?;
                    }
                    db.run(
                        "UPDATE claims SET offered = 1, engine = ?2, json = ?3, day = ?4 WHERE id = ?1",
                        with![&claim.id, &it.engine, new, day.as_ref()],
                    )?;
                }
                // A newer engine says what a person made of an older
                // engine's claim: that is settled.
                None if settled.iter().any(|known| same(known, claim)) => continue,
                None => {
                    self.propose(db, claim)?;
                    db.run(
                        "INSERT INTO claims (id, article, engine, stance, day, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                        with![&claim.id, &it.article, &it.engine, &claim.stance, day.as_ref(), new],
                    )?;
                }
            }
            let words: Vec<&str> = claim.evidence.iter().map(|it| it.exact.as_str()).collect();
            let facets = (claim.claimant.as_deref(), Some(claim.stance.as_str()), claim.kind.as_deref());
            self.index(db, ("claim", &claim.id), &article, &words.join("\n"), facets)?;
        }
        let offered: std::collections::BTreeSet<&str> = it.claims.iter().map(|it| it.id.as_str()).collect();
        for id in known.iter().filter(|known| known.1.1 && !offered.contains(known.0.as_str())).map(|it| it.0)
        {
            let what = format!("claim {id} {GONE} by {}", it.engine);
            self.append(db, &Entry::Noted { what: what.into(), reviewer: None }, id, b"")?;
        }
        let all = db.rows("SELECT id FROM claims WHERE article = ?1", with![&it.article], |it| it.text(0))?;
        for id in all {
            self.settle(db, &id)?;
        }
        Ok(())
    }

    fn propose(&self, db: &Db, claim: &Claim) -> Result<(), StoreError> {
        let entry = Entry::Proposed { claim: ClaimId::from(claim.id.as_str()) };
        self.append(db, &entry, &claim.id, &truce_record::canonical(claim)).map(|_| ())
    }

    /// Claims of an article as people left them.
    fn settled(&self, db: &Db, article: &str) -> Result<Vec<Claim>, StoreError> {
        let all = db.rows(
            "SELECT eff FROM claims WHERE article = ?1 AND state IN ('amended', 'split') AND eff IS NOT NULL",
            with![article],
            |it| it.json::<Vec<Claim>>(0),
        )?;
        Ok(all.into_iter().flatten().collect())
    }

    pub(crate) fn article_in(&self, db: &Db, id: &str) -> Result<Option<Article>, StoreError> {
        let bytes = db.one(
            "SELECT p.bytes FROM articles a JOIN payloads p ON p.sha256 = a.payload_sha256 WHERE a.id = ?1",
            with![id],
            |it| it.blob(0),
        )?;
        let Some(bytes) = bytes else { return Ok(None) };
        serde_json::from_slice(&bytes).map(Some).map_err(|_| StoreError::Shape("an article of another shape"))
    }

    /// The bytes of a report as they came.
    ///
    /// # Errors
    /// What the database says.
    pub fn source(&self, article: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.db.one(
            "SELECT s.bytes FROM articles a JOIN sources s ON s.sha256 = a.sha256 WHERE a.id = ?1",
            with![article],
            |it| it.blob(0),
        )
    }
}

/// Two claims that say the same on the same words.
fn same(a: &Claim, b: &Claim) -> bool {
    let place = |it: &Claim| it.evidence.iter().map(|it| (it.start, it.end)).collect::<Vec<_>>();
    (&a.stance, &a.claimant, &a.accused, &a.kind) == (&b.stance, &b.claimant, &b.accused, &b.kind)
        && place(a) == place(b)
}

/// The words of headline, subhead and body.
fn readable(article: &Article) -> String {
    let mut out = String::new();
    let mut segments = article
        .segments
        .iter()
        .filter(|it| matches!(it.kind.as_str(), "headline" | "subhead" | "body"))
        .peekable();
    let mut inside = false;
    for (n, ch) in article.text.chars().enumerate() {
        while segments.peek().is_some_and(|it| it.end <= n) {
            segments.next();
        }
        let now = segments.peek().is_some_and(|it| it.start <= n);
        if now {
            out.push(ch);
        } else if inside {
            out.push('\n');
        }
        inside = now;
    }
    out
}

pub(crate) fn json<T: serde::Serialize>(it: &T) -> String {
    String::from_utf8_lossy(&truce_record::canonical(it)).into_owned()
}
