//! Days of one month told in a list: "14, 15 and 16 October", "October 14, 15 and 16".
//!
//! Each day is an expression of its own; the month, the year and the direction are those of the whole list.

use twosource_model::Upos;

use super::super::lexeme::Kind;
use super::super::lexicon::Role;
use super::date::{DateParts, ymd};
use super::{Found, Reader};

/// Most days of one list.
const MOST_DAYS: usize = 10;

impl Reader<'_> {
    /// A day of a list that does not stand beside the name of its month.
    pub(super) fn listed_day(&self, at: usize) -> Option<Found> {
        if self.digits(at).is_some() && self.lone_digits(at).is_none() {
            return None;
        }
        let (day, end) = self.ordinal_day(at, false)?;
        let parts = self
            .month_behind_list(day, end)
            .or_else(|| self.month_before_list(at, end))?;
        let value = match parts.year {
            Some(year) => Self::day_value(ymd(year, parts.month.into(), day.into())),
            None => self.day_without_year(at, parts, day),
        };
        Some(Found::new(at, end, value, "day-of-list"))
    }

    /// Where the list begins whose item stands at `at`; `at` where there is none.
    pub(super) fn list_start(&self, at: usize) -> usize {
        let mut start = at;
        let mut next_day = i8::MAX;
        for _ in 0..MOST_DAYS {
            let mut before = start;
            let step = |before: usize, is: bool| before - usize::from(is);
            before = step(before, before > 0 && self.is(before - 1, Role::The));
            let joint = before;
            before = step(before, before > 0 && self.joins(before - 1));
            before = step(before, before > 0 && self.is_mark(before - 1, ','));
            if before == joint {
                break;
            }
            let end = before;
            before = step(before, before > 0 && self.is_mark(before - 1, '.'));
            let item = (1..=3)
                .filter_map(|width| before.checked_sub(width))
                .find_map(|item| {
                    let (day, behind) = self.ordinal_day(item, false)?;
                    (self.behind_dot(behind) == end && day < next_day).then_some((item, day))
                });
            let Some((item, day)) = item else { break };
            (start, next_day) = (item, day);
        }
        start
    }

    /// "and", "or", "&": what joins the last item to the others.
    fn joins(&self, at: usize) -> bool {
        self.is(at, Role::And) || self.is_mark(at, '&') || (self.lexicon.english && self.word_is(at, "or"))
    }

    fn behind_dot(&self, at: usize) -> usize {
        at + usize::from(!self.lexicon.english && self.is_mark(at, '.') && self.joined(at))
    }

    /// Where the next item begins, and whether it is the last.
    fn next_item(&self, at: usize) -> Option<(usize, bool)> {
        let comma = usize::from(self.is_mark(at, ','));
        let last = self.joins(at + comma);
        let next = at + comma + usize::from(last);
        (next > at).then(|| (self.skip(next, Role::The), last))
    }

    /// "14, 15 and 16 October" for the 14 and the 15: the month and year, the days rising up to it.
    fn month_behind_list(&self, day: i8, end: usize) -> Option<DateParts> {
        let (mut before, mut at) = (day, self.behind_dot(end));
        for _ in 0..MOST_DAYS {
            let (item, last) = self.next_item(at)?;
            let (day, end) = self.ordinal_day(item, false).filter(|(day, _)| *day > before)?;
            if last {
                return self.day_then_month(item);
            }
            (before, at) = (day, self.behind_dot(end));
        }
        None
    }

    /// "October 14, 15 and 16" for the 15 and the 16; what is counted behind the last number makes it no day.
    fn month_before_list(&self, at: usize, end: usize) -> Option<DateParts> {
        let start = self.list_start(at);
        if !self.lexicon.english || start == at || start == 0 {
            return None;
        }
        let month_at = start - 1 - usize::from(self.is_mark(start - 1, '.') && start > 1);
        let month = self.entry(month_at)?.month?;
        let (mut before, _) = self.ordinal_day(at, false)?;
        let (mut item, mut behind) = (at, end);
        for _ in 0..MOST_DAYS {
            let following = self.next_item(behind).and_then(|(next, _)| {
                let (day, end) = self.ordinal_day(next, false).filter(|(day, _)| *day > before)?;
                Some((next, day, end))
            });
            let Some((next, day, end)) = following else { break };
            (item, before, behind) = (next, day, end);
        }
        if !self.joins(item - 1) || self.counts(behind) {
            return None;
        }
        let year = self.year_behind(behind).map(|(year, _)| year);
        Some(DateParts {
            month,
            day: Some(before),
            year,
            end: behind,
            ..DateParts::default()
        })
    }

    /// Whether the piece at `at` may be what the number before it counts.
    fn counts(&self, at: usize) -> bool {
        let Some(lexeme) = self.lexemes.get(at) else {
            return false;
        };
        match lexeme.kind {
            Kind::Mark(mark) => !matches!(mark, '.' | ',' | ';' | ':' | ')' | '!' | '?' | '"' | '”'),
            Kind::Digits => self.digits(at).is_none_or(|(_, width)| width != 4),
            Kind::Word => {
                let tokens = &self.analysis.tokens[self.analysis.tokens_in(lexeme.span)];
                tokens
                    .iter()
                    .any(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X))
            }
        }
    }
}
