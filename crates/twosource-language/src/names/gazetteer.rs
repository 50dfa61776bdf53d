//! Marks words that stand in the knowledge tables, for the tagger: one look-up structure over all tables.

use std::sync::OnceLock;

use super::knowledge::{self, CountryWord, Key, KeyMap};
use super::word::Word;

/// Class of table in which a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// Full name of a person of the news.
    Person,
    /// Surname of a leader.
    Leader,
    /// Given name.
    Given,
    /// Frequent surname.
    Surname,
    /// Country.
    Country,
    /// Inhabitants, adjective of a country, group.
    People,
    /// City of at least `LARGE_CITY` people.
    LargeCity,
    /// Other city.
    City,
    /// First-order region.
    Region,
    /// Another place.
    Place,
    /// Organisation.
    Organisation,
    /// Title.
    Title,
}

/// Number of classes.
pub const CLASSES: usize = 12;

/// People from which a city counts as large.
const LARGE_CITY: u32 = 150_000;

/// Longest phrase that is looked up, in words.
const LONGEST: usize = 7;

/// Longest phrase that is looked up where the first word has no capital.
const LONGEST_LOWER: usize = 3;

/// The bit of phrases that count in capitals only.
const CAPITALS_ONLY: u16 = 1 << 15;

/// Where each word stands in phrases of each class: for each class two bits, 0 outside, 1 alone, 2 first, 3 later.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u32);

impl Marks {
    /// Place in a phrase of this class, 0 to 3.
    #[must_use]
    pub const fn place(self, class: usize) -> u32 {
        (self.0 >> (2 * class)) & 3
    }

    /// All places as one number, for hashing.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether the word stands in no phrase.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the word stands in a phrase of this class.
    #[must_use]
    pub const fn has(self, class: Class) -> bool {
        self.place(class as usize) != 0
    }

    fn set(&mut self, class: usize, place: u32) {
        self.0 = (self.0 & !(3 << (2 * class))) | (place << (2 * class));
    }
}

fn phrases() -> &'static KeyMap<u16> {
    static PHRASES: OnceLock<KeyMap<u16>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases: KeyMap<u16> = KeyMap::with_capacity_and_hasher(90_000, Default::default());
        let mut add = |phrase: &str, class: Class| {
            let bit = 1 << class as u16;
            let acronym = phrase.len() <= 4 && !phrase.chars().any(char::is_lowercase);
            let bits = phrases.entry(Key::of(phrase)).or_insert(CAPITALS_ONLY);
            *bits |= bit;
            if !acronym {
                *bits &= !CAPITALS_ONLY;
            }
        };
        for person in knowledge::all_people() {
            for name in person.names() {
                add(
                    name,
                    if name.contains(' ') {
                        Class::Person
                    } else {
                        Class::Leader
                    },
                );
                if let Some(surname) = name.rsplit(' ').next().filter(|_| !person.terms.is_empty()) {
                    add(surname, Class::Leader);
                }
            }
        }
        knowledge::all_given_names()
            .iter()
            .for_each(|name| add(name, Class::Given));
        knowledge::all_surnames().for_each(|name| add(name, Class::Surname));
        for (word, kind) in knowledge::all_country_words() {
            match kind {
                CountryWord::Name => add(word, Class::Country),
                CountryWord::People => {
                    add(word, Class::People);
                    add(&format!("{word}s"), Class::People);
                }
                CountryWord::Seat => {}
            }
        }
        for group in knowledge::all_groups() {
            add(group.form, Class::People);
        }
        for (name, population) in knowledge::all_city_names() {
            match population {
                0 => add(name, Class::Region),
                LARGE_CITY.. => add(name, Class::LargeCity),
                _ => add(name, Class::City),
            }
        }
        for place in knowledge::all_places() {
            place.names().for_each(|name| add(name, Class::Place));
        }
        let organisations = knowledge::all_organisations().iter();
        for organisation in organisations.filter(|o| o.kind != knowledge::OrganisationKind::Other) {
            organisation
                .names()
                .for_each(|name| add(name, Class::Organisation));
        }
        for title in knowledge::all_titles() {
            add(title.words, Class::Title);
        }
        phrases
    })
}

/// Marks the words of one sentence.
#[must_use]
pub fn mark(words: &[Word<'_>]) -> Vec<Marks> {
    let phrases = phrases();
    let mut marks = vec![Marks::default(); words.len()];
    // for each word and class the length of the phrase that marked it; longer phrases win
    let mut lengths = vec![[0_u8; CLASSES]; words.len()];
    for start in 0..words.len() {
        let first = &words[start];
        if !first.has_letter() {
            continue;
        }
        let longest = if first.is_capitalised() {
            LONGEST
        } else {
            LONGEST_LOWER
        };
        let mut key = Key::EMPTY;
        let mut capitals = true;
        for length in 1..=longest.min(words.len() - start) {
            let last = &words[start + length - 1];
            key = key.with(last.text);
            capitals &= !last.has_lower_case();
            if !last.has_letter() {
                continue;
            }
            let Some(bits) = phrases.get(&key) else {
                continue;
            };
            if bits & CAPITALS_ONLY != 0 && !capitals {
                continue;
            }
            for class in (0..CLASSES).filter(|class| bits >> class & 1 == 1) {
                if lengths[start][class] as usize >= length {
                    continue;
                }
                for at in start..start + length {
                    lengths[at][class] = length as u8;
                    let place = match (length, at == start) {
                        (1, _) => 1,
                        (_, true) => 2,
                        (_, false) => 3,
                    };
                    marks[at].set(class, place);
                }
            }
        }
    }
    marks
}
