//! Reads gold articles with the gold's own segments and prints a record with
//! statements, so that `../shared/gold/score.py` can score this stage alone;
//! with `polnear FOLDER` prints the attribution measures for that split.
//!
//! ```text
//! cargo run --release -p truce-read --example statements -- gold ../shared/gold/seeds agreements > record.json
//! cargo run --release -p truce-read --example statements -- polnear ../shared/eval/polnear/dev [--list] [--json] [--without=RULE,…]
//! cargo run --release -p truce-read --example statements -- counts ../shared/eval/polnear/train
//! cargo run --release -p truce-read --example statements -- tree FILE
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use truce_eval::attribution::{self, Scores};
use truce_model::{Agreement, Article, Evidence, Published, Segment, SegmentKind, Span, Statement};
use truce_read::statements::{Breadth, attributions};
use truce_syntax::{Deprel, Upos};
use truce_text::CodePoints;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &words[..] {
        ["gold", folder, packs] => gold(Path::new(folder), Path::new(packs)),
        ["polnear", folder, rest @ ..] => {
            let without = rest.iter().filter_map(|it| it.strip_prefix("--without="));
            let without: Vec<&str> = without.flat_map(|it| it.split(',')).collect();
            polnear(Path::new(folder), rest.contains(&"--list"), rest.contains(&"--json"), &without);
        }
        ["counts", folder] => counts(Path::new(folder)),
        ["tree", file] => tree(file),
        _ => eprintln!("usage: statements gold FOLDER PACKS | polnear FOLDER [--list] | tree FILE"),
    }
}

fn article(path: &str, text: &str, segments: Vec<Segment>) -> Article {
    Article {
        id: path.into(),
        path: path.to_owned(),
        sha256: String::new(),
        outlet: None,
        url: None,
        title: None,
        language: Some("en".to_owned()),
        published: Published::unknown("not asked"),
        text: text.into(),
        segments,
        text_credit: None,
        picture_credit: None,
    }
}

fn pack(folder: &Path, id: &str) -> Option<Agreement> {
    let path = folder.join(id).join("agreement.toml");
    let toml = std::fs::read_to_string(&path).ok()?;
    let geojson = std::fs::read_to_string(folder.join(id).join("places.geojson")).ok();
    truce_pack::read(&path.to_string_lossy(), &toml, geojson.as_deref()).agreement
}

fn gold(folder: &Path, packs: &Path) {
    let raw = std::fs::read_to_string(folder.join("gold.json")).expect("gold.json is there");
    let gold: Value = serde_json::from_str(&raw).expect("gold.json is JSON");
    let mut agreements: BTreeMap<String, Option<Agreement>> = BTreeMap::new();
    let (mut articles, mut statements, mut actors) = (Vec::new(), Vec::new(), BTreeMap::new());
    for it in gold["articles"].as_array().expect("a list of articles") {
        let file = it["file"].as_str().expect("a file name");
        let text = std::fs::read_to_string(folder.join("articles").join(file)).expect("the article is there");
        let points = CodePoints::new(&text);
        let mut segments: Vec<Segment> = it["segments"]
            .as_array()
            .expect("segments")
            .iter()
            .filter_map(|it| {
                let start = points.to_byte(it["start"].as_u64()? as usize)?;
                let end = points.to_byte(it["end"].as_u64()? as usize)?;
                let kind =
                    SegmentKind::ALL.into_iter().find(|kind| Some(kind.as_str()) == it["kind"].as_str())?;
                Some(Segment { kind, span: Span::new(start, end) })
            })
            .collect();
        segments.sort_by_key(|it| it.span);
        let id = it["agreement"].as_str().or(gold["agreement"].as_str()).unwrap_or("").to_owned();
        let agreement = agreements.entry(id.clone()).or_insert_with(|| pack(packs, &id));
        let article = article(file, &text, segments);
        let prepared = truce_read::prepare(agreement.as_ref(), &article);
        let read = attributions(agreement.as_ref(), &prepared, Breadth::Said);
        for it in &prepared.actors {
            actors.insert(it.id.to_string(), it.side.as_ref().map(ToString::to_string));
        }
        for it in agreement.iter().flat_map(|it| &it.actors) {
            actors.insert(it.id.to_string(), it.side.as_ref().map(ToString::to_string));
        }
        articles.push(json!({"id": file, "path": file}));
        statements.extend(read.iter().map(|it| statement(it, &points)));
    }
    let actors: Vec<Value> = actors.into_iter().map(|it| json!({"id": it.0, "side": it.1})).collect();
    println!(
        "{}",
        json!({"format": "trucewatch/1", "articles": articles, "statements": statements, "claims": [], "actors": actors})
    );
}

