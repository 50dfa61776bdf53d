//! What the step keeps of an article: five small sparse vectors and its day.

use serde::{Deserialize, Serialize};
use twosource_model::Article;

use crate::words::{Word, each_word, pair_term};

/// Bytes of the text that are read: more of it adds background, not the event (docs/stories.md, "how much text").
const TEXT_BYTES: usize = 2_000;
/// Words of the opening that make the lead.
const LEAD_WORDS: usize = 60;
/// Words read of a title.
const TITLE_WORDS: usize = 40;
/// A title counts this often in the whole.
const TITLE_WEIGHT: f32 = 3.0;
/// Fewest words of text for an article to have a body; below it is a headline.
const BODY_WORDS: usize = 12;
/// Most terms kept of each vector.
const KEPT: [usize; SECTIONS] = [50, 16, 36, 24, 10];

/// Number of vectors.
pub const SECTIONS: usize = 5;

/// Which vector of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Title and opening, the title counting thrice.
    All = 0,
    /// Title.
    Title = 1,
    /// Opening of the text, with pairs of neighbours.
    Lead = 2,
    /// Capitalised words inside sentences.
    Names = 3,
    /// Numbers.
    Numbers = 4,
}

/// One term of an article as it was counted, before it is weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// The term.
    pub term: u32,
    /// Length in bytes, for a number.
    pub number: Option<u8>,
    /// Times it stands in each vector.
    pub times: [f32; SECTIONS],
}

/// The terms of one article, in rising order, each once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counts {
    /// The terms.
    pub terms: Vec<Count>,
    /// There is a text, not only a title.
    pub body: bool,
}

/// An article as the step keeps it: unit vectors, terms in rising order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Days since 1970, with the time of day as a fraction where it is known.
    pub day: Option<f32>,
    /// There is a text, not only a title.
    pub body: bool,
    /// End of each vector in `terms`.
    ends: [u16; SECTIONS],
    terms: Box<[u32]>,
    weights: Box<[u16]>,
}

/// What two vectors have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Cosine, 0.0 to 1.0.
    pub cosine: f32,
    /// Greatest part of one term in it.
    pub most: f32,
    /// Shared terms.
    pub terms: u32,
}

/// What a weight of 1.0 is stored as.
const UNIT: f32 = 65_535.0;

impl Profile {
    /// Weighs counted terms; `idf` gives each one's rarity (natural logarithm, 0.0 or more), in the order of `counts.terms`.
    #[must_use]
    pub fn new(counts: &Counts, idf: &[f32], day: Option<f32>) -> Self {
        let mut terms = Vec::new();
        let mut weights = Vec::new();
        let mut ends = [0; SECTIONS];
        let mut scratch: Vec<(f32, u32)> = Vec::new();
        for section in 0..SECTIONS {
            scratch.clear();
            for (count, idf) in counts.terms.iter().zip(idf) {
                let times = count.times[section];
                if times > 0.0 && *idf > 0.05 {
                    scratch.push(((1.0 + times.ln()).max(0.3) * idf, count.term));
                }
            }
            let kept = KEPT[section];
            if scratch.len() > kept {
                scratch.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                scratch.truncate(kept);
                scratch.sort_unstable_by_key(|entry| entry.1);
            }
            let norm = scratch.iter().map(|(w, _)| w * w).sum::<f32>().sqrt().max(1e-9);
            for (weight, term) in &scratch {
                terms.push(*term);
                weights.push((weight / norm * UNIT) as u16);
            }
            ends[section] = terms.len() as u16;
        }
        Self {
            day,
            body: counts.body,
            ends,
            terms: terms.into_boxed_slice(),
            weights: weights.into_boxed_slice(),
        }
    }

    /// Terms and weights (65,535 = 1.0) of one vector.
    #[must_use]
    pub fn section(&self, section: Section) -> (&[u32], &[u16]) {
        let at = section as usize;
        let from = if at == 0 {
            0
        } else {
            usize::from(self.ends[at - 1])
        };
        let to = usize::from(self.ends[at]);
        (&self.terms[from..to], &self.weights[from..to])
    }

    /// Cosine of a vector of this profile with one of another, 0.0 to 1.0.
    #[must_use]
    pub fn cosine(&self, section: Section, other: &Self, of_other: Section) -> f32 {
        self.overlap(section, other, of_other).cosine
    }

    /// What a vector of this profile and one of another have in common.
    #[must_use]
    pub fn overlap(&self, section: Section, other: &Self, of_other: Section) -> Overlap {
        let (terms, weights) = self.section(section);
        let (others, other_weights) = other.section(of_other);
        let (mut i, mut j) = (0, 0);
        let (mut sum, mut most, mut shared): (u64, u64, u32) = (0, 0, 0);
        while i < terms.len() && j < others.len() {
            match terms[i].cmp(&others[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let product = u64::from(weights[i]) * u64::from(other_weights[j]);
                    sum += product;
                    most = most.max(product);
                    shared += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        Overlap {
            cosine: sum as f32 / (UNIT * UNIT),
            most: most as f32 / (UNIT * UNIT),
            terms: shared,
        }
    }

    /// Whether a vector holds a term.
    #[must_use]
    pub fn holds(&self, section: Section, term: u32) -> bool {
        self.section(section).0.binary_search(&term).is_ok()
    }

    /// Whether its parts fit, for one that was read back.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let rising = self.ends.windows(2).all(|pair| pair[0] <= pair[1]);
        rising
            && usize::from(self.ends[SECTIONS - 1]) == self.terms.len()
            && self.terms.len() == self.weights.len()
    }

    /// Bytes it takes.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        size_of::<Self>() + self.terms.len() * 6
    }
}

/// Counts the terms of an article.
#[must_use]
pub fn count(article: &Article) -> Counts {
    count_text(article.title(), article.text())
}

/// Counts the terms of a title and a text.
#[must_use]
pub fn count_text(title: &str, text: &str) -> Counts {
    let mut found: Vec<Count> = Vec::with_capacity(400);
    let mut put = |word: &Word, term: u32, sections: [f32; SECTIONS]| {
        found.push(Count {
            term,
            number: word.number.then(|| word.span.len().min(255) as u8),
            times: sections,
        });
    };
    let mut read = 0;
    let mut last: Option<u32> = None;
    let opening = opening(text);
    each_word(opening, |word| {
        let lead = f32::from(u8::from(read < LEAD_WORDS));
        let name = f32::from(u8::from(word.capital && !word.opens && !word.number));
        let number = f32::from(u8::from(word.number));
        put(&word, word.term, [1.0, 0.0, lead, name, number]);
        if let Some(last) = last.filter(|_| lead > 0.0 && !word.opens) {
            put(
                &Word {
                    number: false,
                    ..word
                },
                pair_term(last, word.term),
                [0.0, 0.0, 0.5, 0.0, 0.0],
            );
        }
        last = Some(word.term);
        read += 1;
        true
    });
    let body = read >= BODY_WORDS;
    let mut titled = 0;
    each_word(title, |word| {
        let number = f32::from(u8::from(word.number));
        put(&word, word.term, [TITLE_WEIGHT, 1.0, 0.0, 0.0, number]);
        titled += 1;
        titled < TITLE_WORDS
    });
    found.sort_by_key(|count| count.term);
    found.dedup_by(|next, kept| {
        let same = next.term == kept.term;
        if same {
            for (sum, times) in kept.times.iter_mut().zip(next.times) {
                *sum += times;
            }
        }
        same
    });
    Counts { terms: found, body }
}

/// The first [`TEXT_BYTES`] of a text, cut at a character.
fn opening(text: &str) -> &str {
    let mut end = TEXT_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
