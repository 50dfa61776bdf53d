//! B-cubed and pairwise figures of a grouping, and what is added up over folds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::pack::Pack;

/// Sums over articles, from which the figures are worked out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    articles: f64,
    precise: f64,
    found: f64,
    same_both: f64,
    same_gold: f64,
    same_cluster: f64,
}

impl Sums {
    /// Adds the articles that `take` wants; all of them make up clusters and stories.
    pub fn add(&mut self, stories: &[Option<u32>], clusters: &[String], take: impl Fn(u32) -> bool) {
        let labelled = || {
            stories
                .iter()
                .zip(clusters)
                .filter_map(|(s, c)| Some(((*s)?, c.as_str())))
        };
        let mut of_story: HashMap<u32, f64> = HashMap::new();
        let mut of_cluster: HashMap<&str, f64> = HashMap::new();
        let mut of_both: HashMap<(u32, &str), f64> = HashMap::new();
        for (story, cluster) in labelled() {
            *of_story.entry(story).or_default() += 1.0;
            *of_cluster.entry(cluster).or_default() += 1.0;
            *of_both.entry((story, cluster)).or_default() += 1.0;
        }
        for (story, cluster) in labelled().filter(|(story, _)| take(*story)) {
            let [both, gold, mine] = [of_both[&(story, cluster)], of_story[&story], of_cluster[cluster]];
            self.articles += 1.0;
            self.precise += both / mine;
            self.found += both / gold;
            self.same_both += both - 1.0;
            self.same_gold += gold - 1.0;
            self.same_cluster += mine - 1.0;
        }
    }

    /// B-cubed precision.
    pub fn precision(&self) -> f64 {
        self.precise / self.articles
    }

    /// Harmonic mean of B-cubed precision and recall.
    pub fn bcubed(&self) -> f64 {
        harmonic(self.precise / self.articles, self.found / self.articles)
    }

    /// Harmonic mean of pairwise precision and recall.
    pub fn pairwise(&self) -> f64 {
        harmonic(
            self.same_both / self.same_cluster.max(1e-9),
            self.same_both / self.same_gold.max(1e-9),
        )
    }
}

/// How the pairs of stories read by eye are put together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Together {
    /// Pairs of other events and of one event, each apart and together.
    pairs: [[usize; 2]; 2],
    /// Groups of three or more with such pairs, and those of them with a pair of other events.
    groups: usize,
    mixed: usize,
}

impl Together {
    /// Adds the pairs of a pack whose fold `take` wants.
    pub fn add(&mut self, pack: &Pack, clusters: &[String], take: impl Fn(u32) -> bool) {
        let mut of_cluster: BTreeMap<&str, (BTreeSet<usize>, bool)> = BTreeMap::new();
        for ([a, b], (same, fold)) in &pack.read {
            if !take(*fold) {
                continue;
            }
            let together = clusters[*a] == clusters[*b];
            self.pairs[usize::from(*same)][usize::from(together)] += 1;
            if together {
                let (members, mixed) = of_cluster.entry(&clusters[*a]).or_default();
                members.extend([*a, *b]);
                *mixed |= !same;
            }
        }
        for (_, mixed) in of_cluster.into_values().filter(|(members, _)| members.len() > 2) {
            self.groups += 1;
            self.mixed += usize::from(mixed);
        }
    }
}

impl std::fmt::Display for Together {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [[other_apart, other], [apart, same]] = self.pairs;
        write!(
            f,
            "read by eye: together {same} of {} pairs of one event, {other} of {} of others; {} of {} groups are mixed",
            same + apart,
            other + other_apart,
            self.mixed,
            self.groups
        )
    }
}

impl std::fmt::Display for Sums {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "B3 {:.3} (P {:.3} R {:.3})  pair {:.3} (P {:.3} R {:.3})",
            self.bcubed(),
            self.precise / self.articles,
            self.found / self.articles,
            self.pairwise(),
            self.same_both / self.same_cluster.max(1e-9),
            self.same_both / self.same_gold.max(1e-9)
        )
    }
}

fn harmonic(a: f64, b: f64) -> f64 {
    2.0 * a * b / (a + b).max(1e-9)
}