fn statement(it: &Statement, points: &CodePoints<'_>) -> Value {
    let quote = |it: &Evidence| json!({"start": points.at_byte(it.span().start as usize), "end": points.at_byte(it.span().end as usize), "exact": it.exact()});
    let mut source = json!({
        "actor": it.source.actor.as_ref().map(ToString::to_string),
        "side": it.source.side.as_ref().map(ToString::to_string),
        "chain": it.source.chain.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "text": it.source.words.as_ref().map(|it| it.exact().to_owned()),
    });
    if let Some(words) = &it.source.words {
        source["start"] = json!(points.at_byte(words.span().start as usize));
        source["end"] = json!(points.at_byte(words.span().end as usize));
    }
    json!({
        "id": it.id.to_string(), "article": it.content.article().to_string(), "source": source,
        "cue": it.cue.as_ref().map(quote), "content": quote(&it.content), "mode": it.mode.as_str(),
        "addressee": it.addressee.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "class": it.cue_class.as_str(), "rule": it.rule,
    })
}

/// The annotation file of each article: several annotators read some, the
/// first by name is taken.
fn annotations(folder: &Path) -> BTreeMap<String, std::path::PathBuf> {
    let mut files: BTreeMap<String, std::path::PathBuf> = BTreeMap::new();
    for entry in std::fs::read_dir(folder.join("attributions")).expect("annotations").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".ann").and_then(|it| it.rsplit_once('_')) else { continue };
        let path = entry.path();
        let kept = files.entry(stem.0.to_owned()).or_insert_with(|| path.clone());
        if path < *kept {
            *kept = path;
        }
    }
    files
}

/// How often each verb, with what hangs on it, is part of a cue: counts that
/// `lexicon/cues.txt` was checked against. One line for a verb with one frame:
/// lemma, frame, cues, all.
fn counts(folder: &Path) {
    let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for (stem, ann) in annotations(folder) {
        let Ok(text) = std::fs::read_to_string(folder.join("text").join(format!("{stem}.txt"))) else {
            continue;
        };
        let ann = std::fs::read_to_string(ann).expect("annotation file");
        let gold = attribution::parse_brat(&ann, &text);
        let whole = Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) };
        let article = article(&stem, &text, vec![whole]);
        let prepared = truce_read::prepare(None, &article);
        let within = |span: Span, pick: fn(&attribution::Attribution) -> &Vec<Span>| {
            gold.iter().any(|it| pick(it).iter().any(|it| it.overlaps(span)))
        };
        for ctx in &prepared.sentences {
            for (at, token) in ctx.parsed.tokens.iter().enumerate() {
                let part = match token.upos {
                    Upos::Verb => "v",
                    Upos::Noun => "n",
                    Upos::Adj => "a",
                    _ => continue,
                };
                // What stands inside a content is given to its outer cue only.
                if within(token.span, |it| &it.content) {
                    continue;
                }
                let mut frame: Vec<String> = Vec::new();
                for child in ctx.tree.children(at) {
                    let it = &ctx.parsed.tokens[child];
                    match it.deprel {
                        Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj | Deprel::Acl => {
                            frame.push(it.deprel.as_str().to_owned());
                        }
                        Deprel::Obl | Deprel::Nmod | Deprel::CompoundPrt if child > at => {
                            let case = ctx
                                .tree
                                .children(child)
                                .find(|it| ctx.parsed.tokens[*it].deprel == Deprel::Case);
                            let word = case.unwrap_or(child);
                            frame.push(format!("+{}", ctx.word(word)));
                        }
                        _ => {}
                    }
                }
                frame.sort();
                frame.dedup();
                let cue = within(token.span, |it| &it.cue);
                for frame in frame.iter().map(String::as_str).chain(["any"]) {
                    let key = (format!("{part} {}", ctx.lemma(at)), frame.to_owned());
                    let count = counts.entry(key).or_default();
                    count.0 += usize::from(cue);
                    count.1 += 1;
                }
            }
        }
    }
    for ((lemma, frame), (cues, all)) in counts.iter().filter(|it| it.1.1 > 1) {
        println!("{lemma}\t{frame}\t{cues}\t{all}");
    }
}

