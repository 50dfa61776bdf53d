//! Words of reports with nothing in them that steers where they are shown.

/// Words as they are shown, character by character ([`shown`]).
pub(crate) fn visible(words: &str) -> String {
    words.chars().map(shown).collect()
}

/// A character as it is shown: control characters and marks that turn the direction of writing become U+FFFD, breaks and
/// tabs blanks. A report must not be able to move the cursor, to turn words around or to fake a line of the account.
pub(crate) fn shown(c: char) -> char {
    match c {
        '\n' | '\t' | '\r' => ' ',
        c if c.is_control() => '\u{FFFD}',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => '\u{FFFD}',
        c => c,
    }
}
