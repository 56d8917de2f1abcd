//! How fast a large desk answers: invented reports on a desk of its own, then
//! readers and reviewers at once over loopback, each page beside a bare
//! static file of the same server.
//!
//! ```text
//! cargo run --release -p truce-desk --example load -- [REPORTS] [REQUESTS PER PERSON]
//! ```

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use truce_desk::{Config, PROGRAM};
use truce_record::{
    Actor, Article, Cited, Claim, Incident, MadeBy, Origins, Published, Quote, ReadCounts, Record, Segment,
    Source, Statement,
};
use truce_store::{ClaimFilter, Clock, Incoming, Proposals, Role, Store, sha256_hex};

const READERS: usize = 50;
const REVIEWERS: usize = 5;
/// Articles stored in one transaction.
const BATCH: usize = 500;
/// Claims of one incident.
const JOINED: usize = 6;

const KINDS: [&str; 6] = [
    "movement_obstruction",
    "shelling_or_strike",
    "new_position",
    "armed_attack",
    "harm_to_civilians",
    "non_fulfilment",
];
const STANCES: [&str; 5] = ["alleges", "denies", "reports", "demands", "concern"];
const ACTORS: [&str; 4] = ["northland", "rivermark", "observers", "outlet"];

fn article(n: usize) -> Article {
    let (place, other) =
        (["Alder Pass", "the lake road", "Weir bridge"][n % 3], ["village", "farm", "mill", "school"][n % 4]);
    let first = format!("Northland said on Monday that Rivermark closed {place} near {other} number {n}.");
    let mut text = format!("{first}\n");
    for line in 0..12 {
        text.push_str(&format!(
            "Residents of {other} {} told the paper about a day of waiting, number {}.\n",
            n % 977,
            line * 7 + n % 13
        ));
    }
    let sha256 = sha256_hex(text.as_bytes());
    Article {
        id: sha256[..16].to_owned(),
        language: Some("en".into()),
        lineages: Vec::new(),
        outlet: Some(format!("Outlet {}", n % 120)),
        path: format!("load/{n}.txt"),
        picture_credit: None,
        published: Published {
            basis: "stated".into(),
            evidence: None,
            precision: Some("day".into()),
            reason: Some("given".into()),
            value: Some(format!("2031-{:02}-{:02}", 1 + n / 28 % 12, 1 + n % 28)),
        },
        read: ReadCounts { problems: 0, sentences: 13 },
        segments: vec![Segment { end: text.chars().count(), kind: "body".into(), start: 0 }],
        sha256,
        title: Some(format!("Road at {place} closed, {n}")),
        text,
        text_credit: None,
        url: Some(format!("https://outlet.example/{n}")),
    }
}

fn reading(it: &Article, n: usize) -> Proposals {
    let line = it.text.lines().next().unwrap_or("");
    let quote = |start: usize, end: usize| Quote {
        end,
        exact: line.chars().skip(start).take(end - start).collect(),
        start,
    };
    let whole = line.chars().count();
    let claim = |part: usize| {
        let words = quote(if part == 0 { 0 } else { 30 }, whole - 1);
        Claim {
            accused: Some(ACTORS[(n + part + 1) % 3].into()),
            article: it.id.clone(),
            claimant: Some(ACTORS[(n + part) % 4].into()),
            counts: Vec::new(),
            evidence: vec![Cited {
                article: it.id.clone(),
                end: words.end,
                exact: words.exact,
                start: words.start,
            }],
            id: format!("c-{}-{part}", it.id),
            kind: Some(KINDS[(n / JOINED) % KINDS.len()].into()),
            label: None,
            place: None,
            provisions: Vec::new(),
            rule: "load".into(),
            scope: None,
            stance: STANCES[(n + part) % STANCES.len()].into(),
            statement: None,
            time: None,
        }
    };
    let statement = Statement {
        addressee: Vec::new(),
        article: it.id.clone(),
        content: quote(0, whole),
        cue: None,
        id: format!("s-{}", it.id),
        mode: "indirect".into(),
        rule: "load".into(),
        source: Source {
            actor: Some(ACTORS[n % 4].into()),
            chain: Vec::new(),
            end: None,
            side: None,
            start: None,
            text: None,
        },
    };
    Proposals {
        article: it.id.clone(),
        engine: truce_desk::engine(),
        read_for: it.published.value.clone(),
        sentences: 13,
        statements: vec![statement],
        claims: vec![claim(0), claim(1)],
        actors: Vec::new(),
        problems: Vec::new(),
    }
}

