//! Annotations as few bytes: tokens in columns, everything else as JSON, deflated together.
//!
//! JSON carries its own names, so that a field which later versions add costs old files nothing. Tokens are most of an
//! analysis and change least: start and length as differences, tags as numbers of the file's own lists, heads as
//! distances, lemmas as what has to be cut from the word and put in its place.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::de::DeserializeOwned;
use serde_json::Value;
use twosource_model::{Analysis, Article, Relation, Span, Token, Upos, Xpos};

use crate::StoreError;
use crate::tags::Tags;

/// Most bytes that a stored value may unfold to: a guard against damaged or hostile files.
const UNPACKED_BYTES: u64 = 1 << 30;
/// Deflate's effort, 0 to 9. 4 is a fifth larger than 6 would make it run twice as long (docs/desk.md).
const EFFORT: u32 = 5;

/// `bytes`, deflated.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 3 + 16), Compression::new(EFFORT));
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

/// Fields of an article that have columns of their own.
const OWN_COLUMNS: [&str; 4] = ["id", "title", "text", "revision"];

/// An article without what stands in columns of its own.
pub fn article_to_bytes(article: &Article) -> Result<Vec<u8>, StoreError> {
    let mut value = to_value("an article", article)?;
    if let Value::Object(fields) = &mut value {
        for name in OWN_COLUMNS {
            fields.remove(name);
        }
        fields.retain(|_, value| !is_empty(value));
    }
    Ok(pack(value.to_string().as_bytes()))
}

/// The article of these bytes and columns.
pub fn article_from_bytes(bytes: &[u8], name: &str, title: &str, text: &str) -> Result<Article, StoreError> {
    let what = || format!("article {name}");
    let read: Value = from_json(&what(), &unpack(&what(), bytes)?)?;
    let blank = Article::of_text(twosource_model::ArticleId::new(name), title, text);
    let mut value = to_value(&what(), &blank)?;
    if let (Value::Object(fields), Value::Object(read)) = (&mut value, read) {
        if let Some(paragraphs) = fields.get_mut("paragraphs") {
            *paragraphs = Value::Array(Vec::new());
        }
        fields.extend(read);
    }
    serde_json::from_value(value).map_err(|error| StoreError::unreadable(what(), error))
}

/// An analysis of the revision whose text is `text`.
pub fn analysis_to_bytes(analysis: &Analysis, text: &str, tags: &Tags) -> Result<Vec<u8>, StoreError> {
    let mut head = Analysis::empty(analysis.article.clone(), analysis.revision, analysis.language);
    head.sentences.clone_from(&analysis.sentences);
    head.mentions.clone_from(&analysis.mentions);
    head.entities.clone_from(&analysis.entities);
    head.quotes.clone_from(&analysis.quotes);
    head.times.clone_from(&analysis.times);
    head.numbers.clone_from(&analysis.numbers);
    head.events.clone_from(&analysis.events);
    head.findings.clone_from(&analysis.findings);
    let mut value = to_value("an analysis", &head)?;
    if let Value::Object(fields) = &mut value {
        for name in ["article", "revision", "tokens"] {
            fields.remove(name);
        }
        fields.retain(|_, value| !is_empty(value));
    }
    let json = value.to_string();
    let mut bytes = Vec::with_capacity(json.len() + analysis.tokens.len() * 8);
    put(&mut bytes, json.len() as u64);
    bytes.extend_from_slice(json.as_bytes());
    put_tokens(&mut bytes, &analysis.tokens, text, tags);
    Ok(pack(&bytes))
}

/// The analysis of these bytes, of the revision of `article`.
pub fn analysis_from_bytes(bytes: &[u8], article: &Article, tags: &Tags) -> Result<Analysis, StoreError> {
    let what = || format!("the analysis of {}", article.id);
    let bytes = unpack(&what(), bytes)?;
    let mut reader = Reader { bytes: &bytes, at: 0 };
    let cut = || StoreError::unreadable(what(), "it is cut off");
    let length = reader.number().ok_or_else(cut)? as usize;
    let json = reader.take(length).ok_or_else(cut)?;
    let read: Value = from_json(&what(), json)?;
    let language = article.language.unwrap_or(twosource_model::LanguageCode::ENGLISH);
    let blank = Analysis::empty(article.id.clone(), article.revision(), language);
    let mut value = to_value(&what(), &blank)?;
    if let (Value::Object(fields), Value::Object(read)) = (&mut value, read) {
        fields.extend(read);
    }
    let mut analysis: Analysis =
        serde_json::from_value(value).map_err(|error| StoreError::unreadable(what(), error))?;
    analysis.tokens = take_tokens(&mut reader, article.text(), tags).ok_or_else(cut)?;
    Ok(analysis)
}

/// JSON of any value that our own types make.
pub fn to_value(what: &str, value: &impl serde::Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|error| StoreError::unreadable(what, error))
}

