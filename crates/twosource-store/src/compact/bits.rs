//! An adaptive binary range coder: each bit costs what it is surprising, given a few contexts.
//!
//! Writing and reading run through the same code: [`Coder::bit`] takes the bit when it writes and gives it when it reads.
//! All arithmetic is over integers, so that every machine reads what any other wrote.

use super::prior::Chances;

/// Bits of the number of a context's slot among chances, and among values last met.
pub const SLOT_BITS: u32 = 17;
pub const RANK_BITS: u32 = 16;
/// Half, as a chance.
pub const EVEN: u16 = 1 << 15;
/// A slot that has met so many bits learns no slower any more.
pub const SETTLED: u8 = 24;
/// How much a slot says against others, by how much it has met.
const SAYS: [u32; SETTLED as usize + 1] = [
    1, 4, 8, 13, 19, 26, 34, 42, 50, 58, 66, 74, 82, 88, 94, 100, 104, 108, 112, 116, 119, 122, 125, 127, 128,
];

/// Writes or reads bits.
pub trait Coder {
    /// It reads: what is passed in as value does not matter.
    const READS: bool;

    /// The bit, in these contexts.
    fn bit<const N: usize>(&mut self, bit: bool, contexts: [u32; N]) -> bool;

    /// What is known, to look up and learn by.
    fn chances(&mut self) -> &mut Chances;

    /// Reading went beyond the end: what was read is worth nothing.
    fn failed(&self) -> bool;
}

/// A context out of what is known.
pub const fn context(field: u32, a: u32, b: u32) -> u32 {
    let mut hash = field.wrapping_mul(0x9E37_79B1) ^ a.wrapping_mul(0x85EB_CA6B);
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x2C1B_3C6D) ^ b.wrapping_mul(0xC2B2_AE35);
    hash ^ (hash >> 13)
}

/// A hash of bytes, for contexts.
pub fn hash_of(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash: u32, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// A value of `bits` bits: what was last met in each context is asked for first, from the first context to the last, then
/// it is spelt by what the last one knows.
pub fn symbol<C: Coder, const N: usize>(coder: &mut C, value: u32, bits: u32, contexts: [u32; N]) -> u32 {
    let general = contexts[N - 1];
    let met = contexts.map(|one| coder.chances().ranked(one));
    let mut refused = [None; N];
    for (at, (candidate, times)) in met.into_iter().enumerate() {
        let candidate = (times > 0).then_some(u32::from(candidate));
        let Some(likely) = candidate.filter(|_| !refused.contains(&candidate)) else {
            continue;
        };
        let behind = met
            .get(at + 1)
            .map_or(0, |next| 1 + u32::from(u32::from(next.0) == likely && next.1 > 0));
        let sure = (at as u32 * 16 + u32::from(times)) * 4 + behind;
        let asked = [context(3, general, sure), context(4, bits * 8 + N as u32, sure)];
        if coder.bit(value == likely, asked) {
            coder
                .chances()
                .rank(&contexts, candidate.unwrap_or_default() as u16);
            return likely;
        }
        refused[at] = candidate;
    }
    let mut node = 1_u32;
    for place in (0..bits).rev() {
        let bit = coder.bit((value >> place) & 1 == 1, [context(5, general, node)]);
        node = node * 2 + u32::from(bit);
    }
    let value = node - (1 << bits);
    coder.chances().rank(&contexts, value as u16);
    value
}

/// A number, small ones in few bits: its length, then what follows its highest bit.
pub fn number<C: Coder, const N: usize>(coder: &mut C, value: u64, contexts: [u32; N]) -> u64 {
    let value = value.wrapping_add(1);
    // the length bit by bit upwards: most numbers are small
    let length = 63 - value.max(1).leading_zeros();
    let mut known = 0;
    while known < 63 {
        let at = contexts.map(|one| context(1, one, known));
        if !coder.bit(known < length, at) {
            break;
        }
        known += 1;
    }
    let mut read = 1_u64;
    for place in (0..known).rev() {
        // the first bits follow the contexts, the last are as good as chance
        let shown = if known - place <= 3 { read as u32 } else { 0 };
        let at = contexts.map(|one| context(2 + known, one, shown * 64 + place));
        read = read * 2 + u64::from(coder.bit((value >> place) & 1 == 1, at));
    }
    read.wrapping_sub(1)
}

/// A number with a sign.
pub fn signed<C: Coder, const N: usize>(coder: &mut C, value: i64, contexts: [u32; N]) -> i64 {
    let folded = ((value << 1) ^ (value >> 63)) as u64;
    let read = number(coder, folded, contexts);
    (read >> 1) as i64 ^ -((read & 1) as i64)
}

/// The chance of a one in these contexts, 1 to 65,535, and where they stand.
fn chance<const N: usize>(chances: &Chances, contexts: [u32; N]) -> (u32, [usize; N]) {
    let places = contexts.map(|one| (one.wrapping_mul(0x9E37_79B1) >> (32 - SLOT_BITS)) as usize);
    let (mut sum, mut says) = (0_u64, 0_u64);
    for place in places {
        let (one, met) = chances.at(place);
        // what is nearly sure says more
        let sure = u64::from(one.abs_diff(EVEN)) >> 9;
        let weight = u64::from(SAYS[usize::from(met)]) * (4 + sure * sure);
        sum += weight * u64::from(one);
        says += weight;
    }
    let one = (sum / says.max(1)) as u32;
    (one.clamp(24, 65_536 - 24), places)
}

/// Writes.
pub struct Writer<'a> {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
    chances: &'a mut Chances,
}

