//! Titles and roles beside a name: "White House press secretary Ann Lee", "Ann Lee, the director of the Fund,".

use twosource_model::{Analysis, Span, Upos};

use super::knowledge::{self, Key, LONGEST_TITLE, Title};

/// A title found in the tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundTitle {
    /// Its tokens.
    pub tokens: (usize, usize),
    /// What the table says.
    pub title: &'static Title,
    /// It is in the plural ("presidents").
    pub plural: bool,
}

/// The longest title that ends before token `end` and starts no earlier than `from`.
pub(super) fn title_before(text: &str, analysis: &Analysis, from: usize, end: usize) -> Option<FoundTitle> {
    (1..=LONGEST_TITLE)
        .rev()
        .filter_map(|length| end.checked_sub(length).filter(|start| *start >= from))
        .find_map(|start| title_at(text, analysis, start, end))
}

/// The longest title that starts at token `start` and ends no later than `to`.
pub(super) fn title_from(text: &str, analysis: &Analysis, start: usize, to: usize) -> Option<FoundTitle> {
    (1..=LONGEST_TITLE)
        .rev()
        .map(|length| start + length)
        .filter(|end| *end <= to)
        .find_map(|end| title_at(text, analysis, start, end))
}

fn title_at(text: &str, analysis: &Analysis, start: usize, end: usize) -> Option<FoundTitle> {
    let tokens = &analysis.tokens[start..end];
    let first = tokens.first()?.span.of(text);
    if !first.chars().next().is_some_and(char::is_alphabetic) {
        return None;
    }
    let last = tokens.last()?.span.of(text);
    // a genitive or a mark leaves the key as it is: a title does not end with it
    if !last.chars().next().is_some_and(char::is_alphabetic) {
        return None;
    }
    let key = tokens
        .iter()
        .fold(Key::EMPTY, |key, token| key.with(token.span.of(text)));
    if let Some(title) = knowledge::title_of_key(key) {
        return Some(FoundTitle {
            tokens: (start, end),
            title,
            plural: false,
        });
    }
    let singular = last.strip_suffix('s').filter(|s| s.len() > 2)?;
    let key = tokens[..tokens.len() - 1]
        .iter()
        .fold(Key::EMPTY, |key, token| key.with(token.span.of(text)))
        .with(singular);
    knowledge::title_of_key(key).map(|title| FoundTitle {
        tokens: (start, end),
        title,
        plural: true,
    })
}

/// Most words that a title with what stands before it may have.
const LONGEST_DESCRIPTION: usize = 9;

/// Where the description that holds a title begins: its modifiers, genitive and determiner stand before it.
pub(super) fn description_start(text: &str, analysis: &Analysis, from: usize, title: usize) -> usize {
    let mut start = title;
    while start > from && title - start < LONGEST_DESCRIPTION {
        let token = &analysis.tokens[start - 1];
        let word = token.span.of(text);
        let lower = word.to_lowercase();
        let determiner = matches!(
            lower.as_str(),
            "the" | "a" | "an" | "his" | "her" | "their" | "its" | "our" | "my" | "your" | "this" | "that"
        );
        if determiner {
            return start - 1;
        }
        let capital = word.starts_with(char::is_uppercase);
        let modifier = match token.upos {
            Upos::Adj | Upos::Propn => true,
            Upos::Noun => true,
            Upos::X => capital,
            Upos::Part => matches!(word, "'s" | "’s" | "'" | "’"),
            Upos::Punct => word == "-" && start > from + 1,
            _ => false,
        } || matches!(
            lower.as_str(),
            "former" | "acting" | "late" | "then" | "deputy" | "top" | "senior" | "'s" | "’s"
        );
        // a colon or comma before a capital at the head of a sentence ends the description
        if !modifier {
            break;
        }
        start -= 1;
    }
    start
}

/// Bytes of a stretch of tokens.
pub(super) fn span_of(analysis: &Analysis, start: usize, end: usize) -> Span {
    analysis.tokens[start].span.hull(analysis.tokens[end - 1].span)
}