/// A value of JSON that the file holds.
pub fn from_json<T: DeserializeOwned>(what: &str, json: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(json).map_err(|error| StoreError::unreadable(what, error))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn put_tokens(bytes: &mut Vec<u8>, tokens: &[Token], text: &str, tags: &Tags) {
    put(bytes, tokens.len() as u64);
    let mut end = 0;
    for token in tokens {
        put(bytes, zigzag(token.span.start() as i64 - end));
        end = token.span.end() as i64;
    }
    for token in tokens {
        put(bytes, token.span.len() as u64);
    }
    bytes.extend(tokens.iter().map(|token| tags.upos.number(token.upos as usize)));
    bytes.extend(tokens.iter().map(|token| tags.xpos.number(token.xpos as usize)));
    bytes.extend(
        tokens
            .iter()
            .map(|token| tags.relation.number(token.relation as usize)),
    );
    for (at, token) in tokens.iter().enumerate() {
        put(
            bytes,
            token
                .head
                .map_or(0, |head| 1 + zigzag(i64::from(head) - at as i64)),
        );
    }
    for token in tokens {
        put_lemma(bytes, &token.lemma, &lowered(token.span, text));
    }
}

fn take_tokens(reader: &mut Reader<'_>, text: &str, tags: &Tags) -> Option<Vec<Token>> {
    let count = reader.number()? as usize;
    if count > reader.bytes.len() {
        return None;
    }
    let gaps: Vec<i64> = (0..count)
        .map(|_| Some(unzigzag(reader.number()?)))
        .collect::<Option<_>>()?;
    let mut spans = Vec::with_capacity(count);
    let mut end = 0_i64;
    for gap in gaps {
        let start = end.checked_add(gap)?;
        let length = i64::try_from(reader.number()?).ok()?;
        end = start.checked_add(length)?;
        spans.push(Span::new(usize::try_from(start).ok()?, usize::try_from(end).ok()?).ok()?);
    }
    let upos = reader.take(count)?;
    let xpos = reader.take(count)?;
    let relation = reader.take(count)?;
    let mut tokens = Vec::with_capacity(count);
    for (at, span) in spans.into_iter().enumerate() {
        let head = match reader.number()? {
            0 => None,
            distance => Some(u32::try_from(at as i64 + unzigzag(distance - 1)).ok()?),
        };
        let tag = |table: &crate::tags::TagTable, numbers: &[u8]| table.place(numbers[at]);
        tokens.push(Token {
            span,
            upos: tag(&tags.upos, upos).map_or(Upos::FALLBACK, |place| Upos::ALL[place]),
            xpos: tag(&tags.xpos, xpos).map_or(Xpos::FALLBACK, |place| Xpos::ALL[place]),
            lemma: Default::default(),
            head,
            relation: tag(&tags.relation, relation).map_or(Relation::FALLBACK, |place| Relation::ALL[place]),
        });
    }
    for token in &mut tokens {
        token.lemma = take_lemma(reader, &lowered(token.span, text))?.into();
    }
    Some(tokens)
}

/// The word in lower case; empty where the span leaves the text.
fn lowered(span: Span, text: &str) -> String {
    span.get(text).unwrap_or_default().to_lowercase()
}

/// 0 for the word itself, else one more than the bytes cut from its end, then the bytes put there.
fn put_lemma(bytes: &mut Vec<u8>, lemma: &str, word: &str) {
    if lemma == word {
        return put(bytes, 0);
    }
    let shared: usize = lemma
        .chars()
        .zip(word.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    put(bytes, (word.len() - shared) as u64 + 1);
    let tail = &lemma[shared..];
    put(bytes, tail.len() as u64);
    bytes.extend_from_slice(tail.as_bytes());
}

fn take_lemma(reader: &mut Reader<'_>, word: &str) -> Option<String> {
    let cut = reader.number()?;
    if cut == 0 {
        return Some(word.to_owned());
    }
    let kept = word.len().checked_sub(usize::try_from(cut - 1).ok()?)?;
    let length = usize::try_from(reader.number()?).ok()?;
    let tail = std::str::from_utf8(reader.take(length)?).ok()?;
    Some(format!("{}{tail}", word.get(..kept)?))
}

const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

const fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// Seven bits a byte, lowest first.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use twosource_model::ArticleId;

    use super::*;
    use crate::Store;

    fn round(text: &str, tokens: Vec<Token>) {
        let tags = Store::open_in_memory().unwrap().tags;
        let article = Article::of_text(ArticleId::new("a"), "t", text);
        let mut analysis = Analysis::empty(
            article.id.clone(),
            article.revision(),
            twosource_model::LanguageCode::ENGLISH,
        );
        analysis.tokens = tokens;
        let bytes = analysis_to_bytes(&analysis, text, &tags).unwrap();
        assert_eq!(analysis_from_bytes(&bytes, &article, &tags).unwrap(), analysis);
        let bytes = article_to_bytes(&article).unwrap();
        assert_eq!(article_from_bytes(&bytes, "a", "t", text).unwrap(), article);
    }

    fn token(start: usize, end: usize, lemma: &str, head: Option<u32>) -> Token {
        Token {
            span: Span::at(start, end),
            upos: Upos::Verb,
            xpos: Xpos::Vbd,
            lemma: lemma.into(),
            head,
            relation: Relation::Root,
        }
    }

    #[test]
    fn tokens_come_back() {
        round("", vec![]);
        round(
            "Ärzte went İstanbul",
            vec![
                token(0, 6, "arzt", Some(1)),
                token(7, 11, "go", None),
                token(12, 21, "İstanbul", Some(1)),
            ],
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_read(bytes: Vec<u8>) {
            let tags = Tags::default();
            let article = Article::of_text(ArticleId::new("a"), "t", "Some words.");
            let _ = analysis_from_bytes(&bytes, &article, &tags);
            let _ = analysis_from_bytes(&pack(&bytes), &article, &tags);
            let _ = article_from_bytes(&pack(&bytes), "a", "t", "x");
        }
    }
}
