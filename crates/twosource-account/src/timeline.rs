//! What happened, was said, is planned, and was reported, by day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use twosource_model::{
    Analysis, Certainty, Passage, Relation, ReportIx, Span, StatementIx, TimeExpression, TimeType,
    TimelineEntry, TimelineKind, Upos, Xpos,
};

use crate::clauses::Clause;
use crate::desk::{View, support};

/// A time of one report with the clause that holds it.
struct Dated {
    report: ReportIx,
    value: String,
    interval: (Date, Date),
    kind: TimelineKind,
    clause: Span,
    time: Span,
    /// The statement of the clause, or a number of its own, or the number of the thing that is dated.
    about: (u8, u64),
}

/// Longest stretch of time that dates anything, in days; a decade does not.
const LONGEST_DAYS: i32 = 800;

/// The timeline, earliest first. `statement_of` gives each clause's statement, `passed_on` the reports that only pass it on.
pub fn timeline(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    passed_on: &[BTreeSet<ReportIx>],
    central: &[StatementIx],
) -> Vec<TimelineEntry> {
    let mut dated: Vec<Dated> = Vec::new();
    let mut timed: BTreeMap<usize, TimelineKind> = BTreeMap::new();
    let mut things: Vec<&str> = Vec::new();
    for (report, view) in views.iter().enumerate().filter(|(_, v)| !v.superseded) {
        let mut behind: Option<Span> = None;
        for (at, time) in view.analysis.times.iter().enumerate() {
            // the second end of a range was read with the first
            if behind.is_some_and(|end| end == time.span) {
                continue;
            }
            let range = view
                .analysis
                .times
                .get(at + 1)
                .and_then(|next| Some((range_of(view.article.text(), time, next)?, next.span)));
            behind = range.as_ref().map(|(_, end)| *end);
            let time = range.as_ref().map_or(time, |(range, _)| range);
            let Some(interval) = time.interval else { continue };
            let long = interval
                .0
                .until(interval.1)
                .map_or(true, |s| s.get_days() > LONGEST_DAYS);
            let long = long && range.is_none();
            if long || !matches!(time.time_type, TimeType::Date | TimeType::Time) || time.value.is_empty() {
                continue;
            }
            let Some((at, clause)) = clause_of(clauses, report as ReportIx, view, time.span) else {
                continue;
            };
            let kind = kind_of(view, clause, time.span, interval);
            // "Monday's summit" dates the summit, not what else its clause tells
            let (words, about) = if let Some((thing, noun)) = dated_thing(view.analysis, time.span) {
                let known = things.iter().position(|t| *t == noun);
                let at = known.unwrap_or_else(|| {
                    things.push(noun);
                    things.len() - 1
                });
                (thing, (2, at as u64))
            } else {
                let known = timed.entry(at).or_insert(kind);
                *known = kind.min(*known);
                let about = statement_of
                    .get(&at)
                    .map_or((1, at as u64), |s| (0, u64::from(*s)));
                (clause.span, about)
            };
            dated.push(Dated {
                report: report as ReportIx,
                value: time.value.clone(),
                interval,
                kind,
                clause: words,
                time: time.span,
                about,
            });
        }
    }
    dated.extend(undated_news(views, clauses, statement_of, central, &timed));
    let mut merged: BTreeMap<_, Vec<Dated>> = BTreeMap::new();
    for entry in dated {
        let key = (
            entry.interval.0,
            entry.interval.1,
            entry.value.clone(),
            entry.kind,
            entry.about,
        );
        merged.entry(key).or_default().push(entry);
    }
    let mut entries: Vec<TimelineEntry> = merged
        .into_values()
        .map(|group| entry(&group, views, passed_on))
        .collect();
    entries.extend(reported(views));
    entries.sort_by(|a, b| {
        let place = |e: &TimelineEntry| e.passages.first().map(|p| p.anchor().clone());
        (a.interval, a.kind, a.support.reports.first(), place(a)).cmp(&(
            b.interval,
            b.kind,
            b.support.reports.first(),
            place(b),
        ))
    });
    entries
}

/// Two times of one grain that a report tells as a range ("2014 to 2019", "from Monday until Friday"), as one.
fn range_of(text: &str, from: &TimeExpression, to: &TimeExpression) -> Option<TimeExpression> {
    const BETWEEN: [&str; 8] = ["to", "until", "till", "through", "-", "–", "—", "‑"];
    let dates = |time: &TimeExpression| time.time_type == TimeType::Date && !time.value.is_empty();
    let joined = text.get(from.span.end()..to.span.start())?.trim();
    let ((first, first_end), (last, last_end)) = (from.interval?, to.interval?);
    let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |s| s.get_days());
    // a month may be a day longer than another, a year than another
    let alike = (days(first, first_end) - days(last, last_end)).abs() <= 3;
    (dates(from) && dates(to) && BETWEEN.contains(&joined) && alike && first < last).then(|| TimeExpression {
        span: from.span.hull(to.span),
        interval: Some((first, last_end)),
        value: format!("{}/{}", from.value, to.value),
        ..from.clone()
    })
}

