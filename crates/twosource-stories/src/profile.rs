//! What the step keeps of an article: six small sparse vectors, its day and the days it speaks of.

use serde::{Deserialize, Serialize};
use twosource_model::Article;

use crate::actions::actions_of;
use crate::background::share_of_reports;
use crate::days::{Day, Days, is_calendar};
use crate::places::place_of;
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
/// Words of the opening that are read for days spoken of.
const DAY_WORDS: usize = 150;
/// Most terms kept of each vector.
const KEPT: [usize; SECTIONS] = [50, 16, 36, 24, 10, 10];
/// A capitalised word of a headline in capitals counts as a name when at most this share of reports holds it.
const NAME_SHARE: f32 = 0.004;

/// Number of vectors.
pub const SECTIONS: usize = 6;

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
    /// Kinds of events, by the words of title and opening.
    Actions = 5,
}

/// One term of an article as it was counted, before it is weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// The term.
    pub term: u32,
    /// Length in bytes, for a number.
    pub number: Option<u8>,
    /// It names somebody or something, or is a number: no word for what happened.
    pub name: bool,
    /// It is two neighbouring words, not one.
    pub pair: bool,
    /// Times it stands in each vector.
    pub times: [f32; SECTIONS],
}

/// The terms of one article, in rising order, each once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counts {
    /// The terms.
    pub terms: Vec<Count>,
    /// Kinds of events in rising order, with how telling each is.
    pub actions: Vec<(u32, f32)>,
    /// Days spoken of.
    pub spoken: Box<[Day]>,
    /// When the article was published.
    pub day: Option<f32>,
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
    /// Days spoken of, in rising order; see [`Day`].
    pub spoken: Box<[Day]>,
    /// End of each vector in `terms`.
    ends: [u16; SECTIONS],
    /// Length of each vector before it was brought to 1.0, and of its part that names nothing, after.
    norms: [f32; SECTIONS],
    content: [f32; SECTIONS],
    terms: Box<[u32]>,
    /// 65,535 = 1.0; the lowest bit marks a name or number.
    weights: Box<[u16]>,
}

/// What two vectors have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Cosine, 0.0 to 1.0.
    pub cosine: f32,
    /// Cosine of the parts that name nothing, 0.0 to 1.0.
    pub content: f32,
    /// Greatest part of one term in the cosine.
    pub most: f32,
    /// Shared terms.
    pub terms: u32,
    /// Weight of what is shared, in logarithms of rarity: the cosine, lengths undone.
    pub mass: f32,
}

/// What a weight of 1.0 is stored as.
const UNIT: f32 = 65_535.0;

