//! Units of the calendar: last week, this autumn, the 1990s, the third quarter of 2018, the end of the year, Easter.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::super::calendar;
use super::super::lexicon::Role;
use super::super::tense::Direction;
use super::super::value::{Grain, Season, Stretch, Value};
use super::date::year_value;
use super::{Found, Reader};

impl Reader<'_> {
    /// "last week", "this autumn", "next Monday", "last March", "the following day"; behind the word in some languages.
    pub(super) fn shifted(&self, at: usize) -> Option<Found> {
        let next = self.skip(at, Role::The);
        let with_article = next > at;
        let Some(shift) = self.entry(next)?.shift else {
            return self.shifted_behind(at, next);
        };
        let behind = self.entry(next + 1)?;
        if self.lexemes[next + 1].new_line {
            return None;
        }
        let unit_shift = i64::from(if shift == 2 { 1 } else { shift });
        let end = next + 2;
        if let Some(grain) = behind.unit {
            return self.shifted_unit(at, next, end, grain, unit_shift, with_article);
        }
        let start = if with_article { next } else { at };
        if let Some(weekday) = behind.weekday {
            // "following Wednesday's vote": after it
            if !with_article && self.word_is(next, "following") {
                return None;
            }
            let value = self.weekday_shifted(weekday, shift);
            return Some(Found::new(start, end, value, "weekday-shifted"));
        }
        if let Some(month) = behind.month {
            // "this March 3" is a date with its own rule
            let value = self.month_shifted(month, shift);
            if let Some((year, _)) = self.digits(end).filter(|(_, w)| *w == 4) {
                let start = calendar::first_of(year, month);
                return Some(Found::new(
                    next,
                    end + 1,
                    super::date::month_value(start),
                    "month-year",
                ));
            }
            return Some(Found::new(start, end, value, "month-shifted"));
        }
        if let Some(season) = behind.season {
            let value = self.season_shifted(season, unit_shift);
            return Some(Found::new(start, end, value, "season-shifted"));
        }
        if let Some(holiday) = behind.holiday {
            let value = self.holiday_shifted(holiday, shift);
            return Some(Found::new(start, end, value, "holiday-shifted"));
        }
        if let Some(part) = behind.part.filter(|_| !with_article) {
            let day = self.anchor.and_then(|a| calendar::add_days(a, unit_shift));
            let value = day.map_or(Value::UnknownTime, |d| Value::PartOfDay(Some(d), part));
            return Some(Found::new(at, end, value, "part-of-day-now"));
        }
        None
    }

    fn shifted_unit(
        &self,
        at: usize,
        next: usize,
        end: usize,
        grain: Grain,
        shift: i64,
        with_article: bool,
    ) -> Option<Found> {
        let word = self.words(next);
        let plural = self.lexicon.english
            && self.words(end - 1).ends_with('s')
            && !self.is_mark(end, '\'')
            && shift != 0;
        if plural {
            // "the coming weeks", "last years": vague
            return None;
        }
        let folded = word.to_ascii_lowercase();
        let anaphoric = with_article && matches!(folded.as_str(), "next" | "following" | "previous" | "same");
        if grain < Grain::Day {
            // "the last minute" is no time of the clock
            return None;
        }
        if matches!(grain, Grain::Day | Grain::Workday) {
            if shift == 0 && folded == "this" {
                return Some(Found::new(at, end, Self::day_value(self.anchor), "this-day"));
            }
            if !self.lexicon.english || shift == 0 || folded == "last" || folded == "past" {
                return None;
            }
            let day = self.last_day.and_then(|d| calendar::add_days(d, shift));
            return Some(Found::new(at, end, Self::day_value(day), "next-day"));
        }
        if with_article
            && matches!(folded.as_str(), "last" | "past")
            && grain != Grain::Quarter
            && grain != Grain::Weekend
        {
            // "over the past year": the twelve months up to now
            let value = Value::Duration(grain.duration(Some(1.0)));
            return Some(Found::new(at, end, value, "duration-around-now"));
        }
        if anaphoric && folded != "next" {
            let base = self.last_day.or(self.anchor);
            let stretch = base
                .and_then(|b| calendar::around(b, grain))
                .and_then(|s| calendar::shifted(s, shift));
            let value = stretch.map_or(Value::UnknownDate, Value::Stretch);
            return Some(Found::new(at, end, value, "unit-shifted"));
        }
        let start = if with_article && grain < Grain::Decade {
            next
        } else {
            at
        };
        // on a Tuesday "they met this weekend" is the one that is over
        let over = grain == Grain::Weekend
            && shift == 0
            && self
                .anchor
                .is_some_and(|a| a.weekday().to_monday_one_offset() < 6)
            && self.direction(at, end) == Direction::Past;
        let shift = if over { -1 } else { shift };
        let value = self.around_anchor(grain, shift);
        if grain == Grain::Week
            && let Some((weekday, end)) = self.weekday_behind(end)
        {
            let monday = match &value {
                Value::Stretch(week) => Some(week.start),
                _ => None,
            };
            let day = monday.and_then(|m| calendar::add_days(m, i64::from(weekday) - 1));
            return Some(Found::new(start, end, Self::day_value(day), "weekday-of-week"));
        }
        Some(Found::new(start, end, value, "unit-shifted"))
    }

    /// "week 10", "week 3 of 2027": by ISO number.
    pub(super) fn week_number(&self, at: usize) -> Option<Found> {
        if !self.word_is(at, "week") {
            return None;
        }
        let (number, 1..=2) = self.lone_digits(at + 1)? else {
            return None;
        };
        let of = self.skip(at + 2, Role::Of);
        let (year, end) = match self.stretch_year(of).filter(|_| of > at + 2) {
            Some((year, end)) => (year, end),
            None => (self.anchor.map(|a| i64::from(a.year())), at + 2),
        };
        let monday = year.and_then(|y| {
            let week = ISOWeekDate::new(y.try_into().ok()?, number.try_into().ok()?, Weekday::Monday).ok()?;
            Some(week.date())
        });
        let value = monday.map_or(Value::UnknownDate, |start| {
            Value::Stretch(Stretch {
                grain: Grain::Week,
                start,
            })
        });
        Some(Found::new(at, end, value, "week-number"))
    }

    /// The weekday behind "next week", perhaps with "on".
    fn weekday_behind(&self, at: usize) -> Option<(i8, usize)> {
        let next = self.skip(at, Role::On);
        if self.lexemes.get(next)?.new_line {
            return None;
        }
        Some((self.weekday(next)?, next + 1))
    }

    /// "la semaine dernière", "el año pasado", "lundi dernier".
    fn shifted_behind(&self, at: usize, next: usize) -> Option<Found> {
        if self.lexicon.english {
            return None;
        }
        let unit = self.entry(next)?;
        let shift = self.entry(next + 1)?.shift.filter(|s| *s != 0)?;
        let end = next + 2;
        if let Some(grain) = unit.unit.filter(|g| *g >= Grain::Week) {
            return Some(Found::new(
                at,
                end,
                self.around_anchor(grain, shift.into()),
                "unit-shifted",
            ));
        }
        if let Some(month) = unit.month {
            return Some(Found::new(
                next,
                end,
                self.month_shifted(month, shift),
                "month-shifted",
            ));
        }
        if let Some(season) = unit.season {
            return Some(Found::new(
                at,
                end,
                self.season_shifted(season, shift.into()),
                "season-shifted",
            ));
        }
        None
    }

    fn month_shifted(&self, month: i8, shift: i8) -> Value {
        let start = self.anchor.and_then(|anchor| {
            let this = calendar::first_of(i64::from(anchor.year()), month)?;
            let own = anchor.first_of_month();
            let by = match shift {
                -1 if this >= own => -12,
                1 | 2 if this <= own => 12,
                _ => 0,
            };
            calendar::add_months(this, by)
        });
        super::date::month_value(start)
    }

    fn season_shifted(&self, season: Season, shift: i64) -> Value {
        let stretch = self.anchor.and_then(|anchor| {
            let year = i64::from(anchor.year());
            let own = calendar::season(year, season)?;
            // a winter in January began the year before
            let own = if season == Season::Winter && anchor.month() < 3 {
                calendar::season(year - 1, season)?
            } else {
                own
            };
            let running = own.start <= anchor && own.end()? > anchor;
            let year = i64::from(own.start.year());
            match shift {
                0 => Some(own),
                // the last one that is over, the next one to begin
                -1 => [year, year - 1]
                    .into_iter()
                    .filter_map(|y| calendar::season(y, season))
                    .find(|s| s.end().is_some_and(|end| end <= anchor)),
                _ => {
                    let next = if own.start > anchor && !running {
                        year
                    } else {
                        year + 1
                    };
                    calendar::season(next, season)
                }
            }
        });
        stretch.map_or(Value::UnknownDate, Value::Stretch)
    }

    /// "autumn 2018", "the spring of 2019", "in the summer".
    pub(super) fn season(&self, at: usize) -> Option<Found> {
        let next = self.skip(at, Role::The);
        let season = self.entry(next)?.season?;
        let mut behind = next + 1;
        if self.is_mark(behind, ',') {
            behind += 1;
        }
        behind = self.skip(behind, Role::Of);
        let year = self
            .digits(behind)
            .filter(|(y, w)| *w == 4 && (1000..2200).contains(y));
        if let Some((year, _)) = year {
            let value = calendar::season(year, season).map_or(Value::UnknownDate, Value::Stretch);
            return Some(Found::new(at, behind + 1, value, "season-year"));
        }
        if behind > next + 1 || self.is_mark(next + 1, ',') && behind > next + 2 {
            if let Some(found) = self.shifted(behind).filter(|f| {
                matches!(
                    f.value,
                    Value::Stretch(Stretch {
                        grain: Grain::Year,
                        ..
                    })
                )
            }) && let Value::Stretch(year) = found.value
            {
                let value = calendar::season(i64::from(year.start.year()), season)
                    .map_or(Value::UnknownDate, Value::Stretch);
                return Some(Found::new(at, found.end, value, "season-year"));
            }
            return None;
        }
        let roles = [Role::In, Role::By, Role::During, Role::After, Role::Before];
        let wanted = at > 0 && roles.iter().any(|r| self.is(at - 1, *r));
        if !wanted || !self.lexicon.english {
            return None;
        }
        let shift = match self.direction(next, next + 1) {
            Direction::Past => {
                let value = self.season_shifted(season, 0);
                let begun = matches!(value, Value::Stretch(s) if self.anchor.is_some_and(|a| s.start <= a));
                return Some(Found::new(
                    next,
                    next + 1,
                    if begun {
                        value
                    } else {
                        self.season_shifted(season, -1)
                    },
                    "season",
                ));
            }
            Direction::Future => 1,
            // of which year the text does not say
            Direction::Unknown => return Some(Found::new(next, next + 1, Value::UnknownDate, "season")),
        };
        Some(Found::new(
            next,
            next + 1,
            self.season_shifted(season, shift),
            "season",
        ))
    }

    /// "the 1990s", "the '90s", "the nineties", "the 21st century", "the 1800s".
    pub(super) fn decade(&self, at: usize) -> Option<Found> {
        let next = self.skip(at, Role::The);
        let quoted = usize::from(matches!(self.mark(next), Some('\'' | '’' | '‘')) && self.joined(next + 1));
        let from = next + quoted;
        if let Some((year, width)) = self.digits(from) {
            if let Some(found) = self.century(at, from, year) {
                return Some(found);
            }
            let apostrophe =
                usize::from(matches!(self.mark(from + 1), Some('\'' | '’')) && self.joined(from + 1));
            let suffix = from + 1 + apostrophe;
            let ending = self.words(suffix).to_lowercase();
            let plural = (self.lexicon.english && ending == "s" && (apostrophe == 0 || next > at))
                || ending == "er"
                || (apostrophe == 1 && ["lar", "lı", "ler", "li"].iter().any(|s| ending.starts_with(s)))
                || (self.is_dash(from + 1) && ["е", "х", "ые", "ых"].contains(&self.words(from + 2)));
            let spaced = self.lexicon.english && self.word_is(from + 1, "s") && (width == 4 || next > at);
            if !plural && !spaced {
                return None;
            }
            let end = if self.is_dash(from + 1) {
                from + 3
            } else {
                suffix + 1
            };
            let year = match (width, year) {
                (4, 1000..=2199) if year % 10 == 0 => year,
                (2, 20..=99) if year % 10 == 0 && (next > at || quoted == 1) => 1900 + year,
                _ => return None,
            };
            let grain = if width == 4 && year % 100 == 0 && year < 2000 {
                Grain::Century
            } else {
                Grain::Decade
            };
            let start = calendar::first_of(year, 1)?;
            return Some(Found::new(
                at,
                end,
                Value::Stretch(Stretch { grain, start }),
                "decade",
            ));
        }
        if self.lexicon.english {
            let word = self.words(next).to_ascii_lowercase();
            let tens = [
                "twenties",
                "thirties",
                "forties",
                "fifties",
                "sixties",
                "seventies",
                "eighties",
                "nineties",
            ];
            if let Some(ten) = tens.iter().position(|t| *t == word).filter(|_| next > at) {
                let start = calendar::first_of(1920 + 10 * ten as i64, 1)?;
                return Some(Found::new(
                    at,
                    next + 1,
                    Value::Stretch(Stretch {
                        grain: Grain::Decade,
                        start,
                    }),
                    "decade",
                ));
            }
            let ordinal = self.entry(next)?.ordinal?;
            return self.century(at, next, i64::from(ordinal));
        }
        None
    }

    fn century(&self, at: usize, number_at: usize, number: i64) -> Option<Found> {
        if !(1..=22).contains(&number) {
            return None;
        }
        let suffix = self.joined(number_at + 1)
            && ["st", "nd", "rd", "th", "."]
                .contains(&self.words(number_at + 1).to_ascii_lowercase().as_str());
        let mut next = number_at + 1 + usize::from(suffix);
        if self.is_dash(next) {
            next += 1;
        }
        if self.entry(next)?.unit? != Grain::Century || (!suffix && self.digits(number_at).is_some()) {
            return None;
        }
        let start = calendar::first_of((number - 1) * 100, 1)?;
        Some(Found::new(
            at,
            next + 1,
            Value::Stretch(Stretch {
                grain: Grain::Century,
                start,
            }),
            "century",
        ))
    }

    /// "Q3 2018", "2018-Q3", "the third quarter of 2018", "first half of this year", "2019 H2".
    pub(super) fn quarter(&self, at: usize) -> Option<Found> {
        if let Some((year, 4)) = self.lone_digits(at) {
            let next = at + 1 + usize::from(self.is_dash(at + 1) && self.joined(at + 1));
            let (grain, number, end) = self.short_quarter(next)?;
            return Some(Found::new(
                at,
                end,
                quarter_value(Some(year), grain, number),
                "quarter",
            ));
        }
        if let Some((grain, number, end)) = self.short_quarter(at) {
            let next = self.skip(end, Role::Of);
            let (year, end) = match self.stretch_year(next) {
                Some((year, end)) => (year, end),
                None => (self.anchor.map(|a| i64::from(a.year())), end),
            };
            return Some(Found::new(at, end, quarter_value(year, grain, number), "quarter"));
        }
        let next = self.skip(at, Role::The);
        let ordinal = self
            .entry(next)
            .and_then(|e| e.ordinal)
            .map(|n| (i64::from(n), next + 1))
            .or_else(|| {
                let (number, end) = self.ordinal_day(next, true)?;
                Some((i64::from(number), end))
            });
        let (number, mut behind) = ordinal?;
        if self.is_dash(behind) {
            behind += 1;
        }
        let grain = match self.entry(behind)? {
            e if e.unit == Some(Grain::Quarter) => Grain::Quarter,
            e if e.unit == Some(Grain::Half) || self.word_is(behind, "half") => Grain::Half,
            _ => return None,
        };
        let count = if grain == Grain::Quarter { 4 } else { 2 };
        if !(1..=count).contains(&number) {
            return None;
        }
        let of = self.skip(behind + 1, Role::Of);
        match self.stretch_year(of) {
            Some((year, end)) => Some(Found::new(at, end, quarter_value(year, grain, number), "quarter")),
            // "the second half" of a match is no time
            None if grain == Grain::Quarter && !self.is(behind + 1, Role::Of) => {
                let year = self.anchor.map(|a| i64::from(a.year()));
                Some(Found::new(
                    at,
                    behind + 1,
                    quarter_value(year, grain, number),
                    "quarter",
                ))
            }
            None => None,
        }
    }

    fn short_quarter(&self, at: usize) -> Option<(Grain, i64, usize)> {
        let grain = match self.words(at) {
            "Q" | "q" => Grain::Quarter,
            "H" | "h" => Grain::Half,
            _ => return None,
        };
        let (number, 1) = self.digits(at + 1)? else {
            return None;
        };
        let count = if grain == Grain::Quarter { 4 } else { 2 };
        (self.joined(at + 1)
            && (1..=count).contains(&number)
            && !self.joined(at + 2) | self.mark(at + 2).is_some())
        .then_some((grain, number, at + 2))
    }

    /// A year by number or as "this year", "the year".
    fn stretch_year(&self, at: usize) -> Option<(Option<i64>, usize)> {
        if let Some((year, 4)) = self.digits(at).filter(|(y, _)| (1000..2200).contains(y)) {
            return Some((Some(year), at + 1));
        }
        if self.is(at, Role::TheYear) {
            return Some((self.anchor.map(|a| i64::from(a.year())), at + 1));
        }
        let found = self.shifted(at)?;
        match found.value {
            Value::Stretch(Stretch {
                grain: Grain::Year,
                start,
            }) => Some((Some(i64::from(start.year())), found.end)),
            Value::UnknownDate
                if self
                    .entry(found.end - 1)
                    .is_some_and(|e| e.unit == Some(Grain::Year)) =>
            {
                Some((None, found.end))
            }
            _ => None,
        }
    }

    /// "the end of the year", "early 2018", "mid-November", "late last year", "year end".
    pub(super) fn edge(&self, at: usize) -> Option<Found> {
        if self.lexicon.english && self.entry(at)?.unit == Some(Grain::Year) {
            let next = at + 1 + usize::from(self.is_dash(at + 1));
            let whole = self.word_is(at, "year") && self.word_is(next, "end");
            return whole.then(|| Found {
                approximate: true,
                ..Found::new(at, next + 1, self.around_anchor(Grain::Year, 0), "edge")
            });
        }
        let next = self.skip(at, Role::The);
        self.entry(next)?.edge?;
        let mut behind = next + 1;
        if self.is_dash(behind) {
            behind += 1;
        }
        let of = self.skip(behind, Role::Of);
        let noun = matches!(
            self.words(next).to_ascii_lowercase().as_str(),
            "end" | "beginning" | "start" | "middle" | "close"
        );
        if self.lexicon.english && noun && of == behind {
            return None;
        }
        let inner = self.inner_stretch(of)?;
        Some(Found {
            approximate: true,
            ..Found::new(at, inner.end, inner.value, "edge")
        })
    }

    /// What an edge or an ordinal is of: a month, year, decade; "the month" is the article's.
    fn inner_stretch(&self, at: usize) -> Option<Found> {
        let large = |f: &Found| {
            matches!(
                f.value,
                Value::Stretch(Stretch {
                    grain: Grain::Week
                        | Grain::Month
                        | Grain::Season
                        | Grain::Quarter
                        | Grain::Half
                        | Grain::Year
                        | Grain::Decade
                        | Grain::Century,
                    ..
                })
            ) || f.value == Value::UnknownDate
        };
        let next = self.skip(at, Role::The);
        let named: [fn(&Self, usize) -> Option<Found>; 6] = [
            Self::named_date,
            Self::shifted,
            Self::decade,
            Self::quarter,
            Self::season,
            Self::year,
        ];
        let mut best: Option<Found> = None;
        for from in [at, next] {
            for reader in named {
                if let Some(found) = reader(self, from).filter(large) {
                    let better = best.as_ref().is_none_or(|b| b.end < found.end);
                    if better {
                        best = Some(found);
                    }
                }
            }
        }
        if best.is_some() {
            return best;
        }
        // the edge word itself is what makes a bare month a date
        let verb = matches!(self.words(next), "may" | "march" | "mar");
        if let Some(month) = self.entry(next).and_then(|e| e.month).filter(|_| !verb) {
            return Some(Found::new(at, next + 1, self.month_shifted(month, 0), "month"));
        }
        if let Some((year, 4)) = self.digits(next).filter(|(y, _)| (1000..2200).contains(y)) {
            return Some(Found::new(at, next + 1, year_value(year), "year"));
        }
        if self.is(at, Role::TheYear) {
            return Some(Found::new(at, at + 1, self.around_anchor(Grain::Year, 0), "unit"));
        }
        let grain = self.entry(next)?.unit.filter(|g| *g >= Grain::Week)?;
        let said = next > at || matches!(self.words(next).to_ascii_lowercase().as_str(), "year" | "month");
        (said && !self.words(next).ends_with('s'))
            .then(|| Found::new(at, next + 1, self.around_anchor(grain, 0), "unit"))
    }

    /// "the first Monday of September", "last week of July", "the week of April 10", "the 15th day of next month".
    pub(super) fn nth(&self, at: usize) -> Option<Found> {
        let mut next = self.skip(at, Role::The);
        if self.is(next, Role::WeekOf) {
            let day = self.stretch_or_day_flat(self.skip(next + 1, Role::On))?;
            let week = day
                .value
                .single_day()
                .and_then(|d| calendar::around(d, Grain::Week));
            return Some(Found::new(
                at,
                day.end,
                week.map_or(Value::UnknownDate, Value::Stretch),
                "week-of",
            ));
        }
        let last = self.entry(next).is_some_and(|e| e.shift == Some(-1))
            && (self.word_is(next, "last") || !self.lexicon.english);
        let nth = if last {
            next += 1;
            -1
        } else if let Some(number) = self.entry(next).and_then(|e| e.ordinal) {
            next += 1;
            i64::from(number)
        } else {
            let (number, end) = self.ordinal_day(next, true)?;
            next = end;
            i64::from(number)
        };
        // "20th of the next month"
        let direct = self.is(next, Role::Of).then_some(Grain::Day);
        let week_of = self.is(next, Role::WeekOf) && self.words(next).ends_with("of");
        if week_of {
            // "week of" is one piece of the lexicon
            let of = self.inner_stretch(next + 1)?;
            let value = match of.value {
                Value::Stretch(inner) => {
                    nth_of(inner, nth, Some(Grain::Week), None).map_or(Value::UnknownDate, Value::Stretch)
                }
                _ => Value::UnknownDate,
            };
            return Some(Found::new(at, of.end, value, "nth-of"));
        }
        let (grain, weekday) = match direct {
            Some(grain) => (Some(grain), None),
            None => {
                let entry = self.entry(next)?;
                next += 1;
                (entry.unit, entry.weekday)
            }
        };
        if !(self.is(next, Role::Of) || self.is(next, Role::In)) || (grain.is_none() && weekday.is_none()) {
            return None;
        }
        let of = self.inner_stretch(next + 1)?;
        if direct.is_some() && !matches!(self.entry(of.end - 1).and_then(|e| e.unit), Some(Grain::Month)) {
            return None;
        }
        let value = match of.value {
            Value::Stretch(inner) => {
                nth_of(inner, nth, grain, weekday).map_or(Value::UnknownDate, Value::Stretch)
            }
            _ => Value::UnknownDate,
        };
        Some(Found::new(at, of.end, value, "nth-of"))
    }

    fn stretch_or_day_flat(&self, at: usize) -> Option<Found> {
        let at = self.skip(at, Role::The);
        self.named_date(at)
            .or_else(|| self.numeric_date(at))
            .or_else(|| self.deictic(at))
    }

    /// "Christmas", "Easter Monday", "Thanksgiving 2023".
    pub(super) fn holiday(&self, at: usize) -> Option<Found> {
        let holiday = self.entry(at)?.holiday?;
        if self.lexicon.english && !self.capitalised(at) && self.words(at).len() < 6 {
            return None;
        }
        let mut next = at + 1;
        if self.is_mark(next, ',') {
            next += 1;
        }
        next = self.skip(next, Role::Of);
        let (year, end) = match self
            .digits(next)
            .filter(|(y, w)| *w == 4 && (1000..2200).contains(y))
        {
            Some((year, _)) => (Some(year), next + 1),
            None => match self
                .stretch_year(next)
                .filter(|_| next == at + 1 || self.is(next - 1, Role::Of))
            {
                Some((year, end)) => (year, end),
                None => (None, at + 1),
            },
        };
        if let Some(year) = year {
            let value = holiday_value(calendar::holiday(year, holiday));
            return Some(Found::new(at, end, value, "holiday-year"));
        }
        let direction = self.direction(at, end);
        let value = self.anchor.map_or(Value::UnknownDate, |anchor| {
            let base = i64::from(anchor.year());
            let near = (base - 1..=base + 1).filter_map(|y| calendar::holiday(y, holiday));
            let best = near.min_by_key(|(date, _)| {
                let wrong = match direction {
                    Direction::Past => *date > anchor,
                    Direction::Future => *date < anchor,
                    Direction::Unknown => false,
                };
                (
                    wrong,
                    anchor.until(*date).map_or(i32::MAX, |s| s.get_days().abs()),
                )
            });
            holiday_value(best)
        });
        Some(Found::new(at, end, value, "holiday"))
    }

    fn holiday_shifted(&self, holiday: super::super::lexicon::Holiday, shift: i8) -> Value {
        let Some(anchor) = self.anchor else {
            return Value::UnknownDate;
        };
        let base = i64::from(anchor.year());
        let mut near = (base - 1..=base + 1).filter_map(|y| calendar::holiday(y, holiday));
        let found = match shift {
            -1 => near.rfind(|(d, _)| *d < anchor),
            0 => calendar::holiday(base, holiday),
            _ => near.find(|(d, _)| *d > anchor),
        };
        holiday_value(found)
    }

    /// A day that an event is named after.
    pub(super) fn event(&self, at: usize) -> Option<Found> {
        let date: Date = self.entry(at)?.event?.parse().ok()?;
        // 9/11/2020 is a date
        if self.is_mark(at + 1, '/') {
            return None;
        }
        Some(Found::new(at, at + 1, Self::day_value(Some(date)), "event-day"))
    }
}

