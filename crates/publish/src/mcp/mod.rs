//! A server for the Model Context Protocol (JSON-RPC, one message a line), so
//! that an assistant can ask the record.
//!
//! It only reads. Every answer carries the words it rests on, with article
//! and positions, and says that reports are monitored and not verified.

mod answer;
mod tools;

use serde_json::{Value, json};
use truce_model::Agreement;
use truce_record::Record;

use crate::strings as s;
use crate::view::View;

/// Bytes of one message at most.
pub const MCP_MESSAGE_BYTES_MAX: usize = 1 << 20;

/// Versions of the protocol that are spoken, newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;

/// Answers messages about one record.
pub struct McpServer<'r> {
    view: View<'r>,
}

impl std::fmt::Debug for McpServer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("McpServer").finish_non_exhaustive()
    }
}

impl<'r> McpServer<'r> {
    /// A server for a record.
    pub fn new(record: &'r Record, agreement: Option<&'r Agreement>) -> McpServer<'r> {
        McpServer { view: View::whole(record, agreement) }
    }

    /// Answers one message; `None` if it asks for no answer.
    pub fn answer(&self, line: &str) -> Option<String> {
        if line.trim().is_empty() {
            return None;
        }
        let message: Value = match serde_json::from_str(line) {
            Ok(it) if line.len() <= MCP_MESSAGE_BYTES_MAX => it,
            Ok(_) => {
                return Some(error(&Value::Null, INVALID_REQUEST, "the message is too long").to_string());
            }
            Err(it) => return Some(error(&Value::Null, PARSE_ERROR, &it.to_string()).to_string()),
        };
        // Older clients send several messages at once.
        if let Value::Array(all) = &message {
            let answers: Vec<Value> = all.iter().filter_map(|it| self.one(it)).collect();
            return (!answers.is_empty()).then(|| Value::Array(answers).to_string());
        }
        self.one(&message).map(|it| it.to_string())
    }

    fn one(&self, message: &Value) -> Option<Value> {
        let id = message.get("id").filter(|it| it.is_string() || it.is_number());
        let Some(method) = message.get("method").and_then(Value::as_str) else {
            // An answer to a question that was never asked.
            let asked = message.get("result").is_none() && message.get("error").is_none();
            return asked
                .then(|| error(id.unwrap_or(&Value::Null), INVALID_REQUEST, "a message has a method"));
        };
        let id = id?;
        let none = json!({});
        let params = message.get("params").unwrap_or(&none);
        let result = match method {
            "initialize" => self.hello(params),
            "ping" => json!({}),
            "tools/list" => json!({ "tools": tools::list() }),
            "tools/call" => match self.call(params) {
                Ok(it) => it,
                Err(what) => return Some(error(id, INVALID_PARAMS, &what)),
            },
            other => {
                return Some(error(
                    id,
                    METHOD_NOT_FOUND,
                    &format!("{other} is not known; this server has tools"),
                ));
            }
        };
        Some(json!({ "jsonrpc": "2.0", "id": id, "result": result }))
    }

    fn hello(&self, params: &Value) -> Value {
        let asked = params.get("protocolVersion").and_then(Value::as_str).unwrap_or("");
        let version = VERSIONS.iter().find(|it| **it == asked).unwrap_or(&VERSIONS[0]);
        json!({
            "protocolVersion": version,
            "capabilities": { "tools": { "listChanged": false } },
            "serverInfo": { "name": "trucewatch", "version": self.view.record.made_by.version },
            "instructions": format!("{} {} {}", s::MONITORS, s::NOTHING_DECIDED, s::MCP_HOW),
        })
    }

    fn call(&self, params: &Value) -> Result<Value, String> {
        let name = params.get("name").and_then(Value::as_str).ok_or("tools/call needs a name")?;
        let none = json!({});
        let arguments = params.get("arguments").filter(|it| !it.is_null()).unwrap_or(&none);
        let tool =
            tools::ALL.iter().find(|it| it.name == name).ok_or_else(|| format!("there is no tool {name}"))?;
        // What is wrong with the arguments is told to the assistant, which can mend it.
        let (value, failed) =
            match tools::check(tool, arguments).and_then(|()| (tool.run)(&self.view, arguments)) {
                Ok(mut it) => {
                    it["note"] = json!(s::MONITORS);
                    (it, false)
                }
                Err(what) => (json!({ "error": what }), true),
            };
        let text = serde_json::to_string(&value).map_err(|it| it.to_string())?;
        Ok(
            json!({ "content": [{ "type": "text", "text": text }], "structuredContent": value, "isError": failed }),
        )
    }
}

fn error(id: &Value, code: i64, what: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": what } })
}
