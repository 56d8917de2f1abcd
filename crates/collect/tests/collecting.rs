//! Whole rounds against a server of our own: what is kept, what is not asked
//! twice, and what the archive holds afterwards.

mod support;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::{Folder, Hand, Server, client, page, reply};
use truce_collect::{Collector, Event, Holds, Round, Sources, WarcError, WarcReader};

fn sources(more: &str) -> Sources {
    Sources::parse(&format!("contact = \"mailto:test@desk.example\"\n{more}")).expect("sources")
}

fn collect(sources: Sources, folder: &Path, clock: &Arc<Hand>) -> (Round, Vec<Event>) {
    let mut collector = Collector::new(sources, folder, client(clock)).expect("a collector");
    let mut events = Vec::new();
    let round = collector.round(&mut |it| events.push(it)).expect("a round");
    (round, events)
}

fn archives(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path()).collect();
    all.retain(|it| it.to_string_lossy().ends_with(".warc.gz"));
    all.sort();
    all
}

fn feed(items: &[(&str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(link, updated)| format!("<entry><id>{link}</id><title>Story {link}</title><link href=\"{link}\"/><published>2031-05-04T09:00:00Z</published><updated>{updated}</updated></entry>"))
        .collect();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Courier</title><id>f</id><updated>2031-05-04T09:00:00Z</updated>{items}</feed>"
    )
}

const STORY: &str = "<html><body><article><h1>Road closed</h1><p>Northland closed the Alder road on Sunday, Rivermark said.</p></article></body></html>";

#[test]
fn a_feed_is_followed_once_and_kept_with_custody() {
    let changed = Arc::new(AtomicUsize::new(0));
    let turn = Arc::clone(&changed);
    let server = Server::new(move |asked, stream| match asked.path.as_str() {
        "/robots.txt" => {
            reply(stream, "200 OK", "Content-Type: text/plain\r\n", b"User-agent: *\nDisallow: /secret\n")
        }
        "/feed" => {
            let stamp = format!("2031-05-04T09:0{}:00Z", turn.load(Ordering::SeqCst));
            let body = feed(&[
                ("/1", &stamp),
                ("/2", "2031-05-04T09:00:00Z"),
                ("/gone", "2031-05-04T09:00:00Z"),
                ("/pdf", "2031-05-04T09:00:00Z"),
                ("/secret/3", "2031-05-04T09:00:00Z"),
            ]);
            reply(stream, "200 OK", "Content-Type: application/atom+xml\r\n", body.as_bytes());
        }
        "/pdf" => reply(stream, "200 OK", "Content-Type: application/pdf\r\n", b"%PDF"),
        "/gone" => reply(stream, "410 Gone", "", b""),
        _ => page(stream, STORY),
    });
    let folder = Folder::new("feed");
    let clock = Hand::new();
    let of = || {
        sources(&format!(
            "[[source]]\nid = \"courier\"\nkind = \"feed\"\nurl = \"{}\"\noutlet = \"Stonebridge Courier\"\nevery = \"10m\"\n",
            server.url("/feed")
        ))
    };
    let (round, events) = collect(of(), &folder.0, &clock);
    assert_eq!((round.asked, round.failed, round.kept, round.missed), (1, 0, 2, 3), "{events:?}");

    // Another process, before the source is due, then after: nothing new.
    assert_eq!(collect(of(), &folder.0, &clock).0, Round::default());
    clock.set(601);
    let (round, events) = collect(of(), &folder.0, &clock);
    assert_eq!((round.asked, round.kept), (1, 0), "{events:?}");
    let asked = server.paths();
    assert_eq!(asked.iter().filter(|it| *it == "/1").count(), 1);
    assert_eq!(asked.iter().filter(|it| *it == "/gone").count(), 1, "what is gone stays gone");
    assert_eq!(asked.iter().filter(|it| *it == "/secret/3").count(), 0);

    // The feed says that a story was changed: it is fetched again.
    changed.store(1, Ordering::SeqCst);
    clock.set(601);
    assert_eq!(collect(of(), &folder.0, &clock).0.kept, 1);
    // The clock is set back by a year: the source is still asked, nothing is fetched twice.
    clock.set(-365 * 86_400);
    let (round, _) = collect(of(), &folder.0, &clock);
    assert_eq!((round.asked, round.kept), (1, 0));

    // What lies in the archives is what was served, with what the feed said.
    let reports: Vec<_> = archives(&folder.0)
        .iter()
        .flat_map(|it| Holds::Warc.reports(it))
        .map(|it| it.expect("a report"))
        .collect();
    assert_eq!(reports.len(), 3);
    assert!(reports.iter().all(|it| it.bytes == STORY.as_bytes()));
    assert_eq!(reports[0].given.outlet.as_deref(), Some("Stonebridge Courier"));
    assert_eq!(reports[0].given.url.as_deref(), Some(server.url("/1").as_str()));
    assert!(reports[0].given.published.as_deref().is_some_and(|it| it.starts_with("2031-05-04T09:00:00")));
    // The first is the one of the year before.
    let first = File::open(&archives(&folder.0)[1]).expect("an archive");
    let records: Vec<_> = WarcReader::new(first).expect("readable").map(|it| it.expect("a record")).collect();
    assert_eq!(records[0].field("warc-type"), Some("warcinfo"));
    let response = records
        .iter()
        .find(|it| it.field("warc-target-uri").is_some_and(|it| it.ends_with("/1")))
        .expect("the story");
    assert!(response.field("warc-date").is_some_and(|it| it.starts_with("2031-05-04T10:0")), "{response:?}");
    let block = response.block.as_deref().expect("in memory");
    assert!(block.starts_with(b"HTTP/1.1 200 OK\r\n") && block.ends_with(STORY.as_bytes()));
}

