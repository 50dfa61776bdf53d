//! What is known before the first bit of an annotation: chances, the names of fields and values, the shapes of objects.
//!
//! `models/annotation-1.bin` is made by `twosource-train annotation` and never changes again: what was written with it
//! is read with it. A better one gets a number of its own.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::bits::{EVEN, RANK_BITS, SETTLED, SLOT_BITS};
use super::{pack, unpack};
use crate::StoreError;

/// Number of the prior that is written with; the first byte of each annotation names it.
pub const NEWEST: u8 = 1;

static FIRST: &[u8] = include_bytes!("../../models/annotation-1.bin");

/// Chances of a one, and values last met, by slot. What was learnt can be taken back.
#[derive(Debug, Clone)]
pub struct Chances {
    slots: Learnt<Slot>,
    ranks: Learnt<Rank>,
}

/// The chance of a one, and how many bits it has met.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Slot {
    one: u16,
    met: u8,
}

/// A value that was met in a context: whose, which, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Rank {
    check: u8,
    times: u8,
    value: u16,
}

/// A value that was met so often in a row gets no surer.
const SURE: u8 = 15;

impl Chances {
    fn even() -> Self {
        Self {
            slots: Learnt::of(Slot { one: EVEN, met: 0 }, SLOT_BITS),
            ranks: Learnt::of(Rank::default(), RANK_BITS),
        }
    }

    /// The chance of a one, and how many bits it has met.
    pub fn at(&self, place: usize) -> (u16, u8) {
        let slot = self.slots.now[place];
        (slot.one, slot.met)
    }

    pub fn learn(&mut self, places: &[usize], bit: bool) {
        for place in places {
            let mut slot = self.slots.now[*place];
            let goal = if bit { 65_535_i32 } else { 0 };
            let step = (goal - i32::from(slot.one)) * 2 / (2 * i32::from(slot.met) + 3);
            slot.one = (i32::from(slot.one) + step) as u16;
            slot.met = (slot.met + 1).min(SETTLED);
            self.slots.put(*place, slot);
        }
    }

    /// The value last met in a context, and how surely; 0 is not at all.
    pub fn ranked(&self, context: u32) -> (u16, u8) {
        let (place, check) = place_of(context);
        [place, place ^ 1]
            .map(|place| self.ranks.now[place])
            .into_iter()
            .find(|rank| rank.check == check && rank.times > 0)
            .map_or((0, 0), |rank| (rank.value, rank.times))
    }

    /// A value was met in these contexts.
    pub fn rank(&mut self, contexts: &[u32], value: u16) {
        for context in contexts {
            let (place, check) = place_of(*context);
            let own = |place: &usize| {
                let rank = self.ranks.now[*place];
                rank.check == check && rank.times > 0
            };
            let weak = |place: &usize| self.ranks.now[*place].times;
            let both = [place, place ^ 1];
            let place = both
                .into_iter()
                .find(own)
                .or_else(|| both.into_iter().min_by_key(weak))
                .unwrap_or(place);
            let mut rank = self.ranks.now[place];
            if rank.check == check && rank.times > 0 && rank.value == value {
                rank.times = (rank.times + 1).min(SURE);
            } else if rank.times <= 1 {
                rank = Rank {
                    check,
                    times: 1,
                    value,
                };
            } else if rank.check == check {
                rank.times /= 2;
            } else {
                rank.times -= 1;
            }
            self.ranks.put(place, rank);
        }
    }

    /// As they were before anything was learnt.
    fn forget(&mut self) {
        self.slots.forget();
        self.ranks.forget();
    }
}

fn place_of(context: u32) -> (usize, u8) {
    let spread = context.wrapping_mul(0x9E37_79B1);
    ((spread >> (32 - RANK_BITS)) as usize, spread as u8)
}

/// Slots that remember what they were.
#[derive(Debug, Clone)]
struct Learnt<T> {
    now: Vec<T>,
    /// Slots as they were before they first learnt something.
    before: Vec<(u32, T)>,
    /// Whether each slot has learnt something, 64 to a number.
    touched: Vec<u64>,
}

impl<T: Copy> Learnt<T> {
    fn of(slot: T, bits: u32) -> Self {
        Self {
            now: vec![slot; 1 << bits],
            before: Vec::new(),
            touched: vec![0; 1 << (bits - 6)],
        }
    }

    fn put(&mut self, place: usize, slot: T) {
        let mark = 1_u64 << (place & 63);
        if self.touched[place >> 6] & mark == 0 {
            self.touched[place >> 6] |= mark;
            self.before.push((place as u32, self.now[place]));
        }
        self.now[place] = slot;
    }

    fn forget(&mut self) {
        for (place, slot) in self.before.drain(..) {
            self.now[place as usize] = slot;
            self.touched[place as usize >> 6] = 0;
        }
    }
}

