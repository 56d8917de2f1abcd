//! The server for assistants: what it answers rests on words.

mod support;

use serde_json::{Value, json};
use truce_publish::McpServer;

fn ask(method: &str, params: Value) -> Value {
    let (record, agreement) = (support::record(), support::agreement());
    let server = McpServer::new(&record, Some(&agreement));
    let line = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params }).to_string();
    let answer: Value = serde_json::from_str(&server.answer(&line).expect("an answer")).expect("JSON");
    assert_eq!(answer["id"], 7);
    answer
}

fn call(tool: &str, arguments: Value) -> Value {
    ask("tools/call", json!({ "name": tool, "arguments": arguments }))["result"].clone()
}

/// Every span in an answer reads what it says, where it says.
fn check(value: &Value, found: &mut usize) {
    match value {
        Value::Object(map) => {
            if let (Some(exact), Some(start), Some(end), Some(id)) =
                (map.get("exact"), map.get("start"), map.get("end"), map.get("article"))
            {
                let record = support::record();
                let article = record.articles.iter().find(|it| id == it.id.as_str()).expect("the article");
                let (start, end) = (start.as_u64().expect("a number"), end.as_u64().expect("a number"));
                let words: String =
                    article.text.chars().skip(start as usize).take((end - start) as usize).collect();
                assert_eq!(exact, words.as_str());
                *found += 1;
            }
            map.values().for_each(|it| check(it, found));
        }
        Value::Array(all) => all.iter().for_each(|it| check(it, found)),
        _ => {}
    }
}

#[test]
fn it_says_who_it_is_and_what_can_be_asked() {
    let hello = ask("initialize", json!({ "protocolVersion": "2025-03-26", "capabilities": {} }));
    assert_eq!(hello["result"]["protocolVersion"], "2025-03-26");
    assert!(hello["result"]["instructions"].as_str().expect("words").contains("does not verify"));
    let tools = ask("tools/list", json!({}));
    for it in tools["result"]["tools"].as_array().expect("tools") {
        assert_eq!(it["annotations"]["readOnlyHint"], true, "{it}");
        assert_eq!(it["inputSchema"]["type"], "object");
    }
    assert_eq!(ask("ping", json!({}))["result"], json!({}));
}

#[test]
fn every_answer_rests_on_words() {
    let id = support::record().incidents[0].id.clone();
    let questions = [
        ("obligations", json!({})),
        ("incidents", json!({})),
        ("incident", json!({ "id": id })),
        ("claims", json!({ "limit": 100 })),
        ("statements", json!({})),
        ("search", json!({ "words": "road" })),
        ("reuse", json!({})),
    ];
    for (tool, arguments) in questions {
        let it = call(tool, arguments);
        assert_eq!(it["isError"], false, "{tool}: {it}");
        assert_eq!(
            it["structuredContent"]["note"],
            "Trucewatch monitors reports; it does not verify events."
        );
        let mut found = 0;
        check(&it["structuredContent"], &mut found);
        assert!(found > 0, "{tool} cites nothing: {it}");
    }
    assert!(call("overview", json!({}))["structuredContent"]["limits"].is_array());
}

#[test]
fn questions_can_be_narrowed() {
    let record = support::record();
    let total = |tool: &str, arguments: Value| {
        call(tool, arguments)["structuredContent"]["total"].as_u64().expect("a number") as usize
    };
    let by_kind =
        record.claims.iter().filter(|it| it.kind.as_deref() == Some("movement_obstruction")).count();
    assert!(by_kind > 0);
    assert_eq!(total("claims", json!({ "kind": "movement_obstruction" })), by_kind);
    assert_eq!(
        total("claims", json!({ "claimant": "NORTHLAND" }))
            + total("claims", json!({ "claimant": "no such" })),
        total("claims", json!({ "claimant": "northland" }))
    );
    let unanswered = total("incidents", json!({ "answered": false }));
    assert_eq!(unanswered + total("incidents", json!({ "answered": true })), record.incidents.len());
    assert_eq!(total("incidents", json!({ "to": "1900-01-01" })), 0);
    let one = call("claims", json!({ "limit": 1, "offset": 1 }));
    assert_eq!(one["structuredContent"]["claims"].as_array().expect("a list").len(), 1);
    assert_eq!(one["structuredContent"]["claims"][0]["id"], record.claims[1].id.as_str());
}

#[test]
fn mistakes_are_told() {
    for (tool, arguments, word) in [
        ("incident", json!({}), "needs id"),
        ("incident", json!({ "id": "no such" }), "no incident"),
        ("claims", json!({ "claiment": "x" }), "claiment"),
        ("claims", json!({ "limit": "ten" }), "integer"),
        ("claims", json!({ "from": "last week" }), "YYYY-MM-DD"),
        ("search", json!({ "words": "a" }), "three letters"),
    ] {
        let it = call(tool, arguments);
        assert_eq!(it["isError"], true, "{it}");
        assert!(it["structuredContent"]["error"].as_str().expect("words").contains(word), "{it}");
    }
    assert_eq!(ask("tools/call", json!({ "name": "delete" }))["error"]["code"], -32602);
    assert_eq!(ask("resources/list", json!({}))["error"]["code"], -32601);
    let record = support::record();
    let server = McpServer::new(&record, None);
    assert!(server.answer("not json").expect("an answer").contains("-32700"));
    assert!(server.answer("{}").expect("an answer").contains("-32600"));
    assert_eq!(server.answer(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#), None);
    assert_eq!(server.answer("  "), None);
}
