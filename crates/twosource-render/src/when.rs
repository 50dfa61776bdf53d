//! Values of times in words: `2018-FA` is "autumn 2018". Nothing is sharpened; what is not known is shown as it is.

/// A TIMEX3 value, or an interval of ISO 8601-2, for people.
///
/// `../2018-07-20` is "by 2018-07-20", `2018-07-19/2018-07-20` is "2018-07-19 to 2018-07-20".
pub(crate) fn when(value: &str) -> String {
    match value.split_once('/') {
        Some(("..", end)) => format!("by {}", point(end)),
        Some((start, "..")) => format!("from {}", point(start)),
        Some((start, end)) => format!("{} to {}", point(start), point(end)),
        None => point(value),
    }
}

/// One calendar point.
fn point(value: &str) -> String {
    if let Some((day, time)) = value.split_once('T') {
        return format!("{day} {}", time_of_day(time));
    }
    match value.split_once('-') {
        Some((year, part)) => {
            season(part).map_or_else(|| value.to_owned(), |words| format!("{words} {year}"))
        }
        None => value.to_owned(),
    }
}

fn season(part: &str) -> Option<String> {
    Some(match part {
        "SP" => "spring".to_owned(),
        "SU" => "summer".to_owned(),
        "FA" => "autumn".to_owned(),
        "WI" => "winter".to_owned(),
        "Q1" => "first quarter of".to_owned(),
        "Q2" => "second quarter of".to_owned(),
        "Q3" => "third quarter of".to_owned(),
        "Q4" => "fourth quarter of".to_owned(),
        "H1" => "first half of".to_owned(),
        "H2" => "second half of".to_owned(),
        week => {
            let number = week.strip_prefix('W')?;
            match number.split_once('-') {
                Some((number, "WE")) => format!("weekend of week {number} of"),
                None => format!("week {number} of"),
                Some(_) => return None,
            }
        }
    })
}

fn time_of_day(time: &str) -> String {
    match time {
        "MO" => return "morning".to_owned(),
        "MI" => return "midday".to_owned(),
        "AF" => return "afternoon".to_owned(),
        "EV" => return "evening".to_owned(),
        "NI" => return "night".to_owned(),
        _ => {}
    }
    // seconds say nothing to a reader of news
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let clock = match clock.get(..5) {
        Some(minutes) if clock.len() == 8 => minutes,
        _ => clock,
    };
    match zone {
        "" => clock.to_owned(),
        "Z" => format!("{clock} UTC"),
        zone => {
            let (sign, hours) = zone.split_at(1);
            let sign = if sign == "-" { "−" } else { sign };
            let hours = hours.strip_suffix(":00").unwrap_or(hours);
            let hours = hours.strip_prefix('0').unwrap_or(hours);
            format!("{clock} UTC{sign}{hours}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::when;

    #[test]
    fn values_in_words() {
        for (value, words) in [
            ("2018-07-16", "2018-07-16"),
            ("2018-FA", "autumn 2018"),
            ("2018-Q3", "third quarter of 2018"),
            ("2018-W29", "week 29 of 2018"),
            ("2018-W29-WE", "weekend of week 29 of 2018"),
            ("2018", "2018"),
            ("2018-07", "2018-07"),
            ("2024-03-05TEV", "2024-03-05 evening"),
            ("2024-03-06T06:10:00Z", "2024-03-06 06:10 UTC"),
            ("2024-03-06T06:10:00+01:00", "2024-03-06 06:10 UTC+1"),
            ("2024-03-06T06:10:00-03:30", "2024-03-06 06:10 UTC−3:30"),
            ("2024-03-06T06:10:00+10", "2024-03-06 06:10 UTC+10"),
            ("2024-03-06T06:10", "2024-03-06 06:10"),
            ("../2018-07-20", "by 2018-07-20"),
            ("2018-07-19/2018-07-20", "2018-07-19 to 2018-07-20"),
            ("P3D", "P3D"),
            ("201X", "201X"),
            ("", ""),
        ] {
            assert_eq!(when(value).trim(), words, "{value}");
        }
    }
}
