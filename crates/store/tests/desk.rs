//! What a desk keeps, whatever happens to it.

mod support;

use std::sync::atomic::Ordering;

use support::{Folder, Hand, TEXT, claim, desk, reading, report, small};
use truce_store::{Act, Arrival, Clock, Decision, Memory, Query, Role, Store, StoreError};

fn by<'a>(claim: &'a str, act: Act, who: &'a str) -> Decision<'a> {
    Decision { claim, act, reason: "because", who, as_coder: false, seen: None }
}

fn holds(store: &Store) {
    assert_eq!(store.check().expect("readable"), Vec::<String>::new());
}

fn state(store: &Store, id: &str) -> String {
    store.claim(id).expect("readable").expect("there").state
}

#[test]
fn the_same_report_twice_is_one_and_another_text_is_a_version() {
    let folder = Folder::new();
    let store = desk(&folder.path("d"), &Hand::new());
    let first = report(Some("https://ledger.example/a#top"), TEXT);
    assert!(matches!(store.take_in(std::slice::from_ref(&first)).expect("in")[0], Arrival::New { .. }));
    assert!(matches!(store.take_in(std::slice::from_ref(&first)).expect("in")[0], Arrival::Known { .. }));
    let second = report(Some("http://ledger.example/a/"), "Northland took its charge back.\n");
    match &store.take_in(std::slice::from_ref(&second)).expect("in")[0] {
        Arrival::NewVersion { before, version, .. } => assert_eq!((before, *version), (&first.article.id, 2)),
        other => panic!("{other:?}"),
    }
    assert_eq!(store.source(&first.article.id).expect("readable").as_deref(), Some(TEXT.as_bytes()));
    let kept: Vec<String> =
        store.kept().expect("readable").iter().map(|it| it.article.id.to_string()).collect();
    assert_eq!(kept, [second.article.id.to_string()]);
    assert_eq!(store.versions(&second.article.id).expect("readable").len(), 2);
    holds(&store);
}

#[test]
fn bytes_that_are_not_the_articles_are_refused_and_nothing_is_half_there() {
    let folder = Folder::new();
    let store = desk(&folder.path("d"), &Hand::new());
    let (good, mut bad) = (report(None, TEXT), report(None, "other\n"));
    bad.bytes.push(b'x');
    assert!(matches!(store.take_in(&[good, bad]), Err(StoreError::Refused(_))));
    assert_eq!(store.overview().expect("readable").articles, 0);
    holds(&store);
}

#[test]
fn every_decision_stands_and_can_be_undone() {
    let folder = Folder::new();
    let hand = Hand::new();
    let (store, article) = small(&folder.path("d"), &hand);
    let standing = |id: &str| store.claim(id).expect("readable").expect("there").standing;
    for (act, word) in [(Act::Confirm, "confirmed"), (Act::Reject, "rejected")] {
        assert_eq!(store.decide(&by("c-1", act, "ana")).expect("decided").state, word);
        assert_eq!(state(&store, "c-1"), word);
        assert_eq!(standing("c-1").len(), usize::from(word == "confirmed"));
        assert_eq!(store.decide(&by("c-1", Act::Undo, "ben")).expect("undone").state, "proposed");
        assert_eq!(standing("c-1").len(), 1);
    }
    let mut to = claim(&article, "c-1", "reports", "Rivermark closed");
    to.accused = None;
    store.decide(&by("c-1", Act::Amend(Box::new(to.clone())), "ana")).expect("amended");
    assert_eq!(standing("c-1"), [to.clone()]);
    // Undoing gives back the decision before, not the beginning.
    store.decide(&by("c-1", Act::Reject, "ana")).expect("rejected");
    store.decide(&by("c-1", Act::Undo, "ana")).expect("undone");
    assert_eq!((state(&store, "c-1").as_str(), standing("c-1")), ("amended", vec![to]));

    store.decide(&by("c-2", Act::Merge("c-1".into()), "ana")).expect("merged");
    assert_eq!((standing("c-2").len(), standing("c-1")[0].evidence.len()), (0, 2));
    store.decide(&by("c-2", Act::Undo, "ana")).expect("undone");
    assert_eq!((standing("c-2").len(), standing("c-1")[0].evidence.len()), (1, 1));

    let parts = vec![
        claim(&article, "x", "alleges", "It closed the bridge"),
        claim(&article, "y", "concern", "a spokeswoman said"),
    ];
    store.decide(&by("c-2", Act::Split(parts), "ana")).expect("split");
    let ids: Vec<String> = standing("c-2").into_iter().map(|it| it.id).collect();
    assert_eq!(ids, ["c-2.1", "c-2.2"]);
    assert_eq!(store.claim("c-2.2").expect("readable").expect("found by its part").proposed.id, "c-2");
    holds(&store);
}

