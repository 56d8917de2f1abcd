//! Writes the sentences that names are trained and measured on as columns
//! (word, label, whether other names are marked), for peers to train on the
//! same split: `cargo run -p truce-syntax --example columns -- EVALUATION_FOLDER OUT_FOLDER`;
//! see `benches/syntax-peers/crf.py`.

use std::fmt::Write as _;
use std::path::Path;

use truce_syntax::conllu::Treebank;
use truce_syntax::train_names::{Named, read_columns, read_entities};

const LABELS: [&str; 9] = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"];

fn write(path: &Path, sentences: &[Named]) -> std::io::Result<()> {
    let mut out = String::new();
    for sentence in sentences {
        for (form, label) in sentence.forms.iter().zip(&sentence.labels) {
            let label = LABELS[usize::from(*label)];
            let _ = writeln!(out, "{form}\t{label}\t{}", u8::from(sentence.others_marked));
        }
        out.push('\n');
    }
    std::fs::write(path, out)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(data), Some(out)) = (args.next(), args.next()) else {
        return Err("EVALUATION_FOLDER OUT_FOLDER".into());
    };
    let (data, out) = (Path::new(&data), Path::new(&out));
    let text = |path: &str| std::fs::read_to_string(data.join(path));
    let unmarked = |mut it: Vec<Named>| {
        it.iter_mut().for_each(|it| it.others_marked = false);
        it
    };
    let wikigold = read_columns(&text("names/wikigold/CONLL-format/data/wikigold.conll.txt")?, ' ', 0, 1);
    let cut = wikigold.len() - wikigold.len() / 5;
    let uner = |part: &str| -> std::io::Result<Vec<Named>> {
        let text = text(&format!("names/uner_ewt/en_ewt-ud-{part}.iob2"))?;
        Ok(unmarked(read_columns(&text, '\t', 1, 2)))
    };
    let gum = Treebank::read(&text("ud/english-gum-ccby/en_gum_ccby-ud-train.conllu")?)?;
    let mut all = wikigold[..cut].to_vec();
    all.extend(uner("dev")?);
    all.extend(read_entities(&gum));
    let re3d = read_columns(&text("names/re3d/CONLL-format/data/train/re3d-train.conll")?, '\t', 0, 1);
    write(&out.join("wg_train.tsv"), &wikigold[..cut])?;
    write(&out.join("wg_test.tsv"), &wikigold[cut..])?;
    write(&out.join("all_train.tsv"), &all)?;
    write(&out.join("un_test.tsv"), &uner("test")?)?;
    write(&out.join("re_test.tsv"), &re3d)?;
    Ok(())
}
