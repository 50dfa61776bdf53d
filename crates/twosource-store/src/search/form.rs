//! The form in which text is searched: scripts that are written without spaces get one around each character, and words
//! that stand in every report are left out.

/// Stands between two names of one list; no text holds it as a word.
pub const SEPARATOR: &str = " zqz ";

/// Words that tell nothing apart: two in five of an English report's, and as many places in the index. In rising order.
const PASSED_OVER: [&str; 24] = [
    "a", "an", "and", "as", "at", "be", "by", "for", "from", "has", "he", "in", "is", "it", "its", "of",
    "on", "that", "the", "to", "was", "were", "which", "with",
];

/// `text` for the index, and for a query.
#[must_use]
pub fn searchable(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    for word in words(text) {
        if is_passed_over(word) {
            continue;
        }
        put_spaced(&mut form, word);
    }
    form
}

/// `text` with room around the characters of scripts that have none; every word stays.
#[must_use]
pub fn spaced(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    put_spaced(&mut form, text);
    form
}

/// Runs of letters and digits, and what stands between them, in turn.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let inside = rest.chars().next()?.is_alphanumeric();
        let end = rest
            .find(|c: char| c.is_alphanumeric() != inside)
            .unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word)
    })
}

/// In capitals it may be a name: "IS", "AT".
fn is_passed_over(word: &str) -> bool {
    let in_capitals = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    if word.len() > 5 || in_capitals {
        return false;
    }
    PASSED_OVER
        .binary_search(&word.to_ascii_lowercase().as_str())
        .is_ok()
}

fn put_spaced(form: &mut String, text: &str) {
    for c in text.chars() {
        if is_unspaced(c) {
            form.extend([' ', c, ' ']);
        } else {
            form.push(c);
        }
    }
}

/// Han, kana, Thai, Lao, Khmer and Burmese letters (Unicode blocks).
pub(super) const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_report_holds_is_left_out() {
        assert!(PASSED_OVER.is_sorted());
        let shown = |text: &str| searchable(text).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(shown("The mayor of Lindal is in the U.S."), "mayor Lindal U.S.");
        assert_eq!(shown("IS, a group"), "IS, group");
        assert_eq!(shown("大橋 fell"), "大 橋 fell");
        assert_eq!(spaced("the 大"), "the  大 ");
    }
}