#[test]
fn what_does_not_fit_is_refused() {
    let folder = Folder::new();
    let (store, article) = small(&folder.path("d"), &Hand::new());
    let head = store.head().expect("readable");
    let refused =
        |act: Act| assert!(matches!(store.decide(&by("c-1", act, "ana")), Err(StoreError::Refused(_))));
    let mut wrong = claim(&article, "c-1", "alleges", "Rivermark closed");
    wrong.evidence[0].exact = "Rivermark opened".into();
    refused(Act::Amend(Box::new(wrong.clone())));
    wrong.evidence.clear();
    refused(Act::Amend(Box::new(wrong)));
    refused(Act::Amend(Box::new(claim(&article, "c-1", "guesses", "Rivermark closed"))));
    refused(Act::Merge("c-1".into()));
    refused(Act::Merge("c-9".into()));
    refused(Act::Split(vec![claim(&article, "x", "alleges", "Rivermark closed")]));
    refused(Act::Undo);
    assert!(store.decide(&by("c-9", Act::Confirm, "ana")).is_err());
    assert!(store.decide(&by("c-1", Act::Confirm, "  ")).is_err());
    let long = "x".repeat(truce_store::REASON_CHARS_MAX + 1);
    assert!(store.decide(&Decision { reason: &long, ..by("c-1", Act::Confirm, "ana") }).is_err());
    assert_eq!(store.head().expect("readable"), head);
}

#[test]
fn who_looked_at_an_older_state_is_told() {
    let folder = Folder::new();
    let (store, _) = small(&folder.path("d"), &Hand::new());
    let seen = store.trail("c-1").expect("readable").last().map(|it| it.line.seq);
    store.decide(&Decision { seen, ..by("c-1", Act::Confirm, "ana") }).expect("decided");
    assert!(matches!(
        store.decide(&Decision { seen, ..by("c-1", Act::Reject, "ben") }),
        Err(StoreError::Refused(_))
    ));
    assert_eq!(state(&store, "c-1"), "confirmed");
}

#[test]
fn a_coder_settles_nothing() {
    let folder = Folder::new();
    let (store, _) = small(&folder.path("d"), &Hand::new());
    let code = |act: Act, who: &'static str| {
        store.decide(&Decision { as_coder: true, ..by("c-1", act, who) }).expect("coded")
    };
    code(Act::Confirm, "ana");
    code(Act::Reject, "ben");
    assert_eq!(state(&store, "c-1"), "proposed");
    let compared = truce_store::compare_coders(
        &store.codings("ana").expect("readable"),
        &store.codings("ben").expect("readable"),
    );
    assert_eq!((compared.both, compared.span_f1, compared.disagreements.len()), (1, Some(0.0), 1));
    code(Act::Undo, "ben");
    assert_eq!(store.codings("ben").expect("readable"), []);
    assert_eq!(store.uncoded("ana", 0).expect("readable").as_deref(), Some("c-2"));
    holds(&store);
}

#[test]
fn reading_again_keeps_what_people_decided() {
    let folder = Folder::new();
    let (store, article) = small(&folder.path("d"), &Hand::new());
    store.decide(&by("c-1", Act::Reject, "ana")).expect("rejected");
    let to = claim(&article, "c-2", "reports", "It closed the bridge too");
    store.decide(&by("c-2", Act::Amend(Box::new(to.clone())), "ana")).expect("amended");
    // A newer engine proposes c-1 again, what the person made of c-2, and
    // something new; it no longer proposes c-2.
    let news = vec![
        claim(&article, "c-1", "alleges", "Rivermark closed the Alder road"),
        claim(&article, "c-2b", "reports", "It closed the bridge too"),
        claim(&article, "c-3", "concern", "a spokeswoman said"),
    ];
    store.keep(&[reading(&article, "engine 2", news)]).expect("kept");
    assert_eq!(state(&store, "c-1"), "rejected");
    assert_eq!(store.claim("c-2").expect("readable").expect("there").standing, [to]);
    assert_eq!(store.claim("c-2b").expect("readable"), None);
    assert_eq!(store.overview().expect("readable").waiting, 1);
    // An engine that proposes nothing takes away what nobody looked at alone.
    store.keep(&[reading(&article, "engine 3", Vec::new())]).expect("kept");
    assert_eq!(store.overview().expect("readable").waiting, 0);
    let left: Vec<String> = store
        .effective(store.kept().expect("readable").into_iter().map(|it| it.article).collect())
        .expect("readable")[0]
        .1
        .claims
        .iter()
        .map(|it| it.id.to_string())
        .collect();
    assert_eq!(left, ["c-2"]);
    holds(&store);
}

