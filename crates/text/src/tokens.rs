//! Tokens with offsets, after the Universal Dependencies English guidelines.
//!
//! Contractions and possessives are split (`did`+`n't`, `army`+`'s`), hyphens
//! are words of their own (`Russian`+`-`+`brokered`) but for prefixes that are
//! no words (`co-chair`, `pre-war`), and abbreviations, addresses, dates and
//! figures stay whole.

use crate::Span;
use crate::abbreviations::{Abbreviation, class};

/// Longest token in bytes; longer runs of signs or letters are cut.
pub const TOKEN_BYTES_MAX: usize = 256;

/// How far ahead is looked for the end of a token.
const LOOK_BYTES_MAX: usize = 4 * TOKEN_BYTES_MAX;

/// Splits one sentence (or any stretch of text) into tokens.
///
/// `base` is the byte offset of `text` in the article; spans come out shifted
/// by it. Never fails: what is no word is a token of its own.
pub fn tokenize(text: &str, base: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    let last = text.trim_end().len();
    for (at, ch) in text.char_indices() {
        if ch.is_whitespace() || is_invisible(ch) {
            if let Some(from) = start.take() {
                chunk(text, from, at, last, base, &mut out);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        chunk(text, from, text.len(), last, base, &mut out);
    }
    out
}

/// Characters that show nothing: they separate tokens.
fn is_invisible(ch: char) -> bool {
    matches!(ch, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
        || ch.is_control()
}

/// Whether two words without a space between them are one written token:
/// `did`+`n't`, `army`+`'s`, `can`+`not`.
pub fn is_joined(first: &str, second: &str) -> bool {
    let low = second.to_lowercase().replace(['’', '`', '´', 'ʼ'], "'");
    let clitic = matches!(low.as_str(), "'s" | "n't" | "'m" | "'ll" | "'ve" | "'re" | "'d");
    if clitic {
        return first.ends_with(|it: char| it.is_alphanumeric() || it == '.');
    }
    let whole = first.to_lowercase() + &low;
    JOINED.iter().any(|(it, cut)| *it == whole && *cut == first.len())
}

/// Prefixes that are no words: what follows their hyphen belongs to them.
const PREFIXES: &[&str] = &[
    "e", "co", "non", "pre", "ex", "pro", "anti", "re", "post", "multi", "mid", "pan", "mini", "semi", "sub",
    "un", "inter", "intra", "ultra", "micro", "mega", "pseudo", "quasi", "bi", "tri", "de", "trans", "o",
    "over", "counter", "extra", "infra", "meta", "para", "proto", "socio", "techno", "tele", "psycho",
];

/// Units written on to a figure.
const UNITS: &[&str] = &[
    "am", "pm", "km", "m", "mm", "cm", "kg", "kgs", "lb", "lbs", "ft", "mph", "kph", "hrs", "hr", "min",
    "mins", "sec", "gb", "mb", "kb", "hz", "ghz", "mhz", "kw", "mw", "oz", "yr", "yrs", "in", "mi", "ha",
    "nm", "sqm", "bn", "mn", "k", "a.m", "p.m", "a.m.", "p.m.", "usd", "eur",
];

/// Ends of internet names.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "mil", "int", "info", "co", "uk", "de", "fr", "ru", "am", "az", "il",
    "ir", "tr", "ua", "eu", "io", "tv", "pdf", "doc", "xls", "htm", "html", "jpg", "asp", "php", "exe",
    "zip", "txt",
];

/// Written-together words and where they part, in letters.
const JOINED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("isnt", 2),
    ("wasnt", 3),
    ("werent", 4),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("arent", 3),
    ("thats", 4),
    ("whats", 4),
    ("theres", 5),
    ("youre", 3),
    ("theyre", 4),
    ("cant", 2),
    ("wont", 2),
    ("aint", 2),
    ("im", 1),
    ("ive", 1),
    ("youve", 3),
    ("gimme", 3),
    ("lemme", 3),
];

fn chunk(text: &str, from: usize, to: usize, last: usize, base: usize, out: &mut Vec<Span>) {
    let mut at = from;
    while at < to {
        // Only so far ahead, or runs without a space would take quadratic time.
        let seen = if to - at > LOOK_BYTES_MAX { text.floor_char_boundary(at + LOOK_BYTES_MAX) } else { to };
        let size = token(text, from, at, seen, last).clamp(1, seen - at);
        let mut end = at + size.min(TOKEN_BYTES_MAX);
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let end = end.min(to);
        let rest = split_word(&text[at..end]);
        if let Some(cut) = rest {
            out.push(Span::new(base + at, base + at + cut));
            out.push(Span::new(base + at + cut, base + end));
        } else {
            out.push(Span::new(base + at, base + end));
        }
        at = end;
    }
}

/// Bytes of the token that begins at `at`.
fn token(text: &str, from: usize, at: usize, to: usize, last: usize) -> usize {
    let rest = &text[at..to];
    let Some(first) = rest.chars().next() else { return 1 };
    if let Some(size) = address(rest) {
        return size;
    }
    if first.is_alphanumeric() {
        return word(text, from, at, to, last);
    }
    if matches!(first, '\'' | '’' | '‘' | '`' | '´' | 'ʼ') {
        return apostrophe(text, from, at, to);
    }
    if let Some(size) = face(rest, at == from) {
        return size;
    }
    let repeats = rest.len() - rest.trim_start_matches(first).len();
    match first {
        '*' | '=' | '_' | '~' | '+' | '-'
            if rest.len() > repeats && rest[repeats..].starts_with(['=', '*', '~', '-']) =>
        {
            rest.len() - rest.trim_start_matches(['*', '=', '_', '~', '+', '-']).len()
        }
        '.' | '-' | '*' | '=' | '_' | '~' | '+' | '…' => {
            if first == '-' && repeats == 1 && at == from && rest.len() > 1 {
                let after = &rest[1..];
                // A figure below zero.
                if after.starts_with(|it: char| it.is_ascii_digit())
                    && after.chars().all(|it| it.is_ascii_digit() || it == '.')
                {
                    return 1;
                }
            }
            if first == '…' { rest.len() - rest.trim_start_matches(['…', '.']).len() } else { repeats }
        }
        '#' | '@' if rest[1..].starts_with(char::is_alphabetic) && at == from => {
            1 + word(text, from, at + 1, to, last)
        }
        '!' | '?' => rest.len() - rest.trim_start_matches(['!', '?']).len(),
        '<' | '>' | '#' | '$' if repeats > 1 => repeats,
        '$' | '€' | '£' => first.len_utf8(),
        _ => first.len_utf8(),
    }
}

/// `:)`, `;-)`: marks of mood at the end of a chunk.
fn face(rest: &str, _alone: bool) -> Option<usize> {
    const FACES: &[&str] = &[
        ":-)", ":-(", ";-)", ":-/", ":-D", ":-P", ":)", ":(", ";)", ":D", ":P", "=)", "=(", ":/", "<3",
        ":))", ":)))",
    ];
    FACES.iter().find(|it| **it == rest.trim_end_matches(['.', ',', '!'])).map(|it| it.len())
}

/// An internet or mail address at the beginning of `rest`.
fn address(rest: &str) -> Option<usize> {
    let head = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
    let is_link = ["http://", "https://", "www.", "ftp://"]
        .iter()
        .any(|it| head.starts_with(it) || rest.len() < 8 && head.starts_with(it));
    let trim = |it: &str| {
        it.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', '”', '’', ')', ']', '>']).len()
    };
    if is_link {
        let end = rest.find(['<', '>', '"', '”', '|']).unwrap_or(rest.len());
        let size = trim(&rest[..end]);
        return (size > 4).then_some(size);
    }
    let at = rest.find('@')?;
    let name = &rest[..at];
    let good = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-' | '+' | '%');
    if name.is_empty() || !name.chars().all(good) || !name.starts_with(|it: char| it.is_ascii_alphanumeric())
    {
        return None;
    }
    let host = &rest[at + 1..];
    let end = host
        .find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_')))
        .unwrap_or(host.len());
    let size = trim(&host[..end]);
    (size > 2 && host[..size].contains('.')).then_some(at + 1 + size)
}

