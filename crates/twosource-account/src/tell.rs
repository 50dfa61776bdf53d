//! The step: a story's reports in, its account out.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use twosource_model::{
    Account, AccountOrigin, Analysis, Article, ArticleId, DatedEvidence, Digest, Finding, Passage, Report,
    ReportIx, Statement, StatementIx, Story, SupportClass, Untold,
};

use crate::align::{align, compared};
use crate::brief::Centre;
use crate::cast::cast;
use crate::cited::Outlets;
use crate::clauses::{Clause, ClauseKind};
use crate::desk::{View, absent, views};
use crate::telling::{Material, Memory, Telling};
use crate::words::Vocabulary;
use crate::{brief, coverage, differences, questions, statements, timeline, untold, utterances};

/// One report as the step reads it. Several revisions of one article may be given; the last published counts.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its analysis.
    pub analysis: &'a Analysis,
}

/// What the step may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The day the account is told on.
    pub as_of: Option<jiff::civil::Date>,
}

/// Dates for the reports of `story` that bear none, worked out from the story: for reading them again against it.
///
/// One entry for each such revision, in the order of the reports.
#[must_use]
pub fn inferred_dates(story: &Story, sources: &[Source<'_>]) -> Vec<(ArticleId, Digest, DatedEvidence)> {
    views(story, sources)
        .into_iter()
        .filter(|view| view.article.published.is_none())
        .filter_map(|view| Some((view.article.id.clone(), view.article.revision(), view.date?)))
        .collect()
}

/// The account of `story`. The order of `sources` does not matter.
#[must_use]
pub fn tell(story: &Story, sources: &[Source<'_>], settings: &Settings) -> Account {
    Telling::default().tell(story, sources, settings)
}

/// The account of `story`, made from the clauses and words of its reports.
pub fn told(
    story: &Story,
    views: &[View<'_>],
    Material {
        clauses,
        spoken,
        sentences,
    }: &mut Material,
    memory: &mut Memory,
    vocabulary: &mut Vocabulary,
    settings: &Settings,
) -> Account {
    let cast = cast(views);
    let (mut utterances, said): (Vec<_>, Vec<_>) =
        utterances::utterances(views, spoken, &cast, &mut memory.words)
            .into_iter()
            .unzip();
    utterances::lay_to_clauses(clauses, &said, views);
    let groups = align(clauses, &mut memory.clauses);
    let clauses = &*clauses;
    let (mut statements, passed_on, statement_of) = ordered_statements(&groups, clauses, views, &cast);
    let differences = differences::differences(
        views,
        clauses,
        &statement_of,
        &mut statements,
        &mut utterances,
        &mut memory.contests,
        vocabulary,
    );
    let centre = Centre::of(views, clauses, sentences, vocabulary);
    let (brief, open_questions) = rayon::join(
        || {
            let told = brief::Told {
                statements: &statements,
                passed_on: &passed_on,
                statement_of: &statement_of,
            };
            brief::brief(views, clauses, &told, &centre, sentences)
        },
        || questions::open_questions(views, clauses, &statement_of, &mut memory.words),
    );
    let untold = untold::untold(views, clauses, &statements, &utterances);
    let central: Vec<StatementIx> = brief.first().map(|s| s.statements.clone()).unwrap_or_default();
    Account {
        story: story.id.clone(),
        as_of: settings.as_of,
        headline: brief::headline(views, &centre, &brief, vocabulary),
        timeline: timeline::timeline(views, clauses, &statement_of, &passed_on, &central),
        open_questions,
        coverage: coverage::coverage(views, &statements),
        corrections: coverage::corrections(views, vocabulary),
        together: story.evidence.clone(),
        findings: findings(story, views),
        origins: origins(story, views),
        reports: views.iter().zip(untold).map(report).collect(),
        cast: cast.members,
        thread: Vec::new(),
        brief,
        statements,
        utterances,
        differences,
    }
}

/// Two clauses of different reports that may tell the same, with what they have in common, as the trainer reads them.
#[derive(Debug, Clone)]
pub struct OpenJoin {
    /// The words of the one and of the other.
    pub passages: [Passage; 2],
    /// In the order of [`JOIN_FEATURES`](crate::JOIN_FEATURES).
    pub features: Vec<f32>,
}

/// The pairs of clauses of a story that alignment decides on.
#[must_use]
pub fn open_joins(story: &Story, sources: &[Source<'_>]) -> Vec<OpenJoin> {
    let views = views(story, sources);
    let Material { mut clauses, .. } = Telling::default().material(&views);
    let pairs = compared(&mut clauses);
    let passage = |at: usize| views[clauses[at].report as usize].passage(clauses[at].span);
    pairs
        .into_iter()
        .filter_map(|(a, b, features)| {
            Some(OpenJoin {
                passages: [passage(a)?, passage(b)?],
                features,
            })
        })
        .collect()
}

/// The statements, best supported first and then in the order of the reports, with the reports that only pass each on and the way
/// from clauses to them.
#[expect(clippy::type_complexity, reason = "three lists over one numbering")]
fn ordered_statements(
    groups: &[crate::align::Group],
    clauses: &[Clause],
    views: &[View<'_>],
    cast: &crate::cast::Cast,
) -> (
    Vec<Statement>,
    Vec<BTreeSet<ReportIx>>,
    BTreeMap<usize, StatementIx>,
) {
    let outlets = Outlets::of(views);
    let mut made: Vec<((Statement, BTreeSet<ReportIx>), &[usize])> = groups
        .par_iter()
        .filter_map(|g| {
            Some((
                statements::statement(g, clauses, views, cast, &outlets)?,
                g.members.as_slice(),
            ))
        })
        .collect();
    made.sort_by_cached_key(|((s, _), members)| {
        let class = match s.class {
            SupportClass::Disputed | SupportClass::All => 0,
            SupportClass::Several => 1,
            SupportClass::One => 2,
        };
        (class, std::cmp::Reverse(s.support.origins.len()), members[0])
    });
    let mut statement_of = BTreeMap::new();
    for (ix, (_, members)) in made.iter().enumerate() {
        statement_of.extend(members.iter().map(|m| (*m, ix as StatementIx)));
    }
    debug_assert!(
        clauses
            .iter()
            .enumerate()
            .all(|(i, c)| c.kind != ClauseKind::Statement || statement_of.contains_key(&i))
    );
    let (statements, passed_on) = made.into_iter().map(|(told, _)| told).unzip();
    (statements, passed_on, statement_of)
}

fn report((view, untold): (&View<'_>, Vec<Untold>)) -> Report {
    Report {
        article: view.article.clone(),
        date: view.date.clone(),
        origin: view.origin,
        copy_kind: view.copy_kind,
        own_share: view.own_share,
        superseded: view.superseded,
        untold,
    }
}

fn origins(story: &Story, views: &[View<'_>]) -> Vec<AccountOrigin> {
    let origin = |(at, origin): (usize, &twosource_model::Origin)| {
        let of_it = || {
            views
                .iter()
                .enumerate()
                .filter(move |(_, v)| v.origin == at as u32)
        };
        AccountOrigin {
            id: origin.id.clone(),
            wire_credit: origin.wire_credit.clone(),
            reports: of_it().map(|(i, _)| i as u32).collect(),
            evidence: of_it().flat_map(|(_, v)| v.evidence.iter().cloned()).collect(),
            counts_as: of_it()
                .next()
                .map(|(_, v)| v.counts_as)
                .filter(|counts_as| *counts_as != at as u32),
        }
    };
    story.origins.iter().enumerate().map(origin).collect()
}

fn findings(story: &Story, views: &[View<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    let undated: BTreeSet<&str> = views
        .iter()
        .filter(|v| v.date.is_none())
        .map(|v| v.article.outlet_name())
        .collect();
    if !undated.is_empty() {
        let names = undated.into_iter().collect::<Vec<_>>().join(", ");
        found.push(Finding::new(
            "undated-report",
            format!("no date could be found or inferred for: {names}"),
        ));
    }
    for id in absent(story, views) {
        found.push(Finding::new(
            "absent-report",
            format!("the story names article {id}, which was not handed in"),
        ));
    }
    found
}
