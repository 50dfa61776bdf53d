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
/// Most words of a photographer's name behind the credit.
const MOST_NAME_WORDS: usize = 4;
/// Longest paragraph, in bytes, that is a caption.
const LONGEST: usize = 500;

/// Whether a paragraph ends with the credit of a photograph.
pub fn is_caption(paragraph: &str) -> bool {
    let tail = paragraph.trim_end();
    let tail = &tail[tail.floor_char_boundary(tail.len().saturating_sub(CREDIT))..];
    let folded = tail.to_ascii_lowercase();
    let ends = |credit: &str| {
        folded
            .match_indices(credit)
            .any(|(at, _)| stands_alone(credit, &tail[..at]) && is_last(credit, &tail[at + credit.len()..]))
    };
    paragraph.len() <= LONGEST && PHOTO_CREDITS.iter().any(|credit| ends(credit))
}

/// Whether what stands before a credit is no sentence that speaks of it ("ruled against Getty Images").
fn stands_alone(credit: &str, before: &str) -> bool {
    let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
    let goes_on = last.is_some_and(|word| word.starts_with(char::is_lowercase) && word != "by");
    credit.starts_with('/') || credit == "file photo" || !goes_on
}

/// Whether nothing but marks stands behind a credit, or the name of who took the picture ("/ap" of "/appeal" is none).
fn is_last(credit: &str, behind: &str) -> bool {
    let named = credit.ends_with('/') || behind.starts_with('/');
    let cut = !credit.ends_with('/') && behind.starts_with(char::is_alphanumeric);
    let mut words = behind
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let is_name = named
        && words.clone().count() <= MOST_NAME_WORDS
        && words.clone().all(|word| word.starts_with(char::is_uppercase));
    !cut && (is_name || words.next().is_none())
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
        check("The old mill burns. REUTERS/Ann Weir", true, false);
        check("The bridge in May. (AP Photo/Ann O'Weir)", true, false);
        check("Photo by Getty Images", true, false);
        check(
            "The court in Kalvik ruled on Tuesday against Getty Images.",
            false,
            false,
        );
        check("The court ruled against Getty Images in its case.", false, false);
        check("The statement was sent via Reuters on Monday.", false, false);
        check("The statement was sent via Reuters.", false, false);
        check("He said the AP photo shows the wrong man.", false, false);
        check("A Reuters/Kalvik poll found so on Monday.", false, false);
        check("He filed a motion and/appealed the next day.", false, false);
        check("This text may not be published or sold.", false, true);
        check("The mill burnt down on Monday.", false, false);
        check("", false, false);
    }
}
