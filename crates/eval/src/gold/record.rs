//! The record as it is scored: any JSON of the format, also one that this
//! program did not write.

use std::collections::BTreeMap;

use serde_json::Value;

use super::dates;
use super::load::{Gold, list, strings, text};
use super::matching::Range;

pub(crate) struct ReadStatement {
    pub id: String,
    pub span: Range,
    pub actor: Option<String>,
    pub side: Option<String>,
    pub cue: Option<String>,
    pub cue_span: Option<Range>,
    pub mode: Option<String>,
}

pub(crate) struct ReadClaim {
    pub id: String,
    pub evidence: Vec<Range>,
    pub stance: String,
    pub claimant: Option<String>,
    pub accused: Option<String>,
    pub kind: Option<String>,
    pub provisions: Vec<String>,
    pub date: Option<String>,
}

/// Both ends of a reused passage, and its kind.
pub(crate) type ReadReuse<'r> = ([(&'r str, Range); 2], Option<String>);

/// What the record says about the articles of the gold.
pub(crate) struct Read<'r> {
    pub statements: BTreeMap<&'r str, Vec<ReadStatement>>,
    pub claims: BTreeMap<&'r str, Vec<ReadClaim>>,
    /// The record's articles by file name.
    pub seen: BTreeMap<&'r str, &'r Value>,
    /// Both ends, and the kind.
    pub reuse: Vec<ReadReuse<'r>>,
    pub lineages: Vec<Vec<&'r str>>,
    pub violations: Vec<String>,
    pub spans_checked: usize,
    actors: BTreeMap<String, Option<String>>,
}

impl Read<'_> {
    /// Whose conduct this actor's counts as.
    pub fn side(&self, id: Option<&str>) -> Option<String> {
        let id = id?;
        let side = self.actors.get(id).cloned().flatten().filter(|it| !it.is_empty());
        Some(side.unwrap_or_else(|| id.to_owned()))
    }
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn span(value: &Value) -> Option<Range> {
    Some((value["start"].as_u64()? as usize, value["end"].as_u64()? as usize))
}

/// Reads what `raw` says, checking every span on the way.
pub(crate) fn open<'r>(gold: &'r Gold, raw: &'r Value) -> Read<'r> {
    let mut out = Read {
        statements: BTreeMap::new(),
        claims: BTreeMap::new(),
        seen: BTreeMap::new(),
        reuse: Vec::new(),
        lineages: Vec::new(),
        violations: Vec::new(),
        spans_checked: 0,
        actors: gold.actors.clone(),
    };
    let mut by_id: BTreeMap<&str, &str> = BTreeMap::new();
    for it in list(&raw["articles"]) {
        let path = it["path"].as_str().filter(|it| !it.is_empty()).or_else(|| it["file"].as_str());
        let name = base(path.unwrap_or(""));
        if let Some(id) = it["id"].as_str() {
            by_id.insert(id, name);
        }
        if gold.article(name).is_some() {
            if out.seen.contains_key(name) {
                out.violations.push(format!("article file twice in the record: {name}"));
            }
            out.seen.insert(name, it);
        }
    }
    for it in &gold.articles {
        by_id.entry(&it.file).or_insert(&it.file);
    }
    for it in list(&raw["actors"]) {
        if let Some(id) = text(it, "id") {
            out.actors.insert(id, text(it, "side"));
        }
    }
    let file_of = |id: &Value| -> Option<&'r str> {
        let name = *by_id.get(id.as_str()?)?;
        gold.article(name).map(|it| it.file.as_str())
    };
    for it in list(&raw["statements"]) {
        if let Some(file) = file_of(&it["article"]) {
            let one = statement(&mut out, gold, file, it);
            out.statements.entry(file).or_default().extend(one);
        }
    }
    for it in list(&raw["claims"]) {
        if let Some(file) = file_of(&it["article"]) {
            let one = claim(&mut out, gold, file, it, &file_of);
            out.claims.entry(file).or_default().push(one);
        }
    }
    for it in list(&raw["reuse"]) {
        let mut ends = Vec::new();
        for name in ["a", "b"] {
            if let Some(file) = file_of(&it[name]["article"]) {
                check(&mut out, gold, "reuse", file, &it[name], "exact");
                ends.extend(span(&it[name]).map(|span| (file, span)));
            }
        }
        if let Ok(ends) = <[(&str, Range); 2]>::try_from(ends) {
            out.reuse.push((ends, text(it, "kind")));
        }
    }
    out.lineages = list(&raw["lineages"])
        .iter()
        .map(|it| list(&it["articles"]).iter().filter_map(&file_of).collect())
        .collect();
    out
}