#[test]
fn a_retraction_leaves_a_tombstone() {
    let folder = Folder::new();
    let (store, article) = small(&folder.path("d"), &Hand::new());
    assert!(store.retract(&article.id, "ana", " ").is_err());
    store.retract(&article.id, "ana", "the outlet withdrew it").expect("retracted");
    assert!(store.kept().expect("readable").is_empty());
    assert_eq!(
        store.article_row(&article.id).expect("readable").expect("there").retracted.as_deref(),
        Some("the outlet withdrew it")
    );
    assert!(store.source(&article.id).expect("readable").is_some());
    holds(&store);
}

#[test]
fn the_ledger_cannot_be_changed_and_tampering_is_found() {
    let folder = Folder::new();
    let path = folder.path("d");
    let (store, _) = small(&path, &Hand::new());
    store.decide(&by("c-1", Act::Confirm, "ana")).expect("decided");
    drop(store);
    let raw = rusqlite::Connection::open(&path).expect("opened");
    for sql in ["UPDATE ledger SET who = 'x'", "DELETE FROM ledger", "DELETE FROM payloads"] {
        let error = raw.execute(sql, []).expect_err("refused");
        assert!(error.to_string().contains("append-only"), "{error}");
    }
    // Somebody with the file can drop the guard; the chain still tells.
    let tampers = [
        "UPDATE ledger SET what = replace(what, 'confirmed', 'rejected')",
        "DELETE FROM ledger WHERE seq = 2",
        "UPDATE payloads SET bytes = CAST('x' AS BLOB)",
        "UPDATE sources SET bytes = CAST('x' AS BLOB)",
        "UPDATE claims SET state = 'rejected' WHERE id = 'c-1'",
    ];
    raw.execute_batch("DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete; DROP TRIGGER payloads_no_update; PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("dropped");
    drop(raw);
    for (n, sql) in tampers.iter().enumerate() {
        let copy = folder.path(&format!("t{n}"));
        std::fs::copy(&path, &copy).expect("copied");
        rusqlite::Connection::open(&copy).expect("opened").execute(sql, []).expect("tampered");
        let store = Store::open(&copy, Clock::system()).expect("opened");
        assert!(!store.check().expect("readable").is_empty(), "{sql}");
    }
}

#[test]
fn a_clock_that_goes_back_is_noted_once() {
    let folder = Folder::new();
    let hand = Hand::new();
    let (store, _) = small(&folder.path("d"), &hand);
    hand.turn(-3600);
    store.decide(&by("c-1", Act::Confirm, "ana")).expect("decided");
    store.decide(&by("c-1", Act::Undo, "ana")).expect("undone");
    let lines = store.ledger_from(0, 1000).expect("readable");
    let notes = lines.iter().filter(|it| it.line.what.contains("clock went back")).count();
    assert_eq!(notes, 1);
    let times: Vec<_> = lines.iter().map(|it| it.line.at.clone()).collect();
    assert!(times.is_sorted(), "{times:?}");
    hand.turn(7200);
    store.decide(&by("c-1", Act::Confirm, "ana")).expect("decided");
    assert_eq!(
        store.ledger_page(None, 1, None, None).expect("readable")[0].line.at.as_deref(),
        Some("2031-05-09T09:00:00Z")
    );
    holds(&store);
}

#[test]
fn an_older_backup_is_noticed_and_going_on_from_it_is_noted() {
    let folder = Folder::new();
    let hand = Hand::new();
    let (path, backup) = (folder.path("d"), folder.path("b"));
    let (store, _) = small(&path, &hand);
    store.backup(&backup).expect("backed up");
    assert!(matches!(store.backup(&backup), Err(StoreError::Exists(_))));
    store.decide(&by("c-1", Act::Confirm, "ana")).expect("decided");
    assert_eq!(store.memory().expect("readable"), Memory::Agrees);
    drop(store);
    assert!(matches!(Store::restore(&backup, &path, false, &hand.clock()), Err(StoreError::Exists(_))));
    let kept = Store::restore(&backup, &path, true, &hand.clock()).expect("restored").expect("kept");
    assert_eq!(state(&Store::open(&kept, hand.clock()).expect("opened"), "c-1"), "confirmed");
    let store = Store::open(&path, hand.clock()).expect("opened");
    assert_eq!(state(&store, "c-1"), "proposed");
    assert!(matches!(store.memory().expect("readable"), Memory::Older { .. }));
    store.accept_older("ana").expect("accepted");
    assert_eq!(store.memory().expect("readable"), Memory::Agrees);
    assert!(store.ledger_page(None, 1, None, None).expect("readable")[0].line.what.contains("older state"));
    holds(&store);
    // The same number of entries, but other ones, is noticed too.
    drop(store);
    Store::restore(&backup, &path, true, &hand.clock()).expect("restored");
    let store = Store::open(&path, hand.clock()).expect("opened");
    assert!(matches!(store.memory().expect("readable"), Memory::Older { .. }));
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new();
    let (store, _) = small(&folder.path("d"), &Hand::new());
    let before = store.overview().expect("readable");
    store.limit_pages(store.pages().expect("readable") + 4).expect("limited");
    let mut taken = 0;
    let full = (0..400).find_map(|n| {
        let it = report(None, &format!("Report {n}. {}\n", "Northland said so. ".repeat(400)));
        match store.take_in(&[it]) {
            Ok(_) => {
                taken += 1;
                None
            }
            Err(error) => Some(error),
        }
    });
    assert!(matches!(full, Some(StoreError::DiskFull)), "{full:?}");
    assert_eq!(store.overview().expect("readable").articles, before.articles + taken);
    holds(&store);
    // With room again, it goes on.
    store.limit_pages(1 << 30).expect("limited");
    store.decide(&by("c-1", Act::Confirm, "ana")).expect("decided");
    holds(&store);
}

#[test]
fn a_desk_that_may_only_be_read_says_so() {
    let folder = Folder::new();
    let path = folder.path("d");
    drop(small(&path, &Hand::new()));
    let store = Store::open_to_read(&path, Clock::system()).expect("opened");
    assert!(matches!(store.decide(&by("c-1", Act::Confirm, "ana")), Err(StoreError::ReadOnly)));
    assert_eq!(state(&store, "c-1"), "proposed");
}

#[test]
fn two_writers_share_one_chain() {
    let folder = Folder::new();
    let path = folder.path("d");
    drop(small(&path, &Hand::new()));
    let work = |who: &'static str| {
        let store = Store::open(&path, Clock::system()).expect("opened");
        for n in 0..15 {
            store.take_in(&[report(None, &format!("{who} {n}\n"))]).expect("taken in");
            store.note(Some(who), "desk", "was here", b"").expect("noted");
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| work("ana"));
        scope.spawn(|| work("ben"));
    });
    let store = Store::open(&path, Clock::system()).expect("opened");
    assert_eq!(store.overview().expect("readable").articles, 31);
    holds(&store);
}

