//! What the step keeps of an article: six small sparse vectors, its day and the days it speaks of.

use serde::{Deserialize, Serialize};
use twosource_model::Article;

use crate::actions::actions_of;
use crate::background::share_of_reports;
use crate::days::{Day, Days, is_calendar};
use crate::places::place_of;
use crate::slug::slug_words;
use crate::words::{Word, each_word, pair_term, term_of, words};

/// Bytes of the text that are read: more of it adds background, not the event (docs/stories.md, "how much text").
const TEXT_BYTES: usize = 2_000;
/// Words of the opening that make the lead.
const LEAD_WORDS: usize = 60;
/// Words read of a title.
const TITLE_WORDS: usize = 40;
/// A title counts this often in the whole.
const TITLE_WEIGHT: f32 = 3.0;
/// A word of the address that the title lacks counts this often in the whole,
const SLUG_WEIGHT: f32 = 2.0;
/// and this often as a word of the title.
const SLUG_AS_TITLE: f32 = 1.0;
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
    /// When the article was published or, where that is unknown, first seen.
    pub day: Option<f32>,
    /// There is a text, not only a title.
    pub body: bool,
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

/// An article as the step keeps it: unit vectors over one list of terms in rising order, so that two profiles are compared
/// in one pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Days since 1970, with the time of day as a fraction where it is known.
    pub day: Option<f32>,
    /// There is a text, not only a title.
    pub body: bool,
    /// Days spoken of, in rising order; see [`Day`].
    pub spoken: Box<[Day]>,
    /// Terms of each vector.
    sizes: [u8; SECTIONS],
    /// Length of the whole, the title and the names before they were brought to 1.0.
    norms: [f32; 3],
    /// Length of the part of the whole, the title and the lead that names nothing, after.
    plain: [f32; 3],
    terms: Box<[u32]>,
    rows: Box<[Row]>,
}

/// Weights of one term in the vectors; 255 = 1.0, 0 = not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Row {
    whole: u8,
    title: u8,
    lead: u8,
    /// Weight in the vector of the class; a term is never a name and a number.
    special: u8,
    /// [`NAMED`] and the class.
    marks: u8,
}

/// The term names somebody or something, or is a number.
const NAMED: u8 = 1;
/// Which vector `special` belongs to.
const CLASS: u8 = 6;
const NAME: u8 = 2;
const NUMBER: u8 = 4;
const ACTION: u8 = 6;

impl Row {
    const fn is_empty(self) -> bool {
        self.whole == 0 && self.title == 0 && self.lead == 0 && self.special == 0
    }

    const fn weight(self, section: Section) -> u8 {
        let class = self.marks & CLASS;
        match section {
            Section::All => self.whole,
            Section::Title => self.title,
            Section::Lead => self.lead,
            Section::Names if class == NAME => self.special,
            Section::Numbers if class == NUMBER => self.special,
            Section::Actions if class == ACTION => self.special,
            _ => 0,
        }
    }

    fn put(&mut self, section: usize, weight: u8) {
        match section {
            0 => self.whole = weight,
            1 => self.title = weight,
            2 => self.lead = weight,
            _ => {
                self.special = weight;
                self.marks |= [NAME, NUMBER, ACTION][section - 3];
            }
        }
    }
}

/// What a weight of 1.0 is stored as.
const UNIT: f32 = 255.0;

