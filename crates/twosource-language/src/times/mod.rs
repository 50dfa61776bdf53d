//! Finds time expressions and says what they mean: value, granularity, and the days they cover.
//!
//! Takes an article with its sentences; gives [`TimeExpression`]s in text order, never overlapping. A grammar of our
//! own reads the text piece by piece (`grammar`); words come from `data/LANG/times.tsv`. Weekdays and months without
//! a year are read against the article's date, backwards or forwards by the tense of the verb beside them (`tense`).
//! Nothing is made sharper than it is written: "two years ago" is a year, "this autumn" a season. Without an article
//! date, what needs one is found but has no value. docs/times.md has notation and rules.

mod calendar;
mod grammar;
pub(crate) mod lexeme;
pub(crate) mod lexicon;
mod tense;
pub(crate) mod value;

#[cfg(test)]
mod tests;

use jiff::civil::DateTime;
use twosource_model::{Analysis, Article, Moment, Span, TimeExpression, TimeType};

use grammar::Reader;
use lexicon::Lexicon;
pub use lexicon::languages;

/// Fills `analysis` with the time expressions of `article`, read against its date of publication.
pub fn find_times(article: &Article, analysis: &mut Analysis) {
    let anchor = article.published.as_ref().map(|p| p.moment);
    find_times_at(article, analysis, anchor);
}

/// The same, read against a moment that is passed in: for an article whose date was inferred from its story.
pub fn find_times_at(article: &Article, analysis: &mut Analysis, anchor: Option<Moment>) {
    let times = read_times(article.text(), analysis, anchor);
    analysis.times = times;
}

fn read_times(text: &str, analysis: &Analysis, anchor: Option<Moment>) -> Vec<TimeExpression> {
    let lexicon = Lexicon::of(analysis.language.as_str());
    let lexemes = lexeme::scan(text, lexicon);
    let now: Option<DateTime> = match anchor {
        Some(Moment::Time { local, .. }) => Some(local),
        _ => None,
    };
    let mut reader = Reader {
        text,
        lexemes: &lexemes,
        lexicon,
        analysis,
        anchor: anchor.map(|a| a.day()),
        now,
        last_day: None,
        last_ahead: None,
    };
    let mut times = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        let found = if tense::is_lasting(text, analysis, reader.span(at, at + 1)) {
            None
        } else {
            reader.read(at)
        };
        let Some(found) = found else {
            at += 1;
            continue;
        };
        let span = reader.span(found.start, found.end);
        if let Some(day) = found.value.single_day() {
            reader.last_day = Some(day);
        }
        let ahead = found
            .value
            .interval()
            .zip(reader.anchor)
            .is_some_and(|((from, _), anchor)| from > anchor);
        if ahead {
            reader.last_ahead = Some(span);
        }
        times.push(TimeExpression {
            span,
            time_type: found.value.time_type(),
            value: found.value.notation(),
            interval: found.value.interval(),
            approximate: found.approximate,
            rule: found.rule.to_owned(),
        });
        at = found.end;
    }
    times
}

/// Index of the time expression of `analysis` that dates what stands at `at`: the nearest calendar value of the
/// same sentence that `fits`.
pub(crate) fn time_beside(
    analysis: &Analysis,
    sentence: Span,
    at: Span,
    fits: impl Fn(&TimeExpression) -> bool,
) -> Option<u32> {
    let from = analysis
        .times
        .partition_point(|t| t.span.end() <= sentence.start());
    let inside = analysis.times[from..]
        .iter()
        .take_while(|t| t.span.start() < sentence.end());
    inside
        .enumerate()
        .filter(|(_, t)| matches!(t.time_type, TimeType::Date | TimeType::Time) && fits(t))
        .min_by_key(|(_, t)| {
            if t.span.start() >= at.end() {
                t.span.start() - at.end()
            } else {
                at.start().saturating_sub(t.span.end())
            }
        })
        .map(|(i, _)| (from + i) as u32)
}
