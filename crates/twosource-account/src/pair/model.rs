//! An additive model over features: each feature bends at two knots, the bends are weighed and summed.
//!
//! It can say why: the share of each feature in a score is its own bent line.

use std::fmt::Write as _;

/// Number of straight pieces each feature has.
const PIECES: usize = 3;

/// One feature's bent line.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    knots: [f32; PIECES - 1],
    slopes: [f32; PIECES],
}

/// Weights over named features.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    bias: f32,
    /// Score from which the answer is yes.
    pub cut: f32,
    lines: Vec<Line>,
}

impl Model {
    /// Score of the feature values: log-odds, or a grade for a graded model.
    #[must_use]
    pub fn score(&self, values: &[f32]) -> f32 {
        self.bias
            + self
                .lines
                .iter()
                .zip(values)
                .map(|(line, v)| line.at(*v))
                .sum::<f32>()
    }

    /// Share of each feature in the score, in their order.
    #[must_use]
    pub fn shares(&self, values: &[f32]) -> Vec<f32> {
        self.lines
            .iter()
            .zip(values)
            .map(|(line, v)| line.at(*v))
            .collect()
    }

    /// Knots at the terciles of each column, no slopes yet.
    #[must_use]
    pub fn knotted(columns: &[Vec<f32>]) -> Self {
        let lines = columns
            .iter()
            .map(|column| {
                let mut sorted = column.clone();
                sorted.sort_by(f32::total_cmp);
                let at = |share: usize| sorted.get(sorted.len() * share / PIECES).copied().unwrap_or(0.0);
                Line {
                    knots: [at(1), at(2)],
                    slopes: [0.0; PIECES],
                }
            })
            .collect();
        Self {
            bias: 0.0,
            cut: 0.0,
            lines,
        }
    }

    /// The pieces of all features, one after the other: what the slopes are weights of.
    #[must_use]
    pub fn pieces(&self, values: &[f32]) -> Vec<f32> {
        self.lines
            .iter()
            .zip(values)
            .flat_map(|(line, v)| line.pieces(*v))
            .collect()
    }

    /// The same knots with these slopes, in the order of [`Model::pieces`].
    #[must_use]
    pub fn with_slopes(mut self, bias: f32, slopes: &[f32]) -> Self {
        self.bias = bias;
        for (line, some) in self.lines.iter_mut().zip(slopes.chunks_exact(PIECES)) {
            line.slopes.copy_from_slice(some);
        }
        self
    }

    /// The model as lines of text: `name`, then bias and cut, then two knots and three slopes for each feature.
    #[must_use]
    pub fn write(&self, name: &str, features: &[&str]) -> String {
        let mut text = format!("[{name}]\nbias\t{:.4}\ncut\t{:.4}\n", self.bias, self.cut);
        for (line, feature) in self.lines.iter().zip(features) {
            let numbers = line.knots.iter().chain(&line.slopes);
            let columns: Vec<String> = numbers.map(|n| format!("{n:.4}")).collect();
            let _ = writeln!(text, "{feature}\t{}", columns.join("\t"));
        }
        text
    }

    /// Reads the model `name` out of text written by [`Model::write`]; `None` when it is not there for these features.
    #[must_use]
    pub fn read(text: &str, name: &str, features: &[&str]) -> Option<Self> {
        let header = format!("[{name}]");
        let mut rows = text.lines().skip_while(|line| *line != header).skip(1);
        let mut number = |expected: &str| -> Option<Vec<f32>> {
            let mut columns = rows.next()?.split('\t');
            (columns.next()? == expected).then(|| columns.map_while(|c| c.parse().ok()).collect())
        };
        let bias = *number("bias")?.first()?;
        let cut = *number("cut")?.first()?;
        let mut lines = Vec::new();
        for feature in features {
            let row = number(feature)?;
            let [k1, k2, s1, s2, s3] = row[..] else {
                return None;
            };
            lines.push(Line {
                knots: [k1, k2],
                slopes: [s1, s2, s3],
            });
        }
        Some(Self { bias, cut, lines })
    }
}

impl Line {
    fn pieces(&self, value: f32) -> [f32; PIECES] {
        let [a, b] = self.knots;
        [value, (value - a).max(0.0), (value - b).max(0.0)]
    }

    fn at(&self, value: f32) -> f32 {
        self.pieces(value)
            .iter()
            .zip(&self.slopes)
            .map(|(x, s)| x * s)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let model = Model::knotted(&[vec![0.0, 0.5, 1.0], vec![1.0, 2.0, 3.0]])
            .with_slopes(0.25, &[1.0, 0.0, -1.0, 0.5, 0.5, 0.5]);
        let text = model.write("m", &["x", "y"]);
        assert_eq!(Model::read(&text, "m", &["x", "y"]), Some(model));
        assert_eq!(Model::read(&text, "other", &["x", "y"]), None);
        assert_eq!(Model::read(&text, "m", &["x", "z"]), None);
    }
}
