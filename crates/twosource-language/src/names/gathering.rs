//! Gathers names into entities: one for "Donald Trump", "Mr Trump", "President Trump" and "Trump".
//!
//! Two people of one surname with different given names are never one. Full names come first, short forms are laid to
//! them afterwards, so that a headline's "Trump" finds the full name that stands below it.

use std::collections::BTreeMap;

use twosource_model::{Analysis, Article, Entity, EntityType, Gender, Link, Mention, MentionForm, Span};

use super::finding::FoundName;
use super::knowledge::{self, Country, Key, Person, TitleKind};
use super::titles::{description_start, span_of, title_before, title_from};

/// An entity in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Fullest name so far.
    pub name: String,
    pub entity_type: Option<EntityType>,
    pub gender: Option<Gender>,
    pub plural: bool,
    pub roles: Vec<Span>,
    /// The roles in words: lower-case title and the country beside it.
    pub offices: Vec<Office>,
    pub link: Option<Link>,
    pub person: Option<&'static Person>,
    pub country: Option<&'static Country>,
}

/// A role in words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Office {
    /// Title in lower case, in the spelling of [`knowledge::canonical_role`].
    pub title: &'static str,
    /// The country named beside it.
    pub country: Option<&'static Country>,
}

/// Mentions and entities in the making.
#[derive(Debug, Default)]
pub(super) struct Scene {
    pub mentions: Vec<Mention>,
    pub drafts: Vec<Draft>,
}

impl Scene {
    /// Adds an entity; gives its number.
    pub fn add(&mut self, draft: Draft) -> u32 {
        self.drafts.push(draft);
        self.drafts.len() as u32 - 1
    }

    /// Puts mentions into order, numbers entities by their first mention, and hands both to the analysis.
    pub fn settle(mut self, text: &str, analysis: &mut Analysis) {
        self.mentions
            .sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end()), m.form));
        self.mentions.dedup_by_key(|m| m.span);
        self.name_by_usage(text);
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        let mut entities: Vec<Entity> = Vec::new();
        let mut drafts: Vec<Option<Draft>> = self.drafts.into_iter().map(Some).collect();
        for (at, mention) in self.mentions.iter_mut().enumerate() {
            let Some(old) = mention.entity else { continue };
            let number = *numbers.entry(old).or_insert_with(|| {
                let mut draft = drafts[old as usize].take().unwrap_or_default();
                draft.roles.sort();
                draft.roles.dedup();
                entities.push(Entity {
                    name: if draft.name.is_empty() {
                        mention.span.of(text).to_owned()
                    } else {
                        draft.name
                    },
                    entity_type: draft.entity_type.unwrap_or(EntityType::Other),
                    gender: draft.gender,
                    plural: draft.plural,
                    roles: draft.roles,
                    mentions: Vec::new(),
                    link: draft.link,
                });
                entities.len() as u32 - 1
            });
            mention.entity = Some(number);
            entities[number as usize].mentions.push(at as u32);
        }
        analysis.mentions = self.mentions;
        analysis.entities = entities;
    }
}

impl Scene {
    /// A person is named as the report mostly does in full: "Ann Lee", not the "Ann Margaret Lee" of one place. Among
    /// forms that are used alike the shortest one without initials is taken.
    fn name_by_usage(&mut self, text: &str) {
        let mut used: BTreeMap<u32, BTreeMap<String, u32>> = BTreeMap::new();
        for mention in self.mentions.iter().filter(|m| m.form == MentionForm::Name) {
            let name = one_line(mention.span.of(text));
            if let Some(entity) = mention.entity.filter(|_| name.contains(' ')) {
                *used.entry(entity).or_default().entry(name).or_default() += 1;
            }
        }
        for (entity, forms) in used {
            let draft = &mut self.drafts[entity as usize];
            if draft.entity_type != Some(EntityType::Person) || draft.link.is_some() {
                continue;
            }
            let rank = |(name, count): &(String, u32)| {
                let initials = name
                    .split(' ')
                    .any(|w| w.trim_end_matches('.').chars().count() < 2);
                let length = name.chars().count();
                (
                    *count,
                    !initials,
                    std::cmp::Reverse(length),
                    std::cmp::Reverse(name.clone()),
                )
            };
            if let Some((name, _)) = forms.into_iter().max_by_key(rank) {
                draft.name = name;
            }
        }
    }
}

