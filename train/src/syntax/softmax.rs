//! Learns to choose one of a few candidates: a log-linear model over hashed features, by stochastic gradient steps.

use twosource_language::syntax::choice::{Choice, SLOTS, slot};

use super::perceptron::Random;

/// Length of a step.
const RATE: f32 = 0.1;
/// Steps on a weight get shorter with the square root of this and the squares of those before (Duchi, Hazan, Singer 2011):
/// a high start keeps rare features small.
const START: f32 = 5.0;
/// Features seen less often in a round have no weight.
const FEWEST: u8 = 3;
/// A candidate this close to what it should be teaches nothing.
const SETTLED: f32 = 0.01;

/// Weights in training.
pub struct Softmax {
    weights: Vec<f32>,
    squares: Vec<f32>,
    counts: Vec<u8>,
    /// Sums of the weights at the ends of rounds, and how many.
    sums: Vec<f32>,
    rounds: f32,
    /// Share of the features that are left out of a decision at random.
    drop: f32,
    random: Random,
    kept: Vec<bool>,
    scores: Vec<f32>,
}

impl Softmax {
    pub fn new(drop: f32) -> Self {
        Self {
            weights: vec![0.0; SLOTS],
            squares: vec![START; SLOTS],
            counts: vec![0; SLOTS],
            sums: vec![0.0; SLOTS],
            rounds: 0.0,
            drop,
            random: Random(9),
            kept: Vec::new(),
            scores: Vec::new(),
        }
    }

    /// Counts features before the first round.
    pub fn count(&mut self, features: &[u32]) {
        for key in features {
            let count = &mut self.counts[slot(*key)];
            *count = count.saturating_add(1);
        }
    }

    /// Learns from one choice: `features` holds those of all candidates one after the other, the same number for each.
    pub fn learn(&mut self, features: &[u32], candidates: usize, truth: usize) {
        let each = features.len() / candidates;
        self.kept.clear();
        for _ in 0..each {
            self.kept.push(self.random.unit() >= self.drop);
        }
        let more = 1.0 / (1.0 - self.drop);
        self.scores.clear();
        for features in features.chunks(each) {
            let kept = features.iter().zip(&self.kept).filter(|(_, kept)| **kept);
            let sum: f32 = kept.map(|(key, _)| self.weights[slot(*key)]).sum();
            self.scores.push(sum * more);
        }
        let highest = self.scores.iter().copied().fold(f32::MIN, f32::max);
        self.scores.iter_mut().for_each(|s| *s = (*s - highest).exp());
        let total: f32 = self.scores.iter().sum();
        for (number, features) in features.chunks(each).enumerate() {
            let error = self.scores[number] / total - f32::from(u8::from(number == truth));
            if error.abs() < SETTLED {
                continue;
            }
            for (key, _) in features.iter().zip(&self.kept).filter(|(_, kept)| **kept) {
                let at = slot(*key);
                if self.counts[at] >= FEWEST {
                    self.squares[at] += error * error;
                    self.weights[at] -= RATE * error / self.squares[at].sqrt();
                }
            }
        }
    }

    /// A round is over: its weights count for the mean.
    pub fn keep(&mut self) {
        for (sum, weight) in self.sums.iter_mut().zip(&self.weights) {
            *sum += weight;
        }
        self.rounds += 1.0;
    }

    /// The mean weights in steps of one in `scale`, without those smaller than `smallest` steps.
    pub fn done(self, scale: f32, smallest: f32) -> Choice {
        let steps = self.sums.iter().map(|sum| (sum / self.rounds * scale).round());
        Choice::new(
            steps
                .map(|steps| {
                    if steps.abs() < smallest {
                        0
                    } else {
                        steps.clamp(-127.0, 127.0) as i8
                    }
                })
                .collect(),
        )
    }
}
