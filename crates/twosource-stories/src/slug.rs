//! The words that an outlet put into the address of a report: often another wording of its headline.

/// Fewest words of a part of an address that count as a slug; shorter ones name sections.
const LEAST: usize = 3;
/// Most words read of one.
const MOST: usize = 24;

/// The words of the part of `address` that has the most of them; none where no part has [`LEAST`]. Endings of files and
/// whatever holds a digit are passed over.
#[must_use]
pub fn slug_words(address: &str) -> Vec<&str> {
    let address = address.split(['?', '#']).next().unwrap_or("");
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let parts = path.split('/').skip(1);
    let mut best = Vec::new();
    for part in parts {
        let words: Vec<&str> = without_ending(part)
            .split(['-', '_', '+'])
            .filter(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic()))
            .take(MOST)
            .collect();
        if words.len() >= LEAST && words.len() > best.len() {
            best = words;
        }
    }
    best
}

/// `part` without the ending of a file's name.
fn without_ending(part: &str) -> &str {
    match part.rsplit_once('.') {
        Some((name, ending)) if (2..=5).contains(&ending.len()) => name,
        _ => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(address: &str, expected: &[&str]) {
        assert_eq!(slug_words(address), expected, "{address}");
    }

    #[test]
    fn addresses() {
        check(
            "https://news.example/2024/05/03/world/harbour-bridge-closed-after-storm.html?from=a-b-c-d#top-of-the-page",
            &["harbour", "bridge", "closed", "after", "storm"],
        );
        check(
            "https://news.example/mayor_resigns_over_ferry-77005",
            &["mayor", "resigns", "over", "ferry"],
        );
        check("https://a-host-of-many-words.example/world-news/77005", &[]);
        check("harbour-bridge-closed", &[]);
        check("", &[]);
    }

    proptest! {
        #[test]
        fn any_address_is_read(address in "\\PC{0,200}") {
            prop_assert!(slug_words(&address).len() <= MOST);
        }
    }
}