#[test]
fn any_past_moment_can_be_shown_again() {
    let folder = Folder::new();
    let hand = Hand::new();
    let (store, article) = small(&folder.path("d"), &hand);
    hand.turn(86_400);
    store.decide(&by("c-1", Act::Reject, "ana")).expect("rejected");
    hand.turn(86_400);
    store.decide(&by("c-2", Act::Merge("c-1".into()), "ana")).expect_err("c-1 is rejected");
    store.decide(&by("c-1", Act::Undo, "ana")).expect("undone");
    store.decide(&by("c-2", Act::Merge("c-1".into()), "ana")).expect("merged");
    hand.turn(86_400);
    store.retract(&article.id, "ana", "withdrawn").expect("retracted");
    let claims = |day: &str| -> Option<Vec<(String, usize)>> {
        let all = store.as_of(store.entries_at(day).expect("a day")).expect("replayed");
        all.first().map(|it| it.1.claims.iter().map(|it| (it.id.to_string(), it.evidence.len())).collect())
    };
    let one = |id: &str, n| (id.to_owned(), n);
    assert_eq!(claims("2031-05-08"), None);
    assert_eq!(claims("2031-05-09"), Some(vec![one("c-1", 1), one("c-2", 1)]));
    assert_eq!(claims("2031-05-10"), Some(vec![one("c-2", 1)]));
    assert_eq!(claims("2031-05-11"), Some(vec![one("c-1", 2)]));
    assert_eq!(claims("2031-05-12"), None);
    assert!(store.entries_at("yesterday").is_err());
}

