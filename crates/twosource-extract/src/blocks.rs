//! Cuts a page into blocks: the stretches of text that a reader sees as paragraphs, lines, items.
//!
//! The words of all blocks stand in one string, white space folded and references read, with segments that lead back
//! to the page's source. Nothing is judged here: menus and comments are blocks as well.

use std::ops::Range;

use crate::page::{AttributeName, NodeId, Page, Tag, decode_entity};

/// Most blocks of a page that are read; the largest page of the packs has about 3,000.
pub(crate) const MOST_BLOCKS: usize = 30_000;

/// Longest cell of a table that is read as a part of its row, in bytes; longer ones hold a text of their own.
const LONGEST_CELL: u32 = 160;

/// Most nodes of such a cell.
const MOST_NODES_OF_CELL: u32 = 24;

/// A stretch of [`Blocks::text`] and the stretch of the source that it was read from; in step when equally long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment {
    /// first byte in the text
    pub(crate) text: u32,
    /// bytes in the text
    pub(crate) text_length: u32,
    /// first byte in the source
    pub(crate) source: u32,
    /// bytes in the source
    pub(crate) source_length: u32,
}

/// One block.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// nearest block-level element
    pub(crate) node: NodeId,
    /// its words in [`Blocks::text`]
    pub(crate) words: Range<usize>,
    /// its segments in [`Blocks::segments`]
    pub(crate) segments: Range<usize>,
    /// first node of its text
    pub(crate) first_text: NodeId,
    /// last node of its text
    pub(crate) last_text: NodeId,
    /// bytes of its words inside links
    pub(crate) link_bytes: u32,
    /// links that begin in it or run through it
    pub(crate) links: u32,
    /// bytes of its words in bold
    pub(crate) bold_bytes: u32,
    /// bytes of its words in italics or small print
    pub(crate) slanted_bytes: u32,
    /// whether it or what it stands in is hidden from the reader
    pub(crate) hidden: bool,
    /// whether it was parted from the one before by line breaks only
    pub(crate) after_breaks: bool,
    /// pictures since the block before
    pub(crate) pictures_before: u16,
}

/// All blocks of a page.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// the words of all blocks, one after the other
    pub(crate) text: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) list: Vec<Block>,
}

impl Blocks {
    /// The words of a block.
    pub(crate) fn words(&self, block: &Block) -> &str {
        &self.text[block.words.clone()]
    }

    /// The blocks whose text begins in these nodes.
    pub(crate) fn of_nodes(&self, nodes: &Range<NodeId>) -> &[Block] {
        let from = self.list.partition_point(|block| block.first_text < nodes.start);
        let to = self.list.partition_point(|block| block.first_text < nodes.end);
        &self.list[from..to.max(from)]
    }

    /// The blocks whose text begins in these nodes, as if there were no others.
    pub(crate) fn within(&self, nodes: &Range<NodeId>) -> Self {
        let blocks = self.of_nodes(nodes);
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
            return Self::default();
        };
        let (text, segments) = (first.words.start, first.segments.start);
        let moved = |segment: &Segment| Segment {
            text: segment.text - to_u32(text),
            ..*segment
        };
        let shifted = |block: &Block| Block {
            words: block.words.start - text..block.words.end - text,
            segments: block.segments.start - segments..block.segments.end - segments,
            ..block.clone()
        };
        Self {
            text: self.text[text..last.words.end].to_owned(),
            segments: self.segments[segments..last.segments.end]
                .iter()
                .map(moved)
                .collect(),
            list: blocks.iter().map(shifted).collect(),
        }
    }

    /// First and last byte in the source that a block was read from.
    pub(crate) fn source(&self, block: &Block) -> Range<usize> {
        let segments = &self.segments[block.segments.clone()];
        match (segments.first(), segments.last()) {
            (Some(first), Some(last)) => first.source as usize..(last.source + last.source_length) as usize,
            _ => 0..0,
        }
    }
}

/// The blocks of a page, in its order.
pub(crate) fn cut_blocks(page: &Page<'_>) -> Blocks {
    let mut cutter = Cutter::new(page);
    cutter.run();
    cutter.out
}

