//! `xtask train syntax`: builds `models/syntax.bin`.

use std::path::{Path, PathBuf};

use truce_syntax::conllu::Treebank;
use truce_syntax::train::{Plan, Tagged, train_tags, train_trees};
use truce_syntax::train_names::{Named, lists, read_columns, read_entities, score_names, train_names};

/// The value after `name` among `args`.
pub fn option<'a>(args: &[&'a str], name: &str) -> Option<&'a str> {
    args.iter().position(|it| *it == name).and_then(|it| args.get(it + 1)).copied()
}

fn number(args: &[&str], name: &str, otherwise: usize) -> Result<usize, String> {
    option(args, name).map_or(Ok(otherwise), |it| it.parse().map_err(|_| format!("{name} wants a number")))
}

/// Reads one CoNLL-U file.
pub fn treebank(path: &Path) -> Result<Treebank, String> {
    let text = std::fs::read_to_string(path).map_err(|it| format!("{}: {it}", path.display()))?;
    Treebank::read(&text).map_err(|it| format!("{}: {it}", path.display()))
}

/// Trains tagger, lemmas and parser.
pub fn syntax(args: &[&str]) -> Result<(), String> {
    let data = PathBuf::from(option(args, "--data").ok_or("--data FOLDER is missing")?);
    let out = PathBuf::from(option(args, "--out").unwrap_or("models/syntax.bin"));
    let banks = [
        treebank(&data.join("english-ewt/en_ewt-ud-train.conllu"))?,
        treebank(&data.join("english-gum-ccby/en_gum_ccby-ud-train.conllu"))?,
    ];
    let usual = Plan::default();
    let plan = Plan {
        tagger_passes: number(args, "--tagger-passes", usual.tagger_passes)?,
        parser_passes: number(args, "--parser-passes", usual.parser_passes)?,
        folds: number(args, "--folds", usual.folds)?,
        greedy_passes: number(args, "--greedy-passes", usual.greedy_passes)?,
        beam: number(args, "--beam", usual.beam)?,
    };
    let mut say = |line: &str| eprintln!("{line}");
    let check = option(args, "--check").map(|it| treebank(Path::new(it))).transpose()?;
    if let Some(model) = option(args, "--pack") {
        let bytes = std::fs::read(model).map_err(|it| format!("{model}: {it}"))?;
        let mut sections =
            truce_syntax::train::read_sections(Vec::leak(bytes)).map_err(|it| format!("{model}: {it}"))?;
        let noise = number(args, "--noise", 0)? as u8;
        let moves =
            sections.get("moves").map(|it| truce_syntax::train::pack_moves(it, noise)).unwrap_or_default();
        sections.insert("moves", moves);
        truce_syntax::train::thin(&mut sections);
        for (name, it) in &sections {
            eprintln!("{name}: {}", it.len());
        }
        let bytes = truce_syntax::train::write_sections(&sections);
        return std::fs::write(&out, bytes).map_err(|it| format!("{}: {it}", out.display()));
    }
    if let Some(model) = option(args, "--boundaries-into") {
        let bytes = std::fs::read(model).map_err(|it| format!("{model}: {it}"))?;
        let mut sections =
            truce_syntax::train::read_sections(Vec::leak(bytes)).map_err(|it| format!("{model}: {it}"))?;
        sections.insert("boundaries", truce_syntax::train::train_boundaries(&banks, &mut say));
        let bytes = truce_syntax::train::write_sections(&sections);
        return std::fs::write(&out, bytes).map_err(|it| format!("{}: {it}", out.display()));
    }
    if let Some(model) = option(args, "--names-into") {
        let bytes = std::fs::read(model).map_err(|it| format!("{model}: {it}"))?;
        let bytes: &'static [u8] = Vec::leak(bytes);
        let mut sections =
            truce_syntax::train::read_sections(bytes).map_err(|it| format!("{model}: {it}"))?;
        names(&mut sections, bytes, &data, &mut say)?;
        let bytes = truce_syntax::train::write_sections(&sections);
        return std::fs::write(&out, bytes).map_err(|it| format!("{}: {it}", out.display()));
    }
    // For trying things out: tags from an earlier run, and scores after each pass.
    let tagged = match option(args, "--tags") {
        Some(path) if Path::new(path).exists() => read_tags(path)?,
        path => {
            let tagged = train_tags(&banks, plan, check.as_ref(), &mut say);
            if let Some(path) = path {
                write_tags(path, &tagged)?;
            }
            tagged
        }
    };
    let keep = option(args, "--keep");
    let model = train_trees(&banks, plan, tagged, check.as_ref(), &mut |it| say(it), &mut |bytes| {
        if let Some(path) = keep {
            let _ = std::fs::write(path, bytes);
        }
    });
    let model: &'static [u8] = Vec::leak(model);
    let mut sections = truce_syntax::train::read_sections(model).map_err(|it| it.to_string())?;
    names(&mut sections, model, &data, &mut say)?;
    let model = truce_syntax::train::write_sections(&sections);
    std::fs::write(&out, &model).map_err(|it| format!("{}: {it}", out.display()))?;
    eprintln!("{}: {} bytes", out.display(), model.len());
    Ok(())
}

