//! Finds the names of an article: the tagger sentence by sentence, then a memory of the whole document.

use std::collections::BTreeMap;

use twosource_model::{Analysis, Article, EntityType, LanguageCode, Span, Upos};

use super::boundaries;
use super::capitals::runs_of_capitals;
use super::evidence;
use super::kinds;
use super::knowledge::{self, CountryWord, Key, TitleKind};
use super::tagger::{NameKind, tag};
use super::word::{Word, words_of};

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoundName {
    /// Its tokens.
    pub tokens: (usize, usize),
    /// Its bytes.
    pub span: Span,
    /// Its kind.
    pub entity_type: EntityType,
}

/// The names of an article, in order, never overlapping.
pub(super) fn find(article: &Article, analysis: &Analysis) -> Vec<FoundName> {
    let text = article.text();
    let english = analysis.language == LanguageCode::ENGLISH;
    let mut names = Vec::new();
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let words = words_of(text, analysis, index);
        let first = sentence.first_token as usize;
        let tagged: Vec<(usize, usize, EntityType)> = if english {
            tag(&words)
                .into_iter()
                .map(|name| {
                    (
                        name.start,
                        name.end,
                        type_of(name.kind, &words[name.start..name.end]),
                    )
                })
                .collect()
        } else {
            runs_of_capitals(&words, analysis.language)
        };
        for (start, end, mut entity_type) in tagged {
            if is_addressed(&words[start..end], entity_type) {
                entity_type = EntityType::Person;
            }
            let (start, end) = trimmed(&words, start, end, entity_type);
            let month = end == start + 1 && SHORT_MONTHS.contains(&words[start].text);
            if start < end && !month {
                let mut name = found(analysis, first + start, first + end, entity_type);
                if english {
                    name.entity_type = kinds::settled(text, analysis, &name);
                    if name.entity_type == EntityType::Person && kinds::is_mere_role(text, &name) {
                        continue;
                    }
                }
                names.push(name);
            }
        }
    }
    if english {
        let people = behind_roles(text, analysis, &names);
        names.extend(people);
        names.sort_by_key(|name| name.tokens);
        names = boundaries::mended(text, analysis, names);
        seats(text, analysis, &mut names);
        evidence::weigh(text, analysis, &mut names);
    }
    remember(text, analysis, &mut names);
    names
}

/// Two words that stand for a government are one name, a body's, where a part of them was taken for a person: "Downing
/// Street said".
fn seats(text: &str, analysis: &Analysis, names: &mut [FoundName]) {
    for at in 0..names.len() {
        let (start, end) = names[at].tokens;
        if names[at].entity_type != EntityType::Person {
            continue;
        }
        let is_seat = |from: usize, to: usize| {
            let words = analysis.tokens[from]
                .span
                .hull(analysis.tokens[to - 1].span)
                .of(text);
            knowledge::country_word(words).is_some_and(|word| word.kind == CountryWord::Seat)
        };
        let free = |from: usize| at == 0 || names[at - 1].tokens.1 <= from;
        let from = (end.saturating_sub(2)..=start).find(|from| free(*from) && is_seat(*from, end));
        if let Some(from) = from {
            names[at] = found(analysis, from, end, EntityType::Organisation);
        }
    }
}

pub(super) fn found(analysis: &Analysis, start: usize, end: usize, entity_type: EntityType) -> FoundName {
    FoundName {
        tokens: (start, end),
        span: analysis.tokens[start].span.hull(analysis.tokens[end - 1].span),
        entity_type,
    }
}

pub(super) fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|w| w.text).collect::<Vec<_>>().join(" ")
}

/// Words at whose end a name of no usual kind is a happening.
const HAPPENINGS: [&str; 17] = [
    "cup",
    "war",
    "games",
    "olympics",
    "festival",
    "day",
    "championship",
    "championships",
    "summit",
    "election",
    "revolution",
    "conference",
    "prize",
    "award",
    "awards",
    "christmas",
    "forum",
];

