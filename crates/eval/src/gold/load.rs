//! Gold files, in both shapes they come in: with segments, and with lists of
//! what is not body.

use std::collections::BTreeMap;

use serde_json::Value;

use super::matching::Range;

/// Why a gold file could not be used.
#[derive(Debug)]
pub struct BadGold(pub String);

impl std::fmt::Display for BadGold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadGold {}

/// A gold file with its articles.
#[derive(Clone, Debug)]
pub struct Gold {
    /// As given.
    pub path: String,
    pub(crate) articles: Vec<GoldArticle>,
    pub(crate) actors: BTreeMap<String, Option<String>>,
    pub(crate) reuse: Vec<GoldReuse>,
    pub(crate) lineages: Vec<Vec<String>>,
}

#[derive(Clone, Debug)]
pub(crate) struct GoldArticle {
    pub file: String,
    pub agreement: Option<String>,
    pub text: Vec<char>,
    /// By code point: outside headline, subhead and body.
    pub dead: Vec<bool>,
    pub head: Vec<bool>,
    pub body: Vec<bool>,
    /// Counted for the body measure.
    pub scored: Vec<bool>,
    pub published: GoldPublished,
    pub statements: Vec<GoldStatement>,
    pub statements_optional: Vec<GoldStatement>,
    pub claims: Vec<GoldClaim>,
    pub claims_optional: Vec<GoldClaim>,
}

#[derive(Clone, Debug)]
pub(crate) struct GoldPublished {
    pub values: Vec<Option<String>>,
    pub basis: Option<String>,
    pub scored: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct GoldStatement {
    pub id: String,
    pub spans: Vec<Range>,
    pub actor: String,
    pub side: String,
    pub cue: Option<String>,
    pub cue_span: Option<Range>,
    pub mode: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct GoldClaim {
    pub id: String,
    pub evidence: Vec<Range>,
    pub stance: String,
    pub claimant: Option<String>,
    pub accused: Option<String>,
    pub kind: Option<String>,
    pub provisions: Vec<String>,
    pub date: Option<String>,
    pub alt: Alternatives,
}

/// Values that count as right beside the main one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alternatives {
    pub stance: Vec<Option<String>>,
    pub claimant: Vec<Option<String>>,
    pub accused: Vec<Option<String>>,
    pub kind: Vec<Option<String>>,
    pub date: Vec<Option<String>>,
    pub provisions: Vec<Vec<String>>,
}

#[derive(Clone, Debug)]
pub(crate) struct GoldReuse {
    pub a: (String, Range),
    pub b: (String, Range),
    pub kinds: Vec<String>,
}

impl Gold {
    /// Files of the articles, with the agreement each is coded by.
    pub fn files(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.articles.iter().map(|it| (it.file.as_str(), it.agreement.as_deref()))
    }

    pub(crate) fn article(&self, file: &str) -> Option<&GoldArticle> {
        self.articles.iter().find(|it| it.file == file)
    }
}

/// Opens a gold file. `article` gives the text of an article by file name.
///
/// # Errors
/// If the file is no gold, or an article is missing.
pub fn load(
    path: &str,
    json: &str,
    article: impl Fn(&str) -> Result<String, String>,
) -> Result<Gold, BadGold> {
    let bad = |what: String| BadGold(format!("{path}: {what}"));
    let raw: Value = serde_json::from_str(json).map_err(|error| bad(format!("not JSON: {error}")))?;
    let mut actors: BTreeMap<String, Option<String>> = BTreeMap::new();
    for it in list(&raw["actors"]) {
        if let Some(id) = text(it, "id") {
            actors.insert(id, text(it, "side"));
        }
    }
    for it in raw["agreements"].as_object().into_iter().flat_map(|it| it.values()) {
        for it in list(&it["actors"]) {
            if let Some(id) = text(it, "id") {
                actors.entry(id).or_insert_with(|| text(it, "side"));
            }
        }
    }
    let whole = text(&raw, "agreement");
    let mut articles = Vec::new();
    for it in list(&raw["articles"]) {
        let file = text(it, "file").ok_or_else(|| bad("an article without `file`".into()))?;
        let body = article(&file).map_err(|what| bad(format!("{file}: {what}")))?;
        let one = one_article(it, file, &body, whole.as_deref()).map_err(&bad)?;
        for statement in list(&it["statements"]) {
            if let (Some(actor), Some(side)) = (text(statement, "actor"), text(statement, "side")) {
                actors.entry(actor).or_insert(Some(side));
            }
        }
        articles.push(one);
    }
    if articles.is_empty() {
        return Err(bad("there are no articles in it".into()));
    }
    let reuse = list(&raw["reuse"]).iter().map(reuse).collect::<Option<_>>();
    let lineage = |it: &Value| strings(if it.is_object() { &it["articles"] } else { it });
    Ok(Gold {
        path: path.to_owned(),
        articles,
        actors,
        reuse: reuse.ok_or_else(|| bad("a reuse pair without offsets".into()))?,
        lineages: list(&raw["lineages"]).iter().map(lineage).collect(),
    })
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::to_owned)
}

