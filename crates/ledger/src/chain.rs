//! Lines chained by SHA-256 over canonical bytes.

use sha2::{Digest, Sha256};

use crate::Entry;

/// What the first line is chained to.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256 of `bytes` in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut out = String::with_capacity(64);
    for byte in digest {
        out.push(char::from_digit(u32::from(byte >> 4), 16).expect("a nibble is a hex digit"));
        out.push(char::from_digit(u32::from(byte & 15), 16).expect("a nibble is a hex digit"));
    }
    out
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Position, from 0.
    pub seq: u64,
    /// When, as RFC 3339; `None` without a desk, which alone has a clock.
    pub at: Option<String>,
    /// Program or reviewer.
    pub who: String,
    /// What was done: the words of an [`Entry`].
    pub what: String,
    /// SHA-256 of what it was done to, in canonical form.
    pub payload_sha256: String,
    /// Hash of the line before, or [`GENESIS`].
    pub previous: String,
    /// SHA-256 over all of the above.
    pub hash: String,
}

impl Line {
    /// The hash the line should have.
    pub fn expected_hash(&self) -> String {
        // Every field carries its length, so no two lines have the same bytes.
        let mut bytes = b"trucewatch-ledger/1\n".to_vec();
        let seq = self.seq.to_string();
        let at = self.at.as_deref();
        for field in [
            Some(seq.as_str()),
            at,
            Some(&self.who),
            Some(&self.what),
            Some(&self.payload_sha256),
            Some(&self.previous),
        ] {
            match field {
                None => bytes.extend_from_slice(b"-\n"),
                Some(it) => {
                    bytes.extend_from_slice(it.len().to_string().as_bytes());
                    bytes.push(b':');
                    bytes.extend_from_slice(it.as_bytes());
                    bytes.push(b'\n');
                }
            }
        }
        sha256_hex(&bytes)
    }
}

/// Where a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainBreak {
    /// Position of the line in the ledger.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// The ledger: lines that can only be added to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    lines: Vec<Line>,
}

impl Ledger {
    /// An empty ledger.
    pub fn new() -> Ledger {
        Ledger::default()
    }

    /// A ledger of lines that were written before. Whether they hold together
    /// is asked with [`Ledger::breaks`].
    pub fn from_lines(lines: Vec<Line>) -> Ledger {
        Ledger { lines }
    }

    /// The lines in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Hash of the last line.
    pub fn head(&self) -> &str {
        self.lines.last().map_or(GENESIS, |it| it.hash.as_str())
    }

    /// Adds an entry by the machine, or by the reviewer the entry names.
    /// `payload` is what it concerns, in canonical form.
    pub fn append(&mut self, program: &str, at: Option<&str>, entry: &Entry, payload: &[u8]) -> &Line {
        let head = (self.lines.len() as u64, self.head());
        let line = Ledger::next_line(head, program, at, entry, payload);
        self.lines.push(line);
        self.lines.last().expect("a line was just added")
    }

    /// The line that comes after the one numbered `seq - 1` with hash
    /// `previous`, for a ledger that is kept elsewhere.
    pub fn next_line(
        (seq, previous): (u64, &str),
        program: &str,
        at: Option<&str>,
        entry: &Entry,
        payload: &[u8],
    ) -> Line {
        let who = entry.reviewer().map_or(program, |it| it.as_str());
        let mut line = Line {
            seq,
            at: at.map(str::to_owned),
            who: who.to_owned(),
            what: entry.words(),
            payload_sha256: sha256_hex(payload),
            previous: previous.to_owned(),
            hash: String::new(),
        };
        line.hash = line.expected_hash();
        line
    }

    /// Everything wrong with the chain, in order.
    pub fn breaks(&self) -> Vec<ChainBreak> {
        let mut out = Vec::new();
        let mut previous = GENESIS;
        for (at, line) in self.lines.iter().enumerate() {
            if line.seq != at as u64 {
                out.push(ChainBreak { line: at, what: "its number is not its position" });
            }
            if line.previous != previous {
                out.push(ChainBreak { line: at, what: "it is not chained to the line before" });
            }
            if line.hash != line.expected_hash() {
                out.push(ChainBreak { line: at, what: "its words are not those its hash was made of" });
            }
            previous = &line.hash;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use truce_model::{ArticleId, ClaimId};

    use super::*;

    fn three() -> Ledger {
        let mut ledger = Ledger::new();
        ledger.append("t", None, &Entry::Stored { article: ArticleId::from("a-1") }, b"one");
        ledger.append("t", None, &Entry::Proposed { claim: ClaimId::from("c-1") }, b"two");
        ledger.append("t", None, &Entry::Sealed { section: "claims".into() }, b"three");
        ledger
    }

    #[test]
    fn known_digest() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn whole_chain_holds() {
        assert_eq!(three().breaks(), vec![]);
        assert_eq!(three(), three());
    }

    #[test]
    fn every_change_is_found() {
        let change: [fn(&mut Line); 7] = [
            |it| it.seq += 1,
            |it| it.at = Some("2020-01-01T00:00:00Z".into()),
            |it| it.who.push('x'),
            |it| it.what.push('x'),
            |it| it.payload_sha256 = GENESIS.into(),
            |it| it.previous = sha256_hex(b"x"),
            |it| it.hash = sha256_hex(b"y"),
        ];
        for at in 0..3 {
            for change in change {
                let mut lines = three().lines;
                change(&mut lines[at]);
                assert!(!Ledger::from_lines(lines).breaks().is_empty(), "line {at}");
            }
        }
    }

    #[test]
    fn removed_and_exchanged_lines_are_found() {
        let mut lines = three().lines;
        lines.swap(0, 1);
        assert!(!Ledger::from_lines(lines).breaks().is_empty());
        let mut lines = three().lines;
        lines.remove(1);
        assert_eq!(Ledger::from_lines(lines).breaks()[0].line, 1);
    }
}
