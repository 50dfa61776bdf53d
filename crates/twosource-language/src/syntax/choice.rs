//! Weights of a linear model that chooses one of a few candidates: each has its features, the highest sum wins.

use super::reader::Reader;
use super::weights::write_number;

/// The upper bits of a feature's key that say which weight is its own; features with the same bits share one.
const BITS: u32 = 22;
/// Number of weights.
pub const SLOTS: usize = 1 << BITS;

/// Which weight belongs to a feature.
#[inline]
#[must_use]
pub const fn slot(key: u32) -> usize {
    (key >> (32 - BITS)) as usize
}

/// A weight for each slot; most are 0.
#[derive(Debug, Clone)]
pub struct Choice(Vec<i8>);

impl Choice {
    /// The model of these weights, one for each of [`SLOTS`]; missing ones are 0.
    #[must_use]
    pub fn new(mut weights: Vec<i8>) -> Self {
        weights.resize(SLOTS, 0);
        Self(weights)
    }

    /// The sum of the weights of these features.
    #[inline]
    #[must_use]
    pub fn score(&self, features: &[u32]) -> i32 {
        features.iter().map(|key| i32::from(self.0[slot(*key)])).sum()
    }

    /// Reads what [`Self::write`] wrote; `None` when the bytes are not that.
    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let mut weights = vec![0; SLOTS];
        let count = from.number()?;
        let mut at = 0usize;
        for _ in 0..count {
            at = at.checked_add(from.number()? as usize)?;
            *weights.get_mut(at)? = from.byte()? as i8;
        }
        Some(Self(weights))
    }

    /// The bytes of the model: how many weights are not 0, then each with the steps from the one before.
    pub fn write(&self, out: &mut Vec<u8>) {
        let set = || self.0.iter().enumerate().filter(|(_, weight)| **weight != 0);
        write_number(set().count() as u32, out);
        let mut before = 0;
        for (at, weight) in set() {
            write_number((at - before) as u32, out);
            out.push(*weight as u8);
            before = at;
        }
    }
}
