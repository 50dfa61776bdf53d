//! Names inside longer names: "Boston" in "Boston Red Sox", "Lee" in "Lee Foundation".
//!
//! They are no mentions of their own (what is said of the foundation is not said of Lee), so [`super::find_names`] leaves
//! them out; who wants every name that a text holds asks here.

use std::collections::BTreeMap;

use twosource_model::{Analysis, Article, EntityType, Link, MentionForm, Span};

use super::knowledge::{self, Key};
use super::linking::{link_of_city, link_of_country, link_of_region};

/// A name inside a longer one.
#[derive(Debug, Clone, PartialEq)]
pub struct InnerName {
    /// Where it stands, inside the span of a mention.
    pub span: Span,
    /// The entity of the report that has this name, by its number.
    pub entity: Option<u32>,
    /// The place of the tables that has this name, when no entity of the report has.
    pub link: Option<Link>,
}

/// People from which a city counts that the report does not name by itself.
const KNOWN_CITY: u32 = 60_000;
/// The same for a city whose name people have too.
const GREAT_CITY: u32 = 500_000;
/// Longest inner name, in words.
const LONGEST: usize = 3;

/// The names inside the names of an analysis, in order.
#[must_use]
pub fn inner_names(article: &Article, analysis: &Analysis) -> Vec<InnerName> {
    let text = article.text();
    let mut entities: BTreeMap<Key, u32> = BTreeMap::new();
    let names = || analysis.mentions.iter().filter(|m| m.form == MentionForm::Name);
    for mention in names() {
        if let Some(entity) = mention.entity {
            entities.entry(Key::of(mention.span.of(text))).or_insert(entity);
        }
    }
    let mut inner = Vec::new();
    for mention in names().filter(|m| m.entity_type != EntityType::Person) {
        let words = words_of(text, mention.span);
        let mut at = 0;
        while at < words.len() {
            let longest = LONGEST.min(words.len() - at).min(words.len() - 1);
            let found = (1..=longest).rev().find_map(|length| {
                named(
                    text,
                    Span::at(words[at].start(), words[at + length - 1].end()),
                    &entities,
                    mention.entity,
                )
                .map(|name| (length, name))
            });
            at += match found {
                Some((length, name)) => {
                    inner.push(name);
                    length
                }
                None => 1,
            };
        }
    }
    inner
}

/// The words of a name, without a genitive at their ends.
fn words_of(text: &str, span: Span) -> Vec<Span> {
    let name = span.of(text);
    name.split_whitespace()
        .map(|word| {
            let from = span.start() + (word.as_ptr() as usize - name.as_ptr() as usize);
            let bare = word
                .trim_end_matches("'s")
                .trim_end_matches("’s")
                .trim_end_matches([',', '\'', '’']);
            Span::at(from, from + bare.len())
        })
        .filter(|word| !word.is_empty())
        .collect()
}

fn named(text: &str, span: Span, entities: &BTreeMap<Key, u32>, outer: Option<u32>) -> Option<InnerName> {
    let name = span.of(text);
    let country = || knowledge::country_of_name(name).map(link_of_country);
    let abbreviated = || matches!(name, "US" | "UK") && country().is_some();
    if !name.starts_with(char::is_uppercase) || (name.chars().count() < 3 && !abbreviated()) {
        return None;
    }
    if let Some(&entity) = entities.get(&Key::of(name)) {
        return (Some(entity) != outer).then_some(InnerName {
            span,
            entity: Some(entity),
            link: None,
        });
    }
    let region = || knowledge::region_named(name).map(|(code, name)| link_of_region(code, name));
    let city = || {
        let city = knowledge::cities_named(name).first().copied()?;
        let personal = knowledge::is_given_name(name) || knowledge::is_surname(name);
        let least = if personal { GREAT_CITY } else { KNOWN_CITY };
        (city.population >= least).then(|| link_of_city(city))
    };
    Some(InnerName {
        span,
        entity: None,
        link: Some(country().or_else(region).or_else(city)?),
    })
}
