//! Numbers made from letters: of equal letters equal ones, whatever was numbered before.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map for look-up by numbers that are spread already.
pub type ByNumber<K, T> = HashMap<K, T, BuildHasherDefault<Spread>>;

const START: u64 = 14_695_981_039_346_656_037;
const PRIME: u64 = 1_099_511_628_211;

/// The number of some bytes (FNV-1a, 64 bits). Two words of one number are taken for one; nothing else hangs on it.
pub fn number_of(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes
        .into_iter()
        .fold(START, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// The number of a sequence of numbers.
pub fn number_of_all(ids: impl IntoIterator<Item = u64>) -> u64 {
    ids.into_iter()
        .fold(START, |hash, id| (hash ^ id).wrapping_mul(PRIME).rotate_left(29))
}

/// Hashes what [`number_of`] made with one multiplication; of several numbers all count.
#[derive(Debug, Default, Clone, Copy)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.write_u64(number_of(bytes.iter().copied()));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