fn filled(value: &Value, key: &str) -> Option<String> {
    text(value, key).filter(|it| !it.is_empty())
}

pub(crate) fn strings(value: &Value) -> Vec<String> {
    list(value).iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

fn range(value: &Value, start: &str, end: &str) -> Option<Range> {
    Some((value[start].as_u64()? as usize, value[end].as_u64()? as usize))
}

fn pair(value: &Value) -> Option<Range> {
    Some((value[0].as_u64()? as usize, value[1].as_u64()? as usize))
}

fn one_article(it: &Value, file: String, body: &str, agreement: Option<&str>) -> Result<GoldArticle, String> {
    let chars: Vec<char> = body.chars().collect();
    let mut out = GoldArticle {
        agreement: text(it, "agreement").or_else(|| agreement.map(str::to_owned)),
        dead: vec![false; chars.len()],
        head: vec![false; chars.len()],
        body: vec![false; chars.len()],
        scored: vec![false; chars.len()],
        published: published(it),
        statements: all(&it["statements"], statement, &file)?,
        statements_optional: all(&it["statements_optional"], statement, &file)?,
        claims: all(&it["claims"], claim, &file)?,
        claims_optional: all(&it["claims_optional"], claim, &file)?,
        text: chars,
        file,
    };
    if list(&it["segments"]).is_empty() {
        without_segments(&mut out, it);
    } else {
        with_segments(&mut out, it);
    }
    Ok(out)
}

fn all<T>(value: &Value, one: fn(&Value) -> Option<T>, file: &str) -> Result<Vec<T>, String> {
    let bad = || format!("{file}: an item of the gold lacks a field");
    list(value).iter().map(|it| one(it).ok_or_else(bad)).collect()
}

fn with_segments(out: &mut GoldArticle, it: &Value) {
    for segment in list(&it["segments"]) {
        let Some((start, end)) = range(segment, "start", "end") else { continue };
        let kind = segment["kind"].as_str().unwrap_or("");
        for at in start..end.min(out.text.len()) {
            out.body[at] = kind == "body";
            out.head[at] = matches!(kind, "headline" | "subhead" | "crosshead");
            out.dead[at] = !(out.body[at] || out.head[at]);
        }
    }
    for (at, ch) in out.text.iter().enumerate() {
        out.scored[at] = !ch.is_whitespace();
    }
}

/// Such gold does not say which lines are headlines and crossheads: the
/// first line (or the one named) is the headline, and short lines without an
/// end mark are not counted.
fn without_segments(out: &mut GoldArticle, it: &Value) {
    let spans: Vec<Range> = match list(&it["not_body_spans"]) {
        [] => strings(&it["not_body"]).iter().flat_map(|quote| spans_of(&out.text, quote)).collect(),
        spans => spans.iter().filter_map(pair).collect(),
    };
    for (start, end) in spans {
        let end = end.min(out.text.len());
        out.dead[start.min(end)..end].fill(true);
    }
    let lines = lines(&out.text);
    let trimmed =
        |(start, end): Range| -> String { out.text[start..end].iter().collect::<String>().trim().to_owned() };
    let named = it.get("headline").is_some();
    let headline = filled(it, "headline");
    let mut found = false;
    for span in &lines {
        let line = trimmed(*span);
        let dead = (span.0..span.1).filter(|at| out.dead[*at]).count();
        if line.is_empty() || dead * 2 > span.1 - span.0 {
            continue;
        }
        let is_headline = match &headline {
            Some(it) if named => line == it.trim(),
            _ => !named && !found,
        };
        if is_headline {
            for at in span.0..span.1 {
                if !out.dead[at] {
                    out.head[at] = true;
                    found = true;
                }
            }
        }
        if named && headline.is_none() || !named && found {
            break;
        }
    }
    let mut loose = vec![false; out.text.len()];
    for span in &lines {
        const LOOSE_CHARS_MAX: usize = 120;
        let line = trimmed(*span);
        let closed = line.trim_end_matches(['"', '”', '’', '\'', ')']);
        let ended = closed.ends_with(['.', '!', '?', '…', ':']);
        if line.chars().count() < LOOSE_CHARS_MAX && !ended {
            loose[span.0..span.1].fill(true);
        }
    }
    for (at, ch) in out.text.iter().enumerate() {
        out.body[at] = !out.dead[at] && !out.head[at];
        out.scored[at] = !ch.is_whitespace() && !out.head[at] && (out.dead[at] || !loose[at]);
    }
}

/// Runs of characters between line ends, as offsets.
fn lines(text: &[char]) -> Vec<Range> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..=text.len() {
        if at == text.len() || text[at] == '\n' {
            if at > start {
                out.push((start, at));
            }
            start = at + 1;
        }
    }
    out
}

