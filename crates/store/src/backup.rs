//! A whole desk out and in again: backup, restore, export.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use truce_ledger::{Entry, Ledger, Line, ReviewerId, Verdict};
use truce_record::{AgreementRef, Article, Claim, LedgerLine, MadeBy, Record};

use crate::db::{Db, with};
use crate::{Clock, Masker, Store, StoreError};

/// What an exported desk says it is.
pub const DUMP_FORMAT: &str = "trucewatch-desk/1";
/// Pages copied between two looks at other writers.
const STEP_PAGES: i32 = 4096;

fn failed(path: &Path) -> impl Fn(std::io::Error) -> StoreError + '_ {
    move |error| match error.kind() {
        std::io::ErrorKind::StorageFull => StoreError::DiskFull,
        _ => StoreError::File(path.display().to_string(), error),
    }
}

/// A path beside `path` with `end` added to its name.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn copy(from: &Db, to: &Path) -> Result<(), StoreError> {
    let half = beside(to, ".part");
    let _ = fs::remove_file(&half);
    let mut target = rusqlite::Connection::open(&half)?;
    let copied = rusqlite::backup::Backup::new(&from.conn, &mut target)
        .and_then(|it| it.run_to_completion(STEP_PAGES, Duration::from_millis(5), None));
    let closed = copied.map_err(StoreError::from).and_then(|()| {
        target.execute_batch("PRAGMA journal_mode = DELETE")?;
        target.close().map_err(|it| it.1)?;
        File::open(&half).and_then(|it| it.sync_all()).map_err(failed(&half))
    });
    if let Err(error) = closed.and_then(|()| fs::rename(&half, to).map_err(failed(to))) {
        let _ = fs::remove_file(&half);
        return Err(error);
    }
    Ok(())
}

