//! Rounds over the sources: what is due is asked, what is new is fetched and
//! kept.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sha2::Digest as _;
use truce_extract::{Given, JSON_LINE_BYTES_MAX, RawFormat, RawReport};
use url::Url;

use crate::clock::Clock;
use crate::feed::{self, Item};
use crate::fetch::{Ask, FetchError, Fetched, Fetcher};
use crate::limits::{DECODED_BYTES_MAX, PAUSE_MAX, SITEMAP_DEPTH_MAX, SITEMAPS_MAX};
use crate::local;
use crate::sitemap::{self, Sitemap};
use crate::sources::{Kind, Source, Sources};
use crate::state::{State, StateError, Status};
use crate::warc::{Archive, hex};
use crate::{encoding, xml};

/// The state is written after so many reports, so that a crash costs few.
const SAVE_EVERY: usize = 25;
/// Folders nested deeper than this are not entered.
const FOLDER_DEPTH_MAX: usize = 32;
/// Files of one folder looked at in one round.
const FILES_MAX: usize = 1_000_000;

/// What happens while collecting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A report was kept.
    Kept {
        /// The source.
        source: String,
        /// Where it was.
        address: String,
    },
    /// A source could not be asked.
    Failed {
        /// The source.
        source: String,
        /// Why.
        what: String,
    },
    /// A report could not be had.
    Missed {
        /// The source.
        source: String,
        /// Why.
        what: String,
    },
}

/// Who is told.
pub type Events<'e> = &'e mut dyn FnMut(Event);

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Sources that were due.
    pub asked: usize,
    /// Of these, those that failed.
    pub failed: usize,
    /// New reports kept.
    pub kept: usize,
    /// Reports that could not be had.
    pub missed: usize,
}

/// Collects from sources into a folder: archives, and the state.
#[derive(Debug)]
pub struct Collector<C> {
    sources: Sources,
    fetcher: Fetcher<C>,
    archive: Archive,
    state: State,
    state_path: PathBuf,
    unsaved: usize,
}

/// A report to be fetched.
struct Job {
    source: usize,
    item: Item,
}

impl<C: Clock> Collector<C> {
    /// A collector that writes to `folder`.
    ///
    /// # Errors
    /// If the folder cannot be made or its state cannot be used.
    pub fn new(sources: Sources, folder: &Path, fetcher: Fetcher<C>) -> Result<Collector<C>, StateError> {
        let io = |source| StateError::Io { path: folder.display().to_string(), source };
        let archive = Archive::new(folder).map_err(io)?;
        // A hidden file: whoever reads the folder as reports passes it over.
        let state_path = folder.join(".collect-state.json");
        let state = State::open(&state_path)?;
        Ok(Collector { sources, fetcher, archive, state, state_path, unsaved: 0 })
    }

    /// How each source stands.
    pub fn status(&self) -> Vec<Status> {
        self.state.status(&self.sources.all, self.fetcher.clock().now())
    }

    /// The archive file that was written last.
    pub fn archive(&self) -> Option<&Path> {
        self.archive.file()
    }

    /// Asks every source that is due, fetches what is new, keeps it.
    ///
    /// # Errors
    /// If something cannot be kept (a full disk): nothing is marked as
    /// fetched that was not kept.
    pub fn round(&mut self, tell: Events<'_>) -> Result<Round, StateError> {
        let mut round = Round::default();
        let now = self.fetcher.clock().now();
        let due: Vec<usize> =
            (0..self.sources.all.len()).filter(|it| self.state.due(&self.sources.all[*it], now)).collect();
        let mut by_host: BTreeMap<String, VecDeque<Job>> = BTreeMap::new();
        for n in due {
            round.asked += 1;
            let source = self.sources.all[n].clone();
            let asked = self.ask(n, &source, tell, &mut round)?;
            let now = self.fetcher.clock().now();
            let state = self.state.sources.entry(source.id.clone()).or_default();
            state.first_asked.get_or_insert(now);
            state.last_asked = Some(now);
            match asked {
                Ok(items) => {
                    state.last_answered = Some(now);
                    state.failures = 0;
                    state.failure = None;
                    state.not_before = None;
                    for item in self.fresh(&source, items) {
                        let host = item.url.as_deref().and_then(|it| Url::parse(it).ok());
                        let host = host.and_then(|it| it.host_str().map(str::to_owned)).unwrap_or_default();
                        by_host.entry(host).or_default().push_back(Job { source: n, item });
                    }
                }
                Err((what, wait)) => {
                    round.failed += 1;
                    state.failures = state.failures.saturating_add(1);
                    state.failure = Some(what.clone());
                    let pause = wait
                        .unwrap_or_else(|| Duration::from_secs(60 << state.failures.min(10)))
                        .min(PAUSE_MAX);
                    state.not_before =
                        now.checked_add(jiff::SignedDuration::try_from(pause).unwrap_or_default()).ok();
                    tell(Event::Failed { source: source.id.clone(), what });
                }
            }
        }
        self.pages(by_host, tell, &mut round)?;
        self.save()?;
        Ok(round)
    }

