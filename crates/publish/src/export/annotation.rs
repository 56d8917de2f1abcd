//! Claims as W3C Web Annotations: quote and position, so that a moved text is
//! noticed instead of marked at the wrong words.

use serde_json::{Value, json};
use truce_record::Claim;

use crate::strings as s;
use crate::view::{Cite, View};

/// Code points kept on either side of a quote.
const CONTEXT: usize = 32;

pub(super) fn collection(view: &View) -> Value {
    let mut items = Vec::new();
    for claim in &view.record.claims {
        for (n, it) in claim.evidence.iter().enumerate() {
            items.extend(view.cite_cited(it).map(|it| annotation(view, claim, n, it)));
        }
    }
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:trucewatch:annotations",
        "type": "AnnotationCollection",
        "label": view.record.agreement.as_ref().map_or("", |it| it.id.as_str()),
        "total": items.len(),
        "first": { "id": "urn:trucewatch:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items },
    })
}

fn annotation(view: &View, claim: &Claim, n: usize, cite: Cite) -> Value {
    let article = &view.record.articles[cite.article()];
    let (start, end) = cite.position();
    let before = view.words(cite.article(), start.saturating_sub(CONTEXT), start).unwrap_or("");
    let after = (end..=end + CONTEXT).rev().find_map(|it| view.words(cite.article(), end, it)).unwrap_or("");
    let tag = |it: &str| json!({ "type": "TextualBody", "purpose": "tagging", "value": it });
    let mut body: Vec<Value> =
        [Some(claim.stance.as_str()), claim.kind.as_deref()].into_iter().flatten().map(tag).collect();
    let said = format!(
        "{} {}: {}",
        view.who(claim.claimant.as_deref(), s::SPEAKER_UNKNOWN),
        s::stance(&claim.stance),
        view.who(claim.accused.as_deref(), s::NOBODY_ACCUSED),
    );
    body.push(json!({ "type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": said }));
    let state = format!("urn:sha256:{}", article.sha256);
    let mut target = json!({
        "source": article.url.as_ref().unwrap_or(&state),
        "selector": [
            { "type": "TextQuoteSelector", "exact": cite.exact(), "prefix": before, "suffix": after },
            { "type": "TextPositionSelector", "start": start, "end": end },
        ],
    });
    // A page at an address changes; the hash says which state is meant.
    if article.url.is_some() {
        target["state"] = json!({ "type": "State", "id": state });
    }
    let program = &view.record.made_by;
    json!({
        "id": format!("urn:trucewatch:claim:{}:{n}", claim.id),
        "type": "Annotation",
        "motivation": "classifying",
        "body": body,
        "target": target,
        "generator": { "type": "Software", "name": format!("{} {}", program.program, program.version) },
    })
}
