//! Calendar arithmetic that jiff does not bring: weeks and quarters as stretches, movable feasts.
//!
//! Everything gives `None` outside the years that jiff can hold (-9999 to 9999).

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span as Length, ToSpan};

use super::lexicon::Holiday;
use super::value::{Grain, Season, Stretch};

/// The weekday of this ISO number, 1 Monday to 7 Sunday.
pub(super) fn weekday(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}

/// `date` moved by whole days.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Length::new().try_days(days).ok()?).ok()
}

/// `date` moved by whole months, cut to the last day of the month.
pub(super) fn add_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Length::new().try_months(months).ok()?).ok()
}

/// `moment` moved by seconds.
pub(super) fn add_seconds(moment: DateTime, seconds: i64) -> Option<DateTime> {
    moment.checked_add(Length::new().try_seconds(seconds).ok()?).ok()
}

/// The unit of the calendar that holds `date`.
pub(super) fn around(date: Date, grain: Grain) -> Option<Stretch> {
    let back = |days: i8| add_days(date, -i64::from(days));
    let year = i64::from(date.year());
    let start = match grain {
        Grain::Second | Grain::Minute | Grain::Hour | Grain::Day | Grain::Workday => date,
        Grain::Week | Grain::Fortnight => back(date.weekday().to_monday_zero_offset())?,
        Grain::Weekend => add_days(back(date.weekday().to_monday_zero_offset())?, 5)?,
        Grain::Month => date.first_of_month(),
        Grain::Quarter => first_of(year, (date.month() - 1) / 3 * 3 + 1)?,
        Grain::Half => first_of(year, (date.month() - 1) / 6 * 6 + 1)?,
        Grain::Season => {
            let (year, month) = match date.month() {
                1 | 2 => (year - 1, 12),
                month => (year, month / 3 * 3),
            };
            first_of(year, month)?
        }
        Grain::Year => first_of(year, 1)?,
        Grain::Decade => first_of(year.div_euclid(10) * 10, 1)?,
        Grain::Century => first_of(year.div_euclid(100) * 100, 1)?,
    };
    Some(Stretch { grain, start })
}

/// The first day of a month.
pub(super) fn first_of(year: i64, month: i8) -> Option<Date> {
    Date::new(year.try_into().ok()?, month, 1).ok()
}

/// `stretch` moved by `by` units of its own size.
pub(super) fn shifted(stretch: Stretch, by: i64) -> Option<Stretch> {
    let start = match stretch.grain {
        Grain::Week | Grain::Weekend => add_days(stretch.start, by.checked_mul(7)?)?,
        Grain::Fortnight => add_days(stretch.start, by.checked_mul(14)?)?,
        grain => match grain.months() {
            Some(months) => add_months(stretch.start, by.checked_mul(months)?)?,
            None => add_days(stretch.start, by)?,
        },
    };
    Some(Stretch { start, ..stretch })
}

/// The season of a year; winter is named after the year of its December.
pub(super) fn season(year: i64, season: Season) -> Option<Stretch> {
    let month = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    Some(Stretch {
        grain: Grain::Season,
        start: first_of(year, month)?,
    })
}

/// The `nth` weekday of the month that begins on `first`; negative counts from its end.
pub(super) fn nth_weekday(first: Date, nth: i64, number: i8) -> Option<Date> {
    first
        .nth_weekday_of_month(nth.try_into().ok()?, weekday(number)?)
        .ok()
}

/// The day (and length in days) of a holiday in a year.
pub(super) fn holiday(year: i64, holiday: Holiday) -> Option<(Date, i64)> {
    let date = match holiday {
        Holiday::Fixed { month, day } => Date::new(year.try_into().ok()?, month, day).ok()?,
        Holiday::Nth {
            nth,
            weekday,
            month,
            plus,
        } => add_days(
            nth_weekday(first_of(year, month)?, i64::from(nth), weekday)?,
            i64::from(plus),
        )?,
        Holiday::Easter(days) => add_days(easter(year)?, i64::from(days))?,
        Holiday::Orthodox(days) => add_days(orthodox_easter(year)?, i64::from(days))?,
        Holiday::Islamic { month, day, length } => {
            return Some((islamic(year, month, day)?, i64::from(length)));
        }
    };
    Some((date, 1))
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus (Nature, 1876).
fn easter(year: i64) -> Option<Date> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date::new(
        year.try_into().ok()?,
        (day / 31).try_into().ok()?,
        (day % 31 + 1).try_into().ok()?,
    )
    .ok()
}

