//! Words as WordprocessingML runs.

use crate::say::is_noncharacter;

/// The namespace of the document's elements.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Escapes for text and attributes; what XML 1.0 forbids becomes U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if ch.is_control() || is_noncharacter(ch) => out.push('\u{FFFD}'),
            _ => out.push(ch),
        }
    }
    out
}

/// Whether a character is written from right to left.
pub(super) fn right_to_left(ch: char) -> bool {
    matches!(u32::from(ch), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// A run of words with `properties` (elements of `w:rPr`). Words from right
/// to left are marked, as Word asks for.
pub(super) fn run(text: &str, properties: &str) -> String {
    let mut out = String::new();
    for (piece, rtl) in pieces(text) {
        let rtl = if rtl { "<w:rtl/>" } else { "" };
        let properties = if properties.is_empty() && rtl.is_empty() {
            String::new()
        } else {
            format!("<w:rPr>{properties}{rtl}</w:rPr>")
        };
        out += &format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(piece));
    }
    out
}

/// Words from outside, isolated where their direction could reorder what
/// stands beside them.
pub(super) fn isolated(text: &str, properties: &str) -> String {
    let turns = |ch: char| {
        right_to_left(ch)
            || matches!(ch, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(turns) {
        run(&format!("\u{2068}{text}\u{2069}"), properties)
    } else {
        run(text, properties)
    }
}

/// Cuts where the direction of letters changes; digits, spaces and marks go
/// with what stands before them.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let (mut from, mut rtl) = (0, false);
    for (at, ch) in text.char_indices() {
        let turned = if right_to_left(ch) { !rtl } else { rtl && ch.is_alphabetic() };
        if turned {
            if at > from {
                out.push((&text[from..at], rtl));
            }
            (from, rtl) = (at, !rtl);
        }
    }
    if from < text.len() {
        out.push((&text[from..], rtl));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_kept_apart() {
        assert_eq!(pieces("abc"), [("abc", false)]);
        assert_eq!(pieces("a שלום 5 b"), [("a ", false), ("שלום 5 ", true), ("b", false)]);
        assert!(run("שלום", "<w:b/>").contains("<w:rPr><w:b/><w:rtl/></w:rPr>"));
    }

    #[test]
    fn what_xml_forbids_is_replaced() {
        assert_eq!(escape("a\u{1}<&\"\u{FFFE}"), "a\u{FFFD}&lt;&amp;&quot;\u{FFFD}");
    }
}
