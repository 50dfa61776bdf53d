//! The tree: nodes in the order of the page, each with its parent and the end of its subtree.

use std::borrow::Cow;

use super::{Attribute, AttributeName, Tag};

/// Index of a node in [`Page::nodes`].
pub(crate) type NodeId = u32;

/// One node.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// what it is
    pub(crate) tag: Tag,
    /// levels below the root
    pub(crate) depth: u16,
    /// number of kept attributes
    pub(crate) attribute_count: u16,
    /// the node above; the root is its own
    pub(crate) parent: NodeId,
    /// index after the last node of the subtree
    pub(crate) end: NodeId,
    /// first attribute in [`Page::attributes`]
    pub(crate) attributes: u32,
    /// first byte in the source: of the text, or of the start tag
    pub(crate) from: u32,
    /// end in the source, exclusive: of the text, or of the start tag
    pub(crate) to: u32,
}

/// A parsed page. Nodes stand in the order of the page, so a subtree is a range of indexes.
#[derive(Debug)]
pub(crate) struct Page<'p> {
    /// the decoded page, into which all places count
    pub(crate) source: &'p str,
    pub(crate) nodes: Vec<Node>,
    pub(crate) attributes: Vec<Attribute>,
}

impl<'p> Page<'p> {
    /// The node.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// All ids, in the order of the page.
    pub(crate) fn ids(&self) -> std::ops::Range<NodeId> {
        0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    /// The kept attributes of a node.
    pub(crate) fn attributes_of(&self, id: NodeId) -> &[Attribute] {
        let node = self.node(id);
        let from = node.attributes as usize;
        &self.attributes[from..from + node.attribute_count as usize]
    }

    /// An attribute's value with references read.
    pub(crate) fn attribute(&self, id: NodeId, name: AttributeName) -> Option<Cow<'p, str>> {
        let found = self.attributes_of(id).iter().find(|a| a.name == name)?;
        Some(found.value(self.source))
    }

    /// An attribute's value as it stands.
    pub(crate) fn raw_attribute(&self, id: NodeId, name: AttributeName) -> Option<&'p str> {
        let found = self.attributes_of(id).iter().find(|a| a.name == name)?;
        Some(found.raw(self.source))
    }

    /// The raw words of a text or raw node.
    pub(crate) fn raw_text(&self, id: NodeId) -> &'p str {
        let node = self.node(id);
        &self.source[node.from as usize..node.to as usize]
    }

    /// The node's ancestors, nearest first, without itself and the root.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = id;
        std::iter::from_fn(move || {
            at = self.node(at).parent;
            (at != 0).then_some(at)
        })
    }

    /// A node and up to three above it, with their first class: `article > div.text > p`.
    pub(crate) fn path_of(&self, id: NodeId) -> String {
        let mut steps: Vec<String> = std::iter::once(id)
            .chain(self.ancestors(id))
            .take(4)
            .map(|at| {
                let class = self.raw_attribute(at, AttributeName::Class).unwrap_or("");
                let name = self.node(at).tag.name();
                class
                    .split_ascii_whitespace()
                    .next()
                    .map_or_else(|| name.to_owned(), |class| format!("{name}.{class}"))
            })
            .collect();
        steps.reverse();
        steps.join(" > ")
    }

    /// The read text below a node: references read, white space folded, scripts left out, blocks parted by a blank. Of a long
    /// text the beginning, some [`LONGEST_READ`] bytes: headlines, bylines and dates are shorter, and of nested elements each
    /// would be read whole.
    pub(crate) fn text_of(&self, id: NodeId) -> String {
        self.text_within(id, LONGEST_READ)
    }

    /// The same, however long.
    pub(crate) fn whole_text_of(&self, id: NodeId) -> String {
        self.text_within(id, usize::MAX)
    }

    fn text_within(&self, id: NodeId, most: usize) -> String {
        let mut out = String::new();
        let node = self.node(id);
        let end = node
            .end
            .min(id.saturating_add(u32::try_from(most).unwrap_or(u32::MAX)));
        let mut at = id;
        while at < end && out.len() < most {
            let node = self.node(at);
            if node.tag == Tag::Text {
                let raw = self.raw_text(at);
                // source of text that is mostly blanks and references is longer than what is read
                let seen = raw.floor_char_boundary(most.saturating_mul(4));
                push_folded(&mut out, &super::decode_text(&raw[..seen]));
            } else if at != id && node.tag.is_unread() {
                at = node.end;
                continue;
            } else if (node.tag.is_block() || node.tag == Tag::Br) && !out.is_empty() {
                push_folded(&mut out, " ");
            }
            at += 1;
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// Bytes, and nodes, after which a text is long.
const LONGEST_READ: usize = 4_096;

fn push_folded(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_READ, Tag};

    #[test]
    fn of_a_long_text_the_beginning_is_read() {
        let html = format!("<div>{}</div>", "word ".repeat(10_000));
        let page = crate::page::parse(&html);
        let div = page.ids().find(|id| page.node(*id).tag == Tag::Div).unwrap();
        assert!(page.text_of(div).len() <= 4 * LONGEST_READ);
        assert_eq!(page.whole_text_of(div).len(), 49_999);
    }
}
