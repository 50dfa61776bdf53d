//! Keys under which names are looked up: letters and digits alone, lower case, Latin letters without their marks.
//!
//! "Coca-Cola", "Coca Cola" and "COCA-COLA" share a key, whatever the tokenizer made of them.

/// Key of a name: a 64-bit hash (FNV-1a over folded characters) that grows piece by piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    /// The key of no letters.
    pub const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// The key of a name.
    ///
    /// ```
    /// use twosource_language::names::knowledge::Key;
    /// assert_eq!(Key::of("São Paulo"), Key::of("SAO-PAULO"));
    /// assert_ne!(Key::of("Paris"), Key::of("Parsi"));
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::EMPTY.with(name)
    }

    /// The key of what was read so far and then `piece`.
    #[must_use]
    pub fn with(self, piece: &str) -> Self {
        let mut hash = self.0;
        for character in piece.chars() {
            fold_character(character, |folded| {
                hash = (hash ^ u64::from(folded as u32)).wrapping_mul(0x0000_0100_0000_01b3);
            });
        }
        Self(hash)
    }

    /// The hash.
    #[must_use]
    pub const fn hash(self) -> u64 {
        self.0
    }
}

/// Base letters of U+00C0 to U+017F; `-` where the character is no letter.
const LATIN_BASES: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

fn fold_character(character: char, mut give: impl FnMut(char)) {
    if character.is_ascii() {
        if character.is_ascii_alphanumeric() {
            give(character.to_ascii_lowercase());
        }
        return;
    }
    let code = character as usize;
    if (0xC0..0x180).contains(&code) {
        let base = LATIN_BASES[code - 0xC0];
        if base != b'-' {
            give(char::from(base));
        }
        return;
    }
    if character.is_alphanumeric() {
        character.to_lowercase().for_each(give);
    }
}

/// The folded letters of a name.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for character in name.chars() {
        fold_character(character, |c| folded.push(c));
    }
    folded
}

/// A hasher for keys that are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub struct KeyHasher(u64);

impl std::hash::Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(26);
    }
}

/// A map by key. Look-up only: its order means nothing.
pub type KeyMap<T> = std::collections::HashMap<Key, T, std::hash::BuildHasherDefault<KeyHasher>>;
