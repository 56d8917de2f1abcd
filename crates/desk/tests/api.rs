//! The API answers as it describes itself.

mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use support::{Desk, request, text};
use truce_store::Role;

/// Everything in which a value is not what its schema says.
fn faults(schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(it) => vec![it],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(it) if it.is_i64() || it.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = kinds.contains(&kind) || kind == "integer" && kinds.contains(&"number");
    if !fits {
        return out.push(format!("{at} is {kind}, not {kinds:?}"));
    }
    if let Value::Array(all) = value {
        all.iter().enumerate().for_each(|(n, it)| faults(&schema["items"], it, &format!("{at}[{n}]"), out));
    }
    if let Value::Object(all) = value {
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !all.contains_key(key) {
                out.push(format!("{at} lacks {key}"));
            }
        }
        for (key, it) in all {
            match (&schema["properties"][key], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(true)) => {}
                (Value::Null, Value::Object(_)) => {
                    faults(&schema["additionalProperties"], it, &format!("{at}.{key}"), out)
                }
                (Value::Null, _) => out.push(format!("{at}.{key} is not described")),
                (known, _) => faults(known, it, &format!("{at}.{key}"), out),
            }
        }
    }
}

#[test]
fn every_answer_is_as_described() {
    let desk = Desk::new();
    let who = desk.person("root", Role::Administrator);
    let described = desk.get(None, "/api/openapi.json");
    let described: Value = serde_json::from_slice(&described.body).expect("JSON");
    assert_eq!(described, truce_desk::describe());
    let first = |path: &str, pick: &[&str]| {
        let mut it = &desk.json(&who, path)["items"][0];
        for key in pick {
            it = &it[*key];
        }
        it.as_str().expect("an id").to_owned()
    };
    let article = first("/api/v1/articles", &["id"]);
    let claim = first("/api/v1/claims", &["proposed", "id"]);
    let incident = first("/api/v1/incidents", &["id"]);
    let mut tried = 0;
    for (path, operations) in described["paths"].as_object().expect("paths") {
        let Some(get) = operations.get("get") else { continue };
        let response = &get["responses"]["200"]["content"];
        let Some(schema) = response.get("application/json").map(|it| &it["schema"]) else { continue };
        let id = if path.contains("articles") {
            &article
        } else if path.contains("claims") {
            &claim
        } else {
            &incident
        };
        let mut to = path.replace("{id}", id).replace("{a}", &article).replace("{b}", &article);
        if path.ends_with("coders") {
            to.push_str("?a=x&b=y");
        }
        let mut found = Vec::new();
        faults(schema, &desk.json(&who, &to), path, &mut found);
        assert_eq!(found, Vec::<String>::new());
        tried += 1;
    }
    assert!(tried >= 18, "{tried}");
}

#[test]
fn decisions_and_reports_come_in_by_token() {
    let desk = Desk::new();
    let who = desk.person("ana", Role::Reviewer);
    let page = text(&desk.post(&who, "/me/tokens", &[("label", "a script")]));
    let token = page
        .split("shown this once: <code>")
        .nth(1)
        .and_then(|it| it.split('<').next())
        .expect("a token")
        .to_owned();
    let send = |path: &str, body: &str, token: &str| {
        let mut it = request("POST", None, path);
        it.headers.push(("authorization".into(), format!("Bearer {token}")));
        it.body = body.as_bytes().to_vec();
        desk.app.answer(&it)
    };
    let claim = desk.json(&who, "/api/v1/claims?state=waiting")["items"][0]["proposed"]["id"]
        .as_str()
        .expect("a claim")
        .to_owned();
    let body = format!("{{\"claim\":\"{claim}\",\"act\":\"confirm\",\"reason\":\"read\"}}");
    assert_eq!(send("/api/v1/reviews", &body, "guess").status, 401);
    let reply = send("/api/v1/reviews", &body, &token);
    assert_eq!(reply.status, 200, "{}", text(&reply));
    assert_eq!(desk.json(&who, &format!("/api/v1/claims/{claim}"))["claim"]["state"], "confirmed");
    assert_eq!(send("/api/v1/reviews", "{\"claim\":\"c\",\"act\":\"guess\"}", &token).status, 400);
    assert_eq!(send("/api/v1/reviews", "not json", &token).status, 400);

    let report = "{\"text\":\"Northland said Rivermark closed the bridge.\\n\",\"url\":\"https://x.example/1\",\"published\":\"2031-05-09\"}\n";
    for word in ["new", "known"] {
        let reply: Value =
            serde_json::from_slice(&send("/api/v1/articles", report, &token).body).expect("JSON");
        assert_eq!(reply["arrivals"][0]["arrival"], word, "{reply}");
    }
    assert_eq!(send("/api/v1/articles", "{\"text\":1}", &token).status, 400);
    let hash = desk.app.write().tokens("ana").expect("readable")[0].0.clone();
    assert_eq!(desk.post(&who, "/me/tokens/revoke", &[("token", &hash)]).status, 303);
    assert_eq!(send("/api/v1/reviews", &body, &token).status, 401);
}

#[test]
fn pages_of_a_list_hold_everything_once_and_tags_save_the_way() {
    let desk = Desk::new();
    let who = desk.person("rea", Role::Reader);
    for (path, key) in [
        ("/api/v1/claims?limit=7", "n"),
        ("/api/v1/articles?limit=3", "id"),
        ("/api/v1/ledger?limit=100", "seq"),
    ] {
        let mut seen = BTreeSet::new();
        let mut to = path.to_owned();
        loop {
            let page = desk.json(&who, &to);
            for it in page["items"].as_array().expect("a list") {
                assert!(seen.insert(it[key].to_string()), "{path}: {} twice", it[key]);
            }
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut to),
                None => break,
            }
        }
        assert!(seen.len() > 10, "{path}");
    }
    let first = desk.get(Some(&who), "/api/v1/findings");
    let tag = first.header("ETag").expect("a tag").to_owned();
    let mut again = request("GET", Some(&who), "/api/v1/findings");
    again.headers.push(("if-none-match".into(), tag));
    let again = desk.app.answer(&again);
    assert_eq!((again.status, again.body.len()), (304, 0));
}
