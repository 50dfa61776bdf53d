//! The name of the outlet alone on the first line of a saved text.

use crate::metadata::is_known_outlet;

/// Most words of a masthead.
const MOST_WORDS: usize = 6;

/// Nouns that newspapers, agencies and stations are named by, folded. Own work from the names of newspapers at large.
const NOUNS: &[&str] = &[
    "abendblatt",
    "advertiser",
    "allgemeine",
    "anzeiger",
    "argus",
    "bote",
    "broadcasting",
    "bugle",
    "bulletin",
    "chronicle",
    "corriere",
    "courier",
    "courrier",
    "daily",
    "diario",
    "dispatch",
    "echo",
    "enquirer",
    "examiner",
    "express",
    "figaro",
    "gazeta",
    "gazette",
    "gazzetta",
    "globe",
    "guardian",
    "herald",
    "inquirer",
    "journal",
    "kurier",
    "ledger",
    "mail",
    "mercury",
    "messenger",
    "morgenpost",
    "nachrichten",
    "news",
    "newspaper",
    "noticias",
    "nouvelles",
    "observer",
    "periodico",
    "post",
    "presse",
    "radio",
    "record",
    "register",
    "rundschau",
    "sentinel",
    "spiegel",
    "standard",
    "star",
    "sun",
    "tageblatt",
    "tagblatt",
    "telegraph",
    "times",
    "tribune",
    "weekly",
    "zeitung",
];

/// Whether a line is the name of an outlet and nothing else: one that is known, or a few capitalised words of which the
/// first or last is what newspapers are called.
pub(crate) fn is_masthead(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.is_empty() || words.len() > MOST_WORDS || line.ends_with(['.', ',', ':', '!', '?']) {
        return false;
    }
    let capitalised = words.iter().all(|word| {
        let first = word.chars().next();
        first.is_some_and(char::is_uppercase)
            || matches!(*word, "of" | "and" | "the" | "de" | "der" | "di" | "la")
    });
    let names =
        |word: Option<&&str>| word.is_some_and(|word| NOUNS.contains(&crate::cues::fold(word).as_str()));
    capitalised
        && (is_known_outlet(line) || (words.len() > 1 && (names(words.last()) || names(words.first()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outlets_are_known_from_headlines() {
        for (line, expected) in [
            ("Harbour Daily", true),
            ("THE CAPITAL TRIBUNE", true),
            ("Wexmoor Times and Echo", true),
            ("Reuters", true),
            ("Der Spiegel", true),
            ("World", false),
            ("News", false),
            ("Post office robbed in Wexmoor", false),
            ("Mayor Resigns", false),
            ("Harbour Daily.", false),
            ("The storm that nobody saw coming was news", false),
        ] {
            assert_eq!(is_masthead(line), expected, "{line}");
        }
    }
}
