//! Looks entities up in the knowledge tables: who holds the office on the article's day, which of the cities of a name.

use jiff::civil::Date;
use twosource_model::{Article, EntityType, Link, MentionForm};

use super::gathering::{Draft, Scene};
use super::knowledge::{self, City, Country, CountryWord, Person, fold};

/// What the document says about where it plays.
struct Setting {
    /// Countries that are named, with the number of mentions.
    countries: Vec<(&'static Country, u32)>,
    /// Codes of regions that are named ("US.TX").
    regions: Vec<&'static str>,
    day: Option<Date>,
}

/// The day of an article, if it is known.
pub(super) fn day_of(article: &Article) -> Option<Date> {
    article.published.as_ref().map(|published| published.moment.day())
}

/// Links the entities of a scene.
pub(super) fn link(article: &Article, scene: &mut Scene) {
    let text = article.text();
    let setting = setting_of(article, scene);
    // what follows the first mention of each entity: ", Texas"
    let mut behind: Vec<Option<String>> = vec![None; scene.drafts.len()];
    for mention in scene.mentions.iter().filter(|m| m.form == MentionForm::Name) {
        let Some(entity) = mention.entity.map(|e| e as usize) else {
            continue;
        };
        if behind[entity].is_none() {
            behind[entity] = named_behind(text, mention.span.end());
        }
    }
    for (at, draft) in scene.drafts.iter_mut().enumerate() {
        let Some(entity_type) = draft.entity_type else {
            continue;
        };
        let link = match entity_type {
            EntityType::Person => link_person(draft, &setting),
            EntityType::Organisation => link_body(&draft.name).or_else(|| link_place(draft, &setting, None)),
            EntityType::Place => {
                link_place(draft, &setting, behind[at].as_deref()).or_else(|| link_body(&draft.name))
            }
            EntityType::Group => link_group(draft),
            _ => link_language(draft)
                .or_else(|| link_organisation(&draft.name))
                .or_else(|| link_group(draft)),
        };
        draft.link = link;
    }
}

fn setting_of(article: &Article, scene: &Scene) -> Setting {
    let mut setting = Setting {
        countries: Vec::new(),
        regions: Vec::new(),
        day: day_of(article),
    };
    for mention in &scene.mentions {
        let Some(draft) = mention.entity.map(|e| &scene.drafts[e as usize]) else {
            continue;
        };
        let name = draft.name.as_str();
        if let Some(word) = knowledge::country_word(name) {
            match setting
                .countries
                .iter_mut()
                .find(|(c, _)| c.alpha3 == word.country.alpha3)
            {
                Some((_, count)) => *count += 1,
                None => setting.countries.push((word.country, 1)),
            }
        } else if let Some((code, _)) = knowledge::region_named(name) {
            setting.regions.push(code);
        }
    }
    setting
}

/// The capitalised words behind ", " that begin at byte `end`.
fn named_behind(text: &str, end: usize) -> Option<String> {
    let rest = text[end..].strip_prefix(", ")?;
    let words: Vec<&str> = rest
        .split([' ', '\n'])
        .take_while(|w| w.starts_with(char::is_uppercase))
        .take(3)
        .collect();
    let name = words.join(" ");
    let name = name.trim_end_matches([',', ';', ':']);
    (!name.is_empty()).then(|| name.to_owned())
}

/// A name without its article.
fn bare(name: &str) -> &str {
    name.strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name)
}

fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|w| !w.is_empty())
        .collect();
    words.join("-")
}

pub(super) fn link_of_person(person: &'static Person) -> Link {
    Link {
        id: format!("person:{}", slug(person.title)),
        name: person.title.to_owned(),
        coordinates: None,
        actor_code: person.actor_code().map(str::to_owned),
    }
}

pub(super) fn link_of_country(country: &'static Country) -> Link {
    Link {
        id: format!("country:{}", country.alpha2),
        name: country.title.to_owned(),
        coordinates: Some(country.coordinates),
        actor_code: Some(country.alpha3.to_owned()),
    }
}

fn link_person(draft: &mut Draft, setting: &Setting) -> Option<Link> {
    let person = match knowledge::person_named(&draft.name) {
        Some(person) => person,
        None if !draft.name.contains(' ') => leader_of_surname(draft, setting)?,
        None => return None,
    };
    draft.person = Some(person);
    draft.country = person.country;
    draft.gender = person.gender.or(draft.gender);
    Some(link_of_person(person))
}

