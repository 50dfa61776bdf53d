//! Days that a report speaks of, read from its opening: weekdays against its own date, and days of a month.
//!
//! A light reading without grammar, for telling Monday's event from Thursday's; the language step reads times in full.

use jiff::civil::{self, Weekday};

use crate::words::{Word, hash_bytes, term_of};

/// Most days kept of a report.
pub const MOST_DAYS: usize = 4;

/// A day spoken of: days since 1970 where the report is dated; else a code below 500, a weekday (1 to 7) or a day of the
/// year without its year (31 days to the month, from 100).
pub type Day = i32;

/// Collects the days of one report, word by word.
#[derive(Debug, Clone, Default)]
pub struct Days {
    found: Vec<Day>,
    /// The last word was this month (1 to 12), or this day of a month.
    month: Option<i32>,
    day: Option<i32>,
    /// Whether the last word was "next" or the like.
    ahead: bool,
}

impl Days {
    /// Reads the next word. `published` is the day (since 1970) of the report.
    pub fn read(&mut self, word: &Word, text: &str, published: Option<i32>) {
        let written = word.span.of(text);
        let (month, day) = (self.month.take(), self.day.take());
        let ahead = std::mem::take(&mut self.ahead);
        if word.number {
            let Some(value) = day_number(written) else { return };
            match month {
                Some(month) => self.put(resolve_date(month, value, published)),
                None => self.day = Some(value),
            }
            return;
        }
        if word.capital
            && let Some(month) = month_of(written)
        {
            match day {
                Some(day) => self.put(resolve_date(month, day, published)),
                None => self.month = Some(month),
            }
            return;
        }
        if word.capital
            && let Some(weekday) = weekday_of(written)
        {
            if !ahead {
                self.put(resolve_weekday(weekday, published));
            }
            return;
        }
        self.ahead = matches!(written, "next" | "Next" | "every" | "last");
        if matches!(written, "yesterday" | "Yesterday")
            && let Some(published) = published
        {
            self.put(Some(published - 1));
        }
    }

    /// The days in rising order, each once.
    #[must_use]
    pub fn into_days(mut self) -> Box<[Day]> {
        self.found.sort_unstable();
        self.found.into_boxed_slice()
    }

    fn put(&mut self, day: Option<Day>) {
        if let Some(day) = day
            && self.found.len() < MOST_DAYS
            && !self.found.contains(&day)
        {
            self.found.push(day);
        }
    }
}

/// The last such weekday up to the day of the report.
fn resolve_weekday(weekday: i32, published: Option<i32>) -> Option<Day> {
    let Some(published) = published else {
        return Some(weekday);
    };
    let today = civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().try_days(published).ok()?)
        .ok()?;
    let back = (monday_one(today.weekday()) - weekday).rem_euclid(7);
    Some(published - back)
}

/// The day of this month nearest to the report.
fn resolve_date(month: i32, day: i32, published: Option<i32>) -> Option<Day> {
    let Some(published) = published else {
        return Some(100 + month * 31 + day);
    };
    let epoch = civil::date(1970, 1, 1);
    let today = epoch
        .checked_add(jiff::Span::new().try_days(published).ok()?)
        .ok()?;
    let in_year = |year: i16| {
        let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some((date - epoch).get_days())
    };
    [today.year() - 1, today.year(), today.year() + 1]
        .into_iter()
        .filter_map(in_year)
        .min_by_key(|found| ((found - published).abs(), *found))
}

fn monday_one(weekday: Weekday) -> i32 {
    i32::from(weekday.to_monday_one_offset())
}

/// A number from 1 to 31, with or without an ordinal's ending.
fn day_number(written: &str) -> Option<i32> {
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let value: i32 = digits.parse().ok()?;
    (1..=31).contains(&value).then_some(value)
}

fn weekday_of(written: &str) -> Option<i32> {
    const NAMES: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let written = written
        .strip_suffix("'s")
        .or_else(|| written.strip_suffix("’s"))
        .unwrap_or(written);
    NAMES
        .iter()
        .zip(1..)
        .find(|(name, _)| **name == written)
        .map(|(_, number)| number)
}

fn month_of(written: &str) -> Option<i32> {
    const NAMES: [(&str, &str); 12] = [
        ("January", "Jan"),
        ("February", "Feb"),
        ("March", "Mar"),
        ("April", "Apr"),
        ("May", "May"),
        ("June", "Jun"),
        ("July", "Jul"),
        ("August", "Aug"),
        ("September", "Sept"),
        ("October", "Oct"),
        ("November", "Nov"),
        ("December", "Dec"),
    ];
    NAMES
        .iter()
        .zip(1..)
        .find(|((long, short), _)| *long == written || *short == written)
        .map(|(_, number)| number)
}

/// Whether a word names a weekday or a month: no name of anybody.
#[must_use]
pub fn is_calendar(term: u32) -> bool {
    use std::sync::OnceLock;
    static TERMS: OnceLock<Vec<u32>> = OnceLock::new();
    let terms = TERMS.get_or_init(|| {
        let words = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August \
            September October November December Jan Feb Apr Jun Jul Aug Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun";
        let mut terms: Vec<u32> = words.split_whitespace().map(term_of).collect();
        terms.push(hash_bytes(b"today"));
        terms.sort_unstable();
        terms
    });
    terms.binary_search(&term).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    /// 2025-05-15 was a Thursday.
    const THURSDAY: i32 = 20_223;

    fn check(text: &str, published: Option<i32>, expected: &[Day]) {
        let mut days = Days::default();
        for word in words(text, 100) {
            days.read(&word, text, published);
        }
        assert_eq!(&*days.into_days(), expected, "{text}");
    }

    #[test]
    fn days_spoken_of() {
        check("It fell on Thursday afternoon", Some(THURSDAY), &[THURSDAY]);
        check("opened on Monday, police said", Some(THURSDAY), &[THURSDAY - 3]);
        check("on Friday’s flight", Some(THURSDAY), &[THURSDAY - 6]);
        check(
            "on May 12 and 14 May",
            Some(THURSDAY),
            &[THURSDAY - 3, THURSDAY - 1],
        );
        check("since December 31st", Some(THURSDAY), &[THURSDAY - 135]);
        check("next Monday, or yesterday", Some(THURSDAY), &[THURSDAY - 1]);
        check("on Monday, 12 May", None, &[1, 100 + 5 * 31 + 12]);
        check("February 31", Some(THURSDAY), &[]);
        check("may 12 people", Some(THURSDAY), &[]);
    }
}
