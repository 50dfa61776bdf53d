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
/// What is by whom its credit names.
const PICTURES: &[&str] = &[
    "photo",
    "photograph",
    "picture",
    "image",
    "photos",
    "images",
    "pictures",
];
/// Words that tie a name to the sentence before it: a caption without a full stop ends with another word.
const LINKS: &[&str] = &[
    "a", "about", "against", "an", "and", "at", "between", "for", "from", "in", "into", "of", "on", "or",
    "than", "the", "to", "with",
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

/// Whether a paragraph ends with the credit of a photograph, or tells what one shows.
pub fn is_caption(paragraph: &str) -> bool {
    let tail = paragraph.trim_end();
    let tail = &tail[tail.floor_char_boundary(tail.len().saturating_sub(CREDIT))..];
    let folded = tail.to_ascii_lowercase();
    let ends = |credit: &str| {
        folded
            .match_indices(credit)
            .any(|(at, _)| stands_alone(credit, &tail[..at]) && is_last(credit, &tail[at + credit.len()..]))
    };
    paragraph.len() <= LONGEST
        && (PHOTO_CREDITS.iter().any(|credit| ends(credit)) || describes_picture(paragraph))
}

/// Whether a text tells what a picture shows: "FILE - In this May 4 file photo, the mayor waves", "The mayor waves in this undated
/// photo", "Supplied The mayor waves".
pub fn describes_picture(text: &str) -> bool {
    const SHOWN: &[&str] = &[
        " in this undated ",
        " in this file ",
        " in this handout ",
        " in this photo",
        " in this picture",
        "undated photo released",
    ];
    if SHOWN.iter().any(|words| text.contains(words)) {
        return true;
    }
    let text = text.trim_start();
    let supplied = text
        .strip_prefix("Supplied ")
        .or_else(|| text.strip_prefix("Handout "));
    if supplied.is_some_and(|rest| rest.starts_with(char::is_uppercase)) {
        return true;
    }
    let behind = text.get(..4).filter(|head| head.eq_ignore_ascii_case("file"));
    let behind = behind.map_or("", |_| text[4..].trim_start());
    let marked = behind.starts_with(['-', '–', '—']);
    marked && behind.to_lowercase().contains("photo") || text.starts_with("FILE PHOTO")
}

/// Whether what stands before a credit is no sentence that speaks of it ("ruled against Getty Images", "sold to AFP/AP").
fn stands_alone(credit: &str, before: &str) -> bool {
    let mut words = before.trim_end().rsplit(|c: char| !c.is_alphanumeric());
    let last = if credit.starts_with('/') {
        // the name before the mark: of a person, or of another agency
        words
            .by_ref()
            .take(MOST_NAME_WORDS + 1)
            .find(|word| !is_capital(word))
    } else {
        words.next()
    };
    let Some(last) = last.filter(|word| word.starts_with(char::is_lowercase)) else {
        return true;
    };
    match credit {
        _ if last == "by" => words
            .take(MOST_NAME_WORDS)
            .any(|word| PICTURES.contains(&word.to_ascii_lowercase().as_str())),
        "file photo" => words.take(2).any(|word| word == "in"),
        _ => credit.starts_with('/') && !LINKS.contains(&last),
    }
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
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

/// Whether a sentence is of one of many pictures: "Hide Caption 3 of 20", "1 of 13 View slideshow".
pub fn is_of_gallery(sentence: &str) -> bool {
    let sentence = sentence.trim_start();
    let counted = |words: &str| words.starts_with(|c: char| c.is_ascii_digit());
    sentence.starts_with("Hide Caption")
        || sentence.strip_prefix("Caption ").is_some_and(counted)
        || sentence.contains("View slideshow")
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
    fn pictures_of_a_row_are_known() {
        for (sentence, of_row) in [
            ("Hide Caption 3 of 20 Photos: Ferries at Holm", true),
            ("Caption 3 of 20 Photos: Ferries at Holm", true),
            ("Rope and Oar 1 of 13 View slideshow", true),
            ("Captions were read aloud to 20 children", false),
        ] {
            assert_eq!(is_of_gallery(sentence), of_row, "{sentence}");
        }
    }

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
        check("The report was first published by Reuters/Ipsos.", false, false);
        check("The suit was filed in London by Getty Images.", false, false);
        check(
            "The pictures were sold to AFP and then used by AP/Reuters.",
            false,
            false,
        );
        check("Police released a file photo.", false, false);
        check("FILE - In this May 4 file photo, the mayor waves.", true, false);
        check("File – The mill, in a photo of May, burns.", true, false);
        check("FILE PHOTO: The mayor waves.", true, false);
        check("Supplied The mayor waves to a crowd.", true, false);
        check("Supplied with rope, the mayor climbs.", false, false);
        check("The mayor waves in this undated photo of the mill.", true, false);
        check("In this mill, the photo hangs.", false, false);
        check("File the photo, the mayor said.", false, false);
        check("Filé - a spice, as on the photo.", false, false);
        check("The mayor at the quay in a file photo.", true, false);
        check("Smoke over the harbour Ann Weir/AP", true, false);
        check("The mill burns. (Photo by Ann Weir/Getty Images)", true, false);
        check("He said the AP photo shows the wrong man.", false, false);
        check("A Reuters/Kalvik poll found so on Monday.", false, false);
        check("He filed a motion and/appealed the next day.", false, false);
        check("This text may not be published or sold.", false, true);
        check("The mill burnt down on Monday.", false, false);
        check("", false, false);
    }
}
