//! Dates as people write them: "20 July 2018, 09:30 GMT", "20.07.2018", "July 20, 2018", "2018年7月20日".

use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil;
use twosource_model::{LanguageCode, Moment};

use crate::key_map::KeyMap;

static MONTHS: &str = include_str!("../data/months.tsv");

/// Longest text that dates are looked for in, in bytes; the rest is not read.
const LONGEST_READ: usize = 4_000;

/// Years that a report on the web, or one saved from it, can carry.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Which of two small numbers is the month when both could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// How to read what is ambiguous.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) order: Order,
    pub(crate) language: Option<LanguageCode>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            order: Order::DayFirst,
            language: None,
        }
    }
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundDate {
    pub(crate) moment: Moment,
    /// its bytes, with the time where one follows
    pub(crate) span: Range<usize>,
}

/// The dates of a text, in its order, none overlapping.
pub(crate) fn find_dates(text: &str, reading: Reading) -> Vec<FoundDate> {
    let mut end = text.len().min(LONGEST_READ);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let tokens = tokens_of(&text[..end]);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((day, used)) = day_at(&tokens[at..], text, reading) else {
            at += 1;
            continue;
        };
        let (moment, more) = time_after(&tokens[at + used..], text, day);
        let last = at + used + more - 1;
        found.push(FoundDate {
            moment,
            span: tokens[at].start..tokens[last].end,
        });
        at = last + 1;
    }
    found
}

/// The first date of a text.
pub(crate) fn first_date(text: &str, reading: Reading) -> Option<FoundDate> {
    find_dates(text, reading).into_iter().next()
}

/// A machine-readable value: RFC 3339 and its near misses, seconds or milliseconds since 1970, else as written.
pub(crate) fn machine_date(value: &str, reading: Reading) -> Option<Moment> {
    let value = value.trim().trim_matches('"');
    if value.len() > 100 {
        return None;
    }
    if let Some(moment) = rfc3339(value) {
        return Some(moment).filter(in_years);
    }
    if value.len() >= 10 && value.bytes().all(|b| b.is_ascii_digit()) {
        return epoch(value).filter(in_years);
    }
    first_date(value, reading).map(|found| found.moment)
}

fn in_years(moment: &Moment) -> bool {
    YEARS.contains(&i32::from(moment.day().year()))
}

/// Year first, then anything like a time; offsets with and without a colon, blanks before them, fractions.
fn rfc3339(value: &str) -> Option<Moment> {
    let bytes = value.as_bytes();
    let number = |range: Range<usize>| -> Option<i32> {
        let digits = bytes.get(range)?;
        digits.iter().all(u8::is_ascii_digit).then_some(())?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    };
    let (year, month, day, mut at) = if matches!(bytes.get(4), Some(b'-' | b'/' | b'.')) {
        (number(0..4)?, number(5..7)?, number(8..10)?, 10)
    } else {
        let day = number(6..8)?;
        if bytes.get(8).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        (number(0..4)?, number(4..6)?, day, 8)
    };
    let date = civil::Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    while matches!(bytes.get(at), Some(b'T' | b't' | b' ' | b',')) {
        at += 1;
    }
    let (Some(hour), Some(minute)) = (number(at..at + 2), number(at + 3..at + 5)) else {
        return Some(Moment::Day(date));
    };
    if bytes.get(at + 2) != Some(&b':') {
        return Some(Moment::Day(date));
    }
    at += 5;
    let mut second = 0;
    if bytes.get(at) == Some(&b':')
        && let Some(s) = number(at + 1..at + 3)
    {
        second = s.min(59);
        at += 3;
    }
    if matches!(bytes.get(at), Some(b'.' | b',')) {
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
    }
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    let offset_seconds = match bytes.get(at) {
        Some(b'Z' | b'z') => Some(0),
        Some(sign @ (b'+' | b'-')) => {
            let hours = number(at + 1..at + 3);
            let colon = usize::from(bytes.get(at + 3) == Some(&b':'));
            let minutes = number(at + 3 + colon..at + 5 + colon).unwrap_or(0);
            hours.map(|h| (h * 3600 + minutes * 60) * if *sign == b'-' { -1 } else { 1 })
        }
        _ => zone_offset(value.get(at..).unwrap_or("")),
    };
    let time = civil::Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        0,
    );
    Some(match time {
        Ok(time) => Moment::Time {
            local: date.to_datetime(time),
            offset_seconds: offset_seconds.filter(|s| s.abs() <= 50_400),
        },
        Err(_) => Moment::Day(date),
    })
}

