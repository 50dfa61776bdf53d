//! Boosted trees: sums of small decision trees, read from a compact file.
//!
//! File: magic `TSF1`, number of measures (u16), base (f32), number of trees (u16); for each tree its number of nodes
//! (u8) and its nodes in preorder: measure (u8, 255 = leaf), then threshold (f32) and index of the right child (u8),
//! or the leaf's value (f32). All little-endian. A value at or below the threshold goes left, to the next node.

use crate::lanes::{Lanes, MOST_LEAVES};

/// Trees after which a row that is surely not what is looked for is asked no more.
const SURE_AFTER: usize = 60;

/// Log odds that count as surely not: a chance of one in ninety.
const SURELY_NOT: f32 = -4.5;

/// A node of a tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreeNode {
    /// measure that is asked, or [`TreeNode::LEAF`]
    pub measure: u8,
    /// index of the right child in its tree
    pub right: u8,
    /// threshold, or the value of a leaf
    pub value: f32,
}

impl TreeNode {
    /// In place of a measure: this node is a leaf.
    pub const LEAF: u8 = u8::MAX;
}

/// Boosted trees over a fixed number of measures.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    /// number of measures a row holds
    width: usize,
    /// sum before the first tree, in log odds
    base: f32,
    trees: Vec<Vec<TreeNode>>,
    lanes: Lanes,
}

/// Why bytes are no forest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a forest: {0}")]
pub struct ForestError(&'static str);

impl Forest {
    /// A forest over rows of `width` measures: the sum before its first tree, in log odds, and its trees in preorder.
    ///
    /// # Errors
    /// When a tree has more than 32 leaves, or a node points outside of its tree or its row.
    pub fn new(width: usize, base: f32, trees: Vec<Vec<TreeNode>>) -> Result<Self, ForestError> {
        trees.iter().try_for_each(|tree| check(tree, width))?;
        let lanes = Lanes::new(&trees);
        Ok(Self {
            width,
            base,
            trees,
            lanes,
        })
    }

    /// Number of measures a row holds.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// For each row of a table the chance that it is what the forest was trained to tell, 0.0 to 1.0.
    #[must_use]
    pub fn chances(&self, table: &[f32]) -> Vec<f32> {
        let count = table.len() / self.width.max(1);
        let mut sums = vec![self.base; count];
        let all: Vec<usize> = (0..count).collect();
        let sure = self.lanes.len().min(SURE_AFTER);
        self.lanes.add(0..sure, table, self.width, &all, &mut sums);
        // most blocks of a page are menus and lists, and the first trees say so
        let open: Vec<usize> = all.into_iter().filter(|row| sums[*row] >= SURELY_NOT).collect();
        self.lanes
            .add(sure..self.lanes.len(), table, self.width, &open, &mut sums);
        sums.iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect()
    }

    /// One forest that says the mean of what two of the same size say, in log odds.
    #[must_use]
    pub fn mean(a: &Self, b: &Self) -> Self {
        let halved = |tree: &Vec<TreeNode>| {
            let half = |node: &TreeNode| match node.measure {
                TreeNode::LEAF => TreeNode {
                    value: node.value / 2.0,
                    ..*node
                },
                _ => *node,
            };
            tree.iter().map(half).collect()
        };
        let trees = a.trees.iter().zip(&b.trees);
        let trees: Vec<Vec<TreeNode>> = trees.flat_map(|(a, b)| [halved(a), halved(b)]).collect();
        Self {
            width: a.width,
            base: f32::midpoint(a.base, b.base),
            lanes: Lanes::new(&trees),
            trees,
        }
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = b"TSF1".to_vec();
        out.extend(u16::try_from(self.width).unwrap_or(u16::MAX).to_le_bytes());
        out.extend(self.base.to_le_bytes());
        out.extend(u16::try_from(self.trees.len()).unwrap_or(u16::MAX).to_le_bytes());
        for tree in &self.trees {
            out.push(u8::try_from(tree.len()).unwrap_or(u8::MAX));
            for node in tree {
                out.push(node.measure);
                if node.measure != TreeNode::LEAF {
                    out.push(node.right);
                }
                out.extend(node.value.to_le_bytes());
            }
        }
        out
    }

    /// Reads the file's bytes.
    ///
    /// # Errors
    /// When they are no forest, or one whose nodes point outside of it.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ForestError> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take::<4>()? != *b"TSF1" {
            return Err(ForestError("no magic"));
        }
        let width = usize::from(u16::from_le_bytes(reader.take()?));
        let base = f32::from_le_bytes(reader.take()?);
        let count = u16::from_le_bytes(reader.take()?);
        let mut trees = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            trees.push(reader.tree()?);
        }
        Self::new(width, base, trees)
    }
}

