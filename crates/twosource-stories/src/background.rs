//! How common words are at large, so that the first article of a stream is weighed like the millionth.

use std::sync::OnceLock;

/// Word probabilities: count, then for each term in rising order the step from the last one (LEB128) and its level.
/// Made by `twosource-train stories background` from the English list of wordfreq 3.1.1; NOTICE names its sources.
static TABLE: &[u8] = include_bytes!("../models/background.bin");

/// Levels to a halving of the probability.
const LEVELS_PER_HALVING: f32 = 8.0;

/// Words a report is taken to have where a share of reports is worked out from a share of words.
const WORDS_PER_REPORT: f32 = 250.0;

/// Share of reports with a word that the table does not know. The rarest words of the table lie just above it.
pub const UNKNOWN_SHARE: f32 = 2e-5;

/// Share of reports with a number of this many characters: digits, years and the rest, by order of magnitude.
const NUMBER_SHARE: [f32; 5] = [0.3, 0.2, 0.05, 0.01, 0.03];

/// Share of reports (0.0 to 1.0) that hold `term`; for a number (`number` = its length in bytes) by its length alone.
#[must_use]
pub fn share_of_reports(term: u32, number: Option<usize>) -> f32 {
    if let Some(length) = number {
        return NUMBER_SHARE.get(length).copied().unwrap_or(0.003);
    }
    let table = TERMS.get_or_init(|| read(TABLE));
    table
        .binary_search_by_key(&term, |entry| entry.0)
        .map_or(UNKNOWN_SHARE, |at| share(table[at].1))
}

/// The bytes of a table of `(term, probability of a word being it)`; terms in rising order, each once.
#[must_use]
pub fn encode(terms: &[(u32, f64)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(terms.len() * 4);
    put_varint(&mut bytes, terms.len() as u32);
    let mut last = 0;
    for (term, probability) in terms {
        put_varint(&mut bytes, term - last);
        last = *term;
        let level = (-probability.log2() * f64::from(LEVELS_PER_HALVING)).round();
        bytes.push(level.clamp(0.0, 255.0) as u8);
    }
    bytes
}

static TERMS: OnceLock<Vec<(u32, u8)>> = OnceLock::new();

fn share(level: u8) -> f32 {
    let probability = (-f32::from(level) / LEVELS_PER_HALVING).exp2();
    (1.0 - (-probability * WORDS_PER_REPORT).exp()).max(UNKNOWN_SHARE)
}

fn read(mut bytes: &[u8]) -> Vec<(u32, u8)> {
    let count = varint(&mut bytes).unwrap_or(0) as usize;
    let mut terms = Vec::with_capacity(count.min(bytes.len()));
    let mut last: u32 = 0;
    while let Some(step) = varint(&mut bytes)
        && let Some((level, rest)) = bytes.split_first()
    {
        last = last.wrapping_add(step);
        terms.push((last, *level));
        bytes = rest;
    }
    terms
}

fn put_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value: u32 = 0;
    for shift in (0..35).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(first & 0x7f).checked_shl(shift).unwrap_or(0);
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::term_of;

    #[test]
    fn a_table_comes_back_as_it_was_written() {
        let terms = [(3, 0.5), (300, 0.25), (u32::MAX, 1e-6)];
        let read = read(&encode(&terms));
        assert_eq!(read, [(3, 8), (300, 16), (u32::MAX, 159)]);
    }

    #[test]
    fn common_words_are_in_most_reports_and_rare_ones_in_few() {
        let share = |word| share_of_reports(term_of(word), None);
        assert!(share("the") > 0.9);
        assert!(share("president") > share("earthquake"));
        assert!(share("earthquake") > share("zeugma"));
        assert!(share("zeugma") >= UNKNOWN_SHARE);
    }
}