/// Whom a surname alone means: whoever was in office on the article's day, if that is one person; with a title beside
/// it or without a day, the only one of the table.
fn leader_of_surname(draft: &Draft, setting: &Setting) -> Option<&'static Person> {
    let bearers = knowledge::people_by_surname(&draft.name);
    let title_fits = |person: &&Person| {
        draft.offices.iter().any(|office| {
            person
                .terms
                .iter()
                .any(|term| knowledge::canonical_role(term.role) == office.title)
        })
    };
    if let Some(day) = setting.day {
        let in_office: Vec<&Person> = bearers
            .iter()
            .copied()
            .filter(|p| p.term_on(day).is_some())
            .collect();
        let with_title: Vec<&Person> = in_office.iter().copied().filter(title_fits).collect();
        if let [one] = with_title[..] {
            return Some(one);
        }
        let leads = |p: &&Person| p.term_on(day).is_some_and(knowledge::Term::leads_state);
        let leaders: Vec<&Person> = in_office.iter().copied().filter(leads).collect();
        if let [one] = leaders[..] {
            let named = setting
                .countries
                .iter()
                .any(|(c, _)| Some(c.alpha3) == one.country.map(|o| o.alpha3));
            return (named || !knowledge::is_surname(&draft.name)).then_some(one);
        }
    }
    let with_title: Vec<&Person> = bearers.iter().copied().filter(title_fits).collect();
    if let [one] = with_title[..] {
        return Some(one);
    }
    let leads = |p: &&Person| p.terms.iter().any(knowledge::Term::leads_state);
    let leaders: Vec<&Person> = bearers.iter().copied().filter(leads).collect();
    let about = |p: &Person| {
        setting.day.is_some_and(|day| {
            p.terms
                .iter()
                .filter_map(|term| term.from)
                .any(|from| (from.year() - day.year()).abs() <= YEARS_AROUND_OFFICE)
        })
    };
    match (&with_title[..], &leaders[..]) {
        ([], [one]) if about(one) => Some(one),
        ([], [one]) if bearers.len() == 1 || !knowledge::is_surname(&draft.name) => Some(one),
        _ => None,
    }
}

fn link_organisation(name: &str) -> Option<Link> {
    let organisation = knowledge::organisation_named(name)?;
    Some(Link {
        id: format!("organisation:{}", slug(organisation.title)),
        name: organisation.title.to_owned(),
        coordinates: None,
        actor_code: organisation.actor_code().map(str::to_owned),
    })
}

/// Whoever comes to lead a state, or led it, within so many years of the article is whom the surname means.
const YEARS_AROUND_OFFICE: i16 = 4;

/// The organisation of a name, also of one that names its country first: "US National Weather Service".
fn link_body(name: &str) -> Option<Link> {
    let without_country = || {
        let (first, rest) = bare(name).split_once(' ')?;
        let country = knowledge::country_word(first)?.country;
        let known = knowledge::organisation_named(rest)?;
        (known.country == Some(country)).then(|| link_organisation(rest))?
    };
    link_organisation(name).or_else(without_country)
}

fn link_language(draft: &Draft) -> Option<Link> {
    let title = knowledge::language_named(&draft.name)?;
    Some(Link {
        id: format!("language:{}", slug(&draft.name)),
        name: title,
        coordinates: None,
        actor_code: None,
    })
}

fn link_group(draft: &mut Draft) -> Option<Link> {
    let name = draft.name.clone();
    let one = name.strip_suffix('s').unwrap_or(&name);
    if let Some(group) = knowledge::group_named(&name).or_else(|| knowledge::group_named(one)) {
        draft.country = group.country;
        return Some(Link {
            id: format!("group:{}", slug(group.title)),
            name: group.title.to_owned(),
            coordinates: None,
            actor_code: group.country.map(|c| c.alpha3.to_owned()),
        });
    }
    let country = knowledge::country_of_demonym(&name).or_else(|| knowledge::country_of_demonym(one))?;
    draft.country = Some(country);
    if one.len() < name.len() {
        // "Americans": the people, not their country
        return Some(Link {
            id: format!("group:{}", slug(&name)),
            name,
            coordinates: None,
            actor_code: Some(country.alpha3.to_owned()),
        });
    }
    Some(link_of_country(country))
}

