//! Gradient boosting of small trees for a yes-or-no question: histograms of binned measures, best leaf first.
//! Method: Friedman (2001), Greedy function approximation; second-order leaf values as in Chen and Guestrin (2016),
//! XGBoost. Fixed seed, no threads inside: the same table gives the same forest.

use twosource_extract::training::{Forest, TreeNode};

use super::label::Label;

/// Bins a measure is cut into.
const BINS: usize = 64;

/// Share of the measures that each tree may ask.
const MEASURES_A_TREE: f64 = 0.35;

/// Share of the rows that each tree sees.
const ROWS_A_TREE: f64 = 0.6;

/// Added to the curvature of a leaf: keeps small leaves near 0.
const SHRINKAGE: f32 = 3.0;

/// How a forest is grown.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// number of trees
    pub trees: usize,
    /// most leaves a tree
    pub leaves: usize,
    /// least sum of curvature a leaf
    pub least_curvature: f32,
    /// how far each tree moves the sum
    pub rate: f32,
}

/// Rows of measures with their labels.
pub struct Table {
    width: usize,
    values: Vec<f32>,
    targets: Vec<f32>,
    weights: Vec<f32>,
}

impl Table {
    /// An empty table of rows of `width` measures.
    pub fn new(width: usize) -> Self {
        Self {
            width,
            values: Vec::new(),
            targets: Vec::new(),
            weights: Vec::new(),
        }
    }

    /// Adds the rows of a page whose weight is not 0.
    pub fn add_page(&mut self, rows: &[f32], labels: &[Label]) {
        for (row, label) in rows.chunks_exact(self.width.max(1)).zip(labels) {
            if label.weight > 0.0 {
                self.values.extend_from_slice(row);
                self.targets.push(label.target);
                self.weights.push(label.weight);
            }
        }
    }

    fn rows(&self) -> usize {
        self.targets.len()
    }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn hit(&mut self, share: f64) -> bool {
        ((self.next() >> 11) as f64) < share * (1_u64 << 53) as f64
    }
}

/// Columns of bins with the thresholds between them.
struct Binned {
    columns: Vec<Vec<u8>>,
    thresholds: Vec<Vec<f32>>,
}

impl Binned {
    fn new(table: &Table) -> Self {
        let rows = table.rows();
        let (mut columns, mut thresholds) = (Vec::new(), Vec::new());
        for measure in 0..table.width {
            let mut sorted: Vec<f32> = (0..rows)
                .map(|r| table.values[r * table.width + measure])
                .collect();
            sorted.sort_by(f32::total_cmp);
            let mut distinct = sorted.clone();
            distinct.dedup();
            let cuts: Vec<f32> = if distinct.len() <= BINS {
                distinct.windows(2).map(|p| (p[0] + p[1]) / 2.0).collect()
            } else {
                let mut cuts: Vec<f32> = (1..BINS).map(|b| sorted[b * rows / BINS]).collect();
                cuts.dedup();
                cuts
            };
            let column = (0..rows)
                .map(|r| {
                    let value = table.values[r * table.width + measure];
                    u8::try_from(cuts.partition_point(|cut| *cut < value)).unwrap_or(u8::MAX)
                })
                .collect();
            columns.push(column);
            thresholds.push(cuts);
        }
        Self { columns, thresholds }
    }
}

/// A leaf that may yet be split.
struct Leaf {
    rows: Vec<u32>,
    gradient: f32,
    curvature: f32,
    best: Option<Split>,
    node: usize,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f32,
    measure: usize,
    bin: u8,
}

enum Growing {
    Leaf(f32),
    Fork {
        measure: usize,
        threshold: f32,
        left: usize,
        right: usize,
    },
}

/// Grows a forest.
pub fn train(table: &Table, parameters: &Parameters, seed: u64) -> Forest {
    let binned = Binned::new(table);
    let rows = table.rows();
    let positive: f32 = table.targets.iter().zip(&table.weights).map(|(t, w)| t * w).sum();
    let all: f32 = table.weights.iter().sum();
    let base = (positive.max(1e-3) / (all - positive).max(1e-3)).ln();
    let mut sums = vec![base; rows];
    let mut random = Random(seed);
    let mut forest = Forest {
        width: table.width,
        base,
        trees: Vec::new(),
    };
    let mut gradients = vec![0.0_f32; rows];
    let mut curvatures = vec![0.0_f32; rows];
    for _ in 0..parameters.trees {
        for row in 0..rows {
            let chance = 1.0 / (1.0 + (-sums[row]).exp());
            gradients[row] = (chance - table.targets[row]) * table.weights[row];
            curvatures[row] = (chance * (1.0 - chance)).max(1e-6) * table.weights[row];
        }
        let seen: Vec<u32> = (0..u32::try_from(rows).unwrap_or(u32::MAX))
            .filter(|_| random.hit(ROWS_A_TREE))
            .collect();
        let measures: Vec<usize> = (0..table.width).filter(|_| random.hit(MEASURES_A_TREE)).collect();
        let grown = grow(&binned, &gradients, &curvatures, seen, &measures, parameters);
        let mut tree = Vec::new();
        write(&grown, 0, parameters.rate, &mut tree);
        for (row, sum) in sums.iter_mut().enumerate() {
            let values = &table.values[row * table.width..(row + 1) * table.width];
            *sum += value_of(&tree, values);
        }
        forest.trees.push(tree);
    }
    forest
}

