//! The questions that can be asked, with what they take.

use serde_json::{Map, Value, json};

use super::answer;
use crate::view::View;

/// A question.
pub(super) struct Tool {
    pub name: &'static str,
    about: &'static str,
    /// Name, type, what it is for.
    takes: &'static [(&'static str, &'static str, &'static str)],
    needs: &'static [&'static str],
    pub run: fn(&View, &Value) -> Result<Value, String>,
}

const LIMIT: (&str, &str, &str) = ("limit", "integer", "How many to give, 1 to 100; 20 if not said");
const OFFSET: (&str, &str, &str) = ("offset", "integer", "How many to pass over");
const KIND: (&str, &str, &str) =
    ("kind", "string", "Kind of conduct, such as shelling_or_strike or movement_obstruction");
const ACCUSED: (&str, &str, &str) =
    ("accused", "string", "Actor id or name whose conduct it is; members of its side count");
const PROVISION: (&str, &str, &str) = ("provision", "string", "Obligation by its id in the agreement");
const PLACE: (&str, &str, &str) = ("place", "string", "Place id or name");
const FROM: (&str, &str, &str) =
    ("from", "string", "First day, YYYY-MM-DD, of when the conduct is said to have been");
const TO: (&str, &str, &str) = ("to", "string", "Last day, YYYY-MM-DD");

pub(super) const ALL: &[Tool] = &[
    Tool {
        name: "overview",
        about: "What the record covers: agreement, period, reports and outlets read, actors, places, counts, and the limits of the method.",
        takes: &[],
        needs: &[],
        run: answer::overview,
    },
    Tool {
        name: "obligations",
        about: "Every obligation of the agreement with what the reports allow to be said about it, the charges and answers behind it, and their words.",
        takes: &[PROVISION],
        needs: &[],
        run: answer::obligations,
    },
    Tool {
        name: "incidents",
        about: "Incidents (claims about the same conduct, joined), by day, with standing, claimants, whether an answer was carried, and independent origins.",
        takes: &[
            ACCUSED,
            KIND,
            PLACE,
            PROVISION,
            (
                "standing",
                "string",
                "reported, attributed, contested, acknowledged, corroborated, verified, withdrawn, superseded",
            ),
            ("answered", "boolean", "Only those with, or without, an answer"),
            FROM,
            TO,
            LIMIT,
            OFFSET,
        ],
        needs: &[],
        run: answer::incidents,
    },
    Tool {
        name: "incident",
        about: "One incident whole: charges and answers with their words and positions, numbers as claimed (never summed), origins, conflicts, why the claims were joined.",
        takes: &[("id", "string", "The incident's id")],
        needs: &["id"],
        run: answer::incident,
    },
    Tool {
        name: "claims",
        about: "Claims: who alleges, denies, demands, pledges … what about whom, with the words.",
        takes: &[
            ("claimant", "string", "Actor id or name who makes it; members of its side count"),
            ACCUSED,
            KIND,
            (
                "stance",
                "string",
                "alleges, denies, justifies, acknowledges, condemns, demands, pledges, concern, credits, …",
            ),
            PROVISION,
            PLACE,
            ("words", "string", "Words that the evidence contains"),
            FROM,
            TO,
            LIMIT,
            OFFSET,
        ],
        needs: &[],
        run: answer::claims,
    },
    Tool {
        name: "statements",
        about: "Statements: who says what, with speaker, cue and content as printed.",
        takes: &[
            ("speaker", "string", "Actor id or name; members of its side count"),
            ("words", "string", "Words that the content contains"),
            LIMIT,
            OFFSET,
        ],
        needs: &[],
        run: answer::statements,
    },
    Tool {
        name: "search",
        about: "Passages of the reports that contain words, with positions. Text that was not read as part of a report is marked.",
        takes: &[("words", "string", "Words as printed, in one piece; case does not matter"), LIMIT, OFFSET],
        needs: &["words"],
        run: answer::search,
    },
    Tool {
        name: "article",
        about: "A report: how it is dated, its hash, its credits, and its text between two positions.",
        takes: &[
            ("id", "string", "The article's id"),
            ("start", "integer", "First code point; 0 if not said"),
            ("end", "integer", "One past the last; at most 8000 code points are given"),
        ],
        needs: &["id"],
        run: answer::article,
    },
    Tool {
        name: "reuse",
        about: "Passages that descend from one text: altered quotations and swapped clauses first.",
        takes: &[
            ("kind", "string", "verbatim, edited, quote_variant, framing_swap, paraphrase"),
            LIMIT,
            OFFSET,
        ],
        needs: &[],
        run: answer::reuse,
    },
];

/// The questions as the protocol lists them.
pub(super) fn list() -> Vec<Value> {
    ALL.iter()
        .map(|it| {
            let properties: Map<String, Value> = it
                .takes
                .iter()
                .map(|(name, kind, about)| ((*name).to_owned(), json!({ "type": kind, "description": about })))
                .collect();
            json!({
                "name": it.name,
                "description": it.about,
                "inputSchema": { "type": "object", "properties": properties, "required": it.needs, "additionalProperties": false },
                "annotations": { "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false },
            })
        })
        .collect()
}

/// Whether arguments are what a question takes.
pub(super) fn check(tool: &Tool, arguments: &Value) -> Result<(), String> {
    let Value::Object(given) = arguments else { return Err("arguments are an object".to_owned()) };
    for (name, value) in given {
        let known = tool.takes.iter().find(|it| it.0 == name);
        let Some((_, kind, _)) = known else {
            let all: Vec<&str> = tool.takes.iter().map(|it| it.0).collect();
            return Err(format!("{} takes no {name}; it takes {}", tool.name, all.join(", ")));
        };
        let fits = match *kind {
            "integer" => value.is_u64(),
            "boolean" => value.is_boolean(),
            _ => value.as_str().is_some_and(|it| !it.trim().is_empty()),
        };
        if !fits {
            return Err(format!("{name} must be a {kind}"));
        }
    }
    match tool.needs.iter().find(|it| !given.contains_key(**it)) {
        Some(missing) => Err(format!("{} needs {missing}", tool.name)),
        None => Ok(()),
    }
}
