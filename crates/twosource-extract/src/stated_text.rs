//! A text that the page's structured data states, of which each block is asked whether it stands in it.

use memchr::memmem;

use crate::plain::letters_of;

/// Fewest letters, in bytes, that can be said to stand in a text.
const FEWEST: usize = 8;

/// Longest head of a block that is looked for first, in bytes.
const HEAD: usize = 40;

/// Bits of the table of runs of three bytes, a power of two.
const RUN_BITS: usize = 1 << 14;

/// The letters and digits of a stated text, and which runs of three bytes they hold: most blocks are not in it, and
/// their first runs tell so.
#[derive(Debug, Default)]
pub(crate) struct StatedText {
    letters: String,
    runs: Vec<u64>,
}

impl StatedText {
    pub(crate) fn new(text: Option<&str>) -> Self {
        let letters = text.map(letters_of).unwrap_or_default();
        if letters.len() < FEWEST {
            return Self::default();
        }
        let mut runs = vec![0; RUN_BITS / 64];
        for run in letters.as_bytes().windows(3) {
            let bit = bit_of(run);
            runs[bit / 64] |= 1 << (bit % 64);
        }
        Self { letters, runs }
    }

    /// Length of its letters and digits, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// How much of a block's letters it holds: 2 = all, 1 = their head, 0 = nothing.
    pub(crate) fn share_of(&self, letters: &str) -> f32 {
        if letters.len() < FEWEST || self.len() < FEWEST {
            return 0.0;
        }
        let (whole, head) = (
            self.letters.as_bytes(),
            &letters[..letters.floor_char_boundary(HEAD)],
        );
        let may_hold = head.as_bytes().windows(3).all(|run| {
            let bit = bit_of(run);
            self.runs[bit / 64] & (1 << (bit % 64)) != 0
        });
        if !may_hold {
            return 0.0;
        }
        let Some(at) = memmem::find(whole, head.as_bytes()) else {
            return 0.0;
        };
        let holds_all =
            head.len() == letters.len() || memmem::find(&whole[at..], letters.as_bytes()).is_some();
        if holds_all { 2.0 } else { 1.0 }
    }
}

/// The place of a run of three bytes in the table.
fn bit_of(run: &[u8]) -> usize {
    let run = run
        .iter()
        .fold(0_usize, |all, byte| all << 8 | usize::from(*byte));
    (run ^ (run >> 9)) % RUN_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_whole_or_by_their_head() {
        let text =
            "The bridge at Oldham Road opened on Monday after eleven months of repair. It carries two lanes.";
        let stated = StatedText::new(Some(text));
        for (block, expected) in [
            (
                "The bridge at Oldham Road opened on Monday after eleven months of repair.",
                2.0,
            ),
            ("It carries two lanes", 2.0),
            (
                "The bridge at Oldham Road opened on Monday after eleven months, said a driver.",
                1.0,
            ),
            ("The bridge at Newham Road opened.", 0.0),
            ("lanes", 0.0),
            ("", 0.0),
        ] {
            assert_eq!(stated.share_of(&letters_of(block)), expected, "{block}");
            assert_eq!(StatedText::new(None).share_of(&letters_of(block)), 0.0, "{block}");
        }
    }
}
