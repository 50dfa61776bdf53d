//! Weights of a linear model: a hashed feature leads to small weights for some of the labels.

use super::reader::Reader;

/// Slots in one cache line.
const SLOTS: usize = 8;
/// Slots taken on average: few lines overflow, and those lose their lightest rows.
const LOAD: usize = 4;

/// Keys of eight rows and where their weights stand. 64 bytes.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Line {
    keys: [u32; SLOTS],
    /// First entry in the upper 24 bits, number of entries in the lower 8; 0 for a free slot, [`DENSE`] for a row of
    /// `dense`, whose number the upper bits are then.
    places: [u32; SLOTS],
}

/// A table from 32-bit feature keys to 16-bit weights for labels.
///
/// A look-up touches one cache line for the place of the weights and mostly one more for the weights. All places are
/// looked up before the first weight is added, so that the memory is asked for many lines at once.
#[derive(Debug, Clone)]
pub struct Weights {
    labels: usize,
    lines: Vec<Line>,
    entries: Vec<(u8, i16)>,
    /// Rows with weights for many labels, a weight for each label, `stride` numbers a row: quicker to add than entries.
    dense: Vec<i16>,
    stride: usize,
}

/// Number of entries that stands for a dense row.
const DENSE: u32 = 255;
/// A row with entries for more than one in so many labels is kept dense.
const DENSE_FROM: usize = 6;

impl Weights {
    /// The table of these rows.
    #[must_use]
    pub fn of_rows(labels: usize, rows: &Rows) -> Self {
        let size = Size {
            labels,
            rows: rows.len(),
            entries: rows.entries.len(),
        };
        let mut making = Making::new(&size);
        for (key, row) in rows.iter() {
            making.push(key, row);
        }
        making.done()
    }

    /// Number of labels.
    #[must_use]
    pub const fn labels(&self) -> usize {
        self.labels
    }

    /// Where the weights of `key` stand; 0 when it has none.
    #[inline]
    fn place(&self, key: u32) -> u32 {
        let line = &self.lines[line_of(key, self.lines.len())];
        let mut place = 0;
        for slot in 0..SLOTS {
            place |= line.places[slot] & u32::from(line.keys[slot] == key).wrapping_neg();
        }
        place
    }

    /// Adds the weights of `keys` to `scores`, one number a label.
    #[inline]
    pub fn add(&self, keys: &[u32], scores: &mut Scores) {
        let mut places = [0; TOGETHER];
        for keys in keys.chunks(TOGETHER) {
            for (place, key) in places.iter_mut().zip(keys) {
                *place = self.place(*key);
            }
            let places = &places[..keys.len()];
            // asks for each row before any is added, so that the waits for memory fall together
            let touched = places
                .iter()
                .fold(0, |touched, place| touched ^ self.first(*place));
            std::hint::black_box(touched);
            for &place in places {
                self.add_row(place, scores);
            }
        }
    }

    /// The first weight of a row.
    #[inline]
    fn first(&self, place: u32) -> i16 {
        let from = (place >> 8) as usize;
        if place & 0xff == DENSE {
            self.dense.get(from * self.stride).copied().unwrap_or(0)
        } else {
            self.entries.get(from).map_or(0, |(_, weight)| *weight)
        }
    }

    #[inline]
    fn add_row(&self, place: u32, scores: &mut Scores) {
        let from = (place >> 8) as usize;
        let count = place & 0xff;
        if count == DENSE {
            let row = &self.dense[from * self.stride..(from + 1) * self.stride];
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += i32::from(*weight);
            }
            return;
        }
        for &(label, weight) in &self.entries[from..from + count as usize] {
            scores[usize::from(label)] += i32::from(weight);
        }
    }

    /// Reads what [`Rows::write`] wrote; `None` when the bytes are not that.
    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let size = Size::read(from)?;
        let mut making = Making::new(&size);
        read_rows(from, &size, |key, row| making.push(key, row))?;
        Some(making.done())
    }
}

/// A table in the making: rows come with ascending keys, so the rows of a line come one after the other.
struct Making {
    weights: Weights,
    /// The line that is being filled, and how many of its slots are used.
    line: usize,
    used: usize,
}

impl Making {
    fn new(size: &Size) -> Self {
        Self {
            weights: Weights {
                labels: size.labels,
                lines: vec![Line::default(); (size.rows / LOAD).max(1)],
                entries: Vec::with_capacity(size.entries),
                dense: Vec::new(),
                stride: size.labels.next_multiple_of(16),
            },
            line: 0,
            used: 0,
        }
    }

