//! What a report shows of a name that no table holds: "the ferry Solna", "Arden's mayor", "shares in Corvane", "Mira, who".
//!
//! The tagger judges sentence by sentence and takes most unknown names for people. Here what stands around all mentions
//! of one name is counted; where it speaks for another kind and nothing speaks for the tagger's, the kind is changed.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Analysis, EntityType, Relation, Upos, Xpos};

use super::finding::FoundName;
use super::kinds;
use super::knowledge::{self, Key, OrganisationKind, TitleKind};
use super::signs::{Beside, Shown, sign};

/// What the mentions of one name speak for.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    person: u32,
    organisation: u32,
    place: u32,
    thing: u32,
    /// It is no human being, whatever else: "which", an article before it.
    lifeless: u32,
    /// It says or plans something: a person or a body.
    speaks: u32,
}

impl Signs {
    const fn of(&self, kind: EntityType) -> u32 {
        match kind {
            EntityType::Person => self.person,
            EntityType::Organisation => self.organisation,
            EntityType::Place => self.place,
            _ => self.thing,
        }
    }

    /// Whether nothing speaks for any kind.
    const fn is_blank(&self) -> bool {
        self.person + self.organisation + self.place + self.thing == 0
    }

    fn add(&mut self, kind: EntityType) {
        match kind {
            EntityType::Person => self.person += 1,
            EntityType::Organisation => self.organisation += 1,
            EntityType::Place => self.place += 1,
            _ => self.thing += 1,
        }
    }

    /// Adds what a word shows.
    fn count(&mut self, shown: Option<Shown>) {
        match shown {
            Some(Shown::Kind(kind)) => self.add(kind),
            Some(Shown::Speaker) => self.speaks += 1,
            Some(Shown::Unknown) | None => {}
        }
    }

    /// The kind that they speak for instead of `given`; `listed` asks for more, where a list knows the word as a name of
    /// people.
    fn settle(&self, given: EntityType, listed: bool) -> Option<EntityType> {
        if self.of(given) > 0 {
            return None;
        }
        let kinds = [
            EntityType::Person,
            EntityType::Organisation,
            EntityType::Place,
            EntityType::Other,
        ];
        let best = kinds.into_iter().rev().max_by_key(|kind| self.of(*kind))?;
        let least = match (given, best) {
            // what speaks is no place by one sign: "He saw a friend in Mira. Mira denied it."
            (_, EntityType::Place) if self.speaks > 0 => SURE_SIGNS,
            // the tagger takes what stands behind "in" for a place: "faith in Mira"
            (EntityType::Place, EntityType::Person) => 1,
            (EntityType::Person, _) | (EntityType::Other, EntityType::Organisation) if !listed => 1,
            _ => SURE_SIGNS,
        };
        if self.of(best) >= least {
            return Some(best);
        }
        let body = match given {
            EntityType::Person => self.lifeless >= least,
            EntityType::Other => self.speaks > 0,
            _ => false,
        };
        body.then_some(EntityType::Organisation)
    }
}

/// Signs that change the kind of a name which a list holds, or which the tagger did not take for a person.
const SURE_SIGNS: u32 = 2;

/// Whether a noun in lower case is what one person is: "mayor", "shipbuilder".
fn is_post(noun: &str) -> bool {
    knowledge::title_named(noun).is_some() || kinds::is_mere_person_noun(noun)
}

/// Whether a noun in lower case is one for bodies: "airline", "carmaker".
fn is_body(noun: &str) -> bool {
    sign(Beside::Before, noun) == Some(Shown::Kind(EntityType::Organisation)) || noun.ends_with("maker")
}

/// Gives the names of an English report the kinds that it shows.
pub(super) fn weigh(text: &str, analysis: &Analysis, names: &mut [FoundName]) {
    let mut seen: BTreeMap<Key, Signs> = BTreeMap::new();
    let view = View { text, analysis };
    for name in names.iter().filter(|name| is_open(text, name)) {
        let signs = seen.entry(Key::of(name.span.of(text))).or_default();
        view.look(name, signs);
    }
    let bodies = first_words_of_bodies(text, names);
    for name in names.iter_mut().filter(|name| is_open(text, name)) {
        let words = name.span.of(text);
        let Some(signs) = seen.get(&Key::of(words)) else {
            continue;
        };
        let single = name.tokens.1 - name.tokens.0 == 1;
        let first = words.split_whitespace().next().unwrap_or(words);
        let last = words.split_whitespace().last().unwrap_or(words);
        let listed = knowledge::is_given_name(first) || knowledge::is_surname(last);
        if let Some(kind) = signs.settle(name.entity_type, listed) {
            name.entity_type = kind;
        } else if single && !listed && signs.is_blank() && bodies.contains(&Key::of(words)) {
            name.entity_type = EntityType::Organisation;
        }
    }
}

