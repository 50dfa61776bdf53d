//! Values of time expressions and their notation.

use jiff::civil::{Date, DateTime};
use twosource_model::TimeType;

use super::calendar;

/// Size of a unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grain {
    Second,
    Minute,
    Hour,
    Day,
    Workday,
    Week,
    Weekend,
    Fortnight,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Grain {
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "workday" => Self::Workday,
            "week" => Self::Week,
            "weekend" => Self::Weekend,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "season" => Self::Season,
            "quarter" => Self::Quarter,
            "half" => Self::Half,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            _ => return None,
        })
    }

    /// How many months it has, if it has whole ones.
    pub fn months(self) -> Option<i64> {
        Some(match self {
            Self::Month => 1,
            Self::Quarter | Self::Season => 3,
            Self::Half => 6,
            Self::Year => 12,
            Self::Decade => 120,
            Self::Century => 1200,
            _ => return None,
        })
    }

    /// How many seconds it has, for units of fixed length.
    pub fn seconds(self) -> Option<i64> {
        Some(match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3600,
            Self::Day | Self::Workday => 86_400,
            Self::Week => 604_800,
            Self::Fortnight => 1_209_600,
            _ => return None,
        })
    }

    /// A duration of `count` of it, in ISO 8601 with the TIMEX3 decade and vague count `X`.
    pub fn duration(self, count: Option<f64>) -> String {
        let (factor, prefix, letter) = match self {
            Self::Second => (1.0, "PT", "S"),
            Self::Minute => (1.0, "PT", "M"),
            Self::Hour => (1.0, "PT", "H"),
            Self::Day | Self::Workday => (1.0, "P", "D"),
            Self::Week => (1.0, "P", "W"),
            Self::Weekend => (1.0, "P", "WE"),
            Self::Fortnight => (2.0, "P", "W"),
            Self::Month => (1.0, "P", "M"),
            Self::Season | Self::Quarter => (3.0, "P", "M"),
            Self::Half => (6.0, "P", "M"),
            Self::Year => (1.0, "P", "Y"),
            Self::Decade => (10.0, "P", "Y"),
            Self::Century => (100.0, "P", "Y"),
        };
        match count {
            Some(count) => format!("{prefix}{}{letter}", round(count * factor)),
            None => format!("{prefix}X{letter}"),
        }
    }
}

/// Cuts the noise of binary fractions.
fn round(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// Season of the year on the northern half of the Earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "SP" => Self::Spring,
            "SU" => Self::Summer,
            "FA" => Self::Autumn,
            "WI" => Self::Winter,
            _ => return None,
        })
    }
}

/// Part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "MO" => Self::Morning,
            "AF" => Self::Afternoon,
            "EV" => Self::Evening,
            "NI" => Self::Night,
            _ => return None,
        })
    }

    fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        }
    }
}

/// Which end of a stretch is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Begin,
    Middle,
    End,
}

impl Edge {
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "begin" => Self::Begin,
            "mid" => Self::Middle,
            "end" => Self::End,
            _ => return None,
        })
    }
}

/// A unit of the calendar: this week, that year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub grain: Grain,
    pub start: Date,
}

impl Stretch {
    pub const fn day(start: Date) -> Self {
        Self {
            grain: Grain::Day,
            start,
        }
    }

    /// The first day behind it.
    pub fn end(self) -> Option<Date> {
        match self.grain {
            Grain::Weekend => calendar::add_days(self.start, 2),
            _ => calendar::shifted(self, 1).map(|s| s.start),
        }
    }

    fn notation(self) -> String {
        let (year, month) = (self.start.year(), self.start.month());
        match self.grain {
            Grain::Week | Grain::Weekend => {
                let week = self.start.iso_week_date();
                let tail = if self.grain == Grain::Weekend { "-WE" } else { "" };
                format!("{:04}-W{:02}{tail}", week.year(), week.week())
            }
            Grain::Month => format!("{year:04}-{month:02}"),
            Grain::Season => {
                let code = match month {
                    3 => "SP",
                    6 => "SU",
                    9 => "FA",
                    _ => "WI",
                };
                format!("{year:04}-{code}")
            }
            Grain::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Grain::Half => format!("{year:04}-H{}", (month - 1) / 6 + 1),
            Grain::Year => format!("{year:04}"),
            Grain::Decade => format!("{:03}X", year.div_euclid(10)),
            Grain::Century => format!("{:02}XX", year.div_euclid(100)),
            Grain::Fortnight => match self.end() {
                Some(end) => format!("{}/{end}", self.start),
                None => String::new(),
            },
            _ => self.start.to_string(),
        }
    }
}

