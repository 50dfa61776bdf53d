//! Dates as feeds print them.

use jiff::civil;
use twosource_model::Moment;

/// Months by their first three letters.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Names of zones that feeds use, with hours east of UTC. Those of RFC 822, and of Europe and East Asia; an unknown name
/// leaves the offset unknown.
const ZONES: [(&str, f64); 26] = [
    ("ut", 0.0),
    ("utc", 0.0),
    ("gmt", 0.0),
    ("z", 0.0),
    ("wet", 0.0),
    ("west", 1.0),
    ("bst", 1.0),
    ("cet", 1.0),
    ("met", 1.0),
    ("cest", 2.0),
    ("mest", 2.0),
    ("eet", 2.0),
    ("eest", 3.0),
    ("msk", 3.0),
    ("jst", 9.0),
    ("kst", 9.0),
    ("est", -5.0),
    ("edt", -4.0),
    ("cst", -6.0),
    ("cdt", -5.0),
    ("mst", -7.0),
    ("mdt", -6.0),
    ("pst", -8.0),
    ("pdt", -7.0),
    ("akst", -9.0),
    ("hst", -10.0),
];

/// Bytes of the longest date.
const MOST: usize = 100;

/// Reads a date of RFC 3339 or its many relatives, of RFC 822 with its many repairs, or of `asctime`. A date without a
/// time stays a day; one without a day is none.
pub(super) fn date(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() > MOST {
        return None;
    }
    text.parse()
        .ok()
        .or_else(|| by_numbers(text))
        .or_else(|| by_words(text))
}

/// `2003-12-31 10:14:55.5 -0500`, `20031231`, `2003-12-31T10:14Z`.
fn by_numbers(text: &str) -> Option<Moment> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (day, rest) = if digits == 8 {
        (
            format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]),
            &text[8..],
        )
    } else if digits == 4 {
        let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
        (text[..end].replace('/', "-"), &text[end..])
    } else {
        return None;
    };
    let mut parts = day.split('-').map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let rest = rest.trim_start_matches(['T', 't', ' ']).trim();
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(rest.len());
    match time(&rest[..end]) {
        Some(time) => Some(Moment::Time {
            local: date.to_datetime(time),
            offset_seconds: zone(rest[end..].trim()),
        }),
        None => Some(Moment::Day(date)),
    }
}

/// `Thu, 01 Jan 2004 19:48:21 GMT`, `1 January 04, 19:48 +0100`, `Thu Jan  1 19:48:21 2004`.
fn by_words(text: &str) -> Option<Moment> {
    let (mut day, mut month, mut year, mut clock, mut offset) = (None, None, None, None, None);
    let joined = text.replace(',', " ");
    let parts = joined.split_whitespace().flat_map(|word| {
        // `01-Jan-04`; a zone such as `-0500` stays whole
        let has_letters = word.contains(|c: char| c.is_ascii_alphabetic());
        word.split(if has_letters { '-' } else { ' ' })
    });
    for part in parts {
        let number = part
            .parse::<i16>()
            .ok()
            .filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
        match number {
            _ if part.contains(':') && clock.is_none() => clock = time(part),
            Some(number) if part.len() == 4 => year = Some(number),
            Some(number) if day.is_none() && number <= 31 => day = Some(number),
            Some(number) if year.is_none() && part.len() == 2 => {
                year = Some(if number < 69 { 2000 + number } else { 1900 + number });
            }
            Some(_) => {}
            None if clock.is_some() && offset.is_none() && zone(part).is_some() => offset = zone(part),
            None => {
                let start: String = part.chars().take(3).flat_map(char::to_lowercase).collect();
                if let Some(at) = MONTHS.iter().position(|name| *name == start) {
                    month = month.or(i8::try_from(at + 1).ok());
                }
            }
        }
    }
    let date = civil::Date::new(year?, month?, i8::try_from(day?).ok()?).ok()?;
    Some(match clock {
        Some(time) => Moment::Time {
            local: date.to_datetime(time),
            offset_seconds: offset,
        },
        None => Moment::Day(date),
    })
}

/// `10:14`, `10:14:55`, `10:14:55.5`.
fn time(text: &str) -> Option<civil::Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = match parts.next() {
        Some(second) => second.split(['.', ',']).next()?.parse().ok()?,
        None => 0,
    };
    // a leap second is read as the one before it
    civil::Time::new(hour, minute, if second == 60 { 59 } else { second }, 0).ok()
}

/// Seconds east of UTC.
fn zone(text: &str) -> Option<i32> {
    let text = text.trim_start_matches("GMT").trim_start_matches("UTC");
    let text = if text.is_empty() { "gmt" } else { text };
    if let Some((sign, digits)) = text
        .strip_prefix('+')
        .map(|rest| (1, rest))
        .or_else(|| text.strip_prefix('-').map(|rest| (-1, rest)))
    {
        let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
        let (hours, minutes) = match digits.len() {
            2 => (digits.parse::<i32>().ok()?, 0),
            3 | 4 => {
                let split = digits.len() - 2;
                (
                    digits[..split].parse().ok()?,
                    digits[split..].parse::<i32>().ok()?,
                )
            }
            _ => return None,
        };
        return (hours <= 15 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60));
    }
    let name = text.to_ascii_lowercase();
    ZONES
        .iter()
        .find(|(zone, _)| *zone == name)
        .map(|(_, hours)| (hours * 3600.0) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_as_they_come_and_say_no_more_than_they_did() {
        for (text, expected) in [
            ("2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"),
            ("2003-12-31T10:14+02:00", "2003-12-31T10:14:00+02:00"),
            ("2003-12-31 10:14:55", "2003-12-31T10:14:55"),
            ("2003-12-31 10:14:55.25 -0500", "2003-12-31T10:14:55-05:00"),
            ("2003-12-31", "2003-12-31"),
            ("20031231", "2003-12-31"),
            ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("Thu, 1 January 04 19:48 EST", "2004-01-01T19:48:00-05:00"),
            ("01-Jan-04 19:48:60 +0130", "2004-01-01T19:48:59+01:30"),
            ("Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21"),
            ("1 Jan 2004", "2004-01-01"),
            ("Jan 2004", "-"),
            ("2003-12", "-"),
            ("Thu, 01 Foo 2004 19:48:21 GMT", "-"),
            ("Thu, 31 Feb 2004 19:48:21 GMT", "-"),
            ("yesterday", "-"),
            ("", "-"),
        ] {
            let read = date(text).map_or("-".to_owned(), |date| date.to_string());
            assert_eq!(read, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "[0-9A-Za-z:+, é-]{0,40}") {
            let _ = date(&text);
        }
    }
}
