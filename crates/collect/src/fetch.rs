//! Fetching one address: politely, within limits, from public hosts only.
//!
//! Redirects are followed here and not by the client, so that each step is
//! held against the same rules. A name is looked up by our own resolver, and
//! the connection goes to the addresses it let through, so that a name cannot
//! point elsewhere between check and use.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

use crate::address::is_public;
use crate::clock::Clock;
use crate::encoding;
use crate::http::Head;
use crate::limits::{
    BODY_BYTES_MAX, CONNECT_TIME_MAX, HEAD_BYTES_MAX, PAUSE_MAX, REDIRECTS_MAX, REQUEST_TIME_MAX,
    ROBOTS_AGE_MAX, URL_BYTES_MAX,
};
use crate::robots::Robots;

/// The name hosts know us by in robots.txt.
pub const ROBOT: &str = "trucewatch";

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// `ETag` of what we have.
    pub etag: Option<String>,
    /// `Last-Modified` of what we have.
    pub modified: Option<String>,
    /// Ask although robots.txt says no: for files meant for machines that the
    /// user named by hand (feeds, sitemaps).
    pub named: bool,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Where it was asked for.
    pub asked: String,
    /// Where it was found after redirects.
    pub url: String,
    /// Addresses passed on the way, without the last.
    pub through: Vec<String>,
    /// When it was asked for.
    pub at: Timestamp,
    /// The address of the host, where only one can have been used.
    pub ip: Option<IpAddr>,
    /// The head as received, in wire form.
    pub head: Vec<u8>,
    /// The body as sent, before any decoding.
    pub raw: Vec<u8>,
    /// SHA-256 of `raw`, taken before anything else was done with it.
    pub sha256: [u8; 32],
    /// The body without its content encoding.
    pub body: Vec<u8>,
    pub(crate) fields: Head,
}

impl Fetched {
    /// The status of the answer.
    pub fn status(&self) -> u16 {
        self.fields.status
    }

    /// A field of the head.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.field(name)
    }

    /// The media type without its parameters.
    pub fn media_type(&self) -> Option<String> {
        self.fields.media_type()
    }
}

/// Why nothing was fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No address that may be asked for.
    #[error("{0} is no http or https address that can be asked for")]
    Address(String),
    /// The name leads to a private address.
    #[error(
        "{host} leads to {address}, which is no public address; name the host under `allow_hosts` if it is meant"
    )]
    Private {
        /// The name.
        host: String,
        /// Where it leads.
        address: String,
    },
    /// robots.txt says no.
    #[error("{0} may not be fetched: its robots.txt says so")]
    Robots(String),
    /// The chain of redirects is too long or goes round.
    #[error("{0} redirects too often or in a circle")]
    Redirects(String),
    /// The host asked to be left alone for a while.
    #[error("{host} asks to wait {seconds} s (status {status})")]
    Wait {
        /// The host.
        host: String,
        /// How long.
        seconds: u64,
        /// 429 or 503.
        status: u16,
    },
    /// Another status than success.
    #[error("{url} answers with status {status}")]
    Status {
        /// The address.
        url: String,
        /// The status.
        status: u16,
    },
    /// Too many bytes.
    #[error("{0} is larger than {max} MB and was not kept", max = BODY_BYTES_MAX >> 20)]
    TooLarge(String),
    /// Too slow.
    #[error("{0} did not answer in time")]
    TooSlow(String),
    /// Anything else that goes wrong on the way.
    #[error("{url}: {what}")]
    Broken {
        /// The address.
        url: String,
        /// What.
        what: String,
    },
}

/// What is known about a host.
#[derive(Clone, Debug, Default)]
struct Host {
    /// Rules, and when they were asked for.
    robots: Option<(Robots, Duration)>,
    /// Nothing is asked before this moment.
    next: Duration,
    /// The host asked to be left alone until then.
    paused_until: Option<Duration>,
}

/// A client that keeps to the rules.
#[derive(Debug)]
pub struct Fetcher<C> {
    agent: ureq::Agent,
    guard: Guard,
    clock: C,
    /// Pause between requests to one host.
    pause: Duration,
    hosts: BTreeMap<String, Host>,
}

impl<C: Clock> Fetcher<C> {
    /// A client. `contact` tells hosts whom to write to; `allowed` are hosts
    /// whose private addresses may be used.
    pub fn new(contact: &str, allowed: BTreeSet<String>, pause: Duration, clock: C) -> Fetcher<C> {
        Fetcher::with_limits(contact, allowed, pause, clock, REQUEST_TIME_MAX)
    }

