//! Gradient boosting of small trees for a yes-or-no question: histograms of binned measures, best leaf first.
//! Method: Friedman (2001), Greedy function approximation; second-order leaf values as in Chen and Guestrin (2016),
//! XGBoost. Fixed seed, no threads inside: the same table gives the same forest.

use twosource_extract::training::{Forest, ForestError, TreeNode};

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

    /// Adds the rows of a page whose weight is not 0; one label a row.
    pub fn add_page<'l>(&mut self, rows: &[f32], labels: impl Iterator<Item = &'l Label>) {
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
            let cuts = cuts_of(&sorted);
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

/// Thresholds that part sorted values into at most [`BINS`] bins of about as many values each, half-way between two
/// values. A value so frequent that it fills a bin has one of its own, and the others share what is left.
fn cuts_of(sorted: &[f32]) -> Vec<f32> {
    let mut distinct: Vec<(f32, usize)> = Vec::new();
    for value in sorted {
        match distinct.last_mut() {
            Some((last, count)) if last == value => *count += 1,
            _ => distinct.push((*value, 1)),
        }
    }
    let between = |at: usize| (distinct[at].0 + distinct[at + 1].0) / 2.0;
    if distinct.len() <= BINS {
        return (0..distinct.len().saturating_sub(1)).map(between).collect();
    }
    let mut left = sorted.len();
    let mut bins = BINS;
    let full = left / bins;
    for (_, count) in distinct.iter().filter(|(_, count)| *count >= full) {
        left -= count;
        bins -= 1;
    }
    let mean = left as f32 / bins.max(1) as f32;
    let is_frequent = |at: usize| distinct.get(at).is_some_and(|(_, count)| *count >= full);
    let (mut cuts, mut held) = (Vec::new(), 0);
    for (at, (_, count)) in distinct.iter().enumerate().take(distinct.len() - 1) {
        held += count;
        let is_full = held as f32 >= mean || (is_frequent(at + 1) && held as f32 >= mean * 0.5);
        if is_frequent(at) || is_full {
            cuts.push(between(at));
            held = 0;
        }
        if cuts.len() == BINS - 1 {
            break;
        }
    }
    cuts
}

/// Sums of gradient and curvature in each bin of each measure asked.
type Histogram = Vec<[(f32, f32); BINS]>;

/// A leaf that may yet be split.
struct Leaf {
    rows: Vec<u32>,
    gradient: f32,
    curvature: f32,
    histogram: Histogram,
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
pub fn train(table: &Table, parameters: &Parameters, seed: u64) -> Result<Forest, ForestError> {
    let binned = Binned::new(table);
    let rows = table.rows();
    let positive: f32 = table.targets.iter().zip(&table.weights).map(|(t, w)| t * w).sum();
    let all: f32 = table.weights.iter().sum();
    let base = (positive.max(1e-3) / (all - positive).max(1e-3)).ln();
    let mut sums = vec![base; rows];
    let mut random = Random(seed);
    let mut trees = Vec::with_capacity(parameters.trees);
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
        let soil = Soil {
            binned: &binned,
            gradients: &gradients,
            curvatures: &curvatures,
            measures: &measures,
            parameters,
        };
        let grown = grow(&soil, seen);
        let mut tree = Vec::new();
        write(&grown, 0, parameters.rate, &mut tree);
        for (row, sum) in sums.iter_mut().enumerate() {
            let values = &table.values[row * table.width..(row + 1) * table.width];
            *sum += value_of(&tree, values);
        }
        trees.push(tree);
    }
    Forest::new(table.width, base, trees)
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

/// What a tree grows on.
struct Soil<'s> {
    binned: &'s Binned,
    gradients: &'s [f32],
    curvatures: &'s [f32],
    measures: &'s [usize],
    parameters: &'s Parameters,
}

impl Soil<'_> {
    fn histogram(&self, rows: &[u32]) -> Histogram {
        let mut histogram = vec![[(0.0, 0.0); BINS]; self.measures.len()];
        for (slots, measure) in histogram.iter_mut().zip(self.measures) {
            let column = &self.binned.columns[*measure];
            for row in rows {
                let row = *row as usize;
                let slot = &mut slots[usize::from(column[row])];
                slot.0 += self.gradients[row];
                slot.1 += self.curvatures[row];
            }
        }
        histogram
    }

    fn leaf(&self, rows: Vec<u32>, histogram: Histogram, node: usize) -> Leaf {
        let (gradient, curvature) = rows.iter().fold((0.0, 0.0), |(g, h), row| {
            (
                g + self.gradients[*row as usize],
                h + self.curvatures[*row as usize],
            )
        });
        Leaf {
            best: self.best_split(&histogram, gradient, curvature),
            rows,
            gradient,
            curvature,
            histogram,
            node,
        }
    }

    fn best_split(&self, histogram: &Histogram, gradient: f32, curvature: f32) -> Option<Split> {
        let score = |g: f32, h: f32| g * g / (h + SHRINKAGE);
        let whole = score(gradient, curvature);
        let least = self.parameters.least_curvature;
        let mut best: Option<Split> = None;
        for (slots, measure) in histogram.iter().zip(self.measures) {
            let (mut g, mut h) = (0.0, 0.0);
            let cuts = self.binned.thresholds[*measure].len();
            for (bin, sum) in slots.iter().enumerate().take(cuts) {
                g += sum.0;
                h += sum.1;
                if h < least || curvature - h < least {
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

    /// Both sides of a split; the sums of the larger side are what the smaller one leaves of the parent's.
    fn split(&self, parent: Leaf, split: Split, nodes: (usize, usize)) -> (Leaf, Leaf) {
        let column = &self.binned.columns[split.measure];
        let (left, right): (Vec<u32>, Vec<u32>) = parent
            .rows
            .iter()
            .partition(|row| column[**row as usize] <= split.bin);
        let left_is_smaller = left.len() <= right.len();
        let smaller = self.histogram(if left_is_smaller { &left } else { &right });
        let mut larger = parent.histogram;
        for (of_larger, of_smaller) in larger.iter_mut().flatten().zip(smaller.iter().flatten()) {
            of_larger.0 -= of_smaller.0;
            of_larger.1 -= of_smaller.1;
        }
        let (of_left, of_right) = if left_is_smaller {
            (smaller, larger)
        } else {
            (larger, smaller)
        };
        (
            self.leaf(left, of_left, nodes.0),
            self.leaf(right, of_right, nodes.1),
        )
    }
}

fn grow(soil: &Soil<'_>, rows: Vec<u32>) -> Vec<Growing> {
    let value = |leaf: &Leaf| -leaf.gradient / (leaf.curvature + SHRINKAGE);
    let histogram = soil.histogram(&rows);
    let root = soil.leaf(rows, histogram, 0);
    let mut nodes = vec![Growing::Leaf(value(&root))];
    let mut leaves = vec![root];
    while leaves.len() < soil.parameters.leaves {
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
        let place = parent.node;
        let (left, right) = soil.split(parent, split, (nodes.len(), nodes.len() + 1));
        nodes[place] = Growing::Fork {
            measure: split.measure,
            threshold: soil.binned.thresholds[split.measure][usize::from(split.bin)],
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