/// A clock time, perhaps of a known day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub hour: i8,
    pub minute: i8,
    pub second: Option<i8>,
    /// Morning or afternoon is said, or the hour is above twelve.
    pub sure: bool,
}

impl Clock {
    fn notation(self) -> String {
        let second = self.second.map_or(String::new(), |s| format!(":{s:02}"));
        format!("T{:02}:{:02}{second}", self.hour, self.minute)
    }
}

/// What a time expression means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A calendar date that cannot be told: no anchor, or nothing it could refer to.
    UnknownDate,
    /// The same for a clock time or part of day.
    UnknownTime,
    Stretch(Stretch),
    /// From the first to the first day behind; either may be open.
    Days(Option<Date>, Option<Date>),
    PartOfDay(Option<Date>, Part),
    Clock(Option<Date>, Clock),
    ClockRange(Option<Date>, Clock, Clock),
    Moment(DateTime),
    Duration(String),
    Set(String),
}

impl Value {
    pub fn time_type(&self) -> TimeType {
        match self {
            Self::UnknownDate | Self::Stretch(_) | Self::Days(..) => TimeType::Date,
            Self::UnknownTime
            | Self::PartOfDay(..)
            | Self::Clock(..)
            | Self::ClockRange(..)
            | Self::Moment(_) => TimeType::Time,
            Self::Duration(_) => TimeType::Duration,
            Self::Set(_) => TimeType::Set,
        }
    }

    /// The notation; empty when unknown.
    pub fn notation(&self) -> String {
        match self {
            Self::UnknownDate | Self::UnknownTime => String::new(),
            Self::Stretch(stretch) => stretch.notation(),
            Self::Days(from, to) => {
                let side = |d: &Option<Date>| d.map_or(String::new(), |d| d.to_string());
                format!("{}/{}", side(from), side(to))
            }
            Self::PartOfDay(date, part) => {
                let date = date.map_or(String::new(), |d| d.to_string());
                format!("{date}T{}", part.code())
            }
            Self::Clock(None, clock) => clock.notation(),
            Self::Clock(Some(date), clock) => format!("{date}{}", clock.notation()),
            Self::ClockRange(date, from, to) => {
                let date = date.map_or(String::new(), |d| d.to_string());
                format!("{date}{}/{date}{}", from.notation(), to.notation())
            }
            Self::Moment(moment) => moment.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            Self::Duration(text) | Self::Set(text) => text.clone(),
        }
    }

    /// First day, and first day behind, of a closed calendar value.
    pub fn interval(&self) -> Option<(Date, Date)> {
        let day = |d: Date| Some((d, calendar::add_days(d, 1)?));
        match self {
            Self::Stretch(stretch) => Some((stretch.start, stretch.end()?)),
            Self::Days(from, to) => Some(((*from)?, (*to)?)).filter(|(from, to)| from < to),
            Self::PartOfDay(date, _) | Self::Clock(date, _) | Self::ClockRange(date, ..) => day((*date)?),
            Self::Moment(moment) => day(moment.date()),
            _ => None,
        }
    }

    /// The single day it names, if it names one.
    pub fn single_day(&self) -> Option<Date> {
        match self {
            Self::Stretch(Stretch {
                grain: Grain::Day,
                start,
            }) => Some(*start),
            Self::PartOfDay(date, _) | Self::Clock(date, _) => *date,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn notation_of_stretches() {
        for (grain, start, expected) in [
            (Grain::Day, date(2018, 7, 16), "2018-07-16"),
            (Grain::Week, date(2018, 7, 9), "2018-W28"),
            (Grain::Weekend, date(2018, 7, 14), "2018-W28-WE"),
            (Grain::Month, date(2018, 7, 1), "2018-07"),
            (Grain::Season, date(2018, 9, 1), "2018-FA"),
            (Grain::Season, date(2018, 12, 1), "2018-WI"),
            (Grain::Quarter, date(2018, 7, 1), "2018-Q3"),
            (Grain::Half, date(2018, 7, 1), "2018-H2"),
            (Grain::Year, date(2018, 1, 1), "2018"),
            (Grain::Decade, date(1990, 1, 1), "199X"),
            (Grain::Century, date(1900, 1, 1), "19XX"),
        ] {
            assert_eq!(Stretch { grain, start }.notation(), expected);
        }
    }

    #[test]
    fn notation_of_durations() {
        assert_eq!(Grain::Year.duration(Some(3.5)), "P3.5Y");
        assert_eq!(Grain::Decade.duration(Some(4.0)), "P40Y");
        assert_eq!(Grain::Fortnight.duration(Some(1.0)), "P2W");
        assert_eq!(Grain::Hour.duration(None), "PTXH");
    }
}
