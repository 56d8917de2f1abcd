//! Frozen weights of the three moves, one cache line per look-up.
//!
//! Layout in memory, little endian: number of lines `u32`, then lines of 64 bytes: 12
//! fingerprints `u16` (0 is empty), 12 times three weight codes `i8`, one byte
//! that is 1 if features meant for this line stand in the next, 3 bytes unused.

use crate::table::{WEIGHTS, code};

/// Where the scores of the three moves come from.
pub trait Moves {
    /// Adds the weights of the features `keys`.
    fn add_all(&self, keys: &[u64], scores: &mut [i32; 3]);
}

const LINE: usize = 64;
const SLOTS: usize = 12;
/// Features per line when written, so that few overflow.
const FILL: usize = 9;

/// One cache line: fingerprints, the codes of each move side by side, and
/// whether features meant for this line stand in the next.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line {
    prints: [u16; SLOTS],
    codes: [[u8; SLOTS]; 3],
    more: u8,
}

const EMPTY: Line = Line { prints: [0; SLOTS], codes: [[0; SLOTS]; 3], more: 0 };

impl Line {
    /// The slot of the last feature with this fingerprint, if there is one.
    #[inline(always)]
    fn slot(&self, print: u16) -> Option<usize> {
        let mut found = 0u32;
        for (number, it) in self.prints.iter().enumerate() {
            found |= u32::from(*it == print) << number;
        }
        found.checked_ilog2().map(|it| it as usize)
    }
}

/// A table of weights, unpacked from the model's bytes.
///
/// In the model file the empty slots are left out; see [`pack`].
#[derive(Clone, Debug)]
pub struct Lines {
    lines: Vec<Line>,
}

/// Leaves out empty slots and those whose weights are all at most `noise`:
/// number of lines `u32`, per line a byte with the number of slots (and 128 if
/// features meant for this line stand in the next), fingerprints, codes.
pub fn pack(bytes: &[u8], noise: u8) -> Vec<u8> {
    let (head, lines) = bytes.split_at(4.min(bytes.len()));
    let mut out = head.to_vec();
    for line in lines.chunks_exact(LINE) {
        let kept: Vec<usize> = (0..SLOTS)
            .filter(|slot| line[slot * 2] != 0 || line[slot * 2 + 1] != 0)
            .filter(|slot| {
                line[24 + slot * 3..27 + slot * 3].iter().any(|it| (*it as i8).unsigned_abs() > noise)
            })
            .collect();
        out.push(kept.len() as u8 | line[60] << 7);
        for slot in &kept {
            out.extend_from_slice(&line[slot * 2..slot * 2 + 2]);
        }
        for slot in &kept {
            out.extend_from_slice(&line[24 + slot * 3..27 + slot * 3]);
        }
    }
    out
}

/// Undoes [`pack`].
fn unpack(bytes: &[u8]) -> Option<Vec<Line>> {
    let (head, mut rest) = bytes.split_first_chunk::<4>()?;
    let count = u32::from_le_bytes(*head) as usize;
    // Every line takes at least its byte.
    if count > rest.len() {
        return None;
    }
    let mut lines = vec![EMPTY; count];
    for line in &mut lines {
        let (size, tail) = rest.split_first()?;
        let slots = usize::from(size & 127);
        if slots > SLOTS {
            return None;
        }
        let (prints, tail) = tail.split_at_checked(slots * 2)?;
        let (codes, tail) = tail.split_at_checked(slots * 3)?;
        for (slot, (print, codes)) in prints.chunks_exact(2).zip(codes.chunks_exact(3)).enumerate() {
            line.prints[slot] = u16::from_le_bytes([print[0], print[1]]);
            for (plane, code) in line.codes.iter_mut().zip(codes) {
                plane[slot] = *code;
            }
        }
        line.more = size >> 7;
        rest = tail;
    }
    rest.is_empty().then_some(lines)
}

fn place(key: u64, count: u64) -> (usize, u16) {
    let line = ((key >> 32) * count) >> 32;
    (line as usize, (key as u16).max(1))
}

impl Lines {
    /// Opens a packed table; `None` if the bytes are none.
    pub fn open(bytes: &[u8]) -> Option<Lines> {
        let lines = unpack(bytes)?;
        (!lines.is_empty()).then_some(Lines { lines })
    }

    /// Writes a table from keys and rounded weights.
    pub fn write(mut rows: Vec<(u64, [f64; 3])>) -> Vec<u8> {
        let count = (rows.len() / FILL + 1) as u64;
        rows.sort_by_key(|(key, _)| (place(*key, count), *key));
        let mut lines = vec![0u8; count as usize * LINE];
        let mut sizes = vec![0usize; count as usize];
        for (key, weights) in rows {
            let (mut at, print) = place(key, count);
            while sizes[at] == SLOTS {
                lines[at * LINE + 60] = 1;
                at = (at + 1) % count as usize;
            }
            let slot = sizes[at];
            sizes[at] += 1;
            let line = &mut lines[at * LINE..][..LINE];
            line[slot * 2..slot * 2 + 2].copy_from_slice(&print.to_le_bytes());
            for (number, weight) in weights.iter().enumerate() {
                line[24 + slot * 3 + number] = code(*weight) as u8;
            }
        }
        let mut out = (count as u32).to_le_bytes().to_vec();
        out.extend_from_slice(&lines);
        out
    }
}

/// How many features are looked up together.
const BATCH: usize = 64;

