//! Which tags a word was seen with: its ambiguity class.

use super::reader::Reader;
use super::weights::write_number;

/// From the hash of a lower-cased word to the number of its ambiguity class; 0 for unknown words.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Sorted by hash.
    words: Vec<(u32, u32)>,
    /// Slot by the upper bits of the hash: where the words with these bits begin.
    starts: Vec<u32>,
    /// The upper bits of a hash begin behind so many others.
    shift: u32,
}

impl Lexicon {
    /// The lexicon of these words.
    #[must_use]
    pub fn new(mut words: Vec<(u32, u32)>) -> Self {
        words.sort_unstable();
        words.dedup_by_key(|(hash, _)| *hash);
        let bits = words.len().next_power_of_two().trailing_zeros().clamp(1, 20);
        let shift = 32 - bits;
        let mut starts = vec![0; (1 << bits) + 1];
        for (hash, _) in &words {
            starts[(hash >> shift) as usize + 1] += 1;
        }
        for bucket in 1..starts.len() {
            starts[bucket] += starts[bucket - 1];
        }
        Self { words, starts, shift }
    }

    /// The class of the word with this hash.
    #[inline]
    #[must_use]
    pub fn class(&self, hash: u32) -> u32 {
        if self.starts.is_empty() {
            return 0;
        }
        let bucket = (hash >> self.shift) as usize;
        let words = &self.words[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        words
            .iter()
            .find(|(h, _)| *h == hash)
            .map_or(0, |(_, class)| *class)
    }

    /// Number of words.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let count = from.number()?;
        let mut words = Vec::new();
        let mut hash = 0u32;
        for _ in 0..count {
            hash = hash.wrapping_add(from.number()?);
            words.push((hash, from.number()?));
        }
        Some(Self::new(words))
    }

    /// The bytes of the lexicon.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_number(self.words.len() as u32, out);
        let mut before = 0;
        for (hash, class) in &self.words {
            write_number(hash - before, out);
            write_number(*class, out);
            before = *hash;
        }
    }
}
