//! Words in a form in which two prints of one text are equal, each with the
//! bytes it stands for.
//!
//! ## Reads
//! Any text. Curly and straight quotation marks, ligatures, no-break spaces,
//! soft hyphens, accents, HTML entities left in plain text, `cease-fire`,
//! `U.S.`, `-ise`, `2,600`, and the names that a pack says are printed two ways.
//!
//! ## Matters because
//! Reuse is found on these words and shown on the original bytes; a
//! normalisation that cannot be undone would show words that nobody printed.
//!
//! ## Example
//! `The U.S.’s cease-fire` and `the US ceasefire` are the same words.
//!
//! ## Misses
//! `air strike` and `airstrike` are two words and one; whoever compares joins
//! them (see [`joined`]). Word order and inflection are kept apart on purpose.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::Span;
use crate::spelling::{Fold, is_function_word, key};

/// A word as it is compared, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Equal for words that count as the same.
    pub key: u64,
    /// The bytes, without surrounding punctuation.
    pub span: Span,
    /// Whether it carries grammar rather than matter.
    pub function: bool,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it is a figure: begins with a digit.
    pub figure: bool,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

/// Names that are printed two ways, as a pack gives them.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// First key of a name, to the rest of it and the key of its group;
    /// longest first.
    by_first: BTreeMap<u64, Vec<(Vec<u64>, u64)>>,
}

impl Names {
    /// Groups of names, each printed for one thing.
    pub fn new(groups: &[Vec<String>]) -> Names {
        let mut out = Names::default();
        for group in groups {
            let keys: Vec<Vec<u64>> = group
                .iter()
                .map(|name| plain_words(name, 0).iter().map(|it| it.key).collect())
                .filter(|it: &Vec<u64>| !it.is_empty())
                .collect();
            let Some(first) = keys.iter().min() else { continue };
            let group_key = first.iter().fold(Fold::new(), |it, key| it.number(*key)).finish();
            for name in keys {
                let entry = out.by_first.entry(name[0]).or_default();
                // A name in two groups belongs to the one listed first.
                if entry.iter().all(|it| it.0 != name[1..]) {
                    entry.push((name[1..].to_vec(), group_key));
                }
            }
        }
        for names in out.by_first.values_mut() {
            names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
        out
    }

    fn join(&self, words: Vec<Word>) -> Vec<Word> {
        if self.by_first.is_empty() {
            return words;
        }
        let mut out = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            let name = self.by_first.get(&words[at].key).and_then(|names| {
                names.iter().find(|(rest, _)| {
                    rest.iter()
                        .enumerate()
                        .all(|(n, key)| words.get(at + 1 + n).is_some_and(|it| it.key == *key))
                })
            });
            match name {
                // A name is printed with a capital letter; "may" is no month.
                Some((rest, group)) if words[at].capital => {
                    let last = words[at + rest.len()];
                    out.push(Word {
                        key: *group,
                        span: words[at].span.cover(last.span),
                        function: false,
                        ..words[at]
                    });
                    at += rest.len() + 1;
                }
                _ => {
                    out.push(words[at]);
                    at += 1;
                }
            }
        }
        out
    }
}

/// The words of `text`; `base` is its byte offset in the article.
pub fn words(text: &str, base: usize, names: &Names) -> Vec<Word> {
    let mut out = plain_words(text, base);
    let mut marks = quotations(text).into_iter().map(|it| it.shifted(base)).peekable();
    for word in &mut out {
        while marks.peek().is_some_and(|it| it.end <= word.span.start) {
            marks.next();
        }
        word.quoted = marks.peek().is_some_and(|it| it.start <= word.span.start);
    }
    names.join(out)
}

/// One character as it is compared, with the bytes it was made from.
struct Char {
    char: char,
    end: usize,
}

/// Reads the character at `at`, an HTML entity as the character it names.
#[inline]
fn char_at(text: &str, at: usize) -> Option<Char> {
    let byte = *text.as_bytes().get(at)?;
    if byte == b'&' {
        if let Some(it) = entity(&text[at..]) {
            return Some(Char { char: it.0, end: at + it.1 });
        }
        return Some(Char { char: '&', end: at + 1 });
    }
    if byte < 0x80 {
        return Some(Char { char: byte as char, end: at + 1 });
    }
    let char = text[at..].chars().next()?;
    Some(Char { char, end: at + char.len_utf8() })
}

/// The HTML entities that are met in plain text.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|it| it == b';')?;
    let name = text.get(1..end)?;
    let char = match name {
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => '\u{A0}',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "shy" => '\u{AD}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((char, end + 1))
}

