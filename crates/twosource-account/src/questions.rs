//! The questions that reports leave open, and the statements of other reports that answer them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Certainty, EntityType, MentionForm, OpenQuestion, ReportIx, StatementIx, TimeType};

use crate::align::weighing;
use crate::clauses::{Clause, ClauseKind};
use crate::desk::{View, support};
use crate::likeness::Likeness;
use crate::numbering::ByNumber;
use crate::pair::{Judgement, judge};
use crate::words::WordId;

/// Lowest probability at which two reports leave the same question open.
const SAME_QUESTION: f32 = 0.6;
/// Lowest probability at which a statement is of what a question asks.
const ANSWERS: f32 = 0.5;
/// Fewest words of weight that an answer shares with its question.
const LEAST_SHARED: usize = 2;
/// Clauses that may hold an answer and are judged, those first that share most words.
const JUDGED: usize = 50;

/// The questions that reports leave open, those that are the same put together.
pub fn open_questions(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    likeness: &mut Likeness,
) -> Vec<OpenQuestion> {
    let open: Vec<&Clause> = clauses.iter().filter(|c| c.kind == ClauseKind::Open).collect();
    let mut groups: Vec<Vec<&Clause>> = Vec::new();
    for clause in open {
        let mut same = |g: &Vec<&Clause>| {
            let (one, other) = (&g[0].wording, &clause.wording);
            let least = one.concepts().len().min(other.concepts().len()).min(LEAST_SHARED);
            one.shared(other) >= least
                && judged(Judgement::Paraphrase, g[0], clause, likeness) >= SAME_QUESTION
        };
        match groups.iter_mut().take(200).find(|g| same(g)) {
            Some(group) => group.push(clause),
            None => groups.push(vec![clause]),
        }
    }
    let told = Told::of(clauses, &groups);
    let question = |group: Vec<&Clause>| {
        let reports: BTreeSet<ReportIx> = group.iter().map(|c| c.report).collect();
        Some(OpenQuestion {
            passage: views[group[0].report as usize].passage(group[0].span)?,
            support: support(views, &reports, &BTreeSet::new()),
            answered_by: answer(
                views,
                clauses,
                &told,
                statement_of,
                (group[0], &reports),
                likeness,
            ),
        })
    };
    groups.into_iter().filter_map(question).collect()
}

/// What is judged of a question and another clause: of two questions always one thing, of a question and a statement another.
fn judged(judgement: Judgement, question: &Clause, clause: &Clause, likeness: &mut Likeness) -> f32 {
    likeness.of((question.id, clause.id), weighing(question, clause), || {
        judge(judgement, &question.wording, &clause.wording)
    })
}

/// The clauses that may hold an answer, by those of their words that stand in questions.
struct Told(ByNumber<WordId, Vec<usize>>);

impl Told {
    fn of(clauses: &[Clause], questions: &[Vec<&Clause>]) -> Self {
        let words = questions.iter().flat_map(|group| group[0].wording.concepts());
        let mut by_word: ByNumber<WordId, Vec<usize>> = words.map(|(id, _)| (*id, Vec::new())).collect();
        for (at, clause) in clauses.iter().enumerate() {
            let told = matches!(clause.certainty, Certainty::Stated | Certainty::Alleged) && !clause.negated;
            if clause.kind != ClauseKind::Statement || !told {
                continue;
            }
            for (id, _) in clause.wording.concepts() {
                if let Some(list) = by_word.get_mut(id) {
                    list.push(at);
                }
            }
        }
        Self(by_word)
    }

    /// The clauses that share words with a question: how many, and which clause.
    fn sharing(&self, question: &Clause) -> Vec<(usize, usize)> {
        let words = question.wording.concepts().iter();
        let mut clauses: Vec<usize> = words
            .filter_map(|(id, _)| self.0.get(id))
            .flatten()
            .copied()
            .collect();
        clauses.sort_unstable();
        clauses
            .chunk_by(usize::eq)
            .map(|same| (same.len(), same[0]))
            .collect()
    }
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
    told: &Told,
    statement_of: &BTreeMap<usize, StatementIx>,
    (question, asking): (&Clause, &BTreeSet<ReportIx>),
    likeness: &mut Likeness,
) -> Option<StatementIx> {
    let asked = asked(question.span.of(views[question.report as usize].article.text()))?;
    let mut likely: Vec<(usize, usize)> = told
        .sharing(question)
        .into_iter()
        .filter(|(shared, at)| *shared >= LEAST_SHARED && !asking.contains(&clauses[*at].report))
        .collect();
    likely.sort_unstable_by_key(|(shared, at)| (Reverse(*shared), *at));
    let mut best: Option<(f32, usize)> = None;
    let gives = |at: &usize| {
        let clause = &clauses[*at];
        gives(&views[clause.report as usize], clause, question, asked)
    };
    for at in likely.into_iter().map(|(_, at)| at).filter(gives).take(JUDGED) {
        let score = judged(Judgement::SharedStatement, question, &clauses[at], likeness);
        let surer = best.is_none_or(|(s, first)| score > s || (score >= s && at < first));
        if score >= ANSWERS && surer {
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
        view.mentions_in(clause.span)
            .iter()
            .any(|m| m.form == MentionForm::Name && m.entity_type == kind && clause.span.covers(m.span))
    };
    match asked {
        Asked::Time => view.times_in(clause.span).iter().any(|t| {
            matches!(t.time_type, TimeType::Date | TimeType::Time)
                && t.interval.is_some()
                && clause.span.covers(t.span)
        }),
        Asked::Figure => !view.numbers_in(clause.span).is_empty(),
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
