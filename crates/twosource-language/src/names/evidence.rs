//! What a report shows of a name that no table holds: "the ferry Solna", "Arden's mayor", "shares in Corvane", "Mira, who".
//!
//! The tagger judges sentence by sentence and takes most unknown names for people. Here what stands around all mentions
//! of one name is counted; where it speaks for another kind and nothing speaks for the tagger's, the kind is changed.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Analysis, EntityType, Relation, Upos, Xpos};

use super::finding::FoundName;
use super::kinds;
use super::knowledge::{self, Key, OrganisationKind};

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

/// Nouns right before the name of a body: "the airline Corvane".
const BODIES: [&str; 48] = [
    "agency",
    "airline",
    "band",
    "bank",
    "brand",
    "broadcaster",
    "brokerage",
    "builder",
    "business",
    "carrier",
    "chain",
    "charity",
    "club",
    "company",
    "competitor",
    "conglomerate",
    "consultancy",
    "contractor",
    "distributor",
    "firm",
    "foundation",
    "giant",
    "group",
    "hospital",
    "insurer",
    "label",
    "lender",
    "magazine",
    "manufacturer",
    "newspaper",
    "operator",
    "outfit",
    "party",
    "platform",
    "provider",
    "publisher",
    "retailer",
    "rival",
    "school",
    "startup",
    "start-up",
    "studio",
    "supermarket",
    "supplier",
    "team",
    "union",
    "website",
    "wholesaler",
];

/// Nouns before the name of a place, "of" between them or not: "the town of Arden".
const PLACES: [&str; 24] = [
    "borough",
    "capital",
    "city",
    "county",
    "district",
    "enclave",
    "hamlet",
    "harbour",
    "island",
    "municipality",
    "neighbourhood",
    "neighborhood",
    "outskirts",
    "parish",
    "port",
    "prefecture",
    "province",
    "region",
    "resort",
    "stronghold",
    "suburb",
    "town",
    "village",
    "valley",
];

/// Nouns right before the name of a thing: "the ferry Solna".
const THINGS: [&str; 34] = [
    "album",
    "barge",
    "boat",
    "book",
    "cruiser",
    "destroyer",
    "drug",
    "ferry",
    "film",
    "freighter",
    "frigate",
    "game",
    "horse",
    "hurricane",
    "lifeboat",
    "medicine",
    "movie",
    "musical",
    "novel",
    "opera",
    "play",
    "probe",
    "rocket",
    "satellite",
    "ship",
    "song",
    "spacecraft",
    "steamer",
    "storm",
    "submarine",
    "tanker",
    "trawler",
    "vessel",
    "yacht",
];

/// What only a person has: "Mira's husband".
const OF_PEOPLE: [&str; 32] = [
    "boyfriend",
    "brother",
    "career",
    "childhood",
    "children",
    "dad",
    "daughter",
    "death",
    "ex-wife",
    "eyes",
    "face",
    "father",
    "fiancé",
    "fiancée",
    "girlfriend",
    "hands",
    "husband",
    "lawyer",
    "lawyers",
    "life",
    "mother",
    "mum",
    "niece",
    "parents",
    "sister",
    "sisters",
    "smile",
    "son",
    "sons",
    "uncle",
    "widow",
    "wife",
];

/// What only a body has: "Corvane's shareholders".
const OF_BODIES: [&str; 36] = [
    "app",
    "bosses",
    "captain",
    "ceo",
    "chairman",
    "chief",
    "coach",
    "creditors",
    "customers",
    "defender",
    "employees",
    "engineers",
    "executives",
    "factories",
    "factory",
    "fans",
    "fleet",
    "goalkeeper",
    "headquarters",
    "investors",
    "manager",
    "owner",
    "owners",
    "players",
    "products",
    "profits",
    "revenue",
    "sales",
    "shareholders",
    "shares",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "stock",
    "striker",
    "workforce",
];

/// What only a place has, or what such a thing is for: "Arden's mayor", "Arden's water charge".
const OF_PLACES: [&str; 30] = [
    "airport",
    "beaches",
    "bus",
    "buses",
    "cathedral",
    "climate",
    "coast",
    "council",
    "councillors",
    "economy",
    "harbour",
    "inhabitants",
    "mayor",
    "outskirts",
    "population",
    "port",
    "ratepayers",
    "reservoir",
    "residents",
    "roads",
    "sewers",
    "skyline",
    "streets",
    "suburbs",
    "taxpayers",
    "town",
    "tram",
    "trams",
    "water",
    "waterfront",
];

/// What only people do.
const PERSONAL_VERBS: [&str; 17] = [
    "cry", "die", "grin", "joke", "laugh", "marry", "nod", "recall", "remember", "resign", "retire", "shrug",
    "sigh", "smile", "smoke", "tweet", "weep",
];

