//! The API describes itself: made from the table of routes, so that what is
//! described is what answers. A test holds every answer against it.

use serde_json::{Map, Value, json};

use crate::app::Ctx;
use crate::reply::{Fail, JSON, Reply};
use crate::routes::{Access, ROUTES};

/// What an answer looks like.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ty {
    /// Text.
    Text,
    /// Text or nothing.
    MaybeText,
    /// A whole number.
    Number,
    /// A fraction or nothing.
    Fraction,
    /// Yes or no.
    Flag,
    /// A list.
    List(&'static Ty),
    /// An object with just these keys.
    Keys(&'static [(&'static str, Ty)]),
    /// An object of the record's format, with at least these keys.
    Record(&'static [&'static str]),
    /// An object from text to numbers.
    Counts,
    /// Events of the server.
    Stream,
}

/// What the API says of one route.
#[derive(Debug)]
pub struct Api {
    pub(crate) id: &'static str,
    pub(crate) says: &'static str,
    /// Fields of the query, or of the body of a POST.
    pub(crate) fields: &'static [(&'static str, &'static str)],
    pub(crate) status: u16,
    pub(crate) answer: Ty,
}

const CLAIM_KEYS: Ty =
    Ty::Record(&["accused", "article", "claimant", "evidence", "id", "kind", "provisions", "stance"]);
const CLAIM_ROW: Ty = Ty::Keys(&[
    ("n", Ty::Number),
    ("proposed", CLAIM_KEYS),
    ("standing", Ty::List(&CLAIM_KEYS)),
    ("state", Ty::Text),
    ("by", Ty::MaybeText),
    ("at", Ty::MaybeText),
    ("engine", Ty::Text),
    ("offered", Ty::Flag),
]);
const INCIDENT: Ty = Ty::Record(&["accused", "claims", "id", "kind", "origins", "replies", "standing"]);
const LINE: Ty = Ty::Keys(&[
    ("seq", Ty::Number),
    ("at", Ty::MaybeText),
    ("who", Ty::Text),
    ("what", Ty::Text),
    ("subject", Ty::Text),
    ("payload_sha256", Ty::Text),
    ("previous", Ty::Text),
    ("hash", Ty::Text),
]);
const ROW: Ty = Ty::Keys(&[
    ("n", Ty::Number),
    ("id", Ty::Text),
    ("path", Ty::Text),
    ("outlet", Ty::MaybeText),
    ("title", Ty::MaybeText),
    ("url", Ty::MaybeText),
    ("language", Ty::MaybeText),
    ("published", Ty::MaybeText),
    ("basis", Ty::Text),
    ("received", Ty::Text),
    ("version", Ty::Number),
    ("current", Ty::Flag),
    ("retracted", Ty::MaybeText),
    ("engine", Ty::MaybeText),
    ("sentences", Ty::Number),
]);

macro_rules! page_of {
    ($of:expr) => {
        Ty::Keys(&[("items", Ty::List(&$of)), ("next", Ty::MaybeText)])
    };
}

macro_rules! apis {
    ($($name:ident = $id:literal, $says:literal, $status:literal, [$(($field:literal, $means:literal)),*], $answer:expr;)*) => {$(
        pub(crate) const $name: Api = Api { id: $id, says: $says, fields: &[$(($field, $means)),*], status: $status, answer: $answer };
    )*};
}

