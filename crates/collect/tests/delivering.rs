//! A receiver of our own on loopback.

mod support;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use support::{Hand, Server, reply};
use truce_collect::{DELIVERY_BYTES_MAX, DELIVERY_TRIES_MAX, FetchError, deliver};

fn allowed() -> BTreeSet<String> {
    BTreeSet::from(["localhost".to_owned()])
}

#[test]
fn a_delivery_is_signed_and_tried_again() {
    let count = AtomicUsize::new(0);
    let server = Server::new(move |_, stream| {
        let status = if count.fetch_add(1, Ordering::SeqCst) < 2 { "503 Later" } else { "204 No Content" };
        reply(stream, status, "", b"");
    });
    let clock = Hand::new();
    deliver(&server.url("/hook"), b"{\"alerts\":[]}", Some(b"key"), allowed(), &clock)
        .expect("taken at last");
    let asked = server.asked.lock().expect("noted");
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|it| it.body == b"{\"alerts\":[]}" && it.head.starts_with("POST /hook ")));
    // echo -n '{"alerts":[]}' | openssl dgst -sha256 -hmac key
    let signature = asked[0]
        .head
        .to_lowercase()
        .split("x-trucewatch-signature: sha256=")
        .nth(1)
        .map(|it| it[..64].to_owned());
    assert_eq!(
        signature.as_deref(),
        Some("616c0d2e0ce8983650a0ae8537c348e448bbef423b32ba12d8dabba04daa8c11")
    );
    assert_eq!(clock.slept().as_secs(), 5);
}

#[test]
fn what_is_not_taken_is_told() {
    let server = Server::new(|asked, stream| match asked.path.as_str() {
        "/gone" => reply(stream, "410 Gone", "", b""),
        "/moved" => reply(stream, "302 Found", "Location: /hook\r\n", b""),
        _ => reply(stream, "500 Oops", "", b""),
    });
    let clock = Hand::new();
    let send = |path: &str| deliver(&server.url(path), b"{}", None, allowed(), &clock);
    assert!(matches!(send("/gone"), Err(FetchError::Status { status: 410, .. })));
    assert!(
        matches!(send("/moved"), Err(FetchError::Status { status: 302, .. })),
        "redirects are not followed"
    );
    assert!(matches!(send("/never"), Err(FetchError::Status { status: 500, .. })));
    let count = |path: &str| server.paths().iter().filter(|it| *it == path).count() as u32;
    assert_eq!((count("/gone"), count("/never"), count("/hook")), (1, DELIVERY_TRIES_MAX, 0));
    let large = vec![b'x'; DELIVERY_BYTES_MAX + 1];
    assert!(matches!(
        deliver(&server.url("/"), &large, None, allowed(), &clock),
        Err(FetchError::TooLarge(_))
    ));
    let private = deliver(&server.url("/"), b"{}", None, BTreeSet::new(), &clock);
    assert!(matches!(private, Err(FetchError::Private { .. })), "{private:?}");
}
