//! Reads the claims of gold articles with the gold's own segments and
//! statements, and prints a record for `../shared/gold/score.py`: what the
//! claim reader would reach if everything before it were right.
//!
//! ```text
//! cargo run --release -p truce-read --example claims -- ../shared/gold/seeds agreements > record.json
//! ```

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{article, pack, statements};
use serde_json::{Value, json};
use truce_model::{Agreement, Evidence};
use truce_text::CodePoints;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, packs] = match &arguments[..] {
        [folder, packs] => [folder, packs],
        [mode, file, pack] if mode == "show" => return show(file, Path::new(pack)),
        _ => {
            eprintln!("usage: claims FOLDER PACKS | claims show FILE PACK");
            return;
        }
    };
    let folder = Path::new(folder);
    let raw = std::fs::read_to_string(folder.join("gold.json")).expect("gold.json is there");
    let gold: Value = serde_json::from_str(&raw).expect("gold.json is JSON");
    let mut agreements: BTreeMap<String, Option<Agreement>> = BTreeMap::new();
    let (mut articles, mut claims, mut actors) = (Vec::new(), Vec::new(), BTreeMap::new());
    for it in gold["articles"].as_array().expect("a list of articles") {
        let file = it["file"].as_str().expect("a file name");
        let text = std::fs::read_to_string(folder.join("articles").join(file)).expect("the article is there");
        let points = CodePoints::new(&text);
        let id = it["agreement"].as_str().or(gold["agreement"].as_str()).unwrap_or("").to_owned();
        let agreement = agreements.entry(id.clone()).or_insert_with(|| pack(Path::new(packs), &id)).as_ref();
        let article = article(it, file, &text, &points);
        let prepared = truce_read::prepare(agreement, &article);
        let statements = statements(it, &gold, &article, &points, &prepared);
        let ctx = truce_time::TimeContext::from_published(&article.published);
        let (mut times, mut places) = (Vec::new(), Vec::new());
        for segment in article.readable() {
            times.extend(truce_time::find(&article.text, segment.span, &ctx));
            places.extend(truce_place::find(&article.text, segment.span, agreement));
        }
        let read = truce_read::claims::claims(agreement, &prepared, &statements, &times, &places);
        let quote = |it: &Evidence| {
            json!({"article": file, "exact": it.exact(),
                "start": points.at_byte(it.span().start as usize), "end": points.at_byte(it.span().end as usize)})
        };
        for it in read {
            claims.push(json!({
                "id": it.id.to_string(), "article": file, "stance": it.stance.as_str(),
                "claimant": it.claimant.map(|it| it.to_string()), "accused": it.accused.map(|it| it.to_string()),
                "kind": it.kind.map(|it| it.as_str()), "time": it.time.as_ref().map(|it| json!({"value": it.value.as_str(), "rule": it.rule, "exact": it.words.as_ref().map(|it| it.exact())})),
                "place": it.place.as_ref().map(|it| json!({"id": it.id.as_ref().map(ToString::to_string), "exact": it.words.exact(), "precision": it.precision})),
                "provisions": it.provisions.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "evidence": it.evidence.iter().map(quote).collect::<Vec<_>>(), "rule": it.rule,
            }));
        }
        for it in prepared.actors.iter().chain(agreement.iter().flat_map(|it| &it.actors)) {
            actors.insert(it.id.to_string(), it.side.as_ref().map(ToString::to_string));
        }
        articles.push(json!({"id": file, "path": file}));
    }
    for it in gold["actors"].as_array().into_iter().flatten() {
        let id = it["id"].as_str().unwrap_or("").to_owned();
        actors.entry(id).or_insert_with(|| it["side"].as_str().map(str::to_owned));
    }
    let actors: Vec<Value> = actors.into_iter().map(|it| json!({"id": it.0, "side": it.1})).collect();
    let record = json!({"format": "trucewatch/1", "articles": articles, "statements": [], "claims": claims, "actors": actors});
    println!("{record}");
}

/// Prints what is found in a text, stage by stage.
fn show(file: &str, folder: &Path) {
    let text = std::fs::read_to_string(file).expect("the file is there");
    let id = folder.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
    let agreement = pack(folder.parent().unwrap_or(Path::new(".")), &id);
    let whole = json!({"segments": [{"kind": "body", "start": 0, "end": text.chars().count()}], "published": {"value": "2023-06-01"}});
    let points = CodePoints::new(&text);
    let article = article(&whole, file, &text, &points);
    let prepared = truce_read::prepare(agreement.as_ref(), &article);
    let who = truce_read::claims::who::Who::new(&prepared, agreement.as_ref());
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
            println!(
                "  @ {:?} {} {:?} {:?} {:?}",
                it.kind,
                article.words(it.span),
                it.actor,
                it.side,
                it.group
            );
        }
        let tree = truce_read::claims::clause::Tree::new(&it.parsed);
        for it in truce_read::claims::trigger::find(&tree, number, &who) {
            println!(
                "  ! {} {:?} {:?} {:?} {:?} agents {:?} line {}",
                tree.lemma(it.token),
                it.kind,
                it.form,
                it.valence,
                it.modality,
                it.agents,
                it.line
            );
        }
    }
    let reading = truce_read::read(agreement.as_ref(), &article);
    for it in &reading.statements {
        println!(
            "> {:?} | {:?} {:?} | {} | {}",
            it.source.actor,
            it.cue.as_ref().map(Evidence::exact),
            it.cue_class,
            it.content.exact(),
            it.rule
        );
    }
    for it in &reading.claims {
        println!(
            "= {:?} {:?} > {:?} {:?} {} | {} | {} | {}",
            it.stance,
            it.claimant,
            it.accused,
            it.kind,
            it.rule,
            it.evidence[0].exact(),
            it.time.as_ref().map_or(String::new(), |it| format!("{} ({})", it.value, it.rule)),
            it.place.as_ref().map_or("", |it| it.words.exact()),
        );
    }
    for it in &reading.times {
        println!("~ {} {:?} {} {}", article.words(it.span), it.value, it.grain, it.rule);
    }
    for it in &reading.places {
        println!("+ {} {:?} {:?} {}", article.words(it.span), it.id, it.reading, it.rule);
    }
}