/// A person's name in its parts.
struct NameParts<'t> {
    given: Vec<&'t str>,
    surname: &'t str,
}

fn parts_of(name: &str) -> NameParts<'_> {
    let mut words: Vec<&str> = name
        .split([' ', '\u{a0}', '\n'])
        .filter(|w| w.chars().any(char::is_alphabetic))
        .collect();
    while words.len() > 1
        && words
            .last()
            .is_some_and(|w| matches!(*w, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV"))
    {
        words.pop();
    }
    let surname = words.pop().unwrap_or(name);
    NameParts {
        given: words,
        surname,
    }
}

/// Whether two full names may be one person's.
fn same_person(one: &str, other: &str) -> bool {
    if Key::of(one) == Key::of(other) {
        return true;
    }
    let known = |name| knowledge::person_named(name).map(|p| p.title);
    if let (Some(a), Some(b)) = (known(one), known(other)) {
        return a == b;
    }
    let (one, other) = (parts_of(one), parts_of(other));
    if Key::of(one.surname) != Key::of(other.surname) {
        return false;
    }
    match (one.given.first(), other.given.first()) {
        (Some(a), Some(b)) => {
            knowledge::same_given_name(a, b)
                // "Huckabee Sanders" beside "Sarah Huckabee Sanders"
                || other.given.iter().skip(1).any(|g| Key::of(g) == Key::of(a))
                || one.given.iter().skip(1).any(|g| Key::of(g) == Key::of(b))
        }
        _ => true,
    }
}

/// What stands beside one name.
#[derive(Default)]
struct Beside {
    full: Option<Span>,
    gender: Option<Gender>,
    role: Option<Span>,
    office: Option<Office>,
    /// Nominal mentions beside it: ", the director of Y,".
    descriptions: Vec<Span>,
}

/// Gathers the names of an article into entities.
pub(super) fn gather(article: &Article, analysis: &Analysis, names: Vec<FoundName>) -> Scene {
    let text = article.text();
    let mut beside: Vec<Beside> = names
        .iter()
        .map(|name| look_beside(text, analysis, name))
        .collect();
    join_places(text, &names, &mut beside);
    let mut scene = Scene::default();
    let mut of_name: Vec<Option<u32>> = vec![None; names.len()];
    gather_people(text, &names, &beside, &mut scene, &mut of_name);
    gather_others(text, &names, &mut scene, &mut of_name);
    for ((name, beside), entity) in names.iter().zip(&beside).zip(of_name) {
        let Some(entity) = entity else { continue };
        let draft = &mut scene.drafts[entity as usize];
        draft.roles.extend(beside.role);
        draft.offices.extend(beside.office.clone());
        let entity_type = draft.entity_type.unwrap_or(name.entity_type);
        scene.mentions.push(Mention {
            span: name.span,
            full: beside.full.unwrap_or(name.span),
            form: MentionForm::Name,
            entity_type,
            entity: Some(entity),
        });
        scene
            .mentions
            .extend(beside.descriptions.iter().map(|span| Mention {
                span: *span,
                full: *span,
                form: MentionForm::Nominal,
                entity_type: EntityType::Role,
                entity: Some(entity),
            }));
    }
    scene
}

/// "Aspen, Colorado" is the full mention of Aspen: the place behind the comma says which Aspen is meant.
fn join_places(text: &str, names: &[FoundName], beside: &mut [Beside]) {
    for (pair, beside) in names.windows(2).zip(beside) {
        let [one, next] = pair else { continue };
        let places = one.entity_type == EntityType::Place && next.entity_type == EntityType::Place;
        let between = &text[one.span.end()..next.span.start().max(one.span.end())];
        if places && between == ", " && holds(next.span.of(text)) {
            beside.full = Some(beside.full.unwrap_or(one.span).hull(next.span));
        }
    }
}

/// Whether this is a country or a region, which other places lie in.
fn holds(name: &str) -> bool {
    knowledge::country_of_name(name).is_some() || knowledge::region_named(name).is_some()
}

/// Words that may stand between a name and the end of the title behind it.
const APPOSITION_REACH: usize = 7;

fn look_beside(text: &str, analysis: &Analysis, name: &FoundName) -> Beside {
    let mut beside = Beside::default();
    let Some(sentence) = analysis.sentence_at(name.span.start()) else {
        return beside;
    };
    let tokens = analysis.sentences[sentence].tokens();
    let (start, end) = name.tokens;
    let word = |at: usize| analysis.tokens[at].span.of(text);
    if name.entity_type != EntityType::Person {
        if start > tokens.start && word(start - 1).eq_ignore_ascii_case("the") {
            beside.full = Some(span_of(analysis, start - 1, end));
        }
        return beside;
    }
    if let Some(found) = title_before(text, analysis, tokens.start, start).filter(|t| !t.plural) {
        beside.gender = found.title.gender;
        let mut from = found.tokens.0;
        if matches!(found.title.kind, TitleKind::Honorific) {
            // "White House adviser Dr. Lee": the role stands before the honorific
            if let Some(role) = title_before(text, analysis, tokens.start, from).filter(|t| !t.plural) {
                from = role.tokens.0;
                take_role(
                    text,
                    analysis,
                    tokens.start,
                    role.tokens,
                    role.title,
                    &mut from,
                    &mut beside,
                );
            }
        } else {
            take_role(
                text,
                analysis,
                tokens.start,
                found.tokens,
                found.title,
                &mut from,
                &mut beside,
            );
        }
        beside.full = Some(span_of(analysis, from, end));
    } else if start > tokens.start + 1 && word(start - 1) == "," {
        // "his national security adviser, John Bolton,"
        if let Some(found) = title_before(text, analysis, tokens.start, start - 1).filter(|t| !t.plural) {
            let mut from = found.tokens.0;
            let determined = {
                let first = description_start(text, analysis, tokens.start, from);
                matches!(
                    word(first).to_lowercase().as_str(),
                    "the" | "his" | "her" | "its" | "their" | "our"
                )
            };
            let fits = matches!(
                found.title.kind,
                TitleKind::Office | TitleKind::Kin | TitleKind::Role
            );
            // "a spokeswoman for the prime minister, Ann Lee": the office is another's
            let represented = {
                let first = description_start(text, analysis, tokens.start, from);
                first > tokens.start
                    && matches!(word(first - 1).to_lowercase().as_str(), "for" | "of" | "to")
                    && title_before(text, analysis, tokens.start, first - 1).is_some()
            };
            if determined && fits && !represented {
                beside.gender = found.title.gender;
                take_role(
                    text,
                    analysis,
                    tokens.start,
                    found.tokens,
                    found.title,
                    &mut from,
                    &mut beside,
                );
                beside.descriptions.push(span_of(analysis, from, start - 1));
            }
        }
    }
    look_behind(text, analysis, (tokens.start, tokens.end), end, &mut beside);
    beside
}

fn take_role(
    text: &str,
    analysis: &Analysis,
    sentence: usize,
    tokens: (usize, usize),
    title: &'static knowledge::Title,
    from: &mut usize,
    beside: &mut Beside,
) {
    *from = description_start(text, analysis, sentence, tokens.0);
    let first = analysis.tokens[*from].span.of(text).to_lowercase();
    let determiner = matches!(
        first.as_str(),
        "the" | "a" | "an" | "his" | "her" | "their" | "its" | "our" | "my"
    );
    let role_start = if determiner { *from + 1 } else { *from };
    if role_start < tokens.1 && !matches!(title.kind, TitleKind::Honorific) {
        beside.role = Some(span_of(analysis, role_start, tokens.1));
        beside.office = Some(Office {
            title: knowledge::canonical_role(title.words),
            country: country_in(text, analysis, role_start, tokens.1),
        });
    }
}

/// The country that a word of these tokens names or belongs to.
pub(super) fn country_in(
    text: &str,
    analysis: &Analysis,
    start: usize,
    end: usize,
) -> Option<&'static Country> {
    for at in start..end {
        let mut words = String::new();
        for token in &analysis.tokens[at..end.min(at + 3)] {
            let word = token.span.of(text);
            if words.is_empty() && !word.starts_with(char::is_uppercase) {
                break;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
            if let Some(found) = knowledge::country_word(&words) {
                return Some(found.country);
            }
        }
    }
    None
}

/// A title behind the name: "Ann Lee, the director of the Fund,".
fn look_behind(text: &str, analysis: &Analysis, sentence: (usize, usize), end: usize, beside: &mut Beside) {
    let word = |at: usize| analysis.tokens[at].span.of(text);
    if end + 1 >= sentence.1 || word(end) != "," {
        return;
    }
    let limit = sentence.1.min(end + 1 + APPOSITION_REACH);
    for at in end + 1..limit {
        let lower = word(at).to_lowercase();
        if let Some(found) = title_from(text, analysis, at, limit).filter(|t| !t.plural) {
            let behind = found.tokens.1;
            let next = (behind < sentence.1).then(|| word(behind));
            // a name behind the title means that the title is that name's
            let ends = match next {
                None => true,
                Some(next) => matches!(
                    next,
                    "," | "."
                        | "of"
                        | "for"
                        | "at"
                        | "in"
                        | "and"
                        | ";"
                        | ":"
                        | "who"
                        | "to"
                        | "-"
                        | "–"
                        | "—"
                        | ")"
                ),
            };
            if ends
                && matches!(
                    found.title.kind,
                    TitleKind::Office | TitleKind::Role | TitleKind::Rank
                )
            {
                let first = end + 1;
                let determiner = matches!(
                    word(first).to_lowercase().as_str(),
                    "the" | "a" | "an" | "his" | "her" | "its" | "their"
                );
                let role_start = if determiner { first + 1 } else { first };
                let role_end = with_complement(text, analysis, behind, sentence.1);
                beside.role =
                    beside
                        .role
                        .or(Some(span_of(analysis, role_start.min(found.tokens.0), role_end)));
                beside.gender = beside.gender.or(found.title.gender);
                beside.office = beside.office.take().or(Some(Office {
                    title: knowledge::canonical_role(found.title.words),
                    country: country_in(text, analysis, first, role_end),
                }));
                beside.descriptions.push(span_of(analysis, first, role_end));
            }
            return;
        }
        let verb = analysis.tokens[at].upos == twosource_model::Upos::Verb;
        if verb
            || matches!(
                lower.as_str(),
                "," | "who" | "and" | "but" | "said" | "." | "told"
            )
        {
            return;
        }
    }
}

/// Behind "of the International Monetary Fund", when that follows a title that ends before token `at`.
fn with_complement(text: &str, analysis: &Analysis, at: usize, end: usize) -> usize {
    let word = |i: usize| analysis.tokens[i].span.of(text);
    if at >= end || !matches!(word(at), "of" | "for" | "at" | "to") {
        return at;
    }
    let mut last = at;
    for i in at + 1..end.min(at + 9) {
        let capital = word(i).starts_with(char::is_uppercase);
        if capital {
            last = i;
        } else if !matches!(
            word(i),
            "the" | "of" | "and" | "for" | "'s" | "’s" | "-" | "state" | "a" | "an"
        ) {
            break;
        }
    }
    if last == at { at } else { last + 1 }
}

fn gather_people(
    text: &str,
    names: &[FoundName],
    beside: &[Beside],
    scene: &mut Scene,
    of_name: &mut [Option<u32>],
) {
    let is_person = |at: &usize| names[*at].entity_type == EntityType::Person;
    // entities by surname, each with the number of its latest mention
    let mut by_surname: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    let mut by_given: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    for at in (0..names.len()).filter(is_person) {
        let name = names[at].span.of(text);
        let parts = parts_of(name);
        if parts.given.is_empty() {
            continue;
        }
        let surname = Key::of(parts.surname);
        let known = by_surname.entry(surname).or_default();
        let same = known
            .iter()
            .rev()
            .find(|e| same_person(&scene.drafts[**e as usize].name, name))
            .copied();
        let alias = || {
            let before = (0..at).rev().find(|before| is_person(before))?;
            let between = text.get(names[before].span.end()..names[at].span.start())?;
            of_name[before].filter(|_| is_other_name(between))
        };
        let entity = match same.or_else(alias) {
            Some(entity) => {
                if same.is_none() {
                    known.push(entity);
                    by_given.entry(Key::of(parts.given[0])).or_default().push(entity);
                }
                entity
            }
            None => {
                let entity = scene.add(Draft {
                    entity_type: Some(EntityType::Person),
                    ..Draft::default()
                });
                known.push(entity);
                by_given.entry(Key::of(parts.given[0])).or_default().push(entity);
                entity
            }
        };
        let draft = &mut scene.drafts[entity as usize];
        if name.chars().count() > draft.name.chars().count() {
            draft.name = one_line(name);
        }
        let by_name = parts
            .given
            .first()
            .and_then(|g| knowledge::gender_of_given_name(g));
        let known = knowledge::person_named(name).and_then(|p| p.gender);
        draft.gender = draft.gender.or(known).or(beside[at].gender).or(by_name);
        of_name[at] = Some(entity);
    }
    // first names of East Asian people stand last: "Xi" is Xi Jinping
    let mut family_first: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    for (at, draft) in scene.drafts.iter().enumerate() {
        if let Some(person) = knowledge::person_named(&draft.name) {
            for alias in person.names() {
                family_first.entry(Key::of(alias)).or_default().push(at as u32);
            }
            if let Some(first) = draft.name.split(' ').next() {
                let bearers = knowledge::people_by_surname(first);
                if bearers.iter().any(|p| p.title == person.title) {
                    family_first.entry(Key::of(first)).or_default().push(at as u32);
                }
            }
        }
    }
    // a surname that several people share means the one whom the report names in full most often
    let mut in_full: BTreeMap<u32, u32> = BTreeMap::new();
    for entity in of_name.iter().flatten() {
        *in_full.entry(*entity).or_default() += 1;
    }
    let mut single: BTreeMap<Key, u32> = BTreeMap::new();
    for at in (0..names.len()).filter(is_person) {
        if of_name[at].is_some() {
            continue;
        }
        let name = names[at].span.of(text);
        let key = Key::of(name);
        let gender = beside[at].gender;
        let pick = |candidates: Option<&Vec<u32>>| -> Option<u32> {
            let fits = |entity: &&u32| {
                let known = scene.drafts[**entity as usize].gender;
                gender.is_none() || known.is_none() || known == gender
            };
            let fitting: Vec<u32> = candidates?.iter().filter(fits).copied().collect();
            // who is named in full most often, the first of them
            let most = fitting.iter().map(|entity| in_full[entity]).max()?;
            fitting.into_iter().find(|entity| in_full[entity] == most)
        };
        let entity = pick(by_surname.get(&key))
            .or_else(|| pick(family_first.get(&key)))
            .or_else(|| pick(by_given.get(&key)))
            .or_else(|| single.get(&key).copied());
        let entity = entity.unwrap_or_else(|| {
            let entity = scene.add(Draft {
                name: one_line(name),
                entity_type: Some(EntityType::Person),
                ..Draft::default()
            });
            single.insert(key, entity);
            entity
        });
        let draft = &mut scene.drafts[entity as usize];
        draft.gender = draft
            .gender
            .or(gender)
            .or_else(|| knowledge::gender_of_given_name(name));
        of_name[at] = Some(entity);
    }
}

/// Longest text between a name and another name of the same person, in bytes.
const LONGEST_TO_OTHER_NAME: usize = 120;

/// Whether what stands between two names tells that the second is another name of who has the first: ", better known as".
fn is_other_name(between: &str) -> bool {
    const PHRASES: [&str; 5] = [
        "known as",
        "known by the name",
        "pen name",
        "pseudonym",
        "stage name",
    ];
    between.len() <= LONGEST_TO_OTHER_NAME
        && !between.contains(['.', ';', '\n'])
        && PHRASES.iter().any(|phrase| {
            let behind = between.rfind(phrase).map(|at| &between[at + phrase.len()..]);
            behind.is_some_and(|rest| {
                rest.split_whitespace()
                    .all(|w| w.starts_with(char::is_uppercase) || w == "of")
            })
        })
}

/// A name without line breaks and doubled white space.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ends of company names that do not tell companies apart.
const LEGAL_FORMS: [&str; 20] = [
    "inc",
    "inc.",
    "corp",
    "corp.",
    "co",
    "co.",
    "ltd",
    "ltd.",
    "llc",
    "plc",
    "corporation",
    "company",
    "limited",
    "ag",
    "gmbh",
    "sa",
    "s.a.",
    "group",
    "holdings",
    "nv",
];

/// What a name comes down to, so that its variants agree: the entry of a table, else its letters.
fn essence(name: &str, entity_type: EntityType) -> Key {
    let name = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name);
    match entity_type {
        EntityType::Organisation => {
            if let Some(known) = knowledge::organisation_named(name) {
                return Key::of(known.title);
            }
            let mut words: Vec<&str> = name.split([' ', ',']).filter(|w| !w.is_empty()).collect();
            while words.len() > 1
                && words
                    .last()
                    .is_some_and(|w| LEGAL_FORMS.contains(&w.to_lowercase().as_str()))
            {
                words.pop();
            }
            Key::of(&words.join(" "))
        }
        EntityType::Place => match knowledge::country_of_name(name) {
            Some(country) => Key::of(country.title),
            None => knowledge::place_named(name).map_or_else(|| Key::of(name), |place| Key::of(place.title)),
        },
        EntityType::Group => {
            let one = name.strip_suffix('s').unwrap_or(name);
            Key::of(one).with("group")
        }
        _ => Key::of(name),
    }
}

