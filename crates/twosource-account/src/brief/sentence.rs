//! What of a sentence hangs on its report alone: whether it can be read alone, and its words in a row.

use twosource_model::Span;

use super::alone::{stands_alone, without_head};
use crate::desk::View;
use crate::numbering::{number_of, number_of_all};

/// A sentence as a brief looks at it.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its bytes without what stands before it at the head of a report.
    pub span: Span,
    /// Whether it can be read alone.
    pub alone: bool,
    /// Words between spaces.
    pub words: usize,
    /// Words behind the first that have a capital.
    pub capitals: usize,
    /// Each two words in a row, as one number; first those of the head.
    pairs: Vec<u64>,
    /// How many of them stand in the head.
    of_head: usize,
}

impl Sentence {
    /// All sentences of a report.
    pub fn all(view: &View<'_>) -> Vec<Self> {
        let sentences = view.sentences.iter().enumerate();
        sentences.map(|(at, span)| Self::of(view, at, *span)).collect()
    }

    fn of(view: &View<'_>, at: usize, whole: Span) -> Self {
        let text = view.article.text();
        let span = without_head(whole, text);
        let tokens = view.analysis.tokens[view.analysis.tokens_in(span)].iter();
        let behind = tokens.skip(1).map(|token| token.span.of(text));
        let pairs = pairs(view, whole);
        let own = if span == whole {
            pairs.len()
        } else {
            self::pairs(view, span).len()
        };
        Self {
            span,
            alone: stands_alone(view, span, at == 0),
            words: span.of(text).split_whitespace().count(),
            capitals: behind.filter(|word| word.starts_with(char::is_uppercase)).count(),
            of_head: pairs.len().saturating_sub(own),
            pairs,
        }
    }

    /// Each two words in a row, as one number.
    pub fn pairs(&self) -> &[u64] {
        &self.pairs
    }

    /// The same behind the head.
    pub fn own_pairs(&self) -> &[u64] {
        &self.pairs[self.of_head..]
    }
}

fn pairs(view: &View<'_>, span: Span) -> Vec<u64> {
    let text = view.article.text();
    let tokens = view.analysis.tokens[view.analysis.tokens_in(span)].iter();
    let letters = |word: &str| {
        let folded = word.chars().flat_map(char::to_lowercase);
        number_of(folded.flat_map(|c| (c as u32).to_le_bytes()))
    };
    let words = tokens.map(|token| token.span.of(text));
    let words: Vec<u64> = words
        .filter(|word| word.contains(char::is_alphanumeric))
        .map(letters)
        .collect();
    words
        .windows(2)
        .map(|pair| number_of_all([pair[0], pair[1]]))
        .collect()
}
