//! Where the parser errs: by relation, by length of the sentence, and the
//! worst sentences of a treebank.
//!
//! `cargo run --release -p truce-syntax --example errors -- [--only PREFIX]
//! [--worst N] [--trees] FILE.conllu…`. Gold sentences and words are given, so
//! that what is counted is the parser's doing. `--only GUM_news` keeps the
//! sentences whose id begins so, and scores them from raw text as well.
//! `--trees` prints the worst sentences word by word.

use std::collections::BTreeMap;

use truce_syntax::conllu::{TreeSentence, Treebank};
use truce_syntax::{Analysis, Engine, score};

/// Right, in the gold, found.
#[derive(Clone, Copy, Default)]
struct Count {
    right: u32,
    head: u32,
    gold: u32,
    found: u32,
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

fn base(deprel: &str) -> &str {
    deprel.split(':').next().unwrap_or(deprel)
}

/// Words whose head and relation are right, of one sentence.
fn right(sentence: &TreeSentence, found: &Analysis) -> Vec<(bool, bool)> {
    sentence
        .words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let head = word.head.checked_sub(1).map(|it| it as u32) == found.heads[at];
            (head, base(&word.deprel) == found.deprels[at].base())
        })
        .collect()
}

/// Upper ends of the classes of length.
const LENGTHS: [usize; 6] = [5, 10, 20, 30, 40, usize::MAX];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut only, mut worst, mut trees, mut files) = (None, 0usize, false, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(it) = args.next() {
        match it.as_str() {
            "--only" => only = args.next(),
            "--worst" => worst = args.next().unwrap_or_default().parse()?,
            "--trees" => trees = true,
            _ => files.push(it),
        }
    }
    let engine = Engine::embedded();
    for path in files {
        let mut bank = Treebank::read(&std::fs::read_to_string(&path)?)?;
        if let Some(only) = &only {
            bank.sentences.retain(|it| it.id.starts_with(only.as_str()));
            let it = score::from_raw(engine, &bank);
            println!(
                "{only} from raw text: sentences {:.3} tokens {:.3} words {:.3} upos {:.3} lemma {:.3} uas {:.3} las {:.3} clas {:.3}",
                it.sentences, it.tokens, it.words, it.upos, it.lemma, it.uas, it.las, it.clas
            );
        }
        let mut relations: BTreeMap<String, Count> = BTreeMap::new();
        let mut lengths = [(0u32, Count::default()); LENGTHS.len()];
        let mut ranking: Vec<(u32, usize)> = Vec::new();
        let mut parsed = Vec::with_capacity(bank.sentences.len());
        for (number, sentence) in bank.sentences.iter().enumerate() {
            let forms: Vec<&str> = sentence.words.iter().map(|it| it.form.as_str()).collect();
            let found = engine.parts().analyse(&forms);
            let mut wrong = 0;
            let class = LENGTHS.iter().position(|it| forms.len() <= *it).unwrap_or(0);
            lengths[class].0 += 1;
            for (at, (head, label)) in right(sentence, &found).into_iter().enumerate() {
                let gold = relations.entry(base(&sentence.words[at].deprel).to_owned()).or_default();
                gold.gold += 1;
                gold.head += u32::from(head);
                gold.right += u32::from(head && label);
                relations.entry(found.deprels[at].base().to_owned()).or_default().found += 1;
                lengths[class].1.gold += 1;
                lengths[class].1.head += u32::from(head);
                lengths[class].1.right += u32::from(head && label);
                wrong += u32::from(!(head && label));
            }
            ranking.push((wrong, number));
            parsed.push(found);
        }
        println!("{path}: {} sentences", bank.sentences.len());
        println!("| words in the sentence | sentences | words | UAS | LAS |\n|---|---|---|---|---|");
        for (at, (count, it)) in lengths.iter().enumerate() {
            let from = at.checked_sub(1).map_or(1, |it| LENGTHS[it] + 1);
            let to = if LENGTHS[at] == usize::MAX { "…".to_owned() } else { LENGTHS[at].to_string() };
            let (uas, las) = (share(it.head, it.gold), share(it.right, it.gold));
            println!("| {from}–{to} | {count} | {} | {uas:.3} | {las:.3} |", it.gold);
        }
        println!(
            "| relation | in the gold | head right | precision | recall | F1 |\n|---|---|---|---|---|---|"
        );
        let mut rows: Vec<_> = relations.into_iter().collect();
        rows.sort_by_key(|(name, it)| (std::cmp::Reverse(it.gold), name.clone()));
        for (name, it) in rows {
            println!(
                "| {name} | {} | {:.3} | {:.3} | {:.3} | {:.3} |",
                it.gold,
                share(it.head, it.gold),
                share(it.right, it.found),
                share(it.right, it.gold),
                share(2 * it.right, it.gold + it.found)
            );
        }
        ranking.sort_by_key(|(wrong, number)| (std::cmp::Reverse(*wrong), *number));
        for (wrong, number) in ranking.into_iter().take(worst) {
            let (sentence, found) = (&bank.sentences[number], &parsed[number]);
            println!("{}: {wrong} of {} words wrong", sentence.id, sentence.words.len());
            if !trees {
                continue;
            }
            for (at, (head, label)) in right(sentence, found).into_iter().enumerate() {
                let word = &sentence.words[at];
                let it = found.heads[at].map_or(0, |it| it + 1);
                println!(
                    "{} {:>3} {:<16} {:<5} {:<5} gold {:>3} {:<12} found {it:>3} {}",
                    if head && label { " " } else { "!" },
                    at + 1,
                    word.form,
                    word.upos,
                    found.upos[at].as_str(),
                    word.head,
                    word.deprel,
                    found.deprels[at].as_str(),
                );
            }
        }
    }
    Ok(())
}
