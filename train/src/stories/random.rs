//! Numbers that look random and are the same on every machine.

/// xorshift*.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// From 0.0 up to 1.0.
    pub fn unit(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 53) as f64
    }

    /// From 0 up to `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }
}
