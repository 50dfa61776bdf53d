//! Paragraphs in which an outlet says that it corrected its report, told by their words.

use memchr::memmem;

/// Longest note in bytes: a longer paragraph holds a part of the report as well.
const LONGEST_NOTE: usize = 600;
/// An earlier state is spoken of so far into a note at most, in bytes.
const SAID_WITHIN: usize = 200;

/// How such a note begins, in small letters.
const OPENINGS: &[&str] = &[
    "correction:",
    "correction -",
    "correction –",
    "correction —",
    "corrections:",
    "corrected:",
    "clarification:",
    "clarification -",
    "clarification –",
    "clarification —",
    "this article was amended",
    "this article has been amended",
    "this article was corrected",
    "this article has been corrected",
    "this story was corrected",
    "this story has been corrected",
    "this story corrects",
    "this report was corrected",
    "this report has been corrected",
    "(corrects ",
    "(this story corrects",
    "(this story has been corrected",
];

/// What such a note speaks of.
const EARLIER: &[&str] = &["earlier version of this", "previous version of this"];

/// Whether a paragraph is a note on a correction.
///
/// ```text
/// Correction: The bridge was closed on Monday, not on Tuesday.
/// Owing to an editing error, an earlier version of this article misnamed the river.
/// ```
pub(crate) fn is_correction_note(words: &str) -> bool {
    if words.len() > LONGEST_NOTE {
        return false;
    }
    let bytes = words.as_bytes();
    let opens = |opening: &&str| {
        bytes
            .get(..opening.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(opening.as_bytes()))
    };
    let head = &bytes[..bytes.len().min(SAID_WITHIN)];
    OPENINGS.iter().any(opens)
        || EARLIER
            .iter()
            .any(|said| memmem::find(head, said.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::is_correction_note;

    #[test]
    fn notes_on_corrections() {
        for (words, note) in [
            ("Correction: The fair opens on Monday, not on Sunday.", true),
            ("CORRECTION — The fair opens on Monday.", true),
            ("(Corrects the name of the mayor in the third paragraph)", true),
            ("This article was amended on 3 May to take out a name.", true),
            (
                "Owing to a slip, an earlier version of this article misnamed the river.",
                true,
            ),
            ("Correction officers went on strike on Monday.", false),
            ("The clarification came too late, the mayor said.", false),
            ("An earlier version of the bridge fell in 1902.", false),
            ("Corr", false),
            ("", false),
        ] {
            assert_eq!(is_correction_note(words), note, "{words}");
        }
        let report = format!(
            "{} An earlier version of this report said so.",
            "The fair opens on Monday. ".repeat(40)
        );
        assert!(!is_correction_note(&report));
    }
}
