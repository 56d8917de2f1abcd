//! Lines of a text with what can be seen of them without understanding them.

use truce_model::Span;

/// Words that head-lines leave out and sentences cannot do without.
const GLUE: &[&str] = &[
    "a", "an", "the", "was", "were", "had", "has", "have", "been", "which", "that", "who", "their", "its",
    "his", "her", "is", "are", "be", "would", "could", "did", "they", "it", "he", "she", "we", "there",
    "this",
];

/// Words that no finished sentence ends with.
const HANGING: &[&str] = &[
    "a", "an", "the", "to", "of", "in", "on", "at", "by", "for", "from", "with", "and", "or", "but", "as",
    "its", "their", "his", "her", "that", "which", "who", "was", "were", "had", "has", "is", "are", "be",
    "into", "than",
];

/// One unit of layout: a line, or the lines of a paragraph wrapped by width.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    /// Without white space at either end.
    pub(crate) span: Span,
    /// The words, trimmed.
    pub(crate) text: &'t str,
    /// Lower-case words without bullets, quotation marks and colons.
    pub(crate) words: Vec<String>,
    /// Spaces before the first character.
    pub(crate) indent: usize,
    /// Begins with a bullet.
    pub(crate) bullet: bool,
    /// A blank line, or the text's start, stands before it.
    pub(crate) opens_block: bool,
    /// A blank line, or the text's end, stands after it.
    pub(crate) closes_block: bool,
    /// Ends as sentences do.
    pub(crate) end_mark: bool,
    /// Holds the end of a sentence before its own end.
    pub(crate) inner_end: bool,
    /// Code points.
    pub(crate) chars: usize,
    /// Share of words with a capital, in percent.
    pub(crate) capitals: usize,
    /// No lower-case letter at all, but letters.
    pub(crate) shouted: bool,
    /// Number of words that head-lines leave out.
    pub(crate) glue: usize,
    /// How often the same words stand as a line of this text.
    pub(crate) copies: usize,
}

impl Line<'_> {
    /// The words as slices.
    pub(crate) fn word_refs(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    /// Whether it looks like running prose by shape alone.
    pub(crate) fn is_prose(&self) -> bool {
        let long = self.chars >= 40 || self.words.len() >= 7;
        (self.end_mark && long) || (self.inner_end && self.chars >= 80) || self.chars >= 400
    }

    /// Whether it breaks off in the middle of a sentence.
    pub(crate) fn breaks_off(&self) -> bool {
        if self.end_mark || self.shouted || self.words.len() < 5 {
            return false;
        }
        let hangs = self.words.last().is_some_and(|it| HANGING.contains(&it.as_str()));
        let first = self.words.first().map(String::as_str).unwrap_or("");
        let starts_plain = matches!(
            first,
            "the" | "a" | "an" | "it" | "he" | "she" | "they" | "in" | "but" | "if" | "there"
        );
        self.inner_end || hangs || (starts_plain && self.glue >= 2 && self.capitals < 60)
    }
}

/// Splits `text` into its non-empty lines.
pub(crate) fn split(text: &str) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    let mut blank = true;
    for (start, end) in unwrap(text) {
        let span = Span::new(start, end).trimmed(text);
        if span.is_empty() {
            blank = true;
            if let Some(last) = out.last_mut() {
                last.closes_block = true;
            }
            continue;
        }
        out.push(look(text, span, start, blank));
        blank = false;
    }
    if let Some(last) = out.last_mut() {
        last.closes_block = true;
    }
    count_copies(&mut out);
    out
}

/// Byte ranges of the lines, those of paragraphs wrapped by width joined.
fn unwrap(text: &str) -> Vec<(usize, usize)> {
    let raw = raw_lines(text);
    let wrapped = is_wrapped(text, &raw);
    let mut out: Vec<(usize, usize)> = Vec::with_capacity(raw.len());
    for (at, &(start, end)) in raw.iter().enumerate() {
        let line = text[start..end].trim();
        let before = at.checked_sub(1).map(|it| text[raw[it].0..raw[it].1].trim()).unwrap_or("");
        let continues = !line.is_empty()
            && before.chars().count() >= 45
            && !ends_sentence(before)
            && (line.starts_with(char::is_lowercase) || wrapped);
        match out.last_mut() {
            Some(last) if continues || wrapped && joins_wrapped(before, line) => last.1 = end,
            _ => out.push((start, end)),
        }
    }
    out
}

/// In a wrapped text, a full line is followed by more of its paragraph.
fn joins_wrapped(before: &str, line: &str) -> bool {
    before.chars().count() >= 55 && !line.is_empty() && !starts_bullet(line)
}

/// Whether paragraphs were broken at a width: most of the inner lines are
/// nearly as long as the longest, and some go on in lower case.
fn is_wrapped(text: &str, raw: &[(usize, usize)]) -> bool {
    let lines: Vec<&str> = raw.iter().map(|it| text[it.0..it.1].trim()).collect();
    let longest = lines.iter().map(|it| it.chars().count()).max().unwrap_or(0);
    if !(50..=100).contains(&longest) {
        return false;
    }
    let inner = lines.windows(2).filter(|it| !it[0].is_empty() && !it[1].is_empty());
    let (mut all, mut full, mut lower) = (0, 0, 0);
    for pair in inner {
        all += 1;
        full += usize::from(pair[0].chars().count() * 5 >= longest * 4);
        lower += usize::from(pair[1].starts_with(char::is_lowercase));
    }
    all >= 4 && full * 10 >= all * 7 && lower * 4 >= all
}