impl Profile {
    /// Weighs counted terms; `idf` gives each one's rarity (natural logarithm, 0.0 or more), in the order of `counts.terms`.
    #[must_use]
    pub fn new(counts: &Counts, idf: &[f32]) -> Self {
        let mut terms = Vec::new();
        let mut weights = Vec::new();
        let mut ends = [0; SECTIONS];
        let mut norms = [0.0; SECTIONS];
        let mut content = [0.0; SECTIONS];
        let mut scratch: Vec<(f32, u32, bool)> = Vec::new();
        for section in 0..SECTIONS {
            scratch.clear();
            if section == Section::Actions as usize {
                scratch.extend(
                    counts
                        .actions
                        .iter()
                        .map(|(kind, weight)| (*weight, *kind, false)),
                );
            }
            for (count, idf) in counts.terms.iter().zip(idf) {
                let times = count.times[section];
                if times > 0.0 && *idf > 0.05 {
                    scratch.push(((1.0 + times.ln()).max(0.3) * idf, count.term, count.name));
                }
            }
            let kept = KEPT[section];
            if scratch.len() > kept {
                scratch.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                scratch.truncate(kept);
                scratch.sort_unstable_by_key(|entry| entry.1);
            }
            let norm = scratch.iter().map(|(w, ..)| w * w).sum::<f32>().sqrt().max(1e-9);
            let plain = scratch.iter().filter(|entry| !entry.2);
            content[section] = plain.map(|(w, ..)| w * w).sum::<f32>().sqrt() / norm;
            norms[section] = norm;
            for (weight, term, name) in &scratch {
                terms.push(*term);
                weights.push((weight / norm * UNIT) as u16 & !1 | u16::from(*name));
            }
            ends[section] = terms.len() as u16;
        }
        Self {
            day: counts.day,
            body: counts.body,
            spoken: counts.spoken.clone(),
            ends,
            norms,
            content,
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
        let (mut sum, mut plain, mut most, mut shared): (u64, u64, u64, u32) = (0, 0, 0, 0);
        while i < terms.len() && j < others.len() {
            match terms[i].cmp(&others[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let product = u64::from(weights[i]) * u64::from(other_weights[j]);
                    sum += product;
                    if weights[i] & other_weights[j] & 1 == 0 {
                        plain += product;
                    }
                    most = most.max(product);
                    shared += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        let cosine = sum as f32 / (UNIT * UNIT);
        let lengths = self.content[section as usize] * other.content[of_other as usize];
        Overlap {
            cosine,
            content: (plain as f32 / (UNIT * UNIT) / lengths.max(1e-4)).min(1.0),
            most: most as f32 / (UNIT * UNIT),
            terms: shared,
            mass: cosine * self.norms[section as usize] * other.norms[of_other as usize],
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
        size_of::<Self>() + self.terms.len() * 6 + self.spoken.len() * 4
    }
}

/// Counts the terms of an article published on `day`.
#[must_use]
pub fn count(article: &Article, day: Option<f32>) -> Counts {
    count_text(article.title(), article.text(), day)
}

/// Counts the terms of a title and a text published on `day` (days since 1970).
#[must_use]
pub fn count_text(title: &str, text: &str, day: Option<f32>) -> Counts {
    let mut found = Found::new(day);
    let mut read = 0;
    let opening = opening(text);
    each_word(opening, |word| {
        found.body_word(&word, opening, read);
        read += 1;
        true
    });
    found.counts.body = read >= BODY_WORDS;
    let in_capitals = in_capitals(title);
    let mut titled = 0;
    each_word(title, |word| {
        found.title_word(&word, title, in_capitals);
        titled += 1;
        titled < TITLE_WORDS
    });
    found.into_counts()
}

/// What is gathered word by word.
struct Found {
    counts: Counts,
    days: Days,
    today: Option<i32>,
    last: Option<u32>,
}

impl Found {
    fn new(day: Option<f32>) -> Self {
        Self {
            counts: Counts {
                terms: Vec::with_capacity(400),
                day,
                ..Counts::default()
            },
            days: Days::default(),
            today: day.filter(|day| day.abs() < 1e6).map(|day| day.floor() as i32),
            last: None,
        }
    }

    fn body_word(&mut self, word: &Word, text: &str, read: usize) {
        let in_lead = read < LEAD_WORDS;
        if read < DAY_WORDS {
            self.days.read(word, text, self.today);
        }
        let named = word.capital && !word.opens && !word.number && !is_calendar(word.term);
        let flag = |yes: bool| f32::from(u8::from(yes));
        let sections = [1.0, 0.0, flag(in_lead), flag(named), flag(word.number), 0.0];
        self.put(word, term_or_place(word), named, sections);
        if let Some(last) = self.last.filter(|_| in_lead && !word.opens) {
            self.counts.terms.push(Count {
                term: pair_term(last, word.term),
                number: None,
                name: false,
                pair: true,
                times: [0.0, 0.0, 0.5, 0.0, 0.0, 0.0],
            });
        }
        self.last = Some(word.term);
        if in_lead && !named {
            self.act(word.term, 1.0);
        }
    }

    fn title_word(&mut self, word: &Word, title: &str, in_capitals: bool) {
        self.days.read(word, title, self.today);
        let telling = !in_capitals && !word.opens || share_of_reports(word.term, None) <= NAME_SHARE;
        let named = word.capital && !word.number && telling && actions_of(word.term).is_empty();
        let number = f32::from(u8::from(word.number));
        let sections = [TITLE_WEIGHT, 1.0, 0.0, 0.0, number, 0.0];
        self.put(word, term_or_place(word), named, sections);
        self.act(word.term, 2.0);
    }

    fn put(&mut self, word: &Word, term: u32, name: bool, times: [f32; SECTIONS]) {
        self.counts.terms.push(Count {
            term,
            number: word.number.then(|| word.span.len().min(255) as u8),
            name: name || word.number,
            pair: false,
            times,
        });
    }

    fn act(&mut self, term: u32, times: f32) {
        let kinds = actions_of(term).iter();
        self.counts
            .actions
            .extend(kinds.map(|action| (action.kind, times * action.rarity)));
    }

    fn into_counts(self) -> Counts {
        let mut counts = self.counts;
        counts.terms.sort_by_key(|count| count.term);
        counts.terms.dedup_by(|next, kept| {
            let same = next.term == kept.term;
            if same {
                kept.name |= next.name;
                for (sum, times) in kept.times.iter_mut().zip(next.times) {
                    *sum += times;
                }
            }
            same
        });
        counts.actions.sort_by_key(|action| action.0);
        counts.actions.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        counts.spoken = self.days.into_days();
        counts
    }
}

/// The term of a word, or of the country that it leads to.
#[must_use]
pub fn term_or_place(word: &Word) -> u32 {
    let place = word.capital.then(|| place_of(word.term)).flatten();
    place.unwrap_or(word.term)
}

/// Most words of a headline start with a capital, so that one says little.
fn in_capitals(title: &str) -> bool {
    let (mut capitals, mut words) = (0, 0);
    each_word(title, |word| {
        if !word.number && word.span.len() >= 4 {
            words += 1;
            capitals += u32::from(word.capital);
        }
        words < 64
    });
    capitals * 10 >= words * 7
}

/// The first [`TEXT_BYTES`] of a text, cut at a character.
fn opening(text: &str) -> &str {
    let mut end = TEXT_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
