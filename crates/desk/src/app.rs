//! One desk that answers requests: who asks, whether they may, and from which
//! connection to the store they are answered.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use sha2::{Digest, Sha256};
use truce_model::Agreement;
use truce_store::{Clock, Masker, Memory, Role, Session, Store};

use crate::auth::{COOKIE, same};
use crate::forms::{Fields, decoded};
use crate::limits::Limits;
use crate::reply::{Fail, HTML, JSON, Reply};
use crate::routes::{Access, ROUTES, Route};
use crate::work::{WorkError, agreement_of};
use crate::{api, layout};

/// Connections that read.
const READERS: usize = 4;
/// A form longer than this is refused.
pub const FORM_BYTES_MAX: usize = 2 << 20;

/// Long work, as people see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    pub running: bool,
    pub stage: String,
    pub done: usize,
    pub total: usize,
    pub said: String,
}

/// A desk that answers.
pub struct App {
    pub(crate) agreement: Agreement,
    pub(crate) clock: Clock,
    readers: Vec<Mutex<Store>>,
    next: AtomicUsize,
    writer: Mutex<Store>,
    limits: Limits,
    /// `https://desk.example`, where a proxy serves the desk.
    pub(crate) origin: Option<String>,
    pub(crate) older: Option<String>,
    pub(crate) progress: Mutex<Progress>,
    pub(crate) stop: AtomicBool,
    pub(crate) wanted: AtomicBool,
    /// Counts everything that was written, for those who wait.
    pub(crate) written: tokio::sync::watch::Sender<u64>,
    masker: RwLock<Masker>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

/// A request, read whole.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// What stands after `?`.
    pub query: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Where it came from.
    pub address: String,
}

impl Request {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// A request on its way through a handler.
pub(crate) struct Ctx<'a> {
    pub app: &'a App,
    pub session: Option<Session>,
    pub parts: Vec<String>,
    pub query: Fields,
    pub form: Fields,
    pub request: &'a Request,
}