/// An apostrophe: of a clitic, of a shortened word, or a quotation mark.
fn apostrophe(text: &str, from: usize, at: usize, to: usize) -> usize {
    let rest = &text[at..to];
    let mark = rest.chars().next().map_or(1, char::len_utf8);
    if rest[mark..].starts_with(['\'', '`', '’']) && !rest[mark..].starts_with("’s") {
        let two = rest[mark..].chars().next().map_or(1, char::len_utf8);
        return mark + two;
    }
    let tail = &rest[mark..];
    let letters = tail.find(|it: char| !it.is_alphabetic()).unwrap_or(tail.len());
    let low = tail[..letters].to_lowercase();
    if at > from {
        // Written on to what stands before: `'s`.
        let before = text[from..at].chars().next_back();
        let joins =
            before.is_some_and(|it| it.is_alphanumeric() || matches!(it, '.' | '"' | ')' | '%' | '”'));
        if joins && matches!(low.as_str(), "s" | "m" | "d" | "ll" | "ve" | "re") {
            return mark + letters;
        }
        return mark;
    }
    if matches!(
        low.as_str(),
        "em" | "til" | "cause" | "tis" | "twas" | "bout" | "nuff" | "s" | "ll" | "re" | "ve"
    ) {
        return mark + letters;
    }
    // '90s
    let digits = tail.find(|it: char| !it.is_ascii_digit()).unwrap_or(tail.len());
    if digits == 2 && (tail.len() == 2 || tail[2..].starts_with('s')) {
        return mark + digits + usize::from(tail[2..].starts_with('s'));
    }
    mark
}

