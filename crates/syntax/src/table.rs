//! The frozen weights: a hash table that is read in place, without loading.
//!
//! Layout, little endian: number of buckets `u32` (a power of two), one `u32`
//! offset per bucket and one past the last, then the entries of each bucket:
//! fingerprint `u16`, number of pairs `u8`, pairs (class `u8`, code `i8`). Codes up
//! to [`FINE`] are weights; beyond, every step counts [`COARSE`].

/// A table inside the model's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Table<'m> {
    mask: u32,
    offsets: &'m [u8],
    entries: &'m [u8],
}

/// Where scores come from: the frozen table, or the learner in training.
pub trait Weights {
    /// Adds the weights of feature `key` to `scores`.
    fn add(&self, key: u64, scores: &mut [i32]);

    /// Adds the weights of the features `keys` to `scores`.
    fn add_all(&self, keys: &[u64], scores: &mut [i32]) {
        for key in keys {
            self.add(*key, scores);
        }
    }
}

/// How many features are looked up together.
const BATCH: usize = 64;

/// Codes up to this are weights themselves.
pub const FINE: i32 = 63;
/// What a step beyond counts.
pub const COARSE: i32 = 12;

const fn expanded() -> [i32; 256] {
    let mut out = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let code = (byte as u8 as i8) as i32;
        out[byte] = if code > FINE {
            FINE + (code - FINE) * COARSE
        } else if code < -FINE {
            -FINE + (code + FINE) * COARSE
        } else {
            code
        };
        byte += 1;
    }
    out
}

/// The weight of each code.
pub static WEIGHTS: [i32; 256] = expanded();

/// The code nearest to `weight`.
pub fn code(weight: f64) -> i8 {
    let fine = f64::from(FINE);
    let size = weight.abs();
    let code = if size <= fine { size.round() } else { fine + ((size - fine) / f64::from(COARSE)).round() };
    (code.min(127.0) * weight.signum()) as i8
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut it = [0u8; 4];
    it.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(it)
}

impl<'m> Table<'m> {
    /// Opens a table; `None` if the bytes are none.
    pub fn open(bytes: &'m [u8]) -> Option<Table<'m>> {
        if bytes.len() < 8 {
            return None;
        }
        let buckets = u32_at(bytes, 0);
        if !buckets.is_power_of_two() {
            return None;
        }
        let head = 4 + (buckets as usize + 1) * 4;
        let offsets = bytes.get(4..head)?;
        Some(Table { mask: buckets - 1, offsets, entries: &bytes[head..] })
    }

    /// Where the entries of `key`'s bucket begin and end.
    #[inline]
    fn bucket(&self, key: u64) -> (u32, u32) {
        let bucket = ((key >> 16) as u32 & self.mask) as usize;
        (u32_at(self.offsets, bucket * 4), u32_at(self.offsets, bucket * 4 + 4))
    }

    /// The pairs stored under `key`, as bytes.
    #[inline]
    pub fn get(&self, key: u64) -> Option<&'m [u8]> {
        let (from, to) = self.bucket(key);
        find(self.entries.get(from as usize..to as usize)?, key)
    }

    /// The same table without weights up to `noise`, and without rows that
    /// have none left.
    pub fn thin(&self, noise: u8) -> Vec<u8> {
        let buckets = self.mask + 1;
        let (mut offsets, mut entries) = (Vec::new(), Vec::new());
        for bucket in 0..buckets as usize {
            offsets.push(entries.len() as u32);
            let from = u32_at(self.offsets, bucket * 4) as usize;
            let to = u32_at(self.offsets, bucket * 4 + 4) as usize;
            let mut rest = &self.entries[from..to];
            while rest.len() >= 3 {
                let (row, tail) = rest.split_at(3 + usize::from(rest[2]) * 2);
                let kept: Vec<u8> = row[3..]
                    .chunks_exact(2)
                    .filter(|it| (it[1] as i8).unsigned_abs() > noise)
                    .flatten()
                    .copied()
                    .collect();
                if !kept.is_empty() {
                    entries.extend_from_slice(&row[..2]);
                    entries.push((kept.len() / 2) as u8);
                    entries.extend_from_slice(&kept);
                }
                rest = tail;
            }
        }
        offsets.push(entries.len() as u32);
        let mut out = buckets.to_le_bytes().to_vec();
        out.extend(offsets.iter().flat_map(|it| it.to_le_bytes()));
        out.extend_from_slice(&entries);
        out
    }