impl Moves for Lines {
    fn add_all(&self, keys: &[u64], scores: &mut [i32; 3]) {
        let count = self.lines.len() as u64;
        for batch in keys.chunks(BATCH) {
            // Nearly every look-up waits for memory: all lines of a batch are
            // asked for before the first is used, so that the waits overlap.
            let mut places = [(0u32, 0u16); BATCH];
            let mut touched = 0u16;
            for (it, key) in places.iter_mut().zip(batch) {
                let (at, print) = place(*key, count);
                touched |= self.lines[at].prints[0];
                *it = (at as u32, print);
            }
            std::hint::black_box(touched);
            for (at, print) in &places[..batch.len()] {
                let mut line = &self.lines[*at as usize];
                let mut slot = line.slot(*print);
                let mut at = *at as usize;
                while slot.is_none() && line.more != 0 {
                    at = (at + 1) % self.lines.len();
                    line = &self.lines[at];
                    slot = line.slot(*print);
                }
                let Some(slot) = slot else { continue };
                for (score, plane) in scores.iter_mut().zip(&line.codes) {
                    *score += WEIGHTS[usize::from(plane[slot])];
                }
            }
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    key: u64,
    weights: [i32; 3],
    hits: u32,
}

/// Weights of the moves while they are learned: an open-addressing table.
pub struct MoveLearner {
    cells: Vec<Cell>,
    /// For every cell the sum of every change times the step of the change.
    moments: Vec<[i64; 3]>,
    used: usize,
    /// Training steps so far.
    pub step: i64,
}

impl Default for MoveLearner {
    fn default() -> MoveLearner {
        let size = 1 << 20;
        MoveLearner { cells: vec![Cell::default(); size], moments: vec![[0; 3]; size], used: 0, step: 0 }
    }
}

impl MoveLearner {
    fn home(&self, key: u64) -> usize {
        (key >> 20) as usize & (self.cells.len() - 1)
    }

    fn find(&self, key: u64) -> usize {
        let mask = self.cells.len() - 1;
        let mut at = self.home(key);
        while self.cells[at].key != key && self.cells[at].key != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    /// Adds `by` to the weight of `class` for every key.
    pub fn update(&mut self, keys: &[u64], class: usize, by: i32) {
        for key in keys {
            let key = (*key).max(1);
            if self.used * 10 > self.cells.len() * 6 {
                self.grow();
            }
            let at = self.find(key);
            let cell = &mut self.cells[at];
            if cell.key == 0 {
                cell.key = key;
                self.used += 1;
            }
            cell.hits += 1;
            cell.weights[class] += by;
            self.moments[at][class] += i64::from(by) * self.step;
        }
    }

    /// Averages from here on: what was learned so far counts as the beginning.
    pub fn restart(&mut self) {
        self.step = 0;
        self.moments.fill([0; 3]);
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.cells);
        let moments = std::mem::take(&mut self.moments);
        self.cells = vec![Cell::default(); old.len() * 2];
        self.moments = vec![[0; 3]; old.len() * 2];
        for (cell, moment) in old.into_iter().zip(moments) {
            if cell.key != 0 {
                let at = self.find(cell.key);
                self.cells[at] = cell;
                self.moments[at] = moment;
            }
        }
    }

    /// Number of features seen in an update.
    pub fn features(&self) -> usize {
        self.used
    }

    /// The averaged weights as bytes; see [`crate::learn::Learner::freeze`].
    pub fn freeze(&self, scale: f64, hits_min: u32) -> Vec<u8> {
        let steps = self.step.max(1) as f64;
        let mut rows = Vec::new();
        for (cell, moments) in self.cells.iter().zip(&self.moments) {
            if cell.key == 0 || cell.hits < hits_min {
                continue;
            }
            let mut values = [0.0; 3];
            for (value, (weight, moment)) in values.iter_mut().zip(cell.weights.iter().zip(moments)) {
                *value = (f64::from(*weight) - *moment as f64 / steps) * scale;
            }
            // Only differences between moves matter.
            let middle = values.iter().sum::<f64>() / 3.0;
            let values = values.map(|it| it - middle);
            if values.iter().any(|it| code(*it) != 0) {
                rows.push((cell.key, values));
            }
        }
        Lines::write(rows)
    }
}

impl Moves for MoveLearner {
    fn add_all(&self, keys: &[u64], scores: &mut [i32; 3]) {
        for batch in keys.chunks(BATCH) {
            // Asked for before use, as in [`Lines`].
            let touched = batch.iter().fold(0, |sum, key| sum | self.cells[self.home((*key).max(1))].hits);
            std::hint::black_box(touched);
            for key in batch {
                let cell = &self.cells[self.find((*key).max(1))];
                for (score, weight) in scores.iter_mut().zip(&cell.weights) {
                    *score += weight;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, MoveLearner, Moves, pack};
    use crate::hash::mix;

    #[test]
    fn frozen_weights_are_those_learned() {
        let mut learner = MoveLearner::default();
        for number in 1..30_000u64 {
            learner.step = 0;
            learner.update(&[mix(number, 3)], (number % 3) as usize, (number % 40) as i32 + 1);
        }
        learner.step = 1;
        let bytes = learner.freeze(3.0, 1);
        let lines = Lines::open(&pack(&bytes, 0)).unwrap();
        let mut wrong = 0;
        for number in 1..30_000u64 {
            let mut scores = [0; 3];
            lines.add_all(&[mix(number, 3)], &mut scores);
            let class = (number % 3) as usize;
            let want = (number % 40) as i32 + 1;
            let got = (scores[class] - scores[(class + 1) % 3]) / 3;
            wrong += usize::from((got - want).abs() > 3);
        }
        assert!(wrong < 30, "{wrong}");
        let mut scores = [0; 3];
        lines.add_all(&[mix(1 << 40, 3)], &mut scores);
        assert_eq!(scores, [0; 3]);
    }

    #[test]
    fn refuses_other_bytes() {
        assert!(Lines::open(&[]).is_none());
        assert!(Lines::open(&[1, 0, 0, 0, 5]).is_none());
    }
}
