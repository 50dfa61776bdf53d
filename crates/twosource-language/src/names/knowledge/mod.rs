//! Facts that ship with the program: countries, cities, regions, people in office, organisations, given names, titles.
//!
//! Tables lie in `data/` with their origin and licence in their first lines; each is read once, when first asked for.

mod cities;
mod countries;
mod function_words;
mod given_names;
mod groups;
mod key;
mod languages;
mod organisations;
mod people;
mod places;
mod table;
mod titles;

pub use cities::{City, cities_named, city_title, region_named, region_title};
pub use countries::{
    Country, CountryWord, WordOfCountry, country, country_of_demonym, country_of_name, country_word,
};
pub use function_words::{FunctionWord, function_word};
pub use given_names::{gender_of_given_name, is_given_name, is_surname, same_given_name};
pub use groups::{Group, group_named};
pub use key::{Key, KeyMap, fold};
pub use languages::language_named;
pub use organisations::{Organisation, OrganisationKind, organisation_named};
pub use people::{Person, Term, canonical_role, holder_of, people_by_surname, person_named};
pub use places::{OtherPlace, place_named};
pub use titles::{LONGEST_TITLE, Title, TitleKind, title_named, title_of_key};

pub(crate) use cities::all_city_names;
pub(crate) use countries::all_country_words;
pub(crate) use given_names::{all_given_names, all_surnames};
pub(crate) use groups::all_groups;
pub(crate) use organisations::all_organisations;
pub(crate) use people::all_people;
pub(crate) use places::all_places;
pub(super) use table::rows;
pub(crate) use titles::all_titles;

/// Actor code of a name: ISO 3166 alpha-3 of a country, its people, its seat of government, one of its cities or
/// organisations, or the CAMEO code of an international actor.
///
/// ```
/// use twosource_language::names::knowledge::actor_code;
/// assert_eq!(actor_code("Russian"), Some("RUS"));
/// assert_eq!(actor_code("the Kremlin"), Some("RUS"));
/// assert_eq!(actor_code("United Nations"), Some("IGO"));
/// assert_eq!(actor_code("teapot"), None);
/// ```
#[must_use]
pub fn actor_code(name: &str) -> Option<&'static str> {
    let name = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name);
    if let Some(word) = country_word(name) {
        return Some(word.country.alpha3);
    }
    if let Some(organisation) = organisation_named(name) {
        return organisation.actor_code();
    }
    if let Some(place) = place_named(name) {
        return place.country.map(|country| country.alpha3);
    }
    if let Some(person) = person_named(name) {
        return person.actor_code();
    }
    if let Some(group) = group_named(name) {
        return group.country.map(|country| country.alpha3);
    }
    cities_named(name).first().map(|city| city.country.alpha3)
}
