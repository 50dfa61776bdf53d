//! Where a word ends, and which stops, hyphens and slashes belong to it.

use twosource_model::Span;

use super::Chunk;
use super::abbreviations::{is_abbreviation, is_domain, keeps_hyphen};
use super::contractions::split_contraction;

/// Whether a character can be inside a word.
pub fn continues(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphanumeric() || is_mark(c)) || c == '_'
}

/// Signs that belong to the letter before them and are no letters themselves: accents, points, viramas, joiners.
const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{963}' | '\u{966}'..='\u{d7f}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}')
}

/// Puts the tokens of the word that begins at `at`; `follows` is the first letter of the next stretch.
pub fn scan_word(text: &str, chunk: &Chunk, at: usize, follows: Option<char>, tokens: &mut Vec<Span>) {
    let mut end = at + 1;
    while let Some(c) = chunk.get(end) {
        if continues(c) || (links(text, chunk, at, end) && chunk.get(end + 1).is_some_and(continues)) {
            end += 1;
        } else {
            break;
        }
    }
    if let Some(cut) = unit_cut(chunk, at, end) {
        tokens.push(chunk.span(at, cut));
        scan_word(text, chunk, cut, follows, tokens);
        return;
    }
    if chunk.get(end) == Some('.')
        && keeps_stop(text, chunk, at, end, follows, tokens.last().map(|t| t.of(text)))
    {
        end += 1;
    }
    if chunk.get(end) == Some('$')
        && end - at <= 3
        && chunk.chars[at..end].iter().all(char::is_ascii_uppercase)
    {
        end += 1; // US$, A$
    }
    split_contraction(text, chunk, at, end, tokens);
}

/// Whether the sign at `at`, with a letter or digit on both sides, belongs to the word that began at `from`.
fn links(text: &str, chunk: &Chunk, from: usize, at: usize) -> bool {
    let (sign, before) = (chunk.chars[at], chunk.chars[at - 1]);
    let Some(after) = chunk.get(at + 1) else {
        return false;
    };
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    match sign {
        '\'' | '’' => before.is_alphanumeric(),
        '`' => before.is_alphabetic() && after == 's',
        '.' => digits || stop_links(text, chunk, from, at),
        ',' => digits && groups_of_three(chunk, at),
        ':' => digits && at - from <= 12 && !chunk.chars[from..at].iter().any(|c| c.is_alphabetic()),
        '/' => {
            digits
                || (at - from == 1
                    && before.is_alphabetic()
                    && after.is_alphabetic()
                    && !letter_at(chunk, at + 2))
        }
        '&' => {
            at - from <= 3
                && before.is_alphabetic()
                && after.is_alphabetic()
                && before.is_uppercase() == after.is_uppercase()
                && (before.is_uppercase() || at - from == 1)
                && chunk.chars[at + 1..]
                    .iter()
                    .take(4)
                    .take_while(|c| c.is_alphabetic())
                    .count()
                    <= 3
        }
        '-' => hyphen_links(text, chunk, from, at),
        '@' => before.is_alphanumeric(),
        _ => false,
    }
}

fn letter_at(chunk: &Chunk, at: usize) -> bool {
    chunk.get(at).is_some_and(char::is_alphabetic)
}

/// A comma between digits joins when three digits follow: 12,000 but not 3,4.
fn groups_of_three(chunk: &Chunk, comma: usize) -> bool {
    chunk.chars[comma + 1..]
        .iter()
        .take(4)
        .take_while(|c| c.is_ascii_digit())
        .count()
        == 3
}

/// A full stop inside a word: U.S, comp.lang, site.com, 2.doc; not a missing space ("end.The").
fn stop_links(text: &str, chunk: &Chunk, from: usize, at: usize) -> bool {
    let after = &chunk.chars[at + 1..];
    let next = after.iter().take(12).take_while(|c| c.is_alphanumeric()).count();
    let since = chunk.chars[from..at]
        .iter()
        .rev()
        .take(12)
        .take_while(|c| c.is_alphanumeric())
        .count();
    if since == 1 && next == 1 && chunk.chars[at - 1].is_alphabetic() {
        return true; // U.S
    }
    if since == 1 && chunk.chars[at - 1].is_uppercase() && after.get(next) == Some(&'.') && next <= 2 {
        return true; // Ph.D, U.Ky
    }
    if is_domain(chunk.text(text, at + 1, at + 1 + next)) {
        return true;
    }
    let lower = |c: &char| c.is_lowercase() || c.is_ascii_digit();
    let (before, first) = (chunk.chars[at - 1], after.first());
    if before.is_ascii_digit() && first.is_some_and(|c| c.is_uppercase()) {
        return false;
    }
    (lower(&before) && first.is_some_and(lower)) || matches!(chunk.text(text, from, at), "Ph" | "ph")
}

