//! What kind a name is where the tables or its own words tell more surely than the tagger: a party is nobody's name,
//! a hospital is no person, a people is no place.

use twosource_model::{Analysis, EntityType, Upos, Xpos};

use super::finding::{FoundName, is_group};
use super::knowledge::{self, OrganisationKind, TitleKind};
use super::titles::title_before;
use crate::syntax::dictionary::Entry;
use crate::syntax::model::english;
use crate::syntax::word::Word;

/// Words at whose end a name of several words is an organisation's.
const ORGANISATION_HEADS: [&str; 45] = [
    "administration",
    "agency",
    "alliance",
    "army",
    "association",
    "authority",
    "bank",
    "bureau",
    "centre",
    "center",
    "club",
    "college",
    "commission",
    "committee",
    "company",
    "congress",
    "corp",
    "corporation",
    "council",
    "court",
    "department",
    "federation",
    "foundation",
    "front",
    "group",
    "hospital",
    "inc",
    "institute",
    "institution",
    "league",
    "ltd",
    "ministry",
    "movement",
    "network",
    "office",
    "offices",
    "organisation",
    "organization",
    "parliament",
    "party",
    "police",
    "school",
    "society",
    "union",
    "university",
];

/// Words at whose end a name of several words is a place's.
const PLACE_HEADS: [&str; 28] = [
    "airport",
    "avenue",
    "bay",
    "beach",
    "boulevard",
    "bridge",
    "canal",
    "county",
    "desert",
    "harbour",
    "harbor",
    "highway",
    "island",
    "islands",
    "lake",
    "mountain",
    "mountains",
    "ocean",
    "peninsula",
    "province",
    "river",
    "road",
    "sea",
    "square",
    "station",
    "strait",
    "street",
    "valley",
];

/// The kind of a name that the tagger gave `name.entity_type`.
pub(super) fn settled(text: &str, analysis: &Analysis, name: &FoundName) -> EntityType {
    let (words, given) = (name.span.of(text), name.entity_type);
    if is_language(text, analysis, name) {
        return EntityType::Other;
    }
    if is_addressed(text, analysis, name) {
        return EntityType::Person;
    }
    let person = given == EntityType::Person;
    let single = name.tokens.1 - name.tokens.0 == 1;
    if STORMS.iter().any(|storm| words.starts_with(storm)) {
        return EntityType::Event;
    }
    if single && !matches!(given, EntityType::Organisation | EntityType::Event) && is_model(words) {
        return EntityType::Product;
    }
    if person && is_people(analysis, name, words) {
        return EntityType::Group;
    }
    if !matches!(
        given,
        EntityType::Person | EntityType::Place | EntityType::Organisation | EntityType::Other
    ) {
        return given;
    }
    let personal = knowledge::is_given_name(words) || knowledge::is_surname(words);
    if knowledge::person_named(words).is_some() || (single && personal) {
        return given;
    }
    let organisation = knowledge::organisation_named(words).filter(|o| o.kind != OrganisationKind::Other);
    let place = knowledge::country_of_name(words).is_some() || knowledge::place_named(words).is_some();
    match (organisation.is_some(), place) {
        (true, false) => return EntityType::Organisation,
        (false, true) => return EntityType::Place,
        _ => {}
    }
    if !person {
        return given;
    }
    if single {
        return of_one_word(words);
    }
    // "chief executive Sanne de Wit": bodies have no such title before their names
    if is_titled(text, analysis, name) {
        return given;
    }
    let head = words.rsplit(char::is_whitespace).next().unwrap_or(words);
    let lower = lowered(head);
    if knowledge::is_surname(head)
        && words
            .split_whitespace()
            .next()
            .is_some_and(knowledge::is_given_name)
    {
        given
    } else if is_organisation_head(head) {
        EntityType::Organisation
    } else if PLACE_HEADS.contains(&lower.as_str()) {
        EntityType::Place
    } else if ends_with_common_noun(words, head) {
        EntityType::Organisation
    } else {
        given
    }
}

/// Whether words that nobody is called end with a plain noun, as the names of firms and clubs do: "Corvane Glass".
fn ends_with_common_noun(words: &str, head: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or(words);
    let entry = entry_of(head);
    entry.is_any(Entry::NOUN | Entry::PLURAL)
        && (head.ends_with('s') || NAMED_AFTER.contains(&entry.noun_sense()))
        && !entry.is_any(Entry::GIVEN | Entry::SURNAME | Entry::PROPER)
        && !knowledge::is_surname(head)
        && !knowledge::is_given_name(head)
        && !knowledge::is_given_name(first)
        && knowledge::title_named(first).is_none()
}

/// Topics of the noun senses that bodies call themselves after, as [`Entry::noun_sense`] counts: artefacts, knowledge,
/// communication, groups, locations.
const NAMED_AFTER: [u32; 5] = [4, 7, 8, 12, 13];

/// Topic of the noun senses that are groups, as [`Entry::noun_sense`] counts.
const GROUPS: u32 = 12;

/// Whether a word at the end of a name is a noun for a body: "corp", "nation".
pub(super) fn is_noun_for_body(word: &str) -> bool {
    let entry = entry_of(word);
    is_organisation_head(word) || entry.is_any(Entry::NOUN) && entry.noun_sense() == GROUPS
}

/// Topic of the noun senses that are people, as [`Entry::noun_sense`] counts.
const PEOPLE: u32 = 16;

