//! Articles from a gold file's own segments, so that tracing is measured
//! apart from extraction.

use std::path::{Path, PathBuf};

use serde_json::Value;
use truce_model::{Article, Published, Segment, SegmentKind, Span};

/// The folder of gold files, or `None` with a plain word if it is missing.
pub fn shared_gold() -> Option<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold");
    if dir.is_dir() {
        return Some(dir);
    }
    assert!(
        std::env::var("TRUCEWATCH_NEED_SHARED").as_deref() != Ok("1"),
        "TRUCEWATCH_NEED_SHARED is set and ../shared is missing"
    );
    eprintln!("skipped: ../shared/gold is not here");
    None
}

/// One gold set: articles by file name, and the raw gold.
pub struct Gold {
    pub articles: Vec<Article>,
    pub raw: Value,
}

fn bytes_at(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |it| it.0)
}

/// Reads one gold set.
pub fn read(dir: &Path) -> Gold {
    let raw: Value =
        serde_json::from_str(&std::fs::read_to_string(dir.join("gold.json")).expect("gold.json"))
            .expect("JSON");
    let articles = raw["articles"].as_array().expect("articles").iter().map(|it| article(dir, it)).collect();
    Gold { articles, raw }
}

fn article(dir: &Path, raw: &Value) -> Article {
    let file = raw["file"].as_str().expect("file");
    let text = std::fs::read_to_string(dir.join("articles").join(file)).expect("article");
    let mut segments = Vec::new();
    let mut at = 0;
    for it in raw["segments"].as_array().expect("segments") {
        let kind = SegmentKind::ALL
            .into_iter()
            .find(|kind| Some(kind.as_str()) == it["kind"].as_str())
            .unwrap_or(SegmentKind::Other);
        let pos = |key: &str| bytes_at(&text, it[key].as_u64().expect("offset") as usize);
        let (start, end) = (pos("start"), pos("end"));
        if start > at {
            segments.push(Segment { kind: SegmentKind::Other, span: Span::new(at, start) });
        }
        segments.push(Segment { kind, span: Span::new(start, end) });
        at = end;
    }
    if at < text.len() {
        segments.push(Segment { kind: SegmentKind::Other, span: Span::new(at, text.len()) });
    }
    let text_credit = raw["text_credit"].as_str().and_then(|it| {
        let at = text.find(it)?;
        Some(Span::new(at, at + it.len()))
    });
    Article {
        id: file.into(),
        path: file.into(),
        sha256: raw["sha256"].as_str().unwrap_or("").into(),
        outlet: None,
        url: None,
        title: None,
        language: Some("en".into()),
        published: Published::unknown("not read here"),
        text: text.into(),
        segments,
        text_credit,
        picture_credit: None,
    }
}
