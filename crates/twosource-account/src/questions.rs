//! The questions that reports leave open, and the statements of other reports that answer them.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Certainty, EntityType, MentionForm, OpenQuestion, ReportIx, StatementIx, TimeType};

use crate::clauses::{Clause, ClauseKind};
use crate::desk::{View, support};
use crate::pair::{Judgement, judge};

/// Lowest probability at which two reports leave the same question open.
const SAME_QUESTION: f32 = 0.6;
/// Lowest probability at which a statement is of what a question asks.
const ANSWERS: f32 = 0.5;
/// Fewest words of weight that an answer shares with its question.
const LEAST_SHARED: usize = 2;

/// The questions that reports leave open, those that are the same put together.
pub fn open_questions(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
) -> Vec<OpenQuestion> {
    let open: Vec<&Clause> = clauses
        .iter()
        .filter(|c| c.kind == ClauseKind::Open && !views[c.report as usize].superseded)
        .collect();
    let mut groups: Vec<Vec<&Clause>> = Vec::new();
    for clause in open {
        let same =
            |g: &Vec<&Clause>| judge(Judgement::Paraphrase, &g[0].wording, &clause.wording) >= SAME_QUESTION;
        match groups.iter_mut().take(200).find(|g| same(g)) {
            Some(group) => group.push(clause),
            None => groups.push(vec![clause]),
        }
    }
    let question = |group: Vec<&Clause>| {
        let reports: BTreeSet<ReportIx> = group.iter().map(|c| c.report).collect();
        Some(OpenQuestion {
            passage: views[group[0].report as usize].passage(group[0].span)?,
            support: support(views, &reports, &BTreeSet::new()),
            answered_by: answer(views, clauses, statement_of, group[0], &reports),
        })
    };
    groups.into_iter().filter_map(question).collect()
}

/// What a question asks for, by its asking word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// when
    Time,
    /// how many, how much
    Figure,
    /// who
    Person,
    /// where
    Place,
    /// what caused, why
    Cause,
}

/// The likeliest statement of a report that does not ask: of the same thing, with what was asked for.
fn answer(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    question: &Clause,
    asking: &BTreeSet<ReportIx>,
) -> Option<StatementIx> {
    let asked = asked(question.span.of(views[question.report as usize].article.text()))?;
    let mut best: Option<(f32, usize)> = None;
    for (at, clause) in clauses.iter().enumerate() {
        let told = matches!(clause.certainty, Certainty::Stated | Certainty::Alleged) && !clause.negated;
        if clause.kind != ClauseKind::Statement || asking.contains(&clause.report) || !told {
            continue;
        }
        let shared = clause
            .wording
            .concepts()
            .iter()
            .filter(|(id, _)| {
                question
                    .wording
                    .concepts()
                    .binary_search_by_key(id, |(x, _)| *x)
                    .is_ok()
            })
            .count();
        if shared < LEAST_SHARED || !gives(&views[clause.report as usize], clause, question, asked) {
            continue;
        }
        let score = judge(Judgement::SharedStatement, &question.wording, &clause.wording);
        if score >= ANSWERS && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, at));
        }
    }
    best.and_then(|(_, at)| statement_of.get(&at).copied())
}

fn asked(sentence: &str) -> Option<Asked> {
    let folded = sentence.to_lowercase();
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let cause = words.iter().any(|w| w.starts_with("caus"));
    words.windows(2).find_map(|pair| match pair {
        ["when", _] => Some(Asked::Time),
        ["how", "many" | "much"] => Some(Asked::Figure),
        ["who", _] => Some(Asked::Person),
        ["where", _] => Some(Asked::Place),
        ["why", _] => Some(Asked::Cause),
        _ if cause => Some(Asked::Cause),
        _ => None,
    })
}

/// Whether a clause holds what was asked for.
fn gives(view: &View<'_>, clause: &Clause, question: &Clause, asked: Asked) -> bool {
    let named = |kind: EntityType| {
        view.analysis
            .mentions
            .iter()
            .any(|m| m.form == MentionForm::Name && m.entity_type == kind && clause.span.covers(m.span))
    };
    match asked {
        Asked::Time => view.analysis.times.iter().any(|t| {
            matches!(t.time_type, TimeType::Date | TimeType::Time)
                && t.interval.is_some()
                && clause.span.covers(t.span)
        }),
        Asked::Figure => view.analysis.numbers.iter().any(|n| clause.span.covers(n.span)),
        Asked::Person => named(EntityType::Person),
        Asked::Place => named(EntityType::Place),
        Asked::Cause => {
            let words = clause.span.of(view.article.text()).to_lowercase();
            let cause = words
                .split(|c: char| !c.is_alphanumeric())
                .any(|w| w.starts_with("caus") || w == "because" || w == "due" || w == "blamed");
            cause && clause.wording.concepts().len() > question.wording.concepts().len().min(3)
        }
    }
}
