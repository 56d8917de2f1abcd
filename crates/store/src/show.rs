//! What pages and programs ask of a desk. Every answer is bounded.

use std::collections::BTreeMap;

use truce_record::{Actor, Article, Claim, Finding, Incident, Lineage, Reuse, Statement};

use crate::db::{Row, Value, with};
use crate::{Store, StoreError};

/// Numbers about a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Articles that count.
    pub articles: usize,
    /// Of these, with at least one sentence read, at the last assessment.
    pub read: usize,
    /// Articles that wait to be read.
    pub unread: usize,
    /// Claims by state.
    pub claims: BTreeMap<String, usize>,
    /// Claims that wait for a decision.
    pub waiting: usize,
    /// Incidents.
    pub incidents: usize,
    /// Of these, with sources that contradict each other.
    pub conflicts: usize,
    /// Number of the assessment.
    pub generation: u64,
    /// When it was made.
    pub assessed: Option<String>,
    /// Ledger entries.
    pub entries: u64,
}

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its number on the desk, for paging.
    pub n: u64,
    /// Its id.
    pub id: String,
    /// Where it was read from.
    pub path: String,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// EDTF.
    pub published: Option<String>,
    /// How that is known.
    pub basis: String,
    /// When it came.
    pub received: String,
    /// How often its bytes came.
    pub seen: usize,
    /// Its number among the versions of its address.
    pub version: usize,
    /// Whether it is the newest of them.
    pub current: bool,
    /// Why it no longer counts.
    pub retracted: Option<String>,
    /// The engine that read it.
    pub engine: Option<String>,
    /// Sentences read.
    pub sentences: usize,
}

const ARTICLE: &str = "n, id, path, outlet, title, url, language, published, basis, received, seen, version, is_current, retracted, engine, sentences";

fn article_row(it: &mut Row) -> Result<ArticleRow, StoreError> {
    Ok(ArticleRow {
        n: it.int(0)? as u64,
        id: it.text(1)?,
        path: it.text(2)?,
        outlet: it.opt(3)?,
        title: it.opt(4)?,
        url: it.opt(5)?,
        language: it.opt(6)?,
        published: it.opt(7)?,
        basis: it.text(8)?,
        received: it.text(9)?,
        seen: it.count(10)?,
        version: it.count(11)?,
        current: it.int(12)? == 1,
        retracted: it.opt(13)?,
        engine: it.opt(14)?,
        sentences: it.count(15)?,
    })
}

/// A claim in a list, as proposed and as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    /// Its number on the desk, for paging.
    pub n: u64,
    /// As the machine proposed it.
    pub proposed: Claim,
    /// What stands; nothing after a rejection, several after a split.
    pub standing: Vec<Claim>,
    /// `proposed`, `confirmed`, …
    pub state: String,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub at: Option<String>,
    /// The engine that proposed it last.
    pub engine: String,
    /// Whether the present engine still proposes it.
    pub offered: bool,
}

const CLAIM: &str = "c.n, c.json, c.eff, c.state, c.decided_by, c.decided_at, c.engine, c.offered";

fn claim_row(it: &mut Row) -> Result<ClaimRow, StoreError> {
    let standing = match it.opt(2)? {
        Some(text) => {
            serde_json::from_str(&text).map_err(|_| StoreError::Shape("claims of another shape"))?
        }
        None => Vec::new(),
    };
    Ok(ClaimRow {
        n: it.int(0)? as u64,
        proposed: it.json(1)?,
        standing,
        state: it.text(3)?,
        by: it.opt(4)?,
        at: it.opt(5)?,
        engine: it.text(6)?,
        offered: it.int(7)? == 1,
    })
}

/// Which claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimFilter {
    /// Waiting for a decision.
    pub waiting: bool,
    /// `proposed`, `confirmed`, …
    pub state: Option<String>,
    /// What it does.
    pub stance: Option<String>,
    /// Who makes it.
    pub claimant: Option<String>,
    /// For which side; empty for nobody named.
    pub side: Option<String>,
    /// Whose conduct.
    pub accused: Option<String>,
    /// What conduct; empty for none named.
    pub kind: Option<String>,
    /// In which article.
    pub article: Option<String>,
}