#[test]
fn a_feed_that_is_a_page_is_told() {
    let server = Server::new(|_, stream| {
        page(
            stream,
            "<!doctype html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss.xml\"></head></html>",
        );
    });
    let folder = Folder::new("page");
    let clock = Hand::new();
    let of = || {
        sources(&format!(
            "[[source]]\nid = \"x\"\nkind = \"feed\"\nurl = \"{}\"\nevery = \"1s\"\nsilent_after = \"1d\"\n",
            server.url("/")
        ))
    };
    let (round, events) = collect(of(), &folder.0, &clock);
    assert_eq!(round.failed, 1);
    let Event::Failed { what, .. } = &events[0] else { panic!("{events:?}") };
    assert!(what.contains("web page, not a feed") && what.contains("/rss.xml"), "{what}");
    // It is left alone for a while, longer each time, and then counts as silent.
    clock.set(60);
    assert_eq!(collect(of(), &folder.0, &clock).0.asked, 0);
    clock.set(61);
    assert_eq!(collect(of(), &folder.0, &clock).0.asked, 1);
    clock.set(86_400);
    let collector = Collector::new(of(), &folder.0, client(&clock)).expect("a collector");
    let status = collector.status();
    assert!(status[0].silent && status[0].failures == 2, "{status:?}");
}

#[test]
fn sitemap_indexes_that_go_in_circles_end() {
    let server = Server::new(|asked, stream| {
        let port = asked
            .head
            .split("ocalhost:")
            .nth(1)
            .and_then(|it| it.split("\r\n").next())
            .unwrap_or("")
            .to_owned();
        let at = |path: &str| format!("http://localhost:{port}{path}");
        let body = match asked.path.as_str() {
            "/robots.txt" => return reply(stream, "404 Not Found", "", b""),
            "/map.xml" => format!(
                "<sitemapindex><sitemap><loc>{}</loc></sitemap><sitemap><loc>{}</loc></sitemap></sitemapindex>",
                at("/map.xml"),
                at("/b.xml")
            ),
            "/b.xml" => format!(
                "<sitemapindex><sitemap><loc>{}</loc></sitemap><sitemap><loc>{}</loc></sitemap></sitemapindex>",
                at("/map.xml"),
                at("/pages.xml")
            ),
            "/pages.xml" => format!(
                "<urlset><url><loc>{}</loc><lastmod>2031-05-04</lastmod></url><url><loc>{}</loc><lastmod>2029-01-01</lastmod></url></urlset>",
                at("/new"),
                at("/old")
            ),
            _ => return page(stream, STORY),
        };
        reply(stream, "200 OK", "Content-Type: application/xml\r\n", body.as_bytes());
    });
    let folder = Folder::new("map");
    let of = sources(&format!(
        "[[source]]\nid = \"x\"\nkind = \"sitemap\"\nurl = \"{}\"\n",
        server.url("/map.xml")
    ));
    let (round, events) = collect(of, &folder.0, &Hand::new());
    assert_eq!((round.failed, round.kept), (0, 1), "{events:?}");
    assert!(
        events.iter().any(|it| matches!(it, Event::Missed { what, .. } if what.contains("circle"))),
        "{events:?}"
    );
    assert_eq!(server.paths(), ["/map.xml", "/b.xml", "/pages.xml", "/new"]);
}

