//! RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF: read in one pass, well-formed or not.
//!
//! Elements are known by their local name and by the namespace that their prefix stands for. An element whose text is
//! wanted is taken from its tag to its end, or to the end of its entry where it does not end. Nesting is counted, not
//! followed, so that depth costs nothing.

use std::collections::BTreeMap;

use super::entry::{Body, Entry, Feed};
use super::markup::{Token, Tokens, attributes, resolved};

/// Entries of one feed that are read at most.
pub(super) const MOST_ENTRIES: usize = 100_000;
/// Open elements that are kept; what lies deeper is no part of an entry.
const MOST_DEPTH: usize = 64;
/// Texts of one entry that are kept.
const MOST_BODIES: usize = 16;

/// What a namespace means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    /// RSS, Atom, or none.
    Core,
    Dublin,
    Content,
    Xhtml,
    Podcast,
    Other,
}

/// Namespaces by a part of their address, and the prefixes that stand for them where they are not declared.
const SPACES: [(&str, &str, Space); 12] = [
    ("www.w3.org/2005/atom", "atom", Space::Core),
    ("purl.org/atom/", "atom03", Space::Core),
    ("purl.org/rss/1.0/modules/content", "content", Space::Content),
    ("purl.org/rss/1.0/modules/", "-", Space::Other),
    ("purl.org/rss/1.0", "rss", Space::Core),
    ("my.netscape.com/", "-", Space::Core),
    ("backend.userland.com/", "-", Space::Core),
    ("blogs.law.harvard.edu/tech/rss", "-", Space::Core),
    ("purl.org/dc/", "dc", Space::Dublin),
    ("www.w3.org/1999/xhtml", "xhtml", Space::Xhtml),
    ("itunes.com/dtds/podcast", "itunes", Space::Podcast),
    ("purl.org/dc/terms", "dcterms", Space::Dublin),
];

/// What a text is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    FeedTitle,
    FeedLanguage,
    KeepMinutes,
    Title,
    SpareTitle,
    Link,
    OriginalLink,
    PermanentId,
    Id,
    Published,
    Updated,
    Author,
    Body,
}

/// A text that is being taken.
struct Taking<'t> {
    field: Field,
    name: &'t str,
    start: usize,
    /// Elements of the same name inside.
    depth: usize,
    /// There are tags inside.
    markup: bool,
    kind: String,
    mode: String,
    core_atom: bool,
}

/// An open element.
struct Open {
    name: String,
    base: Option<String>,
    language: Option<String>,
}

#[derive(Default)]
struct Reader {
    feed: Feed,
    entry: Option<Entry>,
    /// Number of open elements when the entry began.
    entry_depth: usize,
    open: Vec<Open>,
    /// Open elements beyond those that are kept.
    deeper: usize,
    spaces: BTreeMap<String, Space>,
    /// Some element spoke of a feed.
    seen_feed: bool,
}

/// Reads a feed; `None` when nothing in it speaks of one.
pub(super) fn read(text: &str) -> Option<Feed> {
    let mut reader = Reader::default();
    let mut taking: Option<Taking<'_>> = None;
    for (start, end, token) in Tokens::new(text) {
        if let Some(taken) = &mut taking {
            match token {
                Token::Open { name, empty, .. } if !taken.ends_before(name) => {
                    taken.markup = true;
                    taken.depth += usize::from(name == taken.name && !empty);
                    continue;
                }
                Token::Close { name } if name == taken.name && taken.depth > 0 => {
                    taken.depth -= 1;
                    continue;
                }
                // what closes without having been opened is a misspelt end of a short text
                Token::Close { name }
                    if name != taken.name && !is_entry(local(name)) && !taken.ends_badly() =>
                {
                    continue;
                }
                Token::Text(_) | Token::Cdata(_) => continue,
                _ => {}
            }
            if let Some(taken) = taking.take() {
                let (name, raw) = (taken.name, &text[taken.start..start]);
                reader.keep(taken, raw);
                if !matches!(token, Token::Close { name: closed } if closed == name) {
                    // it was not closed: what follows stands beside it, not in it
                    reader.close(name);
                }
            }
        }
        match token {
            Token::Open {
                name,
                attributes,
                empty,
            } => taking = reader.open(name, attributes, empty, end),
            Token::Close { name } => reader.close(name),
            Token::Text(_) | Token::Cdata(_) => {}
        }
        if reader.feed.entries.len() >= MOST_ENTRIES {
            break;
        }
    }
    if let Some(taken) = taking.take() {
        let raw = &text[taken.start..];
        reader.keep(taken, raw);
    }
    reader.end_entry();
    reader.seen_feed.then_some(reader.feed)
}