    /// How long until the next source is due, at most a minute: the clock may
    /// be set meanwhile.
    pub fn idle(&self) -> Duration {
        let now = self.fetcher.clock().now();
        if self.sources.all.iter().any(|it| self.state.due(it, now)) {
            Duration::from_secs(1)
        } else {
            Duration::from_secs(20)
        }
    }

    /// Waits.
    pub fn rest(&self, time: Duration) {
        self.fetcher.clock().sleep(time);
    }

    fn save(&mut self) -> Result<(), StateError> {
        let path = self.state_path.display().to_string();
        self.archive.sync().map_err(|source| StateError::Io { path, source })?;
        self.unsaved = 0;
        self.state.save(&self.state_path)
    }

    /// What a source lists. Folders are read at once and list nothing.
    #[allow(clippy::type_complexity, reason = "two kinds of failure: the source's and the disk's")]
    fn ask(
        &mut self,
        n: usize,
        source: &Source,
        tell: Events<'_>,
        round: &mut Round,
    ) -> Result<Result<Vec<Item>, (String, Option<Duration>)>, StateError> {
        match source.kind {
            Kind::Folder => {
                let done = self.folder(source, tell, round)?;
                return Ok(done.map(|()| Vec::new()).map_err(|what| (what, None)));
            }
            Kind::Page => {
                return Ok(Ok(vec![Item { url: Some(source.url.clone()), ..Item::default() }]));
            }
            Kind::Feed | Kind::Sitemap => {}
        }
        let known = self.state.sources.get(&source.id).cloned().unwrap_or_default();
        let ask = Ask { etag: known.etag, modified: known.modified, named: true };
        let fetched = match self.fetcher.fetch(&source.url, &ask) {
            Ok(it) => it,
            Err(error) => return Ok(Err((error.to_string(), wait(&error)))),
        };
        if fetched.status() == 304 {
            return Ok(Ok(Vec::new()));
        }
        self.keep_list(source, &fetched)?;
        let items = match source.kind {
            Kind::Sitemap => self.sitemaps(source, &fetched, tell)?,
            _ => feed::parse(&fetched.body, Some(&fetched.url)).map_err(|it| format!("{}: {it}", source.url)),
        };
        if items.is_ok() {
            let state = self.state.sources.entry(self.sources.all[n].id.clone()).or_default();
            state.etag = fetched.field("etag").map(str::to_owned);
            state.modified = fetched.field("last-modified").map(str::to_owned);
        }
        Ok(items.map_err(|what| (what, None)))
    }

    /// Keeps a feed or sitemap as it was received.
    fn keep_list(&mut self, source: &Source, it: &Fetched) -> Result<(), StateError> {
        let about = [("trucewatch-source", source.id.clone())];
        self.archive.response(it, &about).map_err(|error| self.disk(error))
    }

    fn disk(&self, source: std::io::Error) -> StateError {
        let path = self.archive.file().unwrap_or(Path::new("the archive"));
        StateError::Io { path: path.display().to_string(), source }
    }

