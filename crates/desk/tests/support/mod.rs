//! A desk with the shipped example, made once and copied for each test.
#![allow(dead_code)]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use truce_desk::{App, Reply, Request};
use truce_extract::{Given, RawReport};
use truce_store::{Clock, Role, Store};

pub const HOST: &str = "127.0.0.1:8765";
pub const PASSWORD: &str = "a long enough password";

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A report in script, as bad as it gets.
pub const HOSTILE: &str = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> Northland closes road\n\n\
Northland said on Monday that Rivermark closed the Alder Pass road, and </main><form action=//evil.example><input name=csrf>. \
\"'&lt;/script&gt; =1+1 javascript:alert(3)\n";

fn made() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let path = folder().join("made");
        let pack = root().join("agreements/alder-2031");
        let text = |name: &str| std::fs::read_to_string(pack.join(name));
        let new = truce_desk::pack_of(
            "agreement.toml",
            text("agreement.toml").expect("a pack"),
            text("places.geojson").ok(),
        );
        let store = Store::create(&path, &new.expect("a good pack"), Clock::system()).expect("a new desk");
        let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("examples/alder/articles"))
            .expect("the example")
            .map(|it| it.expect("an entry").path())
            .collect();
        files.sort();
        let mut reports: Vec<RawReport> = files
            .iter()
            .map(|it| RawReport {
                path: it.file_name().expect("a name").to_string_lossy().into_owned(),
                bytes: std::fs::read(it).expect("a report"),
                format: None,
                given: Given::default(),
            })
            .collect();
        reports.push(RawReport {
            path: "../<b>evil</b>.txt".into(),
            bytes: HOSTILE.into(),
            format: None,
            given: Given {
                published: Some("2031-05-09".into()),
                outlet: Some("<script>alert(4)</script>".into()),
                url: Some("javascript:alert(5)//\"><script>".into()),
                title: Some("\"><script>alert(6)</script>".into()),
                language: None,
            },
        });
        let agreement = truce_desk::agreement_of(&store).expect("a pack");
        let stop = AtomicBool::new(false);
        let threads = NonZeroUsize::new(2).expect("two");
        truce_desk::take_in(&store, reports.into_iter(), &agreement.anchors, threads, &stop, &mut |_, _| {})
            .expect("taken in");
        truce_desk::assess(&store, &agreement, threads, &truce_pipeline::Silent, &stop).expect("assessed");
        path
    })
}

fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("truce-desk-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a temporary folder");
    path
}

/// A desk of a test's own, which goes away with it.
pub struct Desk {
    pub app: App,
    folder: PathBuf,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Signed {
    pub cookie: String,
    pub csrf: String,
}

impl Desk {
    pub fn new() -> Desk {
        let folder = folder();
        let path = folder.join("desk");
        Store::open_to_read(made(), Clock::system()).expect("opened").backup(&path).expect("copied");
        Desk { app: App::open(&path, Clock::system(), None).expect("opened"), folder }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.join("desk")
    }

    /// A new person in this role, signed in without a form.
    pub fn person(&self, name: &str, role: Role) -> Signed {
        let store = self.app.write();
        let token = format!("invite-{name}");
        store.invite(&token, role, "test", 60).expect("invited");
        store.join(&token, name, "no password").expect("joined");
        drop(store);
        self.session(name)
    }

    pub fn session(&self, name: &str) -> Signed {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let (token, csrf) = (format!("session-{name}-{n}"), format!("csrf-{name}-{n}"));
        self.app.write().begin_session(&token, &csrf, name, 3600).expect("begun");
        Signed { cookie: format!("trucewatch={token}"), csrf }
    }

    pub fn get(&self, who: Option<&Signed>, path: &str) -> Reply {
        self.app.answer(&request("GET", who, path))
    }

    /// Sends a form, with the word that the page holds.
    pub fn post(&self, who: &Signed, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut it = request("POST", Some(who), path);
        it.headers.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
        it.body = form(&[&[("csrf", who.csrf.as_str())][..], fields].concat()).into_bytes();
        self.app.answer(&it)
    }

    pub fn json(&self, who: &Signed, path: &str) -> serde_json::Value {
        let reply = self.get(Some(who), path);
        assert_eq!(reply.status, 200, "{path}: {}", text(&reply));
        serde_json::from_slice(&reply.body).expect("JSON")
    }
}

pub fn request(method: &str, who: Option<&Signed>, path: &str) -> Request {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut headers = vec![("host".to_owned(), HOST.to_owned())];
    headers.extend(who.map(|it| ("cookie".to_owned(), it.cookie.clone())));
    Request {
        method: method.into(),
        path: path.split('#').next().unwrap_or(path).to_owned(),
        query: query.split('#').next().unwrap_or(query).to_owned(),
        headers,
        body: Vec::new(),
        address: "127.0.0.1".into(),
    }
}

pub fn form(fields: &[(&str, &str)]) -> String {
    let encode = |it: &str| it.bytes().map(|it| format!("%{it:02X}")).collect::<String>();
    fields.iter().map(|it| format!("{}={}", encode(it.0), encode(it.1))).collect::<Vec<_>>().join("&")
}

pub fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}
