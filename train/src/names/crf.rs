//! Trains the conditional random field: stochastic gradient with per-weight step sizes (AdaGrad) and L2.

use twosource_language::names::tagger::features::{BUCKETS, each_word};
use twosource_language::names::tagger::{LABELS, Label, Model};

use super::Example;

/// How fast and how far to learn. Of 6, 8 and 10 passes with steps of .05 and .06 the defaults have the best
/// sum over UNER dev, CrossNER politics, Wikigold and WNUT17.
#[derive(Debug, Clone, clap::Args)]
pub struct Learning {
    /// Passes over the data.
    #[arg(long, default_value_t = 10)]
    passes: usize,
    /// Step size.
    #[arg(long, default_value_t = 0.05)]
    rate: f32,
    /// Pull to zero of each touched weight, for each word.
    #[arg(long, default_value_t = 2.0e-4)]
    pull: f32,
    /// Share of features that are left out at random while learning, so that no single one is leant on.
    #[arg(long, default_value_t = 0.3)]
    dropped: f64,
}

/// A feature row that is touched by fewer words of the data is not learnt.
const RARE: u16 = 2;

/// A small generator of numbers (xorshift64*), so that training is the same on every machine.
pub struct Random(u64);

impl Random {
    /// A generator that starts from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0.0 to 1.0.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

struct Sentence {
    /// Rows of all words, one after another.
    rows: Vec<u32>,
    /// Where the rows of each word end.
    ends: Vec<u32>,
    labels: Vec<u8>,
    weight: f32,
}

impl Sentence {
    fn rows(&self, at: usize) -> &[u32] {
        let from = at.checked_sub(1).map_or(0, |i| self.ends[i] as usize);
        &self.rows[from..self.ends[at] as usize]
    }
}

impl Sentence {
    /// The sentence without a random share of its features.
    fn thinned(&self, dropped: f64, random: &mut Random) -> Self {
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut ends = Vec::with_capacity(self.ends.len());
        for at in 0..self.ends.len() {
            rows.extend(self.rows(at).iter().filter(|_| random.share() >= dropped));
            ends.push(rows.len() as u32);
        }
        Self {
            rows,
            ends,
            labels: self.labels.clone(),
            weight: self.weight,
        }
    }
}

type Row = [f32; LABELS];

struct Trainer {
    weights: Vec<Row>,
    squares: Vec<Row>,
    steps: [Row; LABELS + 1],
    step_squares: [Row; LABELS + 1],
}

/// Trains a model on `examples`.
pub fn train(examples: &[Example], learning: &Learning) -> Model {
    let sentences = prepare(examples);
    let mut trainer = Trainer {
        weights: vec![[0.0; LABELS]; BUCKETS],
        squares: vec![[0.0; LABELS]; BUCKETS],
        steps: [[0.0; LABELS]; LABELS + 1],
        step_squares: [[0.0; LABELS]; LABELS + 1],
    };
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random::new(11);
    let mut mean = Mean::new();
    for pass in 0..learning.passes {
        for at in (1..order.len()).rev() {
            order.swap(at, (random.next() % (at as u64 + 1)) as usize);
        }
        let mut loss = 0.0;
        for (done, &at) in order.iter().enumerate() {
            if pass >= AVERAGED_FROM && done % (order.len() / TAKEN_IN_A_PASS).max(1) == 0 {
                mean.take(&trainer.weights);
            }
            loss += trainer.learn(&sentences[at].thinned(learning.dropped, &mut random), learning);
        }
        eprintln!(
            "  pass {}: loss {:.4} a sentence",
            pass + 1,
            loss / sentences.len() as f32
        );
    }
    // the features of a word are all there when it is tagged, so their sum outgrows the steps learnt beside a part of them
    let all = 1.0 / (1.0 - learning.dropped as f32);
    let steps = trainer.steps.map(|row| row.map(|step| step * all));
    Model::of(&mean.weights(&trainer.weights), steps)
}

/// Passes before the first state of the weights that is averaged.
const AVERAGED_FROM: usize = 2;
/// States of the weights taken in one pass.
const TAKEN_IN_A_PASS: usize = 4;

/// The mean of the weights at several times of the training: steadier than the last of them.
struct Mean {
    sums: Vec<Row>,
    taken: usize,
}

impl Mean {
    fn new() -> Self {
        Self {
            sums: vec![[0.0; LABELS]; BUCKETS],
            taken: 0,
        }
    }

    fn take(&mut self, weights: &[Row]) {
        for (sum, weight) in self.sums.iter_mut().flatten().zip(weights.iter().flatten()) {
            *sum += weight;
        }
        self.taken += 1;
    }