#[test]
fn a_watched_page_is_kept_when_it_changes() {
    let turn = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&turn);
    let server = Server::new(move |asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, "404 Not Found", "", b""),
        _ => page(
            stream,
            &format!("<html><body><p>Version {}.</p></body></html>", seen.load(Ordering::SeqCst)),
        ),
    });
    let folder = Folder::new("watched");
    let clock = Hand::new();
    let of = || {
        sources(&format!(
            "[[source]]\nid = \"x\"\nkind = \"page\"\nurl = \"{}\"\nevery = \"1m\"\n",
            server.url("/live")
        ))
    };
    let mut kept = Vec::new();
    for version in [0, 0, 1, 1, 0] {
        turn.store(version, Ordering::SeqCst);
        kept.push(collect(of(), &folder.0, &clock).0.kept);
        clock.set(61);
    }
    assert_eq!(kept, [1, 0, 1, 0, 0]);
}

#[test]
fn folders_mail_and_lines_are_kept_once() {
    let from = Folder::new("from");
    let mail = from.0.join("box/new");
    fs::create_dir_all(&mail).expect("a maildir");
    fs::create_dir_all(from.0.join("box/cur")).expect("a maildir");
    fs::write(mail.join("1.host"), "From: a@b.example\r\nSubject: Pass\r\n\r\nThe pass is closed.\r\n")
        .expect("written");
    fs::write(from.0.join("a.txt"), "Road closed\n\nNorthland closed it.\n").expect("written");
    fs::write(from.0.join("same.txt"), "Road closed\n\nNorthland closed it.\n").expect("written");
    fs::write(
        from.0.join("b.jsonl"),
        "{\"text\":\"Lines\",\"outlet\":\"Post\",\"published\":\"2031-05-04\"}\nnot json\n",
    )
    .expect("written");
    fs::write(from.0.join("c.bin"), "x").expect("written");
    let folder = Folder::new("kept");
    let clock = Hand::new();
    let of = || {
        sources(&format!(
            "[[source]]\nid = \"drop\"\nkind = \"folder\"\npath = {:?}\nevery = \"1s\"\n",
            from.0
        ))
    };
    let (round, events) = collect(of(), &folder.0, &clock);
    assert_eq!((round.kept, round.missed), (3, 2), "{events:?}");
    clock.set(10);
    assert_eq!(collect(of(), &folder.0, &clock).0.kept, 0);
    fs::write(from.0.join("d.txt"), "Another\n\nReport.\n").expect("written");
    clock.set(10);
    assert_eq!(collect(of(), &folder.0, &clock).0.kept, 1);
    let reports: Vec<_> = archives(&folder.0)
        .iter()
        .flat_map(|it| Holds::Warc.reports(it))
        .map(|it| it.expect("a report"))
        .collect();
    assert_eq!(reports.len(), 4);
    let line = reports.iter().find(|it| it.bytes == b"Lines").expect("the line");
    assert_eq!(
        (line.given.outlet.as_deref(), line.given.published.as_deref()),
        (Some("Post"), Some("2031-05-04"))
    );
}

