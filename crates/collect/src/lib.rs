//! Where reports come from: feeds, sitemaps, pages, mail, archives, folders.
//!
//! This is the only crate that speaks to the network, and it does so politely
//! and with suspicion: robots.txt, a rate per host, limits on size, time,
//! redirects and decompression, no private addresses unless allowed by name.
//! Every page fetched is hashed as it arrives and kept in a WARC file with its
//! headers and time before anything else is done with it.
//!
//! It does not know what reports mean.

mod address;
mod clock;
mod deliver;
mod encoding;
mod feed;
mod fetch;
mod http;
mod limits;
mod local;
mod mail;
mod newsml;
mod ninjs;
mod robots;
mod run;
mod sitemap;
mod sources;
mod state;
mod wacz;
mod warc;
mod xml;

pub use address::is_public;
pub use clock::{Clock, System};
pub use deliver::{DELIVERY_BYTES_MAX, DELIVERY_TRIES_MAX, deliver};
pub use feed::{FeedError, Item, parse as parse_feed};
pub use fetch::{Ask, FetchError, Fetched, Fetcher};
pub use limits::*;
pub use local::{Holds, told};
pub use robots::Robots;
pub use run::{Collector, Event, Events, Round};
pub use sitemap::{Sitemap, SitemapError, parse as parse_sitemap};
pub use sources::{Kind, Settings, Source, Sources, SourcesError};
pub use state::{SourceState, State, StateError, Status};
pub use warc::{Archive, WarcError, WarcReader, WarcRecord};

use truce_model::Problem;

/// The name of this stage in problems.
const STAGE: &str = "collect";

fn problem(what: String) -> Problem {
    Problem { article: None, stage: STAGE, what, span: None }
}
