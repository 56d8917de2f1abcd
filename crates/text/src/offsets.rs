//! From bytes to code points and back.

/// Code-point offsets of one text, as W3C `TextPositionSelector` counts them.
///
/// Looking a position up costs at most one block of [`BLOCK`] bytes.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * BLOCK`.
    before: Vec<u32>,
}

const BLOCK: usize = 256;

impl<'t> CodePoints<'t> {
    /// Indexes `text`.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0u32;
        for (at, byte) in text.bytes().enumerate() {
            if at % BLOCK == 0 {
                before.push(count);
            }
            // Every byte but a continuation byte starts a code point.
            count += u32::from(byte & 0xC0 != 0x80);
        }
        if text.len().is_multiple_of(BLOCK) {
            before.push(count);
        }
        CodePoints { text, before }
    }

    /// Number of code points before byte `at`; positions past the end count
    /// as the end.
    pub fn at_byte(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = at / BLOCK;
        let tail = &self.text.as_bytes()[block * BLOCK..at];
        self.before[block] as usize + tail.iter().filter(|it| **it & 0xC0 != 0x80).count()
    }

    /// The byte where code point number `n` begins, or `None` past the end.
    pub fn to_byte(&self, n: usize) -> Option<usize> {
        let block = self.before.partition_point(|it| (*it as usize) <= n).checked_sub(1)?;
        let mut seen = self.before[block] as usize;
        let bytes = self.text.as_bytes();
        for (at, byte) in bytes.iter().enumerate().skip(block * BLOCK) {
            if byte & 0xC0 != 0x80 {
                if seen == n {
                    return Some(at);
                }
                seen += 1;
            }
        }
        (seen == n).then_some(bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::CodePoints;

    #[test]
    fn both_ways_over_block_borders() {
        let text = "Şuşa – “Шуша” ".repeat(60);
        let index = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.at_byte(at), n);
            assert_eq!(index.to_byte(n), Some(at));
        }
        let n = text.chars().count();
        assert_eq!(index.at_byte(text.len()), n);
        assert_eq!(index.to_byte(n), Some(text.len()));
        assert_eq!(index.to_byte(n + 1), None);
    }

    #[test]
    fn empty_text() {
        let index = CodePoints::new("");
        assert_eq!(index.at_byte(0), 0);
        assert_eq!(index.to_byte(0), Some(0));
    }
}
