//! What can go wrong with a desk, and what to do.

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full. What was acknowledged before is safe.
    #[error(
        "the disk is full; nothing of this was written, and everything before it is safe: make room and try again"
    )]
    DiskFull,
    /// The file may not be written.
    #[error("the desk's file or its folder may only be read; check its permissions")]
    ReadOnly,
    /// Somebody else wrote for too long.
    #[error("another process has been writing to this desk for too long; try again")]
    Busy,
    /// The file is not there.
    #[error("there is no desk at {0}; `trucewatch desk init` makes one")]
    Missing(String),
    /// There is one already.
    #[error("there is a desk at {0} already; nothing was changed")]
    Exists(String),
    /// The file is none of ours, or is damaged.
    #[error("the file is no desk, or is damaged ({0}); restore a backup")]
    Damaged(String),
    /// Made by a newer program.
    #[error("the desk is of version {0}; this program opens up to {1}: use a newer Trucewatch")]
    Newer(i64, i64),
    /// A row is not what was written.
    #[error("the desk holds something that was not written by this program: {0}")]
    Shape(&'static str),
    /// The request makes no sense for what the desk holds.
    #[error("{0}")]
    Refused(String),
    /// A file beside the desk could not be used.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// Anything else that SQLite says.
    #[error("the database says: {0}")]
    Database(String),
}

impl StoreError {
    /// A request that makes no sense.
    pub fn refused(what: impl Into<String>) -> StoreError {
        StoreError::Refused(what.into())
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ffi::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => StoreError::DiskFull,
            Some(Code::ReadOnly) => StoreError::ReadOnly,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => StoreError::Busy,
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => StoreError::Damaged(error.to_string()),
            Some(Code::CannotOpen) => StoreError::ReadOnly,
            _ => StoreError::Database(error.to_string()),
        }
    }
}

impl From<truce_record::revive::ReviveError> for StoreError {
    fn from(_: truce_record::revive::ReviveError) -> StoreError {
        StoreError::Shape("a reading no longer fits its article")
    }
}
