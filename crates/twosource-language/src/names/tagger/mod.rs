//! Tags words with the names they belong to: a linear-chain conditional random field over hashed features.
//!
//! Trained by `train names` (see `train/README.md`); the weights ship in `models/names.bin`.

pub mod features;
mod label;
pub mod model;

pub use label::{KINDS, LABELS, Label, NameKind};
pub use model::{Model, model};

use super::word::Word;

/// A name found in one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaggedName {
    /// First word.
    pub start: usize,
    /// Behind the last word.
    pub end: usize,
    /// Kind of name.
    pub kind: NameKind,
}

/// The names of one sentence, in order, never overlapping.
#[must_use]
pub fn tag(words: &[Word<'_>]) -> Vec<TaggedName> {
    names_of(&model().best(words))
}

/// The names that a sequence of labels stands for. A label that continues nothing begins a name.
#[must_use]
pub fn names_of(labels: &[Label]) -> Vec<TaggedName> {
    let mut names: Vec<TaggedName> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let Some(kind) = label.kind() else { continue };
        match names.last_mut() {
            Some(last) if !label.begins() && last.end == at && last.kind == kind => last.end = at + 1,
            _ => names.push(TaggedName {
                start: at,
                end: at + 1,
                kind,
            }),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_names() {
        let person = NameKind::Person;
        let labels = [
            Label::begin(person),
            Label::inside(person),
            Label::OUTSIDE,
            Label::inside(NameKind::Place),
            Label::begin(NameKind::Place),
        ];
        let found: Vec<_> = names_of(&labels).iter().map(|n| (n.start, n.end)).collect();
        assert_eq!(found, [(0, 2), (3, 4), (4, 5)]);
    }
}