/// Checks that the words of `value` are the article's words at its offsets.
fn check(out: &mut Read<'_>, gold: &Gold, place: &str, file: &str, value: &Value, key: &str) {
    let Some(article) = gold.article(file) else { return };
    if !value.is_object() || value["start"].is_null() {
        return;
    }
    out.spans_checked += 1;
    let words = span(value).filter(|it| it.0 < it.1).and_then(|it| article.text.get(it.0..it.1));
    let Some(words) = words else {
        out.violations
            .push(format!("{place}: {file} [{},{}) is no span of the text", value["start"], value["end"]));
        return;
    };
    let words: String = words.iter().collect();
    match value.get(key) {
        Some(quote) if quote.as_str() != Some(&words) => {
            let cut = |it: &str| it.chars().take(60).collect::<String>();
            out.violations.push(format!(
                "{place}: {file} [{},{}) is {:?}, not {:?}",
                value["start"],
                value["end"],
                cut(&words),
                cut(quote.as_str().unwrap_or(""))
            ));
        }
        None if key == "exact" => {
            out.violations
                .push(format!("{place}: {file} [{},{}) without exact", value["start"], value["end"]));
        }
        _ => {}
    }
}

fn statement(out: &mut Read<'_>, gold: &Gold, file: &str, it: &Value) -> Option<ReadStatement> {
    let id = text(it, "id").unwrap_or_default();
    let place = format!("statement {id}");
    let (source, cue) = (&it["source"], &it["cue"]);
    check(out, gold, &format!("{place} content"), file, &it["content"], "exact");
    if cue.is_object() {
        check(out, gold, &format!("{place} cue"), file, cue, "exact");
    }
    check(out, gold, &format!("{place} source"), file, source, "text");
    let named = source["side"].as_str().filter(|it| !it.is_empty()).or_else(|| source["actor"].as_str());
    Some(ReadStatement {
        id,
        span: span(&it["content"])?,
        actor: text(source, "actor"),
        side: out.side(named),
        cue: cue.is_object().then(|| text(cue, "exact").unwrap_or_default()),
        cue_span: span(cue),
        mode: text(it, "mode"),
    })
}

fn claim<'r>(
    out: &mut Read<'_>,
    gold: &Gold,
    file: &str,
    it: &Value,
    file_of: &impl Fn(&Value) -> Option<&'r str>,
) -> ReadClaim {
    let id = text(it, "id").unwrap_or_default();
    let mut evidence = Vec::new();
    for part in list(&it["evidence"]) {
        let there = if part["article"].is_null() { Some(file) } else { file_of(&part["article"]) };
        if let Some(there) = there {
            check(out, gold, &format!("claim {id} evidence"), there, part, "exact");
            if there == file {
                evidence.extend(span(part));
            }
        }
    }
    if evidence.is_empty() {
        out.violations.push(format!("claim {id}: no evidence in its article"));
    }
    let time = it["time"].as_str().or_else(|| it["time"]["value"].as_str());
    ReadClaim {
        id,
        evidence,
        stance: text(it, "stance").unwrap_or_default(),
        claimant: text(it, "claimant"),
        accused: text(it, "accused"),
        kind: text(it, "kind"),
        provisions: strings(&it["provisions"]),
        date: time.and_then(dates::norm),
    }
}