apis! {
    DESK = "desk", "Numbers about the desk, and how far the work is", 200, [], Ty::Keys(&[
        ("agreement", Ty::Text), ("articles", Ty::Number), ("read", Ty::Number), ("unread", Ty::Number), ("claims", Ty::Counts),
        ("waiting", Ty::Number), ("incidents", Ty::Number), ("conflicts", Ty::Number), ("generation", Ty::Number),
        ("assessed", Ty::MaybeText), ("entries", Ty::Number), ("engine", Ty::Text), ("running", Ty::Flag),
        ("stage", Ty::Text), ("done", Ty::Number), ("total", Ty::Number), ("said", Ty::Text),
    ]);
    ARTICLES = "articles", "Reports, latest arrival first", 200, [("before", "number of the last one seen"), ("limit", "1 to 200"), ("outlet", "who printed it")], page_of!(ROW);
    ADD_ARTICLES = "addArticles", "Takes reports in: JSON Lines, one report per line, `{path, text or html, published?, outlet?, url?, title?, language?}`", 200, [], Ty::Keys(&[
        ("arrivals", Ty::List(&Ty::Keys(&[("id", Ty::Text), ("arrival", Ty::Text)]))), ("problems", Ty::List(&Ty::Text)),
    ]);
    ARTICLE = "article", "A report with its text, segments, statements and claims", 200, [], Ty::Keys(&[
        ("article", Ty::Record(&["id", "published", "segments", "sha256", "text"])), ("statements", Ty::List(&Ty::Record(&["content", "id", "source"]))),
        ("claims", Ty::List(&CLAIM_KEYS)), ("lineages", Ty::List(&Ty::Text)),
    ]);
    STATEMENTS = "statements", "Statements, latest arrival first", 200, [("before", "number of the last one seen"), ("limit", "1 to 200"), ("actor", "who says it"), ("mode", "direct, mixed, indirect")],
        page_of!(Ty::Record(&["article", "content", "id", "mode", "source"]));
    CLAIMS = "claims", "Claims, oldest first", 200, [("after", "number of the last one seen"), ("limit", "1 to 200"), ("state", "waiting, proposed, confirmed, amended, rejected, merged, split"), ("stance", "what it does"), ("claimant", "who makes it"), ("side", "for whom"), ("accused", "whose conduct"), ("kind", "what conduct"), ("article", "where it stands")],
        page_of!(CLAIM_ROW);
    CLAIM = "claim", "One claim with its trail", 200, [], Ty::Keys(&[("claim", CLAIM_ROW), ("incident", Ty::MaybeText), ("trail", Ty::List(&LINE))]);
    REVIEW = "review", "Decides about a claim", 200, [("claim", "its id"), ("act", "confirm, amend, reject, merge, split, undo"), ("reason", "why"), ("as", "coder: codes and settles nothing"), ("seen", "number of the last entry seen about it"), ("into", "for merge: the claim that stays"), ("to", "for amend: the claim as it should read"), ("parts", "for split: the claims it becomes")],
        Ty::Keys(&[("seq", Ty::Number), ("state", Ty::Text)]);
    INCIDENTS = "incidents", "Incidents, latest day first", 200, [("from", "how many to pass over"), ("limit", "1 to 200"), ("show", "days, weight, conflicts")], page_of!(INCIDENT);
    INCIDENT_ONE = "incident", "One incident with its claims", 200, [], Ty::Keys(&[("incident", INCIDENT), ("claims", Ty::List(&CLAIM_KEYS)), ("trail", Ty::List(&LINE))]);
    FINDINGS = "findings", "What can be said of each obligation and period", 200, [("provision", "one obligation")], Ty::Keys(&[("items", Ty::List(&Ty::Record(&["charges", "finding", "period", "provision"])))]);
    MATRIX = "matrix", "Counts of claims by side, conduct and stance", 200, [], Ty::Keys(&[("articles_read", Ty::Number), ("items", Ty::List(&Ty::Keys(&[("side", Ty::MaybeText), ("kind", Ty::MaybeText), ("stance", Ty::Text), ("count", Ty::Number)])))]);
    ACTORS = "actors", "Actors with how often they speak and are spoken of", 200, [("limit", "1 to 1000")], Ty::Keys(&[("items", Ty::List(&Ty::Keys(&[("actor", Ty::Record(&["id", "kind", "names", "side"])), ("statements", Ty::Number), ("claims", Ty::Number), ("accused", Ty::Number)])))]);
    LINEAGES = "lineages", "Lineages, those with most reports first", 200, [("from", "how many to pass over"), ("limit", "1 to 200")], page_of!(Ty::Record(&["agency", "articles", "id", "passages"]));
    REUSE = "reuse", "Passages that two reports share", 200, [], Ty::Keys(&[("items", Ty::List(&Ty::Record(&["a", "b", "changes", "kind"])))]);
    COVERAGE = "coverage", "Reports per outlet and day", 200, [], Ty::Keys(&[("items", Ty::List(&Ty::Keys(&[("outlet", Ty::MaybeText), ("day", Ty::MaybeText), ("count", Ty::Number)])))]);
    CHANGES = "changes", "What assessments changed, latest first", 200, [("before", "number of the last one seen"), ("limit", "1 to 200")], page_of!(Ty::Keys(&[("n", Ty::Number), ("at", Ty::Text), ("what", Ty::Text), ("id", Ty::Text), ("detail", Ty::Text)]));
    LEDGER = "ledger", "Entries of the ledger, latest first", 200, [("before", "number of the last one seen"), ("limit", "1 to 200"), ("subject", "claim, article, …"), ("who", "who wrote it")], page_of!(LINE);
    SEARCH = "search", "Full-text search over reports, statements and claims", 200, [("q", "words"), ("in", "article, statement, claim"), ("outlet", "who printed it"), ("actor", "who says it"), ("stance", "what the claim does"), ("topic", "what conduct"), ("from", "first day"), ("until", "last day"), ("offset", "how many to pass over"), ("limit", "1 to 200")],
        Ty::Keys(&[("total", Ty::Number), ("more", Ty::Flag), ("items", Ty::List(&Ty::Keys(&[("kind", Ty::Text), ("id", Ty::Text), ("article", Ty::Text), ("outlet", Ty::MaybeText), ("day", Ty::MaybeText), ("actor", Ty::MaybeText), ("stance", Ty::MaybeText), ("topic", Ty::MaybeText)]))),
            ("facets", Ty::Keys(&[("kinds", Ty::Counts), ("outlets", Ty::Counts), ("actors", Ty::Counts), ("stances", Ty::Counts), ("topics", Ty::Counts)]))]);
    RECORD = "record", "The whole record, in the format trucewatch/1; of a past day, if one is given", 200, [("as_of", "a day or a moment")], Ty::Record(&["actors", "articles", "claims", "findings", "format", "incidents", "ledger"]);
    AGREEMENT = "coders", "How far two coders agree", 200, [("a", "one coder"), ("b", "the other")], Ty::Keys(&[("both", Ty::Number), ("span_f1", Ty::Fraction), ("fields", Ty::List(&Ty::Keys(&[("field", Ty::Text), ("items", Ty::Number), ("alpha", Ty::Fraction), ("same", Ty::Fraction)]))), ("disagreements", Ty::List(&Ty::Text))]);
    EVENTS = "events", "Server-sent events: `written` whenever something was written", 200, [], Ty::Stream;
}

