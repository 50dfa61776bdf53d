//! A sum of single steps over features, as the trainers write it: each step asks whether one feature is above a bound.

/// One step.
struct Stump {
    /// Index of the feature.
    feature: usize,
    bound: f32,
    /// What it adds at or under the bound, and above it.
    adds: [f32; 2],
}

/// A bias, a cut and the steps.
pub struct Stumps {
    bias: f32,
    cut: f32,
    steps: Vec<Stump>,
}

impl Stumps {
    /// Reads `bias` and `cut`, then one line `feature<TAB>bound<TAB>under<TAB>above` for each step; lines of other form, and
    /// of features that are not there, count nothing.
    pub fn read(text: &str, features: &[&str]) -> Self {
        let mut read = Self {
            bias: 0.0,
            cut: 0.0,
            steps: Vec::new(),
        };
        for line in text.lines() {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let numbers: Vec<f32> = cells.map_while(|c| c.parse().ok()).collect();
            match (name, numbers.as_slice()) {
                ("bias", [value]) => read.bias = *value,
                ("cut", [value]) => read.cut = *value,
                (_, [bound, under, above]) => {
                    if let Some(feature) = features.iter().position(|f| *f == name) {
                        read.steps.push(Stump {
                            feature,
                            bound: *bound,
                            adds: [*under, *above],
                        });
                    }
                }
                _ => {}
            }
        }
        read
    }

    /// How far above the cut the features stand, as log-odds.
    pub fn score(&self, features: &[f32]) -> f32 {
        let add = |s: &Stump| s.adds[usize::from(features.get(s.feature).is_some_and(|v| *v > s.bound))];
        self.bias + self.steps.iter().map(add).sum::<f32>() - self.cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_added_up() {
        let stumps = Stumps::read(
            "# made\nbias\t0.5\ncut\t0.25\nx\t1.0\t-1.0\t2.0\nz\t0\t9\t9\n",
            &["y", "x"],
        );
        let check = |values: &[f32], score: f32| assert_eq!(stumps.score(values), score, "{values:?}");
        check(&[0.0, 1.0], -0.75);
        check(&[0.0, 1.5], 2.25);
        check(&[], -0.75);
    }

    #[test]
    fn the_shipped_steps_are_read() {
        let stumps = Stumps::read(include_str!("../models/figures.tsv"), crate::FIGURE_FEATURES);
        let lines = include_str!("../models/figures.tsv").lines();
        assert_eq!(
            stumps.steps.len(),
            lines.filter(|l| l.matches('\t').count() == 3).count()
        );
        assert!(stumps.steps.len() > 10);
    }
}
