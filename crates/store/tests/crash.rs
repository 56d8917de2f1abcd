//! A desk whose process is killed at any point.
//!
//! A second process of this test takes reports in and decides about claims,
//! and prints a word after each call that came back. It is killed at a random
//! moment; then everything it printed must be there, and all must hold. Twelve
//! times here; thousands of times with
//! `TRUCEWATCH_CRASHES=2000 cargo test -p truce-store --test crash`.

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use support::{Folder, Hand, claim, reading, report, small};
use truce_store::{Act, Clock, Decision, Memory, Store};

const STORE: &str = "TRUCEWATCH_CRASH_STORE";
const CRASHES: usize = 12;

/// Not a test of its own: what the second process does.
#[test]
fn child() {
    let Ok(path) = std::env::var(STORE) else { return };
    let store = Store::open(path.as_ref(), Clock::system()).expect("opened");
    let from = store.overview().expect("readable").articles;
    let mut out = std::io::stdout();
    let mut say = |words: String| {
        let _ = writeln!(out, "{words}");
        let _ = out.flush();
    };
    for n in from.. {
        let it = report(
            None,
            &format!(
                "Report {n}: Northland said Rivermark closed the Alder road. {}\n",
                "It did. ".repeat(n % 90)
            ),
        );
        store.take_in(std::slice::from_ref(&it)).expect("taken in");
        say(format!("stored {}", it.article.id));
        let id = format!("c-{}", it.article.id);
        let claims = vec![claim(&it.article, &id, "alleges", "Rivermark closed the Alder road")];
        store.keep(&[reading(&it.article, "engine", claims)]).expect("kept");
        let act = if n % 3 == 0 { Act::Reject } else { Act::Confirm };
        let done =
            store.decide(&Decision { claim: &id, act, reason: "r", who: "ana", as_coder: false, seen: None });
        say(format!("decided {id} {}", done.expect("decided").state));
    }
}

#[test]
fn a_killed_process_loses_nothing_it_acknowledged() {
    let crashes: usize =
        std::env::var("TRUCEWATCH_CRASHES").ok().and_then(|it| it.parse().ok()).unwrap_or(CRASHES);
    let folder = Folder::new();
    let path = folder.path("d");
    drop(small(&path, &Hand::new()));
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    let mut acknowledged = 0;
    for round in 0..crashes {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let exe = std::env::current_exe().expect("this test");
        let mut child = Command::new(exe)
            .args(["--exact", "child", "--nocapture", "--test-threads=1"])
            .env(STORE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a second process");
        let stdout = child.stdout.take().expect("piped");
        let words = std::thread::spawn(move || {
            BufReader::new(stdout).lines().map_while(Result::ok).collect::<Vec<String>>()
        });
        std::thread::sleep(Duration::from_micros(20_000 + random % 150_000));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let words = words.join().expect("read");
        let store = Store::open(&path, Clock::system()).expect("opened after the crash");
        assert_eq!(store.check().expect("readable"), Vec::<String>::new(), "round {round}");
        assert_eq!(store.memory().expect("readable"), Memory::Agrees, "round {round}");
        // The test harness prints words of its own before the first.
        for it in words
            .iter()
            .filter_map(|it| it.find("stored ").or_else(|| it.find("decided ")).map(|at| &it[at..]))
        {
            let fields: Vec<&str> = it.split(' ').collect();
            match fields[..] {
                ["stored", id] => {
                    assert!(store.source(id).expect("readable").is_some(), "round {round}: {id} is lost")
                }
                ["decided", id, state] => {
                    assert_eq!(
                        store.claim(id).expect("readable").expect("there").state,
                        state,
                        "round {round}"
                    );
                }
                _ => continue,
            }
            acknowledged += 1;
        }
    }
    assert!(acknowledged > 0, "no process lived long enough to acknowledge anything");
    println!("{crashes} processes killed, {acknowledged} acknowledgements kept");
}
