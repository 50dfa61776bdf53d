//! Rewrites: the same matter in the same order, in other words.
//!
//! Sentences are matched by what cannot well be rewritten: names, numbers and rare words. A rewrite has most of its
//! sentences matched, and the matches stand in the same order; two reports of one event match here and there only.

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
/// What a sum of weights may differ by, taken in another order.
const ROUNDING: f32 = 1e-3;

/// A text as it is compared with others: its sentences by what cannot well be rewritten.
#[derive(Debug, Clone, Default)]
pub struct Matter {
    sentences: Vec<Weights>,
    /// The terms of all sentences, in rising order, each once.
    terms: Vec<u32>,
    /// Each term of each sentence with that sentence's place and its weight, in rising order.
    places: Vec<(u32, usize, f32)>,
    /// Weight of the lightest sentence.
    lightest: f32,
}

/// Weighted terms of a sentence, in rising order.
#[derive(Debug, Clone)]
struct Weights {
    terms: Vec<(u32, f32)>,
    sum: f32,
}

impl Matter {
    /// The sentences of a text with these words.
    #[must_use]
    pub fn new(text: &str, words: &[ProseWord]) -> Self {
        let sentences = sentences(text, words);
        let all = sentences.iter().flat_map(|sentence| &sentence.terms);
        let mut terms: Vec<u32> = all.map(|(term, _)| *term).collect();
        terms.sort_unstable();
        terms.dedup();
        let of_all = sentences.iter().enumerate();
        let of_one = |(at, sentence): (usize, &Weights)| -> Vec<(u32, usize, f32)> {
            sentence
                .terms
                .iter()
                .map(|(term, weight)| (*term, at, *weight))
                .collect()
        };
        let mut places: Vec<(u32, usize, f32)> = of_all.flat_map(of_one).collect();
        places.sort_unstable_by_key(|(term, at, _)| (*term, *at));
        let sums = sentences.iter().map(|sentence| sentence.sum);
        Self {
            lightest: sums.fold(f32::INFINITY, f32::min),
            sentences,
            terms,
            places,
        }
    }

    /// The terms of all sentences that carry weight, in rising order, each once.
    pub fn terms(&self) -> &[u32] {
        &self.terms
    }

    /// Of each sentence here, whether the other text may have a partner of it: whether enough of it stands there at all.
    fn may_stand_in(&self, other: &Self) -> impl Iterator<Item = bool> {
        let mut shared = [0.0; MOST_SENTENCES];
        let mut there = other.terms.iter().copied().peekable();
        for (term, at, weight) in &self.places {
            while there.next_if(|other| other < term).is_some() {}
            if there.peek() == Some(term) {
                shared[*at] += weight;
            }
        }
        let enough = |(sentence, shared): (&Weights, f32)| {
            shared + ROUNDING >= SENTENCE_AT * sentence.sum.min(other.lightest)
        };
        self.sentences.iter().zip(shared).map(enough)
    }
}

/// Share of the sentences of the shorter text with a partner in the longer one, all partners in one order, where that is
/// enough of the matter to be one text in other words.
#[must_use]
pub fn rewritten_share(a: &Matter, b: &Matter) -> Option<f32> {
    let (short, long) = if a.sentences.len() <= b.sentences.len() {
        (a, b)
    } else {
        (b, a)
    };
    let share = |matched: usize| matched as f32 / short.sentences.len().max(1) as f32;
    let enough = |matched: usize| matched >= LEAST_SENTENCES && share(matched) >= SHARE_AT;
    let possible = short.may_stand_in(long).filter(|may| *may).count();
    if !enough(possible) {
        return None;
    }
    let matched = in_order(short, long);
    enough(matched).then(|| share(matched))
}

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
    let mut terms: Vec<(u32, Option<usize>)> = words
        .iter()
        .map(|word| (word.term, word.number.then(|| word.span.len())))
        .collect();
    terms.sort_unstable_by(|a, b| b.cmp(a));
    // one number may be written in several lengths: the longest counts
    terms.dedup_by_key(|(term, _)| *term);
    let terms: Vec<(u32, f32)> = terms
        .into_iter()
        .rev()
        .map(|(term, number)| (term, -share_of_reports(term, number).ln()))
        .filter(|(_, weight)| *weight > 1.0)
        .collect();
    Weights {
        sum: terms.iter().map(|(_, weight)| weight).sum(),
        terms,
    }
}

