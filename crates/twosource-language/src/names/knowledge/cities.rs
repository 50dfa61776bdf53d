//! Cities of more than 15,000 people, and the first-order regions they lie in.

use std::sync::OnceLock;

use super::countries::{Country, country};
use super::key::{Key, KeyMap};
use super::table::{number, rows};

/// A city.
#[derive(Debug, PartialEq)]
pub struct City {
    /// GeoNames id.
    pub id: u32,
    /// Name in GeoNames.
    pub name: &'static str,
    /// Country it lies in.
    pub country: &'static Country,
    /// GeoNames code of its region within the country.
    pub region: &'static str,
    /// People.
    pub population: u32,
    /// Degrees north and east.
    pub coordinates: (f32, f32),
}

/// Cities of the United States whose title in the English Wikipedia has no state (the list of the Associated Press).
const STATELESS: [&str; 28] = [
    "Atlanta",
    "Boston",
    "Chicago",
    "Cincinnati",
    "Cleveland",
    "Dallas",
    "Denver",
    "Detroit",
    "Honolulu",
    "Houston",
    "Indianapolis",
    "Las Vegas",
    "Los Angeles",
    "Miami",
    "Milwaukee",
    "Minneapolis",
    "New Orleans",
    "New York City",
    "Oklahoma City",
    "Philadelphia",
    "Pittsburgh",
    "Salt Lake City",
    "San Antonio",
    "San Diego",
    "San Francisco",
    "Seattle",
    "St. Louis",
    "Baltimore",
];

/// Names by which a city is known besides the one in GeoNames.
const OTHER_NAMES: [(&str, &str); 24] = [
    ("New York", "New York City"),
    ("NYC", "New York City"),
    ("L.A.", "Los Angeles"),
    ("Vegas", "Las Vegas"),
    ("Frisco", "San Francisco"),
    ("Philly", "Philadelphia"),
    ("Saint Louis", "St. Louis"),
    ("Kiev", "Kyiv"),
    ("Kharkov", "Kharkiv"),
    ("Odessa", "Odesa"),
    ("St. Petersburg", "Saint Petersburg"),
    ("St Petersburg", "Saint Petersburg"),
    ("Peking", "Beijing"),
    ("Bombay", "Mumbai"),
    ("Calcutta", "Kolkata"),
    ("Madras", "Chennai"),
    ("Saigon", "Ho Chi Minh City"),
    ("Rangoon", "Yangon"),
    ("Cologne", "Köln"),
    ("Fallujah", "Al Fallūjah"),
    ("Mosul", "Al Mawşil al Jadīdah"),
    ("Raqqa", "Ar Raqqah"),
    ("Homs", "Ḩimş"),
    ("Najaf", "Najaf"),
];

struct Cities {
    all: Vec<City>,
    by_name: KeyMap<Vec<u32>>,
    regions: KeyMap<(&'static str, &'static str)>,
    region_by_name: KeyMap<(&'static str, &'static str)>,
}

fn cities() -> &'static Cities {
    static CITIES: OnceLock<Cities> = OnceLock::new();
    CITIES.get_or_init(read)
}

fn read() -> Cities {
    let mut all: Vec<City> = Vec::with_capacity(36_000);
    let mut by_name: KeyMap<Vec<u32>> = KeyMap::default();
    for [id, name, alpha2, region, population, latitude, longitude] in
        rows::<7>(include_str!("../../../data/cities.tsv"))
    {
        let (Some(id), Some(country)) = (number(id), country(alpha2)) else {
            continue;
        };
        by_name.entry(Key::of(name)).or_default().push(all.len() as u32);
        all.push(City {
            id,
            name,
            country,
            region,
            population: number(population).unwrap_or_default(),
            coordinates: (
                number(latitude).unwrap_or_default(),
                number(longitude).unwrap_or_default(),
            ),
        });
    }
    for (name, of) in OTHER_NAMES {
        if let Some(found) = by_name.get(&Key::of(of)).cloned() {
            let cities = by_name.entry(Key::of(name)).or_default();
            cities.extend(found);
            // the table is sorted by population, largest first
            cities.sort_unstable();
            cities.dedup();
        }
    }
    let mut regions = KeyMap::default();
    let mut region_by_name: KeyMap<(&str, &str)> = KeyMap::default();
    for [code, name] in rows::<2>(include_str!("../../../data/regions.tsv")) {
        regions.insert(Key::of(code), (code, name));
        // states of the United States win over regions of other countries, else the first of the table
        let key = Key::of(name);
        if code.starts_with("US.") || !region_by_name.contains_key(&key) {
            region_by_name.insert(key, (code, name));
        }
    }
    Cities {
        all,
        by_name,
        regions,
        region_by_name,
    }
}

