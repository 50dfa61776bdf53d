//! The stream: articles in, one at a time; stories that last out.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use serde::{Deserialize, Serialize};
use twosource_model::{ArticleId, Moment, StoryId};

use crate::decisions::Decisions;
use crate::desk::Moved;
use crate::group::Item;
use crate::index::Index;
use crate::ledger::{Ledger, Split};
use crate::pair::{Around, FEATURES, Kind, Model, features};
use crate::profile::{Counts, Probe, Profile};
use crate::reading::Reading;
use crate::strays;

/// Neighbours of an article that are scored.
const NEIGHBOURS: usize = 20;
/// Repair waits for one part in so many of the window, so that its cost is shared by many newcomers,
const REPAIR_PART: usize = 64;
/// but never for more articles than this.
const LONGEST_REST: usize = 2_000;
/// Lowest log-odds of an edge whose story is asked: another member may well be nearer than the neighbours that were scored.
const ASK_AT: f32 = -1.5;
/// Stories of its neighbours that a newcomer is held against.
const ASKED: usize = 6;
/// Members of a big story that a newcomer is scored against, beyond its neighbours.
const SAMPLED: usize = 12;
/// Lowest score at which a newcomer joins a story; where it is dated and has a text, that of a story that is neither tight nor loose,
const JOIN_AT: f32 = -0.2;
/// and there it rises by so much with the mean log-odds within the story beyond [`LOOSE`]: what comes to a tight story without being of
/// it is the first report of the next event. docs/stories.md has figures at arrival and in the end.
const TIGHTNESS_PART: f32 = 0.2;
/// Mean log-odds within a story that is neither tight nor loose; a single report counts as 0.0.
const LOOSE: f32 = 1.0;
/// Members that tell how well a story holds together.
const FEW_MEMBERS: usize = 4;
/// Of that score the member nearest to it makes up so much, and the mean over all members the rest: at first few of a story are
/// there, and a mean over them alone opens stories that repair then has to merge. Out of fold with [`STANDING`]
/// (2026-11-22): B-cubed F1 at arrival .850 -> .888 on titles, .843 -> .867 on ecbplus, -.003 on the stream.
///
/// [`STANDING`]: crate::repair::STANDING
const NEAREST_PART: f32 = 0.4;
/// Least log-odds of a pair: no single pair can outweigh all others.
const LEAST_SCORE: f32 = -8.0;
/// Most log-odds of a pair.
pub(crate) const MOST_SCORE: f32 = 6.0;
/// Lowest log-odds kept as an edge; what is below counts as unscored.
const EDGE_AT: f32 = -5.0;
/// Most edges kept of an article, strongest first.
const EDGES: usize = 20;
/// An article of this many days before belongs to another time of the same subject.
const LONG_PAST_DAYS: f32 = 5.0;
/// Neighbours of long past that make up how much a subject recurs.
const LONG_PAST_TAKEN: usize = 3;
/// Nearest neighbours of the same days that make no crowd,
const NEAREST_PASSED: usize = 3;
/// and those behind them that do.
const CROWD_TAKEN: usize = 6;

/// How a stream is run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Articles kept in memory; older ones are retired with their last story.
    pub window: usize,
    /// Repair runs by itself after this many articles, in a full window after more of them (up to 2,000); 0 leaves it to
    /// the caller.
    pub repair_every: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            window: 1_000_000,
            repair_every: 50,
        }
    }
}

/// Where an article went at its arrival.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The article.
    pub article: ArticleId,
    /// Its story at that time; [`Stream::story_of`] tells the present one.
    pub story: StoryId,
    /// The story was opened by it.
    pub opened: bool,
    /// Log-odds of belonging to the story, by its nearest member and the mean of all; 0.0 where it was opened.
    pub score: f32,
    /// The article it is nearest to.
    pub nearest: Option<ArticleId>,
}

/// One article in the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Slot {
    pub id: ArticleId,
    pub profile: Profile,
    /// Scored neighbours, by number; both ends hold the edge.
    pub edges: Vec<(u32, f32)>,
    /// What lay around it when it came.
    pub around: Around,
    /// Hash of its outlet's name.
    pub outlet: Option<u32>,
    /// Sampled word runs of its prose.
    pub runs: Box<[u32]>,
    /// Names, numbers and title words as they are written, for the reasons.
    pub labels: Box<str>,
    /// Articles that it may share a text with, by number; both ends hold the pair.
    pub copies: Vec<u32>,
    /// Number of its story in the ledger.
    pub story: u32,
    /// Replaced by a later state of the same article.
    pub replaced: bool,
}

