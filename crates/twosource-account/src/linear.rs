//! Weights of a logistic regression, as the trainers write them.

/// A bias, a cut and a slope for each feature.
pub struct Linear {
    bias: f32,
    cut: f32,
    slopes: Vec<f32>,
}

impl Linear {
    /// Reads one line `name<TAB>value` each for `bias`, `cut` and the features; what is not there counts nothing.
    pub fn read(text: &str, features: &[&str]) -> Self {
        let read = |name: &str| -> f32 { value(text, name).unwrap_or(0.0) };
        Self {
            bias: read("bias"),
            cut: read("cut"),
            slopes: features.iter().map(|name| read(name)).collect(),
        }
    }

    /// How far above the cut the features stand, as log-odds.
    pub fn score(&self, features: &[f32]) -> f32 {
        let sum: f32 = self.slopes.iter().zip(features).map(|(s, v)| s * v).sum();
        self.bias + sum - self.cut
    }
}

fn value(text: &str, name: &str) -> Option<f32> {
    let row = text
        .lines()
        .find_map(|l| l.strip_prefix(name)?.strip_prefix('\t'));
    row.and_then(|value| value.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_weights_name_every_feature() {
        for name in crate::JOIN_FEATURES.iter().chain(&["bias", "cut"]) {
            let shipped = value(include_str!("../models/joins.tsv"), name);
            assert!(shipped.is_some_and(f32::is_finite), "{name}");
        }
    }
}
