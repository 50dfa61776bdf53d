//! Several articles on one page: an index that shows each report whole, or a page to which the next ones are appended.

use std::ops::Range;

use crate::blocks::Block;
use crate::html::ReadPage;
use crate::metadata::LinkedArticle;
use crate::page::{AttributeName, NodeId, Page, Tag};
use crate::plain::{clutter_rule, ends_sentence, letters_of};
use crate::rules::Rule;

/// Most articles of a page that are told apart; a bound, larger than any index that shows whole reports.
const MOST_PARTS: usize = 64;

/// Least running text of an article, in bytes and in paragraphs: teasers have less.
const LEAST_TEXT: (usize, usize) = (400, 2);

/// Shortest paragraph that is running text, in bytes.
const PARAGRAPH: usize = 80;

/// Words up to which the headline of a page over several articles names the page ("News from Exampleton") and no report.
const INDEX_WORDS: usize = 3;

/// One of several articles.
#[derive(Debug)]
pub(crate) struct Part {
    /// its nodes
    pub(crate) nodes: Range<NodeId>,
    pub(crate) heading: NodeId,
    pub(crate) title: String,
    /// the address that its headline leads to
    pub(crate) address: Option<String>,
}

/// The articles of a page that holds several; none for a page of one.
pub(crate) fn parts_of(read: &ReadPage<'_, '_>) -> Vec<Part> {
    let one = read.linked.iter().any(|report| report.is_live)
        || read.ruled.as_ref().is_some_and(|ruled| ruled.is_of_one_article());
    if one || !read.page.nodes.iter().any(|node| node.tag == Tag::Article) {
        return Vec::new();
    }
    let parts: Vec<Part> = candidates(read)
        .into_iter()
        .filter_map(|id| part_at(read, id))
        .take(MOST_PARTS)
        .collect();
    if parts.len() >= 2 && are_apart(read, &parts) {
        parts
    } else {
        Vec::new()
    }
}

/// Outermost `article` elements that stand neither beside the text nor among comments.
fn candidates(read: &ReadPage<'_, '_>) -> Vec<NodeId> {
    let page = read.page;
    let mut found = Vec::new();
    let mut at = 0;
    while at < page.ids().end {
        let node = page.node(at);
        let beside = matches!(node.tag, Tag::Nav | Tag::Aside | Tag::Footer);
        if beside || read.facts.comments.binary_search(&at).is_ok() {
            at = node.end.max(at + 1);
        } else if node.tag == Tag::Article {
            found.push(at);
            at = node.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

/// The article that an element holds as a whole, if it does.
fn part_at(read: &ReadPage<'_, '_>, id: NodeId) -> Option<Part> {
    let page = read.page;
    let nodes = id..page.node(id).end;
    let blocks = read.blocks.of_nodes(&nodes);
    let good = blocks.iter().filter(|block| is_running(read, block));
    let bytes: usize = good.clone().map(|block| block.words.len()).sum();
    if bytes < LEAST_TEXT.0 || good.clone().count() < LEAST_TEXT.1 || is_cut(read, blocks) {
        return None;
    }
    let heading = nodes
        .clone()
        .filter(|id| page.node(*id).tag.is_heading())
        .find(|id| page.text_of(*id).split_whitespace().count() >= 2)?;
    Some(Part {
        title: page.text_of(heading),
        address: link_of(page, heading, id).and_then(|link| resolved(&link, read.address.as_deref())),
        heading,
        nodes,
    })
}

fn is_running(read: &ReadPage<'_, '_>, block: &Block) -> bool {
    let words = read.blocks.words(block);
    words.len() >= PARAGRAPH
        && ends_sentence(words)
        && block.link_bytes as usize * 5 < words.len() * 2
        && !block.hidden
}

/// Whether the text breaks off with a pointer to the rest of it.
fn is_cut(read: &ReadPage<'_, '_>, blocks: &[Block]) -> bool {
    let last = blocks.iter().rposition(|block| is_running(read, block));
    let Some(last) = last else { return true };
    let breaks_off = |words: &str| {
        let words = words.trim_end_matches([']', ')', ' ']);
        words.ends_with('…') || words.ends_with("...")
    };
    breaks_off(read.blocks.words(&blocks[last]))
        || blocks[last..]
            .iter()
            .any(|block| block.links > 0 && clutter_rule(read.blocks.words(block)) == Some(Rule::ReadMore))
}

/// The address that a heading inside of `holder` leads to.
fn link_of(page: &Page<'_>, heading: NodeId, holder: NodeId) -> Option<String> {
    let inside = (heading..page.node(heading).end).filter(|id| page.node(*id).tag == Tag::A);
    let around = page
        .ancestors(heading)
        .take_while(|id| *id > holder)
        .filter(|id| page.node(*id).tag == Tag::A);
    let link = inside
        .chain(around)
        .find_map(|id| page.attribute(id, AttributeName::Href))?;
    Some(link.trim().to_owned())
}

/// A link as an address, where it leads to another page than the one it stands on.
fn resolved(link: &str, page: Option<&str>) -> Option<String> {
    let link = link.split('#').next().filter(|link| !link.is_empty())?;
    let address = if link.starts_with("http://") || link.starts_with("https://") {
        link.to_owned()
    } else {
        let (scheme, rest) = page?.split_once("://")?;
        let host = rest.split('/').next()?;
        let path = link.strip_prefix('/')?;
        match path.strip_prefix('/') {
            Some(other) => format!("{scheme}://{other}"),
            None => format!("{scheme}://{host}/{path}"),
        }
    };
    let bare = |address: &str| address.trim_end_matches('/').to_owned();
    let page = page.map(|page| bare(page.split('#').next().unwrap_or(page)));
    (page.as_deref() != Some(&*bare(&address))).then_some(address)
}

/// Whether the parts are articles of their own, not the entries or sections of one: their headlines lead to pages of
/// their own, or no headline of the page stands above them.
fn are_apart(read: &ReadPage<'_, '_>, parts: &[Part]) -> bool {
    let mut titles: Vec<String> = parts.iter().map(|part| letters_of(&part.title)).collect();
    titles.sort();
    titles.dedup();
    if titles.len() < parts.len() {
        return false;
    }
    let mut addresses: Vec<&str> = parts.iter().filter_map(|part| part.address.as_deref()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let lead_away = addresses.len() * 3 >= parts.len() * 2;
    let Some(title) = read.title_node else {
        return lead_away || read.facts.headings.is_empty();
    };
    if parts.iter().any(|part| part.nodes.contains(&title)) {
        return true;
    }
    let is_index = read.heading.split_whitespace().count() <= INDEX_WORDS;
    is_index || (lead_away && !is_one_report(read))
}

/// Whether the page says of itself that it is one report.
fn is_one_report(read: &ReadPage<'_, '_>) -> bool {
    let heading = letters_of(&read.heading);
    let is_heading = |report: &LinkedArticle| {
        report.is_report && report.headline.as_deref().map(letters_of).as_ref() == Some(&heading)
    };
    read.linked.iter().any(is_heading) || read.facts.meta(&["og:type"]) == Some("article")
}