    fn push(&mut self, key: u32, row: &[(u8, i16)]) {
        if row.is_empty() {
            return;
        }
        let line = line_of(key, self.weights.lines.len());
        if line != self.line {
            (self.line, self.used) = (line, 0);
        }
        let slot = if self.used < SLOTS {
            self.used += 1;
            self.used - 1
        } else {
            // the lightest row gives way to a heavier one
            let places = self.weights.lines[line].places;
            let Some((lightest, slot)) = (0..SLOTS)
                .map(|slot| (self.weights.weight(places[slot]), slot))
                .min()
            else {
                return;
            };
            if lightest >= weight_of(row.iter().map(|(_, weight)| weight)) {
                return;
            }
            slot
        };
        let place = self.weights.place_row(row);
        let line = &mut self.weights.lines[line];
        (line.keys[slot], line.places[slot]) = (key, place);
    }

    fn done(self) -> Weights {
        self.weights
    }
}

/// How much a row moves scores.
fn weight_of<'a>(weights: impl Iterator<Item = &'a i16>) -> i32 {
    weights.map(|weight| i32::from(*weight).abs()).sum()
}

impl Weights {
    /// How much the row at a place moves scores.
    fn weight(&self, place: u32) -> i32 {
        let from = (place >> 8) as usize;
        match place & 0xff {
            DENSE => weight_of(self.dense[from * self.stride..(from + 1) * self.stride].iter()),
            count => weight_of(
                self.entries[from..from + count as usize]
                    .iter()
                    .map(|(_, weight)| weight),
            ),
        }
    }
}

impl Weights {
    fn place_row(&mut self, row: &[(u8, i16)]) -> u32 {
        if row.len() * DENSE_FROM > self.stride {
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
        }
    }
}

/// How big a table is, as its bytes begin.
pub(crate) struct Size {
    pub labels: usize,
    pub rows: usize,
    pub entries: usize,
}

impl Size {
    /// `None` for sizes that no table has.
    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let size = Self {
            labels: from.number()? as usize,
            rows: from.number()? as usize,
            entries: from.number()? as usize,
        };
        // every row takes two bytes at least, every entry one
        let fits = size.labels <= 256
            && size.rows <= MOST_ROWS.min(from.len() / 2)
            && size.entries <= MOST_ENTRIES.min(from.len());
        fits.then_some(size)
    }
}

/// Reads rows of weights, keys ascending; `None` when the bytes are no rows of this size.
pub(crate) fn read_rows(
    from: &mut Reader<'_>,
    size: &Size,
    mut each: impl FnMut(u32, &[(u8, i16)]),
) -> Option<()> {
    let mut row = [(0u8, 0i16); MOST_IN_ROW];
    let mut key = 0u32;
    let mut entries = 0;
    for number in 0..size.rows {
        let step = from.number()?;
        key = key.checked_add(step)?;
        if number > 0 && step == 0 {
            return None;
        }
        let mut length = 0;
        let head = from.byte()?;
        if size.labels <= BITS {
            for label in (0..size.labels as u8).filter(|label| head >> label & 1 == 1) {
                row[length] = (label, from.signed()?);
                length += 1;
            }
        } else {
            for place in &mut row[..usize::from(head)] {
                let label = from.byte()?;
                if usize::from(label) >= size.labels {
                    return None;
                }
                *place = (label, from.signed()?);
                length += 1;
            }
        }
        entries += length;
        if entries > size.entries {
            return None;
        }
        each(key, &row[..length]);
    }
    Some(())
}

#[inline]
const fn line_of(key: u32, count: usize) -> usize {
    ((key as u64 * count as u64) >> 32) as usize
}

/// Keys that are looked up before the first of their weights is added.
const TOGETHER: usize = 64;

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
    /// Puts a row behind the last; its key is higher than all before it, its labels ascend, and it has at most 254
    /// entries.
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
        write_number(self.entries.len() as u32, out);
        let mut before = 0;
        for (key, row) in self.iter() {
            write_number(key - before, out);
            before = key;
            if labels <= BITS {
                out.push(row.iter().fold(0, |bits, (label, _)| bits | 1 << label));
            } else {
                out.push(row.len() as u8);
            }
            for (label, weight) in row {
                if labels > BITS {
                    out.push(*label);
                }
                write_number(u32::from((weight << 1) as u16 ^ (weight >> 15) as u16), out);
            }
        }
    }
}

/// Up to so many labels, a row begins with a bit for each; with more, with the number of its entries, each with its
/// label.
const BITS: usize = 8;
/// A row has at most so many entries.
const MOST_IN_ROW: usize = 256;
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