/// All places where `quote` stands, overlapping ones too.
fn spans_of(text: &[char], quote: &str) -> Vec<Range> {
    let quote: Vec<char> = quote.chars().collect();
    if quote.is_empty() || quote.len() > text.len() {
        return Vec::new();
    }
    (0..=text.len() - quote.len())
        .filter(|at| text[*at..*at + quote.len()] == quote[..])
        .map(|at| (at, at + quote.len()))
        .collect()
}

fn published(it: &Value) -> GoldPublished {
    let given = &it["published"];
    if given.is_object() {
        let mut values = vec![filled(given, "value")];
        values.extend(strings(&given["accept"]).into_iter().map(Some));
        return GoldPublished { values, basis: filled(given, "basis"), scored: true };
    }
    let basis = filled(it, "published_basis");
    let value = given.as_str().map(str::to_owned);
    GoldPublished {
        scored: value.is_some() && basis.as_deref().is_none_or(|it| it == "text"),
        basis: (basis.as_deref() == Some("text")).then(|| "stated".to_owned()),
        values: vec![value],
    }
}

fn statement(it: &Value) -> Option<GoldStatement> {
    let mut spans = vec![range(it, "start", "end")?];
    spans.extend(list(&it["content_alt"]).iter().filter_map(|it| range(it, "start", "end")));
    let actor = text(it, "actor")?;
    Some(GoldStatement {
        id: text(it, "id").unwrap_or_default(),
        spans,
        side: filled(it, "side").unwrap_or_else(|| actor.clone()),
        actor,
        cue: text(it, "cue"),
        cue_span: range(it, "cue_start", "cue_end"),
        mode: text(it, "mode"),
    })
}

fn claim(it: &Value) -> Option<GoldClaim> {
    let mut evidence = vec![range(it, "start", "end")?];
    evidence.extend(list(&it["evidence_more"]).iter().filter_map(|it| range(it, "start", "end")));
    evidence.extend(list(&it["evidence_more_spans"]).iter().filter_map(pair));
    let alt = &it["alt"];
    let options = |key: &str| -> Vec<Option<String>> {
        list(&alt[key]).iter().map(|it| it.as_str().map(str::to_owned)).collect()
    };
    Some(GoldClaim {
        id: text(it, "id").unwrap_or_default(),
        evidence,
        stance: text(it, "stance")?,
        claimant: text(it, "claimant"),
        accused: text(it, "accused"),
        kind: text(it, "kind"),
        provisions: strings(&it["provisions"]),
        date: filled(it, "date").or_else(|| filled(&it["date"], "value")),
        alt: Alternatives {
            stance: options("stance"),
            claimant: options("claimant"),
            accused: options("accused"),
            kind: options("kind"),
            date: options("date"),
            provisions: list(&alt["provisions"]).iter().map(strings).collect(),
        },
    })
}

fn reuse(it: &Value) -> Option<GoldReuse> {
    let end = |name: &str| -> Option<(String, Range)> {
        let at = range(it, &format!("{name}_start"), &format!("{name}_end"))
            .or_else(|| range(it, &format!("start_{name}"), &format!("end_{name}")))?;
        Some((text(it, name)?, at))
    };
    let mut kinds = vec![text(it, "kind")?];
    kinds.extend(strings(&it["kind_alt"]));
    Some(GoldReuse { a: end("a")?, b: end("b")?, kinds })
}
