//! A word as the tagger of names sees it.

use twosource_model::{Analysis, Upos};

/// One token of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    /// As written.
    pub text: &'t str,
    /// Part of speech, [`Upos::X`] when unknown.
    pub upos: Upos,
}

impl Word<'_> {
    /// Whether its first letter is a capital.
    #[must_use]
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it holds a letter or digit.
    #[must_use]
    pub fn has_letter(&self) -> bool {
        self.text.chars().any(char::is_alphanumeric)
    }

    /// Whether it holds a lower-case letter.
    #[must_use]
    pub fn has_lower_case(&self) -> bool {
        self.text.chars().any(char::is_lowercase)
    }
}

/// The words of the sentence with this index.
#[must_use]
pub fn words_of<'t>(text: &'t str, analysis: &Analysis, sentence: usize) -> Vec<Word<'t>> {
    analysis.tokens[analysis.sentences[sentence].tokens()]
        .iter()
        .map(|token| Word {
            text: token.span.of(text),
            upos: token.upos,
        })
        .collect()
}
