//! A server of the tests' own on loopback, which misbehaves as it is told,
//! and a clock that nobody waits for.
#![allow(dead_code, reason = "every test file uses a part")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use truce_collect::{Clock, Fetcher};

/// What the server was asked.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    pub head: String,
    pub body: Vec<u8>,
}

type Answer = dyn Fn(&Request, &mut TcpStream) + Send + Sync;

/// A server that runs until the test ends.
pub struct Server {
    pub port: u16,
    pub asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub fn new(answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let port = listener.local_addr().expect("an address").port();
        let asked: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (answer, noted): (Arc<Answer>, _) = (Arc::new(answer), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, noted) = (Arc::clone(&answer), Arc::clone(&noted));
                std::thread::spawn(move || serve(stream, &*answer, &noted));
            }
        });
        Server { port, asked }
    }

    /// An address under a name that tests allow.
    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// The paths asked for, robots.txt aside.
    pub fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("no test panics while it holds this");
        asked.iter().map(|it| it.path.clone()).filter(|it| it != "/robots.txt").collect()
    }
}

fn serve(mut stream: TcpStream, answer: &Answer, asked: &Mutex<Vec<Request>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
    let length = head
        .to_lowercase()
        .split("content-length: ")
        .nth(1)
        .and_then(|it| it.split("\r\n").next()?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let request = Request { path, head, body };
    asked.lock().expect("no test panics while it holds this").push(request.clone());
    answer(&request, &mut stream);
    let _ = stream.flush();
}

/// An honest answer.
pub fn reply(stream: &mut TcpStream, status: &str, fields: &str, body: &[u8]) {
    let head =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{fields}\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

pub fn page(stream: &mut TcpStream, body: &str) {
    reply(stream, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes());
}

/// A clock whose waiting takes no time.
#[derive(Debug)]
pub struct Hand {
    began: Instant,
    skipped: Mutex<Duration>,
    day: Mutex<Timestamp>,
}

impl Hand {
    pub fn new() -> Arc<Hand> {
        let day = "2031-05-04T10:00:00Z".parse().expect("a time");
        Arc::new(Hand { began: Instant::now(), skipped: Mutex::default(), day: Mutex::new(day) })
    }

    /// What was waited for.
    pub fn slept(&self) -> Duration {
        *self.skipped.lock().expect("a clock")
    }

    /// Sets the time of day, which may go back.
    pub fn set(&self, seconds: i64) {
        let mut day = self.day.lock().expect("a clock");
        *day = day.checked_add(SignedDuration::from_secs(seconds)).expect("a time");
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        let day = *self.day.lock().expect("a clock");
        day.checked_add(SignedDuration::try_from(self.slept()).expect("short")).expect("a time")
    }

    fn elapsed(&self) -> Duration {
        self.began.elapsed() + self.slept()
    }

    fn sleep(&self, time: Duration) {
        *self.skipped.lock().expect("a clock") += time;
    }
}

/// A client that may ask the server by its name.
pub fn client(clock: &Arc<Hand>) -> Fetcher<Arc<Hand>> {
    impatient(clock, Duration::from_secs(60))
}

/// A client that waits so long for an answer.
pub fn impatient(clock: &Arc<Hand>, time: Duration) -> Fetcher<Arc<Hand>> {
    let allowed = BTreeSet::from(["localhost".to_owned()]);
    Fetcher::with_limits("mailto:test@desk.example", allowed, Duration::from_secs(5), Arc::clone(clock), time)
}

/// A folder of its own for one test, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("truce-collect-{}-{number}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
