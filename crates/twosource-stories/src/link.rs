//! Average link over a sparse graph of scored pairs: the partition whose merges pay on average.

use std::collections::{BTreeMap, BinaryHeap};

/// A pair that was never scored counts as this, in log-odds: it was in nobody's list of neighbours.
pub const UNSCORED: f32 = -5.0;
/// Neighbours that a member can have at most; beyond it an unscored pair says nothing.
const REACH: usize = 10;

/// Sum and number of the scored pairs between two clusters.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Between {
    /// Sum of log-odds.
    pub sum: f32,
    /// Pairs scored.
    pub pairs: usize,
}

impl Between {
    /// Mean log-odds of the pairs between clusters of these sizes; unscored pairs count up to [`REACH`] a member of
    /// the smaller one.
    #[must_use]
    pub fn mean(&self, size: usize, other: usize) -> f32 {
        let expected = (size * other).min(REACH * size.min(other)).max(self.pairs).max(1);
        (self.sum + UNSCORED * (expected - self.pairs) as f32) / expected as f32
    }
}

/// The partition of `0..count`: merges the two clusters with the highest mean until it falls below `cut`.
///
/// `edges` are `(a, b, log-odds)` with `a != b`; `together` pairs are merged first, `apart` pairs never stand in one
/// cluster (`together` wins where both are given). Gives each node's cluster, named by its lowest node. Ties go to the
/// lowest nodes, so the order of `edges` does not matter.
#[must_use]
pub fn average_link(
    count: usize,
    edges: &[(usize, usize, f32)],
    together: &[(usize, usize)],
    apart: &[(usize, usize)],
    cut: f32,
) -> Vec<usize> {
    let mut clusters = Clusters::new(count, edges, apart);
    for (a, b) in together {
        let (a, b) = (clusters.root(*a), clusters.root(*b));
        if a != b {
            clusters.merge(a.min(b), a.max(b));
        }
    }
    let mut heap = BinaryHeap::new();
    for a in 0..count {
        for b in clusters.near[a].keys().filter(|b| **b > a) {
            heap.extend(clusters.offer(a, *b, cut));
        }
    }
    while let Some(offer) = heap.pop() {
        let (a, b) = offer.pair;
        if clusters.age[a] != offer.ages.0 || clusters.age[b] != offer.ages.1 {
            continue;
        }
        clusters.merge(a, b);
        for other in clusters.near[a].keys() {
            heap.extend(clusters.offer(a.min(*other), a.max(*other), cut));
        }
    }
    (0..count).map(|node| clusters.root(node)).collect()
}

struct Clusters {
    parent: Vec<usize>,
    size: Vec<usize>,
    /// Rises with each merge; `usize::MAX` for a cluster that is gone.
    age: Vec<usize>,
    near: Vec<BTreeMap<usize, Between>>,
    apart: Vec<Vec<usize>>,
}

impl Clusters {
    fn new(count: usize, edges: &[(usize, usize, f32)], apart: &[(usize, usize)]) -> Self {
        let mut sorted: Vec<(usize, usize, f32)> =
            edges.iter().map(|(a, b, s)| (*a.min(b), *a.max(b), *s)).collect();
        sorted.sort_unstable_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(y.2.total_cmp(&x.2)));
        sorted.dedup_by_key(|edge| (edge.0, edge.1));
        let mut near = vec![BTreeMap::new(); count];
        for (a, b, sum) in sorted {
            near[a].insert(b, Between { sum, pairs: 1 });
            near[b].insert(a, Between { sum, pairs: 1 });
        }
        let mut kept_apart = vec![Vec::new(); count];
        for (a, b) in apart {
            kept_apart[*a].push(*b);
            kept_apart[*b].push(*a);
        }
        Self {
            parent: (0..count).collect(),
            size: vec![1; count],
            age: vec![0; count],
            near,
            apart: kept_apart,
        }
    }

    fn root(&self, mut node: usize) -> usize {
        while self.parent[node] != node {
            node = self.parent[node];
        }
        node
    }

    fn offer(&self, a: usize, b: usize, cut: f32) -> Option<Offer> {
        let mean = self.near[a].get(&b)?.mean(self.size[a], self.size[b]);
        let kept_apart = || self.apart[a].iter().any(|node| self.root(*node) == b);
        (mean >= cut && !kept_apart()).then(|| Offer {
            mean,
            pair: (a, b),
            ages: (self.age[a], self.age[b]),
        })
    }

    /// Puts cluster `gone` into `kept`.
    fn merge(&mut self, kept: usize, gone: usize) {
        self.parent[gone] = kept;
        self.size[kept] += self.size[gone];
        self.age[kept] += 1;
        self.age[gone] = usize::MAX;
        let apart = std::mem::take(&mut self.apart[gone]);
        self.apart[kept].extend(apart);
        for (other, between) in std::mem::take(&mut self.near[gone]) {
            self.near[other].remove(&gone);
            if other == kept {
                continue;
            }
            for (from, to) in [(kept, other), (other, kept)] {
                let sum = self.near[from].entry(to).or_default();
                sum.sum += between.sum;
                sum.pairs += between.pairs;
            }
        }
        self.near[kept].remove(&gone);
    }
}

/// A merge that would pay.
struct Offer {
    mean: f32,
    pair: (usize, usize),
    ages: (usize, usize),
}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.mean
            .total_cmp(&other.mean)
            .then_with(|| other.pair.cmp(&self.pair))
            .then_with(|| self.ages.cmp(&other.ages))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Offer {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: usize, edges: &[(usize, usize, f32)], expected: &[usize]) {
        assert_eq!(average_link(count, edges, &[], &[], -2.0), expected);
        let mut turned = edges.to_vec();
        turned.reverse();
        assert_eq!(
            average_link(count, &turned, &[], &[], -2.0),
            expected,
            "order of edges"
        );
    }

    #[test]
    fn partitions() {
        check(3, &[(0, 1, 3.0)], &[0, 0, 2]);
        // one loose pair does not chain two firm groups
        check(
            6,
            &[
                (0, 1, 4.0),
                (0, 2, 4.0),
                (1, 2, 4.0),
                (3, 4, 4.0),
                (3, 5, 4.0),
                (4, 5, 4.0),
                (2, 3, 1.0),
            ],
            &[0, 0, 0, 3, 3, 3],
        );
        check(3, &[(0, 1, 3.0), (1, 2, 3.0)], &[0, 0, 0]);
    }

    #[test]
    fn people_decide() {
        let edges = [(0, 1, 5.0), (1, 2, -4.0)];
        assert_eq!(average_link(3, &edges, &[(1, 2)], &[(0, 1)], -2.0), [0, 1, 1]);
        assert_eq!(average_link(3, &edges, &[(0, 2)], &[], -2.0), [0, 0, 0]);
        assert_eq!(average_link(2, &edges[..1], &[], &[(0, 1)], -2.0), [0, 1]);
    }
}
