//! Works out when an undated report appeared, from its story and the days of the week it speaks of.
//!
//! Never today's date: with no dated report beside it, it stays unknown.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Period, ToSpan};
use twosource_model::{Confidence, DateSource, DatedEvidence, Moment};

use crate::desk::View;

/// Reports of one event appear within this many days of one another.
const REACH_DAYS: i32 = 3;

/// Gives each undated view a date where its story allows one.
pub fn infer(views: &mut [View<'_>]) {
    let mut known: Vec<(Date, String)> = views
        .iter()
        .filter_map(|v| {
            v.date
                .as_ref()
                .map(|d| (d.moment.day(), v.article.outlet_name().to_owned()))
        })
        .collect();
    known.sort();
    known.dedup();
    if known.is_empty() {
        return;
    }
    for view in views.iter_mut().filter(|v| v.date.is_none()) {
        view.date = infer_one(view.article.text(), &known);
    }
}

/// The date of a text in a story whose other reports appeared on `known` days.
fn infer_one(text: &str, known: &[(Date, String)]) -> Option<DatedEvidence> {
    let (first, outlet) = known.first()?;
    let last = known.last()?.0;
    let middle = known[known.len() / 2].0;
    let others = if known.len() == 1 {
        format!("the other dated report of its story ({outlet}) is of {first}")
    } else {
        format!("the dated reports of its story are of {first} to {last}")
    };
    // a story that runs for weeks dates nothing
    let spread = first.until(last).ok()?.get_days();
    if spread > 2 * REACH_DAYS {
        return Some(inferred(*first, last, others, Confidence::Low));
    }
    let latest = weekdays(text)
        .into_iter()
        .filter_map(|(day, words)| nearest(middle, day).map(|date| (date, words)))
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.len().cmp(&a.1.len())));
    match latest {
        Some((date, words)) => {
            let evidence = format!("speaks of “{words}”, which is {date}; {others}");
            Some(inferred(date, shift(date, 1)?, evidence, Confidence::Medium))
        }
        None => Some(inferred(
            shift(*first, -1)?,
            shift(last, 1)?,
            others,
            Confidence::Low,
        )),
    }
}

fn inferred(first: Date, until: Date, evidence: String, confidence: Confidence) -> DatedEvidence {
    DatedEvidence {
        moment: Moment::Day(first),
        until: Some(until),
        source: DateSource::Story,
        evidence,
        confidence,
    }
}

fn shift(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Period::new().days(days)).ok()
}

/// The day of the week nearest to `middle`, within reach.
fn nearest(middle: Date, day: Weekday) -> Option<Date> {
    (0..=REACH_DAYS)
        .flat_map(|by| [-by, by])
        .filter_map(|by| middle.checked_add(by.days()).ok())
        .find(|date| date.weekday() == day)
}

/// Words before a day, in one sentence with it, that speak of what is to come.
const AHEAD: [&str; 12] = [
    "will",
    "would",
    "shall",
    "may",
    "might",
    "could",
    "should",
    "planned",
    "scheduled",
    "due",
    "expected",
    "plans",
];
/// Words between them and the day at most.
const AHEAD_WITHIN: usize = 14;

/// The days of the week by their English names.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// Days of the week that the text speaks of as past or present, with the words that do.
fn weekdays(text: &str) -> Vec<(Weekday, String)> {
    let mut found = Vec::new();
    let words: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        let Some((_, day)) = WEEKDAYS.iter().find(|(name, _)| *name == bare) else {
            continue;
        };
        let before = at.checked_sub(1).map_or("", |i| words[i]);
        let ahead = matches!(
            before,
            "next" | "until" | "by" | "this" | "coming" | "before" | "last"
        );
        if ahead || before.ends_with("next") || is_ahead(&words[at.saturating_sub(AHEAD_WITHIN)..at]) {
            continue;
        }
        let earlier = before.eq_ignore_ascii_case("earlier") || before.eq_ignore_ascii_case("on");
        found.push((
            *day,
            if earlier {
                format!("{before} {bare}")
            } else {
                bare.to_owned()
            },
        ));
    }
    found
}

/// Whether the last sentence or clause of these words speaks of what is to come.
fn is_ahead(before: &[&str]) -> bool {
    before
        .iter()
        .rev()
        .take_while(|word| !word.ends_with(['.', ';', '?', '!']))
        .enumerate()
        .any(|(back, word)| {
            let at = before.len() - 1 - back;
            let beside = |at: Option<usize>| at.and_then(|at| before.get(at)).copied().unwrap_or_default();
            let over = match word.trim_matches(|c: char| !c.is_alphabetic()) {
                // "could not go home on Friday" tells of what was
                "would" | "could" => beside(Some(at + 1)) == "not",
                "planned" | "scheduled" | "due" | "expected" => {
                    ["was", "were", "had", "been"].contains(&beside(at.checked_sub(1)))
                }
                other => return AHEAD.contains(&other),
            };
            !over
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, known: &[&str], expected: &str) {
        let known: Vec<(Date, String)> = known
            .iter()
            .map(|d| (d.parse().unwrap(), "The Paper".to_owned()))
            .collect();
        let found = infer_one(text, &known).map_or("unknown".to_owned(), |d| {
            assert_eq!(d.source, DateSource::Story);
            format!("{}..{}", d.moment, d.until.unwrap())
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn weekdays_date_a_report_beside_dated_ones() {
        check(
            "She said earlier Tuesday that it burned.",
            &["2024-03-06"],
            "2024-03-05..2024-03-06",
        );
        check(
            "The fire broke out on Monday; on Tuesday it was out.",
            &["2024-03-05"],
            "2024-03-05..2024-03-06",
        );
        check(
            "It will be rebuilt by next Thursday.",
            &["2024-03-05"],
            "2024-03-04..2024-03-06",
        );
        check(
            "It burned on Monday. The council will vote on Friday.",
            &["2024-03-05"],
            "2024-03-04..2024-03-05",
        );
        check(
            "The vote is planned for Friday.",
            &["2024-03-05"],
            "2024-03-04..2024-03-06",
        );
        check("Nothing to see.", &[], "unknown");
        check(
            "On Monday.",
            &["2024-03-01", "2024-04-20"],
            "2024-03-01..2024-04-20",
        );
    }
}