impl Store {
    /// Copies the desk, as it is at one moment, while others work on it.
    ///
    /// # Errors
    /// If there is a file already, or no room.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::Exists(to.display().to_string()));
        }
        copy(&self.db, to)
    }

    /// Puts a backup in a desk's place. The desk that was there is kept
    /// beside it. That the backup is older is noticed when it is opened.
    ///
    /// # Errors
    /// If the backup is damaged, or there is a desk and `replace` is not set.
    pub fn restore(
        from: &Path,
        to: &Path,
        replace: bool,
        clock: &Clock,
    ) -> Result<Option<PathBuf>, StoreError> {
        let backup = Store::open_to_read(from, clock.clone())?;
        let faults = backup.check()?;
        if let Some(first) = faults.first() {
            return Err(StoreError::Damaged(first.clone()));
        }
        let mut kept = None;
        if to.exists() {
            if !replace {
                return Err(StoreError::Exists(to.display().to_string()));
            }
            // Whatever still stands in its log goes into the file first.
            drop(
                Store::open(to, clock.clone()).and_then(|it| it.db.batch("PRAGMA wal_checkpoint(TRUNCATE)")),
            );
            let old = beside(to, &format!(".before-{}", clock.stamp().replace(':', "")));
            fs::rename(to, &old).map_err(failed(to))?;
            kept = Some(old);
        }
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(beside(to, end));
        }
        copy(&backup.db, to)?;
        Ok(kept)
    }

    /// The whole record as it stands, sealed like any other, with a line that
    /// says from which desk it is and where its ledger stood, and the reviews.
    ///
    /// # Errors
    /// What the database says.
    pub fn record(&self, made_by: MadeBy) -> Result<Record, StoreError> {
        let pack = self.pack()?;
        let ids = self.db.rows(
            "SELECT id FROM articles WHERE is_current = 1 AND retracted IS NULL ORDER BY id",
            &[],
            |it| it.text(0),
        )?;
        let mut articles: Vec<Article> = Vec::with_capacity(ids.len());
        for id in ids {
            articles.extend(self.article(&id)?);
        }
        let mut claims: Vec<Claim> = Vec::new();
        let mut reviews: Vec<(String, String, Option<String>, Option<String>)> = Vec::new();
        self.db.rows(
            "SELECT c.eff, c.state, c.decided_by, c.decided_at, c.id FROM claims c JOIN articles a ON a.id = c.article \
             WHERE c.eff IS NOT NULL AND a.is_current = 1 AND a.retracted IS NULL ORDER BY c.article, c.n",
            &[],
            |it| {
                let standing: Vec<Claim> = it.json(0)?;
                if it_is_reviewed(&it.text(1)?) {
                    let (by, at) = (it.opt(2)?, it.opt(3)?);
                    reviews.extend(standing.iter().map(|claim| (claim.id.clone(), "confirmed".to_owned(), by.clone(), at.clone())));
                }
                claims.extend(standing);
                Ok(())
            },
        )?;
        claims.sort_by_key(|it| {
            (it.article.clone(), it.evidence.first().map(|it| (it.start, it.end)), it.id.clone())
        });
        let incidents = self.incidents_all()?;
        let mut record = Record {
            actors: self.db.rows("SELECT json FROM actors ORDER BY id", &[], |it| it.json(0))?,
            agreement: Some(AgreementRef { id: pack.id, sha256: pack.sha256 }),
            claims,
            findings: self.findings(None)?,
            format: truce_record::FORMAT.to_owned(),
            incidents,
            ledger: Vec::new(),
            lineages: self.db.rows("SELECT json FROM lineages ORDER BY id", &[], |it| it.json(0))?,
            made_by,
            problems: Vec::new(),
            reuse: self.db.rows("SELECT json FROM reuse ORDER BY n", &[], |it| it.json(0))?,
            statements: self.db.rows(
                "SELECT s.json FROM statements s JOIN articles a ON a.id = s.article WHERE a.is_current = 1 AND a.retracted IS NULL ORDER BY s.article, s.n",
                &[],
                |it| it.json(0),
            )?,
            articles,
        };
        truce_record::seal(&mut record);
        let head = self.head()?;
        let what = format!(
            "from desk {} at entry {}, hash {}",
            self.meta("desk")?.unwrap_or_default(),
            head.entries,
            head.hash
        );
        let mut ledger = Ledger::from_lines(record.ledger.iter().map(Line::from).collect());
        ledger.append(
            crate::journal::PROGRAM,
            self.meta("assessed")?.as_deref(),
            &Entry::Noted { what: what.into(), reviewer: None },
            b"",
        );
        for (id, _, by, at) in reviews {
            let Some(reviewer) = by.as_deref().and_then(ReviewerId::new) else { continue };
            let entry = Entry::Reviewed {
                claim: id.as_str().into(),
                verdict: Verdict::Confirmed,
                reviewer,
                reason: "as it stands here; the desk's ledger has the trail".into(),
            };
            ledger.append("", at.as_deref(), &entry, b"");
        }
        record.ledger = ledger.lines().iter().map(LedgerLine::from).collect();
        Ok(record)
    }

    fn incidents_all(&self) -> Result<Vec<truce_record::Incident>, StoreError> {
        self.db.rows("SELECT json, (SELECT code FROM ratings r WHERE r.incident = incidents.id) FROM incidents ORDER BY id", &[], |it| {
            let mut incident: truce_record::Incident = it.json(0)?;
            if let Some(code) = it.opt(1)? {
                incident.credibility = code;
            }
            Ok(incident)
        })
    }

    /// Writes the whole desk into a new folder, in forms that outlive this
    /// program: `ledger.jsonl` with what each entry concerns, the pack, the
    /// sources byte for byte. Masked names are covered, and sources, which
    /// cannot be covered, are left out then, unless `unmasked`.
    ///
    /// # Errors
    /// If the folder exists, or there is no room.
    pub fn export(&self, to: &Path, record: &Record, unmasked: bool) -> Result<usize, StoreError> {
        if to.exists() {
            return Err(StoreError::Exists(to.display().to_string()));
        }
        let masker = if unmasked { Masker::default() } else { self.masker()? };
        let half = beside(to, ".part");
        let _ = fs::remove_dir_all(&half);
        let written = self.export_into(&half, record, &masker);
        match written.and_then(|it| fs::rename(&half, to).map_err(failed(to)).map(|()| it)) {
            Ok(files) => Ok(files),
            Err(error) => {
                let _ = fs::remove_dir_all(&half);
                Err(error)
            }
        }
    }

    fn export_into(&self, to: &Path, record: &Record, masker: &Masker) -> Result<usize, StoreError> {
        fs::create_dir_all(to.join("agreement")).map_err(failed(to))?;
        let mut files = 0;
        let mut put = |name: &str, bytes: &[u8]| -> Result<(), StoreError> {
            let path = to.join(name);
            files += 1;
            fs::write(&path, bytes).map_err(failed(&path))
        };
        let pack = self.pack()?;
        put("agreement/agreement.toml", pack.toml.as_bytes())?;
        if let Some(geojson) = &pack.geojson {
            put("agreement/places.geojson", geojson.as_bytes())?;
        }
        put("record.json", masker.cover(record.clone())?.to_json().as_bytes())?;
        let head = self.head()?;
        let desk = json!({
            "format": DUMP_FORMAT, "desk": self.meta("desk")?, "made": self.meta("made")?, "exported": self.clock.stamp(),
            "entries": head.entries, "head": head.hash, "masked": !masker.is_empty(),
            "sources": if masker.is_empty() { "sources/" } else { "left out: they hold names that are masked" },
        });
        put("desk.json", format!("{desk:#}\n").as_bytes())?;
        let path = to.join("ledger.jsonl");
        let mut out = BufWriter::new(File::create(&path).map_err(failed(&path))?);
        let mut from = 0;
        loop {
            let page = self.ledger_from(from, 1000)?;
            let Some(last) = page.last() else { break };
            from = last.line.seq + 1;
            for row in page {
                let payload = self.payload(&row.line.payload_sha256)?.unwrap_or_default();
                let mut payload: serde_json::Value = serde_json::from_slice(&payload).unwrap_or_else(|_| {
                    serde_json::Value::String(String::from_utf8_lossy(&payload).into_owned())
                });
                masker.json(&mut payload);
                let line =
                    json!({"line": LedgerLine::from(&row.line), "subject": row.subject, "payload": payload});
                writeln!(out, "{line}").map_err(failed(&path))?;
            }
        }
        out.flush().map_err(failed(&path))?;
        files += 1;
        if masker.is_empty() {
            let folder = to.join("sources");
            fs::create_dir_all(&folder).map_err(failed(&folder))?;
            let all = self.db.rows("SELECT sha256 FROM sources ORDER BY sha256", &[], |it| it.text(0))?;
            for sha256 in all {
                let bytes =
                    self.db.one("SELECT bytes FROM sources WHERE sha256 = ?1", with![&sha256], |it| {
                        it.blob(0)
                    })?;
                let path = folder.join(&sha256);
                fs::write(&path, bytes.unwrap_or_default()).map_err(failed(&path))?;
                files += 1;
            }
        }
        Ok(files)
    }
}

fn it_is_reviewed(state: &str) -> bool {
    matches!(state, "confirmed" | "amended" | "split")
}
