//! Figures of one quantity that cannot all be so.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Difference, DifferenceKind, Gravity, Number, ReportIx, Unit};

use super::side::{Draft, Side, difference};
use super::{COMPARED, Told};
use crate::desk::View;
use crate::figures::{Figure, FigureJudge, agree, differ_score, disagreements, figure_features, figures};
use crate::words::Vocabulary;

/// Lowest [`differ_score`] of figures that are set against one another. Inside one statement more may be asked for than
/// between any two sentences: the statement is the same already.
const LEAST_SURE: f32 = -1.0;

/// The same where the two clauses agree in another figure: then the ones left over are often of other things.
const LEAST_SURE_BESIDE_EQUALS: f32 = 0.0;

/// Figures of one quantity that cannot all be so.
pub fn numbers(views: &[View<'_>], told: &Told<'_>, vocabulary: &mut Vocabulary) -> Vec<Difference> {
    let read: Vec<(ReportIx, Vec<Figure>)> = told
        .clauses
        .iter()
        .map(|c| {
            let view = &views[c.report as usize];
            (
                c.report,
                figures(view.analysis, view.article.text(), c.span, vocabulary),
            )
        })
        .collect();
    // a value that the other tells in the same sentence, of whatever unit, is not denied by it
    let tells = |at: usize, figure: &Figure| {
        let (clause, view) = (told.clauses[at], &views[told.clauses[at].report as usize]);
        let sentence = view.sentences[clause.sentence];
        let equal = |n: &Number| n.low == figure.low && n.high == figure.high;
        let mut numbers = view.analysis.numbers.iter();
        numbers.any(|n| sentence.covers(n.span) && equal(n))
    };
    let mut sides: Vec<Vec<(ReportIx, Figure)>> = Vec::new();
    let mut other_moment = false;
    for i in 0..read.len().min(COMPARED) {
        for j in i + 1..read.len() {
            if read[i].0 == read[j].0 {
                continue;
            }
            let sides_of = |at: usize| FigureJudge {
                figures: &read[at].1,
                wording: &told.clauses[at].wording,
            };
            let found = disagreements(&read[i].1, &read[j].1);
            let open = found.len();
            for d in found {
                let features = figure_features(&sides_of(i), &sides_of(j), (d.a, d.b), open);
                let agrees = |f: &Figure| read[j].1.iter().any(|g| f.unit == g.unit && agree(f, g));
                let least = if read[i].1.iter().any(agrees) {
                    LEAST_SURE_BESIDE_EQUALS
                } else {
                    LEAST_SURE
                };
                let told_by_both = tells(j, &read[i].1[d.a]) || tells(i, &read[j].1[d.b]);
                if told_by_both || differ_score(&features) < least {
                    continue;
                }
                other_moment |= d.other_moment;
                for (at, figure) in [(i, &read[i].1[d.a]), (j, &read[j].1[d.b])] {
                    lay(&mut sides, read[at].0, figure);
                }
            }
        }
    }
    for (report, figures) in &read {
        for figure in figures {
            lay_with_equals(&mut sides, *report, figure);
        }
    }
    // sides of different units are different quantities
    let mut by_unit: BTreeMap<String, Vec<Vec<(ReportIx, Figure)>>> = BTreeMap::new();
    for side in sides {
        by_unit
            .entry(format!("{:?}{:?}", side[0].1.unit, side[0].1.head))
            .or_default()
            .push(side);
    }
    let mut found = Vec::new();
    for sides in by_unit
        .into_values()
        .map(without_told_beside)
        .filter(|s| s.len() > 1)
    {
        let counted = |side: &[(ReportIx, Figure)]| {
            side.iter().find_map(|(r, f)| {
                views[*r as usize].analysis.numbers[f.index]
                    .counted
                    .map(|s| (*r, s))
            })
        };
        let subject = sides.iter().find_map(|s| counted(s));
        let days: Vec<_> = sides
            .iter()
            .filter_map(|s| {
                s.iter()
                    .filter_map(|(r, _)| views[*r as usize].date.as_ref().map(|d| d.moment.day()))
                    .min()
            })
            .collect();
        let moved = days.len() == sides.len() && days.iter().min() != days.iter().max();
        let gravity = if other_moment || moved {
            Gravity::Update
        } else {
            Gravity::Conflict
        };
        let words = match gravity {
            Gravity::Update if other_moment => "the figures hold for different moments",
            Gravity::Update => "the figures are of reports of different days",
            _ => "same quantity, no rounding, unit, bound or sum makes them agree",
        };
        let sides = sides
            .iter()
            .map(|side| Side {
                value: shown(&side[0].1),
                passages: side.iter().map(|(r, f)| (*r, f.span)).collect(),
                of: None,
                approximation: Some(side[0].1.approximation),
            })
            .collect();
        found.extend(difference(
            views,
            Draft {
                kind: DifferenceKind::Number,
                gravity,
                subject,
                sides,
                statement: Some(told.statement),
                utterance: None,
                rule: "figures-disagree",
                words: words.to_owned(),
            },
        ));
    }
    found
}

fn lay(sides: &mut Vec<Vec<(ReportIx, Figure)>>, report: ReportIx, figure: &Figure) {
    if sides
        .iter()
        .flatten()
        .any(|(r, f)| *r == report && f.span == figure.span)
    {
        return;
    }
    let home = sides
        .iter_mut()
        .find(|s| s[0].1.unit == figure.unit && s[0].1.head == figure.head && agree(&s[0].1, figure));
    match home {
        Some(side) => side.push((report, figure.clone())),
        None => sides.push(vec![(report, figure.clone())]),
    }
}

/// Every report that carries a value stands behind it, also one that no figure was set against.
fn lay_with_equals(sides: &mut [Vec<(ReportIx, Figure)>], report: ReportIx, figure: &Figure) {
    let laid = |side: &[(ReportIx, Figure)]| side.iter().any(|(r, f)| *r == report && f.span == figure.span);
    let equal = |f: &Figure| {
        f.unit == figure.unit && f.head == figure.head && f.low == figure.low && f.high == figure.high
    };
    if !sides.iter().any(|s| laid(s))
        && let Some(side) = sides.iter_mut().find(|s| equal(&s[0].1))
    {
        side.push((report, figure.clone()));
    }
}

/// A value that only such reports carry as carry another too is of another thing, or of another moment.
fn without_told_beside(mut sides: Vec<Vec<(ReportIx, Figure)>>) -> Vec<Vec<(ReportIx, Figure)>> {
    let reports: Vec<BTreeSet<ReportIx>> = sides
        .iter()
        .map(|s| s.iter().map(|(r, _)| *r).collect())
        .collect();
    let beside = |at: usize| {
        let mut others = reports.iter().enumerate().filter(|(i, _)| *i != at);
        others.any(|(_, other)| reports[at].is_subset(other))
    };
    let mut keep = (0..sides.len())
        .map(|at| !beside(at))
        .collect::<Vec<_>>()
        .into_iter();
    sides.retain(|_| keep.next().unwrap_or(true));
    sides
}

/// A figure to be read: its value in base units, with the unit.
fn shown(figure: &Figure) -> String {
    let number = if figure.low == figure.high {
        plain(figure.low)
    } else {
        format!("{} to {}", plain(figure.low), plain(figure.high))
    };
    match &figure.unit {
        Unit::Currency(code) => format!("{code} {number}"),
        Unit::Percent => format!("{number} %"),
        Unit::PercentagePoints => format!("{number} percentage points"),
        Unit::Measure(unit) => format!("{number} {unit}"),
        _ => number,
    }
}

fn plain(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}
