//! Annotations as few bytes: tokens first, then everything else told by them, each bit guessed from what stands before it.
//!
//! [`bits`] turns guesses into bytes, [`tokens`] and [`tree`] make the guesses, [`prior`] is what is known beforehand. All
//! of it writes and reads by the same code. What a later version adds to an article or an analysis is a field with a name
//! like any other; what is taken away is passed over.

mod bits;
mod learn;
mod letters;
mod prior;
mod tokens;
mod tree;

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use twosource_model::{Analysis, Article, ArticleId, LanguageCode, Sentence, Token};

use bits::{Coder, Reader, Writer, context};
use prior::Lists;
use tokens::Grid;
use tree::Tree;

use crate::StoreError;
use crate::tags::Tags;

pub use learn::learn_annotations;

/// Most bytes that a deflated value may unfold to: a guard against damaged or hostile files.
const UNPACKED_BYTES: u64 = 1 << 30;
/// Deflate's effort, 0 to 9: above it pages take longer than they shrink.
const EFFORT: u32 = 5;

/// The same for what shrinks as well with little: states of the grouping, whose numbers are mostly hashes (1.6 kB an article
/// become 1.19 with either, in half the time).
const LITTLE_EFFORT: u32 = 1;

/// `bytes`, deflated.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    pack_with(bytes, EFFORT)
}

/// The same, quickly.
pub fn pack_quickly(bytes: &[u8]) -> Vec<u8> {
    pack_with(bytes, LITTLE_EFFORT)
}

fn pack_with(bytes: &[u8], effort: u32) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 3 + 16), Compression::new(effort));
    // writing to memory does not fail
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// What was deflated.
pub fn unpack(what: &str, packed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::with_capacity(packed.len() * 4);
    DeflateDecoder::new(packed)
        .take(UNPACKED_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| StoreError::unreadable(what, error))?;
    Ok(bytes)
}

/// JSON of any value that our own types make.
pub fn to_value(what: &str, value: &impl serde::Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|error| StoreError::unreadable(what, error))
}

/// A value of JSON that the file holds.
pub fn from_json<T: DeserializeOwned>(what: &str, json: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(json).map_err(|error| StoreError::unreadable(what, error))
}

/// What stands in columns beside an annotation.
pub struct Beside<'a> {
    /// Name of the article.
    pub name: &'a str,
    /// Headline.
    pub title: &'a str,
    /// Text.
    pub text: &'a str,
    /// What else the row knows: address, outlet, date, digest of the document. Writing and reading must be given the same.
    pub known: &'a [&'a str],
}

/// What annotations share within one file: numbers of tags, and of entries of knowledge tables.
pub trait Shared {
    /// Numbers of tags.
    fn tags(&self) -> &Tags;
    /// Number of an entry.
    fn number_of_link(&self, link: &Value) -> Result<i64, StoreError>;
    /// Entry of a number.
    fn link(&self, number: i64) -> Result<Value, StoreError>;
}

/// Fields of an article, and of an analysis, that are not written: they follow from what stands beside.
const ARTICLE_BESIDE: [&str; 4] = ["id", "title", "text", "revision"];
const ANALYSIS_BESIDE: [&str; 4] = ["article", "revision", "tokens", "sentences"];

/// The annotation of an article.
pub fn annotation_to_bytes(
    article: &Article,
    analysis: &Analysis,
    beside: &Beside<'_>,
    shared: &impl Shared,
) -> Result<Vec<u8>, StoreError> {
    let parts = Parts::of(article, analysis, shared)?;
    let coded = prior::with(prior::NEWEST, |chances, lists| {
        let mut writer = Writer::new(chances);
        parts.write(&mut writer, lists, beside, shared.tags());
        Ok(writer.finish())
    })?;
    Ok(numbered(&coded))
}

/// The article and the analysis of an annotation, but for its entries of knowledge tables.
pub fn annotation_from_bytes(bytes: &[u8], beside: &Beside<'_>, tags: &Tags) -> Result<Unlinked, StoreError> {
    let (number, coded) = bytes.split_first().ok_or_else(|| damaged(beside))?;
    prior::with(*number, |chances, lists| {
        let mut reader = Reader::new(coded, chances);
        read(&mut reader, lists, beside, tags)
    })
}

/// A value that speaks of no text, told by strings that stand beside it.
pub fn value_to_bytes(value: &Value, known: &[&str]) -> Result<Vec<u8>, StoreError> {
    let coded = prior::with(prior::NEWEST, |chances, lists| {
        let mut writer = Writer::new(chances);
        write_value(&mut writer, lists, value, known);
        Ok(writer.finish())
    })?;
    Ok(numbered(&coded))
}

