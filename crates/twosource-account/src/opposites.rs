//! Verbs that say the opposite of one another. Written for this crate from general knowledge of English.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::words::{Vocabulary, WordId};

/// Two sides a line, as base forms: whoever does one of the left does none of the right by it.
const OPPOSITES: &[(&[&str], &[&str])] = &[
    (
        &["rise", "climb", "increase", "jump", "soar", "surge"],
        &[
            "fall", "drop", "decline", "slip", "decrease", "plunge", "slump", "sink",
        ],
    ),
    (&["win"], &["lose"]),
    (
        &["accept", "approve", "back", "support", "endorse", "favor"],
        &["reject", "oppose", "refuse", "veto", "condemn"],
    ),
    (&["convict"], &["acquit"]),
    (&["confirm", "admit"], &["deny"]),
    (&["open", "reopen"], &["close", "shut"]),
    (&["begin", "start"], &["end", "finish"]),
    (&["allow", "permit"], &["ban", "forbid", "prohibit"]),
    (&["buy"], &["sell"]),
    (&["survive"], &["die"]),
    (&["strengthen"], &["weaken"]),
    (&["succeed"], &["fail"]),
];

/// Whether two predicates, as concepts, are opposites.
pub fn are_opposites(a: WordId, b: WordId) -> bool {
    static SIDES: OnceLock<HashMap<WordId, Vec<(usize, bool)>>> = OnceLock::new();
    let sides = SIDES.get_or_init(|| {
        let mut vocabulary = Vocabulary::default();
        let mut sides: HashMap<WordId, Vec<(usize, bool)>> = HashMap::new();
        for (at, (left, right)) in OPPOSITES.iter().enumerate() {
            let all = left
                .iter()
                .map(|w| (w, true))
                .chain(right.iter().map(|w| (w, false)));
            for (word, is_left) in all {
                for read in vocabulary.read(word, 0) {
                    sides.entry(read.concept).or_default().push((at, is_left));
                }
            }
        }
        sides
    });
    let of = |word: WordId| sides.get(&word).map_or(&[][..], Vec::as_slice);
    of(a).iter().any(|(line, side)| {
        of(b)
            .iter()
            .any(|(other, turned)| line == other && side != turned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_are_known_both_ways_and_no_verb_is_its_own() {
        let mut vocabulary = Vocabulary::default();
        let mut concept = |word: &str| vocabulary.read(word, 0)[0].concept;
        for (a, b, opposite) in [
            ("win", "lose", true),
            ("fall", "rise", true),
            ("acquit", "convict", true),
            ("win", "rise", false),
            ("rise", "climb", false),
        ] {
            let (a, b) = (concept(a), concept(b));
            assert_eq!(are_opposites(a, b), opposite);
            assert_eq!(are_opposites(b, a), opposite);
        }
        for (left, right) in OPPOSITES {
            for word in left.iter().chain(*right) {
                let concept = concept(word);
                assert!(!are_opposites(concept, concept), "{word} is on both sides");
            }
        }
    }
}
