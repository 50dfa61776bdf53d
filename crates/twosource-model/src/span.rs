//! A half-open range of bytes of one text.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Half-open byte range `[start, end)` of one text, at most 4 GiB.
///
/// A span alone does not say which text it counts in; an [`Anchor`](crate::Anchor) does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    start: u32,
    end: u32,
}

/// Why two numbers make no span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpanError {
    /// The start lies behind the end.
    #[error("span starts at {start}, behind its end {end}")]
    Reversed {
        /// first byte
        start: usize,
        /// end, exclusive
        end: usize,
    },
    /// The text is longer than a span can count.
    #[error("offset {at} is beyond the 4 GiB that a span can count")]
    TooFar {
        /// the offset
        at: usize,
    },
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    ///
    /// # Errors
    /// When `start > end`, or an offset exceeds `u32::MAX`.
    ///
    /// ```
    /// use twosource_model::Span;
    /// assert_eq!(Span::new(2, 5).unwrap().len(), 3);
    /// assert!(Span::new(2, 2).unwrap().is_empty());
    /// assert!(Span::new(5, 2).is_err());
    /// ```
    pub fn new(start: usize, end: usize) -> Result<Self, SpanError> {
        if start > end {
            return Err(SpanError::Reversed { start, end });
        }
        match (u32::try_from(start), u32::try_from(end)) {
            (Ok(start), Ok(end)) => Ok(Self { start, end }),
            _ => Err(SpanError::TooFar { at: end }),
        }
    }

    /// The span from `start` up to `end`, for offsets that the caller has just walked over.
    ///
    /// # Panics
    /// When [`Span::new`] would fail.
    #[track_caller]
    #[must_use]
    pub fn at(start: usize, end: usize) -> Self {
        match Self::new(start, end) {
            Ok(span) => span,
            Err(error) => panic!("{error}"),
        }
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// End, exclusive.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` lies inside; the end does not.
    ///
    /// ```
    /// # use twosource_model::Span;
    /// let span = Span::at(2, 5);
    /// assert!(span.contains(2) && span.contains(4) && !span.contains(5));
    /// ```
    #[must_use]
    pub const fn contains(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether `inner` lies wholly inside; a span covers itself, and an empty span at either end.
    ///
    /// ```
    /// # use twosource_model::Span;
    /// assert!(Span::at(2, 5).covers(Span::at(2, 5)));
    /// assert!(Span::at(2, 5).covers(Span::at(5, 5)));
    /// assert!(!Span::at(2, 5).covers(Span::at(4, 6)));
    /// ```
    #[must_use]
    pub const fn covers(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share at least one byte; neighbours do not.
    ///
    /// ```
    /// # use twosource_model::Span;
    /// assert!(Span::at(0, 3).overlaps(Span::at(2, 4)));
    /// assert!(!Span::at(0, 2).overlaps(Span::at(2, 4)));
    /// ```
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes both share, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        })
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Moved `by` bytes to the right.
    ///
    /// # Panics
    /// When the result leaves the 4 GiB.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::at(self.start() + by, self.end() + by)
    }

    /// The words of `text` it names, or `None` when it leaves the text or cuts a character.
    ///
    /// ```
    /// # use twosource_model::Span;
    /// assert_eq!(Span::at(0, 2).get("año"), None); // ñ takes bytes 1 and 2
    /// assert_eq!(Span::at(0, 4).get("año"), Some("año"));
    /// assert_eq!(Span::at(0, 9).get("año"), None);
    /// ```
    #[must_use]
    pub fn get(self, text: &str) -> Option<&str> {
        text.get(self.start()..self.end())
    }

    /// The words of `text` it names.
    ///
    /// # Panics
    /// When the span leaves the text or cuts a character.
    #[track_caller]
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start()..self.end()]
    }

    /// The same span without white space at its ends.
    ///
    /// ```
    /// # use twosource_model::Span;
    /// assert_eq!(Span::at(0, 5).trimmed(" ab  "), Span::at(1, 3));
    /// ```
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let words = self.of(text);
        let from = self.start() + (words.len() - words.trim_start().len());
        Self::at(from, from + words.trim().len())
    }

    /// As a range for indexing.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }
}

impl TryFrom<(u32, u32)> for Span {
    type Error = SpanError;
    fn try_from((start, end): (u32, u32)) -> Result<Self, SpanError> {
        Self::new(start as usize, end as usize)
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
