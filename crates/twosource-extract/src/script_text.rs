//! Text that stands in a script of the page and not in its markup: the state of a page that the browser builds
//! (`__NEXT_DATA__`, the pieces of `self.__next_f`, and their like), or the `articleBody` of its structured data.

use std::ops::Range;

use twosource_model::Role;

use crate::blocks::{Segment, cut_blocks};
use crate::charset::DecodedText;
use crate::metadata::PageFacts;
use crate::plain::{clutter_rule, is_running};
use crate::text::TextBuilder;

/// Shortest string that can be the text of a report, in bytes.
const SHORTEST: usize = 400;

/// Strings that are looked at, in bytes each.
const LONGEST: usize = 1 << 20;

/// A string of a script with its escapes read, and the way back.
struct Unescaped {
    text: String,
    /// text offset and source offset from which both run in step
    steps: Vec<(usize, usize)>,
}

impl Unescaped {
    /// The place in the source that a place in the text was read from.
    fn back(&self, offset: usize) -> usize {
        let after = self.steps.partition_point(|(text, _)| *text <= offset);
        let (text, source) = self.steps[after.saturating_sub(1)];
        source + (offset - text)
    }

    /// Appends what another holds.
    fn append(&mut self, other: &Self) {
        let at = self.text.len();
        self.text.push_str(&other.text);
        self.steps
            .extend(other.steps.iter().map(|(text, source)| (at + text, *source)));
    }

    /// A JSON string inside of the text, its own escapes read.
    fn inner(&self, range: Range<usize>) -> Self {
        let inner = unescape(&self.text, range);
        let ends = inner.steps.iter().skip(1).map(|(text, _)| *text);
        let ends = ends.chain([inner.text.len()]);
        let mut steps = Vec::new();
        for ((text, at), end) in inner.steps.iter().zip(ends) {
            steps.push((*text, self.back(*at)));
            let first = self.steps.partition_point(|(outer, _)| outer <= at);
            let inside = self.steps[first..]
                .iter()
                .take_while(|(outer, _)| *outer < at + (end - text));
            steps.extend(inside.map(|(outer, source)| (text + (outer - at), *source)));
        }
        Self {
            text: inner.text,
            steps,
        }
    }

    /// A stretch of the text as it stands.
    fn stretch(&self, range: Range<usize>) -> Self {
        let mut steps = vec![(0, self.back(range.start))];
        let first = self.steps.partition_point(|(text, _)| *text <= range.start);
        let inside = self.steps[first..]
            .iter()
            .take_while(|(text, _)| *text < range.end);
        steps.extend(inside.map(|(text, source)| (text - range.start, *source)));
        Self {
            text: self.text[range].to_owned(),
            steps,
        }
    }
}

/// Appends the longest text that a script holds; whether there was one.
pub(crate) fn append_script_text(
    facts: &PageFacts<'_>,
    decoded: &DecodedText<'_>,
    builder: &mut TextBuilder,
) -> bool {
    let base = decoded.text.as_ptr() as usize;
    let mut best: Option<(usize, Unescaped)> = None;
    let mut offer = |string: Unescaped| {
        let bytes = prose_bytes(&string.text);
        if bytes >= SHORTEST && best.as_ref().is_none_or(|(most, _)| bytes > *most) {
            best = Some((bytes, string));
        }
    };
    // what a page streams to the browser comes in pieces that are one text
    let mut streamed = Unescaped {
        text: String::new(),
        steps: vec![(0, 0)],
    };
    let scripts = facts.linked_data.iter().chain(&facts.state).chain(&facts.code);
    for raw in scripts {
        let start = raw.as_ptr() as usize - base;
        let is_streamed = raw.contains("__next_f");
        let shortest = if is_streamed { 1 } else { SHORTEST };
        for range in strings_of(raw, shortest) {
            let string = unescape(&decoded.text, start + range.start..start + range.end);
            if is_streamed {
                streamed.append(&string);
            } else {
                strings_of(&string.text, SHORTEST).for_each(|range| offer(string.inner(range)));
                offer(string);
            }
        }
    }
    strings_of(&streamed.text, SHORTEST).for_each(|range| offer(streamed.inner(range)));
    text_rows(&streamed.text).for_each(|range| offer(streamed.stretch(range)));
    let Some((_, string)) = best else { return false };
    append(&string, decoded, builder);
    !builder.is_empty()
}

/// Rows of text in a streamed state: a number in hexadecimal, `:T`, the length of the text in bytes in hexadecimal, a
/// comma, the text.
fn text_rows(streamed: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    streamed.match_indices(":T").filter_map(|(at, _)| {
        let rest = &streamed[at + 2..];
        let digits = rest.bytes().take(8).take_while(u8::is_ascii_hexdigit).count();
        let length = usize::from_str_radix(rest.get(..digits)?, 16).ok()?;
        let from = at + 2 + digits + 1;
        let is_row = rest.as_bytes().get(digits) == Some(&b',') && (SHORTEST..LONGEST).contains(&length);
        let to = from.checked_add(length)?.min(streamed.len());
        (is_row && streamed.is_char_boundary(to)).then_some(from..to)
    })
}

/// Insides of the JSON strings of a script that are long enough, in order.
fn strings_of(raw: &str, shortest: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = raw.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + memchr::memchr(b'"', bytes.get(at..)?)?;
            let mut end = open + 1;
            loop {
                end += memchr::memchr2(b'"', b'\\', bytes.get(end..)?)?;
                if bytes[end] == b'"' {
                    break;
                }
                end += 2;
            }
            at = end + 1;
            if (shortest + 1..LONGEST).contains(&(end - open)) {
                return Some(open + 1..end);
            }
        }
    })
}

