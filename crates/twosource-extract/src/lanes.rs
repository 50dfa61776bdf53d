//! Many rows asked of many small trees at once: a row keeps the leaves that each of its answers leaves open, and the
//! first one left is where it ends. Method: Lucchese et al. (2015), QuickScorer, over lanes of rows.
//!
//! No branch depends on a value, so one instruction asks several rows; sums are taken in the order of the trees, so
//! they are the same to the last bit as asking one row after the other.

use wide::f32x8;

use crate::forest::TreeNode;

/// Most leaves of a tree: one bit each.
pub(crate) const MOST_LEAVES: usize = 32;

/// Rows asked with one instruction.
const WIDTH: usize = 8;

/// Rows asked at once.
const LANES: usize = 2 * WIDTH;

/// A value for each row that is asked at once.
type Lane = [f32x8; 2];

/// A question of a tree and the leaves that stay open when the measure is above the threshold.
#[derive(Debug, Clone, Copy)]
struct Split {
    measure: u16,
    threshold: f32,
    /// one bit a leaf, in the form in which it is laid over the answers
    open: f32,
}

/// Where a tree's questions end and its leaves begin.
#[derive(Debug, Clone, Copy)]
struct Tree {
    splits: (u32, u32),
    leaves: u32,
}

/// Trees in the form in which rows are asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lanes {
    splits: Vec<Split>,
    leaves: Vec<f32>,
    trees: Vec<Tree>,
}

impl Lanes {
    /// Trees in preorder, each of at most [`MOST_LEAVES`] leaves.
    pub(crate) fn new(trees: &[Vec<TreeNode>]) -> Self {
        let mut lanes = Self::default();
        for tree in trees {
            let (first, leaves) = (lanes.splits.len(), lanes.leaves.len());
            // the leaves before each node, in preorder
            let mut before = Vec::with_capacity(tree.len());
            let mut count = 0_u32;
            for node in tree {
                before.push(count);
                if node.measure == TreeNode::LEAF {
                    lanes.leaves.push(node.value);
                    count += 1;
                }
            }
            for (at, node) in tree
                .iter()
                .enumerate()
                .filter(|(_, n)| n.measure != TreeNode::LEAF)
            {
                let (from, to) = (before[at], before[usize::from(node.right)]);
                let left = bits_below(to) & !bits_below(from);
                lanes.splits.push(Split {
                    measure: u16::from(node.measure),
                    threshold: node.value,
                    open: f32::from_bits(!left),
                });
            }
            lanes.trees.push(Tree {
                splits: (to_u32(first), to_u32(lanes.splits.len())),
                leaves: to_u32(leaves),
            });
        }
        lanes
    }

    /// Number of trees.
    pub(crate) fn len(&self) -> usize {
        self.trees.len()
    }

    /// Adds to the sums of these rows of a table what the trees `range` say of them.
    pub(crate) fn add(
        &self,
        range: std::ops::Range<usize>,
        table: &[f32],
        width: usize,
        rows: &[usize],
        sums: &mut [f32],
    ) {
        let mut columns = vec![[[0.0; WIDTH]; 2]; width];
        let mut lanes = vec![[f32x8::ZERO; 2]; width];
        for rows in rows.chunks(LANES) {
            for (lane, row) in rows.iter().enumerate() {
                let values = &table[row * width..(row + 1) * width];
                for (column, value) in columns.iter_mut().zip(values) {
                    column[lane / WIDTH][lane % WIDTH] = *value;
                }
            }
            for (lane, column) in lanes.iter_mut().zip(&columns) {
                *lane = column.map(f32x8::new);
            }
            let mut here = [0.0; LANES];
            for (sum, row) in here.iter_mut().zip(rows) {
                *sum = sums[*row];
            }
            self.add_lanes(&self.trees[range.clone()], &lanes, &mut here);
            for (sum, row) in here.iter().zip(rows) {
                sums[*row] = *sum;
            }
        }
    }

    fn add_lanes(&self, trees: &[Tree], columns: &[Lane], sums: &mut [f32; LANES]) {
        for tree in trees {
            let splits = &self.splits[tree.splits.0 as usize..tree.splits.1 as usize];
            let leaves = &self.leaves[tree.leaves as usize..];
            let open = open_leaves(splits, columns);
            for (sum, open) in sums.iter_mut().zip(open.as_flattened()) {
                *sum += leaves[open.to_bits().trailing_zeros() as usize];
            }
        }
    }
}

/// The leaves of a tree that its questions leave open for each row, one bit a leaf.
fn open_leaves(splits: &[Split], columns: &[Lane]) -> [[f32; WIDTH]; 2] {
    let mut open = [f32x8::splat(f32::from_bits(u32::MAX)); 2];
    for split in splits {
        let column = &columns[usize::from(split.measure)];
        let (threshold, above) = (f32x8::splat(split.threshold), f32x8::splat(split.open));
        for (open, values) in open.iter_mut().zip(column) {
            *open &= values.simd_le(threshold) | above;
        }
    }
    open.map(f32x8::to_array)
}

/// The `count` lowest bits.
fn bits_below(count: u32) -> u32 {
    1_u32.checked_shl(count).map_or(u32::MAX, |bit| bit - 1)
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