fn schema(ty: &Ty) -> Value {
    match ty {
        Ty::Text => json!({"type": "string"}),
        Ty::MaybeText => json!({"type": ["string", "null"]}),
        Ty::Number => json!({"type": "integer"}),
        Ty::Fraction => json!({"type": ["number", "null"]}),
        Ty::Flag => json!({"type": "boolean"}),
        Ty::List(of) => json!({"type": "array", "items": schema(of)}),
        Ty::Counts => json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        Ty::Stream => json!({"type": "string"}),
        Ty::Record(keys) => json!({"type": "object", "required": keys, "additionalProperties": true}),
        Ty::Keys(keys) => {
            let properties: Map<String, Value> =
                keys.iter().map(|it| (it.0.to_owned(), schema(&it.1))).collect();
            let required: Vec<&str> = keys.iter().map(|it| it.0).collect();
            json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false})
        }
    }
}

/// The description of the API, in OpenAPI 3.1.
pub fn describe() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        let Some(api) = route.api else { continue };
        let parts = route.path.split('/').filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
        let mut parameters: Vec<Value> = parts
            .map(|it| json!({"name": it, "in": "path", "required": true, "schema": {"type": "string"}}))
            .collect();
        let is_get = route.method == "GET";
        if is_get {
            parameters.extend(api.fields.iter().map(
                |it| json!({"name": it.0, "in": "query", "description": it.1, "schema": {"type": "string"}}),
            ));
        }
        let kind = if matches!(api.answer, Ty::Stream) { "text/event-stream" } else { "application/json" };
        let role = match route.access {
            Access::Anyone => "anyone".to_owned(),
            Access::From(role) => format!("{} or more", role.as_str()),
        };
        let mut operation = json!({
            "operationId": api.id, "summary": api.says, "description": format!("For: {role}."), "parameters": parameters,
            "responses": {
                api.status.to_string(): {"description": "What was asked for", "content": {kind: {"schema": schema(&api.answer)}}},
                "default": {"description": "Why not", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}},
            },
        });
        if !is_get && let Some(operation) = operation.as_object_mut() {
            let properties: Map<String, Value> =
                api.fields.iter().map(|it| (it.0.to_owned(), json!({"description": it.1}))).collect();
            let body = if properties.is_empty() {
                json!({"required": true, "content": {"application/jsonl": {"schema": {"type": "string"}}}})
            } else {
                json!({"required": true, "content": {"application/json": {"schema": {"type": "object", "properties": properties}}}})
            };
            operation.insert("requestBody".into(), body);
        }
        let entry = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(entry) = entry.as_object_mut() {
            entry.insert(route.method.to_ascii_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Trucewatch desk", "version": env!("CARGO_PKG_VERSION"), "description": crate::layout::MONITORS},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": {"type": "object", "required": ["error", "status"], "properties": {"error": {"type": "string"}, "status": {"type": "integer"}}}},
        },
    })
}

pub(crate) fn page(_: &Ctx<'_>) -> Result<Reply, Fail> {
    Ok(Reply::new(200, JSON, format!("{:#}\n", describe())))
}