impl Profile {
    /// Weighs counted terms; `idf` gives each one's rarity (natural logarithm, 0.0 or more), in the order of `counts.terms`.
    #[must_use]
    pub fn new(counts: &Counts, idf: &[f32]) -> Self {
        let words = counts
            .terms
            .iter()
            .map(|count| (count.term, u8::from(count.name)));
        let kinds = counts.actions.iter().map(|(kind, _)| (*kind, 0));
        let mut rows: Vec<(u32, Row)> = words
            .chain(kinds)
            .map(|(term, marks)| {
                (
                    term,
                    Row {
                        marks,
                        ..Row::default()
                    },
                )
            })
            .collect();
        let (mut sizes, mut norms, mut plain) = ([0; SECTIONS], [0.0; SECTIONS], [0.0; SECTIONS]);
        let mut scratch: Vec<(f32, u32)> = Vec::new();
        for section in 0..SECTIONS {
            scratch.clear();
            if section == Section::Actions as usize {
                let kinds = counts.actions.iter().zip(counts.terms.len() as u32..);
                scratch.extend(kinds.map(|((_, weight), at)| (*weight, at)));
            }
            for ((count, idf), at) in counts.terms.iter().zip(idf).zip(0..) {
                let times = count.times[section];
                if times > 0.0 && *idf > 0.05 {
                    scratch.push(((1.0 + times.ln()).max(0.3) * idf, at));
                }
            }
            if scratch.len() > KEPT[section] {
                scratch.select_nth_unstable_by(KEPT[section], |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                scratch.truncate(KEPT[section]);
                scratch.sort_unstable_by_key(|entry| entry.1);
            }
            let norm = scratch.iter().map(|(w, _)| w * w).sum::<f32>().sqrt().max(1e-9);
            let unnamed = scratch
                .iter()
                .filter(|entry| rows[entry.1 as usize].1.marks & NAMED == 0);
            plain[section] = unnamed.map(|(w, _)| w * w).sum::<f32>().sqrt() / norm;
            norms[section] = norm;
            sizes[section] = scratch.len() as u8;
            for (weight, at) in &scratch {
                rows[*at as usize]
                    .1
                    .put(section, (weight / norm * UNIT).round().max(1.0) as u8);
            }
        }
        rows.retain(|(_, row)| !row.is_empty());
        rows.sort_unstable_by_key(|(term, _)| *term);
        Self {
            day: counts.day,
            body: counts.body,
            spoken: counts.spoken.clone(),
            sizes,
            norms: [Section::All, Section::Title, Section::Names].map(|section| norms[section as usize]),
            plain: [Section::All, Section::Title, Section::Lead].map(|section| plain[section as usize]),
            terms: rows.iter().map(|(term, _)| *term).collect(),
            rows: rows.iter().map(|(_, row)| *row).collect(),
        }
    }

    /// It is dated and has a text.
    #[must_use]
    pub const fn is_dated_text(&self) -> bool {
        self.day.is_some() && self.body
    }

    /// Terms of one vector.
    #[must_use]
    pub fn size(&self, section: Section) -> usize {
        usize::from(self.sizes[section as usize])
    }

    /// Terms of a vector with their weights (255 = 1.0), in rising order of terms.
    pub fn vector(&self, section: Section) -> impl Iterator<Item = (u32, u8)> {
        let rows = self.terms.iter().zip(&self.rows);
        rows.map(move |(term, row)| (*term, row.weight(section)))
            .filter(|(_, weight)| *weight > 0)
    }

    /// Whether a vector holds a term.
    #[must_use]
    pub fn holds(&self, section: Section, term: u32) -> bool {
        let found = self.terms.binary_search(&term);
        found.is_ok_and(|at| self.rows[at].weight(section) > 0)
    }

    /// Whether its parts fit, for one that was read back.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.terms.len() == self.rows.len() && self.terms.len() <= KEPT.iter().sum()
    }
}

/// Where each term of a profile stands in it, for comparing it with many others.
#[derive(Debug, Clone)]
pub struct Probe([u8; SLOTS]);

/// Slots of a [`Probe`], a power of two; at most a third of them are taken.
const SLOTS: usize = 512;
/// Mark of a free slot: above the place of any term.
const FREE: u8 = u8::MAX;

