//! Weights of a model with few labels, laid out so that a look-up touches one cache line and takes no branch.

use super::reader::Reader;
use super::weights::{Rows, Size, read_rows};

/// Labels that a bucket table can hold: three moves, or ends and does not end.
pub const LABELS: usize = 3;
/// Rows a bucket holds.
const ROWS: usize = 8;
/// Rows a bucket holds on average: few buckets overflow, and those lose their lightest rows.
const LOAD: usize = 5;

/// Eight rows: the low halves of their keys, and their weights by label. 64 bytes.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Bucket {
    marks: [u16; ROWS],
    weights: [[i16; LABELS]; ROWS],
}

impl Bucket {
    /// Takes a row behind the first `used`; when all are used, in place of the lightest if that weighs less. Gives how many
    /// are used then.
    fn take(&mut self, used: usize, mark: u16, weights: [i16; LABELS]) -> usize {
        let weight = |row: [i16; LABELS]| -> i32 { row.iter().map(|w| i32::from(*w).abs()).sum() };
        // a look-up finds one row: of two with one mark the first
        if self.marks[..used].contains(&mark) {
            return used;
        }
        let place = if used < ROWS {
            used
        } else {
            let lightest = (0..ROWS)
                .min_by_key(|row| weight(self.weights[*row]))
                .unwrap_or(0);
            if weight(self.weights[lightest]) >= weight(weights) {
                return used;
            }
            lightest
        };
        (self.marks[place], self.weights[place]) = (mark, weights);
        used.max(place + 1)
    }
}

/// A table from 32-bit feature keys to weights for up to three labels.
#[derive(Debug, Clone)]
pub struct Buckets {
    buckets: Vec<Bucket>,
}

/// Sums in the making; [`Sums::scores`] gives the result.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums([i32; LABELS]);

impl Sums {
    /// One score a label.
    #[must_use]
    pub const fn scores(&self) -> [i32; LABELS] {
        self.0
    }
}

impl Buckets {
    /// A table of rows for labels below three.
    #[must_use]
    pub fn of_rows(rows: &Rows) -> Self {
        let mut making = Making::new(rows.len());
        for (key, row) in rows.iter() {
            making.push(key, row);
        }
        making.done()
    }

    /// Adds the weights of each of `keys`.
    ///
    /// The table is larger than the near caches. A first short round asks for each line, so that the waits for memory
    /// fall together; the second finds them near.
    #[inline]
    pub fn add_all(&self, keys: &[u32], sums: &mut Sums) {
        let touched = keys.iter().fold(0, |touched, key| {
            touched ^ self.buckets[place(*key, self.buckets.len())].marks[0]
        });
        std::hint::black_box(touched);
        for key in keys {
            self.add(*key, sums);
        }
    }

    /// Adds the weights of `key`.
    #[inline]
    pub fn add(&self, key: u32, sums: &mut Sums) {
        let bucket = &self.buckets[place(key, self.buckets.len())];
        let mark = key as u16;
        // the number of the row from 1, 0 for none; written so that the eight comparisons are one instruction (branches
        // here took half of the parser's time). Free slots have mark 0 and weigh nothing.
        let mut found = 0;
        for row in 0..ROWS {
            found |= u16::from(bucket.marks[row] == mark).wrapping_neg() & (row as u16 + 1);
        }
        let weights = &bucket.weights[usize::from(found.wrapping_sub(1)) % ROWS];
        let keep = i32::from(found != 0);
        for (sum, weight) in sums.0.iter_mut().zip(weights) {
            *sum += i32::from(*weight) * keep;
        }
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let size = Size::read(from).filter(|size| size.labels <= LABELS)?;
        let mut making = Making::new(size.rows);
        read_rows(from, &size, |key, row| making.push(key, row))?;
        Some(making.done())
    }
}

/// A table in the making: rows come with ascending keys, so the rows of a bucket come one after the other.
struct Making {
    buckets: Vec<Bucket>,
    /// The bucket that is being filled, and how many of its rows are used.
    at: usize,
    used: usize,
}

impl Making {
    fn new(rows: usize) -> Self {
        Self {
            buckets: vec![Bucket::default(); (rows / LOAD).max(1)],
            at: 0,
            used: 0,
        }
    }

    fn push(&mut self, key: u32, row: &[(u8, i16)]) {
        let place = place(key, self.buckets.len());
        if place != self.at {
            (self.at, self.used) = (place, 0);
        }
        let mut weights = [0; LABELS];
        for &(label, weight) in row {
            weights[usize::from(label) % LABELS] = weight;
        }
        self.used = self.buckets[place].take(self.used, key as u16, weights);
    }

    fn done(self) -> Buckets {
        Buckets {
            buckets: self.buckets,
        }
    }
}

#[inline]
const fn place(key: u32, count: usize) -> usize {
    ((key as u64 * count as u64) >> 32) as usize
}
