//! Repair: average link over the stories that were touched, so that late evidence merges and splits them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

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
/// Most articles in one component; the stories tied most strongly come first.
const COMPONENT: usize = 160;
/// A story of more articles is mostly looked at as a whole, by [`SAMPLE`] of them.
const BIG: usize = 60;
/// Articles that stand for a big story, beside those that are new to it.
const SAMPLE: usize = 20;
/// A big story is taken apart again when it has grown by one part in so many, up to [`TAKEN_APART`] articles.
const GROWN: usize = 4;
/// Most articles of a story that is taken apart.
const TAKEN_APART: usize = 500;

/// What repair moves as one: an article, or what is left of a big story.
struct Unit {
    /// Numbers of its articles.
    articles: Vec<u32>,
    /// Those that speak for it.
    sample: Vec<u32>,
}

impl Unit {
    fn alone(article: u32) -> Self {
        Self {
            articles: vec![article],
            sample: vec![article],
        }
    }
}

impl Stream {
    /// Looks again at every story touched since the last repair, with its neighbours.
    pub fn repair(&mut self) {
        self.since_repair = 0;
        let first_new = self.repaired;
        self.repaired = self.base + self.slots.len() as u32;
        let mut open = std::mem::take(&mut self.touched);
        while let Some(story) = open.pop_first() {
            let stories = self.component(story);
            for story in &stories {
                open.remove(story);
            }
            self.repair_component(story, &stories, first_new);
        }
    }

    /// The stories that strong edges lead to from `story`, itself among them: the strongest first, until there are
    /// [`COMPONENT`] articles.
    fn component(&self, story: u32) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        let mut reached = BinaryHeap::from([(i32::MAX, Reverse(story))]);
        let mut articles = 0;
        while let Some((_, Reverse(next))) = reached.pop() {
            if found.contains(&next) {
                continue;
            }
            let members = self.ledger.members(next);
            articles += members.len().min(BIG);
            if articles > COMPONENT && !found.is_empty() {
                break;
            }
            found.insert(next);
            reached.extend(self.tied(next).into_iter().map(|near| (i32::MAX, Reverse(near))));
            // of a big story the newest speak for all: old ones were looked at before
            for member in members.iter().rev().take(BIG) {
                for (other, score) in &self.slot(*member).edges {
                    if *score > REACH_AT && *other >= self.base && !self.slot(*other).replaced {
                        let near = self.slot(*other).story;
                        if !found.contains(&near) {
                            reached.push(((score * 1_000.0) as i32, Reverse(near)));
                        }
                    }
                }
            }
        }
        found
    }

    fn repair_component(&mut self, touched: u32, stories: &BTreeSet<u32>, first_new: u32) {
        let mut units: Vec<Unit> = Vec::new();
        for story in stories {
            let members = self.ledger.members(*story).to_vec();
            let looked_at = self.ledger.looked_at(*story);
            let grown = *story == touched && members.len() > looked_at + looked_at / GROWN;
            if members.len() <= BIG || grown && members.len() <= TAKEN_APART {
                self.ledger.look_at(*story, members.len());
                units.extend(members.iter().map(|article| Unit::alone(*article)));
            } else {
                units.extend(self.units(&members, first_new));
            }
        }
        units.sort_unstable_by_key(|unit| unit.articles[0]);
        if units.len() < 2 {
            return;
        }
        let sums = self.sums(&units);
        let [together, apart] = self.decided(
            &units
                .iter()
                .map(|unit| unit.articles.as_slice())
                .collect::<Vec<_>>(),
        );
        let sizes: Vec<usize> = units.iter().map(|unit| unit.articles.len()).collect();
        let clusters = average_link(&sizes, sums, &together, &apart, CUT);
        let mut nodes: Vec<(u32, usize)> = units
            .iter()
            .zip(clusters)
            .flat_map(|(unit, cluster)| unit.articles.iter().map(move |article| (*article, cluster)))
            .collect();
        nodes.sort_unstable();
        let (nodes, clusters): (Vec<u32>, Vec<usize>) = nodes.into_iter().unzip();
        self.apply(&nodes, &clusters);
    }

    /// A big story as units: its new articles, and the rest as one. What people decided on stands alone in any case.
    fn units(&self, members: &[u32], first_new: u32) -> Vec<Unit> {
        let stays = |article: &&u32| **article < first_new && !self.is_decided(**article);
        let rest: Vec<u32> = members.iter().filter(stays).copied().collect();
        let moving = members.iter().filter(|article| !stays(article));
        let mut units: Vec<Unit> = moving.map(|article| Unit::alone(*article)).collect();
        if !rest.is_empty() {
            let step = rest.len().div_ceil(SAMPLE);
            units.push(Unit {
                sample: rest.iter().copied().step_by(step).collect(),
                articles: rest,
            });
        }
        units
    }

    fn sums(&mut self, units: &[Unit]) -> Sums {
        let mut sums = vec![vec![0.0; units.len()]; units.len()];
        for a in 0..units.len() {
            for b in 0..a {
                let (one, other) = (&units[a], &units[b]);
                let mut sum = 0.0;
                for article in &one.sample {
                    for against in &other.sample {
                        sum += self.cached_score(*article, *against);
                    }
                }
                let asked = (one.sample.len() * other.sample.len()) as f32;
                let pairs = (one.articles.len() * other.articles.len()) as f32;
                sums[a][b] = sum / asked * pairs;
                sums[b][a] = sums[a][b];
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
                self.moved.note(*node);
            }
        }
        for (_, cluster, story) in &claims {
            if self.ledger.members(*story).is_empty() {
                self.ledger.close(*story, story_of.get(cluster).copied());
            }
        }
    }
}
