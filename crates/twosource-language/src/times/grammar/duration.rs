//! Lengths: two hours, nearly a decade, a five-year plan, the last five months.

use super::super::calendar;
use super::super::lexeme::Kind;
use super::super::lexicon::Role;
use super::super::value::{Grain, Value};
use super::{Found, Reader};

/// A count of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Length {
    /// `None` for "a few".
    pub count: Option<f64>,
    pub grain: Grain,
    /// "1 hour and 30 minutes": the smaller part.
    pub rest: Option<(f64, Grain)>,
    pub end: usize,
}

impl Length {
    pub(super) fn notation(self) -> String {
        let head = self.grain.duration(self.count);
        let Some((count, grain)) = self.rest else {
            return head;
        };
        let tail = grain.duration(Some(count));
        match tail.strip_prefix("PT") {
            Some(small) if head.starts_with("PT") => head + small,
            Some(small) => format!("{head}T{small}"),
            None => head + tail.trim_start_matches('P'),
        }
    }
}

impl Reader<'_> {
    pub(super) fn duration_expression(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.shifted_length(at) {
            return Some(found);
        }
        let near = self.entry(at).and_then(|e| e.near);
        if near == Some(false) {
            return None;
        }
        let from = at + usize::from(near.is_some());
        let bare_article = self.is(from, Role::A);
        let length = self.length(from)?;
        if bare_article && near.is_none() && !self.length_wanted(from, length) {
            return None;
        }
        if self.is_an_age(length.end) || self.is_age_before(from) || self.is_price(from) {
            return None;
        }
        let mut found = Found::new(at, length.end, Value::Duration(length.notation()), "duration");
        found.approximate =
            near.is_some() || (at > 0 && self.entry(at - 1).is_some_and(|e| e.near.is_some()));
        Some(found)
    }

    /// "the last five months", "the next 30 hours", "les cinq derniers mois".
    fn shifted_length(&self, at: usize) -> Option<Found> {
        let next = self.skip(at, Role::The);
        let shift = self.entry(next)?.shift;
        let count_first = shift.is_none();
        let from = if count_first { next } else { next + 1 };
        let (count, mut behind) = self.count(from)?;
        if count_first {
            self.entry(behind)?.shift.filter(|s| *s != 0)?;
            behind += 1;
        }
        let grain = self.entry(behind)?.unit?;
        let Some(count) = count else {
            // "the past few days" is vague: found, without a value
            return Some(Found::new(
                at,
                behind + 1,
                Value::Duration(grain.duration(None)),
                "duration-vague",
            ));
        };
        if next == at
            && !count_first
            && let Some(value) = self.stretches_away(shift.unwrap_or(0).into(), count, grain)
        {
            return Some(Found::new(at, behind + 1, value, "units-around-now"));
        }
        Some(Found::new(
            at,
            behind + 1,
            Value::Duration(grain.duration(Some(count))),
            "duration-around-now",
        ))
    }

    /// "next three weeks", "last 2 months" without an article: whole units of the calendar.
    fn stretches_away(&self, shift: i64, count: f64, grain: Grain) -> Option<Value> {
        if grain < Grain::Day || count.fract() != 0.0 || count > 1e6 || shift == 0 {
            return None;
        }
        let here = calendar::around(self.anchor?, grain)?;
        let first = calendar::shifted(here, if shift < 0 { -(count as i64) } else { 1 })?;
        let end = calendar::shifted(first, count as i64)?;
        Some(Value::Days(Some(first.start), Some(end.start)))
    }

    /// A count with its unit: "two hours", "12-hour", "one and a half years", "half a century".
    pub(super) fn length(&self, at: usize) -> Option<Length> {
        if self.lexicon.english && (self.word_is(at, "half") || self.is_mark(at, '½')) {
            let next = self.skip(at + 1, Role::A);
            let grain = self.unit(next)?;
            return Some(Length {
                count: Some(0.5),
                grain,
                rest: None,
                end: next + 1,
            });
        }
        let (count, next) = self.count(at)?;
        let mut next = next;
        if self.is_dash(next) && self.joined(next) {
            next += 1;
        }
        let grain = self.unit(next)?;
        // "a second", "the third quarter", "one second" are order or chance, not length
        if grain == Grain::Second && self.is(at, Role::A) {
            return None;
        }
        if grain == Grain::Quarter && self.is(at, Role::A) {
            return None;
        }
        let mut length = Length {
            count,
            grain,
            rest: None,
            end: next + 1,
        };
        let Some(count) = count else {
            return Some(length);
        };
        if self.is(next + 1, Role::And)
            && self.is(next + 2, Role::A)
            && self.entry(next + 3).is_some_and(|e| e.fraction.is_some())
            && self.unit(next + 4).is_none()
        {
            let part = self.entry(next + 3).and_then(|e| e.fraction).unwrap_or(0.0);
            length.count = Some(count + part);
            length.end = next + 4;
            return Some(length);
        }
        // "1 hour and 30 minutes", "2 years, 3 months"
        let mut more = next + 1;
        if self.is(more, Role::And) || self.is_mark(more, ',') {
            more += 1;
        }
        if let Some((Some(small), end)) = self.count(more).filter(|_| !self.is(more, Role::A))
            && let Some(unit) = self
                .unit(end)
                .filter(|u| *u < grain && u.seconds().is_some() | (*u == Grain::Month))
        {
            length.rest = Some((small, unit));
            length.end = end + 1;
        }
        Some(length)
    }

    fn unit(&self, at: usize) -> Option<Grain> {
        let lexeme = self.lexemes.get(at)?;
        let entry = lexeme.entry?;
        if lexeme.new_line || entry.near.is_some() {
            return None;
        }
        entry.unit
    }

    /// A cardinal number, and where it ends; the number is `None` when it is vague.
    pub(super) fn count(&self, at: usize) -> Option<(Option<f64>, usize)> {
        if let Some((digits, _)) = self.digits(at) {
            if at > 0
                && self.joined(at)
                && (matches!(
                    self.mark(at - 1),
                    Some('.' | ',' | '$' | '£' | '€' | '/' | '-' | ':' | '+')
                ) || self.lexemes[at - 1].kind == Kind::Word)
            {
                return None;
            }
            let mut number = digits as f64;
            let mut next = at + 1;
            while let (Some('.' | ','), Some((part, width))) = (self.mark(next), self.digits(next + 1)) {
                if !self.joined(next) || !self.joined(next + 1) {
                    break;
                }
                let thousands =
                    width == 3 && self.is_mark(next, if self.lexicon.english { ',' } else { '.' });
                if thousands {
                    number = number * 1000.0 + part as f64;
                } else {
                    number += part as f64 / 10f64.powi(width as i32);
                }
                next += 2;
                if !thousands {
                    break;
                }
            }
            return Some(self.with_half(number, next));
        }
        let entry = self.entry(at)?;
        if entry.vague {
            return Some((None, at + 1));
        }
        if entry.is(Role::A) && entry.number.is_none() {
            if self
                .entry(at + 1)
                .is_some_and(|e| e.number.is_some() || e.scale.is_some())
            {
                return self.count(at + 1);
            }
            return Some((Some(1.0), at + 1));
        }
        let after_article = at > 0 && self.is(at - 1, Role::A);
        let (mut number, mut next) = (
            entry
                .number
                .or(entry.scale.filter(|_| after_article || !self.lexicon.english))?,
            at + 1,
        );
        if (20.0..100.0).contains(&number) {
            let dash = usize::from(self.is_dash(next) && self.joined(next));
            if let Some(units) = self
                .entry(next + dash)
                .and_then(|e| e.number)
                .filter(|n| (1.0..10.0).contains(n))
            {
                number += units;
                next += 1 + dash;
            }
        }
        while let Some(scale) = self.entry(next).and_then(|e| e.scale) {
            number *= scale;
            next += 1;
        }
        Some(self.with_half(number, next))
    }

    /// "and a half" behind a number, also with hyphens.
    fn with_half(&self, number: f64, at: usize) -> (Option<f64>, usize) {
        if !self.lexicon.english {
            return (Some(number), at);
        }
        let hyphen = |i: usize| i + usize::from(self.is_dash(i) && self.joined(i));
        let next = hyphen(at);
        if self.is(next, Role::And) {
            let next = hyphen(next + 1);
            let next = hyphen(self.skip(next, Role::A));
            if let Some(part) = self
                .entry(next)
                .and_then(|e| e.fraction)
                .filter(|f| *f < 0.6 && !self.word_is(next, "quarters"))
                && self.unit(hyphen(next + 1)).is_some()
            {
                return (Some(number + part), next + 1);
            }
        }
        (Some(number), at)
    }

    /// A word beside "a year" that makes it a length.
    fn length_wanted(&self, at: usize, length: Length) -> bool {
        let before = at > 0
            && self.entry(at - 1).is_some_and(|e| {
                e.near.is_some()
                    || e.is(Role::For)
                    || e.is(Role::During)
                    || e.is(Role::After)
                    || e.is(Role::AgoPre)
                    || e.is(Role::In)
            });
        let half = self
            .entry(length.end.wrapping_sub(1))
            .is_some_and(|e| e.fraction.is_some());
        before || half
    }

    /// "old" behind: an age, which is no time expression.
    fn is_an_age(&self, end: usize) -> bool {
        let next = end + usize::from(self.is_dash(end));
        self.is(next, Role::Old) || (self.is(next, Role::Of) && self.is(next + 1, Role::Age))
    }

    /// "at the age of four months", "aged two years".
    fn is_age_before(&self, at: usize) -> bool {
        (at > 0 && self.is(at - 1, Role::Age))
            || (at > 1 && self.is(at - 1, Role::Of) && self.is(at - 2, Role::Age))
    }

    /// "$5 a year", "60 miles an hour".
    fn is_price(&self, at: usize) -> bool {
        self.is(at, Role::A)
            && at > 1
            && (self.digits(at - 1).is_some() || self.entry(at - 1).is_some_and(|e| e.scale.is_some()))
    }
}
