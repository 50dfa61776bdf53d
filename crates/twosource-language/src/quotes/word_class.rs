//! What kind of thing a word names or does, from WordNet.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Classes of a lemma as bits; see `train/src/word_classes.rs` for the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct WordClasses(u16);

const LETTERS: &[u8; 14] = b"CcGgEePpFfHhOo";

impl WordClasses {
    fn read(letters: &str) -> Self {
        let mut bits = 0;
        for letter in letters.bytes() {
            if let Some(at) = LETTERS.iter().position(|l| *l == letter) {
                bits |= 1 << at;
            }
        }
        Self(bits)
    }

    /// Whether the class of this letter is on.
    pub fn has(self, letter: u8) -> bool {
        LETTERS
            .iter()
            .position(|l| *l == letter)
            .is_some_and(|at| self.0 & (1 << at) != 0)
    }
}

type Table = HashMap<&'static str, WordClasses>;

fn tables() -> &'static (Table, Table) {
    static TABLES: OnceLock<(Table, Table)> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut verbs = Table::new();
        let mut nouns = Table::new();
        for line in include_str!("../../data/en/word-classes.tsv").lines() {
            let mut columns = line.split('\t');
            if let (Some(lemma), Some(part), Some(letters)) = (columns.next(), columns.next(), columns.next())
            {
                let table = if part == "v" { &mut verbs } else { &mut nouns };
                table.insert(lemma, WordClasses::read(letters));
            }
        }
        (verbs, nouns)
    })
}

/// Classes of an English verb by its lemma.
pub(super) fn verb(lemma: &str) -> WordClasses {
    tables().0.get(lemma).copied().unwrap_or_default()
}

/// Classes of an English noun by its lemma.
pub(super) fn noun(lemma: &str) -> WordClasses {
    tables().1.get(lemma).copied().unwrap_or_default()
}
