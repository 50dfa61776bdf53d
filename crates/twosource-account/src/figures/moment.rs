//! Whether a time says when a figure held, or when what it counts happened.

use twosource_model::Span;

/// Words before a time that make it the moment of a figure.
const BEFORE: &[&str] = &[
    "of", "by", "at", "until", "till", "earlier", "early", "late", "later", "to",
];
/// Words that open such a time.
const OPENING: &[&str] = &[
    "now",
    "currently",
    "today",
    "early",
    "earlier",
    "late",
    "later",
    "midday",
    "noon",
];

/// Whether the time at `span` is the moment that a figure holds for: "as of Tuesday", "by noon", not "on Tuesday".
pub fn is_moment(text: &str, span: Span) -> bool {
    let fold = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let before = text
        .get(..span.start())
        .and_then(|t| t.split_whitespace().next_back())
        .map(fold)
        .unwrap_or_default();
    let first = span
        .get(text)
        .and_then(|t| t.split_whitespace().next())
        .map(fold)
        .unwrap_or_default();
    BEFORE.contains(&before.as_str()) || OPENING.contains(&first.as_str())
}
