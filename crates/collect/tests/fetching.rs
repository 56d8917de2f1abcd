//! A server that misbehaves in every way we could think of.

mod support;

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use support::{Hand, Server, client, impatient, page, reply};
use truce_collect::{Ask, FetchError, Fetched};

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut it = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    it.write_all(bytes).and_then(|()| it.finish()).expect("in memory")
}

/// Fetches one path from a server that answers so; there is no robots.txt.
fn fetch(
    path: &str,
    answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static,
) -> Result<Fetched, FetchError> {
    let server = Server::new(move |asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, "404 Not Found", "", b""),
        path => answer(path, stream),
    });
    client(&Hand::new()).fetch(&server.url(path), &Ask::default())
}

fn broken(result: Result<Fetched, FetchError>) -> String {
    match result {
        Err(FetchError::Broken { what, .. }) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_page_comes_with_bytes_headers_and_hash() {
    let body = zipped("<p>Pass closed – again</p>".as_bytes());
    let sent = body.clone();
    let it = fetch("/a?b=c#d", move |_, stream| {
        reply(
            stream,
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\nETag: \"x\"\r\n",
            &sent,
        );
    })
    .expect("a page");
    assert_eq!(it.raw, body, "kept as sent");
    assert_eq!(it.body, "<p>Pass closed – again</p>".as_bytes());
    assert_eq!((it.field("etag"), it.media_type().as_deref()), (Some("\"x\""), Some("text/html")));
    assert!(it.url.ends_with("/a?b=c"), "{}", it.url);
    let head = String::from_utf8(it.head).expect("a head");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn who_asks_is_named() {
    let server = Server::new(|_, stream| page(stream, "x"));
    client(&Hand::new()).fetch(&server.url("/"), &Ask::default()).expect("a page");
    let asked = server.asked.lock().expect("noted");
    assert!(asked.iter().all(|it| it.head.to_lowercase().contains("user-agent: trucewatch/")), "{asked:?}");
    assert!(asked[0].head.contains("mailto:test@desk.example"));
    assert_eq!(asked[0].path, "/robots.txt", "rules are asked first");
}

#[test]
fn an_endless_body_is_cut_off() {
    let result = fetch("/", |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        let piece = vec![b'x'; 1 << 20];
        while stream.write_all(&piece).is_ok() {}
    });
    assert!(matches!(result, Err(FetchError::TooLarge(_))), "{result:?}");
}

#[test]
fn a_bomb_does_not_go_off() {
    let bomb = zipped(&vec![b'0'; 60 << 20]);
    let result = fetch("/", move |_, stream| reply(stream, "200 OK", "Content-Encoding: gzip\r\n", &bomb));
    assert!(broken(result).contains("bomb"));
}

#[test]
fn a_server_that_drips_is_left() {
    let drips = |head: &'static [u8]| {
        let server = Server::new(move |_, stream| {
            let _ = stream.write_all(head);
            for _ in 0..100 {
                if stream.write_all(b"x").and_then(|()| stream.flush()).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        let ask = Ask { named: true, ..Ask::default() };
        impatient(&Hand::new(), Duration::from_secs(1)).fetch(&server.url("/"), &ask)
    };
    assert!(matches!(drips(b"HTTP/1.1 200 OK\r\nX: "), Err(FetchError::TooSlow(_))), "in its head");
    assert!(matches!(drips(b"HTTP/1.1 200 OK\r\n\r\n"), Err(FetchError::TooSlow(_))), "in its body");
}

#[test]
fn circles_and_long_chains_of_redirects_end() {
    let circle = fetch("/a", |path, stream| {
        let to = if path == "/a" { "/b" } else { "/a" };
        reply(stream, "302 Found", &format!("Location: {to}\r\n"), b"");
    });
    assert!(matches!(circle, Err(FetchError::Redirects(_))), "{circle:?}");
    let chain = fetch("/0", |path, stream| {
        let number: usize = path[1..].parse().expect("a number");
        reply(stream, "301 Moved", &format!("Location: /{}\r\n", number + 1), b"");
    });
    assert!(matches!(chain, Err(FetchError::Redirects(_))), "{chain:?}");
    let nowhere = fetch("/", |_, stream| reply(stream, "302 Found", "", b""));
    assert!(broken(nowhere).contains("without saying where"));
}

#[test]
fn redirects_are_followed_and_told() {
    let it = fetch("/a", |path, stream| match path {
        "/a" => reply(stream, "302 Found", "Location: b\r\n", b""),
        _ => page(stream, "here"),
    })
    .expect("a page");
    assert!(it.asked.ends_with("/a") && it.url.ends_with("/b"), "{it:?}");
    assert_eq!(it.through.len(), 1);
}

#[test]
fn private_addresses_are_refused_at_first_and_after_redirects() {
    let server = Server::new(|_, stream| page(stream, "secret"));
    let refused = |to: String| {
        let result = client(&Hand::new()).fetch(&to, &Ask::default());
        assert!(matches!(result, Err(FetchError::Private { .. })), "{to}: {result:?}");
    };
    refused(format!("http://127.0.0.1:{}/", server.port));
    refused(format!("http://[::ffff:127.0.0.1]:{}/", server.port));
    refused(format!("http://0x7f.1:{}/", server.port));
    refused("http://169.254.169.254/latest/meta-data/".to_owned());
    refused("http://10.0.0.1/".to_owned());
    let port = server.port;
    let result = fetch("/", move |_, stream| {
        reply(stream, "302 Found", &format!("Location: http://127.0.0.1:{port}/\r\n"), b"");
    });
    assert!(matches!(result, Err(FetchError::Private { .. })), "{result:?}");
    assert!(server.paths().is_empty(), "nothing was asked");
}

#[test]
fn addresses_that_are_none_are_refused() {
    for it in [
        "file:///etc/passwd",
        "ftp://a.example/",
        "http://user:word@a.example/",
        "javascript:1",
        "",
        "http://",
    ] {
        let result = client(&Hand::new()).fetch(it, &Ask::default());
        assert!(matches!(result, Err(FetchError::Address(_))), "{it}: {result:?}");
    }
    let result = fetch("/", |_, stream| reply(stream, "302 Found", "Location: file:///etc/passwd\r\n", b""));
    assert!(matches!(result, Err(FetchError::Address(_))), "{result:?}");
}

#[test]
fn wrong_lengths_and_framing_are_told() {
    let short = fetch("/", |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
    });
    assert!(!broken(short).is_empty());
    let chunks = fetch("/", |_, stream| {
        let _ =
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n");
    });
    assert!(!broken(chunks).is_empty());
    let garbage = fetch("/", |_, stream| {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH\r\n\r\n");
    });
    assert!(!broken(garbage).is_empty());
    let silent = fetch("/", |_, _| {});
    assert!(!broken(silent).is_empty());
    let head = fetch("/", |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X-Field: 0123456789012345678901234567890123456789\r\n").is_ok() {}
    });
    assert!(!broken(head).is_empty());
    let packed = fetch("/", |_, stream| reply(stream, "200 OK", "Content-Encoding: gzip\r\n", b"not gzip"));
    assert!(broken(packed).contains("not compressed"));
}

#[test]
fn a_chunked_body_is_joined() {
    let it = fetch("/", |_, stream| {
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\n, x\r\n0\r\n\r\n",
        );
    });
    assert_eq!(it.expect("a page").body, b"hello, x");
}

#[test]
fn a_host_that_wants_rest_gets_it() {
    let server = Server::new(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, "404 Not Found", "", b""),
        _ => reply(stream, "429 Too Many Requests", "Retry-After: 120\r\n", b""),
    });
    let clock = Hand::new();
    let mut client = client(&clock);
    let first = client.fetch(&server.url("/a"), &Ask::default());
    assert!(matches!(first, Err(FetchError::Wait { seconds: 120, status: 429, .. })), "{first:?}");
    let second = client.fetch(&server.url("/b"), &Ask::default());
    assert!(matches!(second, Err(FetchError::Wait { .. })), "{second:?}");
    assert_eq!(server.paths(), ["/a"], "the second was not even asked");
    use truce_collect::Clock;
    clock.sleep(Duration::from_secs(121));
    let _ = client.fetch(&server.url("/c"), &Ask::default());
    assert_eq!(server.paths(), ["/a", "/c"]);
}

