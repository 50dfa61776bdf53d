//! What a dictionary and lists of names know of a word, seen in the treebanks or not.
//!
//! One number a word form: what it may be (bits), what it mostly is, what its first noun and verb senses are about.
//! Made by `twosource-train syntax` from WordNet and the lists of names in `data/`.

use super::lexicon::Lexicon;
use super::reader::Reader;

/// What is known of one word form; zero for unknown words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Entry(pub u32);

impl Entry {
    /// Singular noun.
    pub const NOUN: u32 = 1;
    /// Plural noun.
    pub const PLURAL: u32 = 1 << 1;
    /// Base form of a verb.
    pub const VERB: u32 = 1 << 2;
    /// Third person singular of a verb.
    pub const THIRD: u32 = 1 << 3;
    /// Past tense or past participle.
    pub const PAST: u32 = 1 << 4;
    /// Present participle.
    pub const ING: u32 = 1 << 5;
    /// Adjective.
    pub const ADJECTIVE: u32 = 1 << 6;
    /// Adverb.
    pub const ADVERB: u32 = 1 << 7;
    /// Comparative or superlative.
    pub const GRADED: u32 = 1 << 8;
    /// Given name.
    pub const GIVEN: u32 = 1 << 9;
    /// Family name.
    pub const SURNAME: u32 = 1 << 10;
    /// Name of a place, or a word of one.
    pub const PLACE: u32 = 1 << 11;
    /// Another word that is written with a capital, or a part of such a name.
    pub const PROPER: u32 = 1 << 12;
    /// Where the part of speech that a word has most often begins: 1 noun, 2 verb, 3 adjective, 4 adverb, 0 not known.
    pub const MOSTLY_AT: u32 = 13;
    /// Where the topic of the first noun sense begins: WordNet's file number less 2, 5 bits.
    pub const NOUN_SENSE_AT: u32 = 16;
    /// Where the topic of the first verb sense begins: WordNet's file number less 28, 5 bits.
    pub const VERB_SENSE_AT: u32 = 21;

    /// Any form that is not the one in a dictionary.
    pub const INFLECTED: u32 = Self::PLURAL | Self::THIRD | Self::PAST | Self::ING | Self::GRADED;

    const WORD: u32 = (1 << 9) - 1;
    const NAME: u32 = Self::GIVEN | Self::SURNAME | Self::PLACE | Self::PROPER;

    /// All that bears on the part of speech.
    #[must_use]
    pub const fn grammar(self) -> u32 {
        self.0 & 0xffff
    }

    /// The parts of speech it may have, and whether it may be a name.
    #[must_use]
    pub const fn coarse(self) -> u32 {
        (self.0 & Self::WORD) | ((self.0 & Self::NAME != 0) as u32) << 9
    }

    /// The topics of its first senses.
    #[must_use]
    pub const fn senses(self) -> u32 {
        self.0 >> Self::NOUN_SENSE_AT
    }

    /// The topic of its first noun sense.
    #[must_use]
    pub const fn noun_sense(self) -> u32 {
        self.0 >> Self::NOUN_SENSE_AT & 31
    }

    /// The topic of its first verb sense.
    #[must_use]
    pub const fn verb_sense(self) -> u32 {
        self.0 >> Self::VERB_SENSE_AT & 31
    }

    /// Whether any of these bits is set.
    #[must_use]
    pub const fn is_any(self, bits: u32) -> bool {
        self.0 & bits != 0
    }
}

/// Entries by the hash of the lower-cased word.
#[derive(Debug, Clone, Default)]
pub struct Dictionary(Lexicon);

impl Dictionary {
    /// The dictionary of these entries.
    #[must_use]
    pub fn new(entries: Vec<(u32, u32)>) -> Self {
        Self(Lexicon::new(entries))
    }

    /// What is known of the word with this hash.
    #[inline]
    #[must_use]
    pub fn entry(&self, hash: u32) -> Entry {
        Entry(self.0.class(hash))
    }

    /// Number of word forms.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no word is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        Lexicon::read(from).map(Self)
    }

    /// The bytes of the dictionary.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
}