    /// The pages of a sitemap and of those it names, each once.
    fn sitemaps(
        &mut self,
        source: &Source,
        first: &Fetched,
        tell: Events<'_>,
    ) -> Result<Result<Vec<Item>, String>, StateError> {
        let mut out = Vec::new();
        let mut visited: BTreeSet<String> = BTreeSet::from([source.url.clone(), first.url.clone()]);
        let mut waiting: VecDeque<(String, usize)> = VecDeque::new();
        let mut body = unpacked(&first.body);
        let mut at = (first.url.clone(), 0usize);
        loop {
            let parsed = body.and_then(|it| sitemap::parse(&it).map_err(|it| it.to_string()));
            match parsed {
                Ok(Sitemap::Pages(pages)) => out.extend(pages),
                Ok(Sitemap::Index(more)) => {
                    for address in more {
                        let again = !visited.insert(address.clone());
                        if again || at.1 >= SITEMAP_DEPTH_MAX || visited.len() > SITEMAPS_MAX {
                            let why = if again {
                                "it was read already: the indexes go in a circle"
                            } else {
                                "sitemaps are nested too deep or too many"
                            };
                            tell(Event::Missed {
                                source: source.id.clone(),
                                what: format!("{address}: {why}"),
                            });
                        } else {
                            waiting.push_back((address, at.1 + 1));
                        }
                    }
                }
                Err(what) if at.1 == 0 => return Ok(Err(format!("{}: {what}", at.0))),
                Err(what) => {
                    tell(Event::Missed { source: source.id.clone(), what: format!("{}: {what}", at.0) })
                }
            }
            loop {
                let Some(next) = waiting.pop_front() else { return Ok(Ok(out)) };
                match self.fetcher.fetch(&next.0, &Ask { named: true, ..Ask::default() }) {
                    Ok(it) => {
                        self.keep_list(source, &it)?;
                        body = unpacked(&it.body);
                        at = next;
                        break;
                    }
                    Err(error) => tell(Event::Missed { source: source.id.clone(), what: error.to_string() }),
                }
            }
        }
    }

    /// What of a list was not fetched yet.
    fn fresh(&self, source: &Source, items: Vec<Item>) -> Vec<Item> {
        let now = self.fetcher.clock().now();
        let oldest = now.as_second() - source.since.as_secs() as i64;
        let recent = |it: &Item| {
            if source.kind != Kind::Sitemap {
                return true;
            }
            let said = it.published.as_deref().or(it.updated.as_deref());
            let second = said.and_then(moment);
            second.is_none_or(|it| it >= oldest)
        };
        let mut chosen = BTreeSet::new();
        items
            .into_iter()
            .filter(|it| {
                let Some(url) = it.url.as_deref() else { return false };
                let page = source.kind == Kind::Page;
                recent(it)
                    && (page || !self.state.has(url, it.updated.as_deref()))
                    && chosen.insert(url.to_owned())
            })
            .take(source.pages_max)
            .collect()
    }

    /// Fetches pages, host by host as their turn comes.
    fn pages(
        &mut self,
        mut by_host: BTreeMap<String, VecDeque<Job>>,
        tell: Events<'_>,
        round: &mut Round,
    ) -> Result<(), StateError> {
        while !by_host.is_empty() {
            let waits = by_host.iter().map(|(host, jobs)| {
                let url = jobs.front().and_then(|it| it.item.url.as_deref()).unwrap_or("");
                (self.fetcher.wait(url), host.clone())
            });
            let Some((_, host)) = waits.min() else { break };
            let Some(jobs) = by_host.get_mut(&host) else { break };
            let Some(job) = jobs.pop_front() else {
                by_host.remove(&host);
                continue;
            };
            let source = self.sources.all[job.source].clone();
            match self.page(&source, &job.item)? {
                Ok(true) => {
                    round.kept += 1;
                    tell(Event::Kept {
                        source: source.id.clone(),
                        address: job.item.url.clone().unwrap_or_default(),
                    });
                }
                Ok(false) => {}
                Err(error) => {
                    round.missed += 1;
                    tell(Event::Missed { source: source.id.clone(), what: error.to_string() });
                    // A host that wants to be left alone is: its other pages
                    // stay for the next round.
                    if matches!(error, FetchError::Wait { .. }) {
                        by_host.remove(&host);
                    }
                }
            }
            self.unsaved += 1;
            if self.unsaved >= SAVE_EVERY {
                self.save()?;
            }
        }
        Ok(())
    }

