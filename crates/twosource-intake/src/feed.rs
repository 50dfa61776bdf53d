//! Feeds (RSS 0.9x to 2.0, Atom, JSON Feed): one document an entry, with the entry's own text.
//!
//! The reading is `feed-rs`'s. A feed that is no well-formed XML is taken apart item by item, so that a damaged item
//! costs only itself.

use feed_rs::model::{Entry, Text};
use twosource_model::{Document, DocumentId, Given, LanguageCode, MediaType, Moment};

use crate::xml;

/// Entries of one feed that are read at most.
const MOST_ENTRIES: usize = 100_000;

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
/// When the bytes are no feed, and no item can be saved from them either.
pub fn read_feed(
    name: &str,
    base: Option<&str>,
    charset: Option<&str>,
    bytes: &[u8],
) -> Result<Feed, String> {
    let text = xml::decode(bytes, charset);
    match parse(text.as_bytes(), base) {
        Ok(feed) => Ok(of_parsed(name, feed)),
        Err(reason) => {
            let saved = one_by_one(name, base, &text);
            if saved.iter().any(Result::is_ok) {
                Ok(Feed {
                    title: feed_title(&text, "item").or_else(|| feed_title(&text, "entry")),
                    keep_minutes: None,
                    entries: saved,
                })
            } else {
                Err(reason)
            }
        }
    }
}

/// The documents of a feed that is read as a file.
pub(crate) fn documents(name: &str, bytes: &[u8]) -> Result<Vec<Outcome>, String> {
    read_feed(name, None, None, bytes).map(|feed| feed.entries)
}

fn parse(bytes: &[u8], base: Option<&str>) -> Result<feed_rs::model::Feed, String> {
    feed_rs::parser::Builder::new()
        .base_uri(base)
        // an entry without an id gets none: feed-rs would make one up at random
        .id_generator(|_, _, _| String::new())
        .build()
        .parse(bytes)
        .map_err(|error| format!("not a feed that can be read: {error}"))
}

fn of_parsed(name: &str, feed: feed_rs::model::Feed) -> Feed {
    let title = feed.title.as_ref().map(plain).filter(|title| !title.is_empty());
    let language = feed.language.as_deref().and_then(LanguageCode::of_tag);
    let entries = feed
        .entries
        .into_iter()
        .take(MOST_ENTRIES)
        .enumerate()
        .map(|(at, entry)| document(name, at + 1, entry, title.as_deref(), language))
        .collect();
    Feed {
        title,
        keep_minutes: feed.ttl,
        entries,
    }
}

fn document(
    name: &str,
    number: usize,
    entry: Entry,
    outlet: Option<&str>,
    language: Option<LanguageCode>,
) -> Outcome {
    let title = entry.title.as_ref().map(plain).filter(|title| !title.is_empty());
    let link = entry
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .or(entry.links.first())
        .map(|link| link.href.clone());
    let summary = entry.summary.map(|summary| summary.content).unwrap_or_default();
    let content = entry.content.and_then(|content| content.body).unwrap_or_default();
    // the longer one is the fuller one: some feeds put the text into the summary and a link into the content
    let body = if content.len() >= summary.len() {
        content
    } else {
        summary
    };
    if title.is_none() && body.trim().is_empty() {
        return Err(format!("entry {number} has neither title nor text"));
    }
    let media_type = if looks_like_html(&body) {
        MediaType::Html
    } else {
        MediaType::PlainText
    };
    let mut document = Document::new(
        DocumentId::new(&format!("{name}#{number}")),
        media_type,
        body.into_bytes(),
    );
    document.given = Given {
        id: link
            .clone()
            .or_else(|| Some(entry.id).filter(|id| !id.is_empty())),
        outlet: outlet.map(str::to_owned),
        title,
        authors: entry
            .authors
            .into_iter()
            .filter_map(|person| person.name)
            .filter(|name| !name.is_empty())
            .collect(),
        published: entry
            .published
            .or(entry.updated)
            .and_then(|at| moment(&at.to_rfc3339())),
        language: entry
            .language
            .as_deref()
            .and_then(LanguageCode::of_tag)
            .or(language),
        charset: Some("utf-8".to_owned()),
        feed_entry: true,
    };
    document.url = link;
    Ok(document)
}

/// feed-rs gives instants in UTC (`+00:00`); the zone that the feed printed is lost on the way.
fn moment(rfc3339: &str) -> Option<Moment> {
    rfc3339.parse().ok()
}

fn looks_like_html(body: &str) -> bool {
    body.contains("</") || body.contains("<p") || body.contains("<br") || body.contains("/>")
}