/// Whether a tree ends in a leaf, has few enough of them, and its nodes point forward inside it.
fn check(tree: &[TreeNode], width: usize) -> Result<(), ForestError> {
    let sound = |(at, node): (usize, &TreeNode)| {
        let right = usize::from(node.right);
        node.measure == TreeNode::LEAF
            || (usize::from(node.measure) < width && right > at && right < tree.len())
    };
    let leaves = tree.iter().filter(|node| node.measure == TreeNode::LEAF).count();
    let ends_in_leaf = tree.last().is_some_and(|node| node.measure == TreeNode::LEAF);
    if leaves > MOST_LEAVES {
        Err(ForestError("a tree has too many leaves"))
    } else if ends_in_leaf && tree.iter().enumerate().all(sound) {
        Ok(())
    } else {
        Err(ForestError("a node points outside of its tree"))
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ForestError> {
        let taken = self
            .bytes
            .get(self.at..self.at + N)
            .ok_or(ForestError("cut short"))?;
        self.at += N;
        taken.try_into().map_err(|_| ForestError("cut short"))
    }

    fn tree(&mut self) -> Result<Vec<TreeNode>, ForestError> {
        let [count] = self.take()?;
        let mut tree = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let [measure] = self.take()?;
            let [right] = if measure == TreeNode::LEAF {
                [0]
            } else {
                self.take()?
            };
            let value = f32::from_le_bytes(self.take()?);
            tree.push(TreeNode {
                measure,
                right,
                value,
            });
        }
        Ok(tree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "x at most 1: (y at most 2: 0.5, else -0.25), else 1.5".
    fn tree() -> Vec<TreeNode> {
        let node = |measure, right, value| TreeNode {
            measure,
            right,
            value,
        };
        let leaf = |value| node(TreeNode::LEAF, 0, value);
        vec![
            node(0, 4, 1.0),
            node(1, 3, 2.0),
            leaf(0.5),
            leaf(-0.25),
            leaf(1.5),
        ]
    }

    fn odds(chance: f32) -> f32 {
        (chance / (1.0 - chance)).ln()
    }

    #[test]
    fn rows_end_in_their_leaves() {
        let forest = Forest::new(2, 1.0, vec![tree(); 3]).unwrap();
        let rows = [
            ([1.0, 2.0], 0.5),
            ([1.0, 2.1], -0.25),
            ([1.1, 0.0], 1.5),
            ([f32::NAN, 0.0], 1.5),
            ([0.0, f32::NAN], -0.25),
        ];
        // more rows than are asked at once
        let table: Vec<f32> = rows.iter().cycle().take(43).flat_map(|(row, _)| *row).collect();
        let chances = forest.chances(&table);
        assert_eq!(chances.len(), 43);
        for (chance, (_, leaf)) in chances.iter().zip(rows.iter().cycle()) {
            assert!((odds(*chance) - (1.0 + 3.0 * leaf)).abs() < 1e-3);
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let forest = Forest::new(2, 1.0, vec![tree(), tree()]).unwrap();
        let bytes = forest.to_bytes();
        assert_eq!(Forest::from_bytes(&bytes).unwrap().to_bytes(), bytes);
        for cut in 0..bytes.len() {
            assert!(Forest::from_bytes(&bytes[..cut]).is_err(), "{cut}");
        }
        let mut astray = tree();
        astray[0].right = 9;
        assert!(Forest::new(2, 0.0, vec![astray]).is_err());
    }
}
