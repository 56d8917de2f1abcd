//! A range of bytes in one text.

/// A half-open range of bytes `start..end` in a text.
///
/// Inside the program positions are bytes, because that is what slicing takes;
/// in the record they are Unicode code points (see [`crate::CodePoints`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte. Invariant: `start <= end`.
    pub end: u32,
}

impl Span {
    /// Builds `start..end`.
    ///
    /// # Panics
    /// If `end < start` or a position does not fit into 32 bits (texts are
    /// limited far below that at intake).
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end, "span {start}..{end} runs backwards");
        let fit = |it: usize| u32::try_from(it).expect("texts are limited to 4 GiB at intake");
        Span { start: fit(start), end: fit(end) }
    }

    /// The range to slice with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether byte `at` lies inside.
    pub fn contains_at(self, at: usize) -> bool {
        (self.start as usize) <= at && at < self.end as usize
    }

    /// Number of shared bytes.
    pub fn overlap(self, other: Span) -> usize {
        (self.end.min(other.end) as usize).saturating_sub(self.start.max(other.start) as usize)
    }

    /// Whether at least one byte is shared.
    pub fn overlaps(self, other: Span) -> bool {
        self.overlap(other) > 0
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span `by` bytes later.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }

    /// The words at the span, if it is a span of `text` on character bounds.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// The span without white space at either end; empty spans stay put.
    pub fn trimmed(self, text: &str) -> Span {
        let Some(words) = self.of(text) else { return self };
        let left = words.len() - words.trim_start().len();
        let kept = words.trim().len();
        if kept == 0 {
            return Span { start: self.start, end: self.start };
        }
        Span::new(self.start as usize + left, self.start as usize + left + kept)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn trims_to_words() {
        let text = "a  said so \n";
        let span = Span::new(1, text.len()).trimmed(text);
        assert_eq!(span.of(text), Some("said so"));
        assert!(Span::new(1, 3).trimmed(text).is_empty());
    }

    #[test]
    fn overlap_counts_shared_bytes() {
        assert_eq!(Span::new(0, 5).overlap(Span::new(3, 9)), 2);
        assert_eq!(Span::new(0, 3).overlap(Span::new(3, 9)), 0);
        assert!(Span::new(0, 9).contains(Span::new(3, 9)));
    }
}
