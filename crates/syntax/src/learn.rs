//! The learner: an averaged perceptron in whole numbers, so that training
//! gives the same bits everywhere.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::table::{Table, Weights, code};

/// Keys are hashes already.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = crate::hash::bytes(bytes);
    }
    fn write_u64(&mut self, it: u64) {
        self.0 = it;
    }
}

/// A map whose keys are hashes.
pub type KeyMap<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

#[derive(Clone, Copy, Debug)]
struct Cell {
    class: u16,
    weight: i32,
    /// Sum of the weight over all steps before `at`.
    total: i64,
    at: u32,
}

/// Weights while they are learned.
#[derive(Default)]
pub struct Learner {
    index: KeyMap<u32>,
    rows: Vec<Vec<Cell>>,
    hits: Vec<u32>,
    /// Training steps so far.
    pub step: u32,
}

impl Weights for Learner {
    #[inline]
    fn add(&self, key: u64, scores: &mut [i32]) {
        if let Some(row) = self.index.get(&key) {
            for cell in &self.rows[*row as usize] {
                scores[usize::from(cell.class)] += cell.weight;
            }
        }
    }
}

impl Learner {
    /// Adds `by` to the weights of `class` for all `keys`.
    pub fn update(&mut self, keys: &[u64], class: usize, by: i32) {
        for key in keys {
            let next = self.rows.len() as u32;
            let row = *self.index.entry(*key).or_insert(next);
            if row == next {
                self.rows.push(Vec::new());
                self.hits.push(0);
            }
            self.hits[row as usize] += 1;
            let row = &mut self.rows[row as usize];
            let class = class as u16;
            match row.iter_mut().find(|it| it.class == class) {
                Some(cell) => {
                    cell.total += i64::from(cell.weight) * i64::from(self.step - cell.at);
                    cell.at = self.step;
                    cell.weight += by;
                }
                None => row.push(Cell { class, weight: by, total: 0, at: self.step }),
            }
        }
    }

    /// Number of features seen in an update.
    pub fn features(&self) -> usize {
        self.rows.len()
    }

    /// The averaged weights as bytes, `scale` units of the table per unit of
    /// weight. Features updated fewer than `hits_min` times are dropped, and
    /// weights that round to nothing.
    pub fn freeze(&self, scale: f64, hits_min: u32) -> Vec<u8> {
        let steps = f64::from(self.step.max(1));
        let mut rows = Vec::new();
        for (key, row) in &self.index {
            if self.hits[*row as usize] < hits_min {
                continue;
            }
            let mut pairs = Vec::new();
            for cell in &self.rows[*row as usize] {
                let total = cell.total + i64::from(cell.weight) * i64::from(self.step - cell.at);
                let value = code(total as f64 / steps * scale);
                if value != 0 {
                    pairs.push((cell.class as u8, value));
                }
            }
            if !pairs.is_empty() {
                pairs.sort_unstable();
                rows.push((*key, pairs));
            }
        }
        rows.sort_unstable();
        Table::write(rows)
    }
}

/// A small generator with a fixed course, to shuffle sentences and to explore.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// A generator started with `seed`.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// The next number.
    pub fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    /// Shuffles `items`.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.next() as usize % (last + 1);
            items.swap(last, other);
        }
    }
}