    /// Fetches and keeps one page; whether it is new.
    fn page(&mut self, source: &Source, item: &Item) -> Result<Result<bool, FetchError>, StateError> {
        let address = item.url.clone().unwrap_or_default();
        let stamp = item.updated.as_deref();
        let watched = source.kind == Kind::Page;
        let known = self.state.sources.get(&source.id).cloned().unwrap_or_default();
        let ask = if watched {
            Ask { etag: known.etag, modified: known.modified, named: false }
        } else {
            Ask::default()
        };
        let fetched = self.fetcher.fetch(&address, &ask).and_then(|it| checked(&address, it));
        let now = self.fetcher.clock().now();
        let it = match fetched {
            Ok(it) => it,
            Err(error) => {
                // What may not be fetched, or is gone, is not asked again.
                let for_good = matches!(
                    error,
                    FetchError::Status { status: 401 | 403 | 404 | 410 | 451, .. } | FetchError::Address(_)
                );
                if for_good {
                    self.state.done(&address, stamp, now);
                } else if !matches!(error, FetchError::Wait { .. }) {
                    self.state.failed(&address, stamp, now);
                }
                return Ok(Err(error));
            }
        };
        if it.status() == 304 {
            return Ok(Ok(false));
        }
        let digest = hex(&it.sha256);
        if watched && self.state.has(&format!("{address} {digest}"), None) {
            return Ok(Ok(false));
        }
        let mut about = vec![("trucewatch-source", source.id.clone())];
        let outlet = source.outlet.clone().or_else(|| item.outlet.clone());
        // A date that a feed gives is when the feed says; a page that is
        // watched has none.
        let given = [
            ("trucewatch-published", item.published.clone()),
            ("trucewatch-outlet", outlet),
            ("trucewatch-title", item.title.clone()),
            (
                "trucewatch-language",
                item.language.as_deref().map(|it| it.split('-').next().unwrap_or("").to_owned()),
            ),
        ];
        about.extend(given.into_iter().filter_map(|(key, value)| Some((key, value?))));
        self.archive.response(&it, &about).map_err(|error| self.disk(error))?;
        self.state.done(&address, stamp, now);
        if watched {
            self.state.done(&format!("{address} {digest}"), None, now);
        }
        let state = self.state.sources.entry(source.id.clone()).or_default();
        if watched {
            state.etag = it.field("etag").map(str::to_owned);
            state.modified = it.field("last-modified").map(str::to_owned);
        }
        state.last_new = Some(now);
        state.reports += 1;
        Ok(Ok(true))
    }

    /// Reads what is new in a folder and keeps it.
    fn folder(
        &mut self,
        source: &Source,
        tell: Events<'_>,
        round: &mut Round,
    ) -> Result<Result<(), String>, StateError> {
        let mut files = BTreeSet::new();
        if let Err(error) = walk(&source.path, 0, &mut files) {
            return Ok(Err(format!("cannot read {}: {error}", source.path.display())));
        }
        for path in files {
            let Ok(about) = fs::metadata(&path) else { continue };
            let changed = about.modified().ok().and_then(|it| it.duration_since(std::time::UNIX_EPOCH).ok());
            let stamp = format!("{} {}", about.len(), changed.map_or(0, |it| it.as_nanos()));
            let address = format!("file:{}", path.display());
            if self.state.has(&address, Some(&stamp)) {
                continue;
            }
            for it in read(&path) {
                let now = self.fetcher.clock().now();
                match it {
                    Ok(report) => {
                        let digest = hex(&sha2::Sha256::digest(&report.bytes));
                        let twin = format!("bytes:{digest}");
                        if self.state.has(&twin, None) {
                            continue;
                        }
                        self.resource(source, &report, now)?;
                        self.state.done(&twin, None, now);
                        let state = self.state.sources.entry(source.id.clone()).or_default();
                        state.last_new = Some(now);
                        state.reports += 1;
                        round.kept += 1;
                        tell(Event::Kept { source: source.id.clone(), address: report.path });
                    }
                    Err(what) => {
                        round.missed += 1;
                        tell(Event::Missed { source: source.id.clone(), what });
                    }
                }
            }
            self.state.done(&address, Some(&stamp), self.fetcher.clock().now());
        }
        Ok(Ok(()))
    }

    fn resource(&mut self, source: &Source, report: &RawReport, at: Timestamp) -> Result<(), StateError> {
        let media = match report.format {
            Some(RawFormat::Html) => "text/html",
            _ => "text/plain",
        };
        let Given { published, outlet, url, title, language } = report.given.clone();
        let outlet = source.outlet.clone().or(outlet);
        let mut about = vec![("trucewatch-source", source.id.clone())];
        let given = [
            ("trucewatch-published", published),
            ("trucewatch-outlet", outlet),
            ("trucewatch-url", url),
            ("trucewatch-title", title),
            ("trucewatch-language", language),
        ];
        about.extend(given.into_iter().filter_map(|(key, value)| Some((key, value?))));
        let uri = format!("file:{}", report.path.replace(' ', "%20"));
        self.archive.resource(&uri, media, &report.bytes, at, &about).map_err(|error| self.disk(error))
    }
}

/// How long a failure asks to wait.
fn wait(error: &FetchError) -> Option<Duration> {
    match error {
        FetchError::Wait { seconds, .. } => Some(Duration::from_secs(*seconds)),
        _ => None,
    }
}