/// Children of an entry that stand in no title, date or name: where one begins, the text before it was not closed.
const SIBLINGS: [&str; 11] = [
    "author",
    "category",
    "content",
    "description",
    "enclosure",
    "encoded",
    "guid",
    "link",
    "pubdate",
    "summary",
    "updated",
];

impl Taking<'_> {
    /// Whether a tag of that name ends the text, closed or not.
    fn ends_before(&self, name: &str) -> bool {
        let local = local(name);
        is_entry(local)
            || (self.field != Field::Body
                && SIBLINGS.iter().any(|sibling| sibling.eq_ignore_ascii_case(local)))
    }

    /// Whether a closing tag of another name ends the text.
    fn ends_badly(&self) -> bool {
        self.field != Field::Body && !self.markup
    }
}

fn is_entry(local: &str) -> bool {
    local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry")
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Reader {
    fn open<'t>(&mut self, name: &'t str, list: &str, empty: bool, end: usize) -> Option<Taking<'t>> {
        let attributes = attributes(list);
        for (key, value) in &attributes {
            if let Some(prefix) = key.strip_prefix("xmlns") {
                let prefix = prefix.trim_start_matches(':').to_ascii_lowercase();
                let space = space_of(value, prefix.is_empty());
                self.spaces.insert(prefix, space);
            }
        }
        let lower = local(name).to_ascii_lowercase();
        let space = self.space(name);
        let value = |key: &str| {
            let found = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
            found
                .map(|(_, value)| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        if space == Space::Core
            && matches!(
                lower.as_str(),
                "rss" | "feed" | "rdf" | "channel" | "item" | "entry"
            )
            || lower == "rdf"
        {
            self.seen_feed = true;
        }
        if is_entry(&lower) && space == Space::Core {
            self.end_entry();
            self.entry_depth = self.open.len() + self.deeper + 1;
            let href = value("href");
            self.entry = Some(Entry {
                links: href.into_iter().collect(),
                id: value("rdf:about"),
                updated: value("lastmod"),
                ..Entry::default()
            });
        }
        let of_entry =
            self.entry.is_some() && self.open.len() + self.deeper == self.entry_depth && !is_entry(&lower);
        if of_entry
            && lower == "link"
            && space == Space::Core
            && let Some(href) = value("href")
        {
            self.link(href, value("rel").as_deref());
        }
        let field = match of_entry {
            true => entry_field(&lower, space, &value),
            false => self.other_field(&lower, space),
        };
        if empty {
            return None;
        }
        if self.open.len() < MOST_DEPTH && self.deeper == 0 {
            let parent = self.open.last();
            let base = value("xml:base")
                .or_else(|| value("base").filter(|_| lower == "channel"))
                .map(|base| joined(parent.and_then(|open| open.base.as_deref()), &base));
            self.open.push(Open {
                base: base.or_else(|| parent.and_then(|open| open.base.clone())),
                language: value("xml:lang").or_else(|| parent.and_then(|open| open.language.clone())),
                name: name.to_ascii_lowercase(),
            });
        } else {
            self.deeper += 1;
        }
        if let (Some(entry), Some(open)) = (&mut self.entry, self.open.last())
            && (is_entry(&lower) || field == Some(Field::Link))
        {
            entry.base.clone_from(&open.base);
            entry.language.clone_from(&open.language);
        }
        field.map(|field| Taking {
            field,
            name,
            start: end,
            depth: 0,
            markup: false,
            kind: value("type").unwrap_or_default().to_ascii_lowercase(),
            mode: value("mode").unwrap_or_default().to_ascii_lowercase(),
            core_atom: self
                .open
                .iter()
                .any(|open| local(&open.name) == "feed" || local(&open.name) == "entry"),
        })
    }

    fn space(&self, name: &str) -> Space {
        let prefix = name
            .rsplit_once(':')
            .map_or("", |(prefix, _)| prefix)
            .to_ascii_lowercase();
        if let Some(space) = self.spaces.get(&prefix) {
            return *space;
        }
        if prefix.is_empty() {
            return Space::Core;
        }
        SPACES
            .iter()
            .find(|(_, known, _)| *known == prefix)
            .map_or(Space::Other, |(.., space)| *space)
    }

    /// A text that is not an entry's own child: of the feed, or the name of an entry's author.
    fn other_field(&self, lower: &str, space: Space) -> Option<Field> {
        let parent = self.open.last().map(|open| local(&open.name));
        if self.entry.is_some() {
            let depth = self.open.len() + self.deeper;
            let of_author = matches!(parent, Some("author" | "contributor")) && depth == self.entry_depth + 1;
            return (of_author && lower == "name").then_some(Field::Author);
        }
        if !matches!(parent, Some("channel" | "feed")) {
            return None;
        }
        match (space, lower) {
            (Space::Core | Space::Dublin, "title") if self.feed.title.is_none() => Some(Field::FeedTitle),
            (Space::Core | Space::Dublin, "language") => Some(Field::FeedLanguage),
            (Space::Core, "ttl") => Some(Field::KeepMinutes),
            _ => None,
        }
    }

    fn link(&mut self, href: String, rel: Option<&str>) {
        let Some(entry) = &mut self.entry else { return };
        match rel {
            None | Some("alternate") => entry.links.insert(0, href),
            Some("self" | "edit" | "enclosure" | "replies" | "license" | "next" | "prev") => {}
            Some(_) => entry.links.push(href),
        }
    }

    fn close(&mut self, name: &str) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let lower = name.to_ascii_lowercase();
        if let Some(at) = self.open.iter().rposition(|open| open.name == lower) {
            self.open.truncate(at);
        }
        if is_entry(local(&lower)) {
            self.end_entry();
        }
    }

    fn end_entry(&mut self) {
        if let Some(mut entry) = self.entry.take() {
            entry.language = entry.language.or_else(|| self.feed.language.clone());
            self.feed.entries.push(entry);
        }
    }

    fn keep(&mut self, taken: Taking<'_>, raw: &str) {
        // an author of several parts is named by one of them
        let raw = if taken.field == Field::Author {
            part(raw, "name").unwrap_or(raw)
        } else {
            raw
        };
        let body = text_of(raw, &taken);
        let plain = || plain_of(&body);
        let short = || Some(plain()).filter(|text| !text.is_empty());
        match (taken.field, &mut self.entry) {
            (Field::FeedTitle, _) => self.feed.title = short(),
            (Field::FeedLanguage, _) => self.feed.language = short(),
            (Field::KeepMinutes, _) => self.feed.keep_minutes = plain().parse().ok(),
            (_, None) => {}
            (Field::Title, Some(entry)) => entry.title = short().or(entry.title.take()),
            (Field::SpareTitle, Some(entry)) => entry.title = entry.title.take().or_else(short),
            (Field::Link, Some(entry)) => entry.links.extend(short()),
            (Field::OriginalLink, Some(entry)) => entry.links.splice(0..0, short()).for_each(drop),
            (Field::PermanentId, Some(entry)) => {
                entry.id = short();
                entry.links.extend(short().filter(|id| id.contains("://")));
            }
            (Field::Id, Some(entry)) => entry.id = short().or(entry.id.take()),
            (Field::Published, Some(entry)) => entry.published = entry.published.take().or_else(short),
            (Field::Updated, Some(entry)) => entry.updated = entry.updated.take().or_else(short),
            (Field::Author, Some(entry)) => {
                if let Some(author) = short().filter(|author| !entry.authors.contains(author)) {
                    entry.authors.push(author);
                }
            }
            (Field::Body, Some(entry)) => {
                if !body.text.trim().is_empty() && entry.bodies.len() < MOST_BODIES {
                    entry.bodies.push(body);
                }
            }
        }
    }
}

