//! Claims as PLOVER events: what is said to have been done, and the saying.
//!
//! `status` carries what PLOVER's auxiliary modes leave open: whether the
//! event is asserted, attributed, denied, demanded or promised.

use serde_json::{Value, json};
use truce_record::Claim;

use crate::view::View;

/// A root and a mode.
type Code = (&'static str, Option<&'static str>);

pub(super) fn events(view: &View) -> Value {
    let mut out = Vec::new();
    for claim in &view.record.claims {
        let speaker = claim.claimant.as_deref().filter(|it| *it != "outlet");
        let accused = claim.accused.as_deref();
        if let (Some(code), Some(_)) = (speech(&claim.stance), speaker) {
            out.push(event(view, claim, ("said", "asserted"), code, (speaker, accused)));
        }
        if let (Some(code), Some(status)) = (conduct(claim.kind.as_deref()), status(claim)) {
            out.push(event(view, claim, ("done", status), code, (accused, None)));
        }
    }
    Value::Array(out)
}

/// Whether the conduct of a claim is said to be real.
fn status(claim: &Claim) -> Option<&'static str> {
    Some(match claim.stance.as_str() {
        "reports" if claim.claimant.as_deref() == Some("outlet") => "asserted",
        "reports" | "acknowledges" | "justifies" | "alleges" | "condemns" => "attributed",
        "denies" | "credits" => "denied",
        "demands" => "demanded",
        "pledges" => "future",
        _ => return None,
    })
}

/// What saying it does.
fn speech(stance: &str) -> Option<Code> {
    Some(match stance {
        "alleges" => ("ACCUSE", Some("allege")),
        "condemns" => ("ACCUSE", Some("disapprove")),
        "demands" => ("REQUEST", Some("change")),
        "pledges" => ("CONCEDE", None),
        _ => return None,
    })
}

/// What doing it is; `None` for conduct that PLOVER has no root for.
fn conduct(kind: Option<&str>) -> Option<Code> {
    Some(match kind? {
        "armed_attack" | "harm_to_civilians" => ("ASSAULT", None),
        "shelling_or_strike" => ("ASSAULT", Some("heavy-weapons")),
        "mine_or_ied" => ("ASSAULT", Some("explosives")),
        "sexual_violence" => ("ASSAULT", Some("sexual")),
        "arms_or_troop_movement" | "new_position" => ("MOBILIZE", None),
        "recruitment" => ("MOBILIZE", Some("militia")),
        "movement_obstruction" | "monitor_obstruction" => ("COERCE", Some("restrict")),
        "humanitarian_obstruction" => ("COERCE", Some("withhold")),
        "detention_or_non_release" => ("COERCE", Some("arrest")),
        "non_withdrawal" => ("REJECT", Some("yield")),
        "guarantor_inaction" => ("REJECT", Some("assist")),
        "refusal_of_talks" => ("REJECT", Some("meet")),
        "hostile_propaganda" => ("THREATEN", Some("violence")),
        _ => return None,
    })
}

fn event(
    view: &View,
    claim: &Claim,
    (part, status): (&str, &str),
    (root, mode): Code,
    (actor, recipient): (Option<&str>, Option<&str>),
) -> Value {
    let article = view.article(&claim.article).map(|it| it.1);
    let name =
        |it: Option<&str>| it.map(|it| json!({ "id": it, "text": view.actor(it), "side": view.side(it) }));
    let words = claim.evidence.first();
    json!({
        "event_id": format!("{}:{part}", claim.id),
        "event_type": root,
        "event_mode": mode.into_iter().collect::<Vec<_>>(),
        "status": status,
        "event_text": words.map(|it| &it.exact),
        "date": claim.time.as_ref().map(|it| &it.value),
        "pub_date": article.and_then(|it| it.published.value.as_ref()),
        "attributes": {
            "ACTOR": name(actor),
            "RECIP": name(recipient),
            "LOC": claim.place.as_ref().map(|it| json!({ "id": it.id, "text": it.exact, "precision": it.precision })),
        },
        "article_id": claim.article,
        "char_start": words.map(|it| it.start),
        "char_end": words.map(|it| it.end),
        "rule": claim.rule,
    })
}
