//! An averaged perceptron over hashed features.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use twosource_language::syntax::weights::Rows;

/// Keys are hashes already.
#[derive(Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// A map by feature keys.
pub type KeyMap<T> = HashMap<u32, T, BuildHasherDefault<KeyHasher>>;

/// Weights in training: one row of labels a feature.
pub struct Perceptron {
    labels: usize,
    rows: KeyMap<u32>,
    weights: Vec<f32>,
    totals: Vec<f32>,
    stamps: Vec<u32>,
    updates: Vec<u32>,
    clock: u32,
}

/// Steps of a shipped weight for one update in training.
const SCALE: f32 = 24.0;

/// What a trained table leaves out.
#[derive(Clone, Copy)]
pub struct Pruning {
    /// Rows that were changed less often are dropped.
    pub fewest_updates: u32,
    /// Weights of less than this, in steps of [`SCALE`], are dropped.
    pub smallest: i32,
}

impl Perceptron {
    pub fn new(labels: usize) -> Self {
        Self {
            labels,
            rows: KeyMap::default(),
            weights: Vec::new(),
            totals: Vec::new(),
            stamps: Vec::new(),
            updates: Vec::new(),
            clock: 0,
        }
    }

    /// Adds up the weights of the features.
    pub fn score(&self, features: &[u32], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.labels, 0.0);
        for feature in features {
            if let Some(&row) = self.rows.get(feature) {
                let from = row as usize * self.labels;
                for (score, weight) in scores.iter_mut().zip(&self.weights[from..from + self.labels]) {
                    *score += weight;
                }
            }
        }
    }

    /// One more decision was made.
    pub fn tick(&mut self) {
        self.clock += 1;
    }

    /// Moves the weights of the features from the label `guess` towards `truth`.
    pub fn update(&mut self, features: &[u32], truth: u8, guess: u8) {
        for &feature in features {
            let next = self.rows.len() as u32;
            let row = *self.rows.entry(feature).or_insert(next) as usize;
            if row == next as usize {
                let length = self.weights.len() + self.labels;
                self.weights.resize(length, 0.0);
                self.totals.resize(length, 0.0);
                self.stamps.resize(length, 0);
                self.updates.push(0);
            }
            self.updates[row] += 1;
            self.change(row * self.labels + usize::from(truth), 1.0);
            self.change(row * self.labels + usize::from(guess), -1.0);
        }
    }

    fn change(&mut self, at: usize, by: f32) {
        self.totals[at] += (self.clock - self.stamps[at]) as f32 * self.weights[at];
        self.stamps[at] = self.clock;
        self.weights[at] += by;
    }

    fn mean(&self, at: usize) -> f32 {
        let clock = self.clock.max(1);
        (self.totals[at] + (clock - self.stamps[at]) as f32 * self.weights[at]) / clock as f32
    }

    /// The averaged weights as rows of small whole numbers with ascending keys.
    pub fn rows(&self, pruning: Pruning) -> Rows {
        rows_of(&[self], pruning)
    }
}

/// The averaged weights of several models of the same labels, which is one model again.
pub fn rows_of(models: &[&Perceptron], pruning: Pruning) -> Rows {
    let labels = models.first().map_or(0, |m| m.labels);
    let mut keys: Vec<u32> = models.iter().flat_map(|m| m.rows.keys().copied()).collect();
    keys.sort_unstable();
    keys.dedup();
    let scale = SCALE / models.len().max(1) as f32;
    let mut rows = Rows::default();
    let mut sums = vec![0.0; labels];
    for key in keys {
        sums.fill(0.0);
        let mut updates = 0;
        for model in models {
            let Some(&row) = model.rows.get(&key) else {
                continue;
            };
            updates += model.updates[row as usize];
            for (label, sum) in sums.iter_mut().enumerate() {
                *sum += model.mean(row as usize * labels + label);
            }
        }
        if updates < pruning.fewest_updates {
            continue;
        }
        let kept: Vec<(u8, i16)> = sums
            .iter()
            .enumerate()
            .filter_map(|(label, sum)| {
                let weight = (sum * scale).round().clamp(-32767.0, 32767.0) as i32;
                (weight.abs() >= pruning.smallest).then_some((label as u8, weight as i16))
            })
            .collect();
        if !kept.is_empty() {
            rows.push(key, &kept);
        }
    }
    rows
}

/// The mean of several tables, without the weights that come to less than `smallest`.
pub fn mixed(tables: &[&Rows], smallest: i32) -> Rows {
    let mut sums: BTreeMap<u32, BTreeMap<u8, i32>> = BTreeMap::new();
    for (key, row) in tables.iter().flat_map(|rows| rows.iter()) {
        let sum = sums.entry(key).or_default();
        for (label, weight) in row {
            *sum.entry(*label).or_default() += i32::from(*weight);
        }
    }
    let count = tables.len().max(1) as f32;
    let mut rows = Rows::default();
    for (key, sum) in sums {
        let mean = |sum: i32| (sum as f32 / count).round() as i32;
        let row: Vec<(u8, i16)> = sum
            .into_iter()
            .filter(|(_, sum)| mean(*sum).abs() >= smallest)
            .map(|(label, sum)| (label, mean(sum) as i16))
            .collect();
        if !row.is_empty() {
            rows.push(key, &row);
        }
    }
    rows
}

/// The label with the highest score but `truth`.
pub fn rival(scores: &[f32], truth: u8) -> u8 {
    let mut rival = u8::from(truth == 0);
    for (label, score) in scores.iter().enumerate() {
        if label != usize::from(truth) && *score > scores[usize::from(rival)] {
            rival = label as u8;
        }
    }
    rival
}

/// Numbers that look random, from a fixed seed (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0.0 to 1.0.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}
