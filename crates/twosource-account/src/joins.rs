//! How surely two clauses of a story tell the same: their wordings, and who does what in them.

use std::sync::OnceLock;

use twosource_model::Certainty;

use crate::clauses::Clause;
use crate::linear::Linear;
use crate::pair::{Features, Judgement};
use crate::words::WordId;

/// Names of the features, in their order.
pub const JOIN_FEATURES: &[&str] = &[
    "paraphrase",
    "shared_statement",
    "few_shared",
    "shared_words",
    "shared_plain",
    "shared_names",
    "subject_only",
    "subject_share",
    "subject_apart",
    "predicate_same",
    "predicate_met",
    "predicate_apart",
    "arguments_share",
    "arguments_apart",
    "rest_low",
    "rest_high",
    "cover_low",
    "cover_high",
    "alone_mass_high",
    "length_ratio",
    "length_short",
    "numbers_shared",
    "numbers_alone_min",
    "numbers_alone_max",
    "bigram_high",
    "sequence_short",
    "capitals_alone",
    "negation",
    "certainty_other",
    "planned_one",
    "one_quoted",
    "links_high",
    "weight_plain",
    "run",
    "letters",
    "subject_names_apart",
    "marks_shared",
    "marks_plain",
    "same_frame",
    "same_predicate_of_subject",
    "same_predicate_with",
    "predicate_met_with",
    "subject_with",
    "fragment",
];

/// What two clauses have in common, in the order of [`JOIN_FEATURES`]; `f` has it of their wordings. Symmetric.
pub fn join_features(a: &Clause, b: &Clause, f: &Features) -> Vec<f32> {
    let (values, plain_values) = (f.values(), f.plain(&a.wording, &b.wording).values());
    let (few, many) = {
        let (p, q) = (a.wording.concepts().len(), b.wording.concepts().len());
        (p.min(q), p.max(q))
    };
    let [names_a, names_b] = [a, b].map(|c| c.wording.capitals());
    let mut shared: Vec<WordId> = Vec::with_capacity(few);
    let mut plain: Vec<WordId> = Vec::with_capacity(few);
    let mut weight_plain = 0.0;
    for (id, weight) in a.wording.concepts() {
        if !b.wording.has(*id) {
            continue;
        }
        shared.push(*id);
        if names_a.binary_search(id).is_err() && names_b.binary_search(id).is_err() {
            plain.push(*id);
            weight_plain += weight;
        }
    }
    let named = shared.len() - plain.len();
    let links = a
        .links
        .iter()
        .filter(|l| b.links.binary_search(l).is_ok())
        .count() as f32;
    let marks: Vec<WordId> = a
        .marks
        .iter()
        .copied()
        .filter(|id| b.marks.binary_search(id).is_ok())
        .collect();
    let few_links = a.links.len().min(b.links.len());
    let in_subject = |c: &Clause, id: WordId| c.subject.binary_search(&id).is_ok();
    let subject_only = !shared.is_empty() && shared.iter().all(|id| in_subject(a, *id) && in_subject(b, *id));
    let subjects = both_ways(a, b, &a.subject, &b.subject);
    let arguments = both_ways(a, b, &a.arguments, &b.arguments);
    let predicate_same = a.predicate.is_some() && a.predicate == b.predicate;
    let met = |x: &Clause, y: &Clause| x.predicate.is_some_and(|p| y.wording.has(p));
    let known = a.predicate.is_some() && b.predicate.is_some();
    let (rest_low, rest_high) = rest(a, b);
    vec![
        Judgement::Paraphrase
            .model()
            .score(&plain_values)
            .clamp(-4.0, 6.0),
        Judgement::SharedStatement.model().score(&values).clamp(-4.0, 6.0),
        flag(shared.len() < many.min(3).min(if few <= 2 { few } else { 3 })),
        (shared.len() as f32).min(12.0),
        ((shared.len() - named) as f32).min(8.0),
        (named as f32).min(6.0),
        flag(subject_only),
        subjects.unwrap_or(0.5),
        flag(subjects == Some(0.0)),
        flag(predicate_same),
        flag(met(a, b)) + flag(met(b, a)),
        flag(known && !met(a, b) && !met(b, a)),
        arguments.unwrap_or(0.5),
        flag(arguments == Some(0.0)),
        rest_low,
        rest_high,
        f.cover_low,
        f.cover_high,
        f.alone_mass_high,
        f.length_ratio,
        f.length_short,
        f.numbers_shared,
        f.numbers_alone_min,
        f.numbers_alone_max,
        f.bigram_high,
        f.sequence_short,
        f.capitals_alone,
        f.negation,
        flag(a.certainty != b.certainty),
        flag((a.certainty == Certainty::Planned) != (b.certainty == Certainty::Planned)),
        flag(a.quote.is_some() != b.quote.is_some()),
        links / (few_links as f32).max(1.0),
        (weight_plain / 20.0_f32).min(3.0),
        f.run,
        f.letters,
        flag(subject_names_apart(a, b, names_a)) + flag(subject_names_apart(b, a, names_b)),
        (marks.len() as f32).min(6.0),
        (marks.iter().filter(|id| plain.contains(id)).count() as f32).min(4.0),
        flag(same_frame(a, b)),
        flag(predicate_same && subjects > Some(0.5)),
        flag(predicate_same && arguments > Some(0.5)),
        flag((met(a, b) || met(b, a)) && arguments > Some(0.5)),
        flag(subjects > Some(0.5) && arguments > Some(0.5)),
        flag(a.predicate.is_none()) + flag(b.predicate.is_none()),
    ]
}