/// What stands in the first element of that name.
fn part<'t>(raw: &'t str, wanted: &str) -> Option<&'t str> {
    let mut begun = None;
    for (start, end, token) in Tokens::new(raw) {
        match (token, begun) {
            (Token::Open { name, .. }, None) if local(name).eq_ignore_ascii_case(wanted) => begun = Some(end),
            (Token::Close { name }, Some(from)) if local(name).eq_ignore_ascii_case(wanted) => {
                return raw.get(from..start);
            }
            _ => {}
        }
    }
    None
}

fn entry_field(lower: &str, space: Space, value: &dyn Fn(&str) -> Option<String>) -> Option<Field> {
    let field = match (space, lower) {
        (Space::Core, "title") => Field::Title,
        (Space::Dublin | Space::Other, "title") => Field::SpareTitle,
        (Space::Core, "link") if value("href").is_none() => Field::Link,
        (Space::Other, "origlink") => Field::OriginalLink,
        (Space::Core, "guid")
            if value("ispermalink").is_none_or(|said| said.eq_ignore_ascii_case("true")) =>
        {
            Field::PermanentId
        }
        (Space::Core, "guid" | "id") => Field::Id,
        (Space::Core, "pubdate" | "published" | "issued" | "created") => Field::Published,
        (Space::Dublin, "date" | "issued" | "created") => Field::Published,
        (Space::Core, "updated" | "modified") | (Space::Dublin, "modified") => Field::Updated,
        (Space::Core, "author") | (Space::Dublin, "creator") | (Space::Podcast, "author") => Field::Author,
        (Space::Core, "description" | "summary" | "content" | "abstract" | "body" | "fullitem")
        | (Space::Content, "encoded")
        | (Space::Dublin, "description" | "abstract")
        | (Space::Xhtml, "body" | "div")
        | (Space::Podcast, "summary") => Field::Body,
        _ => return None,
    };
    Some(field)
}

