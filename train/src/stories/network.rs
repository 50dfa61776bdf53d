//! Learns a small network of pairs by Adam, in batches, from a fixed seed.

use twosource_stories::pair::{FEATURES, HIDDEN, NETWORK, Network};

use super::pack::Pair;
use super::pairs::Weighted;

/// Passes over the pairs.
const PASSES: usize = 24;
/// Pairs in a batch.
const BATCH: usize = 64;
/// First step size; it falls to zero in a straight line.
const STEP: f64 = 0.01;
/// Pull of weights towards zero.
const DECAY: f64 = 1e-4;
/// Seed of first weights and of the order of pairs.
const SEED: u64 = 20_181_122;

/// The network learnt on those pairs that `take` wants.
pub fn learn(pairs: &[Weighted], take: impl Fn(&Pair) -> bool) -> Network {
    let pairs: Vec<Weighted> = pairs.iter().filter(|(pair, _)| take(pair)).copied().collect();
    let scale = Scale::of(&pairs);
    let rows: Vec<Row> = pairs
        .iter()
        .map(|(pair, weight)| Row {
            x: scale.apply(&pair.features),
            same: f64::from(u8::from(pair.same)),
            weight: *weight,
        })
        .collect();
    let mut random = Random(SEED);
    let mut state = State::new(&mut random);
    // each row is met as often as it weighs, so that heavy packs need no large steps
    let total: f64 = rows.iter().map(|row| row.weight).sum();
    let steps = (total * PASSES as f64 / BATCH as f64) as usize;
    let sums: Vec<f64> = rows
        .iter()
        .scan(0.0, |sum, row| {
            *sum += row.weight;
            Some(*sum)
        })
        .collect();
    for step in 0..steps {
        let mut gradient = vec![0.0; NETWORK];
        for _ in 0..BATCH {
            let at = random.unit() * total;
            let row = &rows[sums.partition_point(|sum| *sum < at).min(rows.len() - 1)];
            state.add_gradient(row, &mut gradient);
        }
        let rate = STEP * (1.0 - step as f64 / steps as f64);
        state.update(&gradient, rate);
    }
    scale.unfold(&state.weights)
}

struct Row {
    x: [f64; FEATURES],
    same: f64,
    weight: f64,
}

/// Mean and spread of each feature.
struct Scale {
    mean: [f64; FEATURES],
    spread: [f64; FEATURES],
}

impl Scale {
    fn of(pairs: &[Weighted]) -> Self {
        let mut mean = [0.0; FEATURES];
        let mut square = [0.0; FEATURES];
        let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
        for (pair, weight) in pairs {
            for (i, x) in pair.features.iter().enumerate() {
                mean[i] += weight * f64::from(*x) / total;
                square[i] += weight * f64::from(*x).powi(2) / total;
            }
        }
        let spread = std::array::from_fn(|i| {
            let variance: f64 = square[i] - mean[i] * mean[i];
            if variance < 1e-9 {
                f64::INFINITY
            } else {
                variance.sqrt()
            }
        });
        Self { mean, spread }
    }

    fn apply(&self, features: &[f32; FEATURES]) -> [f64; FEATURES] {
        std::array::from_fn(|i| (f64::from(features[i]) - self.mean[i]) / self.spread[i])
    }

    /// The same network over features as they are.
    fn unfold(&self, weights: &[f64]) -> Network {
        let mut unfolded = weights.to_vec();
        let mut units = vec![0];
        units.extend((0..HIDDEN).map(unit_at));
        for start in units {
            for i in 0..FEATURES {
                unfolded[start + 1 + i] = weights[start + 1 + i] / self.spread[i];
                unfolded[start] -= unfolded[start + 1 + i] * self.mean[i];
            }
        }
        Network(unfolded.into_iter().map(|w| w as f32).collect())
    }
}

const fn unit_at(unit: usize) -> usize {
    1 + FEATURES + unit * (FEATURES + 2)
}

struct State {
    weights: Vec<f64>,
    first: Vec<f64>,
    second: Vec<f64>,
    steps: i32,
}

impl State {
    fn new(random: &mut Random) -> Self {
        let mut weights = vec![0.0; NETWORK];
        for unit in 0..HIDDEN {
            let start = unit_at(unit);
            for weight in &mut weights[start..start + FEATURES + 2] {
                *weight = (random.unit() - 0.5) * 0.6;
            }
        }
        Self {
            weights,
            first: vec![0.0; NETWORK],
            second: vec![0.0; NETWORK],
            steps: 0,
        }
    }

    fn add_gradient(&self, row: &Row, gradient: &mut [f64]) {
        let dot = |start: usize| {
            let weights = &self.weights[start..=start + FEATURES];
            weights[0] + weights[1..].iter().zip(&row.x).map(|(w, x)| w * x).sum::<f64>()
        };
        let mut z = dot(0);
        let mut bends = [0.0; HIDDEN];
        for (unit, bend) in bends.iter_mut().enumerate() {
            *bend = dot(unit_at(unit));
            z += self.weights[unit_at(unit) + FEATURES + 1] * *bend / (1.0 + bend.abs());
        }
        let error = 1.0 / (1.0 + (-z).exp()) - row.same;
        let mut add = |start: usize, by: f64| {
            gradient[start] += by;
            for (slot, x) in gradient[start + 1..].iter_mut().zip(&row.x) {
                *slot += by * x;
            }
        };
        add(0, error);
        for (unit, bend) in bends.iter().enumerate() {
            let slope = 1.0 / (1.0 + bend.abs()).powi(2);
            add(
                unit_at(unit),
                error * self.weights[unit_at(unit) + FEATURES + 1] * slope,
            );
        }
        for (unit, bend) in bends.iter().enumerate() {
            gradient[unit_at(unit) + FEATURES + 1] += error * bend / (1.0 + bend.abs());
        }
    }

    fn update(&mut self, gradient: &[f64], rate: f64) {
        self.steps += 1;
        let (keep_first, keep_second) = (0.9_f64, 0.999_f64);
        for (i, slope) in gradient.iter().enumerate().take(NETWORK) {
            let slope = slope / BATCH as f64;
            self.first[i] = keep_first * self.first[i] + (1.0 - keep_first) * slope;
            self.second[i] = keep_second * self.second[i] + (1.0 - keep_second) * slope * slope;
            let first = self.first[i] / (1.0 - keep_first.powi(self.steps));
            let second = self.second[i] / (1.0 - keep_second.powi(self.steps));
            let pull = if i == 0 { 0.0 } else { DECAY * self.weights[i] };
            self.weights[i] -= rate * (first / (second.sqrt() + 1e-8) + pull * 10.0);
        }
    }
}

/// xorshift*: the same numbers on every machine.
struct Random(u64);

impl Random {
    /// From 0.0 up to 1.0.
    fn unit(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
