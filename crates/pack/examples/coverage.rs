//! How many of the actors that a gold names are found by the names of a pack.
//!
//! ```text
//! cargo run -p truce-pack --example coverage -- agreements/nk-2020 ../shared/gold/seeds/gold.json
//! ```
//!
//! Counts mentions by name, and descriptions, of `actor_mentions`, or the
//! sources of statements where a gold has none; pronouns and groups are left
//! out. A mention is `exact` if a name of that actor begins in it, `side` if
//! one of its side does, `wrong` if only names of others do, else `none`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use truce_model::Agreement;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [pack, gold] = args.as_slice() else {
        return Err("usage: coverage PACK-FOLDER GOLD.json".into());
    };
    let file = format!("{pack}/agreement.toml");
    let agreement = truce_pack::parse(&file, &std::fs::read_to_string(&file)?, None)
        .map_err(|errors| errors.iter().map(|it| format!("{it}\n")).collect::<String>())?;
    let names = Names::new(&agreement);
    let folder = Path::new(gold).parent().unwrap_or(Path::new("")).join("articles");
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(gold)?)?;

    let mut counts: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for article in gold["articles"].as_array().into_iter().flatten() {
        let of_other = article["agreement"].as_str().is_some_and(|it| it != agreement.id);
        if of_other {
            continue;
        }
        let name = article["file"].as_str().ok_or("an article has no file")?;
        let text: Vec<char> = std::fs::read_to_string(folder.join(name))?
            .chars()
            .map(|it| if it == '’' { '\'' } else { it })
            .collect();
        let found = names.find(&text);
        for mention in mentions(article) {
            let ids: BTreeSet<&str> = found[mention.start..mention.end].iter().flatten().copied().collect();
            let side_of = |id: &str| agreement.side_of(&id.into()).to_string();
            let verdict = if ids.contains(mention.actor.as_str()) {
                "exact"
            } else if ids.iter().any(|it| side_of(it) == mention.side) {
                "side"
            } else if ids.is_empty() {
                "none"
            } else {
                "wrong"
            };
            if matches!(verdict, "none" | "wrong") {
                let words: String = text[mention.start..mention.end].iter().collect();
                println!("{verdict} {name} {words:?}, which is {}", mention.actor);
            }
            *counts.entry((mention.kind, verdict)).or_default() += 1;
        }
    }
    for ((kind, verdict), count) in counts {
        println!("{kind:10} {verdict:6} {count}");
    }
    Ok(())
}

struct Mention {
    kind: String,
    start: usize,
    end: usize,
    actor: String,
    side: String,
}

fn mentions(article: &Value) -> Vec<Mention> {
    let word = |it: &Value| it.as_str().unwrap_or("").to_owned();
    let place = |it: &Value| it.as_u64().and_then(|it| usize::try_from(it).ok());
    let read = |it: &Value, kind: &str, start: &str, end: &str| {
        let actor = word(&it["actor"]);
        let side = it["side"].as_str().map_or(actor.clone(), str::to_owned);
        let (start, end) = (place(&it[start])?, place(&it[end])?);
        Some(Mention { kind: kind.to_owned(), start, end, actor, side })
    };
    match article["actor_mentions"].as_array() {
        Some(all) => all
            .iter()
            .filter(|it| matches!(word(&it["type"]).as_str(), "name" | "nominal"))
            .filter_map(|it| read(it, &word(&it["type"]), "start", "end"))
            .collect(),
        None => article["statements"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| read(it, "source", "source_start", "source_end"))
            .collect(),
    }
}

/// The names of a pack, longest first.
struct Names<'a> {
    all: Vec<(Vec<char>, &'a str)>,
}

impl<'a> Names<'a> {
    fn new(agreement: &'a Agreement) -> Names<'a> {
        let mut all: Vec<(Vec<char>, &str)> = agreement
            .actors
            .iter()
            .flat_map(|it| it.names.iter().map(move |name| (name.chars().collect(), it.id.as_str())))
            .collect();
        all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Names { all }
    }

    /// For each character the actor whose name covers it.
    fn find(&self, text: &[char]) -> Vec<Option<&'a str>> {
        let mut res = vec![None; text.len()];
        for (name, id) in &self.all {
            for at in 0..=text.len().saturating_sub(name.len()) {
                let end = at + name.len();
                let whole = (at == 0 || !text[at - 1].is_alphanumeric())
                    && (end == text.len() || !text[end].is_alphanumeric());
                if whole && res[at..end].iter().all(Option::is_none) && fits(name, &text[at..end]) {
                    res[at..end].fill(Some(*id));
                }
            }
        }
        res
    }
}

/// A capital in the name wants a capital; a small letter takes either.
fn fits(name: &[char], text: &[char]) -> bool {
    name.iter().zip(text).all(|(a, b)| {
        a == b
            || (a.is_lowercase() && b.to_lowercase().eq(a.to_lowercase()))
            || (*a == ' ' && b.is_whitespace())
    })
}
