//! The stream's side of copies: candidates among the neighbours of a newcomer, furniture by outlet.

use crate::copies::{Containment, LEAST_HITS, Sieve, containment, is_copy};
use crate::stream::{MOST_SCORE, Neighbour, Stream};

/// Newest articles of an outlet that are asked whether they carry a run too.
const OUTLET_NEWEST: usize = 32;
/// Articles of other stories that must carry a run of one outlet for it to be furniture.
const FURNITURE_AT: usize = 2;
/// Least share kept as a candidate pair, before furniture is set aside.
const CANDIDATE_AT: f32 = 0.2;
/// Share of runs from which a copy is as sure to tell of the same event as any pair can be. A report may take over a passage of
/// another matter.
const SURE_COPY: f32 = 0.75;
/// Log-odds of one event below which two reports of one outlet are of different matters, whatever runs they share: at 0.0 three pairs
/// of copies-real that share their outlet's furniture are taken for copies, at 0.5 two copies more are not found (2026-11-23).
const OTHER_MATTER: f32 = 0.3;

impl Stream {
    /// Notes which neighbours may share the text of a newcomer.
    pub(crate) fn find_copies(
        &mut self,
        runs: Box<[u32]>,
        outlet: Option<u32>,
        number: u32,
        neighbours: &[Neighbour],
    ) {
        let sieve = Sieve::new(&runs);
        let found: Vec<u32> = neighbours
            .iter()
            .map(|neighbour| neighbour.number)
            .filter(|other| {
                let theirs = &self.slot(*other).runs;
                if sieve.most_hits(theirs) < LEAST_HITS {
                    return false;
                }
                let found = containment(&runs, theirs, |_| false);
                found.hits >= LEAST_HITS && found.share >= CANDIDATE_AT
            })
            .collect();
        for other in &found {
            self.slot_mut(*other).copies.push(number);
        }
        let slot = self.slot_mut(number);
        slot.runs = runs;
        slot.outlet = outlet;
        slot.copies = found;
        if let Some(outlet) = outlet {
            let newest = self.outlets.entry(outlet).or_default();
            if newest.len() >= 2 * OUTLET_NEWEST {
                newest.drain(..OUTLET_NEWEST);
            }
            newest.push(number);
        }
    }

    /// Whether two articles in the window carry one text, as far as is known by now.
    pub(crate) fn are_copies(&self, a: u32, b: u32) -> bool {
        self.copied_share(a, b).is_some()
    }

    /// The share of the shorter one's runs that stand in the other, where the two carry one text.
    fn copied_share(&self, a: u32, b: u32) -> Option<f32> {
        if !self.slot(a).copies.contains(&b) {
            return None;
        }
        let same_outlet = self.same_outlet(a, b);
        if same_outlet && self.plain_score(a, b) < OTHER_MATTER {
            return None;
        }
        let shared = self.shared_runs(a, b);
        is_copy(shared, same_outlet).then_some(shared.share)
    }

    /// Log-odds of one event for two articles that carry one text: the less of it, the less sure.
    pub(crate) fn copy_score(&self, a: u32, b: u32) -> Option<f32> {
        let share = self.copied_share(a, b)?;
        Some(MOST_SCORE * (share / SURE_COPY).min(1.0))
    }

    /// What two articles in the window share, furniture of a common outlet set aside.
    pub(crate) fn shared_runs(&self, a: u32, b: u32) -> Containment {
        let (first, second) = (self.slot(a), self.slot(b));
        if !self.same_outlet(a, b) {
            return containment(&first.runs, &second.runs, |_| false);
        }
        let newest = first.outlet.and_then(|outlet| self.outlets.get(&outlet));
        let others: Vec<&[u32]> = newest
            .into_iter()
            .flatten()
            .filter(|other| **other >= self.base && **other != a && **other != b)
            .filter(|other| !self.slot(**other).replaced)
            .filter(|other| {
                [a, b]
                    .iter()
                    .all(|one| self.plain_score(*one, **other) < OTHER_MATTER)
            })
            .map(|other| &*self.slot(*other).runs)
            .collect();
        let furniture = |run| {
            let carriers = others.iter().filter(|runs| runs.binary_search(&run).is_ok());
            carriers.take(FURNITURE_AT).count() == FURNITURE_AT
        };
        containment(&first.runs, &second.runs, furniture)
    }

    fn same_outlet(&self, a: u32, b: u32) -> bool {
        let outlet = self.slot(a).outlet;
        outlet.is_some() && outlet == self.slot(b).outlet
    }
}