    /// Writes a table; `rows` are keys with their pairs, keys distinct.
    pub fn write(mut rows: Vec<(u64, Vec<(u8, i8)>)>) -> Vec<u8> {
        let buckets = (rows.len() / 3).max(1).next_power_of_two() as u32;
        let bucket = |key: u64| (key >> 16) as u32 & (buckets - 1);
        rows.sort_by_key(|(key, _)| (bucket(*key), *key));
        let mut offsets = Vec::with_capacity(buckets as usize + 1);
        let mut entries = Vec::new();
        let mut rows = rows.into_iter().peekable();
        for number in 0..buckets {
            offsets.push(entries.len() as u32);
            let mut seen = Vec::new();
            while let Some((key, pairs)) = rows.next_if(|(key, _)| bucket(*key) == number) {
                let print = key as u16;
                // Two features with one fingerprint in one bucket: the first stays.
                if seen.contains(&print) || pairs.is_empty() {
                    continue;
                }
                seen.push(print);
                entries.extend_from_slice(&print.to_le_bytes());
                entries.push(pairs.len().min(255) as u8);
                for (class, weight) in pairs.into_iter().take(255) {
                    entries.push(class);
                    entries.push(weight as u8);
                }
            }
        }
        offsets.push(entries.len() as u32);
        let mut out = Vec::with_capacity(4 + offsets.len() * 4 + entries.len());
        out.extend_from_slice(&buckets.to_le_bytes());
        for offset in offsets {
            out.extend_from_slice(&offset.to_le_bytes());
        }
        out.extend_from_slice(&entries);
        out
    }
}

impl Weights for Table<'_> {
    #[inline]
    fn add(&self, key: u64, scores: &mut [i32]) {
        if let Some(pairs) = self.get(key) {
            add_pairs(pairs, scores);
        }
    }

    fn add_all(&self, keys: &[u64], scores: &mut [i32]) {
        for batch in keys.chunks(BATCH) {
            // Look-ups wait for memory: all buckets of a batch are asked for
            // before the first is used, so that the waits overlap.
            let mut places = [(0u32, 0u32); BATCH];
            for (it, key) in places.iter_mut().zip(batch) {
                *it = self.bucket(*key);
            }
            let mut touched = 0u8;
            for (from, to) in &places[..batch.len()] {
                if to > from {
                    touched |= self.entries.get(*from as usize).copied().unwrap_or(0);
                }
            }
            std::hint::black_box(touched);
            for ((from, to), key) in places.iter().zip(batch) {
                if let Some(pairs) =
                    self.entries.get(*from as usize..*to as usize).and_then(|it| find(it, *key))
                {
                    add_pairs(pairs, scores);
                }
            }
        }
    }
}

#[inline]
fn add_pairs(pairs: &[u8], scores: &mut [i32]) {
    for pair in pairs.chunks_exact(2) {
        if let Some(score) = scores.get_mut(usize::from(pair[0])) {
            *score += WEIGHTS[usize::from(pair[1])];
        }
    }
}

/// The pairs under `key` in one bucket's entries.
#[inline]
fn find(mut rest: &[u8], key: u64) -> Option<&[u8]> {
    let want = [key as u8, (key >> 8) as u8];
    while rest.len() >= 3 {
        let size = 3 + usize::from(rest[2]) * 2;
        if rest[0] == want[0] && rest[1] == want[1] {
            return rest.get(3..size);
        }
        rest = rest.get(size..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Table, WEIGHTS, Weights, code};

    #[test]
    fn codes_are_near() {
        for weight in -800..=800 {
            let back = WEIGHTS[usize::from(code(f64::from(weight)) as u8)];
            assert!((back - weight).abs() <= 6, "{weight} became {back}");
        }
        assert_eq!(code(1e9), 127);
    }

    #[test]
    fn finds_what_was_written() {
        let rows: Vec<_> = (0..5000u64)
            .map(|it| (crate::hash::mix(it, 7), vec![((it % 50) as u8, (it % 60) as i8 + 1)]))
            .collect();
        let bytes = Table::write(rows.clone());
        let table = Table::open(&bytes).unwrap();
        let mut wrong = 0;
        for (key, pairs) in &rows {
            let mut scores = [0; 50];
            table.add(*key, &mut scores);
            wrong += usize::from(scores[usize::from(pairs[0].0)] != i32::from(pairs[0].1));
        }
        // Fingerprints may clash, rarely.
        assert!(wrong < 5, "{wrong}");
        assert!(table.get(crate::hash::mix(9_999_999, 7)).is_none());
    }

    #[test]
    fn refuses_other_bytes() {
        assert!(Table::open(&[]).is_none());
        assert!(Table::open(&[3, 0, 0, 0, 0, 0, 0, 0]).is_none());
        assert!(Table::open(&[0, 0, 0, 1, 0, 0, 0, 0]).is_none());
    }
}
