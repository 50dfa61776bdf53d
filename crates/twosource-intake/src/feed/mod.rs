//! Feeds (RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed): one document an entry, with the entry's own text.
//!
//! The reading is ours. Feeds are met damaged, in wrongly declared charsets and with dates of every make; a tree is of no
//! use for that, and a date of which only the day is known must not become midnight on the way.

mod dates;
mod entry;
mod json;
mod markup;
mod xml_feed;

use twosource_model::{Document, DocumentId, Given, LanguageCode, MediaType};
use url::Url;

use crate::xml;
use entry::{Body, Entry};

/// What one entry came to: a document, or the reason why not.
pub type Outcome = Result<Document, String>;

/// A feed.
#[derive(Debug, Clone, Default)]
pub struct Feed {
    /// Its title.
    pub title: Option<String>,
    /// Minutes for which it asks not to be read again (`ttl`).
    pub keep_minutes: Option<u32>,
    /// One document an entry, with the entry's own text (`given.feed_entry`), its link as `url`; or why not.
    pub entries: Vec<Outcome>,
}

/// Reads a feed: `name` is what its documents are named after, `base` the address that relative links belong to,
/// `charset` what the transport said.
///
/// # Errors
/// When the bytes are no feed.
pub fn read_feed(
    name: &str,
    base: Option<&str>,
    charset: Option<&str>,
    bytes: &[u8],
) -> Result<Feed, String> {
    let text = xml::decode(bytes, charset);
    let feed = if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        json::read(text.trim_start_matches('\u{feff}')).ok_or("not a JSON Feed that can be read")?
    } else {
        xml_feed::read(&text).ok_or("not a feed: no element of RSS, Atom or CDF is in it")?
    };
    let base = base.and_then(|base| Url::parse(base).ok());
    let title = feed.title;
    let language = feed.language.as_deref().and_then(LanguageCode::of_tag);
    let entries = feed
        .entries
        .into_iter()
        .take(xml_feed::MOST_ENTRIES)
        .enumerate()
        .map(|(at, entry)| document(name, at + 1, entry, title.as_deref(), language, base.as_ref()))
        .collect();
    Ok(Feed {
        title,
        keep_minutes: feed.keep_minutes,
        entries,
    })
}

/// The documents of a feed that is read as a file.
pub(crate) fn documents(name: &str, bytes: &[u8]) -> Result<Vec<Outcome>, String> {
    read_feed(name, None, None, bytes).map(|feed| feed.entries)
}

fn document(
    name: &str,
    number: usize,
    entry: Entry,
    outlet: Option<&str>,
    language: Option<LanguageCode>,
    base: Option<&Url>,
) -> Outcome {
    // the longest one is the fullest one: some feeds put the text into the summary and a link into the content
    let body = entry
        .bodies
        .into_iter()
        .rev()
        .max_by_key(|body| body.text.len())
        .unwrap_or_default();
    if entry.title.is_none() && body.text.trim().is_empty() {
        return Err(format!("entry {number} has neither title nor text"));
    }
    let media_type = media_type(&body);
    let link = entry
        .links
        .first()
        .map(|link| absolute(link, entry.base.as_deref(), base));
    let mut document = Document::new(
        DocumentId::new(&format!("{name}#{number}")),
        media_type,
        body.text.into_bytes(),
    );
    let date = |text: Option<&str>| text.and_then(dates::date);
    document.given = Given {
        id: link.clone().or(entry.id),
        outlet: outlet.map(str::to_owned),
        title: entry.title,
        authors: entry.authors,
        published: date(entry.published.as_deref()).or_else(|| date(entry.updated.as_deref())),
        language: entry
            .language
            .as_deref()
            .and_then(LanguageCode::of_tag)
            .or(language),
        charset: Some("utf-8".to_owned()),
        feed_entry: true,
        ..Given::default()
    };
    document.url = link;
    Ok(document)
}

fn absolute(link: &str, own: Option<&str>, feed: Option<&Url>) -> String {
    let base = match (own.and_then(|own| Url::parse(own).ok()), own, feed) {
        (Some(base), ..) => Some(base),
        (None, Some(own), Some(feed)) => feed.join(own).ok(),
        (.., feed) => feed.cloned(),
    };
    base.and_then(|base| base.join(link).ok())
        .map_or_else(|| link.to_owned(), String::from)
}

/// Text in which tags or references of HTML stand is markup, unless the feed says that it is text.
fn media_type(body: &Body) -> MediaType {
    let looks = || {
        let text = body.text.as_str();
        let reference = text.split('&').skip(1).any(|rest| {
            let name = rest.split(';').next().unwrap_or_default();
            name.len() < 10
                && name.len() < rest.len()
                && !name.is_empty()
                && !name.contains(char::is_whitespace)
        });
        text.contains("</") || text.contains("<p") || text.contains("<br") || text.contains("/>") || reference
    };
    match body.html {
        Some(true) => MediaType::Html,
        Some(false) => MediaType::PlainText,
        None if looks() => MediaType::Html,
        None => MediaType::PlainText,
    }
}

#[cfg(test)]
mod tests;
