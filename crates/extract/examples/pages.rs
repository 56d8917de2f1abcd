//! Reads every file of a folder and prints one JSON line each: what was
//! extracted, for scoring by other programs; speed goes to standard error.
//!
//! `cargo run --release -p truce-extract --example pages -- FOLDER`

use std::io::Write as _;
use std::time::{Duration, Instant};

use truce_extract::{RawFormat, RawReport, extract};
use truce_model::SegmentKind;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: pages FOLDER")?;
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?.iter().map(|it| it.path()).collect();
    paths.sort();
    let (mut bytes_read, mut took) = (0usize, Duration::ZERO);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in &paths {
        let bytes = std::fs::read(path)?;
        bytes_read += bytes.len();
        let html = path.extension().is_some_and(|it| it == "html" || it == "htm");
        let format = Some(if html { RawFormat::Html } else { RawFormat::Text });
        let raw = RawReport { path: path.display().to_string(), bytes, format, ..RawReport::default() };
        let start = Instant::now();
        let read = extract(&raw, &[]);
        took += start.elapsed();
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let line = match read {
            Ok((article, problems)) => {
                let kinds = [SegmentKind::Body, SegmentKind::Crosshead, SegmentKind::Subhead];
                let body: Vec<&str> = article
                    .segments
                    .iter()
                    .filter(|it| kinds.contains(&it.kind))
                    .map(|it| article.words(it.span))
                    .collect();
                let segments: Vec<_> = article
                    .segments
                    .iter()
                    .map(|it| serde_json::json!([it.kind.as_str(), article.words(it.span)]))
                    .collect();
                serde_json::json!({
                    "id": id, "body": body.join("\n"), "title": article.title, "outlet": article.outlet, "url": article.url,
                    "language": article.language, "published": article.published.value.as_ref().map(|it| it.as_str()),
                    "reason": article.published.reason, "segments": segments,
                    "problems": problems.iter().map(|it| it.what.as_str()).collect::<Vec<_>>(),
                })
            }
            Err(problem) => {
                serde_json::json!({ "id": id, "body": "", "published": null, "problems": [problem.what] })
            }
        };
        writeln!(out, "{line}")?;
    }
    let seconds = took.as_secs_f64().max(1e-9);
    eprintln!(
        "{} files, {:.1} files/s, {:.1} MB/s",
        paths.len(),
        paths.len() as f64 / seconds,
        bytes_read as f64 / 1e6 / seconds
    );
    Ok(())
}
