//! The file of sources: TOML that people read.
//!
//! ```toml
//! contact = "https://desk.example/robot"   # whom hosts can write to
//! pause = "5s"                             # between requests to one host
//!
//! [[source]]
//! id = "courier"
//! kind = "feed"                            # feed, sitemap, page, folder
//! url = "https://courier.example/rss"
//! outlet = "Stonebridge Courier"
//! every = "15m"
//! silent_after = "2d"
//! ```

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

/// Sources of one file.
const SOURCES_MAX: usize = 5_000;
/// Bytes of a file of sources.
const FILE_BYTES_MAX: usize = 4 << 20;

/// What to collect, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// What holds for all.
    pub settings: Settings,
    /// Each by itself.
    pub all: Vec<Source>,
}

/// What holds for all sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whom hosts can write to; needed as soon as something is fetched.
    pub contact: String,
    /// Pause between requests to one host.
    pub pause: Duration,
    /// Hosts whose private addresses may be used.
    pub allow_hosts: BTreeSet<String>,
}

/// What kind of source it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap, or an index of them.
    Sitemap,
    /// One page that changes.
    Page,
    /// A file or folder: reports, mail, archives, agency formats.
    Folder,
}

/// Where reports come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name in messages and in the state.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its address, if it is fetched.
    pub url: String,
    /// Its place, if it is a folder.
    pub path: PathBuf,
    /// Who prints its reports, where they do not say it themselves.
    pub outlet: Option<String>,
    /// How often it is asked.
    pub every: Duration,
    /// After how long without anything new it counts as silent.
    pub silent_after: Duration,
    /// How far back reports of a sitemap are wanted.
    pub since: Duration,
    /// Reports fetched in one round at most.
    pub pages_max: usize,
}

/// What is wrong with a file of sources.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SourcesError(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    contact: Option<String>,
    pause: Option<String>,
    #[serde(default)]
    allow_hosts: Vec<String>,
    #[serde(default)]
    source: Vec<WrittenSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSource {
    id: String,
    kind: Kind,
    url: Option<String>,
    path: Option<PathBuf>,
    outlet: Option<String>,
    every: Option<String>,
    silent_after: Option<String>,
    since: Option<String>,
    pages_max: Option<usize>,
}

impl Sources {
    /// Reads a file of sources.
    ///
    /// # Errors
    /// What is wrong, with line or source, and what to do.
    pub fn parse(toml: &str) -> Result<Sources, SourcesError> {
        let bad = |what: String| SourcesError(what);
        if toml.len() > FILE_BYTES_MAX {
            return Err(bad(format!("a file of sources has at most {} MB", FILE_BYTES_MAX >> 20)));
        }
        let it: Written =
            toml::from_str(toml).map_err(|error| bad(error.to_string().trim_end().to_owned()))?;
        let mut all = Vec::new();
        let mut ids = BTreeSet::new();
        for source in it.source {
            let id = source.id.clone();
            let tell = |what: &str| bad(format!("source {id:?}: {what}"));
            let plain = !id.is_empty()
                && id.len() <= 64
                && id.chars().all(|it| it.is_alphanumeric() || "-_.".contains(it));
            if !plain {
                return Err(tell("its id has up to 64 letters, digits, - _ ."));
            }
            if !ids.insert(id.clone()) {
                return Err(tell("its id is used twice"));
            }
            let local = source.kind == Kind::Folder;
            let (url, path) = match (source.url, source.path) {
                (None, Some(path)) if local => (String::new(), path),
                (Some(url), None) if !local => (url, PathBuf::new()),
                _ if local => return Err(tell("a folder has a `path` and no `url`")),
                _ => return Err(tell("what is fetched has a `url` and no `path`")),
            };
            if !local && it.contact.as_deref().is_none_or(|it| it.trim().is_empty()) {
                return Err(tell(
                    "it is fetched from the network, so the file needs a `contact` (an address or page for those who run the hosts)",
                ));
            }
            let time = |written: Option<String>, name: &str, usual: u64| match written {
                None => Ok(Duration::from_secs(usual)),
                Some(it) => duration(&it)
                    .ok_or_else(|| tell(&format!("{name} = {it:?} is no time; write 30s, 15m, 2h or 3d"))),
            };
            const HOUR: u64 = 3600;
            all.push(Source {
                kind: source.kind,
                url,
                path,
                outlet: source.outlet,
                every: time(source.every, "every", HOUR / 4)?.max(Duration::from_secs(1)),
                silent_after: time(source.silent_after, "silent_after", 48 * HOUR)?,
                since: time(source.since, "since", 72 * HOUR)?,
                pages_max: source.pages_max.unwrap_or(500),
                id,
            });
        }
        if all.is_empty() {
            return Err(bad("it names no [[source]]".to_owned()));
        }
        if all.len() > SOURCES_MAX {
            return Err(bad(format!("{} sources; at most {SOURCES_MAX}", all.len())));
        }
        let pause = match it.pause {
            None => Duration::from_secs(5),
            Some(it) => duration(&it).ok_or_else(|| bad(format!("pause = {it:?} is no time; write 5s")))?,
        };
        let settings = Settings {
            contact: it.contact.unwrap_or_default(),
            pause,
            allow_hosts: it.allow_hosts.iter().map(|it| it.to_ascii_lowercase()).collect(),
        };
        Ok(Sources { settings, all })
    }
}

/// `30s`, `15m`, `2h`, `3d`.
fn duration(it: &str) -> Option<Duration> {
    let it = it.trim();
    let (number, unit) = it.split_at_checked(it.len().checked_sub(1)?)?;
    let number: u64 = number.trim().parse().ok()?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    (number <= 10_000_000).then(|| Duration::from_secs(number * unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read() {
        let it = Sources::parse(
            "contact = \"x@y.example\"\npause = \"2s\"\n[[source]]\nid = \"a\"\nkind = \"feed\"\nurl = \"https://a.example/rss\"\nevery = \"1h\"\n[[source]]\nid = \"b\"\nkind = \"folder\"\npath = \"in\"\n",
        )
        .expect("sources");
        assert_eq!(it.all.len(), 2);
        assert_eq!(it.all[0].every, Duration::from_secs(3600));
        assert_eq!(it.settings.pause, Duration::from_secs(2));
    }

    #[test]
    fn mistakes_are_named() {
        let fails = |toml: &str, word: &str| {
            let error = Sources::parse(toml).expect_err("a mistake").to_string();
            assert!(error.contains(word), "{error}");
        };
        fails("", "[[source]]");
        fails("[[source]]\nid = \"a\"\nkind = \"fed\"\nurl = \"x\"\n", "line 3");
        fails("[[source]]\nid = \"a\"\nkind = \"feed\"\nurl = \"x\"\n", "contact");
        fails("contact = \"x\"\n[[source]]\nid = \"a\"\nkind = \"feed\"\npath = \"x\"\n", "`url`");
        fails(
            "contact = \"x\"\n[[source]]\nid = \"a\"\nkind = \"feed\"\nurl = \"x\"\nevery = \"often\"\n",
            "15m",
        );
        fails(
            "[[source]]\nid = \"a\"\nkind = \"folder\"\npath = \"x\"\n[[source]]\nid = \"a\"\nkind = \"folder\"\npath = \"y\"\n",
            "twice",
        );
        fails("[[source]]\nid = \"a\"\nkind = \"folder\"\npath = \"x\"\nevry = \"1m\"\n", "evry");
    }
}