/// Articles in the order of their arrival, grouped as they come.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stream {
    pub(crate) settings: Settings,
    pub(crate) index: Index,
    pub(crate) slots: VecDeque<Slot>,
    /// Number of the first slot.
    pub(crate) base: u32,
    pub(crate) numbers: HashMap<ArticleId, u32>,
    pub(crate) ledger: Ledger,
    /// Stories touched since the last repair.
    pub(crate) touched: BTreeSet<u32>,
    /// What people decided.
    pub(crate) decisions: Decisions,
    /// Newest articles of each outlet, by number.
    pub(crate) outlets: BTreeMap<u32, Vec<u32>>,
    /// Articles in the window by their day; no part of the saved state, as it can be counted again.
    pub(crate) of_day: BTreeMap<i32, u32>,
    pub(crate) since_repair: usize,
    /// Number of the first article that no repair has met yet.
    pub(crate) repaired: u32,
    /// Articles that repair put into another story, not asked for yet.
    pub(crate) moved: Moved,
    pub(crate) judge: Judge,
    pub(crate) known: Known,
}

/// Scores worked out before; no part of the state, as they can be worked out again. A pair has one place, where the
/// last pair that asked for it stands.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    scores: Box<[(u64, f32)]>,
    /// The table of the article that was asked for last.
    probe: Option<(u32, Probe)>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            scores: vec![(u64::MAX, 0.0); KNOWN].into_boxed_slice(),
            probe: None,
        }
    }
}

impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Scores remembered; a power of two, 4 MB: a quarter as many cost a tenth of the speed, four times as many give nothing.
const KNOWN: usize = 1 << 18;

/// The weights that pairs are scored with; no part of the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judge(pub &'static Model);

impl Default for Judge {
    fn default() -> Self {
        Self(Model::shipped())
    }
}

impl PartialEq for Judge {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) || self.0 == other.0
    }
}

/// An article in the window, scored against a newcomer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Its number in the order of arrival.
    pub number: u32,
    /// Which weights score the pair.
    pub kind: Kind,
    /// Features of the pair.
    pub features: [f32; FEATURES],
}

impl Stream {
    /// An empty stream.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// An empty stream that scores pairs with other weights than those that ship; for trainers.
    #[must_use]
    pub fn with_model(settings: Settings, model: &'static Model) -> Self {
        Self {
            settings,
            judge: Judge(model),
            ..Self::default()
        }
    }

    /// Takes the next article. `seen` is when it was first seen, which stands in for a missing date.
    pub fn push(&mut self, item: &Item<'_>, seen: Option<Moment>) -> Assignment {
        self.push_reading(Reading::new(item, seen))
    }

    /// Takes the next article, which was read before.
    pub fn push_reading(&mut self, reading: Reading) -> Assignment {
        let (number, neighbours) = self.add(reading.article, &reading.counts);
        let labels = reading.labels.kept(&self.slot(number).profile);
        self.slot_mut(number).labels = labels;
        self.find_copies(reading.runs, reading.outlet, number, &neighbours);
        let assignment = self.assign(number, &neighbours);
        self.since_repair += 1;
        let rest = self
            .settings
            .repair_every
            .max((self.slots.len() / REPAIR_PART).min(LONGEST_REST));
        if self.settings.repair_every > 0 && self.since_repair >= rest {
            self.repair();
        }
        self.retire();
        assignment
    }

    /// Adds an article to the index without giving it a story: its number and its neighbours, best first.
    pub fn add(&mut self, id: ArticleId, counts: &Counts) -> (u32, Vec<Neighbour>) {
        let rarity = self.index.rarity(counts);
        let profile = Profile::new(counts, &rarity);
        let number = self.base + self.slots.len() as u32;
        let candidates = self.index.candidates(&profile, self.base, number, NEIGHBOURS + 4);
        let candidates: Vec<u32> = candidates
            .into_iter()
            .filter(|n| !self.slot(*n).replaced)
            .take(NEIGHBOURS)
            .collect();
        let probe = Probe::new(&profile);
        let (around, neighbours) = self.neighbours(&profile, &probe, candidates);
        self.index.add(number, counts, &profile);
        if let Some(day) = profile.day {
            *self.of_day.entry(day.floor() as i32).or_default() += 1;
        }
        self.slots.push_back(Slot {
            id,
            profile,
            edges: Vec::new(),
            around,
            outlet: None,
            runs: Box::default(),
            copies: Vec::new(),
            labels: Box::default(),
            story: u32::MAX,
            replaced: false,
        });
        (number, neighbours)
    }

