//! Learns the network of pairs by Adam, in batches, from fixed seeds: a few small networks side by side, whose mean is one
//! wide network that depends less on chance.

use twosource_stories::pair::{FEATURES, HIDDEN, Network};

use super::pack::Pair;
use super::pairs::Weighted;
use super::random::Random;

/// Networks whose mean is taken.
const PARTS: usize = 6;
/// Hidden units of each.
const UNITS: usize = HIDDEN / PARTS;
/// Passes of each over the pairs.
const PASSES: f64 = 5.0;
/// Pairs in a batch.
const BATCH: usize = 64;
/// First step size; it falls to zero in a straight line.
const STEP: f32 = 0.01;
/// Pull of weights towards zero, a unit of step size. Few passes and a firm pull cost a hundredth on the stories learnt from and
/// win as much on others (out of fold, 2026-11-22: 16 passes at 0.001 against 4 to 8 at 0.005 to 0.05).
const DECAY: f32 = 0.008;
/// Chance of a feature being kept from a network in training, so that none rests on a single one.
const HIDE: f64 = 0.04;
/// Seed of first weights and of the order of pairs.
const SEED: u64 = 20_181_122;

/// The network learnt on those pairs that `take` wants.
pub fn learn(pairs: &[Weighted], take: impl Fn(&Pair) -> bool) -> Network {
    let pairs: Vec<Weighted> = pairs.iter().filter(|(pair, _)| take(pair)).copied().collect();
    if pairs.is_empty() {
        return Network::read(&mut std::iter::empty());
    }
    let scale = Scale::of(&pairs);
    let rows: Vec<Row> = pairs
        .iter()
        .map(|(pair, _)| Row {
            x: scale.apply(&pair.features),
            same: f32::from(u8::from(pair.same)),
        })
        .collect();
    // each row is met as often as it weighs, so that heavy packs need no large steps
    let sums: Vec<f64> = pairs
        .iter()
        .scan(0.0, |sum, (_, weight)| {
            *sum += weight;
            Some(*sum)
        })
        .collect();
    let parts = (0..PARTS as u64).map(|part| learn_part(&rows, &sums, &mut Random(SEED + part * 7_919)));
    scale.unfold(&parts.collect::<Vec<_>>())
}

fn learn_part(rows: &[Row], sums: &[f64], random: &mut Random) -> Part {
    let total = sums.last().copied().unwrap_or(0.0);
    let steps = (total * PASSES / BATCH as f64) as usize;
    let mut state = State::new(random);
    for step in 0..steps {
        let mut gradient = [[0.0; UNITS]; ROWS];
        for _ in 0..BATCH {
            let at = random.unit() * total;
            let row = &rows[sums.partition_point(|sum| *sum < at).min(rows.len() - 1)];
            let mut x = row.x;
            for x in &mut x {
                if random.unit() < HIDE {
                    *x = 0.0;
                }
            }
            add_gradient(&state.weights, &x, row.same, &mut gradient);
        }
        state.update(&gradient, STEP * (1.0 - step as f32 / steps as f32));
    }
    state.weights
}

struct Row {
    x: [f32; FEATURES],
    same: f32,
}

/// Rows of a part's weights: bias and features into the units, the units out, then the straight path (bias and features,
/// spread over rows of [`UNITS`]).
const OUT: usize = FEATURES + 1;
const STRAIGHT: usize = OUT + 1;
const ROWS: usize = STRAIGHT + (FEATURES + 1).div_ceil(UNITS);

type Part = [[f32; UNITS]; ROWS];

fn straight(weights: &Part, i: usize) -> f32 {
    weights[STRAIGHT + i / UNITS][i % UNITS]
}

