//! What was fetched so far: a file that survives restarts, bounded in size.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::limits::SEEN_MAX;
use crate::sources::Source;
use crate::warc::hex;

const FORMAT: &str = "trucewatch-collect/1";
/// Failures of one page after which it is given up.
const TRIES_MAX: u8 = 3;

/// What is remembered between runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    format: String,
    /// By source.
    pub sources: BTreeMap<String, SourceState>,
    /// By the hash of the address.
    seen: BTreeMap<String, Seen>,
}

/// What is remembered of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceState {
    /// When it was first asked.
    pub first_asked: Option<Timestamp>,
    /// When it was last asked.
    pub last_asked: Option<Timestamp>,
    /// When it last answered.
    pub last_answered: Option<Timestamp>,
    /// When it last gave a new report.
    pub last_new: Option<Timestamp>,
    /// Reports it has given.
    pub reports: u64,
    /// Failures in a row.
    pub failures: u32,
    /// The last failure, in words.
    pub failure: Option<String>,
    /// It is not asked before.
    pub not_before: Option<Timestamp>,
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    /// Seconds of the epoch.
    at: i64,
    /// What the source said about its change.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    stamp: Option<String>,
    #[serde(skip_serializing_if = "is_zero", default)]
    tries: u8,
}

fn is_zero(it: &u8) -> bool {
    *it == 0
}

/// Why a state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is not what this program wrote.
    #[error("{path} is no state of a collection ({what}); move it away to begin anew")]
    Broken {
        /// The file.
        path: String,
        /// What is wrong.
        what: String,
    },
}

/// How a source stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Its id.
    pub source: String,
    /// When it last answered.
    pub last_answered: Option<Timestamp>,
    /// When it last gave a new report.
    pub last_new: Option<Timestamp>,
    /// Reports it has given.
    pub reports: u64,
    /// Failures in a row.
    pub failures: u32,
    /// The last failure.
    pub failure: Option<String>,
    /// Whether it has given nothing new for longer than it should. A silent
    /// source is not a quiet day.
    pub silent: bool,
}

impl Default for State {
    fn default() -> State {
        State { format: FORMAT.to_owned(), sources: BTreeMap::new(), seen: BTreeMap::new() }
    }
}

impl State {
    /// Reads a state; a file that is not there is a beginning.
    ///
    /// # Errors
    /// See [`StateError`].
    pub fn open(path: &Path) -> Result<State, StateError> {
        let shown = path.display().to_string();
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(State::default()),
            Err(source) => return Err(StateError::Io { path: shown, source }),
            Ok(it) => it,
        };
        let state: State = serde_json::from_slice(&bytes)
            .map_err(|it| StateError::Broken { path: shown.clone(), what: it.to_string() })?;
        if state.format == FORMAT {
            Ok(state)
        } else {
            Err(StateError::Broken { path: shown, what: format!("format {:?}", state.format) })
        }
    }

    /// Writes the state beside its place and moves it there, so that a
    /// crash leaves the old one or the new one.
    ///
    /// # Errors
    /// What writing says.
    pub fn save(&mut self, path: &Path) -> Result<(), StateError> {
        self.prune();
        let shown = path.display().to_string();
        let failed = |source| StateError::Io { path: shown.clone(), source };
        let bytes = serde_json::to_vec(self).map_err(|it| failed(std::io::Error::other(it)))?;
        let beside = path.with_extension("tmp");
        let written = fs::File::create(&beside).and_then(|mut it| {
            it.write_all(&bytes)?;
            it.sync_all()
        });
        let moved = written.and_then(|()| fs::rename(&beside, path));
        if moved.is_err() {
            let _ = fs::remove_file(&beside);
        }
        moved.map_err(failed)
    }

    /// Forgets the oldest addresses beyond the limit.
    fn prune(&mut self) {
        let over = self.seen.len().saturating_sub(SEEN_MAX);
        if over == 0 {
            return;
        }
        let mut ages: Vec<i64> = self.seen.values().map(|it| it.at).collect();
        ages.sort_unstable();
        let oldest = ages[over];
        self.seen.retain(|_, it| it.at >= oldest);
    }

    /// Whether an address was fetched, in the state that `stamp` names.
    pub(crate) fn has(&self, address: &str, stamp: Option<&str>) -> bool {
        self.seen.get(&key(address)).is_some_and(|it| {
            let done = it.tries == 0 || it.tries >= TRIES_MAX;
            done && (stamp.is_none() || it.stamp.as_deref() == stamp)
        })
    }

    /// Notes that an address was fetched.
    pub(crate) fn done(&mut self, address: &str, stamp: Option<&str>, at: Timestamp) {
        let it = Seen { at: at.as_second(), stamp: stamp.map(str::to_owned), tries: 0 };
        self.seen.insert(key(address), it);
    }

    /// Notes that an address could not be fetched; whether it is given up.
    pub(crate) fn failed(&mut self, address: &str, stamp: Option<&str>, at: Timestamp) -> bool {
        let it = self.seen.entry(key(address)).or_insert(Seen { at: 0, stamp: None, tries: 0 });
        it.at = at.as_second();
        it.stamp = stamp.map(str::to_owned);
        it.tries = it.tries.saturating_add(1);
        it.tries >= TRIES_MAX
    }

    /// How each source stands.
    pub fn status(&self, sources: &[Source], now: Timestamp) -> Vec<Status> {
        let one = |source: &Source| {
            let it = self.sources.get(&source.id).cloned().unwrap_or_default();
            // From when nothing new came. A clock that was set back leaves
            // moments in the future; they count as now.
            let since = it.last_new.or(it.first_asked);
            let quiet = since.map_or(0, |it| now.as_second() - it.as_second());
            Status {
                source: source.id.clone(),
                last_answered: it.last_answered,
                last_new: it.last_new,
                reports: it.reports,
                failures: it.failures,
                failure: it.failure,
                silent: quiet >= 0 && quiet as u64 > source.silent_after.as_secs(),
            }
        };
        sources.iter().map(one).collect()
    }

    /// Whether a source is due. A moment in the future means that the clock
    /// was set back, and the source is asked.
    pub(crate) fn due(&self, source: &Source, now: Timestamp) -> bool {
        let Some(it) = self.sources.get(&source.id) else { return true };
        let Some(last) = it.last_asked.filter(|it| *it <= now) else { return true };
        let paused = it.not_before.is_some_and(|it| it > now);
        !paused && now.as_second() - last.as_second() >= source.every.as_secs() as i64
    }
}

fn key(address: &str) -> String {
    hex(&Sha256::digest(address.as_bytes())[..12])
}