fn epoch(value: &str) -> Option<Moment> {
    let number: i64 = value.parse().ok()?;
    let seconds = match value.len() {
        10 => number,
        13 => number / 1_000,
        _ => return None,
    };
    let stamp = jiff::Timestamp::from_second(seconds).ok()?;
    Some(Moment::Time {
        local: jiff::tz::Offset::UTC.to_datetime(stamp),
        offset_seconds: Some(0),
    })
}

// ---- tokens

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// value and number of digits
    Number(u32, usize),
    Word,
    Sign(char),
}

#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

fn tokens_of(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let kind = if let Some(digit) = digit_of(c) {
            let (mut value, mut digits) = (digit, 1);
            while let Some((at, next)) = chars.peek().copied() {
                let Some(digit) = digit_of(next) else { break };
                value = value.saturating_mul(10).saturating_add(digit);
                digits += 1;
                end = at + next.len_utf8();
                chars.next();
            }
            Kind::Number(value, digits)
        } else if matches!(c, '年' | '月' | '日' | '년' | '월' | '일') {
            Kind::Sign(c)
        } else if c.is_alphabetic() || is_mark(c) {
            while let Some((at, next)) = chars.peek().copied() {
                if !(next.is_alphabetic() || is_mark(next))
                    || matches!(next, '年' | '月' | '日' | '년' | '월' | '일')
                {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            Kind::Word
        } else if c.is_whitespace() || matches!(c, '\u{200f}' | '\u{200e}') {
            continue;
        } else {
            Kind::Sign(c)
        };
        tokens.push(Token { kind, start, end });
    }
    tokens
}

/// Vowel signs of Indic and Arabic scripts, which stand inside words.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' | '\u{0900}'..='\u{0903}' | '\u{093a}'..='\u{094f}'
        | '\u{0981}'..='\u{0983}' | '\u{09bc}'..='\u{09cd}' | '\u{0b82}' | '\u{0bbe}'..='\u{0bcd}' | '\u{0e31}'..='\u{0e4e}')
}

fn digit_of(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06f0}'..='\u{06f9}' => '\u{06f0}',
        '\u{0966}'..='\u{096f}' => '\u{0966}',
        '\u{09e6}'..='\u{09ef}' => '\u{09e6}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

// ---- patterns

/// A date at the head of the tokens, and how many it takes.
fn day_at(tokens: &[Token], text: &str, reading: Reading) -> Option<(civil::Date, usize)> {
    match tokens.first()?.kind {
        Kind::Number(value, digits) => year_first(tokens, value, digits)
            .or_else(|| numeric(tokens, value, digits, reading))
            .or_else(|| day_month_year(tokens, text, value, digits, reading)),
        Kind::Word => month_day_year(tokens, text, reading),
        Kind::Sign(_) => None,
    }
}

fn kind(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at).map(|t| t.kind)
}

fn year_first(tokens: &[Token], year: u32, digits: usize) -> Option<(civil::Date, usize)> {
    if digits != 4 {
        return None;
    }
    let Kind::Sign(first) = kind(tokens, 1)? else {
        return None;
    };
    let Kind::Number(month, m) = kind(tokens, 2)? else {
        return None;
    };
    let Kind::Sign(second) = kind(tokens, 3)? else {
        return None;
    };
    let Kind::Number(day, d) = kind(tokens, 4)? else {
        return None;
    };
    if m > 2 || d > 2 {
        return None;
    }
    match (first, second) {
        ('年', '月') | ('년', '월') => {
            let closed = matches!(kind(tokens, 5), Some(Kind::Sign('日' | '일')));
            Some((date(year, month, day)?, 5 + usize::from(closed)))
        }
        ('-' | '/' | '.', s) if s == first => {
            // Korean style "2018. 7. 20."
            Some((date(year, month, day)?, 5))
        }
        _ => None,
    }
}

fn numeric(tokens: &[Token], first: u32, digits: usize, reading: Reading) -> Option<(civil::Date, usize)> {
    let Kind::Sign(sign @ ('.' | '/' | '-')) = kind(tokens, 1)? else {
        return None;
    };
    let Kind::Number(second, s) = kind(tokens, 2)? else {
        return None;
    };
    let Kind::Sign(again) = kind(tokens, 3)? else {
        return None;
    };
    let Kind::Number(year, y) = kind(tokens, 4)? else {
        return None;
    };
    if digits > 2 || s > 2 || again != sign || !(y == 4 || y == 2) {
        return None;
    }
    let tight = tokens[..5]
        .windows(2)
        .all(|pair| pair[1].start <= pair[0].end + 1);
    if !tight
        || matches!(kind(tokens, 5), Some(Kind::Sign(s)) if s == sign && matches!(kind(tokens, 6), Some(Kind::Number(..))) && tokens[6].start <= tokens[4].end + 1)
    {
        return None;
    }
    let year = if y == 2 { 2000 + year } else { year };
    let month_first = sign != '.' && reading.order == Order::MonthFirst;
    let (day, month) = if month_first {
        (second, first)
    } else {
        (first, second)
    };
    date(year, month, day)
        .or_else(|| date(year, day, month))
        .map(|d| (d, 5))
}

