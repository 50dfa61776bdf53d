//! A finished tree, laid out for looking at it from every word.

use twosource_model::{Relation, Upos};

use super::super::transition::{NONE, ParseView};

/// The tree of one sentence of words `0..length`; the root is `length`.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    length: u32,
    /// Head of each word, then that of the root, which is none.
    heads: Vec<u32>,
    /// Relation of each word, then what stands for that of the root and of no word.
    labels: Vec<u32>,
    /// Where the dependents of each word begin in `dependents`, which holds them word by word in order.
    starts: Vec<u32>,
    dependents: Vec<u32>,
    /// First and last word of the subtree of each word.
    first: Vec<u32>,
    last: Vec<u32>,
    /// The word that marks the case of each word, or what it is for: hash of "of", "that"; 2 for none.
    marks: Vec<u32>,
    /// One bit for each relation (number modulo 64) that a word governs.
    governed: Vec<u64>,
    /// How many marks of punctuation, verbs and conjunctions stand before each word.
    before: Vec<[u16; 3]>,
    /// Words from the root downwards.
    order: Vec<u32>,
}

/// What stands for the relation of the root, and of no word.
const NO_RELATION: [u32; 2] = [100, 101];
/// What stands for the mark of a word without one.
const NO_MARK: u32 = 2;

impl Tree {
    /// Takes the tree of a sentence: heads (the root is the number of words) and relations of a tree without circles.
    pub fn fill(&mut self, view: &ParseView, heads: &[u32], labels: &[u8]) {
        let length = heads.len();
        self.length = length as u32;
        self.heads.clear();
        self.heads.extend_from_slice(heads);
        self.heads.push(NONE);
        self.labels.clear();
        self.labels.extend(labels.iter().map(|label| u32::from(*label)));
        self.labels.extend(NO_RELATION);
        self.fill_dependents();
        self.fill_spans();
        self.marks.clear();
        self.marks.resize(length + 2, NO_MARK);
        self.governed.clear();
        self.governed.resize(length + 2, 0);
        for (word, (head, label)) in heads.iter().zip(labels).enumerate().rev() {
            let at = *head as usize;
            self.governed[at] |= 1 << (label % 64);
            if word < at && [Relation::Case as u8, Relation::Mark as u8].contains(label) {
                self.marks[at] = view.word(word as u32);
            }
        }
        self.before.clear();
        let mut counts = [0; 3];
        for word in 0..length as u32 {
            self.before.push(counts);
            let is = |part: Upos| view.coarse(word) == part as u32;
            for (count, yes) in
                counts
                    .iter_mut()
                    .zip([is(Upos::Punct), is(Upos::Verb) || is(Upos::Aux), is(Upos::Cconj)])
            {
                *count += u16::from(yes);
            }
        }
        self.before.push(counts);
    }

    fn fill_dependents(&mut self) {
        let length = self.length as usize;
        self.starts.clear();
        self.starts.resize(length + 2, 0);
        for head in &self.heads[..length] {
            self.starts[*head as usize + 1] += 1;
        }
        for at in 0..=length {
            self.starts[at + 1] += self.starts[at];
        }
        self.dependents.clear();
        self.dependents.resize(length, 0);
        // from the last to the first: each start goes up to the end of its stretch and comes down again
        for word in (0..length).rev() {
            let end = &mut self.starts[self.heads[word] as usize + 1];
            *end -= 1;
            self.dependents[*end as usize] = word as u32;
        }
        // the starts stand one place too far now
        self.starts.remove(0);
        self.starts.push(length as u32);
    }

    fn fill_spans(&mut self) {
        self.first.clear();
        self.first.extend(0..=self.length);
        self.last.clone_from(&self.first);
        self.order.clear();
        self.order.push(self.length);
        let mut at = 0;
        while let Some(&word) = self.order.get(at) {
            at += 1;
            let (from, to) = (self.starts[word as usize], self.starts[word as usize + 1]);
            self.order
                .extend_from_slice(&self.dependents[from as usize..to as usize]);
        }
        for &word in self.order[1..].iter().rev() {
            let (word, head) = (word as usize, self.heads[word as usize] as usize);
            if head < self.length as usize {
                self.first[head] = self.first[head].min(self.first[word]);
                self.last[head] = self.last[head].max(self.last[word]);
            }
        }
    }

    /// Number of words; also the number of the root.
    pub(super) const fn length(&self) -> u32 {
        self.length
    }

    /// The head of a word; [`NONE`] for the root.
    pub(super) fn head(&self, word: u32) -> u32 {
        self.heads.get(word as usize).copied().unwrap_or(NONE)
    }

    /// The relation of a word, by its number.
    pub(super) fn label(&self, word: u32) -> u32 {
        self.labels[(word as usize).min(self.labels.len() - 1)]
    }

    /// The dependents of a word or of the root, in order.
    pub(super) fn dependents(&self, word: u32) -> &[u32] {
        let at = word as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.dependents[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// First and last word of a word's subtree.
    pub(super) fn span(&self, word: u32) -> (u32, u32) {
        (self.first[word as usize], self.last[word as usize])
    }

    pub(super) fn mark(&self, word: u32) -> u32 {
        self.marks[(word as usize).min(self.marks.len() - 1)]
    }

    /// The relations that a word governs, folded into one number.
    pub(super) fn governed(&self, word: u32) -> u32 {
        fold(self.governed[(word as usize).min(self.governed.len() - 1)])
    }

    /// The relations that `head` governs beside that of `word`.
    pub(super) fn governed_beside(&self, head: u32, word: u32) -> u32 {
        let others = self.dependents(head).iter().filter(|other| **other != word);
        fold(others.fold(0, |bits, other| bits | 1 << (self.label(*other) % 64)))
    }

    /// How many marks of punctuation, verbs and conjunctions stand between two words, up to three of each; nines where one
    /// is the root.
    pub(super) fn between(&self, a: u32, b: u32) -> [u32; 3] {
        let (low, high) = (a.min(b) as usize, a.max(b) as usize);
        if high >= self.length as usize {
            return [9; 3];
        }
        let (from, to) = (self.before[(low + 1).min(high)], self.before[high]);
        std::array::from_fn(|which| u32::from(to[which] - from[which]).min(3))
    }

    /// The relation of a word's first dependent.
    pub(super) fn first_relation(&self, word: u32) -> u32 {
        self.label(self.dependents(word).first().copied().unwrap_or(NONE))
    }
}

fn fold(bits: u64) -> u32 {
    (bits ^ (bits >> 32).wrapping_mul(0x9E37_79B9)) as u32
}
