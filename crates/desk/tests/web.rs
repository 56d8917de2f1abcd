//! The desk as its people meet it: pages, forms, roles, hostile content.

mod support;

use std::collections::BTreeSet;

use support::{Desk, HOST, PASSWORD, Signed, form, request, text};
use truce_desk::{Access, ROUTES};
use truce_store::{ClaimFilter, Role};

/// The first id of each sort of thing.
fn real(desk: &Desk, who: &Signed, path: &str) -> String {
    let first =
        |list: &str, key: &str| desk.json(who, list)["items"][0][key].as_str().expect("an item").to_owned();
    let id = match path.split('/').nth(1).unwrap_or("") {
        _ if path.contains("/articles/") => first("/api/v1/articles", "id"),
        _ if path.contains("/incidents/") => first("/api/v1/incidents", "id"),
        _ if path.contains("/claims/") || path.starts_with("/review/") => {
            desk.json(who, "/api/v1/claims")["items"][0]["proposed"]["id"]
                .as_str()
                .expect("a claim")
                .to_owned()
        }
        _ if path.contains("/lineages/") => first("/api/v1/lineages", "id"),
        "obligations" => desk.json(who, "/api/v1/findings")["items"][0]["provision"]
            .as_str()
            .expect("a finding")
            .to_owned(),
        "actors" => "northland".into(),
        "static" => "desk.css".into(),
        "log" => "3".into(),
        _ => "x".into(),
    };
    let mut out = path.to_owned();
    for part in ["{id}", "{file}", "{seq}", "{token}"] {
        out = out.replace(part, &id);
    }
    if out.contains("{a}") {
        let all = desk.json(who, "/api/v1/articles");
        let n = |n: usize| all["items"][n]["id"].as_str().expect("an article").to_owned();
        out = out.replace("{a}", &n(0)).replace("{b}", &n(1));
    }
    out
}

#[test]
fn every_route_opens_to_its_roles_alone() {
    let desk = Desk::new();
    let names: Vec<(Role, String)> =
        Role::ALL.into_iter().map(|it| (it, format!("a-{}", it.as_str()))).collect();
    for (role, name) in &names {
        desk.person(name, *role);
    }
    let admin = desk.session("a-administrator");
    for route in ROUTES {
        let path = real(&desk, &admin, route.path);
        let ask = |who: Option<&Signed>| match (route.method, who) {
            ("GET", _) => desk.get(who, &path),
            (_, Some(who)) => desk.post(who, &path, &[]),
            (_, None) => desk.app.answer(&request("POST", None, &path)),
        };
        let nobody = ask(None).status;
        match route.access {
            Access::Anyone => {
                assert!(![401, 403].contains(&nobody) || path == "/sign-in", "{route:?}: {nobody}")
            }
            Access::From(_) if path.starts_with("/api/") || route.method == "POST" => {
                assert_eq!(nobody, 401, "{route:?}")
            }
            Access::From(_) => {
                let reply = ask(None);
                assert_eq!(reply.status, 303, "{route:?}");
                assert!(reply.header("Location").is_some_and(|it| it.starts_with("/sign-in")), "{route:?}");
            }
        }
        let Access::From(least) = route.access else { continue };
        for (role, name) in &names {
            // A session of its own: signing out is a route too.
            let who = desk.session(name);
            let before = desk.app.write().head().expect("readable");
            let people = desk.app.write().people().expect("readable").len();
            let status = ask(Some(&who)).status;
            if role < &least {
                assert_eq!(status, 403, "{route:?} as {role:?}");
                assert_eq!(desk.app.write().head().expect("readable"), before, "{route:?} as {role:?}");
            } else {
                assert!(![401, 403].contains(&status), "{route:?} as {role:?}: {status}");
                assert!(status < 500, "{route:?} as {role:?}: {status}");
            }
            if *role == Role::Reader {
                assert_eq!(
                    desk.app.write().head().expect("readable"),
                    before,
                    "a reader changed something: {route:?}"
                );
                assert_eq!(desk.app.write().people().expect("readable").len(), people);
            }
        }
    }
}