/// The way back.
pub fn value_from_bytes(what: &str, bytes: &[u8], known: &[&str]) -> Result<Value, StoreError> {
    let cut = || StoreError::unreadable(what, "what is known of it is damaged");
    let (number, coded) = bytes.split_first().ok_or_else(cut)?;
    prior::with(*number, |chances, lists| {
        let mut reader = Reader::new(coded, chances);
        let mut tree = Tree::new("", &NO_TOKENS, lists, known.iter().copied());
        tree.value(&mut reader, None).ok_or_else(cut)
    })
}

static NO_TOKENS: Grid = Grid::empty();

fn write_value(coder: &mut impl Coder, lists: &Lists, value: &Value, known: &[&str]) {
    Tree::new("", &NO_TOKENS, lists, known.iter().copied()).value(coder, Some(value));
}

/// Coded bits behind the number of what they were coded with.
fn numbered(coded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(coded.len() + 1);
    bytes.push(prior::NEWEST);
    bytes.extend_from_slice(coded);
    bytes
}

/// An annotation in the parts that are written one after the other.
struct Parts<'a> {
    analysis: &'a Analysis,
    article: &'a Article,
    /// Tokens and sentences have a form of their own; where they do not fit it they stand in `rest`.
    fits: bool,
    fields: Value,
    rest: Value,
}

impl<'a> Parts<'a> {
    fn of(article: &'a Article, analysis: &'a Analysis, shared: &impl Shared) -> Result<Self, StoreError> {
        let fits = tokens::are_plain(&analysis.tokens, article.text())
            && tokens::sentences_follow(analysis, &article.paragraphs);
        let mut head = Analysis::empty(analysis.article.clone(), analysis.revision, analysis.language);
        head.mentions.clone_from(&analysis.mentions);
        head.entities.clone_from(&analysis.entities);
        head.quotes.clone_from(&analysis.quotes);
        head.times.clone_from(&analysis.times);
        head.numbers.clone_from(&analysis.numbers);
        head.events.clone_from(&analysis.events);
        head.findings.clone_from(&analysis.findings);
        let mut rest = to_value("an analysis", &head)?;
        without(&mut rest, &ANALYSIS_BESIDE);
        if let Value::Object(fields) = &mut rest {
            shorten_entities(fields, analysis, shared)?;
            if !fits {
                fields.insert("tokens".to_owned(), to_value("tokens", &analysis.tokens)?);
                fields.insert(
                    "sentences".to_owned(),
                    to_value("sentences", &analysis.sentences)?,
                );
            }
        }
        let mut fields = to_value("an article", article)?;
        without(&mut fields, &ARTICLE_BESIDE);
        Ok(Self {
            analysis,
            article,
            fits,
            fields,
            rest,
        })
    }

    fn write(&self, coder: &mut impl Coder, lists: &Lists, beside: &Beside<'_>, tags: &Tags) {
        let text = beside.text;
        coder.bit(self.fits, [context(5, 0, 0)]);
        let grid = match self.fits {
            true => tokens::tokens(coder, &self.analysis.tokens, text, tags).unwrap_or(Grid::empty()),
            false => Grid::empty(),
        };
        let mut tree = tree_of(beside, &grid, lists);
        tree.value(coder, Some(&self.fields));
        if self.fits {
            let paragraphs = &self.article.paragraphs;
            tokens::sentences(coder, &self.analysis.sentences, paragraphs, &grid, text);
        }
        tree.value(coder, Some(&self.rest));
    }
}

fn tree_of<'a>(beside: &'a Beside<'_>, grid: &'a Grid, lists: &'a Lists) -> Tree<'a> {
    let known = [beside.name, beside.title]
        .into_iter()
        .chain(beside.known.iter().copied());
    Tree::new(beside.text, grid, lists, known)
}

fn damaged(beside: &Beside<'_>) -> StoreError {
    StoreError::unreadable(format!("article {}", beside.name), "its annotation is damaged")
}

/// What was read of an annotation: the file has still to be asked for the entries of knowledge tables.
pub struct Unlinked {
    article: Article,
    /// Tokens and sentences, where they have a form of their own.
    plain: Option<(Vec<Token>, Vec<Sentence>)>,
    rest: Value,
}

impl Unlinked {
    /// The article and its analysis.
    pub fn linked(mut self, shared: &impl Shared) -> Result<(Article, Analysis), StoreError> {
        if let Value::Object(fields) = &mut self.rest {
            restore_entities(fields, shared)?;
        }
        let article = self.article;
        let language = article.language.unwrap_or(LanguageCode::ENGLISH);
        let blank = Analysis::empty(article.id.clone(), article.revision(), language);
        let mut analysis: Analysis = filled(&format!("article {}", article.id), &blank, self.rest)?;
        if let Some((tokens, sentences)) = self.plain {
            analysis.tokens = tokens;
            analysis.sentences = sentences;
        }
        Ok((article, analysis))
    }
}

