//! The whole state of a stream as bytes, so that a run can stop anywhere and go on as if it had not.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::decisions::{Decision, Decisions};
use crate::index::{Index, SavedIndex};
use crate::ledger::Ledger;
use crate::stream::{Judge, Known, Settings, Slot, Stream};

/// Changes whenever profiles, weights or the layout do; a state of another version is refused.
const VERSION: u32 = 7;

/// Why bytes are no state.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The bytes are cut off or were never a state.
    #[error("the saved stream cannot be read")]
    Unreadable {
        /// what the reader met
        #[from]
        source: postcard::Error,
    },
    /// The state was saved by another version.
    #[error("the saved stream is of version {found}, this program reads {VERSION}")]
    Version {
        /// its version
        found: u32,
    },
    /// The parts of the state contradict each other.
    #[error("the saved stream is damaged: {what}")]
    Damaged {
        /// what does not fit
        what: &'static str,
    },
}

/// What stands behind the version.
#[derive(Deserialize)]
struct Saved {
    settings: Settings,
    index: SavedIndex,
    slots: VecDeque<Slot>,
    base: u32,
    ledger: Ledger,
    touched: BTreeSet<u32>,
    since_repair: u64,
    repaired: u32,
    outlets: BTreeMap<u32, Vec<u32>>,
    decisions: Vec<Decision>,
}

/// The version and a [`Saved`], field by field the same, to be written: lent, because a full window takes hundreds of
/// megabytes.
#[derive(Serialize)]
struct Saving<'a> {
    version: u32,
    settings: &'a Settings,
    index: SavedIndex,
    slots: &'a VecDeque<Slot>,
    base: u32,
    ledger: &'a Ledger,
    touched: &'a BTreeSet<u32>,
    since_repair: u64,
    repaired: u32,
    outlets: &'a BTreeMap<u32, Vec<u32>>,
    decisions: &'a [Decision],
}

impl Stream {
    /// The state as bytes; equal streams give equal bytes.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn save(&self) -> Result<Vec<u8>, StateError> {
        Ok(postcard::to_allocvec(&Saving {
            version: VERSION,
            settings: &self.settings,
            index: self.index.save(),
            slots: &self.slots,
            base: self.base,
            ledger: &self.ledger,
            touched: &self.touched,
            since_repair: self.since_repair as u64,
            repaired: self.repaired,
            outlets: &self.outlets,
            decisions: self.decisions.made(),
        })?)
    }

    /// The stream that was saved.
    ///
    /// # Errors
    /// When the bytes are cut off, of another version, or contradict themselves.
    pub fn restore(bytes: &[u8]) -> Result<Self, StateError> {
        let (version, behind) = postcard::take_from_bytes::<u32>(bytes)?;
        if version != VERSION {
            return Err(StateError::Version { found: version });
        }
        let saved: Saved = postcard::from_bytes(behind)?;
        check(&saved)?;
        let numbered = saved
            .slots
            .iter()
            .zip(saved.base..)
            .filter(|(slot, _)| !slot.replaced);
        let numbers: HashMap<_, _> = numbered.map(|(slot, number)| (slot.id.clone(), number)).collect();
        Ok(Self {
            settings: saved.settings,
            index: Index::restore(saved.index),
            of_day: count_days(&saved.slots),
            slots: saved.slots,
            base: saved.base,
            numbers,
            ledger: saved.ledger,
            touched: saved.touched,
            since_repair: saved.since_repair as usize,
            repaired: saved.repaired,
            outlets: saved.outlets,
            decisions: Decisions::of(saved.decisions),
            judge: Judge::default(),
            known: Known::default(),
            moved: crate::desk::Moved::default(),
        })
    }
}

/// Articles by their day; see [`Stream`].
fn count_days(slots: &VecDeque<Slot>) -> BTreeMap<i32, u32> {
    let mut counts = BTreeMap::new();
    for day in slots.iter().filter_map(|slot| slot.profile.day) {
        *counts.entry(day.floor() as i32).or_default() += 1;
    }
    counts
}

/// Every number that will be followed leads somewhere.
fn check(saved: &Saved) -> Result<(), StateError> {
    let damaged = |what| Err(StateError::Damaged { what });
    let Ok(count) = u32::try_from(saved.slots.len()) else {
        return damaged("too many articles");
    };
    let Some(end) = saved.base.checked_add(count) else {
        return damaged("article numbers");
    };
    let known = |number: &u32| (saved.base..end).contains(number);
    for slot in &saved.slots {
        if !slot.profile.is_sound() {
            return damaged("a profile");
        }
        if slot.edges.iter().any(|(other, _)| *other >= end) || slot.copies.iter().any(|other| *other >= end)
        {
            return damaged("an edge");
        }
        if !slot.replaced && saved.ledger.id(slot.story).is_none() {
            return damaged("an article without a story");
        }
    }
    if saved
        .ledger
        .stories()
        .any(|(_, _, members)| !members.iter().all(known))
    {
        return damaged("a story without its articles");
    }
    if saved.outlets.values().flatten().any(|number| *number >= end) || saved.index.last() >= end.max(1) {
        return damaged("an index entry");
    }
    Ok(())
}
