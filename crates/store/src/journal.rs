//! The ledger in the database.

use truce_ledger::{ChainBreak, Entry, GENESIS, Ledger, Line, sha256_hex};

use crate::db::{Db, Row, with};
use crate::{Store, StoreError};

/// Who writes what no person writes.
pub(crate) const PROGRAM: &str = concat!("trucewatch ", env!("CARGO_PKG_VERSION"));

/// How far the ledger has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Entries.
    pub entries: u64,
    /// Hash of the last one.
    pub hash: String,
}

/// A line of the ledger with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The line.
    pub line: Line,
    /// The claim, article or part of the desk.
    pub subject: String,
}

const COLUMNS: &str = "seq, at, who, what, payload_sha256, previous, hash, subject";

fn line(it: &mut Row) -> Result<LedgerRow, StoreError> {
    Ok(LedgerRow {
        line: Line {
            seq: u64::try_from(it.int(0)?).map_err(|_| StoreError::Shape("an entry below zero"))?,
            at: it.opt(1)?,
            who: it.text(2)?,
            what: it.text(3)?,
            payload_sha256: it.text(4)?,
            previous: it.text(5)?,
            hash: it.text(6)?,
        },
        subject: it.text(7)?,
    })
}

impl Store {
    /// How far the ledger has come.
    ///
    /// # Errors
    /// What the database says.
    pub fn head(&self) -> Result<Head, StoreError> {
        Store::head_of(&self.db)
    }

    fn head_of(db: &Db) -> Result<Head, StoreError> {
        let last = db.one("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1", &[], |it| {
            Ok(Head { entries: it.int(0)? as u64 + 1, hash: it.text(1)? })
        })?;
        Ok(last.unwrap_or(Head { entries: 0, hash: GENESIS.to_owned() }))
    }

    pub(crate) fn hash_of(&self, seq: u64) -> Result<Option<String>, StoreError> {
        self.db.one("SELECT hash FROM ledger WHERE seq = ?1", with![seq], |it| it.text(0))
    }

    /// Adds an entry, within a transaction of the caller's. Times never go
    /// back: where the clock did, that is noted and the last time stands.
    pub(crate) fn append(
        &self,
        db: &Db,
        entry: &Entry,
        subject: &str,
        payload: &[u8],
    ) -> Result<u64, StoreError> {
        let mut head = Store::head_of(db)?;
        let last = db.one("SELECT at FROM ledger ORDER BY seq DESC LIMIT 1", &[], |it| it.opt(0))?.flatten();
        let now = self.clock.stamp();
        let mut at = now.clone();
        if let Some(last) = last.filter(|it| *it > now) {
            let told = Store::meta_in(db, "clock_back")?;
            at.clone_from(&last);
            if told.as_deref() != Some(&last) {
                let what = format!(
                    "the clock went back to {now}; entries keep the time {last} until it has caught up"
                );
                let note = Entry::Noted { what: what.into(), reviewer: None };
                head = self.write(db, &head, &at, &note, "desk", b"")?;
                Store::set_meta(db, "clock_back", &last)?;
            }
        }
        Ok(self.write(db, &head, &at, entry, subject, payload)?.entries - 1)
    }

    fn meta_in(db: &Db, key: &str) -> Result<Option<String>, StoreError> {
        db.one("SELECT value FROM meta WHERE key = ?1", with![key], |it| it.text(0))
    }

    fn write(
        &self,
        db: &Db,
        head: &Head,
        at: &str,
        entry: &Entry,
        subject: &str,
        payload: &[u8],
    ) -> Result<Head, StoreError> {
        let line = Ledger::next_line((head.entries, &head.hash), PROGRAM, Some(at), entry, payload);
        db.run(
            "INSERT INTO payloads (sha256, bytes) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING",
            with![&line.payload_sha256, payload.to_vec()],
        )?;
        db.run(
            "INSERT INTO ledger (seq, at, who, what, payload_sha256, previous, hash, subject) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            with![line.seq, line.at.as_ref(), &line.who, &line.what, &line.payload_sha256, &line.previous, &line.hash, subject],
        )?;
        Ok(Head { entries: line.seq + 1, hash: line.hash })
    }

    /// Notes something about the desk.
    ///
    /// # Errors
    /// What the database says.
    pub fn note(
        &self,
        who: Option<&str>,
        subject: &str,
        what: &str,
        payload: &[u8],
    ) -> Result<u64, StoreError> {
        let reviewer = who.and_then(truce_ledger::ReviewerId::new);
        let entry = Entry::Noted { what: what.into(), reviewer };
        let seq = self.db.transact(|db| self.append(db, &entry, subject, payload))?;
        self.remember()?;
        Ok(seq)
    }

    /// Lines of the ledger, newest first, below `before`.
    ///
    /// # Errors
    /// What the database says.
    pub fn ledger_page(
        &self,
        before: Option<u64>,
        count: usize,
        subject: Option<&str>,
        who: Option<&str>,
    ) -> Result<Vec<LedgerRow>, StoreError> {
        let before = before.map_or(i64::MAX, |it| i64::try_from(it).unwrap_or(i64::MAX));
        let sql = format!(
            "SELECT {COLUMNS} FROM ledger WHERE seq < ?1 AND (?2 IS NULL OR subject = ?2) AND (?3 IS NULL OR who = ?3) ORDER BY seq DESC LIMIT ?4"
        );
        self.db.rows(&sql, with![before, subject, who, count], line)
    }