/// The weight of what each sentence of the one shares with each of the other, row by row.
fn shared_weights(a: &Matter, b: &Matter) -> Vec<f32> {
    let width = b.sentences.len();
    let mut shared = vec![0.0; a.sentences.len() * width];
    let mut from = 0;
    for (term, at, weight) in &a.places {
        while b.places.get(from).is_some_and(|(other, ..)| other < term) {
            from += 1;
        }
        let of_term = b.places[from..].iter().take_while(|(other, ..)| other == term);
        for (_, other, _) in of_term {
            shared[at * width + other] += weight;
        }
    }
    shared
}

/// Most sentences that can be matched without crossing; two match where they share enough of the lighter one.
fn in_order(short: &Matter, long: &Matter) -> usize {
    let shared = shared_weights(short, long);
    let mut row = vec![0; long.sentences.len() + 1];
    for (a, shared) in short
        .sentences
        .iter()
        .zip(shared.chunks_exact(long.sentences.len()))
    {
        let mut corner = 0;
        for (at, (b, shared)) in long.sentences.iter().zip(shared).enumerate() {
            let above = row[at + 1];
            let matched = if shared / a.sum.min(b.sum).max(1e-6) >= SENTENCE_AT {
                corner + 1
            } else {
                0
            };
            row[at + 1] = above.max(row[at]).max(matched);
            corner = above;
        }
    }
    row[long.sentences.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::copies::prose;

    fn matter(text: &str) -> Matter {
        Matter::new(text, &prose(text))
    }

    #[test]
    fn a_text_in_other_words_is_told_from_another_of_the_event() {
        let told = "The ferry Aurelia ran aground off Brentholm at 4:20 on Friday. Some 214 passengers were brought to the \
                    harbour of Kvarnvik. Captain Ilse Thorn blamed a broken rudder for the accident. The Vendsund Line \
                    withdrew two sister ships from the strait. Divers found a gash of nine metres below the waterline. \
                    The maritime board of Ostmark opened an inquiry.";
        let rewritten = "At 4:20 on Friday off Brentholm the ferry Aurelia struck ground. To Kvarnvik's harbour 214 passengers \
                         were taken safely. A broken rudder was to blame, captain Ilse Thorn explained. From the strait the \
                         Vendsund Line withdrew both sister ships. Below the waterline divers found a gash nine metres long. \
                         An inquiry was opened by the maritime board of Ostmark.";
        let other = "Rescuers worked through the night near Brentholm after the Aurelia ran aground. Families waited for news at \
                     the terminal in Kvarnvik. The company has sailed the route since the nineties. Its shares fell by a \
                     tenth in early trading. Unions had warned of long shifts aboard. The minister of transport will speak \
                     later today.";
        assert!(rewritten_share(&matter(told), &matter(rewritten)).is_some());
        assert_eq!(rewritten_share(&matter(told), &matter(other)), None);
        assert_eq!(rewritten_share(&matter(""), &matter(told)), None);
    }

    proptest::proptest! {
        #[test]
        fn what_is_passed_over_has_no_partners(a in "([a-d]{1,2}( |[.] |, )){0,120}", b in "([a-d]{1,2}( |[.] |, )){0,120}") {
            let (a, b) = (matter(&a), matter(&b));
            let shared = shared_weights(&a, &b);
            for (at, (one, may)) in a.sentences.iter().zip(a.may_stand_in(&b)).enumerate() {
                for (other, two) in b.sentences.iter().enumerate() {
                    let common: f32 = one.terms.iter().filter(|t| two.terms.contains(t)).map(|(_, weight)| weight).sum();
                    proptest::prop_assert_eq!(common, shared[at * b.sentences.len() + other]);
                    proptest::prop_assert!(may || common < SENTENCE_AT * one.sum.min(two.sum));
                }
            }
        }
    }
}
