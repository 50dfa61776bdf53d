//! Countries, their inhabitants and the words that stand for their governments.

use std::sync::OnceLock;

use super::key::{Key, KeyMap};
use super::table::{list, number, rows};

/// A country or territory of ISO 3166.
#[derive(Debug, PartialEq)]
pub struct Country {
    /// ISO 3166 alpha-2.
    pub alpha2: &'static str,
    /// ISO 3166 alpha-3; also its actor code in CAMEO.
    pub alpha3: &'static str,
    /// Title in the English Wikipedia.
    pub title: &'static str,
    /// Capital cities.
    pub capitals: Vec<&'static str>,
    /// Degrees north and east of a point in it.
    pub coordinates: (f32, f32),
}

/// How a word stands for a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountryWord {
    /// A name of it ("Russia").
    Name,
    /// Adjective or inhabitant ("Russian", "Britons").
    People,
    /// A place that stands for its government ("Kremlin").
    Seat,
}

/// What a word says about a country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordOfCountry {
    /// Which country.
    pub country: &'static Country,
    /// How the word stands for it.
    pub kind: CountryWord,
    /// The word counts in capitals only ("US" against "us").
    pub capitals_only: bool,
}

struct Countries {
    by_alpha2: KeyMap<&'static Country>,
    words: KeyMap<WordOfCountry>,
    all: Vec<(&'static str, CountryWord)>,
}

/// Longest word that counts in capitals only, in letters: "USA", "UAE".
const LONGEST_ACRONYM: usize = 4;

fn countries() -> &'static Countries {
    static COUNTRIES: OnceLock<Countries> = OnceLock::new();
    COUNTRIES.get_or_init(read)
}

fn read() -> Countries {
    let mut read = Countries {
        by_alpha2: KeyMap::default(),
        words: KeyMap::default(),
        all: Vec::new(),
    };
    let mut people = Vec::new();
    let mut names = Vec::new();
    for row in rows::<10>(include_str!("../../../data/countries.tsv")) {
        let [
            alpha2,
            alpha3,
            title,
            _,
            capitals,
            demonyms,
            others,
            latitude,
            longitude,
            foreign,
        ] = row;
        let country: &'static Country = Box::leak(Box::new(Country {
            alpha2,
            alpha3,
            title: if title == "Palestine" {
                "State of Palestine"
            } else {
                title
            },
            capitals: list(capitals).collect(),
            coordinates: (
                number(latitude).unwrap_or_default(),
                number(longitude).unwrap_or_default(),
            ),
        }));
        read.by_alpha2.insert(Key::of(alpha2), country);
        let title = title.split(" (").next().unwrap_or(title);
        names.push((title, country));
        names.extend(list(others).map(|name| (name, country)));
        let foreign = list(foreign).filter_map(|name| name.split_once(':').map(|(_, name)| name));
        names.extend(foreign.map(|name| (name, country)));
        people.extend(list(demonyms).map(|word| (word, country)));
    }
    // the hand-made list comes first: it settles which country a shared word means
    for [word, kind, alpha2] in rows::<3>(include_str!("../../../data/country_words.tsv")) {
        let kind = match kind {
            "name" => CountryWord::Name,
            "people" => CountryWord::People,
            _ => CountryWord::Seat,
        };
        if let Some(country) = read.by_alpha2.get(&Key::of(alpha2)).copied() {
            add(&mut read, word, kind, country);
        }
    }
    for (word, country) in names {
        add(&mut read, word, CountryWord::Name, country);
    }
    for (word, country) in people {
        add(&mut read, word, CountryWord::People, country);
    }
    read
}

fn add(read: &mut Countries, word: &'static str, kind: CountryWord, country: &'static Country) {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let capitals_only = letters.clone().count() <= LONGEST_ACRONYM && letters.clone().all(char::is_uppercase);
    let word_of = WordOfCountry {
        country,
        kind,
        capitals_only,
    };
    let entry = read.words.entry(Key::of(word));
    if let std::collections::hash_map::Entry::Vacant(entry) = entry {
        entry.insert(word_of);
        read.all.push((word, kind));
    }
}

/// The country of an ISO 3166 alpha-2 code, in capitals.
#[must_use]
pub fn country(alpha2: &str) -> Option<&'static Country> {
    (alpha2.len() == 2)
        .then(|| countries().by_alpha2.get(&Key::of(alpha2)).copied())
        .flatten()
}

/// What `word` says about a country. Case counts for short words in capitals alone.
#[must_use]
pub fn country_word(word: &str) -> Option<WordOfCountry> {
    let found = countries().words.get(&Key::of(word)).copied()?;
    let fits = !found.capitals_only || word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    fits.then_some(found)
}

/// The country that has this name, in English or one of nine other languages.
///
/// ```
/// use twosource_language::names::knowledge::country_of_name;
/// assert_eq!(country_of_name("U.S.").map(|c| c.alpha3), Some("USA"));
/// assert_eq!(country_of_name("Deutschland").map(|c| c.alpha3), Some("DEU"));
/// assert_eq!(country_of_name("us"), None);
/// ```
#[must_use]
pub fn country_of_name(name: &str) -> Option<&'static Country> {
    country_word(name)
        .filter(|word| word.kind == CountryWord::Name)
        .map(|word| word.country)
}

/// The country whose adjective or inhabitants this is ("Russian", "Britons").
#[must_use]
pub fn country_of_demonym(word: &str) -> Option<&'static Country> {
    country_word(word)
        .filter(|word| word.kind == CountryWord::People)
        .map(|word| word.country)
}

/// All words, for the gazetteer.
pub(crate) fn all_country_words() -> &'static [(&'static str, CountryWord)] {
    &countries().all
}
