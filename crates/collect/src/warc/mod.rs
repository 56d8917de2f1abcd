//! WARC 1.1 (ISO 28500): reading archives of anybody, writing our own.

mod read;
mod write;

pub(crate) use read::reports;
pub use read::{WarcError, WarcReader, WarcRecord};
pub use write::Archive;
pub(crate) use write::hex;
