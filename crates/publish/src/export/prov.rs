//! How the record came about, as PROV-JSON (W3C member submission).

use serde_json::{Map, Value, json};

use crate::view::View;

const READ: &str = "tw:activity-read";
const ASSESS: &str = "tw:activity-assess";
const PROGRAM: &str = "tw:agent-program";

pub(super) fn document(view: &View) -> Value {
    let record = view.record;
    let mut entity = Map::new();
    let mut used = Map::new();
    let mut generated = Map::new();
    let mut derived = Map::new();
    let mut use_of = |activity: &str, it: String| {
        let n = used.len();
        used.insert(format!("_:u{n}"), json!({ "prov:activity": activity, "prov:entity": it }));
    };

    for it in &record.articles {
        let outlet = it.outlet.as_deref().unwrap_or("unknown");
        let about = json!({ "prov:type": "article", "tw:sha256": it.sha256, "tw:path": it.path, "tw:outlet": outlet });
        entity.insert(id("article", &it.id), about);
        use_of(READ, id("article", &it.id));
    }
    if let Some(it) = &record.agreement {
        entity.insert(id("agreement", &it.id), json!({ "prov:type": "agreement", "tw:sha256": it.sha256 }));
        use_of(ASSESS, id("agreement", &it.id));
    }
    for it in &record.claims {
        let name = id("claim", &it.id);
        entity.insert(
            name.clone(),
            json!({ "prov:type": "claim", "tw:stance": it.stance, "tw:rule": it.rule }),
        );
        generated
            .insert(format!("_:g{}", generated.len()), json!({ "prov:entity": name, "prov:activity": READ }));
        for words in &it.evidence {
            let quotation = json!({
                "prov:generatedEntity": name,
                "prov:usedEntity": id("article", &words.article),
                "prov:type": { "$": "prov:Quotation", "type": "prov:QUALIFIED_NAME" },
                "tw:start": words.start,
                "tw:end": words.end,
            });
            derived.insert(format!("_:d{}", derived.len()), quotation);
        }
    }
    for it in &record.incidents {
        let name = id("incident", &it.id);
        entity.insert(name.clone(), json!({ "prov:type": "incident", "tw:standing": it.standing }));
        generated.insert(
            format!("_:g{}", generated.len()),
            json!({ "prov:entity": name, "prov:activity": ASSESS }),
        );
        for claim in it.claims.iter().chain(it.replies.iter().map(|it| &it.claim)) {
            let from = json!({ "prov:generatedEntity": name, "prov:usedEntity": id("claim", claim) });
            derived.insert(format!("_:d{}", derived.len()), from);
        }
    }
    let made_by = &record.made_by;
    json!({
        "prefix": { "tw": "urn:trucewatch:" },
        "entity": entity,
        "activity": { READ: { "prov:label": "read" }, ASSESS: { "prov:label": "assess" } },
        "agent": { PROGRAM: {
            "prov:type": { "$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME" },
            "tw:name": made_by.program, "tw:version": made_by.version, "tw:models": made_by.models.join(", "),
        } },
        "used": used,
        "wasGeneratedBy": generated,
        "wasDerivedFrom": derived,
        "wasAssociatedWith": {
            "_:a0": { "prov:activity": READ, "prov:agent": PROGRAM },
            "_:a1": { "prov:activity": ASSESS, "prov:agent": PROGRAM },
        },
    })
}

/// A qualified name; what may not stand in one is written as its code.
fn id(kind: &str, id: &str) -> String {
    let mut out = format!("tw:{kind}-");
    for ch in id.chars() {
        if ch.is_ascii_alphanumeric() || ch == '-' {
            out.push(ch)
        } else {
            out += &format!("_{:x}_", u32::from(ch))
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn ids_stay_apart() {
        assert_eq!(id("claim", "a-1"), "tw:claim-a-1");
        assert_ne!(id("claim", "a b"), id("claim", "a/b"));
        assert_ne!(id("claim", "_20_"), id("claim", " "));
    }
}
