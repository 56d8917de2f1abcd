//! Sentence boundaries of edited prose.
//!
//! A sentence ends at a line end (but for lines wrapped in mid-sentence), and
//! at a full stop, question or exclamation mark or ellipsis unless the words
//! around it say that it goes on.

use crate::Span;
use crate::abbreviations::{Abbreviation, class};

/// Splits `text` into sentences; `base` is its byte offset in the article.
pub fn split(text: &str, base: usize) -> Vec<Span> {
    let mut out = Vec::new();
    for line in lines(text) {
        let words = &text[line.range()];
        let mut start = 0;
        for end in ends(words) {
            push(words, start, end, line.start as usize, base, &mut out);
            start = end;
        }
        push(words, start, words.len(), line.start as usize, base, &mut out);
    }
    out
}

fn push(words: &str, start: usize, end: usize, line: usize, base: usize, out: &mut Vec<Span>) {
    let span = Span::new(start, end).trimmed(words);
    if !span.is_empty() {
        out.push(span.shifted(line + base));
    }
}

/// Shortest line that can be one of a wrapped paragraph, in bytes.
const WRAPPED_LINE_BYTES_MIN: usize = 40;
/// Longest such line.
const WRAPPED_LINE_BYTES_MAX: usize = 120;

/// Lines, with those joined that were wrapped in mid-sentence.
pub fn lines(text: &str) -> Vec<Span> {
    let mut raw: Vec<Span> = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        raw.push(Span::new(from, at));
        let size = text[at..].chars().next().map_or(1, char::len_utf8);
        from = at + size;
    }
    raw.push(Span::new(from, text.len()));
    let mut out: Vec<Span> = Vec::new();
    let mut block_start = 0;
    for at in 0..=raw.len() {
        let empty = raw.get(at).is_none_or(|it| text[it.range()].trim().is_empty());
        // `\r\n` leaves an empty stretch of no bytes; it separates nothing.
        let hollow = raw.get(at).is_some_and(|it| {
            it.is_empty()
                && at > 0
                && text[..it.start as usize].ends_with('\r')
                && text[it.end as usize..].starts_with('\n')
        });
        if hollow || !empty {
            continue;
        }
        let block: Vec<Span> =
            raw[block_start..at].iter().copied().filter(|it| !text[it.range()].trim().is_empty()).collect();
        join_block(text, &block, &mut out);
        block_start = at + 1;
    }
    out
}

fn join_block(text: &str, block: &[Span], out: &mut Vec<Span>) {
    let words = |it: Span| text[it.range()].trim();
    let widest = block.iter().map(|it| words(*it).len()).max().unwrap_or(0);
    let mut overfull = 0;
    for pair in block.windows(2) {
        let first = words(pair[1]).split_whitespace().next().map_or(0, str::len);
        overfull += usize::from(words(pair[0]).len() + 1 + first >= widest);
    }
    let wrapped =
        block.len() >= 3 && widest <= WRAPPED_LINE_BYTES_MAX && overfull + 1 >= block.len() - block.len() / 4;
    for (number, line) in block.iter().enumerate() {
        let joins = number > 0 && {
            let before = words(block[number - 1]);
            let now = words(*line);
            let long = (WRAPPED_LINE_BYTES_MIN..=WRAPPED_LINE_BYTES_MAX).contains(&before.len());
            let open = !before.ends_with(['.', '!', '?', '…', ':', '"', '”', '’', ';']);
            let small = now.starts_with(char::is_lowercase);
            long && (small && open || wrapped)
        };
        match out.last_mut() {
            Some(last) if joins => last.end = line.end,
            _ => out.push(*line),
        }
    }
}

const CLOSERS: &[char] = &['"', '”', '’', '\'', ')', ']', '»', '}'];
const OPENERS: &[char] = &['"', '“', '‘', '\'', '(', '[', '«', '„', '—', '–', '-', '*', '•'];

/// Words that begin sentences and are no names.
const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "This",
    "That",
    "These",
    "Those",
    "It",
    "Its",
    "He",
    "His",
    "She",
    "Her",
    "They",
    "Their",
    "We",
    "Our",
    "I",
    "You",
    "My",
    "In",
    "On",
    "At",
    "By",
    "From",
    "For",
    "With",
    "As",
    "But",
    "And",
    "Or",
    "So",
    "Yet",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "Since",
    "Although",
    "Though",
    "However",
    "Meanwhile",
    "Earlier",
    "Later",
    "There",
    "Here",
    "Then",
    "Now",
    "What",
    "Who",
    "Why",
    "How",
    "Where",
    "Some",
    "Many",
    "Most",
    "All",
    "Both",
    "Each",
    "No",
    "Not",
    "One",
    "Two",
    "Three",
    "Several",
    "Also",
    "Still",
    "Despite",
    "During",
    "Under",
    "According",
    "Among",
    "Between",
    "Because",
    "Once",
    "Until",
    "To",
    "Of",
    "About",
    "Over",
    "Such",
    "Other",
    "Another",
    "Any",
    "Only",
    "Last",
    "Officials",
    "Reports",
    "Is",
    "Are",
    "Was",
    "Were",
    "Do",
    "Does",
    "Did",
    "Please",
    "Thanks",
    "Let",
    "Nor",
];