fn raw_lines(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, ch) in text.char_indices() {
        if matches!(ch, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{c}') {
            out.push((start, at));
            start = at + ch.len_utf8();
            // The empty line between the two halves of "\r\n" is none.
            if ch == '\n' && at > 0 && text.as_bytes()[at - 1] == b'\r' {
                out.pop();
            }
        }
    }
    out.push((start, text.len()));
    out
}

fn look<'t>(text: &'t str, span: Span, raw_start: usize, opens_block: bool) -> Line<'t> {
    let words_of = &text[span.range()];
    let bullet = starts_bullet(words_of);
    let bare =
        words_of.trim_start_matches(|it: char| is_bullet(it) || it == '-' && bullet || it.is_whitespace());
    let tokens: Vec<&str> = bare.split_whitespace().collect();
    let words: Vec<String> = tokens.iter().map(|it| normal_word(it)).filter(|it| !it.is_empty()).collect();
    let lettered: Vec<&&str> = tokens.iter().filter(|it| it.chars().any(char::is_alphabetic)).collect();
    let capital = lettered
        .iter()
        .filter(|it| it.chars().find(|it| it.is_alphabetic()).is_some_and(char::is_uppercase))
        .count();
    let shouted = words_of.chars().any(char::is_uppercase) && !words_of.chars().any(char::is_lowercase);
    Line {
        span,
        text: words_of,
        indent: text[raw_start..span.start as usize].chars().count(),
        bullet,
        opens_block,
        closes_block: false,
        end_mark: ends_sentence(words_of) || ends_before_rights(words_of),
        inner_end: has_inner_end(words_of),
        chars: words_of.chars().count(),
        capitals: (capital * 100).checked_div(lettered.len()).unwrap_or(0),
        shouted,
        glue: words.iter().filter(|it| GLUE.contains(&it.as_str())).count(),
        words,
        copies: 1,
    }
}

/// A word in lower case without the marks around it.
fn normal_word(token: &str) -> String {
    let kept = token.trim_matches(|it: char| {
        matches!(
            it,
            ':' | ';'
                | ','
                | '"'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '\''
                | '«'
                | '»'
                | '!'
                | '?'
                | '['
                | ']'
                | '*'
                | '_'
        )
    });
    kept.trim_end_matches('.').to_lowercase().replace('’', "'")
}

/// Whether `line` ends as sentences do.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|it: char| it.is_whitespace() || "\"”’')]»*".contains(it));
    line.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '۔', '؟', '։'])
}

/// Bytes of a notice of rights behind the last sentence at most.
const RIGHTS_BYTES_MAX: usize = 80;

/// `… said the ministry.©Rivermark Media`.
fn ends_before_rights(line: &str) -> bool {
    line.rfind('©')
        .is_some_and(|at| at > 0 && line.len() - at <= RIGHTS_BYTES_MAX && ends_sentence(&line[..at]))
}

/// Whether a sentence ends before the end of `line`.
fn has_inner_end(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    for at in 2..chars.len().saturating_sub(2) {
        if !matches!(chars[at], '.' | '!' | '?') {
            continue;
        }
        let mut next = at + 1;
        while next < chars.len() && "\"”’')]»".contains(chars[next]) {
            next += 1;
        }
        let spaced = next < chars.len() && chars[next].is_whitespace();
        let opens = chars[next..].iter().find(|it| !it.is_whitespace() && !"\"“‘'(«".contains(**it));
        // "J. Smith" and "U.S. Army" end no sentence.
        let word_before = chars[..at].iter().rev().take_while(|it| it.is_alphanumeric()).count();
        if spaced && word_before >= 4 && opens.is_some_and(|it| it.is_uppercase()) {
            return true;
        }
    }
    false
}

fn is_bullet(ch: char) -> bool {
    matches!(
        ch,
        '•' | '●'
            | '▪'
            | '◦'
            | '‣'
            | '·'
            | '*'
            | '→'
            | '►'
            | '▶'
            | '»'
            | '■'
            | '□'
            | '–'
            | '—'
            | '➤'
            | '➡'
    )
}

fn starts_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    let then = chars.next();
    (is_bullet(first) || first == '-') && then.is_some_and(|it| it.is_whitespace())
}

fn count_copies(lines: &mut [Line<'_>]) {
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for line in lines.iter() {
        *counts.entry(line.words.join(" ")).or_default() += 1;
    }
    for line in lines.iter_mut() {
        line.copies = counts.get(&line.words.join(" ")).copied().unwrap_or(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_paragraphs_are_one_line() {
        let text = "Northland shelled Alder Pass on Sunday, the army of Rivermark said\n\
                    in a statement that it published late in the evening, hours after\n\
                    Northland had denied that any of its guns were near the front line\n\
                    and its defence minister had left the capital for talks abroad with\n\
                    envoys.\n\nRivermark answered.\n";
        let lines = split(text);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(lines[0].text.ends_with("envoys."));
    }

    #[test]
    fn carriage_returns_make_no_blank_lines() {
        let lines = split("One\r\nTwo\r\n\r\nThree");
        assert_eq!(lines.len(), 3);
        assert!(!lines[1].opens_block);
        assert!(lines[2].opens_block);
    }

    #[test]
    fn broken_off_prose_is_told_from_a_headline() {
        let lines = split(
            "The truce took hold in May under a plan put forw\n\nRebels break truce near border, army says",
        );
        assert!(lines[0].breaks_off());
        assert!(!lines[1].breaks_off());
    }
}
