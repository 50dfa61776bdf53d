//! Whether two articles tell of one event: numeric features of a pair and a learnt score over them.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::profile::{Probe, Profile, Section};
use crate::strays::Strays;

/// Number of features of a pair.
pub const FEATURES: usize = 46;

/// Names of the features, in order, as `why` and the trainer print them.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "whole",
    "title",
    "lead",
    "names",
    "numbers",
    "whole-plain",
    "title-plain",
    "lead-plain",
    "title-lead",
    "lead-title",
    "title-whole",
    "whole-title",
    "rarest",
    "shared",
    "mass",
    "title-mass",
    "names-mass",
    "shorter",
    "longer",
    "shorter-title",
    "number-clash",
    "names-clash",
    "actions",
    "actions-shared",
    "actions-clash",
    "days-met",
    "days-clash",
    "days-near",
    "day-1",
    "day-3",
    "day-10",
    "day-40",
    "recurs",
    "one-body",
    "same-date",
    "next-date",
    "title-held",
    "title-held-less",
    "names-held",
    "names-held-less",
    "whole-held",
    "whole-held-less",
    "lead-held",
    "lead-held-less",
    "crowd",
    "busy",
];

/// Place of the feature that falls slowest with the days between two articles: exp(-days / 40).
const DAY_40: usize = 31;
/// Places of the features that tell how near two dates are: the higher the nearer.
pub(crate) const OF_DAYS: [usize; 6] = [28, 29, 30, DAY_40, 34, 35];
/// Places of the features of [`Around`].
const RECURS: usize = 32;
const CROWD: usize = 44;
const BUSY: usize = 45;

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

/// What lay around an article when it came.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Around {
    /// How near it came to articles of days long past: mean of its best cosines among them, 0.0 to 1.0.
    pub recurs: f32,
    /// How near it came to articles of its own days behind the few nearest: mean of those cosines, 0.0 to 1.0. What two reports
    /// share says less where many others share as much.
    pub crowd: f32,
    /// How many articles of its own days were there: ln(1 + count) / 8. What a common day, name or theme tells depends on how many
    /// reports of those days there are.
    pub busy: f32,
}

impl Around {
    /// Sets what two articles' surroundings tell of their pair; time tells nothing where a date is missing.
    pub fn tell(kind: Kind, newer: Self, older: Self, features: &mut [f32; FEATURES]) {
        features[RECURS] = newer.recurs;
        if matches!(kind, Kind::Dated | Kind::DatedTitle) {
            features[CROWD] = newer.crowd.max(older.crowd);
            features[BUSY] = newer.busy;
        }
    }
}

/// Features of a pair, the same both ways round, but for those of [`Around`], which are 0.0: `probe` is the one of `a`. Those of
/// time are 0.0 where a date is missing.
#[must_use]
pub fn features(a: &Profile, probe: &Probe, b: &Profile) -> [f32; FEATURES] {
    let common = a.common(probe, b);
    let both = |section| [a, b].map(|profile| profile.size(section) as f32);
    let (lengths, titles) = (both(Section::All), both(Section::Title));
    let both_have = |section, least| [a, b].iter().all(|p| p.size(section) >= least);
    let flag = |yes: bool| f32::from(u8::from(yes));
    let [met, clash, near] = days_spoken(a, b);
    let mut found = [0.0; FEATURES];
    found[..28].copy_from_slice(&[
        common.whole.cosine,
        common.title.cosine,
        common.lead.cosine,
        common.names.cosine,
        common.numbers.0,
        common.whole.content,
        common.title.content,
        common.lead.content,
        common.title_lead[0],
        common.title_lead[1],
        common.title_whole[0],
        common.title_whole[1],
        common.whole.most,
        common.whole.terms as f32 / 10.0,
        common.whole.mass / 1_000.0,
        common.title.mass / 200.0,
        common.names.mass / 200.0,
        lengths[0].min(lengths[1]) / 50.0,
        lengths[0].max(lengths[1]) / 50.0,
        titles[0].min(titles[1]) / 16.0,
        flag(both_have(Section::Numbers, 2) && common.numbers.1 == 0),
        flag(both_have(Section::Names, 3) && common.names.terms == 0),
        common.actions.0,
        common.actions.1 as f32 / 4.0,
        flag(both_have(Section::Actions, 1) && common.actions.1 == 0),
        met,
        clash,
        near,
    ]);
    if let (Some(day), Some(other)) = (a.day, b.day) {
        let days = (day - other).abs();
        found[28..=DAY_40].copy_from_slice(&[
            (-days).exp(),
            (-days / 3.0).exp(),
            (-days / 10.0).exp(),
            (-days / 40.0).exp(),
        ]);
        // times of day are often made up or missing; the calendar is not
        let dates = (day.floor() - other.floor()).abs() as u32;
        found[34..36].copy_from_slice(&[flag(dates == 0), flag(dates == 1)]);
    }
    found[33] = flag(a.body != b.body);
    for (pair, held) in found[36..CROWD].chunks_exact_mut(2).zip(common.held) {
        pair.copy_from_slice(&held);
    }
    found
}

