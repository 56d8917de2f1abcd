//! Files that hold reports and are neither text nor page: archives, messages,
//! feeds, agency formats.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use truce_extract::{RawFormat, RawReport};
use truce_model::Problem;

use crate::limits::DECODED_BYTES_MAX;
use crate::warc::WarcReader;
use crate::{feed, mail, newsml, ninjs, problem, wacz, warc, xml};

/// What a file holds, as its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// WARC, packed or not.
    Warc,
    /// WACZ.
    Wacz,
    /// A message.
    Mail,
    /// XML: a feed or NewsML-G2, told from its first element.
    Xml,
    /// JSON: a feed or ninjs, told from its fields.
    Json,
}

/// What a file holds; `None` if its name says nothing.
pub fn told(path: &Path) -> Option<Holds> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let ends = |it: &[&str]| it.iter().any(|it| name.ends_with(it));
    if ends(&[".warc", ".warc.gz"]) {
        Some(Holds::Warc)
    } else if ends(&[".wacz"]) {
        Some(Holds::Wacz)
    } else if ends(&[".eml"]) || in_maildir(path) {
        Some(Holds::Mail)
    } else if ends(&[".xml", ".rss", ".atom", ".rdf"]) {
        Some(Holds::Xml)
    } else if ends(&[".json"]) {
        Some(Holds::Json)
    } else {
        None
    }
}

/// Messages of a maildir have no ending; they lie in `cur` and `new`.
fn in_maildir(path: &Path) -> bool {
    let Some(folder) = path.parent() else { return false };
    let is_part = folder.file_name().is_some_and(|it| it == "cur" || it == "new");
    is_part && folder.parent().is_some_and(|it| it.join("cur").is_dir() && it.join("new").is_dir())
}

impl Holds {
    /// The reports of a file, one after the other, with what was wrong.
    pub fn reports(self, path: &Path) -> Box<dyn Iterator<Item = Result<RawReport, Problem>>> {
        let shown = path.display().to_string();
        let unreadable = |error: std::io::Error| {
            problem(format!("cannot read {shown}: {error}; check its permissions and give it again"))
        };
        let all: Vec<Result<RawReport, Problem>> = match self {
            Holds::Warc => match File::open(path).and_then(WarcReader::new) {
                Ok(reader) => return Box::new(warc::reports(&shown, reader)),
                Err(error) => vec![Err(unreadable(error))],
            },
            Holds::Wacz => return wacz::reports(path),
            Holds::Mail | Holds::Xml | Holds::Json => match limited(path) {
                Err(error) => vec![Err(unreadable(error))],
                Ok(bytes) if bytes.len() as u64 > DECODED_BYTES_MAX => {
                    vec![Err(problem(format!(
                        "{shown} is larger than {} MB and was not read; split it",
                        DECODED_BYTES_MAX >> 20
                    )))]
                }
                Ok(bytes) => self.of_bytes(&shown, bytes),
            },
        };
        Box::new(all.into_iter())
    }

    fn of_bytes(self, shown: &str, bytes: Vec<u8>) -> Vec<Result<RawReport, Problem>> {
        let told =
            |all: Vec<Result<RawReport, String>>| all.into_iter().map(|it| it.map_err(problem)).collect();
        match self {
            Holds::Mail => vec![mail::report(shown, &bytes).map_err(problem)],
            Holds::Json => match serde_json::from_slice::<serde_json::Value>(&bytes) {
                Err(error) => vec![Err(problem(format!("{shown}: this is no JSON ({error})")))],
                Ok(it) if ninjs::is_one(&it) => told(ninjs::reports(shown, &it)),
                Ok(it)
                    if it
                        .get("version")
                        .and_then(|it| it.as_str())
                        .is_some_and(|it| it.contains("jsonfeed.org")) =>
                {
                    of_feed(shown, &bytes)
                }
                Ok(_) => vec![Err(problem(format!(
                    "{shown}: JSON that is no ninjs item and no JSON Feed; give reports as JSON Lines (.jsonl)"
                )))],
            },
            _ => match xml::root(&bytes).as_deref() {
                _ if xml::looks_like_page(&bytes) => {
                    vec![Ok(RawReport {
                        path: shown.to_owned(),
                        bytes,
                        format: Some(RawFormat::Html),
                        ..RawReport::default()
                    })]
                }
                Some(it) if newsml::is_root(it) => told(newsml::reports(shown, &bytes)),
                Some("urlset" | "sitemapindex") => vec![Err(problem(format!(
                    "{shown}: a sitemap holds no reports, it says where they are; name it in the sources of `trucewatch collect`"
                )))],
                _ => of_feed(shown, &bytes),
            },
        }
    }
}

fn of_feed(shown: &str, bytes: &[u8]) -> Vec<Result<RawReport, Problem>> {
    let items = match feed::parse(bytes, None) {
        Ok(it) => it,
        Err(error) => return vec![Err(problem(format!("{shown}: {error}")))],
    };
    let listed = items.len();
    let (reports, summaries) = feed::reports(shown, items);
    let mut out: Vec<Result<RawReport, Problem>> = Vec::new();
    if reports.is_empty() {
        out.push(Err(problem(format!(
            "{shown}: the feed lists {listed} entries and holds no text; `trucewatch collect` fetches the pages"
        ))));
    } else if summaries > 0 {
        out.push(Err(problem(format!(
            "{shown}: {summaries} of {listed} entries hold only a summary; `trucewatch collect` fetches the pages"
        ))));
    }
    out.extend(reports.into_iter().map(Ok));
    out
}

fn limited(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(DECODED_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
