//! One pass over a page for all that its markup states.

use std::ops::Range;

use crate::page::{AttributeName, NodeId, Page, Tag};

/// Longest structured data that is read, in bytes.
const LONGEST_SCRIPT: usize = 4 << 20;

/// What the markup of a page states, as it stands there.
#[derive(Debug, Default)]
pub(crate) struct PageFacts<'p> {
    /// `meta` elements: lower-case name or property, content
    pub(crate) metas: Vec<(String, String)>,
    /// text of the `title` element
    pub(crate) title_element: String,
    /// `lang` of the root
    pub(crate) language: Option<String>,
    /// canonical address
    pub(crate) canonical: Option<String>,
    /// raw JSON-LD scripts
    pub(crate) linked_data: Vec<&'p str>,
    /// raw scripts that carry the state of the page as JSON (`__NEXT_DATA__` and its like)
    pub(crate) state: Vec<&'p str>,
    /// raw scripts without a type that may hold the state of the page among their code
    pub(crate) code: Vec<&'p str>,
    /// elements with an `itemprop`: name, element
    pub(crate) item_properties: Vec<(String, NodeId)>,
    /// `h1` elements that hold words
    pub(crate) headings: Vec<NodeId>,
    /// `time` elements and those with a date in an attribute
    pub(crate) times: Vec<NodeId>,
    /// elements whose class or id says that they hold what readers wrote
    pub(crate) comments: Vec<NodeId>,
    /// links that name an author, and elements whose class or id speaks of a byline
    pub(crate) bylines: Vec<NodeId>,
}

impl PageFacts<'_> {
    /// The content of the first of these `meta` names that is there and not empty.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas
                .iter()
                .find(|(n, content)| n == name && !content.trim().is_empty())
                .map(|(_, content)| content.trim())
        })
    }

    /// What is stated of an article that stands in these nodes: what is said of the page holds for the outlet and the
    /// language alone.
    pub(crate) fn within(&self, nodes: &Range<NodeId>) -> Self {
        const OF_SITE: [&str; 5] = [
            "og:site_name",
            "og:locale",
            "content-language",
            "language",
            "application-name",
        ];
        let of_site = self
            .metas
            .iter()
            .filter(|(name, _)| OF_SITE.contains(&name.as_str()));
        let inside = |ids: &[NodeId]| ids.iter().copied().filter(|id| nodes.contains(id)).collect();
        let item_properties = self.item_properties.iter().filter(|(_, id)| nodes.contains(id));
        Self {
            metas: of_site.cloned().collect(),
            language: self.language.clone(),
            item_properties: item_properties.cloned().collect(),
            headings: inside(&self.headings),
            times: inside(&self.times),
            comments: inside(&self.comments),
            bylines: inside(&self.bylines),
            ..Self::default()
        }
    }

    /// All contents of a `meta` name.
    pub(crate) fn all_meta<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.metas
            .iter()
            .filter(move |(n, content)| n == name && !content.trim().is_empty())
            .map(|(_, content)| content.trim())
    }
}

/// Collects the facts.
pub(crate) fn collect<'p>(page: &Page<'p>) -> PageFacts<'p> {
    let mut facts = PageFacts::default();
    for id in page.ids() {
        let node = page.node(id);
        match node.tag {
            Tag::Text | Tag::Raw | Tag::Root => continue,
            Tag::Html => {
                facts.language = [AttributeName::Lang, AttributeName::XmlLang]
                    .into_iter()
                    .find_map(|name| page.attribute(id, name))
                    .map(|language| language.into_owned());
            }
            Tag::Title if facts.title_element.is_empty() => facts.title_element = raw_words(page, id),
            Tag::Meta => meta(page, id, &mut facts),
            Tag::Link => link(page, id, &mut facts),
            Tag::Script => script(page, id, &mut facts),
            Tag::H1 => facts.headings.push(id),
            Tag::Time | Tag::Abbr => facts.times.push(id),
            _ => {}
        }
        if node.attribute_count > 0 {
            attributes(page, id, &mut facts);
        }
    }
    facts
}

fn raw_words(page: &Page<'_>, id: NodeId) -> String {
    let node = page.node(id);
    let raw: String = (id + 1..node.end)
        .filter(|child| matches!(page.node(*child).tag, Tag::Raw | Tag::Text))
        .map(|child| crate::page::decode_text(page.raw_text(child)).into_owned())
        .collect();
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn meta(page: &Page<'_>, id: NodeId, facts: &mut PageFacts<'_>) {
    let Some(content) = page.attribute(id, AttributeName::Content) else {
        return;
    };
    for key in [
        AttributeName::Name,
        AttributeName::Property,
        AttributeName::Itemprop,
        AttributeName::HttpEquiv,
    ] {
        if let Some(name) = page.attribute(id, key) {
            facts
                .metas
                .push((name.trim().to_lowercase(), content.to_string()));
        }
    }
}

fn link(page: &Page<'_>, id: NodeId, facts: &mut PageFacts<'_>) {
    let rel = page.raw_attribute(id, AttributeName::Rel).unwrap_or("");
    if rel.eq_ignore_ascii_case("canonical") && facts.canonical.is_none() {
        facts.canonical = page
            .attribute(id, AttributeName::Href)
            .map(|h| h.trim().to_owned());
    }
}

fn script<'p>(page: &Page<'p>, id: NodeId, facts: &mut PageFacts<'p>) {
    let child = id + 1;
    if child >= page.node(id).end || page.node(child).tag != Tag::Raw {
        return;
    }
    let raw = page.raw_text(child);
    if raw.len() > LONGEST_SCRIPT {
        return;
    }
    let kind = page.raw_attribute(id, AttributeName::Type).unwrap_or("");
    let name = page.raw_attribute(id, AttributeName::Id).unwrap_or("");
    if kind.to_ascii_lowercase().contains("ld+json") {
        facts.linked_data.push(raw);
    } else if name == "__NEXT_DATA__" || (kind.contains("json") && raw.len() > 2_000) {
        facts.state.push(raw);
    } else if kind.is_empty() && (raw.len() > 2_000 || raw.trim_start().starts_with("self.__next_f")) {
        facts.code.push(raw);
    }
}