/// An element that is open while the page is walked.
struct Open {
    end: NodeId,
    tag: Tag,
    /// whether it begins and ends a block
    parts: bool,
    is_link: bool,
    hidden: bool,
}

struct Cutter<'a, 'p> {
    page: &'a Page<'p>,
    out: Blocks,
    open: Vec<Open>,
    /// innermost open block-level elements
    holders: Vec<NodeId>,
    links: u32,
    bold: u32,
    slanted: u32,
    hidden: u32,
    draft: Option<Block>,
    /// a blank that is owed before the next word, with its place in the source
    blank: Option<(u32, u32)>,
    breaks: u32,
    after_breaks: bool,
    pictures: u16,
}

impl<'a, 'p> Cutter<'a, 'p> {
    fn new(page: &'a Page<'p>) -> Self {
        Self {
            page,
            out: Blocks {
                text: String::with_capacity(page.source.len() / 8),
                segments: Vec::with_capacity(page.nodes.len() / 2),
                list: Vec::with_capacity(page.nodes.len() / 8),
            },
            open: Vec::new(),
            holders: vec![0],
            links: 0,
            bold: 0,
            slanted: 0,
            hidden: 0,
            draft: None,
            blank: None,
            breaks: 0,
            after_breaks: false,
            pictures: 0,
        }
    }

    fn run(&mut self) {
        let mut at: NodeId = 1;
        let end = self.page.ids().end;
        while at < end && self.out.list.len() < MOST_BLOCKS {
            while self.open.last().is_some_and(|open| open.end <= at) {
                self.leave();
            }
            let node = self.page.node(at);
            match node.tag {
                Tag::Text => self.text(at),
                Tag::Br => self.line_break(),
                Tag::Img | Tag::Picture | Tag::Amp | Tag::Video | Tag::Iframe => {
                    self.pictures = self.pictures.saturating_add(1);
                    if node.tag.is_unread() {
                        at = node.end;
                        continue;
                    }
                    if node.end > at + 1 {
                        self.enter(at);
                    }
                }
                Tag::Wbr => {}
                tag if tag.is_unread() => {
                    at = node.end;
                    continue;
                }
                tag => {
                    if tag == Tag::Hr {
                        self.flush();
                    }
                    self.enter(at);
                }
            }
            at += 1;
        }
        while !self.open.is_empty() {
            self.leave();
        }
        self.flush();
    }

    fn enter(&mut self, at: NodeId) {
        let node = self.page.node(at);
        let tag = node.tag;
        let is_cell = matches!(tag, Tag::Td | Tag::Th) && self.is_short_cell(at);
        let parts = (tag.is_block() && !is_cell) || tag == Tag::Button;
        if parts {
            self.flush();
            self.holders.push(at);
        } else if is_cell && self.draft.is_some() {
            self.owe_blank(node.from as usize, 0);
        }
        let open = Open {
            end: node.end,
            tag,
            parts,
            is_link: tag == Tag::A && self.page.raw_attribute(at, AttributeName::Href).is_some(),
            hidden: is_hidden(self.page, at) || (!parts && self.draft.is_some() && pops_up(self.page, at)),
        };
        self.count(&open, 1);
        self.open.push(open);
    }

    /// Whether a cell holds a few words only: the cells of such a row are read as one line.
    fn is_short_cell(&self, at: NodeId) -> bool {
        let mut bytes = 0;
        for id in at + 1..self.page.node(at).end {
            let node = self.page.node(id);
            match node.tag {
                Tag::Text => bytes += node.to - node.from,
                Tag::Br => return false,
                tag if tag.is_block() => return false,
                _ => {}
            }
            if bytes > LONGEST_CELL || id > at + MOST_NODES_OF_CELL {
                return false;
            }
        }
        true
    }

    fn leave(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.parts {
            self.flush();
            self.holders.pop();
        }
        self.count(&open, -1);
    }