#[test]
fn rules_are_kept() {
    let server = Server::new(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(
            stream,
            "200 OK",
            "Content-Type: text/plain\r\n",
            b"User-agent: *\nDisallow: /private\nCrawl-delay: 30\n",
        ),
        _ => page(stream, "x"),
    });
    let clock = Hand::new();
    let mut client = client(&clock);
    client.fetch(&server.url("/open"), &Ask::default()).expect("allowed");
    let result = client.fetch(&server.url("/private/1"), &Ask::default());
    assert!(matches!(result, Err(FetchError::Robots(_))), "{result:?}");
    let before = clock.slept();
    client.fetch(&server.url("/open/2"), &Ask::default()).expect("allowed");
    assert!(clock.slept() - before >= Duration::from_secs(25), "the delay asked for is kept");
    client
        .fetch(&server.url("/private/feed"), &Ask { named: true, ..Ask::default() })
        .expect("named by hand");
    let asked = server.asked.lock().expect("noted");
    assert_eq!(asked.iter().filter(|it| it.path == "/robots.txt").count(), 1, "asked once");
}

#[test]
fn rules_that_cannot_be_had_close_a_host() {
    let server = Server::new(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => reply(stream, "500 Oops", "", b""),
        _ => page(stream, "x"),
    });
    let result = client(&Hand::new()).fetch(&server.url("/"), &Ask::default());
    assert!(matches!(result, Err(FetchError::Robots(_))), "{result:?}");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::new(|asked, stream| {
        let head = asked.head.to_lowercase();
        match asked.path.as_str() {
            "/robots.txt" => reply(stream, "404 Not Found", "", b""),
            _ if head.contains("if-none-match: \"v1\"") && head.contains("if-modified-since: sun") => {
                let _ = stream.write_all(b"HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
            }
            _ => page(stream, "x"),
        }
    });
    let ask = Ask {
        etag: Some("\"v1\"".into()),
        modified: Some("Sun, 04 May 2031 10:00:00 GMT".into()),
        named: false,
    };
    let it = client(&Hand::new()).fetch(&server.url("/"), &ask).expect("an answer");
    assert_eq!((it.status(), it.body.len()), (304, 0));
}

#[test]
fn other_statuses_are_told() {
    for (line, status) in [("404 Not Found", 404), ("410 Gone", 410), ("500 Oops", 500), ("403 No", 403)] {
        let result = fetch("/", move |_, stream| reply(stream, line, "", b"<p>sorry</p>"));
        assert!(matches!(result, Err(FetchError::Status { status: it, .. }) if it == status), "{result:?}");
    }
    let later = fetch("/", |_, stream| {
        reply(stream, "503 Later", "Retry-After: Sun, 04 May 2031 10:10:00 GMT\r\n", b"")
    });
    assert!(matches!(later, Err(FetchError::Wait { status: 503, seconds: 500..=600, .. })), "{later:?}");
}
