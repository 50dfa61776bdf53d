//! The stretch of a text that shows best why it was found.

use std::ops::Range;

use super::form::is_unspaced;

/// Bytes of a text shown around the words that were found.
const WIDTH: usize = 200;
/// Bytes of a text that are looked through.
const LOOKED_AT: usize = 200_000;
/// Fewest letters that two words must share at their beginning to count as forms of one: "bridges", "bridge".
const STEM: usize = 4;

/// A stretch of a text with the places of the words that were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The stretch, white space folded to single blanks.
    pub text: String,
    /// Where the words stand in it, in order.
    pub marks: Vec<Range<usize>>,
    /// There is text before it.
    pub cut_before: bool,
    /// There is text behind it.
    pub cut_behind: bool,
}

/// The best stretch of `text` for `words` (each may be several words of a phrase).
#[must_use]
pub fn snippet(text: &str, words: &[String]) -> Snippet {
    let wanted: Vec<String> = words
        .iter()
        .flat_map(|phrase| phrase.split(' '))
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect();
    let places = places(text, &wanted);
    let window = best_window(text, &places);
    let stretch = &text[window.clone()];
    let mut shown = Snippet {
        cut_before: window.start > 0,
        cut_behind: window.end < text.trim_end().len(),
        ..Snippet::default()
    };
    let mut marks = places
        .iter()
        .filter(|place| window.start <= place.1.start && place.1.end <= window.end)
        .map(|place| place.1.start - window.start..place.1.end - window.start)
        .peekable();
    let mut open = None;
    for (at, c) in stretch.char_indices() {
        if open.is_none() && marks.peek().is_some_and(|mark| mark.start == at) {
            open = Some(shown.text.len());
        }
        if c.is_whitespace() {
            if !shown.text.ends_with(' ') && !shown.text.is_empty() {
                shown.text.push(' ');
            }
        } else {
            shown.text.push(c);
        }
        if let (Some(start), Some(mark)) = (open, marks.peek())
            && at + c.len_utf8() >= mark.end
        {
            shown.marks.push(start..shown.text.len());
            open = None;
            marks.next();
        }
    }
    shown.text.truncate(shown.text.trim_end().len());
    shown
}

/// Index of the wanted word and where it stands, in order of the text.
fn places(text: &str, wanted: &[String]) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut start = None;
    let ends = std::iter::once((end, ' '));
    for (at, c) in text[..end].char_indices().chain(ends) {
        if is_unspaced(c) {
            let word = c.to_string();
            if let Some(which) = wanted.iter().position(|wanted| *wanted == word) {
                found.push((which, at..at + c.len_utf8()));
            }
        }
        match (start, c.is_alphanumeric() && !is_unspaced(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = text[from..at].to_lowercase();
                if let Some(which) = wanted.iter().position(|wanted| same_word(&word, wanted)) {
                    found.push((which, from..at));
                }
                start = None;
            }
            _ => {}
        }
    }
    found.sort_by_key(|place| place.1.start);
    found
}

/// The same word or a form of it: equal beginnings of four letters or more, with at most three letters to differ.
fn same_word(word: &str, wanted: &str) -> bool {
    if word == wanted {
        return true;
    }
    let shared = word
        .chars()
        .zip(wanted.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (word.chars().count(), wanted.chars().count());
    shared >= STEM && a - shared <= 3 && b - shared <= 3
}

/// The stretch of [`WIDTH`] bytes that holds most different words; the first of equals.
fn best_window(text: &str, places: &[(usize, Range<usize>)]) -> Range<usize> {
    let mut best = (0, 0);
    let mut last = 0;
    for (first, place) in places.iter().enumerate() {
        last = last.max(first);
        while last + 1 < places.len() && places[last + 1].1.end <= place.1.start + WIDTH {
            last += 1;
        }
        let mut seen: Vec<usize> = places[first..=last].iter().map(|place| place.0).collect();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() > best.0 {
            best = (seen.len(), place.1.start);
        }
    }
    let mut from = best.1.saturating_sub(WIDTH / 4);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    // from the beginning of a word
    if from > 0 {
        from += text[from..].find(char::is_whitespace).unwrap_or(0);
        from += text[from..].len() - text[from..].trim_start().len();
        from = from.min(best.1);
    }
    let mut to = (from + WIDTH).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    if to < text.len() {
        to = text[from..to]
            .rfind(char::is_whitespace)
            .map_or(to, |at| from + at);
    }
    from..to
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_and_their_forms_are_marked() {
        let shown = snippet("Two bridges\n\nfell. The bridge is gone.", &["bridge".to_owned()]);
        assert_eq!(shown.text, "Two bridges fell. The bridge is gone.");
        let marked: Vec<&str> = shown.marks.iter().map(|mark| &shown.text[mark.clone()]).collect();
        assert_eq!(marked, ["bridges", "bridge"]);
        let long = format!("{} the dam broke {}", "word ".repeat(200), "word ".repeat(200));
        let shown = snippet(&long, &["dam broke".to_owned()]);
        assert!(shown.text.contains("the dam broke") && shown.cut_before && shown.cut_behind);
    }

    proptest! {
        #[test]
        fn marks_stand_on_words(text in "\\PC{0,600}", word in "\\PC{1,6}") {
            let shown = snippet(&text, &[word]);
            for mark in shown.marks {
                prop_assert!(shown.text.get(mark).is_some());
            }
        }
    }
}
