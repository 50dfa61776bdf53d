//! B-cubed precision and recall (Bagga and Baldwin 1998), for figures that the scorers do not give.

use std::collections::BTreeMap;

/// Precision and recall over articles, each given as the cluster it was put into and the one it belongs to; 0.0 to 1.0.
pub fn bcubed<A: Ord + Clone, B: Ord + Clone>(articles: impl IntoIterator<Item = (A, B)>) -> [f64; 2] {
    let (mut both, mut found, mut gold) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (put, belongs) in articles {
        *found.entry(put.clone()).or_insert(0.0) += 1.0;
        *gold.entry(belongs.clone()).or_insert(0.0) += 1.0;
        *both.entry((put, belongs)).or_insert(0.0) += 1.0;
    }
    let all: f64 = f64::max(found.values().sum(), 1.0);
    let precision: f64 = both.iter().map(|((put, _), n)| n * n / found[put]).sum();
    let recall: f64 = both.iter().map(|((_, belongs), n)| n * n / gold[belongs]).sum();
    [precision / all, recall / all]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_wrongly_costs_precision_and_what_is_parted_recall() {
        assert_eq!(bcubed([(1, 'a'), (1, 'a'), (2, 'b')]), [1.0, 1.0]);
        assert_eq!(bcubed([(1, 'a'), (1, 'b')]), [0.5, 1.0]);
        assert_eq!(bcubed([(1, 'a'), (2, 'a')]), [1.0, 0.5]);
    }
}
