//! The grammar: which pieces make a time expression, and what it means.
//!
//! [`Reader::read`] is asked at each piece and answers with the longest expression that begins there. Each family of
//! expressions has a file; none calls back into `read`, so there is no recursion over the input.

mod clock;
mod date;
mod day;
mod duration;
mod listed;
mod offset;
mod range;
mod set;
mod stretch;

use jiff::civil::{Date, DateTime};
use twosource_model::{Analysis, Span};

use super::calendar;
use super::lexeme::{Kind, Lexeme};
use super::lexicon::{Entry, Lexicon, Role};
use super::tense::{self, Direction};
use super::value::{Grain, Stretch, Value};

/// An expression that was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Index of its first piece: it may begin later than where it was looked for ("by the end of May").
    pub start: usize,
    /// Index behind its last piece.
    pub end: usize,
    pub value: Value,
    pub rule: &'static str,
    pub approximate: bool,
}

impl Found {
    fn new(start: usize, end: usize, value: Value, rule: &'static str) -> Self {
        Self {
            start,
            end,
            value,
            rule,
            approximate: false,
        }
    }
}

/// The pieces of a text with all that is needed to understand them.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub lexemes: &'a [Lexeme<'a>],
    pub lexicon: &'a Lexicon,
    pub analysis: &'a Analysis,
    /// The article's day.
    pub anchor: Option<Date>,
    /// The article's day and time, where the time is known.
    pub now: Option<DateTime>,
    /// The last day that the text named, for "the next day".
    pub last_day: Option<Date>,
    /// Where the last expression that lies after the article's date stands: a list goes on in its direction.
    pub last_ahead: Option<Span>,
}

