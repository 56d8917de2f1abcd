//! Word differences between two passages. Whether a change matters, and
//! whether it stands inside quotation marks, is not decided here: trace says it.

/// A stretch of one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its words, with the white space after them.
    pub text: String,
    /// Whether the other passage lacks it.
    pub changed: bool,
}

/// Passages with more words than this are shown whole as changed.
const WORDS_MAX: usize = 1000;

/// Compares two passages word by word.
pub(crate) fn words(a: &str, b: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (left, right) = (split(a), split(b));
    if left.len() > WORDS_MAX || right.len() > WORDS_MAX {
        return (pieces(&left, &[]), pieces(&right, &[]));
    }
    let common = common(&left, &right);
    let (of_left, of_right): (Vec<usize>, Vec<usize>) = common.into_iter().unzip();
    (pieces(&left, &of_left), pieces(&right, &of_right))
}

/// A word with the white space after it.
struct Word<'t> {
    text: &'t str,
    key: String,
}

fn split(text: &str) -> Vec<Word<'_>> {
    text.split_inclusive(char::is_whitespace).map(|it| Word { text: it, key: key(it) }).collect()
}

/// Spelling and punctuation that make no difference between wire and reprint.
fn key(word: &str) -> String {
    word.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Longest common subsequence of words, as pairs of positions.
fn common(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut best = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i * width + j] = if a[i].key == b[j].key {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i].key == b[j].key {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Joins neighbours of one sort.
fn pieces(words: &[Word], kept: &[usize]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut kept = kept.iter().peekable();
    for (n, word) in words.iter().enumerate() {
        let changed = kept.next_if_eq(&&n).is_none();
        match out.last_mut() {
            Some(last) if last.changed == changed => {
                last.text.push_str(word.text);
            }
            _ => out.push(Piece { text: word.text.to_owned(), changed }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::words;

    fn show(a: &str, b: &str) -> String {
        let (left, right) = words(a, b);
        let one = |all: Vec<super::Piece>| {
            all.iter()
                .map(
                    |it| if it.changed { format!("[{}]", it.text.trim()) } else { it.text.trim().to_owned() },
                )
                .collect::<Vec<_>>()
                .join(" ")
        };
        format!("{} | {}", one(left), one(right))
    }

    #[test]
    fn words_that_differ_are_found_on_both_sides() {
        assert_eq!(
            show("He said “it was closed” today.", "He said “it is closed” on Monday."),
            "He said “it [was] closed” [today.] | He said “it [is] closed” [on Monday.]"
        );
    }

    #[test]
    fn punctuation_and_case_are_no_change() {
        assert_eq!(
            show("The cease-fire, held.", "the ceasefire held"),
            "The cease-fire, held. | the ceasefire held"
        );
    }

    #[test]
    fn nothing_is_lost() {
        let (a, b) = ("x  y\u{a0}z “q", "");
        let (left, right) = words(a, b);
        assert_eq!(left.iter().map(|it| it.text.as_str()).collect::<String>(), a);
        assert!(right.is_empty());
    }
}
