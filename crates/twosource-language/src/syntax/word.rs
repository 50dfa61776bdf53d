//! What the models see of a word: hashes of its letters, endings and shape.

/// Mixes a value into a running hash.
#[inline]
pub(crate) const fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The 32-bit key of a feature: its template and up to three values.
#[inline]
pub(crate) const fn key(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let hash = mix(mix(template as u64 + 1, a as u64 | (b as u64) << 32), c as u64);
    (hash >> 32) as u32 ^ hash as u32
}

/// A 32-bit hash of bytes.
#[inline]
#[must_use]
pub fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (hash >> 32) as u32 ^ hash as u32
}

/// Longest ending that is hashed on its own, in characters.
pub const SUFFIXES: usize = 5;
/// Longest beginning that is hashed on its own, in characters.
pub const PREFIXES: usize = 4;

/// Hashes of one word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// The word as written.
    pub form: u32,
    /// The word in lower case, digits folded to `0`.
    pub lower: u32,
    /// Beginnings of the lower-cased word, of 1, 2, … characters; shorter words repeat the whole.
    pub prefix: [u32; PREFIXES],
    /// Endings of the lower-cased word, of 1, 2, … characters; shorter words repeat the whole.
    pub suffix: [u32; SUFFIXES],
    /// Shape: runs of upper, lower, digit and other characters, each run at most two long.
    pub shape: u32,
    /// Sum of [`Word::CAPITAL`] and the other flags.
    pub flags: u8,
    /// Characters, at most 255.
    pub length: u8,
}

impl Word {
    /// Begins with an upper-case letter.
    pub const CAPITAL: u8 = 1;
    /// Holds more than one letter, all upper case.
    pub const ALL_CAPITALS: u8 = 2;
    /// Holds a digit.
    pub const DIGIT: u8 = 4;
    /// Holds a hyphen.
    pub const HYPHEN: u8 = 8;
    /// Holds no letter or digit.
    pub const SYMBOL: u8 = 16;
    /// Holds a full stop.
    pub const STOP: u8 = 32;

    /// The hashes of `form`.
    #[must_use]
    pub fn of(form: &str) -> Self {
        let mut lower = Lowered::default();
        lower.fill(form);
        lower.word(form)
    }
}

/// A reusable buffer for the lower-cased word.
#[derive(Debug, Default)]
pub(crate) struct Lowered {
    text: String,
    starts: Vec<u32>,
    shape: Vec<u8>,
    flags: u8,
    letters: u32,
    capitals: u32,
}

/// Words longer than this are hashed by their first characters only: bounds the work on strings that are no words.
const HASHED_CHARACTERS: usize = 64;

impl Lowered {
    /// The hashes of `form`, reusing this buffer.
    pub(crate) fn hash(&mut self, form: &str) -> Word {
        self.fill(form);
        self.word(form)
    }

    fn fill(&mut self, form: &str) {
        self.text.clear();
        self.starts.clear();
        self.shape.clear();
        (self.flags, self.letters, self.capitals) = (0, 0, 0);
        for (place, c) in form.chars().take(HASHED_CHARACTERS).enumerate() {
            self.starts.push(self.text.len() as u32);
            let class = self.add(c, place);
            let run = self.shape.len();
            if run < 2 || self.shape[run - 1] != class || self.shape[run - 2] != class {
                self.shape.push(class);
            }
        }
        if self.letters > 1 && self.capitals == self.letters {
            self.flags |= Word::ALL_CAPITALS;
        }
        if self.letters == 0 && self.flags & Word::DIGIT == 0 {
            self.flags |= Word::SYMBOL;
        }
    }

    fn add(&mut self, c: char, place: usize) -> u8 {
        if c.is_ascii() {
            let byte = c as u8;
            let (class, lower) = match byte {
                b'a'..=b'z' => (b'a', byte),
                b'A'..=b'Z' => (b'A', byte.to_ascii_lowercase()),
                b'0'..=b'9' => (b'0', b'0'),
                _ => (byte, byte),
            };
            self.text.push(lower as char);
            self.note(class, place, byte);
            return class;
        }
        let class = if c == '’' {
            self.text.push('\'');
            b'\''
        } else if c.is_uppercase() {
            self.text.extend(c.to_lowercase());
            b'A'
        } else {
            self.text.push(c);
            if c.is_alphabetic() {
                b'a'
            } else if c.is_numeric() {
                b'0'
            } else {
                b'#'
            }
        };
        self.note(class, place, 0);
        class
    }

    fn note(&mut self, class: u8, place: usize, byte: u8) {
        match class {
            b'a' => self.letters += 1,
            b'A' => {
                self.letters += 1;
                self.capitals += 1;
                if place == 0 {
                    self.flags |= Word::CAPITAL;
                }
            }
            b'0' => self.flags |= Word::DIGIT,
            _ => {}
        }
        match byte {
            b'-' => self.flags |= Word::HYPHEN,
            b'.' => self.flags |= Word::STOP,
            _ => {}
        }
    }

    fn word(&self, form: &str) -> Word {
        let bytes = self.text.as_bytes();
        let count = self.starts.len();
        let at = |place: usize| self.starts.get(place).map_or(bytes.len(), |&s| s as usize);
        let mut word = Word {
            form: hash_bytes(if form.len() <= 4 * HASHED_CHARACTERS {
                form.as_bytes()
            } else {
                bytes
            }),
            lower: hash_bytes(bytes),
            shape: hash_bytes(&self.shape),
            flags: self.flags,
            length: count.min(255) as u8,
            ..Word::default()
        };
        for (length, prefix) in word.prefix.iter_mut().enumerate() {
            *prefix = hash_bytes(&bytes[..at(length + 1)]);
        }
        for (length, suffix) in word.suffix.iter_mut().enumerate() {
            *suffix = hash_bytes(&bytes[at(count.saturating_sub(length + 1))..]);
        }
        word
    }
}
