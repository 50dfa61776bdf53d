//! Boosted trees: sums of small decision trees, read from a compact file.
//!
//! File: magic `TSF1`, number of measures (u16), base (f32), number of trees (u16); for each tree its number of nodes
//! (u8) and its nodes in preorder: measure (u8, 255 = leaf), then threshold (f32) and index of the right child (u8),
//! or the leaf's value (f32). All little-endian. A value at or below the threshold goes left, to the next node.

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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    /// number of measures a row holds
    pub width: usize,
    /// sum before the first tree, in log odds
    pub base: f32,
    /// the trees
    pub trees: Vec<Vec<TreeNode>>,
}

/// Why bytes are no forest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a forest: {0}")]
pub struct ForestError(&'static str);

impl Forest {
    /// Chance that a row is what the forest was trained to tell, 0.0 to 1.0.
    #[must_use]
    pub fn chance(&self, row: &[f32]) -> f32 {
        let mut sum = self.base;
        for (number, tree) in self.trees.iter().enumerate() {
            // most blocks of a page are menus and lists, and the first trees say so
            if number == SURE_AFTER && sum < SURELY_NOT {
                break;
            }
            sum += leaf_value(tree, row);
        }
        1.0 / (1.0 + (-sum).exp())
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
        Self {
            width: a.width,
            base: f32::midpoint(a.base, b.base),
            trees: a
                .trees
                .iter()
                .zip(&b.trees)
                .flat_map(|(a, b)| [halved(a), halved(b)])
                .collect(),
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
            trees.push(reader.tree(width)?);
        }
        Ok(Self { width, base, trees })
    }
}

fn leaf_value(tree: &[TreeNode], row: &[f32]) -> f32 {
    let mut at = 0;
    loop {
        let node = tree[at];
        if node.measure == TreeNode::LEAF {
            return node.value;
        }
        at = if row[usize::from(node.measure)] <= node.value {
            at + 1
        } else {
            usize::from(node.right)
        };
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

    fn tree(&mut self, width: usize) -> Result<Vec<TreeNode>, ForestError> {
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
        let sound = |(at, node): (usize, &TreeNode)| {
            node.measure == TreeNode::LEAF
                || (usize::from(node.measure) < width && usize::from(node.right) > at && node.right < count)
        };
        let ends_in_leaf = tree.last().is_some_and(|node| node.measure == TreeNode::LEAF);
        if ends_in_leaf && tree.iter().enumerate().all(sound) {
            Ok(tree)
        } else {
            Err(ForestError("a node points outside of its tree"))
        }
    }
}