impl Reader<'_> {
    /// The longest expression that begins at piece `at`.
    pub fn read(&self, at: usize) -> Option<Found> {
        if !self.may_begin(at) {
            return None;
        }
        let readers: [fn(&Self, usize) -> Option<Found>; 9] = [
            Self::elided_range,
            Self::set,
            Self::offset,
            Self::moment,
            Self::clock_first,
            Self::quarter,
            Self::week_number,
            Self::duration_expression,
            Self::event,
        ];
        let mut best: Option<Found> = None;
        for reader in readers {
            if let Some(found) = reader(self, at) {
                debug_assert!(found.end > found.start && found.start >= at, "{found:?}");
                if best.as_ref().is_none_or(|b| b.end < found.end) {
                    best = Some(found);
                }
            }
        }
        best
    }

    /// A day or stretch, with the part of day or the clock time that goes with it.
    fn moment(&self, at: usize) -> Option<Found> {
        let found = self.stretch_or_day(at)?;
        Some(self.with_time_of_day(found))
    }

    /// A named day, a date, or a unit of the calendar.
    pub fn stretch_or_day(&self, at: usize) -> Option<Found> {
        let readers: [fn(&Self, usize) -> Option<Found>; 11] = [
            Self::deictic,
            Self::numeric_date,
            Self::named_date,
            Self::listed_day,
            Self::edge,
            Self::nth,
            Self::shifted,
            Self::season,
            Self::decade,
            Self::holiday,
            Self::year,
        ];
        let mut best: Option<Found> = None;
        for reader in readers {
            if let Some(found) = reader(self, at)
                && best.as_ref().is_none_or(|b| b.end < found.end)
            {
                best = Some(found);
            }
        }
        best
    }

    /// Cheap test that keeps the grammar off most words.
    fn may_begin(&self, at: usize) -> bool {
        let lexeme = &self.lexemes[at];
        match lexeme.kind {
            Kind::Digits => true,
            Kind::Word => lexeme.entry.is_some() || matches!(self.words(at), "Q" | "q" | "H" | "week"),
            Kind::Mark(mark) => matches!(mark, '\'' | '’' | '½'),
        }
    }

    // ---- pieces -------------------------------------------------------------------------------------------------

    pub fn entry(&self, at: usize) -> Option<&Entry> {
        self.lexemes.get(at)?.entry
    }

    pub fn is(&self, at: usize, role: Role) -> bool {
        self.entry(at).is_some_and(|e| e.is(role))
    }

    /// `at`, or the piece behind it when it has this role.
    pub fn skip(&self, at: usize, role: Role) -> usize {
        at + usize::from(self.is(at, role))
    }

    pub fn mark(&self, at: usize) -> Option<char> {
        match self.lexemes.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.mark(at) == Some(mark)
    }

    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.mark(at), Some('-' | '–' | '—' | '‑' | '~'))
    }

    /// No blank between the piece and the one before it.
    pub fn joined(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|l| !l.spaced)
    }

    pub fn words(&self, at: usize) -> &str {
        self.lexemes.get(at).map_or("", |l| l.span.of(self.text))
    }

    /// The piece is this word, whatever its case.
    pub fn word_is(&self, at: usize, word: &str) -> bool {
        self.words(at).eq_ignore_ascii_case(word)
    }

    pub fn capitalised(&self, at: usize) -> bool {
        self.words(at).starts_with(char::is_uppercase)
    }

    /// The number that a piece of digits writes, and how many digits it has.
    pub fn digits(&self, at: usize) -> Option<(i64, usize)> {
        let lexeme = self.lexemes.get(at)?;
        if lexeme.kind != Kind::Digits || lexeme.span.len() > 9 {
            return None;
        }
        Some((lexeme.span.of(self.text).parse().ok()?, lexeme.span.len()))
    }

    /// Digits that are not part of a longer figure, code or decimal.
    pub fn lone_digits(&self, at: usize) -> Option<(i64, usize)> {
        let found = self.digits(at)?;
        let before_joins = at > 0
            && self.joined(at)
            && (matches!(
                self.mark(at - 1),
                Some('.' | ',' | ':' | '$' | '£' | '€' | '#' | '_' | '+')
            ) || matches!(self.lexemes[at - 1].kind, Kind::Word));
        let behind_joins = self.joined(at + 1)
            && matches!(self.mark(at + 1), Some('.' | ',' | ':' | '%' | '_'))
            && self.joined(at + 2)
            && self.digits(at + 2).is_some();
        let percent = self.is_mark(at + 1, '%');
        (!before_joins && !behind_joins && !percent).then_some(found)
    }

    pub fn starts_line(&self, at: usize) -> bool {
        at == 0 || self.lexemes[at].new_line || matches!(self.mark(at - 1), Some('.' | '!' | '?' | '“' | '"'))
    }

    // ---- anchoring ----------------------------------------------------------------------------------------------

    pub fn direction(&self, start: usize, end: usize) -> Direction {
        let start = self.list_start(start);
        let span = self.span(start, end);
        if self.is_behind_until(start) {
            return tense::direction_of_bound(self.text, self.analysis, span);
        }
        let found = tense::direction(self.text, self.analysis, span);
        if found != Direction::Unknown {
            return found;
        }
        let same_sentence = |other: Span| {
            let sentence = |s: Span| self.analysis.sentence_at(s.start());
            sentence(other).is_some() && sentence(other) == sentence(span)
        };
        if self.is_behind_by(start) || self.last_ahead.is_some_and(same_sentence) {
            return Direction::Future;
        }
        Direction::Unknown
    }

    /// "until Sunday", "until at least Sunday", "until late Sunday".
    fn is_behind_until(&self, start: usize) -> bool {
        let is = |by: usize, words: &[&str]| {
            start
                .checked_sub(by)
                .is_some_and(|at| words.iter().any(|w| self.word_is(at, w)))
        };
        let until = |by: usize| is(by, &["until", "till"]);
        self.lexicon.english
            && (until(1)
                || (until(2) && is(1, &["late", "early", "the", "this"]))
                || (until(3) && is(2, &["at"]) && is(1, &["least"])))
    }

    /// "by Sunday", "by early Sunday".
    fn is_behind_by(&self, start: usize) -> bool {
        let is = |back: usize| start.checked_sub(back).is_some_and(|at| self.is(at, Role::By));
        let part = |word: &str| start > 0 && self.word_is(start - 1, word);
        is(1) || is(2) && ["early", "late", "mid"].into_iter().any(part)
    }

    pub fn span(&self, start: usize, end: usize) -> Span {
        self.lexemes[start].span.hull(self.lexemes[end - 1].span)
    }

    /// The unit of the calendar that is `by` away from the article's.
    pub fn around_anchor(&self, grain: Grain, by: i64) -> Value {
        let stretch = self
            .anchor
            .and_then(|a| calendar::around(a, grain))
            .and_then(|s| calendar::shifted(s, by));
        stretch.map_or(Value::UnknownDate, Value::Stretch)
    }

    pub fn day_value(date: Option<Date>) -> Value {
        date.map_or(Value::UnknownDate, |d| Value::Stretch(Stretch::day(d)))
    }
}
