//! An index of words in a row that grows with each article.
//!
//! It answers one question at the speed of reading: which earlier articles
//! print stretches of this one? It keeps no text, takes bounded memory, and
//! can be written to bytes and read back, so that a desk survives a restart.
//!
//! ## Reads
//! Headline, subhead and body of an article.
//!
//! ## Matters because
//! A desk that reads a year of news cannot compare every article with every
//! other; with this it loads the few that share text and traces those.
//!
//! ## Example
//! A wire of Monday, added first, and its reprint of Tuesday, added a
//! thousand articles later, find each other.
//!
//! ## Misses
//! A shared stretch shorter than [`SURE_RUN_WORDS`] words may be overlooked;
//! one that stands in more than [`PRINT_ARTICLES_MAX`] articles leads to the
//! first of them only. When the index is full the oldest half is forgotten.

use truce_model::{Article, Span};
use truce_text::normalise::{Names, Word, words};
use truce_text::spelling::Fold;

/// Words in a fingerprint.
const PRINT_WORDS: usize = 6;
/// Of so many fingerprints in a row one is kept, the least.
const WINDOW: usize = 5;
/// A shared run of this many words is always found.
pub const SURE_RUN_WORDS: usize = PRINT_WORDS + WINDOW - 1;
/// A fingerprint is kept for this many articles; a later one that prints it
/// is led to these. A million copies of one article cost no more than this.
pub const PRINT_ARTICLES_MAX: usize = 8;
/// Words of one article beyond this number are not indexed.
pub const ARTICLE_WORDS_MAX: usize = 200_000;
/// Fingerprints in common that make an article worth loading.
const COMMON_MIN: u32 = 2;

/// An earlier article that prints stretches of the one looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexMatch {
    /// Its number: the how-manieth it was to be added.
    pub article: u32,
    /// Fingerprints in common.
    pub common: u32,
    /// From the first to the last stretch in common, in the article looked up.
    pub span: Span,
}

/// What adding an article told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// The number it got.
    pub number: u32,
    /// Earlier articles with text in common: most in common first.
    pub matches: Vec<IndexMatch>,
    /// Whether the article was longer than `ARTICLE_WORDS_MAX` words.
    pub cut: bool,
    /// Whether the oldest half of the index was forgotten for it.
    pub forgot: bool,
}

/// One half of the index: fingerprints and the articles that print them.
#[derive(Clone, Debug, Default)]
struct Table {
    /// Open addressing; 0 is empty. The upper bits of a fingerprint.
    tags: Vec<u32>,
    /// The article beside each tag.
    articles: Vec<u32>,
    used: usize,
}

impl Table {
    fn with_slots(slots: usize) -> Table {
        Table { tags: vec![0; slots], articles: vec![0; slots], used: 0 }
    }

    fn start(&self, print: u64) -> usize {
        (print as usize) & (self.tags.len() - 1)
    }

    /// Calls `seen` for each article that prints `print`; returns how many.
    #[inline]
    fn look_up(&self, print: u64, mut seen: impl FnMut(u32)) -> usize {
        if self.tags.is_empty() {
            return 0;
        }
        let tag = tag(print);
        let mut at = self.start(print);
        let mut count = 0;
        while self.tags[at] != 0 {
            if self.tags[at] == tag {
                seen(self.articles[at]);
                count += 1;
            }
            at = (at + 1) & (self.tags.len() - 1);
        }
        count
    }

    #[inline]
    fn insert(&mut self, print: u64, article: u32) {
        let mut at = self.start(print);
        while self.tags[at] != 0 {
            at = (at + 1) & (self.tags.len() - 1);
        }
        self.tags[at] = tag(print);
        self.articles[at] = article;
        self.used += 1;
    }
}

fn tag(print: u64) -> u32 {
    ((print >> 32) as u32).max(1)
}

/// The index. See the module's words.
#[derive(Clone, Debug)]
pub struct TraceIndex {
    young: Table,
    old: Table,
    names: Names,
    articles: u32,
    /// Counts by article while one is looked up; emptied after.
    counts: std::collections::BTreeMap<u32, (u32, u32, u32)>,
}

impl TraceIndex {
    /// An index that takes up to `bytes_max` bytes (at least a mebibyte, cut
    /// to a power of two). `names` as in [`crate::trace`].
    pub fn new(bytes_max: usize, names: &[Vec<String>]) -> TraceIndex {
        // Two tables of 8 bytes a slot.
        let wanted = (bytes_max / 16).max(1 << 16);
        let slots = 1usize << (usize::BITS - 1 - wanted.leading_zeros());
        TraceIndex {
            young: Table::with_slots(slots),
            old: Table::default(),
            names: Names::new(names),
            articles: 0,
            counts: std::collections::BTreeMap::new(),
        }
    }

