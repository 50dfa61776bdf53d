//! Text that stands in a script of the page and not in its markup: the state of a page that the browser builds
//! (`__NEXT_DATA__` and its like), or the `articleBody` of its structured data.

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

/// Appends the longest text that a script holds; whether there was one.
pub(crate) fn append_script_text(
    facts: &PageFacts<'_>,
    decoded: &DecodedText<'_>,
    builder: &mut TextBuilder,
) -> bool {
    let base = decoded.text.as_ptr() as usize;
    let scripts = facts.linked_data.iter().chain(&facts.state);
    let best = scripts
        .flat_map(|raw| {
            let start = raw.as_ptr() as usize - base;
            longest_strings(raw).map(move |range| start + range.start..start + range.end)
        })
        .map(|range| unescape(&decoded.text, range))
        .filter(|string| prose_bytes(&string.text) >= SHORTEST)
        .max_by_key(|string| (prose_bytes(&string.text), std::cmp::Reverse(string.steps[0].1)));
    let Some(string) = best else { return false };
    append(&string, decoded, builder);
    !builder.is_empty()
}

/// Insides of the JSON strings of a script that are long enough, in order.
fn longest_strings(raw: &str) -> impl Iterator<Item = Range<usize>> + '_ {
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
            if (SHORTEST..LONGEST).contains(&(end - open)) {
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

/// Appends the paragraphs of a string, which may hold markup.
fn append(string: &Unescaped, decoded: &DecodedText<'_>, builder: &mut TextBuilder) {
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
    let back = |offset: usize| {
        let after = string.steps.partition_point(|(text, _)| *text <= offset);
        let (text, source) = string.steps[after.saturating_sub(1)];
        source + (offset - text)
    };
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
            let next = string
                .steps
                .iter()
                .find(|(text, _)| *text == pair[1])
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
