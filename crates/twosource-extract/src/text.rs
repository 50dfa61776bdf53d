//! The article's text in the making: paragraphs joined by blank lines, with the way back to the document.

use std::ops::Range;

use twosource_model::{Paragraph, Role, SourceMap, SourceSegment, Span};

use crate::blocks::Segment;
use crate::charset::DecodedText;
use crate::correction::is_correction_note;

/// Text, paragraphs and the segments that lead to the document's bytes.
#[derive(Debug, Default)]
pub(crate) struct TextBuilder {
    text: String,
    paragraphs: Vec<Paragraph>,
    segments: Vec<SourceSegment>,
}

impl TextBuilder {
    /// Appends a paragraph of `words`, whose segments are `segments` with `text` counted from `base`. Where the words say
    /// that something was corrected, that is its role.
    pub(crate) fn paragraph(
        &mut self,
        role: Role,
        words: &str,
        base: usize,
        segments: &[Segment],
        decoded: &DecodedText<'_>,
    ) {
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let role = match role {
            Role::Body | Role::Standfirst | Role::ListItem if is_correction_note(words) => Role::Correction,
            role => role,
        };
        self.paragraphs.push(Paragraph {
            role,
            span: Span::at(start, self.text.len()),
        });
        for segment in segments {
            let text = start + segment.text as usize - base;
            self.segment(
                text..text + segment.text_length as usize,
                segment.source as usize..(segment.source + segment.source_length) as usize,
                decoded,
            );
        }
    }

    fn segment(&mut self, text: Range<usize>, source: Range<usize>, decoded: &DecodedText<'_>) {
        if text.is_empty() {
            return;
        }
        if decoded.is_in_step() || text.len() != source.len() {
            self.segments.push(SourceSegment {
                text: Span::at(text.start, text.end),
                bytes: decoded.to_bytes(source.start, source.end),
            });
            return;
        }
        let mut from = source.start;
        let ends = decoded.breaks(source.start, source.end).chain([source.end]);
        for end in ends {
            if end <= from {
                continue;
            }
            let mut piece = |from: usize, end: usize| {
                let at = text.start + from - source.start;
                self.segments.push(SourceSegment {
                    text: Span::at(at, at + end - from),
                    bytes: decoded.to_bytes(from, end),
                });
            };
            // up to its last character a stretch runs in step
            let last = decoded.text[from..end].char_indices().next_back();
            let last = last.map_or(from, |(at, _)| from + at);
            if last > from {
                piece(from, last);
            }
            piece(last, end);
            from = end;
        }
    }

    /// Bytes of the text so far.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was appended yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text, its paragraphs and its map.
    pub(crate) fn finish(self) -> (String, Vec<Paragraph>, SourceMap) {
        (self.text, self.paragraphs, SourceMap::new(self.segments))
    }
}

/// The map of a whole decoded text that is not the document byte for byte.
pub(crate) fn map_of_whole(decoded: &DecodedText<'_>) -> SourceMap {
    let mut builder = TextBuilder::default();
    builder.segment(0..decoded.text.len(), 0..decoded.text.len(), decoded);
    SourceMap::new(builder.segments)
}
