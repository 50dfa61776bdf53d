//! A story or a search as a feed: Atom (RFC 4287) or JSON Feed 1.1.

use serde_json::json;
use twosource_model::Moment;

use crate::articles::Entry;

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedForm {
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
}

/// A feed, to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Its id: the same for the same story or search.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its entries, newest first, each with a few words of its text.
    pub entries: Vec<(Entry, String)>,
}

/// What a feed must give where a report says no time: Atom requires one.
const NO_TIME: &str = "1970-01-01T00:00:00Z";

impl Feed {
    /// The feed in this form.
    #[must_use]
    pub fn write(&self, form: FeedForm) -> String {
        match form {
            FeedForm::Atom => self.atom(),
            FeedForm::Json => self.json(),
        }
    }

    fn atom(&self) -> String {
        let newest = self.entries.iter().map(|(entry, _)| time_of(entry).0).max();
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
             <id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<generator>twosource</generator>\n\
             <author><name>twosource</name></author>\n",
            escaped(&self.id),
            escaped(&self.title),
            newest.as_deref().unwrap_or(NO_TIME)
        );
        for (entry, words) in &self.entries {
            let (time, precision) = time_of(entry);
            text.push_str(&format!(
                "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{time}</updated>\n<author><name>{}</name></author>\n",
                escaped(&address(entry)),
                escaped(&entry.title),
                escaped(&entry.outlet)
            ));
            if let Some(precision) = precision {
                text.push_str(&format!("<category term=\"{precision}\"/>\n"));
            }
            if let Some(url) = &entry.url {
                text.push_str(&format!("<link href=\"{}\"/>\n", escaped(url)));
            }
            text.push_str(&format!("<summary>{}</summary>\n</entry>\n", escaped(words)));
        }
        text.push_str("</feed>\n");
        text
    }

    fn json(&self) -> String {
        let items: Vec<_> = self
            .entries
            .iter()
            .map(|(entry, words)| {
                let (time, precision) = time_of(entry);
                let mut item = json!({
                    "id": address(entry),
                    "title": entry.title,
                    "content_text": words,
                    "authors": [{"name": entry.outlet}],
                });
                if let Some(url) = &entry.url {
                    item["url"] = url.clone().into();
                }
                match precision {
                    None => item["date_published"] = time.into(),
                    Some(precision) => {
                        item["tags"] = json!([precision]);
                        item["_twosource"] = json!({"published": entry.published});
                    }
                }
                item
            })
            .collect();
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "_twosource": {"id": self.id},
            "items": items,
        });
        format!("{feed:#}\n")
    }
}

/// A full time, and what is not known of it: `day-only`, `no-zone`, `undated`.
fn time_of(entry: &Entry) -> (String, Option<&'static str>) {
    match entry.published.as_deref().map(str::parse::<Moment>) {
        Some(Ok(Moment::Day(day))) => (format!("{day}T00:00:00Z"), Some("day-only")),
        Some(Ok(moment @ Moment::Time { offset_seconds, .. })) => match offset_seconds {
            Some(_) => (moment.to_string(), None),
            None => (format!("{moment}Z"), Some("no-zone")),
        },
        _ => (NO_TIME.to_owned(), Some("undated")),
    }
}

/// Atom wants an IRI for an id.
fn address(entry: &Entry) -> String {
    let name = entry.name.as_str();
    if name.starts_with("http://") || name.starts_with("https://") {
        return name.to_owned();
    }
    let mut iri = String::from("urn:twosource:article:");
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => iri.push(char::from(byte)),
            other => iri.push_str(&format!("%{other:02X}")),
        }
    }
    iri
}

/// Text for XML: marks escaped, characters that XML 1.0 does not allow left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c < ' ' => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use twosource_model::ArticleId;

    use super::*;
    use crate::numbers::{ArticleNumber, RevisionNumber};

    #[test]
    fn a_bare_day_is_told_as_one() {
        let entry = |published: Option<&str>| Entry {
            number: ArticleNumber(1),
            name: ArticleId::new("a b"),
            revision: RevisionNumber(1),
            title: "Fire & <smoke>\u{1}".to_owned(),
            outlet: "Gazette".to_owned(),
            published: published.map(str::to_owned),
            url: None,
        };
        assert_eq!(
            time_of(&entry(Some("2018-07-20"))),
            ("2018-07-20T00:00:00Z".to_owned(), Some("day-only"))
        );
        assert_eq!(time_of(&entry(Some("2018-07-20T10:00:00+02:00"))).1, None);
        assert_eq!(time_of(&entry(None)).1, Some("undated"));
        let feed = Feed {
            id: "urn:x".to_owned(),
            title: "T".to_owned(),
            entries: vec![(entry(None), "w".to_owned())],
        };
        assert!(
            feed.write(FeedForm::Atom)
                .contains("<title>Fire &amp; &lt;smoke&gt;</title>")
        );
        assert!(
            feed.write(FeedForm::Atom)
                .contains("<id>urn:twosource:article:a%20b</id>")
        );
        assert!(feed.write(FeedForm::Json).contains("\"tags\""));
    }
}
