//! What people decided: these belong together, these do not. Every later repair obeys; the last one can be undone.

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

impl Stream {
    /// Puts a decision on record and repairs the stories that it touches. A later decision on the same two articles
    /// stands before an earlier one.
    pub fn decide(&mut self, decision: Decision) {
        self.touch_both(&decision);
        self.decisions.push(decision);
        self.repair();
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

    /// Decisions that stand, in the order in which they were made.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Pairs of positions in `units` (articles that move as one) that decisions put together, and that they keep apart.
    pub(crate) fn decided(&self, units: &[&[u32]]) -> [Vec<(usize, usize)>; 2] {
        let mut found = [Vec::new(), Vec::new()];
        if self.decisions.is_empty() {
            return found;
        }
        let at = |id: &ArticleId| {
            let number = self.numbers.get(id)?;
            units
                .iter()
                .position(|articles| articles.binary_search(number).is_ok())
        };
        for (place, decision) in self.decisions.iter().enumerate() {
            let overruled = || {
                let mut later = self.decisions[place + 1..].iter();
                later.any(|later| same_two(decision, later))
            };
            if let (Some(a), Some(b)) = (at(&decision.a), at(&decision.b))
                && a != b
                && !overruled()
            {
                found[usize::from(decision.verdict == Verdict::Apart)].push((a, b));
            }
        }
        found
    }

    /// Whether a decision names this article.
    pub(crate) fn is_decided(&self, article: u32) -> bool {
        !self.decisions.is_empty() && {
            let id = &self.slot(article).id;
            self.decisions.iter().any(|d| d.a == *id || d.b == *id)
        }
    }

    /// Stories that decisions tie to the story `story`.
    pub(crate) fn tied(&self, story: u32) -> Vec<u32> {
        let of = |id: &ArticleId| self.numbers.get(id).map(|number| self.slot(*number).story);
        let mut found = Vec::new();
        for decision in self.decisions.iter().filter(|d| d.verdict == Verdict::Together) {
            match (of(&decision.a), of(&decision.b)) {
                (Some(a), Some(b)) if a == story => found.push(b),
                (Some(a), Some(b)) if b == story => found.push(a),
                _ => {}
            }
        }
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

fn same_two(x: &Decision, y: &Decision) -> bool {
    (x.a == y.a && x.b == y.b) || (x.a == y.b && x.b == y.a)
}
