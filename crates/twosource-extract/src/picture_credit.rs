//! Credits of pictures in the text: a caption that ends with one is none of the report's words.

use std::ops::Range;

use crate::agencies::agency_of;
use crate::names::is_name;
use crate::plain::{ends_sentence, is_running};

/// Longest caption with its credit, in bytes.
pub(crate) const LONGEST_CAPTION: usize = 320;

/// Most words of a credit without a label.
const CREDIT_WORDS: usize = 9;

/// Houses that sell pictures, as they sign themselves (public facts, written by hand, 2026); agencies stand in their own
/// table.
const PICTURE_HOUSES: &[&str] = &[
    "Alamy",
    "Alamy Stock Photo",
    "AP Photo",
    "AFP Photo",
    "EPA-EFE",
    "EPA",
    "Getty",
    "Getty Images",
    "IMAGO",
    "Imago",
    "iStock",
    "NurPhoto",
    "picture alliance",
    "Picture Alliance",
    "Reuters Photo",
    "Rex",
    "Shutterstock",
    "ullstein bild",
    "Zuma Press",
];

/// Words that introduce who took a picture.
const INTRODUCTIONS: &[&str] = &[
    "photo by ",
    "photos by ",
    "photograph by ",
    "picture by ",
    "image by ",
    "photo courtesy of ",
    "image courtesy of ",
    "courtesy of ",
    "foto von ",
    "foto di ",
    "foto de ",
    "photo de ",
];

/// Whether a block is a caption that ends with the credit of its picture: "The harbour at dawn. Photo: Ann Lee".
pub(crate) fn is_credited_caption(words: &str) -> bool {
    let words = words.trim_end();
    words.len() <= LONGEST_CAPTION && credit_in(words).is_some_and(|credit| credit.end == words.len())
}

/// The credit inside a line that is a caption with its credit, or a credit alone.
pub(crate) fn credit_in(line: &str) -> Option<Range<usize>> {
    labelled_credit(line).or_else(|| closing_credit(line))
}

/// A credit behind a label: "Photo: Ann Lee/AFP".
fn labelled_credit(line: &str) -> Option<Range<usize>> {
    const LABELS: &[&str] = &[
        "photo credit",
        "image credit",
        "picture credit",
        "credit",
        "credits",
        "photo",
        "photograph",
        "picture",
        "image",
        "foto",
        "bild",
        "crédit photo",
        "photo by",
        "picture by",
        "file photo",
    ];
    let mut best: Option<Range<usize>> = None;
    for (colon, _) in line.match_indices(':').take(8) {
        let before = line[..colon].trim_end();
        let Some(label) = LABELS
            .iter()
            .filter(|label| {
                before.len() >= label.len()
                    && before.is_char_boundary(before.len() - label.len())
                    && before[before.len() - label.len()..].eq_ignore_ascii_case(label)
            })
            .max_by_key(|label| label.len())
        else {
            continue;
        };
        let start = before.len() - label.len();
        let capital = before[start..].starts_with(|c: char| c.is_uppercase()) || start == 0;
        let apart = start == 0 || before[..start].ends_with(|c: char| !c.is_alphanumeric());
        if !capital || !apart || start > LONGEST_CAPTION {
            continue;
        }
        let end = credit_end(line, colon + 1);
        let name = line[colon + 1..end].trim();
        if name.is_empty() || name.len() > 90 || name.contains(". ") {
            continue;
        }
        let start = start - usize::from(before[..start].ends_with(['(', '[']));
        if ends_sentence(line[..start].trim_end()) && line[..start].split_whitespace().count() > 60 {
            continue;
        }
        best = Some(start..end);
        break;
    }
    best
}

/// Where a credit ends: at the end of its line, or behind an agency to which the next line was glued.
fn credit_end(line: &str, from: usize) -> usize {
    const LAST: &[&str] = &[
        "Getty Images",
        "Getty",
        "Reuters",
        "REUTERS",
        "AFP",
        "EPA",
        "EPA-EFE",
        "AP",
        "PA",
        "Shutterstock",
        "Alamy",
        "dpa",
        "Bloomberg",
    ];
    let rest = &line[from..];
    let mut end = line.len();
    for agency in LAST {
        for (at, _) in rest.match_indices(agency).take(4) {
            let after = at + agency.len();
            let opens = rest[..at].ends_with(['/', ' ', ':', '(']);
            let mut next = rest[after..].chars();
            let glued = matches!((next.next(), next.next()), (Some(a), Some(b)) if a.is_uppercase() && b.is_lowercase());
            let parted = rest[after..].starts_with(' ') && is_running(&rest[after..]);
            if opens && (glued || parted) {
                end = end.min(from + after);
            }
        }
    }
    end
}