    fn count(&mut self, open: &Open, by: i32) {
        let add = |n: &mut u32| *n = n.saturating_add_signed(by);
        match open.tag {
            Tag::A if open.is_link => {
                add(&mut self.links);
                if by > 0
                    && let Some(draft) = &mut self.draft
                {
                    draft.links += 1;
                }
            }
            Tag::B | Tag::Strong => add(&mut self.bold),
            Tag::I | Tag::Em | Tag::Small | Tag::Cite => add(&mut self.slanted),
            _ => {}
        }
        if open.hidden {
            add(&mut self.hidden);
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush();
            self.after_breaks = true;
        }
    }

    fn flush(&mut self) {
        self.blank = None;
        self.breaks = 0;
        self.after_breaks = false;
        if let Some(mut block) = self.draft.take() {
            block.words.end = self.out.text.len();
            block.segments.end = self.out.segments.len();
            self.out.list.push(block);
        }
    }

    fn text(&mut self, at: NodeId) {
        // words hidden inside a line that is shown are none of its words
        if self.hidden > 0 && self.draft.as_ref().is_some_and(|draft| !draft.hidden) {
            return;
        }
        let node = *self.page.node(at);
        let (mut from, to) = (node.from as usize, node.to as usize);
        let source = self.page.source;
        while from < to {
            let rest = &source[from..to];
            let bytes = rest.as_bytes();
            // a plain run: words of ASCII or others with single blanks between
            let plain = plain_run(bytes);
            if plain > 0 {
                self.words(at, from, &rest[..plain], plain);
                from += plain;
                continue;
            }
            if bytes[0] == b'&' {
                if let Some(decoded) = decode_entity(rest) {
                    if decoded.first.is_whitespace() {
                        self.owe_blank(from, decoded.length);
                    } else if !is_invisible(decoded.first) {
                        let mut room = [0; 8];
                        let first = decoded.first.encode_utf8(&mut room).len();
                        let mut length = first;
                        if let Some(second) = decoded.second {
                            length += second.encode_utf8(&mut room[first..]).len();
                        }
                        let words = std::str::from_utf8(&room[..length]).unwrap_or_default();
                        self.words(at, from, words, decoded.length);
                    }
                    from += decoded.length;
                } else {
                    self.words(at, from, "&", 1);
                    from += 1;
                }
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            if c.is_whitespace() {
                self.owe_blank(from, c.len_utf8());
            } else if !is_invisible(c) {
                self.words(at, from, &rest[..c.len_utf8()], c.len_utf8());
            }
            from += c.len_utf8();
        }
    }

    fn owe_blank(&mut self, from: usize, length: usize) {
        let (from, length) = (to_u32(from), to_u32(length));
        match &mut self.blank {
            Some((_, end)) if *end == from => *end = from + length,
            Some(_) => {}
            None => self.blank = Some((from, from + length)),
        }
    }

    /// Appends words that stand at `from` of the source and take `source_length` bytes there.
    fn words(&mut self, at: NodeId, from: usize, words: &str, source_length: usize) {
        if self.draft.is_none() {
            self.begin(at);
        } else if self.breaks == 1 {
            let place = self.blank.map_or((to_u32(from), to_u32(from)), |b| b);
            self.push("\n", place.0, place.1 - place.0);
        } else if let Some((start, end)) = self.blank {
            self.push(" ", start, end - start);
        }
        self.blank = None;
        self.breaks = 0;
        let length = to_u32(words.len());
        let (in_link, in_bold, in_slant) = (self.links > 0, self.bold > 0, self.slanted > 0);
        if let Some(draft) = &mut self.draft {
            draft.last_text = at;
            draft.link_bytes += if in_link { length } else { 0 };
            draft.bold_bytes += if in_bold { length } else { 0 };
            draft.slanted_bytes += if in_slant { length } else { 0 };
        }
        self.push(words, to_u32(from), to_u32(source_length));
    }

    fn begin(&mut self, at: NodeId) {
        let (words, segments) = (self.out.text.len(), self.out.segments.len());
        self.draft = Some(Block {
            node: self.holders.last().copied().unwrap_or(0),
            words: words..words,
            segments: segments..segments,
            first_text: at,
            last_text: at,
            link_bytes: 0,
            links: u32::from(self.links > 0),
            bold_bytes: 0,
            slanted_bytes: 0,
            hidden: self.hidden > 0,
            after_breaks: self.after_breaks,
            pictures_before: self.pictures,
        });
        self.after_breaks = false;
        self.pictures = 0;
    }

    fn push(&mut self, words: &str, source: u32, source_length: u32) {
        let text = to_u32(self.out.text.len());
        let length = to_u32(words.len());
        self.out.text.push_str(words);
        let fresh = self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.segments.start == self.out.segments.len());
        if !fresh
            && let Some(last) = self.out.segments.last_mut()
            && last.text_length == last.source_length
            && length == source_length
            && last.source + last.source_length == source
        {
            last.text_length += length;
            last.source_length += length;
            return;
        }
        self.out.segments.push(Segment {
            text,
            text_length: length,
            source,
            source_length,
        });
    }
}

