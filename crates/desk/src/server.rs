//! The server: connections in, answers out, and the long work beside them.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderValue, Response, StatusCode};
use truce_pipeline::{Stage, Watch};
use truce_store::{Clock, Role, Store};

use crate::app::{App, Request};
use crate::auth::{INVITATION_SECONDS, random_token};
use crate::work::{WorkError, assess};

/// Requests answered at once; more wait.
const AT_ONCE: usize = 64;
/// A report sent to the API, or a form, is at most this large.
pub(crate) const BODY_BYTES_MAX: usize = 16 << 20;
/// How long a shy event stream stays silent.
const EVENT_WAIT: Duration = Duration::from_secs(20);
/// How long writing rests before it is assessed.
const REST: Duration = Duration::from_millis(1500);

/// How to serve a desk.
#[derive(Clone, Debug)]
pub struct Config {
    /// The desk.
    pub store: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address people use, where a proxy serves the desk.
    pub origin: Option<String>,
    /// Threads that read reports.
    pub threads: NonZeroUsize,
}

/// What a server says when it listens.
#[derive(Clone, Debug)]
pub struct Serving {
    /// Where it listens.
    pub at: SocketAddr,
    /// The link by which the first administrator joins, if there is nobody.
    pub join: Option<String>,
    /// What its people must know: an older state was restored.
    pub warning: Option<String>,
}

/// Why a desk is not served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The desk cannot be opened.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// The address cannot be used.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The system gives no threads or no random numbers.
    #[error("the system refuses: {0}")]
    System(String),
}

#[derive(Clone)]
struct Shared {
    app: Arc<App>,
    gate: Arc<tokio::sync::Semaphore>,
}

/// Serves a desk until the process is told to stop.
///
/// # Errors
/// If the desk cannot be opened, or the address is taken.
pub fn serve(config: &Config, ready: impl FnOnce(&Serving)) -> Result<(), ServeError> {
    let system = |it: String| ServeError::System(it);
    let app = Arc::new(App::open(&config.store, Clock::system(), config.origin.clone())?);
    let join = if app.write().has_people().map_err(WorkError::from)? {
        None
    } else {
        let token = random_token().map_err(|it| system(it.to_string()))?;
        let store = app.write();
        store
            .invite(&token, Role::Administrator, "first start", INVITATION_SECONDS)
            .map_err(WorkError::from)?;
        Some(token)
    };
    let worker = {
        let (app, path, threads) = (Arc::clone(&app), config.store.clone(), config.threads);
        std::thread::Builder::new()
            .name("assess".into())
            .stack_size(16 << 20)
            .spawn(move || work(&app, &path, threads))
            .map_err(|it| system(it.to_string()))?
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_all()
        .build()
        .map_err(|it| system(it.to_string()))?;
    let listen = config.listen;
    let shared = Shared { app: Arc::clone(&app), gate: Arc::new(tokio::sync::Semaphore::new(AT_ONCE)) };
    let served = runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(|it| ServeError::Listen(listen, it))?;
        let at = listener.local_addr().map_err(|it| ServeError::Listen(listen, it))?;
        let base = shared.app.origin.clone().unwrap_or_else(|| format!("http://{at}"));
        ready(&Serving { at, join: join.map(|it| format!("{base}/join/{it}")), warning: shared.app.older.clone() });
        let router = Router::new().fallback(answer).with_state(shared).into_make_service_with_connect_info::<SocketAddr>();
        let stopped = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        // Event streams never end by themselves, so nobody waits for them.
        tokio::select! {
            it = async { axum::serve(listener, router).await } => it.map_err(|it| ServeError::Listen(listen, it)),
            () = stopped => Ok(()),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(2));
    app.stop.store(true, Ordering::Relaxed);
    drop(worker);
    served
}

async fn answer(
    State(shared): State<Shared>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    request: axum::extract::Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let headers = parts
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
    let mut request = Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or("").to_owned(),
        headers: headers.collect(),
        body: Vec::new(),
        address: from.ip().to_string(),
    };
    if shared.app.origin.is_some() && from.ip().is_loopback() {
        // The proxy names the address it serves, last.
        let forwarded = request
            .header("x-forwarded-for")
            .and_then(|it| it.rsplit(',').next())
            .map(|it| it.trim().to_owned());
        request.address = forwarded.unwrap_or(request.address);
    }
    match axum::body::to_bytes(body, BODY_BYTES_MAX).await {
        Ok(it) => request.body = it.to_vec(),
        Err(_) => return plain(413, "A request is at most 16 MB."),
    }
    let Ok(_permit) = shared.gate.acquire().await else { return plain(503, "The desk is closing.") };
    let head = request.method == "HEAD";
    let app = Arc::clone(&shared.app);
    let Ok((reply, wants_events)) = tokio::task::spawn_blocking(move || {
        let reply = app.answer(&request);
        let events = reply.status == 200 && request.path == "/api/v1/events";
        (reply, events)
    })
    .await
    else {
        return plain(500, "The desk failed on this request; it goes on with the others.");
    };
    let mut response = Response::builder().status(reply.status).header("Content-Type", reply.kind);
    for (name, value) in &reply.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response = response.header(*name, value);
        }
    }
    let body = if head {
        Body::empty()
    } else if wants_events {
        let events = Events {
            written: Some(shared.app.written.subscribe()),
            wait: None,
            first: Some(reply.body.into()),
        };
        Body::from_stream(events)
    } else {
        Body::from(reply.body)
    };
    response.body(body).unwrap_or_else(|_| plain(500, "The desk failed on this request."))
}

