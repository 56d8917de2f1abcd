//! A thin layer over the database: values in, rows out, whole transactions or
//! none. The SQL above it is written so that another engine could stand here.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

/// How long to wait for another process that writes.
const BUSY_WAIT: Duration = Duration::from_secs(15);

/// A value in or out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

macro_rules! from {
    ($($ty:ty => |$it:ident| $to:expr;)*) => {$(
        impl From<$ty> for Value {
            fn from($it: $ty) -> Value { $to }
        }
    )*};
}
from! {
    &str => |it| Value::Text(it.to_owned());
    &String => |it| Value::Text(it.clone());
    String => |it| Value::Text(it);
    i64 => |it| Value::Int(it);
    u64 => |it| Value::Int(i64::try_from(it).unwrap_or(i64::MAX));
    usize => |it| Value::Int(i64::try_from(it).unwrap_or(i64::MAX));
    bool => |it| Value::Int(i64::from(it));
    Vec<u8> => |it| Value::Blob(it);
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(it: Option<T>) -> Value {
        it.map_or(Value::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(it) => ValueRef::Integer(*it),
            Value::Text(it) => ValueRef::Text(it.as_bytes()),
            Value::Blob(it) => ValueRef::Blob(it),
        }))
    }
}

/// Values for placeholders.
macro_rules! with {
    ($($it:expr),* $(,)?) => { &[$($crate::db::Value::from($it)),*] };
}
pub(crate) use with;

/// A row that was read.
#[derive(Debug)]
pub(crate) struct Row(Vec<Value>);

impl Row {
    pub fn text(&mut self, n: usize) -> Result<String, StoreError> {
        self.opt(n)?.ok_or(StoreError::Shape("a column is empty that never is"))
    }

    pub fn opt(&mut self, n: usize) -> Result<Option<String>, StoreError> {
        match self.0.get_mut(n).map(|it| std::mem::replace(it, Value::Null)) {
            Some(Value::Text(it)) => Ok(Some(it)),
            Some(Value::Null) => Ok(None),
            _ => Err(StoreError::Shape("a column is no text")),
        }
    }

    pub fn int(&self, n: usize) -> Result<i64, StoreError> {
        match self.0.get(n) {
            Some(Value::Int(it)) => Ok(*it),
            Some(Value::Null) => Ok(0),
            _ => Err(StoreError::Shape("a column is no number")),
        }
    }

    pub fn count(&self, n: usize) -> Result<usize, StoreError> {
        usize::try_from(self.int(n)?).map_err(|_| StoreError::Shape("a count below zero"))
    }

    pub fn blob(&mut self, n: usize) -> Result<Vec<u8>, StoreError> {
        match self.0.get_mut(n).map(|it| std::mem::replace(it, Value::Null)) {
            Some(Value::Blob(it)) => Ok(it),
            Some(Value::Text(it)) => Ok(it.into_bytes()),
            _ => Err(StoreError::Shape("a column is no bytes")),
        }
    }

    /// A column that holds JSON of the written form.
    pub fn json<T: serde::de::DeserializeOwned>(&mut self, n: usize) -> Result<T, StoreError> {
        let text = self.text(n)?;
        serde_json::from_str(&text).map_err(|_| StoreError::Shape("a column holds JSON of another shape"))
    }
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Db {
    pub(crate) conn: Connection,
}

impl Db {
    /// Opens a file; makes it only if `create`.
    pub fn open(path: &Path, create: bool, write: bool) -> Result<Db, StoreError> {
        let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags |= if write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
        if create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(BUSY_WAIT)?;
        conn.set_prepared_statement_cache_capacity(128);
        let db = Db { conn };
        if write {
            // FULL: what was acknowledged survives the loss of power too.
            db.batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -32768; \
                 PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;",
            )?;
        } else {
            db.batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16384; PRAGMA mmap_size = 1073741824;")?;
        }
        Ok(db)
    }

    pub fn batch(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.conn.execute_batch(sql)?)
    }

    pub fn run(&self, sql: &str, values: &[Value]) -> Result<usize, StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.execute(rusqlite::params_from_iter(values))?)
    }

    /// All rows, each turned into something.
    pub fn rows<T>(
        &self,
        sql: &str,
        values: &[Value],
        mut each: impl FnMut(&mut Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let width = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(values))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(width);
            for n in 0..width {
                values.push(match row.get_ref(n)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(it) => Value::Int(it),
                    ValueRef::Text(it) => Value::Text(
                        String::from_utf8(it.to_vec())
                            .map_err(|_| StoreError::Shape("a text is no UTF-8"))?,
                    ),
                    ValueRef::Blob(it) => Value::Blob(it.to_vec()),
                    ValueRef::Real(_) => return Err(StoreError::Shape("a number is no whole number")),
                });
            }
            out.push(each(&mut Row(values))?);
        }
        Ok(out)
    }

    pub fn one<T>(
        &self,
        sql: &str,
        values: &[Value],
        each: impl FnMut(&mut Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(sql, values, each)?.into_iter().next())
    }

    pub fn number(&self, sql: &str, values: &[Value]) -> Result<i64, StoreError> {
        Ok(self.one(sql, values, |it| it.int(0))?.unwrap_or(0))
    }

    /// Does `work` whole or not at all. Nobody else writes meanwhile.
    pub fn transact<T>(&self, work: impl FnOnce(&Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.batch("BEGIN IMMEDIATE")?;
        match work(self).and_then(|it| self.batch("COMMIT").map(|()| it)) {
            Ok(it) => Ok(it),
            Err(error) => {
                // A full disk may have rolled back already.
                let _ = self.batch("ROLLBACK");
                Err(error)
            }
        }
    }
}