impl Probe {
    /// The table of a profile.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        let mut slots = [FREE; SLOTS];
        for (term, place) in profile.terms.iter().zip(0..FREE) {
            let mut at = Self::slot(*term);
            while slots[at] != FREE {
                at = (at + 1) % SLOTS;
            }
            slots[at] = place;
        }
        Self(slots)
    }

    const fn slot(term: u32) -> usize {
        (term.wrapping_mul(0x9E37_79B9) >> 23) as usize
    }

    fn find(&self, terms: &[u32], term: u32) -> Option<usize> {
        let mut at = Self::slot(term);
        loop {
            let place = self.0[at];
            if place == FREE {
                return None;
            }
            if terms[usize::from(place)] == term {
                return Some(usize::from(place));
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// Sums of products of weights over the terms that two profiles share; of one vector where one is named, of two where two.
#[derive(Debug, Clone, Copy, Default)]
struct Products {
    whole: Sum,
    title: Sum,
    lead: Sum,
    names: Sum,
    numbers: Sum,
    actions: Sum,
    title_lead: u32,
    lead_title: u32,
    title_whole: u32,
    whole_title: u32,
    held: [Held; 2],
}

/// Squared weights of one profile's terms that the other holds in any vector.
#[derive(Debug, Clone, Copy, Default)]
struct Held([u32; 4]);

impl Held {
    fn add(&mut self, row: Row) {
        let square = |weight: u8| u32::from(weight) * u32::from(weight);
        for (sum, section) in self.0.iter_mut().zip(HELD) {
            *sum += square(row.weight(section));
        }
    }
}

/// Vectors of which it is known how much the other profile holds.
const HELD: [Section; 4] = [Section::Title, Section::Names, Section::All, Section::Lead];

/// Products of one vector.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    all: u32,
    /// Without what names something on both sides.
    plain: u32,
    most: u32,
    terms: u32,
}

impl Sum {
    fn add(&mut self, a: u8, b: u8, named: bool) {
        let product = u32::from(a) * u32::from(b);
        self.all += product;
        self.plain += if named { 0 } else { product };
        self.most = self.most.max(product);
        self.terms += u32::from(product > 0);
    }
}

/// What two profiles have in common, vector by vector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Common {
    /// Of the whole.
    pub whole: Overlap,
    /// Of the titles.
    pub title: Overlap,
    /// Of the leads; its mass is 0.0.
    pub lead: Overlap,
    /// Of the names; nothing of them is plain.
    pub names: Overlap,
    /// Cosine and terms of the numbers.
    pub numbers: (f32, u32),
    /// Cosine and terms of the kinds of events.
    pub actions: (f32, u32),
    /// Cosines of one's title with the other's lead, the greater first.
    pub title_lead: [f32; 2],
    /// Cosines of one's title with the other's whole, the greater first.
    pub title_whole: [f32; 2],
    /// Shares of one's title, names, whole and lead that the other holds in any vector, 0.0 to 1.0: of each the greater first.
    pub held: [[f32; 2]; 4],
}

impl Profile {
    /// What this profile and another have in common; `probe` is this one's.
    #[must_use]
    pub fn common(&self, probe: &Probe, other: &Self) -> Common {
        let products = self.products(probe, other);
        let cosine = |sum: u32| sum as f32 / (UNIT * UNIT);
        let overlap = |sum: Sum, plain: f32, norms: f32| Overlap {
            cosine: cosine(sum.all),
            content: (cosine(sum.plain) / plain.max(1e-4)).min(1.0),
            most: cosine(sum.most),
            terms: sum.terms,
            mass: cosine(sum.all) * norms,
        };
        let plain = |at: usize| self.plain[at] * other.plain[at];
        let norms = |at: usize| self.norms[at] * other.norms[at];
        let falling = |a: u32, b: u32| [cosine(a.max(b)), cosine(a.min(b))];
        Common {
            whole: overlap(products.whole, plain(0), norms(0)),
            title: overlap(products.title, plain(1), norms(1)),
            lead: overlap(products.lead, plain(2), 0.0),
            names: overlap(products.names, 1.0, norms(2)),
            numbers: (cosine(products.numbers.all), products.numbers.terms),
            actions: (cosine(products.actions.all), products.actions.terms),
            title_lead: falling(products.title_lead, products.lead_title),
            title_whole: falling(products.title_whole, products.whole_title),
            held: std::array::from_fn(|at| falling(products.held[0].0[at], products.held[1].0[at])),
        }
    }

    fn products(&self, probe: &Probe, other: &Self) -> Products {
        let mut sums = Products::default();
        for (term, theirs) in other.terms.iter().zip(&other.rows) {
            let Some(at) = probe.find(&self.terms, *term) else {
                continue;
            };
            let ours = &self.rows[at];
            let named = ours.marks & theirs.marks & NAMED != 0;
            sums.whole.add(ours.whole, theirs.whole, named);
            sums.title.add(ours.title, theirs.title, named);
            sums.lead.add(ours.lead, theirs.lead, named);
            if ours.marks & CLASS == theirs.marks & CLASS {
                let class = match ours.marks & CLASS {
                    NAME => &mut sums.names,
                    NUMBER => &mut sums.numbers,
                    _ => &mut sums.actions,
                };
                class.add(ours.special, theirs.special, named);
            }
            sums.held[0].add(*ours);
            sums.held[1].add(*theirs);
            let product = |a: u8, b: u8| u32::from(a) * u32::from(b);
            sums.title_lead += product(ours.title, theirs.lead);
            sums.lead_title += product(ours.lead, theirs.title);
            sums.title_whole += product(ours.title, theirs.whole);
            sums.whole_title += product(ours.whole, theirs.title);
        }
        sums
    }

    /// Cosine of the wholes, 0.0 to 1.0; `probe` is this one's.
    #[must_use]
    pub fn cosine(&self, probe: &Probe, other: &Self) -> f32 {
        self.products(probe, other).whole.all as f32 / (UNIT * UNIT)
    }
}

/// Counts the terms of an article published, or first seen, on `day` (days since 1970).
#[must_use]
pub fn count(article: &Article, day: Option<f32>) -> Counts {
    let (title, text) = (article.title(), article.text());
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
    found.slug(article.url.as_deref().unwrap_or_default(), title);
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

    /// Takes the words of the address that the title lacks.
    fn slug(&mut self, address: &str, title: &str) {
        let mut had: Vec<u32> = words(title, TITLE_WORDS).iter().map(|word| word.term).collect();
        for word in slug_words(address) {
            let term = term_of(word);
            if had.contains(&term) {
                continue;
            }
            had.push(term);
            let place = place_of(term);
            self.counts.terms.push(Count {
                term: place.unwrap_or(term),
                number: None,
                name: place.is_some(),
                pair: false,
                times: [SLUG_WEIGHT, SLUG_AS_TITLE, 0.0, 0.0, 0.0, 0.0],
            });
        }
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