/// A desk as large as asked, and how long it took.
fn fill(path: &Path, reports: usize) -> Duration {
    let began = Instant::now();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements/alder-2031");
    let toml = std::fs::read_to_string(pack.join("agreement.toml")).expect("the pack");
    let new = truce_desk::pack_of(
        "agreement.toml",
        toml,
        std::fs::read_to_string(pack.join("places.geojson")).ok(),
    );
    let store = Store::create(path, &new.expect("a good pack"), Clock::system()).expect("a new desk");
    let mut incidents = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for from in (0..reports).step_by(BATCH) {
        let numbers: Vec<usize> = (from..reports.min(from + BATCH)).collect();
        let articles: Vec<Article> = numbers.iter().map(|it| article(*it)).collect();
        let incoming: Vec<Incoming> = articles
            .iter()
            .map(|it| Incoming {
                article: it.clone(),
                bytes: it.text.clone().into_bytes(),
                problems: Vec::new(),
            })
            .collect();
        store.take_in(&incoming).expect("taken in");
        let readings: Vec<Proposals> = articles.iter().zip(&numbers).map(|it| reading(it.0, *it.1)).collect();
        store.keep(&readings).expect("kept");
        for (it, n) in readings.iter().zip(&numbers) {
            open.push(it.claims[0].id.clone());
            if open.len() == JOINED {
                incidents.push(incident(*n, std::mem::take(&mut open)));
            }
        }
    }
    let actor =
        |id: &str| Actor { id: id.into(), kind: "state".into(), names: vec![id.to_uppercase()], side: None };
    let record = Record {
        actors: ACTORS.iter().take(3).map(|it| actor(it)).collect(),
        agreement: None,
        articles: Vec::new(),
        claims: Vec::new(),
        findings: Vec::new(),
        format: truce_record::FORMAT.into(),
        incidents,
        ledger: Vec::new(),
        lineages: Vec::new(),
        made_by: MadeBy { models: Vec::new(), program: PROGRAM.name.into(), version: PROGRAM.version.into() },
        problems: Vec::new(),
        reuse: Vec::new(),
        statements: Vec::new(),
    };
    store.begin_assessment().expect("begun");
    store.put_derived(&record).expect("put");
    for n in 0..READERS + REVIEWERS {
        let role = if n < READERS { Role::Reader } else { Role::Reviewer };
        let name = format!("load-{n}");
        store.invite(&name, role, "load", 3600).expect("invited");
        store.join(&name, &name, "none").expect("joined");
        store.begin_session(&name, &name, &name, 36_000).expect("begun");
    }
    began.elapsed()
}

fn incident(n: usize, claims: Vec<String>) -> Incident {
    let time = truce_record::Time {
        exact: None,
        rule: "load".into(),
        value: format!("2031-{:02}-{:02}", 1 + n / 28 % 12, 1 + n % 28),
    };
    Incident {
        accused: Some(ACTORS[n % 3].into()),
        claimants: vec!["northland".into()],
        claims,
        conflicts: Vec::new(),
        credibility: "F6".into(),
        id: format!("i-{n:016x}"),
        kind: Some(KINDS[(n / JOINED) % KINDS.len()].into()),
        lineages: Vec::new(),
        origins: Origins { high: JOINED, low: 1 },
        place: None,
        reasons: Vec::new(),
        replies: Vec::new(),
        standing: "attributed".into(),
        time: Some(time),
    }
}

/// One connection that stays open.
struct Client {
    stream: BufReader<TcpStream>,
    cookie: String,
}

impl Client {
    fn new(at: SocketAddr, who: &str) -> Client {
        let stream = TcpStream::connect(at).expect("connected");
        stream.set_nodelay(true).expect("set");
        Client { stream: BufReader::new(stream), cookie: format!("trucewatch={who}") }
    }

    /// Status, time to the last byte, and where a redirect leads.
    fn ask(&mut self, method: &str, path: &str, body: &str) -> (u16, Duration, Option<String>) {
        let began = Instant::now();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        self.stream.get_mut().write_all(head.as_bytes()).expect("sent");
        let (mut status, mut length, mut to) = (0, 0, None);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("an answer");
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if status == 0 {
                status = line.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0);
            }
            if let Some((name, value)) = line.split_once(": ") {
                match name.to_ascii_lowercase().as_str() {
                    "content-length" => length = value.parse().unwrap_or(0),
                    "location" => to = Some(value.to_owned()),
                    _ => {}
                }
            }
        }
        let mut rest = vec![0; length];
        self.stream.read_exact(&mut rest).expect("a body");
        (status, began.elapsed(), to)
    }
}

