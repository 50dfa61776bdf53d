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
    "this story corrects",
    "(corrects ",
    "(this story corrects",
];

/// The same, where it ends or goes on with one of [`SINCE`]: by what it was corrected is told of other things ("corrected
/// by history").
const CORRECTED: &[&str] = &[
    "this article was corrected",
    "this article has been corrected",
    "this story was corrected",
    "this story has been corrected",
    "(this story has been corrected",
    "this report was corrected",
    "this report has been corrected",
];

/// How the note that something was corrected goes on.
const SINCE: &[&str] = &["after", "and", "because", "for", "in", "on", "since", "to"];

/// What such a note speaks of, before a word for the report.
const EARLIER: &[&str] = &["earlier version of this ", "previous version of this "];

/// What reports are called in such notes.
const REPORTS: &[&str] = &[
    "article",
    "blog",
    "caption",
    "column",
    "explainer",
    "graphic",
    "headline",
    "interview",
    "newsletter",
    "obituary",
    "page",
    "photo caption",
    "piece",
    "post",
    "report",
    "story",
    "transcript",
];

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
    let opens = |opening: &&str| behind(words, opening).is_some();
    OPENINGS.iter().any(opens) || says_it_was_corrected(words) || speaks_of_an_earlier_state(words)
}

fn says_it_was_corrected(words: &str) -> bool {
    let rest = CORRECTED.iter().find_map(|opening| behind(words, opening));
    rest.is_some_and(|rest| match rest.strip_prefix(' ') {
        Some(rest) => SINCE.iter().any(|word| is_next(rest, word)),
        None => !rest.starts_with(char::is_alphanumeric),
    })
}

/// Whose lead has one of these lets somebody else speak.
const SAYS: &[&str] = &[" said", " says", " told", "according to"];

/// The note names an earlier state of the report at its head, or behind a few words that say what of it, or why it was wrong.
fn speaks_of_an_earlier_state(words: &str) -> bool {
    let mut end = words.len().min(SAID_WITHIN);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let folded = words[..end].to_ascii_lowercase();
    EARLIER.iter().any(|said| {
        memmem::find(folded.as_bytes(), said.as_bytes()).is_some_and(|at| {
            let (lead, behind) = (&folded[..at], &folded[at + said.len()..]);
            REPORTS.iter().any(|report| is_next(behind, report))
                && !SAYS.iter().any(|says| lead.contains(says))
        })
    })
}

/// What stands behind `opening`, in letters of any case.
fn behind<'w>(words: &'w str, opening: &str) -> Option<&'w str> {
    let head = words.get(..opening.len())?;
    head.eq_ignore_ascii_case(opening)
        .then(|| &words[opening.len()..])
}

/// Whether `word` stands next, as a word of its own.
fn is_next(words: &str, word: &str) -> bool {
    behind(words, word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
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
            (
                "An earlier version of this bill passed in March, the clerk said.",
                false,
            ),
            ("A previous version of this vaccine was given to children.", false),
            (
                "Council staff said that an earlier version of this report had named two members.",
                false,
            ),
            ("An earlier version of this list held forty houses.", false),
            ("An earlier version of this story named the wrong ship.", true),
            (
                "A caption with an earlier version of this story named the wrong ship.",
                true,
            ),
            ("A previous version of this photo caption misspelt a name.", true),
            ("This story has been corrected.", true),
            (
                "This story has been corrected to show that the ship sank in May.",
                true,
            ),
            (
                "This story has been corrected by history, the museum said.",
                false,
            ),
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
