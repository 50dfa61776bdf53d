//! The bare letters of quoted words, and how one rendering stands to another.
//!
//! Marks, case and spaces are typography and never make two renderings different: "under way" is "underway".

use twosource_model::RenderingClass;

use crate::diff::{changes, kept};
use crate::words::Word;

/// Letters and digits of a text in lower case, with the places where its words start and end.
#[derive(Debug, Clone, Default)]
pub struct Letters {
    text: String,
    /// Byte offsets in `text` at which a word starts or ends, ascending.
    edges: Vec<usize>,
}

impl PartialEq for Letters {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Letters {
    /// The letters of these pieces, one after the other.
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let mut letters = Self::default();
        for piece in pieces {
            let mut inside = false;
            for c in piece.chars() {
                // an apostrophe joins its word
                if c.is_alphanumeric() {
                    if !inside {
                        letters.edges.push(letters.text.len());
                    }
                    letters.text.extend(c.to_lowercase());
                    inside = true;
                } else if !matches!(c, '\'' | '’' | 'ʼ') {
                    inside = false;
                }
            }
        }
        letters.edges.push(letters.text.len());
        letters
    }

    /// The same letters, apart at the same places.
    pub fn same_words(&self, other: &Self) -> bool {
        self.text == other.text && self.edges == other.edges
    }

    /// Whether `short` stands in it from the start of a word to the end of one.
    pub fn holds(&self, short: &Self) -> bool {
        !short.text.is_empty()
            && self.text.match_indices(&short.text).any(|(at, found)| {
                self.edges.binary_search(&at).is_ok() && self.edges.binary_search(&(at + found.len())).is_ok()
            })
    }
}

/// How a rendering stands to the base text: each as its text, its words and its letters.
pub fn classify(
    (text, words, letters): (&str, &[Word], &Letters),
    (base_text, base, base_letters): (&str, &[Word], &Letters),
) -> RenderingClass {
    if text == base_text {
        return RenderingClass::Identical;
    }
    if letters == base_letters {
        return RenderingClass::Typographic;
    }
    if base_letters.holds(letters) {
        return RenderingClass::Cut;
    }
    // compared as they are written: "OK" for "Okay" and "can't" for "cannot" are other words
    let forms = |words: &[Word]| words.iter().map(|w| w.form).collect::<Vec<_>>();
    let (x, y) = (forms(words), forms(base));
    if x == y {
        return RenderingClass::Altered;
    }
    let found = changes(&y, &x);
    let adds = found.iter().any(|c| c.b.0 < c.b.1);
    if !adds && kept(y.len(), &found) == x.len() {
        RenderingClass::Cut
    } else {
        RenderingClass::Altered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Vocabulary;

    #[test]
    fn spaces_and_marks_are_typography_and_words_are_not() {
        let check = |text: &str, base: &str, expected: RenderingClass| {
            let mut vocabulary = Vocabulary::default();
            let (x, y) = (vocabulary.read(text, 0), vocabulary.read(base, 0));
            let (p, q) = (Letters::of([text]), Letters::of([base]));
            assert_eq!(
                classify((text, &x, &p), (base, &y, &q)),
                expected,
                "{text:?} {base:?}"
            );
        };
        check("The ferry sails", "The ferry sails", RenderingClass::Identical);
        check(
            "the work-shop is open",
            "The workshop is open",
            RenderingClass::Typographic,
        );
        check("is on board", "The crew is onboard", RenderingClass::Cut);
        check("OK, we sail", "Okay, we sail", RenderingClass::Altered);
        check("art is long", "The start is long", RenderingClass::Altered);
        check(
            "We sail at noon",
            "We sail, wind or no wind, at noon",
            RenderingClass::Cut,
        );
    }
}
