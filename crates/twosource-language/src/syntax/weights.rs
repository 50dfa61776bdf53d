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
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u32,
    /// First entry in the upper 24 bits, number of entries in the lower 8; none for a free slot.
    place: u32,
}

impl Weights {
    /// Rows of (key, weights for labels), as a trainer made them; keys ascending.
    #[must_use]
    pub fn of_rows(labels: usize, rows: &[(u32, Vec<(u8, i16)>)]) -> Self {
        let bits = (rows.len() * 2).next_power_of_two().max(2).trailing_zeros();
        let mut weights = Self {
            labels,
            shift: 32 - bits,
            slots: vec![Slot::default(); 1 << bits],
            entries: Vec::new(),
        };
        for (key, row) in rows {
            weights.insert(*key, row);
        }
        weights
    }

    fn insert(&mut self, key: u32, row: &[(u8, i16)]) {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        while self.slots[at].place != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot {
            key,
            place: (self.entries.len() as u32) << 8 | row.len() as u32,
        };
        self.entries.extend_from_slice(row);
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

    /// Adds the weights of `key` to `scores`, which hold one number a label.
    #[inline]
    pub fn add(&self, key: u32, scores: &mut [i32]) {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key) & mask;
        loop {
            let slot = self.slots[at];
            if slot.place == 0 {
                return;
            }
            if slot.key == key {
                let from = (slot.place >> 8) as usize;
                for &(label, weight) in &self.entries[from..from + (slot.place & 0xff) as usize] {
                    scores[label as usize] += i32::from(weight);
                }
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// Reads what [`Weights::write_rows`] wrote; `None` when the bytes are not that.
    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let labels = from.number()? as usize;
        let count = from.number()? as usize;
        if count > 1 << 23 || labels > 256 {
            return None;
        }
        let bits = (count * 2).next_power_of_two().max(2).trailing_zeros();
        let mut weights = Self {
            labels,
            shift: 32 - bits,
            slots: vec![Slot::default(); 1 << bits],
            entries: Vec::with_capacity(count * 3),
        };
        let mut key = 0u32;
        let mut row = Vec::with_capacity(256);
        for _ in 0..count {
            key = key.wrapping_add(from.number()?);
            row.clear();
            for _ in 0..from.byte()? {
                let label = from.byte()?;
                if usize::from(label) >= labels {
                    return None;
                }
                row.push((label, from.signed()?));
            }
            if !row.is_empty() {
                weights.insert(key, &row);
            }
        }
        (weights.entries.len() < 1 << 24).then_some(weights)
    }

    /// The bytes of a table, from rows with ascending keys, each with at most 255 entries.
    pub fn write_rows(labels: usize, rows: &[(u32, Vec<(u8, i16)>)], out: &mut Vec<u8>) {
        write_number(labels as u32, out);
        write_number(rows.len() as u32, out);
        let mut before = 0;
        for (key, row) in rows {
            write_number(key - before, out);
            before = *key;
            out.push(row.len() as u8);
            for (label, weight) in row {
                out.push(*label);
                write_number(u32::from((weight << 1) as u16 ^ (weight >> 15) as u16), out);
            }
        }
    }
}

/// Seven bits a byte, lowest first.
pub fn write_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