fn day_month_year(
    tokens: &[Token],
    text: &str,
    day: u32,
    digits: usize,
    reading: Reading,
) -> Option<(civil::Date, usize)> {
    if digits > 2 {
        return None;
    }
    let mut at = 1;
    while let Some(token) = tokens.get(at) {
        let skip = match token.kind {
            Kind::Sign('.' | 'º' | '°' | ',' | '-' | '/') => true,
            Kind::Word => is_small(&text[token.start..token.end]),
            _ => false,
        };
        if !skip || at > 3 {
            break;
        }
        at += 1;
    }
    let token = tokens.get(at)?;
    let Kind::Word = token.kind else { return None };
    let month = month_of(&text[token.start..token.end], reading.language)?;
    at += 1;
    let (year, used) = year_after(tokens, text, at)?;
    date(year, month, day).map(|d| (d, used))
}

fn month_day_year(tokens: &[Token], text: &str, reading: Reading) -> Option<(civil::Date, usize)> {
    let month = month_of(&text[tokens[0].start..tokens[0].end], reading.language)?;
    let mut at = 1;
    if matches!(kind(tokens, at), Some(Kind::Sign('.'))) {
        at += 1;
    }
    let Kind::Number(day, digits) = kind(tokens, at)? else {
        return None;
    };
    if digits > 2 {
        return None;
    }
    at += 1;
    if tokens
        .get(at)
        .is_some_and(|t| t.kind == Kind::Word && is_small(&text[t.start..t.end]))
    {
        at += 1;
    }
    let (year, used) = year_after(tokens, text, at)?;
    date(year, month, day).map(|d| (d, used))
}

/// A year of four digits after at most two signs or small words.
fn year_after(tokens: &[Token], text: &str, from: usize) -> Option<(u32, usize)> {
    let mut at = from;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Number(year, 4) => return Some((year, at + 1)),
            Kind::Sign('.' | ',' | '-' | '/' | '’' | '\'') => {}
            Kind::Word if is_small(&text[token.start..token.end]) => {}
            _ => return None,
        }
        at += 1;
        if at > from + 2 {
            return None;
        }
    }
    None
}

/// Words that stand between the parts of a date, and endings of ordinals.
fn is_small(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "st" | "nd"
            | "rd"
            | "th"
            | "of"
            | "de"
            | "del"
            | "er"
            | "re"
            | "a"
            | "da"
            | "e"
            | "th,"
            | "ta"
            | "i"
            | "en"
    )
}

fn month_of(word: &str, language: Option<LanguageCode>) -> Option<u32> {
    static TABLE: OnceLock<KeyMap<&'static str, Vec<(u32, &'static str)>>> = OnceLock::new();
    if word.len() > 40 {
        return None;
    }
    let table = TABLE.get_or_init(|| {
        let mut table: KeyMap<_, Vec<_>> = KeyMap::default();
        for line in MONTHS.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            if let (Some(name), Some(month), Some(languages)) = (fields.next(), fields.next(), fields.next())
                && let Ok(month) = month.parse()
            {
                table.entry(name).or_default().push((month, languages));
            }
        }
        table
    });
    let rows = table.get(word.to_lowercase().as_str())?;
    let fitting = language.and_then(|language| {
        rows.iter()
            .find(|(_, languages)| languages.split(' ').any(|l| l == language.as_str()))
    });
    let english = || rows.iter().find(|(_, l)| l.split(' ').any(|l| l == "en"));
    fitting
        .or_else(english)
        .or_else(|| (rows.len() == 1).then(|| &rows[0]))
        .map(|row| row.0)
}