fn is_joiner_left(ch: Option<char>) -> bool {
    ch.is_some_and(char::is_alphanumeric)
}

/// A word, figure, date or abbreviation.
#[allow(clippy::too_many_lines)] // One decision per sign that may stand inside a word.
fn word(text: &str, from: usize, at: usize, to: usize, last: usize) -> usize {
    let rest = &text[at..to];
    let mut size = 0;
    while let Some(ch) = rest[size..].chars().next() {
        let next = rest[size + ch.len_utf8()..].chars().next();
        let word = &rest[..size];
        let before = word.chars().next_back();
        if ch.is_alphanumeric() || is_mark(ch) {
            size += ch.len_utf8();
            continue;
        }
        let digits = before.is_some_and(|it| it.is_ascii_digit());
        let next_digit = next.is_some_and(|it| it.is_ascii_digit());
        let keep = match ch {
            '.' => {
                if next == Some('.') {
                    false
                } else if digits && next_digit || is_joiner_left(next) && abbreviation_inside(rest, size) {
                    true
                } else if let Some(it) = class(word) {
                    return abbreviation(rest, size, it, at + size + 1 >= last);
                } else {
                    is_joiner_left(next) && (domain_follows(&rest[size + 1..]) || dotted(rest))
                }
            }
            ',' => digits && three_digits(&rest[size + 1..]),
            ':' => digits && next_digit && !word.contains('.'),
            '/' => {
                digits && next_digit
                    || (word.len() == 1 && next.is_some_and(char::is_alphabetic) && rest.len() <= 3)
            }
            '-' => hyphen_stays(word, rest, size, at == from),
            '\'' | '’' => {
                if clitic_follows(rest, size + ch.len_utf8()) {
                    break;
                }
                // O'Brien, Sana'a
                next.is_some_and(char::is_alphabetic) && before.is_some_and(char::is_alphabetic)
            }
            '&' => {
                next.is_some_and(char::is_uppercase)
                    && word.len() <= 3
                    && before.is_some_and(char::is_uppercase)
            }
            '_' => next.is_some(),
            _ => false,
        };
        if !keep {
            break;
        }
        size += ch.len_utf8();
    }
    // 10km, 9am
    let word = &rest[..size];
    let figures = word.len()
        - word.trim_start_matches(|it: char| it.is_ascii_digit() || matches!(it, '.' | ',' | ':')).len();
    if figures > 0 && figures < size && UNITS.contains(&word[figures..].to_lowercase().as_str()) {
        return figures;
    }
    size
}