    /// The mean; `last` when none was taken.
    fn weights(self, last: &[Row]) -> Vec<Row> {
        if self.taken == 0 {
            return last.to_vec();
        }
        let share = 1.0 / self.taken as f32;
        self.sums
            .into_iter()
            .map(|row| row.map(|sum| sum * share))
            .collect()
    }
}

fn prepare(examples: &[Example]) -> Vec<Sentence> {
    let mut touched = vec![0_u16; BUCKETS];
    let mut sentences: Vec<Sentence> = examples
        .iter()
        .filter(|example| !example.words.is_empty())
        .map(|example| {
            let words = example.words();
            let (mut rows, mut ends) = (Vec::new(), Vec::new());
            each_word(&words, |_, of_word| {
                for row in of_word {
                    touched[*row as usize] = touched[*row as usize].saturating_add(1);
                }
                rows.extend(of_word);
                ends.push(rows.len() as u32);
            });
            Sentence {
                rows,
                ends,
                labels: example.labels.iter().map(|label| label.index() as u8).collect(),
                weight: example.weight,
            }
        })
        .collect();
    for sentence in &mut sentences {
        let mut kept = Vec::with_capacity(sentence.rows.len());
        let mut ends = Vec::with_capacity(sentence.ends.len());
        for at in 0..sentence.ends.len() {
            kept.extend(
                sentence
                    .rows(at)
                    .iter()
                    .filter(|row| touched[**row as usize] >= RARE),
            );
            ends.push(kept.len() as u32);
        }
        (sentence.rows, sentence.ends) = (kept, ends);
    }
    sentences
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let max = values.clone().fold(f32::NEG_INFINITY, f32::max);
    max + values.map(|v| (v - max).exp()).sum::<f32>().ln()
}

impl Trainer {
    /// Learns from one sentence; gives its loss.
    fn learn(&mut self, sentence: &Sentence, learning: &Learning) -> f32 {
        let words = sentence.ends.len();
        let scores: Vec<Row> = (0..words)
            .map(|at| {
                let mut score = [0.0; LABELS];
                for row in sentence.rows(at) {
                    for (sum, weight) in score.iter_mut().zip(&self.weights[*row as usize]) {
                        *sum += weight;
                    }
                }
                score
            })
            .collect();
        let step = |before: usize, label: usize| {
            let from = (before < LABELS).then(|| Label::at(before));
            if Label::at(label).may_follow(from) {
                self.steps[before][label]
            } else {
                -1.0e4
            }
        };
        let mut ahead: Vec<Row> = vec![[0.0; LABELS]; words];
        for at in 0..words {
            for label in 0..LABELS {
                ahead[at][label] = scores[at][label]
                    + if at == 0 {
                        step(LABELS, label)
                    } else {
                        let before = &ahead[at - 1];
                        log_sum((0..LABELS).map(|b| before[b] + step(b, label)))
                    };
            }
        }
        let mut behind: Vec<Row> = vec![[0.0; LABELS]; words];
        for at in (0..words - 1).rev() {
            for label in 0..LABELS {
                let (next, score) = (&behind[at + 1], &scores[at + 1]);
                behind[at][label] = log_sum((0..LABELS).map(|n| step(label, n) + score[n] + next[n]));
            }
        }
        let total = log_sum(ahead[words - 1].iter().copied());
        let mut step_change = [[0.0_f32; LABELS]; LABELS + 1];
        let mut changes: Vec<Row> = Vec::with_capacity(words);
        let mut gold = 0.0;
        for at in 0..words {
            let truth = sentence.labels[at] as usize;
            let before = if at == 0 {
                LABELS
            } else {
                sentence.labels[at - 1] as usize
            };
            gold += scores[at][truth] + step(before, truth);
            step_change[before][truth] += 1.0;
            let mut change = [0.0; LABELS];
            for label in 0..LABELS {
                change[label] = -(ahead[at][label] + behind[at][label] - total).exp();
                if at == 0 {
                    step_change[LABELS][label] += change[label];
                    continue;
                }
                for (b, from) in ahead[at - 1].iter().enumerate() {
                    let path = from + step(b, label) + scores[at][label] + behind[at][label] - total;
                    step_change[b][label] -= path.exp();
                }
            }
            change[truth] += 1.0;
            changes.push(change);
        }
        for (at, change) in changes.iter().enumerate() {
            for row in sentence.rows(at) {
                let row = *row as usize;
                update(
                    &mut self.weights[row],
                    &mut self.squares[row],
                    change,
                    sentence.weight,
                    learning,
                );
            }
        }
        for (before, change) in step_change.iter().enumerate() {
            update(
                &mut self.steps[before],
                &mut self.step_squares[before],
                change,
                sentence.weight,
                learning,
            );
        }
        total - gold
    }
}

fn update(weights: &mut Row, squares: &mut Row, change: &Row, importance: f32, learning: &Learning) {
    for label in 0..LABELS {
        let change = change[label] * importance - learning.pull * weights[label];
        if change.abs() < 1.0e-6 {
            continue;
        }
        squares[label] += change * change;
        weights[label] += learning.rate * change / (squares[label] + 0.01).sqrt();
    }
}