fn read(
    coder: &mut impl Coder,
    lists: &Lists,
    beside: &Beside<'_>,
    tags: &Tags,
) -> Result<Unlinked, StoreError> {
    let cut = || damaged(beside);
    let fits = coder.bit(false, [context(5, 0, 0)]);
    let grid = match fits {
        true => tokens::tokens(coder, &[], beside.text, tags).ok_or_else(cut)?,
        false => Grid::empty(),
    };
    let mut tree = tree_of(beside, &grid, lists);
    let fields = tree.value(coder, None).ok_or_else(cut)?;
    let mut blank = Article::of_text(ArticleId::new(beside.name), beside.title, beside.text);
    blank.paragraphs.clear();
    let article: Article = filled(&format!("article {}", beside.name), &blank, fields)?;
    let sentences = match fits {
        true => tokens::sentences(coder, &[], &article.paragraphs, &grid, beside.text),
        false => Vec::new(),
    };
    let rest = tree.value(coder, None).ok_or_else(cut)?;
    Ok(Unlinked {
        article,
        plain: fits.then_some((grid.tokens, sentences)),
        rest,
    })
}

/// Takes fields away that stand elsewhere or hold nothing.
fn without(value: &mut Value, names: &[&str]) {
    if let Value::Object(fields) = value {
        fields.retain(|name, value| !names.contains(&name.as_str()) && !is_empty(value));
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// `blank` with these fields.
fn filled<T: serde::Serialize + DeserializeOwned>(
    what: &str,
    blank: &T,
    fields: Value,
) -> Result<T, StoreError> {
    let mut value = to_value(what, blank)?;
    if let (Value::Object(all), Value::Object(fields)) = (&mut value, fields) {
        all.extend(fields);
    }
    serde_json::from_value(value).map_err(|error| StoreError::unreadable(what, error))
}

/// Entries of knowledge tables by their numbers; the mentions of an entity not at all, where the mentions tell them.
fn shorten_entities(
    fields: &mut Map<String, Value>,
    analysis: &Analysis,
    shared: &impl Shared,
) -> Result<(), StoreError> {
    let Some(Value::Array(entities)) = fields.get_mut("entities") else {
        return Ok(());
    };
    let told = mentions_by_entity(
        entities.len(),
        analysis
            .mentions
            .iter()
            .map(|mention| mention.entity.map(u64::from)),
    );
    for ((value, entity), told) in entities.iter_mut().zip(&analysis.entities).zip(told) {
        let Value::Object(entity_fields) = value else {
            continue;
        };
        if entity.mentions == told {
            entity_fields.remove("mentions");
        }
        if let Some(link) = entity_fields.get_mut("link").filter(|link| !link.is_null()) {
            *link = shared.number_of_link(link)?.into();
        }
    }
    Ok(())
}

/// The way back.
fn restore_entities(fields: &mut Map<String, Value>, shared: &impl Shared) -> Result<(), StoreError> {
    let mentions: Vec<Option<u64>> = match fields.get("mentions") {
        Some(Value::Array(mentions)) => mentions
            .iter()
            .map(|mention| mention["entity"].as_u64())
            .collect(),
        _ => Vec::new(),
    };
    let Some(Value::Array(entities)) = fields.get_mut("entities") else {
        return Ok(());
    };
    let told = mentions_by_entity(entities.len(), mentions.into_iter());
    for (value, told) in entities.iter_mut().zip(told) {
        let Value::Object(entity) = value else { continue };
        if !entity.contains_key("mentions") {
            entity.insert("mentions".to_owned(), told.into());
        }
        if let Some(link) = entity.get_mut("link")
            && let Some(number) = link.as_i64()
        {
            *link = shared.link(number)?;
        }
    }
    Ok(())
}

/// Numbers of the mentions of each entity, in order.
fn mentions_by_entity(count: usize, mentions: impl Iterator<Item = Option<u64>>) -> Vec<Vec<u32>> {
    let mut told = vec![Vec::new(); count];
    for (at, entity) in mentions.enumerate() {
        let entity = entity.and_then(|entity| usize::try_from(entity).ok());
        if let Some(list) = entity.and_then(|entity| told.get_mut(entity)) {
            list.push(at as u32);
        }
    }
    told
}

#[cfg(test)]
mod tests;
