//! Tokens with offsets, after the Universal Dependencies English guidelines.

use crate::Span;

/// Splits one sentence (or any stretch of text) into tokens.
///
/// `base` is the byte offset of `text` in the article; spans come out shifted
/// by it. Never fails: what is no word is a token of its own.
pub fn tokenize(text: &str, base: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    for (at, ch) in text.char_indices() {
        let inside = ch.is_alphanumeric() || ch == '-' || ch == '\'' || ch == '’' || ch == '.';
        if inside {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            out.push(Span::new(base + from, base + at));
        }
        if !ch.is_whitespace() {
            out.push(Span::new(base + at, base + at + ch.len_utf8()));
        }
    }
    if let Some(from) = start {
        out.push(Span::new(base + from, base + text.len()));
    }
    out
}