fn polnear(folder: &Path, list: bool, json: bool, without: &[&str]) {
    let files = annotations(folder);
    let mut scores = Scores::default();
    let (mut bytes, started) = (0, std::time::Instant::now());
    for (stem, ann) in &files {
        let Ok(text) = std::fs::read_to_string(folder.join("text").join(format!("{stem}.txt"))) else {
            continue;
        };
        let ann = std::fs::read_to_string(ann).expect("annotation file");
        let gold = attribution::parse_brat(&ann, &text);
        let whole = Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) };
        let article = article(stem, &text, vec![whole]);
        let prepared = truce_read::prepare(None, &article);
        let mut read = attributions(None, &prepared, Breadth::Attributed);
        read.retain(|it| !without.contains(&it.rule.trim_start_matches("statement/")));
        let predicted = attribution::from_statements(&read, &text);
        scores.add(&attribution::score(&gold, &predicted));
        bytes += text.len();
        if json {
            let spans = |it: &[Span]| it.iter().map(|it| json!([it.start, it.end])).collect::<Vec<_>>();
            let all = |it: &[attribution::Attribution]| {
                it.iter()
                    .map(|it| json!([spans(&it.source), spans(&it.cue), spans(&it.content)]))
                    .collect::<Vec<_>>()
            };
            let rules: Vec<Value> = read
                .iter()
                .map(|it| {
                    let content = it.content.span();
                    let cue = it.cue.as_ref().map(Evidence::span);
                    json!([content.start, content.end, cue.map(|it| it.start), it.rule])
                })
                .collect();
            println!(
                "{}",
                json!({"article": stem, "gold": all(&gold), "predicted": all(&predicted), "rules": rules})
            );
        }
        if list {
            let show =
                |spans: &[Span]| spans.iter().filter_map(|it| it.of(&text)).collect::<Vec<_>>().join(" … ");
            for it in &gold {
                let hit =
                    predicted.iter().any(|p| it.content.iter().any(|a| p.content.iter().any(|b| a == b)));
                let near = predicted
                    .iter()
                    .any(|p| it.content.iter().any(|a| p.content.iter().any(|b| a.overlaps(*b))));
                let mark = if hit {
                    "="
                } else if near {
                    "~"
                } else {
                    "-"
                };
                println!("{mark} {stem} | {} | {} | {}", show(&it.source), show(&it.cue), show(&it.content));
            }
            for (it, rule) in predicted.iter().zip(read.iter().map(|it| it.rule)) {
                let near =
                    gold.iter().any(|g| it.content.iter().any(|a| g.content.iter().any(|b| a.overlaps(*b))));
                let mark = if near { "p" } else { "+" };
                println!(
                    "{mark} {stem} | {} | {} | {} | {rule}",
                    show(&it.source),
                    show(&it.cue),
                    show(&it.content)
                );
            }
        }
    }
    println!(
        "{:18}{:>8}{:>10}{:>8}{:>8}{:>8}{:>8}",
        "measure", "gold", "predicted", "right", "prec", "recall", "F1"
    );
    for (name, tally) in scores.rows() {
        let (p, r, f) = tally.prf();
        println!(
            "{name:18}{:>8}{:>10}{:>8}{p:>8.3}{r:>8.3}{f:>8.3}",
            tally.gold, tally.predicted, tally.right
        );
    }
    eprintln!("{} articles, {:.2} MB/s", files.len(), bytes as f64 / 1e6 / started.elapsed().as_secs_f64());
}

fn tree(file: &str) {
    let text = std::fs::read_to_string(file).expect("the file is there");
    let whole = Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) };
    let article = article(file, &text, vec![whole]);
    let prepared = truce_read::prepare(None, &article);
    for (number, it) in prepared.sentences.iter().enumerate() {
        println!("# {}", article.words(it.parsed.span));
        for (at, token) in it.parsed.tokens.iter().enumerate() {
            println!(
                "{at:3} {:16} {:14} {:6} {:12} {}",
                article.words(token.span),
                token.lemma,
                token.upos.as_str(),
                token.deprel.as_str(),
                token.head.map_or("-".to_owned(), |it| it.to_string()),
            );
        }
        for it in prepared.mentions_in(number) {
            println!("  @ {:?} {} {:?} {:?}", it.kind, article.words(it.span), it.actor, it.side);
        }
    }
    for it in attributions(None, &prepared, Breadth::Attributed) {
        println!(
            "> {:?} | {:?} | {} | {} | {}",
            it.source.actor,
            it.cue.as_ref().map(Evidence::exact),
            it.content.exact(),
            it.mode.as_str(),
            it.rule
        );
    }
}
