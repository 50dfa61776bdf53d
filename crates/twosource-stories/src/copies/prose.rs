//! A text as words with quoted speech marked, and its sampled word runs.

use twosource_model::Span;

use super::contain::FULL;
use crate::words::{Word, each_word, pair_term};

/// Words of a run. Six is the length of the gold rule of the field; five forgives one more house-style edit.
const RUN: usize = 5;
/// One run in so many is kept in the sample.
const SAMPLE: u32 = 4;
/// Longest stretch between quotation marks that is taken for one quote, in bytes; an odd mark must not eat the text.
const LONGEST_QUOTE: usize = 1_500;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProseWord {
    /// Its term.
    pub term: u32,
    /// Its bytes.
    pub span: Span,
    /// It stands between quotation marks.
    pub quoted: bool,
    /// It holds a digit or is a number word.
    pub number: bool,
    /// It is a name: a capital inside a sentence.
    pub name: bool,
}

/// The words of a text, in order.
#[must_use]
pub fn prose(text: &str) -> Vec<ProseWord> {
    let quotes = quotes(text);
    let mut at = 0;
    let mut found = Vec::with_capacity(text.len() / 6);
    each_word(text, |word: Word| {
        while quotes.get(at).is_some_and(|q| q.end() <= word.span.start()) {
            at += 1;
        }
        found.push(ProseWord {
            term: word.term,
            span: word.span,
            quoted: quotes.get(at).is_some_and(|q| q.start() <= word.span.start()),
            number: word.number,
            name: word.capital && !word.opens,
        });
        true
    });
    found
}

/// Stretches between quotation marks, in order, never overlapping. A straight mark closes at the next one of its
/// paragraph; one without a partner there is taken for a stray.
fn quotes(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        if let Some((start, mark)) = open {
            let too_long = at - start > LONGEST_QUOTE;
            if c == mark && !too_long {
                found.push(Span::at(start, at));
                open = None;
                continue;
            }
            if too_long || (c == '\n' && text[at..].starts_with("\n\n")) {
                open = None;
            }
        }
        if open.is_none() {
            open = match c {
                '“' => Some((at, '”')),
                '"' => Some((at, '"')),
                '«' => Some((at, '»')),
                '„' => Some((at, '“')),
                _ => None,
            };
        }
    }
    found
}

/// Sampled hashes of the word runs outside quoted speech, in rising order, each once.
#[must_use]
pub fn sampled_runs(words: &[ProseWord]) -> Box<[u32]> {
    let mut runs: Vec<u32> = runs(words, RUN)
        .map(|(_, run)| run)
        .filter(|run| run % SAMPLE == 0)
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs.truncate(FULL);
    runs.into_boxed_slice()
}

/// The runs of `length` words outside quoted speech, each with the index of its first word.
pub fn runs(words: &[ProseWord], length: usize) -> impl Iterator<Item = (usize, u32)> {
    words.windows(length).enumerate().filter_map(|(at, window)| {
        let unbroken = window.iter().all(|word| !word.quoted);
        unbroken.then(|| (at, hash(window)))
    })
}

/// Hash of the words of a run.
#[must_use]
pub fn hash(window: &[ProseWord]) -> u32 {
    window
        .iter()
        .fold(0x5bd1_e995, |sum, word| pair_term(sum, word.term))
}
