//! Strays: members of a story that tell of something else than the others.
//!
//! A pair of articles is judged by itself; a member of a story has all the others to be held against. What pairs are learnt from has
//! labels for the articles of stories of three only; which articles beside them are strays was read by eye.

use std::ops::RangeInclusive;

use crate::pair;

/// What a member is judged by: its mean log-odds with the others, theirs among themselves, then the mean of each feature of
/// its pairs (of those that tell how near in time two are the highest, for an affair of weeks has reports of each day), then
/// how far each of these lies above the mean of the feature among the others.
pub const FEATURES: usize = 2 + 2 * pair::FEATURES;

/// Articles of a story that is looked at: of two nobody can say which is the stray, and a bigger one is an affair, whose reports
/// need not be alike.
pub const MEMBERS: RangeInclusive<usize> = 3..=6;

/// Log-odds and features of some pairs.
#[derive(Debug, Default)]
pub struct Pairs {
    /// Sum of their log-odds.
    pub log_odds: f32,
    /// Features of each.
    pub features: Vec<[f32; pair::FEATURES]>,
}

impl Pairs {
    fn mean(&self) -> f32 {
        self.log_odds / self.features.len().max(1) as f32
    }
}

/// The features of a member: `own` are its pairs with each of the others, `others` the pairs of those among themselves.
#[must_use]
pub fn features(own: &Pairs, others: &Pairs) -> [f32; FEATURES] {
    let mut found = [0.0; FEATURES];
    (found[0], found[1]) = (own.mean(), others.mean());
    let (means, above) = found[2..].split_at_mut(pair::FEATURES);
    let mean = |pairs: &Pairs, at: usize| {
        let sum: f32 = pairs.features.iter().map(|pair| pair[at]).sum();
        sum / pairs.features.len().max(1) as f32
    };
    for (at, (own_mean, above)) in means.iter_mut().zip(above).enumerate() {
        *own_mean = if pair::OF_DAYS.contains(&at) {
            own.features.iter().map(|pair| pair[at]).fold(0.0, f32::max)
        } else {
            mean(own, at)
        };
        *above = *own_mean - mean(others, at);
    }
    found
}

/// Weights of a judge of members.
#[derive(Debug, Clone, PartialEq)]
pub struct Strays {
    /// Mean log-odds with the others from which on a member is none.
    pub loose: f32,
    /// Added to everything.
    pub bias: f32,
    /// Weight of each feature.
    pub slopes: [f32; FEATURES],
}

impl Strays {
    /// A judge that finds none.
    #[must_use]
    pub fn none() -> Self {
        Self {
            loose: f32::NEG_INFINITY,
            bias: f32::NEG_INFINITY,
            slopes: [0.0; FEATURES],
        }
    }

    /// How far a member is a stray: above 0.0 it is called one.
    #[must_use]
    pub fn score(&self, features: &[f32; FEATURES]) -> f32 {
        let shares = self.slopes.iter().zip(features).map(|(slope, x)| slope * x);
        self.bias + shares.sum::<f32>()
    }

    /// Its lines in a model file: loose, the bias, then a slope for each feature.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!("loose\t{:.4}\nbias\t{:.4}\n", self.loose, self.bias);
        for (name, slope) in names().zip(&self.slopes) {
            text += &format!("{name}\t{slope:.4}\n");
        }
        text
    }

    /// The judge of the lines that [`Strays::write`] gives; lines that start with `#` are passed over, what is missing is 0.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let rows = text.lines().filter(|line| !line.starts_with('#'));
        let mut numbers = rows.map(|line| {
            line.rsplit('\t')
                .next()
                .and_then(|n| n.parse().ok())
                .unwrap_or(0.0)
        });
        let mut next = |otherwise| numbers.next().unwrap_or(otherwise);
        Self {
            loose: next(f32::NEG_INFINITY),
            bias: next(f32::NEG_INFINITY),
            slopes: std::array::from_fn(|_| next(0.0)),
        }
    }

    /// The judge that ships.
    #[must_use]
    pub fn shipped() -> Self {
        Self::read(WEIGHTS)
    }
}

/// Names of the features, in their order.
pub fn names() -> impl Iterator<Item = String> {
    let first = ["mean", "among-others"].map(str::to_owned);
    let above = pair::FEATURE_NAMES.map(|name| format!("{name}-above"));
    first
        .into_iter()
        .chain(pair::FEATURE_NAMES.map(str::to_owned))
        .chain(above)
}

/// Made by `twosource-train stories strays`; its head names what it was learnt on.
static WEIGHTS: &str = include_str!("../models/strays.tsv");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judge_is_read_as_it_was_written() {
        let judge = Strays::shipped();
        assert_eq!(Strays::read(&judge.write()), judge);
        assert!(Strays::none().score(&[1.0; FEATURES]) < 0.0);
        assert!(Strays::read("").score(&[1.0; FEATURES]) < 0.0);
    }

    #[test]
    fn features_are_means_over_the_others_and_what_they_lie_above_theirs() {
        let pairs = |log_odds: f32, count: usize| Pairs {
            log_odds,
            features: vec![[0.0; pair::FEATURES]; count],
        };
        let (mut own, mut others) = (pairs(0.6, 2), pairs(2.0, 1));
        own.features[1][0] = 1.0;
        own.features[0][pair::OF_DAYS[0]] = 0.4;
        others.features[0][0] = 0.75;
        let found = features(&own, &others);
        assert_eq!(found[..3], [0.3, 2.0, 0.5]);
        assert_eq!(found[2 + pair::OF_DAYS[0]], 0.4);
        assert_eq!(found[2 + pair::FEATURES], -0.25);
        assert_eq!(features(&own, &pairs(0.0, 0))[1], 0.0);
    }
}