/// What only bodies do.
const BODILY_VERBS: [&str; 6] = [
    "acquire",
    "employ",
    "manufacture",
    "merge",
    "operate",
    "outsource",
];

/// Who speaks, whether a person or a body.
const SPEAKING_VERBS: [&str; 10] = [
    "announce", "confirm", "declare", "decline", "deny", "dispute", "plan", "say", "tell", "warn",
];

/// Prepositions behind which a place stands.
const BEFORE_PLACES: [&str; 8] = [
    "in",
    "near",
    "outside",
    "off",
    "throughout",
    "across",
    "around",
    "inside",
];

/// Words right before the name of a body: "shares in Corvane".
const BESIDE_BODIES: [(&str, &str); 8] = [
    ("shares", "in"),
    ("shares", "of"),
    ("stake", "in"),
    ("merger", "with"),
    ("takeover", "of"),
    ("acquisition", "of"),
    ("venture", "with"),
    ("subsidiary", "of"),
];

fn is_body(noun: &str) -> bool {
    BODIES.contains(&noun) || noun.ends_with("maker")
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
        let ends = !matches!(next, Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num))
            && !self.owns(within, end);
        let noun = if one == "of" { &two } else { &one };
        if PLACES.contains(&noun.as_str()) {
            signs.add(EntityType::Place);
        } else if is_body(&one) && next != Some(Upos::Noun) {
            signs.organisation += SURE_SIGNS;
        } else if THINGS.contains(&one.as_str()) {
            signs.add(EntityType::Other);
        } else if one == "," && (is_body(&two) || two == "owner") {
            signs.speaks += 1;
        } else if BESIDE_BODIES.contains(&(two.as_str(), one.as_str())) {
            signs.add(EntityType::Organisation);
        } else if BEFORE_PLACES.contains(&one.as_str()) && ends {
            signs.add(EntityType::Place);
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
        if self.owns(within, end) {
            let owned = self.owned(within, end + 1);
            let head = owned.last().map_or("", String::as_str);
            if OF_PEOPLE.contains(&head) {
                signs.add(EntityType::Person);
            } else if OF_BODIES.contains(&head) {
                signs.add(EntityType::Organisation);
            } else if owned.iter().any(|word| OF_PLACES.contains(&word.as_str())) {
                signs.add(EntityType::Place);
            }
        } else if OF_BODIES.contains(&next) && self.upos(within, end + 1) == Some(Upos::Propn) {
            // "Corvane spokeswoman Ann Lee"
            signs.add(EntityType::Organisation);
        } else if next == "," {
            let behind = self.word(within, Some(end + 1));
            if matches!(behind, "who" | "whose") || is_age(behind) && self.word(within, Some(end + 2)) == ","
            {
                signs.add(EntityType::Person);
            } else if behind == "which" {
                signs.lifeless += 1;
            }
        } else if next == "who" {
            signs.add(EntityType::Person);
        }
        let subject = self.analysis.tokens[start..end]
            .iter()
            .find(|token| token.relation.is(Relation::Nsubj))
            .and_then(|token| self.analysis.tokens.get(token.head? as usize));
        if let Some(verb) = subject.filter(|verb| verb.upos == Upos::Verb) {
            let lemma = verb.lemma.as_str();
            if PERSONAL_VERBS.contains(&lemma) {
                signs.add(EntityType::Person);
            } else if BODILY_VERBS.contains(&lemma) {
                signs.add(EntityType::Organisation);
            } else if SPEAKING_VERBS.contains(&lemma) {
                signs.speaks += 1;
            }
        }
    }

    /// Whether a genitive stands at token `at`.
    fn owns(&self, within: &std::ops::Range<usize>, at: usize) -> bool {
        matches!(self.word(within, Some(at)), "'s" | "’s")
    }

    /// What a genitive before token `at` owns, in lower case: nouns and what stands before them, the head last.
    fn owned(&self, within: &std::ops::Range<usize>, at: usize) -> Vec<String> {
        (at..at + LONGEST_OWNED)
            .take_while(|at| matches!(self.upos(within, *at), Some(Upos::Noun | Upos::Adj | Upos::Num)))
            .map(|at| self.word(within, Some(at)).to_lowercase())
            .collect()
    }
}

/// Longest phrase that is owned, in tokens.
const LONGEST_OWNED: usize = 5;

/// Whether a word is somebody's age in years, as it stands between commas.
fn is_age(word: &str) -> bool {
    word.len() <= 2 && word.parse::<u8>().is_ok_and(|age| age >= YOUNGEST)
}

/// Numbers below are no age of a person in the news.
const YOUNGEST: u8 = 5;
