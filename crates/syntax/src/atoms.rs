//! What features look at: the keys of a word's form, endings and shape.

use crate::hash;

/// Keys of one word.
#[derive(Clone, Debug, Default)]
pub struct Atoms {
    /// The form with plain quotes.
    pub form: u64,
    /// In lower case, digits as 0.
    pub lower: u64,
    /// Endings of 1 to 5 characters, in lower case.
    pub suffix: [u64; 5],
    /// Beginnings of 1 to 4 characters, in lower case.
    pub prefix: [u64; 4],
    /// Shape: `Xxx` → `Xx`, `2020` → `d`.
    pub shape: u64,
    /// Bits: capital, all capitals, digit, hyphen, other sign.
    pub bits: u8,
}

/// Begins with a capital.
pub const CAPITAL: u8 = 1;
/// Has no small letter but at least one capital.
pub const ALL_CAPITALS: u8 = 2;
/// Holds a digit.
pub const DIGIT: u8 = 4;
/// Holds a hyphen.
pub const HYPHEN: u8 = 8;
/// Holds another sign.
pub const SIGN: u8 = 16;

/// Curly quotes, dashes and no-break spaces as their plain counterparts.
pub fn plain(form: &str) -> String {
    plain_chars(form).collect()
}

fn plain_chars(form: &str) -> impl Iterator<Item = char> {
    form.chars().flat_map(|it| {
        let (one, two) = match it {
            '‘' | '’' | 'ʼ' | '`' | '´' | '′' => ('\'', None),
            '“' | '”' | '„' | '«' | '»' | '″' | '‟' => ('"', None),
            '–' | '‐' | '‑' | '−' => ('-', None),
            '—' | '―' => ('-', Some('-')),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => (' ', None),
            other => (other, None),
        };
        std::iter::once(one).chain(two)
    })
}

/// Longest form whose every character is looked at; longer ones are cut.
pub const FORM_CHARS_MAX: usize = 64;

/// Characters in ending or beginning number `number`.
fn size_of(number: usize, lower: &str) -> u64 {
    lower.chars().take(number + 1).count() as u64
}

impl Atoms {
    /// Keys of `form`.
    pub fn new(form: &str) -> Atoms {
        // With room to spare, so that each grows once at most.
        let room = form.len() + 4;
        let mut plain = String::with_capacity(room);
        plain.extend(plain_chars(form).take(FORM_CHARS_MAX));
        let form = plain;
        let mut lower = String::with_capacity(room);
        let small = form.chars().flat_map(char::to_lowercase);
        lower.extend(small.map(|it| if it.is_numeric() { '0' } else { it }));
        let mut out = Atoms { form: hash::word(&form), lower: hash::word(&lower), ..Atoms::default() };
        let mut starts = lower.char_indices().rev().map(|(at, _)| at);
        let mut start = lower.len();
        for (number, key) in out.suffix.iter_mut().enumerate() {
            start = starts.next().unwrap_or(start);
            *key = hash::mix(size_of(number, &lower), hash::word(&lower[start..]));
        }
        let mut ends = lower.char_indices().map(|(at, it)| at + it.len_utf8());
        let mut end = 0;
        for (number, key) in out.prefix.iter_mut().enumerate() {
            end = ends.next().unwrap_or(end);
            *key = hash::mix(size_of(number, &lower), hash::word(&lower[..end]));
        }
        let (mut small, mut capital) = (false, false);
        let mut shape = String::with_capacity(room);
        for ch in form.chars() {
            let kind = if ch.is_uppercase() {
                capital = true;
                'X'
            } else if ch.is_alphabetic() {
                small = true;
                'x'
            } else if ch.is_numeric() {
                out.bits |= DIGIT;
                'd'
            } else {
                out.bits |= if ch == '-' { HYPHEN } else { SIGN };
                ch
            };
            if !shape.ends_with(kind) || shape.len() < 2 {
                shape.push(kind);
            }
        }
        if form.starts_with(char::is_uppercase) {
            out.bits |= CAPITAL;
        }
        if capital && !small {
            out.bits |= ALL_CAPITALS;
        }
        out.shape = hash::word(&shape);
        out
    }
}
