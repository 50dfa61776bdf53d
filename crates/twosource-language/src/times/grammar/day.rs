//! Days named from the article's: today, yesterday, tomorrow night, this afternoon; and parts of a day.

use super::super::calendar;
use super::super::lexicon::Role;
use super::super::value::{Part, Value};
use super::{Found, Reader};

impl Reader<'_> {
    /// "today", "yesterday", "the day after tomorrow", "tonight", "last night", "this morning".
    pub(super) fn deictic(&self, at: usize) -> Option<Found> {
        let entry = self.entry(at)?;
        if let Some((shift, part)) = entry.now_part {
            let day = self.anchor.and_then(|a| calendar::add_days(a, shift.into()));
            let value = day.map_or(Value::UnknownTime, |d| Value::PartOfDay(Some(d), part));
            return Some(Found::new(at, at + 1, value, "part-of-day-now"));
        }
        let shift = entry.day?;
        // Spanish "mañana" and German "morgen" are mornings too; behind an article they are nothing else
        let article = at > 0 && self.is(at - 1, Role::The);
        let capital_noun = !self.lexicon.english && self.capitalised(at) && !self.starts_line(at);
        if entry.part.is_some() && (article || capital_noun) {
            return None;
        }
        let day = self.anchor.and_then(|a| calendar::add_days(a, shift.into()));
        Some(Found::new(at, at + 1, Self::day_value(day), "day"))
    }

    /// Adds the part of day or clock time that stands behind a day.
    pub(super) fn with_time_of_day(&self, found: Found) -> Found {
        let day = found.value.single_day();
        let already = matches!(found.value, Value::PartOfDay(..) | Value::UnknownTime);
        let names_a_day = day.is_some() || matches!(found.value, Value::UnknownDate);
        if !names_a_day && !already {
            return found;
        }
        if let Some((clock, end)) = self.clock_behind(found.end) {
            let clock = match &found.value {
                Value::PartOfDay(_, part) => clock.into_part(*part),
                _ => clock,
            };
            let value = if day.is_none() {
                Value::UnknownTime
            } else {
                clock.value(day)
            };
            return Found {
                end,
                value,
                rule: "day-clock",
                ..found
            };
        }
        if already {
            return found;
        }
        let Some((part, end)) = self.part_behind(found.end) else {
            return found;
        };
        let value = day.map_or(Value::UnknownTime, |d| Value::PartOfDay(Some(d), part));
        let found = Found {
            end,
            value,
            rule: "day-part",
            ..found
        };
        match self.clock_behind(found.end) {
            Some((clock, end)) => Found {
                end,
                value: day.map_or(Value::UnknownTime, |d| clock.into_part(part).value(Some(d))),
                rule: "day-clock",
                ..found
            },
            None => found,
        }
    }

    /// "night" in "Thursday night"; "in the morning" behind a date.
    fn part_behind(&self, at: usize) -> Option<(Part, usize)> {
        if self.lexemes.get(at)?.new_line {
            return None;
        }
        let plain = self.entry(at)?;
        // "Saturday Night Live"
        if plain.part.is_some() && self.capitalised(at) && self.lexicon.english && self.capitalised(at + 1) {
            return None;
        }
        if let Some(part) = plain.part {
            // "Saturday mornings" repeats; the set rule has it
            return (!self.words(at).ends_with('s') || !self.lexicon.english).then_some((part, at + 1));
        }
        if !plain.is(Role::In) {
            return None;
        }
        let next = self.skip(at + 1, Role::The);
        let part = self.entry(next)?.part?;
        Some((part, next + 1))
    }

    /// "in the morning", "at night": a part of some day.
    pub(super) fn bare_part(&self, at: usize) -> Option<Found> {
        let led = self.is(at, Role::In) && self.is(at + 1, Role::The);
        if !self.lexicon.english || !led {
            return None;
        }
        let entry = self.entry(at + 2)?;
        let part = entry.part?;
        if self.is(at + 3, Role::Of)
            && self
                .entry(at + 4)
                .is_none_or(|e| e.month.is_none() && e.weekday.is_none())
        {
            return None;
        }
        if self.is(at + 3, Role::Of) {
            // "in the morning of May 3"
            let day = self.stretch_or_day(self.skip(at + 4, Role::The))?;
            let value = day
                .value
                .single_day()
                .map_or(Value::UnknownTime, |d| Value::PartOfDay(Some(d), part));
            return Some(Found::new(at + 1, day.end, value, "part-of-day"));
        }
        (!self.words(at + 2).ends_with('s'))
            .then(|| Found::new(at + 1, at + 3, Value::PartOfDay(None, part), "part-of-day"))
    }
}