fn write_tags(path: &str, tagged: &Tagged) -> Result<(), String> {
    let mut sections = tagged.sections.clone();
    let mut bytes = Vec::new();
    for tags in &tagged.predicted {
        bytes.extend_from_slice(&(tags.len() as u16).to_le_bytes());
        bytes.extend_from_slice(tags);
    }
    sections.insert("predicted", bytes);
    std::fs::write(path, truce_syntax::train::write_sections(&sections)).map_err(|it| format!("{path}: {it}"))
}

fn read_tags(path: &str) -> Result<Tagged, String> {
    let bytes = std::fs::read(path).map_err(|it| format!("{path}: {it}"))?;
    let mut sections =
        truce_syntax::train::read_sections(Vec::leak(bytes)).map_err(|it| format!("{path}: {it}"))?;
    let packed = sections.remove("predicted").unwrap_or_default();
    let mut predicted = Vec::new();
    let mut rest = packed.as_slice();
    while let [low, high, tail @ ..] = rest {
        let size = usize::from(u16::from_le_bytes([*low, *high]));
        predicted.push(tail.get(..size).unwrap_or_default().to_vec());
        rest = tail.get(size..).unwrap_or_default();
    }
    Ok(Tagged { sections, predicted })
}

/// Of every so many sentences of WikiGold the last is kept for measuring.
const WIKIGOLD_PART: usize = 5;

/// Trains names on WikiGold (four fifths), UNER-EWT dev and GUM train, and
/// scores them on the last fifth, UNER-EWT test and re3d.
fn names(
    sections: &mut std::collections::BTreeMap<&'static str, Vec<u8>>,
    model: &'static [u8],
    data: &Path,
    say: &mut dyn FnMut(&str),
) -> Result<(), String> {
    let text = |path: &str| {
        let path = data.join(path);
        std::fs::read_to_string(&path).map_err(|it| format!("{}: {it}", path.display()))
    };
    let without_others = |mut it: Vec<Named>| {
        it.iter_mut().for_each(|it| it.others_marked = false);
        it
    };
    let wikigold = read_columns(&text("../names/wikigold/CONLL-format/data/wikigold.conll.txt")?, ' ', 0, 1);
    let cut = wikigold.len() - wikigold.len() / WIKIGOLD_PART;
    let mut training = wikigold[..cut].to_vec();
    training.extend(without_others(read_columns(&text("../names/uner_ewt/en_ewt-ud-dev.iob2")?, '\t', 1, 2)));
    training.extend(read_entities(&treebank(&data.join("english-gum-ccby/en_gum_ccby-ud-train.conllu"))?));
    let tests = [
        ("wikigold, last fifth", wikigold[cut..].to_vec()),
        (
            "uner-ewt test",
            without_others(read_columns(&text("../names/uner_ewt/en_ewt-ud-test.iob2")?, '\t', 1, 2)),
        ),
        (
            "re3d train",
            read_columns(&text("../names/re3d/CONLL-format/data/train/re3d-train.conll")?, '\t', 0, 1),
        ),
    ];
    let parts = truce_syntax::Parts::open(model).map_err(|it| it.to_string())?;
    let lists = lists();
    let table = truce_syntax::Table::open(&lists).ok_or("lists")?;
    for plain in [true, false] {
        let weights = train_names(&parts, &lists, &training, plain, say);
        let found = truce_syntax::Table::open(&weights).ok_or("names")?;
        for (name, gold) in &tests {
            let it = score_names(&parts, &found, &table, gold, plain);
            let kinds: Vec<String> = truce_syntax::NameKind::ALL
                .iter()
                .map(|kind| format!("{kind:?} {:.4} of {}", it.f1_of(*kind), it.gold[*kind as usize]))
                .collect();
            let which = if plain { "baseline" } else { "names" };
            say(&format!(
                "{which} on {name}: F1 {:.4} spans {:.4} ({})",
                it.f1(),
                it.span_f1(),
                kinds.join(", ")
            ));
        }
        sections.insert("names", weights);
    }
    sections.insert("lists", lists);
    Ok(())
}