fn main() {
    let mut given = std::env::args().skip(1).map(|it| it.parse::<usize>().expect("a number"));
    let (reports, requests) = (given.next().unwrap_or(100_000), given.next().unwrap_or(60));
    let folder = std::env::temp_dir().join(format!("truce-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path: PathBuf = folder.join("desk");
    let filled = fill(&path, reports);
    let megabytes = std::fs::metadata(&path).map_or(0, |it| it.len() >> 20);
    println!("{reports} reports stored, indexed and kept in {:.0} s, {megabytes} MB", filled.as_secs_f64());

    let store = Store::open_to_read(&path, Clock::system()).expect("opened");
    let sample = |n: usize| article(n * reports / 97 % reports).id;
    let incidents: Vec<String> =
        store.incidents_page(false, 0, 200).expect("readable").into_iter().map(|it| it.incident.id).collect();
    let waiting: Vec<String> = store
        .claims_page(&ClaimFilter { waiting: true, ..ClaimFilter::default() }, 0, REVIEWERS * requests + 1)
        .expect("readable")
        .into_iter()
        .map(|it| it.proposed.id)
        .collect();
    let mut pages: Vec<(&str, Vec<String>)> = vec![("bare static file", vec!["/static/desk.css".into()])];
    for it in [
        "/",
        "/agreement",
        "/incidents",
        "/matrix",
        "/statements",
        "/timeline",
        "/coverage",
        "/actors",
        "/intake",
        "/log",
    ] {
        pages.push((it, vec![it.into()]));
    }
    pages.push(("/articles/{id}", (0..97).map(|it| format!("/articles/{}", sample(it))).collect()));
    pages.push(("/incidents/{id}", incidents.iter().map(|it| format!("/incidents/{it}")).collect()));
    pages.push(("/claims?kind&stance", vec!["/claims?kind=new_position&stance=alleges".into()]));
    pages.push((
        "/search, rare word",
        (0..97).map(|it| format!("/search?q=%22number+{}%22", it * 31)).collect(),
    ));
    pages.push(("/search, common word", vec!["/search?q=closed".into()]));
    drop(store);

    let (send, receive) = std::sync::mpsc::channel();
    let config =
        Config { store: path, listen: ([127, 0, 0, 1], 0).into(), origin: None, threads: NonZeroUsize::MIN };
    std::thread::spawn(move || {
        truce_desk::serve(&config, |it| send.send(it.at).expect("heard")).expect("served")
    });
    let at = receive.recv().expect("a server");

    let took: Mutex<BTreeMap<String, Vec<Duration>>> = Mutex::default();
    let note = |name: &str, status: u16, time: Duration| {
        assert!(status < 400, "{name}: {status}");
        took.lock().expect("not poisoned").entry(name.to_owned()).or_default().push(time);
    };
    let began = Instant::now();
    std::thread::scope(|scope| {
        for n in 0..READERS {
            let (pages, note) = (&pages, &note);
            scope.spawn(move || {
                let mut client = Client::new(at, &format!("load-{n}"));
                for turn in 0..requests {
                    let (name, all) = &pages[(turn * 7 + n) % pages.len()];
                    let (status, time, _) = client.ask("GET", &all[(turn + n * 13) % all.len()], "");
                    note(name, status, time);
                    // A person looks at a page before asking for the next.
                    std::thread::sleep(Duration::from_millis(200));
                }
            });
        }
        for n in 0..REVIEWERS {
            let (waiting, note) = (&waiting, &note);
            scope.spawn(move || {
                let name = format!("load-{}", READERS + n);
                let mut client = Client::new(at, &name);
                for turn in 0..requests {
                    let Some(id) = waiting.get(n * requests + turn) else { break };
                    let (status, time, _) = client.ask("GET", &format!("/review?claim={id}"), "");
                    note("/review", status, time);
                    let (status, time, _) = client.ask(
                        "POST",
                        &format!("/review/{id}"),
                        &format!("csrf={name}&act=confirm&reason=r"),
                    );
                    note("POST /review", status, time);
                    std::thread::sleep(Duration::from_millis(200));
                }
            });
        }
    });
    let all = took.into_inner().expect("not poisoned");
    let count: usize = all.values().map(Vec::len).sum();
    println!(
        "{READERS} readers and {REVIEWERS} reviewers, {count} requests in {:.0} s",
        began.elapsed().as_secs_f64()
    );
    println!("| page | requests | median ms | 95th percentile ms |\n|---|---|---|---|");
    for (name, mut times) in all {
        times.sort();
        let at =
            |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
        println!("| {name} | {} | {:.1} | {:.1} |", times.len(), at(50), at(95));
    }
    let _ = std::fs::remove_dir_all(&folder);
}
