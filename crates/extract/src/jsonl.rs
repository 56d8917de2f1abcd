//! Reports as lines of JSON: `{path, text or html, published?, outlet?, url?,
//! title?, language?}`.

use serde_json::{Map, Value};
use truce_model::Problem;

use crate::{Given, RawFormat, RawReport, STAGE};

/// Bytes of one line at most.
pub const JSON_LINE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The fields a line may have.
const FIELDS: &[&str] = &["path", "text", "html", "published", "outlet", "url", "title", "language"];

/// Turns one line of JSON into a report. `source` and `number` (from 1) name
/// the line in problems.
///
/// What is given beside the text is taken as stated. Fields that are not known
/// are refused, because a misspelt one would be lost without a word.
///
/// # Errors
/// A Problem that names the line and the field and says what to do.
pub fn report_from_json_line(source: &str, number: usize, line: &str) -> Result<RawReport, Problem> {
    let refuse = |what: String| Problem {
        article: None,
        stage: STAGE,
        what: format!("{source}, line {number}: {what}"),
        span: None,
    };
    if line.len() > JSON_LINE_BYTES_MAX {
        return Err(refuse(format!(
            "the line has {} bytes, more than {JSON_LINE_BYTES_MAX}; split the report",
            line.len()
        )));
    }
    let value: Value = serde_json::from_str(line.trim_start_matches('\u{feff}'))
        .map_err(|it| refuse(format!("this is no JSON ({it}); write one object per line")))?;
    let Value::Object(map) = value else {
        return Err(refuse("this is no object; write {\"path\": …, \"text\": …}".to_owned()));
    };
    if let Some(unknown) = map.keys().find(|it| !FIELDS.contains(&it.as_str())) {
        return Err(refuse(format!(
            "the field `{unknown}` is not known; the fields are {}",
            FIELDS.join(", ")
        )));
    }
    let field = |name: &str| text_field(&map, name).map_err(refuse);
    let (text, html) = (field("text")?, field("html")?);
    let (body, format) = match (text, html) {
        (Some(it), None) => (it, RawFormat::Text),
        (None, Some(it)) => (it, RawFormat::Html),
        (Some(_), Some(_)) => {
            return Err(refuse("both `text` and `html` are given; give one of them".to_owned()));
        }
        (None, None) => {
            return Err(refuse(
                "neither `text` nor `html` is given; one of them must hold the report".to_owned(),
            ));
        }
    };
    let given = Given {
        published: field("published")?,
        outlet: field("outlet")?,
        url: field("url")?,
        title: field("title")?,
        language: field("language")?,
    };
    let path = field("path")?.unwrap_or_else(|| format!("{source}#{number}"));
    Ok(RawReport { path, bytes: body.into_bytes(), format: Some(format), given })
}

/// A field that is text; `null` and white space count as not given.
fn text_field(map: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match map.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(it)) if it.trim().is_empty() => Ok(None),
        Some(Value::String(it)) => Ok(Some(it.clone())),
        Some(other) => {
            let kind = match other {
                Value::Bool(_) => "true or false",
                Value::Number(_) => "a number",
                Value::Array(_) => "a list",
                _ => "an object",
            };
            Err(format!("the field `{name}` is {kind}; it must be text in quotation marks"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_report() {
        let line =
            r#"{"path":"a.txt","text":"Truce","published":"2031-05-04","outlet":"Alder Post","title":null}"#;
        let raw = report_from_json_line("day.jsonl", 3, line).expect("a report");
        assert_eq!(
            (raw.path.as_str(), raw.bytes.as_slice(), raw.format),
            ("a.txt", &b"Truce"[..], Some(RawFormat::Text))
        );
        assert_eq!(raw.given.published.as_deref(), Some("2031-05-04"));
        assert_eq!(raw.given.title, None);
    }

    #[test]
    fn a_line_without_a_path_is_named_by_its_number() {
        assert_eq!(report_from_json_line("-", 7, r#"{"html":"<p>Truce"}"#).expect("a report").path, "-#7");
    }

    #[test]
    fn mistakes_name_line_and_field() {
        let fails = |line: &str, word: &str| {
            let problem = report_from_json_line("day.jsonl", 3, line).expect_err("a mistake");
            assert!(
                problem.what.starts_with("day.jsonl, line 3: ") && problem.what.contains(word),
                "{}",
                problem.what
            );
        };
        fails("{", "no JSON");
        fails("[]", "no object");
        fails(r#"{"text":"a","html":"b"}"#, "both");
        fails(r#"{"path":"a"}"#, "neither");
        fails(r#"{"text":"a","publised":"2031"}"#, "publised");
        fails(r#"{"text":7}"#, "`text` is a number");
    }
}