fn date(year: u32, month: u32, day: u32) -> Option<civil::Date> {
    if !YEARS.contains(&i32::try_from(year).ok()?) {
        return None;
    }
    civil::Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

// ---- time of day

/// The moment of a day with the time that follows it, and how many tokens the time takes.
fn time_after(tokens: &[Token], text: &str, day: civil::Date) -> (Moment, usize) {
    let mut at = 0;
    // "at", "um", "-", "|" and the like between day and time
    while at < 3 && matches!(kind(tokens, at), Some(Kind::Sign(_) | Kind::Word)) {
        at += 1;
    }
    let nothing = (Moment::Day(day), 0);
    let (Some(Kind::Number(mut hour, h)), Some(Kind::Sign(':' | '.' | 'h')), Some(Kind::Number(minute, 2))) =
        (kind(tokens, at), kind(tokens, at + 1), kind(tokens, at + 2))
    else {
        return nothing;
    };
    if h > 2 || minute > 59 {
        return nothing;
    }
    if matches!(kind(tokens, at + 1), Some(Kind::Sign('.')))
        && matches!(kind(tokens, at + 3), Some(Kind::Sign('.')))
    {
        return nothing;
    }
    let mut end = at + 3;
    let mut second = 0;
    if let (Some(Kind::Sign(':')), Some(Kind::Number(s, 2))) = (kind(tokens, end), kind(tokens, end + 1)) {
        second = s.min(59);
        end += 2;
    }
    let word_at = |at: usize| {
        tokens
            .get(at)
            .filter(|t| t.kind == Kind::Word)
            .map(|t| text[t.start..t.end].to_lowercase())
    };
    match word_at(end).as_deref() {
        Some("pm") => {
            hour = if hour < 12 { hour + 12 } else { hour };
            end += 1;
        }
        Some("am") => {
            hour = if hour == 12 { 0 } else { hour };
            end += 1;
        }
        Some(half @ ("p" | "a")) if word_at(end + 2).as_deref() == Some("m") => {
            if half == "p" && hour < 12 {
                hour += 12;
            } else if half == "a" && hour == 12 {
                hour = 0;
            }
            end += 3 + usize::from(matches!(kind(tokens, end + 3), Some(Kind::Sign('.'))));
        }
        _ => {}
    }
    let offset_seconds = tokens
        .get(end)
        .filter(|t| t.kind == Kind::Word)
        .and_then(|t| zone_offset(&text[t.start..t.end]));
    if offset_seconds.is_some() {
        end += 1;
    }
    let to_i8 = |n: u32| i8::try_from(n).unwrap_or(i8::MAX);
    match civil::Time::new(to_i8(hour), to_i8(minute), to_i8(second), 0) {
        Ok(time) => (
            Moment::Time {
                local: day.to_datetime(time),
                offset_seconds,
            },
            end,
        ),
        Err(_) => nothing,
    }
}

/// Seconds east of UTC of the abbreviations that mean one thing only in news.
fn zone_offset(word: &str) -> Option<i32> {
    let hours = match word.trim().to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" => 0,
        "BST" | "CET" | "MEZ" | "WEST" => 1,
        "CEST" | "MESZ" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        "NZDT" => 13,
        _ => return None,
    };
    Some(hours * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = find_dates(text, Reading::default())
            .iter()
            .map(|f| f.moment.to_string())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn written_dates_are_read() {
        check(
            "Posted 20 July 2018 at 09:30 GMT by us",
            &["2018-07-20T09:30:00Z"],
        );
        check("July 20th, 2018 4:05 p.m. EDT", &["2018-07-20T16:05:00-04:00"]);
        check("Stand: 20.07.2018, 9:30 Uhr", &["2018-07-20T09:30:00"]);
        check("20. Jänner 2018 und 1er août 2019", &["2018-01-20", "2019-08-01"]);
        check("20 de julio de 2018", &["2018-07-20"]);
        check("2018年7月20日 and 2018년 7월 20일", &["2018-07-20", "2018-07-20"]);
        check("2018-07-20", &["2018-07-20"]);
        check("25/12/2018 12/25/2018", &["2018-12-25", "2018-12-25"]);
        check("20 июля 2018", &["2018-07-20"]);
        check("20 lipca 2018", &["2018-07-20"]);
        check("٢٠ يوليو ٢٠١٨", &["2018-07-20"]);
    }

    #[test]
    fn what_is_no_date_is_left() {
        for text in [
            "© 2018",
            "in 2018 20 people",
            "1.2.3.4",
            "may 20",
            "31.02.2018",
            "version 10.4.2018.1",
            "",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn machine_values_are_read() {
        for (value, expected) in [
            ("2018-07-20T09:30:00+0200", "2018-07-20T09:30:00+02:00"),
            ("2018-07-20 09:30:00 -0500", "2018-07-20T09:30:00-05:00"),
            ("2018-07-20T09:30:00.123Z", "2018-07-20T09:30:00Z"),
            ("20180720", "2018-07-20"),
            ("1532079000", "2018-07-20T09:30:00Z"),
            ("1532079000000", "2018-07-20T09:30:00Z"),
            ("Fri, 20 Jul 2018 09:30:00 GMT", "2018-07-20T09:30:00Z"),
        ] {
            let moment = machine_date(value, Reading::default()).map(|m| m.to_string());
            assert_eq!(moment.as_deref(), Some(expected), "{value}");
        }
        assert_eq!(machine_date("0000-00-00", Reading::default()), None);
    }
}