    /// The story that an article is in now.
    #[must_use]
    pub fn story_of(&self, article: &ArticleId) -> Option<&StoryId> {
        let number = self.numbers.get(article)?;
        self.ledger.id(self.slot(*number).story)
    }

    /// The id that a story's id leads to now, redirects of merges followed.
    #[must_use]
    pub fn resolve(&self, story: &StoryId) -> StoryId {
        self.ledger.resolve(story)
    }

    /// Ids of stories that were merged away, each with the id it leads to.
    #[must_use]
    pub const fn redirects(&self) -> &BTreeMap<StoryId, StoryId> {
        self.ledger.redirects()
    }

    /// Splits of stories, in the order in which they came.
    #[must_use]
    pub fn splits(&self) -> &[Split] {
        self.ledger.splits()
    }

    /// Articles in the window.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// No article is in the window.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    pub(crate) fn slot(&self, number: u32) -> &Slot {
        &self.slots[(number - self.base) as usize]
    }

    pub(crate) fn slot_mut(&mut self, number: u32) -> &mut Slot {
        &mut self.slots[(number - self.base) as usize]
    }

    /// Log-odds of two articles in the window telling of one event, between [`LEAST_SCORE`] and [`MOST_SCORE`].
    pub(crate) fn score(&self, a: u32, b: u32) -> f32 {
        let copied = self.copy_score(a, b).unwrap_or(LEAST_SCORE);
        self.plain_score(a, b).max(copied)
    }

    /// The same, remembered: repair asks for the pairs of a story again and again. Asking for one `a` after the other
    /// is quicker than changing it.
    pub(crate) fn cached_score(&mut self, a: u32, b: u32) -> f32 {
        if let Some(copied) = self.copy_score(a, b) {
            return self.plain_score(a, b).max(copied);
        }
        let key = u64::from(a.max(b)) << 32 | u64::from(a.min(b));
        let place = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 46) as usize % KNOWN;
        let (known, score) = self.known.scores[place];
        if known == key {
            return score;
        }
        if self.known.probe.as_ref().is_none_or(|(number, _)| *number != a) {
            self.known.probe = Some((a, Probe::new(&self.slot(a).profile)));
        }
        let score = match &self.known.probe {
            Some((_, probe)) => self.probed_score(a, probe, b),
            None => self.plain_score(a, b),
        };
        self.known.scores[place] = (key, score);
        score
    }

    /// The same, whatever text the two share.
    pub(crate) fn plain_score(&self, a: u32, b: u32) -> f32 {
        self.probed_score(a, &Probe::new(&self.slot(a).profile), b)
    }

    fn probed_score(&self, a: u32, probe: &Probe, b: u32) -> f32 {
        let (kind, features) = self.probed_pair(a, probe, b);
        self.judge
            .0
            .log_odds(kind, &features)
            .clamp(LEAST_SCORE, MOST_SCORE)
    }

    /// What tells whether an article in the window belongs with others there, by number; see [`strays::features`].
    pub fn member(&mut self, article: u32, others: &[u32]) -> [f32; strays::FEATURES] {
        let own = self.pairs(article, others);
        let mut among = strays::Pairs::default();
        for (at, one) in others.iter().enumerate() {
            let pairs = self.pairs(*one, &others[..at]);
            among.log_odds += pairs.log_odds;
            among.features.extend(pairs.features);
        }
        strays::features(&own, &among)
    }

    /// The pairs of an article with others.
    fn pairs(&mut self, article: u32, others: &[u32]) -> strays::Pairs {
        let log_odds = others.iter().map(|other| self.cached_score(article, *other));
        let log_odds = log_odds.sum();
        let probe = Probe::new(&self.slot(article).profile);
        let features = others
            .iter()
            .map(|other| self.probed_pair(article, &probe, *other).1);
        strays::Pairs {
            log_odds,
            features: features.collect(),
        }
    }

    /// Kind and features of a pair of articles in the window, by number.
    #[must_use]
    pub fn pair(&self, a: u32, b: u32) -> (Kind, [f32; FEATURES]) {
        self.probed_pair(a, &Probe::new(&self.slot(a).profile), b)
    }

    fn probed_pair(&self, a: u32, probe: &Probe, b: u32) -> (Kind, [f32; FEATURES]) {
        let (one, other) = (&self.slot(a).profile, &self.slot(b).profile);
        let kind = Kind::of(one, other);
        let mut found = features(one, probe, other);
        let [newer, older] = [a.max(b), a.min(b)].map(|number| self.slot(number).around);
        Around::tell(kind, newer, older, &mut found);
        (kind, found)
    }

    /// What lies around a newcomer, and its candidates scored.
    fn neighbours(&self, profile: &Profile, probe: &Probe, candidates: Vec<u32>) -> (Around, Vec<Neighbour>) {
        let scored = candidates.into_iter().map(|number| {
            let other = &self.slot(number).profile;
            Neighbour {
                number,
                kind: Kind::of(profile, other),
                features: features(profile, probe, other),
            }
        });
        let mut neighbours: Vec<Neighbour> = scored.collect();
        let around = self.around(profile, &neighbours);
        for neighbour in &mut neighbours {
            let other = self.slot(neighbour.number).around;
            Around::tell(neighbour.kind, around, other, &mut neighbour.features);
        }
        (around, neighbours)
    }

    /// What lies around an article with these neighbours.
    fn around(&self, profile: &Profile, neighbours: &[Neighbour]) -> Around {
        let Some(day) = profile.day else {
            return Around::default();
        };
        let [mut past, mut present] = [Vec::new(), Vec::new()];
        for neighbour in neighbours {
            let Some(other) = self.slot(neighbour.number).profile.day else {
                continue;
            };
            let of_then = if (day - other).abs() > LONG_PAST_DAYS {
                &mut past
            } else {
                &mut present
            };
            of_then.push(neighbour.features[0]);
        }
        let mean = |cosines: &mut Vec<f32>, from: usize, count: usize| {
            cosines.sort_unstable_by(|a, b| b.total_cmp(a));
            cosines.iter().skip(from).take(count).sum::<f32>() / count as f32
        };
        Around {
            recurs: mean(&mut past, 0, LONG_PAST_TAKEN),
            crowd: mean(&mut present, NEAREST_PASSED, CROWD_TAKEN),
            busy: self.busy(day),
        }
    }

    /// See [`Around::busy`]: of the days before, of and behind `day`.
    fn busy(&self, day: f32) -> f32 {
        let day = day.floor() as i32;
        let of_days = self.of_day.range(day.saturating_sub(1)..=day.saturating_add(1));
        (1.0 + of_days.map(|(_, count)| *count as f32).sum::<f32>()).ln() / 8.0
    }

    /// Takes a slot that leaves the window out of the count of its day.
    fn uncount(&mut self, day: Option<f32>) {
        let Some(day) = day.map(|day| day.floor() as i32) else {
            return;
        };
        if let Some(count) = self.of_day.get_mut(&day) {
            *count -= 1;
            if *count == 0 {
                self.of_day.remove(&day);
            }
        }
    }

    fn assign(&mut self, number: u32, neighbours: &[Neighbour]) -> Assignment {
        let mut edges: Vec<(u32, f32)> = neighbours
            .iter()
            .map(|n| {
                let copied = self.copy_score(number, n.number).unwrap_or(LEAST_SCORE);
                let score = self.judge.0.log_odds(n.kind, &n.features).max(copied);
                (n.number, score.min(MOST_SCORE))
            })
            .filter(|edge| edge.1 > EDGE_AT)
            .collect();
        edges.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        for (other, score) in &edges {
            self.slot_mut(*other).edges.push((number, *score));
            limit_edges(&mut self.slot_mut(*other).edges);
        }
        let best = self.best_story(number, &edges);
        let id = self.slot(number).id.clone();
        let before = self.replace(&id, number);
        let story = before.or(best.map(|(story, _)| story)).unwrap_or_else(|| {
            let taken = id.clone();
            self.ledger.open(&taken)
        });
        let opened = before.is_none() && best.is_none();
        let nearest = edges.first().map(|edge| self.slot(edge.0).id.clone());
        self.touched.insert(story);
        self.ledger.put(story, number);
        let slot = self.slot_mut(number);
        slot.edges = edges;
        slot.story = story;
        Assignment {
            article: id,
            story: self.ledger.id(story).cloned().unwrap_or_else(|| StoryId::new("")),
            opened,
            score: best.map_or(0.0, |(_, score)| score),
            nearest,
        }
    }

    /// The story with the highest score for a newcomer with these edges (strongest first), where it reaches
    /// [`JOIN_AT`]. Only the stories of the strongest edges are asked, where those reach [`ASK_AT`].
    fn best_story(&mut self, number: u32, edges: &[(u32, f32)]) -> Option<(u32, f32)> {
        let mut stories: Vec<u32> = Vec::new();
        for (other, _) in edges.iter().take_while(|edge| edge.1 >= ASK_AT) {
            let story = self.slot(*other).story;
            if !stories.contains(&story) {
                stories.push(story);
            }
        }
        let mut best: Option<(u32, f32)> = None;
        for story in stories.into_iter().take(ASKED) {
            let members = self.ledger.members(story);
            let count = members.len();
            let of_story = edges.iter().filter(|edge| members.binary_search(&edge.0).is_ok());
            let known: Vec<(u32, f32)> = of_story.copied().collect();
            let asked = members.iter().step_by(count.div_ceil(SAMPLED).max(1));
            let asked = asked.filter(|member| known.iter().all(|edge| edge.0 != **member));
            let asked: Vec<u32> = asked.copied().collect();
            let sample: f32 = asked
                .iter()
                .map(|member| self.cached_score(number, *member))
                .sum();
            let mean_unknown = sample / asked.len().max(1) as f32;
            let sum =
                known.iter().map(|edge| edge.1).sum::<f32>() + mean_unknown * (count - known.len()) as f32;
            let nearest = known.iter().map(|edge| edge.1).fold(mean_unknown, f32::max);
            let mean = sum / count.max(1) as f32;
            let score = nearest * NEAREST_PART + mean * (1.0 - NEAREST_PART);
            if best.is_none_or(|(_, most)| score > most) && self.joins(number, story, score) {
                best = Some((story, score));
            }
        }
        best
    }

    /// Whether a newcomer with this score joins a story: the better a story of dated reports holds together, the more it asks.
    fn joins(&mut self, number: u32, story: u32, score: f32) -> bool {
        if !self.slot(number).profile.is_dated_text() {
            return score >= JOIN_AT;
        }
        let asked = |tightness: f32| JOIN_AT + TIGHTNESS_PART * (tightness - LOOSE);
        if score < asked(0.0) || score >= asked(MOST_SCORE) {
            return score >= asked(0.0);
        }
        let members = self.ledger.members(story);
        let step = members.len().div_ceil(FEW_MEMBERS).max(1);
        let few: Vec<u32> = members.iter().step_by(step).copied().collect();
        let (mut sum, mut pairs) = (0.0, 0);
        for (at, one) in few.iter().enumerate() {
            for other in &few[..at] {
                sum += self.cached_score(*one, *other);
                pairs += 1;
            }
        }
        score >= asked((sum / pairs.max(1) as f32).max(0.0))
    }

    /// Makes `number` the present state of the article `id`; gives the story of the state before.
    fn replace(&mut self, id: &ArticleId, number: u32) -> Option<u32> {
        let before = self.numbers.insert(id.clone(), number)?;
        let slot = self.slot_mut(before);
        slot.replaced = true;
        let story = slot.story;
        self.ledger.take(story, before);
        Some(story)
    }

    /// Lets the oldest articles go until the window holds.
    fn retire(&mut self) {
        while self.slots.len() > self.settings.window.max(1) {
            let number = self.base;
            if let Some(slot) = self.slots.pop_front() {
                self.uncount(slot.profile.day);
                if !slot.replaced {
                    self.numbers.remove(&slot.id);
                    self.ledger.take(slot.story, number);
                    self.ledger.close(slot.story, None);
                }
                self.base += 1;
            }
        }
    }
}

fn limit_edges(edges: &mut Vec<(u32, f32)>) {
    if edges.len() > EDGES + 8 {
        edges.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        edges.truncate(EDGES);
    }
}
