//! Words of a text as names see them.

use truce_model::Span;

use crate::fold::fold_into;

/// One word: letters, digits, inner apostrophes and the points of initials.
#[derive(Clone, Debug)]
pub struct Word<'t> {
    /// Where, in the article.
    pub span: Span,
    /// As written.
    pub text: &'t str,
    /// Folded.
    pub key: String,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it opens a sentence or a line.
    pub opens: bool,
    /// The mark before it, if one stands between it and the word before
    /// (`-` only where joined); `' '` for none.
    pub before: char,
    /// Whether a possessive follows.
    pub possessive: bool,
}

/// Splits `text` into words; `base` is its place in the article.
pub fn words(text: &str, base: usize) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::with_capacity(text.len() / 6 + 1);
    let mut chars = text.char_indices().peekable();
    let mut before = '\n';
    let mut opens = true;
    let mut spaced = true;
    while let Some((start, ch)) = chars.next() {
        if !ch.is_alphanumeric() {
            match ch {
                '\n' => {
                    before = '\n';
                    opens = true;
                    spaced = true;
                }
                _ if ch.is_whitespace() => {
                    spaced = true;
                    if before == '-' {
                        before = '—';
                    }
                }
                // A quotation mark opens a sentence of its own.
                '"' | '“' | '”' | '«' | '»' => before = '"',
                '\'' | '‘' | '’' => {
                    if before == ' ' {
                        before = '\'';
                    }
                }
                '-' | '‐' | '‑' if !spaced => before = '-',
                '.' | '!' | '?' => {
                    before = '.';
                    opens = true;
                }
                ':' | ';' => before = ch,
                _ => {
                    if before != '.' {
                        before = ch;
                    }
                }
            }
            continue;
        }
        let mut end = start + ch.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            if next.is_alphanumeric() || matches!(next, '\u{300}'..='\u{36f}' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ') {
                end = at + next.len_utf8();
                chars.next();
                continue;
            }
            let after = text[at + next.len_utf8()..].chars().next();
            let letter = after.is_some_and(char::is_alphabetic);
            // U.S., D.C.
            if next == '.'
                && end - start <= 8
                && (initials_so_far(&text[start..end]))
                && (letter || text[start..end].contains('.'))
            {
                let upper = after.is_some_and(char::is_uppercase);
                if upper || text[start..end].contains('.') {
                    end = at + 1;
                    chars.next();
                    if !upper {
                        break;
                    }
                    continue;
                }
            }
            // Sana'a, N'Djamena; the possessive stays outside.
            if matches!(next, '\'' | '’' | '‘' | '`') && letter {
                let rest = &text[at + next.len_utf8()..];
                let possessive =
                    rest.starts_with(['s', 'S']) && !rest[1..].starts_with(char::is_alphanumeric);
                if !possessive {
                    end = at + next.len_utf8();
                    chars.next();
                    continue;
                }
            }
            break;
        }
        let word = &text[start..end];
        let mut possessive = false;
        if let Some(&(at, mark @ ('\'' | '’'))) = chars.peek() {
            let rest = &text[at + mark.len_utf8()..];
            if rest.starts_with(['s', 'S']) && !rest[1..].starts_with(char::is_alphanumeric) {
                possessive = true;
                chars.next();
                chars.next();
            } else if word.ends_with('s') && !rest.starts_with(char::is_alphanumeric) {
                possessive = true;
            }
        }
        let mut key = String::new();
        fold_into(word, &mut key);
        out.push(Word {
            span: Span::new(base + start, base + end),
            text: word,
            key,
            capital: ch.is_uppercase(),
            opens: opens && before != '-',
            before,
            possessive,
        });
        before = ' ';
        opens = false;
        spaced = false;
    }
    // "Mr. Smith", "St. Petersburg", "Gen. Alder" open no sentence.
    for n in 1..out.len() {
        let (left, right) = out.split_at_mut(n);
        let (last, next) = (&left[n - 1], &mut right[0]);
        let title = matches!(
            last.key.as_str(),
            "mr" | "mrs"
                | "ms"
                | "dr"
                | "st"
                | "gen"
                | "lt"
                | "col"
                | "maj"
                | "sgt"
                | "capt"
                | "brig"
                | "gov"
                | "sen"
                | "rep"
                | "mt"
                | "ft"
                | "no"
                | "jan"
                | "feb"
                | "aug"
                | "sept"
                | "oct"
                | "nov"
                | "dec"
        ) && last.capital;
        if next.before == '.' && (title || last.text.chars().count() == 1 && last.capital) {
            next.opens = false;
            next.before = ' ';
        }
    }
    out
}

/// Single capitals with points so far: `U`, `U.S`.
fn initials_so_far(word: &str) -> bool {
    word.split('.').all(|it| it.chars().count() == 1 && it.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_keep_together() {
        let text = "The U.S. said Sana'a and Moscow's St. Petersburg-based N’Djamena. Next";
        let out = words(text, 0);
        let seen: Vec<&str> = out.iter().map(|it| it.text).collect();
        assert_eq!(
            seen,
            [
                "The",
                "U.S.",
                "said",
                "Sana'a",
                "and",
                "Moscow",
                "St",
                "Petersburg",
                "based",
                "N’Djamena",
                "Next"
            ]
        );
        assert!(out[5].possessive && !out[7].opens && out[8].before == '-' && out[10].opens);
    }
}
