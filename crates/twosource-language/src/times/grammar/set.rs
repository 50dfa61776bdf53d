//! Repetitions: every year, daily, Mondays, once a week.

use super::super::lexicon::Role;
use super::super::value::{Grain, Value};
use super::{Found, Reader};

impl Reader<'_> {
    pub(super) fn set(&self, at: usize) -> Option<Found> {
        let entry = self.entry(at)?;
        // "LA Weekly" is a paper
        let named = self.capitalised(at) && !self.starts_line(at);
        if let Some(value) = entry.set.filter(|_| !named) {
            return Some(Found::new(at, at + 1, Value::Set(value.to_owned()), "set-word"));
        }
        if let Some(weekday) = entry.weekdays {
            let set = format!("XXXX-WXX-{weekday}");
            return Some(Found::new(at, at + 1, Value::Set(set), "weekdays"));
        }
        if let Some(weekday) = entry.weekday.filter(|_| self.lexicon.english) {
            let part = self.entry(at + 1)?.part?;
            if !self.words(at + 1).ends_with('s') {
                return None;
            }
            let value = Value::PartOfDay(None, part).notation();
            return Some(Found::new(
                at,
                at + 2,
                Value::Set(format!("XXXX-WXX-{weekday}{value}")),
                "weekdays",
            ));
        }
        if entry.is(Role::Once) {
            let grain = self.entry(at + 1)?.unit?;
            return Some(Found::new(
                at,
                at + 2,
                Value::Set(grain.duration(Some(1.0))),
                "once-a",
            ));
        }
        if !(entry.is(Role::Every) || entry.is(Role::EveryPlural)) {
            return None;
        }
        let mut next = at + 1;
        let mut count = 1.0;
        if self.is(next, Role::Other) {
            count = 2.0;
            next += 1;
        } else if let Some(nth) = self
            .entry(next)
            .and_then(|e| e.ordinal)
            .filter(|_| self.entry(next + 1).is_some_and(|e| e.unit.is_some()))
        {
            count = f64::from(nth);
            next += 1;
        } else if let Some((Some(number), end)) = self.count(next) {
            count = number;
            next = end;
        }
        let behind = self.entry(next)?;
        let value = if let Some(weekday) = behind.weekday {
            format!("XXXX-WXX-{weekday}")
        } else if behind.unit == Some(Grain::Weekend) && count == 1.0 {
            "XXXX-WXX-WE".to_owned()
        } else if let Some(grain) = behind.unit {
            grain.duration(Some(count))
        } else if let Some(month) = behind.month {
            format!("XXXX-{month:02}")
        } else if behind.season.is_some() || behind.part.is_some() {
            "P1".to_owned() + if behind.part.is_some() { "D" } else { "Y" }
        } else {
            return None;
        };
        Some(Found::new(at, next + 1, Value::Set(value), "every"))
    }
}
