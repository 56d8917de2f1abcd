//! Sentences of an article as they are compared.

use truce_model::{Article, Problem, SegmentKind, Span};
use truce_text::normalise::{Names, Word, words};
use truce_text::spelling::Fold;

/// Sentences of one article beyond this number are not traced.
pub const ARTICLE_SENTENCES_MAX: usize = 5_000;

/// One sentence that may be linked.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Number of the article in the input.
    pub article: usize,
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub words: Vec<Word>,
    /// Equal for sentences with the same words.
    pub hash: u64,
    /// How many words carry matter.
    pub content: usize,
    /// Whether it is a headline or subhead.
    pub head: bool,
}

/// The sentences of `article` that may be linked: those of headline, subhead
/// and body. Teasers, captions, credits and navigation never link.
pub fn units(article: &Article, number: usize, names: &Names, problems: &mut Vec<Problem>) -> Vec<Unit> {
    let mut out = Vec::new();
    for segment in article.readable() {
        let Some(text) = segment.span.of(&article.text) else { continue };
        let base = segment.span.start as usize;
        let all = words(text, base, names);
        let mut next = 0;
        for span in truce_text::sentences::split(text, base) {
            while next < all.len() && all[next].span.start < span.start {
                next += 1;
            }
            let first = next;
            while next < all.len() && all[next].span.start < span.end {
                next += 1;
            }
            let own = &all[first..next];
            if own.is_empty() {
                continue;
            }
            if out.len() == ARTICLE_SENTENCES_MAX {
                problems.push(Problem {
                    article: Some(article.id.clone()),
                    stage: "trace",
                    what: format!(
                        "more than {ARTICLE_SENTENCES_MAX} sentences; the rest was not compared with other articles"
                    ),
                    span: Some(span),
                });
                return out;
            }
            out.push(Unit {
                article: number,
                span,
                words: own.to_vec(),
                hash: own.iter().fold(Fold::new(), |it, word| it.number(word.key)).finish(),
                content: own.iter().filter(|it| !it.function).count(),
                head: segment.kind != SegmentKind::Body,
            });
        }
    }
    out
}
