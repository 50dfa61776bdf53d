//! How much of one text's own prose stands in another, from the samples of both.

/// What two samples share once page furniture is set aside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Containment {
    /// Share of the smaller sample's runs that stand in the other one too, 0.0 to 1.0.
    pub share: f32,
    /// Runs in common.
    pub hits: usize,
    /// Runs of the smaller sample.
    pub smaller: usize,
}

/// Compares two samples (rising); runs for which `furniture` holds count in neither.
#[must_use]
pub fn containment(a: &[u32], b: &[u32], furniture: impl Fn(u32) -> bool) -> Containment {
    // a cut sample ends early: compare only as far as both reach
    let reach = match (a.last(), b.last()) {
        (Some(a_last), Some(b_last)) if a.len() >= FULL || b.len() >= FULL => {
            let of = |runs: &[u32], last: u32| if runs.len() >= FULL { last } else { u32::MAX };
            of(a, *a_last).min(of(b, *b_last))
        }
        _ => u32::MAX,
    };
    let (mut i, mut j, mut hits, mut only_a, mut only_b) = (0, 0, 0, 0, 0);
    let within = |runs: &[u32], at: usize| runs.get(at).copied().filter(|run| *run <= reach);
    loop {
        match (within(a, i), within(b, j)) {
            (Some(x), Some(y)) if x == y => {
                hits += usize::from(!furniture(x));
                i += 1;
                j += 1;
            }
            (Some(x), y) if y.is_none_or(|y| x < y) => {
                only_a += 1;
                i += 1;
            }
            (_, Some(_)) => {
                only_b += 1;
                j += 1;
            }
            _ => break,
        }
    }
    let smaller = hits + only_a.min(only_b);
    Containment {
        share: hits as f32 / smaller.max(1) as f32,
        hits,
        smaller,
    }
}

/// Most runs of a sample; a longer text keeps the lowest, which are comparable between texts.
pub const FULL: usize = 384;

/// A coarse set of runs, for a quick look at whether two samples may share any.
#[derive(Debug, Clone)]
pub struct Sieve([u64; SIEVE / 64]);

/// Bits of a [`Sieve`]: a sixteenth of them is set at most.
const SIEVE: usize = 4_096;

impl Sieve {
    /// The set of a sample.
    #[must_use]
    pub fn new(runs: &[u32]) -> Self {
        let mut bits = [0; SIEVE / 64];
        for run in runs {
            let at = Self::bit(*run);
            bits[at / 64] |= 1 << (at % 64);
        }
        Self(bits)
    }

    /// At least as many of these runs as stand in the sample, mostly few more.
    #[must_use]
    pub fn most_hits(&self, runs: &[u32]) -> usize {
        let bits = runs.iter().map(|run| Self::bit(*run));
        bits.map(|at| (self.0[at / 64] >> (at % 64) & 1) as usize).sum()
    }

    const fn bit(run: u32) -> usize {
        (run >> 4) as usize % SIEVE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smaller_in_the_larger() {
        let found = containment(&[1, 3, 5, 7], &[3, 4, 5, 6, 7, 8, 9], |_| false);
        assert_eq!((found.hits, found.smaller), (3, 4));
        let found = containment(&[1, 3, 5, 7], &[3, 4, 5, 6, 7, 8, 9], |run| run == 7);
        assert_eq!((found.hits, found.smaller), (2, 3));
        assert_eq!(containment(&[], &[1], |_| false).share, 0.0);
    }
}
