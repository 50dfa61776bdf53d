//! Given names with their gender, surnames.

use std::sync::OnceLock;

use twosource_model::Gender;

use super::key::{Key, KeyMap};
use super::table::{number, rows};

#[derive(Clone, Copy)]
struct GivenName {
    /// Share of women among its bearers, 0.0 to 1.0.
    female: f32,
}

/// A name is of one gender when at least this share of its bearers is. Below it lie names such as "Leslie".
const CLEAR_SHARE: f32 = 0.85;

struct GivenNames {
    by_name: KeyMap<GivenName>,
    all: Vec<&'static str>,
}

fn given_names() -> &'static GivenNames {
    static NAMES: OnceLock<GivenNames> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut read = GivenNames {
            by_name: KeyMap::default(),
            all: Vec::new(),
        };
        for [name, female, male] in rows::<3>(include_str!("../../../data/given_names.tsv")) {
            let (female, male): (f32, f32) = (number(female).unwrap_or(0.0), number(male).unwrap_or(0.0));
            let female = if female + male > 0.0 {
                female / (female + male)
            } else {
                0.5
            };
            read.by_name.insert(Key::of(name), GivenName { female });
            read.all.push(name);
        }
        for [name, gender] in rows::<2>(include_str!("../../../data/given_names_world.tsv")) {
            let female = match gender {
                "m" => 0.0,
                "f" => 1.0,
                _ => 0.5,
            };
            read.by_name.entry(Key::of(name)).or_insert(GivenName { female });
            read.all.push(name);
        }
        read
    })
}

/// Gender that nearly all bearers of this given name have.
///
/// ```
/// use twosource_language::names::knowledge::gender_of_given_name;
/// use twosource_model::Gender;
/// assert_eq!(gender_of_given_name("Sarah"), Some(Gender::Female));
/// assert_eq!(gender_of_given_name("Vladimir"), Some(Gender::Male));
/// assert_eq!(gender_of_given_name("Leslie"), None);
/// ```
#[must_use]
pub fn gender_of_given_name(name: &str) -> Option<Gender> {
    let found = given_names().by_name.get(&Key::of(name))?;
    if found.female >= CLEAR_SHARE {
        Some(Gender::Female)
    } else if found.female <= 1.0 - CLEAR_SHARE {
        Some(Gender::Male)
    } else {
        None
    }
}

/// Whether this is a given name of the tables.
#[must_use]
pub fn is_given_name(name: &str) -> bool {
    given_names().by_name.contains_key(&Key::of(name))
}

/// Whether this is one of the 20,000 most frequent surnames of the United States.
#[must_use]
pub fn is_surname(name: &str) -> bool {
    static SURNAMES: OnceLock<KeyMap<()>> = OnceLock::new();
    SURNAMES
        .get_or_init(|| all_surnames().map(|name| (Key::of(name), ())).collect())
        .contains_key(&Key::of(name))
}

/// Given names and their short forms, one group a line. Public knowledge; written for this project.
const SHORT_FORMS: &[&[&str]] = &[
    &["alexander", "alex", "sasha"],
    &["andrew", "andy", "drew"],
    &["anthony", "tony", "antony"],
    &["benjamin", "ben", "binyamin", "bibi"],
    &[
        "catherine",
        "katherine",
        "kathryn",
        "kate",
        "cathy",
        "kathy",
        "katie",
    ],
    &["charles", "charlie", "chuck"],
    &["christopher", "chris", "christine", "christina"],
    &["daniel", "dan", "danny"],
    &["david", "dave"],
    &["deborah", "debra", "debbie", "deb"],
    &["donald", "don", "donnie"],
    &["edward", "ed", "ted", "eddie", "ned"],
    &["elizabeth", "liz", "beth", "betty", "lizzie"],
    &["frederick", "fred", "freddie"],
    &["gregory", "greg"],
    &["jacob", "jake", "jack"],
    &["james", "jim", "jimmy", "jamie"],
    &["jeffrey", "jeff", "geoffrey", "geoff"],
    &["jennifer", "jen", "jenny"],
    &["john", "jack", "jon", "johnny", "jonathan"],
    &["joseph", "joe", "joey"],
    &["joshua", "josh"],
    &["kenneth", "ken", "kenny"],
    &["lawrence", "larry"],
    &["margaret", "maggie", "meg", "peggy"],
    &["matthew", "matt"],
    &["michael", "mike", "mick"],
    &["mohammed", "mohamed", "muhammad", "mohammad", "mohamad"],
    &["nicholas", "nick", "nicolas"],
    &["pamela", "pam"],
    &["patricia", "pat", "patty", "patrick"],
    &["peter", "pete"],
    &["philip", "phillip", "phil"],
    &["raymond", "ray"],
    &["rebecca", "becky"],
    &["richard", "rick", "dick", "rich"],
    &["robert", "bob", "rob", "bobby", "robbie"],
    &["ronald", "ron"],
    &["rudolph", "rudy"],
    &["samuel", "sam", "samantha"],
    &["sergei", "sergey"],
    &["dmitry", "dmitri"],
    &["stephen", "steven", "steve"],
    &["susan", "sue", "suzanne"],
    &["theodore", "ted", "theo"],
    &["thomas", "tom", "tommy"],
    &["timothy", "tim"],
    &["victoria", "vicky", "vicki", "victor"],
    &["vincent", "vince"],
    &["walter", "walt"],
    &["william", "bill", "will", "billy", "willie"],
];

/// Whether two given names may be the same person's: equal, an initial of the other, or a short form of it.
///
/// ```
/// use twosource_language::names::knowledge::same_given_name;
/// assert!(same_given_name("Dan", "Daniel"));
/// assert!(same_given_name("J.", "John"));
/// assert!(!same_given_name("Bill", "Hillary"));
/// ```
#[must_use]
pub fn same_given_name(one: &str, other: &str) -> bool {
    let (one, other) = (super::fold(one), super::fold(other));
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    one == other
        || initial(&one, &other)
        || initial(&other, &one)
        || SHORT_FORMS
            .iter()
            .any(|group| group.contains(&one.as_str()) && group.contains(&other.as_str()))
}

/// All given names, for the gazetteer.
pub(crate) fn all_given_names() -> &'static [&'static str] {
    &given_names().all
}

/// All surnames, for the gazetteer.
pub(crate) fn all_surnames() -> impl Iterator<Item = &'static str> {
    rows::<1>(include_str!("../../../data/surnames.tsv")).map(|[name]| name)
}
