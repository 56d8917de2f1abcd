//! The one serialised format (`trucewatch/1`), versioned.
//!
//! Model types do not know how they are written; this crate alone does. What
//! it writes has sorted keys, no floats, `null` for what is unknown, and
//! offsets in Unicode code points. What it once wrote it can always open:
//! a file of every version stays in `tests/records/`.
//!
//! It does not know files, how anything was found, or how it is shown.

mod convert;
mod decode;
mod format;
pub mod revive;
mod seal;
mod verify;

pub use convert::{Parts, ReadLine, TraceLines, from_model};
pub use decode::{DecodeError, RECORD_BYTES_MAX, from_json};
pub use format::*;
pub use seal::{canonical, seal};
pub use verify::{Fault, verify};
