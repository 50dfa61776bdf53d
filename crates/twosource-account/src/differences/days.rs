//! Days that exclude one another, for the same thing done.

use std::collections::BTreeSet;

use jiff::civil::Date;
use twosource_model::{
    Difference, DifferenceKind, Gravity, ReportIx, Span, TimeExpression, TimeType, Token, Xpos,
};

use super::Told;
use super::one_value::{OneValue, SameDone, values};
use super::side::{Draft, difference};
use crate::clauses::{Clause, has_word};
use crate::dates::WEEKDAYS;
use crate::desk::View;

/// Longest stretch that is as good as a day, in days.
const LONGEST_DAYS: i32 = 7;
/// Most days between two days of one thing done; what is further apart was done twice.
const MOST_APART_DAYS: i32 = 45;
/// Most days by which a day that is read off the report's own ("yesterday") may be off: its date is often that of another edition.
const OFF_BY_DAYS: i32 = 2;
const SAME_DONE: SameDone = SameDone {
    same_predicate: 0.45,
    otherwise: 0.6,
};

/// The first day and the day behind the last.
type Interval = (Date, Date);

/// Words behind which a time is another one's than that of what a clause tells: "blocked hours before it was due on Thursday".
const BOUNDING: [&str; 7] = ["before", "after", "until", "till", "ahead", "since", "due"];

/// Whether such a word stands before a time in its clause.
fn is_bounded(view: &View<'_>, clause: &Clause, time: Span) -> bool {
    let before = view.article.text().get(clause.span.start()..time.start());
    has_word(before.unwrap_or_default(), &BOUNDING)
}

/// By what words say which day they mean, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fixed {
    /// By the date of the report alone: "yesterday", "this evening".
    Report,
    /// "Tuesday".
    Week,
    /// "4 March".
    Itself,
}

impl Fixed {
    /// `words`: those of one time, folded, without what is no letter or digit.
    fn of(words: &str) -> Self {
        if words.contains(|c: char| c.is_numeric()) {
            Self::Itself
        } else if WEEKDAYS
            .iter()
            .any(|(day, _)| words.contains(&day.to_lowercase()))
        {
            Self::Week
        } else {
            Self::Report
        }
    }
}

/// Days that exclude one another, where each clause has one and tells the same done.
pub fn days(views: &[View<'_>], told: &Told<'_>) -> Option<Difference> {
    let read = |clause: &Clause| {
        let view = &views[clause.report as usize];
        let time = only_day(view, clause)?;
        let interval = time.interval?;
        let of_another = is_of_column(view, clause, interval)
            || is_bounded(view, clause, time.span)
            || is_of_picture(view, clause, time.span);
        (!of_another).then(|| (interval, time.value.clone(), time.span))
    };
    let is_day = |of: &Interval| of.0.until(of.1).is_ok_and(|s| s.get_days() <= 1);
    // on a Sunday "this week" may be the one that begins
    let overlapping = |a: &Interval, b: &Interval| {
        let days = is_day(a) && is_day(b);
        let reaches = |end: Date, start: Date| if days { start < end } else { start <= end };
        reaches(a.1, b.0) && reaches(b.1, a.0)
    };
    let sides = values(told, read, overlapping);
    let [a, b] = sides.as_slice() else { return None };
    // "today" of two reports, or a feast of each year, is read off their own dates: the words do not differ
    let words = |s: &OneValue<Interval>| -> BTreeSet<String> {
        let word = |(r, span): &(ReportIx, Span)| span.of(views[*r as usize].article.text()).to_lowercase();
        let letters = |w: String| w.chars().filter(|c| c.is_alphanumeric()).collect();
        s.passages.iter().map(word).map(letters).collect()
    };
    // "June 10" and "June 10th" too
    let alike = |x: &String, y: &String| x.starts_with(y.as_str()) || y.starts_with(x.as_str());
    let same_words = words(a).iter().any(|x| words(b).iter().any(|y| alike(x, y)));
    let between = a.key.0.until(b.key.0).map_or(0, |s| s.get_days().abs());
    let fixed = |s: &OneValue<Interval>| words(s).iter().map(|w| Fixed::of(w)).min();
    let can_differ = match (fixed(a), fixed(b)) {
        (Some(Fixed::Report), Some(Fixed::Itself)) | (Some(Fixed::Itself), Some(Fixed::Report)) => {
            between > OFF_BY_DAYS
        }
        (Some(Fixed::Report), _) | (_, Some(Fixed::Report)) => false,
        // "last Monday" may be the one of this week
        (Some(Fixed::Week), _) | (_, Some(Fixed::Week)) => between % 7 != 0,
        _ => true,
    };
    let are_days = is_day(&a.key) && is_day(&b.key);
    if same_words
        || !can_differ
        || !are_days
        || between > MOST_APART_DAYS
        || !SAME_DONE.of_one(views, told, a, b)
    {
        return None;
    }
    let words = format!("{} and {} cannot both be the day", a.value, b.value);
    let sides = sides.into_iter().map(OneValue::into_side).collect();
    difference(
        views,
        Draft {
            kind: DifferenceKind::Date,
            gravity: Gravity::Conflict,
            subject: None,
            sides,
            statement: Some(told.statement),
            utterance: None,
            rule: "days-exclude-one-another",
            words,
        },
    )
}

/// Whether a heading without a verb names the day of its report or the one before: "What to know on Tuesday" is told each day.
fn is_of_column(view: &View<'_>, clause: &Clause, (day, _): Interval) -> bool {
    let since = |date: Date| day.until(date).is_ok_and(|s| (0..=1).contains(&s.get_days()));
    let of_report = view.date.as_ref().is_some_and(|d| since(d.moment.day()));
    clause.predicate.is_none() && of_report
}

/// Whether a clause tells in the present what was on a day of the calendar: "Keepers search the harbour on 8 June" tells of a picture.
fn is_of_picture(view: &View<'_>, clause: &Clause, time: Span) -> bool {
    let tokens = &view.analysis.tokens[view.analysis.tokens_in(clause.span)];
    let told = tokens
        .iter()
        .find(|t| matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md));
    let present =
        told.is_some_and(|t| matches!(t.xpos, Xpos::Vbz | Xpos::Vbp) && t.lemma != "be" && t.lemma != "have");
    present
        && time
            .of(view.article.text())
            .contains(|c: char| c.is_ascii_digit())
}

