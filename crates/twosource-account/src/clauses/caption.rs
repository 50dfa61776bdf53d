//! Lines of a page that tell nothing of the event: captions with the photographer's credit, and notes on rights.

/// How the credit of a photograph reads.
const PHOTO_CREDITS: &[&str] = &[
    "file photo",
    "ap photo",
    "getty images",
    "/getty",
    "/ap",
    "/afp",
    "/reuters",
    "reuters/",
    "via ap",
    "via reuters",
    "/pool",
    "/epa",
    "/shutterstock",
];
/// What only a note on rights says.
const RIGHTS: &[&str] = &[
    "may not be published",
    "all rights reserved",
    "may not be reproduced",
    "may not be redistributed",
];
/// Bytes at the end of a paragraph in which its credit stands.
const CREDIT: usize = 60;
/// Longest paragraph, in bytes, that is a caption.
const LONGEST: usize = 500;

/// Whether a paragraph ends with the credit of a photograph.
pub fn is_caption(paragraph: &str) -> bool {
    let tail = paragraph.trim_end();
    let tail = &tail[tail.floor_char_boundary(tail.len().saturating_sub(CREDIT))..];
    let folded = tail.to_lowercase();
    let ends = |credit: &str| {
        let at = folded.rfind(credit);
        // "/ap" of "/appeal" is none
        at.is_some_and(|at| {
            let behind = &folded[at + credit.len()..];
            !behind.starts_with(char::is_alphanumeric) || credit.ends_with('/')
        })
    };
    paragraph.len() <= LONGEST && PHOTO_CREDITS.iter().any(|c| ends(c))
}

/// Whether a sentence says who may use the text.
pub fn is_rights_note(sentence: &str) -> bool {
    let folded = sentence.to_lowercase();
    RIGHTS.iter().any(|r| folded.contains(r))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_notes_on_rights_are_known() {
        let check = |text: &str, caption: bool, note: bool| {
            assert_eq!(
                (is_caption(text), is_rights_note(text)),
                (caption, note),
                "{text:?}"
            );
        };
        check(
            "The mayor waves at the quay in May. Ann Weir/Pool via REUTERS/File Photo",
            true,
            false,
        );
        check("The old mill burns. (Ann Weir/AP)", true, false);
        check("He filed a motion and/appealed the next day.", false, false);
        check("This text may not be published or sold.", false, true);
        check("The mill burnt down on Monday.", false, false);
        check("", false, false);
    }
}