fn is_invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’' | '‘' | 'ʼ' | '`')
}

fn is_hyphen(char: char) -> bool {
    matches!(char, '-' | '\u{2010}' | '\u{2011}')
}

/// Scripts that print no spaces between words: every character is a word.
fn is_unspaced(char: char) -> bool {
    matches!(char, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Words without quotation marks and names.
fn plain_words(text: &str, base: usize) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6 + 1);
    let mut normal: Vec<u8> = Vec::with_capacity(32);
    let mut at = 0;
    while let Some(first) = char_at(text, at) {
        if first.char == '%' {
            let key = key(&mut b"percent".to_vec());
            out.push(Word {
                key,
                span: Span::new(base + at, base + first.end),
                function: false,
                capital: false,
                figure: false,
                quoted: false,
            });
        }
        if !first.char.is_alphanumeric() {
            at = first.end;
            continue;
        }
        let start = at;
        normal.clear();
        push(&mut normal, first.char);
        at = first.end;
        let mut last = first.char;
        let mut letters = 1; // Since the last full stop or the start.
        let mut possessive = None; // Where the word ends without its 's.
        while !is_unspaced(first.char) {
            let Some(next) = char_at(text, at) else { break };
            if is_invisible(next.char) {
                at = next.end;
                continue;
            }
            if next.char.is_alphanumeric() {
                if is_unspaced(next.char) {
                    break;
                }
                push(&mut normal, next.char);
                letters += 1;
                last = next.char;
                at = next.end;
                continue;
            }
            let after = char_at(text, next.end).filter(|it| it.char.is_alphanumeric());
            let Some(after) = after else {
                // The stop that ends `U.S.` belongs to the word.
                if next.char == '.' && letters == 1 && last.is_alphabetic() && normal.len() > 1 {
                    at = next.end;
                    letters = 0;
                    continue;
                }
                break;
            };
            let joins = match next.char {
                // `2,600-km` is a number and a unit, printed apart elsewhere.
                it if is_hyphen(it) => !last.is_numeric() || after.char.is_numeric(),
                it if is_apostrophe(it) => {
                    if matches!(after.char, 's' | 'S')
                        && !char_at(text, after.end).is_some_and(|it| it.char.is_alphanumeric())
                    {
                        possessive = Some((at, normal.len()));
                    }
                    true
                }
                '.' => {
                    let digits = last.is_ascii_digit() && after.char.is_ascii_digit();
                    if digits {
                        normal.push(b'.');
                    }
                    digits || (letters == 1 && last.is_alphabetic())
                }
                ',' => last.is_ascii_digit() && after.char.is_ascii_digit(),
                _ => false,
            };
            if !joins {
                break;
            }
            letters = 0;
            at = next.end;
        }
        let mut end = at;
        if let Some((without, long)) = possessive {
            normal.truncate(long);
            end = end.max(without);
        }
        if normal.is_empty() {
            continue;
        }
        let key = key(&mut normal);
        out.push(Word {
            key,
            span: Span::new(base + start, base + end),
            function: is_function_word(key),
            capital: first.char.is_uppercase(),
            figure: first.char.is_ascii_digit(),
            quoted: false,
        });
    }
    out
}

/// Adds a character in lower case, without accents and ligatures.
#[inline]
fn push(normal: &mut Vec<u8>, char: char) {
    if char.is_ascii() {
        normal.push(char.to_ascii_lowercase() as u8);
        return;
    }
    for it in char.to_lowercase().nfkd() {
        let plain = match it {
            '\u{300}'..='\u{36F}' => continue,
            'ß' => "ss",
            'ø' => "o",
            'ł' => "l",
            'đ' | 'ð' => "d",
            'ı' => "i",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            'ə' => "e",
            _ => {
                let mut room = [0; 4];
                normal.extend_from_slice(it.encode_utf8(&mut room).as_bytes());
                continue;
            }
        };
        normal.extend_from_slice(plain.as_bytes());
    }
}

/// The normal form of one word in letters, for comparing spellings.
pub fn letters(word: &str) -> String {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(it) = char_at(word, at) {
        if it.char.is_alphanumeric() {
            push(&mut out, it.char);
        }
        at = it.end;
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Whether two stretches are the same letters however they are divided into
/// words and spelled: `air strike` and `airstrike`.
pub fn joined(a: &str, b: &str) -> bool {
    let key = |it: &str| key(&mut letters(it).into_bytes());
    key(a) == key(b)
}

/// Where `text` stands inside quotation marks; the marks are part of a span.
///
/// A quotation that is not closed ends with its paragraph.
pub fn quotations(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = '\n';
    let mut at = 0;
    while let Some(it) = char_at(text, at) {
        let after = char_at(text, it.end).map_or('\n', |it| it.char);
        let opens = !before.is_alphanumeric()
            && !matches!(before, '.' | ',' | '!' | '?' | ';' | '…')
            && !after.is_whitespace();
        match (it.char, open) {
            ('\n', Some((start, mark))) if after == '\n' || after == ' ' => {
                if !is_apostrophe(mark) {
                    out.push(Span::new(start, at));
                }
                open = None;
            }
            ('“' | '«' | '„', None) => open = Some((at, it.char)),
            ('“', Some((start, '„')))
            | ('”', Some((start, '“' | '„' | '"')))
            | ('»', Some((start, '«')))
            | ('"', Some((start, '"' | '“'))) => {
                out.push(Span::new(start, it.end));
                open = None;
            }
            ('"', None) if opens => open = Some((at, '"')),
            ('‘', None) if opens => open = Some((at, '‘')),
            ('\'', None) if opens && closes_later(text, it.end) => open = Some((at, '\'')),
            ('’', Some((start, '‘'))) | ('\'', Some((start, '\''))) if !after.is_alphanumeric() => {
                // "the sides’ troops" inside a quotation does not end it.
                let ends = !before.is_alphanumeric() || before != 's' || !closes_later(text, it.end);
                if ends {
                    out.push(Span::new(start, it.end));
                    open = None;
                }
            }
            _ => {}
        }
        before = it.char;
        at = it.end;
    }
    if let Some((start, mark)) = open
        && !is_apostrophe(mark)
    {
        out.push(Span::new(start, text.len()));
    }
    out
}

/// Looks this many bytes ahead for the mark that closes a single quotation.
const SINGLE_QUOTATION_BYTES_MAX: usize = 600;

/// Whether a single mark that can close follows before the next that opens.
fn closes_later(text: &str, from: usize) -> bool {
    let mut before = ' ';
    let mut at = from;
    while let Some(it) = char_at(text, at) {
        if at - from > SINGLE_QUOTATION_BYTES_MAX {
            return false;
        }
        let after = char_at(text, it.end).map_or('\n', |it| it.char);
        match it.char {
            '\n' if after == '\n' => return false,
            '\'' | '’' if !before.is_whitespace() && !after.is_alphanumeric() => return true,
            '\'' | '‘' if before.is_whitespace() && after.is_alphanumeric() => return false,
            _ => {}
        }
        before = it.char;
        at = it.end;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Names, joined, quotations, words};

    fn keys(text: &str) -> Vec<u64> {
        words(text, 0, &Names::default()).iter().map(|it| it.key).collect()
    }

    #[test]
    fn two_prints_of_one_text() {
        for (a, b) in [
            ("The U.S. has said", "the US has said"),
            ("the U.N. envoy’s cease-fire", "the UN envoy's ceasefire"),
            ("recognised as part", "recognized\u{A0}as part"),
            ("2,600-km frontier", "2600-kilometer frontier"),
            ("News &amp; politics &#8220;now&#8221;", "News & politics “now”"),
            ("the oﬃce in Türkiye", "the office in Turkiye"),
            ("cease\u{AD}fire", "ceasefire"),
            ("a week-long truce", "a weeklong truce"),
            ("15% of", "15 percent of"),
        ] {
            assert_eq!(keys(a), keys(b), "{a} / {b}");
        }
        assert_ne!(keys("3.5 km"), keys("35 km"));
        assert!(joined("air strike", "airstrike"));
    }

    #[test]
    fn spans_are_the_words() {
        let text = "“The U.S.’s cease-fire,” he said… &amp; left.";
        let spans: Vec<&str> =
            words(text, 0, &Names::default()).iter().filter_map(|it| it.span.of(text)).collect();
        assert_eq!(spans, ["The", "U.S.’s", "cease-fire", "he", "said", "left"]);
    }

    #[test]
    fn names_of_the_pack_are_one_word() {
        let names = Names::new(&[vec!["Alder Pass".into(), "Ellerpass".into(), "the Pass".into()]]);
        let a = words("shelling of Alder Pass today", 0, &names);
        let b = words("shelling of Ellerpass today", 0, &names);
        assert!(a.iter().map(|it| it.key).eq(b.iter().map(|it| it.key)));
        assert_eq!(a.len(), 4);
    }

    #[test]
    fn quotation_marks_of_all_kinds() {
        let check = |text: &str, want: &[&str]| {
            let got: Vec<&str> = quotations(text).iter().filter_map(|it| it.of(text)).collect();
            assert_eq!(got, want, "{text}");
        };
        check(r#"He said "no" and "yes," twice."#, &[r#""no""#, r#""yes,""#]);
        check("He said “no” and ‘it is Northland’s road,’ twice.", &["“no”", "‘it is Northland’s road,’"]);
        check("Northland’s army and the sides’ guns", &[]);
        check("'We will hold,' it said. Don't ask.", &["'We will hold,'"]);
        check("“One paragraph.\n\nAnother.", &["“One paragraph."]);
    }
}
