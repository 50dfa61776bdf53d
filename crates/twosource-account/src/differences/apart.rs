//! Figures of one quantity in clauses that are not one statement: "25 people were hurt" beside "the fire hurt 27 people".
//!
//! Words of two such clauses may differ in much. What has to be the same is the thing counted and what is told of it.

use std::collections::BTreeMap;

use twosource_model::{Difference, DifferenceKind, ReportIx, StatementIx, Unit};

use super::numbers::{Contest, FigureSide, contested, lay, of_sides, without_told_beside};
use super::{COMPARED, COMPARED_WITH};
use crate::align::weighing;
use crate::clauses::Clause;
use crate::desk::View;
use crate::figures::Figure;
use crate::joins::{join_features, join_score};
use crate::likeness::Likeness;
use crate::pair::Features;
use crate::words::{Vocabulary, WordId};

/// Lowest log-odds that the figures are of one quantity, and that the clauses tell the same. Of 60 pairs of figures of
/// stories-fulltext and stories-stream read by eye (23 November 2026) those that count one thing stand above both.
const LEAST_SURE: f32 = -2.0;
const LEAST_LIKELY: f32 = -2.5;
/// Counts up to this one are of a few things that are easily others.
const FEW: f64 = 3.0;
/// Largest ratio of two values of one quantity; far greater ones are of a part and the whole.
const MOST_APART: f64 = 2.0;

/// A figure by its clause and its place there.
type Place = (usize, usize);

/// The differences between figures of clauses that stand in no common statement; `shown` are those found in statements.
pub fn numbers_apart(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    shown: &[Difference],
    contests: &mut Likeness<Vec<Contest>>,
    vocabulary: &mut Vocabulary,
) -> Vec<Difference> {
    let mut told: BTreeMap<(WordId, WordId), Vec<Place>> = BTreeMap::new();
    for at in statement_of.keys() {
        let clause = &clauses[*at];
        let figures = clause.compared_figures(&views[clause.report as usize], vocabulary);
        for (index, figure) in figures.iter().enumerate() {
            if let (Some(head), Some(verb)) = (figure.head, figure.role.verb) {
                told.entry((head, verb)).or_default().push((*at, index));
            }
        }
    }
    let mut found: Vec<Difference> = Vec::new();
    for mut places in told.into_values().filter(|places| places.len() > 1) {
        places.truncate(COMPARED_WITH);
        let mut sides: Vec<FigureSide> = Vec::new();
        let mut other_moment = false;
        for (i, one) in places.iter().enumerate().take(COMPARED) {
            for other in &places[i + 1..] {
                let (a, b) = (&clauses[one.0], &clauses[other.0]);
                if a.report == b.report || statement_of[&one.0] == statement_of[&other.0] {
                    continue;
                }
                let read = [a, b].map(|c| c.compared_figures(&views[c.report as usize], vocabulary));
                let (x, y) = (&read[0][one.1], &read[1][other.1]);
                if tells(views, a.report, y) || tells(views, b.report, x) {
                    continue;
                }
                if !may_be_one(x, y) || !same_scene(a, b) || adds_words(x, b) != adds_words(y, a) {
                    continue;
                }
                let contests = contests.of((a.id, b.id), weighing(a, b), || {
                    contested(views, (a, read[0]), (b, read[1]))
                });
                let sure = |c: &&Contest| c.figures == [one.1, other.1] && c.surely >= LEAST_SURE;
                if let Some(contest) = contests.iter().find(sure) {
                    other_moment |= contest.other_moment;
                    lay(&mut sides, a.report, x);
                    lay(&mut sides, b.report, y);
                }
            }
        }
        let sides = without_told_beside(sides);
        let difference = of_sides(views, &sides, other_moment, None);
        let known = |d: &Difference| shown.iter().chain(&found).any(|other| tells_all_of(other, d));
        found.extend(difference.filter(|d| !known(d)));
    }
    found
}

/// Whether two figures of one thing, of which the same is told, can be of one quantity.
fn may_be_one(a: &Figure, b: &Figure) -> bool {
    let middle = |f: &Figure| f64::midpoint(f.low, f.high);
    let (least, most) = (middle(a).min(middle(b)), middle(a).max(middle(b)));
    a.unit == b.unit && (a.unit != Unit::Count || most > FEW) && most <= MOST_APART * least
}

/// Whether a report tells a value anywhere: then another one of it is of another thing.
fn tells(views: &[View<'_>], report: ReportIx, figure: &Figure) -> bool {
    let numbers = &views[report as usize].analysis.numbers;
    numbers
        .iter()
        .any(|n| n.unit == figure.unit && n.low == figure.low && n.high == figure.high)
}

/// Whether two clauses may tell the same, and one at most has a name that the other lacks.
fn same_scene(a: &Clause, b: &Clause) -> bool {
    let alone = |x: &Clause, y: &Clause| x.wording.capitals().iter().any(|name| !y.wording.has(*name));
    if alone(a, b) && alone(b, a) {
        return false;
    }
    let features = join_features(a, b, &Features::of(&a.wording, &b.wording));
    join_score(&features) >= LEAST_LIKELY
}

/// Whether what a figure counts is told in words that the other clause lacks: "private jobs" are a part of jobs.
fn adds_words(figure: &Figure, other: &Clause) -> bool {
    let mut beside = figure.counted.iter().filter(|id| Some(**id) != figure.head);
    beside.any(|id| !other.wording.has(*id))
}

/// Whether a difference has the values of another.
fn tells_all_of(known: &Difference, other: &Difference) -> bool {
    known.kind == DifferenceKind::Number
        && other
            .positions
            .iter()
            .all(|p| known.positions.iter().any(|q| p.value == q.value))
}