/// Whether the subject of `a` has names, none of which `b` tells.
fn subject_names_apart(a: &Clause, b: &Clause, names: &[WordId]) -> bool {
    let mut own = a
        .subject
        .iter()
        .filter(|id| names.binary_search(id).is_ok())
        .peekable();
    own.peek().is_some() && own.all(|id| !b.wording.has(*id))
}

/// Whether both tell the same done with the same thing by the same one.
pub fn same_frame(a: &Clause, b: &Clause) -> bool {
    let subjects = both_ways(a, b, &a.subject, &b.subject);
    subjects > Some(0.5) && a.frames.iter().any(|f| b.frames.binary_search(f).is_ok())
}

/// Share of `x` (of `a`) that `b` tells anywhere, and the other way round, by the better of both; `None` where a side has none.
fn both_ways(a: &Clause, b: &Clause, x: &[WordId], y: &[WordId]) -> Option<f32> {
    if x.is_empty() || y.is_empty() {
        return None;
    }
    let share = |ids: &[WordId], other: &Clause| {
        ids.iter().filter(|id| other.wording.has(**id)).count() as f32 / ids.len() as f32
    };
    Some(share(x, b).max(share(y, a)))
}

/// Share of the weight beside the subjects that both have, of the one and the other, lower first.
fn rest(a: &Clause, b: &Clause) -> (f32, f32) {
    let of = |x: &Clause, y: &Clause| {
        let beside = || {
            x.wording
                .concepts()
                .iter()
                .filter(|(id, _)| x.subject.binary_search(id).is_err())
        };
        let all: f32 = beside().map(|(_, w)| w).sum();
        let met: f32 = beside()
            .filter(|(id, _)| y.wording.has(*id))
            .map(|(_, w)| w)
            .sum();
        if all > 0.0 { met / all } else { 0.0 }
    };
    let (p, q) = (of(a, b), of(b, a));
    (p.min(q), p.max(q))
}

/// Log-odds that two clauses tell the same, by the weights that ship.
pub fn join_score(features: &[f32]) -> f32 {
    static WEIGHTS: OnceLock<Linear> = OnceLock::new();
    WEIGHTS
        .get_or_init(|| Linear::read(include_str!("../models/joins.tsv"), JOIN_FEATURES))
        .score(features)
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}
