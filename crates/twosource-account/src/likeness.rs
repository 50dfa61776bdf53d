//! How alike pairs are, kept from one telling of a story to the next.

use crate::numbering::ByNumber;

/// What was worked out of pairs of numbered things.
#[derive(Debug, Default)]
pub struct Likeness {
    known: ByNumber<(u64, u64), Judged>,
    /// Counts the tellings.
    telling: u32,
}

/// A pair that was judged.
#[derive(Debug)]
struct Judged {
    /// Number of what it was judged by beside the two things themselves.
    by: u64,
    value: f32,
    /// The last telling that asked for it.
    asked: u32,
}

impl Likeness {
    /// Whether the pair was judged by `by`.
    pub fn knows(&self, pair: (u64, u64), by: u64) -> bool {
        self.known.get(&pair).is_some_and(|judged| judged.by == by)
    }

    /// What `judge` gives of the pair by `by`: it is asked only where that is not known.
    pub fn of(&mut self, pair: (u64, u64), by: u64, judge: impl Fn() -> f32) -> f32 {
        let asked = self.telling;
        let fresh = || Judged {
            by,
            value: judge(),
            asked,
        };
        let judged = self.known.entry(pair).or_insert_with(fresh);
        if judged.by != by {
            *judged = fresh();
        }
        judged.asked = asked;
        judged.value
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
