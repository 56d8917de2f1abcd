//! Limits on everything that comes from outside.

use std::time::Duration;

/// Bytes of one body as sent.
pub const BODY_BYTES_MAX: u64 = 16 << 20;
/// Bytes of one body after decompression.
pub const DECODED_BYTES_MAX: u64 = 32 << 20;
/// A body that grows more than this when decompressed is a bomb, unless it
/// is small.
pub const DECODED_RATIO_MAX: u64 = 200;
/// Below this size the ratio says nothing: markup compresses well.
pub const DECODED_BYTES_FREE: u64 = 4 << 20;
/// Bytes of a response's head.
pub const HEAD_BYTES_MAX: usize = 64 << 10;
/// Steps of a chain of redirects.
pub const REDIRECTS_MAX: usize = 5;
/// Time for one request and its whole answer.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(45);
/// Time until a connection stands.
pub const CONNECT_TIME_MAX: Duration = Duration::from_secs(10);
/// Bytes of a robots.txt that are read (RFC 9309 asks for at least 500 KiB).
pub const ROBOTS_BYTES_MAX: usize = 512 << 10;
/// How long a robots.txt is believed.
pub const ROBOTS_AGE_MAX: Duration = Duration::from_secs(24 * 3600);
/// The longest delay a robots.txt may ask for.
pub const CRAWL_DELAY_MAX: Duration = Duration::from_secs(60);
/// The longest pause after failures.
pub const PAUSE_MAX: Duration = Duration::from_secs(6 * 3600);
/// Entries of one feed or sitemap that are looked at.
pub const ENTRIES_MAX: usize = 5_000;
/// Sitemaps reached through one index.
pub const SITEMAPS_MAX: usize = 50;
/// Depth of sitemap indexes.
pub const SITEMAP_DEPTH_MAX: usize = 3;
/// Addresses remembered as fetched.
pub const SEEN_MAX: usize = 200_000;
/// Bytes of an address.
pub const URL_BYTES_MAX: usize = 2_048;
/// Bytes of one record of an archive that are held in memory.
pub const RECORD_BYTES_MAX: u64 = 64 << 20;
/// Bytes after which a new archive file is begun.
pub const ARCHIVE_BYTES_MAX: u64 = 512 << 20;
/// Parts of one message that are looked at.
pub const MAIL_PARTS_MAX: usize = 100;
/// Depth of nested XML elements.
pub const XML_DEPTH_MAX: usize = 200;