fn add_gradient(weights: &Part, x: &[f32; FEATURES], same: f32, gradient: &mut Part) {
    let mut units = weights[0];
    let mut z = straight(weights, 0);
    for (i, x) in x.iter().enumerate() {
        z += straight(weights, i + 1) * x;
        for (unit, weight) in units.iter_mut().zip(&weights[i + 1]) {
            *unit += x * weight;
        }
    }
    let bends = units.map(|unit| unit / (1.0 + unit.abs()));
    z += bends
        .iter()
        .zip(&weights[OUT])
        .map(|(bend, weight)| bend * weight)
        .sum::<f32>();
    let error = 1.0 / (1.0 + (-z).exp()) - same;
    let mut slopes = [0.0; UNITS];
    for unit in 0..UNITS {
        gradient[OUT][unit] += error * bends[unit];
        slopes[unit] = error * weights[OUT][unit] / (1.0 + units[unit].abs()).powi(2);
        gradient[0][unit] += slopes[unit];
    }
    gradient[STRAIGHT][0] += error;
    for (i, x) in x.iter().enumerate() {
        for (sum, slope) in gradient[i + 1].iter_mut().zip(&slopes) {
            *sum += x * slope;
        }
        gradient[STRAIGHT + (i + 1) / UNITS][(i + 1) % UNITS] += error * x;
    }
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

    fn apply(&self, features: &[f32; FEATURES]) -> [f32; FEATURES] {
        std::array::from_fn(|i| ((f64::from(features[i]) - self.mean[i]) / self.spread[i]) as f32)
    }

    /// The mean of the parts, over features as they are.
    #[expect(
        clippy::needless_range_loop,
        reason = "one index walks several tables of one shape"
    )]
    fn unfold(&self, parts: &[Part]) -> Network {
        let mut bias = 0.0;
        let mut path = [0.0; FEATURES];
        let mut inward = vec![[0.0; HIDDEN]; FEATURES + 1];
        let mut outward = [0.0; HIDDEN];
        for (at, part) in parts.iter().enumerate() {
            bias += f64::from(straight(part, 0)) / PARTS as f64;
            for i in 0..FEATURES {
                let weight = f64::from(straight(part, i + 1)) / PARTS as f64 / self.spread[i];
                path[i] += weight as f32;
                bias -= weight * self.mean[i];
            }
            for unit in 0..UNITS {
                let to = at * UNITS + unit;
                outward[to] = part[OUT][unit] / PARTS as f32;
                let mut start = f64::from(part[0][unit]);
                for i in 0..FEATURES {
                    let weight = f64::from(part[i + 1][unit]) / self.spread[i];
                    inward[i + 1][to] = weight as f32;
                    start -= weight * self.mean[i];
                }
                inward[0][to] = start as f32;
            }
        }
        Network {
            bias: bias as f32,
            straight: path,
            inward,
            outward,
        }
    }
}

struct State {
    weights: Part,
    first: Part,
    second: Part,
    steps: i32,
}

impl State {
    fn new(random: &mut Random) -> Self {
        let mut weights = [[0.0; UNITS]; ROWS];
        for weight in weights[..STRAIGHT].iter_mut().flatten() {
            *weight = ((random.unit() - 0.5) * 0.6) as f32;
        }
        Self {
            weights,
            first: [[0.0; UNITS]; ROWS],
            second: [[0.0; UNITS]; ROWS],
            steps: 0,
        }
    }

    #[expect(
        clippy::needless_range_loop,
        reason = "one index walks several tables of one shape"
    )]
    fn update(&mut self, gradient: &Part, rate: f32) {
        self.steps += 1;
        let (keep_first, keep_second) = (0.9_f32, 0.999_f32);
        let unbias = [
            1.0 - keep_first.powi(self.steps),
            1.0 - keep_second.powi(self.steps),
        ];
        for row in 0..ROWS {
            for i in 0..UNITS {
                let slope = gradient[row][i] / BATCH as f32;
                let first = &mut self.first[row][i];
                *first = keep_first * *first + (1.0 - keep_first) * slope;
                let second = &mut self.second[row][i];
                *second = keep_second * *second + (1.0 - keep_second) * slope * slope;
                let step = *first / unbias[0] / ((*second / unbias[1]).sqrt() + 1e-8);
                let weight = &mut self.weights[row][i];
                let pull = if row == STRAIGHT && i == 0 {
                    0.0
                } else {
                    DECAY * *weight
                };
                *weight -= rate * (step + pull);
            }
        }
    }
}
