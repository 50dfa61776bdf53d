//! Maps by keys that are numbers, hashes or short words: quick to hash, and never read out in their own order.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A hasher for keys that are hashes or indexes already: one multiplication. A page that makes its keys collide on
/// purpose slows its own reading by the bound on blocks at most.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(self.0, bytes);
    }

    fn write_u32(&mut self, key: u32) {
        self.write_u64(u64::from(key));
    }

    fn write_u64(&mut self, key: u64) {
        let spread = (self.0 ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 29);
    }
}

/// A map by hashes or indexes.
pub(crate) type KeyMap<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// A hash of bytes, eight at a time: one multiplication each.
pub(crate) fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let mix = |hash: u64, eight: u64| {
        let spread = (hash ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        spread ^ (spread >> 32)
    };
    let (eights, rest) = bytes.as_chunks::<8>();
    let hash = eights
        .iter()
        .fold(seed, |hash, eight| mix(hash, u64::from_le_bytes(*eight)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    // the length tells apart what differs by zero bytes at the end only
    mix(
        hash,
        u64::from_le_bytes(last) ^ (bytes.len() as u64).rotate_right(8),
    )
}