fn plain(status: u16, words: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

type Waited = (tokio::sync::watch::Receiver<u64>, Option<u64>);

/// Server-sent events: one whenever something was written.
struct Events {
    written: Option<tokio::sync::watch::Receiver<u64>>,
    wait: Option<Pin<Box<dyn Future<Output = Waited> + Send>>>,
    first: Option<Bytes>,
}

impl futures_core::Stream for Events {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        if let Some(mut written) = self.written.take() {
            self.wait = Some(Box::pin(async move {
                let changed = tokio::time::timeout(EVENT_WAIT, written.changed()).await;
                let value = matches!(changed, Ok(Ok(()))).then(|| *written.borrow_and_update());
                (written, value)
            }));
        }
        let Some(wait) = self.wait.as_mut() else { return Poll::Ready(None) };
        match wait.as_mut().poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready((written, value)) => {
                self.written = Some(written);
                self.wait = None;
                let text = value
                    .map_or(": still here\n\n".to_owned(), |it| format!("event: written\ndata: {it}\n\n"));
                Poll::Ready(Some(Ok(text.into())))
            }
        }
    }
}

/// Tells the browser how far the work is.
struct Told<'a>(&'a App);

impl Told<'_> {
    fn change(&self, change: impl FnOnce(&mut crate::app::Progress)) {
        change(&mut self.0.progress.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

impl Watch for Told<'_> {
    fn begin(&self, stage: Stage, total: Option<usize>) {
        self.change(|it| {
            // Reading comes in batches; they count as one.
            if it.stage != stage.as_str() {
                it.done = 0;
                it.total = 0;
            }
            it.total += total.unwrap_or(0);
            it.stage = stage.as_str().into();
        });
    }

    fn step(&self, count: usize) {
        self.change(|it| it.done += count);
    }

    fn end(&self, _: Stage) {}
}

/// Assesses whenever something was written, one run at a time.
fn work(app: &App, path: &std::path::Path, threads: NonZeroUsize) {
    let store = match Store::open(path, app.clock.clone()) {
        Ok(it) => it,
        Err(error) => return Told(app).change(|it| it.said = error.to_string()),
    };
    loop {
        if app.stop.load(Ordering::Relaxed) && !app.wanted.load(Ordering::Relaxed) {
            std::thread::sleep(REST);
            continue;
        }
        if !app.wanted.swap(false, Ordering::Relaxed) {
            std::thread::sleep(REST / 5);
            continue;
        }
        std::thread::sleep(REST);
        app.stop.store(false, Ordering::Relaxed);
        if !matches!(store.is_stale(), Ok(true)) {
            continue;
        }
        Told(app).change(|it| *it = crate::app::Progress { running: true, ..Default::default() });
        let done = assess(&store, &app.agreement, threads, &Told(app), &app.stop);
        let said = match done {
            Ok(it) => format!("Assessment {} done; {} changes.", it.generation, it.changes),
            Err(WorkError::Stopped) => {
                "Stopped. What was read is kept; the rest goes on when work is started again.".into()
            }
            Err(error) => format!("The work stopped: {error}"),
        };
        Told(app).change(|it| {
            it.running = false;
            it.said = said;
        });
        app.written.send_modify(|it| *it += 1);
    }
}
