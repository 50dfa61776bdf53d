//! What telling the last stories left, for telling them again when reports come in.

use std::cell::RefCell;
use std::collections::VecDeque;

use twosource_account::Telling;
use twosource_store::StoryNumber;

/// Stories whose telling is kept: those that alerts watch are told again after every step.
const KEPT: usize = 8;

/// The tellings of the stories that were told last, the latest first.
#[derive(Debug)]
pub(super) struct Tellings(RefCell<VecDeque<(StoryNumber, Telling)>>);

impl Tellings {
    pub(super) const fn new() -> Self {
        Self(RefCell::new(VecDeque::new()))
    }

    /// The telling of a story, no longer kept here; an empty one where there is none.
    pub(super) fn of(&self, story: StoryNumber) -> Telling {
        let mut kept = self.0.borrow_mut();
        let at = kept.iter().position(|(number, _)| *number == story);
        let found = at.and_then(|at| kept.remove(at));
        found.map_or_else(Telling::default, |(_, telling)| telling)
    }

    /// Keeps the telling of a story, and forgets the one that was told longest ago where there are too many.
    pub(super) fn keep(&self, story: StoryNumber, telling: Telling) {
        let mut kept = self.0.borrow_mut();
        kept.push_front((story, telling));
        kept.truncate(KEPT);
    }
}
