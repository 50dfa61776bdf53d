//! Lines that hold a time of day and nothing else, as the entries of a live blog begin with: "14:32", "2.45 pm", "9h05".

use jiff::civil::Time;

/// Words that may stand behind a time of day, folded.
const BEHIND: &[&str] = &[
    "uhr", "h", "hrs", "hours", "klo", "kl", "am", "pm", "a.m.", "p.m.", "a.m", "p.m",
];

/// Longest abbreviation of a time zone, in letters.
const LONGEST_ZONE: usize = 4;

/// The time of day that is all that a line holds.
pub(crate) fn clock(line: &str) -> Option<Time> {
    let line = line.trim();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(line);
    let hour: i8 = line.get(..first).filter(|_| first <= 2)?.parse().ok()?;
    let rest = line[first..].strip_prefix([':', '.', 'h', 'H'])?;
    let minute: i8 = rest.get(..2).filter(|_| digits(rest) == 2)?.parse().ok()?;
    let mut rest = &rest[2..];
    let mut second = 0;
    if let Some(seconds) = rest.strip_prefix(':')
        && digits(seconds) == 2
    {
        second = seconds[..2].parse().ok()?;
        rest = &seconds[2..];
    }
    let mut afternoon = None;
    for word in rest.split_whitespace() {
        let word = word.trim_matches(['(', ')', ',', '|', '•', '-']);
        let folded = word.to_lowercase();
        let is_zone = word.len() <= LONGEST_ZONE && word.bytes().all(|b| b.is_ascii_uppercase());
        if !(BEHIND.contains(&folded.as_str()) || is_zone) {
            return None;
        }
        match folded.as_bytes() {
            [b'p', ..] if folded.contains('m') => afternoon = Some(true),
            [b'a', ..] if folded.contains('m') && BEHIND.contains(&folded.as_str()) => {
                afternoon = Some(false)
            }
            _ => {}
        }
    }
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read() {
        for (line, expected) in [
            ("14:32", Some((14, 32))),
            ("2.45 pm", Some((14, 45))),
            ("2:45pm GMT", Some((14, 45))),
            ("12:10 a.m. ET", Some((0, 10))),
            ("9h05", Some((9, 5))),
            ("09.05 Uhr", Some((9, 5))),
            ("18:03:22", Some((18, 3))),
            ("25:00", None),
            ("14:3", None),
            ("14:32 in Halden", None),
            ("3.5 million", None),
            ("2018", None),
            ("", None),
        ] {
            let found = clock(line).map(|time| (time.hour(), time.minute()));
            assert_eq!(found, expected, "{line}");
        }
    }
}
