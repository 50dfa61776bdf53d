//! A length away from a day: two years ago, in three weeks, a week later, three days after Easter.

use super::super::calendar;
use super::super::lexicon::Role;
use super::super::tense::Direction;
use super::super::value::{Grain, Stretch, Value};
use super::duration::Length;
use super::{Found, Reader};

impl Reader<'_> {
    pub(super) fn offset(&self, at: usize) -> Option<Found> {
        self.offset_behind(at).or_else(|| self.offset_ahead(at))
    }

    /// The word comes behind the length: "ago", "later", "before Easter", "from now".
    fn offset_behind(&self, at: usize) -> Option<Found> {
        let near = self.entry(at).and_then(|e| e.near);
        if near == Some(false) {
            return None;
        }
        let from = at + usize::from(near.is_some());
        let length = self.length(from)?;
        let word = self.entry(length.end)?;
        let end = length.end + 1;
        let found = if word.is(Role::Ago) {
            Found::new(at, end, self.away(length, -1), "ago")
        } else if word.is(Role::Hence) {
            Found::new(at, end, self.away(length, 1), "from-now")
        } else if word.is(Role::Later) {
            Found::new(at, end, self.away_from_last(length, 1), "later")
        } else if word.is(Role::Earlier) {
            Found::new(at, end, self.away_from_last(length, -1), "earlier")
        } else if word.is(Role::Before) || word.is(Role::After) || word.is(Role::From) {
            let sign = if word.is(Role::Before) { -1 } else { 1 };
            let day = self.stretch_or_day(end)?;
            let base = match day.value {
                Value::Stretch(Stretch {
                    start,
                    grain: Grain::Day | Grain::Workday,
                }) => Some(start),
                Value::UnknownDate => None,
                _ => return None,
            };
            let value = Self::day_value(base.and_then(|b| shifted_day(b, length, sign)));
            Found::new(at, day.end, value, "length-from-day")
        } else {
            return None;
        };
        Some(Found {
            approximate: near.is_some() || (at > 0 && self.entry(at - 1).is_some_and(|e| e.near.is_some())),
            ..found
        })
    }

    /// The word comes before the length: "in three weeks", "vor zwei Jahren", "il y a deux ans".
    fn offset_ahead(&self, at: usize) -> Option<Found> {
        let word = self.entry(at)?;
        let near = usize::from(self.entry(at + 1).is_some_and(|e| e.near.is_some()));
        if word.is(Role::AgoPre) {
            let length = self.length(at + 1 + near)?;
            let mut found = Found::new(at, length.end, self.away(length, -1), "ago");
            found.approximate = near > 0;
            return Some(found);
        }
        if !word.is(Role::In) {
            return None;
        }
        let length = self.length(at + 1 + near)?;
        // "in a five-year plan"
        if self.is_dash(length.end.wrapping_sub(2)) {
            return None;
        }
        let possessive = self.mark(length.end).is_some_and(|m| matches!(m, '\'' | '’'));
        let own_time = possessive
            && (self.word_is(length.end + 1, "time")
                || (self.word_is(length.end + 1, "s") && self.word_is(length.end + 2, "time")));
        let ahead = own_time || self.direction(at, length.end) == Direction::Future;
        let shorter_is_length = !self.lexicon.english && length.grain < Grain::Day;
        if !ahead || shorter_is_length {
            return None;
        }
        let mut found = Found::new(at + 1 + near, length.end, self.away(length, 1), "in-length");
        found.approximate = near > 0;
        Some(found)
    }

    /// `length` away from the article's date, as fine as the unit that is said: "two years ago" is a year.
    fn away(&self, length: Length, sign: i64) -> Value {
        let Some(count) = length.count else {
            return if length.grain < Grain::Day {
                Value::UnknownTime
            } else {
                Value::UnknownDate
            };
        };
        if let (Some(seconds), true) = (length.grain.seconds(), length.grain < Grain::Day) {
            let rest = length
                .rest
                .map_or(0.0, |(n, g)| n * g.seconds().unwrap_or(0) as f64);
            return match whole(count * seconds as f64 + rest) {
                Some(total) => self.seconds_from_now(sign * total),
                None => Value::UnknownTime,
            };
        }
        let (count, grain) = match (length.grain, whole(count)) {
            (grain, Some(count)) => (count, grain),
            // two and a half years are thirty months
            (grain, None) => match (whole(count * grain.months().unwrap_or(0) as f64), grain.months()) {
                (Some(months), Some(_)) => (months, Grain::Month),
                _ => return Value::UnknownDate,
            },
        };
        match grain {
            Grain::Day => Self::day_value(self.anchor.and_then(|a| calendar::add_days(a, sign * count))),
            Grain::Workday => {
                Self::day_value(self.anchor.and_then(|a| calendar::add_workdays(a, sign * count)))
            }
            Grain::Fortnight => self.around_anchor(Grain::Week, sign * count * 2),
            grain => self.around_anchor(grain, sign * count),
        }
    }

    /// `length` away from the last day that the text named.
    fn away_from_last(&self, length: Length, sign: i64) -> Value {
        let unknown = if length.grain < Grain::Day {
            Value::UnknownTime
        } else {
            Value::UnknownDate
        };
        let Some((count, base)) = length.count.and_then(whole).zip(self.last_day) else {
            return unknown;
        };
        if length.grain < Grain::Day {
            return unknown;
        }
        let stretch = match length.grain {
            Grain::Day | Grain::Workday => calendar::add_days(base, sign * count).map(Stretch::day),
            Grain::Fortnight => {
                calendar::around(base, Grain::Week).and_then(|s| calendar::shifted(s, sign * count * 2))
            }
            grain => calendar::around(base, grain).and_then(|s| calendar::shifted(s, sign * count)),
        };
        stretch.map_or(unknown, Value::Stretch)
    }
}

/// `base` moved by exactly the length.
fn shifted_day(base: jiff::civil::Date, length: Length, sign: i64) -> Option<jiff::civil::Date> {
    let count = whole(length.count?)? * sign;
    match length.grain {
        Grain::Workday => calendar::add_workdays(base, count),
        grain => match (grain.months(), grain.seconds()) {
            (Some(months), _) => calendar::add_months(base, count.checked_mul(months)?),
            (None, Some(seconds)) if seconds >= 86_400 => {
                calendar::add_days(base, count.checked_mul(seconds / 86_400)?)
            }
            _ => None,
        },
    }
}

/// A whole number of units, in the range that the calendar can hold.
fn whole(number: f64) -> Option<i64> {
    (number.fract().abs() < 1e-6 && number.abs() < 1e12).then_some(number as i64)
}
