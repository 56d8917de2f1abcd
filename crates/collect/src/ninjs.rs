//! IPTC ninjs 1.x and 2.x: news items as JSON.

use serde_json::Value;
use truce_extract::{Given, RawFormat, RawReport};

use crate::xml;

/// Whether a JSON document is a ninjs item, or a list of them.
pub(crate) fn is_one(value: &Value) -> bool {
    match value {
        Value::Array(all) => all.first().is_some_and(is_one),
        Value::Object(it) => {
            it.contains_key("uri")
                && (["bodies", "headlines"].iter().any(|key| it.get(*key).is_some_and(Value::is_array))
                    || it
                        .keys()
                        .any(|it| it.starts_with("body_") || it == "headline" || it == "versioncreated"))
        }
        _ => false,
    }
}

/// The reports of a document, and what was wrong with the others.
pub(crate) fn reports(path: &str, value: &Value) -> Vec<Result<RawReport, String>> {
    match value {
        Value::Array(all) => {
            all.iter().enumerate().map(|(n, it)| report(&format!("{path}#{}", n + 1), it)).collect()
        }
        one => vec![report(path, one)],
    }
}

fn report(path: &str, it: &Value) -> Result<RawReport, String> {
    let text = |key: &str| {
        it.get(key).and_then(Value::as_str).map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned)
    };
    let kind = text("type").unwrap_or_else(|| "text".to_owned());
    if kind != "text" {
        return Err(format!("{path}: a ninjs item of type {kind} holds no text"));
    }
    if matches!(text("pubstatus").as_deref(), Some("canceled" | "withheld")) {
        return Err(format!(
            "{path}: its sender has {} it; it was not read",
            text("pubstatus").unwrap_or_default()
        ));
    }
    // Version 2 has lists where version 1 has one field for each form.
    let listed = |key: &str| it.get(key).and_then(Value::as_array).into_iter().flatten();
    let of_type = |types: &[&str]| {
        listed("bodies")
            .find(|it| it.get("contenttype").and_then(Value::as_str).is_some_and(|it| types.contains(&it)))
    };
    let value = |it: &Value| it.get("value").and_then(Value::as_str).map(str::to_owned);
    let html = text("body_html")
        .or_else(|| text("body_xhtml"))
        .or_else(|| of_type(&["text/html", "application/xhtml+xml", "text/xhtml"]).and_then(value));
    let plain = text("body_text")
        .or_else(|| of_type(&["text/plain"]).and_then(value))
        .or_else(|| listed("bodies").find_map(value));
    let headline = text("headline").or_else(|| listed("headlines").find_map(value)).or_else(|| text("title"));
    let (bytes, format) = match (html, plain) {
        (Some(it), _) => {
            let title =
                headline.as_deref().map_or(String::new(), |it| format!("<h1>{}</h1>", xml::escape(it)));
            (format!("<html><body><article>{title}{it}</article></body></html>"), RawFormat::Html)
        }
        (None, Some(it)) => {
            let title = headline.as_deref().map_or(String::new(), |it| format!("{it}\n\n"));
            (format!("{title}{it}"), RawFormat::Text)
        }
        (None, None) => return Err(format!("{path}: a ninjs item without a body")),
    };
    let provider = it
        .get("infosources")
        .and_then(Value::as_array)
        .and_then(|it| it.first())
        .or_else(|| it.get("infosource").and_then(Value::as_array).and_then(|it| it.first()));
    let outlet = provider
        .and_then(|it| it.get("name"))
        .and_then(Value::as_str)
        .map(str::to_owned)
        .or_else(|| text("copyrightholder"));
    let url = text("uri").filter(|it| it.starts_with("http")).or_else(|| {
        it.get("altids")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .find_map(value)
            .filter(|it| it.starts_with("http"))
    });
    Ok(RawReport {
        path: path.to_owned(),
        bytes: bytes.into_bytes(),
        format: Some(format),
        given: Given {
            published: text("firstcreated")
                .or_else(|| text("contentcreated"))
                .or_else(|| text("versioncreated")),
            outlet,
            url,
            title: headline,
            language: text("language").map(|it| it.split('-').next().unwrap_or("").to_owned()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_are_read() {
        let one = serde_json::json!({ "uri": "https://wire.example/1", "type": "text", "headline": "Road closed", "body_text": "Northland closed it.", "versioncreated": "2031-05-04T10:00:00Z", "language": "en-GB", "copyrightholder": "Alder Wire" });
        let two = serde_json::json!({ "uri": "urn:x:2", "headlines": [{ "value": "Road open" }], "bodies": [{ "contenttype": "text/html", "value": "<p>Open.</p>" }] });
        assert!(is_one(&one) && is_one(&two) && is_one(&serde_json::json!([one])));
        assert!(!is_one(&serde_json::json!({ "format": "trucewatch/1" })));
        let it = reports("a.json", &one).remove(0).expect("a report");
        assert_eq!(it.bytes, b"Road closed\n\nNorthland closed it.");
        assert_eq!(
            (it.given.outlet.as_deref(), it.given.language.as_deref()),
            (Some("Alder Wire"), Some("en"))
        );
        let it = reports("a.json", &two).remove(0).expect("a report");
        assert!(String::from_utf8_lossy(&it.bytes).contains("<h1>Road open</h1><p>Open.</p>"));
        assert!(reports("a.json", &serde_json::json!({ "uri": "x", "type": "picture" }))[0].is_err());
        assert!(
            reports("a.json", &serde_json::json!({ "uri": "x", "body_text": "x", "pubstatus": "canceled" }))
                [0]
            .is_err()
        );
    }
}
