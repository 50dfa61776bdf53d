//! How alike two wordings are: features without words, and weights over them.

mod features;
mod model;
mod story;

use std::sync::OnceLock;

pub use features::{FEATURE_NAMES, Features, Wording};
pub use model::Model;
pub use story::StoryWeights;

/// What a pair is judged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// Two sentences say the same (learnt on the paraphrase pack `mrpc`).
    Paraphrase,
    /// Some proposition of one stands in the other (`superpal`).
    SharedStatement,
    /// How much the same they say, 0 to 5 (`sts_news`).
    Grade,
    /// Two quotations are of one utterance (`quotepairs`).
    SameUtterance,
    /// The first entails the second (`rte3`).
    Entails,
    /// The first contradicts the second (`rte3`).
    Contradicts,
}

impl Judgement {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Paraphrase,
        Self::SharedStatement,
        Self::Grade,
        Self::SameUtterance,
        Self::Entails,
        Self::Contradicts,
    ];

    /// Its name in the weights file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paraphrase => "paraphrase",
            Self::SharedStatement => "shared-statement",
            Self::Grade => "grade",
            Self::SameUtterance => "same-utterance",
            Self::Entails => "entails",
            Self::Contradicts => "contradicts",
        }
    }

    /// The weights that ship.
    ///
    /// # Panics
    /// When the shipped file lacks them; a test reads them all.
    #[must_use]
    pub fn model(self) -> &'static Model {
        static MODELS: OnceLock<Vec<Model>> = OnceLock::new();
        let models = MODELS.get_or_init(|| {
            let text = include_str!("../../models/pairs.tsv");
            let read =
                |j: &Self| Model::read(text, j.name(), FEATURE_NAMES).expect("the shipped weights are whole");
            Self::ALL.iter().map(read).collect()
        });
        &models[self as usize]
    }
}

/// Probability that the judgement holds for `a` and `b`, 0.0 to 1.0; for [`Judgement::Grade`] the grade.
#[must_use]
pub fn judge(judgement: Judgement, a: &Wording, b: &Wording) -> f32 {
    let model = judgement.model();
    let features = Features::of(a, b);
    let score = model.score(&match judgement {
        Judgement::SharedStatement => features.values(),
        _ => features.plain(a, b).values(),
    });
    match judgement {
        Judgement::Grade => score.clamp(0.0, 5.0),
        _ => 1.0 / (1.0 + (-score).exp()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_weights_are_whole() {
        for judgement in Judgement::ALL {
            assert!(
                judgement
                    .model()
                    .score(&vec![0.5; FEATURE_NAMES.len()])
                    .is_finite()
            );
        }
    }
}
