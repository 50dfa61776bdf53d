//! The weights of the tagger, their file, and the best labels of a sentence.

use std::io::{BufReader, Read};
use std::sync::OnceLock;

use super::features::{BUCKETS, each_word};
use super::label::{LABELS, Label};
use crate::names::word::Word;

/// Labels of a row, padded so that a row is one aligned piece of memory.
const ROW: usize = 16;

/// First bytes of a model file.
const MAGIC: &[u8; 8] = b"2SNAMES1";

/// Weights of the tagger.
pub struct Model {
    /// One row for each bucket, in units of `scale`.
    rows: Vec<[i8; ROW]>,
    /// Value of one unit.
    scale: f32,
    /// `transitions[before][label]`; the last row is the start of the sentence.
    transitions: [[f32; LABELS]; LABELS + 1],
}

/// The bytes of a model could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("reading the model of names: {what} at byte {at}")]
pub struct ModelError {
    what: &'static str,
    at: usize,
}

/// The model that ships.
#[must_use]
pub fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let bytes = include_bytes!("../../../models/names.bin");
        // a test reads the same bytes; an unreadable model finds no names rather than ending the program
        Model::read(bytes).unwrap_or_else(|_| Model::empty())
    })
}

impl Model {
    /// A model without weights: it finds nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            rows: vec![[0; ROW]; BUCKETS],
            scale: 0.0,
            transitions: [[0.0; LABELS]; LABELS + 1],
        }
    }

    /// A model of trained weights: `weights[bucket][label]`, `transitions[before][label]` with the start last.
    #[must_use]
    pub fn of(weights: &[[f32; LABELS]], transitions: [[f32; LABELS]; LABELS + 1]) -> Self {
        let largest = weights.iter().flatten().fold(0.0_f32, |max, w| max.max(w.abs()));
        let scale = (largest / f32::from(i8::MAX)).max(f32::MIN_POSITIVE);
        let mut model = Self::empty();
        model.scale = scale;
        model.transitions = transitions;
        for (row, weights) in model.rows.iter_mut().zip(weights) {
            for (unit, weight) in row.iter_mut().zip(weights) {
                *unit = (weight / scale).round().clamp(-127.0, 127.0) as i8;
            }
        }
        model
    }

    /// Reads the bytes that [`Self::write`] made.
    ///
    /// # Errors
    /// When they are not such bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let wrong = |what, at| ModelError { what, at };
        let packed = bytes
            .strip_prefix(MAGIC)
            .ok_or(wrong("another kind of file", 0))?;
        let mut plain = BufReader::new(flate2::read::DeflateDecoder::new(packed));
        let mut take = |piece: &mut [u8]| {
            plain
                .read_exact(piece)
                .map_err(|_| wrong("damaged data or its end", MAGIC.len()))
        };
        let mut float = || {
            let mut bytes = [0; 4];
            take(&mut bytes).map(|()| f32::from_le_bytes(bytes))
        };
        let mut model = Self::empty();
        model.scale = float()?;
        for weight in model.transitions.iter_mut().flatten() {
            *weight = float()?;
        }
        let mut bucket = 0;
        loop {
            let mut gap = [0; 4];
            take(&mut gap[..1])?;
            if gap[0] == 0xFF {
                take(&mut gap[..3])?;
            }
            let gap = u32::from_le_bytes(gap) as usize;
            if gap == 0 {
                return Ok(model);
            }
            bucket += gap;
            let row = model.rows.get_mut(bucket - 1).ok_or(wrong("a row too many", 0))?;
            let mut units = [0; LABELS];
            take(&mut units)?;
            for (unit, byte) in row.iter_mut().zip(units) {
                *unit = byte.cast_signed();
            }
        }
    }

    /// The model as bytes: rows that are all zero are left out, the rest is packed.
    ///
    /// # Errors
    /// Never for a writer in memory; the packing library asks for it.
    pub fn write(&self) -> std::io::Result<Vec<u8>> {
        use std::io::Write;
        let mut plain = Vec::new();
        plain.extend(self.scale.to_le_bytes());
        for weight in self.transitions.iter().flatten() {
            plain.extend(weight.to_le_bytes());
        }
        let mut before = 0;
        for (bucket, row) in self.rows.iter().enumerate() {
            if row.iter().all(|unit| *unit == 0) {
                continue;
            }
            let gap = bucket + 1 - before;
            before = bucket + 1;
            if gap < 0xFF {
                plain.push(gap as u8);
            } else {
                plain.extend([0xFF, gap as u8, (gap >> 8) as u8, (gap >> 16) as u8]);
            }
            plain.extend(row[..LABELS].iter().map(|unit| unit.cast_unsigned()));
        }
        plain.push(0);
        let mut packer = flate2::write::DeflateEncoder::new(MAGIC.to_vec(), flate2::Compression::best());
        packer.write_all(&plain)?;
        packer.finish()
    }

    /// The best labels of a sentence (Viterbi).
    #[must_use]
    pub fn best(&self, words: &[Word<'_>]) -> Vec<Label> {
        let scores = self.scores(words);
        best_path(&scores, &self.transitions, |_, _| true)
    }

    /// The best labels among those that `allowed(word, label)` admits for each word; outside is always admitted as a last resort.
    #[must_use]
    pub fn best_among(&self, words: &[Word<'_>], allowed: impl Fn(usize, Label) -> bool) -> Vec<Label> {
        let scores = self.scores(words);
        best_path(&scores, &self.transitions, allowed)
    }

    fn scores(&self, words: &[Word<'_>]) -> Vec<[f32; LABELS]> {
        let mut scores = Vec::with_capacity(words.len());
        each_word(words, |_, rows| {
            let mut sums = [0_i32; ROW];
            for &row in rows {
                let weights = &self.rows[row as usize];
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i32::from(*weight);
                }
            }
            let mut score = [0.0; LABELS];
            for (score, sum) in score.iter_mut().zip(sums) {
                *score = sum as f32 * self.scale;
            }
            scores.push(score);
        });
        scores
    }
}

/// Score of a forbidden step.
const NEVER: f32 = -1.0e6;

/// The path of the highest sum of scores and transitions.
fn best_path(
    scores: &[[f32; LABELS]],
    transitions: &[[f32; LABELS]; LABELS + 1],
    allowed: impl Fn(usize, Label) -> bool,
) -> Vec<Label> {
    let mut steps = *transitions;
    for (before, row) in steps.iter_mut().enumerate() {
        let before = (before < LABELS).then(|| Label::at(before));
        for (label, step) in row.iter_mut().enumerate() {
            if !Label::at(label).may_follow(before) {
                *step = NEVER;
            }
        }
    }
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut total = [0.0_f32; LABELS];
    for (at, score) in scores.iter().enumerate() {
        let mut next = [0.0; LABELS];
        let mut from = [0_u8; LABELS];
        for label in 0..LABELS {
            let here = if allowed(at, Label::at(label)) {
                score[label]
            } else {
                NEVER
            };
            if at == 0 {
                next[label] = here + steps[LABELS][label];
                continue;
            }
            let (mut best, mut best_from) = (f32::NEG_INFINITY, 0);
            for (before, sum) in total.iter().enumerate() {
                let sum = sum + steps[before][label];
                if sum > best {
                    (best, best_from) = (sum, before);
                }
            }
            next[label] = best + here;
            from[label] = best_from as u8;
        }
        total = next;
        back.push(from);
    }
    let mut label = (0..LABELS).fold(0, |best, l| if total[l] > total[best] { l } else { best });
    let mut labels = vec![Label::OUTSIDE; scores.len()];
    for at in (0..scores.len()).rev() {
        labels[at] = Label::at(label);
        label = back[at][label] as usize;
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_readable_and_survives_a_round_trip() {
        let bytes = include_bytes!("../../../models/names.bin");
        let model = Model::read(bytes).expect("a readable model");
        let again = Model::read(&model.write().expect("written")).expect("read again");
        assert!(model.rows == again.rows && model.transitions == again.transitions);
        assert!(model.rows.iter().flatten().any(|unit| *unit != 0));
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        let bytes = include_bytes!("../../../models/names.bin");
        assert!(Model::read(b"").is_err());
        assert!(Model::read(&bytes[..bytes.len() / 2]).is_err());
        assert!(Model::read(b"2SNAMES1nonsense").is_err());
    }
}
