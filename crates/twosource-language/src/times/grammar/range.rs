//! Stretches whose two ends share a month or year: July 13-15, 12 to 16 September, June-August 1992.

use super::super::calendar;
use super::super::lexicon::Role;
use super::super::value::Value;
use super::date::ymd;
use super::{Found, Reader};

impl Reader<'_> {
    pub(super) fn elided_range(&self, at: usize) -> Option<Found> {
        self.month_days(at)
            .or_else(|| self.days_month(at))
            .or_else(|| self.months(at))
    }

    fn range_word(&self, at: usize, start: usize) -> bool {
        let between = self.is(at, Role::And) && start > 0 && self.is(start - 1, Role::Between);
        self.is_dash(at) || (self.is(at, Role::To) && !self.lexemes[at].new_line) || between
    }

    /// "July 13-15", "April 9th through 17th, 2018".
    fn month_days(&self, at: usize) -> Option<Found> {
        if !self.lexicon.english {
            return None;
        }
        let month = self.entry(at)?.month?;
        let (from, behind) = self.ordinal_day(at + 1, false)?;
        if !self.range_word(behind, at) {
            return None;
        }
        let (to, end) = self.ordinal_day(self.skip(behind + 1, Role::The), false)?;
        // "July 13 to 15 July" and clock times are something else
        if self
            .entry(end)
            .is_some_and(|e| e.month.is_some() || e.clock_half.is_some())
            || self.is_mark(end, ':')
        {
            return None;
        }
        self.day_range(at, end, month, from, to)
    }

    /// "12 to 16 September", "13th-15th of July 2018", "12. bis 16. September".
    fn days_month(&self, at: usize) -> Option<Found> {
        let (from, mut behind) = self.ordinal_day(at, false)?;
        if self.is_mark(behind, '.') {
            behind += 1;
        }
        let until = self.is(behind, Role::By) && !self.lexicon.english;
        if !self.range_word(behind, at) && !until {
            return None;
        }
        let (to, mut next) = self.ordinal_day(self.skip(behind + 1, Role::The), false)?;
        if self.is_mark(next, '.') && self.joined(next) {
            next += 1;
        }
        let next = self.skip(next, Role::Of);
        let month = self.entry(next)?.month?;
        self.day_range(at, next + 1, month, from, to)
    }

    fn day_range(&self, at: usize, end: usize, month: i8, from: i8, to: i8) -> Option<Found> {
        if to <= from {
            return None;
        }
        let comma = usize::from(self.is_mark(end, ','));
        let written = self
            .digits(end + comma)
            .filter(|(y, w)| *w == 4 && (1000..2200).contains(y));
        let (year, end) = match written {
            Some((year, _)) => (Some(year), end + comma + 1),
            None => (None, end),
        };
        let value = match (year, self.anchor) {
            (Some(year), _) => days(year, month, from, to),
            (None, Some(anchor)) => {
                let base = i64::from(anchor.year());
                let direction = self.direction(at, end);
                let near = (base - 1..=base + 1).filter_map(|y| days(y, month, from, to));
                near.min_by_key(|(first, last)| {
                    let away = anchor.until(*first).map_or(i32::MAX, |s| s.get_days().abs());
                    let wrong = match direction {
                        super::Direction::Past => *first > anchor,
                        super::Direction::Future => *last < anchor,
                        super::Direction::Unknown => false,
                    };
                    (wrong, away)
                })
            }
            (None, None) => None,
        };
        let value = value.map_or(Value::UnknownDate, |(from, to)| Value::Days(Some(from), Some(to)));
        Some(Found::new(at, end, value, "days-of-month"))
    }

    /// "June-August 1992", "May to October 2020": both ends are months of the year behind.
    fn months(&self, at: usize) -> Option<Found> {
        let from = self.entry(at)?.month?;
        if !self.is_dash(at + 1) {
            return None;
        }
        let to = self.entry(at + 2)?.month?;
        let (year, 4) = self.digits(at + 3)? else {
            return None;
        };
        let first = calendar::first_of(if from <= to { year } else { year - 1 }, from)?;
        let last = calendar::add_months(calendar::first_of(year, to)?, 1)?;
        Some(Found::new(
            at,
            at + 4,
            Value::Days(Some(first), Some(last)),
            "months-of-year",
        ))
    }
}

/// First day, and first day behind.
fn days(year: i64, month: i8, from: i8, to: i8) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let first = ymd(year, month.into(), from.into())?;
    let last = ymd(year, month.into(), to.into())?;
    Some((first, calendar::add_days(last, 1)?))
}