/// The thing that a time dates as its modifier ("the 2016 election", "Monday's summit"), with the lemma of its noun.
fn dated_thing(analysis: &Analysis, time: Span) -> Option<(Span, &str)> {
    let tokens = &analysis.tokens;
    let own = analysis.tokens_in(time);
    let top = top_of(analysis, time)?;
    let noun = tokens[top].head? as usize;
    let relation = tokens[top].relation;
    let modifies = relation.is(Relation::Nmod)
        || relation.is(Relation::Nummod)
        || matches!(relation, Relation::Compound | Relation::Amod);
    if !modifies || noun < own.end || noun - own.end > WIDEST_NAME || tokens[noun].upos != Upos::Noun {
        return None;
    }
    let hangs_on_it = |t: usize| {
        let mut at = t;
        for _ in 0..WIDEST_NAME {
            match tokens[at].head {
                Some(head) if head as usize == noun => return true,
                Some(head) => at = head as usize,
                None => return false,
            }
        }
        false
    };
    // "on 26 September, 11 million kilometres away" dates no kilometres
    let part = |t: &usize| {
        !matches!(tokens[*t].upos, Upos::Verb | Upos::Aux | Upos::Adp)
            && tokens[*t].xpos != Xpos::Comma
            && hangs_on_it(*t)
    };
    let first = (0..noun).rev().take(WIDEST_NAME).take_while(part).last()?;
    let thing = Span::at(tokens[first].span.start(), tokens[noun].span.end());
    thing.covers(time).then(|| (thing, tokens[noun].lemma.as_str()))
}

/// Most words of a dated thing.
const WIDEST_NAME: usize = 8;

fn clause_of<'a>(
    clauses: &'a [Clause],
    report: ReportIx,
    view: &View<'_>,
    time: Span,
) -> Option<(usize, &'a Clause)> {
    let sentence = (report, view.sentence_at(time.start())?);
    let from = clauses.partition_point(|c| (c.report, c.sentence) < sentence);
    let here = || {
        let own = clauses[from..].iter().enumerate();
        own.take_while(|(_, c)| (c.report, c.sentence) == sentence)
    };
    here()
        .filter(|(_, c)| c.span.overlaps(time))
        .min_by_key(|(_, c)| c.span.len())
        .or_else(|| here().next())
        .map(|(i, c)| (from + i, c))
}

fn kind_of(view: &View<'_>, clause: &Clause, time: Span, interval: (Date, Date)) -> TimelineKind {
    let told_on = view
        .date
        .as_ref()
        .map(|d| d.until.unwrap_or_else(|| d.moment.day()));
    if told_on.is_some_and(|day| interval.0 > day) {
        return TimelineKind::Planned;
    }
    if !clause.span.covers(time) || view.is_of_saying(time) {
        return TimelineKind::Said;
    }
    // "he should go today" tells of nothing that happened
    if is_called_for(view.analysis, time) {
        return TimelineKind::Said;
    }
    match clause.certainty {
        Certainty::Planned if told_on.is_some_and(|day| interval.1 > day) => TimelineKind::Planned,
        // what was planned for a day that is over may have come to nothing
        Certainty::Planned => TimelineKind::Said,
        _ => TimelineKind::Happened,
    }
}

/// The first token of a time that hangs on none of its others.
fn top_of(analysis: &Analysis, time: Span) -> Option<usize> {
    let mut own = analysis.tokens_in(time);
    let inside = own.clone();
    own.find(|t| {
        analysis.tokens[*t]
            .head
            .is_none_or(|head| !inside.contains(&(head as usize)))
    })
}

/// Whether a time is of something that somebody should or must do: of a verb with such an auxiliary.
fn is_called_for(analysis: &Analysis, time: Span) -> bool {
    let tokens = &analysis.tokens;
    let Some(top) = top_of(analysis, time) else {
        return false;
    };
    let called = |verb: usize| {
        let from = verb.saturating_sub(MOST_BEFORE_VERB);
        (from..verb).any(|t| {
            tokens[t].head == Some(verb as u32)
                && tokens[t].xpos == Xpos::Md
                && matches!(tokens[t].lemma.as_str(), "should" | "must" | "ought")
        })
    };
    let mut at = top;
    for _ in 0..WIDEST_NAME {
        let Some(head) = tokens[at].head else { return false };
        at = head as usize;
        if called(at) {
            return true;
        }
        let goes_on = tokens[at].relation.is(Relation::Xcomp) || tokens[at].relation == Relation::Conj;
        if tokens[at].upos == Upos::Verb && !goes_on {
            return false;
        }
    }
    false
}

