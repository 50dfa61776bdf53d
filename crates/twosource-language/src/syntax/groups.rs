//! Groups of words that are used alike: what a model knows of a word that its training text does not hold.
//!
//! Made by `twosource-train word-groups` from word vectors (see `train/README.md`): every word of the table is in one of
//! a thousand fine groups, each fine group in one middle group, each middle group in one coarse group.

use std::sync::OnceLock;

use super::lexicon::Lexicon;
use super::reader::Reader;
use super::weights::write_number;

/// First bytes of the table.
const MAGIC: &[u8] = b"twosource word groups 1\n";

/// The groups of one word by their numbers; all 0 for a word that the table does not hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Group {
    /// Its fine group, from 1.
    pub fine: u32,
    /// The middle group that holds the fine one, from 1.
    pub middle: u32,
    /// The coarse group that holds the middle one, from 1.
    pub coarse: u32,
}

/// The groups of many words.
#[derive(Debug, Clone, Default)]
pub struct WordGroups {
    /// Fine group by the hash of the lower-cased word ([`super::word::Word::lower`]).
    words: Lexicon,
    /// Every fine group by its number, the group of unknown words first.
    groups: Vec<Group>,
}

impl WordGroups {
    /// The table of these words, given as hash and fine group from 1; `wider` holds the middle and the coarse group of each
    /// fine one.
    #[must_use]
    pub fn new(words: Vec<(u32, u32)>, wider: &[(u32, u32)]) -> Self {
        let groups = wider
            .iter()
            .zip(1..)
            .map(|(&(middle, coarse), fine)| Group { fine, middle, coarse });
        Self {
            words: Lexicon::new(words),
            groups: std::iter::once(Group::default()).chain(groups).collect(),
        }
    }

    /// The groups of the word with this hash.
    #[inline]
    #[must_use]
    pub fn of(&self, hash: u32) -> Group {
        self.groups
            .get(self.words.class(hash) as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The bytes of the table.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let known = self.groups.get(1..).unwrap_or(&[]);
        write_number(known.len() as u32, &mut out);
        for group in known {
            write_number(group.middle, &mut out);
            write_number(group.coarse, &mut out);
        }
        self.words.write(&mut out);
        out
    }

    /// Reads what [`Self::write`] wrote; `None` when the bytes are not that.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes.strip_prefix(MAGIC)?);
        let count = from.number()?;
        let mut wider = Vec::new();
        for _ in 0..count {
            wider.push((from.number()?, from.number()?));
        }
        let mut table = Self::new(Vec::new(), &wider);
        table.words = Lexicon::read(&mut from)?;
        Some(table)
    }
}

/// The table that ships; empty while there is none.
#[must_use]
pub fn english() -> &'static WordGroups {
    static GROUPS: OnceLock<WordGroups> = OnceLock::new();
    GROUPS
        .get_or_init(|| WordGroups::read(include_bytes!("../../models/word-groups.bin")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::word::Word;

    #[test]
    fn the_shipped_table_is_read_and_written_the_same() {
        let bytes = include_bytes!("../../models/word-groups.bin");
        let table = WordGroups::read(bytes).expect("a readable table");
        assert_eq!(table.write(), bytes);
        assert!(WordGroups::read(&bytes[..bytes.len() / 2]).is_none());
        assert!(WordGroups::read(b"something else").is_none());
    }

    #[test]
    fn words_used_alike_share_a_coarse_group() {
        let coarse = |word: &str| english().of(Word::of(word).lower).coarse;
        for (one, other) in [("Tuesday", "friday"), ("Sweden", "Norway"), ("bread", "butter")] {
            assert_eq!(coarse(one), coarse(other), "{one}, {other}");
            assert_ne!(coarse(one), 0, "{one}");
        }
        assert_ne!(coarse("Tuesday"), coarse("bread"));
        assert_eq!(coarse("qqxzzv"), 0);
    }
}