/// Reads the escapes of a JSON string.
fn unescape(source: &str, range: Range<usize>) -> Unescaped {
    let mut out = Unescaped {
        text: String::with_capacity(range.len()),
        steps: vec![(0, range.start)],
    };
    let mut at = range.start;
    while at < range.end {
        let rest = &source[at..range.end];
        let plain = memchr::memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
        out.text.push_str(&rest[..plain]);
        at += plain;
        if at >= range.end {
            break;
        }
        let (c, length) = escape(&source[at..range.end]);
        out.steps.push((out.text.len(), at));
        out.text.extend(c);
        at += length;
        out.steps.push((out.text.len(), at));
    }
    // where this string ends, in case another one follows elsewhere
    out.steps.push((out.text.len(), range.end));
    out
}

/// The character of the escape at the head of `text`, and the bytes it takes.
fn escape(text: &str) -> (Option<char>, usize) {
    let bytes = text.as_bytes();
    let unit = |at: usize| {
        let digits = text.get(at..at + 4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    match bytes.get(1) {
        Some(b'n' | b'r' | b't' | b'f' | b'b') => (Some('\n'), 2),
        Some(b'u') => match unit(2) {
            Some(high @ 0xD800..=0xDBFF) if bytes.get(6..8) == Some(b"\\u") => {
                let low = unit(8).filter(|low| (0xDC00..=0xDFFF).contains(low));
                let code = low.map(|low| 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
                (code.and_then(char::from_u32), if low.is_some() { 12 } else { 6 })
            }
            Some(code) => (char::from_u32(code), 6),
            None => (None, 2),
        },
        Some(b) if b.is_ascii() => (Some(*b as char), 2),
        _ => (None, 1),
    }
}

/// Bytes of a string that are running text; 0 for code, lists of addresses, styles.
fn prose_bytes(text: &str) -> usize {
    let marked = text.contains("<p") || text.contains("<br");
    let blanks = text.bytes().filter(|b| *b == b' ').count();
    let odd = text
        .bytes()
        .filter(|b| matches!(b, b'{' | b'}' | b';' | b'|' | b'\\'))
        .count();
    let wordy = blanks * 20 > text.len() && (marked || text.contains(". ") || text.contains(".\n"));
    if wordy && odd * 50 < text.len() {
        text.len()
    } else {
        0
    }
}

/// Appends the paragraphs of a string: as its markup has them, or without markup line by line.
fn append(string: &Unescaped, decoded: &DecodedText<'_>, builder: &mut TextBuilder) {
    if string.text.contains('<') {
        return append_markup(string, decoded, builder);
    }
    let mut at = 0;
    for line in string.text.split_inclusive('\n') {
        append_markup(&string.stretch(at..at + line.len()), decoded, builder);
        at += line.len();
    }
}

fn append_markup(string: &Unescaped, decoded: &DecodedText<'_>, builder: &mut TextBuilder) {
    let page = crate::page::parse(&string.text);
    let blocks = cut_blocks(&page);
    for block in &blocks.list {
        let words = blocks.words(block);
        if clutter_rule(words).is_some() || !(is_running(words) || page.node(block.node).tag.is_heading()) {
            continue;
        }
        let role = if page.node(block.node).tag.is_heading() {
            Role::Heading
        } else {
            Role::Body
        };
        let segments: Vec<Segment> = blocks.segments[block.segments.clone()]
            .iter()
            .flat_map(|segment| through(string, segment))
            .collect();
        builder.paragraph(role, words, block.words.start, &segments, decoded);
    }
}

/// A segment that leads into the string, as segments that lead into the page.
fn through(string: &Unescaped, segment: &Segment) -> Vec<Segment> {
    let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let back = |offset: usize| string.back(offset);
    let (from, length) = (segment.source as usize, segment.source_length as usize);
    if segment.text_length != segment.source_length {
        let start = back(from);
        return vec![Segment {
            source: to_u32(start),
            source_length: to_u32(back(from + length).max(start) - start),
            ..*segment
        }];
    }
    // in step with the string: part it where the string falls out of step with the page
    let first = string.steps.partition_point(|(text, _)| *text <= from);
    let inner = string.steps[first..]
        .iter()
        .map(|(text, _)| *text)
        .take_while(|at| *at < from + length);
    let mut cuts: Vec<usize> = std::iter::once(from)
        .chain(inner)
        .chain([from + length])
        .collect();
    cuts.dedup();
    cuts.windows(2)
        .map(|pair| {
            let start = back(pair[0]);
            let in_step = back(pair[1] - 1) == start + (pair[1] - 1 - pair[0]);
            let next = string.steps.partition_point(|(text, _)| *text < pair[1]);
            let next = string
                .steps
                .get(next)
                .filter(|(text, _)| *text == pair[1])
                .map(|(_, source)| *source);
            let end = if in_step && next.is_none() {
                start + (pair[1] - pair[0])
            } else {
                next.unwrap_or(start + (pair[1] - pair[0]))
            };
            Segment {
                text: segment.text + to_u32(pair[0] - from),
                text_length: to_u32(pair[1] - pair[0]),
                source: to_u32(start),
                source_length: to_u32(end.max(start) - start),
            }
        })
        .collect()
}
