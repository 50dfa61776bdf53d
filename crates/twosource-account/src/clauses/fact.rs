//! Lines that name a thing and give it: "Attendance: 71,460".

/// Most words of the label.
const MOST_LABEL: usize = 3;
/// Most words of what it gives.
const MOST_VALUE: usize = 8;

/// Labels of lines that tell of the report itself, not of the news.
const OF_THE_REPORT: &[&str] = &[
    "author",
    "contact",
    "copyright",
    "credit",
    "date",
    "dated",
    "edited",
    "editing",
    "editor",
    "email",
    "e-mail",
    "fax",
    "follow",
    "graphic",
    "graphics",
    "image",
    "images",
    "more",
    "phone",
    "photo",
    "photograph",
    "photographs",
    "photos",
    "picture",
    "pictures",
    "posted",
    "published",
    "read",
    "related",
    "reporting",
    "section",
    "see",
    "share",
    "source",
    "sources",
    "subscribe",
    "tags",
    "tel",
    "telephone",
    "topics",
    "twitter",
    "updated",
    "video",
    "watch",
    "web",
    "website",
    "writing",
];

/// Whether a line is a label of the news with a figure or a name behind a colon.
pub fn is_labelled(line: &str) -> bool {
    let Some((label, value)) = line.trim().split_once(':') else {
        return false;
    };
    let words = |part: &str| part.split_whitespace().count();
    let of_the_report = label
        .to_lowercase()
        .split_whitespace()
        .any(|word| OF_THE_REPORT.contains(&word));
    let opens =
        |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "$£€".contains(c));
    (1..=MOST_LABEL).contains(&words(label))
        && label.starts_with(char::is_uppercase)
        && label.chars().all(|c| c.is_alphabetic() || c == ' ')
        && !of_the_report
        && value.starts_with(char::is_whitespace)
        && (1..=MOST_VALUE).contains(&words(value))
        && value.split_whitespace().next().is_some_and(opens)
        && !value.contains("://")
        && !value.contains('@')
}

#[cfg(test)]
mod tests {
    use super::is_labelled;

    #[test]
    fn labels_of_the_news_are_told() {
        for line in ["Crowd: 12,400", "Umpire: K. Brandt", "Damage: £3m"] {
            assert!(is_labelled(line), "{line}");
        }
        for line in [
            "Photo: K. Brandt",
            "Read more: Floods",
            "Crowd:",
            "He said: no",
            "Tel: 0123 456",
            "15:30",
        ] {
            assert!(!is_labelled(line), "{line}");
        }
    }
}
