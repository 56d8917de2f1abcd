//! Quotation marks.
//!
//! A state machine over the readable paragraphs of one article: straight and
//! curly double marks, guillemets, single marks where they are no
//! apostrophes, one kind nested in another, and quotations that run over
//! paragraphs because each paragraph opens again and only the last one
//! closes. A mark that never closes is left alone: nothing is read from it
//! and the rest of the article is still read.

use truce_model::Span;

/// Words between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With the marks.
    pub span: Span,
    /// Without the marks.
    pub inner: Span,
    /// 0 for a quotation that stands in no other.
    pub depth: usize,
    /// Number of the paragraph it opens in.
    pub first_paragraph: usize,
    /// Number of the paragraph it closes in.
    pub last_paragraph: usize,
}

/// Marks open at once; a text that nests deeper is no prose.
const NESTING_MAX: usize = 4;

/// Paragraphs one quotation may run over.
const PARAGRAPHS_MAX: usize = 12;

/// Characters looked ahead for the partner of a single mark; keeps a page of
/// apostrophes linear.
const LOOK_MAX: usize = 1_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Straight,
    Curly,
    Guillemet,
    SingleCurly,
    SingleStraight,
}

#[derive(Clone, Copy)]
struct Open {
    mark: Mark,
    at: usize,
    after: usize,
    paragraph: usize,
}

/// Finds the quotations in `paragraphs` of `text`, by position.
pub fn quotations(text: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let mut out = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let Some(words) = paragraph.of(text) else { continue };
        let base = paragraph.start as usize;
        carry_over(&mut stack, words, number);
        let chars: Vec<(usize, char)> = words.char_indices().collect();
        // A mark that reopens a carried quotation is part of it.
        let reopened = stack.len();
        let mut skip = reopened;
        let mut second_half = usize::MAX;
        for (n, &(at, ch)) in chars.iter().enumerate() {
            if n == second_half {
                continue;
            }
            let previous = n.checked_sub(1).map(|it| chars[it].1);
            let next = chars.get(n + 1).map(|it| it.1);
            // Old wire style writes a double mark as two single ones.
            let doubled = matches!(ch, '\'' | '`') && next == Some(ch);
            let (start, mut end) = (base + at, base + at + ch.len_utf8());
            let role = if doubled {
                second_half = n + 1;
                end += ch.len_utf8();
                role_of('"', previous, chars.get(n + 2).map(|it| it.1), &chars, n, &stack)
            } else {
                role_of(ch, previous, next, &chars, n, &stack)
            };
            let Some(role) = role else { continue };
            match role {
                (mark, true) => {
                    if skip > 0 && chars[..n].iter().all(|it| it.1.is_whitespace() || is_mark(it.1)) {
                        skip -= 1;
                        continue;
                    }
                    if stack.len() < NESTING_MAX {
                        stack.push(Open { mark, at: start, after: end, paragraph: number });
                    }
                }
                (mark, false) => {
                    let Some(found) = stack.iter().rposition(|it| it.mark == mark) else { continue };
                    let open = stack[found];
                    stack.truncate(found);
                    if open.after < start {
                        out.push(Quotation {
                            span: Span::new(open.at, end),
                            inner: Span::new(open.after, start),
                            depth: found,
                            first_paragraph: open.paragraph,
                            last_paragraph: number,
                        });
                    }
                }
            }
        }
    }
    out.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end)));
    fix_depth(&mut out);
    out
}

fn is_mark(ch: char) -> bool {
    matches!(ch, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '\'')
}

/// Keeps open only what the new paragraph reopens.
fn carry_over(stack: &mut Vec<Open>, words: &str, number: usize) {
    stack.truncate(1);
    let Some(open) = stack.first() else { return };
    let first = words.trim_start().chars().next();
    let reopens = match open.mark {
        Mark::Straight => first == Some('"'),
        Mark::Curly => matches!(first, Some('“' | '„')),
        Mark::Guillemet => first == Some('«'),
        Mark::SingleCurly => first == Some('‘'),
        Mark::SingleStraight => false,
    };
    if !reopens || number - open.paragraph > PARAGRAPHS_MAX {
        stack.clear();
    }
}

