//! Clock times: 3pm, 15:30, half past seven, noon, 15h30, 15 Uhr; with zone, range and the day behind them.

use jiff::civil::Date;

use super::super::calendar;
use super::super::lexeme::Kind;
use super::super::lexicon::Role;
use super::super::value::{Clock, Part, Value};
use super::{Found, Reader};

/// A clock time or a stretch between two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hours {
    from: Clock,
    to: Option<Clock>,
}

impl Hours {
    /// Moved into the part of day that is said beside it: "7 in the evening" is 19:00.
    pub(super) fn into_part(mut self, part: Part) -> Self {
        self.from = in_part(self.from, part);
        self.to = self.to.map(|to| in_part(to, part));
        self
    }

    pub(super) fn value(self, date: Option<Date>) -> Value {
        match self.to {
            Some(to) => Value::ClockRange(date, self.from, to),
            None => Value::Clock(date, self.from),
        }
    }
}

fn in_part(mut clock: Clock, part: Part) -> Clock {
    let late = match part {
        Part::Morning => false,
        Part::Afternoon | Part::Evening => clock.hour < 12,
        Part::Night => (5..12).contains(&clock.hour),
    };
    if !clock.sure && late {
        clock.hour += 12;
    }
    clock
}

impl Reader<'_> {
    /// A clock time, then perhaps the part of day or the day.
    pub(super) fn clock_first(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.bare_part(at) {
            return Some(found);
        }
        let (mut hours, mut end) = self.hours(at, false)?;
        if self.is(end, Role::In)
            && self.is(end + 1, Role::The)
            && let Some(part) = self.entry(end + 2).and_then(|e| e.part)
        {
            hours = hours.into_part(part);
            end += 3;
        }
        let next = if self.is_mark(end, ',') { end + 1 } else { end };
        let next = self.skip(next, Role::On);
        let next = self.skip(next, Role::Of);
        let near = self.lexemes.get(next).is_some_and(|l| !l.new_line);
        if near && let Some(day) = self.stretch_or_day(next) {
            let date = day.value.single_day();
            let unknown = matches!(day.value, Value::UnknownDate | Value::UnknownTime);
            if date.is_some() || unknown {
                let hours = match day.value {
                    Value::PartOfDay(_, part) => hours.into_part(part),
                    _ => match self.entry(day.end).and_then(|e| e.part) {
                        Some(part) => {
                            let value =
                                date.map_or(Value::UnknownTime, |d| hours.into_part(part).value(Some(d)));
                            return Some(Found::new(at, day.end + 1, value, "clock-day"));
                        }
                        None => hours,
                    },
                };
                let value = date.map_or(Value::UnknownTime, |d| hours.value(Some(d)));
                return Some(Found::new(at, day.end, value, "clock-day"));
            }
        }
        let rule = if hours.to.is_some() {
            "clock-range"
        } else {
            "clock"
        };
        Some(Found::new(at, end, hours.value(None), rule))
    }

    /// The clock time behind a day: ", at 3pm", " 8:00 GMT", " from 9 to 11am".
    pub(super) fn clock_behind(&self, at: usize) -> Option<(Hours, usize)> {
        let mut next = at;
        if self.lexemes.get(next)?.new_line {
            return None;
        }
        if self.is_mark(next, ',') {
            next += 1;
        }
        let mut said = false;
        while self.is(next, Role::At)
            || self.is(next, Role::From)
            || self.is(next, Role::Between)
            || (next > at && self.entry(next).is_some_and(|e| e.near == Some(false)))
        {
            said |= self.is(next, Role::At);
            next += 1;
        }
        let range = next > at && (self.is(next - 1, Role::From) || self.is(next - 1, Role::Between));
        let (hours, end) = self.hours(next, said)?;
        (!range || hours.to.is_some() || hours.from.sure).then_some((hours, end))
    }

    /// One clock time or a range. With `said` a bare hour counts ("at 7").
    fn hours(&self, at: usize, said: bool) -> Option<(Hours, usize)> {
        let digits_before = at > 1
            && self.joined(at)
            && matches!(
                self.mark(at - 1),
                Some('.' | ':' | ',' | '-' | '/' | '$' | '£' | '€')
            );
        if digits_before {
            return None;
        }
        let first = self.clock(at, said);
        // "5 to 6pm", "8-9am", "9:30 - 11:00"
        let behind = first
            .map(|(_, end)| end)
            .or_else(|| self.bare_hour(at).map(|(_, end)| end))?;
        let dash = self.is_dash(behind);
        let joins = dash
            || self.is(behind, Role::To)
            || (self.is(behind, Role::And) && at > 0 && self.is(at - 1, Role::Between));
        if joins && let Some((second, end)) = self.clock(behind + 1, first.is_some() && said) {
            if let Some((from, _)) = first {
                let word = self.entry(behind + 1).is_some_and(|e| e.clock.is_some());
                let elided = !from.sure && second.sure;
                if dash || elided || !word {
                    let from = if elided { half_of(from, second) } else { from };
                    return Some((
                        Hours {
                            from,
                            to: Some(second),
                        },
                        end,
                    ));
                }
            } else if let Some((from, _)) = self.bare_hour(at).filter(|_| second.sure) {
                let from = half_of(from, second);
                return Some((
                    Hours {
                        from,
                        to: Some(second),
                    },
                    end,
                ));
            }
        }
        let (from, end) = first?;
        Some((Hours { from, to: None }, end))
    }

    fn bare_hour(&self, at: usize) -> Option<(Clock, usize)> {
        let (hour, width) = self.lone_digits(at)?;
        (width <= 2 && (1..=12).contains(&hour)).then(|| (plain(hour as i8, 0, false), at + 1))
    }

    fn clock(&self, at: usize, said: bool) -> Option<(Clock, usize)> {
        if let Some((hour, minute)) = self.entry(at).and_then(|e| e.clock) {
            let mut clock = plain(hour, minute, true);
            clock.sure = true;
            return Some((clock, at + 1));
        }
        if self.entry(at).is_some_and(|e| e.is(Role::HourPre)) {
            return self.digital(at + 1, true);
        }
        self.digital(at, said)
            .or_else(|| self.past_the_hour(at))
            .or_else(|| self.spelled(at, said))
            .map(|(clock, end)| (clock, self.zone(end)))
    }

    /// `15:30`, `3.30pm`, `3pm`, `15h30`, `15 Uhr`, `1140 a.m.`.
    fn digital(&self, at: usize, said: bool) -> Option<(Clock, usize)> {
        let (hour, width) = self.digits(at)?;
        if at > 0 && self.joined(at) && self.lexemes[at - 1].kind == Kind::Word {
            return None;
        }
        let mut next = at + 1;
        let mut minute = 0;
        let mut second = None;
        let mut written = false;
        if width == 4 && self.is(next, Role::Zone) && self.zone(next) > next {
            // "0930 GMT"
            let clock = plain((hour / 100).try_into().ok()?, (hour % 100).try_into().ok()?, true);
            return self.in_range(clock).then_some((clock, next));
        }
        if width == 4 {
            let half = self.half(next)?;
            let clock = plain(
                (hour / 100).try_into().ok()?,
                (hour % 100).try_into().ok()?,
                false,
            );
            return self.in_range(clock).then(|| (with_half(clock, half.0), half.1));
        }
        if width > 2 {
            return None;
        }
        let two_digits = |i: usize| {
            self.digits(i)
                .filter(|(_, w)| *w == 2 && self.joined(i))
                .map(|(n, _)| n)
        };
        if self.is_mark(next, ':') && self.joined(next) {
            minute = two_digits(next + 1)?;
            next += 2;
            written = true;
            if self.is_mark(next, ':')
                && self.joined(next)
                && let Some(seconds) = two_digits(next + 1)
            {
                second = Some(seconds as i8);
                next += 2;
            }
        } else if self.is_mark(next, '.')
            && self.joined(next)
            && let Some(minutes) = two_digits(next + 1)
        {
            let sure = self.half(next + 2).is_some() || self.is(next + 2, Role::HourWord) || said;
            let decimal =
                self.is_mark(next + 2, '.') && self.joined(next + 2) && self.digits(next + 3).is_some();
            if !sure || decimal || minutes > 59 || self.is_mark(next + 2, '%') {
                return None;
            }
            minute = minutes;
            next += 2;
            written = true;
        } else if self.word_is(next, "h") && self.joined(next) && !self.lexemes[next].new_line {
            match two_digits(next + 1) {
                Some(minutes) => {
                    minute = minutes;
                    next += 2;
                }
                // "15h" is a length in English
                None if self.lexicon.english && !said => return None,
                None => next += 1,
            }
            written = true;
        }
        let mut clock = plain(hour.try_into().ok()?, minute.try_into().ok()?, false);
        clock.second = second;
        if !self.in_range(clock) || second.is_some_and(|s| s > 59) {
            return None;
        }
        if written
            && self.joined(next)
            && (self.is_mark(next, ':')
                || (self.is_mark(next, '.') && self.digits(next + 1).is_some() && self.joined(next + 1)))
        {
            return None; // a score or a longer figure
        }
        if let Some((half, end)) = self.half(next) {
            return (hour <= 12).then(|| (with_half(clock, half), end));
        }
        let letter = self.words(next).to_ascii_lowercase();
        if written && self.joined(next) && matches!(letter.as_str(), "a" | "p") {
            return Some((with_half(clock, if letter == "p" { 12 } else { 0 }), next + 1));
        }
        if self.is(next, Role::Oclock) || self.is(next, Role::HourWord) {
            clock.sure = self.is(next, Role::HourWord);
            let mut end = next + 1;
            // "15 Uhr 30", "18 heures 30"
            if self.is(next, Role::HourWord)
                && let Some((minutes, 2)) = self.digits(end)
                && minutes < 60
                && !written
                && !self.lexemes[end].new_line
            {
                clock.minute = minutes as i8;
                end += 1;
            }
            // "24 heures" is a length as often
            let length = self.lexicon.english
                || hour >= 24
                || (self.entry(next).is_some_and(|e| e.unit.is_some())
                    && !said
                    && end == next + 1
                    && !self.at_before(at));
            return (!length || self.is(next, Role::Oclock)).then(|| match self.half(end) {
                Some((half, end)) => (with_half(clock, half), end),
                None => (clock, end),
            });
        }
        if written {
            // "Corinthians 9:25"
            let verse = at > 0
                && self.lexemes[at - 1].entry.is_none()
                && self.lexemes[at - 1].kind == Kind::Word
                && self.capitalised(at - 1)
                && !self.is(next, Role::Zone);
            return (!verse).then_some((clock, next));
        }
        (said
            && (1..=24).contains(&hour)
            && self.lexemes.get(next).is_none_or(|l| {
                !matches!(l.kind, Kind::Word)
                    || l.entry.is_some_and(|e| {
                        e.day.is_some()
                            || e.weekday.is_some()
                            || e.is(Role::On)
                            || e.is(Role::In)
                            || e.is(Role::To)
                            || e.is(Role::Zone)
                            || e.now_part.is_some()
                            || e.is(Role::And)
                    })
            })
            && !(self.is_mark(next, ',') && self.joined(next + 1))
            && !matches!(self.mark(next), Some('%' | '-' | '/')))
        .then_some((clock, next))
    }

    fn at_before(&self, at: usize) -> bool {
        at > 0 && self.is(at - 1, Role::At)
    }

    /// "half past seven", "a quarter to noon", "20 past 3pm", "15 minutes past 3".
    fn past_the_hour(&self, at: usize) -> Option<(Clock, usize)> {
        if !self.lexicon.english {
            return None;
        }
        let mut next = self.skip(at, Role::A);
        let minutes = if self.word_is(next, "half") {
            30
        } else if self.word_is(next, "quarter") {
            15
        } else if let Some((digits, 1..=2)) = self.lone_digits(next) {
            digits
        } else {
            self.entry(next)?.number? as i64
        };
        next += 1;
        if self.words(next).to_ascii_lowercase().starts_with("minute") {
            next += 1;
        }
        let past = self.word_is(next, "past") || (self.is(next, Role::After) && self.word_is(next, "after"));
        let to = self.word_is(next, "to") || self.word_is(next, "til");
        if !(past || to) || !(1..60).contains(&minutes) {
            return None;
        }
        let (clock, end) = self
            .entry(next + 1)
            .and_then(|e| e.clock)
            .map(|(h, m)| (plain(h, m, true), next + 2))
            .or_else(|| self.digital(next + 1, past))
            .or_else(|| self.spelled(next + 1, past))?;
        // "5 to 6pm" is a range, "20 to 7" a score as often
        let round = minutes % 5 == 0 && minutes >= 10 && clock.minute == 0 && clock.sure;
        if to && !round && !self.word_is(next - 1, "quarter") {
            return None;
        }
        let total =
            i64::from(clock.hour) * 60 + i64::from(clock.minute) + if past { minutes } else { -minutes };
        let total = total.rem_euclid(24 * 60);
        let clock = Clock {
            hour: (total / 60) as i8,
            minute: (total % 60) as i8,
            ..clock
        };
        Some((clock, end))
    }

    /// "three am", "ten thirty pm", "seven o'clock"; with `said` "at seven".
    fn spelled(&self, at: usize, said: bool) -> Option<(Clock, usize)> {
        if !self.lexicon.english {
            return None;
        }
        let hour = self
            .entry(at)?
            .number
            .filter(|n| (1.0..=12.0).contains(n) && n.fract() == 0.0)?;
        if self.word_is(at, "dozen") || self.word_is(at, "couple") {
            return None;
        }
        let minute = self
            .entry(at + 1)
            .and_then(|e| e.number)
            .filter(|n| (10.0..60.0).contains(n));
        let next = at + 1 + usize::from(minute.is_some());
        let clock = plain(hour as i8, minute.unwrap_or(0.0) as i8, false);
        if let Some((half, end)) = self.half(next) {
            return Some((with_half(clock, half), end));
        }
        if self.is(next, Role::Oclock) {
            return Some(match self.half(next + 1) {
                Some((half, end)) => (with_half(clock, half), end),
                None => (clock, next + 1),
            });
        }
        (said
            && (minute.is_some()
                || self
                    .entry(next)
                    .is_some_and(|e| e.now_part.is_some() || e.day.is_some())))
        .then_some((clock, next))
    }

    fn half(&self, at: usize) -> Option<(i8, usize)> {
        let lexeme = self.lexemes.get(at)?;
        let half = lexeme.entry?.clock_half?;
        if lexeme.new_line {
            return None;
        }
        Some((half, at + 1))
    }

    fn zone(&self, at: usize) -> usize {
        if self.is(at, Role::Zone) && self.words(at).chars().all(char::is_uppercase) {
            return at + 1;
        }
        if self.is_mark(at, '(') && self.is(at + 1, Role::Zone) && self.is_mark(at + 2, ')') {
            return at + 3;
        }
        at
    }

    fn in_range(&self, clock: Clock) -> bool {
        (0..=24).contains(&clock.hour)
            && (0..60).contains(&clock.minute)
            && (clock.hour < 24 || clock.minute == 0)
    }

    /// The moment a length away from the article's.
    pub(super) fn seconds_from_now(&self, seconds: i64) -> Value {
        if seconds % 86_400 == 0 {
            let day = self.anchor.and_then(|a| calendar::add_days(a, seconds / 86_400));
            return Self::day_value(day);
        }
        self.now
            .and_then(|n| calendar::add_seconds(n, seconds))
            .map_or(Value::UnknownTime, Value::Moment)
    }
}

fn plain(hour: i8, minute: i8, sure: bool) -> Clock {
    Clock {
        hour,
        minute,
        second: None,
        sure: sure || hour > 12 || hour == 0,
    }
}

fn with_half(mut clock: Clock, half: i8) -> Clock {
    if clock.hour <= 12 {
        clock.hour = clock.hour % 12 + half;
    }
    clock.sure = true;
    clock
}

/// The start of "5 to 6pm": the same half of the day, unless that would be after the end.
fn half_of(from: Clock, to: Clock) -> Clock {
    let late = to.hour >= 12 && from.hour < 12;
    let moved = Clock {
        hour: from.hour + if late { 12 } else { 0 },
        sure: true,
        ..from
    };
    if (moved.hour, moved.minute) < (to.hour, to.minute) {
        moved
    } else {
        Clock { sure: true, ..from }
    }
}