pub(crate) type Handler = fn(&Ctx<'_>) -> Result<Reply, Fail>;

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    /// Opens a desk to serve it.
    ///
    /// # Errors
    /// If the desk cannot be opened, or its pack cannot be read.
    pub fn open(path: &Path, clock: Clock, origin: Option<String>) -> Result<App, WorkError> {
        let writer = Store::open(path, clock.clone())?;
        let agreement = agreement_of(&writer)?;
        let readers = (0..READERS)
            .map(|_| Store::open_to_read(path, clock.clone()).map(Mutex::new))
            .collect::<Result<Vec<_>, _>>()?;
        let older = match writer.memory()? {
            Memory::Agrees => None,
            Memory::Older { remembered, found } => Some(format!(
                "This desk once had {} ledger entries and now has {}: an older state was put in its place. An administrator \
                 accepts this with `trucewatch desk accept-older`.",
                remembered.entries, found.entries
            )),
        };
        let masker = RwLock::new(writer.masker()?);
        Ok(App {
            agreement,
            clock,
            readers,
            next: AtomicUsize::new(0),
            writer: Mutex::new(writer),
            limits: Limits::default(),
            origin,
            older,
            progress: Mutex::default(),
            stop: AtomicBool::new(false),
            wanted: AtomicBool::new(true),
            written: tokio::sync::watch::Sender::new(0),
            masker,
        })
    }

    /// A connection that reads.
    pub(crate) fn read(&self) -> MutexGuard<'_, Store> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        for n in 0..self.readers.len() {
            if let Ok(it) = self.readers[(first + n) % self.readers.len()].try_lock() {
                return it;
            }
        }
        lock(&self.readers[first % self.readers.len()])
    }

    /// The connection that writes.
    pub fn write(&self) -> MutexGuard<'_, Store> {
        lock(&self.writer)
    }

    /// Tells everybody who waits that something was written, and sees to it
    /// that it is assessed.
    pub(crate) fn wrote(&self) {
        self.wanted.store(true, Ordering::Relaxed);
        self.written.send_modify(|it| *it += 1);
    }

    pub(crate) fn masker(&self) -> Masker {
        self.masker.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn masks_changed(&self) -> Result<(), Fail> {
        let new = self.write().masker()?;
        *self.masker.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    pub(crate) fn progress(&self) -> Progress {
        lock(&self.progress).clone()
    }

    /// Answers a request. The only way in.
    pub fn answer(&self, request: &Request) -> Reply {
        let api = request.path.starts_with("/api/");
        let found = find(request);
        let reply = match found {
            Err(fail) => Err(fail),
            Ok((route, parts)) => self.pass(request, route, parts),
        };
        let mut reply = match reply {
            Ok(it) => it,
            Err(fail) => self.fail(request, &fail, api),
        };
        self.cover(&mut reply);
        self.finish(request, reply)
    }

    /// Covers masked names that a page took from anywhere; slices of the
    /// record were covered before they were drawn.
    fn cover(&self, reply: &mut Reply) {
        let masker = self.masker();
        if !masker.is_empty() && reply.kind == HTML && reply.header("X-Unmasked").is_none() {
            let page = String::from_utf8_lossy(&reply.body);
            let mut out = String::with_capacity(page.len());
            // Between tags alone: a name must not break the page.
            for (n, piece) in page.split('<').enumerate() {
                let (tag, text) =
                    piece.split_once('>').filter(|_| n > 0).map_or((None, piece), |it| (Some(it.0), it.1));
                if let Some(tag) = tag {
                    out.push_str(&format!("<{tag}>"));
                }
                out.push_str(&masker.text(text));
            }
            reply.body = out.into_bytes();
        }
        reply.headers.retain(|it| it.0 != "X-Unmasked");
    }

    fn pass(&self, request: &Request, route: &Route, parts: Vec<String>) -> Result<Reply, Fail> {
        self.host(request)?;
        let session = self.session(request)?;
        let who = session.as_ref().map_or(request.address.as_str(), |it| it.person.id.as_str());
        if !self.limits.may_ask(who, self.clock.seconds()) {
            return Err(Fail::TooMany);
        }
        if route.path == "/sign-in"
            && request.method == "POST"
            && !self.limits.may_sign_in(&request.address, self.clock.seconds())
        {
            return Err(Fail::TooMany);
        }
        match (&route.access, &session) {
            (Access::Anyone, _) => {}
            (Access::From(_), None) => return Err(Fail::SignIn),
            (Access::From(least), Some(session)) if session.person.role < *least => {
                return Err(Fail::Denied("Your role does not allow this. An administrator can change it."));
            }
            (Access::From(_), Some(_)) => {}
        }
        let is_form = request
            .header("content-type")
            .is_some_and(|it| it.starts_with("application/x-www-form-urlencoded"));
        if is_form && request.body.len() > FORM_BYTES_MAX {
            return Err(Fail::Bad(format!("A form has at most {} MB.", FORM_BYTES_MAX >> 20)));
        }
        let form =
            if is_form { Fields::parse(&String::from_utf8_lossy(&request.body)) } else { Fields::default() };
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            self.forgery(request, session.as_ref(), &form, route)?;
        }
        let query = Fields::parse(&request.query);
        (route.handler)(&Ctx { app: self, session, parts, query, form, request })
    }

    /// Refuses names that are not ours: a page elsewhere must not reach a
    /// desk on this machine by a name it chose.
    fn host(&self, request: &Request) -> Result<(), Fail> {
        let host = request.header("host").unwrap_or("");
        let name = host
            .rsplit_once(':')
            .filter(|it| it.1.bytes().all(|it| it.is_ascii_digit()))
            .map_or(host, |it| it.0);
        let local = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
        let own = self.origin.as_deref().and_then(|it| it.split_once("://")).is_some_and(|it| it.1 == host);
        let numeric = name.parse::<std::net::IpAddr>().is_ok();
        if local || own || numeric {
            Ok(())
        } else {
            Err(Fail::Bad("This desk does not answer to that name.".into()))
        }
    }

    fn session(&self, request: &Request) -> Result<Option<Session>, Fail> {
        if let Some(token) = request.header("authorization").and_then(|it| it.strip_prefix("Bearer ")) {
            return match self.read().token(token.trim())? {
                Some(it) => Ok(Some(it)),
                None => Err(Fail::SignIn),
            };
        }
        match cookie(request) {
            Some(token) => Ok(self.read().session(&token)?),
            None => Ok(None),
        }
    }

    /// Refuses requests that another site made a browser send.
    fn forgery(
        &self,
        request: &Request,
        session: Option<&Session>,
        form: &Fields,
        route: &Route,
    ) -> Result<(), Fail> {
        if session.is_some_and(|it| it.by_token) {
            return Ok(());
        }
        if let Some(origin) = request.header("origin") {
            let host = request.header("host").unwrap_or("");
            let own = origin.split_once("://").is_some_and(|it| it.1 == host)
                || self.origin.as_deref() == Some(origin);
            if !own {
                return Err(Fail::Denied("This request came from another site."));
            }
        }
        if matches!(route.access, Access::Anyone) {
            return Ok(());
        }
        let given = form.get("csrf").or_else(|| request.header("x-csrf"));
        let known = session.map(|it| it.csrf.as_str());
        match (given, known) {
            (Some(given), Some(known)) if same(given.as_bytes(), known.as_bytes()) => Ok(()),
            _ => {
                Err(Fail::Denied("The form is too old or did not come from this desk; load the page again."))
            }
        }
    }

    fn fail(&self, request: &Request, fail: &Fail, api: bool) -> Reply {
        let (status, words) = fail.say();
        if api {
            return api::error(status, &words);
        }
        if matches!(fail, Fail::SignIn) && request.method == "GET" {
            let back = match request.query.as_str() {
                "" => request.path.clone(),
                query => format!("{}?{query}", request.path),
            };
            let to = if back == "/" {
                "/sign-in".to_owned()
            } else {
                format!("/sign-in?next={}", crate::forms::encoded(&back))
            };
            return Reply::see(to);
        }
        layout::failure(self, status, &words)
    }

    /// Headers that every answer has.
    fn finish(&self, request: &Request, mut reply: Reply) -> Reply {
        let policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        let fixed = [
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "geolocation=(), camera=(), microphone=()"),
        ];
        for (name, value) in fixed {
            reply.headers.push((name, value.to_owned()));
        }
        if reply.header("Cache-Control").is_none() {
            let private = if reply.kind == JSON { "private, no-cache" } else { "no-store" };
            reply.headers.push(("Cache-Control", private.into()));
        }
        let tagged = request.method == "GET"
            && reply.status == 200
            && (reply.kind == JSON || request.path.starts_with("/static/"));
        if tagged {
            let digest = Sha256::digest(&reply.body);
            let tag: String = digest.iter().take(12).map(|it| format!("{it:02x}")).collect();
            let tag = format!("\"{tag}\"");
            let known =
                request.header("if-none-match").is_some_and(|it| it.split(',').any(|it| it.trim() == tag));
            reply.headers.push(("ETag", tag));
            if known {
                reply.status = 304;
                reply.body.clear();
            }
        }
        reply
    }
}