#[test]
fn forms_from_elsewhere_change_nothing() {
    let desk = Desk::new();
    let who = desk.person("ana", Role::Administrator);
    let head = || desk.app.write().head().expect("readable");
    let before = head();
    for route in ROUTES.iter().filter(|it| it.method == "POST" && it.access != Access::Anyone) {
        let path = real(&desk, &who, route.path);
        let mut it = request("POST", Some(&who), &path);
        it.headers.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
        for body in [String::new(), form(&[("csrf", "guess")])] {
            it.body = body.into_bytes();
            assert_eq!(desk.app.answer(&it).status, 403, "{route:?}");
        }
        it.body = form(&[("csrf", &who.csrf)]).into_bytes();
        it.headers.push(("origin".into(), "https://evil.example".into()));
        assert_eq!(desk.app.answer(&it).status, 403, "{route:?}");
    }
    assert_eq!(head(), before);
    let mut it = request("GET", Some(&who), "/");
    it.headers[0].1 = "evil.example".into();
    assert_eq!(desk.app.answer(&it).status, 400);
}

/// Pages to look at, found by following links from the first one.
fn pages(desk: &Desk, who: &Signed, role: Role, most: usize) -> Vec<(String, String)> {
    let open = |it: &Access| matches!(it, Access::From(least) if *least <= role);
    let routes = ROUTES.iter().filter(|it| it.method == "GET" && open(&it.access) && !it.path.contains('{'));
    let mut waiting: Vec<String> = routes.map(|it| it.path.to_owned()).collect();
    waiting.push("/search?q=%3Cscript%3Ealert(7)%3C%2Fscript%3E+closed".into());
    waiting.push("/intake?said=%3Cscript%3Ealert(8)%3C%2Fscript%3E".into());
    waiting.push("/claims?kind=%3Cscript%3E&side=%22%3E%3Cscript%3E".into());
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut out = Vec::new();
    while let Some(path) = waiting.pop() {
        if path == "/past" || path.starts_with("/api/") || path.ends_with("/source") || out.len() >= most {
            continue;
        }
        let reply = desk.get(Some(who), &path);
        assert_eq!(reply.status, 200, "{path}: {}", text(&reply));
        let page = text(&reply);
        for link in page.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap_or("").replace("&amp;", "&");
            let plain = link.split('#').next().unwrap_or("").to_owned();
            // One of each kind and a few more is enough.
            let shape = |it: &str| it.split(['/', '?']).nth(1).unwrap_or("").to_owned();
            let same = seen.iter().filter(|it| shape(it) == shape(&plain)).count();
            if plain.starts_with('/')
                && !plain.starts_with("/static")
                && same < 12
                && seen.insert(plain.clone())
            {
                waiting.push(plain);
            }
        }
        out.push((path, page));
    }
    out
}

