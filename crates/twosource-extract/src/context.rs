//! The second look at each block: what the first look thought of it and of those around it.

use crate::features::Measures;
use crate::key_map::KeyMap;
use crate::surroundings::ListPlace;

/// Names of the values that [`context_of`] adds, in their order.
pub(crate) const NAMES: &[&str] = &[
    "chance",
    "chance -4",
    "chance -3",
    "chance -2",
    "chance -1",
    "chance +1",
    "chance +2",
    "chance +3",
    "chance +4",
    "chance within 3",
    "chance within 8",
    "chance of alike",
    "bytes of alike",
    "chance of holder",
    "chance of second holder",
    "chance of third holder",
    "text before",
    "text after",
    "text on page",
    "blocks since text",
    "blocks until text",
    "chance before list",
    "chance after list",
    "chance of list",
];

/// Parts of a list or table that are looked at on either side of a block.
const LIST_REACH: usize = 40;

/// Sum of weights and of weighted chances.
#[derive(Debug, Default, Clone, Copy)]
struct Mean {
    weight: f32,
    sum: f32,
}

impl Mean {
    fn add(&mut self, weight: f32, chance: f32) {
        self.weight += weight;
        self.sum += weight * chance;
    }

    /// The mean without one of its parts; -1 when nothing is left.
    fn without(self, weight: f32, chance: f32) -> f32 {
        let rest = self.weight - weight;
        if rest < 0.5 {
            -1.0
        } else {
            ((self.sum - weight * chance) / rest).clamp(0.0, 1.0)
        }
    }
}

/// Blocks that get a second look, with what it is told of them.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// the blocks
    pub(crate) blocks: Vec<usize>,
    /// for each its measures with [`NAMES`] behind them, row after row
    pub(crate) rows: Vec<f32>,
}

/// What the second look is told of each block that was measured and has at least this chance.
pub(crate) fn context_of(measures: &Measures, chances: &[f32], least: f32) -> Context {
    let count = measures.len();
    let weight = |at: usize| (measures.bytes[at] as f32).min(600.0);
    let mut alike: KeyMap<u64, Mean> = KeyMap::default();
    let mut holders: [KeyMap<u32, Mean>; 3] = Default::default();
    let mut total = 0.0;
    for (at, chance) in chances.iter().enumerate() {
        alike
            .entry(measures.signatures[at])
            .or_default()
            .add(weight(at), *chance);
        for (map, holder) in holders.iter_mut().zip(measures.holders[at]) {
            map.entry(holder).or_default().add(weight(at), *chance);
        }
        total += *chance * measures.bytes[at] as f32;
    }
    let since = distances(chances.iter());
    let mut until = distances(chances.iter().rev());
    until.reverse();
    let asked = chances.iter().filter(|chance| **chance >= least).count();
    let mut out = Vec::with_capacity(asked * (measures.width + NAMES.len()));
    let mut blocks = Vec::with_capacity(asked);
    let mut before = 0.0;
    for at in 0..count {
        let (weight_here, chance) = (weight(at), chances[at]);
        let own = chance * measures.bytes[at] as f32;
        let Some(row) = measures.row(at).filter(|_| chance >= least) else {
            before += own;
            continue;
        };
        blocks.push(at);
        out.extend_from_slice(row);
        out.push(chance);
        for by in [-4_isize, -3, -2, -1, 1, 2, 3, 4] {
            out.push(
                at.checked_add_signed(by)
                    .and_then(|other| chances.get(other))
                    .copied()
                    .unwrap_or(-1.0),
            );
        }
        for reach in [3, 8] {
            let mut mean = Mean::default();
            let from = at.saturating_sub(reach);
            let near = &chances[from..(at + reach + 1).min(count)];
            for (step, chance) in near.iter().enumerate() {
                mean.add(weight(from + step), *chance);
            }
            out.push(mean.without(weight_here, chance));
        }
        let group = alike.get(&measures.signatures[at]).copied().unwrap_or_default();
        out.push(group.without(weight_here, chance));
        out.push((group.weight - weight_here).max(1.0).ln());
        for (map, holder) in holders.iter().zip(measures.holders[at]) {
            out.push(
                map.get(&holder)
                    .copied()
                    .unwrap_or_default()
                    .without(weight_here, chance),
            );
        }
        out.push(before / total.max(1.0));
        out.push((total - before - own).max(0.0) / total.max(1.0));
        out.push(total.max(1.0).ln());
        before += own;
        out.push(since[at]);
        out.push(until[at]);
        push_list(measures, chances, at, &mut out);
    }
    Context { blocks, rows: out }
}

/// What was thought of the blocks before and behind the list or table of a block, and of its other parts.
fn push_list(measures: &Measures, chances: &[f32], at: usize, out: &mut Vec<f32>) {
    let Some(ListPlace { first, last, .. }) = measures.lists[at] else {
        out.extend([-1.0; 3]);
        return;
    };
    let before = first.checked_sub(1).and_then(|before| chances.get(before));
    out.push(before.copied().unwrap_or(-1.0));
    out.push(chances.get(last + 1).copied().unwrap_or(-1.0));
    let sampled = first.max(at.saturating_sub(LIST_REACH))..(last + 1).min(at + LIST_REACH);
    let others = (sampled.len() - 1) as f32;
    let sum: f32 = chances[sampled].iter().sum();
    out.push(if others < 0.5 {
        -1.0
    } else {
        ((sum - chances[at]) / others).clamp(0.0, 1.0)
    });
}

/// For each place the number of blocks since one that is more likely text than not, at most 30.
fn distances<'c>(chances: impl Iterator<Item = &'c f32>) -> Vec<f32> {
    let mut gap = 30.0;
    chances
        .map(|chance| {
            let here = gap;
            gap = if *chance > 0.5 {
                0.0
            } else {
                f32::min(gap + 1.0, 30.0)
            };
            here
        })
        .collect()
}