#[test]
fn masks_are_logged_without_the_name() {
    let folder = Folder::new();
    let (store, _) = small(&folder.path("d"), &Hand::new());
    assert!(store.mask("Ana Petrova", "root", "Ana  PETROVA asked").is_err());
    let id = store.mask("Ana  Petrova", "root", "a private person").expect("masked");
    assert_eq!(store.masker().expect("readable").text("by Ana Petrova"), "by ███ ███████");
    let lines = store.ledger_from(0, 1000).expect("readable");
    assert!(lines.iter().all(|it| !it.line.what.contains("Petrova")));
    assert!(lines.iter().any(|it| it.subject == id));
    store.unmask(&id, "root", "she agreed").expect("lifted");
    assert!(store.masker().expect("readable").is_empty());
    holds(&store);
}

#[test]
fn invitations_hold_once_and_the_last_administrator_stays() {
    let folder = Folder::new();
    let hand = Hand::new();
    let store = desk(&folder.path("d"), &hand);
    store.invite("t1", Role::Administrator, "first start", 60).expect("invited");
    assert!(store.join("t1", "root user", "h").is_err());
    assert_eq!(store.join("t1", "root", "h").expect("joined"), Role::Administrator);
    assert!(store.join("t1", "other", "h").is_err());
    store.invite("t2", Role::Reader, "root", 60).expect("invited");
    hand.turn(61);
    assert!(store.join("t2", "late", "h").is_err());
    assert!(store.set_person("root", Role::Reader, false, "root").is_err());
    assert!(store.set_person("root", Role::Administrator, true, "root").is_err());
    store.begin_session("s", "csrf", "root", 100).expect("begun");
    assert_eq!(store.session("s").expect("readable").expect("there").person.id, "root");
    hand.turn(101);
    assert_eq!(store.session("s").expect("readable"), None);
    store.invite("t3", Role::Reviewer, "root", 60).expect("invited");
    store.join("t3", "ana", "h").expect("joined");
    assert!(store.join("t3", "ANA", "h").is_err());
    store.make_token("tok", "ana", "a script").expect("made");
    assert!(store.token("tok").expect("readable").expect("there").by_token);
    store.set_person("ana", Role::Reviewer, true, "root").expect("shut out");
    assert_eq!(store.token("tok").expect("readable"), None);
}

#[test]
fn search_finds_words_phrases_and_facets() {
    let folder = Folder::new();
    let (store, _) = small(&folder.path("d"), &Hand::new());
    let find = |words: &str, kind: Option<&str>| {
        let query = Query { words: words.into(), kind: kind.map(str::to_owned), ..Query::default() };
        store.search(&query, 0, 10).expect("searched")
    };
    assert_eq!(find("\"alder road\"", None).total, 2);
    assert_eq!(find("\"road alder\"", None).total, 0);
    assert_eq!(find("bridg*", Some("claim")).hits[0].id, "c-2");
    assert_eq!(find("closed", None).facets.kinds, [("claim".to_owned(), 2), ("article".to_owned(), 1)]);
    assert_eq!(find("'; DROP TABLE claims; -- \"", None).total, 0);
    assert_eq!(find("closed", Some("claim")).hits[0].stance.as_deref(), Some("alleges"));
}

#[test]
fn files_that_are_no_desk_are_refused() {
    let folder = Folder::new();
    let missing = folder.path("none");
    assert!(matches!(Store::open(&missing, Clock::system()), Err(StoreError::Missing(_))));
    let other = folder.path("other");
    std::fs::write(&other, "no database, but long enough to be looked at as one ".repeat(40))
        .expect("written");
    assert!(matches!(Store::open(&other, Clock::system()), Err(StoreError::Damaged(_))));
    let newer = folder.path("newer");
    drop(desk(&newer, &Hand::new()));
    rusqlite::Connection::open(&newer)
        .expect("opened")
        .execute("UPDATE meta SET value = '99' WHERE key = 'schema'", [])
        .expect("set");
    assert!(matches!(Store::open(&newer, Clock::system()), Err(StoreError::Newer(99, _))));
    let hand = Hand::new();
    assert_eq!(hand.0.load(Ordering::Relaxed), 1_936_080_000);
}
