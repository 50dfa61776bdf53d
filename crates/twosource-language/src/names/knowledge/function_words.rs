//! Words of the closed classes: what opens a German sentence with a capital and is no part of a name.

use std::collections::HashMap;
use std::sync::OnceLock;

use twosource_model::LanguageCode;

use super::table::rows;

/// A word of a closed class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionWord {
    /// An article, a preposition drawn together with one, a pronoun that stands before a noun: "die", "im", "allen".
    Determiner,
    /// Any other: "als", "für", "will".
    Other,
}

const TABLE: &str = include_str!("../../../data/de/function-words.tsv");

/// What function word of a language this is, whatever its case; so far German has a table.
///
/// ```
/// use twosource_language::names::knowledge::{FunctionWord, function_word};
/// use twosource_model::LanguageCode;
/// let german = LanguageCode::of_tag("de").expect("a code");
/// assert_eq!(function_word(german, "Allen"), Some(FunctionWord::Determiner));
/// assert_eq!(function_word(german, "Für"), Some(FunctionWord::Other));
/// assert_eq!(function_word(german, "Anna"), None);
/// ```
#[must_use]
pub fn function_word(language: LanguageCode, word: &str) -> Option<FunctionWord> {
    if language.as_str() != "de" {
        return None;
    }
    static WORDS: OnceLock<HashMap<&'static str, FunctionWord>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let class = |class| match class {
            "determiner" => FunctionWord::Determiner,
            _ => FunctionWord::Other,
        };
        rows::<2>(TABLE).map(|[word, of]| (word, class(of))).collect()
    });
    words.get(word.to_lowercase().as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_without_doubles() {
        let all: Vec<[&str; 2]> = rows::<2>(TABLE).collect();
        for pair in all.windows(2) {
            assert!(pair[0][0] < pair[1][0], "{pair:?}");
        }
        assert!(
            all.iter()
                .all(|[_, class]| matches!(*class, "determiner" | "other"))
        );
    }
}
