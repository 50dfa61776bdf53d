//! Dates that say how much is known, and from where.

use std::fmt;

use jiff::civil;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// A point in time, exactly as precise as it was read. A bare day never becomes midnight UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Moment {
    /// Only the day is known.
    Day(civil::Date),
    /// Day and time on the wall, with the offset from UTC where it was given.
    Time {
        /// as it was printed
        local: civil::DateTime,
        /// seconds east of UTC
        #[serde(default)]
        offset_seconds: Option<i32>,
    },
}

impl Moment {
    /// The day, as printed: no change of time zone is made.
    #[must_use]
    pub fn day(&self) -> civil::Date {
        match self {
            Self::Day(day) => *day,
            Self::Time { local, .. } => local.date(),
        }
    }

    /// Sort key: the instant in UTC where the offset is known, else the wall time; a bare day sorts as its noon.
    #[must_use]
    pub fn sort_key(&self) -> civil::DateTime {
        match self {
            Self::Day(day) => day.at(12, 0, 0, 0),
            Self::Time {
                local,
                offset_seconds,
            } => {
                let offset = offset_seconds
                    .and_then(|s| Offset::from_seconds(s).ok())
                    .unwrap_or(Offset::UTC);
                offset
                    .to_timestamp(*local)
                    .map_or(*local, |t| Offset::UTC.to_datetime(t))
            }
        }
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let rank = |m: &Self| match m {
            Self::Day(_) => (0, 0),
            Self::Time {
                offset_seconds: None, ..
            } => (1, 0),
            Self::Time {
                offset_seconds: Some(s),
                ..
            } => (2, *s),
        };
        (self.sort_key(), rank(self)).cmp(&(other.sort_key(), rank(other)))
    }
}

/// RFC 3339 where the offset is known (`2018-07-20T09:30:00+02:00`), else the wall time without one, else the bare day.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Time {
                local,
                offset_seconds: None,
            } => write!(f, "{}", local.strftime("%Y-%m-%dT%H:%M:%S")),
            Self::Time {
                local,
                offset_seconds: Some(0),
            } => {
                write!(f, "{}Z", local.strftime("%Y-%m-%dT%H:%M:%S"))
            }
            Self::Time {
                local,
                offset_seconds: Some(seconds),
            } => {
                let sign = if *seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                write!(
                    f,
                    "{}{sign}{:02}:{:02}",
                    local.strftime("%Y-%m-%dT%H:%M:%S"),
                    minutes / 60,
                    minutes % 60
                )
            }
        }
    }
}

impl std::str::FromStr for Moment {
    type Err = MomentError;

    /// Reads RFC 3339 with or without an offset (a blank instead of `T`, and fractions, are taken too), or a bare day.
    ///
    /// ```
    /// use twosource_model::Moment;
    /// for text in ["2018-07-20", "2018-07-20T09:30:00", "2018-07-20T09:30:00Z", "2018-07-20T09:30:00-05:30"] {
    ///     assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
    /// }
    /// assert!("yesterday".parse::<Moment>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, MomentError> {
        let wrong = || MomentError(text.chars().take(80).collect());
        let text = text.trim();
        if let Ok(pieces) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text) {
            return Ok(match pieces.time() {
                None => Self::Day(pieces.date()),
                Some(time) => Self::Time {
                    local: pieces
                        .date()
                        .to_datetime(time.with().subsec_nanosecond(0).build().map_err(|_| wrong())?),
                    offset_seconds: pieces.to_numeric_offset().map(Offset::seconds),
                },
            });
        }
        Err(wrong())
    }
}

/// The text is neither RFC 3339 nor a bare day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("neither a date (2018-07-20) nor an RFC 3339 time: {0:?}")]
pub struct MomentError(String);

/// Where a date was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateSource {
    /// Given with the input: a feed entry, a field of a JSON line.
    Given,
    /// The feed or sitemap that named the page, which itself says nothing.
    Feed,
    /// JSON-LD, microdata or RDFa of schema.org.
    StructuredData,
    /// A `meta` element.
    Meta,
    /// A `time` element, or an attribute that holds a machine-readable date.
    TimeElement,
    /// A line that a reader sees near the title.
    VisibleLine,
    /// A marker or dateline at the head of the text itself.
    TextMarker,
    /// The address of the page.
    Address,
    /// Words relative to a time that was passed in ("3 hours ago").
    RelativeWords,
    /// Not in the article: worked out from the other articles of its story and the times it speaks of.
    Story,
}

/// How far a date may be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// One weak piece of evidence.
    Low,
    /// One good piece of evidence, or an inference.
    Medium,
    /// Several pieces agree, or it is stated outright.
    High,
}

/// A date with the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedEvidence {
    /// The date, as precise as it was read.
    pub moment: Moment,
    /// For an inferred date: the last day it may be, where `moment` is the first.
    pub until: Option<civil::Date>,
    /// Where it was read.
    pub source: DateSource,
    /// The very words or attribute value, or for an inference its reasons in words.
    pub evidence: String,
    /// How far to rely on it.
    pub confidence: Confidence,
}