fn holiday_value(found: Option<(Date, i64)>) -> Value {
    match found {
        Some((date, 1)) => Value::Stretch(Stretch::day(date)),
        Some((date, length)) => Value::Days(Some(date), calendar::add_days(date, length)),
        None => Value::UnknownDate,
    }
}

fn quarter_value(year: Option<i64>, grain: Grain, number: i64) -> Value {
    let months = grain.months().unwrap_or(3);
    year.and_then(|y| calendar::first_of(y, ((number - 1) * months + 1) as i8))
        .map_or(Value::UnknownDate, |start| {
            Value::Stretch(Stretch { grain, start })
        })
}

/// The `nth` (or last, -1) unit or weekday inside a stretch.
fn nth_of(inner: Stretch, nth: i64, grain: Option<Grain>, weekday: Option<i8>) -> Option<Stretch> {
    let end = inner.end()?;
    if let Some(weekday) = weekday {
        let to = calendar::weekday(weekday)?;
        let date = if nth < 0 {
            end.nth_weekday(-1, to).ok()?
        } else {
            let before = calendar::add_days(inner.start, -1)?;
            before.nth_weekday(nth.try_into().ok()?, to).ok()?
        };
        return (date >= inner.start && date < end).then(|| Stretch::day(date));
    }
    let grain = grain?;
    let unit = if nth < 0 {
        let last = calendar::add_days(end, -1)?;
        let unit = calendar::around(last, grain)?;
        // a week belongs to the stretch that holds its Thursday
        if grain == Grain::Week && calendar::add_days(unit.start, 3)? >= end {
            calendar::shifted(unit, -1)?
        } else {
            unit
        }
    } else {
        let first = calendar::around(inner.start, grain)?;
        let early = match grain {
            Grain::Week => calendar::add_days(first.start, 3)? < inner.start,
            _ => first.start < inner.start,
        };
        calendar::shifted(first, nth - 1 + i64::from(early))?
    };
    (unit.start < end).then_some(unit)
}