    /// Number of articles added so far.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// Bytes taken by the tables.
    pub fn bytes(&self) -> usize {
        8 * (self.young.tags.len() + self.old.tags.len())
    }

    /// Looks `article` up, then adds it.
    pub fn add(&mut self, article: &Article) -> Added {
        let number = self.articles;
        self.articles += 1;
        let (prints, cut) = self.prints(article);
        let mut out = Added { number, cut, ..Added::default() };
        // Room for all of them at no more than three quarters full.
        if (self.young.used + prints.len()) * 4 > self.young.tags.len() * 3 {
            let slots = self.young.tags.len();
            self.old = std::mem::replace(&mut self.young, Table::with_slots(slots));
            out.forgot = true;
        }
        let mut counts = std::mem::take(&mut self.counts);
        for (print, span) in &prints {
            let mut seen = |it: u32| {
                let entry = counts.entry(it).or_insert((0, span.start, span.end));
                entry.0 += 1;
                entry.2 = entry.2.max(span.end);
            };
            let known = self.young.look_up(*print, &mut seen) + self.old.look_up(*print, &mut seen);
            if known < PRINT_ARTICLES_MAX {
                self.young.insert(*print, number);
            }
        }
        // A fingerprint twice in one article is looked up beside itself.
        counts.remove(&number);
        out.matches = counts
            .iter()
            .filter(|it| it.1.0 >= COMMON_MIN)
            .map(|(article, (common, start, end))| IndexMatch {
                article: *article,
                common: *common,
                span: Span { start: *start, end: *end },
            })
            .collect();
        out.matches.sort_by_key(|it| (std::cmp::Reverse(it.common), it.article));
        counts.clear();
        self.counts = counts;
        out
    }

    /// The fingerprints kept of `article`, and whether it was cut.
    fn prints(&self, article: &Article) -> (Vec<(u64, Span)>, bool) {
        let mut out = Vec::with_capacity(article.text.len() / 16);
        let mut room = ARTICLE_WORDS_MAX;
        let mut cut = false;
        for segment in article.readable() {
            let Some(text) = segment.span.of(&article.text) else { continue };
            let mut words = words(text, segment.span.start as usize, &self.names);
            cut |= words.len() > room;
            words.truncate(room);
            room -= words.len();
            winnow(&words, &mut out);
        }
        (out, cut)
    }

    /// The index as bytes; [`TraceIndex::from_bytes`] reads them back.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&self.articles.to_le_bytes());
        for table in [&self.young, &self.old] {
            out.extend_from_slice(&(table.tags.len() as u64).to_le_bytes());
            out.extend_from_slice(&(table.used as u64).to_le_bytes());
            // Only full slots, with their places: a young index is small.
            for (at, (tag, article)) in
                table.tags.iter().zip(&table.articles).enumerate().filter(|it| *it.1.0 != 0)
            {
                out.extend_from_slice(&(at as u32).to_le_bytes());
                out.extend_from_slice(&tag.to_le_bytes());
                out.extend_from_slice(&article.to_le_bytes());
            }
        }
        out
    }

    /// Reads an index written by [`TraceIndex::to_bytes`] with the same
    /// `names`; `None` if these are no such bytes.
    pub fn from_bytes(bytes: &[u8], names: &[Vec<String>]) -> Option<TraceIndex> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let articles = u32::from_le_bytes(take(&mut rest)?);
        let mut table = || -> Option<Table> {
            let slots = usize::try_from(u64::from_le_bytes(take(&mut rest)?)).ok()?;
            let used = usize::try_from(u64::from_le_bytes(take(&mut rest)?)).ok()?;
            let fits = slots == 0 && used == 0
                || slots.is_power_of_two() && slots <= SLOTS_MAX && used < slots && used <= rest.len() / 12;
            if !fits {
                return None;
            }
            let mut table = Table { used, ..Table::with_slots(slots) };
            for _ in 0..used {
                let at = u32::from_le_bytes(take(&mut rest)?) as usize;
                let tag = u32::from_le_bytes(take(&mut rest)?);
                let article = u32::from_le_bytes(take(&mut rest)?);
                if at >= slots || tag == 0 || table.tags[at] != 0 || article >= articles {
                    return None;
                }
                table.tags[at] = tag;
                table.articles[at] = article;
            }
            Some(table)
        };
        let (young, old) = (table()?, table()?);
        if young.tags.is_empty() || !rest.is_empty() {
            return None;
        }
        Some(TraceIndex {
            young,
            old,
            names: Names::new(names),
            articles,
            counts: std::collections::BTreeMap::new(),
        })
    }
}

