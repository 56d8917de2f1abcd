//! Full-text search over articles, statements and claims.

use truce_record::Article;

use crate::db::{Db, Value, with};
use crate::intake::day_of;
use crate::{Store, StoreError};

/// Words of a query beyond this many are passed over.
const WORDS_MAX: usize = 12;
/// Matches counted for facets; more are `at least`.
pub const FACETED_MAX: usize = 5_000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words; in quotation marks they stand together. `*` at the end of a
    /// word stands for its endings.
    pub words: String,
    /// `article`, `statement`, `claim`.
    pub kind: Option<String>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Who says it.
    pub actor: Option<String>,
    /// What the claim does.
    pub stance: Option<String>,
    /// What conduct.
    pub topic: Option<String>,
    /// First day of publication.
    pub from: Option<String>,
    /// Last day of publication.
    pub until: Option<String>,
}

/// One match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// `article`, `statement`, `claim`.
    pub kind: String,
    /// Of the thing.
    pub id: String,
    /// Where it stands.
    pub article: String,
    /// Who printed it.
    pub outlet: Option<String>,
    /// When.
    pub day: Option<String>,
    /// Who says it.
    pub actor: Option<String>,
    /// What the claim does.
    pub stance: Option<String>,
    /// What conduct.
    pub topic: Option<String>,
}

/// Counts by facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By what was found.
    pub kinds: Vec<(String, usize)>,
    /// By who printed it.
    pub outlets: Vec<(String, usize)>,
    /// By who says it.
    pub actors: Vec<(String, usize)>,
    /// By what the claim does.
    pub stances: Vec<(String, usize)>,
    /// By conduct.
    pub topics: Vec<(String, usize)>,
}

/// A page of matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Matches of this page.
    pub hits: Vec<Hit>,
    /// All matches, up to a limit.
    pub total: usize,
    /// Whether there are more than were counted.
    pub more: bool,
    /// Counts by facet.
    pub facets: Facets,
}

/// Words as FTS5 takes them: each in quotation marks, so that nothing that a
/// person types is syntax, save phrases and a trailing star.
pub(crate) fn expression(words: &str) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    for (n, part) in words.split('"').enumerate() {
        if n % 2 == 1 {
            let phrase = plain(part);
            if !phrase.is_empty() {
                out.push(format!("\"{phrase}\""));
            }
            continue;
        }
        for word in part.split_whitespace() {
            let star = word.ends_with('*');
            let word = plain(word);
            if !word.is_empty() {
                out.push(format!("\"{word}\"{}", if star { "*" } else { "" }));
            }
        }
    }
    out.truncate(WORDS_MAX);
    (!out.is_empty()).then(|| out.join(" "))
}

fn plain(word: &str) -> String {
    let word: String = word.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    word.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Store {
    pub(crate) fn index(
        &self,
        db: &Db,
        (kind, id): (&str, &str),
        article: &Article,
        words: &str,
        (actor, stance, topic): (Option<&str>, Option<&str>, Option<&str>),
    ) -> Result<(), StoreError> {
        let n = db.one(
            "INSERT INTO search_rows (kind, id, article, outlet, day, actor, stance, topic) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING n",
            with![kind, id, &article.id, article.outlet.as_ref(), day_of(article.published.value.as_deref()), actor, stance, topic],
            |it| it.int(0),
        )?;
        let n = n.ok_or(StoreError::Shape("a row without a number"))?;
        db.run("INSERT INTO search (rowid, words) VALUES (?1, ?2)", with![n, words])?;
        Ok(())
    }

    pub(crate) fn unindex(&self, db: &Db, article: &str, kind: &str) -> Result<(), StoreError> {
        let rows = db.rows(
            "SELECT r.n FROM search_rows r WHERE r.article = ?1 AND r.kind = ?2",
            with![article, kind],
            |it| it.int(0),
        )?;
        for n in rows {
            db.run("DELETE FROM search WHERE rowid = ?1", with![n])?;
            db.run("DELETE FROM search_rows WHERE n = ?1", with![n])?;
        }
        Ok(())
    }

    /// Looks for words and facets; newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn search(&self, query: &Query, offset: usize, count: usize) -> Result<Found, StoreError> {
        let words = expression(&query.words);
        let mut conditions = vec!["1 = 1".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut from = "search_rows r".to_owned();
        if let Some(words) = words {
            values.push(words.into());
            from = "search s JOIN search_rows r ON r.n = s.rowid".into();
            conditions.push("s.words MATCH ?1".into());
        }
        for (column, value, relation) in [
            ("kind", &query.kind, "="),
            ("outlet", &query.outlet, "="),
            ("actor", &query.actor, "="),
            ("stance", &query.stance, "="),
            ("topic", &query.topic, "="),
            ("day", &query.from, ">="),
            ("day", &query.until, "<="),
        ] {
            if let Some(value) = value {
                values.push(value.into());
                conditions.push(format!("r.{column} {relation} ?{}", values.len()));
            }
        }
        // Newest first by the number of the row: the index gives that order
        // itself, so that a common word costs no more than a rare one.
        let order = if from.starts_with("search s") { "s.rowid" } else { "r.n" };
        let conditions = conditions.join(" AND ");
        let sql = format!(
            "SELECT r.kind, r.id, r.article, r.outlet, r.day, r.actor, r.stance, r.topic FROM {from} WHERE {conditions} \
             ORDER BY {order} DESC LIMIT {}",
            FACETED_MAX + 1
        );
        let all = self.db.rows(&sql, &values, |it| {
            Ok(Hit {
                kind: it.text(0)?,
                id: it.text(1)?,
                article: it.text(2)?,
                outlet: it.opt(3)?,
                day: it.opt(4)?,
                actor: it.opt(5)?,
                stance: it.opt(6)?,
                topic: it.opt(7)?,
            })
        })?;
        let more = all.len() > FACETED_MAX;
        let count_by = |pick: fn(&Hit) -> Option<&String>| {
            let mut counts = std::collections::BTreeMap::<&str, usize>::new();
            for it in &all {
                if let Some(it) = pick(it) {
                    *counts.entry(it).or_default() += 1;
                }
            }
            let mut out: Vec<(String, usize)> =
                counts.into_iter().map(|it| (it.0.to_owned(), it.1)).collect();
            out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            out.truncate(20);
            out
        };
        let facets = Facets {
            kinds: count_by(|it| Some(&it.kind)),
            outlets: count_by(|it| it.outlet.as_ref()),
            actors: count_by(|it| it.actor.as_ref()),
            stances: count_by(|it| it.stance.as_ref()),
            topics: count_by(|it| it.topic.as_ref()),
        };
        let total = all.len().min(FACETED_MAX);
        Ok(Found { hits: all.into_iter().skip(offset).take(count).collect(), total, more, facets })
    }
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn what_is_typed_is_no_syntax() {
        assert_eq!(
            expression("road \"was closed\" bridg*").as_deref(),
            Some("\"road\" \"was closed\" \"bridg\"*")
        );
        assert_eq!(
            expression("a OR (b) NEAR/3 'c' -d ^e :f").as_deref(),
            Some("\"a\" \"OR\" \"b\" \"NEAR 3\" \"c\" \"d\" \"e\" \"f\"")
        );
        assert_eq!(expression("  \" ** \"  "), None);
        assert_eq!(expression("\"open"), Some("\"open\"".into()));
    }
}
