//! Dates by number and by name: 2018-07-16, 7/16/2018, Monday, July 16, 2018, the 16th of July, July 2018, 2018.

use jiff::civil::Date;

use super::super::calendar;
use super::super::lexeme::{Kind, Lexeme};
use super::super::lexicon::Role;
use super::super::tense::Direction;
use super::super::value::{Grain, Stretch, Value};
use super::{Found, Reader};

/// Years that stand alone without a word beside them that says they are years.
const PLAIN_YEARS: std::ops::RangeInclusive<i64> = 1900..=2049;
/// Years that are read at all.
const YEARS: std::ops::RangeInclusive<i64> = 1000..=2199;

impl Reader<'_> {
    /// `2018-07-16`, `2018/07/16`, `16.07.2018`, `7/16/2018`, `2018-07`, `20180716`.
    pub(super) fn numeric_date(&self, at: usize) -> Option<Found> {
        let (first, width) = self.digits(at)?;
        if at > 0
            && self.joined(at)
            && self
                .mark(at - 1)
                .is_some_and(|m| matches!(m, '.' | ':' | '$' | '£' | '€'))
        {
            return None;
        }
        if width == 8 {
            let date = ymd(first / 10_000, first / 100 % 100, first % 100)?;
            return YEARS
                .contains(&i64::from(date.year()))
                .then(|| Found::new(at, at + 1, Self::day_value(Some(date)), "date-digits"));
        }
        let mark = self.mark(at + 1).filter(|m| matches!(m, '-' | '/' | '.'))?;
        if !self.joined(at + 1) || !self.joined(at + 2) {
            return None;
        }
        let second = self.digits(at + 2).map(|(n, _)| n).or_else(|| {
            // 05-Aug-2016
            self.entry(at + 2).and_then(|e| e.month).map(i64::from)
        })?;
        let named = self.digits(at + 2).is_none();
        let third = (self.is_mark(at + 3, mark) && self.joined(at + 3) && self.joined(at + 4))
            .then(|| self.digits(at + 4))
            .flatten();
        // a longer code: 133-03-03-2020
        if third.is_some()
            && self.joined(at + 5)
            && self.is_mark(at + 5, mark)
            && self.digits(at + 6).is_some()
        {
            return None;
        }
        if at > 1
            && self.joined(at)
            && self.is_mark(at - 1, mark)
            && self.joined(at - 1)
            && self.digits(at - 2).is_some()
        {
            return None;
        }
        match third {
            Some((day, 1 | 2)) if width == 4 => {
                let date = ymd(first, second, day)?;
                Some(Found::new(at, at + 5, Self::day_value(Some(date)), "date-iso"))
            }
            Some((year, size @ (2 | 4))) if width <= 2 => {
                let year = if size == 2 { full_year(year) } else { year };
                let month_first = self.lexicon.month_first && !named && mark != '.';
                let tries = if month_first {
                    [(first, second), (second, first)]
                } else {
                    [(second, first), (first, second)]
                };
                let date = tries.into_iter().find_map(|(month, day)| ymd(year, month, day))?;
                YEARS
                    .contains(&year)
                    .then(|| Found::new(at, at + 5, Self::day_value(Some(date)), "date-numeric"))
            }
            None if width == 4 && mark == '-' && YEARS.contains(&first) && self.digits(at + 2)?.1 <= 2 => {
                let start = calendar::first_of(first, second.try_into().ok()?)?;
                // 2015-16 is a season of two years, not a month
                let value = Value::Stretch(Stretch {
                    grain: Grain::Month,
                    start,
                });
                Some(Found::new(at, at + 3, value, "month-iso"))
            }
            None if mark == '/' && width <= 2 && !self.lexicon.english => None,
            _ => None,
        }
    }

    /// A date with a month or weekday by name.
    pub(super) fn named_date(&self, at: usize) -> Option<Found> {
        let weekday = self.weekday(at);
        let mut next = at;
        if weekday.is_some() {
            next = at + 1;
            if self.is_mark(next, '.')
                && self.joined(next)
                && self.words(at).len() <= 5
                && self.lexicon.english
            {
                next += 1;
            }
        }
        let behind_weekday = next;
        if weekday.is_some() && self.is_mark(next, ',') {
            next += 1;
        }
        next = self.skip(next, Role::The);
        if weekday.is_none() && next > at && !self.is(at, Role::The) {
            next = at;
        }
        let full = self
            .month_then_day(next)
            .or_else(|| self.day_then_month(next))
            .filter(|f| weekday.is_none() || f.day.is_some());
        if let Some(mut parts) = full {
            parts.weekday = weekday;
            let start = if weekday.is_none() && parts.day.is_none() {
                next
            } else {
                at
            };
            return Some(self.of_parts(start, parts));
        }
        let weekday = weekday?;
        if let Some((day, end)) = self.ordinal_day(next, true) {
            let value = self.weekday_on(weekday, day, at, end);
            return Some(Found::new(at, end, value, "weekday-day"));
        }
        if !self.stands_alone_as_weekday(at) {
            return None;
        }
        let end = behind_weekday;
        // "Wednesday of next week", "Monday next week"
        if let Some((week, end)) = self.week_behind(end) {
            let date = calendar::add_days(week, i64::from(weekday) - 1);
            return Some(Found::new(at, end, Self::day_value(date), "weekday-of-week"));
        }
        if !self.lexicon.english
            && let Some(shift @ (-1 | 1)) = self.entry(end).and_then(|e| e.shift)
        {
            let value = self.weekday_shifted(weekday, shift);
            return Some(Found::new(at, end + 1, value, "weekday-shifted"));
        }
        let end =
            if self.is_mark(end.wrapping_sub(1), '.') && end == at + 2 && self.starts_sentence_behind(end) {
                at + 1
            } else {
                end
            };
        let direction = self.direction(at, end);
        let date = self.anchor.and_then(|a| near_weekday(a, weekday, direction));
        Some(Found::new(at, end, Self::day_value(date), "weekday"))
    }

    /// "July 16, 2018", "July 16", "July 2018", "July".
    fn month_then_day(&self, at: usize) -> Option<DateParts> {
        let month = self.entry(at)?.month?;
        let mut next = at + 1;
        let abbreviated = self.is_mark(next, '.') && self.joined(next) && self.words(at).chars().count() <= 5;
        if abbreviated {
            next += 1;
        }
        let mut parts = DateParts {
            month,
            end: next,
            ..DateParts::default()
        };
        let slash = matches!(self.mark(next), Some('/' | '-')) && self.joined(next) && self.joined(next + 1);
        let from = if slash { next + 1 } else { next };
        let comma = usize::from(self.is_mark(from, ','));
        if self.lexicon.english {
            let behind = self.skip(from, Role::The);
            let ordinal = self.ordinal_day(behind + comma, false);
            let day = ordinal.filter(|(_, end)| !self.begins_clock(behind, *end));
            if let Some((day, end)) =
                day.filter(|_| comma == 0 || self.ordinal_day(behind + comma, true).is_some())
            {
                parts.day = Some(day);
                parts.end = end;
            }
        }
        if let Some((year, end)) = self.year_behind(if slash && parts.day.is_none() {
            from
        } else {
            parts.end
        }) {
            parts.year = Some(year);
            parts.end = end;
        }
        if parts.day.is_none() && parts.year.is_none() {
            if abbreviated {
                parts.end = if self.starts_sentence_behind(next) {
                    at + 1
                } else {
                    next
                };
            }
            if !self.stands_alone_as_month(at) {
                return None;
            }
        }
        Some(parts)
    }

    /// "16 July 2018", "the 16th of July", "3. März 2018", "3 de marzo de 2018".
    pub(super) fn day_then_month(&self, at: usize) -> Option<DateParts> {
        let (day, mut next) = self.ordinal_day(at, false)?;
        if at > 0 && self.joined(at) && matches!(self.mark(at - 1), Some('.' | ',' | ':' | '$')) {
            return None;
        }
        if self.is_mark(next, '.') && self.joined(next) {
            next += 1;
        }
        if self.is_mark(next, '-') && self.joined(next) {
            next += 1;
        }
        if self.is(next, Role::Of) || (self.word_is(next, "day") && self.is(next + 1, Role::Of)) {
            next += if self.is(next, Role::Of) { 1 } else { 2 };
        }
        let month = self.entry(next)?.month?;
        // "2 may have" is no date
        if self.lexicon.english
            && self.words(next) == "may"
            && !self.words(at).ends_with(|c: char| c.is_alphabetic())
        {
            let dated = self.year_behind(next + 1).is_some() || next > at + 1;
            if !dated {
                return None;
            }
        }
        let mut end = next + 1;
        if self.is_mark(end, '.')
            && self.joined(end)
            && self.words(next).chars().count() <= 5
            && !self.starts_sentence_behind(end + 1)
        {
            end += 1;
        }
        let mut parts = DateParts {
            month,
            day: Some(day),
            end,
            ..DateParts::default()
        };
        let slash = usize::from(
            matches!(self.mark(end), Some('/' | '-')) && self.joined(end) && self.joined(end + 1),
        );
        if let Some((year, end)) = self.year_behind(end + slash) {
            parts.year = Some(year);
            parts.end = end;
        }
        Some(parts)
    }

    fn of_parts(&self, at: usize, parts: DateParts) -> Found {
        let rule = match (parts.day, parts.year) {
            (Some(_), Some(_)) => "date-full",
            (Some(_), None) => "month-day",
            (None, Some(_)) => "month-year",
            (None, None) => "month",
        };
        let value = match (parts.day, parts.year) {
            (Some(day), Some(year)) => Self::day_value(ymd(year, parts.month.into(), day.into())),
            (Some(day), None) => self.day_without_year(at, parts, day),
            (None, Some(year)) => month_value(calendar::first_of(year, parts.month)),
            (None, None) => {
                let direction = self.direction(at, parts.end);
                month_value(self.anchor.and_then(|a| near_month(a, parts.month, direction)))
            }
        };
        Found::new(at, parts.end, value, rule)
    }

    pub(super) fn day_without_year(&self, at: usize, parts: DateParts, day: i8) -> Value {
        let Some(anchor) = self.anchor else {
            return Value::UnknownDate;
        };
        let year = i64::from(anchor.year());
        let candidates = (year - 8..=year + 8).filter_map(|y| ymd(y, parts.month.into(), day.into()));
        if let Some(weekday) = parts.weekday.and_then(calendar::weekday) {
            let fits = candidates.filter(|d| d.weekday() == weekday);
            return Self::day_value(fits.min_by_key(|d| distance(anchor, *d)));
        }
        let direction = self.direction(at, parts.end);
        Self::day_value(nearest(anchor, candidates, direction))
    }

    /// The day of this number that falls on this weekday, nearest to the article's.
    fn weekday_on(&self, weekday: i8, day: i8, start: usize, end: usize) -> Value {
        let Some((anchor, weekday)) = self.anchor.zip(calendar::weekday(weekday)) else {
            return Value::UnknownDate;
        };
        let first = anchor.first_of_month();
        let fits = (-12..=12)
            .filter_map(|by| calendar::add_months(first, by))
            .filter_map(|month| Date::new(month.year(), month.month(), day).ok())
            .filter(|date| date.weekday() == weekday);
        Self::day_value(nearest(anchor, fits, self.direction(start, end)))
    }

    pub(super) fn weekday_shifted(&self, weekday: i8, shift: i8) -> Value {
        let date = self.anchor.and_then(|anchor| {
            let to = calendar::weekday(weekday)?;
            match shift {
                -1 => anchor.nth_weekday(-1, to).ok(),
                2 => anchor.nth_weekday(1, to).ok(),
                shift => {
                    let week = calendar::around(anchor, Grain::Week)?;
                    let week = calendar::shifted(week, shift.into())?;
                    calendar::add_days(week.start, i64::from(weekday) - 1)
                }
            }
        });
        Self::day_value(date)
    }

    /// Monday of the week that "[of] next week" behind a weekday names.
    fn week_behind(&self, at: usize) -> Option<(Date, usize)> {
        let at = self.skip(at, Role::Of);
        let at = self.skip(at, Role::The);
        let shift = self.entry(at)?.shift?;
        if self.entry(at + 1)?.unit? != Grain::Week {
            return None;
        }
        let week = calendar::around(self.anchor?, Grain::Week)?;
        Some((calendar::shifted(week, shift.into())?.start, at + 2))
    }

    pub(super) fn weekday(&self, at: usize) -> Option<i8> {
        self.entry(at)?.weekday
    }

    /// Short forms are words of their own ("sat", "sun"): alone they count only with a capital and a word for it.
    fn stands_alone_as_weekday(&self, at: usize) -> bool {
        let word = self.words(at);
        if !self.lexicon.english || word.len() > 5 {
            return self.not_a_common_word(at);
        }
        let on =
            at > 0 && (self.is(at - 1, Role::On) || self.entry(at - 1).is_some_and(|e| e.shift.is_some()));
        match word.to_ascii_lowercase().as_str() {
            "sun" | "sat" | "wed" | "mon" => on && self.capitalised(at),
            _ => self.capitalised(at) || on,
        }
    }

    /// Words of other languages that are more than a weekday or month: Turkish "pazar" (market), "ekim" (sowing).
    fn not_a_common_word(&self, at: usize) -> bool {
        self.lexicon.english || self.capitalised(at) || !matches!(self.words(at), "pazar" | "salı" | "cuma")
    }

    /// A month name that is also a word or a first name needs a preposition before it.
    fn stands_alone_as_month(&self, at: usize) -> bool {
        let word = self.words(at);
        let folded = word.to_ascii_lowercase();
        if !self.lexicon.english {
            let ambiguous = matches!(
                folded.as_str(),
                "mars"
                    | "mart"
                    | "ocak"
                    | "ekim"
                    | "kasım"
                    | "aralık"
                    | "mai"
                    | "jan"
                    | "jun"
                    | "ago"
                    | "dic"
                    | "ene"
                    | "mar"
                    | "abr"
                    | "май"
                    | "мая"
                    | "март"
                    | "august"
                    | "mayo"
                    | "sen"
                    | "сен"
                    | "сентября"
                    | "фев"
            );
            let before = at > 0
                && self.entry(at - 1).is_some_and(|e| {
                    e.is(Role::In)
                        || e.is(Role::On)
                        || e.edge.is_some()
                        || e.is(Role::Of)
                        || e.shift.is_some()
                });
            return !ambiguous
                || before
                || (self.capitalised(at) && self.words(at).chars().count() > 4 && folded != "august");
        }
        let full = word.len() > 4 || matches!(folded.as_str(), "may" | "june" | "july");
        let common = matches!(folded.as_str(), "may" | "march" | "april" | "june" | "august");
        if full && !common {
            return self.capitalised(at) || self.dated_before(at);
        }
        self.dated_before(at) && (self.capitalised(at) || folded != "march") && !self.starts_line(at)
    }

    /// A word before `at` says that a month follows.
    fn dated_before(&self, at: usize) -> bool {
        let roles = [
            Role::In,
            Role::Of,
            Role::By,
            Role::Before,
            Role::After,
            Role::From,
            Role::To,
            Role::Between,
            Role::During,
        ];
        at > 0
            && (self.entry(at - 1).is_some_and(|e| {
                e.shift.is_some() || e.edge.is_some() || e.season.is_some() || roles.iter().any(|r| e.is(*r))
            }) || (self.is_dash(at - 1)
                && at > 1
                && self
                    .entry(at - 2)
                    .is_some_and(|e| e.edge.is_some() || e.month.is_some()))
                || (self.is(at - 1, Role::The) && at > 1 && self.is(at - 2, Role::In)))
    }

    fn starts_sentence_behind(&self, at: usize) -> bool {
        self.lexemes.get(at).is_none_or(|l| {
            l.new_line
                || (l.spaced && l.kind == Kind::Word && l.span.of(self.text).starts_with(char::is_uppercase))
        })
    }

    /// The digits at `from` are the hour of a clock time.
    fn begins_clock(&self, from: usize, end: usize) -> bool {
        let colon = self.is_mark(from + 1, ':') && self.joined(from + 1);
        colon
            || self
                .entry(end)
                .is_some_and(|e| e.clock_half.is_some() || e.is(Role::Oclock))
    }

    /// Day of the month: `16`, `16th`, `sixteenth`, `twenty-second`. With `ordinal`, bare digits do not count.
    pub(super) fn ordinal_day(&self, at: usize, ordinal: bool) -> Option<(i8, usize)> {
        if let Some((number, width @ 1..=2)) = self.digits(at) {
            if !(1..=31).contains(&number) || (self.joined(at) && at > 0 && self.is_mark(at - 1, ':')) {
                return None;
            }
            let suffix = self.joined(at + 1)
                && matches!(
                    self.words(at + 1).to_ascii_lowercase().as_str(),
                    "st" | "nd" | "rd" | "th" | "er" | "ème"
                );
            let glued = self.joined(at + 1)
                && (self.is_mark(at + 1, ',') || self.is_mark(at + 1, '.'))
                && self.joined(at + 2)
                && self.digits(at + 2).is_some();
            if glued || self.is_mark(at + 1, '%') || width == 0 {
                return None;
            }
            if ordinal && !suffix {
                return None;
            }
            let other_word = self.joined(at + 1) && !suffix && self.lexemes[at + 1].kind == Kind::Word;
            if other_word && self.entry(at + 1).is_none_or(|e| e.month.is_none()) {
                return None;
            }
            return Some((number as i8, at + 1 + usize::from(suffix)));
        }
        let entry = self.entry(at)?;
        let tens = entry.number.filter(|n| (20.0..=30.0).contains(n));
        if let Some(tens) = tens {
            let next = at + 1 + usize::from(self.is_dash(at + 1));
            let units = self.entry(next)?.ordinal.filter(|o| *o < 10)?;
            let day = tens as i8 + units as i8;
            return (day <= 31).then_some((day, next + 1));
        }
        let number = entry.ordinal.filter(|o| (1..=31).contains(o))?;
        Some((number as i8, at + 1))
    }

    /// A year behind a month or day: ", 2018", " of 2018", " 2018".
    pub(super) fn year_behind(&self, at: usize) -> Option<(i64, usize)> {
        let mut next = at;
        if self.is_mark(next, ',') {
            next += 1;
        }
        next = self.skip(next, Role::Of);
        if self.is(next, Role::TheYear) {
            next += 1;
        }
        let (year, end) = match self.digits(next) {
            Some((year, 4)) if YEARS.contains(&year) => (year, next + 1),
            Some(_) => return None,
            None => self.spelled_year(next)?,
        };
        let clock = self.is_mark(end, ':') && self.joined(end);
        let figure = self.joined(end)
            && matches!(self.mark(end), Some(',' | '.'))
            && self.joined(end + 1)
            && self.digits(end + 1).is_some();
        let year_word = !self.lexicon.english
            && self.entry(end).is_some_and(|e| {
                e.is(Role::YearMark) || (e.unit == Some(Grain::Year) && self.words(end).starts_with("год"))
            });
        let mut behind = end + usize::from(year_word);
        if year_word && self.is(end, Role::YearMark) && self.is_mark(behind, '.') && self.joined(behind) {
            behind += 1;
        }
        (!clock && !figure).then_some((year, behind))
    }

    /// "two thousand and ten", "nineteen eighty-six".
    fn spelled_year(&self, at: usize) -> Option<(i64, usize)> {
        if !self.lexicon.english {
            return None;
        }
        let number = |i: usize| self.entry(i)?.number.map(|n| n as i64);
        let below_hundred = |i: usize| -> Option<(i64, usize)> {
            let first = number(i)?;
            if first < 20 {
                return Some((first, i + 1));
            }
            let next = i + 1 + usize::from(self.is_dash(i + 1));
            match number(next) {
                Some(units @ 1..=9) => Some((first + units, next + 1)),
                _ => Some((first, i + 1)),
            }
        };
        let first = number(at)?;
        if first == 2 && self.entry(at + 1)?.scale == Some(1000.0) {
            let next = self.skip(at + 2, Role::And);
            return Some(below_hundred(next).map_or((2000, at + 2), |(rest, end)| (2000 + rest, end)));
        }
        if !(15..=20).contains(&first) {
            return None;
        }
        let mut next = at + 1;
        if self.entry(next).is_some_and(|e| e.scale == Some(100.0)) {
            next += 1;
        }
        let (rest, end) = below_hundred(next)?;
        (rest >= 10 || next > at + 1).then_some((first * 100 + rest, end))
    }

    /// A year alone.
    pub(super) fn year(&self, at: usize) -> Option<Found> {
        let year_said = self.is(at, Role::TheYear);
        let next = at + usize::from(year_said);
        let next = if year_said {
            self.skip(next, Role::Of)
        } else {
            next
        };
        if let Some((year, end)) = self.spelled_year(next).filter(|_| self.lexicon.english) {
            let dated = year_said || self.year_wanted(next);
            return dated.then(|| Found::new(at, end, year_value(year), "year-spelled"));
        }
        let (year, width) = self.lone_digits(next)?;
        let dashed_code = at > 1
            && self.joined(at)
            && self.is_dash(at - 1)
            && self.joined(at - 1)
            && self.digits(at - 2).is_some_and(|(_, w)| w != 4);
        if width != 4 || !YEARS.contains(&year) || dashed_code {
            return None;
        }
        let end = next + 1;
        if self.joined(end) && self.lexemes[end].kind == Kind::Word {
            return None;
        }
        if self.joined(end)
            && self.is_dash(end)
            && self.joined(end + 1)
            && self.digits(end + 1).is_some_and(|(_, w)| w != 4 && w != 2)
        {
            return None;
        }
        if !year_said && !self.reads_as_year(next, year) {
            return None;
        }
        let year_word = !self.lexicon.english
            && self.entry(end).is_some_and(|e| {
                e.is(Role::YearMark) || (e.unit == Some(Grain::Year) && self.words(end).starts_with("год"))
            });
        Some(Found::new(
            at,
            end + usize::from(year_word),
            year_value(year),
            "year",
        ))
    }

    /// Whether bare digits are a year rather than a count.
    fn reads_as_year(&self, at: usize, year: i64) -> bool {
        let behind = self
            .entry(at + 1)
            .filter(|_| self.lexemes[at + 1].kind == Kind::Word);
        let counted = behind.is_some_and(|e| {
            (e.unit.is_some() && e.season.is_none() && (e.unit != Some(Grain::Year) || self.lexicon.english))
                || e.scale.is_some()
        });
        if counted || self.measure_behind(at) {
            return false;
        }
        let wanted = self.year_wanted(at);
        if !PLAIN_YEARS.contains(&year) {
            return wanted && !self.plural_behind(at) && (self.lexicon.english || !self.noun_behind(at));
        }
        wanted || !self.plural_behind(at) || (at > 0 && self.is(at - 1, Role::The))
    }

    /// A word before `at` that goes with a year.
    fn year_wanted(&self, at: usize) -> bool {
        let roles = [
            Role::In,
            Role::Of,
            Role::By,
            Role::Before,
            Role::After,
            Role::From,
            Role::To,
            Role::Between,
            Role::During,
            Role::TheYear,
            Role::On,
        ];
        at > 0
            && ((roles.iter().any(|r| self.is(at - 1, *r))
                && self.entry(at - 1).is_none_or(|e| e.near.is_none()))
                || (self.is(at - 1, Role::And) && at > 1 && self.digits(at - 2).is_some_and(|(_, w)| w == 4))
                || self.is_mark(at - 1, '(')
                || self.word_is(at - 1, "year")
                || self
                    .entry(at - 1)
                    .is_some_and(|e| e.edge.is_some() || e.month.is_some() || e.season.is_some())
                || (self.is_dash(at - 1) && at > 1 && self.digits(at - 2).is_some_and(|(_, w)| w == 4)))
    }

    /// A small word that no list of time words holds: "1200 рублей".
    fn noun_behind(&self, at: usize) -> bool {
        let plain = |l: &Lexeme| l.kind == Kind::Word && l.spaced && !l.new_line && l.entry.is_none();
        self.lexemes.get(at + 1).is_some_and(plain) && self.words(at + 1).starts_with(char::is_lowercase)
    }

    fn plural_behind(&self, at: usize) -> bool {
        let word = self.words(at + 1);
        self.lexemes
            .get(at + 1)
            .is_some_and(|l| l.kind == Kind::Word && l.spaced && !l.new_line)
            && word.starts_with(char::is_lowercase)
            && ((word.ends_with('s') && word.len() > 4 && !word.ends_with("ss"))
                || matches!(word, "people" | "men" | "women")
                || word.ends_with("children"))
    }

    fn measure_behind(&self, at: usize) -> bool {
        matches!(
            self.words(at + 1).to_ascii_lowercase().as_str(),
            "percent"
                | "per"
                | "dollars"
                | "euros"
                | "pounds"
                | "km"
                | "kg"
                | "miles"
                | "metres"
                | "meters"
                | "feet"
                | "tonnes"
                | "tons"
                | "degrees"
                | "hectares"
                | "acres"
                | "people"
                | "others"
        )
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DateParts {
    pub weekday: Option<i8>,
    pub month: i8,
    pub day: Option<i8>,
    pub year: Option<i64>,
    pub end: usize,
}

/// A day of the calendar, if there is one.
pub(super) fn ymd(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

/// 18 is 2018, 85 is 1985.
pub(super) fn full_year(short: i64) -> i64 {
    if short < 50 { 2000 + short } else { 1900 + short }
}

pub(super) fn year_value(year: i64) -> Value {
    calendar::first_of(year, 1).map_or(Value::UnknownDate, |start| {
        Value::Stretch(Stretch {
            grain: Grain::Year,
            start,
        })
    })
}

pub(super) fn month_value(start: Option<Date>) -> Value {
    start.map_or(Value::UnknownDate, |start| {
        Value::Stretch(Stretch {
            grain: Grain::Month,
            start,
        })
    })
}

fn distance(a: Date, b: Date) -> i64 {
    a.until(b).map_or(i64::MAX, |s| i64::from(s.get_days()).abs())
}

/// The candidate that lies in the direction, nearest first; without one, the nearest of all.
fn nearest(anchor: Date, candidates: impl Iterator<Item = Date>, direction: Direction) -> Option<Date> {
    let all: Vec<Date> = candidates.collect();
    let fits = |d: &&Date| match direction {
        Direction::Past => **d <= anchor,
        Direction::Future => **d >= anchor,
        Direction::Unknown => true,
    };
    // a plan told in the past tense, or the other way round, lies close by: half a year is not overruled
    all.iter()
        .filter(fits)
        .min_by_key(|d| (distance(anchor, **d), **d))
        .or_else(|| all.iter().min_by_key(|d| (distance(anchor, **d), **d)))
        .copied()
}

fn near_weekday(anchor: Date, weekday: i8, direction: Direction) -> Option<Date> {
    let to = calendar::weekday(weekday)?;
    if anchor.weekday() == to {
        return Some(anchor);
    }
    anchor
        .nth_weekday(if direction == Direction::Future { 1 } else { -1 }, to)
        .ok()
}

fn near_month(anchor: Date, month: i8, direction: Direction) -> Option<Date> {
    let year = i64::from(anchor.year());
    let this = calendar::first_of(year, month)?;
    let by = match (direction, this.cmp(&anchor.first_of_month())) {
        (_, std::cmp::Ordering::Equal) => 0,
        (Direction::Future, std::cmp::Ordering::Less) => 1,
        (Direction::Past, std::cmp::Ordering::Greater) => -1,
        (Direction::Unknown, _) => {
            // the nearer one, looking back first
            let gap = i64::from(month) - i64::from(anchor.month());
            if gap > 6 { -1 } else { i64::from(gap < -8) }
        }
        _ => 0,
    };
    calendar::first_of(year + by, month)
}
