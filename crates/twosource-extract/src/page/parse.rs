//! Markup to tree in one pass.
//!
//! Follows the tree building of the HTML standard where it decides which words stand in which paragraph: raw
//! elements, implied end tags, scopes of tables. Left out on purpose: foster parenting, re-opening of formatting
//! elements, quirks mode; none of them moves words from one paragraph to another on a page that a reader can read.
//! Every byte is looked at a bounded number of times.

use memchr::memchr;

use super::{Attribute, AttributeName, Node, NodeId, Page, Tag};

/// Depth from which elements no longer nest, as in browsers: bounds the walk up the open elements.
const MAX_DEPTH: usize = 512;

/// The tree of a page. Any text is a page; a page longer than 4 GiB is cut there.
pub(crate) fn parse(source: &str) -> Page<'_> {
    let mut parser = Parser::new(source);
    parser.run();
    parser.finish()
}

struct Parser<'p> {
    source: &'p str,
    bytes: &'p [u8],
    at: usize,
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    open: Vec<NodeId>,
    /// open elements of each tag
    counts: [u32; Tag::COUNT],
    /// start tags beyond the depth bound that have not been closed yet
    overflow: u32,
    /// raw elements whose end tag is known to be missing from here on
    endless: Vec<Tag>,
    /// attributes of the start tag being read
    pending: Vec<Attribute>,
}

impl<'p> Parser<'p> {
    fn new(source: &'p str) -> Self {
        let mut parser = Self {
            source,
            bytes: source.as_bytes(),
            at: 0,
            nodes: Vec::with_capacity(source.len() / 40 + 16),
            attributes: Vec::with_capacity(source.len() / 80),
            open: Vec::with_capacity(64),
            counts: [0; Tag::COUNT],
            overflow: 0,
            endless: Vec::new(),
            pending: Vec::new(),
        };
        parser.push_node(Tag::Root, 0, 0);
        parser.open.push(0);
        parser
    }

    fn run(&mut self) {
        let length = self.bytes.len().min(u32::MAX as usize - 1);
        self.bytes = &self.bytes[..length];
        while self.at < self.bytes.len() {
            let Some(found) = memchr(b'<', &self.bytes[self.at..]) else {
                self.text(self.at, self.bytes.len());
                break;
            };
            let less = self.at + found;
            match self.bytes.get(less + 1) {
                Some(b) if b.is_ascii_alphabetic() => {
                    self.text(self.at, less);
                    self.start_tag(less);
                }
                Some(b'/') if self.bytes.get(less + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.text(self.at, less);
                    self.end_tag(less);
                }
                Some(b'!' | b'?' | b'/') => {
                    self.text(self.at, less);
                    self.at = self.after_comment(less);
                }
                _ => {
                    self.text(self.at, less + 1);
                    self.at = less + 1;
                }
            }
        }
    }