/// A credit without a label at the end of a line: in brackets, or with a stroke as a sentence of its own.
fn closing_credit(line: &str) -> Option<Range<usize>> {
    if line.len() > LONGEST_CAPTION {
        return None;
    }
    if let Some(inside) = line.strip_suffix([')', ']']) {
        let open = inside.rfind(['(', '['])?;
        return is_picture_credit(&inside[open + 1..]).then_some(open..line.len());
    }
    // nearly all lines are done with here
    memchr::memchr(b'/', line.as_bytes())?;
    let behind = [". ", "! ", "? ", " | ", "\u{2014} "]
        .iter()
        .filter_map(|stop| line.rfind(stop).map(|at| at + stop.len()))
        .max()
        .unwrap_or(0);
    is_picture_credit(line[behind..].trim_end_matches('.')).then_some(behind..line.len())
}

/// "Ann Lee/AFP via Getty Images", "REUTERS/Ann Lee", "Photo by Ann Lee": who took a picture, and for whom. An agency alone
/// stands behind reports as well, and is none.
fn is_picture_credit(credit: &str) -> bool {
    let credit = credit.trim();
    if credit.is_empty() || credit.split_whitespace().count() > CREDIT_WORDS || credit.contains(". ") {
        return false;
    }
    let is_person = |part: &str| is_name(part) && part.contains(' ');
    let lower = credit.to_lowercase();
    let introduced = INTRODUCTIONS.iter().find(|words| lower.starts_with(**words));
    if let Some(words) = introduced {
        return credit
            .get(words.len()..)
            .is_some_and(|who| who.split(['/', ',']).all(|part| is_name(part.trim())));
    }
    let parts: Vec<&str> = credit
        .split(['/', ','])
        .flat_map(|part| part.split(" via "))
        .map(str::trim)
        .collect();
    let is_house = |part: &str| PICTURE_HOUSES.contains(&part) || agency_of(part).is_some();
    let houses = parts.iter().filter(|part| is_house(part)).count();
    let sells_pictures = parts.iter().any(|part| PICTURE_HOUSES.contains(part));
    let people = parts
        .iter()
        .filter(|part| is_person(part) && !is_house(part))
        .count();
    houses + people == parts.len() && houses > 0 && (people > 0 || sells_pictures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_known_by_their_credits() {
        for (line, credit) in [
            (
                "The ferry at dawn. (Ann Lee/AFP via Getty Images)",
                Some("(Ann Lee/AFP via Getty Images)"),
            ),
            (
                "The ferry at dawn on Monday. REUTERS/Ann Lee",
                Some("REUTERS/Ann Lee"),
            ),
            (
                "The ferry at dawn on Monday [Ann Lee/AP Photo]",
                Some("[Ann Lee/AP Photo]"),
            ),
            ("The ferry at dawn (Photo by Ann Lee)", Some("(Photo by Ann Lee)")),
            (
                "The ferry at dawn. Ann Lee / Shutterstock.",
                Some("Ann Lee / Shutterstock."),
            ),
            ("The ferry at dawn Photo: Ann Lee/AFP", Some("Photo: Ann Lee/AFP")),
            ("Ann Lee/Getty Images", Some("Ann Lee/Getty Images")),
            // how reports end
            ("The ferry stops in June, the office said. (Reuters)", None),
            ("The ferry stops in June, the office said. (Reuters/AFP)", None),
            (
                "The ferry stops in June, said Ann Lee, who runs it (since 1990).",
                None,
            ),
            ("The photo was taken by Ann Lee for Reuters", None),
            ("The office told Reuters", None),
        ] {
            let found = credit_in(line).map(|span| &line[span]);
            assert_eq!(found, credit, "{line}");
        }
    }
}