fn link_place(draft: &mut Draft, setting: &Setting, behind: Option<&str>) -> Option<Link> {
    let name = bare(&draft.name).to_owned();
    let region = knowledge::region_named(&name);
    let country = knowledge::country_word(&name).filter(|word| word.kind == CountryWord::Name);
    if let Some(word) = country {
        let mentioned = |code: &str| setting.regions.iter().filter(|r| r.starts_with(code)).count();
        let as_region = region.is_some_and(|(code, _)| {
            // "Georgia": the state where other states are named
            code.starts_with("US.") && mentioned("US.") > 1
        });
        if !as_region {
            draft.country = Some(word.country);
            return Some(link_of_country(word.country));
        }
    }
    if let Some(place) = knowledge::place_named(&name) {
        draft.country = place.country;
        return Some(Link {
            id: format!("place:{}", slug(place.title)),
            name: place.title.to_owned(),
            coordinates: place.coordinates,
            actor_code: place.country.map(|c| c.alpha3.to_owned()),
        });
    }
    // the table of cities holds campuses as well
    let campus = name.starts_with("University of ");
    let cities = if campus {
        Vec::new()
    } else {
        knowledge::cities_named(&name)
    };
    let city = best_city(&cities, setting, behind);
    if let Some((code, region_name)) = region {
        let state = code.starts_with("US.") && !matches!(name.as_str(), "New York" | "Washington");
        let large = city.is_some_and(|c| c.population > REGION_BELOW);
        if state || !large {
            let link = link_of_region(code, region_name);
            draft.country = knowledge::country(code.get(..2).unwrap_or_default());
            return Some(link);
        }
    }
    let city = city?;
    draft.country = Some(city.country);
    Some(link_of_city(city))
}

pub(super) fn link_of_region(code: &str, name: &str) -> Link {
    let country = knowledge::country(code.get(..2).unwrap_or_default());
    Link {
        id: format!("region:{code}"),
        name: knowledge::region_title(code, name),
        coordinates: None,
        actor_code: country.map(|c| c.alpha3.to_owned()),
    }
}

pub(super) fn link_of_city(city: &City) -> Link {
    Link {
        id: format!("city:{}", city.id),
        name: knowledge::city_title(city),
        coordinates: Some(city.coordinates),
        actor_code: Some(city.country.alpha3.to_owned()),
    }
}

/// A name that is both a region's and a city's means the region, unless the city has more people than this.
const REGION_BELOW: u32 = 400_000;

/// The country named in a document draws a city of it with this weight for each mention, up to five.
const COUNTRY_DRAW: f64 = 1.2;

/// The city that a name means: by the region or country behind it, else by people and the countries of the document.
fn best_city(cities: &[&'static City], setting: &Setting, behind: Option<&str>) -> Option<&'static City> {
    if let Some(behind) = behind {
        let country = knowledge::country_of_name(behind);
        let region = knowledge::region_named(behind);
        let here = |city: &&&City| {
            country.is_some_and(|c| c.alpha2 == city.country.alpha2)
                || region.is_some_and(|(code, _)| {
                    code.strip_prefix(city.country.alpha2)
                        .and_then(|c| c.strip_prefix('.'))
                        == Some(city.region)
                })
        };
        if let Some(city) = cities.iter().find(here) {
            return Some(city);
        }
        // named behind and in no table: a smaller place of that name
        if country.is_some() || region.is_some() {
            return None;
        }
    }
    let score = |city: &City| {
        let named = setting
            .countries
            .iter()
            .find(|(c, _)| c.alpha2 == city.country.alpha2)
            .map_or(0, |(_, count)| *count);
        let regional = setting.regions.iter().any(|code| {
            code.strip_prefix(city.country.alpha2)
                .and_then(|c| c.strip_prefix('.'))
                == Some(city.region)
        });
        f64::from(city.population).ln()
            + COUNTRY_DRAW * f64::from(named.min(5)).sqrt()
            + if regional { 3.0 } else { 0.0 }
    };
    let mut best: Option<(&'static City, f64)> = None;
    for &city in cities {
        let here = score(city);
        if best.is_none_or(|(_, so_far)| here > so_far) {
            best = Some((city, here));
        }
    }
    // a smaller town of a country that the report does not name is as likely a place that no table holds
    best.map(|(city, _)| city).filter(|city| {
        city.population > NAMED_ALONE
            || setting
                .countries
                .iter()
                .any(|(c, _)| c.alpha2 == city.country.alpha2)
            || setting
                .regions
                .iter()
                .any(|code| code.starts_with(city.country.alpha2))
    })
}

/// A city of more people is meant by its name alone, though nothing else in the report is of its country.
const NAMED_ALONE: u32 = 150_000;
