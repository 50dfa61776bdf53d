//! How surely two figures are of one quantity.

use std::sync::OnceLock;

use twosource_model::{Approximation, Unit};

use super::Figure;
use crate::pair::{Features, Wording};
use crate::stumps::Stumps;
use crate::words::{WordId, WordKind};

/// Words on either side that are compared.
const NEAR: usize = 6;

/// How surely two figures are of one quantity, 0.0 to 1.0: same unit, same thing counted, same surroundings.
pub fn same_quantity(a: &Figure, b: &Figure) -> f32 {
    if a.unit != b.unit {
        return 0.0;
    }
    let around = share(&around(a, NEAR), &around(b, NEAR));
    let counted = match (a.head, b.head) {
        (Some(x), Some(y)) if x == y => 1.0,
        (Some(_), Some(_)) if a.counted.iter().any(|id| b.counted.contains(id)) => 0.6,
        (Some(_), Some(_)) => 0.0,
        (None, None) => 0.6,
        _ => 0.3,
    };
    match a.unit {
        Unit::Count if counted == 0.0 => 0.0,
        Unit::Count => 0.5 * counted + 0.5 * around,
        _ => 0.3 * counted + 0.7 * around,
    }
}

/// Names of `figure_features`.
pub const FIGURE_FEATURES: &[&str] = &[
    "quantity",
    "head_same",
    "head_other",
    "counted_share",
    "around_six",
    "around_three",
    "word_before",
    "word_behind",
    "single",
    "same_rank",
    "log_ratio",
    "bounded",
    "other_moment",
    "agreeing",
    "open",
    "cosine",
    "cover_low",
    "concept_low",
    "concept_high",
    "capitals_low",
    "capitals_alone",
    "bigram_low",
    "sequence_short",
    "length_ratio",
    "skip",
    "start",
    "money",
    "percent",
    "measure",
    "year",
    "few",
    "verb_same",
    "verb_other",
    "place_same",
    "place_other",
    "subject_share",
    "subject_apart",
    "names_apart",
];

/// What is read off a text beside its figures.
pub struct FigureJudge<'a> {
    pub figures: &'a [Figure],
    pub wording: &'a Wording,
}

/// What speaks for two open figures being of one quantity that differs, in the order of [`FIGURE_FEATURES`].
pub fn figure_features(
    a: &FigureJudge<'_>,
    b: &FigureJudge<'_>,
    (i, j): (usize, usize),
    open: usize,
) -> Vec<f32> {
    let (x, y) = (&a.figures[i], &b.figures[j]);
    let flag = |holds: bool| f32::from(u8::from(holds));
    let of_unit = |side: &FigureJudge<'_>, at: usize| {
        let same: Vec<usize> = (0..side.figures.len())
            .filter(|k| side.figures[*k].unit == side.figures[at].unit)
            .collect();
        (same.len(), same.iter().position(|k| *k == at))
    };
    let ((n, p), (m, q)) = (of_unit(a, i), of_unit(b, j));
    let middle = |f: &Figure| f64::midpoint(f.low, f.high).abs().max(1e-9);
    let ratio = ((middle(x) / middle(y)).ln().abs() as f32).min(4.0);
    let agreeing = a
        .figures
        .iter()
        .filter(|f| b.figures.iter().any(|g| f.unit == g.unit && super::agree(f, g)))
        .count();
    let bounds = |f: &Figure| f.approximation != Approximation::Exact;
    let year = |f: &Figure| f.low == f.high && (1900.0..2100.0).contains(&f.low) && f.head.is_none();
    let f = Features::of(a.wording, b.wording).plain(a.wording, b.wording);
    let same_place = x.role.place.is_some() && x.role.place == y.role.place;
    let other_place = x.role.place.is_some() && y.role.place.is_some() && !same_place;
    vec![
        same_quantity(x, y),
        flag(x.head.is_some() && x.head == y.head),
        flag(matches!((x.head, y.head), (Some(p), Some(q)) if p != q)),
        share(&x.counted, &y.counted),
        share(&around(x, 6), &around(y, 6)),
        share(&around(x, 3), &around(y, 3)),
        flag(!x.before.is_empty() && x.before.first() == y.before.first()),
        flag(!x.behind.is_empty() && x.behind.first() == y.behind.first()),
        flag(n == 1 && m == 1),
        flag(p == q),
        ratio,
        flag(bounds(x) || bounds(y)),
        flag(matches!((&x.as_of, &y.as_of), (Some(p), Some(q)) if p != q)),
        (agreeing as f32).min(3.0),
        (open as f32).min(6.0),
        f.cosine,
        f.cover_low,
        f.concept_low,
        f.concept_high,
        f.capitals_low,
        f.capitals_alone,
        f.bigram_low,
        f.sequence_short,
        f.length_ratio,
        f.skip,
        f.start,
        flag(matches!(x.unit, Unit::Currency(_))),
        flag(x.unit == Unit::Percent),
        flag(matches!(x.unit, Unit::Measure(_))),
        flag(year(x) || year(y)),
        flag(x.high <= 3.0 || y.high <= 3.0),
        flag(x.role.verb.is_some() && x.role.verb == y.role.verb),
        flag(matches!((x.role.verb, y.role.verb), (Some(p), Some(q)) if p != q)),
        flag(same_place),
        flag(other_place),
        share(&x.role.subject, &y.role.subject),
        flag(subjects_apart(x, y)),
        flag(names_apart(a.wording, b.wording)),
    ]
}

/// Whether both verbs have a subject, and the subjects share no word.
fn subjects_apart(a: &Figure, b: &Figure) -> bool {
    let (x, y) = (&a.role.subject, &b.role.subject);
    !x.is_empty() && !y.is_empty() && !x.iter().any(|id| y.contains(id))
}

/// Whether each wording has a name that the other lacks.
fn names_apart(a: &Wording, b: &Wording) -> bool {
    let alone = |x: &Wording, y: &Wording| {
        let mut names = x
            .words
            .iter()
            .filter(|w| w.capital && w.kind == WordKind::Content);
        names.any(|w| !y.words.iter().any(|v| v.concept == w.concept))
    };
    alone(a, b) && alone(b, a)
}

/// How far above the learnt cut two open figures stand, as log-odds: above 0 they are of one quantity that differs.
pub fn differ_score(features: &[f32]) -> f32 {
    static STEPS: OnceLock<Stumps> = OnceLock::new();
    STEPS
        .get_or_init(|| Stumps::read(include_str!("../../models/figures.tsv"), FIGURE_FEATURES))
        .score(features)
}

fn around(figure: &Figure, words: usize) -> Vec<WordId> {
    let some = |list: &[WordId]| list.iter().take(words).copied().collect::<Vec<_>>();
    [some(&figure.before), some(&figure.behind)].concat()
}

/// Share of the shorter list's words that the other has.
fn share(x: &[WordId], y: &[WordId]) -> f32 {
    let least = x.len().min(y.len());
    if least == 0 {
        return 0.0;
    }
    x.iter().filter(|id| y.contains(id)).count() as f32 / least as f32
}
