//! A difference put together from its sides.

use std::collections::BTreeSet;

use twosource_model::{
    Approximation, Difference, DifferenceKind, Evidence, Gravity, Position, ReportIx, Span, StatementIx,
};

use crate::desk::{View, support};

/// One side while it is put together.
pub struct Side {
    pub value: String,
    pub passages: Vec<(ReportIx, Span)>,
    pub of: Option<(ReportIx, Span)>,
    pub approximation: Option<Approximation>,
}

impl Side {
    /// A side with no more than a value and the words that carry it.
    pub fn new(value: impl Into<String>, passages: Vec<(ReportIx, Span)>) -> Self {
        Self {
            value: value.into(),
            passages,
            of: None,
            approximation: None,
        }
    }
}

/// A difference while it is put together.
pub struct Draft {
    pub kind: DifferenceKind,
    pub gravity: Gravity,
    pub subject: Option<(ReportIx, Span)>,
    pub sides: Vec<Side>,
    pub statement: Option<StatementIx>,
    pub utterance: Option<u32>,
    /// Name of the rule, and its reason in words.
    pub rule: &'static str,
    pub words: String,
}

/// The difference of a draft, its positions best supported first; `None` where fewer than two are left.
pub fn difference(views: &[View<'_>], draft: Draft) -> Option<Difference> {
    let Draft {
        kind,
        gravity,
        subject,
        sides,
        statement,
        utterance,
        rule,
        words,
    } = draft;
    let mut positions: Vec<Position> = sides.into_iter().map(|side| position(views, side)).collect();
    if positions.len() < 2 {
        return None;
    }
    positions.sort_by(|a, b| {
        (
            std::cmp::Reverse((a.support.origins.len(), a.support.reports.len())),
            &a.support.reports,
            &a.value,
        )
            .cmp(&(
                std::cmp::Reverse((b.support.origins.len(), b.support.reports.len())),
                &b.support.reports,
                &b.value,
            ))
    });
    let any_given_up = mark_given_up(views, &mut positions);
    let gravity = if gravity == Gravity::Conflict && any_given_up {
        Gravity::Update
    } else {
        gravity
    };
    let subject = subject.and_then(|(r, s)| views[r as usize].passage(s));
    let evidence = Evidence {
        rule: rule.to_owned(),
        weight: 1.0,
        words,
    };
    Some(Difference {
        kind,
        gravity,
        subject,
        positions,
        statement,
        utterance,
        evidence,
    })
}

fn position(views: &[View<'_>], side: Side) -> Position {
    let reports: BTreeSet<ReportIx> = side.passages.iter().chain(&side.of).map(|(r, _)| *r).collect();
    let mut spans = side.passages;
    spans.sort();
    spans.dedup();
    Position {
        value: side.value,
        passages: spans
            .iter()
            .filter_map(|(r, s)| views[*r as usize].passage(*s))
            .collect(),
        of: side.of.and_then(|(r, s)| views[r as usize].passage(s)),
        since: reports
            .iter()
            .filter_map(|r| views[*r as usize].date.clone())
            .min_by_key(|d| d.moment),
        support: support(views, &reports, &BTreeSet::new()),
        approximation: side.approximation,
        given_up: false,
    }
}

/// A side is given up where a later report of the same outlet holds another; whether any is.
fn mark_given_up(views: &[View<'_>], positions: &mut [Position]) -> bool {
    let outlet = |report: ReportIx| views[report as usize].article.outlet_name();
    let gone: Vec<bool> = positions
        .iter()
        .enumerate()
        .map(|(i, position)| {
            let Some(last) = position.support.reports.last() else {
                return false;
            };
            positions.iter().enumerate().any(|(j, other)| {
                let later =
                    |r: &ReportIx| r > last && position.support.outlets.iter().any(|o| o == outlet(*r));
                i != j && other.support.reports.iter().any(later)
            })
        })
        .collect();
    for (position, gone) in positions.iter_mut().zip(&gone) {
        position.given_up = *gone;
    }
    gone.contains(&true)
}