impl<'a> Writer<'a> {
    pub fn new(chances: &'a mut Chances) -> Self {
        Self {
            low: 0,
            high: u32::MAX,
            bytes: Vec::with_capacity(1024),
            chances,
        }
    }

    /// The bytes; zeros at their end stand for themselves.
    pub fn finish(mut self) -> Vec<u8> {
        // the shortest number within the rest of the range
        for keep in 1..=4_u32 {
            let mask = u32::MAX.checked_shr(8 * keep).unwrap_or(0);
            let value = self.low.saturating_add(mask) & !mask;
            if (self.low..=self.high).contains(&value) {
                self.bytes
                    .extend_from_slice(&value.to_be_bytes()[..keep as usize]);
                break;
            }
        }
        while self.bytes.last() == Some(&0) {
            self.bytes.pop();
        }
        self.bytes
    }
}

impl Coder for Writer<'_> {
    const READS: bool = false;

    fn bit<const N: usize>(&mut self, bit: bool, contexts: [u32; N]) -> bool {
        let (one, places) = chance(self.chances, contexts);
        let middle = middle(self.low, self.high, one);
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        while (self.low ^ self.high) >> 24 == 0 {
            self.bytes.push((self.high >> 24) as u8);
            self.low <<= 8;
            self.high = self.high << 8 | 0xFF;
        }
        self.chances.learn(&places, bit);
        bit
    }

    fn chances(&mut self) -> &mut Chances {
        self.chances
    }

    fn failed(&self) -> bool {
        false
    }
}

/// Reads.
pub struct Reader<'a> {
    low: u32,
    high: u32,
    value: u32,
    bytes: &'a [u8],
    at: usize,
    chances: &'a mut Chances,
}

/// So many zeros may be read behind the end, where the writer left them off.
const BEHIND: usize = 64;

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8], chances: &'a mut Chances) -> Self {
        let mut reader = Self {
            low: 0,
            high: u32::MAX,
            value: 0,
            bytes,
            at: 0,
            chances,
        };
        for _ in 0..4 {
            reader.shift();
        }
        reader
    }

    fn shift(&mut self) {
        let next = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        self.value = self.value << 8 | u32::from(next);
    }
}

impl Coder for Reader<'_> {
    const READS: bool = true;

    fn bit<const N: usize>(&mut self, _: bool, contexts: [u32; N]) -> bool {
        let (one, places) = chance(self.chances, contexts);
        let middle = middle(self.low, self.high, one);
        let bit = self.value <= middle;
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        while (self.low ^ self.high) >> 24 == 0 {
            self.low <<= 8;
            self.high = self.high << 8 | 0xFF;
            self.shift();
        }
        self.chances.learn(&places, bit);
        bit
    }

    fn chances(&mut self) -> &mut Chances {
        self.chances
    }

    fn failed(&self) -> bool {
        self.at > self.bytes.len() + BEHIND
    }
}

/// Where the range is parted: the lower part stands for one.
const fn middle(low: u32, high: u32, one: u32) -> u32 {
    low + (((high - low) as u64 * one as u64) >> 16) as u32
}
