//! Short keys of long names: index entries of eight bytes instead of whole addresses.

use twosource_model::Digest;

/// The first eight bytes of the SHA-256 of `name`, as the signed number that SQLite stores.
#[must_use]
pub fn key_of(name: &str) -> i64 {
    let digest = Digest::of(name.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest.bytes()[..8]);
    i64::from_be_bytes(bytes)
}