#[test]
fn a_cut_archive_gives_what_is_whole_and_says_so() {
    let from = Folder::new("whole");
    fs::write(from.0.join("a.txt"), "One\n\nNorthland closed it.\n").expect("written");
    fs::write(from.0.join("b.txt"), "Two\n\nRivermark denied it.\n").expect("written");
    let folder = Folder::new("cut");
    let of = sources(&format!("[[source]]\nid = \"drop\"\nkind = \"folder\"\npath = {:?}\n", from.0));
    collect(of, &folder.0, &Hand::new());
    let path = archives(&folder.0).remove(0);
    let whole = fs::read(&path).expect("an archive");
    let count = |bytes: &[u8]| WarcReader::new(bytes).expect("readable").filter(|it| it.is_ok()).count();
    let all = count(&whole);
    assert_eq!(all, 5);
    for cut in 1..whole.len() {
        let mut records = WarcReader::new(&whole[..cut]).expect("readable");
        let results: Vec<_> = records.by_ref().collect();
        let good = results.iter().filter(|it| it.is_ok()).count();
        assert!(good <= all);
        match results.last() {
            Some(Err(error)) => assert!(
                matches!(
                    error,
                    WarcError::Truncated { .. } | WarcError::Io { .. } | WarcError::Malformed { .. }
                ),
                "{error}"
            ),
            // Cut between two records: nothing shows that more was to come.
            _ => assert!(good < all || cut + 20 > whole.len(), "cut at {cut}"),
        }
    }
    fs::write(&path, &whole[..whole.len() - 30]).expect("written");
    let reports: Vec<_> = Holds::Warc.reports(&path).collect();
    let problem = reports.last().expect("something").as_ref().expect_err("cut");
    assert!(problem.what.contains("it ends inside record"), "{}", problem.what);
    fs::write(&path, "hello").expect("written");
    assert!(
        Holds::Warc
            .reports(&path)
            .next()
            .expect("something")
            .expect_err("no archive")
            .what
            .contains("not a WARC record")
    );
}

#[test]
fn archives_of_others_are_read() {
    let folder = Folder::new("others");
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>a<\r\n3\r\n/p>\r\n0\r\n\r\n";
    let record = |kind: &str, uri: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <{uri}>\r\nWARC-Record-ID: <urn:uuid:{}>\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            uri.len(),
            block.len()
        )
    };
    let text = [
        record("request", "https://a.example/", "GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://a.example/", http),
        record(
            "response",
            "https://a.example/missing",
            "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>no",
        ),
        record(
            "response",
            "https://a.example/robots.txt",
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *",
        ),
        record("revisit", "https://a.example/", "HTTP/1.1 200 OK\r\n\r\n"),
    ]
    .concat();
    let path = folder.0.join("others.warc");
    fs::write(&path, &text).expect("written");
    let reports: Vec<_> = Holds::Warc.reports(&path).map(|it| it.expect("a report")).collect();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].bytes, b"<p>a</p>");
    assert_eq!(reports[0].given.url.as_deref(), Some("https://a.example/"));

    // The same inside a WACZ, stored and packed.
    for method in [zip::CompressionMethod::Stored, zip::CompressionMethod::Deflated] {
        use std::io::Write;
        let path = folder.0.join("others.wacz");
        let mut it = zip::ZipWriter::new(File::create(&path).expect("a file"));
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        it.start_file("archive/data.warc", options).expect("an entry");
        it.write_all(text.as_bytes()).expect("written");
        it.finish().expect("finished");
        assert_eq!(Holds::Wacz.reports(&path).filter(|it| it.is_ok()).count(), 1);
    }
    fs::write(folder.0.join("bad.wacz"), "PK").expect("written");
    assert!(Holds::Wacz.reports(&folder.0.join("bad.wacz")).next().expect("something").is_err());
}

#[test]
fn a_broken_state_is_not_lost_silently() {
    let folder = Folder::new("state");
    fs::write(folder.0.join(".collect-state.json"), "{").expect("written");
    let of = sources(&format!("[[source]]\nid = \"drop\"\nkind = \"folder\"\npath = {:?}\n", folder.0));
    let error = Collector::new(of, &folder.0, client(&Hand::new())).expect_err("broken").to_string();
    assert!(error.contains("move it away"), "{error}");
}