/// What a character does here: its kind and whether it opens.
fn role_of(
    ch: char,
    previous: Option<char>,
    next: Option<char>,
    chars: &[(usize, char)],
    n: usize,
    stack: &[Open],
) -> Option<(Mark, bool)> {
    let opens_here = previous.is_none_or(|it| it.is_whitespace() || "([{—–-/:".contains(it) || is_mark(it))
        && next.is_some_and(|it| !it.is_whitespace());
    let closes_here = previous.is_some_and(|it| !it.is_whitespace());
    match ch {
        '“' | '„' | '‟' => {
            // German style closes with “.
            let german = ch == '“'
                && stack.last().is_some_and(|it| it.mark == Mark::Curly)
                && !opens_here
                && closes_here;
            Some((Mark::Curly, !german))
        }
        '”' => {
            let open = stack.iter().any(|it| it.mark == Mark::Curly);
            // Some typists open with the closing mark.
            Some((Mark::Curly, !open && opens_here))
        }
        '«' => Some((Mark::Guillemet, true)),
        '»' => Some((Mark::Guillemet, false)),
        '"' => {
            // A curly mark closed by a straight one.
            let curly = stack.last().is_some_and(|it| it.mark == Mark::Curly);
            if curly && closes_here && !opens_here {
                return Some((Mark::Curly, false));
            }
            let open = stack.iter().any(|it| it.mark == Mark::Straight);
            Some((Mark::Straight, !open && opens_here))
        }
        '‘' => Some((Mark::SingleCurly, true)),
        '’' => {
            let open = stack.iter().any(|it| it.mark == Mark::SingleCurly);
            (open && closes_single(previous, next, chars, n)).then_some((Mark::SingleCurly, false))
        }
        '\'' => {
            let open = stack.iter().any(|it| it.mark == Mark::SingleStraight);
            if open {
                return closes_single(previous, next, chars, n).then_some((Mark::SingleStraight, false));
            }
            let starts = opens_here && next.is_some_and(|it| it.is_uppercase() || it.is_alphabetic());
            (starts && single_closes_later(chars, n)).then_some((Mark::SingleStraight, true))
        }
        _ => None,
    }
}

/// Whether a single mark ends a quotation rather than shortening a word or
/// marking the possessive of a plural.
fn closes_single(previous: Option<char>, next: Option<char>, chars: &[(usize, char)], n: usize) -> bool {
    if next.is_some_and(char::is_alphanumeric) || previous.is_none_or(char::is_whitespace) {
        return false;
    }
    if previous.is_some_and(|it| ",.!?…;".contains(it)) || next.is_none_or(|it| !it.is_whitespace()) {
        return true;
    }
    // "the rebels’ men …’": a possessive is followed by a word, and the real
    // mark comes later in the same paragraph.
    if !previous.is_some_and(|it| it == 's' || it == 'S') {
        return true;
    }
    let mark = chars[n].1;
    let open_mark = if mark == '’' { '‘' } else { '\0' };
    for (k, &(_, ch)) in chars.iter().enumerate().skip(n + 1).take(LOOK_MAX) {
        if ch == open_mark {
            return true;
        }
        if ch == mark {
            let (before, after) = (chars[k - 1].1, chars.get(k + 1).map(|it| it.1));
            if !after.is_some_and(char::is_alphanumeric) && !before.is_whitespace() {
                return false;
            }
        }
    }
    true
}

/// Whether a straight single mark has a partner in its paragraph.
fn single_closes_later(chars: &[(usize, char)], n: usize) -> bool {
    chars.iter().enumerate().skip(n + 2).take(LOOK_MAX).any(|(k, &(_, ch))| {
        ch == '\''
            && !chars[k - 1].1.is_whitespace()
            && chars.get(k + 1).is_none_or(|it| !it.1.is_alphanumeric())
            && (chars[k - 1].1 != 's' || chars.get(k + 1).is_none_or(|it| !it.1.is_whitespace()))
    })
}

/// Depth by containment, since unclosed marks may have been counted.
fn fix_depth(sorted: &mut [Quotation]) {
    let mut ends: Vec<u32> = Vec::new();
    for it in sorted {
        while ends.last().is_some_and(|end| *end <= it.span.start) {
            ends.pop();
        }
        it.depth = ends.len();
        ends.push(it.span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for line in text.split('\n') {
            paragraphs.push(Span::new(at, at + line.len()));
            at += line.len() + 1;
        }
        quotations(text, &paragraphs)
            .into_iter()
            .map(|it| format!("{}{}", "·".repeat(it.depth), it.inner.of(text).expect("a span of the text")))
            .collect()
    }

    #[test]
    fn straight_curly_and_guillemets() {
        assert_eq!(found("\"Stop,\" she said."), ["Stop,"]);
        assert_eq!(found("“Stop,” she said, “now.”"), ["Stop,", "now."]);
        assert_eq!(found("«Stop», she said."), ["Stop"]);
        assert_eq!(found("„Stop“, she said."), ["Stop"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(found("Northland's men and the rebels' men didn't meet."), Vec::<String>::new());
        assert_eq!(found("It’s the rebels’ road."), Vec::<String>::new());
        assert_eq!(found("‘It’s the rebels’ road,’ he said."), ["It’s the rebels’ road,"]);
        assert_eq!(found("He saw 'a wall of fire' there."), ["a wall of fire"]);
    }

    #[test]
    fn two_single_marks_are_a_double_one() {
        assert_eq!(found("''Stop,'' she said. ``Now,'' he said."), ["Stop,", "Now,"]);
    }

    #[test]
    fn nested() {
        assert_eq!(
            found("“They call it a ‘drill’ again,” he said."),
            ["They call it a ‘drill’ again,", "·drill"]
        );
    }

    #[test]
    fn carried_over_paragraphs() {
        assert_eq!(found("“First.\n“Second.\n“Third,” he said.\nPlain."), ["First.\n“Second.\n“Third,"]);
    }

    #[test]
    fn unclosed_is_left_alone() {
        assert_eq!(found("“First.\nPlain \"text\" here."), ["text"]);
        assert_eq!(found("He is 6' tall and 5\" wide."), Vec::<String>::new());
    }
}