/// Whether a word is a noun for people and nobody's name: "winger", "shipbuilder".
pub(super) fn is_mere_person_noun(word: &str) -> bool {
    let entry = entry_of(word);
    let maker = word.ends_with("maker");
    (maker || entry.is_any(Entry::NOUN) && entry.noun_sense() == PEOPLE)
        && word.chars().any(char::is_lowercase)
        && !entry.is_any(Entry::GIVEN | Entry::SURNAME)
        && !knowledge::is_surname(word)
        && !knowledge::is_given_name(word)
}

/// How the names of storms begin.
const STORMS: [&str; 5] = ["Hurricane ", "Typhoon ", "Cyclone ", "Storm ", "Tropical Storm "];

/// Whether a word looks like the model of a product: letters and digits, "X100".
fn is_model(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_uppercase())
}

/// Whether an honorific stands right before a name: "Ms Lee".
fn is_addressed(text: &str, analysis: &Analysis, name: &FoundName) -> bool {
    let before = name
        .tokens
        .0
        .checked_sub(1)
        .map(|at| analysis.tokens[at].span.of(text));
    before.is_some_and(is_honorific)
}

/// Whether the title of one person stands right before a name: "chief executive Bo Ek".
fn is_titled(text: &str, analysis: &Analysis, name: &FoundName) -> bool {
    let Some(sentence) = analysis.sentence_at(name.span.start()) else {
        return false;
    };
    let from = analysis.sentences[sentence].tokens().start;
    title_before(text, analysis, from, name.tokens.0).is_some_and(|found| {
        !found.plural
            && matches!(
                found.title.kind,
                TitleKind::Office | TitleKind::Role | TitleKind::Rank
            )
    })
}

/// Whether a word is an honorific as it stands before a name: "Mr", "Dr.".
pub(super) fn is_honorific(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && knowledge::title_named(word).is_some_and(|title| title.kind == TitleKind::Honorific)
}

/// Whether one word that was taken for a person is nothing but a role: "Coach: Ann Lee".
pub(super) fn is_mere_role(text: &str, name: &FoundName) -> bool {
    let words = name.span.of(text);
    let labels = text[name.span.end()..].starts_with(':');
    knowledge::title_named(words)
        .is_some_and(|title| matches!(title.kind, TitleKind::Office | TitleKind::Role | TitleKind::Rank))
        && !knowledge::is_given_name(words)
        && (labels || !knowledge::is_surname(words))
}

/// Words right behind which the name of a people is its language's.
const BEFORE_LANGUAGE: [&str; 14] = [
    "speak", "speaks", "spoke", "speaking", "learn", "learns", "learned", "learning", "teach", "taught",
    "study", "studied", "into", "in",
];

/// Whether a name that a people and its language share means the language: "in Danish", "Danish is spoken there".
fn is_language(text: &str, analysis: &Analysis, name: &FoundName) -> bool {
    let (start, end) = name.tokens;
    if end - start != 1 || knowledge::language_named(name.span.of(text)).is_none() {
        return false;
    }
    let next = analysis.tokens.get(end);
    let modifies = next.is_some_and(|next| {
        matches!(next.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num) || next.xpos == Xpos::Pos
    });
    let before = start.checked_sub(1).map(|at| &analysis.tokens[at]);
    let spoken = before.is_some_and(|t| BEFORE_LANGUAGE.contains(&t.span.of(text)));
    let counted = before.is_some_and(|t| matches!(t.upos, Upos::Det | Upos::Num | Upos::Adj | Upos::Propn));
    !modifies && (spoken || (analysis.tokens[start].xpos == Xpos::Nnp && !counted))
}

fn lowered(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase()
}

/// Whether a name of several words that ends with this one is an organisation's.
pub(super) fn is_organisation_head(word: &str) -> bool {
    ORGANISATION_HEADS.contains(&lowered(word).as_str())
}

/// Whether one word names a people, a faith or a camp: by the tables, or as a plural that is no surname.
fn is_people(analysis: &Analysis, name: &FoundName, words: &str) -> bool {
    let plural = name.tokens.1 - name.tokens.0 == 1 && analysis.tokens[name.tokens.0].xpos == Xpos::Nnps;
    (is_group(words) || (plural && words.ends_with('s')))
        && !knowledge::is_surname(words)
        && !knowledge::is_given_name(words)
}

/// One word that was taken for a person and is in no list of names: a word of the dictionary is most often a capital of
/// its headline or sentence.
fn of_one_word(words: &str) -> EntityType {
    let entry = entry_of(words);
    let named = entry.is_any(Entry::GIVEN | Entry::SURNAME | Entry::PROPER);
    if entry.is_any(Entry::NOUN | Entry::PLURAL) && !named {
        EntityType::Other
    } else {
        EntityType::Person
    }
}

/// Whether one word is nothing but a name: no word of the dictionary, no city's name.
pub(super) fn is_no_other_word(word: &str) -> bool {
    const WORDS: u32 = Entry::NOUN | Entry::VERB | Entry::ADJECTIVE | Entry::ADVERB | Entry::INFLECTED;
    !entry_of(word).is_any(WORDS) && knowledge::cities_named(word).is_empty()
}

fn entry_of(word: &str) -> Entry {
    english().map_or(Entry::default(), |model| {
        model.tagger.dictionary.entry(Word::of(word).lower)
    })
}