/// First words of the names of bodies, each of which may stand for its body alone: "Corvane Glass" is called "Corvane".
fn first_words_of_bodies(text: &str, names: &[FoundName]) -> BTreeSet<Key> {
    let longer = names.iter().filter_map(|name| {
        let (first, rest) = name.span.of(text).split_once(' ')?;
        let own = name.entity_type == EntityType::Organisation && !rest.is_empty();
        (own && kinds::is_no_other_word(first)).then(|| Key::of(first))
    });
    longer.collect()
}

/// Whether the kind of a name is open: no table holds it, and its own words do not tell.
fn is_open(text: &str, name: &FoundName) -> bool {
    let words = name.span.of(text);
    let usual = matches!(
        name.entity_type,
        EntityType::Person | EntityType::Organisation | EntityType::Place | EntityType::Other
    );
    let full = name.tokens.1 - name.tokens.0 > 1
        && words
            .split_whitespace()
            .next()
            .is_some_and(knowledge::is_given_name)
        && words.split_whitespace().last().is_some_and(knowledge::is_surname);
    usual
        && !full
        && knowledge::person_named(words).is_none()
        && knowledge::country_word(words).is_none()
        && knowledge::place_named(words).is_none()
        && knowledge::region_named(words).is_none()
        && knowledge::organisation_named(words).is_none_or(|o| o.kind == OrganisationKind::Other)
        && knowledge::language_named(words).is_none()
        && words.starts_with(char::is_uppercase)
        && knowledge::title_named(words).is_none()
        && !kinds::is_organisation_head(words.rsplit(' ').next().unwrap_or(words))
}

struct View<'a> {
    text: &'a str,
    analysis: &'a Analysis,
}