/// Whether two reports speak of a common day, whether both speak of days and of no common one, and how near their
/// nearest days lie (1.0 the same, 0.0 far or unknown).
fn days_spoken(a: &Profile, b: &Profile) -> [f32; 3] {
    let mut least: Option<i32> = None;
    for day in &a.spoken {
        for other in &b.spoken {
            // weekdays, days of an unknown year and full days are not compared with each other
            let kind = |day: i32| (day >= 8) as u8 + (day >= 600) as u8;
            if kind(*day) == kind(*other) {
                let apart = (day - other).abs();
                least = Some(least.map_or(apart, |least| least.min(apart)));
            }
        }
    }
    match least {
        Some(0) => [1.0, 0.0, 1.0],
        Some(apart) => [0.0, 1.0, (-(apart as f32) / 2.0).exp()],
        None => [0.0, 0.0, 0.0],
    }
}

/// Units of the hidden layer.
pub const HIDDEN: usize = 48;

/// Cosine of the whole below which a dated pair is of one event in 0.1 % of the pairs of texts that the networks learn from (31 of
/// 39,577) and in 3 % of those with a title only (2,855 of 99,085; 23 November 2026). Few of them are of single sentences, for
/// which a common day weighed more than words; without dates nothing of the kind was seen.
const LEAST_ALIKE: f32 = 0.04;
/// See [`Model::log_odds`]: one in eight.
const MOST_UNLIKE: f32 = -2.0;
/// The same where a title only is known: one in four.
const MOST_UNLIKE_TITLES: f32 = -1.0;

/// The weights that stories are made by.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// A network for each kind of pair, in the order of [`Kind::ALL`].
    pub pairs: [Network; 4],
    /// Who tells members of a story that tell of something else.
    pub strays: Strays,
}

impl Model {
    /// Log-odds of two articles telling of one event: at most one in eight for two dated texts that share next to nothing, one in four
    /// where a title only is known.
    #[must_use]
    pub fn log_odds(&self, kind: Kind, features: &[f32; FEATURES]) -> f32 {
        let found = self.pairs[kind as usize].log_odds(features);
        match kind {
            Kind::Dated if features[0] < LEAST_ALIKE => found.min(MOST_UNLIKE),
            Kind::DatedTitle if features[0] < LEAST_ALIKE => found.min(MOST_UNLIKE_TITLES),
            _ => found,
        }
    }

    /// The model that ships.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Model> = OnceLock::new();
        SHIPPED.get_or_init(|| Self {
            strays: Strays::shipped(),
            ..Self::read(MODEL)
        })
    }

    /// The lines of a model file of pairs: see [`Network::write`].
    #[must_use]
    pub fn write(&self) -> String {
        self.pairs.iter().map(Network::write).collect()
    }

    /// A model of the lines that [`Model::write`] gives, which finds no strays; lines that start with `#` are passed over, what is
    /// missing is 0.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut rows = text.lines().filter(|line| !line.starts_with('#'));
        Self {
            pairs: std::array::from_fn(|_| Network::read(&mut rows)),
            strays: Strays::none(),
        }
    }
}

/// A network of one hidden layer with a straight path beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Added to everything.
    pub bias: f32,
    /// Weight of each feature on the straight path.
    pub straight: [f32; FEATURES],
    /// Bias of each hidden unit, then for each feature its weight for each hidden unit.
    pub inward: Vec<[f32; HIDDEN]>,
    /// Weight of each hidden unit in the sum.
    pub outward: [f32; HIDDEN],
}