/// The cities of this name, largest first.
#[must_use]
pub fn cities_named(name: &str) -> Vec<&'static City> {
    let cities = cities();
    cities
        .by_name
        .get(&Key::of(name))
        .map(|found| found.iter().map(|at| &cities.all[*at as usize]).collect())
        .unwrap_or_default()
}

/// Code and name of the first-order region of this name ("US.TX", "Texas"), states of the United States first.
#[must_use]
pub fn region_named(name: &str) -> Option<(&'static str, &'static str)> {
    let name = STATE_SHORT_FORMS
        .iter()
        .find(|(short, _)| *short == name)
        .map_or(name, |(_, state)| state);
    cities().region_by_name.get(&Key::of(name)).copied()
}

/// Short forms of the states of the United States, as postal codes and in the style of the Associated Press.
const STATE_SHORT_FORMS: [(&str, &str); 82] = [
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
    ("DC", "District of Columbia"),
    ("D.C.", "District of Columbia"),
    ("Ala.", "Alabama"),
    ("Ariz.", "Arizona"),
    ("Ark.", "Arkansas"),
    ("Calif.", "California"),
    ("Colo.", "Colorado"),
    ("Conn.", "Connecticut"),
    ("Del.", "Delaware"),
    ("Fla.", "Florida"),
    ("Ga.", "Georgia"),
    ("Ill.", "Illinois"),
    ("Ind.", "Indiana"),
    ("Kan.", "Kansas"),
    ("Ky.", "Kentucky"),
    ("La.", "Louisiana"),
    ("Md.", "Maryland"),
    ("Mass.", "Massachusetts"),
    ("Mich.", "Michigan"),
    ("Minn.", "Minnesota"),
    ("Miss.", "Mississippi"),
    ("Mo.", "Missouri"),
    ("Mont.", "Montana"),
    ("Neb.", "Nebraska"),
    ("Nev.", "Nevada"),
    ("N.J.", "New Jersey"),
    ("N.Y.", "New York"),
    ("Okla.", "Oklahoma"),
    ("Pa.", "Pennsylvania"),
    ("Tenn.", "Tennessee"),
    ("Va.", "Virginia"),
    ("Wis.", "Wisconsin"),
];

/// Title of a city in the English Wikipedia, as far as its naming rules tell.
#[must_use]
pub fn city_title(city: &City) -> String {
    if city.name == "Washington" && city.country.alpha2 == "US" {
        return "Washington, D.C.".to_owned();
    }
    let alone = cities_named(city.name)
        .first()
        .is_some_and(|first| first.id == city.id);
    match city.country.alpha2 {
        "US" if STATELESS.contains(&city.name) => city.name.to_owned(),
        "US" => match region_of(city) {
            Some(state) => format!("{}, {state}", city.name),
            None => city.name.to_owned(),
        },
        _ if alone => match city.name {
            "Köln" => "Cologne".to_owned(),
            "Al Mawşil al Jadīdah" => "Mosul".to_owned(),
            "Ar Raqqah" => "Raqqa".to_owned(),
            "Al Fallūjah" => "Fallujah".to_owned(),
            "Ḩimş" => "Homs".to_owned(),
            name => name.to_owned(),
        },
        "CA" | "AU" => match region_of(city) {
            Some(region) => format!("{}, {region}", city.name),
            None => city.name.to_owned(),
        },
        _ => format!("{}, {}", city.name, city.country.title),
    }
}

fn region_of(city: &City) -> Option<&'static str> {
    let code = Key::of(city.country.alpha2).with(city.region);
    cities().regions.get(&code).map(|(_, name)| *name)
}

/// Title in the English Wikipedia of a first-order region.
#[must_use]
pub fn region_title(code: &str, name: &str) -> String {
    match code {
        "US.GA" => "Georgia (U.S. state)".to_owned(),
        "US.WA" => "Washington (state)".to_owned(),
        "US.NY" => "New York (state)".to_owned(),
        "US.DC" => "Washington, D.C.".to_owned(),
        "AU.07" => "Victoria (Australia)".to_owned(),
        _ => name.to_owned(),
    }
}

/// Names of cities with their population, and of regions (population 0), for the gazetteer.
pub(crate) fn all_city_names() -> impl Iterator<Item = (&'static str, u32)> {
    let cities = cities();
    let others = OTHER_NAMES.iter().map(|(name, _)| (*name, u32::MAX));
    let names = cities.all.iter().map(|city| (city.name, city.population.max(1)));
    let regions = rows::<2>(include_str!("../../../data/regions.tsv")).map(|[_, name]| (name, 0));
    names.chain(others).chain(regions)
}