/// Easter Sunday of the Julian calendar, as a Gregorian date (Meeus).
fn orthodox_easter(year: i64) -> Option<Date> {
    let d = (19 * year.rem_euclid(19) + 15).rem_euclid(30);
    let e = (2 * year.rem_euclid(4) + 4 * year.rem_euclid(7) - d + 34).rem_euclid(7);
    let day = d + e + 114;
    let julian = Date::new(
        year.try_into().ok()?,
        (day / 31).try_into().ok()?,
        (day % 31 + 1).try_into().ok()?,
    )
    .ok()?;
    let century = year.div_euclid(100);
    add_days(julian, century - century / 4 - 2)
}

/// The first such day of the tabular Islamic calendar (civil epoch, Kuwaiti leap years) in a Gregorian year. It can be
/// a day off from the sighted moon.
fn islamic(year: i64, month: u8, day: u8) -> Option<Date> {
    let epoch = Date::new(622, 7, 19).ok()?; // 16 July 622, Julian
    let start = Date::new(year.try_into().ok()?, 1, 1).ok()?;
    let near = (year - 622) * 33 / 32;
    (near - 1..=near + 2)
        .filter_map(|hijri| {
            let months = i64::from(month) - 1;
            let days = (hijri - 1) * 354
                + (11 * hijri + 3).div_euclid(30)
                + 29 * months
                + (months + 1) / 2
                + i64::from(day)
                - 1;
            add_days(epoch, days)
        })
        .find(|date| *date >= start && date.year() == start.year())
}

/// `date` moved by `days` business days, Saturdays and Sundays left out.
pub(super) fn add_workdays(date: Date, days: i64) -> Option<Date> {
    let (weeks, rest) = (days.checked_div(5)?, days % 5);
    let mut date = add_days(date, weeks.checked_mul(7)?)?;
    let step = rest.signum();
    let mut left = rest.abs();
    while left > 0 {
        date = date.checked_add((step).days()).ok()?;
        if date.weekday().to_monday_one_offset() <= 5 {
            left -= 1;
        }
    }
    Some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn feasts() {
        for (year, month, day) in [(2000, 4, 23), (2018, 4, 1), (2024, 3, 31), (2025, 4, 20)] {
            assert_eq!(easter(i64::from(year)), Some(date(year, month, day)));
        }
        for (year, month, day) in [(2018, 4, 8), (2024, 5, 5), (2025, 4, 20)] {
            assert_eq!(orthodox_easter(i64::from(year)), Some(date(year, month, day)));
        }
        // within a day of the sighted dates
        assert_eq!(islamic(2018, 12, 10), Some(date(2018, 8, 22)));
        assert_eq!(islamic(2024, 9, 1), Some(date(2024, 3, 11)));
    }

    #[test]
    fn stretches() {
        for (grain, start) in [
            (Grain::Week, date(2019, 12, 30)),
            (Grain::Weekend, date(2020, 1, 4)),
            (Grain::Season, date(2019, 12, 1)),
            (Grain::Quarter, date(2020, 1, 1)),
            (Grain::Decade, date(2020, 1, 1)),
        ] {
            assert_eq!(
                around(date(2020, 1, 3), grain).map(|s| s.start),
                Some(start),
                "{grain:?}"
            );
        }
        assert_eq!(add_workdays(date(2018, 8, 21), 4), Some(date(2018, 8, 27)));
        assert_eq!(add_days(date(9999, 12, 31), 1), None);
    }
}