    /// All lines about one thing, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn trail(&self, subject: &str) -> Result<Vec<LedgerRow>, StoreError> {
        Store::trail_in(&self.db, subject)
    }

    pub(crate) fn trail_in(db: &Db, subject: &str) -> Result<Vec<LedgerRow>, StoreError> {
        db.rows(
            &format!("SELECT {COLUMNS} FROM ledger WHERE subject = ?1 ORDER BY seq"),
            with![subject],
            line,
        )
    }

    /// One line.
    ///
    /// # Errors
    /// What the database says.
    pub fn entry(&self, seq: u64) -> Result<Option<LedgerRow>, StoreError> {
        self.db.one(&format!("SELECT {COLUMNS} FROM ledger WHERE seq = ?1"), with![seq], line)
    }

    /// What a line concerns, in canonical form.
    ///
    /// # Errors
    /// What the database says.
    pub fn payload(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.db.one("SELECT bytes FROM payloads WHERE sha256 = ?1", with![sha256], |it| it.blob(0))
    }

    /// Lines from `from` on, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn ledger_from(&self, from: u64, count: usize) -> Result<Vec<LedgerRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM ledger WHERE seq >= ?1 ORDER BY seq LIMIT ?2");
        self.db.rows(&sql, with![from, count], line)
    }

    /// Everything that is wrong: the chain, payloads that are not what their
    /// hash says, sources that are not the bytes they were, reviews that are
    /// not in force, and what SQLite itself finds.
    ///
    /// # Errors
    /// If the file cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut out: Vec<String> = self
            .db
            .rows("PRAGMA integrity_check(20)", &[], |it| it.text(0))?
            .into_iter()
            .filter(|it| it != "ok")
            .collect();
        out.extend(self.db.rows("PRAGMA foreign_key_check", &[], |it| {
            Ok(format!("a row of {} points at nothing", it.text(0)?))
        })?);
        let mut last: Option<Line> = None;
        let mut from = 0;
        loop {
            let page = self.ledger_from(from, 10_000)?;
            let Some(end) = page.last() else { break };
            let next = end.line.seq + 1;
            // The line before is checked again, as the anchor of the page.
            let mut lines: Vec<Line> = page.into_iter().map(|it| it.line).collect();
            out.extend(
                breaks(last.as_ref(), &lines, from)
                    .into_iter()
                    .map(|it| format!("ledger entry {}: {}", from + it.line as u64, it.what)),
            );
            last = lines.pop();
            from = next;
        }
        out.extend(self.db.rows(
            "SELECT l.seq FROM ledger l LEFT JOIN payloads p ON p.sha256 = l.payload_sha256 WHERE p.sha256 IS NULL LIMIT 20",
            &[],
            |it| Ok(format!("ledger entry {}: what it concerns is missing", it.int(0)?)),
        )?);
        for table in ["payloads", "sources"] {
            let sql = format!("SELECT sha256, bytes FROM {table}");
            let wrong = self.db.rows(&sql, &[], |it| {
                let (sha256, bytes) = (it.text(0)?, it.blob(1)?);
                Ok((sha256_hex(&bytes) != sha256)
                    .then(|| format!("{table}: {sha256} is not what its hash says")))
            })?;
            out.extend(wrong.into_iter().flatten());
        }
        out.extend(self.db.rows(
            "SELECT id FROM articles WHERE id NOT IN (SELECT subject FROM ledger WHERE what LIKE 'stored article %') LIMIT 20",
            &[],
            |it| Ok(format!("article {} is not in the ledger", it.text(0)?)),
        )?);
        let decided = self.db.rows("SELECT id, state FROM claims WHERE state <> 'proposed'", &[], |it| {
            Ok((it.text(0)?, it.text(1)?))
        })?;
        for (id, state) in decided {
            let trail = self.trail(&id)?;
            let stands = crate::decide::standing(&trail);
            if stands.state != state {
                out.push(format!("claim {id} is {state} on the desk and {} in the ledger", stands.state));
            }
        }
        Ok(out)
    }
}

/// Breaks within a page of the ledger that begins at `from`.
fn breaks(before: Option<&Line>, lines: &[Line], from: u64) -> Vec<ChainBreak> {
    let mut out = Vec::new();
    let mut previous = before.map_or(GENESIS, |it| it.hash.as_str());
    for (n, line) in lines.iter().enumerate() {
        if line.seq != from + n as u64 {
            out.push(ChainBreak { line: n, what: "its number is not its position" });
        }
        if line.previous != previous {
            out.push(ChainBreak { line: n, what: "it is not chained to the line before" });
        }
        if line.hash != line.expected_hash() {
            out.push(ChainBreak { line: n, what: "its words are not those its hash was made of" });
        }
        previous = &line.hash;
    }
    out
}