/// The token in the cookie.
pub(crate) fn cookie(request: &Request) -> Option<String> {
    let pairs = request.header("cookie")?.split(';').filter_map(|it| it.trim().split_once('='));
    pairs.filter(|it| it.0 == COOKIE).map(|it| it.1.to_owned()).next()
}

/// The route a request is for, with the parts of its path.
fn find(request: &Request) -> Result<(&'static Route, Vec<String>), Fail> {
    let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
    let given: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let mut other_method = false;
    for route in ROUTES {
        let shape: Vec<&str> = route.path.trim_matches('/').split('/').collect();
        let fits = shape.len() == given.len()
            && shape.iter().zip(&given).all(|(shape, given)| {
                if shape.starts_with('{') { !given.is_empty() } else { shape == given }
            });
        if !fits {
            continue;
        }
        if route.method != method {
            other_method = true;
            continue;
        }
        let parts = shape
            .iter()
            .zip(&given)
            .filter(|it| it.0.starts_with('{'))
            .map(|it| decoded(it.1, false))
            .collect();
        return Ok((route, parts));
    }
    Err(if other_method { Fail::Bad("This page does not take that method.".into()) } else { Fail::NotFound })
}

impl Ctx<'_> {
    /// Part `n` of the path.
    pub fn part(&self, n: usize) -> &str {
        self.parts.get(n).map_or("", String::as_str)
    }

    /// Who asks; routes for anyone have nobody.
    pub fn who(&self) -> Result<&Session, Fail> {
        self.session.as_ref().ok_or(Fail::SignIn)
    }

    /// Whether who asks has at least this role.
    pub fn may(&self, role: Role) -> bool {
        self.session.as_ref().is_some_and(|it| it.person.role >= role)
    }

    /// A part of the record with masked names covered.
    pub fn slice(&self, store: &Store, want: truce_store::Want) -> Result<truce_record::Record, Fail> {
        Ok(self.app.masker().cover(store.slice(want)?)?)
    }
}