    fn finish(mut self) -> Page<'p> {
        while let Some(id) = self.open.pop() {
            self.close_node(id);
        }
        Page {
            source: self.source,
            nodes: self.nodes,
            attributes: self.attributes,
        }
    }

    // ---- tokens

    fn text(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        if self.counts[Tag::Head as usize] > 0 && !self.bytes[from..to].trim_ascii().is_empty() {
            self.pop_through(Tag::Head);
        }
        // a stray `<` parts no text
        if let Some(last) = self.nodes.last_mut()
            && last.tag == Tag::Text
            && last.to as usize == from
        {
            last.to = offset(to);
            return;
        }
        self.push_node(Tag::Text, from, to);
    }

    fn after_comment(&self, less: usize) -> usize {
        let rest = &self.bytes[less..];
        if rest.starts_with(b"<!--") {
            if rest.starts_with(b"<!-->") {
                return less + 5;
            }
            if rest.starts_with(b"<!--->") {
                return less + 6;
            }
            let mut at = less + 4;
            while let Some(found) = memchr(b'>', &self.bytes[at..]) {
                let end = at + found;
                if self.bytes[less + 4..end].ends_with(b"--") || self.bytes[less + 4..end].ends_with(b"--!") {
                    return end + 1;
                }
                at = end + 1;
            }
            return self.bytes.len();
        }
        memchr(b'>', rest).map_or(self.bytes.len(), |found| less + found + 1)
    }

    fn start_tag(&mut self, less: usize) {
        let name_end = self.name_end(less + 1);
        let tag = self.tag_of(less + 1, name_end);
        self.pending.clear();
        let self_closing = self.read_attributes(name_end);
        let after = self.at;
        if self.skips(tag) {
            return;
        }
        self.close_implied(tag);
        let id = self.push_element(tag, less, after);
        if tag.is_raw() {
            if !(self_closing && matches!(tag, Tag::Svg | Tag::Math)) {
                self.raw_content(tag, id);
            }
            return;
        }
        if tag.is_void() {
            return;
        }
        if self.open.len() >= MAX_DEPTH {
            self.overflow += 1;
            return;
        }
        self.open.push(id);
        self.counts[tag as usize] += 1;
    }

    /// Start tags that open nothing: a second `html` or `body`, a `head` that comes late.
    fn skips(&self, tag: Tag) -> bool {
        match tag {
            Tag::Html | Tag::Body => self.counts[tag as usize] > 0,
            Tag::Head => self.counts[Tag::Body as usize] > 0 || self.counts[Tag::Head as usize] > 0,
            _ => false,
        }
    }

    fn end_tag(&mut self, less: usize) {
        let name_end = self.name_end(less + 2);
        let tag = self.tag_of(less + 2, name_end);
        self.at =
            memchr(b'>', &self.bytes[name_end..]).map_or(self.bytes.len(), |found| name_end + found + 1);
        if self.overflow > 0 && !tag.is_void() {
            self.overflow -= 1;
            return;
        }
        match tag {
            Tag::Br => {
                self.push_element(Tag::Br, less, self.at);
            }
            Tag::Body | Tag::Html => {}
            _ => self.close(tag),
        }
    }

    fn name_end(&self, from: usize) -> usize {
        let ends = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>');
        self.bytes[from..]
            .iter()
            .position(ends)
            .map_or(self.bytes.len(), |length| from + length)
    }

    fn tag_of(&self, from: usize, to: usize) -> Tag {
        let name = &self.bytes[from..to];
        let mut lower = [0; 10];
        let Some(lower) = lower.get_mut(..name.len()) else {
            return Tag::Other;
        };
        for (to, from) in lower.iter_mut().zip(name) {
            *to = from.to_ascii_lowercase();
        }
        Tag::of_name(lower)
    }

    /// Reads up to the end of the start tag and stands after it. Whether the tag closes itself.
    fn read_attributes(&mut self, from: usize) -> bool {
        let bytes = self.bytes;
        let mut at = from;
        let mut seen: u64 = 0;
        loop {
            while bytes
                .get(at)
                .is_some_and(|b| b.is_ascii_whitespace() || *b == b'/')
            {
                at += 1;
            }
            match bytes.get(at) {
                None => {
                    self.at = bytes.len();
                    return false;
                }
                Some(b'>') => {
                    self.at = at + 1;
                    return bytes[at - 1] == b'/';
                }
                Some(_) => {}
            }
            let name_from = at;
            at += 1;
            while bytes
                .get(at)
                .is_some_and(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>' | b'='))
            {
                at += 1;
            }
            let name_to = at;
            let mut next = at;
            while bytes.get(next).is_some_and(u8::is_ascii_whitespace) {
                next += 1;
            }
            let (value, after) = if bytes.get(next) == Some(&b'=') {
                self.value(next + 1)
            } else {
                ((at, at), at)
            };
            at = after;
            if let Some(name) = AttributeName::of_name(&bytes[name_from..name_to]) {
                let bit = 1_u64 << (name as u8);
                if seen & bit == 0 {
                    seen |= bit;
                    self.pending.push(Attribute {
                        name,
                        start: offset(value.0),
                        end: offset(value.1),
                    });
                }
            }
        }
    }

    /// The value that stands after `=`, and where reading goes on.
    fn value(&self, from: usize) -> ((usize, usize), usize) {
        let bytes = self.bytes;
        let mut at = from;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let start = at + 1;
                let end = memchr(*quote, &bytes[start..]).map_or(bytes.len(), |found| start + found);
                ((start, end), (end + 1).min(bytes.len()))
            }
            Some(b'>') | None => ((at, at), at),
            Some(_) => {
                let ends = |b: &u8| b.is_ascii_whitespace() || *b == b'>';
                let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |l| at + l);
                ((at, end), end)
            }
        }
    }

    fn raw_content(&mut self, tag: Tag, id: NodeId) {
        let from = self.at;
        let end = if self.endless.contains(&tag) {
            None
        } else {
            self.raw_end(tag, from)
        };
        let Some(end) = end else {
            if !self.endless.contains(&tag) {
                self.endless.push(tag);
            }
            // the rest of a page is not thrown away for one tag that was never closed
            return;
        };
        if end > from && matches!(tag, Tag::Script | Tag::Title) {
            self.push_node(Tag::Raw, from, end);
            let raw = self.nodes.len() - 1;
            self.nodes[raw].parent = id;
            self.nodes[raw].depth += 1;
            self.nodes[id as usize].end = offset(self.nodes.len());
        }
        self.at = memchr(b'>', &self.bytes[end..]).map_or(self.bytes.len(), |found| end + found + 1);
    }

    /// Where the end tag of a raw element begins.
    fn raw_end(&self, tag: Tag, from: usize) -> Option<usize> {
        let name = tag.name().as_bytes();
        let mut at = from;
        loop {
            let less = at + memchr(b'<', &self.bytes[at..])?;
            let rest = &self.bytes[less + 1..];
            if rest.first() == Some(&b'/')
                && rest.len() > name.len()
                && rest[1..=name.len()].eq_ignore_ascii_case(name)
                && rest
                    .get(name.len() + 1)
                    .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
            {
                return Some(less);
            }
            at = less + 1;
        }
    }

    // ---- tree

    fn push_node(&mut self, tag: Tag, from: usize, to: usize) {
        let parent = self.open.last().copied().unwrap_or(0);
        self.nodes.push(Node {
            tag,
            depth: u16::try_from(self.open.len()).unwrap_or(u16::MAX),
            attribute_count: 0,
            parent,
            end: offset(self.nodes.len() + 1),
            attributes: offset(self.attributes.len()),
            from: offset(from),
            to: offset(to),
        });
    }

    fn push_element(&mut self, tag: Tag, from: usize, to: usize) -> NodeId {
        self.push_node(tag, from, to);
        let id = self.nodes.len() - 1;
        self.nodes[id].attribute_count = u16::try_from(self.pending.len()).unwrap_or(u16::MAX);
        self.attributes.append(&mut self.pending);
        offset(id)
    }

    fn close_node(&mut self, id: NodeId) {
        self.nodes[id as usize].end = offset(self.nodes.len());
    }

    fn pop(&mut self) {
        if self.open.len() > 1
            && let Some(id) = self.open.pop()
        {
            self.close_node(id);
            self.counts[self.nodes[id as usize].tag as usize] -= 1;
        }
    }

    fn top(&self) -> Tag {
        self.open
            .last()
            .map_or(Tag::Root, |id| self.nodes[*id as usize].tag)
    }

    fn pop_through(&mut self, tag: Tag) {
        while self.open.len() > 1 {
            let found = self.top() == tag;
            self.pop();
            if found {
                break;
            }
        }
    }

    /// Whether an open element that `is` says yes to is reached from the top before one that `stops`.
    fn reaches(&self, is: impl Fn(Tag) -> bool, stops: impl Fn(Tag) -> bool) -> Option<Tag> {
        for id in self.open.iter().rev() {
            let tag = self.nodes[*id as usize].tag;
            if is(tag) {
                return Some(tag);
            }
            if stops(tag) {
                return None;
            }
        }
        None
    }

    fn close_implied(&mut self, tag: Tag) {
        if self.counts[Tag::Head as usize] > 0 && !stays_in_head(tag) {
            self.pop_through(Tag::Head);
        }
        if tag.closes_paragraph() && self.counts[Tag::P as usize] > 0 {
            let stops = |t: Tag| t.is_block() || t.is_scope() || t == Tag::Button;
            if self.reaches(|t| t == Tag::P, stops).is_some() {
                self.pop_through(Tag::P);
            }
        }
        let (is, stops): (TagTest, TagTest) = match tag {
            Tag::Li => (|t| t == Tag::Li, ends_item),
            Tag::Dd | Tag::Dt => (|t| matches!(t, Tag::Dd | Tag::Dt), ends_item),
            Tag::Option => (|t| t == Tag::Option, |t| t.is_block() && t != Tag::Option),
            Tag::Td | Tag::Th => (|t| matches!(t, Tag::Td | Tag::Th), |t| t == Tag::Table),
            Tag::Tr => (|t| t == Tag::Tr, |t| t == Tag::Table),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => (
                |t| {
                    matches!(
                        t,
                        Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption | Tag::Colgroup
                    )
                },
                |t| t == Tag::Table,
            ),
            Tag::A => (|t| t == Tag::A, |t| t.is_block() || t.is_scope()),
            t if t.is_heading() && self.top().is_heading() => (Tag::is_heading, |_| true),
            _ => return,
        };
        if let Some(found) = self.reaches(is, stops) {
            self.pop_through(found);
        }
    }

    fn close(&mut self, tag: Tag) {
        if tag.is_heading() {
            if let Some(found) = self.reaches(Tag::is_heading, Tag::is_scope) {
                self.pop_through(found);
            }
            return;
        }
        if self.counts[tag as usize] == 0 {
            return;
        }
        let stops: fn(Tag) -> bool = if tag.is_table_part() {
            |t| t == Tag::Table
        } else if tag == Tag::P {
            |t| t.is_scope() || t == Tag::Button
        } else if tag == Tag::Li {
            |t| t.is_scope() || matches!(t, Tag::Ul | Tag::Ol)
        } else if tag.is_block() || tag.is_scope() || matches!(tag, Tag::Head | Tag::Template | Tag::Button) {
            |t| t.is_scope()
        } else {
            |t| t.is_block() || t.is_scope()
        };
        if self.reaches(|t| t == tag, stops).is_some() {
            self.pop_through(tag);
        }
    }
}

/// A question about a tag.
type TagTest = fn(Tag) -> bool;

/// Elements between which a new list item closes no older one.
fn ends_item(tag: Tag) -> bool {
    tag.is_scope() || (tag.is_block() && !matches!(tag, Tag::Address | Tag::Div | Tag::P))
}

/// Elements that belong into the head.
fn stays_in_head(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Base
            | Tag::Link
            | Tag::Meta
            | Tag::Title
            | Tag::Style
            | Tag::Script
            | Tag::Noscript
            | Tag::Template
            | Tag::Img
            | Tag::Iframe
    )
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
