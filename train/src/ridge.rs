//! Logistic regression with a ridge, over wordless features.

use std::fmt::Write as _;

/// A bias and a slope for each feature.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    pub bias: f64,
    pub slopes: Vec<f64>,
}

impl Weights {
    /// Log-odds of the values.
    pub fn score(&self, values: &[f32]) -> f64 {
        let shares = self.slopes.iter().zip(values).map(|(s, v)| s * f64::from(*v));
        self.bias + shares.sum::<f64>()
    }

    /// One line each for bias and cut, then one for each feature.
    pub fn write(&self, cut: f64, features: &[&str]) -> String {
        let mut text = format!("bias\t{:.4}\ncut\t{cut:.4}\n", self.bias);
        for (name, slope) in features.iter().zip(&self.slopes) {
            let _ = writeln!(text, "{name}\t{slope:.4}");
        }
        text
    }
}

/// Logistic regression with a ridge, by plain descent over standardised columns.
pub fn fit(rows: &[(&[f32], bool)], ridge: f64) -> Weights {
    const STEPS: usize = 3000;
    let (n, width) = (rows.len() as f64, rows.first().map_or(0, |r| r.0.len()));
    let column = |k: usize| rows.iter().map(move |(values, _)| f64::from(values[k]));
    let mean: Vec<f64> = (0..width).map(|k| column(k).sum::<f64>() / n).collect();
    let spread: Vec<f64> = (0..width)
        .map(|k| (column(k).map(|v| (v - mean[k]).powi(2)).sum::<f64>() / n).sqrt())
        .collect();
    let scaled: Vec<Vec<f64>> = rows
        .iter()
        .map(|(values, _)| {
            (0..width)
                .map(|k| {
                    if spread[k] > 1e-6 {
                        (f64::from(values[k]) - mean[k]) / spread[k]
                    } else {
                        0.0
                    }
                })
                .collect()
        })
        .collect();
    let (mut bias, mut slopes) = (0.0, vec![0.0; width]);
    let rate = 2.0 / n;
    for _ in 0..STEPS {
        let (mut of_bias, mut gradient) = (0.0, vec![0.0; width]);
        for (row, (_, holds)) in scaled.iter().zip(rows) {
            let z = bias + row.iter().zip(&slopes).map(|(x, s)| x * s).sum::<f64>();
            let off = 1.0 / (1.0 + (-z).exp()) - f64::from(u8::from(*holds));
            of_bias += off;
            for (g, x) in gradient.iter_mut().zip(row) {
                *g += off * x;
            }
        }
        bias -= rate * of_bias;
        for (s, g) in slopes.iter_mut().zip(&gradient) {
            *s -= rate * (g + ridge * *s);
        }
    }
    let raw: Vec<f64> = (0..width)
        .map(|k| {
            if spread[k] > 1e-6 {
                slopes[k] / spread[k]
            } else {
                0.0
            }
        })
        .collect();
    let bias = bias - raw.iter().zip(&mean).map(|(s, m)| s * m).sum::<f64>();
    Weights { bias, slopes: raw }
}
