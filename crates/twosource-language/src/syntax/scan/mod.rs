//! Cuts a paragraph into tokens, the way the English treebanks of Universal Dependencies do.
//!
//! White space always cuts. Inside a stretch without white space the rules run from left to right, each looking only a
//! bounded number of characters ahead, so that any text takes linear time.

mod abbreviations;
mod contractions;
mod marks;
mod other;
mod words;

use twosource_model::Span;

pub use abbreviations::is_abbreviation;
pub use other::scan_other;

/// A stretch without white space, as characters with their bytes.
#[derive(Debug, Default)]
struct Chunk {
    chars: Vec<char>,
    /// Byte of each character in the whole text, and the end.
    at: Vec<u32>,
}

impl Chunk {
    fn fill(&mut self, text: &str, span: Span) {
        self.chars.clear();
        self.at.clear();
        for (offset, c) in span.of(text).char_indices() {
            self.chars.push(c);
            self.at.push((span.start() + offset) as u32);
        }
        self.at.push(span.end() as u32);
    }

    const fn len(&self) -> usize {
        self.chars.len()
    }

    fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::at(self.at[from] as usize, self.at[to] as usize)
    }

    fn text<'a>(&self, text: &'a str, from: usize, to: usize) -> &'a str {
        self.span(from, to).of(text)
    }
}

/// The tokens of the stretch `span` of an English text, in order, on character boundaries; together they hold every
/// character that is not white space.
pub fn scan_english(text: &str, span: Span, tokens: &mut Vec<Span>) {
    let mut chunk = Chunk::default();
    let mut chunks = Chunks {
        text,
        at: span.start(),
        end: span.end(),
    };
    let mut next = chunks.next();
    while let Some(here) = next {
        next = chunks.next();
        let follows = next.and_then(|n| n.of(text).chars().find(|c| !marks::opens(*c)));
        chunk.fill(text, here);
        scan_chunk(text, &chunk, follows, tokens);
    }
}

/// Stretches without white space.
struct Chunks<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Iterator for Chunks<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = &self.text[self.at..self.end];
        let from = self.at + rest.find(|c: char| !c.is_whitespace())?;
        let rest = &self.text[from..self.end];
        let to = from + rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.at = to;
        Some(Span::at(from, to))
    }
}

fn scan_chunk(text: &str, chunk: &Chunk, follows: Option<char>, tokens: &mut Vec<Span>) {
    let address = marks::may_be_address(&chunk.chars);
    let mut at = 0;
    while at < chunk.len() {
        let c = chunk.chars[at];
        let end = if let Some(end) = address.then(|| marks::address_end(chunk, at)).flatten() {
            end
        } else if words::continues(c) {
            words::scan_word(text, chunk, at, follows, tokens);
            // a word may be several tokens: it has put them there itself
            let end = tokens.last().map_or(chunk.at[at + 1], |t| t.end() as u32);
            at = chunk.at.partition_point(|&b| b < end).max(at + 1);
            continue;
        } else {
            marks::mark_end(chunk, at)
        };
        tokens.push(chunk.span(at, end));
        at = end;
    }
}