/// Only what can be a report is kept.
fn checked(address: &str, it: Fetched) -> Result<Fetched, FetchError> {
    let media = it.media_type();
    let readable = match media.as_deref() {
        Some("text/html" | "application/xhtml+xml" | "text/plain") => true,
        // Hosts that say nothing are believed if the bytes look like a page.
        None | Some("application/octet-stream") => xml::looks_like_page(&it.body),
        Some(_) => false,
    };
    if readable || it.status() == 304 {
        Ok(it)
    } else {
        let what = format!("its type is {}, which is no report", media.as_deref().unwrap_or("not said"));
        Err(FetchError::Broken { url: address.to_owned(), what })
    }
}

fn unpacked(body: &[u8]) -> Result<Vec<u8>, String> {
    if body.starts_with(&[0x1F, 0x8B]) { encoding::gunzip(body) } else { Ok(body.to_vec()) }
}

/// A date of a sitemap in seconds; a bare day is its end.
fn moment(it: &str) -> Option<i64> {
    if let Ok(it) = it.parse::<Timestamp>() {
        return Some(it.as_second());
    }
    let day: jiff::civil::Date = it.get(..10)?.parse().ok()?;
    let noon = day.at(23, 59, 59, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(noon.timestamp().as_second())
}

fn walk(path: &Path, depth: usize, out: &mut BTreeSet<PathBuf>) -> std::io::Result<()> {
    let about = fs::metadata(path)?;
    if !about.is_dir() {
        out.insert(path.to_owned());
        return Ok(());
    }
    if depth > FOLDER_DEPTH_MAX {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'));
        let link = fs::symlink_metadata(&path).is_ok_and(|it| it.is_symlink());
        if !(hidden || link && path.is_dir()) && out.len() < FILES_MAX {
            walk(&path, depth + 1, out)?;
        }
    }
    Ok(())
}

/// The reports of a file, whatever it holds.
fn read(path: &Path) -> Box<dyn Iterator<Item = Result<RawReport, String>>> {
    let shown = path.display().to_string();
    if let Some(holds) = local::told(path) {
        return Box::new(holds.reports(path).map(|it| it.map_err(|it| it.what)));
    }
    let ending = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let format = match ending.as_str() {
        "txt" | "text" => RawFormat::Text,
        "html" | "htm" | "xhtml" => RawFormat::Html,
        "jsonl" | "ndjson" => return lines(path),
        _ => {
            return Box::new(std::iter::once(Err(format!(
                "{shown}: nothing is known about files of this name"
            ))));
        }
    };
    let mut bytes = Vec::new();
    let got = fs::File::open(path).and_then(|it| it.take(DECODED_BYTES_MAX + 1).read_to_end(&mut bytes));
    Box::new(std::iter::once(match got {
        Err(error) => Err(format!("cannot read {shown}: {error}")),
        Ok(_) if bytes.len() as u64 > DECODED_BYTES_MAX => {
            Err(format!("{shown} is larger than {} MB", DECODED_BYTES_MAX >> 20))
        }
        Ok(_) => Ok(RawReport { path: shown, bytes, format: Some(format), ..RawReport::default() }),
    }))
}

fn lines(path: &Path) -> Box<dyn Iterator<Item = Result<RawReport, String>>> {
    let shown = path.display().to_string();
    let file = match fs::File::open(path) {
        Ok(it) => BufReader::new(it),
        Err(error) => return Box::new(std::iter::once(Err(format!("cannot read {shown}: {error}")))),
    };
    let mut file = file;
    let mut number = 0;
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        while !ended {
            let mut line = Vec::new();
            number += 1;
            match (&mut file).take(JSON_LINE_BYTES_MAX as u64 + 1).read_until(b'\n', &mut line) {
                Ok(0) => ended = true,
                Ok(read) if read > JSON_LINE_BYTES_MAX => {
                    ended = true;
                    return Some(Err(format!(
                        "{shown}, line {number}: too long; it and what follows were not read"
                    )));
                }
                Ok(_) => {
                    let text = String::from_utf8_lossy(&line);
                    if !text.trim().is_empty() {
                        return Some(
                            truce_extract::report_from_json_line(&shown, number, text.trim())
                                .map_err(|it| it.what),
                        );
                    }
                }
                Err(error) => {
                    ended = true;
                    return Some(Err(format!("cannot read {shown}: {error}")));
                }
            }
        }
        None
    }))
}