fn is_mark(ch: char) -> bool {
    // Combining marks belong to the letter before.
    matches!(ch, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}')
}

/// Whether `word` + `.` + more is `U.S.`-like.
fn abbreviation_inside(rest: &str, size: usize) -> bool {
    let word = &rest[..size];
    let single = word.rsplit('.').next().is_some_and(|it| it.chars().count() == 1);
    let next = rest[size + 1..].chars().nth(1);
    (single && word.split('.').all(|it| it.chars().count() == 1))
        && next.is_none_or(|it| it == '.' || !it.is_alphanumeric())
        || word == "Ph"
}

/// Size of an abbreviation whose last letter ends at `size`, before a full stop.
fn abbreviation(rest: &str, size: usize, class: Abbreviation, ends_text: bool) -> usize {
    let after = rest[size + 1..].chars().next();
    let longer = after.is_some_and(char::is_alphabetic);
    match class {
        // `U.S`: perhaps more letters follow.
        Abbreviation::Letters | Abbreviation::Initial if longer => {
            let mut end = size + 1;
            let mut chars = rest[end..].chars().peekable();
            while let Some(ch) = chars.next() {
                if !ch.is_alphabetic() || chars.peek().is_some_and(|it| it.is_alphanumeric()) {
                    break;
                }
                end += ch.len_utf8();
                if chars.next_if_eq(&'.').is_some() {
                    end += 1;
                } else {
                    break;
                }
            }
            if end == size + 1 && class == Abbreviation::Initial { size + 1 } else { end }
        }
        Abbreviation::Initial | Abbreviation::Number if ends_text => size,
        // `etc.` at the end: the full stop is the sentence's.
        Abbreviation::Plain if ends_text && !rest[..size].contains('.') => size,
        Abbreviation::Number | Abbreviation::Title | Abbreviation::Month if longer => size,
        _ => size + 1,
    }
}

fn three_digits(rest: &str) -> bool {
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    count == 3
}

/// `alt.animals.birds`: three or more words in small letters.
fn dotted(rest: &str) -> bool {
    let end = rest.find(|it: char| !it.is_ascii_lowercase() && it != '.').unwrap_or(rest.len());
    let groups: Vec<&str> = rest[..end].trim_end_matches('.').split('.').collect();
    groups.len() >= 3 && groups.iter().all(|it| it.len() >= 2)
}

fn domain_follows(rest: &str) -> bool {
    let end =
        rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '.' && it != '-').unwrap_or(rest.len());
    rest[..end].trim_end_matches('.').rsplit('.').next().is_some_and(|it| DOMAINS.contains(&it))
}

/// Whether `'s`, `'ll` and the like follow, and nothing more of the word.
fn clitic_follows(rest: &str, from: usize) -> bool {
    let tail = &rest[from..];
    let letters = tail.find(|it: char| !it.is_alphanumeric()).unwrap_or(tail.len());
    matches!(tail[..letters].to_lowercase().as_str(), "s" | "m" | "d" | "ll" | "ve" | "re")
}

