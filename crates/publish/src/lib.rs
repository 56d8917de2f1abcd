//! Record to pages, figures, reports and exports. Pure: a record in, strings
//! or bytes out, the same for the same record.
//!
//! What is said about the world is said with a link to the words it rests on;
//! the types leave no other way. Text from outside is escaped and isolated.
//!
//! It does not know files, clocks, or how anything was found.

mod alert;
mod brief;
mod day;
mod diff;
mod export;
mod hash;
mod mcp;
mod say;
mod sitrep;
mod strings;
mod summary;
mod view;
mod voice;

pub use alert::{Alert, AlertRule, Occasion, alerts, alerts_atom};
pub use brief::{SiteFile, brief_html, site};

/// Parts of the brief for the pages of a desk.
pub mod desk {
    pub use crate::brief::{
        Fragment, cited_address, fragment, kind_name, limits, outside, plain, standing_meaning, style,
    };
}

pub use export::{ExportError, Format, export};
pub use mcp::{MCP_MESSAGE_BYTES_MAX, McpServer};
pub use sitrep::{SitrepError, SitrepForm, SitrepFormat, sitrep, sitrep_file};
pub use summary::{SUMMARY_LINES_MIN, SUMMARY_WIDTH_MIN, summary};