/// A title without markup: titles of type `html` are common, and some feeds escape twice.
fn plain(text: &Text) -> String {
    let mut plain = String::with_capacity(text.content.len());
    let mut in_tag = false;
    for c in text.content.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag => plain.push(c),
            _ => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Namespaces that items use, for items that are read outside their feed.
const WRAP: [(&str, &str, &str); 2] = [
    (
        "item",
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>",
        "</channel></rss>",
    ),
    (
        "entry",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\">",
        "</feed>",
    ),
];

/// Reads each `<item>` or `<entry>` of a damaged feed on its own, the feed's title included where it can be had.
fn one_by_one(name: &str, base: Option<&str>, text: &str) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (element, head, tail) in WRAP {
        let outlet = feed_title(text, element);
        let open = format!("<{element}");
        let close = format!("</{element}>");
        let mut from = 0;
        while let Some(at) = text[from..].find(&open).map(|at| from + at) {
            let after = text.as_bytes().get(at + open.len()).copied().unwrap_or(b'>');
            if !matches!(after, b'>' | b' ' | b'\n' | b'\t' | b'\r') {
                from = at + open.len();
                continue;
            }
            let end = text[at..]
                .find(&close)
                .map_or(text.len(), |end| at + end + close.len());
            let number = outcomes.len() + 1;
            let repaired = mend_ampersands(&text[at..end]);
            let whole = format!("{head}{repaired}{tail}");
            outcomes.push(match parse(whole.as_bytes(), base) {
                Ok(mut feed) => match feed.entries.pop() {
                    Some(entry) => document(name, number, entry, outlet.as_deref(), None),
                    None => Err(format!("entry {number} is empty")),
                },
                Err(reason) => Err(format!("entry {number}: {reason}")),
            });
            from = end;
            if outcomes.len() >= MOST_ENTRIES {
                return outcomes;
            }
        }
    }
    outcomes
}

/// The first `<title>` before the first item.
fn feed_title(text: &str, element: &str) -> Option<String> {
    let head = text.split(&format!("<{element}")).next()?;
    let title = head.split("<title>").nth(1)?.split("</title>").next()?;
    let title = title
        .trim()
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("]]>")
        .trim();
    (!title.is_empty() && !title.contains('<')).then(|| title.to_owned())
}

/// Escapes ampersands that begin no entity: the fault most often met in feeds.
fn mend_ampersands(item: &str) -> String {
    let mut mended = String::with_capacity(item.len() + 16);
    let mut rest = item;
    while let Some(at) = rest.find(['&', '<']) {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(cdata) = rest.strip_prefix("<![CDATA[") {
            let end = cdata
                .find("]]>")
                .map_or(rest.len(), |end| "<![CDATA[".len() + end + "]]>".len());
            mended.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if rest.starts_with('<') {
            mended.push('<');
            rest = &rest[1..];
        } else {
            let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"]
                .iter()
                .any(|e| rest.starts_with(e));
            mended.push_str(if known { "&" } else { "&amp;" });
            rest = &rest[1..];
        }
    }
    mended.push_str(rest);
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(feed: &str) -> Vec<String> {
        let show = |outcome: Outcome| match outcome {
            Ok(document) => document.given.title.unwrap_or_default(),
            Err(reason) => format!("! {}", reason.split(':').next().unwrap_or_default()),
        };
        documents("f", feed.as_bytes())
            .unwrap()
            .into_iter()
            .map(show)
            .collect()
    }

    #[test]
    fn formats_are_read() {
        for feed in [
            "<rss version=\"2.0\"><channel><title>T</title><item><title>A &amp; B</title><link>http://a.example/1</link></item></channel></rss>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><title type=\"html\">A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title><id>x</id></entry></feed>",
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"title\":\"A & B\",\"content_text\":\"x\"}]}",
        ] {
            assert_eq!(titles(feed).len(), 1, "{feed}");
            assert!(titles(feed)[0].starts_with("A &"), "{:?}", titles(feed));
        }
    }

    #[test]
    fn a_damaged_item_costs_itself() {
        let feed = "<rss version=\"2.0\"><channel><title>T</title>\
            <item><title>One & two</title></item><item><title>Broken</titel></item><item><title>Three</title></item>";
        assert_eq!(titles(feed), ["One & two", "! entry 2", "Three"]);
    }

    #[test]
    fn an_entry_keeps_what_the_feed_says() {
        let feed = "<rss version=\"2.0\"><channel><title>The Paper</title><language>en-gb</language><item>\
            <title>Fire</title><link>http://a.example/1</link><pubDate>Fri, 20 Jul 2018 09:30:00 +0200</pubDate>\
            <description>&lt;p&gt;Two died.&lt;/p&gt;</description></item></channel></rss>";
        let document = documents("f.xml", feed.as_bytes()).unwrap().remove(0).unwrap();
        assert_eq!(document.bytes(), b"<p>Two died.</p>");
        assert_eq!(document.media_type, MediaType::Html);
        assert_eq!(document.given.outlet.as_deref(), Some("The Paper"));
        assert_eq!(
            document.given.published.unwrap().to_string(),
            "2018-07-20T07:30:00Z"
        );
        assert_eq!(document.given.language, Some(LanguageCode::ENGLISH));
        assert!(document.given.feed_entry);
    }
}
