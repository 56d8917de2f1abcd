//! Making, opening and guarding a desk's file.

use std::path::{Path, PathBuf};

use crate::db::{Db, with};
use crate::journal::Head;
use crate::{Clock, StoreError};

/// The schema this program writes.
pub const SCHEMA: i64 = 1;

/// Steps from each schema to the next. Steps are never edited; a change is a
/// new step.
const STEPS: &[&str] = &[include_str!("schema/0001.sql")];

/// A pack's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// `nk-2020`.
    pub id: String,
    /// Of the TOML.
    pub sha256: String,
    /// `agreement.toml`.
    pub toml: String,
    /// `places.geojson`, if there is one.
    pub geojson: Option<String>,
}

/// What a new desk is made of.
#[derive(Clone, Debug)]
pub struct NewDesk {
    /// The agreement it watches.
    pub pack: Pack,
}

/// What the file beside the desk remembers of the ledger. It lies outside of
/// the database, so that a database put back to an earlier day is noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Memory {
    /// There was none, or it agrees.
    Agrees,
    /// The ledger once was longer, or other: an older backup was restored.
    Older {
        /// The last entry remembered.
        remembered: Head,
        /// The last entry there is.
        found: Head,
    },
}

/// One connection to a desk.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Db,
    pub(crate) path: PathBuf,
    pub(crate) clock: Clock,
    writes: bool,
}

