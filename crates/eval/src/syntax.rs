//! Sentences, tokens, tags, lemmas and trees by the measures of the CoNLL 2018
//! shared task, and names by span F1.

use serde_json::{Value, json};
use truce_syntax::conllu::{BadLine, Treebank};
use truce_syntax::score::{self, Scores};
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
    use super::{json, scores};

    const BANK: &str = "# text = It rains.\n\
        1\tIt\tit\tPRON\tPRP\t_\t2\texpl\t_\t_\n\
        2\trains\train\tVERB\tVBZ\t_\t0\troot\t_\tSpaceAfter=No\n\
        3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

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
