//! Sentences, tokens, tags, lemmas and trees by the measures of the CoNLL 2018
//! shared task, and names by span F1.

use serde_json::{Value, json};
use truce_syntax::conllu::{BadLine, Treebank};
use truce_syntax::score::{self, NameScore, Scores};
use truce_syntax::train_names::{read_columns, score_names};
use truce_syntax::{Engine, Sentence};

/// Scores the embedded engine on a CoNLL-U file's raw text, or with
/// `gold_tokens` on its own sentences and words. The caller measures time.
///
/// # Errors
/// If the text is no CoNLL-U.
pub fn scores(conllu: &str, gold_tokens: bool) -> Result<Scores, BadLine> {
    let bank = Treebank::read(conllu)?;
    let engine = Engine::embedded();
    Ok(if gold_tokens {
        score::from_gold_tokens(engine.parts(), &bank)
    } else {
        score::from_raw(engine, &bank)
    })
}

/// The raw text of a CoNLL-U file, for measuring speed.
///
/// # Errors
/// If the text is no CoNLL-U.
pub fn raw_text(conllu: &str) -> Result<String, BadLine> {
    Ok(Treebank::read(conllu)?.raw_text().text)
}

/// Number of words in parsed sentences.
pub fn words(sentences: &[Sentence]) -> usize {
    sentences.iter().map(|it| it.tokens.len()).sum()
}

/// Whether `field` is a label of a word: `O`, `B-PER`.
fn is_label(field: &str) -> bool {
    field == "O" || field.starts_with("B-") || field.starts_with("I-")
}

/// Where words and labels stand in a file with one word per line: the
/// separator and the two columns; `None` if no line has a label after a word.
fn columns(text: &str) -> Option<(char, usize, usize)> {
    let lines = || text.lines().filter(|it| !it.starts_with("# "));
    let split = if lines().any(|it| it.contains('\t')) { '\t' } else { ' ' };
    lines().find_map(|line| {
        let fields: Vec<&str> = line.split(split).collect();
        let label = (1..fields.len()).find(|it| is_label(fields[*it]))?;
        Some((split, label - 1, label))
    })
}

/// Scores names of the embedded engine on a file with one word and its label
/// per line, tokens given. Where no name of another kind than person,
/// organisation and place is marked, those found do not count.
pub fn names(text: &str, last_fifth: bool) -> Option<NameScore> {
    let (split, word, label) = columns(text)?;
    let mut gold = read_columns(text, split, word, label);
    let others = truce_syntax::NameKind::Other as usize;
    let parts = Engine::embedded().parts();
    let (weights, lists) = (parts.names.as_ref()?, parts.lists.as_ref()?);
    if last_fifth {
        gold.drain(..gold.len() - gold.len() / 5);
    }
    let found = score_names(parts, weights, lists, &gold, false);
    if found.gold[others] > 0 {
        return Some(found);
    }
    gold.iter_mut().for_each(|it| it.others_marked = false);
    Some(score_names(parts, weights, lists, &gold, false))
}

/// The fields that `trucewatch eval syntax --json` prints.
pub fn json(scores: &Scores, words_per_second: f64) -> Value {
    json!({
        "sentences_f1": scores.sentences,
        "tokens_f1": scores.tokens,
        "words_f1": scores.words,
        "upos": scores.upos,
        "lemma": scores.lemma,
        "uas": scores.uas,
        "las": scores.las,
        "clas": scores.clas,
        "words_per_second": words_per_second,
    })
}

#[cfg(test)]
mod tests {
    use super::{json, names, scores};

    const BANK: &str = "# text = It rains.\n\
        1\tIt\tit\tPRON\tPRP\t_\t2\texpl\t_\t_\n\
        2\trains\train\tVERB\tVBZ\t_\t0\troot\t_\tSpaceAfter=No\n\
        3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

    #[test]
    fn names_in_columns() {
        let text = "He O\nmet O\nJohn B-PER\nSmith I-PER\n. O\n\nHe O\nleft O\nLondon B-LOC\n. O\n";
        let all = names(text, false).unwrap();
        assert_eq!(all.gold, [1, 0, 1, 0]);
        let with_number = "1\tHe\tO\n2\tmet\tO\n3\tJohn\tB-PER\n4\tSmith\tI-PER\n";
        assert_eq!(names(with_number, false).unwrap().gold, [1, 0, 0, 0]);
        assert_eq!(names(text, true).unwrap().gold, [0; 4]);
        assert!(names("He met them", false).is_none());
    }

    #[test]
    fn fields() {
        let it = scores(BANK, false).unwrap();
        assert!((it.words - 1.0).abs() < 1e-9);
        assert!((scores(BANK, true).unwrap().tokens - 1.0).abs() < 1e-9);
        let value = json(&it, 1.0);
        for name in ["sentences_f1", "tokens_f1", "words_f1", "upos", "lemma", "uas", "las", "clas"] {
            assert!(value[name].is_f64(), "{name}");
        }
        assert!(scores("1\tIt\n", false).is_err());
    }
}