/// A default namespace that is not known is taken for RSS, of which many have been written down; a prefix for something
/// else.
fn space_of(address: &str, is_default: bool) -> Space {
    let address = address.to_ascii_lowercase();
    let unknown = if is_default { Space::Core } else { Space::Other };
    SPACES
        .iter()
        .find(|(part, ..)| address.contains(part))
        .map_or(unknown, |(.., space)| *space)
}

fn joined(base: Option<&str>, address: &str) -> String {
    let join = || url::Url::parse(base?).ok()?.join(address).ok();
    join().map_or_else(|| address.to_owned(), String::from)
}

/// The text of an element: inline markup as it stands, escaped text resolved, CDATA taken out, base64 undone.
fn text_of(raw: &str, taken: &Taking<'_>) -> Body {
    let inline = taken.kind == "xhtml"
        || (taken.markup && !matches!(taken.kind.as_str(), "html" | "text/html" | "text"));
    let mut text = String::with_capacity(raw.len());
    for (start, end, token) in Tokens::new(raw) {
        match token {
            Token::Text(words) if inline => text.push_str(words),
            Token::Text(words) => text.push_str(&resolved(words)),
            Token::Cdata(words) => text.push_str(words),
            Token::Open { .. } | Token::Close { .. } => text.push_str(&raw[start..end]),
        }
    }
    let packed = taken.mode == "base64" || (taken.core_atom && is_packed(&taken.kind));
    if packed && let Some(plain) = from_base64(&text) {
        return Body {
            text: plain,
            html: None,
        };
    }
    let html = match taken.kind.as_str() {
        _ if inline => Some(true),
        "html" | "text/html" | "application/xhtml+xml" | "xhtml" => Some(true),
        // Atom's default: it is text, whatever it looks like
        "text" | "text/plain" if taken.core_atom => Some(false),
        _ => None,
    };
    Body { text, html }
}

/// Whether Atom 1.0 wants content of this type to be base64 (RFC 4287, section 4.1.3.3).
fn is_packed(kind: &str) -> bool {
    kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("+xml") && !kind.ends_with("/xml")
}

/// A title, a name or an address, without markup.
fn plain_of(body: &Body) -> String {
    let text = body.text.trim();
    if body.html == Some(false) {
        return folded(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut in_script = false;
    for (.., token) in Tokens::new(text) {
        match token {
            Token::Text(words) | Token::Cdata(words) if !in_script => plain.push_str(words),
            Token::Text(_) | Token::Cdata(_) => {}
            Token::Open { name, empty, .. } => in_script |= !empty && is_script(name),
            Token::Close { name } => in_script &= !is_script(name),
        }
    }
    if plain.contains('&') {
        // titles that were escaped twice, and those of type `html`
        plain = resolved(&plain);
    }
    folded(&plain)
}

fn is_script(name: &str) -> bool {
    name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn from_base64(text: &str) -> Option<String> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0u32);
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}
