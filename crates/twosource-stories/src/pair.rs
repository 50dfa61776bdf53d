//! Whether two articles tell of one event: numeric features of a pair and a learnt score over them.

use std::sync::OnceLock;

use crate::profile::{Profile, Section};

/// Number of features of a pair.
pub const FEATURES: usize = 14;

/// Names of the features, in order, as `why` and the trainer print them.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "whole",
    "title",
    "lead",
    "names",
    "numbers",
    "title-lead",
    "best",
    "whole-squared",
    "day-1",
    "day-3",
    "day-10",
    "days",
    "days-whole",
    "recurs",
];

/// Which weights a pair is scored with: by what its articles carry, nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Both dated, both with a text.
    Dated,
    /// One or both undated, both with a text.
    Undated,
    /// Both dated, one or both a title only.
    DatedTitle,
    /// One or both undated, one or both a title only.
    UndatedTitle,
}

impl Kind {
    /// All kinds, in the order of the model file.
    pub const ALL: [Self; 4] = [Self::Dated, Self::Undated, Self::DatedTitle, Self::UndatedTitle];

    /// The kind of a pair.
    #[must_use]
    pub const fn of(a: &Profile, b: &Profile) -> Self {
        match (a.day.is_some() && b.day.is_some(), a.body && b.body) {
            (true, true) => Self::Dated,
            (false, true) => Self::Undated,
            (true, false) => Self::DatedTitle,
            (false, false) => Self::UndatedTitle,
        }
    }
}

/// Features of a pair; `recurs` is how near the newer one comes to articles of days long past (0.0 to 1.0).
#[must_use]
pub fn features(a: &Profile, b: &Profile, recurs: f32) -> [f32; FEATURES] {
    let whole = a.cosine(Section::All, b, Section::All);
    let title = a.cosine(Section::Title, b, Section::Title);
    let lead = a.cosine(Section::Lead, b, Section::Lead);
    let names = a.cosine(Section::Names, b, Section::Names);
    let numbers = a.cosine(Section::Numbers, b, Section::Numbers);
    let crossed = a
        .cosine(Section::Title, b, Section::Lead)
        .max(a.cosine(Section::Lead, b, Section::Title));
    let mut found = [0.0; FEATURES];
    found[..8].copy_from_slice(&[
        whole,
        title,
        lead,
        names,
        numbers,
        crossed,
        title.max(crossed).max(lead),
        whole * whole,
    ]);
    if let (Some(day), Some(other)) = (a.day, b.day) {
        let days = (day - other).abs();
        let long = days.ln_1p();
        found[8..].copy_from_slice(&[
            (-days).exp(),
            (-days / 3.0).exp(),
            (-days / 10.0).exp(),
            long,
            long * whole,
            recurs,
        ]);
    }
    found
}

/// Log-odds of two articles telling of one event.
#[must_use]
pub fn log_odds(kind: Kind, features: &[f32; FEATURES]) -> f32 {
    let weights = &weights()[kind as usize];
    weights.bias + weights.of.iter().zip(features).map(|(w, x)| w * x).sum::<f32>()
}

/// Weights of one kind of pair.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Weights {
    bias: f32,
    of: [f32; FEATURES],
}

/// A line of numbers a kind: bias, then one weight a feature. Made by `twosource-train stories pairs`; lines that start
/// with `#` name the packs they were learnt on.
static MODEL: &str = include_str!("../models/pairs.txt");

static WEIGHTS: OnceLock<[Weights; 4]> = OnceLock::new();

fn weights() -> &'static [Weights; 4] {
    WEIGHTS.get_or_init(|| {
        let mut rows = MODEL.lines().filter(|line| !line.starts_with('#')).map(read_row);
        std::array::from_fn(|_| {
            rows.next().unwrap_or(Weights {
                bias: -10.0,
                of: [0.0; FEATURES],
            })
        })
    })
}

fn read_row(line: &str) -> Weights {
    let mut numbers = line.split_whitespace().map(|n| n.parse().unwrap_or(0.0));
    let mut next = || numbers.next().unwrap_or(0.0);
    Weights {
        bias: next(),
        of: std::array::from_fn(|_| next()),
    }
}
