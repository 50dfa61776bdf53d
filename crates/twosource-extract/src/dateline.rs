//! The head of the text: "HELSINKI (Reuters) -", and the agencies that a report credits.

use twosource_model::Span;

use crate::agencies::agencies_of;

/// Longest dateline, in bytes.
const LONGEST: usize = 80;

/// What stands at the head of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// the place, if one is named
    pub(crate) place: Option<Span>,
    /// agencies credited there
    pub(crate) agencies: Vec<&'static str>,
}

/// The dateline of a text, if its first line has one.
pub(crate) fn dateline_of(text: &str) -> Dateline {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].split('\n').next().unwrap_or("");
    let Some(stop) = separator(head) else {
        return Dateline::default();
    };
    let before = head[..stop].trim_end();
    let (place, agencies) = match before.split_once('(') {
        Some((place, credit)) => {
            let Some(credit) = credit.strip_suffix(')') else {
                return Dateline::default();
            };
            let agencies = agencies_of(credit);
            let known = !agencies.is_empty() || is_initials(credit);
            if !(known || is_shouted(place) && is_wire(credit)) {
                return Dateline::default();
            }
            (place.trim_end(), agencies)
        }
        None => (before, Vec::new()),
    };
    let place_is_given = is_place(place, !agencies.is_empty());
    if !place_is_given && (agencies.is_empty() || !place.is_empty()) {
        return Dateline::default();
    }
    Dateline {
        place: place_is_given.then(|| Span::at(0, place.len())),
        agencies,
    }
}

/// Agencies credited in the first or last lines: "(Reuters)" alone, or "Reporting by … for …".
pub(crate) fn closing_credit(paragraph: &str) -> Vec<&'static str> {
    let line = paragraph.trim();
    let inner = line
        .strip_prefix('(')
        .and_then(|l| l.strip_suffix(')'))
        .or_else(|| {
            let open = line.rfind('(')?;
            line[open + 1..].strip_suffix(')')
        });
    match inner {
        Some(inner) if inner.len() <= LONGEST => agencies_of(inner),
        _ if line.len() <= LONGEST => agencies_of(line),
        _ => Vec::new(),
    }
}

/// Where the dash or colon that ends a dateline stands.
fn separator(head: &str) -> Option<usize> {
    let dashes = head.char_indices().find_map(|(at, c)| {
        let spaced = || head[..at].ends_with([' ', ')', '\u{a0}']);
        match c {
            '—' | '–' => Some(at),
            '-' if spaced() => Some(at),
            _ => None,
        }
    });
    // "Berlin (dpa) Die …": the bracket ends it
    dashes.or_else(|| {
        let close = head.find(") ")?;
        head[..close].contains('(').then_some(close + 1)
    })
}

/// The name of a wire that the table does not have, as it stands behind a place in capitals: "TORVIK (Norra Wire) -".
fn is_wire(words: &str) -> bool {
    (1..=3).contains(&words.split_whitespace().count())
        && words
            .split_whitespace()
            .all(|w| w.starts_with(char::is_uppercase) && w.chars().all(char::is_alphabetic))
}

/// Two to six capitals: an agency that the table does not have.
fn is_initials(words: &str) -> bool {
    (2..=6).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether the first part of a place is in capitals.
fn is_shouted(words: &str) -> bool {
    let first = words.split([',', '/']).next().unwrap_or("");
    first
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase)
}

/// Whether words can be the place of a dateline: capitals, or a few capitalised words before an agency.
fn is_place(words: &str, credited: bool) -> bool {
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    if letters().count() < 3 || words.len() > 50 {
        return false;
    }
    let shouted = is_shouted(words);
    let count = words.split_whitespace().count();
    let capitalised = words.split_whitespace().all(|w| {
        w.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || !c.is_alphabetic())
    });
    (shouted && count <= 6) || (credited && capitalised && count <= 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_read() {
        for (text, place, agencies) in [
            (
                "HELSINKI (Reuters) - The talks",
                Some("HELSINKI"),
                &["Reuters"][..],
            ),
            ("NEW YORK, July 20 — The talks", Some("NEW YORK, July 20"), &[]),
            (
                "Berlin (dpa/AFP) - Die Gespräche",
                Some("Berlin"),
                &["dpa", "AFP"],
            ),
            ("Berlin (dpa) Die Gespräche", Some("Berlin"), &["dpa"]),
            ("(AP) — The talks", None, &["AP"]),
            ("VARNHOLM, May 6 (NNA) - The talks", Some("VARNHOLM, May 6"), &[]),
            ("VARNHOLM (Ost Wire) - The talks", Some("VARNHOLM"), &[]),
            ("VARNHOLM (at last) - The talks", None, &[]),
            ("The union (NNA) - the talks", None, &[]),
            ("The union (Ost Wire) - the talks", None, &[]),
            ("The talks — long ones — ended", None, &[]),
            ("Helsinki – a city by the sea", None, &[]),
            ("It ended (at last) - well", None, &[]),
        ] {
            let found = dateline_of(text);
            assert_eq!(found.place.map(|s| &text[s.start()..s.end()]), place, "{text}");
            assert_eq!(found.agencies, agencies, "{text}");
        }
    }
}
