//! How a figure stands to the true one: words before and behind it.

use twosource_model::Approximation;

/// Words before the figure, longest first where one ends another. English, then the other languages.
const BEFORE: &[(&str, Approximation)] = &[
    ("no fewer than", Approximation::AtLeast),
    ("no less than", Approximation::AtLeast),
    ("no more than", Approximation::AtMost),
    ("not more than", Approximation::AtMost),
    ("a minimum of", Approximation::AtLeast),
    ("a maximum of", Approximation::AtMost),
    ("an estimated", Approximation::About),
    ("more than", Approximation::AtLeast),
    ("greater than", Approximation::AtLeast),
    ("upwards of", Approximation::AtLeast),
    ("in excess of", Approximation::AtLeast),
    ("well over", Approximation::AtLeast),
    ("just over", Approximation::AtLeast),
    ("at least", Approximation::AtLeast),
    ("fewer than", Approximation::AtMost),
    ("less than", Approximation::AtMost),
    ("at most", Approximation::AtMost),
    ("up to", Approximation::AtMost),
    ("as many as", Approximation::AtMost),
    ("as much as", Approximation::AtMost),
    ("just under", Approximation::Nearly),
    ("close to", Approximation::Nearly),
    ("over", Approximation::AtLeast),
    ("above", Approximation::AtLeast),
    ("exceeding", Approximation::AtLeast),
    ("under", Approximation::AtMost),
    ("below", Approximation::AtMost),
    ("nearly", Approximation::Nearly),
    ("almost", Approximation::Nearly),
    ("about", Approximation::About),
    ("around", Approximation::About),
    ("roughly", Approximation::About),
    ("approximately", Approximation::About),
    ("some", Approximation::About),
    ("estimated", Approximation::About),
    ("mehr als", Approximation::AtLeast),
    ("mindestens", Approximation::AtLeast),
    ("weniger als", Approximation::AtMost),
    ("höchstens", Approximation::AtMost),
    ("bis zu", Approximation::AtMost),
    ("rund", Approximation::About),
    ("etwa", Approximation::About),
    ("ungefähr", Approximation::About),
    ("fast", Approximation::Nearly),
    ("knapp", Approximation::Nearly),
    ("plus de", Approximation::AtLeast),
    ("au moins", Approximation::AtLeast),
    ("moins de", Approximation::AtMost),
    ("près de", Approximation::Nearly),
    ("environ", Approximation::About),
    ("presque", Approximation::Nearly),
    ("más de", Approximation::AtLeast),
    ("al menos", Approximation::AtLeast),
    ("menos de", Approximation::AtMost),
    ("cerca de", Approximation::Nearly),
    ("unos", Approximation::About),
    ("unas", Approximation::About),
    ("casi", Approximation::Nearly),
    ("en az", Approximation::AtLeast),
    ("en fazla", Approximation::AtMost),
    ("yaklaşık", Approximation::About),
    ("neredeyse", Approximation::Nearly),
    ("не менее", Approximation::AtLeast),
    ("более", Approximation::AtLeast),
    ("менее", Approximation::AtMost),
    ("около", Approximation::About),
    ("примерно", Approximation::About),
    ("почти", Approximation::Nearly),
];

/// Words behind the figure.
const BEHIND: &[(&str, Approximation)] = &[
    ("or more", Approximation::AtLeast),
    ("at least", Approximation::AtLeast),
    ("or so", Approximation::About),
    ("or less", Approximation::AtMost),
    ("or fewer", Approximation::AtMost),
    ("+", Approximation::AtLeast),
    ("tan fazla", Approximation::AtLeast),
    ("den fazla", Approximation::AtLeast),
];

/// Bytes that are looked at on either side: longer than the longest entry.
const REACH: usize = 24;

/// What the words around a figure at `start..end` say. `start` stands before a currency sign.
pub(super) fn approximation(text: &str, start: usize, end: usize) -> Approximation {
    let mut from = start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text[from..start].trim_end_matches([' ', '\u{a0}']).to_lowercase();
    for (words, approximation) in BEFORE {
        if before
            .strip_suffix(words)
            .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        {
            return *approximation;
        }
    }
    let mut to = (end + REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let behind = text[end..to].trim_start_matches([' ', '\'', '’']).to_lowercase();
    for (words, approximation) in BEHIND {
        if behind
            .strip_prefix(words)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        {
            return *approximation;
        }
    }
    Approximation::Exact
}
