//! The form in which text is searched: scripts that are written without spaces get one around each character.

use std::borrow::Cow;

/// Stands between two names of one list; no text holds it as a word.
pub const SEPARATOR: &str = " zqz ";

/// `text` for the index, and for a query.
#[must_use]
pub fn searchable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unspaced) {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len() * 4 / 3);
    for c in text.chars() {
        if is_unspaced(c) {
            spaced.push(' ');
            spaced.push(c);
            spaced.push(' ');
        } else {
            spaced.push(c);
        }
    }
    Cow::Owned(spaced)
}

/// Han, kana, Thai, Lao, Khmer and Burmese letters (Unicode blocks).
pub(super) const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}
