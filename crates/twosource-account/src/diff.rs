//! Word-by-word difference of two wordings, as a scholar collates two manuscripts.

use twosource_model::Span;

use crate::words::{Word, WordId};

/// A place where two wordings part: words of the one, words of the other, either may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Indexes of the words of the first.
    pub a: (usize, usize),
    /// Indexes of the words of the second.
    pub b: (usize, usize),
}

/// Most cells of the table that compares two wordings; beyond it what lies between the common ends is one change.
const MOST_CELLS: usize = 4_000_000;

/// The places where `a` and `b` part, in order.
pub fn changes(a: &[WordId], b: &[WordId]) -> Vec<Change> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a[head..]
        .iter()
        .rev()
        .zip(b[head..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (x, y) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let whole = Change {
        a: (head, head + x.len()),
        b: (head, head + y.len()),
    };
    if x.is_empty() && y.is_empty() {
        return Vec::new();
    }
    if x.is_empty() || y.is_empty() || x.len().saturating_mul(y.len()) > MOST_CELLS {
        return vec![whole];
    }
    let width = y.len() + 1;
    let mut table = vec![0_u16; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            table[i * width + j] = if x[i] == y[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let mut found: Vec<Change> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < x.len() || j < y.len() {
        if i < x.len() && j < y.len() && x[i] == y[j] {
            i += 1;
            j += 1;
            continue;
        }
        let from = (i, j);
        while (i < x.len() || j < y.len()) && !(i < x.len() && j < y.len() && x[i] == y[j]) {
            if j >= y.len() || (i < x.len() && table[(i + 1) * width + j] >= table[i * width + j + 1]) {
                i += 1;
            } else {
                j += 1;
            }
        }
        found.push(Change {
            a: (head + from.0, head + i),
            b: (head + from.1, head + j),
        });
    }
    found
}

/// Number of words both have in the same order, given their changes.
pub fn kept(length: usize, changes: &[Change]) -> usize {
    length - changes.iter().map(|c| c.a.1 - c.a.0).sum::<usize>()
}

/// From the first to the last of these words; `None` when there is none.
pub fn span_of(words: &[Word], range: (usize, usize)) -> Option<Span> {
    words
        .get(range.0..range.1)?
        .iter()
        .map(|w| w.span)
        .reduce(Span::hull)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Range = (usize, usize);

    fn check(a: &[WordId], b: &[WordId], expected: &[(Range, Range)]) {
        let found: Vec<_> = changes(a, b).into_iter().map(|c| (c.a, c.b)).collect();
        assert_eq!(found, expected, "{a:?} {b:?}");
    }

    #[test]
    fn changes_are_found_in_order() {
        check(&[1, 2, 3], &[1, 2, 3], &[]);
        check(&[1, 2, 3], &[1, 9, 3], &[((1, 2), (1, 2))]);
        check(
            &[1, 2, 3, 4, 5],
            &[2, 3, 5, 6],
            &[((0, 1), (0, 0)), ((3, 4), (2, 2)), ((5, 5), (3, 4))],
        );
        check(&[], &[7], &[((0, 0), (0, 1))]);
    }

    proptest::proptest! {
        #[test]
        fn applying_the_changes_gives_the_other(a in proptest::collection::vec(0_u64..5, 0..30), b in proptest::collection::vec(0_u64..5, 0..30)) {
            let mut built = Vec::new();
            let mut at = 0;
            for change in changes(&a, &b) {
                built.extend_from_slice(&a[at..change.a.0]);
                built.extend_from_slice(&b[change.b.0..change.b.1]);
                at = change.a.1;
            }
            built.extend_from_slice(&a[at..]);
            proptest::prop_assert_eq!(built, b);
        }
    }
}
