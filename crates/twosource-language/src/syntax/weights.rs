//! Weights of a linear model: a hashed feature leads to small weights for some of the labels.

use super::reader::Reader;

/// A table from 32-bit feature keys to 16-bit weights for labels.
///
/// Open addressing with linear steps; the table is at most half full. What is not in the table weighs nothing.
#[derive(Debug, Clone)]
pub struct Weights {
    labels: usize,
    shift: u32,
    slots: Vec<Slot>,
    entries: Vec<(u8, i16)>,
    /// Rows with weights for many labels, a weight for each label, `stride` numbers a row: quicker to add than entries.
    dense: Vec<i16>,
    stride: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u32,
    /// First entry in the upper 24 bits, number of entries in the lower 8; none for a free slot, [`DENSE`] for a row of
    /// `dense`, whose number the upper bits are then.
    place: u32,
}

/// Number of entries that stands for a dense row.
const DENSE: u32 = 255;
/// A row with entries for more than one in so many labels is kept dense.
const DENSE_FROM: usize = 6;

impl Weights {
    /// The table of these rows.
    #[must_use]
    pub fn of_rows(labels: usize, rows: &Rows) -> Self {
        let bits = (rows.len() * 2).next_power_of_two().max(2).trailing_zeros();
        let mut weights = Self {
            labels,
            shift: 32 - bits,
            slots: vec![Slot::default(); 1 << bits],
            entries: Vec::with_capacity(rows.entries.len()),
            dense: Vec::new(),
            stride: labels.next_multiple_of(16),
        };
        for (key, row) in rows.iter() {
            if !row.is_empty() {
                weights.insert(key, row);
            }
        }
        weights
    }

    fn insert(&mut self, key: u32, row: &[(u8, i16)]) {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        while self.slots[at].place != 0 {
            at = (at + 1) & mask;
        }
        let place = if row.len() * DENSE_FROM > self.stride {
            let number = self.dense.len() / self.stride;
            let from = self.dense.len();
            self.dense.resize(from + self.stride, 0);
            for &(label, weight) in row {
                self.dense[from + usize::from(label)] = weight;
            }
            (number as u32) << 8 | DENSE
        } else {
            let from = self.entries.len() as u32;
            self.entries.extend_from_slice(row);
            from << 8 | row.len() as u32
        };
        self.slots[at] = Slot { key, place };
    }

    #[inline]
    const fn home(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    /// Number of labels.
    #[must_use]
    pub const fn labels(&self) -> usize {
        self.labels
    }

    /// Adds the weights of `key` to `scores`, one number a label.
    #[inline]
    pub fn add(&self, key: u32, scores: &mut Scores) {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key) & mask;
        loop {
            let slot = self.slots[at];
            if slot.place == 0 {
                return;
            }
            if slot.key == key {
                let from = (slot.place >> 8) as usize;
                if slot.place & 0xff == DENSE {
                    let row = &self.dense[from * self.stride..(from + 1) * self.stride];
                    for (score, weight) in scores.iter_mut().zip(row) {
                        *score += i32::from(*weight);
                    }
                    return;
                }
                for &(label, weight) in &self.entries[from..from + (slot.place & 0xff) as usize] {
                    scores[usize::from(label)] += i32::from(weight);
                }
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// Reads what [`Rows::write`] wrote; `None` when the bytes are not that.
    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let (labels, rows) = Rows::read(from)?;
        Some(Self::of_rows(labels, &rows))
    }
}

/// Room for the score of every label that a byte can name, so that no look-up needs a check.
pub type Scores = [i32; 256];

/// Rows of weights as they stand in a model file: feature keys, ascending, with weights for some labels each.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    keys: Vec<u32>,
    /// End of each row in `entries`.
    ends: Vec<u32>,
    entries: Vec<(u8, i16)>,
}

impl Rows {
    /// Puts a row behind the last; its key is higher than all before it, and it has at most 255 entries.
    pub fn push(&mut self, key: u32, row: &[(u8, i16)]) {
        self.keys.push(key);
        self.entries.extend_from_slice(row);
        self.ends.push(self.entries.len() as u32);
    }

    /// Number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Keys with their rows, keys ascending.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[(u8, i16)])> {
        let mut from = 0;
        self.keys.iter().zip(&self.ends).map(move |(key, end)| {
            let row = &self.entries[from..*end as usize];
            from = *end as usize;
            (*key, row)
        })
    }

    /// The bytes of these rows for so many labels.
    pub fn write(&self, labels: usize, out: &mut Vec<u8>) {
        write_number(labels as u32, out);
        write_number(self.keys.len() as u32, out);
        let mut before = 0;
        for (key, row) in self.iter() {
            write_number(key - before, out);
            before = key;
            out.push(row.len() as u8);
            for (label, weight) in row {
                out.push(*label);
                write_number(u32::from((weight << 1) as u16 ^ (weight >> 15) as u16), out);
            }
        }
    }

    /// The number of labels and the rows that [`Rows::write`] wrote; `None` when the bytes are not that.
    pub(crate) fn read(from: &mut Reader<'_>) -> Option<(usize, Self)> {
        let labels = from.number()? as usize;
        let count = from.number()? as usize;
        if count > MOST_ROWS || labels > 256 {
            return None;
        }
        let mut rows = Self::default();
        rows.keys.reserve(count.min(from.len()));
        rows.ends.reserve(count.min(from.len()));
        let mut key = 0u32;
        for number in 0..count {
            let step = from.number()?;
            key = key.checked_add(step)?;
            if number > 0 && step == 0 {
                return None;
            }
            for _ in 0..from.byte()? {
                let label = from.byte()?;
                if usize::from(label) >= labels {
                    return None;
                }
                rows.entries.push((label, from.signed()?));
            }
            rows.keys.push(key);
            rows.ends.push(rows.entries.len() as u32);
        }
        (rows.entries.len() < MOST_ENTRIES).then_some((labels, rows))
    }
}

/// A table has fewer rows than this.
const MOST_ROWS: usize = 1 << 23;
/// A table has fewer weights than this: a place has 24 bits.
const MOST_ENTRIES: usize = 1 << 24;

/// Seven bits a byte, lowest first.
pub fn write_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
