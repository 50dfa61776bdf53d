//! Tokens of languages other than English: words and marks, with a dictionary for scripts without spaces.

use std::sync::OnceLock;

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};
use twosource_model::{LanguageCode, Span};

use super::{Chunk, Chunks, marks, words};

/// The tokens of the stretch `span` of a text in any language, in order, on character boundaries; together they hold
/// every character that is not white space.
pub fn scan_other(text: &str, span: Span, language: LanguageCode, tokens: &mut Vec<Span>) {
    let elides = matches!(language.as_str(), "fr" | "it" | "ca");
    let mut chunk = Chunk::default();
    for here in (Chunks {
        text,
        at: span.start(),
        end: span.end(),
    }) {
        chunk.fill(text, here);
        let address = marks::may_be_address(&chunk.chars);
        let mut at = 0;
        while at < chunk.len() {
            let c = chunk.chars[at];
            if unspaced(c) {
                let end = at + chunk.chars[at..].iter().take_while(|c| unspaced(**c)).count();
                split_unspaced(text, chunk.span(at, end), tokens);
                at = end;
                continue;
            }
            let end = address
                .then(|| marks::address_end(&chunk, at))
                .flatten()
                .unwrap_or_else(|| {
                    if words::continues(c) {
                        word_end(&chunk, at, elides)
                    } else {
                        marks::mark_end(&chunk, at)
                    }
                });
            tokens.push(chunk.span(at, end));
            at = end;
        }
    }
}

fn word_end(chunk: &Chunk, at: usize, elides: bool) -> usize {
    let mut end = at + 1;
    while let Some(c) = chunk.get(end) {
        let after = chunk
            .get(end + 1)
            .filter(|c| words::continues(*c) && !unspaced(*c));
        let digits = chunk.chars[end - 1].is_numeric() && after.is_some_and(char::is_numeric);
        match c {
            _ if unspaced(c) => break,
            _ if words::continues(c) => {}
            '\'' | '’' if after.is_some() && elides => return end + 1,
            '\'' | '’' | '-' | '‐' | '·' if after.is_some() => {}
            '.' | ',' | ':' | '/' if digits => {}
            '.' if after.is_some_and(char::is_alphabetic) && single_letter(chunk, at, end) => {}
            _ => break,
        }
        end += 1;
    }
    end
}

/// Whether a single letter stands before `end`: z.B, U.S.
fn single_letter(chunk: &Chunk, at: usize, end: usize) -> bool {
    chunk.chars[end - 1].is_alphabetic() && (end - at == 1 || chunk.chars[end - 2] == '.')
}

/// Letters of scripts that put no space between words.
fn unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Longest stretch that the dictionary looks at in one go, in bytes.
const PIECE: usize = 4096;

fn split_unspaced(text: &str, span: Span, tokens: &mut Vec<Span>) {
    static SEGMENTER: OnceLock<WordSegmenterBorrowed<'static>> = OnceLock::new();
    let segmenter = SEGMENTER.get_or_init(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));
    let mut from = span.start();
    while from < span.end() {
        let mut to = span.end().min(from + PIECE);
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let mut before = 0;
        for end in segmenter.segment_str(&text[from..to]) {
            if end > before {
                tokens.push(Span::at(from + before, from + end));
            }
            before = end;
        }
        from = to;
    }
}
