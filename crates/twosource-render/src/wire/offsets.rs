//! What spans count: bytes, or code points for those who count as the corpora do.

use serde_json::{Value, json};
use twosource_model::Span;

/// What the spans of JSON Lines count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Offsets {
    /// UTF-8 bytes.
    #[default]
    Bytes,
    /// Unicode code points.
    Chars,
}

/// Turns byte offsets of one text into what was asked for.
pub(super) struct Counter {
    /// Code points before each byte, or nothing when bytes are wanted.
    before: Option<Vec<u32>>,
}

impl Counter {
    pub(super) fn new(text: &str, offsets: Offsets) -> Self {
        let before = (offsets == Offsets::Chars).then(|| {
            let mut before = vec![0; text.len() + 1];
            let mut count = 0;
            for (at, slot) in before.iter_mut().enumerate().take(text.len()) {
                *slot = count;
                // the last byte of a character counts it, so a boundary has all characters before it behind it
                if text.is_char_boundary(at + 1) {
                    count += 1;
                }
            }
            before[text.len()] = count;
            before
        });
        Self { before }
    }

    /// `[start, end]` of a span; an offset beyond the text counts as its end.
    pub(super) fn span(&self, span: Span) -> Value {
        let at = |offset: usize| match &self.before {
            None => offset as u32,
            Some(before) => before.get(offset).or(before.last()).copied().unwrap_or(0),
        };
        json!([at(span.start()), at(span.end())])
    }

    /// A list of spans.
    pub(super) fn spans(&self, spans: &[Span]) -> Value {
        spans.iter().map(|span| self.span(*span)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, span: (usize, usize), bytes: [u32; 2], chars: [u32; 2]) {
        let span = Span::at(span.0, span.1);
        assert_eq!(Counter::new(text, Offsets::Bytes).span(span), json!(bytes));
        assert_eq!(Counter::new(text, Offsets::Chars).span(span), json!(chars));
    }

    #[test]
    fn counts() {
        check("año 5", (0, 4), [0, 4], [0, 3]);
        check("año 5", (5, 6), [5, 6], [4, 5]);
        check("“x”", (3, 4), [3, 4], [1, 2]);
        check("😀b", (4, 5), [4, 5], [1, 2]);
        check("", (0, 0), [0, 0], [0, 0]);
        check("a", (7, 9), [7, 9], [1, 1]);
    }
}
