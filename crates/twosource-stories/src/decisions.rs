//! What people decided: these belong together, these do not. Every later repair obeys; the last one can be undone.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use twosource_model::ArticleId;

use crate::stream::Stream;

/// A person's word on two articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// One article.
    pub a: ArticleId,
    /// The other one.
    pub b: ArticleId,
}

/// What a person decided on two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They tell of one event.
    Together,
    /// They do not.
    Apart,
}

/// All decisions, with those that stand by article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Decisions {
    made: Vec<Decision>,
    /// The place of the last decision on two articles, by the lower name and the higher.
    last: HashMap<(ArticleId, ArticleId), usize>,
    /// Places of the decisions on an article, rising.
    by_article: HashMap<ArticleId, Vec<usize>>,
}

impl PartialEq for Decisions {
    fn eq(&self, other: &Self) -> bool {
        self.made == other.made
    }
}

impl Decisions {
    pub(crate) fn of(made: Vec<Decision>) -> Self {
        let mut all = Self::default();
        made.into_iter().for_each(|decision| all.push(decision));
        all
    }

    pub(crate) fn made(&self) -> &[Decision] {
        &self.made
    }

    fn push(&mut self, decision: Decision) {
        let place = self.made.len();
        self.last.insert(both(&decision), place);
        for id in [&decision.a, &decision.b] {
            self.by_article.entry(id.clone()).or_default().push(place);
        }
        self.made.push(decision);
    }

    fn pop(&mut self) -> Option<Decision> {
        let last = self.made.pop()?;
        *self = Self::of(std::mem::take(&mut self.made));
        Some(last)
    }

    /// The decisions on an article that no later one on the same two articles overrules, in the order in which they were made.
    fn standing<'a>(&'a self, article: &ArticleId) -> impl Iterator<Item = &'a Decision> {
        let places = self.by_article.get(article).map_or(&[][..], Vec::as_slice);
        let stands = |place: &&usize| self.last.get(&both(&self.made[**place])) == Some(*place);
        places.iter().filter(stands).map(|place| &self.made[*place])
    }
}

/// The two articles of a decision, the lower name first.
fn both(decision: &Decision) -> (ArticleId, ArticleId) {
    let (a, b) = (decision.a.clone(), decision.b.clone());
    if a <= b { (a, b) } else { (b, a) }
}

impl Stream {
    /// Puts a decision on record and repairs the stories that it touches. A later decision on the same two articles
    /// stands before an earlier one.
    pub fn decide(&mut self, decision: Decision) {
        self.decide_all([decision]);
    }

    /// Puts several decisions on record as one, with one repair behind them.
    pub fn decide_all(&mut self, decisions: impl IntoIterator<Item = Decision>) {
        for decision in decisions {
            self.touch_both(&decision);
            self.decisions.push(decision);
        }
        self.repair();
    }

    /// Takes the last decision back and looks at its stories again without it.
    pub fn undo(&mut self) -> Option<Decision> {
        let decision = self.decisions.pop()?;
        self.touch_both(&decision);
        self.repair();
        Some(decision)
    }

    /// Decisions that were made and not taken back, in their order.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        self.decisions.made()
    }

    /// Pairs of positions in `units` (articles that move as one) that decisions put together, and that they keep apart.
    pub(crate) fn decided(&self, units: &[&[u32]]) -> [Vec<(usize, usize)>; 2] {
        let mut found = [BTreeSet::new(), BTreeSet::new()];
        if !self.decisions().is_empty() {
            let at: HashMap<u32, usize> = units
                .iter()
                .enumerate()
                .flat_map(|(unit, articles)| articles.iter().map(move |article| (*article, unit)))
                .collect();
            let unit_of = |id: &ArticleId| at.get(self.numbers.get(id)?).copied();
            for article in units.iter().flat_map(|articles| articles.iter()) {
                for decision in self.decisions.standing(&self.slot(*article).id) {
                    if let (Some(a), Some(b)) = (unit_of(&decision.a), unit_of(&decision.b))
                        && a != b
                    {
                        found[usize::from(decision.verdict == Verdict::Apart)].insert((a.min(b), a.max(b)));
                    }
                }
            }
        }
        found.map(|pairs| pairs.into_iter().collect())
    }

    /// Articles of one story that move as one: those that decisions keep apart from others stand by themselves, with what
    /// decisions put together with them; all others, last in the list, are one.
    pub(crate) fn kept_together(&self, articles: Vec<u32>) -> Vec<Vec<u32>> {
        let decides = |article: &u32, verdict| {
            let mut standing = self.decisions.standing(&self.slot(*article).id);
            standing.any(|decision| decision.verdict == verdict)
        };
        let decided = |article: &u32| decides(article, Verdict::Apart);
        if self.decisions().is_empty() || !articles.iter().any(decided) {
            return vec![articles];
        }
        let mut groups = Vec::new();
        let mut open: BTreeSet<u32> = articles.iter().copied().collect();
        for article in articles.iter().filter(|article| decided(article)) {
            if !open.remove(article) {
                continue;
            }
            let (mut group, mut next) = (vec![*article], 0);
            while let Some(member) = group.get(next) {
                for decision in self.decisions.standing(&self.slot(*member).id) {
                    let ends = [&decision.a, &decision.b];
                    let numbers = ends.iter().filter_map(|id| self.numbers.get(*id).copied());
                    if decision.verdict == Verdict::Together {
                        group.extend(numbers.filter(|number| open.remove(number)).collect::<Vec<_>>());
                    }
                }
                next += 1;
            }
            group.sort_unstable();
            groups.push(group);
        }
        if !open.is_empty() {
            groups.push(open.into_iter().collect());
        }
        groups
    }

    /// Stories that decisions tie to the story `story`.
    pub(crate) fn tied(&self, story: u32) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        if self.decisions().is_empty() {
            return found;
        }
        let of = |id: &ArticleId| self.numbers.get(id).map(|number| self.slot(*number).story);
        for member in self.ledger.members(story) {
            for decision in self.decisions.standing(&self.slot(*member).id) {
                if decision.verdict == Verdict::Together {
                    found.extend([&decision.a, &decision.b].into_iter().filter_map(of));
                }
            }
        }
        found.remove(&story);
        found
    }

    fn touch_both(&mut self, decision: &Decision) {
        for id in [&decision.a, &decision.b] {
            if let Some(number) = self.numbers.get(id) {
                let story = self.slot(*number).story;
                self.touched.insert(story);
            }
        }
    }
}
