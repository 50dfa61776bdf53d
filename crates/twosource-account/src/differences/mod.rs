//! Where reports differ, inside one statement or one utterance, and between lists: one module a kind of difference.
//!
//! A difference of precision is none: rounding, units, sums, a day inside a month, a town inside its country.

mod apart;
mod certainty;
mod days;
mod durations;
mod lists;
mod names;
mod numbers;
mod one_quantity;
mod one_value;
mod others;
mod side;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Difference, Gravity, Statement, StatementIx, SupportClass, Utterance};

pub use self::numbers::Contest;
use crate::clauses::Clause;
use crate::desk::View;
use crate::likeness::Likeness;
use crate::words::{Vocabulary, WordId};

/// Members of one statement that are compared pair by pair; more are compared with its first ones only.
const COMPARED: usize = 8;

/// Members of one statement that are looked at.
const COMPARED_WITH: usize = 48;

/// The clauses that tell one statement.
struct Told<'a> {
    statement: StatementIx,
    clauses: Vec<&'a Clause>,
}

/// All differences, gravest first; statements and utterances learn which are theirs.
pub fn differences(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    statements: &mut [Statement],
    utterances: &mut [Utterance],
    contests: &mut Likeness<Vec<Contest>>,
    vocabulary: &mut Vocabulary,
) -> Vec<Difference> {
    let mut members: BTreeMap<StatementIx, Vec<usize>> = BTreeMap::new();
    for (at, ix) in statement_of {
        members.entry(*ix).or_default().push(*at);
    }
    let mut found = Vec::new();
    for (ix, members) in &members {
        let told = Told {
            statement: *ix,
            clauses: members.iter().take(COMPARED_WITH).map(|m| &clauses[*m]).collect(),
        };
        if told
            .clauses
            .iter()
            .map(|c| c.report)
            .collect::<BTreeSet<_>>()
            .len()
            < 2
        {
            continue;
        }
        found.extend(numbers::numbers(views, &told, contests, vocabulary));
        found.extend(days::days(views, &told));
        found.extend(durations::durations(views, &told));
        found.extend(names::names(views, &told));
        found.extend(certainty::denials(views, &told));
        found.extend(certainty::doubts(views, &told));
        found.extend(wording::told_by(views, &told, &statements[*ix as usize]));
    }
    let apart = apart::numbers_apart(views, clauses, statement_of, &found, contests, vocabulary);
    found.extend(apart);
    found.extend(lists::list_differences(views, clauses, statement_of, vocabulary));
    for (ix, utterance) in utterances.iter().enumerate() {
        found.extend(wording::wording(views, utterance, ix as u32, vocabulary));
    }
    order(&mut found);
    for (ix, difference) in found.iter().enumerate() {
        if let Some(statement) = difference.statement.and_then(|s| statements.get_mut(s as usize)) {
            statement.differences.push(ix as u32);
            if difference.gravity == Gravity::Conflict {
                statement.class = SupportClass::Disputed;
            }
        }
        if let Some(utterance) = difference.utterance.and_then(|u| utterances.get_mut(u as usize)) {
            utterance.differences.push(ix as u32);
        }
    }
    found
}

/// Gravest first, then the best backed, then by kind and place.
fn order(found: &mut [Difference]) {
    found.sort_by(|a, b| {
        let place = |d: &Difference| {
            d.positions
                .first()
                .and_then(|p| p.passages.first())
                .map(|p| p.anchor().clone())
        };
        let backing = |d: &Difference| {
            std::cmp::Reverse(d.positions.iter().map(|p| p.support.reports.len()).sum::<usize>())
        };
        (a.gravity, backing(a), a.kind, place(a)).cmp(&(b.gravity, backing(b), b.kind, place(b)))
    });
}

/// Whether both clauses tell the same done.
fn same_predicate(a: &Clause, b: &Clause) -> bool {
    a.predicate.is_some() && a.predicate == b.predicate
}

/// Share of the words of weight of two clauses that both have, of all that they have.
fn overlap(a: &Clause, b: &Clause) -> f32 {
    let bag = |c: &Clause| -> BTreeSet<WordId> { c.wording.concepts().iter().map(|(id, _)| *id).collect() };
    let (p, q) = (bag(a), bag(b));
    p.intersection(&q).count() as f32 / p.union(&q).count().max(1) as f32
}