fn hyphen_stays(word: &str, rest: &str, size: usize, begins: bool) -> bool {
    let tail = &rest[size + 1..];
    let Some(next) = tail.chars().next() else { return false };
    if !next.is_alphanumeric() {
        return false;
    }
    let low = word.to_lowercase();
    if begins && PREFIXES.contains(&low.as_str()) {
        return true;
    }
    // One word printed two ways; split, it reads as a verb and its object.
    if low == "cease" && tail.to_lowercase().starts_with("fire") {
        return true;
    }
    // Numbers of telephones and papers: three groups, or seven digits.
    let whole = rest.find(|it: char| !(it.is_ascii_digit() || it == '-')).unwrap_or(rest.len());
    let groups: Vec<&str> = rest[..whole].split('-').filter(|it| !it.is_empty()).collect();
    let digits = word.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    digits
        && next.is_ascii_digit()
        && (groups.len() >= 3 || groups.len() == 2 && groups[0].len() == 3 && groups[1].len() == 4)
}

/// Where a written token parts into two words.
fn split_word(word: &str) -> Option<usize> {
    let low = word.to_lowercase();
    if low.len() != word.len() {
        return None;
    }
    for mark in ["n't", "n’t"] {
        if low.ends_with(mark) && low.len() > mark.len() {
            return Some(low.len() - mark.len());
        }
    }
    // All capitals are rather a name (`IM`).
    if word.len() <= 3 && word.chars().all(char::is_uppercase) {
        return None;
    }
    JOINED.iter().find(|(it, _)| *it == low).map(|(_, cut)| *cut)
}

#[cfg(test)]
mod tests {
    use super::tokenize;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text, 0).into_iter().map(|it| &text[it.range()]).collect()
    }

    #[test]
    fn contractions_and_possessives() {
        assert_eq!(
            words("Rivermark's army didn't fire."),
            ["Rivermark", "'s", "army", "did", "n't", "fire", "."]
        );
        assert_eq!(words("It’s theirs, they can’t."), ["It", "’s", "theirs", ",", "they", "ca", "n’t", "."]);
        assert_eq!(words("the rebels' guns"), ["the", "rebels", "'", "guns"]);
        assert_eq!(words("O'Brien cannot"), ["O'Brien", "can", "not"]);
    }

    #[test]
    fn hyphens() {
        assert_eq!(words("a Northland-brokered truce"), ["a", "Northland", "-", "brokered", "truce"]);
        assert_eq!(words("co-chairs of the pre-war talks"), ["co-chairs", "of", "the", "pre-war", "talks"]);
        assert_eq!(words("713-555-0199"), ["713-555-0199"]);
        assert_eq!(words("three–day"), ["three", "–", "day"]);
    }

    #[test]
    fn abbreviations_and_figures() {
        assert_eq!(
            words("On Nov. 10 the U.S. paid $1,500.50."),
            ["On", "Nov.", "10", "the", "U.S.", "paid", "$", "1,500.50", "."]
        );
        assert_eq!(words("at 9am, 10:30 p.m., 15%"), ["at", "9", "am", ",", "10:30", "p.m.", ",", "15", "%"]);
        assert_eq!(words("Gen. J. Doe"), ["Gen.", "J.", "Doe"]);
        assert_eq!(words("Plan B."), ["Plan", "B", "."]);
    }

    #[test]
    fn signs() {
        assert_eq!(
            words("\"No...\" he said--twice!!"),
            ["\"", "No", "...", "\"", "he", "said", "--", "twice", "!!"]
        );
        assert_eq!(
            words("see http://example.org/a?b=1, or me@example.org."),
            ["see", "http://example.org/a?b=1", ",", "or", "me@example.org", "."]
        );
        assert_eq!(words("no\u{a0}break\u{200b}here"), ["no", "break", "here"]);
    }

    #[test]
    fn odd_text() {
        for text in [
            "",
            "'",
            "’’’",
            "....",
            "-",
            "a-",
            "-a",
            "'s",
            "@",
            "a@",
            "www.",
            "ẞ'S n't n’t",
            "1.",
            ".5",
            "a.b.c.",
            "N't",
        ] {
            let spans = tokenize(text, 0);
            assert!(spans.windows(2).all(|it| it[0].end <= it[1].start), "{text}");
        }
        assert_eq!(words(&"x".repeat(1000)).len(), 4);
    }
}
