// The paragraphs of a page as html5ever, which follows the HTML standard to the letter, builds its tree: what the
// light tree of the crate is held against, in its tests and over the packs (`eval/peers/src/bin/oracle.rs`).

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Elements whose content is no part of what a reader reads.
const UNREAD: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "head", "title", "textarea",
    "select", "canvas", "audio", "video", "object", "noembed", "noframes", "map", "rp", "rt",
];

/// The words of each `p` that holds any, in the order of the page, white space folded.
pub fn paragraphs(html: &str) -> Vec<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut found = Vec::new();
    let mut open = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        let name = name_of(&node);
        if UNREAD.contains(&name.as_str()) {
            continue;
        }
        if name == "p" {
            found.push(words_of(&node));
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    found.retain(|words| !words.is_empty());
    found
}

fn name_of(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

/// The words below an element; a line break and a block inside of it part words.
fn words_of(node: &Handle) -> String {
    const PARTS: &[&str] = &[
        "br", "div", "p", "ul", "ol", "li", "table", "tr", "td", "th", "section", "figure",
    ];
    let mut text = String::new();
    let mut open: Vec<Handle> = node.children.borrow().iter().rev().cloned().collect();
    while let Some(node) = open.pop() {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
            continue;
        }
        let name = name_of(&node);
        if UNREAD.contains(&name.as_str()) {
            continue;
        }
        if PARTS.contains(&name.as_str()) {
            text.push(' ');
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