/// Verbs that carry on a quoted question: `"Why?" Smith asked.`
const REPORTING: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "added",
    "adds",
    "told",
    "wrote",
    "writes",
    "tweeted",
    "replied",
    "exclaimed",
    "shouted",
    "cried",
    "wondered",
    "demanded",
    "continued",
    "declared",
    "posted",
    "quipped",
];

/// Ends of the sentences in one line, but the last.
fn ends(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut quotes = 0usize;
    while at < bytes.len() {
        let rest = &text[at..];
        let Some(ch) = rest.chars().next() else { break };
        if ch == '"' {
            quotes += 1;
        }
        if !matches!(ch, '.' | '!' | '?' | '…') {
            at += ch.len_utf8();
            continue;
        }
        let marks = rest.len() - rest.trim_start_matches(['.', '!', '?', '…']).len();
        let after = &rest[marks..];
        let closers = closing(after, quotes % 2 == 1);
        let end = at + marks + closers;
        let mark = &rest[..marks];
        let decision = boundary(text, at, mark, &after[..closers], &text[end..]);
        quotes += after[..closers].matches('"').count();
        if decision {
            out.push(end);
        }
        at = end;
    }
    out
}

/// Bytes of closing quotes and brackets at the beginning of `after`.
fn closing(after: &str, quoted: bool) -> usize {
    let mut size = 0;
    for ch in after.chars() {
        if !CLOSERS.contains(&ch) {
            break;
        }
        // A straight mark closes only what was opened, or what ends here.
        let next = after[size + ch.len_utf8()..].chars().next();
        if matches!(ch, '"' | '\'')
            && !quoted
            && next.is_some_and(|it| !it.is_whitespace() && !CLOSERS.contains(&it))
        {
            break;
        }
        size += ch.len_utf8();
    }
    size + notes(&after[size..])
}

/// Bytes of the note marks of an encyclopedia that follow: ` [18] [2]`.
fn notes(after: &str) -> usize {
    let mut size = 0;
    loop {
        let rest = &after[size..];
        let Some(inner) = rest.trim_start_matches(' ').strip_prefix('[') else { return size };
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 || !inner[digits..].starts_with(']') {
            return size;
        }
        size = after.len() - inner.len() + digits + 1;
    }
}

fn boundary(text: &str, at: usize, mark: &str, closers: &str, after: &str) -> bool {
    let rest = after.trim_start();
    if rest.is_empty() {
        return false;
    }
    let spaced = rest.len() < after.len();
    let opened = rest.trim_start_matches(|it: char| OPENERS.contains(&it) || it.is_whitespace());
    let opens = opened.len() < rest.len();
    let Some(next) = opened.chars().next() else { return false };
    let word = last_word(&text[..at]);
    let first = first_word(opened);
    let quoted = closers.contains(['"', '”', '’', '\'', '»']);
    if !spaced {
        // `ceasefire.Northland`, `said."Northland`: a lost space.
        let small_before = word.len() > 2 && word.chars().next_back().is_some_and(char::is_lowercase);
        let glued = next.is_uppercase() && first.chars().nth(1).is_some_and(char::is_lowercase);
        return mark == "."
            && small_before
            && glued
            && !word.contains(['/', '@', '.'])
            && (closers.is_empty() || quoted);
    }
    if next.is_lowercase() {
        return false;
    }
    if matches!(rest.chars().next(), Some(',' | ';' | ':')) {
        return false;
    }
    let starter = STARTERS.contains(&first);
    if mark.contains(['!', '?']) {
        return !(quoted && reported(opened)) && (closers != ")" || !opens || next.is_uppercase());
    }
    if mark.len() > 1 {
        // An ellipsis: a break in what is said, rather than its end.
        return starter || quoted || opens || mark.len() > 3 && mark != "…";
    }
    if !closers.is_empty() {
        if closers == ")" {
            // `(Acme Inc.) Smith` against `(He left.) Smith`.
            return class(word).is_none() || starter;
        }
        return next.is_uppercase() || next.is_numeric() || opens;
    }
    match class(word) {
        Some(Abbreviation::Title) => false,
        Some(Abbreviation::Number) => !next.is_numeric(),
        Some(Abbreviation::Month) => starter,
        Some(Abbreviation::Initial) => starter && previous_is_small(text, at, word),
        Some(Abbreviation::Plain | Abbreviation::Letters) => {
            starter || opens && next.is_uppercase() && rest.starts_with(['"', '“'])
        }
        None => {
            // `1. First`: numbers of a list at the beginning.
            let before = text[..at].strip_suffix(word).unwrap_or("").trim_end();
            let begins = before.is_empty() || before.ends_with(['.', '!', '?', ';', ':']);
            let figure = !word.is_empty() && word.len() <= 2 && word.bytes().all(|it| it.is_ascii_digit());
            let list = figure && begins;
            !(list || word == "www" || word.is_empty() && text[..at].trim().is_empty())
        }
    }
}

