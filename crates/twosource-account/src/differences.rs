//! Where reports differ, inside one statement or one utterance, and between lists.
//!
//! A difference of precision is none: rounding, units, sums, a day inside a month, a town inside its country.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{
    Certainty, Difference, DifferenceKind, EntityType, Evidence, Gravity, Position, Quote, RenderingClass,
    ReportIx, Span, Statement, StatementIx, SupportClass, TimeType, Unit, Utterance,
};

use crate::clauses::Clause;
use crate::desk::{View, support};
use crate::diff::changes;
use crate::figures::{Figure, agree, disagreements, figures};
use crate::lists::{Item, List, lists, same_item};
use crate::words::{Vocabulary, WordKind};

/// One side while it is put together.
struct Side {
    value: String,
    passages: Vec<(ReportIx, Span)>,
    of: Option<(ReportIx, Span)>,
    approximation: Option<twosource_model::Approximation>,
}

/// Members of one statement that are compared pair by pair; more are compared with its first ones only.
const COMPARED: usize = 12;

/// All differences, gravest first; statements and utterances learn which are theirs.
pub fn differences(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    statements: &mut [Statement],
    utterances: &mut [Utterance],
    vocabulary: &mut Vocabulary,
) -> Vec<Difference> {
    let mut members: BTreeMap<StatementIx, Vec<usize>> = BTreeMap::new();
    for (at, ix) in statement_of {
        members.entry(*ix).or_default().push(*at);
    }
    let mut found = Vec::new();
    for (ix, members) in &members {
        let some: Vec<&Clause> = members.iter().take(COMPARED * 4).map(|m| &clauses[*m]).collect();
        if some.iter().map(|c| c.report).collect::<BTreeSet<_>>().len() < 2 {
            continue;
        }
        found.extend(numbers(views, &some, *ix, vocabulary));
        found.extend(dates(views, &some, *ix));
        found.extend(names(views, &some, *ix, vocabulary));
        found.extend(denials(views, &some, *ix));
    }
    found.extend(list_differences(views, clauses, statement_of, vocabulary));
    for (ix, utterance) in utterances.iter().enumerate() {
        found.extend(wording(views, utterance, ix as u32, vocabulary));
    }
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

#[allow(
    clippy::too_many_arguments,
    reason = "the fields of a difference, filled in one place"
)]
fn difference(
    views: &[View<'_>],
    kind: DifferenceKind,
    gravity: Gravity,
    subject: Option<(ReportIx, Span)>,
    sides: Vec<Side>,
    statement: Option<StatementIx>,
    utterance: Option<u32>,
    rule: &str,
    words: String,
) -> Option<Difference> {
    let mut positions: Vec<Position> = sides
        .into_iter()
        .map(|side| {
            let reports: BTreeSet<ReportIx> = side.passages.iter().chain(&side.of).map(|(r, _)| *r).collect();
            let mut spans = side.passages.clone();
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
        })
        .collect();
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
    let later = |outlets: &[String], after: ReportIx, but: usize| {
        positions.iter().enumerate().any(|(i, p)| {
            i != but
                && p.support.reports.iter().any(|r| {
                    *r > after && outlets.contains(&views[*r as usize].article.outlet_name().to_owned())
                })
        })
    };
    let given_up: Vec<bool> = positions
        .iter()
        .enumerate()
        .map(|(i, p)| {
            p.support
                .reports
                .last()
                .is_some_and(|last| later(&p.support.outlets, *last, i))
        })
        .collect();
    let any_given_up = given_up.iter().any(|g| *g);
    for (position, gone) in positions.iter_mut().zip(given_up) {
        position.given_up = gone;
    }
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

/// Figures of one quantity that cannot all be so.
fn numbers(
    views: &[View<'_>],
    clauses: &[&Clause],
    statement: StatementIx,
    vocabulary: &mut Vocabulary,
) -> Vec<Difference> {
    let read: Vec<(ReportIx, Vec<Figure>)> = clauses
        .iter()
        .map(|c| {
            let view = &views[c.report as usize];
            (
                c.report,
                figures(view.analysis, view.article.text(), c.span, vocabulary),
            )
        })
        .collect();
    let mut sides: Vec<Vec<(ReportIx, Figure)>> = Vec::new();
    let mut other_moment = false;
    for i in 0..read.len().min(COMPARED) {
        for j in i + 1..read.len() {
            if read[i].0 == read[j].0 {
                continue;
            }
            for d in disagreements(&read[i].1, &read[j].1) {
                other_moment |= d.other_moment;
                for (at, figure) in [(i, &read[i].1[d.a]), (j, &read[j].1[d.b])] {
                    lay(&mut sides, read[at].0, figure);
                }
            }
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
    for sides in by_unit.into_values().filter(|s| s.len() > 1) {
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
            DifferenceKind::Number,
            gravity,
            subject,
            sides,
            Some(statement),
            None,
            "figures-disagree",
            words.to_owned(),
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

/// Days that exclude one another, where each clause has one.
fn dates(views: &[View<'_>], clauses: &[&Clause], statement: StatementIx) -> Option<Difference> {
    let mut sides: Vec<(jiff::civil::Date, jiff::civil::Date, Side)> = Vec::new();
    for clause in clauses {
        let view = &views[clause.report as usize];
        let dated = || {
            view.analysis.times.iter().filter(|t| {
                clause.span.covers(t.span) && t.time_type == TimeType::Date && t.interval.is_some()
            })
        };
        let mut of_it = dated();
        let (Some(time), None) = (of_it.next(), of_it.next()) else {
            continue;
        };
        let Some((from, to)) = time.interval else { continue };
        if from.until(to).map_or(true, |s| s.get_days() > 7) || time.approximate {
            continue;
        }
        match sides.iter_mut().find(|(a, b, _)| *a < to && from < *b) {
            Some((_, _, side)) => side.passages.push((clause.report, time.span)),
            None => sides.push((
                from,
                to,
                Side {
                    value: time.value.clone(),
                    passages: vec![(clause.report, time.span)],
                    of: None,
                    approximation: None,
                },
            )),
        }
    }
    let reports: BTreeSet<ReportIx> = sides
        .iter()
        .flat_map(|(_, _, s)| s.passages.iter().map(|p| p.0))
        .collect();
    if sides.len() != 2
        || reports.len() < 2
        || sides[0]
            .2
            .passages
            .iter()
            .any(|p| sides[1].2.passages.iter().any(|q| p.0 == q.0))
    {
        return None;
    }
    let words = format!(
        "{} and {} cannot both be the day",
        sides[0].2.value, sides[1].2.value
    );
    let sides = sides.into_iter().map(|(_, _, s)| s).collect();
    difference(
        views,
        DifferenceKind::Date,
        Gravity::Conflict,
        None,
        sides,
        Some(statement),
        None,
        "days-exclude-one-another",
        words,
    )
}

/// Share of the words around a changed name that both must have.
const NAME_CONTEXT: f32 = 0.6;

/// Another person or place where all else is alike.
fn names(
    views: &[View<'_>],
    clauses: &[&Clause],
    statement: StatementIx,
    vocabulary: &Vocabulary,
) -> Option<Difference> {
    let first = clauses.first()?;
    for other in clauses
        .iter()
        .skip(1)
        .take(COMPARED)
        .filter(|c| c.report != first.report)
    {
        let (x, y) = (&first.wording.words, &other.wording.words);
        let concepts = |words: &[crate::words::Word]| words.iter().map(|w| w.concept).collect::<Vec<_>>();
        let found = changes(&concepts(x), &concepts(y));
        let changed: usize = found.iter().map(|c| (c.a.1 - c.a.0).max(c.b.1 - c.b.0)).sum();
        if (changed as f32) > (1.0 - NAME_CONTEXT) * x.len().max(y.len()) as f32 {
            continue;
        }
        for change in found {
            let (p, q) = (&x[change.a.0..change.a.1], &y[change.b.0..change.b.1]);
            let all_names = |words: &[crate::words::Word]| {
                !words.is_empty()
                    && words.len() <= 4
                    && words.iter().all(|w| w.capital && w.kind == WordKind::Content)
            };
            if !all_names(p) || !all_names(q) {
                continue;
            }
            let (Some(a), Some(b)) = (
                named(&views[first.report as usize], p),
                named(&views[other.report as usize], q),
            ) else {
                continue;
            };
            let same_kind = a.0 == b.0 && matches!(a.0, EntityType::Person | EntityType::Place);
            let elsewhere = |name: &str, view: &View<'_>| {
                name.split_whitespace()
                    .any(|w| w.len() > 2 && view.article.text().contains(w))
            };
            if !same_kind
                || related(&a.1, &b.1)
                || elsewhere(&a.1, &views[other.report as usize])
                || elsewhere(&b.1, &views[first.report as usize])
            {
                continue;
            }
            let _ = vocabulary;
            let kind = if a.0 == EntityType::Place {
                DifferenceKind::Place
            } else {
                DifferenceKind::Name
            };
            let sides = vec![
                Side {
                    value: a.1.clone(),
                    passages: vec![(first.report, a.2)],
                    of: None,
                    approximation: None,
                },
                Side {
                    value: b.1.clone(),
                    passages: vec![(other.report, b.2)],
                    of: None,
                    approximation: None,
                },
            ];
            let words = format!("the same words but for {} and {}", a.1, b.1);
            return difference(
                views,
                kind,
                Gravity::Conflict,
                None,
                sides,
                Some(statement),
                None,
                "other-name-in-same-words",
                words,
            );
        }
    }
    None
}

/// Type, name and span of the named mention that these words are in.
fn named(view: &View<'_>, words: &[crate::words::Word]) -> Option<(EntityType, String, Span)> {
    let span = words.iter().map(|w| w.span).reduce(Span::hull)?;
    let mention = view
        .analysis
        .mentions
        .iter()
        .find(|m| m.form == twosource_model::MentionForm::Name && m.span.overlaps(span))?;
    let name = mention
        .entity
        .and_then(|e| view.analysis.entities.get(e as usize))
        .map_or_else(
            || {
                mention
                    .span
                    .get(view.article.text())
                    .unwrap_or_default()
                    .to_owned()
            },
            |e| e.name.clone(),
        );
    Some((mention.entity_type, name, mention.span))
}

/// One name is part of the other, or they are spellings of one.
fn related(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let close = {
        let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let head = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
        head * 2 >= x.len().max(y.len())
    };
    close || a.split(' ').any(|w| b.split(' ').any(|v| v == w)) || a.contains(&b) || b.contains(&a)
}

/// Fewest shared weighty words, of both, for a negation to be set against its opposite.
const NEGATION_OVERLAP: f32 = 0.6;

/// One says it, the other denies it.
fn denials(views: &[View<'_>], clauses: &[&Clause], statement: StatementIx) -> Option<Difference> {
    let says_no = |c: &Clause| c.negated != (c.certainty == Certainty::Denied);
    let (no, yes): (Vec<&&Clause>, Vec<&&Clause>) = clauses.iter().partition(|c| says_no(c));
    let (n, y) = (no.first()?, yes.first()?);
    if n.report == y.report {
        return None;
    }
    let bag = |c: &Clause| {
        c.wording
            .concepts()
            .iter()
            .map(|(id, _)| *id)
            .collect::<BTreeSet<_>>()
    };
    let (p, q) = (bag(n), bag(y));
    let overlap = p.intersection(&q).count() as f32 / p.union(&q).count().max(1) as f32;
    if overlap < NEGATION_OVERLAP {
        return None;
    }
    let side = |value: &str, list: &[&&Clause]| Side {
        value: value.to_owned(),
        passages: list.iter().map(|c| (c.report, c.span)).collect(),
        of: None,
        approximation: None,
    };
    let sides = vec![side("said to be so", &yes), side("said not to be so", &no)];
    let words = "the same words, once with and once without a negation".to_owned();
    difference(
        views,
        DifferenceKind::Negation,
        Gravity::Conflict,
        None,
        sides,
        Some(statement),
        None,
        "negated-in-one",
        words,
    )
}

/// Lists of one sentence that are compared with others at most.
const MOST_LISTS: usize = 400;
/// Fewest items two lists must share to be compared, and the share of the shorter one.
const LEAST_SHARED: usize = 2;
const LEAST_SHARED_PART: f32 = 0.4;

/// Lists that share items: what each alone names, and what each is a list of.
fn list_differences(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    vocabulary: &mut Vocabulary,
) -> Vec<Difference> {
    let mut all: Vec<List> = Vec::new();
    for (report, view) in views.iter().enumerate().filter(|(_, v)| !v.superseded) {
        for span in &view.sentences {
            all.extend(lists(report as u32, *span, view.article.text(), vocabulary));
        }
    }
    all.truncate(MOST_LISTS);
    let mut found = Vec::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for i in 0..all.len() {
        let mut best: Option<(usize, usize)> = None;
        for j in i + 1..all.len() {
            if all[i].report == all[j].report || used.contains(&j) || used.contains(&i) {
                continue;
            }
            let shared = shared_items(&all[i], &all[j]);
            let shorter = all[i].items.len().min(all[j].items.len());
            if shared >= LEAST_SHARED
                && shared as f32 >= LEAST_SHARED_PART * shorter as f32
                && best.is_none_or(|(s, _)| shared > s)
            {
                best = Some((shared, j));
            }
        }
        let Some((_, j)) = best else { continue };
        used.extend([i, j]);
        found.extend(list_difference(views, &all[i], &all[j], clauses, statement_of));
    }
    found
}

fn shared_items(a: &List, b: &List) -> usize {
    a.items
        .iter()
        .filter(|x| b.items.iter().any(|y| same_item(x, y)))
        .count()
}

fn list_difference(
    views: &[View<'_>],
    a: &List,
    b: &List,
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
) -> Option<Difference> {
    let alone = |own: &List, other: &List| -> Vec<Span> {
        own.items
            .iter()
            .filter(|x| !other.items.iter().any(|y| same_item(x, y)))
            .map(|i| i.span)
            .collect()
    };
    let (x, y) = (alone(a, b), alone(b, a));
    if x.is_empty() && y.is_empty() {
        return None;
    }
    let words = |list: &List, spans: &[Span]| -> String {
        let text = views[list.report as usize].article.text();
        spans
            .iter()
            .map(|s| s.of(text).trim())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let shared: Vec<Span> = a
        .items
        .iter()
        .filter(|i: &&Item| b.items.iter().any(|j| same_item(i, j)))
        .map(|i| i.span)
        .collect();
    let of = |list: &List| {
        list.of
            .map_or("?", |s| s.of(views[list.report as usize].article.text()))
    };
    let side = |list: &List, spans: &[Span]| Side {
        value: if spans.is_empty() {
            "nothing that the other lacks".to_owned()
        } else {
            words(list, spans)
        },
        passages: spans.iter().map(|s| (list.report, *s)).collect(),
        of: list.of.map(|s| (list.report, s)),
        approximation: None,
    };
    let statement = |list: &List| {
        let at = clauses
            .iter()
            .position(|c| c.report == list.report && c.span.covers(list.items[0].span))?;
        statement_of.get(&at).copied()
    };
    let (p, q) = (statement(a), statement(b));
    let why = format!(
        "both name {}; one list is of “{}”, the other of “{}”",
        words(a, &shared),
        of(a),
        of(b)
    );
    let sides = vec![side(a, &x), side(b, &y)];
    let same = if p == q { p } else { None };
    difference(
        views,
        DifferenceKind::List,
        Gravity::Complement,
        None,
        sides,
        same,
        None,
        "lists-share-items",
        why,
    )
}

/// Quoted words that differ in substance, and words laid to different speakers.
fn wording(
    views: &[View<'_>],
    utterance: &Utterance,
    ix: u32,
    vocabulary: &mut Vocabulary,
) -> Vec<Difference> {
    let base = &utterance.renderings[0];
    let mut found = Vec::new();
    for other in utterance
        .renderings
        .iter()
        .skip(1)
        .filter(|r| r.class == RenderingClass::Altered && r.report != base.report)
    {
        let substantive: Vec<_> = other
            .changes
            .iter()
            .filter(|c| match (&c.base, &c.rendering) {
                (Some(b), Some(r)) => swaps_content(b.text(), r.text(), vocabulary),
                _ => false,
            })
            .collect();
        let Some(first) = substantive.first() else {
            continue;
        };
        let (Some(b), Some(r)) = (&first.base, &first.rendering) else {
            continue;
        };
        let sides = vec![
            Side {
                value: b.text().to_owned(),
                passages: vec![(base.report, b.anchor().span)],
                of: None,
                approximation: None,
            },
            Side {
                value: r.text().to_owned(),
                passages: vec![(other.report, r.anchor().span)],
                of: None,
                approximation: None,
            },
        ];
        let words = "the same quotation in other words".to_owned();
        found.extend(difference(
            views,
            DifferenceKind::Wording,
            Gravity::Conflict,
            None,
            sides,
            None,
            Some(ix),
            "quotation-altered",
            words,
        ));
    }
    found.extend(attribution(views, utterance, ix));
    found
}

/// Whether two readings have weighty words that are no forms of one another.
fn swaps_content(a: &str, b: &str, vocabulary: &mut Vocabulary) -> bool {
    let mut weighty = |text: &str| -> BTreeSet<u32> {
        vocabulary
            .read(text, 0)
            .into_iter()
            .filter(|w| w.kind != WordKind::Function)
            .map(|w| w.concept)
            .collect()
    };
    let (x, y) = (weighty(a), weighty(b));
    !x.is_empty() && !y.is_empty() && x.is_disjoint(&y)
}

/// The same words laid to different people, each named beside them.
fn attribution(views: &[View<'_>], utterance: &Utterance, ix: u32) -> Option<Difference> {
    let quoted = |r: &&twosource_model::UtteranceRendering| {
        matches!(
            r.class,
            RenderingClass::Base | RenderingClass::Identical | RenderingClass::Typographic
        )
    };
    let mut sides: BTreeMap<String, Vec<(ReportIx, Span)>> = BTreeMap::new();
    for rendering in utterance.renderings.iter().filter(quoted) {
        let view = &views[rendering.report as usize];
        let span = rendering.pieces[0].anchor().span;
        let quote: Option<&Quote> = view
            .analysis
            .quotes
            .iter()
            .find(|q| q.content.iter().any(|c| c.covers(span)));
        let entity = quote
            .and_then(|q| q.speaker_entity)
            .and_then(|e| view.analysis.entities.get(e as usize));
        let named = rendering
            .speaker
            .as_ref()
            .is_some_and(|s| s.text().starts_with(char::is_uppercase) && s.text().chars().count() > 3);
        if let (Some(entity), Some(speaker), true) = (entity, &rendering.speaker, named) {
            let last = entity
                .name
                .split_whitespace()
                .next_back()
                .unwrap_or_default()
                .to_owned();
            sides
                .entry(last)
                .or_default()
                .push((rendering.report, speaker.anchor().span));
        }
    }
    let names: Vec<String> = sides.keys().cloned().collect();
    if sides.len() != 2 || related(&names[0], &names[1]) {
        return None;
    }
    let words = format!("the same words laid to {} and to {}", names[0], names[1]);
    let sides = sides
        .into_iter()
        .map(|(value, passages)| Side {
            value,
            passages,
            of: None,
            approximation: None,
        })
        .collect();
    difference(
        views,
        DifferenceKind::Attribution,
        Gravity::Conflict,
        None,
        sides,
        None,
        Some(ix),
        "laid-to-another",
        words,
    )
}