/// A hyphen inside a word: after a prefix, in telephone numbers, in dates of three numbers.
fn hyphen_links(text: &str, chunk: &Chunk, from: usize, at: usize) -> bool {
    let group = |from: usize| {
        chunk.chars[from..]
            .iter()
            .take(5)
            .take_while(|c| c.is_ascii_digit())
            .count()
    };
    let numeric = chunk.chars[from..at]
        .iter()
        .rev()
        .take(24)
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '+'));
    if numeric && at - from <= 24 {
        let before = chunk.chars[from..at]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let next = group(at + 1);
        let further = chunk.get(at + 1 + next) == Some('-') && group(at + 2 + next) > 0;
        let joined = before < at - from;
        return joined || (next > 0 && further) || (before == 3 && next == 4) || (before == 5 && next == 4);
    }
    at - from <= 8 && keeps_hyphen(chunk.text(text, from, at))
}

/// Where a number ends and its unit begins: 5|km, 10|am; not 20th, 1990s.
fn unit_cut(chunk: &Chunk, from: usize, end: usize) -> Option<usize> {
    if !chunk.chars[from].is_ascii_digit() {
        return None;
    }
    let number = chunk.chars[from..end]
        .iter()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))
        .count();
    let unit: String = chunk.chars[from + number..end].iter().take(9).collect();
    let known = matches!(
        unit.to_lowercase().as_str(),
        "m" | "k"
            | "am"
            | "pm"
            | "a.m"
            | "p.m"
            | "b"
            | "bn"
            | "mn"
            | "tn"
            | "mm"
            | "cm"
            | "km"
            | "ft"
            | "kg"
            | "mg"
            | "lb"
            | "lbs"
            | "oz"
            | "ml"
            | "mph"
            | "kph"
            | "kmh"
            | "hz"
            | "khz"
            | "mhz"
            | "ghz"
            | "kb"
            | "mb"
            | "gb"
            | "tb"
            | "kw"
            | "mw"
            | "gw"
            | "kwh"
            | "x"
            | "f"
            | "sq"
            | "min"
            | "mins"
            | "minutes"
            | "hrs"
            | "hours"
            | "days"
            | "percent"
            | "pct"
            | "million"
            | "billion"
            | "trillion"
            | "p"
            | "c"
            | "yrs"
            | "years"
            | "pts"
    );
    known.then_some(from + number)
}

/// Whether the full stop behind a word belongs to it.
fn keeps_stop(
    text: &str,
    chunk: &Chunk,
    from: usize,
    end: usize,
    follows: Option<char>,
    before: Option<&str>,
) -> bool {
    if chunk.get(end + 1) == Some('.') || end - from > 12 {
        return false; // an ellipsis takes all its points
    }
    let word = chunk.text(text, from, end);
    let letters = &chunk.chars[from..end];
    let acronym = letters.len() >= 3
        && letters
            .iter()
            .enumerate()
            .all(|(i, c)| if i % 2 == 1 { *c == '.' } else { c.is_alphabetic() });
    if acronym || matches!(word, "Ph.D" | "ph.d") {
        return true;
    }
    let last = end + 1 == chunk.len();
    let next = if last { follows } else { chunk.get(end + 1) };
    if let [letter] = letters {
        let named = next.is_some_and(char::is_uppercase);
        let capital_before = before.is_some_and(|b| b.starts_with(char::is_uppercase));
        return letter.is_uppercase() && named && (*letter != 'I' || capital_before);
    }
    match is_abbreviation(word) {
        abbreviations::Stop::Always => true,
        abbreviations::Stop::BeforeNumber => next.is_some_and(|c| c.is_ascii_digit()),
        abbreviations::Stop::InsideSentence => next.is_some_and(|c| !c.is_whitespace()),
        abbreviations::Stop::Never => false,
    }
}

use super::abbreviations;