impl Store {
    /// Makes a desk where there is none.
    ///
    /// # Errors
    /// If there is one, or the file cannot be written.
    pub fn create(path: &Path, new: &NewDesk, clock: Clock) -> Result<Store, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.display().to_string()));
        }
        let db = Db::open(path, true, true)?;
        let store = Store { db, path: path.to_owned(), clock, writes: true };
        let mut id = [0u8; 16];
        getrandom::fill(&mut id).map_err(|_| StoreError::refused("the system gives no random numbers"))?;
        let id: String = id.iter().map(|it| format!("{it:02x}")).collect();
        store.db.transact(|db| {
            for step in STEPS {
                db.batch(step)?;
            }
            for (key, value) in [
                ("schema", SCHEMA.to_string()),
                ("desk", id.clone()),
                ("generation", "0".into()),
                ("stale", "0".into()),
                ("made", store.clock.stamp()),
            ] {
                db.run("INSERT INTO meta (key, value) VALUES (?1, ?2)", with![key, value])?;
            }
            store.put_pack(db, &new.pack)?;
            Ok(())
        })?;
        store.remember()?;
        Ok(store)
    }

    /// Opens a desk for reading and writing, bringing it to this program's
    /// schema.
    ///
    /// # Errors
    /// If there is none, it is damaged, of a newer program, or read-only.
    pub fn open(path: &Path, clock: Clock) -> Result<Store, StoreError> {
        Store::open_as(path, clock, true)
    }

    /// Opens a desk for reading alone.
    ///
    /// # Errors
    /// If there is none, it is damaged, or of another program.
    pub fn open_to_read(path: &Path, clock: Clock) -> Result<Store, StoreError> {
        Store::open_as(path, clock, false)
    }

    fn open_as(path: &Path, clock: Clock, writes: bool) -> Result<Store, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.display().to_string()));
        }
        let db = Db::open(path, false, writes)?;
        let tables = db.number("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'meta'", &[])?;
        if tables == 0 {
            return Err(StoreError::Damaged("it holds no desk".into()));
        }
        let store = Store { db, path: path.to_owned(), clock, writes };
        let found = store.schema()?;
        if found > SCHEMA {
            return Err(StoreError::Newer(found, SCHEMA));
        }
        if found < SCHEMA && writes {
            store.migrate(found)?;
        }
        Ok(store)
    }

    fn schema(&self) -> Result<i64, StoreError> {
        let text = self.meta("schema")?.unwrap_or_default();
        text.parse().map_err(|_| StoreError::Damaged("its schema has no number".into()))
    }

    fn migrate(&self, from: i64) -> Result<(), StoreError> {
        self.db.transact(|db| {
            let done = usize::try_from(from).map_err(|_| StoreError::Shape("a schema below zero"))?;
            for step in STEPS.iter().skip(done) {
                db.batch(step)?;
            }
            db.run("UPDATE meta SET value = ?1 WHERE key = 'schema'", with![SCHEMA.to_string()])?;
            Ok(())
        })
    }

    /// Where the desk lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The clock the desk goes by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// A value of the desk itself.
    ///
    /// # Errors
    /// What the database says.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.db.one("SELECT value FROM meta WHERE key = ?1", with![key], |it| it.text(0))
    }

    pub(crate) fn set_meta(db: &Db, key: &str, value: &str) -> Result<(), StoreError> {
        db.run(
            "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            with![key, value],
        )?;
        Ok(())
    }

    /// The pack in force.
    ///
    /// # Errors
    /// What the database says.
    pub fn pack(&self) -> Result<Pack, StoreError> {
        let pack = self.db.one(
            "SELECT id, sha256, toml, geojson FROM packs ORDER BY n DESC LIMIT 1",
            &[],
            |it| Ok(Pack { id: it.text(0)?, sha256: it.text(1)?, toml: it.text(2)?, geojson: it.opt(3)? }),
        )?;
        pack.ok_or(StoreError::Shape("a desk without a pack"))
    }

    /// Puts another version of the pack in force. Everything is read again.
    ///
    /// # Errors
    /// If it is the pack of another agreement.
    pub fn replace_pack(&self, pack: &Pack) -> Result<bool, StoreError> {
        let old = self.pack()?;
        if old.id != pack.id {
            return Err(StoreError::refused(format!(
                "this desk watches {}; make another desk for {}",
                old.id, pack.id
            )));
        }
        if old == *pack {
            return Ok(false);
        }
        self.db.transact(|db| {
            self.put_pack(db, pack)?;
            db.run("UPDATE articles SET engine = NULL", &[])?;
            Store::set_meta(db, "stale", "1")
        })?;
        self.remember()?;
        Ok(true)
    }

    fn put_pack(&self, db: &Db, pack: &Pack) -> Result<(), StoreError> {
        db.run(
            "INSERT INTO packs (id, sha256, toml, geojson, since) VALUES (?1, ?2, ?3, ?4, ?5)",
            with![&pack.id, &pack.sha256, &pack.toml, pack.geojson.as_ref(), self.clock.stamp()],
        )?;
        let what = format!("the desk reads against {} with SHA-256 {}", pack.id, pack.sha256);
        let entry = truce_ledger::Entry::Noted { what: what.into(), reviewer: None };
        self.append(db, &entry, "pack", pack.toml.as_bytes())?;
        Ok(())
    }

    /// Pages that the file has.
    ///
    /// # Errors
    /// What the database says.
    pub fn pages(&self) -> Result<u64, StoreError> {
        Ok(self.db.number("PRAGMA page_count", &[])? as u64)
    }

    /// Lets the file grow to this many pages and no further, for this
    /// connection: beyond it the disk counts as full.
    ///
    /// # Errors
    /// What the database says.
    pub fn limit_pages(&self, pages: u64) -> Result<(), StoreError> {
        self.db.number(&format!("PRAGMA max_page_count = {pages}"), &[]).map(|_| ())
    }

    fn memory_path(&self) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(".head");
        name.into()
    }

    /// Writes down, beside the desk, how far its ledger has come.
    pub(crate) fn remember(&self) -> Result<(), StoreError> {
        if !self.writes {
            return Ok(());
        }
        let head = self.head()?;
        let desk = self.meta("desk")?.unwrap_or_default();
        let (place, beside) = (
            self.memory_path(),
            self.memory_path().with_extension(format!("head.{}.tmp", std::process::id())),
        );
        let line = format!("trucewatch-head/1 {desk} {} {}\n", head.entries, head.hash);
        // A full disk must not undo what was committed; the memory is then
        // only older, which is never an alarm.
        if std::fs::write(&beside, line).and_then(|()| std::fs::rename(&beside, &place)).is_err() {
            let _ = std::fs::remove_file(&beside);
        }
        Ok(())
    }

    /// Compares the ledger with what is remembered of it.
    ///
    /// # Errors
    /// What the database says.
    pub fn memory(&self) -> Result<Memory, StoreError> {
        let Ok(line) = std::fs::read_to_string(self.memory_path()) else { return Ok(Memory::Agrees) };
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, desk, entries, hash] = fields[..] else { return Ok(Memory::Agrees) };
        let Ok(entries) = entries.parse::<u64>() else { return Ok(Memory::Agrees) };
        let found = self.head()?;
        let same_desk = self.meta("desk")?.as_deref() == Some(desk);
        let at = self.hash_of(entries.saturating_sub(1))?;
        if same_desk && entries <= found.entries && (entries == 0 || at.as_deref() == Some(hash)) {
            return Ok(Memory::Agrees);
        }
        Ok(Memory::Older { remembered: Head { entries, hash: hash.to_owned() }, found })
    }

    /// Goes on from an older state. That it was older stays in the ledger.
    ///
    /// # Errors
    /// If nothing was older, or the disk is full.
    pub fn accept_older(&self, who: &str) -> Result<(), StoreError> {
        let Memory::Older { remembered, found } = self.memory()? else {
            return Err(StoreError::refused("the desk is as it was left; there is nothing to accept"));
        };
        let what = format!(
            "an older state of the desk was put in its place by {who}: it had {} entries, the last {}; it goes on from {}",
            remembered.entries, remembered.hash, found.entries
        );
        let entry = truce_ledger::Entry::Noted { what: what.into(), reviewer: None };
        self.db.transact(|db| self.append(db, &entry, "desk", b"").map(|_| ()))?;
        self.remember()
    }
}