const MAGIC: &[u8] = b"truce-trace-index/1\n";
/// Largest table that is read back: 32 GiB.
const SLOTS_MAX: usize = 1 << 32;

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// Keeps of every [`WINDOW`] fingerprints in a row the least (winnowing), so
/// that equal stretches keep equal fingerprints wherever they stand.
fn winnow(words: &[Word], out: &mut Vec<(u64, Span)>) {
    if words.len() < PRINT_WORDS {
        return;
    }
    let hashes: Vec<u64> = words
        .windows(PRINT_WORDS)
        .map(|it| it.iter().fold(Fold::new(), |hash, word| hash.number(word.key)).finish())
        .collect();
    let mut kept = usize::MAX;
    for from in 0..=hashes.len().saturating_sub(WINDOW) {
        let until = (from + WINDOW).min(hashes.len());
        // The least of the window; of equals the last, which stays longest.
        let mut least = from;
        for at in from + 1..until {
            if hashes[at] <= hashes[least] {
                least = at;
            }
        }
        if least != kept {
            kept = least;
            out.push((hashes[least], words[least].span.cover(words[least + PRINT_WORDS - 1].span)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PRINT_ARTICLES_MAX, TraceIndex};
    use truce_model::{Article, Published, Segment, SegmentKind, Span};

    fn article(text: &str) -> Article {
        Article {
            id: text.into(),
            path: String::new(),
            sha256: String::new(),
            outlet: None,
            url: None,
            title: None,
            language: None,
            published: Published::unknown("a test"),
            text: text.into(),
            segments: vec![Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) }],
            text_credit: None,
            picture_credit: None,
        }
    }

    const WIRE: &str = "Northland closed Alder Pass on Sunday after two convoys were shelled. Rivermark denied that \
        its guns had fired and asked the mission for an inquiry into what it called a staged attack on the road.";

    #[test]
    fn finds_a_passage_in_other_text() {
        let mut index = TraceIndex::new(1 << 20, &[]);
        assert!(index.add(&article(WIRE)).matches.is_empty());
        let other =
            "Grain prices rose in Fenmoor while the lock stayed shut for a third week, merchants said there.";
        assert!(index.add(&article(other)).matches.is_empty());
        let reprint =
            format!("{other} Rivermark denied that its guns had fired and asked the mission for an inquiry.");
        let got = index.add(&article(&reprint));
        let mut found = got.matches;
        found.sort_by_key(|it| it.article);
        assert_eq!(found.iter().map(|it| it.article).collect::<Vec<_>>(), [0, 1]);
        let passage = reprint.find("Rivermark").expect("words");
        assert!(found[0].span.end as usize > passage);
    }

    #[test]
    fn many_copies_cost_little() {
        let mut index = TraceIndex::new(1 << 20, &[]);
        for _ in 0..1000 {
            let got = index.add(&article(WIRE));
            assert!(got.matches.len() <= PRINT_ARTICLES_MAX);
            assert!(!got.forgot);
        }
    }

    #[test]
    fn forgets_the_oldest_when_full() {
        let mut index = TraceIndex::new(0, &[]);
        let bytes = index.bytes();
        let mut forgot = 0;
        for n in 0..3000u32 {
            let text: String = (0..200).map(|it| format!("w{} ", n * 1000 + it)).collect();
            forgot += usize::from(index.add(&article(&text)).forgot);
        }
        assert!(forgot > 1);
        assert!(index.bytes() <= 2 * bytes);
    }

    #[test]
    fn written_and_read_back() {
        let mut index = TraceIndex::new(1 << 20, &[]);
        index.add(&article(WIRE));
        let bytes = index.to_bytes();
        let mut again = TraceIndex::from_bytes(&bytes, &[]).expect("an index");
        assert_eq!(again.to_bytes(), bytes);
        assert_eq!(again.add(&article(WIRE)), index.add(&article(WIRE)));
        for cut in [0, 5, bytes.len() - 1] {
            assert!(TraceIndex::from_bytes(&bytes[..cut], &[]).is_none());
        }
    }
}
