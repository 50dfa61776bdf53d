//! Countries by their names, peoples and seats of government, over languages, so that "Ukrainian" meets "Украина" and "Kyiv".

use std::sync::OnceLock;

/// Terms and the term of the country each leads to: count, then for each term in rising order both as four bytes, lowest
/// first. Made by `twosource-train stories places`; NOTICE names its sources.
static TABLE: &[u8] = include_bytes!("../models/places.bin");

/// The country that a word (by its term) leads to, as the term of the country's name or people.
#[must_use]
pub fn place_of(term: u32) -> Option<u32> {
    static PLACES: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    let places = PLACES.get_or_init(|| read(TABLE));
    let at = places.binary_search_by_key(&term, |place| place.0).ok()?;
    Some(places[at].1)
}

/// The bytes of a table; terms in rising order, each once.
#[must_use]
pub fn encode(places: &[(u32, u32)]) -> Vec<u8> {
    let numbers = places.iter().flat_map(|(term, place)| [*term, *place]);
    numbers.flat_map(u32::to_le_bytes).collect()
}

fn read(bytes: &[u8]) -> Vec<(u32, u32)> {
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .rev()
            .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte))
    };
    let rows = bytes.chunks_exact(8);
    rows.map(|row| (number(&row[..4]), number(&row[4..]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::term_of;

    #[test]
    fn a_people_and_its_country_meet() {
        let place = |word| place_of(term_of(word));
        assert!(place("Ukrainian").is_some());
        assert_eq!(place("Ukrainian"), place("Ukraine"));
        assert_eq!(place("Russians"), place("Россия"));
        assert_eq!(place("table"), None);
    }

    #[test]
    fn a_table_comes_back_as_it_was_written() {
        let places = [(3, 9), (70_000, u32::MAX)];
        assert_eq!(read(&encode(&places)), places);
    }
}