#[test]
fn nothing_from_outside_becomes_markup() {
    let desk = Desk::new();
    let who = desk.person("ana", Role::Administrator);
    let all = pages(&desk, &who, Role::Administrator, 150);
    let kinds: BTreeSet<&str> = all.iter().map(|it| it.0.split(['/', '?']).nth(1).unwrap_or("")).collect();
    for kind in [
        "",
        "agreement",
        "obligations",
        "incidents",
        "claims",
        "articles",
        "compare",
        "statements",
        "actors",
        "review",
        "search",
        "log",
    ] {
        assert!(kinds.contains(kind), "no page of {kind}: {kinds:?}");
    }
    let mut shown = 0;
    for (path, page) in &all {
        let own = "<script src=\"/static/desk.js\" defer></script>";
        assert_eq!(page.matches("<script").count(), page.matches(own).count(), "{path}");
        for bad in
            ["<img", "onerror=alert(2)>", "<form action=//", "href=\"javascript:", "<b>evil", "style=\""]
        {
            assert!(!page.contains(bad), "{path} holds {bad}");
        }
        assert!(page.contains("Trucewatch monitors reports; it does not verify events."), "{path}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        assert_eq!(page.matches("<main").count(), 1, "{path}");
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{path}: an id is there twice");
        shown += usize::from(page.contains("&lt;script&gt;alert("));
    }
    assert!(shown > 5, "the hostile report is shown nowhere");
    let reply = desk.get(Some(&who), "/");
    let policy = reply.header("Content-Security-Policy").expect("a policy");
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
}

#[test]
fn a_desk_from_nothing_to_a_published_report() {
    let desk = Desk::new();
    // The first administrator joins by the link, once.
    desk.app.write().invite("link", Role::Administrator, "first start", 60).expect("invited");
    let join = |name: &str, again: &str| {
        let mut it = request("POST", None, "/join/link");
        it.headers.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
        it.body = form(&[("name", name), ("password", PASSWORD), ("again", again)]).into_bytes();
        desk.app.answer(&it)
    };
    assert_eq!(desk.get(None, "/join/link").status, 200);
    assert_eq!(join("root", "other").status, 400);
    let joined = join("root", PASSWORD);
    assert_eq!(joined.status, 303, "{}", text(&joined));
    assert_eq!(join("second", PASSWORD).status, 404);
    let cookie = joined.header("Set-Cookie").expect("a session").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a cookie").to_owned();
    let mut who = Signed { cookie, csrf: String::new() };
    let page = text(&desk.get(Some(&who), "/review"));
    who.csrf = page
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .and_then(|it| it.split('"').next())
        .expect("a word")
        .to_owned();

    // Ten claims, as the keys do it: each answer leads to the next claim.
    let waiting = desk.app.write().overview().expect("readable").waiting;
    let mut at = "/review".to_owned();
    let mut decided = Vec::new();
    for n in 0..10 {
        let page = text(&desk.get(Some(&who), &at));
        let field = |name: &str| {
            page.split(&format!("name=\"{name}\" value=\""))
                .nth(1)
                .and_then(|it| it.split('"').next())
                .expect("a field")
                .to_owned()
        };
        let to = page
            .split("form class=\"row main\" method=\"post\" action=\"")
            .nth(1)
            .and_then(|it| it.split('"').next())
            .expect("a form")
            .to_owned();
        let act = if n % 4 == 3 { "reject" } else { "confirm" };
        let reply = desk.post(
            &who,
            &to,
            &[("seen", &field("seen")), ("n", &field("n")), ("act", act), ("reason", "read it")],
        );
        assert_eq!(reply.status, 303, "{}", text(&reply));
        decided.push(to.rsplit('/').next().expect("an id").to_owned());
        at = reply.header("Location").expect("the next claim").to_owned();
    }
    assert_eq!(decided.iter().collect::<BTreeSet<_>>().len(), 10);
    assert_eq!(desk.app.write().overview().expect("readable").waiting, waiting - 10);

    let reply = desk.post(&who, "/sitrep", &[("format", "md")]);
    assert_eq!(reply.status, 303, "{}", text(&reply));
    let to = reply.header("Location").expect("the report").to_owned();
    let report = desk.get(Some(&who), &to);
    assert!(report.header("Content-Disposition").is_some_and(|it| it.starts_with("attachment")));
    assert!(text(&report).contains("Situation report"), "{}", text(&report));
    let log = text(&desk.get(Some(&who), "/log?who=root"));
    assert!(log.contains("a situation report (md) was published"), "{log}");
    let trail = text(&desk.get(Some(&who), &format!("/claims/{}", decided[3])));
    assert!(trail.contains("as rejected: read it"), "{trail}");
    assert_eq!(desk.app.write().check().expect("readable"), Vec::<String>::new());

    // The same name and password open the desk again; others do not.
    let sign = |password: &str| {
        let mut it = request("POST", None, "/sign-in");
        it.headers.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
        it.body = form(&[("name", "root"), ("password", password), ("next", "//evil.example")]).into_bytes();
        desk.app.answer(&it)
    };
    assert_eq!(sign("wrong").status, 401);
    let good = sign(PASSWORD);
    assert_eq!((good.status, good.header("Location")), (303, Some("/")));
    let statuses: Vec<u16> = (0..12).map(|_| sign("wrong again").status).collect();
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
}

#[test]
fn claims_are_edited_merged_and_split_by_form() {
    let desk = Desk::new();
    let who = desk.person("ana", Role::Reviewer);
    let all = desk
        .app
        .write()
        .claims_page(&ClaimFilter { waiting: true, ..ClaimFilter::default() }, 0, 1000)
        .expect("readable");
    let claim = &all[0].proposed;
    let to = format!("/review/{}", claim.id);
    let words = claim.evidence[0].exact.clone();
    let base =
        [("stance", "concern"), ("accused", ""), ("claimant", "outlet"), ("kind", ""), ("reason", "r")];
    let amend = |words: &str, more: &[(&str, &str)]| {
        desk.post(&who, &to, &[&[("act", "amend"), ("words", words)][..], &base[..], more].concat())
    };
    assert_eq!(amend("words that stand nowhere in it", &[]).status, 400);
    assert_eq!(amend(&words, &[("provisions", "no-such-thing")]).status, 400);
    assert_eq!(amend(&words, &[("time", "soon")]).status, 400);
    let reply = amend(&words, &[("time", "2031-05-08")]);
    assert_eq!(reply.status, 303, "{}", text(&reply));
    let row = desk.app.write().claim(&claim.id).expect("readable").expect("there");
    assert_eq!(
        (row.state.as_str(), row.standing[0].stance.as_str(), row.standing[0].accused.as_deref()),
        ("amended", "concern", None)
    );
    assert_eq!(row.standing[0].time.as_ref().map(|it| it.value.as_str()), Some("2031-05-08"));
    assert_eq!(row.proposed, *claim);

    let two = words.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let split = [
        ("act", "split"),
        ("reason", "r"),
        ("p1_words", words.as_str()),
        ("p1_stance", "alleges"),
        ("p2_words", &two),
        ("p2_stance", "reports"),
    ];
    let reply = desk.post(&who, &to, &split);
    assert_eq!(reply.status, 303, "{}", text(&reply));
    assert_eq!(desk.app.write().claim(&claim.id).expect("readable").expect("there").standing.len(), 2);

    let pair = all[1..]
        .windows(2)
        .find(|it| it[0].proposed.article == it[1].proposed.article)
        .expect("two claims of one report");
    let reply = desk.post(
        &who,
        &format!("/review/{}", pair[0].proposed.id),
        &[("act", "merge"), ("into", &pair[1].proposed.id), ("reason", "r")],
    );
    assert_eq!(reply.status, 303, "{}", text(&reply));
    let reply =
        desk.post(&who, &format!("/review/{}", pair[0].proposed.id), &[("act", "undo"), ("reason", "r")]);
    assert_eq!(reply.status, 303, "{}", text(&reply));
    assert_eq!(desk.app.write().check().expect("readable"), Vec::<String>::new());
}

/// Whether the masked name stands there as a word; "Rivermarkers" is another.
fn holds_name(text: &str) -> bool {
    let name = "Rivermark";
    text.match_indices(name).any(|(at, _)| !text[at + name.len()..].starts_with(char::is_alphanumeric))
}

#[test]
fn masked_names_are_in_no_page_and_no_answer() {
    let desk = Desk::new();
    let who = desk.person("root", Role::Administrator);
    let reader = desk.person("rea", Role::Reader);
    let record = text(&desk.get(Some(&who), "/api/v1/record"));
    assert!(record.contains("Rivermark"));
    let reply = desk.post(&who, "/masks", &[("name", "Rivermark"), ("reason", "a test of covering")]);
    assert_eq!(reply.status, 303, "{}", text(&reply));
    for (path, page) in
        pages(&desk, &reader, Role::Reader, 80).into_iter().filter(|it| !it.0.starts_with("/people"))
    {
        for piece in page.split('<') {
            let words = piece.split_once('>').map_or("", |it| it.1);
            // The pack's own text of the agreement is public, and covered too.
            assert!(!holds_name(words), "{path}: {words}");
        }
    }
    for path in [
        "/api/v1/record",
        "/api/v1/claims?limit=200",
        "/api/v1/statements",
        "/api/v1/actors",
        "/api/v1/articles",
    ] {
        let answer = text(&desk.get(Some(&reader), path));
        assert!(!holds_name(&answer), "{path}");
    }
    assert_eq!(desk.get(Some(&reader), &real(&desk, &who, "/articles/{id}/source")).status, 403);
    assert!(text(&desk.get(Some(&who), "/people")).contains("Rivermark"));
}

#[test]
fn a_past_day_is_a_page_of_its_own() {
    let desk = Desk::new();
    let who = desk.person("ana", Role::Reader);
    let today = &text(&desk.get(Some(&who), "/api/v1/ledger?limit=1"));
    let day = today.split("\"at\":\"").nth(1).and_then(|it| it.get(..10)).expect("a day").to_owned();
    let brief = desk.get(Some(&who), &format!("/past?day={day}"));
    assert_eq!(brief.status, 200);
    assert!(brief.header("Content-Disposition").is_some_and(|it| it.starts_with("attachment")));
    assert!(text(&brief).contains("Compliance brief"));
    assert_eq!(desk.get(Some(&who), "/past?day=soon").status, 400);
    let empty = text(&desk.get(Some(&who), "/api/v1/record?as_of=2001-01-01"));
    assert!(empty.contains("\"articles\": []"), "{empty}");
    let mut it = request("GET", Some(&who), "/");
    it.headers[0].1 = HOST.into();
    assert_eq!(desk.app.answer(&it).status, 200);
}
