//! Values of which each clause of a statement names one (a day, a duration): those that agree put together, and whether two of
//! them are of one thing.

use std::collections::BTreeSet;

use twosource_model::{ReportIx, Span};

use super::others::tell_of_others;
use super::side::Side;
use super::{Told, overlap, same_predicate};
use crate::clauses::Clause;
use crate::desk::View;

/// One value with the clauses that name it.
pub struct OneValue<T> {
    pub key: T,
    /// As it is shown.
    pub value: String,
    clauses: Vec<usize>,
    pub passages: Vec<(ReportIx, Span)>,
}

impl<T> OneValue<T> {
    fn reports(&self) -> BTreeSet<ReportIx> {
        self.passages.iter().map(|(report, _)| *report).collect()
    }

    /// The side of a difference that holds it.
    pub fn into_side(self) -> Side {
        Side::new(self.value, self.passages)
    }
}

/// The values that `read` finds, one a clause at most, with where each stands; those that are `same` are one.
pub fn values<T>(
    told: &Told<'_>,
    read: impl Fn(&Clause) -> Option<(T, String, Span)>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<OneValue<T>> {
    let mut found: Vec<OneValue<T>> = Vec::new();
    for (at, clause) in told.clauses.iter().enumerate() {
        let Some((key, value, span)) = read(clause) else {
            continue;
        };
        let passage = (clause.report, span);
        if let Some(known) = found.iter_mut().find(|known| same(&known.key, &key)) {
            known.clauses.push(at);
            known.passages.push(passage);
        } else {
            found.push(OneValue {
                key,
                value,
                clauses: vec![at],
                passages: vec![passage],
            });
        }
    }
    found
}

/// Fewest shared weighty words, of both, for two clauses to tell the same done.
pub struct SameDone {
    /// Where their predicates are the same.
    pub same_predicate: f32,
    /// Where they are not.
    pub otherwise: f32,
}

impl SameDone {
    fn holds(&self, views: &[View<'_>], a: &Clause, b: &Clause) -> bool {
        let least = if same_predicate(a, b) {
            self.same_predicate
        } else {
            self.otherwise
        };
        overlap(a, b) >= least && !tell_of_others(views, a, b)
    }

    /// Whether two values are of one thing, told by different reports.
    pub fn of_one<T>(&self, views: &[View<'_>], told: &Told<'_>, a: &OneValue<T>, b: &OneValue<T>) -> bool {
        let clause = |at: &usize| told.clauses[*at];
        let with_any = |x: &usize| b.clauses.iter().any(|y| self.holds(views, clause(x), clause(y)));
        a.reports().is_disjoint(&b.reports()) && a.clauses.iter().any(with_any)
    }
}
