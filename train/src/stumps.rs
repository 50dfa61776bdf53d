//! Gradient boosting of single steps over wordless features, without any chance in it.

use std::fmt::Write as _;

/// A bias, and steps as (feature, bound, what is added at or under it, what above it).
#[derive(Debug, Clone, Default)]
pub struct Stumps {
    bias: f64,
    steps: Vec<(usize, f32, [f64; 2])>,
}

/// Steps that are added.
const STEPS: usize = 60;
/// Share of each step that is taken.
const RATE: f64 = 0.15;
/// Fewest rows on each side of a bound.
const LEAST_ROWS: usize = 8;

impl Stumps {
    /// Log-odds of the values.
    pub fn score(&self, values: &[f32]) -> f64 {
        let add =
            |(feature, bound, adds): &(usize, f32, [f64; 2])| adds[usize::from(values[*feature] > *bound)];
        self.bias + self.steps.iter().map(add).sum::<f64>()
    }

    /// One line each for bias and cut, then one for each step.
    pub fn write(&self, cut: f64, features: &[&str]) -> String {
        let mut text = format!("bias\t{:.4}\ncut\t{cut:.4}\n", self.bias);
        for (feature, bound, [under, above]) in &self.steps {
            let _ = writeln!(text, "{}\t{bound:.4}\t{under:.4}\t{above:.4}", features[*feature]);
        }
        text
    }

    /// Learns from rows of features and whether they hold.
    pub fn fit(rows: &[(&[f32], bool)]) -> Self {
        let width = rows.first().map_or(0, |(values, _)| values.len());
        let holds = rows.iter().filter(|r| r.1).count() as f64;
        let mut made = Self {
            bias: (holds.max(1.0) / (rows.len() as f64 - holds).max(1.0)).ln(),
            steps: Vec::new(),
        };
        let mut scores = vec![made.bias; rows.len()];
        let order: Vec<Vec<usize>> = (0..width)
            .map(|k| {
                let mut order: Vec<usize> = (0..rows.len()).collect();
                order.sort_by(|a, b| rows[*a].0[k].total_cmp(&rows[*b].0[k]));
                order
            })
            .collect();
        for _ in 0..STEPS {
            let (mut off, mut bend) = (Vec::new(), Vec::new());
            for (score, (_, holds)) in scores.iter().zip(rows) {
                let p = 1.0 / (1.0 + (-score).exp());
                off.push(f64::from(u8::from(*holds)) - p);
                bend.push(p * (1.0 - p));
            }
            let best = (0..width)
                .filter_map(|k| best_bound(rows, &order[k], k, &off))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            let Some((_, feature, bound)) = best else { break };
            let side = |at: usize| usize::from(rows[at].0[feature] > bound);
            let (mut sum, mut weight) = ([0.0; 2], [1e-6; 2]);
            for at in 0..rows.len() {
                sum[side(at)] += off[at];
                weight[side(at)] += bend[at];
            }
            let adds = [RATE * sum[0] / weight[0], RATE * sum[1] / weight[1]];
            for (at, score) in scores.iter_mut().enumerate() {
                *score += adds[side(at)];
            }
            made.steps.push((feature, bound, adds));
        }
        made
    }
}

/// Gain, feature and bound of the best split of one feature.
fn best_bound(
    rows: &[(&[f32], bool)],
    order: &[usize],
    feature: usize,
    off: &[f64],
) -> Option<(f64, usize, f32)> {
    let all: f64 = off.iter().sum();
    let (mut under, mut best): (f64, Option<(f64, usize, f32)>) = (0.0, None);
    for (count, pair) in order.windows(2).enumerate() {
        under += off[pair[0]];
        let (low, high) = (rows[pair[0]].0[feature], rows[pair[1]].0[feature]);
        let (n, m) = (count + 1, order.len() - count - 1);
        if low >= high || n < LEAST_ROWS || m < LEAST_ROWS {
            continue;
        }
        let gain = under * under / n as f64 + (all - under).powi(2) / m as f64;
        if best.is_none_or(|b| gain > b.0) {
            best = Some((gain, feature, f32::midpoint(low, high)));
        }
    }
    best
}
