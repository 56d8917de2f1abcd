//! Spelling: what counts as the same word printed two ways.
//!
//! ## Reads
//! A word in lower-case ASCII without hyphens, apostrophes and full stops.
//!
//! ## Matters because
//! A sentence reprinted in another house style is the same sentence, and a
//! change of spelling inside quotation marks is no altered quotation.
//!
//! ## Example
//! `recognised` and `recognized`, `defence` and `defense`, `travelled` and
//! `traveled`, `harbour` and `harbor`, `km` and `kilometers`, `ten` and `10`.
//!
//! ## Misses
//! The folded form is a key for comparing and no word: `wise` becomes `wize`
//! and `hours` becomes `hors`. Two different words that fold alike are rare
//! (`ton` and `tonne` are the worst) and would be held equal.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// Hash of bytes that is the same in every run and on every machine.
#[derive(Clone, Copy, Debug)]
pub struct Fold(u64);

impl Fold {
    /// Begins a hash.
    pub const fn new() -> Fold {
        Fold(0xCBF2_9CE4_8422_2325)
    }

    /// Adds a byte.
    #[inline]
    pub const fn byte(self, it: u8) -> Fold {
        Fold((self.0 ^ it as u64).wrapping_mul(0x0000_0100_0000_01B3))
    }

    /// Adds a whole number.
    #[inline]
    pub const fn number(self, it: u64) -> Fold {
        Fold((self.0.rotate_left(5) ^ it).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// Adds bytes.
    #[inline]
    pub fn bytes(mut self, it: &[u8]) -> Fold {
        for byte in it {
            self = self.byte(*byte);
        }
        self
    }

    /// The hash, with its bits mixed.
    #[inline]
    pub const fn finish(self) -> u64 {
        let mut it = self.0;
        it ^= it >> 32;
        it = it.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        it ^= it >> 29;
        it
    }
}

impl Default for Fold {
    fn default() -> Fold {
        Fold::new()
    }
}

/// Hasher for keys that are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = Fold(self.0).bytes(bytes).finish();
    }

    fn write_u64(&mut self, it: u64) {
        self.0 = it;
    }
}

/// A map whose keys are hashes already. Look up only: its order means nothing.
pub type KeyMap<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

const SPELLING: &str = include_str!("../../../lexicon/spelling.txt");
const FUNCTION_WORDS: &str = include_str!("../../../lexicon/function-words.txt");

static LISTED: LazyLock<KeyMap<u64>> = LazyLock::new(|| {
    let mut out = KeyMap::default();
    for line in SPELLING.lines().filter(|it| !it.starts_with('#')) {
        let Some((variant, normal)) = line.split_once(' ') else { continue };
        out.insert(plain_key(variant), plain_key(normal));
    }
    // A chain (`a b`, `b c`) would make the result depend on where one starts.
    let chained: Vec<(u64, u64)> = out.iter().filter_map(|(from, to)| Some((*from, *out.get(to)?))).collect();
    out.extend(chained);
    out
});

static FUNCTION: LazyLock<KeyMap<()>> = LazyLock::new(|| {
    FUNCTION_WORDS
        .lines()
        .filter(|it| !it.starts_with('#'))
        .flat_map(str::split_whitespace)
        .map(|it| (key(&mut it.as_bytes().to_vec()), ()))
        .collect()
});

fn plain_key(word: &str) -> u64 {
    let mut bytes: Vec<u8> = word.bytes().filter(|it| *it != b'-').collect();
    fold(&mut bytes);
    Fold::new().bytes(&bytes).finish()
}

/// The key of a word in lower case, by which it is compared.
pub fn key(word: &mut Vec<u8>) -> u64 {
    fold(word);
    let it = Fold::new().bytes(word).finish();
    LISTED.get(&it).copied().unwrap_or(it)
}

/// Whether the word with this key carries grammar rather than matter.
pub fn is_function_word(key: u64) -> bool {
    FUNCTION.contains_key(&key)
}

/// Folds regular differences of spelling, in place.
fn fold(word: &mut Vec<u8>) {
    let long = word.len();
    if long < 5 || !word.is_ascii() {
        return;
    }
    // -ise, -isation, -yse: from the right, so that the last one is taken.
    for end in [
        "ise", "ised", "ises", "iser", "isers", "ising", "isation", "isations", "yse", "ysed", "yses",
        "ysing",
    ] {
        if word.ends_with(end.as_bytes()) {
            let at = word.len() - end.len() + 1;
            word[at] = b'z';
            break;
        }
    }
    for (from, to) in [
        ("fence", "fense"),
        ("fences", "fenses"),
        ("licence", "license"),
        ("licences", "licenses"),
        ("pretence", "pretense"),
        ("tre", "ter"),
        ("tres", "ters"),
        ("tred", "tered"),
        ("lled", "led"),
        ("lling", "ling"),
        ("ller", "ler"),
        ("llers", "lers"),
        ("llor", "lor"),
        ("llors", "lors"),
        ("ogue", "og"),
        ("ogues", "ogs"),
    ] {
        if word.ends_with(from.as_bytes()) {
            word.truncate(long - from.len());
            word.extend_from_slice(to.as_bytes());
            break;
        }
    }
    // -our-, -ae-, -oe-: anywhere but at the very start.
    let mut at = 2;
    while at + 2 <= word.len() {
        if word[at..].starts_with(b"our") && at >= 2 {
            word.remove(at + 1);
        } else if word.len() >= 7 && (word[at..].starts_with(b"ae") || word[at..].starts_with(b"oe")) {
            word.remove(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{is_function_word, key};

    fn of(word: &str) -> u64 {
        key(&mut word.replace('-', "").into_bytes())
    }

    #[test]
    fn one_word_two_spellings() {
        for (a, b) in [
            ("recognised", "recognized"),
            ("normalise", "normalize"),
            ("organisations", "organizations"),
            ("defence", "defense"),
            ("harbour", "harbor"),
            ("neighbouring", "neighboring"),
            ("travelled", "traveled"),
            ("theatre", "theater"),
            ("centres", "centers"),
            ("anaesthetics", "anesthetics"),
            ("ceasefire", "cease-fire"),
            ("ten", "10"),
            ("km", "kilometers"),
            ("kilometres", "kilometer"),
            ("sept", "september"),
            ("manoeuvres", "maneuvers"),
        ] {
            assert_eq!(of(a), of(b), "{a} {b}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (a, b) in [
            ("salvo", "barrage"),
            ("fire", "fires"),
            ("accused", "accuse"),
            ("was", "as"),
            ("peace", "piece"),
        ] {
            assert_ne!(of(a), of(b), "{a} {b}");
        }
    }

    #[test]
    fn grammar_is_known() {
        assert!(is_function_word(of("the")));
        assert!(!is_function_word(of("shelling")));
    }
}