/// Everything that is known beforehand.
#[derive(Debug, Clone)]
pub struct Prior {
    pub chances: Chances,
    pub lists: Lists,
}

/// Names and shapes that need not be spelt out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lists {
    /// Names of fields and values, most used first.
    pub words: Vec<String>,
    /// Names of the fields of one kind of object, most used first.
    pub shapes: Vec<Vec<String>>,
    numbers: HashMap<String, u32>,
}

impl Lists {
    pub fn new(words: Vec<String>, shapes: Vec<Vec<String>>) -> Self {
        let numbers = words.iter().cloned().zip(0..).collect();
        Self {
            words,
            shapes,
            numbers,
        }
    }

    /// Number of a known word.
    pub fn number_of(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }
}

impl Prior {
    /// Nothing is known.
    pub fn empty() -> Self {
        Self {
            chances: Chances::even(),
            lists: Lists::default(),
        }
    }

    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let names = serde_json::json!({ "words": self.lists.words, "shapes": self.lists.shapes }).to_string();
        let mut bytes = (names.len() as u32).to_be_bytes().to_vec();
        bytes.extend_from_slice(names.as_bytes());
        // what was met once is left out, and eight bits of a chance are as good as sixteen
        let slots = self.chances.slots.now.iter().map(|slot| match slot.met {
            0 | 1 => (0, 0),
            met => (met, (slot.one >> 8) as u8),
        });
        let (met, ones): (Vec<u8>, Vec<u8>) = slots.unzip();
        let ranks = self.chances.ranks.now.iter().map(|rank| match rank.times {
            0 | 1 => Rank::default(),
            _ => *rank,
        });
        let ranks: Vec<Rank> = ranks.collect();
        bytes.extend(met);
        bytes.extend(ones);
        bytes.extend(ranks.iter().map(|rank| rank.times));
        bytes.extend(ranks.iter().map(|rank| rank.check));
        bytes.extend(ranks.iter().map(|rank| (rank.value >> 8) as u8));
        bytes.extend(ranks.iter().map(|rank| rank.value as u8));
        pack(&bytes)
    }

    /// Of bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        #[derive(serde::Deserialize)]
        struct Names {
            words: Vec<String>,
            shapes: Vec<Vec<String>>,
        }
        let what = "what annotations are read with";
        let bytes = unpack(what, bytes)?;
        let cut = || StoreError::unreadable(what, "it is cut off");
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(cut)?;
        let (names, rest) = rest
            .split_at_checked(u32::from_be_bytes(*length) as usize)
            .ok_or_else(cut)?;
        let names: Names = super::from_json(what, names)?;
        let (slots, ranks) = rest.split_at_checked(2 << SLOT_BITS).ok_or_else(cut)?;
        let (met, ones) = slots.split_at(1 << SLOT_BITS);
        if ranks.len() != 4 << RANK_BITS {
            return Err(cut());
        }
        let mut chances = Chances::even();
        for (slot, (met, one)) in chances.slots.now.iter_mut().zip(met.iter().zip(ones)) {
            if *met > 0 {
                *slot = Slot {
                    one: u16::from(*one) << 8 | 0x80,
                    met: (*met).min(SETTLED),
                };
            }
        }
        let column = |at: usize| &ranks[at << RANK_BITS..(at + 1) << RANK_BITS];
        for (place, rank) in chances.ranks.now.iter_mut().enumerate() {
            *rank = Rank {
                times: column(0)[place].min(SURE),
                check: column(1)[place],
                value: u16::from(column(2)[place]) << 8 | u16::from(column(3)[place]),
            };
        }
        Ok(Self {
            chances,
            lists: Lists::new(names.words, names.shapes),
        })
    }
}

thread_local! {
    /// Each thread has chances of its own to learn with, and takes back what it learnt: quicker than a copy each time.
    static AT_HAND: RefCell<Option<Chances>> = const { RefCell::new(None) };
}

/// Works with the prior of that number; whatever it learns is forgotten afterwards.
pub fn with<T>(
    number: u8,
    work: impl FnOnce(&mut Chances, &Lists) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    static PRIOR: OnceLock<Option<Prior>> = OnceLock::new();
    let prior = match number {
        NEWEST => PRIOR.get_or_init(|| Prior::from_bytes(FIRST).ok()).as_ref(),
        _ => None,
    };
    let unknown = || StoreError::unreadable("an annotation", format!("it is of the unknown form {number}"));
    let prior = prior.ok_or_else(unknown)?;
    AT_HAND.with_borrow_mut(|at_hand| {
        let chances = at_hand.get_or_insert_with(|| prior.chances.clone());
        // what a panic left behind goes first
        chances.forget();
        let result = work(chances, &prior.lists);
        chances.forget();
        result
    })
}
