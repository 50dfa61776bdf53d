//! How well a sentence is covered by the text it is said to come from.
//!
//! Word, bigram and trigram cover, with what weighs most in news checked by itself: names and numbers that the text
//! lacks. A brief is cut out of the reports and is covered wholly; this is the check for sentences that are not.

use std::collections::HashSet;

use crate::words::{Vocabulary, Word, WordId, WordKind};

/// A text that sentences are checked against.
#[derive(Debug, Default)]
pub struct Cover {
    words: HashSet<WordId>,
    pairs: HashSet<(WordId, WordId)>,
    triples: HashSet<(WordId, WordId, WordId)>,
}

/// Shares of the parts in the score; they sum to 1. Set by judgement; the scores they give are in eval/results.
const WORDS: f32 = 0.2;
const PAIRS: f32 = 0.35;
const TRIPLES: f32 = 0.35;
const NAMES: f32 = 0.1;

impl Cover {
    /// Reads the text.
    #[must_use]
    pub fn of(vocabulary: &mut Vocabulary, text: &str) -> Self {
        let ids: Vec<WordId> = vocabulary.read(text, 0).iter().map(|w| w.stem).collect();
        Self {
            words: ids.iter().copied().collect(),
            pairs: ids.windows(2).map(|w| (w[0], w[1])).collect(),
            triples: ids.windows(3).map(|w| (w[0], w[1], w[2])).collect(),
        }
    }

    /// How well `sentence` is covered, 0.0 to 1.0; an empty sentence is covered.
    #[must_use]
    pub fn share(&self, vocabulary: &mut Vocabulary, sentence: &str) -> f32 {
        let words = vocabulary.read(sentence, 0);
        let ids: Vec<WordId> = words.iter().map(|w| w.stem).collect();
        let share = |found: usize, of: usize| if of == 0 { 1.0 } else { found as f32 / of as f32 };
        let (mut found, mut all) = (0.0, 0.0);
        for word in words.iter().filter(|w| w.kind != WordKind::Function) {
            let weight = vocabulary.weight(word.stem);
            all += weight;
            found += if self.words.contains(&word.stem) {
                weight
            } else {
                0.0
            };
        }
        let by_word = if all > 0.0 { found / all } else { 1.0 };
        let pairs = ids
            .windows(2)
            .filter(|w| self.pairs.contains(&(w[0], w[1])))
            .count();
        let triples = ids
            .windows(3)
            .filter(|w| self.triples.contains(&(w[0], w[1], w[2])))
            .count();
        let names: Vec<&Word> = words
            .iter()
            .filter(|w| w.capital || w.kind == WordKind::Number)
            .collect();
        let known = names.iter().filter(|w| self.words.contains(&w.stem)).count();
        WORDS * by_word
            + PAIRS * share(pairs, ids.len().saturating_sub(1))
            + TRIPLES * share(triples, ids.len().saturating_sub(2))
            + NAMES * share(known, names.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_are_covered_and_made_up_ones_are_not() {
        let mut vocabulary = Vocabulary::default();
        let cover = Cover::of(
            &mut vocabulary,
            "The mayor of Elm Town opened the new bridge on Monday.",
        );
        let share = |sentence: &str, vocabulary: &mut Vocabulary| cover.share(vocabulary, sentence);
        assert!(share("The mayor of Elm Town opened the new bridge.", &mut vocabulary) > 0.999);
        assert!(share("A bridge was closed by 40 farmers in Oakham.", &mut vocabulary) < 0.4);
        assert!(share("", &mut vocabulary) > 0.999);
    }
}
