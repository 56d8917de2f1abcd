//! Body characters, publication dates and credits against `../shared/gold`.
//!
//! Set `EXTRACT_SHOW=1` to print every article's mistakes.

use std::path::{Path, PathBuf};

use truce_extract::{RawReport, extract};
use truce_model::{Anchor, Article, Edtf, SegmentKind};

fn gold_dir() -> Option<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold");
    if dir.is_dir() {
        return Some(dir);
    }
    assert!(std::env::var_os("TRUCEWATCH_NEED_SHARED").is_none(), "{} is missing", dir.display());
    println!("skipped: {} is missing, so there is nothing to measure against", dir.display());
    None
}

/// Anchors of all packs of a set; each has names that must be told.
fn anchors(set: &Path, pack: &str) -> Vec<Anchor> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let path = [set.join("packs"), own].map(|it| it.join(pack).join("agreement.toml"));
    let Some(path) = path.iter().find(|it| it.is_file()) else {
        println!("no pack {pack}: its undated reports cannot be dated");
        return Vec::new();
    };
    let pack: toml::Table = std::fs::read_to_string(path).expect("a pack").parse().expect("TOML");
    let rows = pack.get("anchor").and_then(|it| it.as_array()).cloned().unwrap_or_default();
    rows.iter()
        .map(|it| Anchor {
            date: Edtf::new(it["date"].as_str().expect("a date")).expect("a date"),
            names: it["names"]
                .as_array()
                .expect("names")
                .iter()
                .map(|it| it.as_str().expect("a name").into())
                .collect(),
            place: it.get("place").and_then(|it| it.as_str()).map(|it| it.into()),
        })
        .collect()
}

#[derive(Default)]
struct Score {
    shared: usize,
    gold: usize,
    found: usize,
    dates: usize,
    dates_right: usize,
    dates_invented: usize,
    title: usize,
    articles: usize,
    text_credit: usize,
    picture_credit: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.shared as f64 / (self.gold + self.found).max(1) as f64
    }
}

fn measure(name: &str) -> Option<Score> {
    let set = gold_dir()?.join(name);
    let show = std::env::var_os("EXTRACT_SHOW").is_some();
    let gold: serde_json::Value =
        serde_json::from_slice(&std::fs::read(set.join("gold.json")).expect("gold")).expect("JSON");
    let mut score = Score::default();
    for row in gold["articles"].as_array().expect("articles") {
        let file = row["file"].as_str().expect("a file");
        let bytes = std::fs::read(set.join("articles").join(file)).expect("an article");
        let pack = row["agreement"].as_str().unwrap_or("nk-2020");
        let raw = RawReport { path: file.to_owned(), bytes, ..RawReport::default() };
        let (article, problems) = extract(&raw, &anchors(&set, pack)).expect("a report");
        assert!(problems.is_empty(), "{file}: {problems:?}");
        score_body(&article, row, &mut score, show, file);
        score_date(&article, row, &mut score, show, file);
        score.articles += 1;
        score.text_credit +=
            usize::from(credit_fits(&article, row, "text_credit", article.text_credit, show));
        score.picture_credit +=
            usize::from(credit_fits(&article, row, "picture_credit", article.picture_credit, show));
        let headline =
            row["segments"].as_array().expect("segments").iter().find(|it| it["kind"] == "headline");
        let chars: Vec<char> = article.text.chars().collect();
        let wanted: Option<String> = headline.map(|it| {
            chars[it["start"].as_u64().unwrap() as usize..it["end"].as_u64().unwrap() as usize]
                .iter()
                .collect()
        });
        score.title += usize::from(article.title == wanted);
        if article.title != wanted && show {
            println!("{file}: title {:?} for {wanted:?}", article.title);
        }
    }
    println!(
        "{name}: body F1 {:.4} (gold {}, found {}), dates {}/{} right, {} invented, titles {}/{n}, text credit {}/{n}, \
         picture credit {}/{n}",
        score.f1(),
        score.gold,
        score.found,
        score.dates_right,
        score.dates,
        score.dates_invented,
        score.title,
        score.text_credit,
        score.picture_credit,
        n = score.articles,
    );
    Some(score)
}

