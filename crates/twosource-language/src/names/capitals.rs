//! Names of a language without a model: what the tables hold, and runs of capitals that begin with a given name.

use twosource_model::{EntityType, LanguageCode};

use super::finding::joined;
use super::knowledge::{self, FunctionWord, function_word};
use super::word::Word;
use crate::times::lexicon::Lexicon;

/// The names among `words`, as word ranges with their kind.
///
/// German writes every noun with a capital: there a run counts only when a table knows a part of it or no tag speaks
/// against it and it has two words or more.
pub(super) fn runs_of_capitals(
    words: &[Word<'_>],
    language: LanguageCode,
) -> Vec<(usize, usize, EntityType)> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !words[at].is_capitalised() {
            at += 1;
            continue;
        }
        let end = (at..words.len())
            .take_while(|i| words[*i].is_capitalised())
            .last()
            .map_or(at + 1, |i| i + 1)
            .min(at + LONGEST_RUN);
        if let Some(name) = kind_of_run(words, at, end, language) {
            names.push(name);
        }
        at = end;
    }
    names
}

/// Longest run of capitals that is taken for one name, in words.
const LONGEST_RUN: usize = 6;

fn kind_of_run(
    words: &[Word<'_>],
    start: usize,
    end: usize,
    language: LanguageCode,
) -> Option<(usize, usize, EntityType)> {
    let by_table = |start: usize, end: usize| {
        let name = joined(&words[start..end]);
        let place = || {
            knowledge::country_of_name(&name).is_some()
                || knowledge::place_named(&name).is_some()
                || knowledge::cities_named(&name)
                    .first()
                    .is_some_and(|city| city.population > SURE_CITY)
        };
        if knowledge::person_named(&name).is_some() {
            Some((start, end, EntityType::Person))
        } else if knowledge::organisation_named(&name).is_some() {
            Some((start, end, EntityType::Organisation))
        } else if place() {
            Some((start, end, EntityType::Place))
        } else {
            None
        }
    };
    // the longest part that a table knows, leftmost first
    for length in (1..=end - start).rev() {
        for from in start..=end - length {
            if let Some((from, to, kind)) = by_table(from, from + length) {
                return Some((from, to, kind));
            }
        }
    }
    let several = end - start >= 2;
    if several && knowledge::title_named(words[start].text).is_some() {
        return Some((start, end.min(start + LONGEST_PERSON), EntityType::Person));
    }
    let from = (start..end.saturating_sub(1)).find(|at| starts_person(words, start, *at, language))?;
    Some((from, end.min(from + LONGEST_PERSON), EntityType::Person))
}

/// Longest name of a person outside English, in words.
const LONGEST_PERSON: usize = 4;

/// Whether a person's name begins at word `at` of a run of capitals that begins at `start`: with a given name at the head
/// of the run, behind the word that opens the sentence, or behind a noun for people.
fn starts_person(words: &[Word<'_>], start: usize, at: usize, language: LanguageCode) -> bool {
    let name = words[at].text;
    let opens = |at: usize| at == 0 || !words[at - 1].has_letter() && words[at - 1].text != ",";
    // "Allen Bürgern", "Will Peter"
    if !knowledge::is_given_name(name) || opens(at) && function_word(language, name).is_some() {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |at| words[at].text);
    if is_noun_for_people(before, language) {
        return true;
    }
    let function = function_word(language, before);
    // German nouns have capitals too: "das Franz Josef Land", "am Montag August Ende"
    let opener = function.is_some() || language.as_str() != "de";
    let heads = at == start || at == start + 1 && opens(start) && opener;
    heads && function != Some(FunctionWord::Determiner) && !is_month(name, language)
}

/// Endings of German nouns for people: "Sprecherin", "Trainer", "Präsident", "Vorsitzende".
const NOUNS_FOR_PEOPLE: [&str; 21] = [
    "ant",
    "anwalt",
    "arzt",
    "beamte",
    "beamten",
    "chef",
    "ent",
    "er",
    "eur",
    "frau",
    "geordnete",
    "geordneten",
    "in",
    "ist",
    "könig",
    "loge",
    "mann",
    "or",
    "sitzende",
    "sitzenden",
    "sohn",
];

/// Whether a word is a title or, by its ending, a German noun for people.
fn is_noun_for_people(word: &str, language: LanguageCode) -> bool {
    let german = || {
        let lower = word.to_lowercase();
        language.as_str() == "de"
            && word.starts_with(char::is_uppercase)
            && function_word(language, word).is_none()
            && !is_month(word, language)
            && NOUNS_FOR_PEOPLE.iter().any(|ending| lower.ends_with(ending))
    };
    knowledge::title_named(word).is_some() || german()
}

/// Whether a word is the whole name of a month.
fn is_month(word: &str, language: LanguageCode) -> bool {
    // "Jan" is a given name far more often than a month cut short
    word != "Jan"
        && Lexicon::of(language.as_str())
            .word(&word.to_lowercase())
            .is_some_and(|entry| entry.month.is_some())
}

/// People from which a city's name alone is taken for the city.
const SURE_CITY: u32 = 200_000;