impl ClaimFilter {
    fn conditions(&self, values: &mut Vec<Value>) -> String {
        let mut out = Vec::new();
        if self.waiting {
            out.push("c.state = 'proposed' AND c.offered = 1".to_owned());
        }
        for (column, value) in [
            ("state", &self.state),
            ("stance", &self.stance),
            ("claimant", &self.claimant),
            ("side", &self.side),
            ("accused", &self.accused),
            ("kind", &self.kind),
            ("article", &self.article),
        ] {
            match value.as_deref() {
                None => {}
                Some("") => out.push(format!("c.{column} IS NULL AND c.eff IS NOT NULL")),
                Some(it) => {
                    values.push(it.into());
                    out.push(format!("c.{column} = ?{}", values.len()));
                }
            }
        }
        if out.is_empty() { "1 = 1".into() } else { out.join(" AND ") }
    }
}

/// An incident in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRow {
    /// Its number in this assessment.
    pub n: u64,
    /// The incident; its credibility as people set it.
    pub incident: Incident,
    /// Day it begins.
    pub day: Option<String>,
}

/// Something that an assessment changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub n: u64,
    /// When.
    pub at: String,
    /// `new incident`, `standing`, …
    pub what: String,
    /// The incident.
    pub id: String,
    /// How.
    pub detail: String,
}

/// Outlet, day, number of reports.
pub type OutletDay = (Option<String>, Option<String>, usize);
/// Two articles, shared passages, altered quotations, swapped clauses.
pub type PairRow = (String, String, usize, usize, usize);
/// A cell of the matrix: side, kind, stance, count.
pub type Cell = (Option<String>, Option<String>, String, usize);
/// An actor with how often it speaks, claims, is accused.
pub type ActorRow = (Actor, usize, usize, usize);

impl Store {
    /// Numbers for the first screen.
    ///
    /// # Errors
    /// What the database says.
    pub fn overview(&self) -> Result<Overview, StoreError> {
        let number = |key: &str| -> Result<usize, StoreError> {
            Ok(self.meta(key)?.and_then(|it| it.parse().ok()).unwrap_or(0))
        };
        let states = self.db.rows("SELECT state, COUNT(*) FROM claims GROUP BY state", &[], |it| {
            Ok((it.text(0)?, it.count(1)?))
        })?;
        let count = |sql: &str| -> Result<usize, StoreError> { Ok(self.db.number(sql, &[])? as usize) };
        Ok(Overview {
            articles: count("SELECT COUNT(*) FROM articles WHERE is_current = 1 AND retracted IS NULL")?,
            read: number("articles_read")?,
            unread: self.unread()?,
            claims: states.into_iter().collect(),
            waiting: count("SELECT COUNT(*) FROM claims WHERE state = 'proposed' AND offered = 1")?,
            incidents: count("SELECT COUNT(*) FROM incidents")?,
            conflicts: count("SELECT COUNT(*) FROM incidents WHERE conflicts > 0")?,
            generation: number("generation")? as u64,
            assessed: self.meta("assessed")?,
            entries: self.head()?.entries,
        })
    }

    /// Articles of which at least one sentence was read, at the last
    /// assessment.
    ///
    /// # Errors
    /// What the database says.
    pub fn articles_read(&self) -> Result<usize, StoreError> {
        Ok(self.meta("articles_read")?.and_then(|it| it.parse().ok()).unwrap_or(0))
    }

