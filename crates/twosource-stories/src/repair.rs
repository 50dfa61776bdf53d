//! Repair: average link over the stories that were touched, so that late evidence merges and splits them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::link::{Sums, Units, average_link, settle};
use crate::strays;
use crate::stream::Stream;

/// Lowest mean log-odds at which repair merges: even odds.
pub(crate) const CUT: f32 = 0.0;
/// So much less where all articles are dated and have a text: there what holds two groups together is asked for besides, and
/// weighed by that.
const DATED_CUT_LESS: f32 = 1.1;
/// Added to the log-odds of articles that stand in one story: what was put together when it came stays so unless the rest
/// speaks clearly against it. Out of fold against a cut of -0.3 for both (2026-11-22): B-cubed F1 +.022 on ecbplus, +.012 on
/// titles, +.010 on whole articles, +.002 on the stream, -.002 on leads; 0.5 to 1.0 do much the same.
pub(crate) const STANDING: f32 = 0.7;
/// Part of what holds the looser of two groups together that must tie them, where all articles are dated and have a text; less
/// where some do not, nothing where none does. Days and texts part neighbouring events of one affair; without them reports of
/// one event lie as far apart as those events. docs/stories.md has the figures that this and [`DATED_CUT_LESS`] were chosen by.
const TIGHTNESS_PART: f32 = 0.85;
/// Most stories in one component, but for those that decisions tie to it; those tied most strongly come first.
const STORIES: usize = 10;
/// The same where the first story is of dated texts, whose neighbours are looked at article by article: six or ten cost more pairs
/// and give the same (2026-11-23; B-cubed F1 of the stream .9371 with six, .9373 with four).
const DATED_STORIES: usize = 4;
/// Units of a component from which on stories are looked at as a whole: bounds time and memory of a merge of many.
const UNITS: usize = 1_600;
/// A story of more articles is mostly looked at as a whole,
const BIG: usize = 40;
/// and so is one without newcomers, unless all of it is dated texts and it has no more articles than these: 40 find the same stories, for
/// a tenth more time with six stories in a component (2026-11-23).
const SMALL: usize = 12;
/// Articles that stand for a story that is looked at as a whole, beside those that are new to it.
const SAMPLE: usize = 20;
/// Articles of a sample that are asked first.
const FEW: usize = 4;
/// Articles of a sample that tell how well it holds together.
const HELD_BY: usize = 6;
/// How far under the cut the mean of those must lie for the rest not to be asked.
const NEAR_CUT: f32 = 1.0;
/// A big story is taken apart again when it has grown by one part in so many, up to [`TAKEN_APART`] articles.
const GROWN: usize = 2;
/// Most articles of a story that is taken apart.
const TAKEN_APART: usize = 160;

/// How much nearer another story must be than its own for a dated text to go there after linking.
const NEARER: f32 = 0.1;

