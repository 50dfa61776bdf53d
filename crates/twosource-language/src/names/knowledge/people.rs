//! People in office, with their terms, and other people of the news.

use std::sync::OnceLock;

use jiff::civil::Date;
use twosource_model::Gender;

use super::countries::{Country, country};
use super::key::{Key, KeyMap};
use super::table::{list, rows};

/// A stretch of time in an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The office, in lower case ("president").
    pub role: &'static str,
    /// First day; `None` is unknown or not an office.
    pub from: Option<Date>,
    /// Day on which it ended; `None` is open.
    pub to: Option<Date>,
    /// Country, or the international organisation, by the code of the table ("UN", "EU").
    pub of: &'static str,
}

impl Term {
    /// Whether it holds on `date`.
    #[must_use]
    pub fn holds_on(&self, date: Date) -> bool {
        self.from.is_some_and(|from| from <= date) && self.to.is_none_or(|to| date < to)
    }

    /// Whether its holder leads a state, as its head or the head of its government.
    #[must_use]
    pub fn leads_state(&self) -> bool {
        const LEADERS: [&str; 13] = [
            "president",
            "prime minister",
            "premier",
            "chancellor",
            "king",
            "queen",
            "emperor",
            "emir",
            "leader",
            "supreme leader",
            "military leader",
            "chief adviser",
            "state counsellor",
        ];
        self.from.is_some() && country(self.of).is_some() && LEADERS.contains(&self.role)
    }
}

/// A person.
#[derive(Debug, PartialEq)]
pub struct Person {
    /// Title in the English Wikipedia.
    pub title: &'static str,
    /// Gender, where the table says.
    pub gender: Option<Gender>,
    /// Country of most terms.
    pub country: Option<&'static Country>,
    /// Terms in the order of the table.
    pub terms: Vec<Term>,
    aliases: Vec<&'static str>,
}

impl Person {
    /// Name without the part in brackets.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.title.split(" (").next().unwrap_or(self.title)
    }

    /// Name and other names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name()).chain(self.aliases.iter().copied())
    }

    /// Actor code: the country's, or that of an international organisation.
    #[must_use]
    pub fn actor_code(&self) -> Option<&'static str> {
        let international = self
            .terms
            .iter()
            .any(|term| !term.of.is_empty() && country(term.of).is_none());
        match self.country {
            Some(country) => Some(country.alpha3),
            None if international => Some("IGO"),
            None => None,
        }
    }

    /// The office held on `date`.
    #[must_use]
    pub fn term_on(&self, date: Date) -> Option<&Term> {
        self.terms.iter().find(|term| term.holds_on(date))
    }
}

struct People {
    all: Vec<Person>,
    by_name: KeyMap<u32>,
    by_surname: KeyMap<Vec<u32>>,
}

fn people() -> &'static People {
    static PEOPLE: OnceLock<People> = OnceLock::new();
    PEOPLE.get_or_init(read)
}

fn read() -> People {
    let mut all: Vec<Person> = Vec::new();
    let mut by_title: KeyMap<u32> = KeyMap::default();
    for [title, gender, of, role, from, to, aliases] in rows::<7>(include_str!("../../../data/people.tsv")) {
        let at = *by_title.entry(Key::of(title)).or_insert_with(|| {
            all.push(Person {
                title,
                gender: match gender {
                    "m" => Some(Gender::Male),
                    "f" => Some(Gender::Female),
                    _ => None,
                },
                country: None,
                terms: Vec::new(),
                aliases: Vec::new(),
            });
            all.len() as u32 - 1
        });
        let person = &mut all[at as usize];
        person.country = person.country.or_else(|| country(of));
        person.aliases.extend(list(aliases));
        person.terms.push(Term {
            role,
            from: from.parse().ok(),
            to: to.parse().ok(),
            of,
        });
    }
    let mut by_name = KeyMap::default();
    let mut by_surname: KeyMap<Vec<u32>> = KeyMap::default();
    for (at, person) in all.iter().enumerate() {
        for name in person.names() {
            by_name.entry(Key::of(name)).or_insert(at as u32);
            if let Some(surname) = surname_of(name) {
                let bearers = by_surname.entry(Key::of(surname)).or_default();
                if bearers.last() != Some(&(at as u32)) {
                    bearers.push(at as u32);
                }
            }
        }
    }
    People {
        all,
        by_name,
        by_surname,
    }
}

