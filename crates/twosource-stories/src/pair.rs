//! Whether two articles tell of one event: numeric features of a pair and a learnt score over them.

use std::sync::OnceLock;

use crate::profile::{Profile, Section};

/// Number of features of a pair.
pub const FEATURES: usize = 18;

/// Names of the features, in order, as `why` and the trainer print them.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "whole",
    "title",
    "lead",
    "names",
    "numbers",
    "title-lead",
    "lead-title",
    "rarest",
    "shared",
    "shorter",
    "longer",
    "number-clash",
    "day-1",
    "day-3",
    "day-10",
    "days",
    "between",
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

/// What a pair is scored with beside the two profiles.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Setting {
    /// Articles that arrived between the two.
    pub between: u32,
    /// How near the newer one comes to articles of days long past: mean of its best cosines among them, 0.0 to 1.0.
    pub recurs: f32,
}

/// Features of a pair. Those of time are 0.0 where a date is missing.
#[must_use]
pub fn features(a: &Profile, b: &Profile, setting: Setting) -> [f32; FEATURES] {
    let whole = a.overlap(Section::All, b, Section::All);
    let numbers = a.overlap(Section::Numbers, b, Section::Numbers);
    let crossed = a.cosine(Section::Title, b, Section::Lead);
    let crossed_back = a.cosine(Section::Lead, b, Section::Title);
    let lengths = [a, b].map(|p| p.section(Section::All).0.len() as f32 / 50.0);
    let both_count = [a, b].iter().all(|p| p.section(Section::Numbers).0.len() >= 2);
    let mut found = [0.0; FEATURES];
    found[..12].copy_from_slice(&[
        whole.cosine,
        a.cosine(Section::Title, b, Section::Title),
        a.cosine(Section::Lead, b, Section::Lead),
        a.cosine(Section::Names, b, Section::Names),
        numbers.cosine,
        crossed.max(crossed_back),
        crossed.min(crossed_back),
        whole.most,
        whole.terms as f32 / 10.0,
        lengths[0].min(lengths[1]),
        lengths[0].max(lengths[1]),
        f32::from(u8::from(both_count && numbers.terms == 0)),
    ]);
    if let (Some(day), Some(other)) = (a.day, b.day) {
        let days = (day - other).abs();
        found[12..].copy_from_slice(&[
            (-days).exp(),
            (-days / 3.0).exp(),
            (-days / 10.0).exp(),
            days.ln_1p(),
            (setting.between as f32).ln_1p(),
            setting.recurs,
        ]);
    }
    found
}

/// Log-odds of two articles telling of one event.
#[must_use]
pub fn log_odds(kind: Kind, features: &[f32; FEATURES]) -> f32 {
    networks()[kind as usize].score(features)
}

/// Units of the hidden layer.
pub const HIDDEN: usize = 12;

/// Numbers of one network: bias, a straight weight for each feature, then for each hidden unit its bias, its weight for
/// each feature and its weight in the sum.
pub const NETWORK: usize = 1 + FEATURES + HIDDEN * (FEATURES + 2);

/// A network of one hidden layer with a straight path beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Network(pub Vec<f32>);

impl Network {
    /// Its output for these features.
    #[must_use]
    pub fn score(&self, features: &[f32; FEATURES]) -> f32 {
        let dot = |weights: &[f32]| weights.iter().zip(features).map(|(w, x)| w * x).sum::<f32>();
        let (straight, hidden) = self.0.split_at(1 + FEATURES);
        let mut sum = straight[0] + dot(&straight[1..]);
        for unit in hidden.chunks_exact(FEATURES + 2) {
            sum += unit[FEATURES + 1] * soft_sign(unit[0] + dot(&unit[1..=FEATURES]));
        }
        sum
    }
}

/// A bend between -1.0 and 1.0 that needs no table and is the same on every machine.
#[must_use]
pub fn soft_sign(x: f32) -> f32 {
    x / (1.0 + x.abs())
}

/// A line of numbers a kind, see [`NETWORK`]. Made by `twosource-train stories pairs`; lines that start with `#` name
/// the packs they were learnt on.
static MODEL: &str = include_str!("../models/pairs.txt");

static NETWORKS: OnceLock<Vec<Network>> = OnceLock::new();

fn networks() -> &'static [Network] {
    NETWORKS.get_or_init(|| {
        let mut rows = MODEL.lines().filter(|line| !line.starts_with('#')).map(read_row);
        Kind::ALL
            .iter()
            .map(|_| rows.next().unwrap_or_else(|| read_row("-10")))
            .collect()
    })
}

fn read_row(line: &str) -> Network {
    let mut numbers: Vec<f32> = line
        .split_whitespace()
        .map(|n| n.parse().unwrap_or(0.0))
        .collect();
    numbers.resize(NETWORK, 0.0);
    Network(numbers)
}