/// Most tokens between an auxiliary and its verb.
const MOST_BEFORE_VERB: usize = 12;

/// The story's central news, told as done without a time: not later than the day of the report that tells it.
fn undated_news(
    views: &[View<'_>],
    clauses: &[Clause],
    statement_of: &BTreeMap<usize, StatementIx>,
    central: &[StatementIx],
    timed: &BTreeMap<usize, TimelineKind>,
) -> Vec<Dated> {
    let mut found = Vec::new();
    for statement in central {
        let members: Vec<usize> = statement_of
            .iter()
            .filter(|(_, s)| *s == statement)
            .map(|(at, _)| *at)
            .collect();
        if members
            .iter()
            .any(|at| timed.get(at) == Some(&TimelineKind::Happened))
        {
            continue;
        }
        let day_of = |clause: &Clause| {
            let date = views[clause.report as usize].date.as_ref()?;
            Some(date.until.unwrap_or_else(|| date.moment.day()))
        };
        let past = |at: &usize| {
            let clause = &clauses[*at];
            timed.get(at) != Some(&TimelineKind::Said)
                && matches!(clause.certainty, Certainty::Stated | Certainty::Hedged)
                && told_as_done(&views[clause.report as usize], clause.span)
        };
        let done: Vec<&Clause> = members
            .iter()
            .filter(|at| past(at))
            .map(|at| &clauses[*at])
            .collect();
        // the first report that tells it as done bounds the day for all
        let Some(day) = done.iter().filter_map(|c| day_of(c)).min() else {
            continue;
        };
        let Ok(behind) = day.checked_add(1.days()) else {
            continue;
        };
        for clause in done {
            found.push(Dated {
                report: clause.report,
                value: format!("../{day}"),
                interval: (day, behind),
                kind: TimelineKind::Happened,
                clause: clause.span,
                time: Span::at(clause.span.start(), clause.span.start()),
                about: (0, u64::from(*statement)),
            });
        }
    }
    found
}

/// A perfect or past tense stands in the clause.
fn told_as_done(view: &View<'_>, span: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(span)];
    tokens.iter().any(|t| t.xpos == Xpos::Vbd)
        || tokens
            .windows(2)
            .any(|w| w[0].lemma == "have" && w[1].xpos == Xpos::Vbn)
}

fn entry(group: &[Dated], views: &[View<'_>], passed_on: &[BTreeSet<ReportIx>]) -> TimelineEntry {
    let reports: BTreeSet<ReportIx> = group.iter().map(|d| d.report).collect();
    let mut clauses: Vec<(ReportIx, Span)> = group.iter().map(|d| (d.report, d.clause)).collect();
    clauses.sort();
    clauses.dedup();
    let mut times: Vec<(ReportIx, Span)> = group.iter().map(|d| (d.report, d.time)).collect();
    times.sort();
    times.dedup();
    let own = BTreeSet::new();
    let passing = match group[0].about {
        (0, statement) => passed_on.get(statement as usize).unwrap_or(&own),
        _ => &own,
    };
    let passages = |list: &[(ReportIx, Span)]| -> Vec<Passage> {
        list.iter()
            .filter(|(_, s)| !s.is_empty())
            .filter_map(|(r, s)| views[*r as usize].passage(*s))
            .collect()
    };
    TimelineEntry {
        value: group[0].value.clone(),
        interval: group[0].interval,
        kind: group[0].kind,
        passages: passages(&clauses),
        times: passages(&times),
        support: support(views, &reports, passing),
    }
}

fn reported(views: &[View<'_>]) -> Vec<TimelineEntry> {
    let entry = |(at, view): (usize, &View<'_>)| {
        let date = view.date.as_ref()?;
        let first = date.moment.day();
        let last = date.until.unwrap_or(first);
        let value = if last == first {
            date.moment.to_string()
        } else {
            format!("{first}/{last}")
        };
        Some(TimelineEntry {
            value,
            interval: (first, last.checked_add(1.days()).ok()?),
            kind: TimelineKind::Reported,
            passages: Vec::new(),
            times: Vec::new(),
            support: support(views, &BTreeSet::from([at as ReportIx]), &BTreeSet::new()),
        })
    };
    views.iter().enumerate().filter_map(entry).collect()
}