fn score_body(article: &Article, row: &serde_json::Value, score: &mut Score, show: bool, file: &str) {
    let chars: Vec<char> = article.text.chars().collect();
    let mut gold = vec!["-"; chars.len()];
    for it in row["segments"].as_array().expect("segments") {
        let range = it["start"].as_u64().unwrap() as usize..it["end"].as_u64().unwrap() as usize;
        gold[range].fill(it["kind"].as_str().unwrap());
    }
    let mut found = vec!["-"; chars.len()];
    for (at, (byte, _)) in article.text.char_indices().enumerate() {
        found[at] = article.segment_at(byte).expect("covered").kind.as_str();
    }
    let counted = |it: &usize| !chars[*it].is_whitespace();
    let all: Vec<usize> = (0..chars.len()).filter(counted).collect();
    score.shared += all.iter().filter(|it| gold[**it] == "body" && found[**it] == "body").count();
    score.gold += all.iter().filter(|it| gold[**it] == "body").count();
    score.found += all.iter().filter(|it| found[**it] == "body").count();
    if !show {
        return;
    }
    let mut from = 0;
    while from < chars.len() {
        let to = (from..chars.len())
            .find(|it| (gold[*it], found[*it]) != (gold[from], found[from]))
            .unwrap_or(chars.len());
        let words: String = chars[from..to].iter().collect();
        if gold[from] != found[from] && !words.trim().is_empty() && gold[from] != "-" {
            let loud = if gold[from] == "body" || found[from] == "body" { "!!" } else { "  " };
            let cut: String = words.trim().chars().take(90).collect();
            println!("{loud} {file}: {} is {} in gold: {cut:?}", found[from], gold[from]);
        }
        from = to;
    }
}

fn score_date(article: &Article, row: &serde_json::Value, score: &mut Score, show: bool, file: &str) {
    let gold = &row["published"];
    let day = |it: &str| {
        it.split('/').map(|it| it.split('T').next().unwrap_or("").to_owned()).collect::<Vec<_>>().join("/")
    };
    let found = article.published.value.as_ref().map(|it| day(it.as_str()));
    let mut values: Vec<Option<String>> = vec![gold["value"].as_str().map(day)];
    values.extend(gold["accept"].as_array().into_iter().flatten().map(|it| it.as_str().map(day)));
    let right = values.contains(&found);
    score.dates += 1;
    score.dates_right += usize::from(right);
    score.dates_invented += usize::from(!right && found.is_some());
    if show {
        let mark = if right { "  " } else { "!!" };
        println!(
            "{mark} {file}: {:?} {:?}, gold {}: {}",
            found, article.published.basis, gold["value"], article.published.reason
        );
    }
}

fn credit_fits(
    article: &Article,
    row: &serde_json::Value,
    field: &str,
    span: Option<truce_model::Span>,
    show: bool,
) -> bool {
    let found = span.map(|it| article.words(it));
    let mut values: Vec<Option<&str>> = vec![row[field].as_str()];
    values.extend(row["credit_alt"][field].as_array().into_iter().flatten().map(|it| it.as_str()));
    // The gold cites the bracket in some sets and the name alone in others.
    let right = values.iter().any(|it| match (it, found) {
        (None, None) => true,
        (Some(a), Some(b)) => a.contains(b) || b.contains(*a),
        _ => false,
    });
    if show && !right {
        println!("!! {}: {field} {found:?}, gold {values:?}", article.path);
    }
    right
}

#[test]
fn seeds() {
    let Some(score) = measure("seeds") else { return };
    assert!(score.f1() >= 0.99, "{}", score.f1());
}

#[test]
fn development() {
    for name in ["development-a", "development-b"] {
        let Some(score) = measure(name) else { return };
        assert!(score.f1() >= 0.98, "{name} {}", score.f1());
    }
}

#[test]
fn body_is_never_empty() {
    let Some(dir) = gold_dir() else { return };
    for set in ["seeds", "development-a", "development-b"] {
        for entry in std::fs::read_dir(dir.join(set).join("articles")).expect("articles") {
            let path = entry.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("an article");
            let raw = RawReport { path: path.display().to_string(), bytes, ..RawReport::default() };
            let (article, _) = extract(&raw, &[]).expect("a report");
            assert!(article.segments_of(SegmentKind::Body).next().is_some(), "{}", path.display());
            assert!(article.title.is_some(), "{}", path.display());
        }
    }
}