/// The part of a full name by which reports call someone afterwards.
fn surname_of(name: &'static str) -> Option<&'static str> {
    const FAMILY_FIRST: [&str; 12] = [
        "Xi", "Hu", "Wen", "Li", "Wang", "Kim", "Lee", "Moon", "Park", "Yoon", "Mao", "Tsai",
    ];
    let name = name.strip_suffix(" Jr.").unwrap_or(name);
    let (first, rest) = name.split_once(' ')?;
    if FAMILY_FIRST.contains(&first) && !rest.contains("Zedong") {
        return Some(first);
    }
    // particles belong to the surname: "van der Bellen", "al-Assad"
    let last = name.rsplit(' ').next()?;
    Some(last)
}

/// The person of this full name, or of a name that means nobody else.
#[must_use]
pub fn person_named(name: &str) -> Option<&'static Person> {
    let people = people();
    people
        .by_name
        .get(&Key::of(name))
        .map(|at| &people.all[*at as usize])
}

/// The people of this surname, in the order of the table.
#[must_use]
pub fn people_by_surname(surname: &str) -> Vec<&'static Person> {
    let people = people();
    people
        .by_surname
        .get(&Key::of(surname))
        .map(|found| found.iter().map(|at| &people.all[*at as usize]).collect())
        .unwrap_or_default()
}

/// Who held an office of a country (alpha-2, or the code of an organisation in the table) on a day.
///
/// "leader" means whoever leads the state; where head of state and head of government are both in the table, the one
/// who comes first by the kind of state is taken (a president before a prime minister, unless the president reigns only).
///
/// ```
/// use twosource_language::names::knowledge::holder_of;
/// let day = "2018-07-20".parse().unwrap();
/// assert_eq!(holder_of("leader", "RU", day).map(|p| p.title), Some("Vladimir Putin"));
/// assert_eq!(holder_of("president", "US", day).map(|p| p.title), Some("Donald Trump"));
/// assert_eq!(holder_of("chancellor", "DE", day).map(|p| p.title), Some("Angela Merkel"));
/// assert_eq!(holder_of("leader", "DE", day).map(|p| p.title), Some("Angela Merkel"));
/// ```
#[must_use]
pub fn holder_of(role: &str, of: &str, date: Date) -> Option<&'static Person> {
    let role = canonical_role(role);
    let holds = |person: &&Person, wanted: &dyn Fn(&Term) -> bool| {
        person
            .terms
            .iter()
            .any(|term| term.of == of && term.holds_on(date) && wanted(term))
    };
    let find = |wanted: &dyn Fn(&Term) -> bool| people().all.iter().find(|person| holds(person, wanted));
    if role != "leader" {
        return find(&|term| canonical_role(term.role) == role);
    }
    const REIGNING_PRESIDENTS: [&str; 12] = [
        "DE", "IT", "IL", "IN", "AT", "GR", "IE", "PT", "HU", "PL", "CZ", "IQ",
    ];
    let order: &[&str] = if REIGNING_PRESIDENTS.contains(&of) {
        &["chancellor", "prime minister", "president"]
    } else {
        &[
            "leader",
            "supreme leader",
            "president",
            "prime minister",
            "military leader",
            "king",
        ]
    };
    order
        .iter()
        .find_map(|first| find(&|term| canonical_role(term.role) == *first && term.leads_state()))
        .or_else(|| find(&|term| term.leads_state()))
}

/// One spelling of an office for all of its spellings.
#[must_use]
pub fn canonical_role(role: &str) -> &str {
    match role {
        "premier" => "prime minister",
        "defense secretary"
        | "secretary of defense"
        | "secretary of defence"
        | "defense minister"
        | "defence minister"
        | "defence secretary"
        | "defense chief"
        | "defence chief" => "defence minister",
        "foreign secretary" | "top diplomat" => "foreign minister",
        "director of national intelligence" => "national intelligence director",
        "national security advisor" => "national security adviser",
        "treasury secretary" | "secretary of the treasury" => "treasury secretary",
        "strongman" | "ruler" | "dictator" | "head of state" => "leader",
        "secretary general" => "secretary-general",
        other => other,
    }
}

/// All people, for the gazetteer.
pub(crate) fn all_people() -> &'static [Person] {
    &people().all
}