impl Network {
    /// Log-odds of two articles telling of one event.
    #[must_use]
    pub fn log_odds(&self, features: &[f32; FEATURES]) -> f32 {
        let mut sum = self.bias;
        let mut units = self.inward[0];
        for (i, x) in features.iter().enumerate() {
            if *x != 0.0 {
                sum += x * self.straight[i];
                for (unit, weight) in units.iter_mut().zip(&self.inward[i + 1]) {
                    *unit += x * weight;
                }
            }
        }
        for (unit, weight) in units.iter().zip(&self.outward) {
            sum += weight * soft_sign(*unit);
        }
        sum
    }

    /// Its lines in a model file: the straight path, the outward weights, then a line of inward weights for the bias and
    /// each feature.
    #[must_use]
    pub fn write(&self) -> String {
        let row = |numbers: &[f32]| {
            let numbers: Vec<String> = numbers.iter().map(|n| format!("{n:.3}")).collect();
            numbers.join(" ") + "\n"
        };
        let mut text = row(&[&[self.bias], &self.straight[..]].concat());
        text += &row(&self.outward);
        for weights in &self.inward {
            text += &row(weights);
        }
        text
    }

    /// A network of the next rows of a model file.
    pub fn read<'a>(rows: &mut impl Iterator<Item = &'a str>) -> Self {
        let mut row = || -> Vec<f32> {
            let numbers = rows.next().unwrap_or("").split_whitespace();
            numbers.map(|n| n.parse().unwrap_or(0.0)).collect()
        };
        let at = |row: &[f32], i: usize| row.get(i).copied().unwrap_or(0.0);
        let (straight, outward) = (row(), row());
        Self {
            bias: at(&straight, 0),
            straight: std::array::from_fn(|i| at(&straight, i + 1)),
            outward: std::array::from_fn(|i| at(&outward, i)),
            inward: (0..=FEATURES)
                .map(|_| {
                    let row = row();
                    std::array::from_fn(|i| at(&row, i))
                })
                .collect(),
        }
    }
}

/// A bend between -1.0 and 1.0 that needs no table and is the same on every machine.
#[must_use]
pub fn soft_sign(x: f32) -> f32 {
    x / (1.0 + x.abs())
}

/// Made by `twosource-train stories pairs`; its head names the packs that it was learnt on.
static MODEL: &str = include_str!("../models/pairs.txt");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::count;
    use twosource_model::{Article, ArticleId};

    const FERRY: [&str; 2] = [
        "Ferry aground near Ostby",
        "The ferry Nordlys ran aground off Ostby with 140 people on board on Monday night.",
    ];
    const RESCUE: [&str; 2] = [
        "All 140 saved from Nordlys",
        "Everybody was saved from the Nordlys, which ran aground off Ostby, the coast guard said on Tuesday.",
    ];

    fn profile([title, text]: [&str; 2], day: Option<f32>) -> Profile {
        let counts = count(&Article::of_text(ArticleId::new("a"), title, text), day);
        let rarity = vec![3.0; counts.terms.len()];
        Profile::new(&counts, &rarity)
    }

    fn named(name: &str, features: &[f32; FEATURES]) -> f32 {
        let at = FEATURE_NAMES.iter().position(|given| *given == name).unwrap();
        features[at]
    }

    #[test]
    fn a_pair_is_the_same_both_ways_round() {
        let (a, b) = (profile(FERRY, Some(20_000.9)), profile(RESCUE, Some(20_001.1)));
        let found = features(&a, &Probe::new(&a), &b);
        assert_eq!(found, features(&b, &Probe::new(&b), &a));
        assert_eq!(
            (named("same-date", &found), named("next-date", &found)),
            (0.0, 1.0)
        );
        let [most, least] = ["title-held", "title-held-less"].map(|name| named(name, &found));
        assert!(0.0 < least && least <= most && most < 1.0, "{least} {most}");
        let itself = features(&a, &Probe::new(&a), &a);
        assert!(
            (named("title-held-less", &itself) - 1.0).abs() < 0.02,
            "{itself:?}"
        );
    }

    #[test]
    fn a_crowd_and_busy_days_say_nothing_where_a_date_is_missing() {
        let crowded = Around {
            crowd: 0.3,
            busy: 0.5,
            ..Around::default()
        };
        let tell = |name: &'static str| {
            move |kind| {
                let mut found = [0.0; FEATURES];
                Around::tell(kind, crowded, Around::default(), &mut found);
                named(name, &found)
            }
        };
        assert_eq!(Kind::ALL.map(tell("crowd")), [0.3, 0.0, 0.3, 0.0]);
        assert_eq!(Kind::ALL.map(tell("busy")), [0.5, 0.0, 0.5, 0.0]);
    }
}
