//! Names of people in bylines.

/// Words that introduce a byline, in the languages of news met so far.
const INTRODUCTIONS: &[&str] = &[
    "by",
    "written by",
    "story by",
    "reported by",
    "von",
    "par",
    "por",
    "di",
    "door",
    "av",
    "af",
    "autor",
    "text",
    "text:",
    "words by",
    "from",
    "a cura di",
    "de",
    "tekst",
    "tekst:",
    "oleh",
    "автор",
    "автор:",
    "opinion by",
    "analysis by",
    "posted by",
    "author:",
    "autor:",
    "autorin:",
];

/// Words that show a name to be a role, a desk or an outlet's own label rather than a person.
const NO_PERSON: &[&str] = &[
    "staff",
    "admin",
    "editor",
    "editors",
    "newsroom",
    "redaktion",
    "redaction",
    "rédaction",
    "redacción",
    "redazione",
    "redakcja",
    "correspondent",
    "reporter",
    "writer",
    "desk",
    "team",
    "agency",
    "agencies",
    "online",
    "news",
    "updated",
    "published",
    "subscribe",
    "follow",
    "share",
    "comments",
    "minutes",
    "read",
];

/// Longest name, in bytes.
const LONGEST_NAME: usize = 80;

/// The names of a byline: "By Ann Lee and Bo Ek, Science Editor" gives the two.
pub(crate) fn names_of_byline(byline: &str) -> Vec<String> {
    let mut rest = byline.trim();
    let folded_starts = |rest: &str, word: &str| {
        rest.get(..word.len())
            .is_some_and(|head| head.to_lowercase() == word)
            && rest[word.len()..].starts_with([' ', ':', '\u{a0}'])
    };
    while let Some(word) = INTRODUCTIONS
        .iter()
        .filter(|word| folded_starts(rest, word))
        .max_by_key(|word| word.len())
    {
        rest = rest[word.len()..].trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    }
    let mut names: Vec<String> = Vec::new();
    for part in split_names(rest) {
        let name = clean_name(part);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Parts of a list of names.
fn split_names(list: &str) -> Vec<&str> {
    list.split([',', ';', '|', '•', '·', '/', '\n', '&'])
        .flat_map(|part| {
            split_words(
                part,
                &[
                    " and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " i ", " with ",
                ],
            )
        })
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

fn split_words<'t>(text: &'t str, words: &[&str]) -> Vec<&'t str> {
    let mut parts = vec![text];
    for word in words {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    parts
}

/// A name without brackets, addresses and signs at its ends.
pub(crate) fn clean_name(name: &str) -> String {
    let name = name.split(['(', '[', '<', '@']).next().unwrap_or("").trim();
    // "reporter" behind a Korean or Japanese name
    let name = ["기자", "記者", "특파원"]
        .iter()
        .fold(name, |name, role| name.strip_suffix(role).unwrap_or(name));
    let words: Vec<&str> = name.split_whitespace().collect();
    words
        .join(" ")
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '\'' && c != '’')
        .trim_start_matches('.')
        .to_owned()
}

/// Whether words look like the name of a person: one to six words, capitals or particles, no digits, no role.
pub(crate) fn is_name(words: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "van", "von", "der", "den", "ter",
        "ten", "la", "le", "el", "al", "bin", "ibn", "y", "e", "zu", "af", "av", "ap",
    ];
    let list: Vec<&str> = words.split_whitespace().collect();
    if words.len() > LONGEST_NAME
        || !(1..=6).contains(&list.len())
        || words.chars().any(|c| c.is_ascii_digit())
    {
        return false;
    }
    if words.contains(['?', '!', ':', '|', '@', '#', '%', '=', '…']) {
        return false;
    }
    let role = list
        .iter()
        .any(|w| NO_PERSON.contains(&w.to_lowercase().as_str()));
    let cased = words.chars().any(char::is_lowercase) || words.chars().any(char::is_uppercase);
    let capital = |w: &&str| {
        w.chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(|c| !c.is_lowercase())
            || PARTICLES.contains(&w.to_lowercase().as_str())
    };
    !role && (!cased || (list.iter().all(capital) && list.iter().any(|w| w.chars().any(char::is_uppercase))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_split() {
        for (byline, names) in [
            ("By Ann Lee and Bo Ek", &["Ann Lee", "Bo Ek"][..]),
            ("Von Ann Lee, Bo Ek", &["Ann Lee", "Bo Ek"]),
            ("By: Ann Lee (Paris)", &["Ann Lee"]),
            ("ann.lee@example.org", &["ann.lee"]),
        ] {
            assert_eq!(names_of_byline(byline), names, "{byline}");
        }
        assert!(
            is_name("Ann van der Lee")
                && is_name("安娜")
                && !is_name("Science Editor")
                && !is_name("the bridge")
        );
    }
}
