//! Opening a record: strict, limited, with errors that say where.

use serde::Deserialize;

use crate::{FORMAT, Record};

/// A record larger than this is not opened.
pub const RECORD_BYTES_MAX: usize = 2 << 30;

/// Why a record could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// It is too large.
    #[error("the record has {bytes} bytes; at most {RECORD_BYTES_MAX} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// It is not JSON.
    #[error("not JSON: {0}")]
    NotJson(#[source] serde_json::Error),
    /// It does not say that it is a record.
    #[error("not a Trucewatch record: there is no `format`")]
    NoFormat,
    /// It is of a version this program does not know.
    #[error("the record's format is `{found}`; this program opens `{FORMAT}`: use a newer Trucewatch")]
    UnknownFormat {
        /// The version found.
        found: String,
    },
    /// A field is missing, unknown, or of another type.
    #[error("not a record of format {FORMAT}: {0}")]
    Shape(#[source] serde_json::Error),
}

/// Opens a record of any version ever written.
///
/// Strict: unknown fields, missing fields and floats are errors. Whether its
/// contents hold is asked with [`crate::verify`].
///
/// # Errors
/// See [`DecodeError`].
pub fn from_json(bytes: &[u8]) -> Result<Record, DecodeError> {
    if bytes.len() > RECORD_BYTES_MAX {
        return Err(DecodeError::TooLarge { bytes: bytes.len() });
    }
    #[derive(Deserialize)]
    struct Head {
        format: Option<String>,
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => DecodeError::NoFormat,
        _ => DecodeError::NotJson(error),
    })?;
    match head.format.as_deref() {
        Some(FORMAT) => serde_json::from_slice(bytes).map_err(DecodeError::Shape),
        Some(found) => Err(DecodeError::UnknownFormat { found: found.chars().take(40).collect() }),
        None => Err(DecodeError::NoFormat),
    }
}