fn gather_others(text: &str, names: &[FoundName], scene: &mut Scene, of_name: &mut [Option<u32>]) {
    let mut by_essence: BTreeMap<(EntityType, Key), u32> = BTreeMap::new();
    let mut acronyms: BTreeMap<String, u32> = BTreeMap::new();
    let mut first_words: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    for pass in [true, false] {
        // names of several words first, so that acronyms and short forms find them
        for at in 0..names.len() {
            let found = &names[at];
            let several = found.tokens.1 - found.tokens.0 > 1;
            if found.entity_type == EntityType::Person || several != pass || of_name[at].is_some() {
                continue;
            }
            let mut name = one_line(found.span.of(text));
            let key = (found.entity_type, essence(&name, found.entity_type));
            let organisation = found.entity_type == EntityType::Organisation;
            let entity = by_essence
                .get(&key)
                .copied()
                .or_else(|| {
                    (!several)
                        .then(|| acronyms.get(&name.replace('.', "")).copied())
                        .flatten()
                })
                .or_else(|| {
                    let longer = first_words
                        .get(&Key::of(&name))
                        .filter(|_| !several && organisation)?;
                    (longer.len() == 1).then(|| longer[0])
                });
            let entity = entity.unwrap_or_else(|| {
                let entity = scene.add(Draft {
                    entity_type: Some(found.entity_type),
                    plural: found.entity_type == EntityType::Group,
                    ..Draft::default()
                });
                by_essence.insert(key, entity);
                if several && organisation {
                    acronyms.entry(initials(&name)).or_insert(entity);
                    if let Some(first) = name.split(' ').next()
                        && knowledge::country_word(first).is_none()
                    {
                        first_words.entry(Key::of(first)).or_default().push(entity);
                    }
                }
                entity
            });
            let draft = &mut scene.drafts[entity as usize];
            if has_article(text, found) {
                name.insert_str(0, "The ");
            }
            if name.chars().count() > draft.name.chars().count() {
                draft.name = name;
            }
            of_name[at] = Some(entity);
        }
    }
}

/// Whether "The" with a capital stands before a name inside a sentence: it belongs to the name ("by The Harbour Post").
fn has_article(text: &str, name: &FoundName) -> bool {
    let before = text[..name.span.start()].strip_suffix("The ");
    let inside = |rest: &str| {
        rest.strip_suffix(' ')
            .is_some_and(|rest| rest.ends_with(|c: char| c.is_lowercase() || c == ','))
    };
    before.is_some_and(inside)
}

/// First letters of the words that have a capital.
fn initials(name: &str) -> String {
    name.split([' ', '-'])
        .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()))
        .collect()
}
