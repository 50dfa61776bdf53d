//! Rewrites: the same matter in the same order, in other words.
//!
//! Sentences are matched by what cannot well be rewritten: names, numbers and rare words. A rewrite has most of its
//! sentences matched, and the matches stand in the same order; two reports of one event match here and there only.

use std::collections::{BTreeMap, BTreeSet};

use super::prose::ProseWord;
use crate::background::share_of_reports;

/// Least weighted overlap (share of the lighter sentence) of two sentences that tell the same.
const SENTENCE_AT: f32 = 0.5;
/// Least share of the shorter text's sentences that have a partner in the same order.
const SHARE_AT: f32 = 0.7;
/// Fewest such sentences.
const LEAST_SENTENCES: usize = 5;
/// Most sentences read of a text; all pairs are compared.
const MOST_SENTENCES: usize = 60;
/// Fewest words outside quotation marks of a sentence that is compared.
const LEAST_WORDS: usize = 6;

/// How alike two texts tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// Share of the shorter one's sentences with a partner, all partners in one order.
    pub share: f32,
    /// Sentences matched in order.
    pub matched: usize,
}

impl Likeness {
    /// Enough of the matter in the same order to be one text in other words.
    #[must_use]
    pub fn is_rewrite(&self) -> bool {
        self.matched >= LEAST_SENTENCES && self.share >= SHARE_AT
    }
}

/// Compares the sentences of two texts.
#[must_use]
pub fn likeness(a: &str, a_words: &[ProseWord], b: &str, b_words: &[ProseWord]) -> Likeness {
    let (a, b) = (sentences(a, a_words), sentences(b, b_words));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < LEAST_SENTENCES {
        return Likeness {
            share: 0.0,
            matched: 0,
        };
    }
    let matched = in_order(&short, &long);
    Likeness {
        share: matched as f32 / short.len() as f32,
        matched,
    }
}

/// Weighted terms of a sentence.
type Weights = BTreeMap<u32, f32>;

fn sentences(text: &str, words: &[ProseWord]) -> Vec<Weights> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in 0..words.len() {
        let next = words.get(at + 1).map_or(text.len(), |word| word.span.start());
        let gap = &text[words[at].span.end()..next];
        let ends = at + 1 == words.len() || gap.contains(['.', '!', '?', '\n']);
        if ends {
            // shared speech does not make a rewrite
            let told: Vec<ProseWord> = words[from..=at]
                .iter()
                .filter(|word| !word.quoted)
                .copied()
                .collect();
            if told.len() >= LEAST_WORDS {
                found.push(weights(&told));
            }
            from = at + 1;
            if found.len() == MOST_SENTENCES {
                break;
            }
        }
    }
    found
}

fn weights(words: &[ProseWord]) -> Weights {
    let terms: BTreeSet<(u32, Option<usize>)> = words
        .iter()
        .map(|word| (word.term, word.number.then(|| word.span.len())))
        .collect();
    terms
        .into_iter()
        .map(|(term, number)| (term, -share_of_reports(term, number).ln()))
        .filter(|(_, weight)| *weight > 1.0)
        .collect()
}

fn overlap(a: &Weights, b: &Weights) -> f32 {
    let shared: f32 = a
        .iter()
        .filter(|(term, _)| b.contains_key(term))
        .map(|(_, w)| w)
        .sum();
    let lighter = a.values().sum::<f32>().min(b.values().sum());
    shared / lighter.max(1e-6)
}

/// Most sentences that can be matched without crossing.
fn in_order(short: &[Weights], long: &[Weights]) -> usize {
    let mut row = vec![0; long.len() + 1];
    for a in short {
        let mut corner = 0;
        for (at, b) in long.iter().enumerate() {
            let above = row[at + 1];
            let matched = if overlap(a, b) >= SENTENCE_AT {
                corner + 1
            } else {
                0
            };
            row[at + 1] = above.max(row[at]).max(matched);
            corner = above;
        }
    }
    row[long.len()]
}
