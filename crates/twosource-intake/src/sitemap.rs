//! Sitemaps (sitemaps.org 0.9) with the news extension, and indexes of sitemaps.

use quick_xml::events::Event;
use twosource_model::{Document, DocumentId, Given, LanguageCode, MediaType, Moment};

use crate::xml;

/// Addresses of one sitemap that are read at most: the protocol's own limit.
const MOST_ADDRESSES: usize = 50_000;
/// Bytes of one element's text that are kept.
const MOST_TEXT: usize = 4096;

/// One page of a sitemap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitemapPage {
    /// Its address.
    pub address: String,
    /// When it was last changed.
    pub changed: Option<Moment>,
    /// When it appeared (`news:publication_date`).
    pub published: Option<Moment>,
    /// Its headline (`news:title`).
    pub title: Option<String>,
    /// Name of the outlet (`news:name`).
    pub outlet: Option<String>,
    /// Language (`news:language`).
    pub language: Option<LanguageCode>,
}

/// A sitemap, or an index of sitemaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages, in the order of the file.
    pub pages: Vec<SitemapPage>,
    /// Addresses of further sitemaps, with the time of their last change.
    pub sitemaps: Vec<(String, Option<Moment>)>,
}

/// Reads a sitemap or an index; one that breaks off gives what stands before the break.
///
/// # Errors
/// With the reason in words, when the bytes name no address.
pub fn read_sitemap(bytes: &[u8]) -> Result<Sitemap, String> {
    let text = xml::decode(bytes, None);
    let mut reader = xml::lenient_reader(&text);
    let mut sitemap = Sitemap::default();
    let mut part = Part::None;
    let mut page = SitemapPage::default();
    let mut words = String::new();
    let mut broken = None;
    while sitemap.pages.len() + sitemap.sitemaps.len() < MOST_ADDRESSES {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                words.clear();
                match tag.local_name().as_ref() {
                    "url" => (part, page) = (Part::Page, SitemapPage::default()),
                    "sitemap" => (part, page) = (Part::Sitemap, SitemapPage::default()),
                    _ => {}
                }
            }
            Ok(Event::Text(text)) => push(&mut words, &text.into_inner()),
            Ok(Event::CData(text)) => push(&mut words, &text.into_inner()),
            Ok(Event::GeneralRef(name)) => push(&mut words, &reference(&name.into_inner())),
            Ok(Event::End(tag)) => {
                let name = tag.name();
                match (name.local_name().as_ref(), part) {
                    ("url", Part::Page) | ("sitemap", Part::Sitemap) => {
                        add(&mut sitemap, part, std::mem::take(&mut page));
                        part = Part::None;
                    }
                    (local, _) => set(&mut page, name.as_ref(), local, words.trim()),
                }
                words.clear();
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                broken = Some(error.to_string());
                break;
            }
        }
    }
    if !sitemap.pages.is_empty() || !sitemap.sitemaps.is_empty() {
        return Ok(sitemap);
    }
    Err(match broken {
        Some(error) => format!("not a sitemap that can be read: {error}"),
        None => "the sitemap names no address".to_owned(),
    })
}

/// What the reader is inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    None,
    Page,
    Sitemap,
}

fn push(words: &mut String, more: &str) {
    if words.len() + more.len() <= MOST_TEXT {
        words.push_str(more);
    }
}

/// The character that a reference stands for; one that is not known stays as it is written.
fn reference(name: &str) -> String {
    match quick_xml::escape::unescape(&format!("&{name};")) {
        Ok(text) => text.into_owned(),
        Err(_) => format!("&{name}"),
    }
}

fn set(page: &mut SitemapPage, name: &str, local: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    // `image:loc`, `video:title` and the like speak of something else
    let of_page = !name.contains(':') || name.starts_with("sm:") || name.starts_with("sitemap:");
    match local {
        "loc" if of_page => page.address = words.to_owned(),
        "lastmod" if of_page => page.changed = words.parse().ok(),
        "publication_date" if !name.starts_with("video:") => page.published = words.parse().ok(),
        "title" if name.starts_with("news:") || name.starts_with("n:") => page.title = Some(words.to_owned()),
        "name" if name.starts_with("news:") || name.starts_with("n:") => page.outlet = Some(words.to_owned()),
        "language" => page.language = LanguageCode::of_tag(words),
        _ => {}
    }
}

fn add(sitemap: &mut Sitemap, part: Part, page: SitemapPage) {
    if page.address.is_empty() {
        return;
    }
    match part {
        Part::Page => sitemap.pages.push(page),
        Part::Sitemap => sitemap.sitemaps.push((page.address, page.changed)),
        Part::None => {}
    }
}

impl SitemapPage {
    /// What the sitemap itself tells of the page: the headline, with date and outlet. `None` without a headline.
    #[must_use]
    pub fn document(&self, name: &str, number: usize) -> Option<Document> {
        let title = self.title.clone()?;
        let mut document = Document::new(
            DocumentId::new(&format!("{name}#{number}")),
            MediaType::ArticleText,
            Vec::new(),
        );
        document.url = Some(self.address.clone());
        document.given = Given {
            id: Some(self.address.clone()),
            outlet: self.outlet.clone(),
            title: Some(title),
            published: self.published,
            language: self.language,
            feed_entry: true,
            ..Given::default()
        };
        Some(document)
    }
}

/// The documents of a sitemap that is read as a file: a headline each.
pub(crate) fn documents(name: &str, bytes: &[u8]) -> Result<Vec<Result<Document, String>>, String> {
    let sitemap = read_sitemap(bytes)?;
    if sitemap.pages.is_empty() {
        return Err("an index of sitemaps holds no report: ingest or watch its address".to_owned());
    }
    let read = |(at, page): (usize, &SitemapPage)| {
        page.document(name, at + 1)
            .ok_or_else(|| format!("entry {}: only an address, {}: no headline", at + 1, page.address))
    };
    Ok(sitemap.pages.iter().enumerate().map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_indexes_are_read() {
        let news = "<?xml version='1.0'?><urlset xmlns='x' xmlns:news='y' xmlns:image='z'><url><loc> http://a.example/1?a=1&amp;b=2 </loc>\
            <lastmod>2018-07-20</lastmod><image:image><image:loc>http://a.example/p.jpg</image:loc><image:title>P</image:title></image:image>\
            <news:news><news:publication><news:name>The Paper</news:name><news:language>en</news:language></news:publication>\
            <news:publication_date>2018-07-20T09:30:00+02:00</news:publication_date><news:title><![CDATA[Fire & smoke]]></news:title></news:news></url>\
            <url><loc>http://a.example/2</loc></url>";
        let read = read_sitemap(news.as_bytes()).unwrap();
        assert_eq!(read.pages.len(), 2);
        let page = &read.pages[0];
        assert_eq!(page.address, "http://a.example/1?a=1&b=2");
        assert_eq!(page.changed.unwrap().to_string(), "2018-07-20");
        assert_eq!(page.published.unwrap().to_string(), "2018-07-20T09:30:00+02:00");
        assert_eq!(page.title.as_deref(), Some("Fire & smoke"));
        assert_eq!(page.outlet.as_deref(), Some("The Paper"));
        assert!(page.document("s.xml", 1).unwrap().given.feed_entry);
        let index = b"<sitemapindex><sitemap><loc>http://a.example/s.xml</loc><lastmod>2018-07-20</lastmod></sitemap></sitemapindex>";
        assert_eq!(
            read_sitemap(index).unwrap().sitemaps[0].0,
            "http://a.example/s.xml"
        );
        assert!(read_sitemap(b"<html>").is_err());
    }
}
