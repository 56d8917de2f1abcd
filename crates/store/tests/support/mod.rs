//! Small desks for tests.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use truce_record::{Actor, Article, Cited, Claim, Published, Quote, ReadCounts, Segment, Source, Statement};
use truce_store::{Clock, Incoming, NewDesk, Pack, Proposals, Store, sha256_hex};

/// A folder that goes away.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("truce-store-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A clock that tests turn.
#[derive(Clone)]
pub struct Hand(pub Arc<AtomicI64>);

impl Hand {
    pub fn new() -> Hand {
        // 2031-05-09T08:00:00Z
        Hand(Arc::new(AtomicI64::new(1_936_080_000)))
    }

    pub fn clock(&self) -> Clock {
        let at = Arc::clone(&self.0);
        Clock::from_fn(move || at.load(Ordering::Relaxed))
    }

    pub fn turn(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

pub fn new_desk() -> NewDesk {
    NewDesk {
        pack: Pack {
            id: "alder-2031".into(),
            sha256: "aa".into(),
            toml: "id = \"alder-2031\"".into(),
            geojson: None,
        },
    }
}

pub fn desk(path: &Path, hand: &Hand) -> Store {
    Store::create(path, &new_desk(), hand.clock()).expect("a new desk")
}

/// A report of one sentence per line.
pub fn report(url: Option<&str>, text: &str) -> Incoming {
    let sha256 = sha256_hex(text.as_bytes());
    let length = text.chars().count();
    let article = Article {
        id: sha256[..16].to_owned(),
        language: Some("en".into()),
        lineages: Vec::new(),
        outlet: Some("Harbour Ledger".into()),
        path: "report.txt".into(),
        picture_credit: None,
        published: Published {
            basis: "stated".into(),
            evidence: None,
            precision: Some("day".into()),
            reason: Some("given".into()),
            value: Some("2031-05-08".into()),
        },
        read: ReadCounts { problems: 0, sentences: 0 },
        segments: vec![Segment { end: length, kind: "body".into(), start: 0 }],
        sha256,
        text: text.to_owned(),
        text_credit: None,
        title: Some("A report".into()),
        url: url.map(str::to_owned),
    };
    Incoming { article, bytes: text.as_bytes().to_vec(), problems: Vec::new() }
}

/// A claim on the first place where `words` stand.
pub fn claim(article: &Article, id: &str, stance: &str, words: &str) -> Claim {
    let at = article.text.find(words).expect("the words stand in the report");
    let start = article.text[..at].chars().count();
    let end = start + words.chars().count();
    Claim {
        accused: Some("rivermark".into()),
        article: article.id.clone(),
        claimant: Some("northland".into()),
        counts: Vec::new(),
        evidence: vec![Cited { article: article.id.clone(), end, exact: words.into(), start }],
        id: id.into(),
        kind: Some("movement_obstruction".into()),
        label: None,
        place: None,
        provisions: Vec::new(),
        rule: "say".into(),
        scope: None,
        stance: stance.into(),
        statement: None,
        time: None,
    }
}

/// A reading with these claims and one statement.
pub fn reading(article: &Article, engine: &str, claims: Vec<Claim>) -> Proposals {
    let exact: String = article.text.chars().take(10).collect();
    let statement = Statement {
        addressee: Vec::new(),
        article: article.id.clone(),
        content: Quote { end: exact.chars().count(), exact, start: 0 },
        cue: None,
        id: format!("s-{}", &article.id[..8]),
        mode: "indirect".into(),
        rule: "say".into(),
        source: Source {
            actor: Some("northland".into()),
            chain: Vec::new(),
            end: None,
            side: None,
            start: None,
            text: None,
        },
    };
    let actor = |id: &str, name: &str| Actor {
        id: id.into(),
        kind: "state".into(),
        names: vec![name.into()],
        side: None,
    };
    Proposals {
        article: article.id.clone(),
        engine: engine.into(),
        read_for: Some("2031-05-08".into()),
        sentences: 2,
        statements: vec![statement],
        claims,
        actors: vec![actor("northland", "Northland"), actor("rivermark", "Rivermark")],
        problems: Vec::new(),
    }
}

pub const TEXT: &str =
    "Northland said Rivermark closed the Alder road. It closed the bridge too, a spokeswoman said.\n";

/// A desk with one report and two claims, `c-1` and `c-2`.
pub fn small(path: &Path, hand: &Hand) -> (Store, Article) {
    let store = desk(path, hand);
    let it = report(Some("https://ledger.example/1"), TEXT);
    store.take_in(std::slice::from_ref(&it)).expect("taken in");
    let claims = vec![
        claim(&it.article, "c-1", "alleges", "Rivermark closed the Alder road"),
        claim(&it.article, "c-2", "alleges", "It closed the bridge too"),
    ];
    store.keep(&[reading(&it.article, "engine 1", claims)]).expect("kept");
    (store, it.article)
}