/// Length of the longest head of `bytes` that can be taken as it is: no reference, no white space but single blanks
/// between words, nothing invisible.
fn plain_run(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            // first what most bytes are
            b'a'..=b'z' | b',' | b'.' | b'A'..=b'Z' => at += 1,
            b'&' => break,
            b' ' => match bytes.get(at + 1) {
                Some(next) if at > 0 && next.is_ascii_graphic() && *next != b'&' => at += 1,
                _ => break,
            },
            0..=0x1f | 0x7f => break,
            // lead bytes of all characters that may be white space or invisible: U+0080-U+00BF, U+1680, U+2000-U+206F,
            // U+3000, U+FEFF
            0xC2 | 0xE1 | 0xE3 | 0xEF => break,
            0xE2 if matches!(bytes.get(at + 1), Some(0x80 | 0x81)) && !is_quote_or_dash(&bytes[at..]) => {
                break;
            }
            _ => at += 1,
        }
    }
    // never stop inside a character
    while at > 0 && at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    at
}

/// U+2010 to U+2027: dashes, quotation marks, dots.
fn is_quote_or_dash(bytes: &[u8]) -> bool {
    matches!(bytes.get(..3), Some([0xE2, 0x80, 0x90..=0xA7]))
}

/// Characters that no reader sees and that would part words: soft hyphen, zero-width space, joiners at no letter,
/// direction marks, byte order mark; control characters.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}'
    ) || c.is_control()
}

/// Classes of words that are read out to those who do not see the page, and shown to nobody.
const HEARD_ONLY: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "visuallyHidden",
    "u-visually-hidden",
    "screen-reader-text",
    "screenreader-only",
    "screen-reader-only",
    "assistive-text",
    "a11y-hidden",
    "offscreen",
    "off-screen",
];

/// Whether the element itself says that it is not shown.
pub(crate) fn is_hidden(page: &Page<'_>, at: NodeId) -> bool {
    page.attributes_of(at)
        .iter()
        .any(|attribute| match attribute.name {
            AttributeName::Hidden => true,
            AttributeName::AriaHidden => attribute.raw(page.source).eq_ignore_ascii_case("true"),
            AttributeName::Style => {
                let style = attribute.raw(page.source);
                style.len() < 2_000 && {
                    let tight: String = style
                        .chars()
                        .filter(|c| !c.is_whitespace())
                        .flat_map(char::to_lowercase)
                        .collect();
                    [
                        "display:none",
                        "visibility:hidden",
                        "clip:rect(0",
                        "clip-path:inset(50%)",
                    ]
                    .iter()
                    .any(|rule| tight.contains(rule))
                }
            }
            AttributeName::Class => attribute
                .raw(page.source)
                .split_ascii_whitespace()
                .any(|name| HEARD_ONLY.contains(&name)),
            _ => false,
        })
}

/// Whether an element inside a line only shows when the reader points at it: a card about a person, a word explained.
fn pops_up(page: &Page<'_>, at: NodeId) -> bool {
    let class = page.raw_attribute(at, AttributeName::Class).unwrap_or("");
    let holds = |words: &[&str]| words.iter().any(|word| class.contains(word));
    holds(&[
        "tooltip",
        "rollover",
        "popover",
        "popup",
        "hovercard",
        "hover-card",
        "flyout",
    ]) && holds(&[
        "content", "block", "body", "text", "inner", "card", "box", "panel",
    ])
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
