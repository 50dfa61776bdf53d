//! Figures so particular that two clauses which share one most likely tell the same: "32 minutes", "at 12:33".

use std::collections::BTreeSet;

use twosource_model::{Number, Span, Unit};

use crate::desk::View;

/// From how much on a mere count of things is particular.
const LARGE_COUNT: f64 = 100.0;

/// The particular figures in `span` by unit and value, the clock times and durations.
pub fn telling_figures(view: &View<'_>, span: Span) -> BTreeSet<String> {
    let numbers = view.numbers_in(span).iter().filter(|n| span.covers(n.span));
    let figures = numbers.filter_map(|number| figure(number, view.article.text()));
    let times = view.times_in(span).iter().filter(|t| span.covers(t.span));
    let moments = times
        .filter_map(|time| particular(&time.value))
        .map(str::to_owned);
    figures.chain(moments).collect()
}

/// Unit and value of a figure that is neither round nor common.
fn figure(number: &Number, text: &str) -> Option<String> {
    let digits = number.span.of(text).bytes().filter(u8::is_ascii_digit).count();
    let scaled = number.low >= 1e6;
    let round = number.low % 10.0 == 0.0;
    if number.low.total_cmp(&number.high).is_ne() || (digits < 2 && !scaled && number.unit != Unit::Percent) {
        return None;
    }
    let unit = match &number.unit {
        Unit::Measure(unit) | Unit::Currency(unit) => unit.as_str(),
        Unit::Percent if !round => "%",
        Unit::PercentagePoints if !round => "points",
        Unit::Count if number.low >= LARGE_COUNT && !number.counted_head.is_empty() => {
            number.counted_head.as_str()
        }
        _ => return None,
    };
    Some(format!("{unit} {}", number.low))
}

/// The clock of a time to the minute, or a duration of two digits or more: `12:33` of `2031-05-06T12:33`, `PT32M`; nothing
/// of `T12:00` and `P4Y`.
fn particular(value: &str) -> Option<&str> {
    if value.starts_with('P') {
        return (value.bytes().filter(u8::is_ascii_digit).count() >= 2).then_some(value);
    }
    let (_, clock) = value.split_once('T')?;
    let minutes = clock.split(':').nth(1).and_then(|m| m.get(..2))?;
    (minutes != "00" && minutes.bytes().all(|b| b.is_ascii_digit())).then_some(clock)
}