fn type_of(kind: NameKind, words: &[Word<'_>]) -> EntityType {
    match kind {
        NameKind::Person => EntityType::Person,
        NameKind::Organisation => EntityType::Organisation,
        NameKind::Place => EntityType::Place,
        NameKind::Other => {
            let name = joined(words);
            let last = words.last().map(|w| w.text.to_lowercase()).unwrap_or_default();
            if words.len() > 1 && kinds::is_honorific(words[0].text) {
                EntityType::Person
            } else if is_group(&name) {
                EntityType::Group
            } else if HAPPENINGS.contains(&last.as_str()) {
                EntityType::Event
            } else if last == "act" || last == "bill" || last == "treaty" {
                EntityType::Product
            } else {
                EntityType::Other
            }
        }
    }
}

pub(super) fn is_group(name: &str) -> bool {
    knowledge::group_named(name).is_some()
        || knowledge::country_of_demonym(name).is_some()
        || name
            .strip_suffix('s')
            .is_some_and(|one| knowledge::country_of_demonym(one).is_some())
}

/// Takes what is no part of a name off its ends: punctuation, a genitive, an article, a person's title.
fn trimmed(words: &[Word<'_>], mut start: usize, mut end: usize, entity_type: EntityType) -> (usize, usize) {
    let outer = |word: &Word<'_>| {
        !word.has_letter()
            || matches!(word.text, "'s" | "’s" | "the" | "The" | "a" | "an")
            || word
                .text
                .split_once('@')
                .is_some_and(|(user, host)| user.is_empty() || host.contains('.'))
    };
    while start < end && (outer(&words[start])) {
        start += 1;
    }
    while start < end && outer(&words[end - 1]) {
        end -= 1;
    }
    if entity_type == EntityType::Person {
        start = behind_titles(words, start, end);
    }
    // "Winger Ann Lee", "Shipbuilder Corvane": at the head of a sentence a plain noun has a capital too
    let opens = words[..start].iter().all(|word| !word.has_letter());
    if opens
        && end - start > 1
        && kinds::is_mere_person_noun(words[start].text)
        && stands_alone(&words[start + 1..end], entity_type)
    {
        start += 1;
    }
    (start, end)
}

/// Whether what stands behind a noun for people is a name by itself: "Corvane" is behind "Shipbuilder"; "Corp" and "Nation"
/// belong to "Singer Corp" and "Raider Nation".
fn stands_alone(rest: &[Word<'_>], entity_type: EntityType) -> bool {
    let (Some(first), Some(last)) = (rest.first(), rest.last()) else {
        return false;
    };
    let person = entity_type == EntityType::Person;
    let listed = person && (knowledge::is_given_name(first.text) || knowledge::is_surname(last.text));
    let invented = (person || rest.len() == 1) && kinds::is_no_other_word(last.text);
    (listed || invented) && !kinds::is_noun_for_body(last.text)
        || knowledge::organisation_named(&joined(rest)).is_some()
}

/// Whether a name is a person's for the honorific it begins with ("Mr Falk"), whatever the tagger calls it; a
/// longer name of an organisation or place may begin so too ("Sir John Soane Museum").
fn is_addressed(words: &[Word<'_>], tagged: EntityType) -> bool {
    let honorific = words.first().is_some_and(|word| {
        knowledge::title_named(word.text).is_some_and(|title| title.kind == TitleKind::Honorific)
    });
    honorific && (words.len() == 2 || words.len() > 2 && tagged == EntityType::Other)
}

/// Months that the tagger sometimes takes for a name.
const SHORT_MONTHS: [&str; 10] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "Aug.", "Sep.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// Words that the tagger sometimes takes for the beginning of a person's name.
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Where a person's name begins, behind titles ("Texas Senator Ann Lee") and days ("earlier Thursday Lee").
fn behind_titles(words: &[Word<'_>], start: usize, end: usize) -> usize {
    let title = |at: usize| {
        let word = words[at].text;
        let given = knowledge::is_given_name(word) && !word.ends_with('.');
        let role = knowledge::title_named(word).is_some_and(|title| match title.kind {
            TitleKind::Honorific => true,
            TitleKind::Role => !given && stands_alone(&words[at + 1..end], EntityType::Person),
            _ => !given,
        });
        DAYS.contains(&word) || role
    };
    (start..end.saturating_sub(1))
        .rev()
        .find(|at| title(*at))
        .map_or(start, |at| at + 1)
}

/// What a document says about one name.
#[derive(Default)]
struct Votes {
    by_type: BTreeMap<EntityType, u32>,
}

impl Votes {
    fn best(&self) -> Option<EntityType> {
        self.by_type
            .iter()
            .max_by_key(|(entity_type, votes)| (**votes, std::cmp::Reverse(**entity_type)))
            .map(|(entity_type, _)| *entity_type)
    }
}

/// Longest name that the memory looks for, in tokens.
const LONGEST_REMEMBERED: usize = 5;

/// One document, one kind for a name: the kind of most of its mentions; a surname has the kind of the full name; and a
/// name that was found once is found wherever it is written alike.
fn remember(text: &str, analysis: &Analysis, names: &mut Vec<FoundName>) {
    let mut votes: BTreeMap<Key, Votes> = BTreeMap::new();
    let mut surnames: BTreeMap<Key, u32> = BTreeMap::new();
    // a people and its language share a name in one document
    let two_kinds = |name: &FoundName| knowledge::language_named(name.span.of(text)).is_some();
    for name in names.iter() {
        if two_kinds(name) {
            continue;
        }
        let entry = votes.entry(Key::of(name.span.of(text))).or_default();
        *entry.by_type.entry(name.entity_type).or_default() += 1;
        let length = name.tokens.1 - name.tokens.0;
        if name.entity_type == EntityType::Person && length > 1 {
            let surname = analysis.tokens[name.tokens.1 - 1].span.of(text);
            if surname.chars().count() > 2 {
                *surnames.entry(Key::of(surname)).or_default() += 1;
            }
        }
    }
    for name in names.iter_mut() {
        let key = Key::of(name.span.of(text));
        let single = name.tokens.1 - name.tokens.0 == 1;
        let country =
            knowledge::country_word(name.span.of(text)).is_some_and(|w| w.kind == CountryWord::Name);
        if single && surnames.contains_key(&key) && !country {
            name.entity_type = EntityType::Person;
        } else if let Some(best) = votes.get(&key).and_then(Votes::best).filter(|_| !two_kinds(name)) {
            name.entity_type = best;
        }
    }
    let mut known: BTreeMap<Key, EntityType> = BTreeMap::new();
    for (key, vote) in &votes {
        if let Some(best) = vote.best() {
            known.insert(*key, best);
        }
    }
    for key in surnames.keys() {
        known.insert(*key, EntityType::Person);
    }
    fill_gaps(text, analysis, names, &known);
}

/// The longest name from token `at` on that a table holds and that means nothing else: a country, a place, an organisation
/// by several words or capitals alone. Gives its length in tokens and its kind.
fn in_tables(
    text: &str,
    analysis: &Analysis,
    taken: &[bool],
    at: usize,
    end: usize,
) -> Option<(usize, EntityType)> {
    if analysis.language != LanguageCode::ENGLISH || analysis.tokens[at].upos != Upos::Propn {
        return None;
    }
    let free = (at..end.min(at + LONGEST_REMEMBERED))
        .take_while(|i| !taken[*i])
        .count();
    (1..=free).rev().find_map(|length| {
        let span = analysis.tokens[at]
            .span
            .hull(analysis.tokens[at + length - 1].span);
        let last = analysis.tokens[at + length - 1].span.of(text);
        if !last.chars().any(char::is_alphanumeric) {
            return None; // the key leaves marks out: no name ends with one
        }
        let name = span.of(text);
        let beside_name = |i: Option<usize>| {
            i.and_then(|i| analysis.tokens.get(i))
                .is_some_and(|t| t.upos == Upos::Propn && t.span.of(text).starts_with(char::is_uppercase))
        };
        // a part of a name that no table holds whole
        if beside_name(at.checked_sub(1)) || beside_name(Some(at + length)) {
            return None;
        }
        let single = length == 1;
        let ambiguous = single && (knowledge::is_given_name(name) || knowledge::is_surname(name));
        let acronym = single && name.len() >= 2 && name.bytes().all(|b| b.is_ascii_uppercase());
        if !ambiguous
            && (knowledge::country_of_name(name).is_some() || knowledge::place_named(name).is_some())
        {
            Some((length, EntityType::Place))
        } else if (!single || acronym || (!ambiguous && kinds::is_no_other_word(name)))
            && knowledge::organisation_named(name).is_some()
        {
            Some((length, EntityType::Organisation))
        } else {
            None
        }
    })
}

/// Which of so many tokens stand in a name.
fn taken_by(names: &[FoundName], tokens: usize) -> Vec<bool> {
    let mut taken = vec![false; tokens];
    for name in names {
        taken[name.tokens.0..name.tokens.1].fill(true);
    }
    taken
}

/// Adds names that stand between the found ones and are written like one of the `known`.
fn fill_gaps(text: &str, analysis: &Analysis, names: &mut Vec<FoundName>, known: &BTreeMap<Key, EntityType>) {
    let taken = taken_by(names, analysis.tokens.len());
    let mut more = Vec::new();
    for sentence in &analysis.sentences {
        let mut at = sentence.first_token as usize;
        let end = sentence.end_token as usize;
        while at < end {
            let first = analysis.tokens[at].span.of(text);
            let candidate = !taken[at]
                && first.chars().next().is_some_and(char::is_uppercase)
                && matches!(analysis.tokens[at].upos, Upos::Propn | Upos::X | Upos::Noun);
            let mut matched = None;
            if candidate {
                let mut key = Key::EMPTY;
                for length in 1..=LONGEST_REMEMBERED.min(end - at) {
                    if taken[at + length - 1] {
                        break;
                    }
                    let word = analysis.tokens[at + length - 1].span.of(text);
                    if !word.chars().any(char::is_alphanumeric) {
                        continue; // it leaves the key as it is: a name does not end with it
                    }
                    key = key.with(word);
                    if let Some(kind) = known.get(&key) {
                        matched = Some((length, *kind));
                    }
                }
            }
            if candidate && matched.is_none() {
                matched = in_tables(text, analysis, &taken, at, end);
            }
            if let Some((length, kind)) = matched {
                if first.chars().count() > 1 {
                    more.push(found(analysis, at, at + length, kind));
                }
                at += length;
            } else {
                at += 1;
            }
        }
    }
    names.extend(more);
    names.sort_by_key(|name| name.tokens);
}

/// Longest name that a role before it makes a person's, in tokens.
const LONGEST_BEHIND_ROLE: usize = 4;

/// Proper nouns in no name that stand right behind somebody's role: "fund chairman A. Leigh told".
fn behind_roles(text: &str, analysis: &Analysis, names: &[FoundName]) -> Vec<FoundName> {
    let taken = taken_by(names, analysis.tokens.len());
    let word = |at: usize| analysis.tokens[at].span.of(text);
    let is_role = |at: usize| {
        !taken[at]
            && word(at).starts_with(char::is_lowercase)
            && knowledge::title_named(word(at)).is_some_and(|title| {
                matches!(title.kind, TitleKind::Office | TitleKind::Role | TitleKind::Rank)
            })
    };
    let is_part = |at: &usize| {
        !taken[*at] && analysis.tokens[*at].upos == Upos::Propn && word(*at).starts_with(char::is_uppercase)
    };
    let mut people = Vec::new();
    for sentence in &analysis.sentences {
        let end = sentence.end_token as usize;
        for at in (sentence.first_token as usize..end).filter(|at| is_role(*at)) {
            let length = (at + 1..end)
                .take(LONGEST_BEHIND_ROLE)
                .take_while(is_part)
                .count();
            let behind = at + 1 + length;
            // a part of a longer name is no name, nor is one letter
            let cut = behind < end && taken[behind] && analysis.tokens[behind].upos == Upos::Propn;
            if length == 0 || cut || word(behind - 1).chars().count() < 3 {
                continue;
            }
            let name = found(analysis, at + 1, behind, EntityType::Person);
            let words = name.span.of(text);
            let other = knowledge::country_of_name(words).is_some()
                || knowledge::place_named(words).is_some()
                || knowledge::organisation_named(words).is_some();
            if !other {
                people.push(name);
            }
        }
    }
    people
}