impl View<'_> {
    /// The word at token `at` of the sentence with the tokens `within`; empty outside.
    fn word(&self, within: &std::ops::Range<usize>, at: Option<usize>) -> &str {
        at.filter(|at| within.contains(at))
            .map_or("", |at| self.analysis.tokens[at].span.of(self.text))
    }

    fn upos(&self, within: &std::ops::Range<usize>, at: usize) -> Option<Upos> {
        within.contains(&at).then(|| self.analysis.tokens[at].upos)
    }

    /// Adds what stands around one mention.
    fn look(&self, name: &FoundName, signs: &mut Signs) {
        let (start, end) = name.tokens;
        let Some(sentence) = self.analysis.sentence_at(name.span.start()) else {
            return;
        };
        let within = self.analysis.sentences[sentence].tokens();
        self.before(&within, start, end, signs);
        self.behind(&within, start, end, signs);
    }

    fn before(&self, within: &std::ops::Range<usize>, start: usize, end: usize, signs: &mut Signs) {
        let one = self.word(within, start.checked_sub(1)).to_lowercase();
        let two = self.word(within, start.checked_sub(2)).to_lowercase();
        let next = self.upos(within, end);
        let noun = if one == "of" { &two } else { &one };
        let place = Some(Shown::Kind(EntityType::Place));
        if self.is_addressed(within, start) {
            signs.person += SURE_SIGNS;
        } else if sign(Beside::Before, noun) == place {
            signs.add(EntityType::Place);
        } else if is_body(&one) && next != Some(Upos::Noun) {
            signs.organisation += SURE_SIGNS;
        } else if let Some(Shown::Kind(EntityType::Other)) = sign(Beside::Before, &one) {
            signs.add(EntityType::Other);
        } else if one == "," && (is_body(&two) || two == "owner") {
            signs.speaks += 1;
        } else if let phrase @ Some(_) = self.phrase(within, start, &one) {
            signs.count(phrase);
        } else if self.ends_phrase(within, end) {
            signs.count(sign(Beside::Preposition, &one));
        }
        let singular = end == start + 1 && self.analysis.tokens[start].xpos != Xpos::Nnps;
        let apposed = next == Some(Upos::Punct)
            || next.is_none()
            || next == Some(Upos::Verb)
            || next == Some(Upos::Aux);
        if one == "the" && singular && apposed {
            signs.lifeless += 1;
        }
    }

    fn behind(&self, within: &std::ops::Range<usize>, start: usize, end: usize, signs: &mut Signs) {
        let next = self.word(within, Some(end));
        let shown = if self.owns(within, end) {
            sign(Beside::Owned, &self.owned(within, end + 1))
        } else if next == "who" || self.is_aged(within, end) {
            Some(Shown::Kind(EntityType::Person))
        } else if self.upos(within, end + 1) == Some(Upos::Propn) {
            sign(Beside::Behind, next)
        } else {
            None
        };
        signs.count(shown);
        if next == "," {
            match self.word(within, Some(end + 1)) {
                "who" | "whose" => signs.add(EntityType::Person),
                // what goes on about a subject is about it, not about the whole clause
                "which" => {
                    signs.lifeless += if self.is_subject(start, end) {
                        SURE_SIGNS
                    } else {
                        1
                    }
                }
                _ => self.described(within, start, end, signs),
            }
        }
        let subject = self.analysis.tokens[start..end]
            .iter()
            .find(|token| token.relation.is(Relation::Nsubj))
            .and_then(|token| self.analysis.tokens.get(token.head? as usize));
        if let Some(verb) = subject.filter(|verb| verb.upos == Upos::Verb) {
            signs.count(sign(Beside::Does, verb.lemma.as_str()));
        }
    }

    /// Adds what a phrase between commas behind the name shows: "Corvane, an oil company,", "Mira Ask, the mayor,". Behind a
    /// preposition such a phrase may be of another ("In Arden, the mayor, Mira Ask, said").
    fn described(&self, within: &std::ops::Range<usize>, start: usize, end: usize, signs: &mut Signs) {
        let article = self.word(within, Some(end + 1));
        let behind_preposition = start
            .checked_sub(1)
            .is_some_and(|at| self.upos(within, at) == Some(Upos::Adp));
        if !matches!(article, "a" | "an" | "the") || behind_preposition {
            return;
        }
        let from = end + 2;
        let part = |at: &usize| {
            matches!(self.upos(within, *at), Some(Upos::Noun | Upos::Adj | Upos::Num))
                || self.word(within, Some(*at)) == "-"
        };
        let Some(head) = (from..from + LONGEST_OWNED).take_while(part).last() else {
            return;
        };
        if !matches!(self.word(within, Some(head + 1)), "," | "." | "of" | "in") {
            return;
        }
        let noun = self.word(within, Some(head)).to_lowercase();
        if is_body(&noun) {
            signs.organisation += SURE_SIGNS;
        } else if let Some(Shown::Kind(kind)) = sign(Beside::Before, &noun) {
            signs.add(kind);
        } else if is_post(&noun) {
            signs.person += SURE_SIGNS;
        }
    }

    /// Whether the name with these tokens is the subject of a clause.
    fn is_subject(&self, start: usize, end: usize) -> bool {
        let mut tokens = self.analysis.tokens[start..end].iter();
        tokens.any(|token| token.relation.is(Relation::Nsubj))
    }

    /// Whether an honorific, office or rank stands right before token `start`: "Mr", "Mayor".
    fn is_addressed(&self, within: &std::ops::Range<usize>, start: usize) -> bool {
        let word = self.word(within, start.checked_sub(1));
        word.starts_with(char::is_uppercase)
            && knowledge::title_named(word).is_some_and(|title| {
                matches!(
                    title.kind,
                    TitleKind::Honorific | TitleKind::Office | TitleKind::Rank
                )
            })
    }

    /// What the lemma before token `start` shows together with the preposition between: "faith in".
    fn phrase(&self, within: &std::ops::Range<usize>, start: usize, preposition: &str) -> Option<Shown> {
        let at = start.checked_sub(2).filter(|at| within.contains(at))?;
        let lemma = self.analysis.tokens[at].lemma.to_lowercase();
        sign(Beside::Phrase, &format!("{lemma} {preposition}"))
    }

    /// Whether a name that ends before token `end` is no part of a longer phrase: no noun behind it, and nothing owned.
    fn ends_phrase(&self, within: &std::ops::Range<usize>, end: usize) -> bool {
        let next = self.upos(within, end);
        !matches!(next, Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)) && !self.owns(within, end)
    }

    /// Whether somebody's age stands behind the name that ends before token `end`: ", 54,", "is 54."
    fn is_aged(&self, within: &std::ops::Range<usize>, end: usize) -> bool {
        let link = self.word(within, Some(end));
        let closes = matches!(self.word(within, Some(end + 2)), "," | ".");
        matches!(link, "," | "is" | "was" | "turned") && is_age(self.word(within, Some(end + 1))) && closes
    }

    /// Whether a genitive stands at token `at`.
    fn owns(&self, within: &std::ops::Range<usize>, at: usize) -> bool {
        matches!(self.word(within, Some(at)), "'s" | "’s")
    }

    /// The head of what a genitive before token `at` owns, in lower case: the last noun of its phrase.
    fn owned(&self, within: &std::ops::Range<usize>, at: usize) -> String {
        let last = (at..at + LONGEST_OWNED)
            .take_while(|at| matches!(self.upos(within, *at), Some(Upos::Noun | Upos::Adj | Upos::Num)))
            .last();
        self.word(within, last).to_lowercase()
    }
}

/// Longest phrase that is owned or describes a name, in tokens.
const LONGEST_OWNED: usize = 5;

/// Whether a word is somebody's age in years, as it stands between commas.
fn is_age(word: &str) -> bool {
    word.len() <= 2 && word.parse::<u8>().is_ok_and(|age| age >= YOUNGEST)
}

/// Numbers below are no age of a person in the news.
const YOUNGEST: u8 = 5;