fn attributes(page: &Page<'_>, id: NodeId, facts: &mut PageFacts<'_>) {
    let mut dated = false;
    let mut byline = false;
    let mut comments = false;
    for attribute in page.attributes_of(id) {
        match attribute.name {
            AttributeName::Itemprop => {
                let value = attribute.value(page.source);
                for name in value.split_ascii_whitespace() {
                    facts.item_properties.push((name.to_owned(), id));
                }
            }
            AttributeName::Datetime
            | AttributeName::DataTimestamp
            | AttributeName::DataDate
            | AttributeName::DataTime
            | AttributeName::DataDatetime
            | AttributeName::DataPublished => dated = true,
            AttributeName::Rel => {
                let rel = attribute.raw(page.source);
                byline |= rel
                    .split_ascii_whitespace()
                    .any(|r| r.eq_ignore_ascii_case("author"));
            }
            AttributeName::Class | AttributeName::Id => {
                let value = attribute.raw(page.source);
                let spoken = spoken_of(value.as_bytes());
                byline |= spoken.author;
                comments |= spoken.comment && value.split_ascii_whitespace().any(is_comment_name);
            }
            AttributeName::DataTestid | AttributeName::DataQa => {
                byline |= spoken_of(attribute.raw(page.source).as_bytes()).author;
            }
            AttributeName::Href => {
                byline |=
                    page.node(id).tag == Tag::A && leads_to_author(attribute.raw(page.source).as_bytes());
            }
            _ => {}
        }
    }
    if dated && !matches!(page.node(id).tag, Tag::Time | Tag::Abbr) {
        facts.times.push(id);
    }
    if byline {
        facts.bylines.push(id);
    }
    if comments && !matches!(page.node(id).tag, Tag::Html | Tag::Body) {
        facts.comments.push(id);
    }
}

/// What a class or id speaks of.
#[derive(Debug, Default, Clone, Copy)]
struct Spoken {
    /// it holds "author", "autor" or "byline"
    author: bool,
    /// it holds "comment" or "kommentar"
    comment: bool,
}

/// What a class or id speaks of, in one pass over it.
fn spoken_of(name: &[u8]) -> Spoken {
    let mut spoken = Spoken::default();
    for at in memchr::memchr3_iter(b'u', b'y', b'm', name) {
        let before = at.checked_sub(1).map(|b| name[b].to_ascii_lowercase());
        let rest = &name[at + 1..];
        match (name[at], before) {
            (b'u', Some(b'a')) => spoken.author |= rest.starts_with(b"thor") || rest.starts_with(b"tor"),
            (b'y', Some(b'b')) => spoken.author |= rest.starts_with(b"line"),
            (b'm', Some(b'o')) => spoken.comment |= rest.starts_with(b"ment"),
            _ => {}
        }
    }
    spoken
}

/// Names that pages give to what their readers wrote, in lower case without signs between the words; a number behind
/// them is that of one comment.
const COMMENT_NAMES: &[&str] = &[
    "comment",
    "comments",
    "commentlist",
    "commentslist",
    "commentbody",
    "commentcontent",
    "commenttext",
    "commentthread",
    "commentitem",
    "commentwrapper",
    "commentswrapper",
    "commentsarea",
    "commentssection",
    "commentsection",
    "commentscontainer",
    "commentcontainer",
    "divcomment",
    "commentrespond",
    "usercomment",
    "usercomments",
    "readercomments",
    "kommentar",
    "kommentare",
    "kommentarliste",
];

/// Whether a name is one that pages give to what their readers wrote.
fn is_comment_name(name: &str) -> bool {
    let bare: String = name
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    COMMENT_NAMES.contains(&bare.as_str())
}

/// Whether an address has a part that pages about people have.
fn leads_to_author(address: &[u8]) -> bool {
    const PARTS: [&[u8]; 7] = [
        b"author",
        b"autor",
        b"people/",
        b"by/",
        b"profile",
        b"staff/",
        b"journalist",
    ];
    memchr::memchr_iter(b'/', address).any(|at| {
        let rest = &address[at + 1..];
        PARTS.iter().any(|part| rest.starts_with(part))
    })
}