/// Whether the word before `word` (which ends at `at`) is in small letters.
fn previous_is_small(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].strip_suffix(word).unwrap_or("").trim_end();
    last_word(before).starts_with(char::is_lowercase)
}

/// Whether `rest` begins with up to four words of a name and a reporting verb.
fn reported(rest: &str) -> bool {
    for word in rest.split_whitespace().take(5) {
        let bare = word.trim_matches(|it: char| !it.is_alphanumeric());
        if REPORTING.contains(&bare) {
            return true;
        }
        if !bare.starts_with(char::is_uppercase) && !matches!(bare, "a" | "the" | "of")
            || word.ends_with(['.', '!', '?'])
        {
            return false;
        }
    }
    false
}

/// Longest word looked at before a full stop.
const WORD_BYTES_MAX: usize = 40;

fn last_word(text: &str) -> &str {
    let mut from = text.len();
    for (at, ch) in text.char_indices().rev() {
        if !(ch.is_alphanumeric() || matches!(ch, '.' | '-' | '\'' | '’' | '/' | '@'))
            || text.len() - at > WORD_BYTES_MAX
        {
            break;
        }
        from = at;
    }
    let word = &text[from..];
    // `-Gen`, `'No`
    word.trim_start_matches(['-', '\'', '’', '.']).rsplit(['-', '/']).next().unwrap_or(word)
}

fn first_word(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::split;

    fn sentences(text: &str) -> Vec<&str> {
        split(text, 0).into_iter().map(|it| &text[it.range()]).collect()
    }

    #[test]
    fn abbreviations_go_on() {
        for text in [
            "Northland and the U.S. Army met Gen. Doe and J. R. Roe on Nov. 10 in St. Mary.",
            "Acme Inc. Vice President Jane Roe signed No. 5 at 10 a.m. Monday.",
            "It cost 1.5 million, e.g. Rivermark's share.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
    }

    #[test]
    fn abbreviations_end() {
        assert_eq!(
            sentences("They left the U.S. The army stayed."),
            ["They left the U.S.", "The army stayed."]
        );
        assert_eq!(sentences("It began at 10 a.m. He left."), ["It began at 10 a.m.", "He left."]);
        assert_eq!(
            sentences("The answer was no. Northland left."),
            ["The answer was no.", "Northland left."]
        );
    }

    #[test]
    fn quotations() {
        let text = "“We will act.” Northland denied it. \"Why?\" Jane Roe asked. \"Go!\" he said.";
        assert_eq!(
            sentences(text),
            ["“We will act.”", "Northland denied it.", "\"Why?\" Jane Roe asked.", "\"Go!\" he said."]
        );
        let text = "He spoke of \"peace... Northland must leave\" and left. (It stayed.) Then it rained.";
        assert_eq!(
            sentences(text),
            ["He spoke of \"peace... Northland must leave\" and left.", "(It stayed.)", "Then it rained."]
        );
    }

    #[test]
    fn lines_end_sentences_unless_wrapped() {
        assert_eq!(sentences("Northland fires\nRivermark replies"), ["Northland fires", "Rivermark replies"]);
        assert_eq!(sentences("a\r\n\r\nb"), ["a", "b"]);
        let text = "The foreign ministry of Northland said on Tuesday that the whole\nNorthern corridor was open and that all of the humanitarian\nTraffic Directorate's convoys had passed.";
        assert_eq!(sentences(text), [text]);
    }

    #[test]
    fn notes_and_lists() {
        assert_eq!(sentences("It fell. [18] [2] Then it rose."), ["It fell. [18] [2]", "Then it rose."]);
        assert_eq!(sentences("It fell. 2. Then it rose."), ["It fell.", "2. Then it rose."]);
        assert_eq!(sentences("1. Then it rose."), ["1. Then it rose."]);
    }

    #[test]
    fn lost_spaces() {
        assert_eq!(sentences("The truce held.Northland said so."), ["The truce held.", "Northland said so."]);
        assert_eq!(sentences("See example.com now."), ["See example.com now."]);
    }

    #[test]
    fn base_shifts() {
        assert_eq!(split(" a. B", 10)[0].start, 11);
    }
}
