//! How long something lasts, or lasted: "nine years in prison" and "eight years in prison".

use twosource_model::{Difference, DifferenceKind, Gravity, TimeExpression, TimeType};

use super::Told;
use super::one_value::{OneValue, SameDone, values};
use super::side::{Draft, difference};
use crate::clauses::Clause;
use crate::desk::View;

/// Read off days, a little stricter, as more durations than days may stand beside one predicate.
const SAME_DONE: SameDone = SameDone {
    same_predicate: 0.45,
    otherwise: 0.6,
};
/// Relative difference below which two durations are the same: a month has 28 to 31 days.
const TOLERANCE: f64 = 0.04;

/// Two durations of one thing, where each clause has one and tells the same done.
pub fn durations(views: &[View<'_>], told: &Told<'_>) -> Option<Difference> {
    let read = |clause: &Clause| {
        let view = &views[clause.report as usize];
        let (time, days) = only_duration(view, clause)?;
        Some((days, time.span.of(view.article.text()).to_lowercase(), time.span))
    };
    let same = |a: &f64, b: &f64| (a - b).abs() <= TOLERANCE * a.max(*b);
    let sides = values(told, read, same);
    let [a, b] = sides.as_slice() else { return None };
    if !SAME_DONE.of_one(views, told, a, b) {
        return None;
    }
    let words = format!("the same told to last {} and {}", a.value, b.value);
    let sides = sides.into_iter().map(OneValue::into_side).collect();
    difference(
        views,
        Draft {
            kind: DifferenceKind::Number,
            gravity: Gravity::Conflict,
            subject: None,
            sides,
            statement: Some(told.statement),
            utterance: None,
            rule: "durations-disagree",
            words,
        },
    )
}

/// The one exact duration of a clause, with its days; an age, and the time that somebody took to say so, is none.
fn only_duration<'v>(view: &'v View<'_>, clause: &Clause) -> Option<(&'v TimeExpression, f64)> {
    let text = view.article.text();
    let is_age = |t: &TimeExpression| {
        text[t.span.end()..]
            .trim_start_matches(['-', ' '])
            .starts_with("old")
    };
    let mut found = view.times_in(clause.span).iter().filter(|t| {
        clause.span.covers(t.span) && t.time_type == TimeType::Duration && !view.is_of_saying(t.span)
    });
    let (Some(time), None) = (found.next(), found.next()) else {
        return None;
    };
    let days = days_of(&time.value)?;
    // "the last three years" is a stretch that the report looks at; "3 ½ years" is read by halves
    let words = time.span.of(text).to_lowercase();
    let looks_at = ["last", "past", "next", "first"]
        .iter()
        .any(|w| words.contains(w));
    let is_cut = text[..time.span.start()]
        .trim_end()
        .ends_with(|c: char| c.is_numeric());
    (!time.approximate && !is_age(time) && !looks_at && !is_cut).then_some((time, days))
}

/// The days of an ISO 8601 duration of one unit (`P9Y`, `PT3.5H`); `None` for any other.
fn days_of(value: &str) -> Option<f64> {
    let rest = value.strip_prefix('P')?;
    let (rest, of_day) = match rest.strip_prefix('T') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let unit = rest.chars().next_back()?;
    let count: f64 = rest.strip_suffix(unit)?.parse().ok()?;
    let days = match (unit, of_day) {
        ('Y', false) => 365.25,
        ('M', false) => 365.25 / 12.0,
        ('W', false) => 7.0,
        ('D', false) => 1.0,
        ('H', true) => 1.0 / 24.0,
        ('M', true) => 1.0 / 1440.0,
        ('S', true) => 1.0 / 86_400.0,
        _ => return None,
    };
    (count > 0.0 && count.is_finite()).then_some(count * days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_one_unit_have_days() {
        for (value, days) in [
            ("P9Y", Some(3287.25)),
            ("P2W", Some(14.0)),
            ("PT36H", Some(1.5)),
            ("PT90M", Some(0.0625)),
            ("P3M", Some(91.3125)),
            ("PXY", None),
            ("P1Y6M", None),
            ("P", None),
            ("PT", None),
            ("P0D", None),
            ("PinfD", None),
            ("9Y", None),
        ] {
            assert_eq!(days_of(value), days, "{value}");
        }
    }
}
