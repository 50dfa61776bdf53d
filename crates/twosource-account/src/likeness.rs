//! What was found of pairs, kept from one telling of a story to the next.

use crate::numbering::ByNumber;

/// What was found of pairs of numbered things: how alike they are, or what they differ in.
#[derive(Debug)]
pub struct Likeness<T = f32> {
    known: ByNumber<(u64, u64), Judged<T>>,
    /// Counts the tellings.
    telling: u32,
}

/// A pair that was judged.
#[derive(Debug)]
struct Judged<T> {
    /// Number of what it was judged by beside the two things themselves.
    by: u64,
    value: T,
    /// The last telling that asked for it.
    asked: u32,
}

impl<T> Default for Likeness<T> {
    fn default() -> Self {
        Self {
            known: ByNumber::default(),
            telling: 0,
        }
    }
}

impl<T> Likeness<T> {
    /// What was learnt of the pair by `by`.
    pub fn known(&mut self, pair: (u64, u64), by: u64) -> Option<&T> {
        let judged = self.known.get_mut(&pair).filter(|judged| judged.by == by)?;
        judged.asked = self.telling;
        Some(&judged.value)
    }

    /// What was learnt of the pair last, whatever it was judged by.
    pub fn last(&self, pair: (u64, u64)) -> Option<&T> {
        self.known.get(&pair).map(|judged| &judged.value)
    }

    /// Takes down what the pair was judged to be by `by`.
    pub fn learn(&mut self, pair: (u64, u64), by: u64, value: T) {
        let asked = self.telling;
        self.known.insert(pair, Judged { by, value, asked });
    }

    /// What `judge` gives of the pair by `by`: it is asked only where that is not known.
    pub fn of(&mut self, pair: (u64, u64), by: u64, judge: impl FnOnce() -> T) -> T
    where
        T: Clone,
    {
        if let Some(value) = self.known(pair, by) {
            return value.clone();
        }
        let value = judge();
        self.learn(pair, by, value.clone());
        value
    }

    /// Ends a telling: pairs that it did not ask for are forgotten.
    pub fn settle(&mut self) {
        let now = self.telling;
        self.known.retain(|_, judged| judged.asked == now);
        self.telling = now.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_judged_again_where_it_is_judged_by_something_else_or_was_forgotten() {
        let mut likeness = Likeness::default();
        assert_eq!(likeness.of((1, 2), 7, || 0.5), 0.5);
        assert_eq!(likeness.of((1, 2), 7, || 0.9), 0.5);
        assert_eq!(likeness.of((1, 2), 8, || 0.9), 0.9);
        likeness.settle();
        assert_eq!(likeness.of((1, 2), 8, || 0.1), 0.9);
        likeness.settle();
        likeness.settle();
        assert_eq!(likeness.of((1, 2), 8, || 0.1), 0.1);
    }
}