/// Strength of a tie that a person decided on: before all others.
const DECIDED: i32 = i32::MAX;

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
            let mut units: Vec<Unit> = Vec::new();
            for near in &stories {
                let touched = *near == story || open.remove(near);
                self.add_units(&mut units, *near, touched, first_new);
            }
            self.repair_component(units);
        }
    }

    /// The stories that strong edges lead to from `story`, itself first, then the strongest.
    fn component(&self, story: u32) -> Vec<u32> {
        let mut found = Vec::new();
        let most = if self.is_dated(story) {
            DATED_STORIES
        } else {
            STORIES
        };
        let mut reached = BinaryHeap::from([(DECIDED, Reverse(story))]);
        let mut seen = BTreeSet::new();
        while let Some((strength, Reverse(next))) = reached.pop() {
            if found.len() >= most && strength < DECIDED {
                break;
            }
            if !seen.insert(next) {
                continue;
            }
            found.push(next);
            reached.extend(self.tied(next).into_iter().map(|near| (DECIDED, Reverse(near))));
            // of a big story the newest speak for all: old ones were looked at before
            for member in self.ledger.members(next).iter().rev().take(BIG) {
                for (other, score) in &self.slot(*member).edges {
                    if *other >= self.base
                        && *score > self.reach(*member, *other)
                        && !self.slot(*other).replaced
                    {
                        let near = self.slot(*other).story;
                        if !seen.contains(&near) {
                            reached.push(((score * 1_000.0) as i32, Reverse(near)));
                        }
                    }
                }
            }
        }
        found
    }

    /// Lowest log-odds of a pair that makes a neighbouring story part of a component: where none reaches the cut, the mean cannot.
    fn reach(&self, one: u32, other: u32) -> f32 {
        let dated = [one, other]
            .iter()
            .all(|article| self.slot(*article).profile.is_dated_text());
        if dated { CUT - DATED_CUT_LESS } else { CUT }
    }

    /// Whether all articles of a story are dated and have a text.
    fn is_dated(&self, story: u32) -> bool {
        let mut members = self.ledger.members(story).iter();
        members.all(|article| self.slot(*article).profile.is_dated_text())
    }

    /// Adds a story to what a repair looks at: each article of a touched one and of a small one of dated texts, unless it is big. A story
    /// that was looked at whole could not give an article back.
    fn add_units(&mut self, units: &mut Vec<Unit>, story: u32, touched: bool, first_new: u32) {
        let members = self.ledger.members(story);
        let looked_at = self.ledger.looked_at(story);
        let grown = members.len() > looked_at + looked_at / GROWN && members.len() <= TAKEN_APART;
        let fits = units.len() + members.len() <= UNITS;
        let alone = touched || members.len() <= SMALL && self.is_dated(story);
        let small = members.len() <= BIG && alone;
        if fits && (small || touched && grown) {
            let count = members.len();
            units.extend(members.iter().map(|article| Unit::alone(*article)));
            self.ledger.look_at(story, count);
        } else {
            units.extend(self.units(members, first_new));
        }
    }

    fn repair_component(&mut self, mut units: Vec<Unit>) {
        units.sort_unstable_by_key(|unit| unit.articles[0]);
        if units.len() < 2 {
            return;
        }
        let dated = self.dated_share(&units);
        let cut = CUT - DATED_CUT_LESS * dated;
        let articles: Vec<&[u32]> = units.iter().map(|unit| unit.articles.as_slice()).collect();
        let [together, apart] = self.decided(&articles);
        let sizes: Vec<usize> = articles.iter().map(|articles| articles.len()).collect();
        let sums = self.sums(&units, cut);
        let within = if dated > 0.0 {
            units.iter().map(|unit| self.within(unit)).collect()
        } else {
            vec![(0.0, 0); units.len()]
        };
        let alone = (dated == 1.0).then(|| sums.clone());
        let linked = Units {
            sizes: &sizes,
            sums,
            within,
        };
        let mut clusters = average_link(linked, &together, &apart, cut, TIGHTNESS_PART * dated);
        let decided: BTreeSet<usize> = together
            .iter()
            .chain(&apart)
            .flat_map(|(a, b)| [*a, *b])
            .collect();
        if let Some(sums) = alone {
            settle(&mut clusters, &sizes, &sums, &decided, cut, NEARER);
        }
        self.take_out_strays(&units, &decided, &mut clusters);
        let mut nodes: Vec<(u32, usize)> = units
            .iter()
            .zip(clusters)
            .flat_map(|(unit, cluster)| unit.articles.iter().map(move |article| (*article, cluster)))
            .collect();
        nodes.sort_unstable();
        let (nodes, clusters): (Vec<u32>, Vec<usize>) = nodes.into_iter().unzip();
        self.apply(&nodes, &clusters);
    }

    /// Takes strays out of small clusters of dated texts, the clearest first, each into a cluster of its own.
    fn take_out_strays(&mut self, units: &[Unit], decided: &BTreeSet<usize>, clusters: &mut [usize]) {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (unit, cluster) in clusters.iter().enumerate() {
            members.entry(*cluster).or_default().push(unit);
        }
        let mut unused = units.len()..;
        for mut left in members.into_values() {
            while let Some(at) = self.stray(units, decided, &left) {
                let own = unused.next().unwrap_or_default();
                clusters[left.remove(at)] = own;
            }
        }
    }

    /// The place of the clearest stray among the members of a small cluster; what a person decided on is none.
    fn stray(&mut self, units: &[Unit], decided: &BTreeSet<usize>, members: &[usize]) -> Option<usize> {
        let single = members.iter().all(|unit| units[*unit].articles.len() == 1);
        let articles: Vec<u32> = members.iter().map(|unit| units[*unit].articles[0]).collect();
        let dated = |article: &u32| self.slot(*article).profile.is_dated_text();
        if !single || !strays::MEMBERS.contains(&articles.len()) || !articles.iter().all(dated) {
            return None;
        }
        let mut clearest: Option<(f32, usize)> = None;
        for (at, article) in articles.iter().enumerate() {
            let others: Vec<u32> = articles
                .iter()
                .copied()
                .filter(|other| other != article)
                .collect();
            let with: f32 = others
                .iter()
                .map(|other| self.cached_score(*article, *other))
                .sum();
            if decided.contains(&members[at]) || with >= self.judge.0.strays.loose * others.len() as f32 {
                continue;
            }
            let features = self.member(*article, &others);
            let score = self.judge.0.strays.score(&features);
            if score > clearest.map_or(0.0, |(most, _)| most) {
                clearest = Some((score, at));
            }
        }
        clearest.map(|(_, at)| at)
    }

    /// Share of the articles that are dated and have a text.
    fn dated_share(&self, units: &[Unit]) -> f32 {
        let articles = || units.iter().flat_map(|unit| &unit.articles);
        let dated = articles()
            .filter(|article| self.slot(**article).profile.is_dated_text())
            .count();
        dated as f32 / articles().count().max(1) as f32
    }

    /// A big story as units: its new articles, and the rest as one, but for what decisions keep apart.
    fn units(&self, members: &[u32], first_new: u32) -> Vec<Unit> {
        let (rest, new): (Vec<u32>, Vec<u32>) = members.iter().partition(|article| **article < first_new);
        let mut units: Vec<Unit> = new.into_iter().map(Unit::alone).collect();
        for articles in self.kept_together(rest) {
            if !articles.is_empty() {
                let step = articles.len().div_ceil(SAMPLE);
                units.push(Unit {
                    sample: articles.iter().copied().step_by(step).collect(),
                    articles,
                });
            }
        }
        units
    }

    /// Sums of log-odds between units, those that stand in one story the nearer for it.
    fn sums(&mut self, units: &[Unit], cut: f32) -> Sums {
        let mut sums = vec![vec![0.0; units.len()]; units.len()];
        for a in 0..units.len() {
            for b in 0..a {
                let pairs = (units[a].articles.len() * units[b].articles.len()) as f32;
                let story_of = |unit: &Unit| self.slot(unit.articles[0]).story;
                let stand_together = story_of(&units[a]) == story_of(&units[b]);
                let added = if stand_together { STANDING } else { 0.0 };
                sums[a][b] = (self.mean(&units[a].sample, &units[b].sample, cut) + added) * pairs;
                sums[b][a] = sums[a][b];
            }
        }
        sums
    }

    /// Sum of log-odds within a unit, by a few of its articles, and the pairs that it is over.
    fn within(&mut self, unit: &Unit) -> (f32, usize) {
        let step = unit.sample.len().div_ceil(HELD_BY);
        let few: Vec<u32> = unit.sample.iter().copied().step_by(step).collect();
        let (mut sum, mut asked) = (0.0, 0.0);
        for (at, one) in few.iter().enumerate() {
            for other in &few[..at] {
                sum += self.cached_score(*one, *other) + STANDING;
                asked += 1.0;
            }
        }
        let count = unit.articles.len();
        let pairs = count * (count - 1) / 2;
        (sum / f32::max(asked, 1.0) * pairs as f32, pairs)
    }

    /// Mean log-odds between two samples: over a few of them, and over all where those few come near the cut.
    fn mean(&mut self, one: &[u32], other: &[u32], cut: f32) -> f32 {
        let few = |sample: &[u32]| sample.len().div_ceil(FEW);
        let rough = self.mean_by_steps(one, other, [few(one), few(other)]);
        if rough < cut - NEAR_CUT || one.len().max(other.len()) <= FEW {
            return rough;
        }
        self.mean_by_steps(one, other, [1, 1])
    }

    fn mean_by_steps(&mut self, one: &[u32], other: &[u32], steps: [usize; 2]) -> f32 {
        let (mut sum, mut asked) = (0.0, 0.0);
        for article in one.iter().step_by(steps[0]) {
            for against in other.iter().step_by(steps[1]) {
                sum += self.cached_score(*article, *against);
                asked += 1.0;
            }
        }
        sum / asked
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