/// Whether a time at the head of a sentence or of the text ("on 4 February 2031 The mayor ..."), or behind "Published", is the
/// date line of a page.
fn is_stamp(view: &View<'_>, time: Span) -> bool {
    /// Words between "Posted" and the time.
    const NEAR: usize = 3;
    let first = view.analysis.tokens_in(time).start;
    let mut before = view.analysis.tokens[..first].iter().rev().take(NEAR);
    let words = time.of(view.article.text());
    let dated = words
        .as_bytes()
        .windows(4)
        .any(|w| w.iter().all(u8::is_ascii_digit));
    let heads = view
        .sentence_at(time.start())
        .is_some_and(|at| view.sentences[at].start() == time.start());
    let of_page = |t: &Token| matches!(t.lemma.as_str(), "publish" | "post" | "update");
    let opens = matches!(
        view.article.text()[..time.start()].trim().to_lowercase().as_str(),
        "" | "on"
    );
    before.any(of_page) || dated && (heads || opens)
}

/// Words for a day that only the calendar ties to what was done.
const CALENDAR: &[&str] = &["anniversary", "birthday", "deadline", "eve", "holiday"];

/// Whether a time says when such a day is: "on the eve of the holiday on Friday".
fn is_of_calendar(view: &View<'_>, time: Span) -> bool {
    /// Words between such a word and the time.
    const NEAR: usize = 2;
    let first = view.analysis.tokens_in(time).start;
    let before = view.analysis.tokens[..first].iter().rev().take(NEAR);
    before
        .into_iter()
        .any(|t| CALENDAR.contains(&t.lemma.to_lowercase().as_str()))
}

/// The one day that a clause names for what it tells; when somebody said so is none.
fn only_day<'v>(view: &'v View<'_>, clause: &Clause) -> Option<&'v TimeExpression> {
    let short = |t: &TimeExpression| {
        t.interval
            .and_then(|(from, to)| from.until(to).ok())
            .is_some_and(|s| s.get_days() <= LONGEST_DAYS)
    };
    let mut days = view.times_in(clause.span).iter().filter(|t| {
        clause.span.covers(t.span)
            && matches!(t.time_type, TimeType::Date | TimeType::Time)
            && short(t)
            && !t.approximate
            && !view.is_of_saying(t.span)
            && !is_of_calendar(view, t.span)
            && !is_stamp(view, t.span)
    });
    match (days.next(), days.next()) {
        (Some(day), None) => Some(day),
        _ => None,
    }
}
