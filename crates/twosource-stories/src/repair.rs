//! Repair: average link over the stories that were touched, so that late evidence merges and splits them.

use std::collections::{BTreeMap, BTreeSet};

use crate::link::{Cut, Sums, average_link};
use crate::stream::Stream;

/// Lowest mean log-odds at which repair merges. A little under even odds: the loss of the networks minds a wrong pair and
/// a missed one alike, while each story missed costs several pairs (best on four of five packs, 2026-11-22).
pub(crate) const CUT: Cut = Cut {
    one: -0.4,
    step: 0.0,
    least: -0.4,
};
/// Lowest log-odds of an edge that makes a neighbouring story part of a component.
pub(crate) const REACH_AT: f32 = -1.0;
/// Most articles repaired in one component; a larger one keeps its newest.
const COMPONENT: usize = 500;

impl Stream {
    /// Looks again at every story touched since the last repair, with its neighbours.
    pub fn repair(&mut self) {
        self.since_repair = 0;
        let mut open = std::mem::take(&mut self.touched);
        while let Some(story) = open.pop_first() {
            let stories = self.component(story);
            for story in &stories {
                open.remove(story);
            }
            self.repair_component(&stories);
        }
    }

    /// The stories that strong edges lead to from `story`, itself among them.
    fn component(&self, story: u32) -> BTreeSet<u32> {
        let mut found = BTreeSet::from([story]);
        let mut queue = vec![story];
        let mut articles = 0;
        while let Some(story) = queue.pop() {
            for near in self.tied(story) {
                if found.insert(near) {
                    queue.push(near);
                }
            }
            let members = self.ledger.members(story);
            articles += members.len();
            if articles > COMPONENT {
                break;
            }
            for member in members {
                for (other, score) in &self.slot(*member).edges {
                    if *score > REACH_AT && *other >= self.base && !self.slot(*other).replaced {
                        let near = self.slot(*other).story;
                        if found.insert(near) {
                            queue.push(near);
                        }
                    }
                }
            }
        }
        found
    }

    fn repair_component(&mut self, stories: &BTreeSet<u32>) {
        let mut nodes: Vec<u32> = stories
            .iter()
            .flat_map(|story| self.ledger.members(*story).iter().copied())
            .collect();
        nodes.sort_unstable();
        if nodes.len() > COMPONENT {
            nodes.drain(..nodes.len() - COMPONENT);
        }
        if nodes.len() < 2 {
            return;
        }
        let sums = self.sums(&nodes);
        let [together, apart] = self.decided(&nodes);
        let clusters = average_link(&vec![1; nodes.len()], sums, &together, &apart, CUT);
        self.apply(&nodes, &clusters);
    }

    fn sums(&self, nodes: &[u32]) -> Sums {
        let mut sums = vec![vec![0.0; nodes.len()]; nodes.len()];
        for a in 0..nodes.len() {
            for b in 0..a {
                let score = self.score(nodes[a], nodes[b]);
                sums[a][b] = score;
                sums[b][a] = score;
            }
        }
        sums
    }

    /// Gives each cluster the story that it shares most articles with; what is left over opens a new one.
    fn apply(&mut self, nodes: &[u32], clusters: &[usize]) {
        let mut shared: BTreeMap<(usize, u32), usize> = BTreeMap::new();
        for (node, cluster) in nodes.iter().zip(clusters) {
            *shared.entry((*cluster, self.slot(*node).story)).or_default() += 1;
        }
        let mut claims: Vec<(usize, usize, u32)> = shared.into_iter().map(|((c, s), n)| (n, c, s)).collect();
        claims.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
        let mut story_of: BTreeMap<usize, u32> = BTreeMap::new();
        let mut cluster_of: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, cluster, story) in &claims {
            if !story_of.contains_key(cluster) && !cluster_of.contains_key(story) {
                story_of.insert(*cluster, *story);
                cluster_of.insert(*story, *cluster);
            }
        }
        for (node, cluster) in nodes.iter().zip(clusters) {
            let from = self.slot(*node).story;
            let into = match story_of.get(cluster) {
                Some(story) => *story,
                None => {
                    let founder = self.slot(*node).id.clone();
                    let story = self.ledger.open(&founder);
                    self.ledger.record_split(from, story);
                    story_of.insert(*cluster, story);
                    story
                }
            };
            if from != into {
                self.ledger.take(from, *node);
                self.ledger.put(into, *node);
                self.slot_mut(*node).story = into;
            }
        }
        for (_, cluster, story) in &claims {
            if self.ledger.members(*story).is_empty() {
                self.ledger.close(*story, story_of.get(cluster).copied());
            }
        }
    }
}
