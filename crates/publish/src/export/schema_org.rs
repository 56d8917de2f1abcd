//! Claims as schema.org `Claim`s, each with the report it appears in. The
//! words are those of the report; who is right is not said (`ClaimReview` is
//! for those who judge).

use serde_json::{Map, Value, json};
use truce_record::{Article, Claim};

use crate::strings as s;
use crate::view::View;

pub(super) fn graph(view: &View) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for (n, it) in view.record.articles.iter().enumerate() {
        all.push(report(view, n, it));
    }
    all.extend(view.record.claims.iter().filter_map(|it| claim(view, it)));
    // A vocabulary named here needs no look-up on the network.
    json!({ "@context": { "@vocab": "https://schema.org/" }, "@graph": all })
}

fn report(view: &View, n: usize, it: &Article) -> Value {
    let mut out = object(&article_id(it), "NewsArticle");
    put(&mut out, "headline", it.title.as_deref());
    put(&mut out, "url", it.url.as_deref());
    put(&mut out, "inLanguage", it.language.as_deref());
    if let Some(outlet) = it.outlet.as_deref() {
        out.insert("publisher".into(), json!({ "@type": "Organization", "name": outlet }));
    }
    // schema.org takes dates, not intervals: a span is left out.
    if let (Some(first), Some(last)) = view.published(n)
        && first == last
    {
        out.insert("datePublished".into(), json!(crate::day::iso(first)));
    }
    out.insert("identifier".into(), json!(format!("urn:sha256:{}", it.sha256)));
    Value::Object(out)
}

fn claim(view: &View, it: &Claim) -> Option<Value> {
    let words = view.evidence(it);
    let first = words.first()?;
    let mut out = object(&format!("urn:trucewatch:claim:{}", it.id), "Claim");
    out.insert("text".into(), json!(first.exact()));
    let claimant = it.claimant.as_deref();
    let author = claimant.filter(|it| *it != "outlet").map(|it| actor(view, it));
    if let Some(author) = author {
        out.insert("author".into(), author);
    }
    let who = view.who(claimant, s::SPEAKER_UNKNOWN);
    out.insert("name".into(), json!(name(view, it, who)));
    if let Some(kind) = it.kind.as_deref() {
        out.insert("keywords".into(), json!([it.stance, kind]));
    } else {
        out.insert("keywords".into(), json!([it.stance]));
    }
    if let Some(accused) = it.accused.as_deref() {
        out.insert("about".into(), actor(view, accused));
    }
    if let Some(place) = &it.place {
        out.insert("spatialCoverage".into(), json!({ "@type": "Place", "name": view.place(place) }));
    }
    put(&mut out, "temporalCoverage", it.time.as_ref().map(|it| it.value.as_str()));
    let mut articles: Vec<usize> = words.iter().map(|it| it.article()).collect();
    articles.sort_unstable();
    articles.dedup();
    let appearance: Vec<Value> =
        articles.iter().map(|it| json!({ "@id": article_id(&view.record.articles[*it]) })).collect();
    out.insert("appearance".into(), json!(appearance));
    Some(Value::Object(out))
}

/// Who says what about whom.
fn name(view: &View, it: &Claim, who: &str) -> String {
    let accused = it.accused.as_deref().filter(|accused| Some(*accused) != it.claimant.as_deref());
    let whom =
        accused.map_or(String::new(), |whom| format!("{}{}", s::towards(&it.stance), view.actor(whom)));
    format!("{who} {}{whom}: {}", s::stance(&it.stance), s::kind(it.kind.as_deref()).to_lowercase())
}

fn actor(view: &View, id: &str) -> Value {
    let kind = match view.actor_kind(id) {
        Some("person") => "Person",
        Some("state") => "Country",
        Some("government-body") => "GovernmentOrganization",
        _ => "Organization",
    };
    json!({ "@type": kind, "@id": format!("urn:trucewatch:actor:{id}"), "name": view.actor(id) })
}

fn article_id(it: &Article) -> String {
    format!("urn:trucewatch:article:{}", it.id)
}

fn object(id: &str, kind: &str) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("@id".into(), json!(id));
    out.insert("@type".into(), json!(kind));
    out
}

fn put(out: &mut Map<String, Value>, key: &str, it: Option<&str>) {
    if let Some(it) = it {
        out.insert(key.into(), json!(it));
    }
}