    /// A client with another limit on the time of one request.
    pub fn with_limits(
        contact: &str,
        allowed: BTreeSet<String>,
        pause: Duration,
        clock: C,
        time_max: Duration,
    ) -> Fetcher<C> {
        let contact: String = contact.chars().filter(|it| it.is_ascii_graphic() || *it == ' ').collect();
        let name = format!("{ROBOT}/{} (+{contact})", env!("CARGO_PKG_VERSION"));
        let guard = Guard { allowed: Arc::new(allowed), seen: Arc::default() };
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(name)
            .accept("text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1")
            .accept_encoding("gzip, identity")
            .max_response_header_size(HEAD_BYTES_MAX)
            .timeout_global(Some(time_max))
            .timeout_connect(Some(CONNECT_TIME_MAX.min(time_max)))
            .build();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), guard.clone());
        Fetcher { agent, guard, clock, pause, hosts: BTreeMap::new() }
    }

    /// The clock it goes by.
    pub fn clock(&self) -> &C {
        &self.clock
    }

    /// How long to wait before this address may be asked for.
    pub fn wait(&self, url: &str) -> Duration {
        let host = Url::parse(url).ok().and_then(|it| origin(&it));
        let next = host.and_then(|it| self.hosts.get(&it)).map_or(Duration::ZERO, |it| it.next);
        next.saturating_sub(self.clock.elapsed())
    }

    /// Fetches an address and follows it where it leads. Waits for the host's
    /// turn.
    ///
    /// # Errors
    /// Why nothing came back; a status that is no success is an error, save
    /// 304, which is an answer without a body.
    pub fn fetch(&mut self, address: &str, ask: &Ask) -> Result<Fetched, FetchError> {
        let mut url = checked(address)?;
        let mut through: Vec<String> = Vec::new();
        loop {
            if !ask.named || !through.is_empty() {
                self.robots(&url)?;
            }
            self.turn(&url)?;
            // What we have is what the first address gave.
            let conditions = if through.is_empty() { Some(ask) } else { None };
            let mut it = self.once(&url, conditions)?;
            let head = &it.fields;
            match head.status {
                301 | 302 | 303 | 307 | 308 => {
                    let to = head.field("location").and_then(|it| url.join(it).ok());
                    let Some(to) = to else {
                        return Err(broken(&url, "it redirects without saying where"));
                    };
                    let to = checked(to.as_str())?;
                    through.push(url.to_string());
                    if through.len() > REDIRECTS_MAX || through.iter().any(|it| it == to.as_str()) {
                        return Err(FetchError::Redirects(address.to_owned()));
                    }
                    url = to;
                    continue;
                }
                status @ (429 | 503) => {
                    let asked = head.retry_after(it.at).unwrap_or(60);
                    let seconds = asked.clamp(1, PAUSE_MAX.as_secs());
                    let name = origin(&url).unwrap_or_default();
                    let until = self.clock.elapsed() + Duration::from_secs(seconds);
                    self.hosts.entry(name.clone()).or_default().paused_until = Some(until);
                    return Err(FetchError::Wait { host: name, seconds, status });
                }
                200..=299 | 304 => {}
                status => return Err(FetchError::Status { url: url.to_string(), status }),
            }
            it.body = encoding::decode(&it.raw, it.fields.field("content-encoding"))
                .map_err(|what| broken(&url, &what))?;
            it.asked = address.to_owned();
            it.through = through;
            return Ok(it);
        }
    }

    /// Waits until the host may be asked again.
    fn turn(&mut self, url: &Url) -> Result<(), FetchError> {
        let name = origin(url).unwrap_or_default();
        let now = self.clock.elapsed();
        let pause = self.pause;
        let host = self.hosts.entry(name.clone()).or_default();
        if let Some(until) = host.paused_until.filter(|it| *it > now) {
            return Err(FetchError::Wait {
                host: name,
                seconds: (until - now).as_secs().max(1),
                status: 429,
            });
        }
        let wait = host.next.saturating_sub(now);
        let delay = host.robots.as_ref().and_then(|it| it.0.delay).unwrap_or_default().max(pause);
        host.next = now + wait + delay;
        if !wait.is_zero() {
            self.clock.sleep(wait);
        }
        Ok(())
    }

    /// Asks the host's rules, once a day.
    fn robots(&mut self, url: &Url) -> Result<(), FetchError> {
        let name = origin(url).unwrap_or_default();
        let now = self.clock.elapsed();
        let known = self.hosts.get(&name).and_then(|it| it.robots.clone());
        let rules = match known.filter(|it| now.saturating_sub(it.1) < ROBOTS_AGE_MAX) {
            Some((rules, _)) => rules,
            None => {
                let rules = self.ask_robots(url)?;
                self.hosts.entry(name).or_default().robots = Some((rules.clone(), now));
                rules
            }
        };
        let path = url.query().map_or(url.path().to_owned(), |it| format!("{}?{it}", url.path()));
        if rules.allows(&path) { Ok(()) } else { Err(FetchError::Robots(url.to_string())) }
    }

    fn ask_robots(&mut self, url: &Url) -> Result<Robots, FetchError> {
        let mut at = url.join("/robots.txt").map_err(|it| broken(url, &it.to_string()))?;
        for _ in 0..=REDIRECTS_MAX {
            self.turn(&at)?;
            let it = match self.once(&at, None) {
                Ok(it) => it,
                Err(it @ FetchError::Private { .. }) => return Err(it),
                // A host that cannot be asked has not agreed.
                Err(_) => return Ok(Robots::closed()),
            };
            return Ok(match it.fields.status {
                200..=299 => {
                    let body = encoding::decode(&it.raw, it.fields.field("content-encoding"));
                    body.map_or(Robots::closed(), |it| Robots::parse(&it, ROBOT))
                }
                301 | 302 | 303 | 307 | 308 => {
                    match it
                        .fields
                        .field("location")
                        .and_then(|it| at.join(it).ok())
                        .map(|it| checked(it.as_str()))
                    {
                        Some(Ok(to)) => {
                            at = to;
                            continue;
                        }
                        _ => Robots::open(),
                    }
                }
                // There are none (RFC 9309, 2.3.1.3).
                400..=428 | 430..=499 => Robots::open(),
                _ => Robots::closed(),
            });
        }
        Ok(Robots::open())
    }

    /// One request and its whole answer.
    fn once(&self, url: &Url, ask: Option<&Ask>) -> Result<Fetched, FetchError> {
        let at = self.clock.now();
        let mut request = self.agent.get(url.as_str());
        if let Some(ask) = ask {
            if let Some(it) = &ask.etag {
                request = request.header("if-none-match", it);
            }
            if let Some(it) = &ask.modified {
                request = request.header("if-modified-since", it);
            }
        }
        self.guard.forget();
        let failed = |error: ureq::Error| told(url, &error);
        let mut response = request.call().map_err(failed)?;
        let status = response.status();
        let mut head =
            format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or(""))
                .into_bytes();
        let mut fields = Head { status: status.as_u16(), fields: Vec::new() };
        for (name, value) in response.headers() {
            head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
            fields
                .fields
                .push((name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        }
        head.extend(b"\r\n");
        let mut raw = Vec::new();
        let reader = response.body_mut().with_config().limit(u64::MAX).reader();
        reader.take(BODY_BYTES_MAX + 1).read_to_end(&mut raw).map_err(|error| {
            match error.downcast::<ureq::Error>() {
                Ok(it) => told(url, &it),
                Err(it) => told(url, &ureq::Error::Io(it)),
            }
        })?;
        if raw.len() as u64 > BODY_BYTES_MAX {
            return Err(FetchError::TooLarge(url.to_string()));
        }
        let sha256 = Sha256::digest(&raw).into();
        Ok(Fetched {
            asked: url.to_string(),
            url: url.to_string(),
            through: Vec::new(),
            at,
            ip: self.guard.only(),
            head,
            raw,
            sha256,
            body: Vec::new(),
            fields,
        })
    }
}