    /// What assessments changed, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn changes_page(&self, before: u64, count: usize) -> Result<Vec<Change>, StoreError> {
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        self.db.rows(
            "SELECT n, at, what, id, detail FROM changes WHERE n < ?1 ORDER BY n DESC LIMIT ?2",
            with![before, count],
            |it| {
                Ok(Change {
                    n: it.int(0)? as u64,
                    at: it.text(1)?,
                    what: it.text(2)?,
                    id: it.text(3)?,
                    detail: it.text(4)?,
                })
            },
        )
    }

    /// Number of the last change.
    ///
    /// # Errors
    /// What the database says.
    pub fn last_change(&self) -> Result<u64, StoreError> {
        Ok(self.db.number("SELECT COALESCE(MAX(n), 0) FROM changes", &[])? as u64)
    }

    /// Articles, newest arrival first.
    ///
    /// # Errors
    /// What the database says.
    pub fn articles_page(
        &self,
        before: Option<u64>,
        count: usize,
        outlet: Option<&str>,
    ) -> Result<Vec<ArticleRow>, StoreError> {
        let before = before.map_or(i64::MAX, |it| i64::try_from(it).unwrap_or(i64::MAX));
        self.db.rows(
            &format!("SELECT {ARTICLE} FROM articles WHERE n < ?1 AND (?2 IS NULL OR outlet = ?2) ORDER BY n DESC LIMIT ?3"),
            with![before, outlet, count],
            article_row,
        )
    }

    /// One article's row.
    ///
    /// # Errors
    /// What the database says.
    pub fn article_row(&self, id: &str) -> Result<Option<ArticleRow>, StoreError> {
        self.db.one(&format!("SELECT {ARTICLE} FROM articles WHERE id = ?1"), with![id], article_row)
    }

    /// All versions of an article's address, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn versions(&self, id: &str) -> Result<Vec<ArticleRow>, StoreError> {
        self.db.rows(
            &format!("SELECT {ARTICLE} FROM articles WHERE address = (SELECT address FROM articles WHERE id = ?1) ORDER BY version DESC LIMIT 100"),
            with![id],
            article_row,
        )
    }

    /// What was odd about an article.
    ///
    /// # Errors
    /// What the database says.
    pub fn problems_of(&self, article: &str) -> Result<Vec<truce_record::Problem>, StoreError> {
        let own = self.db.one(
            "SELECT problems FROM articles WHERE id = ?1 AND problems IS NOT NULL",
            with![article],
            |it| it.json(0),
        )?;
        Ok(own.unwrap_or_default())
    }

    /// An article as it is shown: dated by twins where it was, with lineages.
    ///
    /// # Errors
    /// What the database says.
    pub fn article(&self, id: &str) -> Result<Option<Article>, StoreError> {
        let found = self.db.one(
            "SELECT p.bytes, a.dated, a.sentences FROM articles a JOIN payloads p ON p.sha256 = a.payload_sha256 WHERE a.id = ?1",
            with![id],
            |it| {
                let mut article: Article = serde_json::from_slice(&it.blob(0)?).map_err(|_| StoreError::Shape("an article of another shape"))?;
                if let Some(dated) = it.opt(1)? {
                    article.published = serde_json::from_str(&dated).map_err(|_| StoreError::Shape("a date of another shape"))?;
                }
                article.read.sentences = it.count(2)?;
                Ok(article)
            },
        )?;
        let Some(mut article) = found else { return Ok(None) };
        article.lineages = self.db.rows(
            "SELECT lineage FROM lineage_articles WHERE article = ?1 ORDER BY lineage",
            with![id],
            |it| it.text(0),
        )?;
        Ok(Some(article))
    }

    /// Claims, oldest first, after `after`.
    ///
    /// # Errors
    /// What the database says.
    pub fn claims_page(
        &self,
        filter: &ClaimFilter,
        after: u64,
        count: usize,
    ) -> Result<Vec<ClaimRow>, StoreError> {
        let mut values = Vec::new();
        let conditions = filter.conditions(&mut values);
        values.push(after.into());
        let sql = format!(
            "SELECT {CLAIM} FROM claims c WHERE {conditions} AND c.n > ?{} ORDER BY c.n LIMIT {count}",
            values.len()
        );
        self.db.rows(&sql, &values, claim_row)
    }

    /// The waiting claim before `before`.
    ///
    /// # Errors
    /// What the database says.
    pub fn waiting_before(&self, before: u64) -> Result<Option<ClaimRow>, StoreError> {
        self.db.one(
            &format!("SELECT {CLAIM} FROM claims c WHERE c.state = 'proposed' AND c.offered = 1 AND c.n < ?1 ORDER BY c.n DESC LIMIT 1"),
            with![before],
            claim_row,
        )
    }

    /// How many claims a filter finds.
    ///
    /// # Errors
    /// What the database says.
    pub fn claims_count(&self, filter: &ClaimFilter) -> Result<usize, StoreError> {
        let mut values = Vec::new();
        let conditions = filter.conditions(&mut values);
        Ok(self.db.number(&format!("SELECT COUNT(*) FROM claims c WHERE {conditions}"), &values)? as usize)
    }

    /// One claim; a part of a split claim is found by the claim it came from.
    ///
    /// # Errors
    /// What the database says.
    pub fn claim(&self, id: &str) -> Result<Option<ClaimRow>, StoreError> {
        let base = id.split('.').next().unwrap_or(id);
        self.db.one(&format!("SELECT {CLAIM} FROM claims c WHERE c.id = ?1"), with![base], claim_row)
    }

    /// The incident that holds a claim, if one does.
    ///
    /// # Errors
    /// What the database says.
    pub fn incident_of(&self, claim: &str) -> Result<Option<String>, StoreError> {
        self.db.one(
            "SELECT incident FROM incident_claims WHERE claim = ?1 ORDER BY role DESC LIMIT 1",
            with![claim],
            |it| it.text(0),
        )
    }

    /// Incidents: `by_weight` those on which most is said first, else by day.
    ///
    /// # Errors
    /// What the database says.
    pub fn incidents_page(
        &self,
        by_weight: bool,
        offset: usize,
        count: usize,
    ) -> Result<Vec<IncidentRow>, StoreError> {
        let order = if by_weight { "weight DESC, n DESC" } else { "day DESC, n DESC" };
        self.incidents_where(&format!("1 = 1 ORDER BY {order} LIMIT {count} OFFSET {offset}"), &[])
    }

    /// Incidents that begin on days from `from` to `until`.
    ///
    /// # Errors
    /// What the database says.
    pub fn incidents_between(
        &self,
        from: &str,
        until: &str,
        count: usize,
    ) -> Result<Vec<IncidentRow>, StoreError> {
        let chosen =
            format!("SELECT n FROM incidents WHERE day BETWEEN ?1 AND ?2 ORDER BY weight DESC LIMIT {count}");
        self.incidents_where(&format!("n IN ({chosen}) ORDER BY day, n"), with![from, until])
    }

    /// Incidents with sources that contradict each other.
    ///
    /// # Errors
    /// What the database says.
    pub fn conflicts_page(&self, offset: usize, count: usize) -> Result<Vec<IncidentRow>, StoreError> {
        self.incidents_where(
            &format!("conflicts > 0 ORDER BY day DESC, n DESC LIMIT {count} OFFSET {offset}"),
            &[],
        )
    }

    pub(crate) fn incidents_where(
        &self,
        condition: &str,
        values: &[Value],
    ) -> Result<Vec<IncidentRow>, StoreError> {
        let sql = format!(
            "SELECT n, json, day, (SELECT code FROM ratings r WHERE r.incident = incidents.id) FROM incidents WHERE {condition}"
        );
        self.db.rows(&sql, values, |it| {
            let mut incident: Incident = it.json(1)?;
            if let Some(code) = it.opt(3)? {
                incident.credibility = code;
            }
            Ok(IncidentRow { n: it.int(0)? as u64, incident, day: it.opt(2)? })
        })
    }

    /// One incident. One that was joined otherwise since is found by a claim
    /// it held.
    ///
    /// # Errors
    /// What the database says.
    pub fn incident(&self, id: &str) -> Result<Option<IncidentRow>, StoreError> {
        let found = self.incidents_where("id = ?1", with![id])?.into_iter().next();
        if found.is_some() {
            return Ok(found);
        }
        let claim =
            self.db.one("SELECT claim FROM incidents_before WHERE id = ?1", with![id], |it| it.text(0))?;
        match claim.map(|it| self.incident_of(&it)).transpose()?.flatten() {
            Some(now) => Ok(self.incidents_where("id = ?1", with![now])?.into_iter().next()),
            None => Ok(None),
        }
    }

    /// First and last day on which an incident begins.
    ///
    /// # Errors
    /// What the database says.
    pub fn incident_days(&self) -> Result<Option<(String, String)>, StoreError> {
        let ends =
            self.db.one("SELECT MIN(day), MAX(day) FROM incidents WHERE day IS NOT NULL", &[], |it| {
                Ok((it.opt(0)?, it.opt(1)?))
            })?;
        Ok(ends.and_then(|it| Some((it.0?, it.1?))))
    }

    /// Findings, of one provision or all.
    ///
    /// # Errors
    /// What the database says.
    pub fn findings(&self, provision: Option<&str>) -> Result<Vec<Finding>, StoreError> {
        self.db.rows(
            "SELECT json FROM findings WHERE ?1 IS NULL OR provision = ?1 ORDER BY n",
            with![provision],
            |it| it.json(0),
        )
    }

    /// Statements, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn statements_page(
        &self,
        actor: Option<&str>,
        mode: Option<&str>,
        before: Option<u64>,
        count: usize,
    ) -> Result<Vec<(u64, Statement)>, StoreError> {
        let before = before.map_or(i64::MAX, |it| i64::try_from(it).unwrap_or(i64::MAX));
        let actor_is = if actor.is_some() { "actor = ?2" } else { "?2 IS NULL" };
        self.db.rows(
            &format!("SELECT n, json FROM statements WHERE n < ?1 AND {actor_is} AND (?3 IS NULL OR mode = ?3) ORDER BY n DESC LIMIT ?4"),
            with![before, actor, mode, count],
            |it| Ok((it.int(0)? as u64, it.json(1)?)),
        )
    }

    /// One statement.
    ///
    /// # Errors
    /// What the database says.
    pub fn statement(&self, id: &str) -> Result<Option<Statement>, StoreError> {
        self.db.one("SELECT json FROM statements WHERE id = ?1 LIMIT 1", with![id], |it| it.json(0))
    }

    /// Counts of claims by side, kind and stance.
    ///
    /// # Errors
    /// What the database says.
    pub fn matrix(&self) -> Result<Vec<Cell>, StoreError> {
        self.db.rows("SELECT side, kind, stance, COUNT(*) FROM claims WHERE eff IS NOT NULL GROUP BY side, kind, stance", &[], |it| {
            Ok((it.opt(0)?, it.opt(1)?, it.text(2)?, it.count(3)?))
        })
    }

    /// Actors that speak or are accused, with counts, as the last assessment
    /// left them.
    ///
    /// # Errors
    /// What the database says.
    pub fn actors_page(&self, count: usize) -> Result<Vec<ActorRow>, StoreError> {
        let mut rows: Vec<ActorRow> = match self.meta("actors")? {
            Some(text) => {
                serde_json::from_str(&text).map_err(|_| StoreError::Shape("actors of another shape"))?
            }
            None => Vec::new(),
        };
        rows.truncate(count);
        Ok(rows)
    }

    /// Counts anew how often each actor speaks and is spoken of.
    pub(crate) fn count_actors(&self, count: usize) -> Result<Vec<ActorRow>, StoreError> {
        let tally = |sql: &str| -> Result<BTreeMap<String, usize>, StoreError> {
            Ok(self.db.rows(sql, &[], |it| Ok((it.text(0)?, it.count(1)?)))?.into_iter().collect())
        };
        let spoken = tally("SELECT actor, COUNT(*) FROM statements WHERE actor IS NOT NULL GROUP BY actor")?;
        let claimed =
            tally("SELECT claimant, COUNT(*) FROM claims WHERE claimant IS NOT NULL GROUP BY claimant")?;
        let accused =
            tally("SELECT accused, COUNT(*) FROM claims WHERE accused IS NOT NULL GROUP BY accused")?;
        let count_of = |all: &BTreeMap<String, usize>, id: &str| all.get(id).copied().unwrap_or(0);
        let mut out: Vec<ActorRow> = self
            .db
            .rows("SELECT json FROM actors", &[], |it| it.json::<Actor>(0))?
            .into_iter()
            .map(|it| {
                let (a, b, c) =
                    (count_of(&spoken, &it.id), count_of(&claimed, &it.id), count_of(&accused, &it.id));
                (it, a, b, c)
            })
            .collect();
        out.sort_by_key(|it| (std::cmp::Reverse(it.1 + it.2 + it.3), it.0.id.clone()));
        out.truncate(count);
        Ok(out)
    }

    /// One actor.
    ///
    /// # Errors
    /// What the database says.
    pub fn actor(&self, id: &str) -> Result<Option<Actor>, StoreError> {
        self.db.one("SELECT json FROM actors WHERE id = ?1", with![id], |it| it.json(0))
    }

    /// Reports per outlet and day.
    ///
    /// # Errors
    /// What the database says.
    pub fn coverage(&self) -> Result<Vec<OutletDay>, StoreError> {
        self.db.rows("SELECT outlet, day, COUNT(*) FROM articles WHERE is_current = 1 AND retracted IS NULL GROUP BY outlet, day", &[], |it| {
            Ok((it.opt(0)?, it.opt(1)?, it.count(2)?))
        })
    }

    /// Lineages with most articles first.
    ///
    /// # Errors
    /// What the database says.
    pub fn lineages_page(&self, offset: usize, count: usize) -> Result<Vec<Lineage>, StoreError> {
        self.db.rows(
            "SELECT json FROM lineages ORDER BY articles DESC, n LIMIT ?1 OFFSET ?2",
            with![count, offset],
            |it| it.json(0),
        )
    }

    /// One lineage.
    ///
    /// # Errors
    /// What the database says.
    pub fn lineage(&self, id: &str) -> Result<Option<Lineage>, StoreError> {
        self.db.one("SELECT json FROM lineages WHERE id = ?1", with![id], |it| it.json(0))
    }

    /// Pairs of articles that share passages, the notable ones first: ids,
    /// passages, altered quotations, swapped clauses.
    ///
    /// # Errors
    /// What the database says.
    pub fn pairs_page(&self, of: Option<&str>, count: usize) -> Result<Vec<PairRow>, StoreError> {
        let which = if of.is_some() {
            "a = ?1 OR b = ?1"
        } else {
            "?1 IS NULL AND kind IN ('quote_variant', 'framing_swap')"
        };
        self.db.rows(
            &format!(
                "SELECT a, b, COUNT(*), SUM(kind = 'quote_variant'), SUM(kind = 'framing_swap') FROM reuse WHERE {which} \
                 GROUP BY a, b ORDER BY 4 DESC, 5 DESC, 3 DESC LIMIT ?2"
            ),
            with![of, count],
            |it| Ok((it.text(0)?, it.text(1)?, it.count(2)?, it.count(3)?, it.count(4)?)),
        )
    }

    /// Passages that two articles share.
    ///
    /// # Errors
    /// What the database says.
    pub fn reuse_between(&self, a: &str, b: &str) -> Result<Vec<Reuse>, StoreError> {
        self.db.rows(
            "SELECT json FROM reuse WHERE (a = ?1 AND b = ?2) OR (a = ?2 AND b = ?1) ORDER BY n LIMIT 500",
            with![a, b],
            |it| it.json(0),
        )
    }

    /// Problems of the last assessment.
    ///
    /// # Errors
    /// What the database says.
    pub fn problems_page(&self, count: usize) -> Result<Vec<(Option<String>, String, String)>, StoreError> {
        self.db.rows("SELECT article, stage, what FROM problems ORDER BY n LIMIT ?1", with![count], |it| {
            Ok((it.opt(0)?, it.text(1)?, it.text(2)?))
        })
    }
}
