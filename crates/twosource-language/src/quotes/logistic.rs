//! Logistic models over wordless features: blocks of numbered values, one value of each block on, weights in a table.

use std::sync::OnceLock;

/// A model whose weights ship as lines of block, number and weight.
pub(super) struct Logistic {
    /// Blocks of features: name and number of values.
    blocks: &'static [(&'static str, u16)],
    table: &'static str,
    weights: OnceLock<Vec<f32>>,
}

impl Logistic {
    pub const fn new(blocks: &'static [(&'static str, u16)], table: &'static str) -> Self {
        Self {
            blocks,
            table,
            weights: OnceLock::new(),
        }
    }

    /// Number of features.
    pub fn feature_count(&self) -> usize {
        self.blocks.iter().map(|(_, size)| usize::from(*size)).sum()
    }

    /// Name of a feature: its block and its number there.
    pub fn feature_name(&self, feature: usize) -> (&'static str, usize) {
        let mut rest = feature;
        for (name, size) in self.blocks {
            if rest < usize::from(*size) {
                return (name, rest);
            }
            rest -= usize::from(*size);
        }
        ("", rest)
    }

    /// An empty row of features.
    pub fn row(&self) -> Row {
        Row {
            features: Vec::with_capacity(self.blocks.len()),
            blocks: self.blocks,
            block: 0,
            offset: 0,
        }
    }

    /// How likely a candidate with these features is right, 0 to 1.
    pub fn likelihood(&self, features: &[u16]) -> f32 {
        1.0 / (1.0 + (-self.sum(features)).exp())
    }

    /// How likely each of several candidates is the right one, where none of them may be; 0 to 1 and 1 at most together.
    pub fn shares(&self, candidates: &[&[u16]]) -> Vec<f32> {
        let sums: Vec<f32> = candidates.iter().map(|features| self.sum(features)).collect();
        let most = sums.iter().copied().fold(0.0, f32::max);
        let none = (-most).exp();
        let all: f32 = none + sums.iter().map(|sum| (sum - most).exp()).sum::<f32>();
        sums.into_iter().map(|sum| (sum - most).exp() / all).collect()
    }

    /// Weights of the features together.
    pub fn sum(&self, features: &[u16]) -> f32 {
        let weights = self.weights.get_or_init(|| self.read());
        features.iter().map(|f| weights[usize::from(*f)]).sum()
    }

    /// The weights of the table; lines that name no feature are left out.
    fn read(&self) -> Vec<f32> {
        let mut weights = vec![0.0; self.feature_count()];
        for line in self.table.lines() {
            let mut columns = line.split('\t');
            let (Some(block), Some(number), Some(weight)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let mut offset = 0;
            for (name, size) in self.blocks {
                if *name == block
                    && let (Ok(number), Ok(weight)) = (number.parse::<u16>(), weight.parse::<f32>())
                    && number < *size
                {
                    weights[usize::from(offset + number)] = weight;
                }
                offset += size;
            }
        }
        weights
    }
}

/// A row of features in the making.
pub(super) struct Row {
    pub features: Vec<u16>,
    blocks: &'static [(&'static str, u16)],
    block: usize,
    offset: u16,
}

impl Row {
    /// The value of the next block.
    pub fn next(&mut self, value: u16) {
        let size = self.blocks[self.block].1;
        self.features.push(self.offset + value.min(size - 1));
        self.offset += size;
        self.block += 1;
    }
}
