//! A desk on disk: reports as they came, what the machine proposed, what
//! people decided, and the chain that ties it together. The only SQL.
//!
//! Everything that was acknowledged survives a killed process, a full disk
//! and a second process; nothing is ever half there. What was written to the
//! ledger is never changed: the database itself refuses.
//!
//! It does not know how anything is read, assessed or shown.

mod agree;
mod backup;
mod clock;
mod db;
mod decide;
mod derived;
mod desk;
mod error;
mod intake;
mod journal;
mod masks;
mod past;
mod people;
mod search;
mod show;
mod slice;

pub use agree::{Agreement2, Alpha, Coding, Disagreement, compare_coders, krippendorff_nominal, span_f1};
pub use backup::DUMP_FORMAT;
pub use clock::Clock;
pub use decide::{Act, Decided, Decision, REASON_CHARS_MAX};
pub use derived::{Derived, Kept};
pub use desk::{Memory, NewDesk, Pack, SCHEMA, Store};
pub use error::StoreError;
pub use intake::{Arrival, Incoming, Proposals};
pub use journal::{Head, LedgerRow};
pub use masks::{Mask, Masker};
pub use people::{AuditRow, Person, Role, Session, TokenRow};
pub use search::{Facets, Found, Hit, Query};
pub use show::*;
pub use slice::Want;
pub use truce_ledger::{Line, sha256_hex};
