//! Makes what is known beforehand out of articles: run by `twosource-train annotation`, never by a desk.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use twosource_model::{Analysis, Article};

use super::bits::Writer;
use super::prior::{Lists, Prior};
use super::{Beside, Parts, Shared, write_value};
use crate::{DocumentRecord, Store, StoreError};

/// A name, or a shape of objects, is known beforehand when so many articles have it.
const FEWEST: usize = 3;
/// Most names and shapes.
const WORDS: usize = 1_000;
const SHAPES: usize = 200;

/// What annotations are best read and written with, learnt from `readings` in their order.
///
/// Names of fields and values become known when they stand in no text: they are those of this program, and no words of
/// the articles. Of these only chances by hashed contexts are kept.
///
/// # Errors
/// When a value cannot be written.
pub fn learn_annotations(readings: &[(DocumentRecord, Article, Analysis)]) -> Result<Vec<u8>, StoreError> {
    let store = Store::open_in_memory()?;
    let mut parts = Vec::with_capacity(readings.len());
    for (record, article, analysis) in readings {
        parts.push((record, record.said()?, Parts::of(article, analysis, &store)?));
    }
    let mut prior = Prior::empty();
    prior.lists = names_in(&parts);
    for (record, said, part) in &parts {
        let mut writer = Writer::new(&mut prior.chances);
        if let Some(said) = said {
            write_value(&mut writer, &prior.lists, said, &record.known());
        }
        let published = part
            .article
            .published
            .as_ref()
            .map(|dated| dated.moment.to_string());
        let outlet = part.article.outlet.as_ref().map(|outlet| outlet.name.as_str());
        let known: Vec<&str> = published.as_deref().into_iter().chain(outlet).collect();
        let beside = Beside {
            name: part.article.id.as_str(),
            title: part.article.title(),
            text: part.article.text(),
            known: &known,
        };
        part.write(&mut writer, &prior.lists, &beside, store.tags());
    }
    Ok(prior.to_bytes())
}

fn names_in(parts: &[(&DocumentRecord, Option<Value>, Parts<'_>)]) -> Lists {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    let mut shapes: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (_, said, part) in parts {
        let text = format!(
            "{} {} {}",
            part.article.title(),
            part.article.text(),
            part.article.id
        )
        .to_lowercase();
        let (mut own_words, mut own_shapes) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![&part.fields, &part.rest];
        open.extend(said);
        while let Some(value) = open.pop() {
            match value {
                Value::String(word) => {
                    own_words.insert(word.clone());
                }
                Value::Array(values) => open.extend(values),
                Value::Object(fields) => {
                    own_shapes.insert(fields.keys().cloned().collect::<Vec<_>>());
                    open.extend(fields.values());
                }
                _ => {}
            }
        }
        own_words.retain(|word| is_name(word) && !text.contains(&word.to_lowercase()));
        own_words
            .into_iter()
            .for_each(|word| *words.entry(word).or_default() += 1);
        own_shapes
            .into_iter()
            .for_each(|shape| *shapes.entry(shape).or_default() += 1);
    }
    Lists::new(most_used(words, WORDS), most_used(shapes, SHAPES))
}

/// Names that a program gives: letters, digits and hyphens.
fn is_name(word: &str) -> bool {
    word.len() < 40
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c))
        && word.chars().any(|c| c.is_ascii_alphabetic())
}

fn most_used<T: Ord>(counted: BTreeMap<T, usize>, most: usize) -> Vec<T> {
    let mut counted: Vec<(T, usize)> = counted
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST)
        .collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted.into_iter().take(most).map(|(name, _)| name).collect()
}
