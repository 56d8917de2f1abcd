//! "Did you mean": the known word that is nearest to a mistyped one.

/// The candidate that differs least from `word`, if it differs little enough
/// that a person may have meant it.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    // Ids are short; a word this long is no slip of the hand.
    if length == 0 || length > 100 {
        return None;
    }
    let simple = |it: &str| it.to_lowercase().replace(['_', ' '], "-");
    let wanted = simple(word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let have = simple(candidate);
        let distance = if have == wanted {
            0
        } else if wanted.len() >= 4 && (have.starts_with(&wanted) || wanted.starts_with(&have)) {
            1
        } else {
            distance(&wanted, &have)
        };
        if distance <= 1.max(length / 3) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Number of insertions, deletions and replacements from one to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(200).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_nothing_else() {
        let known = ["northland", "rivermark", "shelling_or_strike"];
        assert_eq!(nearest("northlnad", known), Some("northland"));
        assert_eq!(nearest("Rivermark", known), Some("rivermark"));
        assert_eq!(nearest("shelling", known), Some("shelling_or_strike"));
        assert_eq!(nearest("shelling-or-strike", known), Some("shelling_or_strike"));
        assert_eq!(nearest("peacekeepers", known), None);
        assert_eq!(nearest("", known), None);
    }
}