/// What went wrong, in our words.
pub(crate) fn told(url: &Url, error: &ureq::Error) -> FetchError {
    if let ureq::Error::Other(inner) = error
        && let Some(it) = inner.downcast_ref::<FetchError>()
    {
        return it.clone();
    }
    match error {
        ureq::Error::Timeout(_) => FetchError::TooSlow(url.to_string()),
        ureq::Error::Io(it) if it.kind() == std::io::ErrorKind::TimedOut => {
            FetchError::TooSlow(url.to_string())
        }
        ureq::Error::HostNotFound => broken(url, "the host is not known"),
        other => broken(url, &other.to_string()),
    }
}

fn broken(url: &Url, what: &str) -> FetchError {
    FetchError::Broken { url: url.to_string(), what: what.to_owned() }
}

/// `https://host:port`.
fn origin(url: &Url) -> Option<String> {
    Some(format!("{}://{}:{}", url.scheme(), url.host_str()?, url.port_or_known_default()?))
}

/// An address that may be asked for: http or https, no name and password in
/// it, not too long; without its fragment.
pub(crate) fn checked(address: &str) -> Result<Url, FetchError> {
    let bad = || FetchError::Address(address.chars().take(200).collect());
    if address.len() > URL_BYTES_MAX {
        return Err(bad());
    }
    let mut url = Url::parse(address.trim()).map_err(|_| bad())?;
    let plain = url.username().is_empty() && url.password().is_none();
    if !matches!(url.scheme(), "http" | "https") || !plain || url.host_str().is_none_or(str::is_empty) {
        return Err(bad());
    }
    url.set_fragment(None);
    Ok(url)
}

/// Looks names up and lets only public addresses through.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    pub(crate) allowed: Arc<BTreeSet<String>>,
    pub(crate) seen: Arc<Mutex<Vec<IpAddr>>>,
}

impl Guard {
    fn forget(&self) {
        self.held().clear();
    }

    /// The address, if no other can have been used.
    fn only(&self) -> Option<IpAddr> {
        match self.held().as_slice() {
            [it] => Some(*it),
            _ => None,
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Vec<IpAddr>> {
        self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &ureq::http::Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or("").trim_matches(['[', ']']).to_ascii_lowercase();
        let mut out = self.empty();
        let mut refused: Option<SocketAddr> = None;
        for it in found.iter() {
            if self.allowed.contains(&host) || is_public(it.ip()) {
                out.push(*it);
            } else {
                refused = Some(*it);
            }
        }
        *self.held() = out.iter().map(SocketAddr::ip).collect();
        match refused {
            Some(it) if out.is_empty() => {
                let refusal = FetchError::Private { host, address: it.ip().to_string() };
                Err(ureq::Error::Other(Box::new(refusal)))
            }
            _ => Ok(out),
        }
    }
}
