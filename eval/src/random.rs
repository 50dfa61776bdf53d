//! Numbers for made-up input: the same on every machine.

/// Mixed into every seed.
const SALT: u64 = 20_181_122;

/// xorshift*.
pub struct Random(u64);

impl Random {
    /// Numbers that depend on `seed` alone.
    pub fn of(seed: u64) -> Self {
        let mixed = (seed ^ SALT).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self((mixed ^ mixed >> 31).wrapping_mul(0xBF58_476D_1CE4_E5B9) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// A number under `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    /// A number from 0 up to 1.
    pub fn unit(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 53) as f64
    }
}
