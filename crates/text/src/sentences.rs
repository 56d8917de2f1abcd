//! Sentence boundaries.

use crate::Span;

/// Splits `text` into sentences; `base` is its byte offset in the article.
pub fn split(text: &str, base: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, ch) in text.char_indices() {
        let end = at + ch.len_utf8();
        let stop = match ch {
            '\n' => true,
            '.' | '!' | '?' => bytes.get(end).is_none_or(|it| it.is_ascii_whitespace()),
            _ => false,
        };
        if stop {
            let span = Span::new(start, end).trimmed(text);
            if !span.is_empty() {
                out.push(span.shifted(base));
            }
            start = end;
        }
    }
    let span = Span::new(start, text.len()).trimmed(text);
    if !span.is_empty() {
        out.push(span.shifted(base));
    }
    out
}