fn value_of(tree: &[TreeNode], row: &[f32]) -> f32 {
    let mut at = 0;
    while tree[at].measure != TreeNode::LEAF {
        at = if row[usize::from(tree[at].measure)] <= tree[at].value {
            at + 1
        } else {
            usize::from(tree[at].right)
        };
    }
    tree[at].value
}

fn grow(
    binned: &Binned,
    gradients: &[f32],
    curvatures: &[f32],
    rows: Vec<u32>,
    measures: &[usize],
    parameters: &Parameters,
) -> Vec<Growing> {
    let total = |rows: &[u32]| {
        rows.iter().fold((0.0, 0.0), |(g, h), row| {
            (g + gradients[*row as usize], h + curvatures[*row as usize])
        })
    };
    let leaf = |rows: Vec<u32>, node: usize| {
        let (gradient, curvature) = total(&rows);
        let best = best_split(
            binned,
            gradients,
            curvatures,
            &rows,
            measures,
            (gradient, curvature),
            parameters,
        );
        Leaf {
            rows,
            gradient,
            curvature,
            best,
            node,
        }
    };
    let value = |leaf: &Leaf| -leaf.gradient / (leaf.curvature + SHRINKAGE);
    let root = leaf(rows, 0);
    let mut nodes = vec![Growing::Leaf(value(&root))];
    let mut leaves = vec![root];
    while leaves.len() < parameters.leaves {
        let best = leaves
            .iter()
            .enumerate()
            .filter_map(|(at, leaf)| leaf.best.map(|split| (at, split)))
            .fold(None::<(usize, Split)>, |best, next| match best {
                Some(best) if best.1.gain >= next.1.gain => Some(best),
                _ => Some(next),
            });
        let Some((at, split)) = best else { break };
        let parent = leaves.swap_remove(at);
        let column = &binned.columns[split.measure];
        let (left, right): (Vec<u32>, Vec<u32>) = parent
            .rows
            .iter()
            .partition(|row| column[**row as usize] <= split.bin);
        let (left, right) = (leaf(left, nodes.len()), leaf(right, nodes.len() + 1));
        nodes[parent.node] = Growing::Fork {
            measure: split.measure,
            threshold: binned.thresholds[split.measure][usize::from(split.bin)],
            left: left.node,
            right: right.node,
        };
        nodes.push(Growing::Leaf(value(&left)));
        nodes.push(Growing::Leaf(value(&right)));
        leaves.push(left);
        leaves.push(right);
    }
    nodes
}

fn best_split(
    binned: &Binned,
    gradients: &[f32],
    curvatures: &[f32],
    rows: &[u32],
    measures: &[usize],
    (gradient, curvature): (f32, f32),
    parameters: &Parameters,
) -> Option<Split> {
    let score = |g: f32, h: f32| g * g / (h + SHRINKAGE);
    let whole = score(gradient, curvature);
    let mut best: Option<Split> = None;
    for measure in measures {
        let column = &binned.columns[*measure];
        let mut sums = [(0.0_f32, 0.0_f32); BINS + 1];
        for row in rows {
            let row = *row as usize;
            let slot = &mut sums[usize::from(column[row])];
            slot.0 += gradients[row];
            slot.1 += curvatures[row];
        }
        let (mut g, mut h) = (0.0, 0.0);
        for (bin, sum) in sums.iter().enumerate().take(binned.thresholds[*measure].len()) {
            g += sum.0;
            h += sum.1;
            if h < parameters.least_curvature || curvature - h < parameters.least_curvature {
                continue;
            }
            let gain = score(g, h) + score(gradient - g, curvature - h) - whole;
            if gain > 1e-3 && best.is_none_or(|b| gain > b.gain) {
                best = Some(Split {
                    gain,
                    measure: *measure,
                    bin: u8::try_from(bin).unwrap_or(u8::MAX),
                });
            }
        }
    }
    best
}

/// Writes a grown tree in preorder.
fn write(nodes: &[Growing], at: usize, rate: f32, out: &mut Vec<TreeNode>) {
    match nodes[at] {
        Growing::Leaf(value) => out.push(TreeNode {
            measure: TreeNode::LEAF,
            right: 0,
            value: value * rate,
        }),
        Growing::Fork {
            measure,
            threshold,
            left,
            right,
        } => {
            let here = out.len();
            out.push(TreeNode {
                measure: u8::try_from(measure).unwrap_or(TreeNode::LEAF),
                right: 0,
                value: threshold,
            });
            write(nodes, left, rate, out);
            out[here].right = u8::try_from(out.len()).unwrap_or(u8::MAX);
            write(nodes, right, rate, out);
        }
    }
}
