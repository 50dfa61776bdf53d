//! The candidate index: for each term how many articles had it, and the newest of them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

use crate::background::{UNKNOWN_SHARE, share_of_reports};
use crate::profile::{Counts, Profile, Section};

/// Terms a query reads: the heaviest of the whole.
const QUERY_TERMS: usize = 20;
/// Newest postings read of a term.
const NEWEST: usize = 300;
/// Reports that the background table counts for. Low enough that a week of one topic makes its words common.
const BACKGROUND_REPORTS: f32 = 1_500.0;

/// Hasher for keys that are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Straight(u64);

impl Hasher for Straight {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8 | u64::from(*byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (value ^ value >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        self.0 = (mixed ^ mixed >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = u64::from(value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

type Terms = HashMap<u32, Term, BuildHasherDefault<Straight>>;

/// One article in the list of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Posting {
    article: u32,
    weight: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Term {
    /// Share of reports at large.
    share: f32,
    /// Articles that had it so far.
    seen: u32,
    /// Newest last; between one and two times [`NEWEST`] are kept.
    postings: Vec<Posting>,
}

/// Most pairs of neighbouring words that are counted; later ones count as new. Pairs are many and mostly met once.
const PAIRS: usize = 1 << 21;

/// Counts and postings of all terms.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Index {
    terms: Terms,
    /// How many articles had a pair of neighbouring words.
    pairs: HashMap<u32, u32, BuildHasherDefault<Straight>>,
    articles: u32,
    /// Sum of products for each article in reach of a query; zero between queries.
    sums: Vec<u32>,
}

/// Key, weight, count and postings of a term.
type SavedTerm = (u32, f32, u32, Vec<(u32, u8)>);

/// What of an index is saved: the terms in rising order.
#[derive(Serialize, Deserialize)]
pub struct SavedIndex {
    terms: Vec<SavedTerm>,
    pairs: Vec<(u32, u32)>,
    articles: u32,
}

impl SavedIndex {
    /// The highest number of an article in it; 0 when it is empty.
    #[must_use]
    pub fn last(&self) -> u32 {
        let postings = self.terms.iter().filter_map(|term| term.3.last());
        postings.map(|posting| posting.0).max().unwrap_or(0)
    }
}

impl Index {
    /// Rarity of each counted term, in their order, from the background and what was added so far.
    #[must_use]
    pub fn rarity(&self, counts: &Counts) -> Vec<f32> {
        let all = BACKGROUND_REPORTS + self.articles as f32 + 1.0;
        let rarity = |share: f32, seen: u32| {
            (all / (share * BACKGROUND_REPORTS + seen as f32 + 0.5))
                .ln()
                .max(0.0)
        };
        counts
            .terms
            .iter()
            .map(|count| {
                if count.pair {
                    return rarity(UNKNOWN_SHARE, self.pairs.get(&count.term).copied().unwrap_or(0));
                }
                match self.terms.get(&count.term) {
                    Some(term) => rarity(term.share, term.seen),
                    None => rarity(share_of_reports(count.term, count.number.map(usize::from)), 0),
                }
            })
            .collect()
    }

    /// Adds the article with number `article`, which is higher than all before it.
    pub fn add(&mut self, article: u32, counts: &Counts, profile: &Profile) {
        self.articles += 1;
        for count in &counts.terms {
            if count.pair {
                if let Some(seen) = self.pairs.get_mut(&count.term) {
                    *seen += 1;
                } else if self.pairs.len() < PAIRS {
                    self.pairs.insert(count.term, 1);
                }
                continue;
            }
            let term = self.terms.entry(count.term).or_insert_with(|| Term {
                share: share_of_reports(count.term, count.number.map(usize::from)),
                seen: 0,
                postings: Vec::new(),
            });
            term.seen += 1;
        }
        for (term, weight) in heaviest(profile) {
            let Some(term) = self.terms.get_mut(&term) else {
                continue;
            };
            if term.postings.len() >= 2 * NEWEST {
                term.postings.drain(..NEWEST);
            }
            term.postings.push(Posting { article, weight });
        }
    }

    /// At most `most` articles numbered `oldest` or higher that share heavy terms with `profile`: best first.
    pub fn candidates(&mut self, profile: &Profile, oldest: u32, next: u32, most: usize) -> Vec<u32> {
        self.sums.resize((next - oldest) as usize, 0);
        let mut touched: Vec<u32> = Vec::new();
        for (term, weight) in heaviest(profile) {
            let Some(term) = self.terms.get(&term) else {
                continue;
            };
            for posting in term.postings.iter().rev().take(NEWEST) {
                if posting.article < oldest {
                    break;
                }
                let sum = &mut self.sums[(posting.article - oldest) as usize];
                if *sum == 0 {
                    touched.push(posting.article);
                }
                *sum += u32::from(weight) * u32::from(posting.weight);
            }
        }
        let mut found: Vec<(u32, u32)> = Vec::with_capacity(touched.len());
        for article in touched {
            let sum = &mut self.sums[(article - oldest) as usize];
            found.push((*sum, article));
            *sum = 0;
        }
        let best = |a: &(u32, u32), b: &(u32, u32)| b.cmp(a);
        if found.len() > most {
            found.select_nth_unstable_by(most, best);
            found.truncate(most);
        }
        found.sort_unstable_by(best);
        found.into_iter().map(|(_, article)| article).collect()
    }

    /// What is saved of it.
    #[must_use]
    pub fn save(&self) -> SavedIndex {
        let mut terms: Vec<_> = self.terms.iter().map(saved_term).collect();
        terms.sort_unstable_by_key(|term| term.0);
        let mut pairs: Vec<(u32, u32)> = self.pairs.iter().map(|(pair, seen)| (*pair, *seen)).collect();
        pairs.sort_unstable();
        SavedIndex {
            terms,
            pairs,
            articles: self.articles,
        }
    }

    /// The index that was saved.
    #[must_use]
    pub fn restore(saved: SavedIndex) -> Self {
        let term = |(term, share, seen, postings): (u32, f32, u32, Vec<(u32, u8)>)| {
            let postings = postings
                .into_iter()
                .map(|(article, weight)| Posting { article, weight })
                .collect();
            (
                term,
                Term {
                    share,
                    seen,
                    postings,
                },
            )
        };
        Self {
            terms: saved.terms.into_iter().map(term).collect(),
            pairs: saved.pairs.into_iter().collect(),
            articles: saved.articles,
            sums: Vec::new(),
        }
    }
}

fn saved_term((key, term): (&u32, &Term)) -> (u32, f32, u32, Vec<(u32, u8)>) {
    let postings = term.postings.iter().map(|p| (p.article, p.weight)).collect();
    (*key, term.share, term.seen, postings)
}

/// The heaviest terms of the whole, with their weights; ties by term.
fn heaviest(profile: &Profile) -> Vec<(u32, u8)> {
    let mut pairs: Vec<(u32, u8)> = profile.vector(Section::All).collect();
    let by_weight = |a: &(u32, u8), b: &(u32, u8)| b.1.cmp(&a.1).then(a.0.cmp(&b.0));
    if pairs.len() > QUERY_TERMS {
        pairs.select_nth_unstable_by(QUERY_TERMS, by_weight);
        pairs.truncate(QUERY_TERMS);
    }
    pairs
}
